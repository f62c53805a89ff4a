"""Patients told behind their figure by a clause of their own: ``60% of those who stopped and 70% of those who continued``."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.spans_numbers import TIME_UNITS, Span
from assistant.text import tokens
from assistant.vocabulary import Matchers

_PEOPLE = r"(?:patients|those|participants|adults|children|people|women|men|cases|individuals)"
_FIGURE = r"\d[\d.]*(?:\s?%|\s+months)?(?:\s*\([^()]*\))?"
_ENDS = (
    r"(?=\s*[,;.:()]|\s*$|\s+(?:and|but|versus|vs\.?|than|against|compared|as|while|whereas|respectively)\b"
    r"|\s+(?:were|was|had|have|achieved|attained|reached|remained|died|relapsed|responded|developed|survived)\b)"
)
_CLAUSE = re.compile(
    rf"(?P<figure>{_FIGURE})\s+(?:in|among|for|of)\s+(?:the\s+)?"
    rf"(?P<what>{_PEOPLE}\s+(?:(?P<whose>whose)\s+[^,;:.()%]{{4,70}}(?=\s*[,;.:()]|\s*$)|"
    rf"(?:who|in\s+whom|(?P<outcome>with|having))\s+(?:\w+ly\s+)?[\w-]+(?:\s+[^\s,;:.()%]+){{0,8}}?{_ENDS}))"
)
_DENIED = re.compile(r"\b(?:not|never|no|did|do|so|it|them)\b")
"""A clause that only means something with the group named before it, which is resolved elsewhere."""
_REFERENCE = re.compile(
    rf"{_FIGURE}\s+(?:in|among|for|of|with)\s+(?:the\s+)?(?:others|rest|remainder|{_PEOPLE}\s+(?:without|who\s+\w+\s+not|not))\b"
    rf"|{_FIGURE}\s+(?:overall|in\s+all\s+patients|in\s+the\s+whole)\b"
)
_ONLY = re.compile(r"\b(?:but|although)\s+(?:it\s+was\s+)?(?:only\s+|just\s+)?$")
_TELLS_NOTHING = frozenset(
    "patients those participants adults children people women men cases individuals whose whom were been with that this "
    "they their have achieved reached received underwent given".split()
)


def relative_groups(
    text: str, spans: Sequence[Span], groups: Sequence[Span], matchers: Matchers
) -> list[Span]:
    """The groups of figures set against each other, where a clause tells them and nothing else names them.

    Args:
        text: one sentence, its signs folded.
        spans: its figures and measures.
        groups: its groups that are named otherwise.
        matchers: lexicons of the review.

    A figure of one clause alone may be of all patients (``in 12% of patients who had the infusion``).
    """
    clauses = [m for m in _CLAUSE.finditer(text) if not _DENIED.search(m["what"])]
    found = [g for m in clauses if (g := _told_by(m, spans, groups, matchers))]
    apart = len({g.ids for g in found})
    if not found or apart + len(_REFERENCE.findall(text)) + _behind_figures(text, spans, groups) < 2:
        return found if len(clauses) == 1 and _ONLY.search(text[: clauses[0].start()]) else []
    return found if apart == len(found) else []


def _told_by(
    clause: re.Match[str], spans: Sequence[Span], groups: Sequence[Span], matchers: Matchers
) -> Span | None:
    start, end = clause.span("what")
    inside = [s for s in spans if start < s.end and s.start < end]
    if any(s.kind == "value" and s.unit not in {*TIME_UNITS, "amount", "limit"} for s in inside):
        return None
    over = [g for g in groups if g.start < end and start < g.end]
    outcomes = [s for s in inside if s.kind == "measure" and start <= s.start and s.end <= end]
    if any(not any(m.start <= g.start and g.end <= m.end for m in outcomes) for g in over):
        return None
    if clause["outcome"] and not outcomes:
        return None
    named = [s for s in spans if s.kind == "measure" and s.end <= clause.start()]
    if not named:
        return None
    words = tokens(clause["what"])
    known = [g.ids[0] for g in over] or [m.ids[0] for m in matchers.populations.find(words)]
    told = [w for w in re.findall(r"[a-z0-9]+", clause["what"].lower()) if w not in _TELLS_NOTHING]
    key = known[0] if known else "-".join(w for w in told if len(w) > 3 or w.isdigit())
    return Span("group", start, end, clause["what"], (key,)) if key else None


def _behind_figures(text: str, spans: Sequence[Span], groups: Sequence[Span]) -> int:
    """How many figures have a group straight behind them."""
    figures = [s for s in spans if s.kind == "value" and s.unit in {"%", *TIME_UNITS}]
    return sum(
        any(
            re.fullmatch(
                r"(?:\s*\([^()]*\))?\s+(?:in|among|for|of|with)\s+(?:[\w-]+\s+){0,4}", text[f.end : g.start]
            )
            for g in groups
            if g.start > f.end
        )
        for f in figures
    )


def only_group(measure: Span, measures: Sequence[Span], text: str) -> bool:
    """``the ORR was 69% in A-positive and 35% in A-negative patients``: a finding that tells whom a figure is of, and no measure."""
    if not measure.dual or not _BEHIND.search(text[: measure.start]):
        return False
    return any(m.end <= measure.start and not m.dual and not set(m.ids) & set(measure.ids) for m in measures)


_BEHIND = re.compile(
    rf"{_FIGURE}\s+(?:in|among|for)\s+(?:the\s+)?(?:{_PEOPLE}\s+(?:with\s+|who\s+(?:were|had|became)\s+)(?:an?\s+)?)?$"
)
