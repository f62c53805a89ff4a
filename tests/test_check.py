"""What `assistant check` says of statements, one by one, and of whole texts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.check.model import Verdict, worst
from assistant.check.text import Checker
from assistant.corpus.corpus import read_corpus
from assistant.vocabulary.vocabulary import load_vocabulary

ROOT = Path(__file__).resolve().parents[1]
SUPPORTED, CONTRADICTED, NOT_FOUND, NOT_CHECKABLE = (
    Verdict.SUPPORTED,
    Verdict.CONTRADICTED,
    Verdict.NOT_FOUND,
    Verdict.NOT_CHECKABLE,
)

PIECES = (
    "GMALL ", "Abstract 51 ", "[Abstract 54]", "(Abstract 9999) ", "3-year OS ", "was 78% ", "(95% CI 1-2) ", "vs. ", "and ",
    "respectively. ", "not ", "p < 0.05; ", "| ", "\n", "\n\n", "# ", "* ", "{|\n", "|}\n", "<b>", "</td>", "<tr>", "&lt;",
    "[[a|b]]", "grade 3 ", "CRS ", "in 5/10 ", "n = ", "half ", "from 1 to 2 ", "with or without ", "\u202e", "\x00", "''",
)  # fmt: skip


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(read_corpus(ROOT / "corpus", load_vocabulary()).reviews)


def verdict(checker: Checker, text: str) -> Verdict:
    return worst(checker.check(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GMALL: 3-yr OS 78%.", SUPPORTED),
        ("OS at three years reached 78 % in the GMALL trial [Abstract 51].", SUPPORTED),
        ("3-year OS was 78% in Abstract 51 and 93.4% in Abstract 54.", SUPPORTED),
        ("3-year OS was 93.4% in Abstract 51 and 78% in Abstract 54.", CONTRADICTED),
        ("3-year OS was 78% [Abstract 51] and 93.4% [Abstract 54].", SUPPORTED),
        ("In GMALL, the 3-year OS was 68% for all patients.", CONTRADICTED),
        ("The 3-year OS was 68% (Abstract 51).", CONTRADICTED),
        ("In GMALL, 78% of the patients received SCT.", NOT_CHECKABLE),
        ("In GMALL the 3-year OS was 78% [Abstract 51], and 68% of all patients had an SCT.", NOT_CHECKABLE),
        ("5-year OS in GMALL was 71%.", NOT_FOUND),
        ("In Abstract 9999 the CR rate was 40%.", NOT_FOUND),
        ("In GMALL the 3-year OS was not 78%.", CONTRADICTED),
        ("In Abstract 54, 3-year EFS was 93.4%.", CONTRADICTED),
        ("In GMALL, 281 patients died.", NOT_FOUND),
        ("In GMALL, 281 children were enrolled.", CONTRADICTED),
        ("In Abstract 1414 the CRc rate was 85.7% (12/14).", CONTRADICTED),
        ("In Abstract 54 about 93% were alive at 3 years.", SUPPORTED),
        ("In Abstract 54 the 3-year OS was 93%.", CONTRADICTED),
        ("In Abstract 4053 the CR rates differed significantly (62% vs 40%).", CONTRADICTED),
    ],
)
def test_a_figure_is_judged_with_all_that_qualifies_it(
    checker: Checker, text: str, expected: Verdict
) -> None:
    assert verdict(checker, text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Abstract 4053 was a retrospective study.", SUPPORTED),
        ("Abstract 4053 was a prospective study.", CONTRADICTED),
        ("Abstract 1995 was a phase III trial.", CONTRADICTED),
        ("NS7CAR cells were made without additional genetic manipulation.", SUPPORTED),
        ("NS7CAR cells were made with additional genetic manipulation.", CONTRADICTED),
        ("In a xenograft model, PCART7-CD3 PEBL showed an increased risk of GvHD.", CONTRADICTED),
        ("In a xenograft model, PCART7-CD3 PEBL showed a reduced risk of GvHD.", SUPPORTED),
        ("Nelarabine should be offered to every patient.", NOT_CHECKABLE),
    ],
)
def test_words_are_judged_where_they_can_be(checker: Checker, text: str, expected: Verdict) -> None:
    assert verdict(checker, text) is expected


def test_the_study_goes_on_to_the_next_statement(checker: Checker) -> None:
    first, second = checker.check("Hatta et al. enrolled 62 patients. The 3-year OS was 93.4%.")
    assert (first.verdict, second.verdict) == (SUPPORTED, SUPPORTED)
    assert {c.study for c in second.citations} == {"54"}


def test_a_contradiction_quotes_what_the_review_says_and_where(checker: Checker) -> None:
    (one,) = checker.check("In GMALL the 3-year OS was 87%.")
    assert "78%" in one.reason
    assert one.citations
    assert all("78%" in c.quote for c in one.citations)


@pytest.mark.parametrize(
    "text",
    [
        "## GMALL\n\n- 3-year OS: **78%**\n",
        "== GMALL ==\n* 3-year OS: '''78%'''<ref>Abstract 51</ref>\n",
        "<h2>GMALL</h2><ul><li>3-year OS: <b>78</b>&nbsp;%</li></ul>",
        "| Study | 3-year OS |\n|---|---|\n| GMALL | 78% |\n",
        '{| class="wikitable"\n! Study !! 3-year OS\n|-\n| GMALL || 78%\n|}\n',
        "<table><tr><th></th><th>GMALL</th></tr>\n<tr><td>3-year OS</td><td>78%</td></tr></table>",
    ],
)
def test_markup_is_read_through_and_offsets_are_those_of_the_text(checker: Checker, text: str) -> None:
    (one,) = checker.check(text)
    assert one.verdict is SUPPORTED
    assert one.text == text[one.start : one.end]
    assert "78" in one.text
    (wrong,) = checker.check(text.replace("78", "87"))
    assert wrong.verdict is CONTRADICTED


@given(st.lists(st.sampled_from(PIECES), max_size=25), st.text(max_size=30))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_judged_and_its_offsets_hold(checker: Checker, pieces: list[str], noise: str) -> None:
    text = "".join(pieces) + noise
    at = 0
    for one in checker.check(text):
        assert at <= one.start < one.end <= len(text)
        assert one.text == text[one.start : one.end]
        assert one.reason
        at = one.end


def test_a_sentence_is_judged_alone_with_the_study_meant(checker: Checker) -> None:
    assert checker.sentence("The 3-year EFS was 88.6%.", "54").verdict is SUPPORTED
    assert checker.sentence("The 3-year EFS was 88.6%.", "51").verdict is CONTRADICTED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PCART7-CD3 PEBL was tested in patients and reduced GvHD (Abstract 975).", NOT_CHECKABLE),
        ("In patients, PCART7-CD3 PEBL showed minimal fratricide (Abstract 975).", NOT_CHECKABLE),
        ("PCART7-CD3 PEBL showed minimal fratricide in a xenograft model (Abstract 975).", SUPPORTED),
    ],
)
def test_what_was_seen_in_the_laboratory_is_not_said_of_patients(
    checker: Checker, text: str, expected: Verdict
) -> None:
    assert verdict(checker, text) is expected
