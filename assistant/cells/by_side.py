"""Facts of a cell that prints several values, each with its own arm, subgroup, time or measure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant import lazy_re as re
from assistant.cells.items import Item, alone, is_pair, items, not_available, tail, words
from assistant.cells.listed import moments_told
from assistant.cells.reading import LISTED, grade_of, read_cell
from assistant.cells.sizes import Against, only_sizes, sides_of, sized, sizes
from assistant.facts.reader import FactReader
from assistant.model import Fact
from assistant.spans.labels import group_ids
from assistant.spans.scan import scan
from assistant.spans.span import Span
from assistant.text.text import fold

Place = tuple[int, int]
_MARK = re.compile(
    r"(?<=[\w%)\]])[\u1d43-\u1d5d\u1d9c-\u1da1\u02b0-\u02b8\u02e1-\u02e3](?![\w])|(?<=\d)[*\u2020\u2021\u00a7\u00b6#](?!\w)"
)
"""A small letter or sign behind a figure or word, which points to a note: ``44.2\u1d43``."""
_LENGTHS = {
    "month": "months",
    "mo": "months",
    "year": "years",
    "yr": "years",
    "week": "weeks",
    "wk": "weeks",
    "day": "days",
}
_WORDS = re.compile(r"[^\W\d_]{3,}")
_MOMENT = re.compile(r"\b(week|month|day|year)\s+(\d+)\b(?!\s?%)", re.IGNORECASE)
"""``Week 48:`` before the values of that week."""
_SLASHED = re.compile(r"\s/\s")
_IN_TURN = frozenset({";", "/", "|", "vs", "vs.", "versus", "\n"})
"""Signs between values that are given in the order of the arms."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A value and what tells of it, from its own words or those before."""

    item: Item
    lead: tuple[Place, ...]
    time: str
    """The moment told, as ``48-week``; "" for none."""
    group: tuple[Place, ...]
    arm: tuple[frozenset[str], str] | None
    grade: str | None
    """The grade that the part of the head for its place among values in turn names, "" for all grades; None for no part."""


def read_sides(
    head: str,
    cell: str,
    attribute: str,
    reader: FactReader,
    arms: Mapping[str, frozenset[str]],
    against: Against,
) -> list[Fact]:
    """The facts of one cell, as ``read_cell`` gives them, each of several values with what its own words tell.

    Args:
        head: the row's head.
        cell: the cell as printed.
        attribute: what the row is of.
        reader: reads facts.
        arms: label -> ids of the study's arms.
        against: these arms in the order in which cells print them; empty where there is none.
    """
    printed, bare = cell, _MARK.sub(" ", cell)
    cell = moments_told(bare)
    text = fold(cell)
    if attribute == "n_patients":
        if (counts := only_sizes(text)) and (sides := sides_of(len(counts), against)):
            return sized([], counts, sides)
        return sized(read_cell(head, bare, attribute, reader, arms), sizes(text, len(against)), against)
    if not against and len(set(arms.values())) < 2 and is_pair(text):
        arms, against = LISTED, sides_of(len(LISTED), against)
    told = _told(text, head, reader, arms, against)
    if not any(t.arm or t.grade is not None for t in told):
        return read_cell(head, bare, attribute, reader, arms)
    known = attribute in reader.vocabulary.characteristics
    facts = read_cell(head, printed, attribute, reader, {})[:1] if known else []
    for one, unit in zip(told, _units(text, told), strict=True):
        item = one.item
        if not_available(text, item):
            continue
        own = alone(cell, [*one.lead, *one.group, (item.start, item.end), *_span(item.unit), item.spread])
        named = f"{head}, {unit}" if unit and not item.unit else head
        for fact in read_cell(named, own, attribute, reader, {}):
            if not _is_all(fact, own, attribute) or not (known or _WORDS.search(own)):
                facts.append(_as_told(_with_unit(fact, unit, reader), one))
    return facts


def _as_told(fact: Fact, told: _Told) -> Fact:
    """The fact with the arm, the grade and the time that the words beside its value tell."""
    if told.arm:
        ids, label = told.arm
        fact = replace(fact, group=fact.group | ids, group_label=fact.group_label or label)
    grade = fact.grade if told.grade is None else told.grade
    return replace(fact, grade=grade, time_point=fact.time_point or told.time)


def _told(
    text: str, head: str, reader: FactReader, arms: Mapping[str, frozenset[str]], against: Against
) -> list[_Told]:
    """The values of a cell with what tells of each; what one does not say it has from the one before."""
    found: list[_Told] = []
    values = items(text)
    labelled = (
        sum(
            i.behind[0] != i.behind[1] and not re.search(r"\d\s*$|\d%", text[slice(*i.behind)])
            for i in values
        )
        > 1
    )
    for item in values:
        arm, rest = _arm_of(text, item, arms, reader, labelled=labelled)
        lead, time, group = _parts(text, rest, reader)
        if not lead and found:
            before = found[-1]
            lead = before.lead
            time = time or before.time
            group = group or (
                before.group if item.before[0] == item.before[1] or not words(text, item.before) else ()
            )
        found.append(_Told(item, lead, time, group, arm, None))
    return _in_turn(text, head, _closed(text, found, reader), against)


def _closed(text: str, found: list[_Told], reader: FactReader) -> list[_Told]:
    """``found`` with what the words behind the last value tell of all that were printed in turn with it."""
    if not found:
        return found
    end = tail(text, [t.item for t in found])
    lead, time, group = _parts(text, [end], reader)
    if words(text, end).startswith("of "):
        lead, group = (), ()  # what the shares are of
    first = max(k for k, t in enumerate(found) if k == 0 or words(text, t.item.before))
    return found[:first] + [
        replace(t, lead=(*t.lead, *lead), time=t.time or time, group=(*t.group, *group))
        for t in found[first:]
    ]


def _arm_of(
    text: str, item: Item, arms: Mapping[str, frozenset[str]], reader: FactReader, *, labelled: bool
) -> tuple[tuple[frozenset[str], str] | None, list[Place]]:
    """The arm that an item's own words name, and the rest of the words before it."""
    behind = text[slice(*item.behind)].strip()
    if behind and labelled and not re.search(r"[=%]|\bCI\b|\bHR\b|\bp\b", behind):
        ids = arms.get(behind) or next((i for a, i in arms.items() if a.lower() == behind.lower()), None)
        return (ids or group_ids(behind, reader.matchers), behind), [item.before]
    said = text[slice(*item.before)]
    for label in sorted(arms, key=len, reverse=True):
        for wording in dict.fromkeys((label, _bare(label))):
            match = (
                re.search(rf"(?<![\w-]){re.escape(wording)}(?![\w-])", said, re.IGNORECASE)
                if len(wording) > 1
                else None
            )
            if match:
                start = item.before[0]
                rest = [(start, start + match.start()), (start + match.end(), item.before[1])]
                return (arms[label], label), [s for s in rest if words(text, s)]
    return None, [item.before]


def _bare(label: str) -> str:
    """A label without the words around a treatment's name: ``A`` of ``A arm``, ``160 mg`` of ``at 160 mg``."""
    return re.sub(r"^(?:with|on|after|plus|given|received|at|in)\s+|\s+(?:arm|group|recipients)$", "", label)


def _parts(
    text: str, spans: Iterable[Place], reader: FactReader
) -> tuple[tuple[Place, ...], str, tuple[Place, ...]]:
    """The words of ``spans`` that name what is measured, the time that they tell, and those that tell patients."""
    lead: list[Place] = []
    groups: list[Place] = []
    time = ""
    for start, end in spans:
        scanned = scan(text[start:end], reader.matchers)
        measures = [(s.start, s.end) for s in scanned if s.kind == "measure"]
        own = [
            s
            for s in scanned
            if s.kind in {"time", "group"} and not any(a < s.end and s.start < b for a, b in measures)
        ]
        if (moment := _MOMENT.search(text, start, end)) and not any(s.kind == "time" for s in own):
            time = time or f"{moment[2]}-{moment[1].lower()}"
            own.append(Span("time", moment.start() - start, moment.end() - start, moment[0], (time,)))
        at = start
        for span in sorted(own, key=lambda s: s.start):
            if span.kind == "group":
                groups.append((start + span.start, start + span.end))
            else:
                time = time or span.ids[0]
            lead.append((at, start + span.start))
            at = start + span.end
        lead.append((at, end))
    said = tuple(s for s in lead if re.search(r"[^\W\d_]", text[slice(*s)]))
    return said, time, tuple(groups)


def _in_turn(text: str, head: str, found: list[_Told], against: Against) -> list[_Told]:
    """``found`` with the arms, or the grades of the head's parts, of values that are printed in turn."""
    parts = _SLASHED.split(head)
    grades = [grade_of(p) for p in parts]
    result = list(found)
    start = 0
    while start < len(found):
        end = start + 1
        while (
            end < len(found)
            and not words(text, found[end].item.before)
            and found[end].item.parted in _IN_TURN
        ):
            end += 1
        run = found[start:end]
        if not any(t.arm for t in run):
            slashed = all(t.item.parted == "/" for t in run[1:])
            if len(run) == len(parts) == 2 and slashed and any(grades):
                result[start:end] = [replace(t, grade=g) for t, g in zip(run, grades, strict=True)]
            elif len(run) == len(against) > 1:
                result[start:end] = [replace(t, arm=a) for t, a in zip(run, against, strict=True)]
        start = end
    return result


def _units(text: str, told: Sequence[_Told]) -> list[str]:
    """For each value its unit, or that of the values printed in turn with it; "" for none."""
    units: list[str] = []
    for k, one in enumerate(told):
        run = [one]
        for later in told[k + 1 :]:
            if words(text, later.item.before) or "%" in text[run[-1].item.start : run[-1].item.end]:
                break
            run.append(later)
        shown = [text[slice(*t.item.unit)].strip() for t in run if t.item.unit]
        percent = any("%" in text[t.item.start : t.item.end] for t in run)
        units.append("%" if percent else next(iter(shown), ""))
    return units


def _span(unit: Place | None) -> list[Place]:
    return [unit] if unit else []


def _with_unit(fact: Fact, unit: str, reader: FactReader) -> Fact:
    """The fact with the unit that the cell prints once, behind another value of the run."""
    if not unit or fact.unit not in {"", "amount"} or fact.attribute not in reader.vocabulary.measures:
        return fact
    kind = reader.vocabulary.term(fact.attribute).kind
    if unit == "%":
        return replace(fact, unit="%", percent=f"{fact.value}%") if kind in {"rate", "event"} else fact
    length = _LENGTHS.get(unit.lower().rstrip("s"), "")
    return replace(fact, unit=length) if length and kind == "duration" else fact


def _is_all(fact: Fact, text: str, attribute: str) -> bool:
    """Whether a fact is but the whole text under its row's attribute."""
    return (
        fact.attribute == attribute
        and not fact.start
        and fact.end == len(text)
        and fact.value == text.strip()
    )
