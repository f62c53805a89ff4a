"""Nothing that comes from outside becomes markup on the pages without scripts: in a browser, without their policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from browser import chromium
from chat_payloads import CHUNK, PAYLOADS, HostileEngine
from playwright.sync_api import Browser
from service_app import client, reviews

from assistant.check.text import Checker
from assistant.service.context import Service
from assistant.service.store import Store
from assistant.settings import Settings

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::ResourceWarning")]

ALL = {p.rsplit(" ", 1)[1] for p in PAYLOADS}
FOUND = r"""() => {
  const bad = [], tags = new Set("script iframe object embed img image svg picture video audio base input".split(" "));
  const ours = [/^#[\w-]+$/, /^\w{20}\.json$/, /^\.\.\/(chat\/\?again=\w{20})?$/, /^https:\/\/doi\.org\/[\w.%~\/-]*$/,
    /^http:\/\/127\.0\.0\.1:7860\/[\w\/?=%.&-]*$/, /^api\/studies\/S-\d+\?review=hostile$/, /^(docs|check)$/];
  for (const e of document.querySelectorAll("*")) {
    if (tags.has(e.localName)) bad.push(e.localName);
    for (const a of e.attributes) {
      if (a.name.startsWith("on") || a.name === "style") bad.push(a.name);
      if (/^(href|src|action|formaction|srcset|poster|ping|background)$/.test(a.name)
          && !ours.some((form) => form.test(a.value)))
        bad.push(a.name + "=" + a.value);
    } }
  return bad; }"""
"""What of an attack stands in the page as markup."""


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    home = tmp_path_factory.mktemp("home")
    engine = HostileEngine(PAYLOADS)
    service = Service(Settings(home=home), Store(home / "answers.sqlite3"), lambda: engine)  # type: ignore[arg-type,return-value]
    service.open()
    service._checkers[None] = Checker(reviews())  # the made-up review cannot be checked against
    with client(service) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


def pages(web: httpx.Client) -> Iterator[tuple[str, str, bool]]:
    """Name, HTML, and whether every payload of its chunk must stand there, of each page that shows what was sent."""
    yield "home", web.get("/").text, False
    for k in range(len(PAYLOADS) // CHUNK):
        own = "\n".join(PAYLOADS[k * CHUNK : (k + 1) * CHUNK])
        question = f"chunk {k} {own}"
        earlier = f"chunk {k} {own} earlier"
        link = web.post("/api/ask", json={"turns": [earlier, question]}).json()["permalink"]
        yield f"permalink {k}", web.get(f"/{link}").text, True
        yield f"frame {k}", web.get("/embed", params={"q": question}).text, True
        yield f"refusal {k}", web.get("/embed", params={"q": f"refuse {k}"}).text, False
        yield f"check {k}", web.post("/check", data={"text": own}).text, True
    yield "no answer", web.get(f"/a/{PAYLOADS[0]}").text, False


def test_no_payload_acts_on_a_page_without_scripts(web: httpx.Client, browser: Browser) -> None:
    bare = browser.new_page()
    bare.set_content(
        "".join(p for p in PAYLOADS if "refresh" not in p and "<base" not in p), wait_until="commit"
    )
    assert "script" in bare.evaluate(FOUND)
    bare.close()
    context = browser.new_context()
    context.add_init_script("window.n_hits = 0; window.hit = () => { window.n_hits += 1; };")
    page = context.new_page()
    foreign: list[str] = []
    page.route("**/*", lambda route: (foreign.append(route.request.url), route.abort()))
    shown: dict[str, set[str]] = {}
    for name, html, whole in pages(web):
        page.set_content(html, wait_until="load")
        assert page.evaluate("window.n_hits") == 0, name
        assert page.evaluate(FOUND) == [], name
        n_forms = page.evaluate("document.forms.length")
        assert n_forms == (1 if name.startswith("check") else 0), name
        seen = set(re.findall(r"#\d{1,3}#", page.locator("body").inner_text()))
        if whole:
            shown.setdefault(name.split()[0], set()).update(seen)
    assert foreign == []
    assert shown == {"permalink": ALL, "frame": ALL, "check": ALL}
    context.close()


def test_the_pages_policy_lets_nothing_act_either(web: httpx.Client, tmp_path: Path) -> None:
    link = web.post("/api/ask", json={"turns": ["chunk 0"]}).json()["permalink"]
    for path in (f"/{link}", "/embed?q=chunk+0", "/check", "/docs", "/"):
        policy = web.get(path).headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-"), path
        assert "script" not in policy
        assert "unsafe" not in policy
