"""How little a text looks like the label of a row, where labels and cells follow each other without a mark."""

from __future__ import annotations

import re

_TRANSITION = re.compile(r"[\d)%][*†‡]{0,2}\s?(?=[A-Z][a-z])")
GLUED_INSIDE = re.compile(
    r"(?:[a-z)*†‡]|[a-z]/)\d+[*†‡]?(?=\s|[A-Z]|[a-z]\()|(?<!\d)[A-Z+−–-]\d+[*†‡]?(?=\n|[A-Z][a-z])|(?<!\d)[+−–]\d+(?:[*†‡]+\d*)?(?=\s)|\d\s?\((?=[^()]*\d)(?!n\s?=)[^()]*\)|"
    r"\d[.·]\d+\s?(?=[A-Z+−])"
)
_NAMED_ID = re.compile(
    r"\b(?:[Dd]ay|[Ww]eek|[Mm]onth|[Yy]ear|[Cc]ycle|[Gg]rades?|[Ss]tage|[Tt]ype|[Ll]evel|[Gg]roup|"
    r"[Cc]ohort|[Pp]hase) \+?\d{1,3}(?:[-–/]\d{1,3})?(?!\S)"
)
_ROW_INSIDE = re.compile(r"(?<!\S)(?:\d+(?:[.·/]\d+)*%?|[-–—]{1,3})(?=\s+[A-Z][a-z])")
IDS = re.compile(
    r"\b(?:[Dd]ay|[Ww]eek|[Cc]ycle|[Gg]rades?|[Ss]tage|[Tt]ype|[Ll]evel|[Gg]roup|[Cc]ohort|[Aa]rm|[Pp]hase|ECOG(?: PS)?|HCT-CI|ISS|WHO)$"
)
"""What a figure or letter of the label follows."""
_RANGE_LAST = re.compile(r"(?<!\S)\d{1,2}[-–/]\d{1,2}$")
_SIGNS = re.compile(r"[+−–-]\s?/\s?[+−–-]")
_BARE_LABEL = re.compile(r"[<>≤≥]\s?\d+(?:\.\d+)?|\d+[-–]\d+|≥?\d+\+?|\d+%")
_LOOSE_END = re.compile(
    r"(?:\b(?:of|and|or|the|with|to|for|in|by|than|from|vs\.?|at|on|per|after|before|until|within|the|a)|[,;:(/+±])$"
)
VALUE_INSIDE = re.compile(r"(?<!\S)\d+(?:[.·/]\d+)*\s?\([-−–<]?\d[^()]*\)(?=\s|$)")
_VALUE_FIRST = re.compile(r"(?:\d+(?:[.·/]\d+)*%?|[<>≤≥]?\s?0?[.·]\d+|NS|NA|NR|∅)\s")
_NUMBER_INSIDE = re.compile(
    r"(?<!\S)(?:[-−–]?\d+(?:[.·/]\d+)*%?|NS|NA|NR|∅|[-–—]{1,3}|P\s*[=<]\s?\S+)(?=\s|$)"
)
_SIZE_ROW = re.compile(
    r"(?:total |(?:no\.?|number|#) of |all )?(?:evaluable |randomi[sz]ed |treated |enrolled |included )?(?:patients|subjects|participants)"
    r"(?:,? \(?n\)?)?|n|total(?:,? \(?n\)?)?",
    re.IGNORECASE,
)


def is_size_row(label: str) -> bool:
    """Whether a row prints how many patients each column has."""
    lines = label.strip().splitlines()
    return bool(lines) and bool(_SIZE_ROW.fullmatch(lines[-1].strip(" :;")))


def label_cost(label: str, *, glued: bool) -> float:
    """How little ``label`` looks like what stands before the cells of a row.

    Args:
        label: With the space before it, which tells an indented row.
        glued: Whether cells follow each other without a space.
    """
    bare = label.strip()
    if not bare:
        return 3.0
    bare = _NAMED_ID.sub("id", bare)
    cost = _begin_cost(label, bare, glued=glued) + _end_cost(bare, glued=glued)
    cost += _glued_inside(bare) if glued else _spaced_inside(bare)
    cost += 2.0 * len(re.findall(r"\b[Pp]\s*[=<]\s?0?[.·]\d", bare))
    cost += 4.0 * len(VALUE_INSIDE.findall(bare)) + 0.5 * len(_NUMBER_INSIDE.findall(bare))
    if bare.count("(") != bare.count(")") or bare.count("[") != bare.count("]"):
        cost += 3.0
    if re.search(r"[a-z]\.\s+[A-Z]", bare):
        cost += 1.5
    cost += 2.0 * len(re.findall(r"(?<=.)\(\s?[nN]\s?=", bare))
    return cost + 0.03 * max(0, len(bare) - 110)


def _begin_cost(label: str, bare: str, *, glued: bool) -> float:
    cost = 0.0
    if not re.search(r"[^\W\d_]", bare):
        cost += 0.3 if _SIGNS.fullmatch(bare) or _BARE_LABEL.fullmatch(bare) else 1.5
    elif re.match(r"[a-z]", bare):
        indented = re.match(r"\s", label) or re.match(r"[a-z]+[A-Z]", bare)
        cost += (0.2 if indented else 1.0) if glued else 0.8
    elif re.match(r"[^\w<>≤≥≦≧+−(*†‡§%“\"'‘∅]", bare):
        cost += 1.5
    if re.match(r"\d", bare) and re.search(r"[^\W\d_]", bare):
        cost += 0.6
    if _VALUE_FIRST.match(bare) and (not glued or "." in bare.split()[0]):
        cost += 1.5
    if glued and re.match(r"<?\s?\d*[.·]\d", bare):
        cost += 1.5
    if re.match(r"\(\s?[nN]\s?=", bare):
        cost += 3.0
    return cost + (1.2 if bare.startswith("(") else 0.0)


def _end_cost(bare: str, *, glued: bool) -> float:
    cost = 0.8 if IDS.search(bare) else 0.0
    cost += 2.0 if bare.endswith("±") else 0.0
    if _LOOSE_END.search(bare) and not _SIGNS.fullmatch(bare):
        cost += 1.0
    if glued:
        return cost + (3.0 if re.search(r"\d/$", bare) else 0.0)
    if " " in bare and not _RANGE_LAST.search(bare) and re.search(r"(?<![<>≤≥]\s)(?<!\S)\d\S+$", bare):
        cost += 1.0
    return cost


def _glued_inside(bare: str) -> float:
    """The cost of figures inside a label that are cells of rows run into it."""
    return 2.0 * len(GLUED_INSIDE.findall(bare)) + 0.5 * len(_TRANSITION.findall(bare))


def _spaced_inside(bare: str) -> float:
    """The same where spaces part the cells: a figure before a capital ends a row, two figures are two cells."""
    ends = sum(not IDS.search(bare[: m.start()].rstrip()) for m in _ROW_INSIDE.finditer(bare))
    pairs = re.findall(r"(?<!\S)\d+(?:[.·]\d+)? (?:\d+(?:[.·]\d+)?|[-–—])(?=\s)", bare)
    return 0.6 * ends + 1.0 * len(pairs)
