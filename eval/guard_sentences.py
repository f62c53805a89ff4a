"""The review's own sentences, as they stand and with one thing changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from assistant.corpus.corpus import Review
from assistant.model import Kind, Passage
from assistant.text.text import fold

Row = tuple[str, str, str]
"""Family, text, review."""
_DIGITS = re.compile(r"(?<![\w.-])\d+(?:\.\d+)?(?![\w-])")
_SWAPPED = (
    ("higher", "lower"),
    ("with", "without"),
    ("more", "fewer"),
    ("better", "worse"),
    ("reduced", "increased"),
)
_VERB = re.compile(r"\b(was|were|had|occurred|showed|received)\b")


def true_rows(review: Review) -> Iterator[Row]:
    """Each sentence on one study, with its study named."""
    for passage in _sentences(review):
        yield "sentence", _told(passage, review), review.id


def false_rows(review: Review, random: Random) -> Iterator[Row]:
    """Each sentence with a figure changed, two figures exchanged, a word turned round, or denied."""
    for passage in _sentences(review):
        text = _told(passage, review)
        begin = text.index(":") + 1
        places = [m for m in _DIGITS.finditer(text, begin) if not text[: m.start()].endswith("10")]
        for match in random.sample(places, min(3, len(places))):
            digit = random.randrange(match.start(), match.end())
            if text[digit].isdigit():
                new = random.choice([d for d in "123456789" if d != text[digit]])
                yield "sentence, digit", text[:digit] + new + text[digit + 1 :], review.id
        pairs = [(a, b) for a in places for b in places if a.start() < b.start() and a[0] != b[0]]
        for a, b in random.sample(pairs, min(2, len(pairs))):
            if len({len(a[0]), len(b[0])}) == 1 and ("." in a[0]) == ("." in b[0]):
                changed = text[: a.start()] + b[0] + text[a.end() : b.start()] + a[0] + text[b.end() :]
                yield "sentence, figures exchanged", changed, review.id
        for word, other in _SWAPPED:
            changed = re.sub(rf"\b{word}\b", other, text[begin:], count=1)
            if changed != text[begin:]:
                yield "sentence, word", text[:begin] + changed, review.id
        verb = _VERB.search(text, begin)
        if verb and " not " not in text:
            yield "sentence, denied", f"{text[: verb.end()]} not{text[verb.end() :]}", review.id


def _sentences(review: Review) -> Iterator[Passage]:
    for passage in review.passages:
        if passage.locator.kind is Kind.SENTENCE and len(passage.studies) == 1:
            yield passage


def _told(passage: Passage, review: Review) -> str:
    study = review.study(passage.studies[0])
    label = study.label if study else passage.studies[0]
    noun = re.escape(review.raw.study_label)
    text = re.sub(rf"\s*\({noun} [\w-]+\)|\s*\[[\d, ]+\]", "", fold(passage.quote))
    return f"{label}: {text}"
