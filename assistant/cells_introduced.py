"""What a study's sentences call its arms where they introduce them: ``continuous A (C)``, ``A plus B (AB; 14 cycles)``."""

from __future__ import annotations

from collections.abc import Iterable

from assistant import lazy_re as re
from assistant.cells_arms import Arms
from assistant.text import fold

_BORDER = re.compile(
    r"\b(?:with|without|to|or|and|versus|vs\.?|against|comparing|compared|received|receive|given|either|of|by|was|were|on)\b|[,;:()]",
    re.IGNORECASE,
)
_MOST_WORDS = 5


def introduced(sentences: Iterable[str], arms: Arms) -> Arms:
    """Further labels of arms: the words before a bracket that begins with an arm's printed label."""
    found: Arms = {}
    for text in map(fold, sentences):
        for label, ids in arms.items():
            for match in re.finditer(rf"\s*\(\s*{re.escape(label)}\s*[;,)]", text):
                words = _name_before(text[: match.start()])
                if words:
                    found.setdefault(words, ids)
    return {label: ids for label, ids in found.items() if label not in arms}


def _name_before(text: str) -> str:
    """The words of a treatment that end ``text``: at most five, back to what cannot be part of its name."""
    start = 0
    for border in _BORDER.finditer(text):
        start = border.end()
    name = " ".join(text[start:].split()[-_MOST_WORDS:]).strip()
    name = re.sub(r"^(?:the|an?)\s+", "", name)
    return name if len(name) > 5 and not re.search(r"\d", name) else ""
