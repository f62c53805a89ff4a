"""Counts of patients in the rows of a review's own attributes: ``20 (61%)``, ``5/24 (21%)``, ``17``."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.folder.heads import counts_patients
from assistant.model import Fact
from assistant.text.text import fold

_SHARE = re.compile(
    r"\s*(?P<n>\d[\d,]*)(?:\s*/\s*(?P<total>\d[\d,]*))?\s*[(\[]\s*(?P<share>[<>\u2264\u2265]?\s*\d+(?:\.\d+)?)\s?(?P<sign>%?)\s*[)\]]\s*"
)
_OF = re.compile(r"\s*(?P<n>\d+)(?:\s*/\s*|\s+of\s+(?:the\s+)?)(?P<total>\d+)\s*", re.IGNORECASE)
_BARE = re.compile(r"\s*(?P<n>\d{1,5})\s*[*\u2020\u2021\u00a7]?\s*")
_PERCENT_HEAD = re.compile(r"\(\s*%\s*\)|,\s*%\s*$|\bper\s?cent")
COUNTED = re.compile(r"\b(?:n|no\.?|number|patients)\s*\(\s*%\s*\)", re.IGNORECASE)
"""Says that the cells are numbers of patients with their share."""
_SHARES_ALONE = re.compile(r",\s*(?:%|per\s?cent)\s*$", re.IGNORECASE)
"""Says that the cells are shares, whatever the other rows of the column print."""
_MEASURED = re.compile(
    r"\b(?:median|mean|average|score|dose|level|duration|time|age|size|days?|weeks?|months?|years?|ratio|index|count)\b"
    r"|\(\s*(?!n\b|%)[^()\d]{0,3}(?:m|g|l|h|d|s|mm|cm|kg|min|hours?)\s*\)",
    re.IGNORECASE,
)
"""Says that the cells are measured and no numbers of patients."""


def own_count(head: str, cell: str, attribute: str) -> Fact | None:
    """The number of patients in a cell, with N and share where it prints them; None where it is none.

    Args:
        head: the row's head, with ``n (%)`` behind it where the column's cells are so.
        cell: the cell as printed.
        attribute: id of the row's attribute.
    """
    text = fold(cell)
    share = _SHARE.fullmatch(text)
    if share and (share["sign"] or _PERCENT_HEAD.search(head)):
        total = share["total"]
        return _fact(attribute, share, int(total.replace(",", "")) if total else None, f"{share['share']}%")
    of = _OF.fullmatch(text)
    if of and not _is_measured(head) and "/" not in head and int(of["n"]) <= int(of["total"]):
        return _fact(attribute, of, int(of["total"]), "")
    counted = counts_patients(head) or COUNTED.search(head)
    bare = _BARE.fullmatch(text)
    return _fact(attribute, bare, None, "") if bare and counted and not _is_measured(head) else None


def _fact(attribute: str, match: re.Match[str], total: int | None, percent: str) -> Fact:
    n = match["n"]
    return Fact(
        "", attribute, n, "", unit="patients", n=int(n.replace(",", "")), total=total,
        percent=re.sub(r"\s+", "", percent), start=match.start("n"), end=match.end("n"),
    )  # fmt: skip


BOUND = re.compile(
    r"[<>\u2264\u2265]\s*\d|\d\s*[-\u2013]\s*\d|\b(?:above|below|over|under|at least|at most|more than|less than)\s+\d"
    r"|\d[\d.]*\s?%?(?:\s+\w+)?\s+(?:and|or)\s+(?:older|younger|more|less|fewer|higher|lower|above|below|over|under)\b",
    re.IGNORECASE,
)
"""A class that patients are in by a bound: ``80 years or older``, ``above 40 years``."""
_CENTRE = re.compile(r"\b(?:median|mean|average)\b", re.IGNORECASE)


def _is_measured(head: str) -> bool:
    """Whether cells under a head are measured; ``Age < 60`` is a class of patients, who are counted."""
    return bool(_MEASURED.search(head)) and not (BOUND.search(head) and not _CENTRE.search(head))


def prints_counts(head: str, note: str, cells: list[str]) -> bool:
    """Whether a column's cells are numbers of patients with their share in brackets.

    Args:
        head: the column's head.
        note: what stands below the table.
        cells: the column's cells.
    """
    if COUNTED.search(head) or COUNTED.search(note):
        return True
    shares = [s for c in cells if (s := _SHARE.fullmatch(fold(c)))]
    return bool(shares) and (bool(_PERCENT_HEAD.search(head)) or all(s["sign"] for s in shares))


def with_form(head: str) -> str:
    """A row's head with ``n (%)`` behind it, unless it says that its cells are measured or are shares."""
    form = _is_measured(head) or COUNTED.search(head) or _SHARES_ALONE.search(head)
    return head if form else f"{head}, n (%)"
