"""The command ``assistant check``: anyone's text judged against the corpus."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from assistant.contract import CHECKED_CHARS, check_object, checked_text, json_line
from assistant.model import AssistantError
from assistant.terminal import terminal

if TYPE_CHECKING:
    from assistant.check.text import Checker

_FINE, _FAILING = 0, 1
_MOST_BYTES = 4 * CHECKED_CHARS


def check(
    file: Annotated[str | None, typer.Argument(metavar="FILE", show_default=False)] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    batch: Annotated[
        str | None,
        typer.Option("--batch", metavar="FILE", help="Read JSON Lines from FILE or -; write one a line."),
    ] = None,
    study: Annotated[
        str | None, typer.Option("--study", metavar="ID", help="The study meant until the text names one.")
    ] = None,
    review: Annotated[
        str | None, typer.Option("--review", metavar="ID", help="Check against this review only.")
    ] = None,
) -> int:
    """Judge each statement of FILE (plain text, Markdown, MediaWiki, HTML; - for standard input) by the corpus.

    Exits 1 where anything is contradicted or not found, else 0.
    """
    if batch is not None and file is not None:
        raise AssistantError("A file and --batch were given.", "Give one of them.")
    if batch is not None:
        return _batch(batch, study, review)
    if file is None:
        raise AssistantError("There is no text.", "Write: assistant check FILE, or - for standard input.")
    text = checked_text(_read(file))
    judged = _checker(review, study).check(text, study)
    from assistant.check.model import FAILING, worst

    if json:
        print(json_line(check_object(judged)), flush=True)
    else:
        from assistant.terminal.check_render import write_check

        write_check(terminal.console(sys.stdout), judged)
    return _FAILING if worst(judged) in FAILING else _FINE


def _batch(name: str, study: str | None, review: str | None) -> int:
    from assistant.terminal.check_batch import check_batch

    with ExitStack() as stack:
        stream = _opened(name, stack)
        checker = _checker(review, study)
        tally = check_batch(
            stream, lambda text: checker.check(text, study), lambda line: print(line, flush=True)
        )
    if tally.n_crashes:
        return _FAILING
    if not tally.n_checked:
        raise AssistantError(
            "No line of the batch could be checked.",
            'A line looks like {"id": "1", "text": "3-year OS was 12%."}',
        )
    return _FAILING if tally.n_failing else _FINE


def _opened(name: str, stack: ExitStack) -> BinaryIO:
    if name == "-":
        return sys.stdin.buffer
    try:
        return stack.enter_context(Path(name).open("rb"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise AssistantError(
            f"{name} cannot be read: {reason}.", "Name a file, or - for standard input."
        ) from None


def _read(name: str) -> str:
    with ExitStack() as stack:
        found = _opened(name, stack).read(_MOST_BYTES + 1)
    if len(found) > _MOST_BYTES:
        raise AssistantError(f"The text is longer than {CHECKED_CHARS:,} characters.", "Check it in parts.")
    try:
        return found.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AssistantError(
            f"{'The text' if name == '-' else name} is not valid UTF-8 (byte {error.start}).",
            "Save it as UTF-8.",
        ) from None


def _checker(review: str | None, study: str | None) -> Checker:
    from assistant.check.text import Checker
    from assistant.corpus.corpus import read_corpus
    from assistant.settings import load_settings
    from assistant.vocabulary.vocabulary import load_vocabulary

    corpus = read_corpus(load_settings().corpus, load_vocabulary())
    known = [r.id for r in corpus.reviews]
    if review is not None and review not in known:
        raise AssistantError(f"The corpus has no review {review}.", f"It has: {', '.join(known)}.")
    reviews = [r for r in corpus.reviews if review in (None, r.id)]
    studies = [s.id for r in reviews for s in r.studies]
    if study is not None and study not in studies:
        raise AssistantError(f"The corpus has no study {study}.", f"It has: {', '.join(studies)}.")
    return Checker(reviews)
