"""What may reach a terminal: safe characters, colour only where it is wanted, lines of its width."""

from __future__ import annotations

import logging
import os
import shutil
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

from assistant import lazy_re as re
from assistant.text.text import strip_invisible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

READABLE_WIDTH = 100
"""Lines are not made longer than this on a wide terminal."""
_UNLIMITED = 100_000

_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI: colours, cursor, erase
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)"  # OSC, DCS, SOS, PM, APC
    r"|\x1b[ -/]*[0-~]?"  # two-character and charset sequences
)


def safe(text: str) -> str:
    """``text`` without escape sequences, control, zero-width or bidirectional characters.

    Whole sequences go, not only their first character, so that no ``[31m`` is left behind; one that
    never ends loses its beginning only, or it would hide the rest of an answer. New lines stay, tabs
    become spaces.
    """
    return strip_invisible(_SEQUENCE.sub("", text)).replace("\r", "").replace("\t", " ")


def console(stream: TextIO) -> Console:
    """A console on ``stream``: styles only where it is a terminal and NO_COLOR is not set.

    Lines are wrapped to COLUMNS or the terminal's width; in a pipe they are left whole, for grep.
    """
    from rich.console import Console

    terminal = stream.isatty()
    plain = not terminal or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") in {"dumb", "unknown"}
    width = _UNLIMITED
    if terminal or os.environ.get("COLUMNS"):
        columns = shutil.get_terminal_size((READABLE_WIDTH, 24)).columns
        width = max(20, min(columns, READABLE_WIDTH))
    return Console(
        file=stream,
        width=width,
        color_system=None if plain else "auto",
        force_terminal=terminal,  # or FORCE_COLOR in the environment would colour a pipe
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


def write(target: Console, text: Text, indent: int = 0) -> None:
    """Write ``text`` wrapped to the console's width, each line ``indent`` columns in."""
    from rich.text import Text

    for line in text.wrap(target, max(10, target.width - indent)):
        line.rstrip()
        target.print(Text(" " * indent) + line if line else "", soft_wrap=True)


def note(message: str) -> None:
    """Write one line for the person on stderr: what takes time, what was rebuilt."""
    print(" ".join(safe(message).split()), file=sys.stderr, flush=True)


class SafeFormatter(logging.Formatter):
    """Log records without anything a terminal would act on; what a record quotes may come from a user."""

    def format(self, record: logging.LogRecord) -> str:
        return safe(super().format(record))


def log_to_stderr() -> None:
    """Let warnings and errors of every module be told on stderr."""
    handler = logging.StreamHandler()
    handler.setFormatter(SafeFormatter("%(levelname)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])


def use_utf8() -> None:
    """Let both streams write every character, whatever the locale's encoding."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
