"""Texts checked over the API and on the page without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest
from service_app import client, open_service

from assistant.service.limits import TEXT_CHARS

TRUE = "In Abstract 51 the 3-year OS was 78%."
FALSE = "In Abstract 51 the 3-year OS was 87%."
UNKNOWN = "Abstract 9999 gives a 3-year OS of 78%."
OPINION = "We liked the meeting."
HOSTILE = '<script>alert(1)</script> <img src="https://evil.example/x"> In Abstract 51 the 3-year OS was 78%. </mark>'


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with client(open_service(tmp_path_factory.mktemp("home"), rate_per_minute=0)) as found:
        yield found


def verdicts(reply: httpx.Response) -> list[str]:
    return [one["verdict"] for one in reply.json()["statements"]]


def test_each_statement_of_a_text_gets_its_verdict(web: httpx.Client) -> None:
    text = " ".join((TRUE, FALSE, UNKNOWN, OPINION))
    reply = web.post("/api/check", json={"text": text})
    assert reply.status_code == 200
    assert verdicts(reply) == ["supported", "contradicted", "not_found", "not_checkable"]
    found = reply.json()
    assert found["summary"] == {"supported": 1, "not_checkable": 1, "not_found": 1, "contradicted": 1}
    assert [text[one["start"] : one["end"]] for one in found["statements"]] == [TRUE, FALSE, UNKNOWN, OPINION]
    assert "78%" in found["statements"][1]["reason"]
    assert found["statements"][0]["citations"][0]["abstract"] == "51"


def test_a_study_may_be_meant_from_the_start(web: httpx.Client) -> None:
    text = "The 3-year OS was 78%."
    assert verdicts(web.post("/api/check", json={"text": text, "study": "51"})) == ["supported"]
    assert verdicts(web.post("/api/check", json={"text": text, "study": "54"})) == ["contradicted"]
    assert web.post("/api/check", json={"text": text, "study": "9999"}).status_code == 404
    assert web.post("/api/check", json={"text": text, "review": "none"}).status_code == 422


@pytest.mark.parametrize("body", [{}, {"text": ""}, {"text": "…"}, {"text": 5}, {"text": TRUE, "x": 1}])
def test_what_is_no_text_is_refused(web: httpx.Client, body: dict[str, object]) -> None:
    assert web.post("/api/check", json=body).status_code == 422


def test_a_text_that_is_too_long_is_refused(web: httpx.Client) -> None:
    assert web.post("/api/check", json={"text": "a " * TEXT_CHARS}).status_code == 422
    page = web.post("/check", data={"text": "a " * TEXT_CHARS})
    assert page.status_code == 422
    assert "at most 100,000 are taken" in page.text


def test_the_page_shows_the_text_with_verdicts_in_words(web: httpx.Client) -> None:
    assert "<textarea" in web.get("/check").text
    text = f"{TRUE}\n\n{FALSE}"
    page = web.post("/check", data={"text": text.replace("\n", "\r\n")})
    assert page.status_code == 200
    assert re.findall(r'<mark class="([\w-]+)">([^<]+)</mark>', page.text) == [
        ("supported", TRUE),
        ("contradicted", FALSE),
    ]
    assert [unescape(w) for w in re.findall(r'#statement-\d">([^<]+)</a>', page.text)] == [
        "supported",
        "contradicted",
    ]
    assert "form-action 'self'" in page.headers["content-security-policy"]
    assert "script-src" not in page.headers["content-security-policy"]
    assert "form-action 'none'" in web.get("/docs").headers["content-security-policy"]


def test_nothing_of_a_text_becomes_markup_of_the_page(web: httpx.Client) -> None:
    page = web.post("/check", data={"text": HOSTILE}).text
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("</mark>") == page.count("<mark ")
    assert page.count("<textarea") == page.count("</textarea>") == 1


def test_a_check_is_counted_and_not_logged_with_its_text(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO"), client(open_service(tmp_path)) as web:
        web.post("/api/check", json={"text": TRUE})
        assert 'outcome="checked"' in web.get("/metrics").text
    assert "checked" in caplog.text
    assert TRUE not in caplog.text
