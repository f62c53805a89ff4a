"""The command line as tests run it: over the fake engine, in a process of its own where that matters."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from io import StringIO
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
WITH_FAKE = (
    f"import sys; sys.path[:0] = [{str(TESTS)!r}, {str(ROOT)!r}]; import fake_engine;"
    "sys.modules['assistant.engine.engine'] = fake_engine; from assistant.cli.cli import main; main()"
)


def process(*arguments: str | bytes, **options: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", WITH_FAKE, *arguments], capture_output=True, timeout=60, check=False, **options
    )


def assert_clean(text: str) -> None:
    acting = {c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}} - {"\n"}
    assert acting == set()


class Screen(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True
