"""The small parts of the model's way to a reader: sentences as they stream in, markup, citations, rest after failures."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_llm_injection import clean

from assistant.contract import answer_object
from assistant.llm.endpoint import Endpoint
from assistant.llm.failure import Breaker, EndpointError, failure
from assistant.llm.marks import MarkReader, plain_text
from assistant.llm.opening import with_model
from assistant.llm.splitting import SentenceStream, is_whole
from assistant.llm.words import negations, numerals
from assistant.model import Answer, AssistantError, Status, Wording
from assistant.settings import Settings

DRAFT = "Sure. The OS was 78.5% [Abstract 51]. In Tan et al. it was 8%. [Abstract 2011] Next came\nA line\n\n- two."
SENTENCES = [
    "Sure.",
    "The OS was 78.5% [Abstract 51].",
    "In Tan et al. it was 8%. [Abstract 2011]",
    "Next came",
    "A line",
    "- two.",
]


@given(st.lists(st.integers(1, 30), min_size=1))
def test_sentences_are_the_same_however_the_draft_is_cut(sizes: list[int]) -> None:
    stream, found, at = SentenceStream("Abstract"), [], 0
    for k in range(len(DRAFT)):
        size = sizes[k % len(sizes)]
        found += stream.add(DRAFT[at : at + size])
        at += size
    assert found + stream.end() == SENTENCES


def test_a_sentence_is_whole_with_the_first_character_after_it() -> None:
    stream = SentenceStream("Abstract")
    assert stream.add("The OS was 78.") == []
    assert stream.add("5% [Abstract 51]. ") == ["The OS was 78.5% [Abstract 51]."]
    assert stream.add("It was 8%. ") == []  # a citation may follow
    assert stream.add("[Abstract 54] ") == ["It was 8%. [Abstract 54]"]
    assert stream.add("No end") == []
    assert stream.end() == ["No end"]


def test_thoughts_are_no_part_of_a_draft() -> None:
    stream = SentenceStream("Abstract")
    assert stream.add("<think>Is it 99%? Yes. So") == []
    assert stream.add(" be it.</think>The OS was 78%. Then") == ["The OS was 78%."]
    assert stream.add(" <think>It was 99%.") == []
    assert stream.end() == ["Then"]


def test_a_sentence_without_end_is_cut_off() -> None:
    stream = SentenceStream("Abstract")
    assert sum(len(s) for s in stream.add("word " * 1000)) == 5000


@pytest.mark.parametrize(
    ("sentence", "whole"),
    [("It was 8%.", True), ("It was 8% [Abstract 51].", True), ("It was 8%. [Abstract 51]", True), ("It was 8", False),
     ("It was 8% [Abstract 51]", False)],
)  # fmt: skip
def test_what_a_cut_stream_leaves_is_no_sentence(sentence: str, whole: bool) -> None:
    assert is_whole(sentence) is whole


@pytest.mark.parametrize(
    ("draft", "text"),
    [
        ("**bold** and `code` and _it_", "bold and code and it"),
        ("a [link](https://x.example) here", "a link here"),
        ("an ![image](https://x.example/p.png?q=1) here", "an here"),
        ("<b>bold</b> <script>x()</script>", "bold x()"),
        ("see https://x.example/a?b or www.x.example", "see or"),
        ("## Head", "Head"),
        ("1. one", "one"),
        ("CD7_CAR stays, 5 * 3 too", "CD7_CAR stays, 5 3 too"),
        ("&lt;img src=x&gt;", ""),
        ("\x1b[31mred\u202e\u200b\U000e0041", "red"),
    ],
)
def test_a_draft_is_plain_text(draft: str, text: str) -> None:
    assert " ".join(plain_text(draft).split()) == text


@pytest.mark.parametrize(
    ("sentence", "text", "studies", "unknown"),
    [
        ("It was 8% [Abstract 51].", "It was 8%.", ("51",), ()),
        ("It was 8%. [Abstract 51; Abstract 54]", "It was 8%.", ("51", "54"), ()),
        ("It was 8% (Abstract 51) [54].", "It was 8%.", ("51", "54"), ()),
        ("It was 8% [Abstract 9999].", "It was 8%.", (), ("Abstract 9999",)),
        ("It was 8% (6/7) [Abstract 51].", "It was 8% (6/7).", ("51",), ()),
        ("CRS stands for it [Abbreviations].", "CRS stands for it.", ("",), ()),
    ],
)
def test_citations_are_told_from_words(
    sentence: str, text: str, studies: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    marked = MarkReader(clean().reviews[0]).read(sentence)
    assert (marked.text, marked.studies, marked.unknown) == (text, studies, unknown)


def test_number_words_and_denials_are_seen() -> None:
    assert numerals("seventy-eight of the three-year patients") == "78 of the 3-year patients"
    assert negations("It was not seen, nor without harm; none didn't.") == [
        "not",
        "nor",
        "without",
        "none",
        "n't",
    ]


def test_after_failures_it_rests_longer_and_longer() -> None:
    now = [0.0]
    breaker = Breaker(clock=lambda: now[0])
    assert not breaker.resting
    for rest in (10, 20, 40, 80, 160, 300, 300):
        breaker.failed()
        now[0] += rest - 0.1
        assert breaker.resting
        now[0] += 0.2
        assert not breaker.resting
    breaker.worked()
    breaker.failed()
    now[0] += 10.1
    assert not breaker.resting


def test_a_failure_is_told_without_the_endpoints_words() -> None:
    class Refused(Exception):
        status_code = 401

    assert str(failure(Refused("key s3cret"))) == "the language model refused the key"
    assert str(failure(ModuleNotFoundError("x"))).endswith("pip install 'review-assistant[llm]'")
    assert failure(ConnectionRefusedError()).again_after_s is not None
    wrapped = ValueError("s3cret")
    wrapped.__cause__ = EndpointError("is told")
    assert str(failure(wrapped)) == "the language model is told"
    assert "s3cret" not in str(failure(ValueError("s3cret")))


def test_the_key_comes_from_a_file_and_is_shown_nowhere(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("s3cret\nmore\n", encoding="utf-8")
    settings = Settings(home=tmp_path, llm_url="http://127.0.0.1:9/v1", llm_key_file=tmp_path / "key")
    engine = with_model(clean, settings)
    assert engine.endpoint.key is not None
    assert engine.endpoint.key.get_secret_value() == "s3cret"
    assert "s3cret" not in repr(engine) + repr(engine.endpoint) + repr(settings)
    with pytest.raises(AssistantError, match="cannot be read"):
        with_model(clean, Settings(home=tmp_path, llm_url="http://a/v1", llm_key_file=tmp_path / "none"))
    with pytest.raises(AssistantError, match="No language model"):
        with_model(clean, Settings(home=tmp_path))


def test_an_endpoint_that_rests_is_not_asked() -> None:
    engine = with_model(clean, Settings(llm_url="http://127.0.0.1:9/v1", llm_model="m"))
    question = ["What was the 3-year OS in the GMALL trial?"]
    first, second = engine.ask(question).wording, engine.ask(question).wording
    assert first is not None
    assert second is not None
    assert first.notice == "the language model could not be reached"
    assert second.notice == "the language model failed a moment ago and was not asked"
    assert isinstance(engine.endpoint, Endpoint)


def test_the_reader_is_told_whose_words_they_are() -> None:
    line = Wording("llm", "m", kept=1, replaced=2, left_out=1).line
    assert line == "Wording: 1 of 3 sentences by m, checked."
    assert Wording("llm", "m", kept=1, notice="the language model broke off").line.endswith(
        "; the language model broke off."
    )
    assert Wording("default", "m", notice="it is busy").line == "Wording: this program's; it is busy."
    assert Wording("default", "m").line == ""
    told = answer_object(Answer("?", Status.DECLINED, "No.", wording=Wording("default", "m")))
    assert told["wording"] == {
        "engine": "default",
        "model": "m",
        "kept": 0,
        "replaced": 0,
        "left_out": 0,
        "notice": "",
    }
    assert "wording" not in answer_object(Answer("?", Status.DECLINED, "No."))
