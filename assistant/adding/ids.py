"""Which studies an article speaks of, and the ids they get."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.adding.article import Article, Entry, Heading, Paragraph
from assistant.text.text import ascii_key

_NOUN = r"(?P<noun>[Aa]bstracts?|[Pp]osters?|[Pp]resentations?|[Pp]ublications?)"
_SIGN = r"\s*(?:#|№|(?:[Nn]os?|[Nn]umbers?|ID)\b\.?:?)?\s*#?\s*"
_NUMBER = r"(?:[A-Z]{1,3}-?)?\d{1,5}(?![\d%]|\.\d|\s*(?:patients|%))"
MEETING = re.compile(rf"\b{_NOUN}{_SIGN}(?P<ids>{_NUMBER}(?:\s*(?:,|;|&|and|,\s*and)\s*#?{_NUMBER})*)")
_HASHED = re.compile(rf"[(\[](?P<ids>#\s*{_NUMBER}(?:\s*(?:,|;|&|and)\s*#?\s*{_NUMBER})*)[)\]]")
_REVIEW_TITLE = re.compile(
    r"\b(?:reviews?|overview|updates?|advances?|perspectives?|landscape|highlights?|progress|state[- ]of[- ]the[- ]art|"
    r"current (?:status|treatment|management|approaches)|guidelines?|meta-analys[ie]s|how i treat|challenges|future|recommendations|"
    r"emerging|evolving|role of|from the \d{4})\b",
    re.IGNORECASE,
)
_OWN_WORDS = re.compile(
    r"\b(?:we (?:enrolled|treated|conducted|performed|analy[sz]ed|included|evaluated|studied|report|recruited|identified|"
    r"assessed|observed|found|present|describe)|"
    r"patients were (?:enrolled|randomi[sz]ed|recruited|included|treated|eligible)|our (?:patients?|study|cohort|trial|"
    r"data|results|series|case))\b",
    re.IGNORECASE,
)


class Form(StrEnum):
    """What sort of article it is."""

    MEETING = "meeting"
    """Its studies are abstracts of a meeting, named by their numbers."""
    REVIEW = "review"
    """Its studies are references."""
    REPORT = "report"
    """It reports one study of its own."""


@dataclass(frozen=True, slots=True)
class Studies:
    """How studies are named in the folder."""

    form: Form
    label: str
    """The noun before an id."""
    own: str = ""
    """The id of the article's own study, if it reports one."""
    of_reference: Mapping[int, str] = ()  # type: ignore[assignment]
    """Id of the study that a reference publishes."""
    meeting: frozenset[str] = frozenset()
    """Numbers of the abstracts of a meeting."""


def studies_of(article: Article) -> Studies:
    """How the studies of ``article`` are named."""
    texts = [b.text for b in article.blocks if isinstance(b, Paragraph)]
    noun, found = _meeting_numbers(texts, article)
    if len(found) >= 2:
        return Studies(Form.MEETING, noun, "", {}, frozenset(found))
    ids = reference_ids(article.entries)
    if _is_report(article, texts):
        return Studies(Form.REPORT, "Study", own_id(article), {}, frozenset())
    return Studies(Form.REVIEW, "Study", "", ids, frozenset())


def _meeting_numbers(texts: Iterable[str], article: Article) -> tuple[str, list[str]]:
    """The noun and the numbers that stand in marks such as ``(Abstract 71)``, ``[abstract #71]`` or ``(#71)``."""
    nouns: Counter[str] = Counter()
    found: dict[str, None] = {}
    for text in texts:
        for match in MEETING.finditer(text):
            nouns[match["noun"].rstrip("s").capitalize()] += 1
            found |= dict.fromkeys(re.findall(_NUMBER, match["ids"]))
        for match in _HASHED.finditer(text):
            nouns["Abstract"] += 1
            found |= dict.fromkeys(re.findall(_NUMBER, match["ids"]))
    for grid in article.grids:
        for row in grid.heads:
            if re.match(r"(?:abstract|poster|presentation|publication)s?\b", row.cells[0], re.IGNORECASE):
                found |= dict.fromkeys(
                    c.lstrip("# ") for c in row.cells[1:] if re.fullmatch(rf"#?\s*{_NUMBER}", c)
                )
    return (nouns.most_common(1)[0][0] if nouns else "Abstract"), list(found)


def _is_report(article: Article, texts: Sequence[str]) -> bool:
    """Whether the article reports patients of its own."""
    heads = " | ".join(b.text.lower() for b in article.blocks if isinstance(b, Heading))
    own = sum(len(_OWN_WORDS.findall(text)) for text in texts)
    sectioned = bool(re.search(r"\bresults\b|\bfindings\b", heads)) and bool(
        re.search(r"method|patients", heads)
    )
    if _REVIEW_TITLE.search(article.title) and not re.search(
        r"\btrial\b|\bphase\b|case report|cohort", article.title, re.IGNORECASE
    ):
        return sectioned and own >= 8
    return sectioned or own >= 3


def own_id(article: Article) -> str:
    """``SMITH-2020`` of the article itself."""
    family = article.authors[0].rsplit(" ", 1)[0] if article.authors else "THIS"
    return f"{_key(family)}-{article.year}" if article.year else f"{_key(family)}-1"


def reference_ids(entries: Iterable[Entry]) -> dict[int, str]:
    """An id for each reference that has an author: ``SMITH-2020``, a second one ``SMITH-2020b``."""
    found: dict[int, str] = {}
    used: Counter[str] = Counter()
    for entry in entries:
        if not entry.authors:
            continue
        base = f"{_key(entry.authors[0].split(',')[0])}-{entry.year or entry.number}"
        used[base] += 1
        found[entry.number] = (
            base if used[base] == 1 else f"{base}{'abcdefghijklmnopqrstuvwxyz'[min(used[base] - 1, 25)]}"
        )
    return found


def _key(family: str) -> str:
    letters = re.sub(r"[^A-Za-z]", "", ascii_key(unicodedata.normalize("NFC", family)))
    return letters.upper()[:24] or "ANON"


def hashed(text: str, known: frozenset[str]) -> list[str]:
    """The numbers of abstracts that a table's cell names."""
    plain = re.sub(r"[#\s]", "", text)
    if plain in known:
        return [plain]
    found = [n for m in MEETING.finditer(text) for n in re.findall(_NUMBER, m["ids"])]
    found += list(re.findall(rf"#\s*({_NUMBER})", text))
    return [n for n in dict.fromkeys(found) if n in known]
