"""Treatments that a text names as what patients had had before, so that they point to no study that gave them."""

from __future__ import annotations

from collections.abc import Iterable

from assistant import lazy_re as re
from assistant.names_model import Name

_BEFORE = re.compile(
    r"\b(?:prior|previous|earlier|former|preceding)\s+(?:(?:treatment|therapy|exposure|lines?|regimens?)\s+)?(?:(?:had\s+)?(?:included|contained|was|were|with|to|of)\s+)?(?:the\s+|an?\s+)?$"
    r"|\b(?:already|previously|before)\s+(?:(?:had|have|been|got|gotten)\s+)*(?:seen|failed|burnt|burned|gone|exhausted|received|taken|given|exposed|treated|tried)?\s*(?:through|on|to|with|out)?\s*$"
    r"|\b(?:failed|failing|burnt\s+through|burned\s+through|gone\s+through|been\s+through|went\s+through|exhausted|pre-?treated\s+with|refractory\s+to|resistant\s+to|exposed\s+to|progress(?:ed|ing|ion)\s+(?:on|after)|relapsed\s+(?:on|after)|failure\s+(?:of|on)|na[i\u00ef]ve\s+(?:to|of))\s+(?:the\s+|an?\s+)?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[-\s](?:failures?|exposed|exposure|experienced|refractory|pre-?treated|na[i\u00ef]ve|resistant)\b"
    r"|\s+(?:before|previously|already|beforehand|earlier\s+on)\b",
    re.IGNORECASE,
)


def is_prior(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is told as what patients had had before."""
    return bool(_BEFORE.search(text[:start]) or _AFTER.match(text, end))


def without_prior(names: Iterable[Name], text: str) -> list[Name]:
    """The names but for agents that patients had had before: ``who had failed A and then got B`` names B's study."""
    names = list(names)
    return [n for n in names if n.kind != "agent" or not is_prior(text, n.start, n.end)]
