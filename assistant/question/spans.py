"""Measures, times, grades and values of a question, as the scanner of texts finds them, put right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.names.studies import Named
from assistant.spans.span import Span
from assistant.text.text import NUMBER_WORDS

_PERIODS = frozenset({"day", "week", "month", "year"})
_OLD = re.compile(r"[- ]?(?:old|of age)")
_COUNTED = re.compile(
    r"\b(\w+) (?=deaths?\b|cases?\b|relapses?\b|responses?\b|remissions?\b|events?\b)", re.IGNORECASE
)
_QUALIFYING = re.compile(
    r"[\w\s'-]{0,30}\b(?:of|from|due to|while|during|after|with)\b"
    r"(?!.*\b(?:and|or|vs|versus)\b)[\w\s'-]{0,30}",
    re.IGNORECASE,
)
_CAUSES = frozenset({"due", "because", "for", "of", "from"})
_ARTICLES = frozenset({"", "a", "an", "the", "any", "some", "such"})
"""Words in which the wording of a measure may end: what follows them qualifies it."""
_STATISTICS = frozenset({"p_value", "CI", "HR", "OR", "RR"})
"""Figures about another figure: both are named, whichever way they are joined."""
_OF_THE = re.compile(r"\b(?:the|these|those|both|all)\s+$", re.IGNORECASE)
_REPORTS = re.compile(
    r"\s+(?:[\w/-]+\s+){0,2}?(?:reports|studies|trials|abstracts|posters|papers|arms|groups|regimens|products)\b",
    re.IGNORECASE,
)
_LEAD = 40
"""Characters before a number in which what it counts is looked for."""
_TABLE_BEFORE = re.compile(r"\btables? (?:\d and )?$", re.IGNORECASE)
_INTERVAL_AFTER = re.compile(r"\s?(?:CI\b|confidence)")
_EXCLUDING = re.compile(
    r"(?:\bnot|\bexcluding|\brather than|\binstead of|\bnot counting|\bleaving out)\s+(?:just\s+|only\s+)?(?:the\s+)?$"
)
_BARE_GRADE = re.compile(
    r"([\u2264\u2265<>]=?)\s?(IV|III|II|I|[1-4])\b(?!\s*(?:%|\.|year|month|patient|week))"
)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MILD = re.compile(r"\b(?:mild|low[- ]grade)\b", re.IGNORECASE)
_WORSE_THAN_THAT = re.compile(
    r"\b(?:worse|higher|severer|more severe)\b(?: (?:CRS|ones|cases|events|grades?))?(?: than (?:that|this|those|mild))?\W*$",
    re.IGNORECASE,
)
"""Asks for the grades above those just named."""
_NOTHING_WORSE = re.compile(
    r"\b(?:nothing|none|nobody|no ?one|never|not|no) (?:[\w-]+ ){0,2}?"
    r"(?:(?:worse|higher|severer|more severe) than|above|beyond|over|exceeding) (?:an? )?grade (IV|III|II|I|[1-4])\b",
    re.IGNORECASE,
)
"""Asks for the grades up to the one named, after how many there were; ``was there none above it?`` asks for those above."""
_ASKS_SHARE = re.compile(
    r"\b(?:how many|how often|what|which|number|share|proportion|percentage|fraction|rate)\b", re.IGNORECASE
)
_GRADE_WORDS = tuple(
    (re.compile(pattern, re.IGNORECASE), grade)
    for pattern, grade in (
        (
            r"\b(?:severe|severely|high[- ]grade|serious(?! (?:adverse|side|toxic)))\b"
            r"|\b(?<!how )(?<!not )(?<!too )(?:bad|nasty|awful|terrible|dreadful)\b(?! (?:risk|prognos\w+|outcomes?))",
            ">=3",
        ),
        (
            r"\b(?:mild|low[- ]grade)\b|\b(?:light|slight|gentle|benign)\b(?! chain)"
            r"(?= (?:[\w-]+ ){0,2}?(?:CRS|cytokine|ICANS|GVHD|storms?|reactions?|neurotoxicity|infections?|toxicit\w+|forms?"
            r"|cases|ones?)\b)",
            "<=2",
        ),
        (r"\b(?:life[- ]threatening)\b", "4"),
    )
)


def settled(spans: Iterable[Span], text: str, named: Named) -> list[Span]:
    """The spans of a question without parts of studies' names and what is excluded; durations as times."""
    cut = (_behind_number(s, text, named) for s in spans)
    free = [s for s in cut if not (_in_name(s, text, named) or _is_level(s, text))]
    found = [
        s for s in (_as_time(f, text) for f in free) if not (_is_excluded(s, text) or _is_level(s, text))
    ]
    return found + _counted_events(text, found)


def _behind_number(span: Span, text: str, named: Named) -> Span:
    """``abstract 12 combination arm``: the group begins behind the study's number."""
    for name in named.of("number") if span.kind == "group" else ():
        if span.start <= name.start and name.end < span.end and text[name.start : name.end] == name.text:
            rest = text[name.end : span.end].lstrip()
            ids = tuple(i for i in span.ids if i != name.text.lower())
            return replace(span, start=span.end - len(rest), text=rest, ids=ids) if rest and ids else span
    return span


def _in_name(span: Span, text: str, named: Named) -> bool:
    return any(
        name.overlaps(span.start, span.end) and text[name.start : name.end] == name.text
        for name in named.names
        if name.kind == "number"
        or (name.kind == "code" and span.kind not in {"cycle", "grade", "group", "measure"})
        or (
            name.kind == "code"
            and (span.kind == "measure" or (span.kind == "group" and span.text.isupper()))
            and name.start < span.start
            and text[span.start - 1] == "-"
        )
    )


def _as_time(span: Span, text: str) -> Span:
    """A duration in a question is a time point, unless it is an age."""
    if span.kind != "value" or not span.ids or span.unit.rstrip("s") not in _PERIODS:
        return span
    return replace(span, unit="age") if _OLD.match(text[span.end :]) else replace(span, kind="time")


def _is_excluded(span: Span, text: str) -> bool:
    """``CR (not CRi)``: what is excluded is not asked."""
    return span.kind == "measure" and bool(_EXCLUDING.search(text[: span.start]))


def _is_level(span: Span, text: str) -> bool:
    """``95% CI``, ``table 1``: the level of an interval and a table's number are no figures asked about."""
    if span.kind != "value":
        return False
    if span.unit == "patients" and _OF_THE.search(text[: span.start]) and _REPORTS.match(text, span.end):
        return True  # "which of the two reports"
    return bool(
        _INTERVAL_AFTER.match(text, span.end)
        or _TABLE_BEFORE.search(text[max(0, span.start - _LEAD) : span.start])
    )


def _counted_events(text: str, spans: Sequence[Span]) -> list[Span]:
    """``three deaths``, ``5 relapses``: counts that no word for patients follows."""
    found = []
    for match in _COUNTED.finditer(text):
        number = int(match[1]) if match[1].isdigit() else NUMBER_WORDS.get(match[1].lower())
        counted = any(s.start <= match.start() < s.end and s.unit == "patients" for s in spans)
        if number is not None and not counted:
            found.append(Span("value", match.start(), match.end() - 1, match[1], unit="patients", n=number))
    return found


def _of_meeting(text: str, year: re.Match[str]) -> bool:
    """Whether a year stands beside capitals that name a meeting."""
    return bool(
        re.search(r"\b[A-Z]{3,5} $", text[: year.start()]) or re.match(r" [A-Z]{3,5}\b", text[year.end() :])
    )


def years_in(text: str, named: Named, title: str = "") -> tuple[str, ...]:
    """The calendar years in ``text``, without numbers that name a study, or the meeting in the review's title."""
    numbers = {n.text for n in named.of("number")}
    years = (m.group() for m in _YEAR.finditer(text) if not (m[0] in title and _of_meeting(text, m)))
    return tuple(y for y in years if y not in numbers or text.count(y) != 1)


def unqualified(measures: Iterable[Span], text: str) -> list[Span]:
    """``died of infection`` asks for deaths only: what qualifies a measure is not asked itself."""
    kept: list[Span] = []
    for measure in measures:
        gap = text[kept[-1].end : measure.start] if kept else ""
        statistic = _STATISTICS & {*measure.ids, *(kept[-1].ids if kept else ())}
        caused = (
            bool(kept) and kept[-1].text.lower().split()[-1] in _CAUSES and gap.strip().lower() in _ARTICLES
        )
        if kept and not statistic and (caused or _QUALIFYING.fullmatch(gap)):
            continue
        kept.append(measure)
    return kept


def _said(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a word stands in ``text`` and is not excluded: ``not the mild ones``."""
    return any(not _EXCLUDING.search(text[: m.start()]) for m in pattern.finditer(text))


def severity(text: str) -> str:
    """The grades that a word for them stands for (``severe``: ``>=3``); "" where none is said."""
    return next((g for pattern, g in _GRADE_WORDS if _said(pattern, text)), "")


def grade_of(spans: Iterable[Span], text: str, *, of_event: bool) -> str:
    """The grade named, normalised; "" where none is; several single grades stand with commas.

    Args:
        spans: what was found in ``text``.
        text: the question.
        of_event: whether an adverse event is asked, so that ``severe`` means a grade.
    """
    if (highest := _NOTHING_WORSE.search(text)) and _ASKS_SHARE.search(text):
        return f"<={_ROMAN.get(highest[1].upper()) or highest[1]}"
    named = list(dict.fromkeys(s.ids[0] for s in spans if s.kind == "grade"))
    single = len(named) > 1 and all(g.isdigit() for g in named)
    grade = ",".join(named) if single else next(iter(named), "")
    bare = None if grade else _BARE_GRADE.search(text)
    if bare:
        limit = _ROMAN.get(bare[2]) or int(bare[2])
        strict = bare[1] in {"<", ">"}
        grade = f"<={limit - strict}" if bare[1][0] in "<\u2264" else f">={limit + strict}"
    if not grade and of_event:
        grade = severity(text)
    if grade.startswith("<=") and _WORSE_THAN_THAT.search(text):
        return f">={int(grade[2:]) + 1}"
    if not grade and of_event and any(_EXCLUDING.search(text[: m.start()]) for m in _MILD.finditer(text)):
        return ">=3"  # "not the mild ones"
    return grade
