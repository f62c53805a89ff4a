"""Quotations: a sentence, cell, reference, abbreviation or title must stand in the review as it is said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.corpus.corpus import Review
from assistant.draft import Line
from assistant.model import Kind, Passage, Reference
from assistant.text.text import fold


def quoted(line: Line, passages: Sequence[Passage], review: Review) -> str:
    """What in ``line`` its passages do not say, or ""."""
    if not passages:
        return "quotes no passage"
    kind = passages[0].locator.kind
    if kind is Kind.FRONT:
        return _front(line, passages)
    if len(passages) > 1:
        return "quotes several passages at once"
    text = re.sub(r"^\s*(?:yes|no)\s*:\s*", "", fold(line.text), flags=re.IGNORECASE)
    passage = passages[0]
    if kind is Kind.REFERENCE:
        return _reference(text, passage, review)
    if kind is Kind.ABBREVIATION:
        return _abbreviation(text, passage, review)
    if kind is Kind.CELL:
        return _cell(text, passage, review)
    spelled = re.fullmatch(r"(?P<term>[^:]+): (?P<parts>.+)\.", text)
    if spelled and f"{spelled['term']} ({spelled['parts']})".lower() in fold(passage.text).lower():
        return ""
    return "" if text in {fold(passage.text), fold(passage.quote)} else "is not the sentence it cites"


def _who(study: str, review: Review) -> list[str]:
    """The ways an answer may name a study: in full, or by a first author no other has."""
    found = review.study(study)
    if found is None:
        return []
    named = bool(found.name) and found.name != found.id
    full = fold(f"{found.label} ({found.name})") if named else fold(found.label)
    alone = named and [s.name for s in review.studies].count(found.name) == 1
    return [full, fold(found.name)] if alone else [full]


def _cell(text: str, passage: Passage, review: Review) -> str:
    value = re.sub(r"\s*\[[\d, ]+\]", "", fold(passage.quote)).rstrip(".")
    said = [f"{who}, {fold(passage.locator.row)}: {value}." for who in _who(passage.studies[0], review)]
    return "" if text in said else "is not the cell it cites"


def _abbreviation(text: str, passage: Passage, review: Review) -> str:
    short = fold(passage.locator.entry)
    meaning = fold(review.raw.abbreviations[passage.locator.entry])
    said = {f"{short} stands for {meaning}.".lower(), f"{meaning} is abbreviated {short}.".lower()}
    return "" if text.lower() in said else "is not the abbreviation it cites"


def _front(line: Line, passages: Sequence[Passage]) -> str:
    text = fold(line.text)
    named = "; ".join(f"{p.locator.entry} {fold(p.quote)}" for p in passages)
    plain = ". ".join(fold(p.quote).rstrip(".") for p in passages)
    return "" if text in {f"Of the review: {named}.", f"{plain}."} else "is not what the front matter says"


def _reference(text: str, passage: Passage, review: Review) -> str:
    if match := re.fullmatch(r"The review cites (\d+) references\.", text):
        return "" if int(match[1]) == len(review.raw.references) else "counts the references wrongly"
    reference = review.reference(int(passage.locator.entry))
    owners = [who for s in passage.studies for who in _who(s, review)] or [
        f"Reference {passage.locator.entry}"
    ]
    owner, found, said = text.partition(": ")
    if reference is None or not found or owner not in owners:
        return "names another reference than it cites"
    if said == fold(reference.text):
        return ""
    parts = said.removesuffix(".").split("; ")
    wrong = [p for p in parts if p not in _details(reference)]
    return f"says {wrong[0]}, which the reference does not" if wrong else ""


def _details(reference: Reference) -> set[str]:
    """Each detail of a reference in the words of an answer."""
    first = reference.authors[0] if reference.authors else ""
    issue = f" ({reference.issue})" if reference.issue else ""
    details = (
        f"first author {first}",
        f"authors {', '.join(reference.authors)}",
        f"title “{reference.title}”",
        f"number {reference.number} of the reference list",
        f"published in {reference.journal}",
        reference.year,
        f"volume {reference.volume}{issue}",
        f"pages {reference.pages}",
        f"doi {reference.doi}",
    )
    return {fold(d).removesuffix(".") for d in details}
