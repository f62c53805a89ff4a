"""At what dose a drug was given: the sentence of a study that says so, and the part of it that does."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant import lazy_re as re
from assistant.model import Passage
from assistant.text.excerpt import excerpt, figures
from assistant.text.text import fold, tokens

DOSE = re.compile(
    r"\d\s?(?:mg|[\u00b5\u03bcm]?c?g|IU|MBq|Gy)(?:\s?/\s?(?:[kK]g|m2|m\u00b2|d|day|dose))*(?![\w/])|\bAUC\s?\d|\bvector genomes per kg\b"
)
"""A dose as a sentence prints it; no level, which is given per litre."""
_BESIDE, _NEAR = 15, 60
"""Characters between a drug and its dose: right beside it, or in one clause with it."""
_APART = re.compile(r"[;:]|\bplus\b|\band\b|\+")


def gives_dose(text: str) -> bool:
    """Whether a text prints a dose."""
    return bool(DOSE.search(fold(text)))


def dosed(passages: Sequence[Passage]) -> list[Passage]:
    """Those of ``passages`` that print a dose."""
    return [p for p in passages if gives_dose(p.text)]


def best_dosed(passages: Sequence[Passage], drugs: Collection[str]) -> Passage:
    """The passage that names most of the drugs, with a dose closest beside one, and few other figures.

    Args:
        passages: at least one, in order of place.
        drugs: keys of the words asked about.
    """

    def rank(passage: Passage) -> tuple[int, int, int, int]:
        named = len({t.key for t in tokens(passage.text)} & set(drugs))
        return named, _closeness(passage.text, drugs), -figures(passage.quote), -passages.index(passage)

    return max(passages, key=rank)


def _closeness(text: str, drugs: Collection[str]) -> int:
    """3 where nothing stands between a dose and a drug, 2 where little does, 1 where in one clause with it, else 0."""
    folded = fold(text)
    words = [t for t in tokens(folded) if t.key in drugs]
    gaps = []
    for dose in DOSE.finditer(folded):
        begin = re.search(r"[\d.,]*$", folded[: dose.start()])
        start = begin.start() if begin else dose.start()
        gaps += [folded[w.end : start] for w in words if w.end <= start]
        gaps += [folded[dose.end() : w.start] for w in words if dose.end() <= w.start]
    near = [g for g in gaps if not _APART.search(g) and not DOSE.search(g)]
    if any(not re.search(r"\w", g) for g in near):
        return 3
    return 2 if any(len(g) <= _BESIDE for g in near) else int(any(len(g) <= _NEAR for g in near))


def dose_part(passage: Passage, drugs: Collection[str]) -> str:
    """The part of a passage that gives the dose of as many of the drugs as the whole does."""
    held = {t.key for t in tokens(passage.text)} & set(drugs)
    close = _closeness(passage.text, drugs)
    return excerpt(
        passage.text,
        lambda part: held <= {t.key for t in tokens(part)} and _closeness(part, drugs) >= close > 0,
    )
