"""Figures made ready for pairing: spreads, counts of an arm's patients, and numbers that are no results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.facts.counts import OUTSIDE, RESPONSES, arm_counts
from assistant.facts.no_results import is_threshold
from assistant.spans.span import TIME_UNITS, Span, normal_time

_SPREAD = re.compile(
    r"[(\[,]\s*(?:IQR|interquartile\s+range|(?:full\s+)?range|min(?:imum)?\s*[-,/]?\s*max(?:imum)?)\s*[:,;=]?\s*(?:of\s+|from\s+)?$",
    re.IGNORECASE,
)
_LATE_UNIT = re.compile(r"\s*[)\]]\s*(days?|weeks?|months?|years?)\b")
_INCLUDING = re.compile(r"\bincluding\b")
_RELATIVE = re.compile(
    r"\s+(?:lower|higher|greater|smaller|shorter|longer|more\s+likely|less\s+likely|(?:relative\s+)?(?:risk\s+)?reduction)\b"
)
_AS_MUCH = re.compile(r"(?:\s+times|-?fold)\s+(?:more|less|higher|lower|greater|as)\b", re.IGNORECASE)
_OF_WHICH = re.compile(r",\s+of\s+which\s+$")
_EXPLAINED = re.compile(
    r"\s+(?:were|was|being)\s+(?:\w+ly\s+)?(?:due|related|attributed|attributable|considered|caused|because|from)\b"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_OTHER_UNITS = re.compile(
    r"\s*(?-i:(?:[A-Z]\w+\s+){1,2})?(?:(?:participating|recruiting|\w+)\s+)?(?:cent(?:er|re)s?|hospitals?|institutions?|countries|sites)\b|"
    r"\s+(?:(?:randomi[sz]ed|controlled|phase|clinical|[1-4]|I{1,3}V?|prospective|retrospective|single-arm)\s+){0,3}(?:trials|studies)\b|"
    r"\s+(?:[a-z]+\s+)?(?:cycles|courses|doses|drugs|agents|injections|infusions|codons|residues|models|mice|animals|xenografts)\b|\s+(?:HLA\b|(?:HLA-)?(?:allele|antigen)s?\b|matched\b)",
    re.IGNORECASE,
)
"""What is counted is no patient: ``one of the 9 centres``, ``10/10 HLA-matched``."""
_ONE_OF_ARMS = re.compile(
    r"\s+(?:[\w-]+\s+){0,3}(?:arms|groups|cohorts|strata|cent(?:er|re)s|hospitals|sites)\b"
)
"""``randomized into one of two treatment arms`` counts nobody."""
_CRITERION = re.compile(
    r"\b(?:reductions?|decreases?|declines?|falls?|fell|drops?|rises?|increases?|improvements?|gains?)\b[^,;()]{0,60}?"
    r"\b(?:of|by)\s+(?:at\s+least|more\s+than|\u2265|>|at\s+least\s+\u2265)\s*$",
    re.IGNORECASE,
)
_DIFFERENCE_OF = re.compile(
    r"[(;]\s*(?:absolute\s+|risk\s+|adjusted\s+|treatment\s+)*difference(?:\s+of)?\s*[,:=]?\s*$",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\s+(?:[\w-]+\s+){0,2}(?:patients|adults|children)\s+will\s+be\b|\s+planned\b", re.IGNORECASE
)
"""``320 patients will be assigned`` counts nobody yet."""
_OF_ALL = re.compile(r"\d\s?%\s+of\s+(?:(?:all|the)\s+)?(?:the\s+)?$", re.IGNORECASE)
YEARLY = "a year"
"""Stands for the unit of a rate over time."""
_PER_YEAR = re.compile(
    r"\s*(?:[a-z]+\s+){0,3}(?:per|/|a)\s*(?:(?:patient|person|subject)[- ]?)?years?\b",
    re.IGNORECASE,
)
_ANNUAL = re.compile(r"\b(?:annuali[sz]ed|annual|yearly)\b|\bper\s+(?:patient-?\s?)?year\b", re.IGNORECASE)
_TURNED = re.compile(r",\s*(?:and|while|whereas|but)\b|\b(?:ratio|HR|RR|OR|IRR|difference)\b")
"""Behind it a clause speaks of something else than the annual rate."""
_AT_LEAST_ONE = re.compile(r"\bat\s+least\s+(?:one|1)$|\ba\s+least\s+(?:one|1)$", re.IGNORECASE)
_FAVOURED = re.compile(r"\b(?:in\s+favou?r\s+of|favou?r(?:s|ed|ing))\s+(?:the\s+)?$", re.IGNORECASE)
"""``a hazard ratio of 1.09 in favour of A`` is not A's."""
_OVER = re.compile(r"\s+over\b")
_FINDING_IN = re.compile(
    r"\b(?:autops(?:y|ies)|biops(?:y|ies)|necropsy|histology|examination|imaging|genotyping|sequencing)\s+(?:of|in|from)\s+$",
    re.IGNORECASE,
)
"""``autopsy of one case showed``: tells what was found, and counts nobody else."""
_CYCLES_GIVEN = re.compile(
    r"\b(?:(?:median|mean|average|total|maximum|minimum)\s+of|up\s+to|at\s+least|more\s+than)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""``after a median of three cycles`` counts cycles, and is no cycle that a figure is of."""
_SINCE_THEN = re.compile(r"\bto\s+\d+\s+(?:days|weeks)\s+(?:from|after)\s+$", re.IGNORECASE)
"""``was shortened to 7 days from cycle 2 onward``: when it was, and no cycle that a figure is of."""
_STAGE = re.compile(r"\b(?:stages?|types?|class(?:es)?)\s+$", re.IGNORECASE)
"""``(stage 0 and I)`` names a stage."""
_ALL_BUT = re.compile(r"\ball\s+but\s+$", re.IGNORECASE)


def readied(spans: Sequence[Span], text: str, arms: Sequence[tuple[str, ...]]) -> list[Span]:
    """``spans`` with spreads told apart, counts of arms' patients known, and without years and exceptions."""
    kept = without_criteria(spans, text)
    kept = [s for s in kept if not _is_no_result(s, text) and not _is_adjective(s, kept, text)]
    kept = [s for s in kept if not _is_listed_part(s, kept, text)]
    kept = [s for s in kept if not (s.kind == "group" and (_is_favoured(s, text) or _in_list(s, kept, text)))]
    return arm_counts(yearly(_repeated_spans(spreads(kept, text), text), text), text, arms)


def without_criteria(spans: Sequence[Span], text: str) -> list[Span]:
    """``spans`` without the measures that only say what was counted: ``with a decline of at least 50%``."""
    told = [
        m for s in spans if s.kind == "value" and (m := _CRITERION.search(text[: s.start] + s.comparator))
    ]
    return [
        s for s in spans if not (s.kind == "measure" and any(_is_told_of(s, m, spans, text) for m in told))
    ]


_WITH = re.compile(r"\bwith\s+(?:an?\s+)?(?:[a-z]+\s+)?$", re.IGNORECASE)


def _is_told_of(measure: Span, criterion: re.Match[str], spans: Sequence[Span], text: str) -> bool:
    """Whether a measure is but what a criterion is told by: ``response with a platelet rise of \u2265 20``."""
    if criterion.start() < measure.start < criterion.end():
        return True
    others = any(s.kind == "measure" and s.end <= measure.start for s in spans)
    over = measure.start <= criterion.start() < measure.end
    return over and others and bool(_WITH.search(text[: measure.start]))


def _is_favoured(span: Span, text: str) -> bool:
    return bool(_FAVOURED.search(text[: span.start])) and not _OVER.match(text, span.end)


_AGAIN = re.compile(r"recurrent|relapsing", re.IGNORECASE)


def _is_adjective(span: Span, spans: Sequence[Span], text: str) -> bool:
    """``recurrent fever``: the word before a measure tells of the fever, and of no patients."""
    if span.kind != "group" or not _AGAIN.fullmatch(span.text):
        return False
    return any(s.kind == "measure" and text[span.end : s.start] == " " for s in spans)


_IN_BRACKET = re.compile(r"\s*%?\s*(?:months|years|weeks|days)?\s*[(\[]\s*$")


def _repeated_spans(spans: Sequence[Span], text: str) -> list[Span]:
    """``50% (95% CI 45-55) on A and 48% (43-53) on B``: the second bracket is of the kind that the first one tells."""
    result: list[Span] = []
    told: Span | None = None
    for i, span in enumerate(spans):
        before = spans[i - 1] if i else None
        if span.kind == "value" and span.unit in {"ci", "spread"}:
            told = span
        beside = (
            before is not None and before.kind == "value" and before.unit not in {"ci", "spread", "range"}
        )
        if (
            told is not None
            and before is not None
            and beside
            and span.unit == "range"
            and _IN_BRACKET.fullmatch(text, before.end, span.start)
            and text[span.end : span.end + 1] in {")", "]"}
            and ";" not in text[told.end : span.start]
        ):
            span = replace(span, unit=told.unit, ids=())
        result.append(span)
    return result


def yearly(spans: Sequence[Span], text: str) -> list[Span]:
    """``an annualised rate of 3.2``, ``0.14 events per patient-year``: figures that count events over time."""
    found: list[Span] = []
    for span in spans:
        bare = span.kind == "value" and not span.unit
        if bare and (_PER_YEAR.match(text, span.end) or _is_yearly(span, text)):
            span = replace(span, unit="amount", ids=(YEARLY,))
        found.append(span)
    return found


def _is_yearly(span: Span, text: str) -> bool:
    """Whether a figure without a unit stands behind ``annualised rate of``, in one clause with it."""
    begin = max(text.rfind(";", 0, span.start), text.rfind(". ", 0, span.start)) + 1
    found = list(_ANNUAL.finditer(text, begin, span.start))
    gap = text[found[-1].end() : span.start] if found else ""
    return bool(found) and not _TURNED.search(gap)


def _is_no_result(span: Span, text: str) -> bool:
    """A calendar year, or ``all but two``, which counts those left out."""
    if span.kind == "cycle":
        return bool(_CYCLES_GIVEN.search(text[: span.start]) or _SINCE_THEN.search(text[: span.start]))
    if span.kind != "value":
        return False
    if is_threshold(span, text):
        return True
    if span.total is not None and _ONE_OF_ARMS.match(text, span.end):
        return True
    if _CRITERION.search(text[: span.start] + span.comparator) or _DIFFERENCE_OF.search(text[: span.start]):
        return (
            True  # "a reduction of at least 50%" is what was counted, "(difference 30%)" no figure of an arm
        )
    if span.unit == "patients" and OUTSIDE.search(text[: span.start]):
        return True  # "58% in a matched historical cohort of 104 patients" counts nobody of the study
    if re.search(r"\bplanned\s+$", text[: span.start]) or _TO_COME.match(text, span.end):
        return True
    if span.unit == "patients" and not span.percent and _OF_ALL.search(text[: span.start]):
        return True  # "18.9% of all 95 patients"
    if not span.unit and _AS_MUCH.match(text, span.end):
        return True  # "14 times more potent"
    if span.unit == "%" and _RELATIVE.match(text, span.end):
        return True  # "the risk of death was 31% lower"
    other = _OTHER_UNITS.match(text, span.end) and "=" not in span.text
    if other and span.unit in {"", "patients"} and not span.percent:
        return True
    if _AT_LEAST_ONE.search(text[: span.end]) and re.match(r"\s+[a-z]", text[span.end :]):
        return True  # "were given at least 1 transfusion" counts no transfusions
    counts = span.unit == "patients" and span.text.isdecimal()  # "exposed to both classes 22 responded"
    if _FINDING_IN.search(text[: span.start]) or (not counts and _STAGE.search(text[: span.start])):
        return True
    year = span.unit == "" and _YEAR.fullmatch(span.text) and not re.search(r"[=:]\s*$", text[: span.start])
    return bool(year) or bool(_ALL_BUT.search(text[: span.start]))


def _is_listed_part(span: Span, spans: Sequence[Span], text: str) -> bool:
    """``four deaths, including 1 who died of sepsis``: a part of a count given before."""
    if span.kind != "value" or span.unit not in {"", "patients"} or span.percent or span.total is not None:
        return False
    if not re.fullmatch(r"[A-Za-z-]+|\d{1,3}", span.text):
        return False
    if _OF_WHICH.search(text[: span.start]) and _EXPLAINED.match(text, span.end):
        return True  # "12 deaths, of which eight were due to progression"
    if _names_response(span, spans, text):
        return False
    found = [m for m in _INCLUDING.finditer(text, 0, span.start) if ";" not in text[m.end() : span.start]]
    return bool(found) and any(s.kind == "value" and s.end <= found[0].start() for s in spans)


_WITH_A = re.compile(
    r"(?:\s+(?:patients?|of\s+them))?\s*\(\d[\d.]*\s?%\)\s+(?:patients\s+)?(?:(?:with|in|achieving|attaining|having|who\s+(?:had|achieved|reached))\s+)?(?:an?\s+)?"
    r"|\s+(?:patients?\s+)?(?:(?:with|in|achieving|attaining|having|who\s+(?:had|achieved|reached))\s+)?(?:an?\s+)?"
)


def _names_response(span: Span, spans: Sequence[Span], text: str) -> bool:
    """``33 (72%) responded, including 21 (46%) with a CR``: a part that is a result of its own."""
    return any(
        s.kind == "measure"
        and s.ids[0] in RESPONSES
        and (_WITH_A.fullmatch(text, span.end, s.start) or text[s.end : span.start] == " in ")
        for s in spans
    )


def _in_list(span: Span, spans: Sequence[Span], text: str) -> bool:
    """Whether a group stands in a list of parts that has no figures of its own left."""
    found = [m for m in _INCLUDING.finditer(text, 0, span.start) if ";" not in text[m.end() : span.start]]
    if not found:
        return False
    end = text.find(";", span.start)
    later = [
        s for s in spans if s.kind == "value" and found[0].end() <= s.start < (end if end >= 0 else len(text))
    ]
    return not later and any(s.kind == "value" and s.end <= found[0].start() for s in spans)


def spreads(spans: Sequence[Span], text: str) -> list[Span]:
    """``12 (range, 9-19 days)``: the range qualifies the figure before it, which takes its unit."""
    result: list[Span] = []
    for span in spans:
        if span.kind == "value" and span.unit not in {"ci", "age"} and _SPREAD.search(text[: span.start]):
            last = result[-1] if result else None
            if last and last.kind == "value" and last.unit == "" and span.unit in TIME_UNITS:
                bare = re.search(r"\d[\d.]*", last.text)
                ids = (normal_time(bare[0], span.unit),) if bare else ()
                result[-1] = replace(last, unit=span.unit, ids=ids)
            elif last and last.kind == "value" and last.unit == "" and span.unit == "amount":
                result[-1] = replace(last, unit="amount", ids=span.ids)
            elif (
                last
                and last.kind == "value"
                and last.unit == ""
                and (late := _LATE_UNIT.match(text, span.end))
            ):
                result[-1] = replace(last, unit=late[1].rstrip("s") + "s")
            span = replace(span, unit="spread", ids=())
        result.append(span)
    return result
