"""The measures that a text names, without words that only look like one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.spans.said import said_measures
from assistant.spans.span import Span, apart
from assistant.spans.survival import freed, of_survival

_GUIDING = re.compile(r"-(?:guided|directed|driven|adapted|based|informed|triggered)\b", re.IGNORECASE)
"""Behind a measure it says what a treatment goes by: ``MRD-guided therapy``."""
_WHOLE = frozenset({("sustained_response",), ("fatal_ae",)})
"""Measures said with a verb that hold others within them."""
_DONE = ("SCT",)
"""``Transplantation in first remission was performed in 9``: neither the name nor the remission is measured."""


def named_measures(
    text: str, names: Sequence[Span], reached: Sequence[Span], states: Sequence[Span]
) -> list[Span]:
    """The measures of ``text``, by the vocabulary's names and by verbs, in order of place.

    Args:
        text: one sentence, its signs folded.
        names: the vocabulary's names in it.
        reached: measures that a count reached tells of, which cover others.
        states: groups told by what they underwent, which is then no measure.
    """
    named = [m for m in names if not any(m.within(r) for r in reached) and not _is_other(m, text)]
    named = [m for m in named if not _ends_a_name(m, text)]
    said = said_measures(text)
    named = [m for m in named if not any(s.ids == _DONE and m.within(s) for s in said)]
    named += [
        s for s in said
        if not any(s.meets(m) and (len(m.text) > len(s.text) or _is_kind_of_response(m, s)) for m in named)
    ]  # fmt: skip
    whole = [m for m in named if m.ids in _WHOLE]
    named = [m for m in named if m in whole or not any(m.meets(w) or _leads_to(m, w) for w in whole)]
    named = [_cleared(f, text) for m in named if (f := freed(m, text))]
    told = of_survival(apart([*named, *reached], states), text)
    return sorted([*told, *_medians(text, told)], key=lambda m: m.start)


_NAME_BEFORE = re.compile(r"\b[A-Z][A-Z\d]{4,}-$")


def _ends_a_name(measure: Span, text: str) -> bool:
    """Whether a short form is but the end of a trial's name: ``ELEVATE-RR``."""
    hyphened = text[measure.start - 1 : measure.start] == "-" and measure.text.isupper()
    return hyphened and bool(_NAME_BEFORE.search(text[: measure.start]))


_OF_WHOM = re.compile(r"\b(?:in|among|of|for)\s+(?:the\s+|all\s+|these\s+)*$", re.IGNORECASE)
_AT_RISK = re.compile(
    r"\bat\s+(?:an?\s+|the\s+)?(?:\w+\s+)?risk\s+(?:of|for)\s+(?:an?\s+|early\s+)?$", re.IGNORECASE
)
_AT = re.compile(r"\b(?:at|with)\s+(?:an?\s+)?(?:\w+\s+)?$", re.IGNORECASE)
_DETECTED = re.compile(r"\s+(?:still\s+|persistently\s+)?detect(?:able|ed)\s+(?:by|with)\b", re.IGNORECASE)


def _is_state(measure: Span, text: str) -> bool:
    """``among the infused patients``, ``at high risk of relapse``, ``MRD detectable by PCR``: says whom, and measures nothing."""
    before = text[: measure.start]
    if measure.text.lower().endswith(" patients") and _OF_WHOM.search(before):
        return True
    if measure.ids == ("relapse",) and _IN_RELAPSE.search(before):
        return True  # "in later relapses 31%"
    if measure.ids == ("sensitivity",) and _AT.search(before):
        return True  # "at a sensitivity of 10⁻⁶"
    return bool(_AT_RISK.search(before)) or (
        measure.ids == ("MRD",) and bool(_DETECTED.match(text, measure.end))
    )


_IN_RELAPSE = re.compile(
    r"\b(?:in|at|after|for|during)\s+(?:the\s+|a\s+|their\s+)?(?:first|second|third|fourth|later|subsequent|further|any|early|late)\s+$",
    re.IGNORECASE,
)


_CLEARED = re.compile(
    r"(?:\s*\(\w+\))?(?:\s+(?:status|assessed|measured|tested))?(?:\s+[\w-]+){0,8}?"
    r"\s+(?:was|were|became|had\s+become|turned|remained)\s+(?:\w+ly\s+)?(?:negative|undetectable|not\s+detect(?:ed|able))\s+(?:in|for|at|by)\b",
    re.IGNORECASE,
)


_BECAME = re.compile(
    r"[^;.:%]{0,60},(?:[^;:]|;(?=\d)){0,60}?\d\s?%[^;:]{0,60}\b(?:became|turned|had\s+become)\s+(?:MRD[- ])?(?:negative|undetectable)\b"
)
"""``among those evaluable for MRD, 70% and 60% became negative``."""


def _cleared(measure: Span, text: str) -> Span:
    """``MRD after cycle 2 was negative in 13 of 20``: those who were negative were counted."""
    cleared = measure.ids == ("MRD",) and (
        _CLEARED.match(text, measure.end) or _BECAME.match(text, measure.end)
    )
    if not cleared:
        return measure
    return replace(measure, ids=("MRD_negativity",))


_LOST = re.compile(
    r"\b(?:(?:loss|lack|absence)\s+of|lost|regained|failed\s+to\s+(?:achieve|reach|attain))\s+(?:an?\s+|the\s+|their\s+)?$",
    re.IGNORECASE,
)
_KEPT = re.compile(r"[A-Z]*(?:CR|MR|ORR)\w*|MRD_negativity|TFR|DMR|MMR|SVR\d+|TSS50|CHR|CCyR")
_WHEN = re.compile(
    r"\b(?:after|following|since|upon|until)\s+(?:treatment\s+|drug\s+|the\s+)?$", re.IGNORECASE
)


def _is_lost(measure: Span, text: str) -> bool:
    """``loss of MRD negativity``, ``26 months after discontinuation``: something else than the measure was counted."""
    before = text[: measure.start]
    if measure.ids == ("discontinuation",) and _WHEN.search(before):
        return True
    return _KEPT.fullmatch(measure.ids[0]) is not None and bool(_LOST.search(before))


def _is_other(measure: Span, text: str) -> bool:
    """Whether the words beside a measure's name make something else of it."""
    if _is_state(measure, text) or _is_lost(measure, text):
        return True
    if _is_other_response(measure, text) or _GUIDING.match(text, measure.end):
        return True
    return measure.ids == ("expansion",) and _is_part_of_trial(measure, text)


_THE_MEDIAN = re.compile(r"\b[Tt]he\s+medians?(?=\s+(?:was|were|reached)\s+(?:not|\d))")


def _medians(text: str, measures: Sequence[Span]) -> list[Span]:
    """``EFS was not improved: the median was 12 months``: of the survival named last."""
    found = []
    for match in _THE_MEDIAN.finditer(text):
        named = [m for m in measures if m.end <= match.start() and re.fullmatch(r"[A-Z]*FS|OS|TFR", m.ids[0])]
        if named:
            last = max(named, key=lambda m: m.end)
            found.append(Span("measure", match.start(), match.end(), match[0], (f"median_{last.ids[0]}",)))
    return found


_TO_PART = re.compile(
    r"\b(?:chosen|selected|taken|went(?:\s+on)?|moved|forward|on|proceeded|used|picked|dose|cohort)\s+(?:on\s+)?(?:for|to|into|in)?\s*(?:the\s+|an?\s+)?(?:dose\s+)?$",
    re.IGNORECASE,
)
_OF_TRIAL = re.compile(r"\s+(?:cohorts?|phases?|parts?|stages?|dose|doses|levels?|study)\b", re.IGNORECASE)


def _is_part_of_trial(measure: Span, text: str) -> bool:
    """``600 mg went on to expansion``, ``the expansion cohort``: a part of a trial, and no growth of cells."""
    return bool(_TO_PART.search(text[: measure.start]) or _OF_TRIAL.match(text, measure.end))


def _leads_to(events: Span, death: Span) -> bool:
    """``Adverse events led to death in 5%``: the events that were fatal, and no others."""
    return death.start - events.end == 1 and death.text.startswith(("led", "result"))


def _is_kind_of_response(named: Span, said: Span) -> bool:
    """``Complete responses were seen in``: said of the complete ones, and not of all."""
    return said.ids == ("ORR",) and named.ids != ("ORR",) and named.start < said.start


def settled(measures: Sequence[Span], groups: list[Span]) -> list[Span]:
    """Measures and groups, where both were found in one place the longer one."""
    result: list[Span] = []
    for measure in measures:
        over = [g for g in groups if g.meets(measure)]
        inner = [g for g in over if g.within(measure) and g.end - g.start < measure.end - measure.start]
        groups = [g for g in groups if g not in inner]
        over = [g for g in over if g not in inner]
        if any((g.end - g.start) > (measure.end - measure.start) for g in over):
            continue
        result.append(replace(measure, dual=True) if over else measure)
    return result + groups


_GERMS = frozenset(
    "viral_reactivation cmv ebv hbv_reactivation herpes_zoster covid fungal_infection pjp infection".split()
)


def _modifies(first: Span, second: Span) -> bool:
    """``CMV pneumonia`` is a pneumonia: of two adjacent names the second is what happened."""
    plain = second.text == second.text.lower() and first.ids != second.ids
    return plain and bool(_GERMS & set(first.ids))


_RESPONSE = re.compile(r"[sm]?CR[a-z]?|VGPR|PR|MLFS")


_TESTS = {"p_value", "CI", "HR", "OR", "RR"}
"""What is told of a comparison or a figure, and makes no composite with a measure."""
_COMPLETE = {("CR",), ("sCR",)}
"""``CR or stringent CR``: the one is a kind of the other."""
_OR = r"\s+(?:plus|or)\s+(?:an?\s+)?"


def _together(first: Span, second: Span, between: str) -> bool:
    """``CR plus CRh``, ``CR or marrow CR``: one figure of the two together."""
    both = all(_RESPONSE.fullmatch(m.ids[0]) for m in (first, second)) and first.ids != second.ids
    return both and re.fullmatch(_OR, between) is not None


def _is_composite(first: Span, second: Span, between: str) -> bool:
    """``CR/CRi``; a p-value is told beside a measure, not with it."""
    tests = {first.ids[0], second.ids[0]} & _TESTS
    return not tests and re.fullmatch(r"\s?[/+]\s?", between) is not None


def joined(measures: list[Span], text: str) -> list[Span]:
    """``overall survival (OS)`` as one span, ``complete remission (CR)/CRi`` as the composite ``CR/CRi``."""
    result: list[Span] = []
    for span in measures:
        last = result[-1] if result else None
        between = text[last.end : span.start] if last else ""
        if last and re.fullmatch(r"\s*[(\[]", between) and text[span.end : span.end + 1] in {")", "]", ";"}:
            result[-1] = replace(last, end=span.end + 1, text=text[last.start : span.end + 1])
        elif last and set(last.ids) & set(span.ids) and re.fullmatch(r"\s*[(\[,]?\s*", between):
            end = span.end + (text[span.end : span.end + 1] in {")", "]"} and "(" in between)
            result[-1] = replace(last, end=end, text=text[last.start : end])
        elif last and last.ids == span.ids and re.fullmatch(r"\s*(?:for|of|in)\s+", between):
            result[-1] = replace(last, end=span.end, text=text[last.start : span.end])
        elif last and between in {" ", "-"} and _modifies(last, span):
            result[-1] = replace(last, end=span.end, text=text[last.start : span.end], ids=span.ids)
        elif last and {last.ids, span.ids} == _COMPLETE and re.fullmatch(_OR, between):
            result[-1] = replace(last, end=span.end, text=text[last.start : span.end], ids=("CR",))
        elif last and (_is_composite(last, span, between) or _together(last, span, between)):
            ids = (f"{last.ids[0]}/{span.ids[0]}", *last.ids, *span.ids)
            result[-1] = replace(last, end=span.end, text=text[last.start : span.end], ids=ids)
        else:
            result.append(span)
    return result


_OTHER_RESPONSE = re.compile(
    r"\b(?!(?:overall|total|clinical|global|initial|final|general|actual|objective|equal|typical|numerical)\b)"
    r"(?:\w{3,}(?:ic|al|ac|ar|or)|organ|deep|minor|immune)\s+$",
    re.IGNORECASE,
)


def _is_other_response(measure: Span, text: str) -> bool:
    """``renal response rate`` is no overall response."""
    bare = measure.ids == ("ORR",) and measure.text.lower().startswith("response")
    return bare and bool(_OTHER_RESPONSE.search(text[: measure.start]))
