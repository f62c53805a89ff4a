"""A question in the English the readers expect: short times written out, other languages translated."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.text import Token, tokens
from assistant.vocabulary import Lexicon, Vocabulary

_SHORT_TIME = re.compile(
    r"\b(\d{1,3})\s?-?\s?(y|yr|yrs|mo|mos|mth|mths|m|w|wk|wks|d)\b\.?(?!\w|\s+#?\d)", re.IGNORECASE
)
_UNIT_FIRST = re.compile(r"\b(?:at )?(mo|mth|wk)s?\.? (\d{1,3})\b(?!\s?%|\.\d|\w)", re.IGNORECASE)
"""``mo 6``: the unit before its number."""
_SHORT_UNITS = {"y": "year", "m": "month", "w": "week", "d": "day"}
_PERIOD = "(?=year|month|week)"
_TIME_WORDS = tuple(
    (re.compile(pattern, re.IGNORECASE), shown)
    for pattern, shown in (
        (r"\bgr(?:ad)?\.? ?(?=[1-5]\b|[IV]{1,3}\b)", "grade "),
        (r"\b(cycle|course) (?:no\.?|number|#) ?(\d)", r"\1 \2"),
        (r"\b(\d)(?:st|nd|rd|th) (cycle|course)\b", r"\2 \1"),
        (r"\bw/o\b", "without"),
        (
            r"(?<!aged )\b(from|between) (\d) (to|and) (\d) (year|month)s?\b(?! of age| old)",
            r"\1 \2-\5 \3 \4-\5",
        ),
        (
            r"\b((?:relapse|event|progression|disease|leuk[a]?emia|failure)[- ]free|overall)(?= (?:or|and|and/or) \w+[- ]free survival\b)",
            r"\1 survival",
        ),
        (r"\b(phase \w+) (or|and) (?=(?:[1-4]|I{1,3}|IV)(?:\s?/\s?(?:[1-4]|I{1,3}|IV))?\b)", r"\1 \2 phase "),
        (
            r"\bwith (?:vs\.?|versus|or|and|compared (?:with|to)) without ([A-Za-z][\w-]{3,})",
            r"with \1 versus without \1",
        ),
        (r"\b(?:mny|meny|mnay)\b", "many"),
        (r"\b(?:wich|whcih|wihch|whch)\b", "which"),
        (r"\b(?:wat|waht|wht|whta)\b", "what"),
        (r"\b(?:studys|studdies|sudies|stuides)\b", "studies"),
        (r"\b(?:stdy|sutdy|studdy|stduy)\b", "study"),
        (r"\b(?:teh|hte)\b", "the"),
        (r"\b(?:hwo|hw)\b(?= (?:many|much|long|old))", "how"),
        (r"#\s?(?:of )?(?=pts\b|patients\b)", "number of "),
        (r"\bfirst table\b", "table 1"),
        (r"\bsecond table\b", "table 2"),
        (r"\ba decade\b", "10 years"),
        (r"\bhalf a dozen\b", "6"),
        (r"\btwo dozen\b", "24"),
        (r"\b(?:a|one) dozen\b", "12"),
        (r"\b(?:one|a) year and a half\b|\bone and a half years\b", "18 months"),
        (r"\bhalf a year\b", "6 months"),
        ("|".join(rf"(?<=\b{word} )an? {_PERIOD}" for word in ("after", "for", "within", "at")), "1 "),
        (r"(?<![\d-])\b(year|month|week) (one|two|three|four|five|six|ten|twelve)\b", r"\2-\1"),
    )
)
_NOTHING_ELSE = re.compile(
    r"\s*[,;.:\u2013\u2014-]\s*(?:and |just that,? )?"
    r"(?:nothing (?:else|more)|no more|that'?s (?:all|it)|just (?:the number|that)|only that)(?= *[.!?,;]|\s*$)",
    re.IGNORECASE,
)
_CHINESE = "\u3040-\u30ff\u4e00-\u9fff"
"""Characters of Chinese and Japanese."""
_LONG_WORD = re.compile(r"(\w{200})\w+")
"""No word is longer; what looks for the words before or after another one goes over each letter again and again."""
_CHINESE_BORDER = re.compile(rf"(?<=[{_CHINESE}])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[{_CHINESE}])")
_ELIDED = re.compile(
    r"(?<![\w'\u2019])(?:[dlnjmtsc]|qu|dell|nell|all|sull|dall|un)['\u2019](?=[^\W\d_]{3})", re.IGNORECASE
)
"""An article or preposition that French and Italian run into the next word: ``d'enfants``."""
_SPACES = re.compile(r" +")
_WEIGHT_OF_CHINESE = 3
"""A Chinese character counts as this many function words of another language."""


_YEARS_OF_AGE = re.compile(
    r"\b((?:patients?|people|participants?|children|kids|adults|anyone|anybody|someone|those)(?: who (?:are|were))?(?: aged)?(?: of)?"
    r" (?:over|above|under|below|older than|younger than|aged)(?: the age of)? (?:1[2-9]|[2-9]\d))[- ]years?(?: of age| old)?\b",
    re.IGNORECASE,
)


def as_ages(text: str) -> str:
    """``text`` with ages that are no times: ``patients over 80 years`` as ``patients over 80``."""
    return _YEARS_OF_AGE.sub(r"\1", text)


def without_long_words(text: str) -> str:
    """``text`` with words that are longer than any cut short."""
    return _LONG_WORD.sub(r"\1", text)


def written_out(text: str) -> str:
    """``text`` with times as number and unit: ``3y`` as ``3-year``, ``half a year`` as ``6 months``.

    That nothing but the figure is wanted says nothing of it (``…, nothing else``).
    """
    text = _NOTHING_ELSE.sub("", text)
    text = _UNIT_FIRST.sub(lambda m: f"at {_SHORT_UNITS[m[1][0].lower()]} {m[2]}", text)
    text = _SHORT_TIME.sub(lambda m: f"{m[1]}-{_SHORT_UNITS[m[2][0].lower()]}", text)
    for pattern, shown in _TIME_WORDS:
        text = pattern.sub(shown, text)
    return text


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
        text = self._without_articles(self._put(lexicon, text), language)
        return self._put(lexicon, _ELIDED.sub(" ", text)) if _ELIDED.search(text) else text

    def _put(self, lexicon: Lexicon, text: str) -> str:
        """``text`` with the English of every phrase of the lexicon."""
        words = tokens(text)
        pieces, last = [], 0
        for match in lexicon.find(words):
            longer = self._measures.at(words, match.start)
            if longer and longer.end > match.end:
                continue
            start, end = words[match.start].start, words[match.end - 1].end
            pieces.append(f"{text[last:start]} {match.ids[0]} ")
            last = end
        if not pieces:
            return text
        english = _SPACES.sub(" ", _CHINESE_BORDER.sub(" ", "".join(pieces) + text[last:]))
        return english.lstrip("\u00bf\u00a1 ")

    def _without_articles(self, text: str, language: str) -> str:
        """``text`` without function words that are a measure's short form in English (Spanish ``los``)."""
        scaffold, words = self._vocabulary.other_scaffold[language], tokens(text)
        for i in range(len(words) - 1, -1, -1):
            word = words[i]
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
            if hits > most:
                best, most = language, hits
        english = sum(t.key in self._vocabulary.scaffold for t in words)
        return best if most > english * (0.5 if best == "zh" else 1.0) else ""
