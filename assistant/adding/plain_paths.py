"""Headings that a text layer gives with all that stand above them, in capitals: ``BODY.RESULTS.PATIENTS:``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from assistant.adding.article import Heading
from assistant.adding.plain_regions import PATH

_NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?\s+(?=\S)")
Forms = Mapping[str, Counter[str]]
"""Each word in lower case, and how often the text writes it in which letters."""


def forms_of(lines: Iterable[str]) -> Forms:
    """How the words of ``lines`` are written, headings in capitals left out."""
    found: dict[str, Counter[str]] = {}
    for line in lines:
        if not PATH.match(line):
            for word in re.findall(r"[^\W\d_][\w-]*", line):
                found.setdefault(word.lower(), Counter())[word] += 1
    return found


def path_of(text: str) -> tuple[str, ...]:
    """The headings that a line names, the outermost first; () where it names none.

    The abstract is the first of its own; what holds the whole body is left out.
    """
    match = PATH.match(text)
    if not match:
        return ()
    parts = re.split(r"\.(?=[^\d\s])|(?<=[A-Z)])\.(?=\d)", match[1])
    parts = [_NUMBER.sub("", p.strip(" .:")) for p in parts if p.strip(" .:")]
    if parts[0] == "ABSTRACT":
        return tuple(p for k, p in enumerate(parts) if k == 0 or p not in ("ABSTRACT", "SUMMARY"))
    return tuple(parts[1:] if len(parts) > 1 else parts)


def path_headings(path: tuple[str, ...], before: tuple[str, ...], forms: Forms) -> list[Heading]:
    """The headings of ``path`` that do not stand above the text yet.

    Args:
        path: Of the section that begins.
        before: Of the section that ends.
        forms: How words are written.
    """
    same = 0
    while same < min(len(path), len(before)) and path[same] == before[same]:
        same += 1
    same = min(same, len(path) - 1)
    return [Heading(min(k + 1, 3), _written(part, forms)) for k, part in enumerate(path) if k >= same]


def _written(part: str, forms: Forms) -> str:
    """A heading in the letters that the text itself uses."""

    def word(match: re.Match[str]) -> str:
        known = forms.get(match[0].lower())
        best = known.most_common(1)[0][0] if known else match[0].lower()
        return best.lower() if best[1:].islower() else best

    text = re.sub(r"[^\W\d_][\w-]*", word, part)
    return text[:1].upper() + text[1:] if text[1:2].islower() or len(text) == 1 else text
