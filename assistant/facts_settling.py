"""Facts made whole: grades, cycles, changes from one figure to another, figures that nothing tells apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant import lazy_re as re
from assistant.facts_linking import Carry
from assistant.facts_pieces import PART_OF, Piece, stated_grades
from assistant.model import Fact
from assistant.spans import TIME_UNITS, Span
from assistant.spans_numbers import shown_threshold
from assistant.text import WORD_NUMBER

SPECIAL = {"nct": "nct", "period": "study_period", "age": "age_range"}


_SHORTENED = re.compile(
    r"\b(?:shortened|prolonged|lengthened|reduced|extended|improved|raised|increased|decreased)\b",
    re.IGNORECASE,
)


_TO = re.compile(
    r"\s*(?:(?:at|during|before|in)\s+(?:the\s+)?[\w-]+(?:\s+[\w-]+){0,2}?\s+)?(?:(?:up|down)\s+)?to\s*(?:an?\s+)?(?:(?:median|mean)\s+(?:of\s+)?)?",
    re.IGNORECASE,
)
"""Stands between the two ends of a change: ``from 5.0 at screening to 1.0``."""
_FROM = re.compile(
    r"\bfrom\s+(?:an?\s+)?(?:(?:baseline\s+)?(?:median|mean|average)\s+(?:of\s+)?)?$", re.IGNORECASE
)
_GAPPED = re.compile(
    r"\W*(?:and\s+)?(?:[\w-]+\s+){1,4}in\s+(?=\d)(?!.*\b(?:was|were|had|occurred|developed)\b)", re.IGNORECASE
)
"""``of grade 3 in 9%, and neutropenia in 43%``: a clause without a verb goes on with the grade, too."""
_GRADED_NOUN = re.compile(
    r"\bof\s+grades?\s+(?:[\w\u2264\u2265<>-]+\s+(?:or\s+\w+\s+)?){1,2}(?:was|were|occurred|developed|arose)\b(?:[^,;]|\d,\d)*$",
    re.IGNORECASE,
)
"""``neuropathy of grade 2 was seen in 9%, and rash in 7%``: whether the grade is the rash's too is not said."""
_NEXT_LISTED = re.compile(r"\)(?:,|,?\s+and)\s+(?:[\w-]+\s+){0,3}[\w-]+\s+\(")
_FROM = re.compile(r"\bfrom\s+(?:an?\s+(?:median|mean|average)\s+of\s+)?$", re.IGNORECASE)
_CYCLE = re.compile(r"\b(?:cycle|course)s?\b", re.IGNORECASE)


def threshold(piece: Piece, text: str, carry: Carry) -> list[Span]:
    """Figures at a second threshold (``at 10⁻⁶``) are those of a group of their own."""
    found = piece.of("threshold")
    shown = shown_threshold(found[0].text) if len(found) == 1 else ""
    if not shown:
        return []
    named = text.startswith(" group", found[0].end)
    if not named and (not carry.threshold or carry.threshold == shown):
        carry.threshold = shown
        return []
    return [replace(found[0], kind="group", ids=(shown,))]


def each(groups: tuple[Span, ...]) -> list[tuple[Span, ...]]:
    """``40 in each arm`` is one fact an arm."""
    if len(groups) > 1 and len({(g.start, g.end) for g in groups}) == 1:
        return [(g,) for g in groups]
    return [groups]


def _is_control(arm: Span) -> bool:
    return any(i.startswith("no-") or i in {"placebo", "control"} for i in arm.ids)


def changes(facts: Sequence[Fact], text: str, arms: Sequence[Span]) -> list[Fact]:
    """``rose from 8.0 to 10.5``: the first figure is the baseline's or the control arm's."""
    result = list(facts)
    for i, (a, b) in enumerate(pairwise(result)):
        changed = a.cycle != "" and a.cycle == b.cycle and _FROM.search(text[: a.start]) is not None
        if changed and not _CYCLE.search(text, a.start, b.start):
            result[i] = a = replace(a, cycle="")  # "from 31% after induction to 84% after cycle 1"
        if (
            a.attribute != b.attribute
            or not a.attribute
            or a.group != b.group
            or not _FROM.search(text[: a.start])
        ):
            continue
        directly = text[a.end : b.start].strip() == "to"
        gap = re.sub(r"\s*\([^()]*\)", "", text[a.end : b.start])
        if not directly and (a.unit in {*TIME_UNITS, "%"} or not _TO.fullmatch(gap)):
            continue
        if a.unit not in TIME_UNITS and a.unit != "%":
            result[i] = replace(a, time_point="baseline")
            if b.time_point == "baseline":
                result[i + 1] = replace(b, time_point="")
        elif len(arms) == 2 and not a.group and _is_control(arms[1]) and _SHORTENED.search(text[: a.start]):
            first, second = arms
            result[i] = replace(a, group=frozenset(second.ids), group_label=second.text)
            result[i + 1] = replace(b, group=frozenset(first.ids), group_label=first.text)
        else:
            result[i], result[i + 1] = replace(a, attribute=""), replace(b, attribute="")
    return result


def decided(facts: Sequence[Fact]) -> list[Fact]:
    """The facts; of figures that differ in nothing but their value none keeps its measure."""

    def key(fact: Fact) -> tuple[object, ...]:
        group = (fact.group, fact.grade, fact.cycle)
        return (
            fact.attribute,
            fact.unit,
            fact.time_point,
            *group,
            fact.unit == "patients" and bool(fact.percent),
        )

    seen: dict[tuple[object, ...], set[str]] = {}
    for fact in facts:
        if fact.attribute not in {"", "p_value", "CI", "n_patients", "nct", "HR", "OR", "RR"}:
            seen.setdefault(key(fact), set()).add(fact.percent or fact.value)
    return [replace(f, attribute="") if len(seen.get(key(f), ())) > 1 else f for f in facts]


def parts_apart(facts: Sequence[Fact], text: str) -> list[Fact]:
    """``Eight stopped, five of them because of infection``: the part is not a second figure of the whole."""
    result: list[Fact] = []
    for fact in facts:
        whole = any(
            f.attribute == fact.attribute and f.group == fact.group and f.grade == fact.grade for f in result
        )
        part = (
            fact.unit == "patients"
            and fact.attribute not in {"", "n_patients"}
            and PART_OF.match(text, fact.end)
        )
        result.append(replace(fact, attribute="") if whole and part else fact)
    return result


def listed_parts(facts: Sequence[Fact], text: str) -> list[Fact]:
    """``Seven patients relapsed: three with A, one with B and three with C``: parts that add up are of the same."""
    colon = text.find(": ")
    before = [f for f in facts if f.end <= colon]
    after = [f for f in facts if f.start > colon]
    whole = before[-1] if colon > 0 and before else None
    if whole is None or whole.unit != "patients" or whole.attribute in {"", "n_patients"} or len(after) < 2:
        return list(facts)
    counted = all(f.attribute in {"", "n_patients"} and f.n is not None for f in after)
    if not counted or sum(f.n or 0 for f in after) != whole.n:
        return list(facts)
    return [_part_told(f, whole, text) if f in after else f for f in facts]


_TOLD_BY = re.compile(
    rf"\s+(?:patients\s+)?(?:with|had|in|of)\s+(?P<what>[^,;.]+?)(?=,|;|\.|\s+and\s+(?:\d|{WORD_NUMBER}\b)|\s*$)",
    re.IGNORECASE,
)


def _part_told(part: Fact, whole: Fact, text: str) -> Fact:
    """A part of a count under the whole's attribute, of those that the words behind it tell."""
    told = _TOLD_BY.match(text, part.end)
    if told is None:
        return replace(part, attribute="")
    words = re.findall(r"[a-z0-9]+", told["what"].lower())
    return replace(
        part, attribute=whole.attribute, group=whole.group | {"-".join(words)}, group_label=told["what"]
    )


def shared_group(facts: Sequence[Fact], text: str) -> list[Fact]:
    """``Headache (18%) and insomnia (11%) led the list on the drug``: what follows a list holds for all of it."""
    result = list(facts)
    for i in range(len(result) - 2, -1, -1):
        a, b = result[i], result[i + 1]
        listed = a.unit == b.unit == "%" and a.attribute and b.attribute and a.attribute != b.attribute
        if not listed or a.group or not b.group or not _NEXT_LISTED.fullmatch(text, a.end, b.start):
            continue
        said = text.find(b.group_label, b.end)
        if said >= 0 and text[b.end : b.end + 1] == ")" and ";" not in text[b.end : said]:
            result[i] = replace(a, group=b.group, group_label=b.group_label)
    return result


_GRADE_FIRST = re.compile(
    r"\bgrades?\s*[\d\u2264\u2265<>IV][^\s,;()]*(?:\s*(?:\d|or\s+(?:higher|worse)))?\s+(?:[a-z-]+\s+){1,3}\($",
    re.IGNORECASE,
)


def shared_grade(facts: Sequence[Fact], text: str) -> list[Fact]:
    """``Grade 3-4 neutropenia (31%) and thrombocytopenia (21%)``: the grade holds for the whole list."""
    result = list(facts)
    for i in range(1, len(result)):
        a, b = result[i - 1], result[i]
        listed = a.unit == b.unit == "%" and a.attribute and b.attribute and a.attribute != b.attribute
        if not listed or not a.grade or b.grade or not _NEXT_LISTED.fullmatch(text, a.end, b.start):
            continue
        head = i == 1 or result[i - 2].grade != a.grade
        if not head or _GRADE_FIRST.search(text[: a.start]):
            result[i] = replace(b, grade=a.grade)
    return result


def one_arm(facts: Sequence[Fact], arms: Sequence[tuple[str, ...]]) -> list[Fact]:
    """The facts; a figure that two arms lay claim to belongs to neither."""
    result: list[Fact] = []
    for fact in facts:
        claimed = [a for a in arms if fact.group >= set(a)]
        apart = [a for a in claimed if not any(set(a) < set(b) for b in claimed)]
        if len(apart) > 1 and fact.attribute in {"HR", "OR", "RR"}:  # of one arm against the other
            rest = fact.group - {i for a in apart for i in a}
            fact = replace(fact, group=rest, group_label=fact.group_label if rest else "")
        several = len(apart) > 1 and fact.attribute not in {"HR", "OR", "RR", "p_value", "CI"}
        everyone = several and fact.attribute == "n_patients" and len(apart) == len(arms)
        attribute = fact.attribute if everyone else ""  # "264 adults had A or B"
        result.append(
            replace(fact, attribute=attribute, group=frozenset(), group_label="") if several else fact
        )
    return result


def of_those(facts: Sequence[Fact], text: str) -> list[Fact]:
    """``ten on B had it, and one of the ten died``: the part is of the group of those counted before."""
    result: list[Fact] = []
    for fact in facts:
        named = fact.total is not None and re.search(
            r"\bof\s+(?:the|these|those)\b", text[fact.start : fact.end]
        )
        whole = (
            [f for f in result if f.n == fact.total and f.total is None and f.unit == "patients"]
            if named
            else []
        )
        one = whole[-1] if whole and whole[-1].group and fact.attribute else None
        result.append(replace(fact, group=one.group, group_label=one.group_label) if one else fact)
    return result


def special(value: Span) -> Fact:
    """The fact of a registration number, a period or a range of ages."""
    unit = "years" if value.unit == "age" else ""
    return Fact("", SPECIAL[value.unit], value.text, "", unit=unit, start=value.start, end=value.end)


_QUARTILES = re.compile(r"(?:IQR|interquartile\s+range)\W*(?:of\s+|from\s+)?$", re.IGNORECASE)


def spread_fact(span: Span, last: Fact | None, text: str) -> list[Fact]:
    """The fact of ``(range, 9-19 days)``: of the measure, time point and group of the figure before it.

    Quartiles of ages are no range of ages.
    """
    if last is None or last.attribute in {"", "p_value", "CI"}:
        return [Fact("", "", span.text, "", unit="range", start=span.start, end=span.end)]
    aged = last.attribute == "median_age" and not _QUARTILES.search(text[: span.start])
    unit, attribute = ("years", "age_range") if aged else ("range", last.attribute)
    return [
        replace(
            last, attribute=attribute, value=span.text, unit=unit, comparator="", n=None, total=None,
            percent="", start=span.start, end=span.end,
        )
    ]  # fmt: skip


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
        for grade, value in zip(stated_grades(piece, text), piece.values(), strict=False)
    ]


def near(value: Span, piece: Piece, kind: str, measure: Span | None) -> str:
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


_ALL_AND = re.compile(r"\b(?:total|overall|any|all)\s+and\s+$", re.IGNORECASE)


def with_all_grades(spans: Sequence[Span], text: str) -> list[Span]:
    """``total and grade III-IV toxicity``: the spans with one for all grades beside the one that is named."""
    result: list[Span] = []
    for span in spans:
        said = _ALL_AND.search(text[: span.start]) if span.kind == "grade" else None
        if said:
            result.append(Span("grade", said.start(), said.end(), said[0], ("",)))
        result.append(span)
    return result


def without_grades_in_blocks(facts: Sequence[Fact], spans: Sequence[Span]) -> list[Fact]:
    """``total and grade III-IV toxicity were a and b, and c and d``: whether grades or arms change first is not said."""
    grades = [s for s in spans if s.kind == "grade"]
    figures = [f for f in facts if f.unit == "%"]
    if len(figures) <= len(grades) or not any(s.ids == ("",) for s in grades):
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
