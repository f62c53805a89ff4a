"""The chat in a real browser: what a reader does, from the first question to the comment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
from browser import ROOT, Watched, chat, chromium
from playwright.sync_api import Browser, Page, Route, expect

from assistant.service.store import Store

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::ResourceWarning")]

LOOKUP = "What was the 3-year OS of the transplanted patients in the GMALL trial?"
CELL = "What was the 1-year OS in Abstract 51?"
CONFLICT = "What was the CR rate in Abstract 1995?"
DECLINE = "What was the EFS in Abstract 51?"


@pytest.fixture(scope="module")
def home(assistant_home: Path) -> Path:
    return assistant_home


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with chat(ROOT / "corpus", home) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def watched(browser: Browser, address: str) -> Iterator[Watched]:
    """A page on a desk; whatever a test does, no error and no foreign request."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    found = Watched(context, address)
    yield found
    context.close()
    assert found.errors == []
    assert found.foreign == []


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    found = Watched(context, address)
    yield found
    context.close()
    assert found.errors == []
    assert found.foreign == []


def is_seen(page: Page, selector: str) -> bool:
    """Whether the middle of an element's first line is inside the window and not under another element."""
    script = """s => { const r = document.querySelector(s).getClientRects()[0];
      const e = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);
      return !!e && !!e.closest(s); }"""
    return bool(page.evaluate(script, selector))


def test_a_citation_shows_the_very_sentence(watched: Watched) -> None:
    page = watched.open()
    watched.ask(LOOKUP)
    lead = page.locator(".ra-done .ra-lead")
    expect(lead).to_contain_text("68%")
    expect(lead.locator("strong")).to_have_text("68%")
    page.get_by_role("link", name=re.compile(r"^\[Abstract 51\] Nelarabine")).first.click()
    panel = page.get_by_role("complementary", name="Evidence")
    expect(panel.get_by_role("heading", name="Abstract 51 Goekbuget et al.")).to_be_focused()
    expect(panel.locator("mark")).to_have_count(1)
    expect(panel.locator("mark")).to_contain_text("seventy-eight high-risk patients")
    expect(panel.locator("mark strong")).to_have_text("68%")
    expect(panel.locator(".ra-card")).to_contain_text("Nelarabine + cyclophosphamide")
    expect(panel.locator(".ra-card")).to_contain_text("281 (208 T-ALL; 73 T-LBL)")
    expect(panel.locator(".ra-reference")).to_contain_text("Blood. 2022;140(Supplement 1):115")
    assert is_seen(page, "#ra-hit")


def test_a_citation_shows_the_whole_table_and_the_very_cell(watched: Watched) -> None:
    page = watched.open()
    watched.ask(CELL)
    page.locator(".ra-done a.ra-cite").first.click()
    table = page.locator("#ra-panel table")
    expect(table.locator("tbody tr")).to_have_count(12 - 1)
    expect(table.locator("td.ra-cell")).to_have_count(1)
    expect(table.locator("td.ra-cell")).to_have_text("1-year OS: 89%; 3-year OS: 78%")
    expect(table.locator("td.ra-cell strong")).to_have_text("89%")
    expect(table.locator("th.ra-on")).to_have_text(["51", "Survival outcome"])
    assert is_seen(page, "td.ra-cell")


def test_a_follow_up_a_correction_and_a_new_conversation(watched: Watched) -> None:
    page = watched.open()
    watched.ask("What was the 3-year OS in Abstract 51?")
    watched.ask("And at one year?")
    expect(page.locator(".ra-done .ra-lead").last).to_contain_text("89%")
    watched.ask("Sorry, I meant Abstract 54")
    expect(page.locator(".ra-done").last).to_contain_text("Abstract 54")
    page.get_by_role("button", name="Edit last question").click()
    expect(page.locator(".ra-done")).to_have_count(2)
    expect(page.get_by_label("Your question")).to_have_value("Sorry, I meant Abstract 54")
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".ra-done")).to_have_count(0)
    expect(page.get_by_role("button", name="Select example 1")).to_be_visible()
    watched.ask("And at one year?")
    expect(page.locator("#ra-chat")).not_to_contain_text("89%")


def test_conflicts_and_declines_look_different_without_colour(watched: Watched) -> None:
    page = watched.open()
    watched.ask(CONFLICT)
    conflict = page.locator(".ra-conflict")
    expect(conflict).to_contain_text("The review disagrees with itself")
    expect(conflict.get_by_role("link")).to_have_count(2)
    conflict.get_by_role("link", name=re.compile("table 2")).click()
    expect(page.locator("#ra-panel td.ra-cell")).to_have_text("CR: 80%")
    conflict.get_by_role("link", name=re.compile("text")).click()
    expect(page.locator("#ra-panel mark")).to_contain_text("four patients")
    watched.ask(DECLINE)
    declined = page.locator(".ra-declined")
    expect(declined).to_contain_text("Not answered from the review")
    styles = "e => [getComputedStyle(e).borderLeftStyle, parseFloat(getComputedStyle(e).borderTopWidth) > 0]"
    assert declined.evaluate(styles) == ["dashed", False]
    assert conflict.evaluate(styles) == ["solid", True]


def test_an_example_is_asked_with_one_click(watched: Watched) -> None:
    page = watched.open()
    first = page.get_by_role("button", name="Select example 1")
    question = first.inner_text().strip()
    first.click()
    expect(page.locator(".ra-done")).to_have_count(1)
    expect(page.locator(".ra-question")).to_have_text(question)


def test_the_answer_streams_in(watched: Watched) -> None:
    seen = []
    for _ in range(4):  # a browser that is busy elsewhere shows several updates as one
        page = watched.open()
        page.evaluate(
            """() => { window.counts = []; new MutationObserver(() => {
            const n = document.querySelectorAll('#ra-chat .ra-answer p, #ra-chat .ra-answer li').length;
            if (n !== window.counts.at(-1)) window.counts.push(n);
            }).observe(document.body, {childList: true, subtree: true}); }"""
        )
        watched.ask("Which studies reported OS?")
        seen.append([n for n in page.evaluate("window.counts") if n])
        assert seen[-1][-1] == max(seen[-1])
        if len(seen[-1]) >= 3:
            return
    pytest.fail(f"never more than one step to the whole: {seen}")


@pytest.mark.parametrize(
    ("name", "needle"),
    [
        ("Markdown", "\\[Abstract 51\\][^ask-"),
        ("MediaWiki", "&#91;Abstract 51&#93;<ref name="),
        ("DokuWiki", "%%[Abstract 51]%%((%%"),
        ("HTML", "<strong>[Abstract 51]</strong>"),
        ("Plain text", "- [Abstract 51]"),
        ("GitHub wiki", "<sup>[1](#ask-"),
    ],
)
def test_an_answer_is_copied(watched: Watched, name: str, needle: str) -> None:
    watched.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = watched.open()
    watched.ask(LOOKUP)
    page.get_by_text("Copy as").click()
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    assert needle in text
    link = page.get_by_role("link", name="Permalink").get_attribute("href") or ""
    assert watched.address.replace("chat/", "") + link.removeprefix("../") in text


def test_the_permalink_is_that_of_the_kept_answer(watched: Watched, home: Path) -> None:
    page = watched.open()
    watched.ask(LOOKUP)
    watched.ask("And of all patients?")
    link = page.get_by_role("link", name="Permalink").last.get_attribute("href") or ""
    match = re.fullmatch(r"\.\./a/(\w{20})", link)
    assert match
    store = Store(home / "answers.sqlite")
    kept = store.kept(match[1])
    store.close()
    assert kept is not None
    assert kept.turns == (LOOKUP, "And of all patients?")
    watched.open(f"?again={match[1]}")
    expect(page.locator(".ra-done")).to_have_count(2)
    expect(page.locator(".ra-question").first).to_have_text(LOOKUP)
    watched.open("?again=nothing")
    expect(page.locator(".ra-done")).to_have_count(0)


def test_a_rating_and_a_comment_are_kept(watched: Watched, home: Path) -> None:
    page = watched.open()
    watched.ask(LOOKUP)
    id = (page.get_by_role("link", name="Permalink").get_attribute("href") or "")[-20:]
    page.get_by_role("button", name="Dislike", exact=True).click()
    expect(page.get_by_text("your rating is kept")).to_be_visible()
    page.get_by_label("Comment (optional)").fill("The number of patients is missing.")
    page.get_by_role("button", name="Send comment").click()
    expect(page.get_by_text("Your comment is kept")).to_be_visible()
    store = Store(home / "answers.sqlite")
    ratings = [(r.liked, r.comment) for r, _ in store.ratings() if r.answer == id]
    store.close()
    assert ratings[-2:] == [(False, ""), (False, "The number of patients is missing.")]


def test_what_cannot_be_asked_is_told(watched: Watched) -> None:
    page = watched.open()
    watched.ask("???")
    expect(page.locator(".ra-error")).to_contain_text("This could not be asked")
    watched.ask(LOOKUP)
    expect(page.locator(".ra-done .ra-lead")).to_contain_text("68%")


def test_a_long_question_is_told_of_and_not_cut(watched: Watched) -> None:
    page = watched.open()
    watched.ask(f"{LOOKUP} {'Please. ' * 1250}")
    expect(page.locator(".ra-error")).to_contain_text("at most 4,000")
    watched.ask(LOOKUP)
    page.get_by_role("button", name="Like", exact=True).last.click()
    comment = page.get_by_label("Comment (optional)")
    comment.fill("Please. " * 1250)
    page.get_by_role("button", name="Send comment").click()
    expect(page.get_by_role("alert").last).to_contain_text("at most 4,000 are kept")


@pytest.mark.parametrize("status", [413, 429, 503])
def test_what_a_request_is_refused_for_is_told_and_the_conversation_stays_in_sight(
    watched: Watched, status: int
) -> None:
    page = watched.open()
    watched.ask(CELL)
    told = '{"error": "No more of this.", "remedy": "Later."}'
    page.route(
        "**/queue/join*",
        lambda route: route.fulfill(status=status, content_type="application/json", body=told),
    )
    page.get_by_label("Your question").fill("And at three years?")
    page.keyboard.press("Enter")
    words = "No more of this" if status != 503 else "currently busy"
    expect(page.get_by_test_id("toast-body").first).to_contain_text(re.compile(words, re.IGNORECASE))
    assert is_seen(page, ".ra-done .ra-lead")
    expect(page.get_by_label("Your question")).to_have_value("And at three years?")
    page.unroute("**/queue/join*")
    page.get_by_label("Your question").press("Enter")
    expect(page.locator(".ra-done .ra-lead").last).to_contain_text("78%")


def test_a_page_that_is_loaded_again_shows_the_conversation(watched: Watched) -> None:
    page = watched.open()
    watched.ask(CELL)
    watched.ask("And at three years?")
    expect(page).to_have_url(re.compile(r"\?again=\w{20}$"))
    page.reload()
    expect(page.locator(".ra-done")).to_have_count(2)
    expect(page.locator(".ra-done .ra-lead").last).to_contain_text("78%")
    watched.ask("And in Abstract 54?")
    expect(page.locator(".ra-done .ra-lead").last).to_contain_text("93.4%")
    page.get_by_role("button", name="New conversation").click()
    expect(page).to_have_url(watched.address)
    expect(page.locator("#ra-panel-body")).to_contain_text("Choose a citation")
    expect(page.get_by_role("button", name="Back to the answer")).to_be_hidden()


def test_of_two_sources_the_one_chosen_last_is_shown(watched: Watched) -> None:
    page = watched.open()
    watched.ask(CONFLICT)
    conflict = page.locator(".ra-conflict")
    expect(page.locator("#ra-panel .ra-evidence")).to_be_visible()
    first, last = (
        conflict.get_by_role("link", name=re.compile("table 2")),
        conflict.get_by_role("link", name=re.compile("text")),
    )
    slow = (first.get_attribute("href") or "").split("?")[0]
    waiting: list[Route] = []
    page.route(f"**/{slow}*", lambda route: waiting.append(route))
    first.click()
    last.click()
    expect(page.locator("#ra-panel mark")).to_contain_text("four patients")
    waiting[0].continue_()
    page.wait_for_timeout(500)
    expect(page.locator("#ra-panel mark")).to_contain_text("four patients")
    assert last.evaluate("e => e.classList.contains('ra-open')")


def test_a_point_of_the_picture_stays_marked(watched: Watched) -> None:
    page = watched.open()
    page.get_by_role("tab", name="Studies").click()
    point = page.get_by_role("group", name="Abstract 54").get_by_role("link", name=re.compile("3-year EFS"))
    point.click()
    expect(page.locator("#ra-panel td.ra-cell")).to_be_visible()
    page.wait_for_timeout(300)
    assert point.evaluate("e => e.classList.contains('ra-open')")


def test_by_keyboard_alone(watched: Watched) -> None:
    page = watched.open()
    expect(page.get_by_label("Your question")).to_be_focused()
    page.keyboard.type(LOOKUP)
    page.keyboard.press("Enter")
    expect(page.locator(".ra-done")).to_have_count(1)
    tab_to(page, "a.ra-cite", back=True)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Abstract 51 Goekbuget et al.")).to_be_focused()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.ra-done a.ra-cite')")
    tab_to(page, ".ra-copying summary")
    page.keyboard.press("Enter")
    tab_to(page, ".ra-copy")
    page.keyboard.press("Enter")
    expect(page.locator("#ra-said")).to_have_text(re.compile("Markdown|could not be copied"))
    tab_to(page, "[role=tab]", back=True)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Reported survival and response rates")).to_be_visible()
    tab_to(page, "a.ra-point")
    page.keyboard.press("Enter")
    expect(page.locator("#ra-panel .ra-hit, #ra-panel .ra-cell")).not_to_have_count(0)


def tab_to(page: Page, selector: str, *, back: bool = False) -> None:
    """Press Tab until the focus is on ``selector``."""
    for _ in range(60):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by Tab")


def test_the_studies_are_drawn_sorted_and_linked(watched: Watched) -> None:
    page = watched.open()
    page.get_by_role("tab", name="Studies").click()
    expect(page.locator(".ra-caution")).to_contain_text("pools nothing")
    expect(page.locator(".ra-wide .ra-svg")).to_be_visible()
    expect(page.locator(".ra-narrow .ra-svg")).to_be_hidden()
    page.get_by_role("group", name="Abstract 54").get_by_role("link", name=re.compile("3-year EFS")).click()
    expect(page.locator("#ra-panel td.ra-cell")).to_contain_text("3-year EFS: 88.6%")
    studies = page.locator(".ra-sortable tbody th")
    expect(studies).to_have_count(9)
    page.get_by_role("button", name="Patients").click()
    page.get_by_role("button", name="Patients").click()
    expect(studies.first).to_contain_text("Abstract 51")
    expect(studies.last).to_contain_text("Abstract 975")
    expect(page.locator("th[aria-sort=descending]")).to_have_text("Patients")
    page.get_by_role("button", name="Study").click()
    expect(studies.first).to_contain_text("Abstract 51")
    expect(studies.last).to_contain_text("Abstract 4053")


def test_on_a_phone_the_evidence_is_a_sheet_that_closes(phone: Watched) -> None:
    page = phone.open()
    phone.ask(CELL)
    expect(page.locator("#ra-panel")).to_be_hidden()
    page.locator(".ra-done a.ra-cite").first.tap()
    expect(page.locator("#ra-panel")).to_be_visible()
    page.wait_for_timeout(400)
    assert is_seen(page, "td.ra-cell")
    page.get_by_role("button", name="Back to the answer").tap()
    expect(page.locator("#ra-panel")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("tab", name="Studies").tap()
    expect(page.locator(".ra-narrow .ra-svg")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_light_and_dark(watched: Watched) -> None:
    page = watched.open()
    before = page.evaluate("getComputedStyle(document.querySelector('.gradio-container')).backgroundColor")
    page.get_by_role("button", name="Light or dark").click()
    after = page.evaluate("getComputedStyle(document.querySelector('.gradio-container')).backgroundColor")
    assert {before, after} == {"rgb(250, 249, 246)", "rgb(21, 24, 27)"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_serious(browser: Browser, address: str, scheme: str, width: int) -> None:
    axe = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True, reduced_motion="reduce",
    )  # fmt: skip
    watched = Watched(context, address)
    page = watched.open()
    expect(page.get_by_role("button", name="Select example 1")).to_be_visible()
    page.evaluate(axe)
    found = serious(page)
    watched.ask(CONFLICT)
    watched.ask(DECLINE)
    page.locator(".ra-conflict a.ra-cite").first.click()
    expect(page.locator("#ra-panel table")).to_be_visible()
    found += serious(page)
    page.get_by_role("button", name="Back to the answer").click()
    page.get_by_role("tab", name="Studies").click()
    expect(page.locator(".ra-sortable")).to_be_visible()
    found += serious(page)
    context.close()
    assert found == []


def serious(page: Page) -> list[str]:
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert result["passes"], "axe looked at nothing"
    return [
        f"{v['id']}: {v['nodes'][0]['html']}"
        for v in result["violations"]
        if v["impact"] in {"serious", "critical"}
    ]
