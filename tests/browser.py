"""A real Chromium, and the chat in a process of its own, for tests that look at the page."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
REQUIRED = "REQUIRE_BROWSER"
"""With this variable set a missing browser fails the tests that need one, instead of skipping them."""
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser that is installed; skips where there is none."""
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        message = "no Chromium is installed (Debian: apt-get install chromium)"
        if os.environ.get(REQUIRED):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS.split())
        yield browser
        browser.close()


@contextmanager
def chat(corpus: Path, home: Path, payloads: Path | None = None) -> Iterator[str]:
    """The address of a chat over a corpus folder, as long as the block runs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, str(ROOT / "tests" / "chat_app.py"), str(corpus), str(home), str(port)]
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    with (home / "chat.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            command + ([str(payloads)] if payloads else []),
            env={**os.environ, "PYTHONPATH": path}, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            _wait(f"http://127.0.0.1:{port}/chat/", process, home / "chat.log")
            yield f"http://127.0.0.1:{port}/chat/"
        finally:
            process.terminate()
            process.wait(30)


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (urllib.error.URLError, OSError):
            assert process.poll() is None, log.read_text(encoding="utf-8")
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"{address} did not answer: {log.read_text(encoding='utf-8')}")


class Watched:
    """A page and what went wrong on it: errors, and requests to other hosts (which are not let through)."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page: Page = context.new_page()
        self.address = address
        self.errors: list[str] = []
        self.foreign: list[str] = []
        host = address.split("/")[2]
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.route(
            lambda url: not url.startswith(("data:", "blob:")) and url.split("/")[2] != host,
            lambda route: (self.foreign.append(route.request.url), route.abort()),
        )

    def open(self, query: str = "") -> Page:
        """The page, once its examples are there."""
        self.page.goto(self.address + query)
        # The first page of a run waits until the index is built.
        expect(self.page.locator("#ra-head a.ra-out, #ra-head .ra-error").first).to_be_visible(
            timeout=300_000
        )
        return self.page

    def ask(self, question: str) -> None:
        """Ask by keyboard, and wait for the whole answer."""
        answers = self.page.locator("#ra-chat .ra-done, #ra-chat .ra-error")
        before = answers.count()
        self.page.get_by_label("Your question").fill(question)
        self.page.keyboard.press("Enter")
        expect(answers).to_have_count(before + 1, timeout=30_000)
