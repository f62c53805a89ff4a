"""The questions a passage model is trained on, and that a network is trained and written."""

import json
from pathlib import Path

import numpy as np
import pytest

from eval.training.examples import QUESTIONS, Asked, key_of, question_of, read_all, read_asked, texts_of
from eval.training.negatives import with_negatives


@pytest.fixture(scope="module")
def made_up():
    from assistant.corpus.corpus import read_review
    from assistant.vocabulary.vocabulary import load_vocabulary

    return read_review(Path(__file__).parent / "reviews" / "complement-2025", load_vocabulary())


def test_every_question_names_places_of_its_review():
    read = read_all()
    asked = [a for questions, _ in read for a in questions]
    assert len(read) == len(list(QUESTIONS.glob("*.jsonl"))) > 30
    assert 0.3 < sum(not a.answers for a in asked) / len(asked) < 0.5
    assert all(a.text.strip() and not set(a.answers) & set(a.near) for a in asked)


def test_the_review_that_ships_is_not_trained_on():
    shipped = {p.name for p in (Path(__file__).parents[1] / "corpus").iterdir() if p.is_dir()}
    assert shipped
    assert not shipped & {p.stem for p in QUESTIONS.glob("*.jsonl")}


def test_a_place_the_review_lacks_is_refused(tmp_path, made_up):
    passages, _ = texts_of(made_up)
    path = tmp_path / "q.jsonl"
    good = {"turns": ["What is asked?"], "answers": [list(key_of(passages[0]))]}
    path.write_text(json.dumps(good) + "\n", "utf-8")
    assert read_asked(path, passages, made_up.id)[0].answers[0] == 0
    path.write_text(json.dumps(good | {"answers": [["", "Table 9, No row"]]}) + "\n", "utf-8")
    with pytest.raises(ValueError, match="Table 9, No row"):
        read_asked(path, passages, made_up.id)


def test_a_conversation_is_asked_by_its_last_two_turns():
    assert question_of(["a?", "b?", "c?"]) == "b? c?"
    assert question_of(["a?"]) == "a?"


def test_wrong_texts_are_the_likest_by_words_and_meaning_and_never_the_right_one():
    texts = ["OS was 70%", "OS was 80% at 3 years", "the donor was a sibling"]
    vectors = np.eye(3, dtype=np.float32)
    asked = [Asked("r", "OS at 3 years?", (1,), ())]
    (found,) = with_negatives(asked, texts, vectors[:1], vectors)
    assert found.hard == (0, 2)


@pytest.mark.slow
def test_a_step_of_training_is_written_and_read_by_the_assistant(tmp_path):
    from assistant.retrieval.passage_model import OnnxPassageModel
    from eval.training.exporting import export
    from eval.training.fit import train

    kept = "complement-2025"
    held = frozenset(p.stem for p in QUESTIONS.glob("*.jsonl") if p.stem != kept)
    export(train(1, 0, held, steps=2), tmp_path / "w" / "passages.onnx")
    scores = OnnxPassageModel(tmp_path / "w" / "passages.onnx").scores(
        "Who was treated?", ["Adults were.", "n"]
    )
    assert len(scores) == 2
    assert np.isfinite(scores).all()
    assert (tmp_path / "w" / "passages.onnx").stat().st_size < 40_000_000
