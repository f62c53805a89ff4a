"""The module ``re`` with patterns that are compiled when they are first used.

Of the thousand patterns at the head of modules a question uses a few; to compile all of them would take
longer than to answer it. Written ``from assistant import lazy_re as re``.
"""

from __future__ import annotations

import re
from re import (
    ASCII,
    DOTALL,
    IGNORECASE,
    MULTILINE,
    VERBOSE,
    I,
    Match,
    Pattern,
    escape,
    findall,
    finditer,
    fullmatch,
    match,
    search,
    split,
    sub,
)
from typing import Any, cast

__all__ = [
    "ASCII",
    "DOTALL",
    "IGNORECASE",
    "MULTILINE",
    "VERBOSE",
    "I",
    "Match",
    "Pattern",
    "compile",
    "escape",
    "findall",
    "finditer",
    "fullmatch",
    "match",
    "search",
    "split",
    "sub",
]

_METHODS = ("search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split")


def compile(pattern: str, flags: int = 0) -> Pattern[str]:
    """What ``re.compile`` gives, compiled at the first use of a method.

    An error in the pattern shows only then; ``tests/test_lazy_re.py`` uses each pattern of the program.
    """
    return cast("Pattern[str]", _Lazy(pattern, flags))


class _Lazy:
    """Stands for a compiled pattern; the functions of ``re`` do not take it in place of a string."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._given = flags

    def __getattr__(self, name: str) -> Any:
        """A method or attribute of the compiled pattern; from then on its methods are the instance's own.

        Several threads may compile it at once; all get the same.
        """
        if name.startswith("_"):  # asked for by copy and pickle, maybe before ``pattern`` is set
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._given)
        for method in _METHODS:
            self.__dict__[method] = getattr(compiled, method)
        return getattr(compiled, name)
