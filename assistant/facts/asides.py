"""What a sentence says beside its results: what a measure means, that nothing else happened, who is free of what."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.facts.pieces import brackets
from assistant.spans.span import Span

_NOTHING = re.compile(
    r"[,;]?\s+(?:with|and|but)\s+(?:there\s+(?:was|were)\s+)?no\s+(?:[a-z-]+\s+)*[^,;.:()%]*$"
)
_NONE_SEEN = re.compile(
    r"[,;]\s+(?:(?:and|but|while|with)\s+)?no\s+(?:[\w-]+\s+){1,5}?(?:was|were|has\s+been|have\s+been|occurred|developed)\b"
    r"(?:[^,;:()%\d]|\d(?![\d.]*\s?%))*(?=[,;])",
    re.IGNORECASE,
)


def without_nothing(spans: Sequence[Span], text: str) -> list[Span]:
    """``OS and PFS were 84% and 67%, with no relapse beyond 20 months``: the spans without those of the last clause.

    Where the clause has figures of its own all are left. Nor has any figure the clause amid ``OS was 84%, no relapse
    was seen, and rash occurred in 5%``.
    """
    for amid in _NONE_SEEN.finditer(text):
        spans = [s for s in spans if not amid.start() <= s.start < amid.end()]
    match = _NOTHING.search(text.rstrip(" ."))
    if match is None or not any(s.kind == "value" and s.end <= match.start() for s in spans):
        return list(spans)
    inside = [s for s in spans if s.start >= match.start()]
    if any(s.kind == "value" and not s.ids for s in inside):
        return list(spans)
    return [s for s in spans if s not in inside]


_RULE = re.compile(
    r"\b(?:rule|criterion|criteria|definition|condition|requirement|threshold)s?,\s[^,;:.()%]*,\s+(?=(?:was|were|had|has|is|are)\b)",
    re.IGNORECASE,
)


_WHETHER = re.compile(
    r"\b(?:tested|asked|examined|investigated|explored|assessed|evaluated)\s+whether\b[^:;.%\d]*(?=[:;])",
    re.IGNORECASE,
)
"""``tested whether the inhibitor is better continued: A was given to 49 patients``: what was asked has no figure."""


def without_rules(spans: Sequence[Span], text: str) -> list[Span]:
    """``The stopping rule, two negative results 12 weeks apart, was met by 60``: the spans without what the rule is, or was tested."""
    found = [m.span() for p in (_RULE, _WHETHER) for m in p.finditer(text)]
    return [s for s in spans if s.kind == "value" or not any(a <= s.start and s.end <= b for a, b in found)]


_NOBODY_FIRST = re.compile(
    r"\W*No\s+(?:patients?|one|cases?|episodes?|participants?|recipients?|child(?:ren)?|grades?\b|events?\b)[^,;:()%]*[,;]"
)


def without_nobodys(spans: Sequence[Span], text: str) -> list[Span]:
    """``No patient had grade 4 CRS, and only one had ICANS``: the spans without what nobody had; the one figure is not of it."""
    match = _NOBODY_FIRST.match(text)
    if match is None or any(s.kind == "value" and s.start < match.end() for s in spans):
        return list(spans)
    return [s for s in spans if s.start >= match.end() or s.kind not in {"measure", "grade"}]


_FREE = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:of\s+(?:the\s+|all\s+)?[a-z]+\s+)?(?:(?:were|was|are|is|remained|remain|being)\s+)?(?P<free>free\s+(?:of|from))\b"
)


def without_freed(spans: Sequence[Span], text: str) -> list[Span]:
    """``42% were free of severe infections``: the spans without a figure that no measure of the text has a name for."""
    kept = []
    for span in spans:
        free = (
            _FREE.match(text, span.end) if span.kind == "value" and span.unit in {"%", "patients"} else None
        )
        named = free is not None and any(s.kind == "measure" and s.start == free.start("free") for s in spans)
        if free is None or named:
            kept.append(span)
    return kept


_STATE = re.compile(
    r"\b(?:CR\w*|remission|respon\w+|MRD\w*|\w*-?(?:negativ|positiv)\w+|chimerism)\b", re.IGNORECASE
)
_SOON = re.compile(r"\d+-(?:day|week)")
_LATER = re.compile(r"\d+-(?:month|year)")


def without_times_of_states(spans: Sequence[Span], text: str) -> list[Span]:
    """``18-month OS was 77% for patients in CR at day 28``: the spans without the day, which tells whom the figure is of."""
    if not any(s.kind == "time" and _LATER.fullmatch(s.ids[0]) for s in spans):
        return list(spans)
    states = [s for s in spans if s.kind == "group" and _STATE.search(s.text)]
    return [
        s
        for s in spans
        if s.kind != "time"
        or not _SOON.fullmatch(s.ids[0])
        or not any(
            re.fullmatch(r"(?:\s+(?:patients|disease|status))?\s+(?:at|on|by)?\s*", text[g.end : s.start])
            for g in states
            if g.end <= s.start
        )
    ]


def without_incidence(spans: Sequence[Span], text: str) -> list[Span]:
    """``cumulative incidence of relapse`` is relapse: the spans without the word before the measure."""
    return [s for i, s in enumerate(spans) if s.ids != ("incidence",) or not _is_of_measure(i, spans, text)]


def _is_of_measure(i: int, spans: Sequence[Span], text: str) -> bool:
    later = next((s for s in spans[i + 1 :] if s.kind == "measure"), None)
    return later is not None and bool(
        re.fullmatch(
            r"s?\s+(?:(?:at|by|on)\s+(?:day\s+)?\d+(?:\s+\w+)?\s+)?of\s+(?:[^\s,;.]+\s+){0,6}",
            text[spans[i].end : later.start],
        )
    )


_CONCEDED = re.compile(r"\W*(?:although|though|while|whereas|despite|even if)\b[^,;]*,", re.IGNORECASE)


_NO_GAIN = re.compile(
    r"\W*(?:no|little)\s[^:;.%\d]{0,60}\b(?:advantage|benefit|difference|gain|improvement)\b[^:;.%\d]{0,60}:\s",
    re.IGNORECASE,
)


def without_conceded(spans: Sequence[Span], text: str) -> list[Span]:
    """``Although infections were similar, one patient died``: a first clause without figures gives no measure to later ones.

    Nor does ``No survival advantage has emerged: OS was 75% and 67%``.
    """
    match = _CONCEDED.match(text) or _NO_GAIN.match(text)
    if match is None or any(s.kind == "value" and s.start < match.end() for s in spans):
        return list(spans)
    own = any(s.kind == "measure" and s.start >= match.end() for s in spans)
    return [s for s in spans if not own or s.kind != "measure" or s.start >= match.end()]


_COMPOSED = re.compile(
    r"\(\s*[\w/>=\u2265-]+(?:\s*(?:,|\+|/|\bor\b|\band\b|,\s*or\b|,\s*and\b|\bplus\b)\s*[\w/>=\u2265-]+)+\s*\)"
)


def without_glosses(spans: Sequence[Span], text: str) -> list[Span]:
    """``spans`` without measures that merely gloss a figure: ``in one patient (CMV pneumonia, p = 1)``."""
    left = list(spans)
    for start, end in brackets(text):
        inside = [s for s in spans if start < s.start and s.end <= end]
        if (
            len(inside) > 1
            and all(s.kind == "measure" for s in inside)
            and _COMPOSED.fullmatch(text, start, end)
        ):
            left = [s for s in left if s not in inside]  # "the response rate (CR, mCR or PR) was"
        figures = any(s.kind == "value" and s.unit not in {"pvalue", "ci", "spread"} for s in inside)
        if not figures and any(s.kind == "value" and s.end <= start for s in spans):
            left = [s for s in left if not (s in inside and s.kind == "measure" and not s.text.isupper())]
    return left


_DEFINED = re.compile(
    r"\bdefined\s+(?:as|by)\b(?:[^,;()]|\([^()%=]*\)|,(?!\s*(?:(?:was|were|is|are|had|has|occurred|came|the|with|in|among)\b|\d)))*",
    re.IGNORECASE,
)
_GLOSS = re.compile(
    r",\s*(?:that\s+is(?:\s+to\s+say)?|i\.e\.|meaning|namely|in\s+other\s+words)\b[^,;]*(?=,)", re.IGNORECASE
)
"""Says between commas what a measure means."""
_TIMED = re.compile(r"\b(?:at|by)\s+(?:day|week|month|year)s?\s+\d+$", re.IGNORECASE)


def without_definitions(spans: Sequence[Span], text: str) -> list[Span]:
    """The spans without measures, times and values that stand where a measure is defined."""
    kinds = {"measure", "time", "value"}
    kept = [s for s in spans if s.kind not in kinds or not _is_in_definition(s, text)]
    told = [s for s in kept if s.kind == "group" and not _is_in_definition(s, text)]
    return [s for s in kept if s.kind != "group" or s in told or not _is_of_group(s, told, text)]


def _is_of_group(span: Span, told: Sequence[Span], text: str) -> bool:
    """``patients with high risk, defined as del(17p)``: what a group named straight before is defined by."""
    defined = next((m for m in _DEFINED.finditer(text) if m.start() < span.start < m.end()), None)
    return defined is not None and any(
        re.fullmatch(r"[^,;.()]{0,30}[,(]?\s*(?:which\s+(?:was|were)\s+)?", text[g.end : defined.start()])
        for g in told
        if g.end <= defined.start()
    )


def _is_in_definition(span: Span, text: str) -> bool:
    timed = span.kind == "time" and _TIMED.search(text[: span.end])
    patterns = (_DEFINED,) if timed else (_DEFINED, _GLOSS)
    return any(m.start() < span.start and span.end <= m.end() for p in patterns for m in p.finditer(text))


_ASCRIBED = re.compile(
    r",\s+(?:(?:an?|the)\s+(?:\w+\s+)?(?:finding|result|difference|observation|fact|imbalance|effect|excess)\s+)?(?:(?:which|that)\s+)?"
    r"(?:(?:(?:was|were)\s+)?(?:the|its|their)\s+(?:authors|investigators|trialists|writers)\s+|(?:was|were)\s+)?"
    r"(?:attributed|ascribed|put\s+down|linked|explained\s+by|related)(?:\s+(?:to|by))?\b(?:(?!\d[\d.]*\s?%)[^,;.])*",
    re.IGNORECASE,
)


def without_ascribed(spans: Sequence[Span], text: str) -> list[Span]:
    """``OS was alike (69% vs. 63%), which the authors ascribed to those on A who switched``: a reason names nobody's figures.

    Only where the figures stand before it.
    """
    told = [
        m.span()
        for m in _ASCRIBED.finditer(text)
        if any(s.kind == "value" and s.end <= m.start() for s in spans)
        and not text[m.end() : m.end() + 1].isdigit()  # "linked to neutropenia in 5%" tells of it
    ]
    return [s for s in spans if not any(a <= s.start < b for a, b in told)] if told else list(spans)


_ALL_DID = re.compile(
    r"\b(?:all|none\s+of\s+the|no)\s+(?:(?:the|evaluable|treated|infused)\s+)*patients\s+(?:had\s+|have\s+)?(?:responded|relapsed|progressed|died|engrafted|survived)\b[^,;%\d]*,\s+and\b",
    re.IGNORECASE,
)


def without_all_did(spans: Sequence[Span], text: str) -> list[Span]:
    """``All patients had responded, and MRD was negative in 28 of 38``: the spans without those of all, who have no figure."""
    match = _ALL_DID.search(text)
    if match is None or not any(s.kind == "measure" and s.start >= match.end() for s in spans):
        return list(spans)
    return [
        s for s in spans if s.kind not in {"measure", "group"} or not match.start() <= s.start < match.end()
    ]


_VANISHED = re.compile(
    r"[,;]\s+(?:(?:and|but|while|whereas)\s+)?(?P<what>(?:no\s+)?[^,;:.()%\d]{0,30}(?:grade\s*[\u2265>=]*\s*\d[^,;:.()%\d]{0,40})?[^,;:.()%\d]{0,30})"
    r"\s(?:disappeared|vanished|(?:was|were)\s+(?:abolished|eliminated|absent|avoided|no\s+longer\s+(?:seen|observed)))\b",
    re.IGNORECASE,
)


def without_vanished(spans: Sequence[Span], text: str) -> list[Span]:
    """``CRS occurred in 82% and, before, in 96%, grade 3 CRS disappeared``: the spans without the grade of what is no more."""
    gone = [m.span("what") for m in _VANISHED.finditer(text)]
    before = any(s.kind == "value" and gone and s.end <= gone[0][0] for s in spans)
    if not before:
        return list(spans)
    return [s for s in spans if s.kind != "grade" or not any(a <= s.start < b for a, b in gone)]
