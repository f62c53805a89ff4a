"""Passages and facts of a review's tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from assistant import lazy_re as re
from assistant.building.building import Building, own_identity, study_of
from assistant.building.endpoint import of_endpoint
from assistant.building.heads import EVERY_GRADE, any_grade, graded, of_population
from assistant.building.mentions import counts_a_class
from assistant.building.notes import of_several, qualified, told_of_cell, without_mark
from assistant.building.pairs import two_of
from assistant.building.rows import attribute_of, names_wholly
from assistant.building.same import parts_of_others
from assistant.building.stages import told_apart
from assistant.building.titles import Told, as_told, told_of_all
from assistant.building.years import PERIOD, gives_years
from assistant.cells.arms import arms_set_against
from assistant.cells.by_side import read_sides
from assistant.cells.counts import COUNTED, own_count, prints_counts, with_form
from assistant.cells.headed import Whose, heads_of
from assistant.cells.printed import AGAINST, measure_columns
from assistant.cells.reading import is_missing, p_values, read_cell
from assistant.folder.columns import TableColumn
from assistant.folder.folder import Table, TableRow
from assistant.folder.heads import counted_in, read_head, row_name
from assistant.model import Fact, Kind, Locator, Passage
from assistant.text.text import fold

Arms = Mapping[str, frozenset[str]]
_CENTRE = re.compile(r"\s*\d[\d.]*\s*[(\[]\s*\d[\d.]*\s*(?:[-\u2010-\u2015]|to)\s*\d[\d.]*\s*[)\]]\s*")
_MEDIANS = re.compile(r"\bmedians?\s*\(\s*range\s*\)", re.IGNORECASE)
_COUNT = re.compile(r"\s*\d[\d,]*\s*")
_P_VALUE_OF = re.compile(r"\s*p[\s-]*values?\s+(?:for|of)\s+", re.IGNORECASE)
"""``P value for response``: a row of p-values."""
_UNIT_SAID = re.compile(
    r"%|\bn\b|\bno\.|\b(?:number|points?)\b|[,(]\s*(?:in\s+)?(?:days?|weeks?|months?|years?)\b|^\s*(?:days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)
_BOUND = re.compile(r"(?:[<>\u2264\u2265]=?|\bat least)\s*\d", re.IGNORECASE)
_NO_SHARE = re.compile(
    r"\b(?:mean|median|change|difference|ratio|score|level|duration|time|dose|cycles?|age|p[- ]values?)\b",
    re.IGNORECASE,
)
"""Heads a figure that is no share of patients, where the note says that others are."""
_MEAN = re.compile(r"\s*\d[\d.]*\s*(?:\(\s*SD\b|\u00b1|\+/-)", re.IGNORECASE)
"""``65.6 (SD = 9.5)``: the mean, with what it varies by."""


_GIVEN = re.compile(r"[A-Za-z]{4,}.*(?:\+|\bplus\b|\bvs\b|\bversus\b).*[A-Za-z0-9]")
"""A cell that says what arms were given."""


def read_table(table: Table, building: Building, arms: Mapping[str, Arms]) -> None:
    """Adds the passages and facts of each cell, and a passage for each study's column as a whole."""
    heads = {row_name(row.head) for row in table.rows if "(" in row.head}
    twins = Counter(map(own_identity, heads))
    building.twins |= {identity for identity, n in twins.items() if n > 1}
    for k, column in enumerate(table.columns):
        if column.arm and (size := read_head(column.arm).size):
            _read_size(table, k, size, building, arms[column.study])
    of_all = told_of_all(table, building.reader)
    parts = parts_of_others(table, building, {a for c in table.columns for a in arms[c.study]})
    before = len(building.facts)
    for k, column in enumerate(table.columns):
        cells = _Column(table, k, building, arms[column.study], of_all)
        for row in table.rows:
            if row.cells[k].strip():
                cells.read(row, parts.get(row.head, ""))
    building.facts[before:] = told_apart(building.facts[before:], building, building.row_heads)
    for study_id in dict.fromkeys(c.study for c in table.columns):
        _whole_column(table, study_id, building)


def _read_size(table: Table, k: int, size: str, building: Building, arms: Arms) -> None:
    """The number of patients that a column's head gives."""
    column = table.columns[k]
    passage = _cell(table, k, f"No. of patients, {column.arm}", column.arm, building)
    start = column.arm.index(size)
    n = int(size.replace(",", ""))
    group, label = _headed(table, k, building, arms)
    fact = Fact(
        column.study, "n_patients", size, passage.id, unit="patients", n=n, start=start,
        end=start + len(size), group=group, group_label=label,
    )  # fmt: skip
    building.facts.append(_of_counted(fact, column.arm))


def _headed(table: Table, k: int, building: Building, arms: Arms) -> tuple[frozenset[str], str]:
    """Ids and label of those whose figures a column gives; empty where that is everyone."""
    tables, study = building.review.tables, table.columns[k].study
    whose = heads_of(table, study, building.reader.matchers, tables).get(k, Whose())
    group = whose.group(arms, building.reader.matchers)
    return group, whose.label if group else ""


def _of_counted(fact: Fact, head: str) -> Fact:
    """A number of patients as that of those whom the head counts: ``All infused`` need not be all enrolled."""
    which = "" if fact.attribute != "n_patients" or fact.group else counted_in(head)
    return (
        replace(fact, group=frozenset({which}), group_label=head.partition("(")[0].strip()) if which else fact
    )


def _cell(table: Table, k: int, head: str, cell: str, building: Building) -> Passage:
    column = table.columns[k]
    study = study_of(building.review, column.study)
    name = f" ({study.name})" if study.name else ""
    refs = (study.reference,) if study.reference else ()
    locator = Locator(building.review.id, Kind.CELL, table=table.label, row=head, column=column.study)
    return building.add(locator, f"{study.label}{name}, {head}: {cell}", cell, (column.study,), refs)


class _Column:
    """Reads the cells of one column.

    Args:
        table: that it stands in.
        k: its place among the columns.
        building: gets the passages and facts.
        arms: labels of the study's arms, with their ids.
        of_all: what the title of the table tells of all its figures.
    """

    def __init__(self, table: Table, k: int, building: Building, arms: Arms, of_all: Told) -> None:
        self._table, self._k, self._building, self._arms, self._of_all = table, k, building, arms, of_all
        self._column = column = table.columns[k]
        self._head = read_head(column.arm)
        self._group, self._label = _headed(table, k, building, arms)
        self._place = f", {column.arm}" if column.arm else ""
        alone = column.arm and not AGAINST.search(column.arm)
        self._against = [] if alone else arms_set_against(building.review.tables, column.study, arms)

    def read(self, row: TableRow, part: str) -> None:
        """Adds the passage and the facts of the cell in ``row``; ``part`` is its attribute where another row tells it."""
        building, cell = self._building, row.cells[self._k]
        bare, told = without_mark(row.head, self._table.note, building)
        told = told or told_of_cell(cell, self._table.note)
        row = replace(row, head=bare)
        form, attribute = self._attribute(row, part)
        if self._head.statistic == "n_patients":  # patients at risk, no result of the row
            self._passage(row, self._place)
        elif self._head.statistic == "p_value":
            self._add(self._passage(row, self._place), p_values(cell, attribute))
        elif of := _P_VALUE_OF.match(fold(row.head)):
            values = p_values(cell, attribute_of(row.head[of.end() :], building))
            whose = (replace(f, group=self._group, group_label=self._label) for f in values)
            self._add(self._passage(row, self._place), whose)
        elif measure := measure_columns(self._table, self._column.study, building.reader.matchers).get(
            self._k
        ):
            self._read_factor(row, measure)
        else:
            self._read_figures(row, told, form, attribute)

    def _has_agents(self) -> bool:
        """Whether a row of the table says by its head what was given."""
        heads = (row.head for row in self._table.rows)
        return any(attribute_of(head, self._building, self._table.title) == "agents" for head in heads)

    def _passage(self, row: TableRow, place: str) -> Passage:
        passage = _cell(self._table, self._k, row.head + place, row.cells[self._k], self._building)
        self._building.row_heads[passage.id] = row.head
        return passage

    def _add(self, passage: Passage, facts: Iterable[Fact]) -> None:
        study = self._column.study
        self._building.facts += [replace(f, study=study, passage=passage.id) for f in facts]

    def _attribute(self, row: TableRow, part: str) -> tuple[str, str]:
        """The row's head, with ``n (%)`` where its cells are so, and its attribute."""
        table, building, cell = self._table, self._building, row.cells[self._k]
        period = "" if part or not gives_years(row) else "study_period"
        attribute = period or _by_cells(part or attribute_of(row.head, building, table.title), row, table)
        if attribute == "arms" and any(map(_GIVEN.search, row.cells)) and not self._has_agents():
            attribute = "agents"  # "Treatment arms: A + B, C vs D"
        vocabulary = building.reader.vocabulary
        column = [r.cells[self._k] for r in table.rows]
        counts = prints_counts(self._column.arm, f"{table.note}; {table.title}", column)
        form = with_form(row.head) if counts else row.head
        below = ": " in row.head or (attribute == "conditioning" and COUNTED.search(row.head))
        if attribute in vocabulary.characteristics and below and own_count(form, cell, attribute):
            return form, building.own(row_name(row.head))  # "Performance status: 0" counts those who had it
        whole = names_wholly(row.head, attribute, building)
        if counts_a_class(attribute, form, row.cells, vocabulary, whole=whole):
            return form, building.own(row_name(row.head))
        return form, attribute

    def _read_figures(self, row: TableRow, told: str, form: str, attribute: str) -> None:
        building, reader = self._building, self._building.reader
        whose = self._whose(row, attribute)
        if whose is None:
            return
        place, group, label = whose
        passage = self._passage(row, place)
        head = f"{form}, %" if self._are_shares(row, attribute) else form
        paired = two_of(row.head, row.cells[self._k], building)
        paired = paired or of_endpoint(row, self._k, self._table, building)
        for piece in paired or [(attribute, head, row.cells[self._k])]:
            said = piece[1] if paired else row.head
            found = read_sides(piece[1], piece[2], piece[0], reader, self._arms, self._against)
            for read in of_several(found, row.head, row.cells[self._k], told, building):
                fact = qualified(read, told, building) if read.attribute == piece[0] else read
                fact = graded(fact, piece, said, self._column, self._table, building)
                every = bool(EVERY_GRADE.search(f"{said} {self._column.arm}")) or any_grade(piece[2], fact)
                fact = as_told(fact, self._of_all, reader, any_grade=every)
                fact = replace(fact, group=fact.group | group, group_label=fact.group_label or label)
                fact = _of_counted(fact, self._column.arm)
                if (
                    head is not form
                    and fact.unit == "%"
                    and not fact.percent
                    and _COUNT.fullmatch(fact.value.replace(".", ""))
                ):
                    fact = replace(fact, percent=f"{fact.value}%")  # a share by the note
                self._add(passage, [fact])
                building.facts += of_population(building.facts[-1], said, building)

    def _whose(self, row: TableRow, attribute: str) -> tuple[str, frozenset[str], str] | None:
        """How a cell's place is told, and whose it is; None for one that another cell of the study has said."""
        columns, cell = self._table.columns, row.cells[self._k]
        own = [j for j, c in enumerate(columns) if c.study == self._column.study and not _is_statistic(c)]
        known = self._is_known(attribute)
        if len(own) == 1 and known:
            return "", self._group, self._label
        if self._column.arm:
            same = len({row.cells[j] for j in own}) == 1 and not self._head.statistic
            several = known or (attribute in self._building.attributes and re.search(r"\d", cell))
            if same and (any(row.continued[j] for j in own) or is_missing(cell) or not several):
                return ("", frozenset(), "") if self._k == own[0] else None
        return self._place, self._group, self._label

    def _is_known(self, attribute: str) -> bool:
        return attribute == "n_patients" or attribute in self._building.reader.vocabulary.measures

    def _are_shares(self, row: TableRow, attribute: str) -> bool:
        """``Values are percentages unless stated otherwise``."""
        vocabulary = self._building.reader.vocabulary
        if not self._of_all.shares or _UNIT_SAID.search(row.head) or attribute == "n_patients":
            return False
        if attribute in vocabulary.measures:
            kind = vocabulary.term(attribute).kind
            return kind in {"rate", "event"} or (kind == "count" and bool(_BOUND.search(fold(row.head))))
        return attribute in self._building.attributes and not _NO_SHARE.search(row.head)

    def _read_factor(self, row: TableRow, measure: str) -> None:
        """A cell under a measure's head: the row names the arm, subgroup or factor."""
        building, cell = self._building, row.cells[self._k]
        passage = self._passage(row, f", {self._column.arm}")
        if group := self._arms.get(row.head, frozenset()):
            read = read_cell(self._column.arm, cell, measure, building.reader, self._arms)
            named = (replace(f, group=f.group | group, group_label=f.group_label or row.head) for f in read)
            self._add(passage, named)
        else:  # a factor that was tested, not patients of an arm
            own = building.own(f"{row.head}: {self._column.arm}")
            self._add(passage, [Fact("", own, cell.strip(), "", end=len(cell))])


def _by_cells(attribute: str, row: TableRow, table: Table) -> str:
    """A row's attribute, or another one that its cells tell: ``Enrolment: 2021-2023`` is a period."""
    if attribute == "n_patients" and any(map(PERIOD.fullmatch, row.cells)):
        return "study_period"
    if attribute == "randomisation_ratio" and all(map(_COUNT.fullmatch, row.cells)):
        return "n_patients"  # "Randomised: 38"
    if attribute == "age_range" and any(map(_MEAN.match, row.cells)):
        return "mean_age"
    if attribute == "age_range" and _MEDIANS.search(table.note) and all(map(_CENTRE.fullmatch, row.cells)):
        return "median_age"  # "Values are median (range)"
    return attribute


def _is_statistic(column: TableColumn) -> bool:
    return bool(read_head(column.arm).statistic)


def _whole_column(table: Table, study_id: str, building: Building) -> None:
    study = study_of(building.review, study_id)
    lines = []
    for row in table.rows:
        cells = dict.fromkeys(row.cells[k] for k, c in enumerate(table.columns) if c.study == study_id)
        lines.append(f"{row.head}: {' | '.join(c for c in cells if c.strip())}")
    locator = Locator(building.review.id, Kind.COLUMN, table=table.label, column=study_id)
    refs = (study.reference,) if study.reference else ()
    building.add(locator, f"{study.label}. " + ". ".join(lines), "\n".join(lines), (study_id,), refs)
