"""The names that trials go by: from a row of the table, or beside a word for a study in the prose."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.cells.reading import is_missing
from assistant.corpus.corpus import Review
from assistant.model import Kind
from assistant.text.text import fold

_ACRONYM = r"(?P<name>(?=[A-Z0-9-]*[A-Z]{3})[A-Z][A-Z0-9]+(?:-\d+)?)"
_STUDY = r"(?:trial|study|registry|cohort)"
_KIND = r"(?:an? |the )(?:[\w/:.,-]+ ){0,7}?(?:trial|study|registry)\b"
_NAMED = (
    re.compile(rf"(?<![\w-]){_ACRONYM} {_STUDY}\b"),
    re.compile(rf"(?<![\w-]){_ACRONYM}(?:,| (?:is|was|were)) {_KIND}"),
    re.compile(rf"\b(?i:{_STUDY}),? {_ACRONYM}(?![\w-])"),
)


_NO_NAME = re.compile(r"[IVX]+$|NCT\d")
"""A phase, a registration number."""


def trial_names(review: Review) -> dict[str, str]:
    """The name of each study that has one, by the study's id; a name that two studies use is none's."""
    found: dict[str, str] = {}
    for fact in review.facts:
        if fact.attribute == "study_name" and fact.study and not is_missing(fact.value):
            found.setdefault(fact.study, fold(fact.value).strip())
    for passage in review.passages:
        if passage.locator.kind is not Kind.SENTENCE or len(passage.studies) != 1:
            continue
        name = _name_in(fold(passage.text), review)
        if name:
            found.setdefault(passage.studies[0], name)
    names = list(found.values())
    return {study: name for study, name in found.items() if names.count(name) == 1}


def _name_in(text: str, review: Review) -> str:
    """The acronym that a sentence gives a study; "" where it gives none, or a listed abbreviation."""
    for pattern in _NAMED:
        for match in pattern.finditer(text):
            name = match["name"]
            if name not in review.raw.abbreviations and not _NO_NAME.match(name):
                return name
    return ""
