"""No answer without a figure, or without one of the sort asked, where a question plainly asks for it."""

from __future__ import annotations

import pytest

from assistant.answer.figures import lacks_figure

LACKING = [
    ("hiccups on the drug, %", "Hiccups were more frequent with the drug than without.", True),
    ("how many stopped it because of hiccups", "Hiccups led some patients to stop.", True),
    ("response rate in percent", "In Doe et al., a response was reported in 12 patients.", False),
    ("drug A starting dose in mg", "Patients aged 70 years or older were given drug A.", True),
    ("confidence interval of the survival", "In Doe et al., the survival was 64%.", False),
    ("range of days to recovery", "Neutrophils recovered after a median of 16 days.", True),
    ("median day of onset", "In Doe et al., fever was reported in 16 patients.", False),
    ("median weeks to the last dose", "Most of the patients had the dose reduced at 3 weeks.", True),
    ("how long did it last", "In Doe et al., fever was reported in 16 patients.", False),
]
GIVEN = [
    ("hiccups on the drug, %", "Hiccups were seen in half of the patients.", True),
    ("how many stopped it because of hiccups", "No patient stopped it.", True),
    ("was the number of hiccups higher with the drug?", "Hiccups were more frequent with the drug.", True),
    ("response rate in percent", "In Doe et al., a response was reported in 12 of 20 patients.", False),
    ("deaths on 5 mg twice daily", "In Doe et al., the deaths rate was 21%.", False),
    ("95% CI of the odds ratio", "In Doe et al., the OR was 1.4 (CI 1.1-1.9).", False),
    ("lower limit of kidney function", "A clearance below 40 mL/min was not allowed.", True),
    ("median day of recovery", "In Doe et al., the recovery was 15 days.", False),
    ("how long did it last", "Fever lasted for 3 days.", True),
    ("median units given? and deaths in that arm?", "In Doe et al., the mortality rate was 9%.", False),
]


@pytest.mark.parametrize(("question", "told", "quoted"), LACKING)
def test_an_answer_without_what_is_asked(question: str, told: str, quoted: bool) -> None:
    assert lacks_figure(question, told, quoted)


@pytest.mark.parametrize(("question", "told", "quoted"), GIVEN)
def test_an_answer_that_has_it(question: str, told: str, quoted: bool) -> None:
    assert not lacks_figure(question, told, quoted)
