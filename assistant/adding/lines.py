"""The text layer of a PDF as lines: debris of the layout gone, words that a line end cut put together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from assistant.text.text import strip_invisible

_LIGATURES = str.maketrans(
    {
        "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
        "\u2010": "-", "\u2011": "-", "\u00ad": "-", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2002": "  ", "\u2003": "  ",
    }
)  # fmt: skip
_PAGE = re.compile(
    r"(?i)^\W*page\s+\d{1,4}\s*(?:of|/)\s*\d{1,4}|^\W*(?:page\s+\d{1,4}|\d{1,4}\s*(?:of)\s*\d{1,4})\W*$|"
    r"^\W*page \d+\W*$|^\W*$"
)
_DEBRIS = re.compile(
    r"(?i)^\W*(?:open access|(?:https?://|www\.)\S+|downloaded (?:from|by|on)\b.*|fast, convenient online submission|"
    r"thorough peer review by .*|"
    r"rapid publication on acceptance|support for research data.*|gold open access.*|maximum visibility for your research.*|"
    r"at bmc, research is .*|learn more .*|ready to submit your research.*|submit your (?:next )?manuscript.*|.*\bno space constraints.*|"
    r"content courtesy of .*|terms and conditions apply.*|©.{0,120}|\(c\) (?:the author|20\d\d).*|copyright ©.*|copyright: ©.*|"
    r"this (?:article is (?:licensed|distributed)|is an open[- ]access article).*|for personal use only.*|author manuscript.*|"
    r"available in pmc.*|nih-pa author.*|hhs public access.*|check for updates|crossmark|full list of author information.*|"
    r"by guest on .*|view article online|\(?continued\)?( on (?:next|following) page\)?)?)\W*$"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text layer."""

    text: str
    """Without space around it."""
    gap: int
    """How many blank lines stand before it; 9 at the top of a page."""
    indent: bool
    """Whether space stands before it."""
    raw: str
    """With the space inside it, which may hold columns apart."""
    bold: bool = False
    """Whether it is set in bold or larger than the text, where that is known."""


def lines_of(text: str) -> tuple[list[Line], list[str], list[str]]:
    """The lines worth reading, the headings of the PDF's own outline where the layer ends with it, and the debris.

    An outline is a run of lines at the end, each begun by a tab.
    """
    text = strip_invisible(text.replace("\f", "\n\x1e\n").replace("\u00ad\n", "-\n"))
    raw = [line.translate(_LIGATURES).rstrip() for line in text.split("\n")]
    outline: list[str] = []
    while raw and (not raw[-1].strip() or raw[-1].startswith("\t")):
        if last := raw.pop().strip():
            outline.insert(0, last)
    heads = _running_heads(raw)
    pages = _page_numbers(raw)
    found: list[Line] = []
    debris: list[str] = []
    gap = 9
    for i, line in enumerate(raw):
        bare = re.sub(r"\s+", " ", line).strip()
        if bare == "\x1e":
            gap = 9
        elif not bare:
            gap += 1
        elif _is_cell(raw, i):
            found.append(Line(bare, gap, line[:1] in " \t", line))
            gap = 0
        elif i in pages or _mask(bare) in heads or _PAGE.match(bare) or _DEBRIS.match(bare):
            debris.append(re.sub(r" {2,}", "  ", line).strip())
            gap += 1
        else:
            found.append(Line(bare, gap, line[:1] in " \t", line))
            gap = 0
    return found, outline, debris


def _is_cell(lines: Sequence[str], at: int) -> bool:
    """Whether a line without letters or digits is a cell of a table that prints one on a line."""
    if not re.fullmatch(r"\s*(?:[-–—−]{1,3}|%|…)\s*", lines[at]):
        return False
    near = [x.strip() for x in (*lines[max(0, at - 2) : at], *lines[at + 1 : at + 3]) if x.strip()]
    return len(near) > 2 and all(len(x) < 45 for x in near)


def clean_lines(lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """Lines of a PDF without debris, and the debris."""
    found = [replace(x, text=_spaced(x.text), raw=x.raw.translate(_LIGATURES)) for x in lines]
    kept = [x for x in found if not (_PAGE.match(x.text) or _DEBRIS.match(x.text))]
    return kept, [x.text for x in found if x not in kept]


def _spaced(text: str) -> str:
    return (
        re.sub(r"\s+", " ", strip_invisible(text.replace("\x03", "\ue003")).translate(_LIGATURES))
        .strip()
        .replace("\ue003", "\x03")
    )


def _mask(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def _running_heads(lines: Sequence[str]) -> set[str]:
    """Lines that come back on several pages, figures aside: names of the journal and of the authors."""
    counts = Counter(_mask(re.sub(r"\s+", " ", line).strip()) for line in lines)
    return {
        text
        for text, n in counts.items()
        if n >= 3
        and len(text) > 12
        and re.search(
            r"et al|[Jj]ournal|\(0\)|0:0|doi|www|[A-Z]\w+ [A-Z&]|"
            r"\bpage\b",
            text,
        )
        and not re.search(r"\[0\]|0 \(0|%", text)
    }


def _page_numbers(lines: Sequence[str]) -> set[int]:
    """The places of lone numbers that count up by one, three or more of them: a table's do not."""
    lone = [(i, int(line)) for i, line in enumerate(lines) if re.fullmatch(r"\s*\d{1,5}\s*", line)]
    best: list[int] = []
    for k, (i, number) in enumerate(lone):
        chain, last = [i], number
        for j, other in lone[k + 1 :]:
            if other == last + 1 and j > chain[-1] + 15:
                chain.append(j)
                last = other
        best = max(best, chain, key=len)
    return set(best) if len(best) >= 3 else set()


def joined(lines: Sequence[str], words: Counter[str]) -> str:
    """The lines of a paragraph as one, hyphens at line ends settled by the words of the whole text."""
    text = ""
    for line in lines:
        line = line.strip()
        cut = re.search(r"([^\W_]+(?:-[^\W_]+)*)-$", text)
        ahead = re.match(r"[^\W_]+", line)
        if not text:
            text = line
        elif cut and ahead:
            text = (text[:-1] if _was_cut(cut[1], ahead[0], words) else text) + line
        elif text.endswith(("/", "\u2013")) and re.match(r"[\w(]", line) and not text.endswith(" \u2013"):
            text += line
        else:
            text += " " + line
    return re.sub(r"\s+", " ", text).strip()


def _was_cut(left: str, right: str, words: Counter[str]) -> bool:
    """Whether the hyphen between two halves is that of a line end."""
    last = left.rsplit("-", 1)[-1]
    if not right[0].islower() or not last[-1].islower():
        return bool(right[0].islower() and len(last) > 2 and words[(last + right).lower()])
    whole, pair = words[(last + right).lower()], words[f"{left}-{right}".lower()]
    if whole > 0 or pair > 0:
        return whole >= pair
    english = _english()
    if (last + right).lower() in english:
        return True
    return not (last.lower() in english and right.lower() in english and min(len(last), len(right)) >= 3)


@lru_cache(maxsize=1)
def _english() -> frozenset[str]:
    """Words of the language, for hyphens that the text itself does not settle."""
    from spellchecker import SpellChecker

    return frozenset(SpellChecker(distance=1).word_frequency.words())


def word_counts(text: str) -> Counter[str]:
    """How often each word, and each pair joined by a hyphen within a line, stands in ``text``."""
    lower = text.translate(_LIGATURES).lower()
    counts = Counter(re.findall(r"[^\W_]+", re.sub(r"-\s*\n", "\x02", lower).replace("\x02", "-\n")))
    for cut in re.findall(r"([^\W_]+)-[ \t]*\n[ \t]*([^\W_]+)", lower):
        counts[cut[0]] -= 1
        counts[cut[1]] -= 1
    counts.update(re.findall(r"[^\W_]+(?:-[^\W_]+)+", lower))
    pieces = re.findall(r"[^\W_]+|[,;:+/&(.\[]", lower)
    counts.update(f"{a} {b}" for a, b in pairwise(pieces) if a.isalnum() and b.isalnum())
    return counts
