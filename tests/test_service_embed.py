"""Answers in other pages' frames, and what unfurls permalinks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import fake_engine
import httpx
import pytest
from service_app import ASK, client, open_service

from assistant.service.serve import Options

HOME = "http://127.0.0.1:7860/"


@pytest.fixture
def web(tmp_path: Path) -> Iterator[httpx.Client]:
    with client(open_service(tmp_path, frame_ancestors="https://wiki.lab.example")) as found:
        yield found


def test_an_answer_in_a_frame_is_small_and_without_scripts(web: httpx.Client) -> None:
    reply = web.get("/embed", params={"q": "What was the 2-year OS?"})
    assert reply.status_code == 200
    assert "the 2-year OS was 61%" in reply.text
    assert 'href="#source-1">[Study S-1]' in reply.text
    assert "The review contradicts itself." in reply.text
    assert "<script" not in reply.text
    assert len(reply.content) < 10_000
    policy = reply.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self' https://wiki.lab.example" in policy
    assert "x-frame-options" not in reply.headers


def test_a_decline_and_a_refusal_in_a_frame(web: httpx.Client) -> None:
    assert "Not answered" in web.get("/embed", params={"q": "decline it"}).text
    for question in ("", " ", "refuse it", "x" * 5000):
        reply = web.get("/embed", params={"q": question})
        assert reply.status_code in {422, 503}
        assert "This could not be asked" in reply.text
    assert web.get("/embed", params={"q": "What?", "review": "none"}).status_code == 422


def test_no_text_acts_in_a_frame(web: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fake_engine, "PAYLOAD", "<script>x()</script>\"'><img src=//evil.example>")
    page = web.get("/embed", params={"q": "Is <b onmouseover=x()>this</b> text?"}).text
    assert not re.search(r"<(script|img|b)\b", page)
    link = web.post("/api/ask", json={"turns": ['"><script>x()</script>']}).json()["permalink"]
    assert "<script" not in web.get(f"/{link}").text


def test_asking_by_a_frame_counts_against_the_rate(tmp_path: Path) -> None:
    service = open_service(tmp_path, rate_per_minute=2)
    options = Options(host="0.0.0.0", insecure=True)
    with client(service, options, client=("192.0.2.1", 50000)) as web:
        codes = [web.get("/embed", params={"q": "What?"}).status_code for _ in range(4)]
    assert codes == [200, 200, 429, 429]


def test_oembed_gives_a_frame_of_the_permalink(web: httpx.Client) -> None:
    link = web.post("/api/ask", json=ASK).json()["permalink"]
    found = web.get("/oembed", params={"url": HOME + link, "maxwidth": 300, "maxheight": 50}).json()
    assert found["version"] == "1.0"
    assert found["type"] == "rich"
    assert found["title"] == ASK["turns"][0]
    assert (found["width"], found["height"]) == (300, 200)
    assert f'<iframe src="{HOME}{link}"' in found["html"]
    assert web.get("/oembed", params={"url": HOME + link, "format": "xml"}).status_code == 501


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        HOME,
        f"{HOME}a/none",
        f"{HOME}a/{'a' * 20}",
        "http://evil.example/a/{}",
        HOME + '{}"><script>',
    ],
)
def test_oembed_frames_nothing_else(web: httpx.Client, url: str) -> None:
    link = web.post("/api/ask", json=ASK).json()["permalink"]
    assert web.get("/oembed", params={"url": url.replace("{}", link)}).status_code == 404


def test_a_permalink_unfurls(web: httpx.Client) -> None:
    link = web.post("/api/ask", json=ASK).json()["permalink"]
    page = web.get(f"/{link}").text
    tags = dict(re.findall(r'<meta property="og:(\w+)" content="(.*?)">', page))
    assert tags["title"] == ASK["turns"][0]
    assert "61%" in tags["description"]
    assert tags["url"] == HOME + link
    discovery = re.search(r'type="application/json\+oembed" href="(.*?)"', page)
    assert discovery
    assert (
        web.get(unescape(discovery[1]).replace("http://127.0.0.1:7860", "")).json()["title"] == tags["title"]
    )


def test_the_address_in_the_settings_wins(tmp_path: Path) -> None:
    with client(open_service(tmp_path, base_url="https://lab.example/review")) as web:
        link = web.post("/api/ask", json=ASK).json()["permalink"]
        assert f'content="https://lab.example/review/{link}"' in web.get(f"/{link}").text
        found = web.get("/oembed", params={"url": f"https://lab.example/review/{link}"})
        assert found.status_code == 200
