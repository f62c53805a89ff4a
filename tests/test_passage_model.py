"""The shipped model that says how well a passage answers a question."""

from __future__ import annotations

import csv

import pytest
from asking import CORPUS

from assistant.corpus.corpus import read_corpus
from assistant.model import AssistantError, Kind
from assistant.retrieval.passage_model import WEIGHTS, OnnxPassageModel, beside
from assistant.vocabulary.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def model() -> OnnxPassageModel:
    return OnnxPassageModel()


@pytest.fixture(scope="module")
def review():
    (found,) = read_corpus(CORPUS, load_vocabulary()).reviews
    return found


def test_a_passage_stands_beside_its_study_and_what_that_gave(review):
    cell = next(p for p in review.passages if p.locator.kind is Kind.CELL and p.locator.row == "NCT No")
    study = next(s for s in review.studies if s.id == cell.studies[0])
    text = beside(review, cell)
    assert text.startswith(f"{study.label} ({study.name.removesuffix(' et al.')}; ")
    assert text.endswith(cell.quote)
    background = next(p for p in review.passages if p.locator.kind is Kind.SENTENCE and not p.studies)
    assert beside(review, background) == f"{background.locator.section}. {background.text}"


@pytest.mark.slow
def test_a_score_depends_on_no_other_text(model):
    question = "Why were the cells not made from the donor's own?"
    texts = [
        "Study 1 (Moreau; XY-12): CR was reached by 80% of patients.",
        "Study 1 (Moreau; XY-12): Because the donor could not be reached, cells of a third party were used.",
        "Study 2 (Costa; placebo): Phase: II",
    ]
    whole = model.read(question, texts)
    assert whole == [model.read(question, [text])[0] for text in texts]
    assert max(whole, key=lambda seen: seen.score) is whole[1]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("What share of those given vorasib responded?", "61.4"),
        ("response rate of the controls?", "38.2"),
        ("how long were they followed up", "14.2"),
        ("how many people were enrolled in all", "180"),
    ],
)
def test_it_points_to_the_number_asked_for(model, question, number):
    text = (
        "Study 1 (Moreau; Vorasib): Of 180 patients followed up for a median of 14.2 months, 61.4% responded "
        "to vorasib and 38.2% to placebo (p = 0.004)."
    )
    (seen,) = model.read(question, [text])
    start, _ = max(seen.figures, key=lambda figure: figure[1])
    assert text[start:].startswith(number)


@pytest.mark.slow
def test_it_finds_what_short_forms_stand_for_in_a_review_it_never_saw(model, review):
    with (CORPUS / review.id / "abbreviations.csv").open(encoding="utf-8") as lines:
        short = [row[0] for row in csv.reader(lines)][1:]
    passages = [p for p in review.passages if p.locator.kind is not Kind.COLUMN]
    texts = [beside(review, p) for p in passages]
    asked = short[::4]
    right = 0
    for form in asked:
        scores = [seen.score for seen in model.read(f"what does {form} stand for", texts)]
        best = passages[scores.index(max(scores))]
        right += best.locator.kind is Kind.ABBREVIATION and best.text.startswith(form)
    assert len(asked) > 3
    assert right >= 0.7 * len(asked)


def test_the_weights_are_small_enough_to_ship():
    assert 10_000_000 < WEIGHTS.stat().st_size < 30_000_000


def test_the_weights_say_nothing_of_the_machine_that_wrote_them():
    written = WEIGHTS.read_bytes()
    assert b"site-packages" not in written
    assert b".py" not in written


def test_damaged_weights_are_refused(tmp_path):
    weights = tmp_path / "passages.onnx"
    weights.write_bytes(WEIGHTS.read_bytes()[:-1])
    weights.with_suffix(".sha256").write_text(WEIGHTS.with_suffix(".sha256").read_text())
    with pytest.raises(AssistantError, match="is damaged"):
        OnnxPassageModel(weights).read("What?", ["CR: 80%"])
    with pytest.raises(AssistantError, match="is missing"):
        OnnxPassageModel(tmp_path / "none.onnx").read("What?", ["CR: 80%"])
