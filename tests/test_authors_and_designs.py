"""First authors of the studies that a question describes, and designs judged by their opposite."""

from __future__ import annotations

from pathlib import Path

import pytest
from figure_cases import LEUKAEMIA, Engines


@pytest.fixture(scope="module")
def engines(assistant_home: Path) -> Engines:
    return Engines(assistant_home)


@pytest.mark.parametrize(
    ("turns", "said", "unsaid"),
    [
        (["The first authors of the phase I trials?"], ["first author Zhang X"], ["Hatta"]),
        (["First author of every phase II report?"], ["Hatta Y", "Tan Y", "Yu W"], ["Goekbuget"]),
        (["Please check if abstract 4053 was prospective."], ["No: ", "retrospective"], []),
        (["Who presented Abstract 4053?", "What was its design?"], ["retrospective"], []),
    ],
)
def test_authors_and_designs(turns: list[str], said: list[str], unsaid: list[str], engines: Engines) -> None:
    text = engines.engine(LEUKAEMIA).ask(turns).text
    assert [w for w in said if w not in text] == [], text
    assert [w for w in unsaid if w in text] == [], text


@pytest.mark.parametrize(
    ("turns", "said", "unsaid"),
    [
        (["With what else was nelarabine given by Hatta et al.?"], ["L-ASP"], ["OS"]),
        (["Which abstracts were retrospective?"], ["4053"], ["54)", "2011"]),
        (["The smallest cohort of all?"], ["7 patients"], ["3 patients"]),
    ],
)
def test_partners_and_sizes(turns: list[str], said: list[str], unsaid: list[str], engines: Engines) -> None:
    text = engines.engine(LEUKAEMIA).ask(turns).text
    assert [w for w in said if w not in text] == [], text
    assert [w for w in unsaid if w in text] == [], text
