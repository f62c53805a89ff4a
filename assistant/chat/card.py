"""What identifies a study, as a card: who, what was given, to how many, and where it was published."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.cells.reading import is_missing
from assistant.chat.markup import doi_link, escaped, linked
from assistant.corpus.corpus import Review
from assistant.model import Kind, Passage, Reference, Study

_SHOWN = {
    "agents": "Agents",
    "phase": "Phase",
    "design": "Design",
    "population": "Population",
    "n_patients": "Patients",
    "age_range": "Age, years",
    "median_age": "Median age, years",
    "study_period": "Period",
    "nct": "Registration",
}
"""Characteristics of a card, in this order, with their names there."""
_PHASE = re.compile(r"(?:phase\s+)?[IV1-4]+[ab]?(?:\s?/\s?[IV1-4]+[ab]?)?\b(?!\s?[-–])", re.IGNORECASE)
"""A phase, also where the table's row is headed otherwise: ``I/II``, ``Phase II, single arm``."""
_ALWAYS = {"agents", "n_patients"}
"""Shown also where the review has N/A."""


def card_rows(review: Review, study: str) -> list[tuple[str, str]]:
    """Names and values (as printed, arms named) of what identifies a study."""
    places = {p.id: p for p in review.passages}
    rows: list[tuple[str, str]] = []
    for attribute, name in _SHOWN.items():
        facts = [f for f in review.facts if f.study == study and f.attribute == attribute]
        cells = [places[f.passage] for f in facts if places[f.passage].locator.kind is Kind.CELL]
        value = _cells(cells) or next((f.value for f in facts if not f.group), "")
        if value in {v for _, v in rows} and attribute not in _ALWAYS:
            continue  # one cell that gives two characteristics
        if value and (attribute in _ALWAYS or not is_missing(value)):
            is_phase = attribute == "design" and _PHASE.match(value)
            rows.append(("Phase" if is_phase else name, value))
    return rows


def _cells(passages: Iterable[Passage]) -> str:
    """Cells of one row as one text; with the arm where they are several."""
    cells = list(dict.fromkeys((p.locator.row, p.quote) for p in passages))
    if len(cells) < 2:
        return "".join(quote for _, quote in cells)
    return "; ".join(f"{quote} ({row.rsplit(', ', 1)[-1]})" for row, quote in cells)


def reference_html(reference: Reference) -> str:
    """A reference in Vancouver style, its DOI a link."""
    text = reference.text.removesuffix(f" doi:{reference.doi}") if reference.doi else reference.text
    doi = f" {doi_link(reference.doi)}" if reference.doi else ""
    return f'<span class="ra-num">{reference.number}.</span> {escaped(text)}{doi}'


def card_html(review: Review, study: Study) -> str:
    """The study's card."""
    rows = "".join(
        f"<div><dt>{escaped(name)}</dt><dd>{linked(value)}</dd></div>"
        for name, value in card_rows(review, study.id)
    )
    reference = review.reference(study.reference)
    source = f'<p class="ra-reference">{reference_html(reference)}</p>' if reference else ""
    return f'<div class="ra-card"><dl>{rows}</dl>{source}</div>'


def review_html(review: Review) -> str:
    """Where the review itself was published, on one line."""
    raw = review.raw
    place = " ".join(p for p in (raw.year, f"{raw.volume}:{raw.pages}" if raw.volume else raw.pages) if p)
    parts = [", ".join(raw.authors), raw.title, f"{raw.journal} {place}".strip()]
    text = ". ".join(escaped(p.rstrip(".")) for p in parts if p)
    return f"{text}." + (f" {doi_link(raw.doi)}" if raw.doi else "")
