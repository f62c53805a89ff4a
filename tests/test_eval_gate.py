"""The gate: the development questions, asked of the engine as it is.

A question that fails and is not in `eval/known_failures.txt` fails the build, and so does one that is there
and passes. Wrong figures are failures like any other; there is no threshold for them.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from eval.items import open_sets
from eval.results import Row
from eval.running import ask_sets
from eval.summary import Total, totals

pytestmark = pytest.mark.slow

KNOWN = Path(__file__).resolve().parents[1] / "eval" / "known_failures.txt"

AT_LEAST = {
    "accuracy": 0.975,
    "precision among answered": 0.975,
    "figures right, of those given": 0.992,
    "gold figures given": 0.975,
    "figures with the right study, time and group": 0.995,
    "citation recall (ALCE)": 0.98,
    "citation precision (ALCE)": 0.98,
    "citations that exist": 1.0,
    "right place cited": 0.96,
    "asked figure first": 0.975,
    "focus": 0.88,
}
AT_MOST = {
    "false declines": 0.015,
    "answered, to be declined": 0.01,
    "crashes": 0.0,
    "length, median": 300,
    "latency, median": 100,
}


def known() -> set[str]:
    lines = KNOWN.read_text(encoding="utf-8").splitlines()
    return {line.split()[0] for line in lines if line.strip() and not line.startswith("#")}


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    asked = argparse.Namespace(engine="default", command=None, url=None, corpus=None, bare=False)
    asked.timeout, asked.output = 300.0, None
    found, account, _ = ask_sets(open_sets("dev"), "dev", asked)
    assert account == []
    return found


@pytest.fixture(scope="module")
def overall(rows: list[Row]) -> dict[str, Total]:
    return {t.name: t for t in totals(rows)}


def test_no_question_fails_that_did_not_before(rows: list[Row]) -> None:
    failing = [r for r in rows if not r["scores"]["right"] and r["id"] not in known()]
    assert [(r["id"], r["faults"]) for r in failing] == []


def test_what_is_listed_as_failing_fails(rows: list[Row]) -> None:
    passing = {r["id"] for r in rows if r["scores"]["right"]}
    assert sorted(known() & passing) == []  # take these out of eval/known_failures.txt
    assert sorted(known() - {r["id"] for r in rows}) == []  # these are no questions


def test_no_figure_is_wrong_but_in_known_failures(rows: list[Row]) -> None:
    wrong = [r["id"] for r in rows if r["scores"]["n_wrong"] != 0]
    assert sorted(set(wrong) - known()) == []


@pytest.mark.parametrize("name", AT_LEAST)
def test_at_least(overall: dict[str, Total], name: str) -> None:
    assert overall[name].value >= AT_LEAST[name]


@pytest.mark.parametrize("name", AT_MOST)
def test_at_most(overall: dict[str, Total], name: str) -> None:
    assert overall[name].value <= AT_MOST[name]
