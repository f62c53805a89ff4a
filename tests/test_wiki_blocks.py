"""Blocks of a page: what is one, what becomes of it, and that nothing else is touched."""

from __future__ import annotations

import html
import os
import random
import re
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from syncing import says

from assistant.cli.cli import run
from assistant.export import Paragraph, Said, format_named
from assistant.model import AssistantError
from assistant.wiki.blocks import Block, blocks_of
from assistant.wiki.folder import Files
from assistant.wiki.refresh import Ask, Asked, Refreshed, Status, refreshed
from assistant.wiki.said import EARLIER
from assistant.wiki.sync import Options, synced
from assistant.wiki.syntax import SYNTAXES, syntax_of
from assistant.wiki.target import ConflictError, GoneError, Page, PageError

TESTS = Path(__file__).resolve().parent
MARKDOWN = SYNTAXES["markdown"]
PAGE = "# Notes\n\n<!-- ask: What was the OS? -->\n<!-- end -->\nafter"


def statuses(found: Refreshed) -> list[Status]:
    return [report.status for report in found.reports]


def filled(page: str = PAGE, **said: object) -> str:
    return refreshed(page, MARKDOWN, says(**said)).text  # type: ignore[arg-type]


def test_a_block_is_filled_between_its_markers() -> None:
    text = filled()
    assert text.startswith(
        "# Notes\n\n<!-- ask: What was the OS? -->\n\n**What was the OS?**\n\nThe OS was 61%."
    )
    assert re.search(r"\n\n<!-- end 2026-01-02 answered [0-9a-f]{12}(-[0-9a-f]{12}){3} -->\nafter$", text)
    again = refreshed(text, MARKDOWN, says())
    assert again.text == text
    assert statuses(again) == [Status.UNCHANGED]


def test_another_corpus_with_the_same_answer_renews_the_provenance() -> None:
    found = refreshed(filled(), MARKDOWN, says(corpus="c2"))
    assert statuses(found) == [Status.RENEWED]
    assert "corpus c2c2c2c2c2c2" in found.text
    assert "c1c1" not in found.text
    assert found.summary == "Answers of the review: 1 provenance renewed"


def test_another_answer_names_the_old_one() -> None:
    found = refreshed(filled(), MARKDOWN, says("The OS was 12%.", "c2"))
    assert statuses(found) == [Status.CHANGED]
    assert "12%" in found.text
    assert "The OS was 61%" not in found.text
    assert found.summary == "Answers of the review: 1 changed (before: “The OS was 61%. [Study S-1]”)"


def test_another_question_is_answered_anew() -> None:
    found = refreshed(filled().replace("ask: What was", "ask: What is"), MARKDOWN, says())
    assert statuses(found) == [Status.CHANGED]
    assert "**What is the OS?**" in found.text


def test_what_is_declined_now_keeps_what_it_said() -> None:
    found = refreshed(filled(), MARKDOWN, says("It gives no OS.", "c2", declined=True))
    assert statuses(found) == [Status.DECLINED_NOW]
    kept = "**The review no longer answers this. Earlier answer\\:** The OS was 61%. \\[Study S-1\\] (2026-01-02)"
    kept = kept.replace("\\:", ":")
    assert kept in found.text
    again = refreshed(found.text, MARKDOWN, says("It gives no OS.", "c2", declined=True))
    assert statuses(again) == [Status.UNCHANGED]
    for later in (says("It gives no OS.", "c3", declined=True), says("It gives none.", "c3", declined=True)):
        assert kept in refreshed(found.text, MARKDOWN, later).text
    answered = refreshed(found.text, MARKDOWN, says("The OS was 70%.", "c4"))
    assert statuses(answered) == [Status.CHANGED]
    assert "Earlier answer" not in answered.text


@pytest.mark.parametrize("old", ["61%", "**What", "Table 1", "corpus c1"])
def test_what_was_edited_by_hand_is_left_alone(old: str) -> None:
    page = filled().replace(old, "by hand", 1)
    found = refreshed(page, MARKDOWN, says("New.", "c2"))
    assert found.text == page
    assert statuses(found) == [Status.HAND_EDITED]
    forced = refreshed(page, MARKDOWN, says("New.", "c2"), force=True)
    assert statuses(forced) == [Status.CHANGED]
    assert "New." in forced.text
    assert "by hand" not in forced.text


def test_text_in_a_block_that_was_never_filled_is_somebodys() -> None:
    page = PAGE.replace("<!-- end", "my own words\n<!-- end")
    assert refreshed(page, MARKDOWN, says()).text == page
    assert statuses(refreshed(page, MARKDOWN, says())) == [Status.HAND_EDITED]


def test_other_line_ends_and_blank_ends_are_no_edit() -> None:
    crlf = filled().replace("\n", "\r\n").replace("61%. ", "61%. ")
    found = refreshed(crlf, MARKDOWN, says(corpus="c2"))
    assert statuses(found) == [Status.RENEWED]
    assert "\n" not in found.text.replace("\r\n", "")


def test_what_cannot_be_asked_is_stale_and_left() -> None:
    def refuses(block: Block) -> Asked:
        raise AssistantError("No such review.", "Choose another.")

    found = refreshed(filled(), MARKDOWN, refuses)
    assert found.text == filled()
    assert [(r.status, r.detail) for r in found.reports] == [
        (Status.STALE, "No such review. Choose another.")
    ]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("format=word", "There is no format word"),
        ("format=text", "does not fit"),
        ("format=mediawiki", "does not fit"),
        ("length=long", "There is no length long"),
        ("lenght=short", "There is no option lenght"),
    ],
)
def test_options_that_cannot_be_are_told(options: str, message: str) -> None:
    page = PAGE.replace("OS? -->", f"OS? | {options} -->")
    found = refreshed(page, MARKDOWN, says())
    assert found.text == page
    assert message in found.reports[0].detail


def test_options_are_read_from_the_end_of_the_line() -> None:
    block = blocks_of("<!-- ask: a | b? | review=x-1 |length=short -->\n<!-- end -->", MARKDOWN)[0][0]
    assert block.question == "a | b?"
    assert dict(block.options) == {"review": "x-1", "length": "short"}


@pytest.mark.parametrize(
    ("page", "n_blocks", "n_faults"),
    [
        ("<!-- ask: a -->\n<!-- ask: b -->\n<!-- end -->\n<!-- end -->", 1, 2),
        ("<!-- ask: a -->\n", 0, 1),
        ("<!-- end -->\n", 0, 1),
        ("text <!-- ask: a -->\n<!-- end -->", 0, 2),
        ("text <!-- ask: a --> <!-- end --> more", 0, 2),
        ("> <!-- ask: a -->\n> <!-- end -->", 0, 2),
        ("<!-- ask: is OS --> 78%? -->\n<!-- end -->", 0, 2),
        ("Write `<!-- ask: a -->` and ``<!-- end -->``, then `more`.", 0, 0),
        ("Two lines: `x <!-- page:\nstudy ID -->` and\n    <!-- end --> of it.", 0, 1),
        ("Two paragraphs: `x <!-- ask: a\n\nb` of it.", 0, 1),
        ("<pre>\n<!-- ask: a -->\n<!-- end -->\n</pre>\n<!-- ask: b -->\n<!-- end -->", 1, 0),
        ("<pre\n<!-- ask: a -->\n<!-- end -->", 0, 0),
        ("see <pre> <!-- ask: a --> </pre>", 0, 1),
        ("    <!-- ask: a -->\n    <!-- end -->", 0, 0),
        ("<!-- end of results -->", 0, 0),
        ("```\n<!-- ask: a -->\n<!-- end -->\n```\n", 0, 0),
        ("~~~~ md\n<!-- ask: a -->\n~~~\n<!-- end -->\n~~~~\n<!-- ask: b -->\n<!-- end -->", 1, 0),
        ("````\n```\n<!-- ask: a -->\n<!-- end -->\n", 0, 0),
        ("\ufeff<!-- ask: a -->\n<!-- end -->", 1, 0),
        ("<!--ask:a-->\r\n<!--end-->", 1, 0),
    ],
)
def test_what_is_a_block(page: str, n_blocks: int, n_faults: int) -> None:
    blocks, faults = blocks_of(page, MARKDOWN)
    assert (len(blocks), len(faults)) == (n_blocks, n_faults)


@pytest.mark.parametrize(
    ("syntax", "page"),
    [
        ("mediawiki", "<nowiki>\n<!-- ask: a -->\n<!-- end -->\n</nowiki>"),
        ("mediawiki", "<pre>\n<!-- ask: a -->\n<!-- end -->\n</pre>"),
        ("dokuwiki", "<code html>\n<!-- ask: a -->\n<!-- end -->\n</code>"),
        ("dokuwiki", "Write %%<!-- ask: a -->%% and\n  <!-- end -->"),
        ("mediawiki", "Write <nowiki><!-- ask: a --></nowiki>, <PRE\nclass=x><!-- end --></pre >."),
        ("confluence", "<ac:plain-text-body><![CDATA[<!-- ask: a --><!-- end -->]]></ac:plain-text-body>"),
    ],
)
def test_examples_of_other_wikis_are_no_blocks(syntax: str, page: str) -> None:
    assert blocks_of(page, SYNTAXES[syntax]) == ([], [])


@pytest.mark.parametrize(
    ("syntax", "page"),
    [
        ("markdown", "text <!-- ask: a -->\n"),
        ("mediawiki", "* <!-- ask: a -->\n"),
        ("dokuwiki", "  * x\nsee <!-- ask: a -->\n"),
        ("confluence", "<p><!-- ask: a < b --></p>"),
    ],
)
def test_what_was_meant_as_a_marker_is_told(syntax: str, page: str) -> None:
    (fault,) = blocks_of(page, SYNTAXES[syntax])[1]
    assert fault.question in {"a", "a < b"}
    assert "a line of its own" in fault.message
    assert page[fault.at :].startswith("<!--")


@pytest.mark.parametrize("syntax", SYNTAXES)
@pytest.mark.parametrize(
    "piece",
    [
        "<nowiki> x\n", "<code>", "<pre ", "<pre>\n", "<![CDATA[", "```\n", "~~~~\n", "`", "%%a\n", "<p> ", "<!-- ask: a",
        '<ac:structured-macro ac:name="anchor" ', '<ac:parameter ac:name="">', "<!-- ask: a |", "<!-- ask:" + " " * 99,
        "<!-- end 2026-01-02 ", "```\na\n```\n<!-- ask: a -->\n<!-- end -->\n",
    ],
)  # fmt: skip
def test_a_page_that_is_made_to_be_slow_is_read_at_once(syntax: str, piece: str) -> None:
    started = time.perf_counter()
    blocks_of(piece * 8000, SYNTAXES[syntax])
    assert time.perf_counter() - started < 5


def test_a_footnote_keeps_its_name_and_shares_it_with_no_other_block() -> None:
    once = filled()
    twice = refreshed(f"{PAGE}\n{once}", MARKDOWN, says(corpus="c2"))
    assert statuses(twice) == [Status.FILLED, Status.RENEWED]
    copied = f"{once}\n{once}"
    assert statuses(refreshed(copied, MARKDOWN, says())) == [Status.UNCHANGED] * 2
    for text in (
        twice.text,
        refreshed(f"{PAGE}\n{once}", MARKDOWN, says()).text,
        refreshed(f"{PAGE.replace('-->', '| length=short -->', 1)}\n{once}\n{PAGE}", MARKDOWN, says()).text,
        refreshed(copied, MARKDOWN, says(corpus="c2")).text,
        filled("<!-- ask: page OS -->\n<!-- end -->\n<!-- page: OS -->\n<!-- end -->"),
    ):
        names = re.findall(r"^\[\^(.*?)\]:", text, re.MULTILINE)
        assert len(names) == len(set(names)) >= 2
    (kept,) = re.findall(r"^\[\^(.*?)\]:", once, re.MULTILINE)
    assert f"[^{kept}]:" in twice.text[twice.text.rindex("<!-- ask") :]


@pytest.mark.parametrize("form", ["markdown", "github-wiki", "html", "mediawiki", "dokuwiki", "confluence"])
def test_every_statement_is_kept_where_it_is_declined_and_named_where_it_is_gone(form: str) -> None:
    syntax = syntax_of(form)
    assert syntax is not None
    page = "".join(syntax.written.format(m) for m in (f"ask: Which? | format={form}", "end"))
    before = refreshed(page, syntax, lists("In A, OS was 1%.", "In B, OS was 2%.", "In C, OS was 3%.")).text
    fewer = refreshed(before, syntax, lists("In A, OS was 1%.", "In C, OS was 3%."))
    assert fewer.reports[0].detail == "“In B, OS was 2%. [Study S-1]”"
    more = refreshed(
        before, syntax, lists("In A, OS was 1%.", "In B, OS was 2%.", "In C, OS was 3%.", "In D, OS was 4%.")
    )
    assert more.reports[0].detail.startswith("“In A, OS was 1%. [Study S-1] In B")
    declined = refreshed(before, syntax, says("It gives no OS.", "c2", declined=True))
    assert statuses(declined) == [Status.DECLINED_NOW]
    words = format_named(form).words(declined.text[blocks_of(declined.text, syntax)[0][0].start :])
    assert (
        f"{EARLIER} In A, OS was 1%. [Study S-1] In B, OS was 2%. [Study S-1] In C, OS was 3%. [Study S-1] "
        in words
    )
    assert "(2026-01-02)" in words
    assert "Table 1, Outcome" not in words, "a note is no statement"
    again = refreshed(declined.text, syntax, says("It gives none.", "c3", declined=True))
    kept = format_named(form).words(again.text)
    assert kept.count("In C, OS was 3%.") == 1
    assert "(2026-01-02)" in kept


def lists(*statements: str) -> Ask:
    """Answers every block with some statements, each with the same note."""

    def ask(block: Block) -> Asked:
        asked = says()(block)
        parts = tuple(Paragraph((Said(text, (0,)),)) for text in statements)
        return replace(asked, document=replace(asked.document, parts=parts))

    return ask


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_a_tag_in_a_question_hides_nothing(syntax: str) -> None:
    question = "Is <nowiki> or <pre> or <code> or ``` or ~~~ or <![CDATA[ {{x}} [[y]] ~~~~ text?"
    kind = SYNTAXES[syntax]
    shown = html.escape(question, quote=False) if kind.entities else question
    page = "".join(kind.written.format(m) for m in (f"ask: {shown}", "end", "ask: b", "end"))
    blocks, faults = blocks_of(f"{page}</nowiki></pre></code>]]>", kind)
    assert [block.question for block in blocks] == [question, "b"]
    assert faults == []
    once = refreshed(page, kind, says()).text
    assert statuses(refreshed(once, kind, says())) == [Status.UNCHANGED] * 2


def test_equal_blocks_have_footnotes_of_their_own() -> None:
    names = re.findall(r"^\[\^(.*?)\]:", filled(PAGE + "\n" + PAGE), re.MULTILINE)
    assert len(names) == len(set(names)) == 2


PIECES = st.one_of(
    st.sampled_from(
        [
            "<!-- ask: What was the OS? -->", "<!-- end -->", "<!-- ask: a | format=html -->", "%%<!-- ask: q -->%%",
            "<!-- end 2026-01-02 answered 0123456789ab-0123456789ab-0123456789ab-0123456789ab -->", "```", "~~~",
            "<nowiki>", "</nowiki>", "<pre>", "text", "\n", "\r\n", "\ufeff", " ", "    ", "<!--", "-->", "é", "e\u0301",
            "<!-- ask: x", "[^1]: note", "<code>", "</code>", "\r", "\u2028", "\x0c",
        ]
    ),
    st.text(max_size=8),
)  # fmt: skip
PAGES = st.lists(PIECES, max_size=25).map("".join) | st.lists(PIECES, max_size=25).map("\n".join)


def outside(text: str, syntax: str) -> list[str]:
    """What stands before, between and after the blocks, with their opening lines."""
    at, parts = 0, []
    for block in blocks_of(text, SYNTAXES[syntax])[0]:
        parts.append(text[at : block.start])
        at = block.end_of_state
    return [*parts, text[at:]]


@settings(deadline=None, max_examples=300)
@given(PAGES, st.sampled_from(["markdown", "mediawiki", "dokuwiki"]), st.booleans())
@example("<!-- ask: a -->\r\n<!-- end -->", "markdown", False)
@example("\ufeff<!-- ask: a -->\n<!-- ask: b -->\n<!-- end -->\n<!-- end -->", "markdown", True)
def test_what_stands_outside_is_untouched_and_a_second_sync_changes_nothing(
    page: str, syntax: str, force: bool
) -> None:
    once = refreshed(page, SYNTAXES[syntax], says(), force=force)
    assert outside(once.text, syntax) == outside(page, syntax)
    twice = refreshed(once.text, SYNTAXES[syntax], says(), force=force)
    assert twice.text == once.text
    done = {
        Status.FILLED: Status.UNCHANGED,
        Status.CHANGED: Status.UNCHANGED,
        Status.RENEWED: Status.UNCHANGED,
    }
    assert statuses(twice) == [done.get(status, status) for status in statuses(once)]


@settings(deadline=None, max_examples=100)
@given(PAGES, st.text(max_size=40))
def test_an_answer_never_makes_a_marker(page: str, said: str) -> None:
    text = f"{said} <!-- end --> <!-- ask: more --> ``` ~~~"
    once = refreshed(page, MARKDOWN, says(text))
    assert refreshed(once.text, MARKDOWN, says(text)).text == once.text
    assert outside(once.text, "markdown") == outside(page, "markdown")


# -- files ----------------------------------------------------------------------------------------------


def sync(folder: Path, syntax: str = "markdown", write: bool = True, **said: object) -> list[str]:
    target = Files(folder, SYNTAXES[syntax])
    found = list(synced(target, says(**said), Options(write), lambda *step: None))  # type: ignore[arg-type]
    return [f"{Path(d.name).name} {r.status}" for d in found for r in d.reports] + [
        f"{Path(d.name).name} {d.failure}" for d in found if d.failure
    ]


def test_files_of_a_folder_are_synced_and_others_left(tmp_path: Path) -> None:
    for name in ("a.md", "deep/b.md", ".obsidian/c.md", "d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(PAGE.encode())
    (tmp_path / "none.md").write_bytes(b"no block")
    (tmp_path / "a.md").chmod(0o640)
    assert sync(tmp_path) == ["a.md filled", "b.md filled"]
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / ".obsidian/c.md").read_bytes() == (tmp_path / "d.txt").read_bytes() == PAGE.encode()
    before = (tmp_path / "a.md").stat().st_mtime_ns
    assert sync(tmp_path) == ["a.md unchanged", "b.md unchanged"]
    assert (tmp_path / "a.md").stat().st_mtime_ns == before


def test_a_page_that_fails_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xff" + PAGE.encode())
    (tmp_path / "b.md").write_bytes(PAGE.encode())
    done = list(synced(Files(tmp_path, MARKDOWN), says(), Options(), lambda *step: None))
    assert [(Path(d.name).name, bool(d.failure)) for d in done] == [("a.md", True), ("b.md", False)]
    assert "UTF-8" in done[0].failure


def test_files_without_a_marker_may_be_anything(tmp_path: Path) -> None:
    (tmp_path / "latin.md").write_bytes("ü".encode("latin-1"))
    (tmp_path / "utf16.md").write_bytes("ü".encode("utf-16"))
    (tmp_path / "data.md").write_bytes(bytes(range(256)) * 4000)
    (tmp_path / "folder.md").mkdir()
    assert sync(tmp_path) == []
    (tmp_path / "utf16.md").write_bytes(PAGE.encode("utf-16"))
    assert sync(tmp_path) == ["utf16.md It is not UTF-8. Save it as UTF-8."]


def test_a_pipe_is_no_page_and_a_link_to_nothing_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "link.md").symlink_to(tmp_path / "nothing.md")
    (tmp_path / "circle").symlink_to(tmp_path)
    (tmp_path / "page.md").write_bytes(PAGE.encode())
    assert sync(tmp_path) == [
        "page.md filled", "link.md It cannot be read: No such file or directory. See to the file."
    ]  # fmt: skip


def test_a_read_only_file_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(PAGE.encode())
    path.chmod(0o444)
    assert sync(tmp_path) == ["a.md It is read-only. Make it writable."]
    assert path.read_bytes() == PAGE.encode()
    assert [p.name for p in tmp_path.iterdir()] == ["a.md"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real/a.txt").write_bytes(PAGE.encode())
    (tmp_path / "a.md").symlink_to(tmp_path / "real/a.txt")
    assert sync(tmp_path) == ["a.md filled"]
    assert (tmp_path / "a.md").is_symlink()
    assert b"61%" in (tmp_path / "real/a.txt").read_bytes()


def test_a_file_that_somebody_saves_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(PAGE.encode())
    n_asked = 0

    def ask(block: Block) -> Asked:
        nonlocal n_asked
        n_asked += 1
        if n_asked < 3:
            path.write_bytes(path.read_bytes() + b" human")
        return says()(block)

    (done,) = synced(Files(path, MARKDOWN), ask, Options(), lambda *step: None)
    assert done.settled
    text = path.read_text()
    assert text.endswith("after human human")
    assert "61%" in text


class Failing:
    """A wiki whose pages fail as they are told."""

    syntax = MARKDOWN

    def __init__(self, *errors: PageError | None) -> None:
        self.errors = errors
        self.reads = 0

    def names(self) -> list[str]:
        return [str(k) for k in range(len(self.errors))]

    def read(self, name: str) -> Page:
        self.reads += 1
        if error := self.errors[int(name)]:
            raise error
        return Page(name, PAGE, "1")

    def write(self, page: Page, text: str, summary: str) -> None:
        raise ConflictError("Somebody wrote to it.")


def test_a_wiki_that_is_gone_is_not_asked_for_every_page() -> None:
    gone = GoneError("It does not answer.")
    wiki = Failing(PageError("protected"), gone, None, gone, gone, None, None)
    done = list(synced(wiki, says(), Options(), lambda *step: None))
    assert [d.failure.split()[0] for d in done] == [
        "protected", "It", "Somebody", "It", "It", "It", "It"
    ]  # fmt: skip
    assert done[-1].failure == "It was not reached: the wiki no longer answers."
    assert wiki.reads == 4 + 5  # a conflict is tried five times


@pytest.mark.slow
def test_a_kill_leaves_each_file_old_or_new(tmp_path: Path) -> None:
    random.seed(1)
    old = {tmp_path / f"{k:03}.md": PAGE for k in range(60)}
    for path, text in old.items():
        path.write_text(text)
    n_cut = 0
    for k in range(12):
        corpus = f"k{k}"
        command = [sys.executable, str(TESTS / "syncing.py"), str(tmp_path), corpus]
        running = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=TESTS.parent, env=_environment())
        assert running.stdout is not None
        assert running.stdout.readline() == b"ready\n"
        time.sleep(random.uniform(0.005, 0.25))
        running.kill()
        running.wait()
        running.stdout.close()
        answers = says(f"The OS was 61% by {corpus}. " * 200, corpus)
        new = {path: refreshed(text, MARKDOWN, answers).text for path, text in old.items()}
        found = {path: path.read_bytes().decode() for path in old}
        assert all(found[path] in (old[path], new[path]) for path in old)
        n_cut += 0 < sum(found[path] == new[path] for path in old) < len(old)
        old = found
    assert n_cut >= 2, "no run was cut in the middle"


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": f"{TESTS.parent}{os.pathsep}{TESTS}"}


# -- Confluence -----------------------------------------------------------------------------------------

ANCHOR = (
    '<ac:structured-macro ac:name="anchor" ac:schema-version="1"><ac:parameter ac:name="">{}</ac:parameter>'
    "</ac:structured-macro>"
)


@pytest.mark.parametrize("wrap", ["<!-- {} -->", ANCHOR, f"<p>{ANCHOR}</p>"])
def test_confluence_pages_hold_blocks(tmp_path: Path, wrap: str) -> None:
    path = tmp_path / "page.xml"
    begin, end = wrap.format("ask: CR &amp; OS?"), wrap.format("end")
    if wrap.startswith("<!"):
        begin = begin.replace("&amp;", "and")
    path.write_text(f"<p>a&nbsp;b</p>{begin}{end}<p>c</p>")
    assert sync(tmp_path, "confluence") == ["page.xml filled"]
    text = path.read_text()
    assert text.startswith(f"<p>a&nbsp;b</p>{begin}\n\n<p><strong>CR ")
    assert text.endswith("<p>c</p>")
    assert "&amp;amp;" not in text
    assert sync(tmp_path, "confluence") == ["page.xml unchanged"]


def test_the_entities_of_confluence_and_what_its_editor_adds(tmp_path: Path) -> None:
    path = tmp_path / "page.xml"
    legacy = '<ac:parameter ac:name="legacyAnchorId">LEGACY-x</ac:parameter>'
    begin, end = (
        ANCHOR.format(name).replace("</ac:structured", f"{legacy}</ac:structured")
        for name in ("ask: OS?", "end")
    )
    path.write_text(
        f"<p>&alpha;&rarr;&deg;&amp;&nbsp;</p><at:i></at:i><p>{begin}</p><p>{end}</p><p>&Omega;</p>"
    )
    assert sync(tmp_path, "confluence") == ["page.xml filled"]
    assert path.read_text().count(legacy) == 2
    assert sync(tmp_path, "confluence") == ["page.xml unchanged"]


def test_a_confluence_page_that_would_not_be_well_formed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.xml"
    path.write_text(page := "<p>a<br></p><!-- ask: OS? --><!-- end -->")
    (done,) = synced(Files(path, SYNTAXES["confluence"]), says(), Options(), lambda *step: None)
    assert "well-formed" in done.failure
    assert path.read_text() == page


# -- the command ----------------------------------------------------------------------------------------


def test_the_command(fake: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(PAGE)
    assert run(["wiki", "sync", str(tmp_path), "--check"]) == 1
    assert run(["wiki", "sync", str(tmp_path), "--dry-run"]) == 0
    assert "\n+**What was the OS?**\n" in capsys.readouterr().out
    assert path.read_text() == PAGE
    assert run(["wiki", "sync", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"{path}: filled: What was the OS?\n1 filled\n"
    assert run(["wiki", "sync", str(tmp_path), "--check"]) == 0
    path.write_text(path.read_text().replace("61%", "62%"))
    for arguments in ([], ["--check"]):
        assert run(["wiki", "sync", str(path), *arguments]) == 1
    assert "edited by hand" in capsys.readouterr().out
    assert run(["wiki", "sync", str(path), "--force"]) == 0
    assert "62%" not in path.read_text()


def test_a_report_is_a_line_however_long_the_question_and_odd_the_name(
    fake: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "odd ?*#[x]%\n.md").write_text(PAGE.replace("What was", "x" * 3000))
    assert run(["wiki", "sync", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert lines[0].endswith("…")
    assert len(lines[0]) < 400


def test_wrong_use_of_the_command(fake: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert run(["wiki", "sync", str(tmp_path / "none")]) == 2
    assert run(["wiki", "sync", str(tmp_path), "--syntax", "word"]) == 2
    assert run(["wiki", "sync", str(tmp_path), "--format", "word"]) == 2
    assert run(["wiki", "sync", str(tmp_path), "--page", "x"]) == 2
    assert run(["wiki"]) == 2


def test_a_question_that_is_refused_or_of_no_review(
    fake: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.md"
    ends = "-->\n<!-- end -->\n"
    path.write_text(
        f"<!-- ask: refuse it {ends}<!-- ask: {ends}<!-- ask: x? | review=no {ends}<!-- ask: ok? {ends}"
    )
    assert run(["wiki", "sync", str(path)]) == 1
    out = capsys.readouterr().out
    assert "stale: refuse it: It was refused. Ask otherwise." in out
    assert "The question is empty" in out
    assert "no review no" in out
    assert "1 filled; 3 stale" in out
