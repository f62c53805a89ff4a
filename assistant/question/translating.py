"""A question of another language in English, by the wordings of the vocabulary."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from assistant import lazy_re as re
from assistant.text.text import Token, tokens
from assistant.vocabulary.vocabulary import Lexicon, Vocabulary

_CHINESE = "\u3040-\u30ff\u4e00-\u9fff"
"""Characters of Chinese and Japanese."""
_CHINESE_BORDER = re.compile(rf"(?<=[{_CHINESE}])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[{_CHINESE}])")
_ELIDED = re.compile(
    r"(?<![\w'\u2019])(?:[dlnjmtsc]|qu|dell|nell|all|sull|dall|un)['\u2019](?=[^\W\d_]{3})", re.IGNORECASE
)
"""An article or preposition that French and Italian run into the next word: ``d'enfants``."""
_ARTICLES = {
    language: dict.fromkeys(articles.split(), "the")
    | dict.fromkeys(joined.split(), "of the")
    | dict.fromkeys(indefinite.split(), "a")
    for language, articles, joined, indefinite in (
        ("de", "der die das den dem des", "", "ein eine einen einem einer eines"),
        ("es", "el la los las", "del", "un una"),
        ("fr", "le la les", "des du", "un une"),
        ("it", "il lo la i gli le", "del dello della dei degli delle", "un uno una"),
    )
}
"""Articles, and those joined to ``of``, which would be read as part of a group's name before which they stand."""
_ARM_BEFORE = re.compile(
    r"\b(?P<arm>arm|group|cohort)\s+(?:(?:de|du|d'|di|del|della|con|avec|sous|mit|unter|bajo)\s+(?:the\s+)?"
    r"(?P<of>(?!the\b|patients?\b|people\b|children\b|adults\b)[^\W\d_][\w-]+)|(?P<bare>placebo|control)(?![\w-]))"
)
"""An arm named before the drug that it got: ``le bras de placebo``."""
_SPACES = re.compile(r" +")
_WEIGHT_OF_CHINESE = 3
_ENDINGS = {
    "de": ("e", "", "en", "er", "es", "em"),
    "es": ("o", "a", "os", "as", "e", "es", ""),
    "fr": ("", "e", "s", "es"),
    "it": ("o", "a", "i", "e"),
}
"""Endings by gender, number and case, the plainest first."""
_BENT = {
    language: re.compile(rf"(?P<stem>[^\W\d_]{{4,}}?)(?:{ends})", re.IGNORECASE)
    for language, ends in (("de", "e[nrsm]?"), ("es", "[oae]s?"), ("fr", "e?s|e"), ("it", "[oaie]"))
}
"""A word with such an ending."""

_EMPHASIS = {
    "fr": re.compile(
        r"(?<=\bpas)\s+(?:du tout|vraiment|réellement)\b|\b(?:absolument|vraiment) (?=pas\b)", re.IGNORECASE
    ),
    "de": re.compile(
        r"\b(?:gar|überhaupt|absolut) (?=nicht\b|kein)|\b(?:tatsächlich|wirklich) ", re.IGNORECASE
    ),
    "es": re.compile(r"\s+en absoluto\b|\s+realmente\b", re.IGNORECASE),
    "it": re.compile(r"\s+(?:affatto|per niente|davvero)\b", re.IGNORECASE),
}
"""Little words that only stress what is said."""


class Translator:
    """Puts German, Spanish, French, Italian, Chinese and Japanese wordings into English.

    Args:
        vocabulary: holds the wordings and each language's function words.
        measures: names of measures, which stay as they are.
    """

    def __init__(self, vocabulary: Vocabulary, measures: Lexicon) -> None:
        self._vocabulary = vocabulary
        self._measures = measures

    def english(self, text: str) -> str:
        """``text`` in English where it is in one of the languages, else as it stands."""
        words = tokens(text)
        language = self._language(words)
        lexicon = self._vocabulary.phrases.get(language)
        if lexicon is None:
            return text
        if emphasis := _EMPHASIS.get(language):
            text = emphasis.sub("", text)
        text = self._uninflected(lexicon, text, language)
        text = self._without_articles(self._put(lexicon, text, foreign=True), language)
        if _ELIDED.search(text):
            text = self._put(lexicon, _ELIDED.sub(" ", text), foreign=True)
        return _ARM_BEFORE.sub(lambda m: f"{m['of'] or m['bare']} {m['arm']}", text)

    def everyday(self, text: str) -> str:
        """``text`` with what people say for a term of the field as that term (``staying alive`` as ``survival``)."""
        lexicon = self._vocabulary.phrases.get("en")
        return text if lexicon is None else self._put(lexicon, text)

    def _in_names(
        self, found: Sequence[tuple[int, int, str]], words: Sequence[Token]
    ) -> list[tuple[int, int, str]]:
        """The phrases found, the English name in place of those within a measure's longer name: ``durée médiane de réponse``."""
        terms = self._vocabulary.measures
        named = [
            (m.start, m.end, terms[m.ids[0]].name)
            for m in self._measures.find(words)
            if self._lasts(m.ids[0])
            and any(m.start <= a and b <= m.end and m.end - m.start > b - a for a, b, _ in found)
        ]
        named = [n for n in named if all(f[1] <= n[0] or n[1] <= f[0] or _within(f, n) for f in found)]
        return sorted([*named, *(f for f in found if not any(_within(f, n) for n in named))])

    def _lasts(self, measure: str) -> bool:
        """Whether a measure is a length of time."""
        term = self._vocabulary.measures.get(measure)
        return term is not None and term.kind == "duration"

    def _put(self, lexicon: Lexicon, text: str, *, foreign: bool = False) -> str:
        """``text`` with the English of every phrase of the lexicon."""
        words = tokens(text)
        pieces, last = [], 0
        found = [(m.start, m.end, m.ids[0]) for m in lexicon.find(words)]
        for begin, stop, english in self._in_names(found, words) if foreign else found:
            longer = self._measures.at(words, begin)
            if longer and longer.end > stop and not (foreign and self._lasts(longer.ids[0])):
                continue
            start, end = words[begin].start, words[stop - 1].end
            pieces.append(f"{text[last:start]} {english} ")
            last = end
        if not pieces:
            return text
        english = _SPACES.sub(" ", _CHINESE_BORDER.sub(" ", "".join(pieces) + text[last:]))
        return english.lstrip("\u00bf\u00a1 ")

    def _without_articles(self, text: str, language: str) -> str:
        """``text`` without function words that are a measure's short form in English (Spanish ``los``), articles in English."""
        scaffold, words = self._vocabulary.other_scaffold[language], tokens(text)
        for i in range(len(words) - 1, -1, -1):
            word = words[i]
            article = _ARTICLES.get(language, {}).get(word.text.lower(), "")
            if article and i + 1 < len(words):
                text = f"{text[: word.start]}{article}{text[word.end :]}"
                continue
            alone = self._measures.at(words, i)
            if word.text.islower() and word.key in scaffold and alone is not None and alone.end == i + 1:
                text = f"{text[: word.start]} {text[word.end :]}"
        return text

    def _language(self, words: Sequence[Token]) -> str:
        """Code of the language most function words are of; "" for English."""
        best, most = "", 0
        for language, scaffold in sorted(self._vocabulary.other_scaffold.items()):
            hits = sum(t.key in scaffold for t in words)
            if language == "zh":
                hits = _WEIGHT_OF_CHINESE * sum("\u4e00" <= t.text <= "\u9fff" for t in words)
            if hits > most or (hits == most and best and self._holds(language, words, best)):
                best, most = language, hits
        english = sum(t.key in self._vocabulary.scaffold for t in words)
        return best if most > english * (0.5 if best == "zh" else 1.0) else ""

    def _holds(self, language: str, words: Sequence[Token], other: str) -> bool:
        """Whether phrases of one language hold more of the words than those of another."""
        held = [
            sum(m.end - m.start for m in lexicon.find(words))
            if (lexicon := self._vocabulary.phrases.get(code))
            else 0
            for code in (language, other)
        ]
        return held[0] > held[1]

    def _uninflected(self, lexicon: Lexicon, text: str, language: str) -> str:
        """``text`` with words that nobody knows in an ending in which they are known: ``kompletter`` as ``komplette``."""
        bent, words = _BENT.get(language), tokens(text)
        if bent is None:
            return text
        known = self._known_at(lexicon, words)
        pieces, last, i = [], 0, 0
        while i < len(words):
            n, put = self._straightened(lexicon, words, i, known, language)
            if put:
                pieces += [text[last : words[i].start], put]
                last = words[i + n - 1].end
            i += max(n, 1)
        return "".join(pieces) + text[last:]

    def _straightened(
        self, lexicon: Lexicon, words: Sequence[Token], i: int, known: set[int], language: str
    ) -> tuple[int, str]:
        """How many words from the ``i``-th on are known in other endings, and these; 0 and "" where none are."""
        bent = _BENT[language]
        for n in (2, 1):
            part = words[i : i + n]
            if len(part) < n or any(i + k in known or not bent.fullmatch(w.text) for k, w in enumerate(part)):
                continue
            stems = [bent.sub(r"\g<stem>", w.text) for w in part]
            for way in product(*([stem + ending for ending in _ENDINGS[language]] for stem in stems)):
                if len(self._known_at(lexicon, tokens(" ".join(way)))) == n:
                    return n, " ".join(way)
        return 0, ""

    def _known_at(self, lexicon: Lexicon, words: Sequence[Token]) -> set[int]:
        """Places of the words that belong to a phrase of the language or to the name of a measure."""
        return {
            i for forms in (lexicon, self._measures) for m in forms.find(words) for i in range(m.start, m.end)
        }


def _within(inner: tuple[int, int, str], outer: tuple[int, int, str]) -> bool:
    """Whether some words stand within others."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]
