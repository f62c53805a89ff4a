"""Checking a text over HTTP and on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from service_app import client, open_service

TEXT = "In GMALL the 3-year OS was 78%. The 1-year OS was 98%. A lovely day."


@pytest.fixture
def web(tmp_path: Path) -> Iterator[httpx.Client]:
    with client(open_service(tmp_path)) as found:
        yield found


def test_the_statements_of_a_text_with_their_verdicts(web: httpx.Client) -> None:
    found = web.post("/api/check", json={"text": TEXT}).json()
    assert [s["verdict"] for s in found["statements"]] == ["supported", "contradicted", "not_checkable"]
    assert found["summary"] == {"supported": 1, "not_checkable": 1, "not_found": 0, "contradicted": 1}
    assert all(TEXT[s["start"] : s["end"]] == s["text"] for s in found["statements"])


def test_a_study_and_a_review_may_be_named(web: httpx.Client) -> None:
    body = {"text": "The 3-year OS was 93.4%.", "study": "54", "review": "t-all-ash-2022"}
    assert web.post("/api/check", json=body).json()["summary"]["supported"] == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": ""},
        {"text": "  "},
        {"text": "x" * 50_001},
        {"text": 7},
        {"text": "OS", "study": "9999"},
        {"text": "OS", "review": "none"},
        {"text": "OS", "more": 1},
    ],
)
def test_what_cannot_be_checked_is_told(web: httpx.Client, body: object) -> None:
    reply = web.post("/api/check", json=body)
    assert reply.status_code == 422
    assert reply.json()["error"]


def test_the_page_shows_verdicts_in_words_without_scripts(web: httpx.Client) -> None:
    form = web.get("/check")
    assert form.status_code == 200
    assert "form-action 'self'" in form.headers["content-security-policy"]
    page = web.post("/check", data={"text": TEXT}).text
    shown = re.sub(r"<[^>]+>", "", page.partition("<h2>")[0])
    assert re.search(r"78%\. supported\s+The 1-year OS was 98%\. contradicted", shown)
    assert '<mark class="contradicted">The 1-year OS was 98%.</mark>' in page
    assert "89%" in page
    assert "<script" not in page


def test_no_text_acts_on_the_page(web: httpx.Client) -> None:
    page = web.post("/check", data={"text": "</textarea><script>x()</script> OS was <b>78%</b>\u202e."}).text
    assert "<script" not in page
    assert "<b>" not in page
    assert "\u202e" not in page


@pytest.mark.parametrize("content", [b"", b"text=", b"text=+", b"\xff\xfe", b"text=" + b"x" * 60_000])
def test_an_odd_form_is_answered_with_a_page(web: httpx.Client, content: bytes) -> None:
    reply = web.post("/check", content=content)
    assert reply.status_code == 422
    assert 'role="alert"' in reply.text
