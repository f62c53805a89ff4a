"""What the HTTP API takes and gives, and the pages beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import fake_engine
import httpx
import pytest
from service_app import ASK, client, open_service

from assistant.contract import answer_object
from assistant.service import pages, shapes
from assistant.service.context import Service
from assistant.service.gate import Gate
from assistant.service.limits import COMMENT_CHARS, QUESTION_CHARS, TURNS
from assistant.service.store import Kept, Source


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return open_service(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def web(service: Service) -> Iterator[httpx.Client]:
    with client(service) as found:
        yield found


def permalink(web: httpx.Client, question: str = ASK["turns"][0]) -> str:
    return str(web.post("/api/ask", json={"turns": [question]}).json()["permalink"])


# -- asking -----------------------------------------------------------------------------------------


def test_an_answer_is_the_contracts_object_and_where_it_is_kept(web: httpx.Client) -> None:
    reply = web.post("/api/ask", json=ASK | {"id": "x-1"})
    assert reply.status_code == 200
    body = reply.json()
    kept = body.pop("permalink")
    assert re.fullmatch(r"a/[a-z2-9]{20}", kept)
    assert body == answer_object(fake_engine.Engine().ask(ASK["turns"]), "x-1")
    shapes.AnswerOut.model_validate(body | {"permalink": kept})


def test_earlier_turns_reach_the_engine(web: httpx.Client) -> None:
    reply = web.post("/api/ask", json={"turns": ["One?", "Two?", "Three?"]})
    assert reply.json()["answer"].startswith("Turn 3:")


def test_a_decline_is_an_answer(web: httpx.Client) -> None:
    reply = web.post("/api/ask", json={"turns": ["decline this"]})
    assert (reply.status_code, reply.json()["status"]) == (200, "declined")


def test_what_is_not_to_be_kept_is_not(web: httpx.Client) -> None:
    reply = web.post("/api/ask", json={"turns": ["Is this one kept?"], "keep": False})
    assert reply.json()["permalink"] is None


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"turns": []}, 422, "turns"),
        ({"turns": [""]}, 422, "turns.0"),
        ({"turns": [" \t"]}, 422, "empty"),
        ({"turns": ["?!…"]}, 422, "empty"),
        ({"turns": ["\u200b\u202e"]}, 422, "empty"),
        ({"turns": ["a\u0000b"]}, 422, "U+0000"),
        ({"turns": ["\u001b[31mred"]}, 422, "U+001B"),
        ({"turns": ["x" * (QUESTION_CHARS + 1)]}, 422, str(QUESTION_CHARS)),
        ({"turns": ["x?"] * (TURNS + 1)}, 422, str(TURNS)),
        ({"turns": "x"}, 422, "turns"),
        ({"turns": [1]}, 422, "turns.0"),
        ({"turns": ["x"], "id": 1.5}, 422, "id"),
        ({"turns": ["x"], "id": True}, 422, "id"),
        ({"turns": ["x"], "review": "nope"}, 422, "t-all-ash-2022"),
        ({"turns": ["x"], "more": 1}, 422, "more"),
        ({}, 422, "turns"),
        ([], 422, ""),
        (None, 422, ""),
        ({"turns": ["refuse this"]}, 503, "refused"),
    ],
)
def test_what_cannot_be_asked_is_told(web: httpx.Client, body: object, status: int, words: str) -> None:
    reply = web.post("/api/ask", json=body)
    assert reply.status_code == status, reply.text
    assert set(reply.json()) == {"error", "remedy"}
    assert words in reply.text


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"turns": [NaN]}', b"1" * 5000, b'{"turns": ["\\ud800"]}',
     b'{"\\ud800": 1}', b'{"turns": [1e999]}', b"null", b'"x"', b'{"turns":["x"],"id":"\\udfff"}'],
)  # fmt: skip
def test_what_is_no_proper_json_is_refused(web: httpx.Client, raw: bytes) -> None:
    reply = web.post("/api/ask", content=raw, headers={"content-type": "application/json"})
    assert reply.status_code in {400, 422}
    assert set(reply.json()) == {"error", "remedy"}


def test_json_that_is_not_declared_as_such_is_told(web: httpx.Client) -> None:
    reply = web.post("/api/ask", content=json.dumps(ASK), headers={"content-type": "text/plain"})
    assert reply.status_code == 422
    assert reply.json()["remedy"] == "Send content-type: application/json."
    declared = web.post("/api/ask", content=json.dumps(ASK), headers={"content-type": "application/json"})
    assert declared.status_code == 200


def test_what_can_be_read_can_be_asked_for_its_head(web: httpx.Client) -> None:
    for path in (
        "/healthz",
        "/readyz",
        "/metrics",
        "/docs",
        "/api/studies",
        f"/{permalink(web)}",
        "/embed?q=Why",
    ):
        whole, head = web.get(path), web.head(path)
        assert head.status_code == whole.status_code == 200, path
        assert head.content == b""
        assert head.headers["content-type"] == whole.headers["content-type"]
        assert "frame-ancestors" in head.headers["content-security-policy"]
    assert web.head("/a/nothing").status_code == 404
    assert web.head("/api/ask").status_code == 405


def test_a_defect_tells_nothing_but_that(web: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    reply = web.post("/api/ask", json={"turns": ["crash now"]})
    assert (reply.status_code, reply.json()) == (500, {"error": "Internal error.", "remedy": ""})
    assert "a defect" in caplog.text
    assert "frame-ancestors" in reply.headers["content-security-policy"]


def test_too_many_at_once_are_refused_and_the_rest_answered(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    service = open_service(tmp_path, gate=Gate(running=1, waiting=1, patience_s=30))
    with client(service) as web, ThreadPoolExecutor(6) as pool:
        replies = list(pool.map(lambda n: web.post("/api/ask", json={"turns": [f"sleep {n}"]}), range(6)))
    assert sorted(r.status_code for r in replies) == [200, 200, 429, 429, 429, 429]
    assert all(r.headers["retry-after"] for r in replies if r.status_code == 429)


def test_what_takes_too_long_is_given_up(tmp_path: Path) -> None:
    from starlette.testclient import TestClient

    from assistant.service.api import make_api

    service = open_service(tmp_path)
    with TestClient(make_api(service, ask_s=0.1)) as web:
        reply = web.post("/api/ask", json={"turns": ["sleep now"]})
    assert reply.status_code == 503
    assert "too long" in reply.json()["error"]
    service.close()


# -- batch ------------------------------------------------------------------------------------------


def test_a_batch_answers_in_order_and_goes_on_after_a_bad_item(web: httpx.Client) -> None:
    items = [
        {"turns": ["One?"], "id": "a"},
        {"turns": ["?"], "id": 2},
        {"turns": ["crash"]},
        {"turns": ["x", "y"]},
    ]
    answers = web.post("/api/ask/batch", json={"items": items}).json()["answers"]
    assert [a["id"] for a in answers] == ["a", 2, None, None]
    assert answers[0]["permalink"] is None
    assert answers[1]["line"] == 2
    assert "empty" in answers[1]["error"]
    assert answers[2]["error"] == "Internal error: RuntimeError."
    assert answers[3]["answer"].startswith("Turn 2")
    shapes.BatchOut.model_validate({"answers": answers})


def test_a_batch_may_be_kept(web: httpx.Client) -> None:
    reply = web.post("/api/ask/batch", json={"items": [ASK], "keep": True})
    assert web.get(f"/{reply.json()['answers'][0]['permalink']}").status_code == 200


@pytest.mark.parametrize("items", [[], [ASK] * (shapes.BATCH_ITEMS + 1)])
def test_a_batch_of_no_or_too_many_items_is_refused(web: httpx.Client, items: list[object]) -> None:
    assert web.post("/api/ask/batch", json={"items": items}).status_code == 422


# -- the corpus -------------------------------------------------------------------------------------


def test_studies_and_each_of_them(web: httpx.Client, service: Service) -> None:
    body = web.get("/api/studies").json()
    shapes.StudiesOut.model_validate(body)
    ids = [row["id"] for row in body["studies"]]
    assert ids == [s.id for s in service.reviews[0].studies]
    for id in ids:
        study = web.get(f"/api/studies/{id}").json()
        shapes.StudyOut.model_validate(study)
        assert study["facts"]
        passages = {p["id"] for p in study["passages"]}
        assert passages
    assert web.get(f"/api/studies/{ids[0]}", params={"review": "nope"}).status_code == 404
    assert web.get("/api/studies/nobody").status_code == 404
    assert web.get("/api/studies", params={"review": "nope"}).status_code == 404


def test_every_passage_is_shown_with_what_stands_around_it(web: httpx.Client, service: Service) -> None:
    for passage in service.reviews[0].passages:
        shown = web.get(f"/api/passages/{passage.id}").json()
        shapes.PassageOut.model_validate(shown)
        assert shown["quote"] == passage.quote
        if shown["kind"] == "sentence":
            assert {"id": passage.id, "quote": passage.quote} in shown["paragraph"]
        if shown["kind"] == "cell":
            table = shown["table"]
            row = next(r for r in table["rows"] if r["head"] == table["row"])
            assert passage.quote in row["cells"]
            assert any(c.split()[0] == table["column"].split()[0] for c in table["columns"])
    assert web.get("/api/passages/nothing").status_code == 404


# -- kept answers -----------------------------------------------------------------------------------


def test_the_page_is_frozen_and_without_scripts(web: httpx.Client) -> None:
    reply = web.get(f"/{permalink(web)}")
    assert reply.headers["content-type"].startswith("text/html")
    assert "the 2-year OS was 61%" in reply.text
    assert "Table 1, Outcome" in reply.text
    assert "The review contradicts itself" in reply.text
    assert 'href="../chat/?again=' in reply.text
    assert "The corpus has changed" not in reply.text
    assert not re.search(r"<script|<form|<img|<iframe|\son\w+=|javascript:", reply.text, re.IGNORECASE)
    policy = reply.headers["content-security-policy"]
    assert "script" not in policy
    assert "default-src 'none'" in policy


def test_a_contradiction_that_is_also_a_statement_is_shown_once(web: httpx.Client) -> None:
    twin = web.get(f"/{permalink(web)}.json").json()
    (conflict,) = twin["answer"]["conflicts"]
    said = [*twin["answer"]["statements"], {"text": conflict["note"], "citations": conflict["citations"]}]
    sources = tuple(Source(**source) for source in twin["sources"])
    kept = Kept(
        "an-id", "2023-12-30T12:00:00Z", ("What?",), None, twin["answer"] | {"statements": said}, sources
    )
    page = bytes(pages.answer(kept, changed=False).body).decode()
    assert page.count(conflict["note"]) == 1
    assert said[0]["text"] in page


def test_a_figure_stands_once_on_the_page_and_two_sources_of_one_study_are_told_apart(
    web: httpx.Client,
) -> None:
    twin = web.get(f"/{permalink(web)}.json").json()
    answer, (source, *_) = twin["answer"], twin["sources"]
    answer["facts"] = answer["facts"][:1] * 2
    answer["conflicts"] = [{"note": "Two places differ.", "citations": [0, 1]}]
    sources = (Source(**source), Source(**source | {"passage": "another"}))
    kept = Kept("an-id", "2023-12-30T12:00:00Z", ("What?",), None, answer, sources)
    page = bytes(pages.answer(kept, changed=False).body).decode()
    assert page.count("<tr><td>") == 1
    for number in (1, 2):
        assert f'<a class="cite" href="#source-{number}">[{source["label"]}, source {number}]</a>' in page


def test_the_style_sheet_is_the_one_the_policy_allows(web: httpx.Client) -> None:
    import base64
    import hashlib

    for path in (f"/{permalink(web)}", "/docs", "/a/nothing"):
        reply = web.get(path)
        (style,) = re.findall(r"<style>(.*?)</style>", reply.text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert f"style-src 'sha256-{digest}'" in reply.headers["content-security-policy"]


def test_the_json_twin(web: httpx.Client) -> None:
    kept = permalink(web)
    twin = web.get(f"/{kept}.json").json()
    shapes.KeptOut.model_validate(twin)
    assert twin["turns"] == ASK["turns"]
    assert twin["corpus_changed"] is False
    assert len(twin["sources"]) == len(twin["answer"]["citations"]) == 2
    negotiated = web.get(f"/{kept}", headers={"accept": "application/json"})
    assert negotiated.json() == twin
    browser = web.get(f"/{kept}", headers={"accept": "text/html,application/json;q=0.9,*/*;q=0.8"})
    assert browser.headers["content-type"].startswith("text/html")


def test_a_changed_corpus_is_told_and_the_answer_stays(web: httpx.Client, service: Service) -> None:
    kept = permalink(web)
    before = web.get(f"/{kept}.json").json()
    engine = service.engine
    try:
        engine.corpus_hash = "another"  # type: ignore[misc]
        page = web.get(f"/{kept}").text
        assert "The corpus has changed" in page
        assert "Ask again" in page
        after = web.get(f"/{kept}.json").json()
    finally:
        engine.corpus_hash = "c0ffee"  # type: ignore[misc]
    assert after.pop("corpus_changed") is True
    assert before.pop("corpus_changed") is False
    assert after == before


@pytest.mark.parametrize(
    "id", ["nothing", "a" * 20, "A" * 20, "%2e%2e%2fx", "x" * 5000, "é", "a" * 19 + "%2f"]
)
def test_no_such_answer(web: httpx.Client, id: str) -> None:
    assert web.get(f"/a/{id}").status_code == 404
    assert web.get(f"/a/{id}.json").status_code == 404


def test_a_payload_is_text_on_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fake_engine, "PAYLOAD", "<script>x()</script>\"'><img src=//evil.example>\u202e")
    with client(open_service(tmp_path)) as web:
        question = "Is <form action=//evil.example><b onmouseover=x()>this</b> text?"
        page = web.get(f"/{permalink(web, question)}").text
    assert not re.search(r"<(script|img|form|b)\b", page)
    assert "\u202e" not in page
    assert "&lt;script&gt;" in page
    assert "&lt;form action=//evil.example&gt;" in page


# -- ratings ----------------------------------------------------------------------------------------


def test_a_rating_is_kept_with_its_answer(web: httpx.Client, service: Service) -> None:
    id = permalink(web, "Was this rated?").removeprefix("a/")
    reply = web.post(f"/api/answers/{id}/rating", json={"liked": False, "comment": " It is 62%. "})
    assert (reply.status_code, reply.json()) == (201, {"kept": True})
    rating, kept = list(service.store.ratings())[-1]
    assert (rating.answer, rating.liked, rating.comment) == (id, False, "It is 62%.")
    assert kept.turns == ("Was this rated?",)


@pytest.mark.parametrize(
    ("id", "body", "status"),
    [
        ("a" * 20, {"liked": True}, 404),
        ("nothing", {"liked": True}, 404),
        ("a" * 20, {}, 422),
        ("a" * 20, {"liked": "yes"}, 422),
        ("a" * 20, {"liked": True, "comment": "x" * (COMMENT_CHARS + 1)}, 422),
    ],
)
def test_a_rating_that_cannot_be_kept(web: httpx.Client, id: str, body: object, status: int) -> None:
    assert web.post(f"/api/answers/{id}/rating", json=body).status_code == status


# -- operations -------------------------------------------------------------------------------------


def test_health_readiness_and_counters(web: httpx.Client) -> None:
    assert web.get("/healthz").json() == {"ok": True}
    assert web.get("/readyz").json() == {"ready": True, "corpus": "c0ffee", "error": None}
    permalink(web)
    reply = web.get("/metrics")
    assert reply.headers["content-type"].startswith("text/plain; version=0.0.4")
    for line in reply.text.splitlines():
        assert re.fullmatch(
            r"# (HELP|TYPE) \w+ .+|\w+(\{\w+=\"[^\"]*\"(,\w+=\"[^\"]*\")*\})? [\d.e+]+", line
        ), line
    counts = dict(line.rsplit(" ", 1) for line in reply.text.splitlines() if line[0] != "#")
    assert float(counts['assistant_questions_total{interface="api",outcome="answered"}']) >= 1
    assert (
        counts['assistant_question_seconds_bucket{le="+Inf"}'] == counts["assistant_question_seconds_count"]
    )


def test_the_description_of_the_api_loads_nothing(web: httpx.Client) -> None:
    page = web.get("/docs").text
    openapi = web.get("/openapi.json").json()
    for path in openapi["paths"]:
        assert f"<code>{path}</code>" in page
    for shape in openapi["components"]["schemas"]:
        assert f'<h3 id="{shape}">' in page
    anchors = set(re.findall(r'id="([^"]+)"', page))
    assert {a[1:] for a in re.findall(r'href="(#[^"]+)"', page)} <= anchors
    assert not re.search(r"<script|src=|https?://", page)


def test_home_leads_on(web: httpx.Client) -> None:
    reply = web.get("/")
    assert reply.status_code == 200
    assert "api/studies/51" in reply.text


# -- not ready --------------------------------------------------------------------------------------


def test_before_the_index_is_open(tmp_path: Path) -> None:
    service = open_service(tmp_path)
    service._engine = None
    service._opened.clear()
    service.patience_s = 0.05
    with client(service) as web:
        assert web.get("/healthz").status_code == 200
        assert web.get("/readyz").status_code == 503
        for reply in (web.post("/api/ask", json=ASK), web.get("/api/studies"), web.get("/api/passages/x")):
            assert reply.status_code == 503
            assert reply.headers["retry-after"]
        assert web.get("/").status_code == 200


# -- the log ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("wanted", [False, True])
def test_the_log_has_a_line_a_question_without_its_text_unless_wanted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, wanted: bool
) -> None:
    caplog.set_level("INFO", logger="assistant.questions")
    with client(open_service(tmp_path, log_questions=wanted)) as web:
        web.post("/api/ask", json={"turns": ["Is this a secret?"]})
        web.post("/api/ask", json={"turns": ["decline this secret"]})
    lines = [json.loads(r.message) for r in caplog.records if r.name == "assistant.questions"]
    assert [line["outcome"] for line in lines] == ["answered", "declined"]
    assert ("secret" in caplog.text) == wanted
