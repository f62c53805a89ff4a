"""Which of the measures learnt from a review a question asks for, in words of its own.

``How soon did platelet counts return to normal`` asks for *platelet normalization*, ``hemoglobin of 12 or more`` for
*hemoglobin ≥ 12 g/dL*.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.spans.span import Span
from assistant.text.text import Token, tokens
from assistant.vocabulary.vocabulary import Term, Vocabulary

_SAYS_NOTHING = frozenset(
    "of in the a an at for with or and to by from least more than less above below over under g dl mg l ml u iu kg "
    "x 10 / % without who < > = + & ± # \u2264 \u2265".split()
)
_HOW_LONG = re.compile(r"\bhow (?:long|many (?:days|weeks|months))\b", re.IGNORECASE)
_POWER = re.compile(
    r"[\u00d7x]\s?10\s?\^?\s?[\d\u2070-\u2079\u00b9\u00b2\u00b3]*\s?/\s?[\u00b5\u03bcmd]?[lL]\b"
)
"""``× 10⁹/L``: the unit of a count, which nobody need say."""
_ENOUGH = 0.75
"""Share of a measure's words that a question must have."""
_ENOUGH_WITH_CODE = 0.66
"""The same where one of them is a code, which tells more than a word."""
_CODE = re.compile(r"[a-z]+\d+[a-z]+")
_ROOT = 5
"""Letters that two words of one root share at least."""


_LENGTH = re.compile(r"\b(\d+|an?|one|two|three|six|twelve)[ -]?(day|week|month|year)s?\b", re.IGNORECASE)
_N = {"a": "1", "an": "1", "one": "1", "two": "2", "three": "3", "six": "6", "twelve": "12"}


def _length(name: str) -> tuple[str, str] | None:
    """The length of time that a measure's name ends in."""
    said = _LASTING.search(name)
    return (said[1], said[2].lower()) if said else None


_LASTING = re.compile(r"[>\u2265]=?\s*(\d+)\s*-?(day|week|month|year)s?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Learned:
    id: str
    words: tuple[str, ...]
    length: tuple[str, str] | None = None
    """How long it lasts at least, where that is part of it."""


def _of_name(word: Token, text: str) -> bool:
    """Whether a number is part of a name before it: ``TRIAL-1``."""
    return word.text.isdigit() and re.search(r"[A-Za-z]-$", text[: word.start]) is not None


class LearnedTopics:
    """Finds learnt measures in questions.

    Args:
        vocabulary: the review's; its synonyms count as one word.
        learnt: the measures that the review itself added to it.
        held: ids of the attributes that the review gives anything for.
    """

    def __init__(self, vocabulary: Vocabulary, learnt: Iterable[Term], held: Collection[str]) -> None:
        self._synonyms, self._held = vocabulary.synonyms, held
        self._vocabulary = vocabulary
        found = (
            (
                t.id,
                tuple(
                    dict.fromkeys(
                        w.key for w in tokens(_POWER.sub(" ", t.name)) if w.key not in _SAYS_NOTHING
                    )
                ),
            )
            for t in learnt
        )
        self._terms = [_Learned(i, words, _length(vocabulary.term(i).name)) for i, words in found if words]

    def named(self, focus: str) -> bool:
        """Whether the words of ``focus`` name a learnt measure."""
        return self._best(focus)[0] is not None

    def put(self, spans: Sequence[Span], focus: str) -> list[Span]:
        """``spans`` with the learnt measure that the words of ``focus`` name, in place of what is part of it."""
        if any(s.kind == "measure" and t.id in s.ids for s in spans for t in self._terms):
            return list(spans)
        chosen, found = self._best(focus)
        return self._narrowed(spans) if chosen is None else self._placed(spans, focus, chosen, found)

    def _best(self, focus: str) -> tuple[_Learned | None, list[Token]]:
        """The learnt measure that most words of ``focus`` name, and these words; None where none is named."""
        said = [t for t in tokens(focus) if t.key not in _SAYS_NOTHING and not _of_name(t, focus)]
        if (asked := _HOW_LONG.search(focus)) is not None:
            said.append(Token(asked[0], "duration", *asked.span(), "duration"))
        best: tuple[float, int, list[Token]] | None = None
        chosen: _Learned | None = None
        lengths = {(_N.get(m[1].lower(), m[1]), m[2].lower()) for m in _LENGTH.finditer(focus)}
        for term in self._terms:
            if lengths and term.length and term.length not in lengths:
                continue  # a threshold is part of a measure
            held = [next((t for t in said if self._same(t.key, w)), None) for w in term.words]
            found = [t for t in held if t is not None]
            grade = (len(found) / len(term.words), len(found))
            if (
                grade[0] >= (_ENOUGH_WITH_CODE if any(_CODE.fullmatch(t.key) for t in found) else _ENOUGH)
                and (len(found) > 1 or len(term.words) == 1)
                and (best is None or grade > best[:2])
            ):
                best, chosen = (*grade, found), term
        return chosen, best[2] if best else []

    def _narrowed(self, spans: Sequence[Span]) -> list[Span]:
        """``spans`` with the one learnt measure of what is asked (``FACIT-Fatigue``) where the review gives no plain one."""
        found = []
        for span in spans:
            if (
                span.kind == "measure"
                and not span.dual
                and span.ids
                and not any(i in self._held for i in span.ids)
            ):
                words = [
                    w.key
                    for i in span.ids
                    for w in tokens(self._vocabulary.term(i).name)
                    if len(w.key) >= _ROOT
                ]
                near = [
                    t for t in self._terms if 2 * len(set(words) & set(t.words)) >= max(1, len(set(words)))
                ]
                span = replace(span, ids=(near[0].id,)) if len(near) == 1 else span
            found.append(span)
        return found

    def _placed(
        self, spans: Sequence[Span], focus: str, term: _Learned, found: Sequence[Token]
    ) -> list[Span]:
        """``spans`` with the measure at the first of its words; as they are where another measure is asked, too."""
        places = [(t.start, t.end) for t in found]

        def within(span: Span) -> bool:
            return any(span.start < b and a < span.end for a, b in places)

        begin, end = min(a for a, _ in places), max(b for _, b in places)
        others = [
            s
            for s in spans
            if s.kind == "measure" and not within(s) and not (begin < s.start and s.end < end)
        ]
        if others:
            return list(spans)
        kept = [s for s in spans if s.kind != "measure" or s in others]
        kept = [s for s in kept if not (within(s) and s.kind in {"value", "time", "threshold"})]
        first = min(found, key=lambda t: t.start)
        kept = [s for s in kept if not (s.start < first.end and first.start < s.end)]
        new = Span("measure", first.start, first.end, focus[first.start : first.end], (term.id,))
        return sorted([*kept, new], key=lambda s: (s.start, s.end))

    def _same(self, a: str, b: str) -> bool:
        """Whether two words are one, or of one root or meaning."""
        if a == b:
            return True
        if not (re.fullmatch(r"[a-z]+", a) and re.fullmatch(r"[a-z]+", b)):
            return False
        n = min(len(a), len(b))
        if n >= _ROOT and a[: max(_ROOT, n - 3)] == b[: max(_ROOT, n - 3)]:
            return True
        return bool(self._synonyms.get(a, frozenset()) & self._synonyms.get(b, frozenset()))
