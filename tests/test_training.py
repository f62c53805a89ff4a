"""The questions a passage model is trained on, and that a network is trained and written."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from assistant.model import Kind
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
    passages, texts = texts_of(made_up)
    path = tmp_path / "q.jsonl"
    good = {"turns": ["What is asked?"], "answers": [list(key_of(passages[0]))]}
    path.write_text(json.dumps(good) + "\n", "utf-8")
    assert read_asked(path, passages, texts, made_up.id)[0].answers[0] == 0
    path.write_text(json.dumps(good | {"answers": [["", "Table 9, No row"]]}) + "\n", "utf-8")
    with pytest.raises(ValueError, match="Table 9, No row"):
        read_asked(path, passages, texts, made_up.id)


def test_a_figure_is_noted_where_its_number_starts(tmp_path, made_up):
    passages, texts = texts_of(made_up)
    n = next(n for n, t in enumerate(texts) if passages[n].locator.kind is Kind.SENTENCE and t.count("%") > 1)
    share = re.findall(r"\d+(?:\.\d+)?%", texts[n])[-1]
    path = tmp_path / "q.jsonl"
    rows = [
        {"turns": ["How many?"], "figures": [[*key_of(passages[n]), share]], "near": []},
        {"turns": ["How many?"], "answers": [[*key_of(passages[n]), share]]},
        {"turns": ["What then?"], "answers": [list(key_of(passages[n]))]},
        {"turns": ["What else?"], "figures": [], "near": []},
        {"turns": ["What else?"], "answers": []},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    after, within, words, untold, unanswered = read_asked(path, passages, texts, made_up.id)
    for asked in (after, within):
        assert asked.pointed
        assert all(texts[n].startswith(share, start) for start in asked.figures[n])
    assert (words.placed, words.pointed) == (True, False)  # figures there may answer too
    assert (untold.placed, untold.pointed) == (False, True)  # words may answer
    assert (unanswered.placed, unanswered.pointed) == (True, True)


def test_a_cell_is_named_by_its_column_where_its_row_has_several(tmp_path, made_up):
    passages, texts = texts_of(made_up)
    cell = next(n for n, p in enumerate(passages) if p.locator.kind is Kind.CELL)
    study, place = key_of(passages[cell])
    path = tmp_path / "q.jsonl"
    column = passages[cell].locator.column
    path.write_text(json.dumps({"turns": ["?"], "answers": [[study, f"{place}, {column}"]]}) + "\n", "utf-8")
    assert read_asked(path, passages, texts, made_up.id)[0].answers == (cell,)


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
    export(train(2, 0, held), tmp_path / "w" / "passages.onnx")
    texts = ["Adults were.", "n", "All 31 of them and 5 others"]
    seen = OnnxPassageModel(tmp_path / "w" / "passages.onnx").read("Who was treated?", texts)
    assert np.isfinite([s.score for s in seen]).all()
    assert [[start for start, _ in s.figures] for s in seen] == [[], [], [4, 19]]
    assert (tmp_path / "w" / "passages.onnx").stat().st_size < 40_000_000
