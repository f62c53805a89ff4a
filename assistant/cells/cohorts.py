"""Cohorts that a cell counts without naming them, by the sentence that gives the same numbers: ``58 (12; 14; 32)``.

``12 with A and B 40 mg, 14 with A and B 80 mg, and 32 with A, B and C``: what each of the cohorts in their order had.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant import lazy_re as re
from assistant.cells.printed import Arms
from assistant.cells.sizes import sizes
from assistant.folder.folder import Table
from assistant.text.text import fold

_COUNT_HEAD = re.compile(r"\b(?:patients|participants|subjects|enrolled|treated|number|n)\b", re.IGNORECASE)
_MOST = 6
_LEAD = re.compile(
    r"\s*(?:patients?\s+|of\s+them\s+|children\s+|adults\s+)?(?:were\s+|was\s+)?(?:treated\s+|given\s+|dosed\s+)?"
    r"(?:with|received|receiving|got|on|at|in|had|to)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_TAIL = re.compile(r"[\s,;]*(?:\band\b|\bor\b)?[\s,;]*$", re.IGNORECASE)
_DRUG = re.compile(r"[A-Za-z][A-Za-z-]{4,}")
_DOSE = re.compile(r"\d[\d.]*\s?(?:mg|g|[\u00b5\u03bc]g|IU|U)(?:\s?/\s?(?:kg|m2|m\u00b2|day|d))?(?![A-Za-z])")
_NO_DRUG = frozenset("alone daily weekly twice every level cohort cohorts patients group dose".split())


def cohorts(tables: Iterable[Table], study: str, sentences: Sequence[str]) -> Arms:
    """Label -> ids of three or more cohorts of a study, in the order of its cell; empty where no sentence names them."""
    for table in tables:
        for k, column in enumerate(table.columns):
            for row in table.rows if column.study == study and not column.arm else ():
                if not _COUNT_HEAD.search(row.head):
                    continue
                for many in range(3, _MOST + 1):
                    numbers = [n for n, _ in sizes(fold(row.cells[k]), many)]
                    for text in map(fold, sentences) if numbers else ():
                        if named := _named(text, numbers):
                            return _called(named)
    return {}


def _named(text: str, numbers: Sequence[str]) -> list[str]:
    """What a sentence says behind each of the numbers, in their order; nothing where one of them has no name."""
    if len(set(numbers)) < len(numbers):
        return []
    spans: list[tuple[int, int]] = []
    at = 0
    for number in numbers:
        found = re.compile(rf"(?<![\w.,(=/-]){re.escape(number)}(?![\w.%/-])").search(text, at)
        if found is None:
            return []
        spans.append(found.span())
        at = found.end()
    ends = [start for start, _ in spans[1:]] + [_end(text, spans[-1][1])]
    names = []
    for (_, start), end in zip(spans, ends, strict=True):
        lead = _LEAD.match(text, start, end)
        name = _TAIL.sub("", text[lead.end() : end]) if lead else ""
        if not 0 < len(name.split()) <= 9 or re.search(r"[;:()]", name):
            return []
        names.append(name.strip())
    return names if len(set(names)) == len(names) else []


def _end(text: str, start: int) -> int:
    """Where what stands behind the last number ends."""
    end = re.compile(r"[;:(]|\.(?:\s|$)").search(text, start)
    return end.start() if end else len(text)


def _called(names: Sequence[str]) -> Arms:
    """The cohorts by what they had, and by what none of the others had: a drug, a dose."""
    ids = [frozenset({f"cohort{k}"}) for k in range(1, len(names) + 1)]
    drugs = [[d for d in _DRUG.findall(_DOSE.sub(" ", n)) if d.lower() not in _NO_DRUG] for n in names]
    doses = [_DOSE.findall(n) for n in names]
    found: Arms = {}
    for k, (name, own) in enumerate(zip(names, ids, strict=True)):
        for drug in drugs[k]:
            if not any(drug in drugs[j] for j in range(len(ids)) if j != k):
                found |= dict.fromkeys((f"{drug} arm", f"with {drug}", f"{drug} cohort", f"plus {drug}"), own)
        joints = (re.sub(r",?\s+(?:and|plus)\s+|,\s+", joint, name) for joint in (" and ", " plus ", " + "))
        for form in dict.fromkeys((name, *joints)):
            found.setdefault(form, own)
    for k, own in enumerate(ids):
        others = [j for j in range(len(ids)) if j != k]
        for dose in doses[k]:
            if not any(dose in doses[j] for j in others):
                for said in (dose, *(f"{d} {dose}" for d in drugs[k])):
                    found.setdefault(said, own)
    return found
