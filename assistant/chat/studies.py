"""All studies of a review as one table whose rows can be sorted, every figure a link to its source."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.chat.card import card_rows, review_html
from assistant.chat.markup import escaped, evidence_href, evidence_link, linked
from assistant.chat.plot import plot_html
from assistant.chat.points import Point, Rates, StudyPoints
from assistant.corpus.corpus import Review
from assistant.vocabulary.vocabulary import Vocabulary

_COLUMNS = ("Study", "Authors", "Agents", "Phase", "Patients", "Reported rates")
_NUMERIC = {"Study", "Patients"}


def studies_html(reviews: Sequence[Review], vocabulary: Vocabulary) -> str:
    """The picture of the rates and the table of the studies, for each review."""
    parts = []
    for review in reviews:
        studies = Rates(review, vocabulary).studies()
        parts.append(
            f'<section class="ra-studies" aria-label="{escaped(review.title)}">'
            f'<p class="ra-review">{review_html(review)}</p>'
            f"<h2>Reported survival and response rates</h2>"
            f"{plot_html(studies, f'Reported survival and response rates: {review.title}')}"
            f"<h2>The {len(studies)} studies</h2>{table_html(review, studies)}</section>"
        )
    return "".join(parts)


def table_html(review: Review, studies: Sequence[StudyPoints]) -> str:
    """One row a study; a click on a column's head sorts by it."""
    heads = "".join(
        f'<th scope="col" aria-sort="none"><button type="button" class="ra-sort" '
        f'data-numeric="{int(name in _NUMERIC)}">{name}</button></th>'
        for name in _COLUMNS
    )
    rows = "".join(_row(review, entry) for entry in studies)
    return (
        '<div class="ra-scroll" role="region" aria-label="The studies" tabindex="0">'
        f'<table class="ra-sortable"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _row(review: Review, entry: StudyPoints) -> str:
    study = entry.study
    card = dict(card_rows(review, study.id))
    number = re.search(r"\d+", study.id)
    order = number[0] if number else ""
    phase = card.get("Phase") or card.get("Design", "")
    cells = (
        (study.name, study.name),
        (card.get("Agents", ""), card.get("Agents", "")),
        (phase, phase),
        (card.get("Patients", ""), "" if entry.n is None else str(entry.n)),
    )
    texts = "".join(f'<td data-key="{escaped(key)}">{linked(text)}</td>' for text, key in cells)
    rates = _rates(entry.points)
    return (
        f'<tr><th scope="row" data-key="{escaped(order)}">{_study_link(review, entry)}</th>{texts}'
        f'<td data-key="{len(entry.points)}">{rates}</td></tr>'
    )


def _study_link(review: Review, entry: StudyPoints) -> str:
    """The study's name as a link to all that a table says of it; the name alone where none does."""
    kinds = ("column", "sentence")
    own = [p for p in review.passages if entry.study.id in p.studies and p.locator.kind in kinds]
    passage = min(own, key=lambda p: kinds.index(p.locator.kind), default=None)
    if passage is None:
        return escaped(entry.study.label)
    href = evidence_href(passage.id, entry.study.id)
    return evidence_link(href, escaped(entry.study.label), passage.locator.label)


def _rates(points: Sequence[Point]) -> str:
    if not points:
        return '<span class="ra-none">none reported</span>'
    links = []
    for p in points:
        href = evidence_href(p.fact.passage, p.fact.study, [(p.fact.start, p.fact.end)])
        text = f"{escaped(p.name)} <strong>{escaped(p.value)}</strong>"
        links.append(f"<li>{evidence_link(href, text, f'{p.name} {p.value}')}</li>")
    return f'<ul class="ra-rates">{"".join(links)}</ul>'
