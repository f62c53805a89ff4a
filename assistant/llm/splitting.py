"""Sentences of a draft as they are completed, while it streams in."""

from __future__ import annotations

import re

from assistant.text.sentences import split_sentences

_LINE = re.compile(r"\n+")
_OPEN_TAG = re.compile(r"<think(?:ing)?>(?!.*</think(?:ing)?>)", re.DOTALL | re.IGNORECASE)
_THOUGHT = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_STOP = re.compile(r"[.!?\u2026\u3002\uff01\uff1f]")
_CITED_END = re.compile(r"(?:\][.!?]|[.!?]\s*[\[(][^\[\]()]+[\])])\s$")
_OPEN_MARK = re.compile(r"[\[(][^\[\]()]*$")
_LAST_MARK = re.compile(r"\s*[\[(][^\[\]()]*[\])]\s*$")
_ENDS = re.compile("[.!?\u2026\u3002\uff01\uff1f][\"'\u201d\u2019)]*\\s*$")
LONGEST_CHARS = 2_000
"""A sentence that goes on for longer is cut off as one."""


class SentenceStream:
    """Takes pieces of text, gives whole sentences.

    A sentence is whole when the first character of what follows its full stop and its citations has come,
    or its line has ended.

    Args:
        label: the review's word for a study, as in ``[Study 12]``.
    """

    def __init__(self, label: str) -> None:
        self._marks = re.compile(rf"[\[(]\s*(?:{re.escape(label)}|review)[^\[\]()]*[\])]\.?", re.IGNORECASE)
        self._rest = ""

    def add(self, piece: str) -> list[str]:
        """The sentences that ``piece`` completes."""
        self._rest = _THOUGHT.sub("", self._rest + piece)
        if _OPEN_TAG.search(self._rest):
            return []
        *lines, self._rest = _LINE.split(self._rest)
        found = [line[a:b] for line in lines for a, b in self._spans(line)]
        if _STOP.search(self._rest):
            whole, at = self._whole(self._spans(self._rest))
            found += whole
            self._rest = self._rest[at:]
        if len(self._rest) > LONGEST_CHARS:
            found.append(self._rest)
            self._rest = ""
        return found

    def end(self) -> list[str]:
        """What is left when the draft has ended; the last sentence may lack its end."""
        rest, self._rest = _OPEN_TAG.split(self._rest)[0], ""
        return [line[a:b] for line in _LINE.split(rest) for a, b in self._spans(line)]

    def _whole(self, spans: list[tuple[int, int]]) -> tuple[list[str], int]:
        """The sentences that do not go on, and where the rest begins."""
        text = self._rest
        if not spans or _CITED_END.search(text):
            return [text[a:b] for a, b in spans], len(text)
        n_open = 2 if len(spans) > 1 and _OPEN_MARK.match(text, spans[-1][0]) else 1
        return [text[a:b] for a, b in spans[:-n_open]], spans[-n_open][0]

    def _spans(self, line: str) -> list[tuple[int, int]]:
        return split_sentences(line, self._marks)


def is_whole(sentence: str) -> bool:
    """Whether a sentence has an end; one that a cut stream or a limit left open has none."""
    return bool(_ENDS.search(sentence) or _ENDS.search(_LAST_MARK.sub("", sentence)))
