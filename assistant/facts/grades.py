"""The grades of figures: whose grade it is, and where a clause goes on with the one before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.facts.carry import Carry
from assistant.facts.pieces import Piece
from assistant.model import Fact
from assistant.spans.span import Span

_GAPPED = re.compile(
    r"\W*(?:and\s+)?(?:(?!was\b|were\b|had\b)[\w-]+\s+){1,4}in\s+(?=\d)(?!.*\b(?:was|were|had|occurred|developed)\b)",
    re.IGNORECASE,
)
"""``of grade 3 in 9%, and neutropenia in 43%``: a clause without a verb goes on with the grade, too."""
_GRADED_NOUN = re.compile(
    r"\bof\s+grades?\s+(?:[\w\u2264\u2265<>-]+\s+(?:or\s+\w+\s+)?){1,2}(?:was|were|occurred|developed|arose)\b(?:[^,;]|\d,\d)*$",
    re.IGNORECASE,
)
"""``neuropathy of grade 2 was seen in 9%, and rash in 7%``: whether the grade is the rash's too is not said."""
_GRADELESS = frozenset(
    {
        "SAE",
        "fatal_ae",
        "deaths",
        "discontinuation",
        "dose_modification",
        "cGvHD",
        "severe_cGvHD",
        "relapse",
        "NRM",
    }
)
"""Of these a clause that names no grade tells none."""
_ANY_GRADE = re.compile(
    r"\b(?:any|all|every|overall|whatever)[- ](?:the\s+)?grades?\b|\boverall\b", re.IGNORECASE
)


def graded_as(fact: Fact, measure: Span | None, piece: Piece, carry: Carry, text: str) -> Fact:
    """``grade 3 or higher in 21% on A and in 36% on B``: the measure goes on, and its grade with it."""
    goes_on = measure is not None and measure not in piece.spans and measure in carry.measures
    gapped = carry.grade and not piece.of("grade") and _GAPPED.match(text, piece.start, piece.end)
    if (
        gapped
        and piece.of("measure")
        and text[piece.start] == ","
        and _GRADED_NOUN.search(text, 0, piece.start)
    ):
        return replace(fact, attribute="")
    if gapped and fact.attribute in _GRADELESS:
        return fact
    if gapped and not fact.grade and not _ANY_GRADE.search(text, piece.start, piece.end):
        return replace(fact, grade=carry.grade)
    if not goes_on or piece.of("grade") or len(carry.grades) != 1:
        return fact
    if _ANY_GRADE.search(text, piece.start, piece.end):
        return fact
    return replace(fact, grade=carry.grades[0].ids[0])


def graded_parts(
    piece: Piece, whole: Fact, text: str, make: Callable[[Span, None, tuple[Span, ...], None, Piece], Fact]
) -> list[Fact]:
    """``81.6% (grade 3 or higher: 8.2%)``: the bracket gives the same measure of the same patients by grade."""
    return [
        replace(
            make(value, None, (), None, piece),
            attribute=whole.attribute,
            group=whole.group,
            group_label=whole.group_label,
            time_point=whole.time_point,
            grade=grade.ids[0],
        )
        for grade, value in zip(piece.of("grade"), piece.values(), strict=False)
    ]


def graded_pair(
    piece: Piece,
    before: Sequence[Fact],
    make: Callable[[Span, None, tuple[Span, ...], None, Piece], Fact],
) -> list[Fact]:
    """``61% with A vs. 48% with B (grade 3 or higher: 22% vs. 14%)``: the two figures before it once more, of a grade."""
    values = piece.values()
    wholes = sorted(before, key=lambda f: f.start)[-len(values) :]
    alike = len({w.attribute for w in wholes}) == 1 and len({w.group for w in wholes}) == len(values)
    made = [make(value, None, (), None, piece) for value in values]
    if not alike or len(wholes) != len(values):
        return [replace(fact, attribute="") for fact in made]
    grade = piece.of("grade")[0].ids[0]
    return [
        replace(
            fact,
            attribute=whole.attribute,
            group=whole.group,
            group_label=whole.group_label,
            time_point=whole.time_point,
            grade=grade,
        )
        for fact, whole in zip(made, wholes, strict=True)
    ]


def grade_or_cycle(value: Span, piece: Piece, kind: str, measure: Span | None) -> str:
    """The grade or cycle of a value: the one beside its measure, or the only one, or the one in its turn."""
    spans = piece.of(kind)
    if not spans:
        return ""
    values = piece.values()
    if kind == "grade" and len(spans) * 2 == len(values) > 2:
        return ""  # two figures a grade: whose is told, if at all, by what stands behind them
    if len(spans) == 1:
        if measure and kind == "grade" and len(piece.of("measure")) > 1:
            gap = (
                spans[0].start - measure.end
                if spans[0].start >= measure.end
                else measure.start - spans[0].end
            )
            return spans[0].ids[0] if gap <= 25 else ""
        return spans[0].ids[0]
    if len(spans) == len(values):
        return spans[values.index(value)].ids[0] if value in values else ""
    if kind == "grade" and len(values) < len(spans) and (whole := _listed_grades(spans)):
        return whole
    anchor = measure or value
    return min(spans, key=lambda s: abs(s.start - anchor.start)).ids[0]


_ANY_GIVEN = re.compile(r"\b(?:any|all)[- ]grades?\s*[,:=]?\s*(?:in\s+)?$", re.IGNORECASE)
_ALL_AND = re.compile(r"\b(?:total|overall|any|all)(?:[- ]grades?)?\s+and\s+$", re.IGNORECASE)


def with_all_grades(spans: Sequence[Span], text: str) -> list[Span]:
    """``total and grade III-IV toxicity``: the spans with one for all grades beside the one that is named."""
    result: list[Span] = []
    graded = any(s.kind == "grade" for s in spans)
    for span in spans:
        said = _ALL_AND.search(text[: span.start]) if span.kind == "grade" else None
        if span.kind == "value" and graded and span.unit in {"%", "patients"}:
            said = _ANY_GIVEN.search(text[: span.start]) or said
        if said:
            result.append(Span("grade", said.start(), said.end(), said[0], ("",)))
        result.append(span)
    return result


def without_grades_in_blocks(facts: Sequence[Fact], spans: Sequence[Span]) -> list[Fact]:
    """``total and grade III-IV toxicity were a and b, and c and d``: whether grades or arms change first is not said."""
    grades = [s for s in spans if s.kind == "grade"]
    figures = [f for f in facts if f.unit == "%"]
    if len(figures) <= len(grades) or not any(s.ids == ("",) and _ALL_AND.fullmatch(s.text) for s in grades):
        return list(facts)
    return [replace(f, attribute="" if f in figures else f.attribute, grade="") for f in facts]


_GRADE_COUNTED = re.compile(r"\bgrades?\s+[IV\d]+\s*\(n\s*=\s*(?P<n>\d+)", re.IGNORECASE)


def whole_of_grades(facts: Sequence[Fact], text: str) -> list[Fact]:
    """``4/45 had grade II (n = 3) or IV (n = 1)``: the whole count is not of the grade whose part stands in brackets."""
    result: list[Fact] = []
    for fact in facts:
        part = _GRADE_COUNTED.search(text, fact.end) if fact.grade.isdigit() and fact.n is not None else None
        beside = part is not None and not re.search(r"[;.,\d]", text[fact.end : part.start()])
        apart = beside and part is not None and int(part["n"]) < (fact.n or 0)
        result.append(replace(fact, grade="") if apart else fact)
    return result


def _listed_grades(spans: Sequence[Span]) -> str:
    """The range of several single grades of one count: ``grade II, III or IV`` is ``2-4``; "" where they leave gaps."""
    single = sorted({int(s.ids[0]) for s in spans if s.ids[0].isdigit()})
    whole = len(single) == len(spans) > 1 and single[-1] - single[0] == len(single) - 1
    return f"{single[0]}-{single[-1]}" if whole else ""


_NO = re.compile(r"\bno\s+$", re.IGNORECASE)


def without_no_grades(spans: Sequence[Span], text: str) -> list[Span]:
    """``No grade 4 or 5 events were seen; fatigue in 40%``: ``spans`` without the grades that nobody had."""
    return [s for s in spans if s.kind != "grade" or not _NO.search(text[: s.start])]
