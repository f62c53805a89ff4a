"""What the head of a table's column says: an arm with its size, a statistic, or all patients."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.text import fold

_P_VALUE = re.compile(r"\s*p(?:[\s-]*values?)?\b(?!\s*-?\d)(?![\w-]*\w\s*\+)", re.IGNORECASE)
_RATIOS = {
    "HR": re.compile(r"\s*(?:adjusted\s+|unadjusted\s+|[(])?(?:HR\b|hazard\s+ratio)", re.IGNORECASE),
    "OR": re.compile(r"\s*(?:adjusted\s+|unadjusted\s+|[(])?(?:OR\b|(?i:odds\s+ratio))"),
    "RR": re.compile(r"\s*(?:adjusted\s+|unadjusted\s+|[(])?(?:RR\b|(?i:relative\s+risk|risk\s+ratio))"),
}
_SIZE = re.compile(r"[,;]?\s*[(\[]?\s*\bn\s*=\s*(\d[\d,]*)\s*(?:patients)?\s*[)\]]?", re.IGNORECASE)
_WHOLE = re.compile(
    r"\s*(?:total|all(?:\s+(?:patients|participants|subjects|grades?))?|overall|(?:whole|entire)\s+(?:cohort|population)|combined)\s*",
    re.IGNORECASE,
)
_GRADE = re.compile(
    r"[,;:]?\s*[(\[]?\s*(\b(?:any|all)\s+grades?\b|\bgrades?\s*(?:>=|<=|>|<|\u2265|\u2264)?\s*(?:IV|I{1,3}|V|[1-5])\b\+?"
    r"(?:\s*(?:-|to|/|or|and)\s*(?:IV|I{1,3}|V|[1-5])\b|\s+or\s+(?:higher|worse|above|more|lower))?)\s*[)\]]?",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"[,;]?\s*(?:\bn(?:o\.?)?\s*\(\s*%\s*\)|[(\[]\s*(?:%|n)\s*[)\]]|(?<=,)\s*(?:%|n)\s*$)", re.IGNORECASE
)
_ALIAS = re.compile(r"\s+(?=(?:arm|group|cohort)\s+(?:[A-Z]|\d+)\b)", re.IGNORECASE)
_LETTERED = re.compile(r"(?:arm|group|cohort)\s+(?:[A-Z]|\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """One column's head, taken apart."""

    names: tuple[str, ...] = ()
    """What the arm is called, its own name before a letter: ``("PCR-B", "Arm A")``; none for all patients."""
    size: str = ""
    """The number of patients as printed."""
    grade: str = ""
    """The grade that its events are of, in words."""
    statistic: str = ""
    """Vocabulary id of the statistic its cells are: ``p_value``, ``HR`` …"""


@lru_cache(maxsize=512)
def read_head(text: str) -> Head:
    """The parts of a head such as ``PCR-B (Arm A) (N=33), grade 3+``, ``P value`` or ``All patients``."""
    folded = fold(text).strip()
    if _P_VALUE.match(folded):
        return Head(statistic="p_value")
    for statistic, pattern in _RATIOS.items():
        if pattern.match(folded):
            return Head(statistic=statistic)
    size = _SIZE.search(folded)
    grade = _GRADE.search(folded)
    left = _FORM.sub(" ", _GRADE.sub(" ", _SIZE.sub(" ", folded))).strip(" ,;:")
    found = Head((), size[1] if size else "", grade[1] if grade else "")
    if _WHOLE.fullmatch(left) or not re.search(r"\w", left):
        return found
    names = _names(left)
    return Head(names, found.size, found.grade) if names else found


def _names(text: str) -> tuple[str, ...]:
    plain = re.sub(r"\(([^()]*)\)|\[([^\[\]]*)\]", lambda m: f", {m[1] or m[2] or ''},", text)
    parts = [p for chunk in re.split(r"[,;:]", plain) for p in _ALIAS.split(chunk)]
    found = [p for p in dict.fromkeys(re.sub(r"\s+", " ", p).strip(" .") for p in parts) if len(p) > 1]
    named = [p for p in found if not _LETTERED.fullmatch(p)]
    return tuple(named + [p for p in found if p not in named])
