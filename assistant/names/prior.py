"""Treatments that a text names as what patients had had before, so that they point to no study that gave them."""

from __future__ import annotations

from collections.abc import Iterable

from assistant import lazy_re as re
from assistant.names.model import Name

_HAD = r"(?:had|have|been|got|seen|failed|burnt|burned|gone|exhausted|received|taken|given|exposed|treated|tried)"
_BEFORE = re.compile(
    r"\b(?:prior|previous|earlier|former|preceding)\s+(?:(?:treatment|therapy|exposure|lines?|regimens?)\s+)?"
    r"(?:(?:had\s+)?(?:included|contained|was|were|with|to|of)\s+)?(?:the\s+|an?\s+)?$"
    rf"|\b(?:already|previously)\s+(?:{_HAD}\s+)+(?:(?:through|on|to|with|out)\s+)?$"
    r"|\b(?:failed|failing|(?:burnt|burned|gone|been|went)\s+through|exhausted|pre-?treated\s+with|(?:refractory|resistant|exposed)\s+to"
    r"|progress(?:ed|ing|ion)\s+(?:on|after)|relapsed\s+(?:on|after)|failure\s+(?:of|on)|na[i\u00ef]ve\s+(?:to|of))\s+(?:the\s+|an?\s+)?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[-\s](?:(?:had|has|have)\s+(?:failed|stopped\s+working)|failures?|exposed|exposure|experienced|refractory|pre-?treated|na[i\u00ef]ve|resistant)\b",
    re.IGNORECASE,
)
_EVER = re.compile(rf"\b{_HAD}\s+(?:[\w-]+\s+){{0,2}}$", re.IGNORECASE)
_SINCE = re.compile(r"\s+(?:before|previously|already|beforehand|earlier\s+on)\s*(?:[?.,;]|$)", re.IGNORECASE)
"""Behind what patients had had: ``who had seen A before``; not ``A before B``."""


def is_prior(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is told as what patients had had before."""
    told = _BEFORE.search(text[:start]) or _AFTER.match(text, end)
    return bool(told or (_SINCE.match(text, end) and _EVER.search(text[:start])))


def without_prior(names: Iterable[Name], text: str) -> list[Name]:
    """The names but for agents and targets that patients had had before: ``who had failed A and then got B`` names B's study."""
    names = list(names)
    return [n for n in names if n.kind not in {"agent", "topic"} or not is_prior(text, n.start, n.end)]
