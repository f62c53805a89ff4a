"""Studies that a question names side by side, each with what is asked of it, not one as the other's."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assistant import lazy_re as re
from assistant.names.studies import Name
from assistant.question.ask import Ask
from assistant.question.wording import DRUG_STEM

_JOINT = (
    r"(?:and|versus|vs\.?|next to|beside|alongside|against|compared (?:with|to)|relative to|as opposed to|than"
    r"|(?:with|to) (?=(?:that|those|the one|the ones) (?:of|in|from|for|by|with|on)\b))"
)
_OF = r"(?:in|of|with|for|by|from|at|on|after)"
_BESIDE = re.compile(
    rf"\W*(?:[\w'%.()-]+\W+){{0,4}}?{_JOINT}\s+(?:{_OF}\s+)?"
    r"(?:(?:the|that|those|its|their|how many|how often|a|an|\d[\w-]*)\s+(?:[\w'%.-]+\s+){0,5}|(?:[\w'%.-]+\s+)?)",
    re.IGNORECASE,
)
"""Stands between two studies set side by side: ``A's OS and the PFS of B``, ``that of A with that of B``."""
_LISTED = re.compile(r"\s*,\s+(?:the\s+)?(?:[\w-]+\s+)?", re.IGNORECASE)
"""Stands between two of more than two."""
_OPENS = re.compile(r"^\W*(?:in|for|with|from|of|at)\b[^,]*$", re.IGNORECASE)
"""Opens a question with the study that all of it is about: ``In A, …``."""
_SAYS = re.compile(
    r"\b(?:did|do|does|was|were|is|are|had|has|have|us(?:ed|ing)|report(?:s|ed)?|test(?:s|ed)|gave|given|add(?:ed|ing)|combin\w+)\b",
    re.IGNORECASE,
)


def set_beside(ask: Ask) -> bool:
    """Whether names that share no study, with no other such name between them, are set side by side."""
    firm = [n for n in ask.named.names if n.kind != "topic"]
    apart = [(i, j) for i in range(len(firm)) if (j := _next_apart(firm, i))]
    return (
        bool(apart)
        and not ask.has("yes_no")
        and all(
            any(_are_beside(where_named(ask), a, b) for a, b in pairwise(firm[i : j + 1])) for i, j in apart
        )
    )


def where_named(ask: Ask) -> str:
    """The text that the names' places count in: the sentence that asks, where they were read there."""
    of_focus = all(ask.focus[n.start : n.end] == n.text for n in ask.named.names)
    return ask.focus if of_focus else ask.text


def _next_apart(names: Sequence[Name], i: int) -> int:
    """The place of the next name that shares no study with the ``i``-th; 0 without one."""
    return next((j for j in range(i + 1, len(names)) if not names[i].studies & names[j].studies), 0)


def _are_beside(text: str, first: Name, second: Name) -> bool:
    gap = text[first.end : second.start]
    if _SAYS.search(gap) or any(DRUG_STEM.fullmatch(w) for w in re.findall(r"[\w-]+", gap)):
        return False
    if _LISTED.fullmatch(gap):
        return (
            not _OPENS.search(text[: first.start]) and re.search(r"\band\b", text[second.end :]) is not None
        )
    return _BESIDE.fullmatch(gap) is not None
