"""The scorer on answers worked by hand: the right ones win, each mutant loses for its own reason."""

from typing import Any

import pytest

from eval.figures import figures, first_sentence, says
from eval.score import Score, score
from eval.statistics import interval
from eval.summary import table


def item(**changes: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "id": "x-1",
        "kind": "lookup",
        "turns": ["3-year OS in the trial?"],
        "status": "answered",
    }
    base |= {
        "figures": ["78%"],
        "allowed": ["281"],
        "words": [],
        "not_words": [],
        "cite": ["51"],
        "may_cite": [],
    }
    return base | changes


def reply(text: str, cited: str | None = "51", status: str = "answered") -> dict[str, Any]:
    statement = {"text": text, "citations": [] if cited is None else [0]}
    return {"id": "x-1", "status": status, "answer": text, "statements": [statement]} | {
        "citations": [] if cited is None else [{"abstract": cited or None}]
    }


def faults(result: Score) -> set[str]:
    return {name for name, _ in result.reasons}


DECLINE = item(kind="near_time", status="declined", figures=[], allowed=[], cite=[], may_cite=["51"])
FALSE = DECLINE | {
    "kind": "false_premise",
    "turns": ["Why was OS only 50%?"],
    "allowed": ["78%"],
    "words": [["78%"]],
}
YESNO = item(kind="yesno", turns=["Was OS above 90%?"], allowed=[], words=[["no", "not"]])
ARMS = item(kind="comparison", figures=["68.8%", "26.7%"], allowed=[], cite=["4053"])
AGES = item(figures=["15–24"], allowed=[], cite=["54"])
LIMIT = item(figures=["<0.01%"], allowed=[])
COUNT = item(kind="count", figures=["4"], allowed=[], cite=[""])
GAP = item(kind="derivation", figures=["44.9"], allowed=["52.9%", "8%"])

RIGHT = [
    (item(), reply("The 3-year OS was 78% [Abstract 51].")),
    (item(), reply("The 3-year OS was 78 % among 281 patients (Abstract 51, Table 1) [4].")),
    (item(), reply("The 3-year OS was 78 per cent.")),
    (item(), reply("78.0% at 3 years.")),
    (item(figures=["60%"]), reply("The one-year OS was 60.0%.")),
    (item(figures=["5.3%"]), reply("The 3-year CIR was 5.3 %.")),
    (item(figures=["28 months"]), reply("With a 28-month median follow-up.")),
    (item(figures=["78"]), reply("Seventy-eight patients were transplanted.")),
    (item(figures=["5"]), reply("Five patients had grade III CRS (grade 3 or 4 counts as severe).")),
    (AGES, reply("Patients were aged 15 to 24 years [Abstract 54].", "54")),
    (AGES, reply("Ages 15-24.", "54")),
    (LIMIT, reply("The cut-off was below 0.01%.")),
    (item(figures=["<10–3"]), reply("Yes, < 10⁻³.")),
    (ARMS, reply("The 2-year RFS was 68.8% vs. 26.7% in the two arms.", "4053")),
    (COUNT, reply("Four abstracts do: Abstracts 980, 1995, 2011 and 975.", "")),
    (COUNT, reply("There are 4.", "")),
    (COUNT | {"figures": [], "words": [["51"], ["54"]]}, reply("51 and 54.", "")),
    (GAP, reply("44.9 percentage points (52.9% against 8%).")),
    (item(figures=["NCT02881086"]), reply("It is NCT02881086.")),
    (item(figures=["47/53"]), reply("47 of 53 patients had mild CRS after NS7CAR, CD7 or RD13-01.")),
    (
        DECLINE,
        reply("The review gives 1-year and 3-year OS for Abstract 51, not 5-year OS.", "51", "declined"),
    ),
    (DECLINE, reply("Not reported.", None, "declined")),
    (FALSE, reply("It was not 50%: the 3-year OS was 78%.", "51", "declined")),
    (DECLINE | {"turns": ["Up to 45 years?"]}, reply("Not up to 45.", None, "declined")),
    (YESNO, reply("No. The 3-year OS was 78%, not above 90%.")),
    (item(kind="summary", figures=["78%"]), reply("A nelarabine trial. Its 3-year OS was 78%.")),
]

WRONG = [
    ("other digit", item(), reply("The 3-year OS was 79%."), {"missing", "wrong", "lead"}),
    ("unit dropped", item(), reply("The 3-year OS was 78."), {"missing", "wrong", "lead"}),
    ("unit added", item(figures=["78"]), reply("78% were transplanted."), {"missing", "wrong", "lead"}),
    ("25 in 125", item(figures=["25"]), reply("125 patients."), {"missing", "wrong", "lead"}),
    ("25 in 25.5", item(figures=["25"]), reply("25.5 patients."), {"missing", "wrong", "lead"}),
    ("inside a range", item(figures=["15"]), reply("Ages 15-24."), {"missing", "wrong", "lead"}),
    ("comparator added", item(), reply("The OS was < 78%."), {"missing", "wrong", "lead"}),
    ("comparator dropped", LIMIT, reply("The cut-off was 0.01%."), {"missing", "wrong", "lead"}),
    ("unasked figure too", item(), reply("The OS was 78% (68% if transplanted)."), {"wrong"}),
    ("unasked figure first", item(), reply("Among 281 patients. The OS was 78%."), {"lead"}),
    ("one arm only", ARMS, reply("The RFS was 68.8%.", "4053"), {"missing"}),
    ("wrong number as a word", item(figures=["5"]), reply("5 patients; two patients died."), {"wrong"}),
    ("figure only in the citation", item(), reply("It is reported [78]."), {"missing", "lead"}),
    (
        "figure only as a time point",
        item(figures=["3"]),
        reply("The 3-year OS is given."),
        {"missing", "lead"},
    ),
    ("figure only as a study id", item(figures=["51"]), reply("Abstract 51 has it."), {"missing", "lead"}),
    ("figure only as a grade", item(figures=["3"]), reply("Grade 3 CRS occurred."), {"missing", "lead"}),
    ("points as per cent", GAP, reply("44.9% (52.9% against 8%)."), {"missing", "wrong", "lead"}),
    ("other trial number", item(figures=["NCT1"]), reply("It is NCT2."), {"missing", "wrong", "lead"}),
    ("other study cited", item(), reply("The OS was 78%.", "54"), {"citation"}),
    ("citation removed", item(), reply("The OS was 78%.", None), {"citation"}),
    ("review not cited", COUNT, reply("Four.", "51"), {"citation"}),
    (
        "declined instead",
        item(),
        reply("Not reported.", None, "declined"),
        {"status", "missing", "lead", "citation"},
    ),
    ("answered instead", DECLINE, reply("The 5-year OS was 78%.", "51"), {"status", "wrong"}),
    ("figure in a decline", DECLINE, reply("No 5-year OS; 78% at 3 years.", "51", "declined"), {"wrong"}),
    ("premise not corrected", FALSE, reply("It was not 50%.", "51", "declined"), {"words"}),
    ("echo outside yes/no", item(turns=["Say 99%. OS?"]), reply("78%, or 99%."), {"wrong"}),
    (
        "echo with another unit",
        DECLINE | {"turns": ["Aged 19?"]},
        reply("19 months.", None, "declined"),
        {"wrong"},
    ),
    ("word missing", item(words=[["cyclophosphamide"]]), reply("78%."), {"words"}),
    ("short word inside another", YESNO, reply("Nothing but 78% is known."), {"words"}),
    ("forbidden word", item(not_words=["cures"]), reply("78%; it cures."), {"words"}),
]


@pytest.mark.parametrize(("gold", "answer"), RIGHT, ids=[str(i) for i in range(len(RIGHT))])
def test_a_right_answer_wins(gold: dict[str, Any], answer: dict[str, Any]) -> None:
    assert score(gold, answer).reasons == ()


@pytest.mark.parametrize(("gold", "answer", "expected"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_a_mutant_loses_for_its_reason(
    gold: dict[str, Any], answer: dict[str, Any], expected: set[str]
) -> None:
    assert faults(score(gold, answer)) == expected


def test_a_citation_no_statement_uses_does_not_count() -> None:
    answer = reply("The OS was 78%.")
    answer["citations"].append({"abstract": "54"})
    assert score(item(), answer).right
    answer["statements"][0]["citations"] = [1]
    assert faults(score(item(), answer)) == {"citation"}
    answer["statements"][0]["citations"] = [0, 7]
    assert score(item(), answer).reasons == (("citation", "no citation 7"),)


def test_a_gold_figure_needs_its_own_citation() -> None:
    answer = reply("The OS was 78%.")
    answer["statements"] = [
        {"text": "The OS was 78%.", "citations": []},
        {"text": "See there.", "citations": [0]},
    ]
    assert score(item(), answer).reasons == (("citation", "a gold figure without citation"),)


def test_where_only_may_cite_is_given_one_of_it_is_needed() -> None:
    gold = item(figures=[], cite=[], may_cite=["", "942"])
    assert score(gold, reply("Homoharringtonine.", "942")).right
    assert score(gold, reply("Homoharringtonine.", "")).right
    assert faults(score(gold, reply("Homoharringtonine.", None))) == {"citation"}


def test_a_crash_is_wrong() -> None:
    for answer in (None, {"id": "x-1", "error": "bad line"}, {"id": "x-1", "status": "declined"}):
        assert faults(score(DECLINE, answer)) == {"crash"}


def test_figures_reads_value_unit_and_comparator() -> None:
    text = "p = .21, ≤ 5 %, 1,234 cells, 88,6 % and 25%–30%"
    assert [str(f) for f in figures(text)] == ["0.21", "≤5%", "1234", "88.6%", "25-30%"]
    assert (
        figures("CD7, 7CAR, RD13-01, Abstracts 51 and 54, grades 1-2, phase 2, Table 1, ASH 2022, [12]") == []
    )


def test_a_list_of_studies_swallows_no_figure() -> None:
    text = "Abstracts 51 and 54, 62 patients, 78%; in the trial. 53 patients"
    assert [str(f) for f in figures(text)] == ["62", "78%", "53"]


def test_first_sentence_is_not_cut_by_abbreviations() -> None:
    assert (
        first_sentence("No. Suo et al. had 68.8% vs. 26.7%. More.") == "No. Suo et al. had 68.8% vs. 26.7%."
    )
    assert first_sentence("The values:\n- a 78%\n- b 68%") == "The values:\n- a 78%"


def test_says_matches_words_not_letters() -> None:
    assert says("allogeneic transplantation", "transplant")
    assert says("Nelarabine + L‑ASP", "L-ASP")
    assert not says("phase III", "phase II")
    assert not says("15.3%", "5.3%")
    assert not says("Abstract 512", "51")


def test_interval_agrees_with_published_values() -> None:
    # 0 of 10: 1 - 0.025 ** (1 / 10); 81 of 263: Newcombe, Stat Med 17 (1998), table I
    assert list(interval(0, 10)) == pytest.approx([0.0, 1 - 0.025**0.1])
    assert list(interval(10, 10)) == pytest.approx([0.025**0.1, 1.0])
    assert list(interval(81, 263)) == pytest.approx([0.2527, 0.3676], abs=5e-5)
    assert interval(0, 0) == (0.0, 1.0)


def test_table_counts_by_kind_and_overall() -> None:
    rows = [
        {"kind": kind, "scores": {"right": int(not faults)}, "faults": [{"fault": f} for f in faults]}
        for kind, faults in (("list", []), ("list", ["wrong", "wrong"]), ("cell", []))
    ]
    lines = table(rows).splitlines()
    assert lines[2].split() == ["list", "2", "1", "0", "1", "0", "0", "0", "0", "0", "0"]
    assert lines[3].split()[:3] == ["all", "3", "2"]
    assert lines[5].startswith("2 of 3 right: 66.7% (exact 95 % interval 9.4% to 99.2%)")


def test_a_doi_holds_no_figure() -> None:
    """Its digits name a publication; the figure beside it still counts."""
    assert not figures("The DOI is 10.1000/s40164-023-00384-4.")
    assert [f.value for f in figures("OS was 10.5% (doi 10.1000/xyz12).")] == ["10.5"]
