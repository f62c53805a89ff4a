"""Measures that a question names only to say when something was, or in whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.model import Fact
from assistant.question.reader import Ask
from assistant.text.text import tokens

_OF_WHOM = re.compile(
    r"\b(?:(?:patients|those|subjects|cases)\s+(?:with|without|in|who\s+(?:had|achieved|reached|obtained))\s+(?:an?\s+|the\s+)?"
    r"|at\s+(?:the\s+)?(?:time\s+of\s+)?(?:first\s+|initial\s+|their\s+)?|(?:compared|associated)\s+with\s+(?:an?\s+)?)$",
    re.IGNORECASE,
)
"""Stands before a measure that says when something was, or in whom."""
_MOMENTS = frozenset({"PD", "relapse", "CR", "ORR", "response", "PR", "CRi"})
_DEPTHS = frozenset({"CRc", "sCR", "VGPR", "CR/CRi", "CR/CRh", "CR/nCR"})
"""Those that are mostly asked for themselves: ``how many were in CR/CRi?``."""


def only_tells_whom(ask: Ask, measure: str) -> bool:
    """``baseline level in patients with a CR``, ``therapy at first relapse``: whether a measure is not what is asked."""
    if measure not in _MOMENTS and not (measure in _DEPTHS and len(ask.measures) > 1):
        return False
    keys = {k for k, term in ask.aliases if term == measure}
    at = [t.start for t in tokens(ask.focus) if t.key in keys]
    return bool(at) and bool(_OF_WHOM.search(ask.focus[: min(at)]))


_HAVING = re.compile(
    r"\b(?:(?P<no>without|who\s+(?:did\s+not|didn't|never)\s+(?:have|get|develop|experience)|(?:with|had)\s+no)"
    r"|with|who\s+(?:had|got|developed|experienced|suffered)|having|developing|experiencing|suffering|after|despite)"
    r"\s+(?:an?\s+|the\s+|any\s+)?(?P<what>[A-Za-z][\w-]+)",
    re.IGNORECASE,
)
"""Patients told by an event that they had, or went without."""
_EITHER = re.compile(r"\bwith\s+(?:and|or|vs\.?|versus)\s+$", re.IGNORECASE)


_STATES = {"MRD_positivity": "mrd-positive", "MRD_negativity": "mrd-negative"}
_IN_STATE = re.compile(
    r"\b(?:patients|recipients|those|children|adults|responders|people)\s+(?:who\s+(?:were|are|remained|had\s+been)\s+)?(?:still\s+)?MRD[\s-]"
    r"(?P<how>positive|negative)\b",
    re.IGNORECASE,
)
"""``relapse in recipients still MRD-positive``: patients, and no rate."""


def _told_by_state(ask: Ask, facts: Sequence[Fact]) -> Ask:
    """``ask`` of the patients in a state of disease, where another measure is told of these."""
    said = _IN_STATE.search(ask.focus) if len(ask.measures) > 1 else None
    for measure, group in _STATES.items():
        others = tuple(m for m in ask.measures if m != measure)
        told = any(group in f.group and f.attribute not in {"", measure, "n_patients"} for f in facts)
        if said and measure in ask.measures and group.endswith(said["how"].lower()) and told:
            keys = {k for k, term in ask.aliases if term == measure}
            aliases = tuple((k, group if k in keys else term) for k, term in ask.aliases)
            return replace(
                ask, measures=others, groups=(*ask.groups, (said[0], frozenset({group}))), aliases=aliases
            )
    return ask


def told_by_event(desk: Desk, ask: Ask) -> Ask:
    """``mortality in patients without the event``: whom it is asked of, where the review tells such patients apart."""
    facts = [f for s in ask.studies or [s.id for s in desk.review.studies] for f in desk.selector.of(s)]
    ask = _told_by_state(ask, facts)
    for having in _HAVING.finditer(ask.focus) if ask.measures else ():
        (key, *_) = (t.key for t in tokens(having["what"]))
        event = next((term for k, term in ask.aliases if k == key), "")
        others = tuple(m for m in ask.measures if m != event)
        group = frozenset({f"no-{key}" if having["no"] else key})
        asked = any(ids & {key, f"no-{key}"} for _, ids in ask.groups)
        if not asked and any(f.attribute in others and f.group == group for f in facts):
            if _EITHER.search(ask.focus[: having.start()]):
                return replace(ask, measures=others)
            label = f"{'without' if having['no'] else 'with'} {having['what']}"
            aliases = tuple(a for a in ask.aliases if a[0] != key)
            return replace(
                ask,
                measures=others,
                groups=(*ask.groups, (label, group)),
                aliases=(*aliases, (key, min(group))),
            )
    return ask
