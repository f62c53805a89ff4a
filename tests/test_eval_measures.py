"""Support, qualifiers, statistics and totals on cases that can be worked by hand."""

from __future__ import annotations

import math
from typing import Any

import pytest

from eval.measures import measure
from eval.qualifiers import agrees, fact_faults
from eval.statistics import cluster_bootstrap, interval, mcnemar
from eval.summary import Total, aligned, markdown, totals
from eval.support import is_valid, support_scores, supports

SURVIVAL = {"locator": "Table 1, Survival outcome", "quote": "1-year OS: 89%; 3-year OS: 78%"}
ARMS = {"locator": "Results", "quote": "CR was 62% vs. 40% (p = 0.21)."}
PHASE = {"locator": "Table 2, Analysis", "quote": "II"}


@pytest.mark.parametrize(
    ("text", "citations", "expected"),
    [
        ("The 3-year OS was 78%.", [SURVIVAL], True),
        ("The 3-year OS was 79%.", [SURVIVAL], False),
        ("The 3-year OS was < 78%.", [SURVIVAL], False),
        ("There were 78 patients.", [SURVIVAL], False),
        ("The OS was 78% and the CR rate 62%.", [SURVIVAL], False),
        ("The OS was 78% and the CR rate 62%.", [SURVIVAL, ARMS], True),
        ("The difference was 22 percentage points.", [ARMS], True),
        ("The difference was 23 percentage points.", [ARMS], False),
        ("Two of them: 62 and 40.", [ARMS], False),
        ("In Tan et al., it is a phase II study.", [PHASE], True),
        ("In Tan et al., it is a phase III study.", [PHASE], False),
        ("Three abstracts: Abstract 51 (Goekbuget et al.) and Abstract 54 (Hatta et al.).", [PHASE], True),
        (
            "Two abstracts: Abstract 51 (Goekbuget et al., GMALL) and Abstract 54 (Hatta et al.).",
            [PHASE],
            True,
        ),
        ("Fratricide is an obstacle to therapy with T cells.", [SURVIVAL], False),
        ("The 3-year OS was 78%.", [], False),
    ],
)
def test_what_a_quotation_bears_out(text: str, citations: list[dict[str, str]], expected: bool) -> None:
    assert supports(citations, text) is expected


def test_a_sum_over_the_citations_is_borne_out() -> None:
    counts = [{"quote": "7 (3 R/R; 4 new)"}, {"quote": "10"}, {"quote": "20"}]
    assert supports(counts, "Together they had 37 patients.")
    assert not supports(counts, "Together they had 38 patients.")


def test_alce_recall_and_precision() -> None:
    reply: dict[str, Any] = {"citations": [SURVIVAL, ARMS, {"quote": ""}]}
    asked = [
        {"text": "The OS was 78%.", "citations": [0]},  # recall 1, precise
        {"text": "The OS was 78%.", "citations": [0, 1]},  # recall 1; [1] is neither enough nor needed
        {"text": "The OS was 78%, the CR rate 40%.", "citations": [0, 1]},  # recall 1, both needed
        {"text": "The OS was 78%.", "citations": []},  # no citation: 0
        {"text": "The OS was 78%.", "citations": [0, 7]},  # one does not exist: 0
        {"text": "The OS was 78%.", "citations": [2]},  # it quotes nothing: 0
    ]
    recall, precision = support_scores(reply | {"statements": asked})
    assert recall == 3 / 6
    assert precision == 4 / 8
    assert support_scores({"answer": "78%", "citations": [SURVIVAL]}) == (0.0, None)


def test_a_citation_number_must_be_one() -> None:
    assert is_valid(0, [SURVIVAL])
    for number in (1, -1, True, "0", None):
        assert not is_valid(number, [SURVIVAL])


OS = {"study": "4053", "attribute": "OS", "time_point": "2-year", "group": "combination", "value": "52.9%"}
ALL = {"study": "51", "attribute": "OS", "time_point": "3-year", "group": "all patients", "value": "78%"}


@pytest.mark.parametrize(
    ("gold", "changes", "expected"),
    [
        (OS, {}, True),
        (OS, {"attribute": "overall survival"}, True),
        (OS, {"attribute": "2-year OS", "time_point": ""}, True),
        (OS, {"time_point": "two years"}, True),
        (OS, {"group": "nelarabine combination regimen"}, True),
        (OS, {"attribute": "EFS"}, False),
        (OS, {"time_point": "3-year"}, False),
        (OS, {"time_point": ""}, False),
        (OS, {"group": "monotherapy"}, False),
        (OS, {"group": "all patients"}, False),
        (OS, {"study": "51"}, False),
        (ALL, {"group": ""}, True),
        (ALL, {"group": "adults with newly diagnosed disease"}, True),
        (ALL, {"group": "high-risk, transplanted patients"}, False),
    ],
)
def test_whom_a_fact_is_about(gold: dict[str, str], changes: dict[str, str], expected: bool) -> None:
    assert agrees(gold, gold | changes) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The 2-year OS was 52.9% in the combination group.", []),
        ("The 2-year OS was 52.9% vs. 8% for combination and monotherapy.", []),
        ("The OS was 52.9%.", []),
        ("The 3-year OS was 52.9%.", ["3-y"]),
        ("With monotherapy, the OS was 52.9%.", ["monotherapy"]),
        ("With monotherapy, the OS was 8%.", []),
    ],
)
def test_a_sentence_may_give_a_figure_to_another(text: str, expected: list[str]) -> None:
    faults = fact_faults({"answer": text}, [OS])
    assert [f.rpartition(" given for ")[2] for f in faults] == expected


def test_a_fact_that_is_not_claimed_is_no_fault() -> None:
    assert fact_faults({"answer": "52.9%", "facts": []}, [OS]) == []
    assert fact_faults({"answer": "52.9%", "facts": [OS | {"value": "9%", "study": "1"}]}, [OS]) == []
    assert len(fact_faults({"answer": "52.9%", "facts": [OS | {"study": "1"}]}, [OS])) == 1
    assert fact_faults({"answer": "52.9%", "facts": [OS | {"study": "1"}, OS]}, [OS]) == []


@pytest.mark.parametrize(
    "reply",
    [
        {"answer": "78%", "status": "answered", "statements": 3, "citations": "x", "facts": {"a": 1}},
        {"answer": "78%", "status": [], "statements": [1, {"citations": "0"}], "citations": [None]},
        {"answer": "78%", "status": "answered", "statements": [{"text": None, "citations": [{}, "a"]}]},
        {"answer": "", "status": "answered", "statements": [], "citations": [], "facts": [7]},
        {"answer": None, "status": "answered"},
        {"error": "no"},
        {},
        None,
    ],
)
def test_a_reply_of_any_shape_is_scored_wrong(reply: dict[str, Any] | None) -> None:
    item: dict[str, Any] = {"id": "x", "kind": "lookup", "turns": ["3-year OS in 51?"], "status": "answered"}
    item |= {"figures": ["78%"], "allowed": [], "words": [], "not_words": [], "cite": ["51"], "may_cite": []}
    result, scores = measure(item, reply)
    assert not result.right
    assert scores["right"] == 0


def test_a_place_is_not_asked_of_citations_that_name_none() -> None:
    item: dict[str, Any] = {"id": "x", "kind": "lookup", "turns": ["3-year OS in 51?"], "status": "answered"}
    item |= {"figures": ["78%"], "allowed": [], "words": [], "not_words": [], "cite": ["51"], "may_cite": []}
    expected = {"Table 1, Survival outcome": 1, "Table 1, Summary": 0, "": None}
    for place, value in expected.items():
        reply = {"status": "answered", "answer": "78%", "statements": [{"text": "78%", "citations": [0]}]}
        cited = {"abstract": "51", "locator": place, "quote": "78%"}
        assert measure(item, reply | {"citations": [cited]})[1]["place"] == value
    assert measure(item, {"status": "declined", "answer": "Not reported.", "citations": []})[1]["place"] == 0


def test_a_crash_has_the_worst_of_what_was_asked() -> None:
    item: dict[str, Any] = {"id": "x", "kind": "lookup", "turns": ["3-year OS in 51?"], "status": "answered"}
    item |= {"figures": ["78%"], "allowed": [], "words": [], "not_words": [], "cite": ["51"], "may_cite": []}
    scores = measure(item, None)[1]
    worst = {"right": 0, "answered": 0, "figure_recall": 0, "lead": 0, "place": 0, "false_decline": 0}
    assert {k: v for k, v in scores.items() if v is not None} == worst | {"focus": 0}
    declined = measure(item | {"status": "declined", "figures": []}, None)[1]
    assert {k: v for k, v in declined.items() if v is not None} == {
        "right": 0,
        "answered": 0,
        "decline_right": 0,
    }


def test_interval_agrees_with_scipy() -> None:
    stats = pytest.importorskip("scipy.stats")
    for right, n in ((0, 7), (3, 7), (198, 200), (731, 731)):
        exact = stats.binomtest(right, n).proportion_ci(method="exact")
        assert list(interval(right, n)) == pytest.approx([exact.low, exact.high], abs=1e-9)


def test_mcnemar_by_hand() -> None:
    assert mcnemar(0, 0) == 1
    assert mcnemar(6, 0) == mcnemar(0, 6) == 2 / 64  # the smallest count that is below 0.05
    assert mcnemar(5, 0) == 2 / 32
    assert mcnemar(3, 1) == 2 * (1 + 4) / 16
    assert mcnemar(4, 4) == 1


def test_bootstrap_draws_whole_clusters() -> None:
    apart = {"a": [1.0] * 50, "b": [0.0] * 50}
    assert cluster_bootstrap(apart, resamples=400) == (0.0, 1.0)  # as single values it would be 0.4 to 0.6
    assert cluster_bootstrap({"a": [1.0], "b": [1.0, 1.0]}, resamples=50) == (1.0, 1.0)
    assert all(map(math.isnan, cluster_bootstrap({"a": []})))
    mixed = {n: [float(n % 3 == 0)] for n in range(60)}
    assert cluster_bootstrap(mixed, resamples=400) == cluster_bootstrap(mixed, resamples=400)
    low, high = cluster_bootstrap(mixed, resamples=2000)
    assert 0.15 < low < 1 / 3 < high < 0.5


def row(id_: str, **scores: Any) -> dict[str, Any]:
    names = ("right", "answered", "figure_recall", "n_figures", "n_wrong", "facts_right", "citation_recall")
    names += ("citation_precision", "citation_valid", "place", "decline_right", "false_decline", "lead")
    every = dict.fromkeys((*names, "focus", "evidence_recall", "n_chars")) | scores
    return {"id": id_, "kind": "lookup", "scores": every, "faults": [], "studies": ["51"], "latency_ms": 2.0}


def test_totals_by_hand() -> None:
    rows = [
        row("1", right=1, answered=1, false_decline=0, figure_recall=1.0, n_figures=2, n_wrong=0, n_chars=10),
        row("2", right=0, answered=1, false_decline=0, figure_recall=0.5, n_figures=2, n_wrong=1, n_chars=30),
        row("3", right=0, answered=0, false_decline=1, figure_recall=0.0, n_figures=0, n_wrong=0, n_chars=50),
        row("4", right=1, answered=0, decline_right=1, n_figures=0, n_wrong=0, n_chars=20),
        row("5", right=0, answered=1, decline_right=0, n_figures=1, n_wrong=1, n_chars=20),
    ]
    found = {t.name: t for t in totals(rows)}
    assert found["accuracy"].value == 2 / 5
    assert found["precision among answered"].value == 1 / 3
    assert found["risk (wrong among answered)"].value == 2 / 3
    assert found["coverage"].value == 3 / 5
    assert found["false declines"].value == 1 / 3
    assert found["answered, to be declined"].value == 1 / 2
    assert found["wrong figures"].value == 2
    assert (found["figures right, of those given"].value, found["figures right, of those given"].n) == (
        3 / 5,
        5,
    )
    assert found["gold figures given"].value == 0.5
    assert found["length, median"].value == 20
    assert math.isnan(found["right place cited"].value)
    assert str(found["right place cited"]) == "–"
    assert str(found["accuracy"]) == "40.0 % (5.3–85.3)"
    assert str(found["latency, median"]) == "2 ms"


def test_tables() -> None:
    rows = [("name", "n"), ("a|b", "10")]
    assert aligned(rows) == "name   n\na|b   10"
    assert markdown(rows) == "| name | n |\n| --- | ---: |\n| a\\|b | 10 |"
    assert str(Total("x", 1234.4, 3, unit="")) == "1,234"
