"""Questions for studies that saw none of something, for a relative, for a class of drugs, for where a thing is mentioned."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import asks

LEUKAEMIA, MARROW, MYELOMA = "leukaemia", "aplastic-anaemia-2025", "myeloma-meeting-2024"
NO_ADVICE = "gives no advice for a patient"


@pytest.fixture(scope="module")
def ask(assistant_home: Path) -> Callable[[str, str], str]:
    """Asks one of the reviews; each engine is made once."""
    return asks(assistant_home)


@pytest.mark.parametrize(
    ("review", "question", "gives"),
    [
        (
            MARROW,
            "Were there any posters in which nobody had a relapse?",
            "says of no poster that it saw no relapse",
        ),
        (
            MYELOMA,
            "Was there a trial where not a single patient developed ICANS?",
            "of no study that it saw no ICANS",
        ),
        (MARROW, "Is there any poster without a registration number?", "Poster 1987"),
        (LEUKAEMIA, "Is there any abstract without nelarabine?", "Abstract 980"),
        (MARROW, "Our cousin has low platelets. Is verotrombopag worth a try for him?", NO_ADVICE),
        (MYELOMA, "My grandmother has myeloma. What could we ask the doctors for?", NO_ADVICE),
        (MARROW, "My cousin told me of MARLSTONE. What was its registration number?", "NCT09550187"),
        (LEUKAEMIA, "What remission rate did proteasome inhibitors give?", "has no proteasome inhibitors"),
        (LEUKAEMIA, "Which abstracts speak of fratricide?", "Abstract 975"),
        (LEUKAEMIA, "Is it right that just one person given RD13-01 had grade 3 CRS?", "Yes: "),
        (LEUKAEMIA, "Only two RD13-01 patients had CRS of grade 3, right?", "No: "),
    ],
)
def test_it_gives(ask: Callable[[str, str], str], review: str, question: str, gives: str) -> None:
    assert gives in ask(review, question)
