"""Passages and facts of a review's tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.building import Building, own_identity, study_of
from assistant.building_mentions import counts_a_class
from assistant.building_notes import of_several, qualified, told_of_cell, without_mark
from assistant.building_pairs import Piece, two_of
from assistant.building_rows import attribute_of, names_wholly
from assistant.building_same import parts_of_others
from assistant.building_titles import Told, as_told, told_of_all
from assistant.cells import grade_of, is_missing, p_values, read_cell
from assistant.cells_arms import arms_set_against
from assistant.cells_by_side import read_sides
from assistant.cells_counts import COUNTED, own_count, prints_counts, with_form
from assistant.cells_printed import measure_columns
from assistant.folder import Table, TableRow
from assistant.heads import read_head, row_name
from assistant.model import Fact, Kind, Locator, Passage
from assistant.spans_bounds import age_id
from assistant.tables_columns import TableColumn
from assistant.text import fold, tokens
from assistant.vocabulary import Vocabulary

Arms = Mapping[str, frozenset[str]]


_CENTRE = re.compile(r"\s*\d[\d.]*\s*[(\[]\s*\d[\d.]*\s*(?:[-\u2010-\u2015]|to)\s*\d[\d.]*\s*[)\]]\s*")
_MEDIANS = re.compile(r"\bmedians?\s*\(\s*range\s*\)", re.IGNORECASE)
_COUNT = re.compile(r"\s*\d[\d,]*\s*")
_PERIOD = re.compile(r"\s*(?:19|20)\d\d\s*(?:[-\u2010-\u2015]|to)\s*(?:19|20)\d\d\s*")
_P_VALUE_OF = re.compile(r"\s*p[\s-]*values?\s+(?:for|of)\s+", re.IGNORECASE)
"""``P value for response``: a row of p-values."""
_SHORT_FORM = re.compile(r"[A-Z]{2,3}")


_UNIT_SAID = re.compile(r"%|\bn\b|\bno\.|\b(?:days?|weeks?|months?|years?)\b", re.IGNORECASE)
_MEAN = re.compile(r"\s*\d[\d.]*\s*(?:\(\s*SD\b|\u00b1|\+/-)", re.IGNORECASE)
"""``65.6 (SD = 9.5)``: the mean, with what it varies by."""
_AGE_CLASS = re.compile(r"(?:ages?d?)\s*(<=|>=|[<>\u2264\u2265])\s*(\d+)(?:\s*years?)?", re.IGNORECASE)


def read_table(table: Table, building: Building, arms: Mapping[str, Mapping[str, frozenset[str]]]) -> None:
    """Adds the passages and facts of each cell, and a passage for each study's column as a whole."""
    heads = {row_name(row.head) for row in table.rows if "(" in row.head}
    twins = Counter(map(own_identity, heads))
    building.twins |= {identity for identity, n in twins.items() if n > 1}
    for k, column in enumerate(table.columns):
        if not column.arm or not (size := read_head(column.arm).size):
            continue
        _read_size(table, k, size, building, arms[column.study])
    of_all = told_of_all(table, building.reader)
    parts = parts_of_others(table, building, {a for c in table.columns for a in arms[c.study]})
    for k, column in enumerate(table.columns):
        own = arms[column.study]
        against = [] if column.arm else arms_set_against(building.review.tables, column.study, own)
        for row in table.rows:
            if row.cells[k].strip():
                _read_row(table, k, row, building, own, of_all, against, parts.get(row.head, ""))
    for study_id in dict.fromkeys(c.study for c in table.columns):
        _whole_column(table, study_id, building)


def _read_size(table: Table, k: int, size: str, building: Building, arms: Arms) -> None:
    """The number of patients that a column's head gives."""
    column = table.columns[k]
    passage = _cell(table, k, f"No. of patients, {column.arm}", column.arm, building)
    start = column.arm.index(size)
    n = int(size.replace(",", ""))
    names = read_head(column.arm).names
    building.facts.append(
        Fact(
            column.study, "n_patients", size, passage.id, unit="patients", n=n, start=start,
            end=start + len(size), group=arms.get(names[0], frozenset()) if names else frozenset(),
            group_label=names[0] if names else "",
        )
    )  # fmt: skip


def _cell(table: Table, k: int, head: str, cell: str, building: Building) -> Passage:
    column = table.columns[k]
    study = study_of(building.review, column.study)
    name = f" ({study.name})" if study.name else ""
    refs = (study.reference,) if study.reference else ()
    locator = Locator(building.review.id, Kind.CELL, table=table.label, row=head, column=column.study)
    return building.add(locator, f"{study.label}{name}, {head}: {cell}", cell, (column.study,), refs)


def _read_row(
    table: Table,
    k: int,
    row: TableRow,
    building: Building,
    arms: Arms,
    of_all: Told,
    against: Sequence[tuple[frozenset[str], str]] = (),
    part: str = "",
) -> None:
    column, cell = table.columns[k], row.cells[k]
    bare, told = without_mark(row.head, table.note, building)
    row = replace(row, head=bare)
    told = told or told_of_cell(cell, table.note)
    head = read_head(column.arm)
    group = arms.get(head.names[0], frozenset()) if head.names else frozenset()
    label = head.names[0] if group else ""
    place = f", {column.arm}" if column.arm else ""
    attribute = part or attribute_of(row.head, building, table.title)
    if attribute == "n_patients" and any(map(_PERIOD.fullmatch, row.cells)):
        attribute = "study_period"  # "Enrolment: 2021-2023"
    if attribute == "randomisation_ratio" and all(map(_COUNT.fullmatch, row.cells)):
        attribute = "n_patients"  # "Randomised: 38"
    if attribute == "age_range" and any(map(_MEAN.match, row.cells)):
        attribute = "mean_age"
    if attribute == "age_range" and _MEDIANS.search(table.note) and all(map(_CENTRE.fullmatch, row.cells)):
        attribute = "median_age"  # "Values are median (range)"
    vocabulary = building.reader.vocabulary
    below = ": " in row.head or (attribute == "conditioning" and COUNTED.search(row.head))
    counts = prints_counts(column.arm, f"{table.note}; {table.title}", [r.cells[k] for r in table.rows])
    form = with_form(row.head) if counts else row.head
    if attribute in vocabulary.characteristics and below and own_count(form, cell, attribute):
        attribute = building.own(row_name(row.head))  # "Performance status: 0" counts those who had it
    elif counts_a_class(
        attribute, form, row.cells, vocabulary, whole=names_wholly(row.head, attribute, building)
    ):
        attribute = building.own(row_name(row.head))
    known = attribute == "n_patients" or attribute in vocabulary.measures
    if head.statistic == "n_patients":  # patients at risk, no result of the row
        _cell(table, k, row.head + place, cell, building)
        return
    if head.statistic == "p_value":
        passage = _cell(table, k, row.head + place, cell, building)
        building.facts += [
            replace(f, study=column.study, passage=passage.id) for f in p_values(cell, attribute)
        ]
        return
    if of := _P_VALUE_OF.match(fold(row.head)):
        passage = _cell(table, k, row.head + place, cell, building)
        for fact in p_values(cell, attribute_of(row.head[of.end() :], building)):
            building.facts.append(
                replace(fact, study=column.study, passage=passage.id, group=group, group_label=label)
            )
        return
    if measure := measure_columns(table, column.study, building.reader.matchers).get(k):
        _read_factor(table, k, row, measure, building, arms)
        return
    own = [j for j, c in enumerate(table.columns) if c.study == column.study and not _is_statistic(c)]
    if len(own) == 1 and known:
        place = ""
    elif column.arm:
        same = len({row.cells[j] for j in own}) == 1 and not head.statistic
        several = known or (attribute in building.attributes and re.search(r"\d", cell))
        if same and (any(row.continued[j] for j in own) or is_missing(cell) or not several):
            if k != own[0]:
                return
            place, group, label = "", frozenset(), ""
    passage = _cell(table, k, row.head + place, cell, building)
    row_head = form
    if (
        known
        and of_all.shares
        and vocabulary.term(attribute).kind in {"rate", "event"}
        and not _UNIT_SAID.search(row.head)
    ):
        row_head = f"{row_head}, %"  # "Values are percentages unless stated otherwise"
    paired = two_of(row.head, cell, building)
    for piece in paired or [(attribute, row_head, cell)]:
        said = piece[1] if paired else row.head
        found = read_sides(piece[1], piece[2], piece[0], building.reader, arms, against)
        for read in of_several(found, row.head, cell, told, building):
            fact = qualified(read, told, building) if read.attribute == piece[0] else read
            fact = _graded(fact, piece, said, column, table, building)
            every = bool(_EVERY_GRADE.search(f"{said} {column.arm}")) or _any_grade(piece[2], fact)
            fact = as_told(fact, of_all, building.reader, any_grade=every)
            building.facts.append(
                replace(
                    fact,
                    study=column.study,
                    passage=passage.id,
                    group=fact.group | group,
                    group_label=fact.group_label or label,
                )
            )
            building.facts += _of_population(building.facts[-1], said, building)


def _graded(
    fact: Fact, piece: Piece, said: str, column: TableColumn, table: Table, building: Building
) -> Fact:
    """The fact with the grade that its row's or its column's head tells; an open end where that is printed short."""
    attribute, _, cell = piece
    vocabulary = building.reader.vocabulary
    if fact.attribute == attribute and _not_reached(cell, attribute, table, building):
        fact = replace(fact, unit="open")
    counts = fact.attribute == "n_patients"
    grade = fact.grade or ("" if counts else grade_of(read_head(column.arm).grade))
    if attribute in vocabulary.measures and fact.attribute == attribute:
        grade = grade or ("" if _EVERY_GRADE.search(said) else grade_of(said))
    elif " / " not in said and fact.attribute in vocabulary.measures and _is_event(fact, vocabulary):
        grade = grade or ("" if _any_grade(cell, fact) else grade_of(said))
    return replace(fact, grade=grade)


def _of_population(fact: Fact, head: str, building: Building) -> list[Fact]:
    """The number of patients of a population that a row of the review's own names: ``Gender: Female``."""
    if (
        not (fact.attribute in building.attributes or fact.attribute == "sex")
        or fact.unit != "patients"
        or fact.n is None
    ):
        return []
    last = row_name(head).rpartition(": ")[2]
    words = tokens(last)
    whole = [m for m in building.reader.matchers.populations.find(words) if m.end - m.start == len(words)]
    aged = _AGE_CLASS.fullmatch(fold(last))
    told = age_id(f"aged {aged[1]} {aged[2]}") if aged else whole[0].ids[0] if whole else ""
    if not told or told in fact.group:
        return []
    label = f"{last} {fact.group_label}".strip()
    return [replace(fact, attribute="n_patients", group=fact.group | {told}, group_label=label)]


_EVERY_GRADE = re.compile(r"\b(?:any|all|every)[- ]grades?\b", re.IGNORECASE)


def _is_event(fact: Fact, vocabulary: Vocabulary) -> bool:
    """Whether a figure in a row of several measures is one of an event that has grades."""
    return vocabulary.term(fact.attribute).kind in {"event", "rate"} and fact.unit in {"%", "patients"}


def _any_grade(cell: str, fact: Fact) -> bool:
    """Whether the item of a cell that a figure stands in says that all grades are meant."""
    start = max(cell.rfind(sign, 0, fact.start) for sign in (";", "\n")) + 1
    end = min((i for sign in (";", "\n") if (i := cell.find(sign, fact.end)) >= 0), default=len(cell))
    return _EVERY_GRADE.search(cell, start, end) is not None


def _not_reached(cell: str, attribute: str, table: Table, building: Building) -> bool:
    """Whether a cell's short form says that a median was not reached, by the table's note or the review's list."""
    short = cell.strip()
    if attribute not in building.reader.vocabulary.measures or not _SHORT_FORM.fullmatch(short):
        return False
    if building.reader.vocabulary.term(attribute).kind != "duration":
        return False
    listed = building.review.abbreviations.get(short, "")
    noted = re.search(
        rf"(?<![\w]){re.escape(short)}\s*[,:=]?\s*not (?:yet )?reached\b", table.note, re.IGNORECASE
    )
    return bool(noted) or listed.lower().startswith(("not reached", "not yet reached"))


def _is_statistic(column: TableColumn) -> bool:
    return bool(read_head(column.arm).statistic)


def _read_factor(table: Table, k: int, row: TableRow, measure: str, building: Building, arms: Arms) -> None:
    """A cell under a measure's head: the row names the arm, subgroup or factor."""
    column, cell = table.columns[k], row.cells[k]
    passage = _cell(table, k, f"{row.head}, {column.arm}", cell, building)
    group = arms.get(row.head, frozenset())
    if not group:  # a factor that was tested, not patients of an arm
        own = building.own(f"{row.head}: {column.arm}")
        fact = Fact(column.study, own, cell.strip(), passage.id, end=len(cell))
        building.facts.append(fact)
        return
    for fact in read_cell(column.arm, cell, measure, building.reader, arms):
        building.facts.append(
            replace(
                fact,
                study=column.study,
                passage=passage.id,
                group=fact.group | group,
                group_label=fact.group_label or row.head,
            )
        )


def _whole_column(table: Table, study_id: str, building: Building) -> None:
    study = study_of(building.review, study_id)
    lines = []
    for row in table.rows:
        cells = dict.fromkeys(row.cells[k] for k, c in enumerate(table.columns) if c.study == study_id)
        lines.append(f"{row.head}: {' | '.join(c for c in cells if c.strip())}")
    locator = Locator(building.review.id, Kind.COLUMN, table=table.label, column=study_id)
    refs = (study.reference,) if study.reference else ()
    building.add(locator, f"{study.label}. " + ". ".join(lines), "\n".join(lines), (study_id,), refs)


def totals_of(facts: Iterable[Fact]) -> dict[str, str]:
    """Study -> its number of patients as its tables print it."""
    return {f.study: f.value for f in facts if f.attribute == "n_patients" and not f.group}
