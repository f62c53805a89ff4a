"""Studies like another: ``which other trial used the same drugs as study 7``."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.draft import Draft, answered, declined, of_fact
from assistant.lookup.lookup import Desk
from assistant.model import Fact
from assistant.question.reader import Ask
from assistant.text.text import fold, tokens

_LIKE = re.compile(
    r"\b(?:like|similar(?:ly)? to|resembl\w+|closest to|akin to|comparable (?:to|with)|counterpart|"
    r"same (?:regimen|drugs?|treatments?|agents?|therapy|combination|product)s? as)\b",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"\b(?:which|what|any|another|other|is there|name)\b[^?]*\b(?:stud(?:y|ies)|trials?|abstracts?|posters?|reports?|papers?|one)\b",
    re.IGNORECASE,
)
_ENOUGH = 0.5
"""Share of two cells' words from which on what was given is alike."""


def alike(desk: Desk, ask: Ask) -> Draft | None:
    """The studies that gave what the one named gave; None where that is not asked."""
    if len(ask.studies) != 1 or ask.measures or ask.families or ask.values:
        return None
    if not (_LIKE.search(ask.focus) and _ANOTHER.search(ask.focus)) or set(ask.characteristics) - {"agents"}:
        return None
    own = _given(desk, ask.studies[0])
    if own is None:
        return None
    others = [f for s in desk.review.studies if s.id != own.study and (f := _given(desk, s.id)) is not None]
    ranked = sorted(((_shared(own, f), f) for f in others), key=lambda pair: -pair[0])
    best = ranked[0][0] if ranked else 0.0
    if best < _ENOUGH:
        return declined(f"No other study of the review gave what {desk.name(own.study)} did.", ask.studies)
    near = [f for share, f in ranked if share > best - 1e-9]
    lines = [of_fact(desk.speaker.characteristic(f), f) for f in (*near, own)]
    return answered(lines, [f.study for f in near])


def _given(desk: Desk, study: str) -> Fact | None:
    return next((f for f in desk.selector.reported(study, "agents") if not f.group), None)


def _shared(a: Fact, b: Fact) -> float:
    """The share of the words of two cells that both have."""
    first, second = ({t.key for t in tokens(fold(f.value))} for f in (a, b))
    return len(first & second) / len(first | second) if first | second else 0.0
