"""A confidence interval is given with the figure it stands behind, and with no other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from figure_cases import MARROW, MYELOMA, Case, Engines, check

from assistant.draft import Line, support_of
from assistant.intervals import belongs, span_words
from assistant.model import Fact

CASES = [
    Case(
        MYELOMA, "hazard ratio for PFS in study S-207 with CI and p", "S-207", ("0.58", "0.36-0.92", "0.021")
    ),
    Case(MYELOMA, "S-101: HR of PFS and its 95% CI for high-risk patients", "S-101", ("0.71", "0.42-1.19")),
    Case(
        MYELOMA,
        "What is the confidence interval of the median PFS with the triplet?",
        "S-207",
        ("9.0-14.9", "11.8"),
    ),
    Case(
        MARROW,
        "Odds ratio for durable platelet response in RUSHMERE-1 with its CI",
        "642",
        ("12.0", "2.8 to 51.6"),
    ),
]


@pytest.fixture(scope="module")
def engines(assistant_home: Path) -> Engines:
    return Engines(assistant_home)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda c: c.id)
def test_an_interval_asked_for_stands_behind_its_figure(case: Case, engines: Engines) -> None:
    check(case, engines.ask(case))


QUOTE = "PFS HR was 0.50 (95% CI 0.30-0.80) and OS HR 0.90 (95% CI 0.70-1.10)."


def _fact(attribute: str, value: str, of: str = "") -> Fact:
    start = QUOTE.index(value)
    return Fact("1", attribute, value, "p", of=of, start=start, end=start + len(value))


FIRST, SECOND = _fact("HR", "0.50", "PFS"), _fact("HR", "0.90", "OS")
INTERVAL = _fact("CI", "95% CI 0.30-0.80", "HR")


def test_an_interval_belongs_to_the_figure_right_before_it() -> None:
    assert belongs(INTERVAL, FIRST, QUOTE)
    assert not belongs(INTERVAL, SECOND, QUOTE)  # it stands behind
    assert not belongs(_fact("CI", "95% CI 0.70-1.10", "HR"), FIRST, QUOTE)  # other figures between
    assert not belongs(replace(INTERVAL, of="OR"), FIRST, QUOTE)
    assert not belongs(replace(INTERVAL, passage="q"), FIRST, QUOTE)


def test_an_interval_is_worded_without_its_level() -> None:
    assert span_words(INTERVAL) == "0.30-0.80"
    assert span_words(replace(INTERVAL, value="4.7–8.1")) == "4.7-8.1"


@pytest.mark.slow
def test_an_interval_of_another_figure_is_refused(assistant_home: Path) -> None:
    engine = next(iter(Engines(assistant_home).engine(MYELOMA)._engines.values()))
    facts = [f for f in engine.review.facts if f.study == "S-101"]
    ratios, intervals = (
        [f for f in facts if f.attribute == a and not f.group - {"high-risk"}] for a in ("HR", "CI")
    )
    whole, high_risk = ratios
    right = "In Tarrant-Oyelaran et al., the HR for 36-month PFS was 0.54 (CI 0.38-0.77) for all patients."
    pair = (whole, intervals[0])
    assert engine.verifier.check(Line(right, support_of(pair), pair)).ok
    for text, facts_said in (
        (right.replace("0.38-0.77", "0.42-1.19"), pair),
        (right.replace("0.38-0.77", "0.42-1.19"), (whole, intervals[1])),
        (right.replace("0.54", "0.71"), pair),
        (right, (high_risk, intervals[0])),
    ):
        assert not engine.verifier.check(Line(text, support_of(facts_said), facts_said)).ok
