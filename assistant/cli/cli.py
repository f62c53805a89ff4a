"""The command ``assistant``: what it takes, what it prints, how it exits.

Nothing that takes time to import is imported here; each command loads what it needs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from assistant import __version__
from assistant.asked import DEFAULT, LLM, Asked, parts
from assistant.cli import add as cli_add
from assistant.cli import check as cli_check
from assistant.cli import service as cli_service
from assistant.cli import wiki as cli_wiki
from assistant.contract import answer_object, checked_question, json_line
from assistant.model import AssistantError, Status
from assistant.terminal import terminal

if TYPE_CHECKING:
    from assistant.engine.engine import Engine

ANSWERED, CRASHED, WRONG_USE, DECLINED, INTERRUPTED = 0, 1, 2, 3, 130
_USAGE_ERROR: type[Exception] = typer.BadParameter.__bases__[0]  # typer exports no name for it

FORMATS = "markdown, github-wiki, mediawiki, dokuwiki, confluence, html, text"

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Answers questions about a clinical review, and cites the sentence or table cell.",
)
ReviewOption = Annotated[
    str | None, typer.Option("--review", metavar="ID", help="Ask this review only (see: assistant studies).")
]


def main() -> None:
    """Run the command line and exit with its code."""
    terminal.log_to_stderr()
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """The exit code of the command line ``arguments``; errors are told on stderr in two lines."""
    terminal.use_utf8()
    try:
        code = app(args=list(arguments), prog_name="assistant", standalone_mode=False)
        sys.stdout.flush()
    except AssistantError as error:
        return _fail(error.message, error.remedy)
    except _USAGE_ERROR as error:
        remedy = 'See: assistant --help. A question goes after "ask", in quotes: assistant ask "…"'
        return _fail(getattr(error, "format_message", error.__str__)(), remedy)
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except ImportError as error:
        return _fail(f"A part of the installation is missing: {error}.", "Run: assistant doctor")
    except BrokenPipeError:
        _discard_stdout()
        return CRASHED
    except OSError as error:
        _discard_stdout()
        place = f" ({error.filename})" if error.filename else ""
        return _fail(f"{error.strerror or error}{place}", "Check that the place can be read and written.")
    return code or ANSWERED


@app.callback(invoke_without_command=True)
def _top(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
) -> int:
    if version:
        typer.echo(f"assistant {__version__}")
        raise typer.Exit(ANSWERED)
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(WRONG_USE)
    return ANSWERED


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(metavar="QUESTION", show_default=False)] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    batch: Annotated[
        str | None,
        typer.Option("--batch", metavar="FILE", help="Read JSON Lines from FILE or -; write one a line."),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option("--format", metavar="NAME", help="Write it for a wiki: " + FORMATS + "."),
    ] = None,
    review: ReviewOption = None,
    engine: Annotated[
        str | None,
        typer.Option("--engine", metavar="NAME", help="llm or default; llm where one is set up."),
    ] = None,
) -> int:
    """Answer QUESTION from the corpus, with its sources.

    Exits 0 if answered, 3 if declined.
    """
    if batch is not None:
        if question is not None:
            raise AssistantError("A question and --batch were given.", "Give one of them.")
        if format is not None:
            raise AssistantError("--batch and --format were given.", "Give one of them.")
        return _ask_batch(batch, review, engine)
    if question is None:
        raise AssistantError("There is no question.", 'Write: assistant ask "What was the 3-year OS?"')
    if json and format is not None:
        raise AssistantError("--json and --format were given.", "Give one of them.")
    question = checked_question(_as_utf8(question))
    form = cli_wiki.chosen(format)
    opened = _open_asked(review, engine if form is None else DEFAULT)
    if form is None and not json:
        from assistant.terminal.render import write_growing

        answer = write_growing(terminal.console(sys.stdout), parts(opened, [question], review))
    else:
        answer = opened.ask([question], review)
    if form is not None:
        print(cli_wiki.written(form, opened, question, review, answer), end="", flush=True)
    elif json:
        _print_line(json_line(answer_object(answer)))
    return ANSWERED if answer.status is Status.ANSWERED else DECLINED


@app.command()
def index(
    force: Annotated[
        bool, typer.Option("--force", help="Build it even though there is a whole one.")
    ] = False,
) -> int:
    """Build the index; the first question does so by itself."""
    from assistant.engine.engine import build_index
    from assistant.settings import load_settings
    from assistant.terminal.progress import reporter

    settings = load_settings()
    with reporter(sys.stderr) as progress:
        built = build_index(settings, progress, force=force)
    _print_line("The index is built." if built else "The index is whole; --force builds it again.")
    return ANSWERED


@app.command()
def studies(review: ReviewOption = None) -> int:
    """List the studies of the corpus with their main facts."""
    from assistant.terminal.render import write_studies

    engine = _open_engine(review)
    write_studies(terminal.console(sys.stdout), [r for r in engine.reviews if review in (None, r.id)])
    return ANSWERED


@app.command()
def show(study: Annotated[str, typer.Argument(metavar="STUDY")], review: ReviewOption = None) -> int:
    """Print everything the corpus says of STUDY, with the places."""
    from assistant.terminal.render import write_study

    wanted = checked_question(study).casefold().split()
    engine = _open_engine(review)
    chosen = [(r, s) for r in engine.reviews if review in (None, r.id) for s in r.studies]
    found = [(r, s) for r, s in chosen if wanted in ([s.id.casefold()], s.label.casefold().split())]
    if not found:
        known = ", ".join(s.id for _, s in chosen)
        raise AssistantError(f"The corpus has no study {study}.", f"It has: {known}.")
    console = terminal.console(sys.stdout)
    for number, (holder, entry) in enumerate(found):
        if number:
            console.print()
        write_study(console, holder, entry)
    return ANSWERED


@app.command()
def doctor() -> int:
    """Check the installation, the settings, the corpus and the index."""
    from assistant.terminal.doctor import diagnose, write_report

    checks = diagnose()
    write_report(terminal.console(sys.stdout), checks)
    return ANSWERED if all(check.ok for check in checks) else WRONG_USE


app.command()(cli_add.add)
app.command()(cli_check.check)
cli_service.add_commands(app)
app.add_typer(cli_wiki.app, name="wiki")


def _ask_batch(name: str, review: str | None, engine_name: str | None) -> int:
    from assistant.terminal.batch import answer_batch, read_items

    with ExitStack() as stack:
        stream: BinaryIO
        if name == "-":
            stream = sys.stdin.buffer
        else:
            try:
                stream = stack.enter_context(Path(name).open("rb"))
            except (OSError, ValueError) as error:
                reason = getattr(error, "strerror", None) or error
                message = f"The batch {name} cannot be read: {reason}."
                raise AssistantError(message, "Name a file, or - for standard input.") from None
        engine = _open_asked(review, engine_name)
        tally = answer_batch(read_items(stream), lambda turns: engine.ask(turns, review), _print_line)
    if tally.n_crashes:
        return CRASHED
    if not tally.n_answers:
        raise AssistantError(
            "No line of the batch could be asked.",
            'A line looks like {"id": "1", "turns": ["What was the 3-year OS?"]}',
        )
    return ANSWERED


def _open_engine(review: str | None) -> Engine:
    from assistant.engine.engine import open_engine
    from assistant.settings import load_settings

    engine = open_engine(load_settings(), notify=terminal.note)
    known = [r.id for r in engine.reviews]
    if review is not None and review not in known:
        raise AssistantError(f"The corpus has no review {review}.", f"It has: {', '.join(known)}.")
    return engine


def _open_asked(review: str | None, name: str | None) -> Asked:
    """The engine of that name; None for a model's words where one is set up."""
    from assistant.settings import load_settings

    if name not in {None, DEFAULT, LLM}:
        raise AssistantError(f"There is no engine {name}.", f"Choose {LLM} or {DEFAULT}.")
    settings = load_settings()
    if name == DEFAULT or (name is None and settings.llm_url is None):
        return _open_engine(review)
    from assistant.llm.opening import with_model

    return with_model(lambda: _open_engine(review), settings)


def _as_utf8(argument: str) -> str:
    """An argument that Python read in a locale poorer than UTF-8, read again; else as it is."""
    try:
        return os.fsencode(argument).decode("utf-8") if not argument.isascii() else argument
    except UnicodeError:
        return argument


def _print_line(line: str) -> None:
    """Write at once, so that a program that waits for this answer before it asks again gets it."""
    print(line, flush=True)


def _fail(message: str, remedy: str) -> int:
    terminal.note(f"error: {message}")
    if remedy:
        terminal.note(f"remedy: {remedy}")
    return WRONG_USE


def _discard_stdout() -> None:
    """Let the interpreter's last flush go nowhere, where the reader is gone or the disk is full."""
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
