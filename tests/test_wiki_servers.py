"""Answers pushed to a real MediaWiki and a real DokuWiki, shown by them, and read back."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

import fake_engine
import httpx
import pytest
from exporting import HOSTILE, Shown
from faulty import faulty
from syncing import says
from wikis import PASSWORD, Wiki, dokuwiki, mediawiki

from assistant.cli.cli import run
from assistant.export import Document, Paragraph, Table
from assistant.model import AssistantError
from assistant.wiki.asking import answering
from assistant.wiki.blocks import Block
from assistant.wiki.dokuwiki import DokuWiki
from assistant.wiki.login import Login, read_login
from assistant.wiki.mediawiki import MediaWiki
from assistant.wiki.refresh import Ask, Asked, Status
from assistant.wiki.sync import Done, Options, synced
from assistant.wiki.target import ConflictError, GoneError, Page, PageError, Target

pytestmark = pytest.mark.slow

QUESTIONS = (
    "What was the 3-year OS in the GMALL trial?",
    "Which studies used venetoclax?",
    "Compare the CR rates of venetoclax and nelarabine",
    "What does Abstract 1995 report?",
    "What was the 10-year OS of GMALL?",
    "Was ist das 3-Jahres-Gesamtüberleben in GMALL?",
    "How old were the patients of Abstract 51?",
    "What is the capital of France?",
)
BLOCK = "<!-- ask: {} -->\n<!-- end -->\n"
BEFORE, BETWEEN, AFTER = "Before: it's fine.\n\n", "\nSome //words// of *people*.\n\n", "\nAfter."
PASSED = {"p", "b", "strong", "sup", "a", "div", "ol", "li", "span", "br", "i", "em", "link", "style"}
TABLES = {"table", "tbody", "thead", "tr", "td", "th"}


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wiki]:
    with mediawiki(tmp_path_factory.mktemp("mediawiki")) as wiki:
        yield wiki


@pytest.fixture(scope="module")
def doku(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wiki]:
    with dokuwiki(tmp_path_factory.mktemp("dokuwiki")) as wiki:
        yield wiki


def login(wiki: Wiki, user: str) -> Login:
    return Login(user, wiki.users[user])


def on_media(wiki: Wiki, *pages: str, user: str = "Reviewer@sync", **options: Any) -> MediaWiki:
    return MediaWiki(options.pop("url", wiki.url), login(wiki, user), pages, **options)


def on_doku(wiki: Wiki, *pages: str, user: str = "reviewer", **options: Any) -> DokuWiki:
    return DokuWiki(options.pop("url", wiki.url), login(wiki, user), pages, **options)


def create(target: Target, name: str, text: str) -> None:
    """A page made by a person."""
    if isinstance(target, MediaWiki):
        site = target._site
        site.post("edit", title=name, text=text, token=site.get_token("csrf"))
    else:
        assert isinstance(target, DokuWiki)
        assert target._call("wiki.putPage", name, text, {"sum": "", "minor": False}) is True


def sync(target: Target, ask: Ask, **options: Any) -> list[Done]:
    return list(synced(target, ask, Options(**options), lambda *step: None))


def statuses(done: Sequence[Done]) -> set[Status]:
    assert not [d.failure for d in done if d.failure]
    return {r.status for d in done for r in d.reports}


class Remembered:
    """Answers, and what was answered."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self.documents: dict[str, Document] = {}

    def __call__(self, block: Block) -> Asked:
        asked = self._ask(block)
        self.documents[block.question] = asked.document
        return asked


def page_of(questions: Sequence[str], sign: str = "") -> str:
    """A page with a block a question; ``sign`` stands around each marker."""
    block = BLOCK.replace("<!--", f"{sign}<!--").replace("-->", f"-->{sign}")
    return BEFORE + BETWEEN.join(block.format(q) for q in questions) + AFTER


def hostile(block: Block) -> Asked:
    """Question number k is answered with the k-th hostile text."""
    return says(HOSTILE[int(block.question.split()[-1])])(block)


def squeezed(text: str) -> str:
    return "".join(text.split())


def assert_shown(documents: Sequence[Document], bare: Shown, whole: Shown) -> None:
    """Every statement with its visible citations, every note and every provenance is there, as it is."""
    words, everything = squeezed(bare.words), squeezed(whole.words)
    for document in documents:
        assert squeezed(document.title) in words
        for part in document.parts:
            lead = part.lead if isinstance(part, Paragraph) else ""
            for said in part.said if isinstance(part, Paragraph) else [c for row in part.rows for c in row]:
                labels = dict.fromkeys(f"[{document.notes[k].label}]" for k in said.notes)
                assert squeezed(lead + said.text + "".join(labels)) in words
        for note in document.notes:
            assert squeezed(note.words) in everything, note.words
        assert f"Answered{document.origin.day},corpus{document.origin.corpus[:12]}" in words
    assert set(whole.tags) <= PASSED | TABLES, set(whole.tags) - PASSED
    inner = {link[1:] for link in whole.links if link.startswith("#")}
    assert inner
    assert inner <= whole.ids
    outer = [link for link in whole.links if not link.startswith("#")]
    known = re.compile(r"https://doi\.org/10\.1186/s40164-023-00384-4$")
    assert [link for link in outer if not known.match(link)] == []


# -- MediaWiki ------------------------------------------------------------------------------------------


def media_html(wiki: Wiki, page: str) -> str:
    query = {"action": "parse", "page": page, "prop": "text", "format": "json", "formatversion": "2",
             "disableeditsection": "1", "disablelimitreport": "1"}  # fmt: skip
    return str(httpx.get(f"{wiki.url}api.php", params=query, timeout=60).json()["parse"]["text"])


def push(target: Target, name: str, questions: Sequence[str], ask: Remembered) -> None:
    """Put a page up, sync it, and see that a second sync edits nothing."""
    create(target, name, page_of(questions, "%%" if isinstance(target, DokuWiki) else ""))
    assert statuses(sync(target, ask)) == {Status.FILLED}
    once = target.read(name)
    assert once.text.startswith(BEFORE)
    assert once.text.endswith(AFTER)
    assert once.text.count(BETWEEN) == len(questions) - 1
    assert statuses(sync(target, ask)) == {Status.UNCHANGED}
    assert target.read(name) == once


@pytest.fixture(scope="module")
def engine() -> Ask:
    from assistant.engine.engine import open_engine
    from assistant.settings import load_settings

    return answering(open_engine(load_settings()), "2026-01-02", lambda *given: "")


def test_mediawiki_shows_every_kind_of_answer(media: Wiki, engine: Ask) -> None:
    ask = Remembered(engine)
    push(on_media(media, "Kinds"), "Kinds", QUESTIONS, ask)
    html = media_html(media, "Kinds")
    assert_shown(list(ask.documents.values()), Shown(html, skip="sup"), Shown(html))
    assert "<b>Not answered from the review.</b>" in html


def test_mediawiki_reads_no_answer_as_markup(media: Wiki) -> None:
    ask = Remembered(hostile)
    push(on_media(media, "Hostile"), "Hostile", [f"Q {k}" for k in range(len(HOSTILE))], ask)
    html = media_html(media, "Hostile")
    assert_shown(list(ask.documents.values()), Shown(html, skip="sup"), Shown(html))
    assert "Reviewer" not in html, "it was signed"


def test_dokuwiki_shows_every_kind_of_answer(doku: Wiki, engine: Ask) -> None:
    ask = Remembered(engine)
    push(on_doku(doku, "kinds"), "kinds", QUESTIONS, ask)
    html = doku_html(doku, "kinds")
    assert_shown(list(ask.documents.values()), Shown(html, skip="sup"), Shown(html))
    assert "<strong>Not answered from the review.</strong>" in html


def test_dokuwiki_reads_no_answer_as_markup(doku: Wiki) -> None:
    ask = Remembered(hostile)
    push(on_doku(doku, "hostile"), "hostile", [f"Q {k}" for k in range(len(HOSTILE))], ask)
    html = doku_html(doku, "hostile")
    assert_shown(list(ask.documents.values()), Shown(html, skip="sup"), Shown(html))


def doku_html(wiki: Wiki, page: str) -> str:
    wanted = {"id": page, "do": "export_xhtmlbody"}
    cookies = httpx.post(f"{wiki.url}/doku.php", data={"u": "reviewer", "p": PASSWORD, "do": "login"}).cookies
    return httpx.get(f"{wiki.url}/doku.php", params=wanted, cookies=cookies, timeout=60).text


@pytest.mark.parametrize("kind", ["mediawiki", "dokuwiki"])
def test_a_page_of_all_studies_is_shown(kind: str, request: pytest.FixtureRequest, engine: Ask) -> None:
    wiki: Wiki = request.getfixturevalue("media" if kind == "mediawiki" else "doku")
    target = on_media(wiki, "Everything") if kind == "mediawiki" else on_doku(wiki, "everything")
    name = "Everything" if kind == "mediawiki" else "everything"
    ask = Remembered(engine)
    create(target, name, page_of(["x"], "%%").replace("ask: x", "page: all"))
    assert statuses(sync(target, ask)) == {Status.FILLED}
    assert statuses(sync(target, ask)) == {Status.UNCHANGED}
    html = media_html(wiki, name) if kind == "mediawiki" else doku_html(wiki, name)
    assert_shown(list(ask.documents.values()), Shown(html, skip="sup"), Shown(html))
    n_rows = sum(len(part.rows) for part in ask.documents["all"].parts if isinstance(part, Table))
    assert Shown(html).tags.count("tr") == n_rows + 2


def test_a_summary_says_what_was_changed(media: Wiki) -> None:
    target = on_media(media, "Summary")
    create(target, "Summary", page_of(["Q"]))
    sync(target, says())
    assert statuses(sync(target, says("The OS was 12%.", "c2"))) == {Status.CHANGED}
    found = target._site.get(
        "query", prop="revisions", titles="Summary", rvprop="comment|user|flags", rvlimit="5"
    )
    (page,) = found["query"]["pages"].values()
    assert [(r["user"], r["comment"]) for r in page["revisions"][:2]] == [
        ("Reviewer", "Answers of the review: 1 changed (before: “The OS was 61%. [Study S-1]”)"),
        ("Reviewer", "Answers of the review: 1 filled"),
    ]


# -- others edit too ------------------------------------------------------------------------------------


def edit_as_person(target: Target, name: str, line: str) -> None:
    """Add a line at the end, like a person who looks again when the wiki tells of a conflict, or not in time."""
    for _ in range(200):
        with suppress(ConflictError, GoneError):
            page = target.read(name)
            if line not in page.text.split("\n"):  # an edit may have been kept though its answer never came
                target.write(page, f"{page.text}\n{line}", "mine")
            return
        time.sleep(0.02)
    raise AssertionError("a person could not save")


def contest(wiki_name: str, target: Target, people: Sequence[Target], n_edits: int, seconds: float) -> int:
    """How many edits people made while a page was synced over and over; none of them is missing."""
    create(target, wiki_name, page_of(["Q 1", "Q 2"]))
    over = threading.Event()
    ends = time.monotonic() + seconds
    made: list[str] = []

    def person(number: int) -> None:
        for k in range(n_edits):
            if time.monotonic() > ends:
                return
            edit_as_person(people[number], wiki_name, f"person {number} wrote {k}.")
            made.append(f"person {number} wrote {k}.")

    def machine() -> int:
        n_written, k = 0, 0
        while not over.is_set():
            k += 1
            n_written += any(d.diff for d in sync(target, says(f"The OS was {k}%.", f"c{k}")))
        return n_written

    with ThreadPoolExecutor() as pool:
        machine_done = pool.submit(machine)
        try:
            list(pool.map(person, range(len(people))))
        finally:
            over.set()
        n_written = machine_done.result()
    text = target.read(wiki_name).text
    lines = text.split("\n")
    assert [line for line in made if lines.count(line) != 1] == []
    assert text.startswith(BEFORE)
    assert n_written >= 3, "the machine never came to write"
    assert statuses(sync(target, says("The end.", "c"))) == {Status.CHANGED}
    return len(made)


def test_no_edit_of_a_person_is_lost_on_mediawiki(media: Wiki) -> None:
    people = [on_media(media, user=f"Human{k}", timeout_s=6) for k in range(4)]
    n_kept = contest("Contest", on_media(media, "Contest"), people, 50, 900)
    print(f"{n_kept} edits of people kept")
    assert n_kept == 200


# -- faults ---------------------------------------------------------------------------------------------


def failures(done: Sequence[Done]) -> dict[str, str]:
    return {d.name: d.failure for d in done}


def test_mediawiki_refuses_and_the_rest_goes_on(media: Wiki) -> None:
    admin = on_media(media, user="Admin")
    names = ["Guarded", "Pills", "Fine"]
    for name in names:
        create(admin, name, page_of(["Q"]))
    site = admin._site
    site.post("protect", title="Guarded", protections="edit=sysop", token=site.get_token("csrf"))

    def ask(block: Block) -> Asked:
        return says()(block)

    found = failures(sync(on_media(media, "Guarded", "Missing", "Fine"), ask))
    assert "protected" in found["Guarded"]
    assert "There is no such page." in found["Missing"]
    assert found["Fine"] == ""
    assert "spam filter" in failures(sync(on_media(media, "Pills"), says("buy-cheap-pills")))["Pills"]
    assert admin.read("Guarded").text == admin.read("Pills").text == page_of(["Q"])


def test_mediawiki_wants_a_captcha_of_a_plain_account(media: Wiki) -> None:
    name = "LabWiki:Asked"
    create(on_media(media, user="Admin"), name, page_of(["Q"]))
    found = failures(sync(on_media(media, name, user="Plain@sync"), says()))
    assert "The wiki wants a captcha solved" in found[name]
    assert on_media(media).read(name).text == page_of(["Q"])


def test_an_edit_filter_of_mediawiki_is_named(media: Wiki) -> None:
    admin = on_media(media, user="Admin")
    create(admin, "Filtered", page_of(["Q"]))
    page = f"{media.url}index.php?title=Special:AbuseFilter/new"
    web = admin._site.connection
    token = next(t for t in re.findall(r"<input[^>]*>", web.get(page).text) if "wpEditToken" in t)
    rules = {
        "wpFilterRules": 'added_lines rlike "forbidden-word"',
        "wpFilterDescription": "No such word",
        "wpFilterEnabled": "1",
        "wpFilterActionDisallow": "1",
        "wpFilterDisallowMessage": "abusefilter-disallowed",
        "wpEditToken": unescape(token.split('value="')[1].split('"')[0]),
    }
    web.post(page, data=rules).raise_for_status()
    done = sync(on_media(media, "Filtered"), says("A forbidden-word."))
    assert "An edit filter refused it" in failures(done)["Filtered"]
    assert admin.read("Filtered").text == page_of(["Q"])


@pytest.mark.parametrize("kind", ["mediawiki", "dokuwiki"])
def test_an_account_that_may_only_read_is_told_for_each_page(
    kind: str,
    request: pytest.FixtureRequest,
    fake: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    media_kind = kind == "mediawiki"
    wiki: Wiki = request.getfixturevalue("media" if media_kind else "doku")
    names = ["Read1", "Read2"] if media_kind else ["read1", "read2"]
    admin: Target = on_media(wiki, user="Admin") if media_kind else on_doku(wiki, user="admin")
    for name in names:
        create(admin, name, page_of(["What?"]))
    user = "Plain@reading" if media_kind else "reader"
    fake.setenv("ASSISTANT_WIKI_USER", user)
    fake.setenv("ASSISTANT_WIKI_PASSWORD", wiki.users[user])
    pages = [part for name in names for part in ("--page", name)]
    assert run(["wiki", "sync", f"{kind}+{wiki.url}", *pages]) == 1
    said = capsys.readouterr().out
    for name in names:
        assert re.search(rf"^{name}: failed: .*may not", said, re.MULTILINE), said
        assert admin.read(name).text.strip() == page_of(["What?"]).strip()
    assert "2 pages failed" in said


def test_nobody_may_edit_without_a_login(media: Wiki) -> None:
    create(on_media(media, user="Admin"), "Closed", page_of(["Q"]))
    target = MediaWiki(media.url, Login(), ["Closed"])
    assert "login" in failures(sync(target, says()))["Closed"]


@pytest.mark.parametrize("kind", ["mediawiki", "dokuwiki"])
def test_a_wrong_password_is_told_and_not_shown(
    kind: str,
    request: pytest.FixtureRequest,
    fake: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    wiki: Wiki = request.getfixturevalue("media" if kind == "mediawiki" else "doku")
    (tmp_path / "secret").write_text("not-the-password\n")
    fake.setenv("ASSISTANT_WIKI_USER", "Reviewer@sync")
    fake.setenv("ASSISTANT_WIKI_PASSWORD_FILE", str(tmp_path / "secret"))
    assert run(["wiki", "sync", f"{kind}+{wiki.url}"]) == 2
    said = "".join(capsys.readouterr())
    assert "refused the login" in said
    assert "not-the-password" not in said
    assert "not-the-password" not in repr(read_login("a", "not-the-password", None))


def test_the_command_syncs_a_wiki(
    media: Wiki, fake: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    create(on_media(media, user="Admin"), "Command", page_of(["What?"]))
    fake.setattr(fake_engine, "PAYLOAD", "")
    fake.setenv("ASSISTANT_WIKI_USER", "Reviewer@sync")
    fake.setenv("ASSISTANT_WIKI_PASSWORD", media.users["Reviewer@sync"])
    command = ["wiki", "sync", f"mediawiki+{media.url}", "--page", "Command"]
    assert run([*command, "--check"]) == 1
    assert run(command) == 0
    assert run([*command, "--check"]) == 0
    assert "Command: filled: What?\n1 filled\n" in capsys.readouterr().out
    assert "Command" in on_media(media).names()


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("mediawiki+http://u:pw@127.0.0.1/", "pw"), ("confluence+https://x/", "confluence"), ("ftp://x", "ftp")],
)
def test_addresses_that_cannot_be_are_told(
    name: str, wanted: str, fake: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["wiki", "sync", name]) == 2
    said = capsys.readouterr().err
    assert "cannot be read" in said
    assert "pw" not in said


@pytest.mark.parametrize(("user", "password"), [("a", ""), ("", "b")])
def test_half_a_login_is_refused(user: str, password: str) -> None:
    with pytest.raises(AssistantError, match="for the wiki"):
        read_login(user, password, None)


def test_dokuwiki_refuses_and_the_rest_goes_on(doku: Wiki) -> None:
    admin = on_doku(doku, user="admin")
    for name in ("closed:a", "b", "pills", "held"):
        create(admin, name, page_of(["Q"]))
    found = failures(sync(on_doku(doku, "closed:a", "missing", "b"), says()))
    assert "may not" in found["closed:a"]
    assert "There is no such page." in found["missing"]
    assert found["b"] == ""
    assert "word filter" in failures(sync(on_doku(doku, "pills"), says("buy-cheap-pills")))["pills"]
    admin._call("dokuwiki.setLocks", {"lock": ["held"], "unlock": []})
    assert "Somebody is editing it" in failures(sync(on_doku(doku, "held"), says()))["held"]
    assert admin.read("held").text == admin.read("pills").text == page_of(["Q"])


@pytest.mark.parametrize("kind", ["mediawiki", "dokuwiki"])
def test_a_wiki_that_fails_for_one_page_or_is_gone_half_way(
    kind: str, request: pytest.FixtureRequest
) -> None:
    media_kind = kind == "mediawiki"
    wiki: Wiki = request.getfixturevalue("media" if media_kind else "doku")
    open_ = partial(on_media if media_kind else on_doku, wiki)
    user = "Admin" if media_kind else "admin"
    names = (
        ["Bad500", "Good1", "Slow", "Good2", "Last"]
        if media_kind
        else ["bad500", "good1", "slow", "good2", "last"]
    )
    for name in names:
        create(open_(user=user), name, page_of(["Q"]))
    with faulty(wiki.url) as proxy:
        proxy.fail(names[0], "500")
        proxy.fail(names[2], "slow")
        target = open_(*names[:4], url=proxy.url, timeout_s=2)
        found = failures(sync(target, says()))
        assert "500" in found[names[0]]
        assert "Timeout" in found[names[2]]
        assert found[names[1]] == found[names[3]] == ""
        proxy.lag = 1 if media_kind else 0
        assert statuses(sync(open_(names[4], url=proxy.url), says())) == {Status.FILLED}
        assert proxy.lag == 0
        target = open_(*names, url=proxy.url, timeout_s=2)
        proxy.gone = True
        found = failures(sync(target, says("Other.", "c9")))
        assert list(found) == names
        assert "not reached" in found[names[4]]
    assert "Other" not in "".join(open_(user=user).read(name).text for name in names)


def test_an_edit_whose_answer_is_lost_is_not_made_twice(media: Wiki) -> None:
    create(on_media(media, user="Admin"), "Lost", page_of(["Q"]))
    with faulty(media.url) as proxy:
        proxy.fail("action=edit", "lose")
        sync(on_media(media, "Lost", url=proxy.url, timeout_s=3), says())
    text = on_media(media).read("Lost").text
    assert text.count("The OS was 61%.") == 1
    assert statuses(sync(on_media(media, "Lost"), says())) == {Status.UNCHANGED}


def test_a_page_is_whole(media: Wiki) -> None:
    target = on_media(media, "Whole")
    create(target, "Whole", page_of(["Q"]))
    page = target.read("Whole")
    edit_as_person(on_media(media, user="Human0"), "Whole", "mine")
    with pytest.raises(ConflictError):
        target.write(Page(page.name, page.text, page.revision), page.text.replace("After", "Then"), "")
    with pytest.raises(PageError, match="no such page"):
        target.read("Nowhere")
