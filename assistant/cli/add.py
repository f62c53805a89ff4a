"""The command ``assistant add``: a published article made into a review folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.model import AssistantError

if TYPE_CHECKING:
    from assistant.adding.add import Added

_INTO = "reviews"


def add(
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False)],
    into: Annotated[
        Path | None,
        typer.Option(
            "--into", metavar="FOLDER", help="The folder of review folders; ASSISTANT_CORPUS, else reviews."
        ),
    ] = None,
    identity: Annotated[
        str | None,
        typer.Option("--id", metavar="NAME", help="The new folder's name; author and year if not given."),
    ] = None,
    title: Annotated[
        str | None,
        typer.Option("--title", metavar="TEXT", help="The title, where the file does not tell it."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a folder of that name.")] = False,
) -> int:
    """Make a review folder of the article in FILE: PDF, its text layer, HTML, Markdown or JATS XML.

    Prints what was found and what a person should look at.
    """
    from assistant.adding.add import add_file

    if not file.is_file():
        raise AssistantError(f"There is no file {file}.", "Name the article's file.")
    corpus = into or _corpus()
    added = add_file(file, corpus, identity, force=force, title=title)
    for line in _told(added, corpus):
        print(line)
    return 0


def _corpus() -> Path:
    """The corpus that the user has set; a folder of their own where it is the shipped one."""
    from assistant.settings import load_settings, shipped_corpus

    if os.environ.get("ASSISTANT_CORPUS") and not Path(os.environ["ASSISTANT_CORPUS"]).exists():
        return Path(os.environ["ASSISTANT_CORPUS"])
    corpus = load_settings().corpus
    try:
        shipped = shipped_corpus()
    except AssistantError:
        return corpus
    return Path(_INTO) if corpus.resolve() == shipped.resolve() else corpus


def _told(added: Added, corpus: Path) -> list[str]:
    review = added.review
    raw = review.raw
    kinds = {
        "meeting": "abstracts of a meeting",
        "review": "studies of the references",
        "report": "a study of its own",
    }
    lines = [
        f"{added.folder}: {raw.title}",
        f"  {', '.join(filter(None, ['; '.join(raw.authors[:3]), raw.journal, raw.year]))}",
        f"  {len(review.studies)} {'study' if len(review.studies) == 1 else 'studies'} ({kinds[added.form.value]}), "
        f"{len(raw.sentences)} sentences, {len(raw.tables)} tables, {len(raw.references)} references, "
        f"{len(raw.abbreviations)} abbreviations, {len(review.facts)} facts",
    ]
    lines += [f"  look at: {doubt}" for doubt in added.doubts]
    lines.append(f'Ask it: ASSISTANT_CORPUS={corpus} assistant ask "…"')
    return lines
