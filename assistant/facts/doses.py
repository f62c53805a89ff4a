"""Doses that stand for the patients who had them: ``11% with 100 mg/m2``, ``in the 140 mg/m2 group``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.facts.groups import Ids
from assistant.facts.pieces import Piece
from assistant.spans.span import Span
from assistant.text.text import plain

_AT_DOSE = re.compile(
    r"\s*(?:\([^()]*\)|\[[^\]]*\])?\s*(?:(?:patients|participants)\s+)?(?:(?:treated|dosed)\s+)?"
    r"(?:with|at|on|after|for)\s+(?:the\s+)?(?:dose\s+of\s+)?",
    re.IGNORECASE,
)
_GROUP = re.compile(r"[\s-]+(?:dose\s+|dosing\s+)?(?:group|arm|cohort)\b", re.IGNORECASE)


def dose_ids(text: str) -> Ids:
    """The ids of the patients who had a dose, however it is written: ``140mg/m2`` and ``140 mg/m²`` are one."""
    parts = re.findall(r"\d[\d.,]*|[^\d\s.,]\S*", plain(text).lower().replace("/", "-"))
    return tuple(sorted(parts))


def _amounts(spans: Sequence[Span]) -> list[Span]:
    """The amounts among ``spans``."""
    return [s for s in spans if s.kind == "value" and s.unit == "amount"]


def of_dose(dose: Span) -> Span:
    """The group of those who had a dose."""
    return Span("group", dose.start, dose.end, dose.text, dose_ids(dose.text))


def with_dose_groups(spans: Sequence[Span], text: str) -> list[Span]:
    """``spans`` with a group for each ``140 mg/m2 group`` that no arm's name covers, and each ``treated at 300 mg or more``."""
    groups = [s for s in spans if s.kind == "group"]
    doses = [
        s
        for s in _amounts(spans)
        if _GROUP.match(text, s.end) and not any(g.start < s.end and s.start < g.end for g in groups)
    ]
    bounds = {
        s: m
        for s in _amounts(spans)
        if _TREATED_AT.search(text[: s.start]) and (m := _BOUND.match(text, s.end)) and s not in doses
    }
    return [of_dose(s) if s in doses else _bounded(s, bounds[s]) if s in bounds else s for s in spans]


_TREATED_AT = re.compile(r"\b(?:treated|dosed|given|patients)\s+(?:at|with)\s+$", re.IGNORECASE)
_BOUND = re.compile(r"\s+(?:or|and)\s+(?P<how>more|higher|above|over|less|lower|below)\b", re.IGNORECASE)


def _bounded(dose: Span, bound: re.Match[str]) -> Span:
    """The group of those who had at least, or at most, a dose."""
    more = bound["how"].lower() in {"more", "higher", "above", "over"}
    ids = (*dose_ids(dose.text), "or-more" if more else "or-less")
    return Span("group", dose.start, bound.end(), f"{dose.text}{bound[0]}", ids)


_ITEM = r"\d[\d.]*(?:\s?-\s?\d[\d.]*)?"
_UNIT = r"(?:mg|\u00b5g|\u03bcg|g|IU|Gy)(?:/(?:kg|m2|m\u00b2))?"
_ITEMS = (
    rf"(?P<items>{_ITEM}(?:\s?{_UNIT})?(?:,\s+{_ITEM}(?:\s?{_UNIT})?)*,?\s+(?:and|vs\.?|versus)\s+{_ITEM})"
    rf"\s?(?P<unit>{_UNIT})(?![\w/])"
)
_OFTEN = r"(?:\s+(?:BID|QD|TID|QW|daily|weekly|(?:once|twice)\s+(?:daily|weekly|a\s+day)|a\s+day|per\s+day))*"
_BEFORE_FIGURES = re.compile(
    rf"(?:^\W*|[,;]\s+(?:and\s+)?)(?:at|with)\s+(?:(?:the\s+)?doses?\s+of\s+)?{_ITEMS}{_OFTEN},?\s",
    re.IGNORECASE,
)
_BEHIND_FIGURES = re.compile(
    rf"\b(?:at|with|on|after)\s+(?:(?:the\s+)?doses?\s+of\s+)?{_ITEMS}{_OFTEN}(?:\s+(?:dose|doses|cohorts|groups|dose\s+levels))?(?=\s*,?\s+respectively\b|\s*[.;]|$)",
    re.IGNORECASE,
)


def with_cohorts(spans: Sequence[Span], text: str) -> list[Span]:
    """``spans`` with a group for each dose of a list that has as many figures: ``At 20, 40 and 60 mg, … 1/6, 3/6 and 5/6``.

    So have doses that stand straight behind figures, one each: ``5/6 at 20 mg and 6/6 at 40 mg``.
    """
    groups = [s for s in spans if s.kind == "group"]
    results = [
        s
        for s in spans
        if s.kind == "value"
        and (s.unit == "%" or s.percent or s.total is not None)
        and not OF_ALL.search(text[: s.start])
    ]
    lists = [(m, True) for m in _BEFORE_FIGURES.finditer(text)] + [
        (m, False) for m in _BEHIND_FIGURES.finditer(text)
    ]
    for match, first in lists:
        stop = text.find(";", match.end()) if first else text.rfind(";", 0, match.start())
        told = [
            r
            for r in results
            if (
                match.end() <= r.start and (stop < 0 or r.start < stop)
                if first
                else stop < r.start < match.start()
            )
        ]
        doses = [
            Span("group", match.start("items") + m.start(), match.start("items") + m.end(), m[0], ())
            for m in re.finditer(_ITEM, match["items"])
        ]
        if len(doses) != len(told) or any(g.start < match.end() and match.start() < g.end for g in groups):
            continue
        named = [
            replace(
                d,
                text=f"{d.text} {match['unit']}",
                ids=dose_ids(f"{d.text.replace('-', ' ')} {match['unit']}"),
            )
            for d in doses
        ]
        kept = [
            s for s in spans if s.kind != "value" or not match.start("items") <= s.start < match.end("unit")
        ]
        return sorted([*kept, *named], key=lambda s: (s.start, s.end))
    amounts = _amounts(spans)
    behind = [d for r in results for d in amounts if _AT_DOSE.fullmatch(text, r.end, d.start)]
    behind += [d for d in amounts if _HEADS.fullmatch(text[: d.start]) and _HEADED.match(text, d.end)]
    behind += [
        d
        for d in amounts
        if d not in behind and _THEN_AT.search(text[: d.start]) and any(r.start == d.end + 1 for r in results)
    ]
    behind += [
        d
        for d in amounts
        if d not in behind
        and _AT.search(text[: d.start])
        and any(_IN_BRACKET.fullmatch(text, d.end, r.start) for r in results)
    ]
    if len(behind) == 1 and _is_another(behind[0], results, spans, text):
        return [of_dose(s) if s in behind else s for s in spans]
    if len(behind) < _SEVERAL or len({dose_ids(d.text) for d in behind}) != len(behind):
        return list(spans)
    return [of_dose(s) if s in behind else s for s in spans]


_SEVERAL = 2
_AND_FIGURE = re.compile(
    r"(?:,\s+)?(?:and|but|compared\s+with|with|vs\.?|versus)\s+(?:(?:it\s+)?(?:was|reached)\s+|rising\s+to\s+)?(?:only\s+|even\s+|as\s+(?:high|low)\s+as\s+)?$",
    re.IGNORECASE,
)


def _is_another(dose: Span, results: Sequence[Span], spans: Sequence[Span], text: str) -> bool:
    """``The ORR was 79%, and 85% at 200 mg``: the figure at a dose is a second one of a measure named before."""
    own = next((r for r in reversed(results) if _AT_DOSE.fullmatch(text, r.end, dose.start)), None)
    if own is None or not _AND_FIGURE.search(text[: own.start]):
        return False
    return any(r.end <= own.start for r in results) and any(
        s.kind == "measure" and s.end <= own.start for s in spans
    )


OF_ALL = re.compile(r"[(\[]\s*(?:overall|total|all(?:\s+doses|\s+patients)?)\W*$", re.IGNORECASE)
"""Before a figure of everyone: ``1/6, 3/6 and 5/6, respectively (overall 50%)``."""
_HEADS = re.compile(r"\W*(?:at|with)\s+(?:(?:the|a)\s+dose\s+of\s+)?", re.IGNORECASE)
_THEN_AT = re.compile(r"[,;]\s+(?:and\s+|but\s+|while\s+|whereas\s+)?at\s+$")
_AT = re.compile(r"\bat\s+$")
_IN_BRACKET = re.compile(r"(?:\s+cells(?:/kg)?)?\s+\(")
"""``no patient responded at 10 mg (0/3)``."""
_HEADED = re.compile(rf"{_OFTEN},\s", re.IGNORECASE)


def doses_behind(values: Sequence[Span], piece: Piece, text: str) -> list[Span]:
    """The doses straight behind figures, one each, as groups: ``11% with 100 mg/m2 and 21% with 140 mg/m2``; or none."""
    doses = _amounts(piece.spans)
    behind = [[d for d in doses if _AT_DOSE.fullmatch(text, v.end, d.start)] for v in values]
    if not all(behind) or len({dose_ids(b[0].text) for b in behind}) != len(values):
        return []
    return [of_dose(b[0]) for b in behind]
