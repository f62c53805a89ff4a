"""Questions with the answer worked by hand, and the check that an answer gives just that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from asking import CORPUS, REVIEWS, engine_over

from assistant.engine.engine import Engine
from assistant.model import Answer

LEUKAEMIA, MARROW, MYELOMA, LYMPHATIC = "leukaemia", "marrow", "myeloma", "lymphatic"
COMPLEMENT = "complement"
NEOPLASMS, B_CELL = "neoplasms", "b-cell leukaemia"
_FOLDERS = {
    LEUKAEMIA: CORPUS,
    MARROW: REVIEWS / "aplastic-anaemia-2025",
    MYELOMA: REVIEWS / "myeloma-meeting-2024",
    LYMPHATIC: REVIEWS / "cll-waldenstrom-2025",
    COMPLEMENT: REVIEWS / "complement-2025",
    NEOPLASMS: REVIEWS.with_name("congress_reviews") / "mpn-eha-update",
    B_CELL: REVIEWS.with_name("congress_reviews") / "b-all-ash-update",
}
_NUMBER = re.compile(r"(?<![\w.-])\d+(?:\.\d+)?")
_NAMES = re.compile(
    r"\[[^\]]*\]|\b(?:Abstract|Poster|Study) (?:[A-Z]-)?\d+|\b(?:NCT|RD)\d[\d-]*|"
    r"\b[A-Z]{2,}[\w-]*\d[\w-]*"
)
_TIMES = re.compile(r"\b\d+-(?:day|week|month|year)\b|\bgrade \d(?:-\d)?\b|\bphase \d", re.IGNORECASE)
_CAUTION = "not a head-to-head comparison"


@dataclass(frozen=True, slots=True)
class Case:
    """One question and what its answer must be."""

    review: str
    question: str
    cites: str
    """Ids of the studies cited, exactly, with spaces between."""
    gives: tuple[str, ...] = ()
    """Figures that must be given, the first of them in the first sentence."""
    beside: tuple[str, ...] = ()
    """Further figures that may be given."""
    says: tuple[str, ...] = ()
    """Words that must stand there."""
    declined: bool = False

    @property
    def id(self) -> str:
        """What names the case in the run."""
        return f"{self.review}: {self.question}"


class Engines:
    """An engine for each review, opened when it is first asked.

    Args:
        home: where their indexes are kept.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self._open: dict[str, Engine] = {}

    def ask(self, case: Case) -> Answer:
        """The answer to a case's question."""
        return self.engine(case.review).ask([case.question])

    def engine(self, review: str) -> Engine:
        """The engine of one review."""
        if review not in self._open:
            self._open[review] = engine_over(_FOLDERS[review], self.home / review)
        return self._open[review]


def check(case: Case, answer: Answer) -> None:
    """Fails unless the answer gives the figures asked for and no others, and cites just those studies."""
    plain = answer.text.replace("–", "-")
    assert answer.status.value == ("declined" if case.declined else "answered"), plain
    first = re.split(r"(?<=\.) ?\[|(?<=[.]) (?=[A-Z])", plain, maxsplit=1)[0]
    for figure in case.gives:
        assert figure in plain, plain
    assert not case.gives or case.gives[0] in first, plain
    for words in case.says:
        assert words.lower() in plain.lower(), plain
    known = " ".join((*case.gives, *case.beside, *case.says))
    left = _TIMES.sub(" ", _NAMES.sub(" ", plain))
    assert set(_NUMBER.findall(left)) <= set(re.findall(r"\d+(?:\.\d+)?", known)), plain
    assert {c.study for c in answer.citations if c.study} == set(case.cites.split()), plain
    assert plain.count(_CAUTION) <= 1
