"""Patients told by how much treatment they had: ``those with one prior line``, ``patients who received at least 4 cycles``."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.spans_numbers import Span
from assistant.text import WORD_NUMBER, word_number

_N = rf"(?:\d{{1,2}}|(?i:{WORD_NUMBER}))"
_PEOPLE = r"(?:patients|those|adults|children|participants|people|individuals|cases|subjects)"
_BOUND = (
    rf"(?P<sign>[<>\u2264\u2265]=?|at\s+least|more\s+than|fewer\s+than|less\s+than)?\s*(?P<number>{_N})"
    rf"(?:\s*(?:-|to|or)\s*(?P<high>{_N})|\s+or\s+(?P<more>more|fewer|less))?"
)
_WHO = (
    rf"\b(?i:{_PEOPLE})\s+(?:with|having(?:\s+received)?|receiving|who\s+(?:had|received|had\s+received|were\s+given)|"
    r"previously\s+treated\s+with|after)\s+(?:a\s+median\s+of\s+)?(?:only\s+)?"
)
_TOLD = re.compile(
    rf"{_WHO}{_BOUND}\s+(?:(?:prior|previous|earlier)\s+)?(?:systemic\s+|treatment\s+)?"
    r"(?P<what>lines?|therapy|therapies|regimens?|cycles?|courses?)\b"
    r"(?:\s+of\s+(?:prior\s+|previous\s+)?(?:systemic\s+)?(?:therapy|treatment|chemotherapy))?"
)
_AGAIN = re.compile(
    rf"{_WHO}{_BOUND}(?=\s*[,;.()]|\s*$|\s+(?:and|but|versus|vs\.?|than|compared|respectively|was|were|had)\b)"
)
"""``in those with one or two``: of what stands with the number named before."""
_SIGNS = {
    "at least": ">=",
    "more than": ">",
    "fewer than": "<",
    "less than": "<",
    "\u2265": ">=",
    "\u2264": "<=",
}


def line_groups(text: str) -> list[Span]:
    """The groups of ``text`` that are told by a number of lines or cycles, in order of place."""
    named = [(m, "cycles" if m["what"][0].lower() == "c" else "lines") for m in _TOLD.finditer(text)]
    if not named:
        return []
    noun = named[0][1]
    again = [
        (m, noun)
        for m in _AGAIN.finditer(text)
        if m.start() > named[0][0].start()
        and not any(n.start() < m.end() and m.start() < n.end() for n, _ in named)
    ]
    return [
        Span("group", m.start(), m.end(), m[0], (what + _bound(m),))
        for m, what in sorted((*named, *again), key=lambda found: found[0].start())
    ]


def _bound(match: re.Match[str]) -> str:
    low, high = (_digits(match[part]) for part in ("number", "high"))
    if match["more"]:
        return (">=" if match["more"] == "more" else "<=") + low
    sign = re.sub(r"\s+", " ", match["sign"] or "").lower()
    return f"{_SIGNS.get(sign, sign)}{low}" + (f"-{high}" if high else "")


def _digits(number: str | None) -> str:
    return "" if number is None else number if number.isdecimal() else str(word_number(number))
