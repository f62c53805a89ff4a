"""What the command line does for wikis."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.model import AssistantError
from assistant.terminal import terminal

if TYPE_CHECKING:
    from assistant.asked import Asked
    from assistant.export import Format
    from assistant.model import Answer
    from assistant.settings import Settings
    from assistant.wiki.login import Login
    from assistant.wiki.sync import Done

_QUESTION_CHARS = 200

app = typer.Typer(rich_markup_mode=None, help="Keep answers in the pages of a wiki true.")


@app.callback()
def _top() -> None:
    """Keep answers in the pages of a wiki true."""


@app.command()
def sync(
    target: Annotated[str, typer.Argument(metavar="TARGET", show_default=False)],
    page: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only this page of a wiki; may be repeated.")
    ] = None,
    syntax: Annotated[
        str | None, typer.Option(metavar="NAME", help="Of files: markdown, mediawiki, dokuwiki, confluence.")
    ] = None,
    format: Annotated[
        str | None, typer.Option(metavar="NAME", help="Of blocks that name none, e.g. github-wiki.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Write nothing; print what would change.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 where a block does not stand as it is.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Write over blocks that were edited by hand.")
    ] = False,
) -> int:
    """Fill and refresh the blocks of a file, a folder or a wiki.

    TARGET is a path, mediawiki+https://wiki.lab.example/w/ or dokuwiki+https://wiki.lab.example/

    Exits 0 if all is well, 1 if a block or a page needs somebody to see to it.
    """
    from assistant.engine.engine import open_engine
    from assistant.settings import load_settings
    from assistant.terminal.progress import reporter
    from assistant.wiki.asking import answering
    from assistant.wiki.opening import open_target
    from assistant.wiki.sync import Options, synced

    chosen(format)
    settings = load_settings()
    pages = open_target(target, syntax, page or [], lambda: login_of(settings))
    options = Options(not (dry_run or check), force, format)
    engine = open_engine(settings, notify=terminal.note)

    def keep(answer: Answer, question: str, review: str | None) -> str:
        return kept_at(settings, engine, question, review, answer) if options.write else ""

    done: list[Done] = []
    with reporter(sys.stderr) as progress:
        for entry in synced(pages, answering(engine, today(), keep), options, progress):
            done.append(entry)
            _tell(entry, diff=dry_run)
    _tell_counts(done)
    return 0 if all(entry.holds if check else entry.settled for entry in done) else 1


@app.command()
def page(
    topic: Annotated[str | None, typer.Option(metavar="WORD", help="E.g. an agent.")] = None,
    study: Annotated[str | None, typer.Option(metavar="ID", help="One study; see: assistant studies")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Every study.")] = False,
    format: Annotated[str, typer.Option(metavar="NAME", help="As of: assistant ask --format")] = "markdown",
    review: Annotated[str | None, typer.Option(metavar="ID", help="Of this review only.")] = None,
) -> int:
    """Print a page with studies, figures and references, as a block that sync keeps true."""
    from assistant.engine.engine import open_engine
    from assistant.settings import load_settings
    from assistant.wiki.asking import answering
    from assistant.wiki.refresh import page_block

    wanted = [w for w in (topic, study and f"study {study}", "all" if all_ else None) if w]
    if len(wanted) != 1:
        raise AssistantError("One of --topic, --study and --all is needed.", "Give one of them.")
    chosen(format)
    engine = open_engine(load_settings(), notify=terminal.note)
    text = page_block(wanted[0], format, review, answering(engine, today(), lambda *given: ""))
    print(text, end="", flush=True)
    return 0


def login_of(settings: Settings) -> Login:
    """Who edits the wiki; see ``read_login``."""
    from assistant.wiki.login import read_login

    secret = settings.wiki_password
    file = settings.wiki_password_file
    return read_login(settings.wiki_user, secret.get_secret_value() if secret else "", file)


def _tell(done: Done, *, diff: bool) -> None:
    """A line for each block, and for the page where it failed."""
    name = _in_a_line(done.name)
    for report in done.reports:
        detail = f": {report.detail}" if report.detail else ""
        asked = _in_a_line(report.question, _QUESTION_CHARS) or "(no question)"
        print(terminal.safe(f"{name}: {report.status}: {asked}{detail}"))
    if done.failure:
        print(terminal.safe(f"{name}: failed: {done.failure}"))
    if diff and done.diff:
        print(terminal.safe(done.diff))
    sys.stdout.flush()


def _in_a_line(text: str, most: int | None = None) -> str:
    """``text`` without line ends; cut at ``most`` characters."""
    line = " ".join(text.split("\n"))
    return line if most is None or len(line) <= most else line[: most - 1].rstrip() + "…"


def _tell_counts(done: Iterable[Done]) -> None:
    from assistant.wiki.sync import counted

    entries = list(done)
    failed = sum(bool(entry.failure) for entry in entries)
    parts = [f"{n} {status}" for status, n in counted(entries).items()]
    parts += [f"{failed} {'page' if failed == 1 else 'pages'} failed"] if failed else []
    print("; ".join(parts) or "There is no block.", flush=True)


def today() -> str:
    """Today's date in UTC, ISO 8601."""
    return datetime.now(UTC).date().isoformat()


def chosen(name: str | None) -> Format | None:
    """The format of that name, None for None.

    Raises:
        AssistantError: there is none.
    """
    if name is None:
        return None
    from assistant.export import format_named

    return format_named(name)


def written(form: Format, engine: Asked, question: str, review: str | None, answer: Answer) -> str:
    """The answer in a format, with a permalink where the settings say where the service is reached."""
    from assistant.export.given import document_given
    from assistant.settings import load_settings

    permalink = kept_at(load_settings(), engine, question, review, answer)
    document = document_given(answer, engine.reviews, today(), review=review, permalink=permalink)
    return form.render(document)


def kept_at(settings: Settings, engine: Asked, question: str, review: str | None, answer: Answer) -> str:
    """The whole address under which the service shows the answer from now on; "" without ``base_url``.

    Raises:
        AssistantError: it could not be kept.
    """
    if not settings.base_url:
        return ""
    from assistant.contract import answer_object
    from assistant.service.context import source_of
    from assistant.service.serve import STORE
    from assistant.service.store import Store

    store = Store(Path(settings.home) / STORE)
    try:
        sources = [source_of(c, engine.reviews) for c in answer.citations]
        id = store.keep([question], review, answer_object(answer), sources)
    finally:
        store.close()
    return f"{settings.base_url}a/{id}"
