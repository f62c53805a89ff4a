"""Typing errors put right: in words that the vocabulary or the review knows, and in names of studies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from assistant import lazy_re as re
from assistant.names.studies import squeeze
from assistant.question.lexicons import QuestionLexicons
from assistant.text.text import ascii_key, key_of, tokens
from assistant.vocabulary.wording import any_of

_WORD = re.compile(r"(?<![^\W\d_])(?!(?-i:[IVX]+[a-dA-D]?)\b)[^\W\d_]{4,}(?!'t\b)")
"""A word of the question that may be misspelt, and no stage: ``IIIa``."""
_CODE = re.compile(
    r"(?<![A-Za-z])[A-Za-z]+\d[\w-]*|(?<![A-Za-z\d-])(?=(?>[A-Za-z\d-]*?[A-Z]{2})[\w-]*\d)[\w-]+"
)
"""Letters with a digit behind; each begins where its run of letters does, or a word of thousands takes seconds."""
_CONFUSED = tuple(
    (re.compile(pattern, re.IGNORECASE), meant)
    for pattern, meant in (
        (r"\bdyed\b", "died"),
        (r"\b(?-i:(CRi?|PR|ORR)s)\b", r"\1"),
        (r"\btrail(s?)\b", r"trial\1"),
        (r"\b(how many|number of|all|the|of|in|these|those) patience\b", r"\1 patients"),
        (r"(?<=\d)([- ]?)moth(s?)\b", r"\1month\2"),
        (r"\bgrade (?:three|thre|tree|thee)\b", "grade 3"),
        (r"\bgrade four\b", "grade 4"),
        (
            r"\b(how many|number of) (patients|people|participants|subjects) (?:altogether|all told|all in all|overall)\b",
            r"\1 \2 in total",
        ),
        (r"\bthe (?-i:([A-Z][\w-]+)) authors\b(?= (?!of\b|are\b|were\b)[a-z])", r"\1 et al."),
        (r"\b(first|second|third|one|two|three|each|per) coarse(s?)\b", r"\1 course\2"),
        (
            r"\b(high|low|lower|higher|highest|lowest|same|what) does\b(?= (?:level|group|arm|escalation|used|given)\b)",
            r"\1 dose",
        ),
    )
)
"""Words that a question of trials means otherwise than they are written, and what it means by them."""
_ANY_CONFUSED = any_of(*(pattern.pattern for pattern, _ in _CONFUSED))
_NAMES_A_STUDY = re.compile(
    r"\s+(?:trial|stud(?:y|ies)|arm|cohort|data|abstract|poster|results?)\b", re.IGNORECASE
)
"""Behind what a study goes by: a drug's first letters, as a rule."""
_PERIODS = frozenset({"day", "week", "month", "year"})
_OTHERS = 5
"""Corrections of a word that are tried, at most."""
_SHORTEST_BEGINNING = 4
"""Letters from which on the beginning of a name stands for it."""
_SHORT_WORD = 7
"""Below this many letters one edit is allowed, from it on two."""


class Mender:
    """Puts typing errors right.

    Args:
        lexicons: the words that are known, which are never touched, and those that may have been meant.
    """

    def __init__(self, lexicons: QuestionLexicons) -> None:
        self._lexicons = lexicons
        self._tables = lexicons.names.tables

    def mend(self, text: str) -> str:
        """``text`` with typing errors of known words put right; figures and codes' digits stay."""
        for pattern, meant in _CONFUSED if _ANY_CONFUSED.search(text) else ():
            text = pattern.sub(meant, text)
        text = _CODE.sub(self._mended_code, text)
        pieces, last, doubted = [], 0, list[list[str]]()
        for match in _WORD.finditer(text):
            if near := self._candidates(match, text):
                pieces += [text[last : match.start()], _like(near[0], match.group())]
                last = match.end()
                doubted.append(near)
        return self._rephrased("".join(pieces) + text[last:], doubted)

    def anglicised(self, text: str) -> str:
        """``text`` with the drugs of the review in their English spelling (``…bin``, ``…bina`` for ``…bine``)."""
        return _WORD.sub(self._in_english, text)

    def _in_english(self, match: re.Match[str]) -> str:
        raw = ascii_key(match.group())
        if raw in self._lexicons.known or len(raw) < _SHORT_WORD:
            return match.group()
        forms = (f"{raw}e", f"{raw[:-1]}e", raw[:-1])
        return next((form for form in forms if form in self._tables.agents), match.group())

    def _rephrased(self, mended: str, doubted: Iterable[Sequence[str]]) -> str:
        """``mended`` with another correction where that makes a longer term (``cytokine release``).

        Args:
            mended: the text with the likeliest corrections.
            doubted: the candidates for each word that was corrected.
        """
        for first, *others in doubted:
            for other in others[: _OTHERS - 1]:
                trial = re.sub(rf"\b{re.escape(first)}\b", other, mended, count=1, flags=re.IGNORECASE)
                if self._told(trial) > max(1, self._told(mended)):
                    mended = trial
        return mended

    def _told(self, text: str) -> int:
        """The words of the longest term in ``text``."""
        found = self._lexicons.matchers.measures.find(tokens(text))
        return max((m.end - m.start for m in found), default=0)

    def _candidates(self, match: re.Match[str], text: str) -> list[str]:
        """The known words that a typing error may stand for, likeliest first; none where it is none or nothing is near."""
        if self._is_right(match, text):
            return []
        from rapidfuzz.distance import OSA

        word = match.group()
        key, raw = key_of(word), ascii_key(word)
        if whole := self._begun(raw):
            return [whole]
        limit = 1 if len(raw) < _SHORT_WORD else 2
        forms = {key, raw}
        lengths = {n for form in forms for n in range(len(form) - limit, len(form) + limit + 1)}
        near = [
            (min(OSA.distance(form, target, score_cutoff=limit) for form in forms), target)
            for target in self._targets(key)
            if len(target) in lengths
        ]
        scored = sorted((distance, -self._rank(t), t) for distance, t in near if distance <= limit)
        named = limit == 1 and _NAMES_A_STUDY.match(text, match.end())
        return [t for _, _, t in scored if not (named and _by_another_letter(raw, t))]

    def _begun(self, word: str) -> str:
        """The one name of a treatment that a word is the beginning of: ``ritux``; "" for none or several."""
        if len(word) < _SHORTEST_BEGINNING:
            return ""
        whole = [
            name
            for name in self._treatments
            if name.startswith(word) and name.isalpha() and len(name) >= len(word) + 2
        ]
        whole.sort(key=len)
        one = bool(whole) and word.isalpha() and all(name.startswith(whole[0]) for name in whole)
        return whole[0] if one else ""

    @cached_property
    def _treatments(self) -> frozenset[str]:
        """The names of what was given, and of arms that are called by one word."""
        populations = {squeeze(p) for p in self._lexicons.vocabulary.populations}
        arms = (
            g
            for g in self._tables.groups
            if g not in populations
            and not self._lexicons.is_english(g)
            and not g.endswith(("treated", "arm", "group", "recipients"))  # labels of several words
        )
        return frozenset((*self._tables.agents, *arms))

    def _is_right(self, match: re.Match[str], text: str) -> bool:
        word = match.group()
        key = key_of(word)
        if key in self._lexicons.known or ascii_key(word) in self._lexicons.known or not key.isascii():
            return True
        around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
        is_code = re.search(r"[\d_]", around) or (
            word.isupper() and len(word) < 5 and not self._lacks_a_letter(key)
        )
        return bool(is_code) or self._lexicons.is_english(word) or self._lexicons.is_used(word)

    def _lacks_a_letter(self, key: str) -> bool:
        """Whether a study's own name is the word with one letter more."""
        from rapidfuzz.distance import OSA

        names = (c for c in self._tables.codes if c.isalpha() and len(c) == len(key) + 1 and c[0] == key[0])
        return any(OSA.distance(key, c, score_cutoff=1) <= 1 for c in names)

    def _targets(self, key: str) -> Iterator[str]:
        """Words with the same first letter, and those whose first letter came second."""
        targets = self._lexicons.targets
        yield from targets.get(key[0], ())
        if len(key) > 4:
            yield from targets.get(key[1], ())

    def _rank(self, target: str) -> int:
        """Preference among equally near corrections: terms and names before everyday words."""
        named = target in self._tables.words or target in self._tables.first_authors
        technical = target not in self._lexicons.vocabulary.scaffold
        period = 4 * (target in _PERIODS)
        return period + 3 * (target in self._lexicons.nouns) + 2 * named + technical

    def _mended_code(self, match: re.Match[str]) -> str:
        """A study's name with one letter put right, its digits being there as they are."""
        from rapidfuzz.distance import OSA

        key, digits = squeeze(match.group()), re.sub(r"\D", "", match.group())
        if len(key) < 5 or not digits or key in self._tables.spelled or key.startswith("nct"):
            return match.group()
        near = sorted(
            code
            for code in self._tables.codes
            if re.sub(r"\D", "", code) == digits and OSA.distance(key, code, score_cutoff=1) <= 1
        )
        one = len({self._tables.codes[code] for code in near}) == 1
        return near[0].upper() if one else match.group()


def _by_another_letter(word: str, target: str) -> bool:
    """Whether a word has another letter in place of one: ``dara`` is no ``data``, but ``paln`` is ``plan``."""
    return len(word) == len(target) and sorted(word) != sorted(target)


def _like(word: str, pattern: str) -> str:
    """``word`` in the letter case of ``pattern``."""
    if pattern.isupper():
        return word.upper()
    return word.capitalize() if pattern[0].isupper() else word
