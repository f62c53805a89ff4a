"""Measures that a sentence names without giving a figure of them, which no figure of another clause may take."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.facts.pieces import in_parenthesis
from assistant.spans.span import Span

_CLAUSE = re.compile(r"(?:,\s*(?:and|but|while|whereas)\b|;)\s*(?:that\s+)?", re.IGNORECASE)
_IS_SUBJECT = re.compile(
    r"(?:\s+(?:of\s+)?(?:[\w-]+\s+){0,3}?)?\s*\b(?:was|were|is|are|remained|proved|became|led|caused|accounted)\b",
    re.IGNORECASE,
)
_APPOSITION = re.compile(
    r",\s+(?:the|an?)\s+(?:first|only|second|largest|highest|lowest|longest|best|main|leading)\b[^,;:.()\[\]%\d]*"
    r"(?=[,;.]|$)",
    re.IGNORECASE,
)
"""``30-month OS was 77% vs. 64%, the first OS benefit shown for this class; …``."""
_RESULTS = frozenset({"pvalue", "ci", "spread", "limit", "nct", "period"})


_MATTERED = re.compile(
    r"[^,;:.%()\d]{3,90}\s(?:was|were|is|are|proved|remained)\s+(?:[a-z]+ly\s+)?(?:decisive|prognostic|predictive|important|crucial|critical|relevant|key)"
    r"\b[^,;:.%()\d]{0,60}[,:;]\s+(?:as|because|since|with|and)?\b",
    re.IGNORECASE,
)
"""``Disease burden was decisive, as EFS was 31% in …``: what decided is given no figure."""
_BARE = re.compile(
    r"\b(?:patients|those|cases|adults|children)\s+(?:with|without)(?=\s+than\b)", re.IGNORECASE
)
"""``in patients without than in those with A``: what they are without is named later."""


_BEFORE = re.compile(
    r"\b(?:positive|negative|remission|CR\d?)\s+(?:before|prior\s+to)\s+(?:the\s+)?$", re.IGNORECASE
)
"""``MRD-positive before transplantation``: when, and no group of its own."""


def without_idle(spans: Sequence[Span], text: str) -> list[Span]:
    """``NRM was 9% with A and 5% with B, and infection was the leading cause``: the spans without measures of empty clauses.

    A clause is empty that has a measure for its subject and no figure; the figures before it have a measure of their own.
    """
    values = [s for s in spans if s.kind == "value" and s.unit not in _RESULTS]
    if not values:
        return list(spans)
    measures = [s for s in spans if s.kind == "measure"]
    empty: list[tuple[int, int]] = [
        m.span() for m in _APPOSITION.finditer(text) if not in_parenthesis(text[: m.start()])
    ]
    starts = [m for m in _CLAUSE.finditer(text) if not in_parenthesis(text[: m.start()])]
    for k, match in enumerate(starts):
        end = starts[k + 1].start() if k + 1 < len(starts) else len(text)
        own = [m for m in measures if match.end() <= m.start < end]
        if not own or any(match.end() <= v.start < end for v in values):
            continue
        between = text[match.end() : own[0].start]
        if re.fullmatch(r"(?:the\s+|an?\s+)?(?:[\w-]+\s+){0,2}", between) and _IS_SUBJECT.match(
            text, own[0].end
        ):
            empty.append((match.end(), end))
    spans = [
        s
        for s in spans
        if s.ids != ("transplant",) or s.kind != "group" or not _BEFORE.search(text[: s.start])
    ]
    colon = text.rfind(": ")
    if values[-1].end <= colon and any(m.end <= colon for m in measures):
        spans = [s for s in spans if s.kind != "measure" or s.start < colon]
    lead = _MATTERED.match(text)
    if lead and any(m.start >= lead.end() for m in measures):
        spans = [s for s in spans if s.kind != "measure" or s.start >= lead.end()]
    bare = [m.span() for m in _BARE.finditer(text)]
    spans = [s for s in spans if s.kind != "group" or not any(a <= s.start and s.end <= b for a, b in bare)]
    return [s for s in spans if s.kind != "measure" or not _lent(s, empty, measures, values)]


def _lent(
    measure: Span, empty: Sequence[tuple[int, int]], measures: Sequence[Span], values: Sequence[Span]
) -> bool:
    """Whether a measure stands in an empty clause behind figures that have one of their own."""
    begin = next((a for a, b in empty if a <= measure.start and measure.end <= b), None)
    if begin is None:
        return False
    before = [v for v in values if v.end <= begin]
    return bool(before) and any(m.end <= before[-1].start for m in measures)


_MOST = re.compile(
    r"\b(?:most\s+(?:common|frequent|prevalent)(?:ly\s+(?:reported|observed|seen))?|commonest|(?:main|leading|predominant))\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_THEN_NAMED = re.compile(
    r"(?:[^,;.()%\d]|\d(?!\d*\s?[%(]))*?\b(?:was|were|being|included?|remained)\s+(?!(?:seen|observed|reported|noted|in|found)\b)[A-Za-z]"
)
_GENERIC = frozenset({"AE", "SAE", "TRAE", "TEAE"})


def without_headwords(spans: Sequence[Span], text: str) -> list[Span]:
    """``The most frequent AE was an elevation of A (38%)``: the figure is that of what is named, not of the events."""
    return [
        s
        for s in spans
        if s.kind != "measure"
        or s.ids[0] not in _GENERIC
        or not _MOST.search(text[: s.start])
        or not (named := _THEN_NAMED.match(text, s.end))
        or any(v.kind == "value" and s.end <= v.start < named.end() for v in spans)
    ]


_OF_PEOPLE = re.compile(
    r"\d[\d.]*\s?%?(?:\s*\([^()]*\)|\s*\[[^\]]*\])?\s+(?:of|in|among|for)\s+(?:the\s+|all\s+|those\s+|these\s+)?(?:\d+\s+)?(?:patients|those|participants|adults|children|people|cases|responders)"
    r"\s+(?:with|who\s+(?:had|were|needed|required)|dependent\s+on|depending\s+on|requiring|needing|in\s+need\s+of|(?:pre)?(?:treated|medicated)\s+with|having|achieving|in)\s+(?:an?\s+|the\s+)?(?:single\s+dose\s+of\s+)?(?:(?![\w-]+ly\s)[\w-]+\s+)?$",
    re.IGNORECASE,
)
_NEAR = 12


def without_of_people(spans: Sequence[Span], text: str) -> list[Span]:
    """``A was reached by 31% and 34% of the patients dependent on transfusions``: tells whom, where another measure leads."""
    values = [s for s in spans if s.kind == "value"]
    kept = []
    for span in spans:
        told = span.kind == "measure" and _OF_PEOPLE.search(text[: span.start])
        if told:
            led = any(m.kind == "measure" and m.end <= told.start() for m in spans)
            near = any(0 <= v.start - span.end <= _NEAR for v in values)
            if led and not near and not _IS_SUBJECT.match(text, span.end):
                continue
        kept.append(span)
    return kept
