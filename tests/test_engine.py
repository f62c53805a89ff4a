"""The engine from outside: what it takes, which review answers, what it loads; threads may share it."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from asking import CORPUS, REVIEWS, ROOT, dev_items, engine_over

from assistant.engine.engine import MOST_QUESTION_CHARS, Engine, check_question
from assistant.model import AssistantError, Status
from assistant.text.text import tokens

pytestmark = pytest.mark.slow

QUESTION = "What was the 3-year OS in the GMALL trial?"


@pytest.fixture(scope="module")
def engine(assistant_home: Path) -> Engine:
    return engine_over(CORPUS, assistant_home)


@pytest.fixture(scope="module")
def three(assistant_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """An engine over three reviews of three diseases."""
    folder = tmp_path_factory.mktemp("corpus")
    for source in (
        next(p for p in CORPUS.iterdir() if p.is_dir()),
        *(p for p in REVIEWS.iterdir() if p.is_dir()),
    ):
        shutil.copytree(source, folder / source.name)
    return engine_over(folder, assistant_home)


# -- what it takes -----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "   \n", "?!…", "\u200b\u202e", "\x00\x01"])
def test_an_empty_question_is_refused(engine: Engine, text: str) -> None:
    with pytest.raises(AssistantError, match="empty") as error:
        engine.ask([text])
    assert error.value.remedy


def test_no_turn_is_refused(engine: Engine) -> None:
    with pytest.raises(AssistantError, match="no question"):
        engine.ask([])


def test_a_question_of_a_megabyte_is_refused_and_one_at_the_limit_is_read(engine: Engine) -> None:
    with pytest.raises(AssistantError, match="1,000,000 characters"):
        engine.ask(["a" * 1_000_000])
    filler = "Thank you for all your help with this. " * 600
    answer = engine.ask([filler[: MOST_QUESTION_CHARS - len(QUESTION)] + QUESTION])
    assert answer.status in {Status.ANSWERED, Status.DECLINED}


def test_invisible_characters_change_nothing(engine: Engine) -> None:
    plain = engine.ask([QUESTION])
    assert (
        engine.ask(["What was\u200b the 3\u2011year\u00ad OS in the GM\u200bALL\u202e trial?"]).text
        == plain.text
    )
    assert check_question("\u202eabc\u202c") == "abc"


def test_an_unknown_review_is_refused_with_those_there_are(engine: Engine) -> None:
    with pytest.raises(AssistantError, match="no review nowhere") as error:
        engine.ask([QUESTION], review="nowhere")
    assert "t-all-ash-2022" in error.value.remedy


def test_what_a_study_is_shown_with(engine: Engine) -> None:
    for study in engine.reviews[0].studies:
        shown = engine.show(study.id)
        assert shown
        assert all(study.id in p.studies for p in shown)
    assert engine.show("nothing of the sort") == []


def test_facts_and_citations_of_an_answer_belong_together(engine: Engine) -> None:
    for item in dev_items()[::5]:
        answer = engine.ask(item["turns"])
        assert answer.corpus == engine.corpus_hash
        for statement in answer.statements:
            assert all(0 <= n < len(answer.citations) for n in statement.citations)
        for fact, n in answer.facts:
            assert answer.citations[n].passage == fact.passage
            assert answer.citations[n].study == fact.study


# -- several reviews ---------------------------------------------------------------------------------

NAMED = (
    ("What was the 3-year OS in the GMALL trial?", "t-all-ash-2022", "78%"),
    ("Which regimen did Abstract 942 use?", "t-all-ash-2022", "HAG"),
    ("What was the ORR in Abstract 2011?", "t-all-ash-2022", "90%"),
    ("How many patients did Hatta enrol?", "t-all-ash-2022", "62"),
    ("What is the age range in NCT04689659?", "t-all-ash-2022", "2–43"),
    ("How many patients were in Study S-114?", "myeloma-meeting-2024", "138"),
    ("What was the ORR with trovatamab?", "myeloma-meeting-2024", "62.3%"),
    ("18-month OS in the study of Vestergren?", "myeloma-meeting-2024", "74.6%"),
    ("What was the 12-month OS in BRACKENFELL-1?", "myeloma-meeting-2024", "88.9%"),
    ("How many patients were in Poster 642?", "aplastic-anaemia-2025", "198"),
    ("What was the 3-year OS in Poster 1987?", "aplastic-anaemia-2025", "82.4"),
    ("How many patients did the MARLSTONE trial recruit?", "aplastic-anaemia-2025", "204"),
    ("What was the study period of Szymborski-Hale et al.?", "aplastic-anaemia-2025", "2021–2023"),
    ("What does TPO-RA stand for?", "aplastic-anaemia-2025", "thrombopoietin"),
    ("What does PEBL stand for?", "t-all-ash-2022", "protein expression blocker"),
    ("What does RP2D stand for?", "myeloma-meeting-2024", "phase II dose"),
)


@pytest.mark.parametrize(("question", "review", "value"), NAMED)
def test_the_review_that_is_meant_answers(three: Engine, question: str, review: str, value: str) -> None:
    answer = three.ask([question])
    assert answer.status is Status.ANSWERED, answer.text
    assert value in answer.text
    assert {c.review for c in answer.citations} == {review}


def test_a_word_of_one_review_is_no_typing_error_of_another(three: Engine) -> None:
    texts = [p.text for r in three.reviews for p in r.passages]
    words = {t.text for text in texts for t in tokens(text) if re.fullmatch(r"[^\W\d_]{4,}", t.text)}
    assert {"activin", "Lund", "Shen"} <= words  # near to "activity", "lung" and "seen"
    for engine in three._engines.values():
        mended = engine.answerer.reader._mender.mend("the " + " ".join(sorted(words)))
        assert words <= set(mended.split()), engine.review.id


def test_a_sentence_is_quoted_where_words_of_our_own_do_not_hold(three: Engine) -> None:
    question = "What was the 24-week mean haemoglobin rise at the 1.2 mg/kg dose of erlafusp alfa?"
    answer = three.ask([question], "aplastic-anaemia-2025")
    assert answer.status is Status.ANSWERED
    assert "1.1, 1.9 and 2.0 g/dL" in answer.text
    assert [c.study for c in answer.citations] == ["1203"]
    assert answer.statements[0].text.removeprefix("…") in answer.citations[0].quote


def test_a_chosen_review_answers_alone(three: Engine) -> None:
    for review in three.reviews:
        answer = three.ask(["How many patients were enrolled?"], review.id)
        assert {c.review for c in answer.citations} <= {review.id}
    assert three.ask([QUESTION], "myeloma-meeting-2024").status is Status.DECLINED


def test_one_review_says_the_same_alone_and_in_company(three: Engine, engine: Engine) -> None:
    for item in dev_items()[::9]:
        assert three.ask(item["turns"], "t-all-ash-2022").text == engine.ask(item["turns"]).text


# -- what a question loads ---------------------------------------------------------------------------

NEVER = (
    "torch",
    "transformers",
    "sentence_transformers",
    "llama_index",
    "gradio",
    "onnx",
    "onnxscript",
    "pandas",
    "scipy",
)
PROBE = """
import json, sys
from pathlib import Path
from asking import engine_over
engine = engine_over(Path(sys.argv[1]), Path(sys.argv[2]))
for turns in json.loads(sys.stdin.read()):
    engine.ask(turns)
print(json.dumps(sorted({name.split(".")[0] for name in sys.modules})))
"""


def loaded(home: Path, turns: list[list[str]]) -> set[str]:
    """The top-level modules that a fresh process has after these questions."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(CORPUS), str(home)],
        env=os.environ | {"PYTHONPATH": path}, input=json.dumps(turns),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_a_look_up_that_facts_answer_opens_neither_index_nor_encoder(
    engine: Engine, assistant_home: Path
) -> None:
    lookups = [
        [QUESTION],
        ["What was the CR rate in the combination arm of Abstract 4053?"],
        ["How many patients had grade 3 CRS in Abstract 980?"],
    ]
    lookups += [
        ["What was the age range in Abstract 2011?"],
        ["5-year OS in GMALL?"],
        ["Which study had the highest 3-year OS?"],
    ]
    modules = loaded(assistant_home, lookups)
    assert not modules & {*NEVER, "chromadb", "onnxruntime", "tokenizers", "typer", "rich"}


def test_no_question_loads_torch_or_llama_index(assistant_home: Path) -> None:
    # Building an index may load them. One that is open already may have been superseded on the shelf by others.
    engine_over(CORPUS, assistant_home).warm()
    modules = loaded(assistant_home, [i["turns"] for i in dev_items()[::4]])
    assert not modules & set(NEVER)
    assert {"chromadb_rust_bindings", "onnxruntime"} <= modules  # so that the questions were not all look-ups


def test_no_socket_is_opened(assistant_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []

    def refuse(self: socket.socket, *address: object) -> None:
        opened.append(address)
        raise OSError("no network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket.socket, "bind", refuse)
    fresh = engine_over(CORPUS, assistant_home)
    for item in dev_items()[::11]:
        fresh.ask(item["turns"])
    assert not opened


# -- threads -----------------------------------------------------------------------------------------


def test_eight_threads_share_one_engine(engine: Engine, assistant_home: Path) -> None:
    turns = [i["turns"] for i in dev_items()[::6]]
    wanted = [engine.ask(t).text for t in turns]
    fresh = engine_over(CORPUS, assistant_home)  # so that the threads meet it unopened
    with ThreadPoolExecutor(8) as pool:
        for _ in range(3):
            assert [a.text for a in pool.map(fresh.ask, turns)] == wanted
