"""Heads that print a study and which of its patients the column is of: ``12 (arm A)``, ``controls, #12``, ``NAMED trial: A``."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from assistant import lazy_re as re
from assistant.files.source import even_spaces
from assistant.folder.columns import bare_id
from assistant.text.text import fold

Grid = list[list[str]]
_PARTED = re.compile(
    r"(?P<id>[^\s()\[\],;:]+)\s*(?:[(\[](?P<inside>.+)[)\]]|(?:[,;:/|]|\s[-\u2013\u2014])\s*(?P<behind>\S.*)"
    r"|\s(?P<named>[^\W\d_].*))",
    re.IGNORECASE,
)
_NO_ARM = re.compile(
    r"\bet\s+al\b|^(?:\d+(?:\s*[,\u2013-]\s*\d+)*|(?:19|20)\d\d|n\s*=\s*[\d,]+|phase\s+[IV\d/ab]+|NCT\w+)$",
    re.IGNORECASE,
)
"""In brackets behind an id: a reference, a year, an author, a number of patients."""
_ID_LAST = re.compile(
    r"(?P<arm>\S.*?)(?:\s*[(\[]\s*(?P<inside>[^()\[\]]+?)\s*[)\]]|(?:\s*[,;:/|]|\s[-\u2013\u2014]|\s(?:in|of|from))\s*(?P<behind>[^,;:/|()\[\]]+?))",
    re.IGNORECASE,
)
_BREAKS = re.compile(r"\s*[()\[\],;:/|]\s*|\s[-\u2013\u2014]\s")
_REFERENCE = re.compile(r"\[\s*\d+(?:\s*[,\u2013-]\s*\d+)*\s*\]")
_AROUND_NAME = re.compile(r"\bet\s+al\b\.?|\b(?:trial|study|and\s+colleagues)\b|^\s*the\b", re.IGNORECASE)
_ALL = "All patients"
"""Over the column of a study that has others of its parts."""


def parted(
    head: str, noun: str, ids: Collection[str], names: Mapping[str, str] | None = None
) -> tuple[str, str]:
    """(study, the rest) of a head that names a known study before or behind an arm; ("", "") for any other.

    Args:
        head: the text of a head cell.
        noun: what the review calls a study.
        ids: the keys of its studies.
        names: keys of trials and authors -> id.
    """
    text = bare_id(head, noun)
    if key_of_id(text) in ids:
        return text, ""
    match = _PARTED.fullmatch(even_spaces(text))
    if match and key_of_id(match["id"]) in ids:
        return match["id"], (match["inside"] or match["behind"] or match["named"]).strip()
    last = _ID_LAST.fullmatch(even_spaces(text))
    study = bare_id((last["inside"] or last["behind"]).strip(), noun) if last else ""
    if last and key_of_id(study) in ids:
        return study, last["arm"].strip(" ,;:")
    return _by_name(text, names or {})


def _by_name(head: str, names: Mapping[str, str]) -> tuple[str, str]:
    """(id, the rest) of a head of which one part, or its first words, are a study's name."""
    parts = [p for p in _BREAKS.split(_REFERENCE.sub("", head)) if p.strip()]
    for k, part in enumerate(parts):
        if study := names.get(key_of_id(_AROUND_NAME.sub(" ", part)), ""):
            return study, ", ".join(p.strip() for n, p in enumerate(parts) if n != k)
    words = _REFERENCE.sub("", head).split()
    for end in range(len(words) - 1, 0, -1):
        name, rest = _AROUND_NAME.sub(" ", " ".join(words[:end])), " ".join(words[end:])
        if study := names.get(key_of_id(name.rstrip(" ,:;")), ""):
            return study, _AROUND_NAME.sub(" ", rest).strip(" ,;:()[]")
    return "", ""


def key_of_id(text: str) -> str:
    """What an id is known by, however it is spaced."""
    return even_spaces(fold(text)).lower().strip()


def arms_apart(grid: Grid, noun: str, ids: Collection[str], names: Mapping[str, str]) -> Grid:
    """The grid with each study's id in its first row and what stood beside it in the second, a study's columns side by side.

    Args:
        grid: the cells as the file has them.
        noun: what the review calls a study.
        ids: the keys of its studies.
        names: keys of what the studies are called, which are no arms of theirs -> id.

    ``grid`` itself where no head says more than its id.
    """
    for turned in (False, True):
        told = [list(column) for column in zip(*grid, strict=True)] if turned else grid
        heads = [parted(cell, noun, ids, names) for cell in told[0][1:]]
        if not all(study for study, _ in heads):
            continue
        arms = ["" if _NO_ARM.search(arm) or key_of_id(arm) in names else arm for _, arm in heads]
        found = [study for study, _ in heads]
        if not any(arms) or _speaks_of_arms(told):
            return grid
        arms = [
            arm or (_ALL if found.count(study) > 1 else "") for study, arm in zip(found, arms, strict=True)
        ]
        if len(set(zip(found, arms, strict=True))) < len(arms):
            return grid
        order = sorted(range(len(found)), key=lambda k: found.index(found[k]))
        rows = [[row[0], *(row[1 + k] for k in order)] for row in told[1:]]
        return [[told[0][0], *(found[k] for k in order)], ["Arm", *(arms[k] for k in order)], *rows]
    return grid


def _speaks_of_arms(grid: Grid) -> bool:
    """Whether the second row already names the columns."""
    return len(grid) > 1 and bool(re.fullmatch(r"\W*(?:arm|group|cohort)s?\W*", grid[1][0], re.IGNORECASE))
