"""The real chat in a browser behind the documented nginx, below its path, and in another site's frame."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from browser import Watched, chromium
from playwright.sync_api import expect
from service_app import free_port, process, wait_for
from test_deployment import PREFIX, nginx

from assistant.service.signin import user_line

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::ResourceWarning")]

CHAT = "assistant.chat"
QUESTION = "What was the 1-year OS in Abstract 51?"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def wiki(folder: Path, port: int) -> Iterator[str]:
    """A site on another port, whose pages are the files of a folder."""
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_below_a_path_the_whole_chat_works_after_signing_in(tmp_path: Path, assistant_home: Path) -> None:
    users = tmp_path / "users"
    users.write_text(user_line("ada", "correct horse"), encoding="utf-8")
    arguments = ("--root-path", PREFIX, "--users-file", str(users))
    more = {"ASSISTANT_HOME": str(assistant_home), "ASSISTANT_HOSTS": "lab.example"}
    with (
        process(tmp_path, *arguments, engine="", chat=CHAT, **more) as (running, upstream),
        nginx(tmp_path, upstream) as outside,
        chromium() as browser,
    ):
        wait_for(f"{upstream}/readyz", running)
        context = browser.new_context(http_credentials={"username": "ada", "password": "correct horse"})
        watched = Watched(context, f"{outside}{PREFIX}/chat/")
        page = watched.open()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        watched.ask(QUESTION)
        expect(page.locator(".ra-done .ra-lead strong")).to_have_text("89%")
        page.locator(".ra-done a.ra-cite").first.click()
        expect(page.locator("#ra-panel td.ra-cell strong")).to_have_text("89%")
        with context.expect_page() as opened:
            page.get_by_role("link", name="Permalink").click()
        expect(opened.value.get_by_text("89%").first).to_be_visible()
        assert opened.value.url.startswith(f"{outside}{PREFIX}/a/")
        assert asked
        assert [url for url in asked if not url.startswith((f"{outside}{PREFIX}/", "data:", "blob:"))] == []
        assert watched.errors == []
        assert watched.foreign == []
        context.close()


def test_in_a_frame_of_a_named_site_the_chat_works_and_of_no_other(
    tmp_path: Path, assistant_home: Path
) -> None:
    named, other = free_port(), free_port()
    more = {"ASSISTANT_HOME": str(assistant_home), "ASSISTANT_FRAME_ANCESTORS": f"http://127.0.0.1:{named}"}
    with (
        process(tmp_path, engine="", chat=CHAT, **more) as (running, address),
        wiki(tmp_path, named) as site,
        wiki(tmp_path, other) as stranger,
        chromium() as browser,
    ):
        wait_for(f"{address}/chat/", running)
        frame = f'<!doctype html><title>Wiki</title><iframe src="{address}/chat/" width="900" height="700">'
        (tmp_path / "page.html").write_text(frame, encoding="utf-8")
        page = browser.new_page()
        page.goto(f"{site}/page.html")
        shown = page.frame_locator("iframe")
        box = shown.get_by_label("Your question")
        expect(box).to_be_visible(timeout=60_000)
        box.fill(QUESTION)
        box.press("Enter")
        expect(shown.locator(".ra-done .ra-lead strong")).to_have_text("89%", timeout=30_000)
        shown.locator(".ra-done a.ra-cite").first.click()
        expect(shown.locator("#ra-panel td.ra-cell strong")).to_have_text("89%")
        page.goto(f"{stranger}/page.html")
        page.wait_for_timeout(2_000)
        assert shown.get_by_label("Your question").count() == 0
        assert page.frames[1].url.startswith("chrome-error:")
        page.close()


def test_what_is_asked_while_the_index_is_opened_is_answered_and_stays(tmp_path: Path) -> None:
    with (
        process(tmp_path, ready=False, engine="gated_engine", chat=CHAT) as (running, address),
        chromium() as browser,
    ):
        wait_for(f"{address}/chat/config", running)
        page = browser.new_page()
        page.goto(f"{address}/chat/")
        box = page.get_by_label("Your question")
        box.fill(QUESTION)
        box.press("Enter")
        expect(page.locator(".ra-pending")).to_have_count(1)
        (tmp_path / "go").touch()
        expect(page.locator(".ra-done")).to_have_count(1, timeout=60_000)
        expect(page.locator("#ra-head a.ra-out")).to_be_visible(timeout=60_000)
        page.wait_for_timeout(1_000)
        expect(page.locator(".ra-done")).to_have_count(1)
        box.fill("And then?")
        box.press("Enter")
        expect(page.locator(".ra-done").last).to_contain_text("Turn 2")
        page.close()


def test_as_an_element_of_a_named_sites_page_the_chat_works_and_of_no_other(
    tmp_path: Path, assistant_home: Path
) -> None:
    named, other = free_port(), free_port()
    more = {"ASSISTANT_HOME": str(assistant_home), "ASSISTANT_CORS_ORIGINS": f"http://127.0.0.1:{named}"}
    with (
        process(tmp_path, engine="", chat=CHAT, **more) as (running, address),
        wiki(tmp_path, named) as site,
        wiki(tmp_path, other) as stranger,
        chromium() as browser,
    ):
        wait_for(f"{address}/chat/", running)
        element = (
            f'<!doctype html><title>Wiki</title><script type="module" src="{address}/chat/gradio.js"></script>'
            f'<gradio-app src="{address}/chat/"></gradio-app>'
        )
        (tmp_path / "page.html").write_text(element, encoding="utf-8")
        page = browser.new_page(viewport={"width": 1300, "height": 900})
        page.goto(f"{site}/page.html")
        box = page.get_by_label("Your question")
        expect(box).to_be_visible(timeout=60_000)
        expect(page.locator("#ra-head a.ra-out")).to_be_visible(timeout=60_000)
        box.fill(QUESTION)
        box.press("Enter")
        expect(page.locator(".ra-done .ra-lead strong")).to_have_text("89%", timeout=30_000)
        page.locator(".ra-done a.ra-cite").first.click()
        expect(page.locator("#ra-panel td.ra-cell strong")).to_have_text("89%")
        with page.context.expect_page() as opened:
            page.get_by_role("link", name="Permalink").click()
        assert opened.value.url.startswith(f"{address}/a/")
        page.goto(f"{stranger}/page.html")
        page.wait_for_timeout(2_000)
        assert page.get_by_label("Your question").count() == 0
        page.close()
