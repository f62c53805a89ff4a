"""What the readers of study names hand on, and the form in which names compare."""

from __future__ import annotations

from dataclasses import dataclass

from assistant import lazy_re as re
from assistant.text.text import ascii_key

CODE = re.compile(
    r"(?<![\w-])(?=[\w-]*[A-Za-z])"
    r"(?:[A-Za-z]+\d[\w-]*|\d*[A-Z][\w-]*[A-Z][\w-]*|[A-Z][a-z]+[A-Z]\w*)"
    r"(?![\w-])"
)
"""A trial's or product's name: letters with digits, or with more than one capital."""
_APART = re.compile(r"[^a-z0-9]+")


class Holders(dict[str, frozenset[str]]):
    """A key -> the ids of the studies it belongs to; of an unknown key none."""

    def __missing__(self, key: str) -> frozenset[str]:
        return frozenset()


@dataclass(frozen=True, slots=True)
class Name:
    """A wording that points to studies."""

    text: str
    kind: str
    """``number``, ``nct``, ``author``, ``code``, ``agent`` or ``topic`` (a term of the whole field, too)."""
    studies: frozenset[str]
    start: int
    end: int

    def overlaps(self, start: int, end: int) -> bool:
        """Whether it shares a character with ``text[start:end]``."""
        return self.start < end and start < self.end


@dataclass(frozen=True, slots=True)
class Named:
    """The studies a text names, and how."""

    names: tuple[Name, ...] = ()
    missing: tuple[str, ...] = ()
    """Labels of studies that the review does not have, e.g. ``Abstract 52``."""

    def of(self, *kinds: str) -> list[Name]:
        """The names of these kinds, in order."""
        return [n for n in self.names if n.kind in kinds]


def squeeze(text: str) -> str:
    """Letters and digits only, lower-case: ``XY12-03`` and ``xy 1203`` are one."""
    key = ascii_key(text)
    return key if key.isascii() and key.isalnum() else _APART.sub("", key)


def code_forms(code: str) -> list[str]:
    """A code and what stands before its hyphens: ``AB-C-led`` -> ``AB-C-led``, ``AB-C``, ``AB``."""
    parts = code.strip("-").split("-")
    forms = ["-".join(parts[:n]) for n in range(len(parts), 0, -1)]
    return [f for f in forms if CODE.fullmatch(f) or f == code]
