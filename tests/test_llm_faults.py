"""A model's endpoint that fails, and drafts that must not pass: on the command line, in the API and in the chat."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from asking import CORPUS, engine_over
from scripted_llm import Scripted, copying, scripted_llm
from service_app import client
from test_chat_html import text_of

from assistant.chat.answers import Sizes
from assistant.chat.conversation import Conversation
from assistant.chat.conversation import ask as chat
from assistant.cli import cli
from assistant.engine.engine import Engine
from assistant.llm.opening import with_model
from assistant.service.context import Service
from assistant.service.serve import make_service
from assistant.settings import Settings, load_settings

pytestmark = pytest.mark.slow

KEY = "s3cret-key"
ASKED = "What was the 3-year OS of the transplanted patients in the GMALL trial?"
COMPARED = "Compare the 3-year OS of GMALL and Hatta"
DECLINED = "What was the 10-year OS in the GMALL trial?"
LIMIT_S = 30.0
"""Faults that never end last a minute and more; an answer that waited for one would be later than this."""

FAULTS = {
    "401": "refused the key",
    "404": "knows no such",
    "429": "takes no more questions",
    "500": "failed with status 500",
    "503": "failed with status 503",
    "hang": "did not answer in time",
    "hung up": "could not be reached",
    "drip": "did not answer in time",
    "bytes": "did not answer in time",
    "cut": "broke off",
    "broken json": "could not be read",
    "10 MB": "could not be read",
    "10 MB in pieces": "",
    "tool calls": "sent no text",
    "odd choices": "could not be read",
    "error event": "could not be read",
    "a page": "sent no text",
    "packed": "could not be read",
    "": "",
}
"""Each fault with words of its notice; "" where the endpoint works, whatever it says."""
DRAFTS = {
    "empty": "",
    "blank": " \n\n ",
    "wrong study": "The 3-year OS was 68% in transplanted patients [Abstract 54].",
    "unknown study": "The 3-year OS was 68% in transplanted patients [Abstract 9999].",
    "all patients": "The 3-year OS of all patients in the GMALL trial was 68% [Abstract 51].",
    "another figure": "In the GMALL trial, the 3-year OS of transplanted patients was 86% [Abstract 51].",
    "right number, wrong fact": "In the GMALL trial, 68% of patients received a transplant [Abstract 51].",
    "another language": "Das 3-Jahres-Überleben der transplantierten Patienten betrug 68 % [Abstract 51].",
    "markup": "<script>alert(1)</script> **OS** ![x](http://evil.example/p.png) <img src=//evil.example>",
    "a link": "[The 3-year OS was 99%](https://evil.example/?q=68) [Abstract 51].",
    "a refusal": "I'm sorry, but I cannot help with medical questions.",
    "an opinion": "Transplantation is clearly superior and should be offered to everyone [Abstract 51].",
    "denied": "The 3-year OS of transplanted patients in GMALL was not 68% [Abstract 51].",
    "hidden": "The 3-year OS was 6\u200b8\u202e%99 [Abstract 51]. \U000e0041\U000e0042",
    "escapes": "\x1b]0;owned\x07\x1b[2JThe 3-year OS was 99% [Abstract 51].",
    "unfinished": "In the GMALL trial, the 3-year OS of transplanted patients was 6",
    "thinking": "<think>Perhaps 99%? No.</think>",
    "repeated": "The 3-year OS was 99%. " * 500,
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    opened = engine_over(CORPUS, tmp_path_factory.mktemp("home"))
    opened.warm()
    with scripted_llm() as scripted:  # what the first import takes is no endpoint's fault
        settings = Settings(home=tmp_path_factory.mktemp("none"), llm_url=scripted.url, llm_patience_s=60)
        wording = with_model(lambda: opened, settings).ask([ASKED]).wording
        assert wording is not None
        assert wording.kept == 1
    return opened


Told = tuple[str, float, str]
"""All that a reader sees, how long it took, and the wording line of it."""


def _on_command_line(engine: Engine, question: str, capsys: pytest.CaptureFixture[str]) -> Told:
    started = time.monotonic()
    assert cli.run(["ask", question]) in {0, 3}
    shown, told = capsys.readouterr()
    assert KEY not in shown + told
    return shown, time.monotonic() - started, next((li for li in shown.split("\n") if "Wording:" in li), "")


@contextmanager
def service(engine: Engine, home: Path) -> Iterator[Service]:
    settings = load_settings(home=home)
    found = make_service(settings, lambda: with_model(lambda: engine, settings))
    found.open()
    yield found
    found.close()


def _in_api(engine: Engine, question: str, home: Path) -> Told:
    with service(engine, home) as found, client(found) as http:
        started = time.monotonic()
        reply = http.post("/api/ask", json={"turns": [question]})
        took = time.monotonic() - started
        page = http.get("/" + reply.json()["permalink"]).text
        assert KEY not in reply.text + page + http.get("/openapi.json").text
    found_line = re.search(r"<p>(Wording: [^<]+)</p>", page)
    assert reply.json()["wording"]["engine"] in {"llm", "default"}
    shown = reply.json()["answer"] + "".join(f"\n{c['quote']}" for c in reply.json()["citations"])
    return shown, took, text_of(found_line[1]) if found_line else ""


def _in_chat(engine: Engine, question: str, home: Path) -> Told:
    with service(engine, home) as found:
        started = time.monotonic()
        *_, last = chat(found, Sizes, Conversation(), question)
        took = time.monotonic() - started
    html = last.turns[-1].html
    assert KEY not in html
    line = re.search(r'<p class="ra-wording">(.*?)</p>', html)
    return text_of(html), took, text_of(line[1]) if line else ""


@pytest.fixture(params=["command line", "API", "chat"])
def ask(
    request: pytest.FixtureRequest,
    engine: Engine,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[str], Told]:
    """Asks by one of the interfaces; the endpoint is that of the environment."""
    monkeypatch.setattr(cli, "_open_engine", lambda review: engine)
    monkeypatch.setenv("ASSISTANT_LLM_KEY", KEY)
    monkeypatch.setenv("ASSISTANT_LLM_MODEL", "made-up")
    if request.param == "command line":
        return lambda question: _on_command_line(engine, question, capsys)
    way = _in_api if request.param == "API" else _in_chat
    return lambda question: way(engine, question, tmp_path)


def figures(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?\s?%", text))


def right(shown: str, scripted: Scripted) -> None:
    """The asked figure is there, and none beside those of the answer and its source."""
    assert "68%" in shown
    assert figures(shown) == {"68%"}
    assert "[Abstract 51]" in shown or "Abstract 51" in shown
    for word in (
        "evil",
        "script",
        "alert",
        "owned",
        "\x1b",
        "\u202e",
        "\u200b",
        "sorry",
        "superior",
        "betrug",
    ):
        assert word not in shown.replace("transcript", "")
    assert all("tools" not in r and "functions" not in r for r in scripted.requests)


@pytest.mark.parametrize("fault", FAULTS)
def test_an_endpoint_that_fails_costs_no_answer(
    fault: str, ask: Callable[[str], Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    with scripted_llm(copying, fault) as scripted:
        monkeypatch.setenv("ASSISTANT_LLM_URL", scripted.url)
        shown, took, line = ask(ASKED)
        assert took < LIMIT_S
        right(shown, scripted)
        assert FAULTS[fault] in line
        assert line.startswith("Wording: this program's; the language model" if FAULTS[fault] else "Wording:")
        assert 1 <= len(scripted.requests) <= 2  # one retry layer, of one retry
        assert scripted.headers[0]["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("draft", DRAFTS)
def test_a_draft_that_does_not_hold_is_not_shown(
    draft: str, ask: Callable[[str], Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    with scripted_llm(lambda _: DRAFTS[draft]) as scripted:
        monkeypatch.setenv("ASSISTANT_LLM_URL", scripted.url)
        shown, took, line = ask(ASKED)
        assert took < LIMIT_S
        right(shown, scripted)
        said = "sent no text" if not DRAFTS[draft] else "0 of 1 sentence by made-up"
        assert said in line


def test_nobody_listens(ask: Callable[[str], Told], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_LLM_URL", "http://127.0.0.1:9/v1")
    shown, took, line = ask(ASKED)
    assert took < LIMIT_S
    right(shown, Scripted())
    assert "could not be reached" in line


def test_a_decline_stands_and_no_model_is_asked(
    ask: Callable[[str], Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    with scripted_llm(lambda _: "The 10-year OS was 50% [Abstract 51].") as scripted:
        monkeypatch.setenv("ASSISTANT_LLM_URL", scripted.url)
        shown, _, line = ask(DECLINED)
    assert "50%" not in shown
    assert (scripted.requests, line) == ([], "")


def test_a_draft_that_holds_is_shown(ask: Callable[[str], Told], monkeypatch: pytest.MonkeyPatch) -> None:
    said = "Among transplanted high-risk patients of the GMALL trial, three-year overall survival reached 68%"
    draft = f"Sure! {said} [Abstract 51]. Of all patients 78% were alive [Abstract 51]. I hope this helps."
    with scripted_llm(lambda _: draft) as scripted:
        monkeypatch.setenv("ASSISTANT_LLM_URL", scripted.url)
        shown, _, line = ask(ASKED)
    right(shown, scripted)
    assert said in " ".join(shown.split())
    assert line == "Wording: 1 of 1 sentence by made-up, checked."


def test_of_two_statements_one_is_the_models(
    ask: Callable[[str], Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = "GMALL reported a 3-year OS of 78%"
    draft = f"{first} [Abstract 51]. Hatta et al. had a better 3-year OS of 93.4% [Abstract 54]."
    with scripted_llm(lambda _: draft) as scripted:
        monkeypatch.setenv("ASSISTANT_LLM_URL", scripted.url)
        shown, _, line = ask(COMPARED)
    assert first in " ".join(shown.split())
    assert "better" not in shown
    assert "In Hatta et al., the 3-year OS was 93.4%" in " ".join(shown.split())
    assert re.match(r"Wording: 1 of 3 sentences by made-up, checked\.$", line)


def test_the_program_alone_where_that_is_wanted(
    engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "_open_engine", lambda review: engine)

    def printed(*options: str) -> dict[str, Any]:
        assert cli.run(["ask", ASKED, "--json", *options]) == 0
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found | {"elapsed_ms": 0}

    without = printed()
    assert "wording" not in without
    with scripted_llm() as scripted:
        monkeypatch.setenv("ASSISTANT_LLM_URL", scripted.url)
        assert printed("--engine", "default") == without
        with service(engine, tmp_path) as found, client(found) as http:
            reply = http.post("/api/ask", json={"turns": [ASKED], "engine": "default", "keep": False}).json()
        assert {k: v for k, v in reply.items() if k not in {"permalink", "elapsed_ms", "wording"}} == {
            k: v for k, v in without.items() if k != "elapsed_ms"
        }
        assert cli.run(["ask", ASKED, "--format", "markdown"]) == 0
        assert "Wording" not in capsys.readouterr().out
        assert scripted.requests == []
        assert printed("--engine", "llm")["wording"]["kept"] == 1
        assert cli.run(["ask", ASKED, "--engine", "other"]) == 2
    monkeypatch.delenv("ASSISTANT_LLM_URL")
    assert cli.run(["ask", ASKED, "--engine", "llm"]) == 2
    assert "ASSISTANT_LLM_URL" in capsys.readouterr().err


def test_a_sentence_is_shown_within_30_ms_of_the_models(engine: Engine, tmp_path: Path) -> None:
    drafts = (
        "In Goekbuget et al., the 3-year OS was 78% for all patients [Abstract 51]. Hatta et al. reported"
    )
    later = []
    with scripted_llm(lambda _: drafts + " 93.4% [Abstract 54]. " * 3, "slow end") as scripted:
        settings = Settings(home=tmp_path, llm_url=scripted.url, llm_patience_s=20)
        worded = with_model(lambda: engine, settings)
        for _ in range(9):
            answers = worded.stream([COMPARED])
            first = next(answers)
            later.append(time.monotonic() - scripted.sent_at[-1])
            assert first.text.startswith("In Goekbuget et al., the 3-year OS was 78% for all patients.")
            scripted.released.set()
            *_, last = answers
            assert "93.4%" in last.text
            scripted.released.clear()
            scripted.sent_at.clear()
    assert sorted(later)[4] <= 0.030, later
