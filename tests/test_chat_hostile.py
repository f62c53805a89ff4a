"""Nothing that comes from outside becomes markup: in a real browser, without a policy that would help."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from browser import ROOT, Watched, chat, chromium
from chat_payloads import CHUNK, PAYLOADS
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::ResourceWarning")]

CHUNKS = range(len(PAYLOADS) // CHUNK)
OURS = "#ra-chat, #ra-panel-body, #ra-studies, #ra-head, #ra-thanks"
COUNT = r"""selector => {
  const bad = [], tags = new Set((
    "script iframe object embed form input textarea select img image picture video audio link meta base " +
    "template marquee math use animate").split(" "));
  const links = /^(href|src|action|formaction|xlink:href|srcset|poster|ping|background)$/;
  const ours = /^(evidence\/|\.\.\/a\/|\.\.\/check$|\.\.\/$|https:\/\/doi\.org\/10\.|https:\/\/clinicaltrials\.gov\/|$)/;
  for (const root of document.querySelectorAll(selector)) for (const e of root.querySelectorAll("*")) {
    const name = e.localName;
    if (tags.has(name)) bad.push(name);
    if (name === "style" && !e.closest("button > div > svg")) bad.push(name);  // Gradio's icons have one
    for (const a of e.attributes) {
      if (a.name.startsWith("on")) bad.push(a.name);
      if (a.name === "style" && /url|fixed/.test(a.value)) bad.push("style=" + a.value);
      if (links.test(a.name) && !ours.test(a.value)) bad.push(a.name + "=" + a.value);
    } }
  return bad; }"""
"""What of an attack stands in the page as markup: elements, handlers and links that are not ours."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def watched(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """A page over the hostile engine; counts what its payloads run."""
    home = tmp_path_factory.mktemp("hostile")
    (home / "payloads.json").write_text(json.dumps(PAYLOADS), encoding="utf-8")
    with chat(ROOT / "corpus", home, home / "payloads.json") as address:
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.add_init_script("window.n_hits = 0; window.hit = () => { window.n_hits += 1; };")
        found = Watched(context, address)
        page = found.page
        page.goto(address)
        expect(page.get_by_role("tab", name="Studies")).to_be_visible()
        expect(page.locator(".examples button").first).to_be_visible(timeout=60_000)
        yield found
        context.close()


def assert_harmless(watched: Watched) -> None:
    page = watched.page
    assert page.evaluate("window.n_hits") == 0
    assert watched.foreign == []
    assert page.evaluate(COUNT, OURS) == []
    assert page.evaluate("document.forms.length") == 0


def shown(page: Page, selector: str) -> set[str]:
    """The numbers of the payloads that stand there as text."""
    return set(re.findall(r"#\d{1,3}#", " ".join(page.locator(selector).all_text_contents())))


ALL = {p.rsplit(" ", 1)[1] for p in PAYLOADS}


def test_there_are_enough_payloads_and_they_would_work(browser: Browser) -> None:
    assert len(set(PAYLOADS)) == len(ALL) == len(PAYLOADS) >= 150
    context = browser.new_context()
    context.add_init_script("window.hit = () => { new Image().src = 'http://evil.example/hit'; };")
    page = context.new_page()
    foreign: list[str] = []
    page.route("http://evil.example/**", lambda route: (foreign.append(route.request.url), route.abort()))
    staying = [p for p in PAYLOADS if "refresh" not in p and "<base" not in p]
    for payload in staying:
        page.set_content(f"<!doctype html><p>{payload}</p>", wait_until="commit")
    page.wait_for_timeout(500)
    assert sum(url.endswith("/hit") for url in foreign) >= 10
    assert sum(not url.endswith("/hit") for url in foreign) >= 25
    bad = []
    for payload in staying[::4]:
        page.set_content(f"<!doctype html><div id=ra-chat>{payload}</div>", wait_until="commit")
        bad += page.evaluate(COUNT, OURS)
    assert {"script", "iframe", "form", "img", "style", "onerror", "onload"} <= set(bad)
    context.close()


def test_the_head_and_the_examples(watched: Watched) -> None:
    assert_harmless(watched)
    assert shown(watched.page, "#ra-head")
    assert shown(watched.page, ".examples")


def test_questions_answers_conflicts_and_places(watched: Watched) -> None:
    page = watched.page
    numbers: set[str] = set()
    for k in CHUNKS:
        if k and k % 4 == 0:  # with nothing asked yet there is nothing whose going could be waited for
            page.get_by_role("button", name="New conversation").click()
            expect(page.locator("#ra-chat .ra-answer")).to_have_count(0)
            numbers = set()
        own = PAYLOADS[k * CHUNK : (k + 1) * CHUNK]
        watched.ask(f"chunk {k} " + "\n".join(own))
        numbers |= {p.rsplit(" ", 1)[1] for p in own}
        assert shown(page, ".ra-question") == numbers
        for part in (".ra-list", ".ra-conflict", ".ra-sources"):
            assert shown(page, part) == numbers, part
        assert_harmless(watched)


def test_evidence_of_every_sentence_cell_reference_and_abbreviation(watched: Watched) -> None:
    page = watched.page
    seen = set()
    for k in range(len(PAYLOADS)):
        kinds = ("prose", "cell", "entry", "short") if k % CHUNK == 0 else ("prose",)
        for kind in kinds:
            page.evaluate(
                """async href => {
                const link = document.createElement("a");
                link.className = "ra-cite"; link.href = href;
                document.querySelector("#ra-chat").append(link); link.click(); link.remove();
                for (let n = 0; n < 400; n += 1) { await new Promise(done => setTimeout(done, 5));
                  if (document.querySelector("#ra-panel-page").href.includes(href)) break; } }""",
                f"evidence/{kind}{k}?study=S-{k}&at=0-9",
            )
            expect(page.locator("#ra-panel .ra-hit, #ra-panel .ra-cell").first).to_be_attached()
            seen |= shown(page, "#ra-panel-body")
            if k % CHUNK == 0:
                assert_harmless(watched)
    assert seen == ALL
    assert_harmless(watched)


def test_the_evidence_as_a_page_of_its_own(watched: Watched, browser: Browser) -> None:
    context = browser.new_context()
    context.add_init_script("window.n_hits = 0; window.hit = () => { window.n_hits += 1; };")
    page = Watched(context, watched.address)
    for kind in ("prose", "cell", "entry", "short"):
        page.page.goto(f"{watched.address}evidence/{kind}3?study=S-3")
        assert shown(page.page, "main")
        assert page.page.evaluate("window.n_hits") == 0
        assert page.page.evaluate(COUNT, "main") == []
    assert page.foreign == []
    context.close()


def test_the_studies(watched: Watched) -> None:
    page = watched.page
    page.get_by_role("tab", name="Studies").click()
    expect(page.locator(".ra-sortable")).to_be_visible()
    assert shown(page, ".ra-sortable tbody") == ALL
    assert shown(page, ".ra-wide .ra-svg") == ALL
    page.get_by_role("button", name="Authors").click()
    assert_harmless(watched)
    page.get_by_role("tab", name="Ask").click()


def test_errors(watched: Watched) -> None:
    page = watched.page
    for k in CHUNKS:
        page.get_by_role("button", name="New conversation").click()
        expect(page.locator("#ra-chat .ra-answer")).to_have_count(0)
        watched.ask(f"refuse {k}")
        assert shown(page, ".ra-error") == {
            p.rsplit(" ", 1)[1] for p in PAYLOADS[k * CHUNK : (k + 1) * CHUNK]
        }
        assert_harmless(watched)
    assert watched.errors == []
