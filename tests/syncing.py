"""Answers that a test chooses, for the blocks of pages; run as a program it syncs a folder with them.

``python tests/syncing.py FOLDER CORPUS`` answers every block from a made-up corpus of that name.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from assistant.export import Document, Note, Origin, Paragraph, Said
from assistant.export.document import anchor_of, one_line
from assistant.wiki.blocks import Block
from assistant.wiki.folder import Files
from assistant.wiki.refresh import Asked
from assistant.wiki.sync import Options, synced
from assistant.wiki.syntax import SYNTAXES


def says(
    text: str | Callable[[Block], str] = "The OS was 61%.", corpus: str = "c1", declined: bool = False
) -> Callable[[Block], Asked]:
    """Answers every block with ``text``."""

    def ask(block: Block) -> Asked:
        said = one_line(text if isinstance(text, str) else text(block))
        question = one_line(block.question)
        note = Note("Study S-1", "Table 1, Outcome", "OS: 61%", "Ada B. A title.")
        origin = Origin((("A review", ""),), corpus * 12, "1", "2026-01-02")
        lead = "Not answered from the review." if declined else ""
        parts = (Paragraph((Said(said, (0,)),), lead),)
        return Asked(Document(question, parts, (note,), origin, anchor_of(question)), declined, corpus)

    return ask


def main(folder: str, corpus: str) -> None:
    print("ready", flush=True)
    target = Files(Path(folder), SYNTAXES["markdown"])
    answers = says(f"The OS was 61% by {corpus}. " * 200, corpus)
    for _ in synced(target, answers, Options(), lambda step, done, total: None):
        pass


if __name__ == "__main__":
    main(*sys.argv[1:])
