"""The module ``re`` with patterns that are compiled when they are first used.

Of the thousand patterns at the head of modules a question uses a few; to compile all of them would take
longer than to answer it. Written ``from assistant import lazy_re as re``.

The functions keep more patterns than those of ``re``, which forgets the oldest of 512 however often it is used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from re import Match, Pattern, escape
from threading import Lock
from typing import Any, cast
from weakref import WeakSet

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
    "compile_now",
    "escape",
    "findall",
    "finditer",
    "fullmatch",
    "match",
    "search",
    "split",
    "sub",
]

ASCII, DOTALL, MULTILINE, VERBOSE = map(int, (re.ASCII, re.DOTALL, re.MULTILINE, re.VERBOSE))
IGNORECASE = int(re.IGNORECASE)
I = IGNORECASE  # noqa: E741 - as the module re has it
_KEPT = 1024
"""Patterns of the functions that are kept compiled: some 2 MB."""
_LONG = 200
"""Characters from which on a pattern looks in lower case first."""
_USES = 3
_NO_LETTERS = re.compile(r"\\.|\(\?P(?=[<=])", re.DOTALL)
_CASED = re.compile(r"\(\?[aLmsux]*[i-]")
_made: WeakSet[_Lazy] = WeakSet()
_making = Lock()
_METHODS = ("search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split")


def compile(pattern: str, flags: int = 0) -> Pattern[str]:
    """What ``re.compile`` gives, compiled at the first use of a method.

    An error in the pattern shows only then; ``tests/test_lazy_re.py`` uses each pattern of the program.
    """
    lazy = _Lazy(pattern, flags)
    with _making:
        _made.add(lazy)
    return cast("Pattern[str]", lazy)


def compile_now() -> None:
    """Compiles what was made so far, for a process that answers many questions: some 0.5 s."""
    with _making:  # another thread may make one meanwhile
        made = list(_made)
    for lazy in made:
        if "search" not in lazy.__dict__:
            lazy.__getattr__("search")


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
        if len(self.pattern) >= _LONG and self._given & re.IGNORECASE and _is_lower(self.pattern):
            self._look_twice(compiled)
        return self.__dict__[name] if name in _METHODS else getattr(compiled, name)

    def _look_twice(self, compiled: Pattern[str]) -> None:
        """Lets ``search`` and ``sub`` of a long pattern look whether it is in the text in lower case, before they look for it.

        Where letter case does not count, an alternative is tried at each word even if its first letter is another:
        to find that none is there, as is most often so, takes some twice as long.
        """
        plain: list[Callable[[str], object]] = []
        uses = iter(range(_USES))

        def is_missing(string: str) -> bool:
            if not plain:
                if next(uses, None) is not None:
                    return False  # a second pattern pays only where this one is used again and again
                plain.append(re.compile(self.pattern, self._given & ~re.IGNORECASE).search)
            return string.isascii() and plain[0](string.lower()) is None

        def search(string: str, *span: int) -> Match[str] | None:
            return None if not span and is_missing(string) else compiled.search(string, *span)

        def sub(repl: str | Callable[[Match[str]], str], string: str, count: int = 0) -> str:
            return string if is_missing(string) else compiled.sub(repl, string, count)

        self.__dict__["search"], self.__dict__["sub"] = search, sub


def _is_lower(pattern: str) -> bool:
    """Whether nothing in a pattern tells letter case: it is found in a text just where it is in the text in lower case."""
    letters = _NO_LETTERS.sub("", pattern)
    return letters == letters.lower() and _CASED.search(letters) is None


@lru_cache(maxsize=_KEPT)
def _compiled(pattern: str, flags: int) -> Pattern[str]:
    return re.compile(pattern, flags)


def search(pattern: str, string: str, flags: int = 0) -> Match[str] | None:
    """What ``re.search`` gives."""
    return _compiled(pattern, flags).search(string)


def match(pattern: str, string: str, flags: int = 0) -> Match[str] | None:
    """What ``re.match`` gives."""
    return _compiled(pattern, flags).match(string)


def fullmatch(pattern: str, string: str, flags: int = 0) -> Match[str] | None:
    """What ``re.fullmatch`` gives."""
    return _compiled(pattern, flags).fullmatch(string)


def findall(pattern: str, string: str, flags: int = 0) -> list[Any]:
    """What ``re.findall`` gives."""
    return _compiled(pattern, flags).findall(string)


def finditer(pattern: str, string: str, flags: int = 0) -> Iterator[Match[str]]:
    """What ``re.finditer`` gives."""
    return _compiled(pattern, flags).finditer(string)


def split(pattern: str, string: str, maxsplit: int = 0, flags: int = 0) -> list[str | Any]:
    """What ``re.split`` gives."""
    return _compiled(pattern, flags).split(string, maxsplit)


def sub(
    pattern: str, repl: str | Callable[[Match[str]], str], string: str, count: int = 0, flags: int = 0
) -> str:
    """What ``re.sub`` gives."""
    return _compiled(pattern, flags).sub(repl, string, count)
