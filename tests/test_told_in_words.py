"""Questions whose noun and verb demand a sentence of a certain kind, and those beside them that no sentence answers."""

from __future__ import annotations

import pytest
from fact_lines import VOCABULARY
from one_trial import REFERENCE

from assistant.corpus.corpus import read_review
from assistant.engine.engine import Engine, open_engine
from assistant.model import Status
from assistant.settings import Settings

PROSE = (
    "BOREAL tested alphacar, a cell product, in adults with lymphoma (Study T-1) [1]. "
    "It enrolled 40 adults with lymphoma, all of whom had a 13q deletion, and gave six cycles of alphacar. "
    "Cord blood cells were the source of alphacar. "
    "In a mouse model, alphacar showed little neurotoxicity and a lower risk of GvHD. "
    "The variants R120W and K77N had lost the kinase activity although downstream signalling went on. "
    "The overall response rate was 55%.\n\n"
    "Frail patients were the population of AUSTER (Study T-2) [1]. "
    "The trial randomized 80 patients with a frailty score above 3 to betamab or placebo. "
    "After the first cycle of treatment, the overall response rate was 20%."
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    corpus = tmp_path_factory.mktemp("told")
    folder = corpus / "corpus" / "told"
    folder.mkdir(parents=True)
    (folder / "review.md").write_text(
        f'---\ntitle: "Two trials"\nstudy_label: Study\n---\n# Results\n\n{PROSE}\n', encoding="utf-8"
    )
    (folder / "references.bib").write_text(REFERENCE, encoding="utf-8")
    assert read_review(folder, VOCABULARY).studies
    return open_engine(Settings(corpus=corpus / "corpus", home=corpus / "home"), notify=lambda _: None)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("From which cells is alphacar made?", "Cord blood cells"),
        ("Which chromosomal aberration did patients need to enter Study T-1?", "13q deletion"),
        ("In the mouse model of Study T-1, how did it do regarding neurotoxicity and GvHD?", "lower risk"),
        ("Which of the variants in Study T-1 are kinase-dead but still signal downstream?", "R120W and K77N"),
        ("How did they define frail in Study T-2?", "frailty score above 3"),
        ("What was the treatment schedule of Study T-1?", "six cycles"),
    ],
)
def test_the_sentence_that_is_demanded_is_quoted(engine: Engine, question: str, told: str) -> None:
    answer = engine.ask([question])
    assert answer.status is Status.ANSWERED
    assert told in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "From which cells is betamab made in Study T-2?",
        "What was the treatment schedule of Study T-2?",
    ],
)
def test_what_no_sentence_tells_is_declined(engine: Engine, question: str) -> None:
    assert engine.ask([question]).status is Status.DECLINED
