"""What the head of a table's column says: an arm with its size, a statistic, or all patients."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from assistant import lazy_re as re
from assistant.text.text import fold

_P_VALUE = re.compile(r"\s*p(?:[\s-]*values?)?\b(?!\s*-?\d)(?![\w-]*\w\s*\+)", re.IGNORECASE)
_RATIOS = {
    "HR": re.compile(r"\s*(?:adjusted\s+|unadjusted\s+|[(])?(?:HR\b|hazard\s+ratio)", re.IGNORECASE),
    "OR": re.compile(r"\s*(?:adjusted\s+|unadjusted\s+|[(])?(?:OR\b|(?i:odds\s+ratio))"),
    "RR": re.compile(r"\s*(?:adjusted\s+|unadjusted\s+|[(])?(?:RR\b|(?i:relative\s+risk|risk\s+ratio))"),
}
_SIZE = re.compile(
    r"[,;]?\s*[(\[]?\s*\bn\s*=\s*(\d[\d,]*)(?:\s*/\s*(?P<of>\d[\d,]*))?\s*(?:patients)?\s*[)\]]?",
    re.IGNORECASE,
)
_DENOMINATOR = re.compile(
    r"(?:total|all|evaluable|assessed|treated)\s+(?:patients|participants|subjects)|total(?:\s+n)?|n|"
    r"(?:no\.?|number)(?:\s+of)?\s+(?:evaluable\s+|assessed\s+|treated\s+)?(?:patients|participants|subjects)"
    r"(?:\s+(?:assessed|evaluated|at\s+risk|treated|with\s+data))?",
    re.IGNORECASE,
)
"""The part of a head below an arm's name whose cells are the patients at risk, and no result."""
_LIST = re.compile(r",\s*(?:[^,()]+,\s*)*(?:and|or|plus)\s")
"""Commas of one regimen: ``A, B, and C alone``."""
_WHOLE = re.compile(
    r"\s*(?:total|all(?:\s+(?:(?:treated|infused|evaluable|enrolled|included|dosed|randomi[sz]ed)\s+)?(?:patients|participants|subjects|grades?))?|"
    r"all\s+(?:treated|infused|evaluable|enrolled|included|dosed|randomi[sz]ed)|overall|(?:whole|entire)\s+(?:cohort|population)|combined)\s*",
    re.IGNORECASE,
)
_SOME = re.compile(
    r"\s*all\s+(?P<which>treated|infused|evaluable|dosed)(?:\s+(?:patients|participants|subjects))?\s*",
    re.IGNORECASE,
)
"""Heads the results of a study, though more may have been enrolled than the column counts."""
_RESULTS = re.compile(
    r"(?:(?:clinical|treatment|main|study)\s+)?(?:outcomes?|results?|values?|estimates?|dos(?:e|es|age)|days?|schedule)"
    r"(?:\W*(?:\b\d+\s*%|\b(?:CI|confidence\s+intervals?|SE|SD|standard\s+(?:errors?|deviations?)|IQR|range|and|or)\b))*\W*",
    re.IGNORECASE,
)
"""A head that says what its cells are, and names no patients: ``Outcome (95% CI) or SE``."""
_GRADE = re.compile(
    r"[,;:]?\s*[(\[]?\s*(\b(?:any|all)\s+grades?\b|\bgrades?\s*(?:>=|<=|>|<|\u2265|\u2264)?\s*(?:IV|I{1,3}|V|[1-5])\b\+?"
    r"(?:\s*(?:-|to|/|or|and)\s*(?:IV|I{1,3}|V|[1-5])\b|\s+or\s+(?:higher|worse|above|more|lower))?)\s*[)\]]?",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"[,;]?\s*(?:\bn(?:o\.?)?\s*\(\s*%\s*\)|[(\[]\s*(?:%|n)\s*[)\]]|(?<=,)\s*(?:%|n)\s*$)", re.IGNORECASE
)
_ALIAS = re.compile(r"\s+(?=(?:arm|group|cohort)\s+(?:[A-Z]|\d+)\b)", re.IGNORECASE)
_LETTERED = re.compile(r"(?:arm|group|cohort|stratum|part)\s+(?:[A-Z]|\d+)", re.IGNORECASE)


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
    """Vocabulary id of the statistic its cells are: ``p_value``, ``HR`` …; ``n_patients`` for denominators."""


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
    found = Head((), size[1] if size and not size["of"] else "", grade[1] if grade else "")
    if _WHOLE.fullmatch(left) or _RESULTS.fullmatch(left) or not re.search(r"\w", left):
        return found
    names = _names(left)
    if len(names) > 1 and any(_DENOMINATOR.fullmatch(n) for n in names):
        return Head(tuple(n for n in names if not _DENOMINATOR.fullmatch(n)), statistic="n_patients")
    return Head(names, found.size, found.grade) if names else found


def counted_in(text: str) -> str:
    """Which patients a head that names no group of them counts: ``infused`` of ``All infused (n = 20)``; "" for all enrolled."""
    some = _SOME.fullmatch(_SIZE.sub(" ", fold(text)))
    return some["which"].lower() if some else ""


def _names(text: str) -> tuple[str, ...]:
    plain = re.sub(r"\(([^()]*)\)|\[([^\[\]]*)\]", lambda m: f", {m[1] or m[2] or ''},", text)
    whole = _LIST.search(plain)
    chunks = re.split(r"[;:]" if whole else r"[,;:]", plain)
    if whole and (last := re.search(r",\s*([^,]+)$", chunks[-1])) and _DENOMINATOR.fullmatch(last[1].strip()):
        chunks[-1:] = [chunks[-1][: last.start()], last[1]]
    parts = [p for chunk in chunks for p in _ALIAS.split(chunk)]
    found = [
        p
        for p in dict.fromkeys(re.sub(r"\s+", " ", p).strip(" .,") for p in parts)
        if len(p) > 1 or p == "n" or (p == text.strip() and p.isupper())
    ]
    named = [p for p in found if not _LETTERED.fullmatch(p)]
    return tuple(named + [p for p in found if p not in named])


_COUNT_FORM = re.compile(
    r"\s*[;,]\s*(?:#|no\.?|number|n)\s*(?:of\s+(?:patients|subjects|participants|cases))?\s*(?:\(\s*%\s*\))?\s*$"
    r"|\s*\(\s*n\s*\)\s*$",
    re.IGNORECASE,
)
_MARKS = re.compile(r"\s*\[\d+(?:\s*[,\u2013-]\s*\d+)*\]|[*\u2020\u2021\u00a7]+$")
_REASONS = re.compile(
    r"\s*(?:(?:main|primary|reported|the)\s+)*(?:causes?|reasons?)\s+(?:of|for)\s+(?P<what>[^:;,()]+?)\s*(?:\(.*)?",
    re.IGNORECASE,
)


def row_name(head: str) -> str:
    """A row's head without what its cells count (``; # of patients``), footnote marks and references."""
    parts = (_COUNT_FORM.sub("", _MARKS.sub("", part)) for part in head.split(": "))
    return ": ".join(p.strip() for p in parts if p.strip()) or head


def counts_patients(head: str) -> bool:
    """Whether a row's head says that its cells count patients."""
    return any(_COUNT_FORM.search(_MARKS.sub("", part)) for part in head.split(": "))


def reason_for(head: str, title: str) -> str:
    """What a row is a cause of or a reason for, by its own head or its table's title: ``death``; "" for nothing."""
    lead = head.rpartition(": ")[0]
    match = _REASONS.fullmatch(lead) or (_REASONS.fullmatch(title) if " and " not in title else None)
    return match["what"].strip().lower() if match else ""
