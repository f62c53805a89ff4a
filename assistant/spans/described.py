"""Patients told by words that no vocabulary lists: ``patients with blastoid morphology``, ``none of the 30 who had it``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.spans.span import Span
from assistant.text.text import WORD_NUMBER, stem

_OVERALL = re.compile(
    r"(?<=[%\d)s] )(?:overall|(?:across|over|at)\s+(?:all\s+)?(?:the\s+)?dos(?:es|e\s+levels))(?=\s+(?:and|but|versus)\b|\s*[,;.])"
)
_DESCRIBED = re.compile(
    r"\b(?:patients|those|cases|participants|individuals|adults|children)\s+(?:with|whose\s+\w+\s+had)\s+(?:an?\s+|the\s+)?"
    r"(?P<what>(?P<told>(?!or\b|and\b|no\b|any\b|the\b|an?\b|such\b|this\b)[A-Za-z][\w/+-]*(?:\s+(?!or\b|and\b|with\b)[A-Za-z][\w/+-]*)?)\s+"
    r"(?:morpholog(?:y|ies)|histolog(?:y|ies)|karyotypes?|phenotypes?|immunophenotypes?|subtypes?|mutations?|"
    r"rearrangements?|translocations?|fusions?|deletions?|amplifications?|expression|involvement|symptoms))\b"
)
"""``told`` is what sets the patients apart; the noun behind it only says of what kind that is."""
_NOT_UNDERGONE = re.compile(
    r"\b(?:in|among|for)\s+(?:those|patients|adults|children|people)\s+(?:who\s+)?(?:had|have|has)\s+(?P<not>not\s+|never\s+)?(?:undergone|received|had|been\s+given)\s+(?:an?\s+)?"
    r"(?P<what>[a-z][a-z-]{3,}(?:\s+[a-z][a-z-]{3,})?)(?=\s*\()"
)
_IN_STATE = re.compile(
    r"\b(?:in|among|for)\s+(?:the\s+)?(?P<what>(?!evaluable\b|treated\b|enrolled\b|infused\b|randomi|assigned\b|remaining\b|other\b|all\b|most\b|these\b|those\b|both\b)[a-z][a-z-]{3,}(?:ed|ic|al|ive|ous|less))"
    r"\s+(?:patients|adults|children|people|participants)\s*\((?=[^()]*\d)"
)


_INVOLVING = re.compile(
    r"\b(?:relapses?|progressions?|recurrences?)\s+(?:involving|confined\s+to|limited\s+to)\s+(?:the\s+)?(?P<what>[a-z]+(?:\s+[a-z]+)?)(?=\s*[(,;.]|\s+(?:in|was|were|occurred)\b)"
)


def described_groups(text: str) -> list[Span]:
    """``patients with blastoid morphology``, ``relapses involving the marrow``: told by a finding or a place."""
    placed = [_group(m, re.sub(r"\s+", "-", m["what"].lower())) for m in _INVOLVING.finditer(text)]
    return placed + [_group(m, re.sub(r"\s+", "-", m["told"].lower())) for m in _DESCRIBED.finditer(text)]


def overall_groups(text: str) -> list[Span]:
    """``in 11 patients (15%) overall and in …``: all patients, set against a subgroup."""
    return [Span("group", *m.span(), m[0], ("all",)) for m in _OVERALL.finditer(text)]


def state_groups(text: str) -> list[Span]:
    """``in those who had not undergone A (28%) than in B patients (11%)``: patients told by a state."""
    found = [_group(m, _state(m["what"])) for m in _IN_STATE.finditer(text)]
    for m in _NOT_UNDERGONE.finditer(text):
        told, sign = (f"without {m['what']}", "no-") if m["not"] else (f"with {m['what']}", "")
        found.append(replace(_group(m, sign + _state(m["what"])), text=told))
    return found


def _state(what: str) -> str:
    """The key of what patients underwent or are, as that of a group's label."""
    return stem(what.lower().split()[0])


def _group(match: re.Match[str], key: str) -> Span:
    return Span("group", *match.span("what"), match["what"], (key,))


_TELLS_NOTHING = frozenset(
    "became become achieved reached attained patients those with whose without subgroup subset also already "
    "taking receiving given having were been".split()
)


def _key(what: str) -> str:
    """The telling words of a clause; "" where there are none."""
    words = re.findall(r"[a-z0-9]+", what.lower())
    return "-".join(w for w in words if len(w) > 3 and w not in _TELLS_NOTHING)


_HEADING = re.compile(
    r"\s*(?:[Aa]mong|[Ii]n|[Ff]or)\s+(?:the\s+)?(?:\w+\s+)?"
    r"(?P<what>(?:patients|carriers|those|participants|adults|children|cases|recipients|subgroup|subset)\s+"
    r"(?:also\s+|already\s+)?(?:with|who|whose|without|of|having|in\s+whom|taking|receiving|given)\s+[^,;:.()]{3,70}),"
)


def told_in_heading(text: str, spans: Sequence[Span], groups: Sequence[Span]) -> Span | None:
    """``In those who became transfusion-independent by week 24, …``: an outcome that tells whom a sentence is about."""
    match = _HEADING.match(text)
    told = _group(match, _key(match["what"])) if match else None
    if told is None or told.ids == ("",) or any(g.meets(told) for g in groups):
        return None
    inside = [s for s in spans if s.within(told)]
    figures = any(s.kind == "value" and s.unit in {"%", "patients", "amount"} for s in inside)
    return None if figures or not any(s.kind == "measure" for s in inside) else told


def heading_groups(text: str, known: Sequence[Span]) -> list[Span]:
    """``In patients with early steroid failure, …``: whom a sentence is about, where nothing else tells them."""
    match = _HEADING.match(text)
    told = _group(match, _key(match["what"])) if match else None
    return [told] if told and told.ids != ("",) and not any(s.meets(told) for s in known) else []


_COUNTED_WHO = re.compile(
    rf"\bof\s+(?:the\s+|those\s+|these\s+)?(?:\d+|{WORD_NUMBER})(?:\s+(?:patients|adults|children|cases))?\s+"
    r"(?P<what>who\s+(?:had\s+)?(?:received|had|got|underwent|took|were\s+(?:given|on))\s+[^,;:.()]{3,70}?)"
    r"(?=[,;:.()]|\s+of\s+\d|\s+(?:responded|relapsed|died|developed|achieved|achieving|reached|remained|were|was|had)\b|$)"
)
_COUNTED_SUCH = re.compile(
    rf"\bof\s+the\s+(?:\d+|{WORD_NUMBER})\s+(?P<what>(?!(?:other|remaining|evaluable|eligible|first|last|treated|enrolled|included|randomi[sz]ed)\b)"
    r"(?:[\w/-]+\s+){1,3}(?:patients|cases|adults|children|subjects))\b"
)


def counted_groups(text: str, known: Sequence[Span]) -> list[Span]:
    """``none of the 30 who received the reduced dose``: of whom so many were counted, where nothing else tells them."""
    found = []
    for match in (*_COUNTED_WHO.finditer(text), *_COUNTED_SUCH.finditer(text)):
        told = _group(match, _key(match["what"]))
        if told.ids != ("",) and not any(s.meets(told) for s in known):
            found.append(told)
    return found
