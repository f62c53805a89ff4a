"""What two rows or one row say was compared, and sides that are no single drugs."""

from __future__ import annotations

import pytest
from fact_lines import READER

from assistant.cells.agents import arms_of_agents
from assistant.cells.arms import arms_of, arms_set_against
from assistant.cells.compared import with_shared_noun
from assistant.folder.columns import TableColumn
from assistant.folder.tables import Table, TableRow
from assistant.model import Fact
from assistant.spans.span import Span

Arms = dict[str, frozenset[str]]


def table(rows: dict[str, str]) -> list[Table]:
    lines = tuple(TableRow(head, (cell,)) for head, cell in rows.items())
    return [Table("table-1.csv", "Table 1", "", "", "Study #", (TableColumn("7", ""),), lines)]


def order(rows: dict[str, str], short: dict[str, str] | None = None) -> tuple[Arms, list[frozenset[str]]]:
    tables = table(rows)
    arms = dict(arms_of(tables, "7", READER.matchers, short or {}))
    return arms, [ids for ids, _ in arms_set_against(tables, "7", arms)]


@pytest.mark.parametrize("head", ["Compared", "What was compared", "What was tested", "Comparison"])
def test_a_row_that_says_what_was_compared_names_the_arms(head: str) -> None:
    arms, turn = order({head: "Alphamab 30 g/m\u00b2 vs betanib 6.4 mg/kg", "Relapse": "24% vs 26%"})
    assert turn == [arms["with alphamab"], arms["with betanib"]]


@pytest.mark.parametrize("head", ["Comparator", "Control", "Control arm", "Compared with"])
def test_a_comparator_in_a_row_of_its_own_is_the_other_arm(head: str) -> None:
    arms, turn = order({"Intervention": "Alphamab 10 mg daily", head: "Betanib 100 mg daily"})
    assert turn == [arms["with alphamab"], arms["with betanib"]]
    assert arms["control arm"] == arms["with betanib"]


@pytest.mark.parametrize("nobody", ["None", "N/A", "Historical", "No comparator"])
def test_a_comparator_that_is_nobody_makes_no_arm(nobody: str) -> None:
    assert order({"Intervention": "Alphamab 10 mg daily", "Comparator": nobody}) == ({}, [])


def test_the_untreated_are_those_without_the_drug() -> None:
    arms, turn = order({"What was tested": "Alphamab vs no prophylaxis"})
    assert turn == [arms["with alphamab"], arms["without alphamab"]]


def test_with_or_without_sets_two_arms_apart() -> None:
    arms = arms_of_agents("Alphamab with or without a betanib pause", READER.matchers, {})
    assert arms["with the pause"] == arms["with betanib pause"] != arms["without betanib pause"]


def test_a_noun_behind_both_sides_belongs_to_the_first_as_well() -> None:
    assert with_shared_noun(["Young unrelated", "older sibling donor"])[0] == "Young unrelated donor"
    assert with_shared_noun(["Alphamab", "usual care"]) == ["Alphamab", "usual care"]
    arms, turn = order(
        {"Compared": "Half-matched vs matched unrelated donor"}, {"MUD": "matched unrelated donor"}
    )
    assert turn[1] == arms["MUD"]


def test_parts_counted_against_each_other() -> None:
    arms, turn = order({"Patients": "1,317 (688 after vs 629 before)"})
    assert turn == [arms["after"], arms["before"]]


TWO = {"Axol": frozenset({"axol"}), "Bexol": frozenset({"bexol"})}


def told(facts: list[Fact]) -> set[tuple[str, str, str]]:
    return {(f.attribute, f.value, "/".join(sorted(f.group))) for f in facts}


def test_a_word_that_points_back_is_no_measure() -> None:
    earlier: list[Span] = READER.named("The ORR was 60% and 35%.", TWO)
    text = "The superiority was driven by men (64.8% vs. 26.1%), whereas women fared alike (46.5% vs. 50.0%)."
    assert told(READER.read(text, TWO, (), earlier)) == {
        ("ORR", "64.8%", "axol/men"),
        ("ORR", "26.1%", "bexol/men"),
        ("ORR", "46.5%", "axol/women"),
        ("ORR", "50.0%", "bexol/women"),
    }


def test_survival_beside_such_a_word_stays_the_measure() -> None:
    earlier = READER.named("The ORR was 60% and 35%.", TWO)
    read = READER.read("The survival benefit was most pronounced in men (HR 0.61).", TWO, (), earlier)
    assert [(f.attribute, f.of) for f in read] == [("HR", "OS")]


def test_a_criterion_is_no_second_measure() -> None:
    text = "Transfusion independence with a mean hemoglobin rise of \u2265 1.5 g/dL was attained by 60% and 35% of the patients."
    assert [m.ids[0] for m in READER.named(text)] == ["transfusion_independence"]
    alone = "A hemoglobin rise of \u2265 1.5 g/dL was seen in 35% of the patients."
    assert [m.ids[0] for m in READER.named(alone)] == ["haemoglobin_change"]


def test_negative_behind_a_group_means_those_without() -> None:
    positive, negative = (
        READER.groups(f"The ORR was 45% in SF3B1 {s} patients.")[-1].ids
        if s == "mutant"
        else READER.groups("The ORR was 30% in ring sideroblasts-negative patients.")[-1].ids
        for s in ("mutant", "negative")
    )
    assert positive == ("sf3b1",)
    assert negative == ("no-sf3b1",)


def test_an_antibody_response_is_a_share() -> None:
    read = READER.read("The antibody response was 68% with Axol and 41% with Bexol.", TWO)
    assert told(read) == {("antibody_response", "68%", "axol"), ("antibody_response", "41%", "bexol")}


def test_the_doses_of_a_drug_and_its_comparator_are_the_arms_where_a_cell_has_a_value_for_each() -> None:
    rows = {"Study agent": "Alphamab 400 mg or 200 mg QD", "Comparator": "Placebo"}
    arms, turn = order({**rows, "Relapse": "10% vs. 20% vs. 30%"})
    assert turn == [arms["400 mg"], arms["200 mg"], arms["placebo"]]
    arms, turn = order({**rows, "Relapse": "10% vs. 30%"})
    assert len(turn) == 2
    assert arms["placebo arm"] == turn[1]


def test_a_dose_may_have_a_comma_in_it() -> None:
    arms = arms_of(table({"Drug": "Alphamab 1,500 mg or 1,000 mg"}), "7", READER.matchers)
    assert arms["higher dose"] == arms["1,500 mg"] != arms["1,000 mg"] == arms["lower dose"]
