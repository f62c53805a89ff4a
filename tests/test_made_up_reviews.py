"""Questions about reviews of other diseases than the shipped one: how many of each are answered rightly."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable
from functools import cache

import pytest
from asking import REVIEWS

from eval.items import open_sets
from eval.results import Row
from eval.running import ask_sets

pytestmark = pytest.mark.slow

CONGRESS = REVIEWS.with_name("congress_reviews")
"""Reviews of many trials, with tables of arms, doses and subgroups."""
AT_LEAST = {
    "aplastic-anaemia-2025": 0.88,
    "cll-waldenstrom-2025": 0.92,
    "complement-2025": 0.81,
    "myeloma-meeting-2024": 0.92,
    "aml-targeted-review": 0.92,
    "b-all-ash-update": 0.83,
    "mpn-eha-update": 0.78,
    "myeloma-ash-highlights": 0.88,
    "mm-tce-cart-2023": 0.81,
    "gvhd-ash-2024": 0.80,
    "car-t-bispecific-lymphoma": 0.86,
}
"""Shares right that no change may fall below."""
MOST_WRONG = {
    "aplastic-anaemia-2025": 25,
    "cll-waldenstrom-2025": 10,
    "complement-2025": 18,
    "myeloma-meeting-2024": 24,
    "aml-targeted-review": 4,
    "b-all-ash-update": 10,
    "mpn-eha-update": 16,
    "myeloma-ash-highlights": 12,
    "mm-tce-cart-2023": 6,
    "gvhd-ash-2024": 16,
    "car-t-bispecific-lymphoma": 12,
}
"""Figures not asked for that may stand in the answers altogether."""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[Row]]:
    """Asks the questions of a review once."""

    @cache
    def rows_of(name: str) -> list[Row]:
        corpus = tmp_path_factory.mktemp("corpus")
        home = REVIEWS if (REVIEWS / name).is_dir() else CONGRESS
        shutil.copytree(home / name, corpus / name)
        options = argparse.Namespace(engine="default", command=None, url=None, corpus=str(corpus), bare=False)
        options.timeout, options.output = 300.0, None
        rows, account, _ = ask_sets(open_sets("dev", home / f"{name}.jsonl"), name, options)
        assert account == []
        return rows

    return rows_of


@pytest.mark.parametrize("name", sorted(AT_LEAST))
def test_share_of_questions_answered_rightly(name: str, asked: Callable[[str], list[Row]]) -> None:
    rows = asked(name)
    assert sum(bool(r["scores"]["right"]) for r in rows) >= AT_LEAST[name] * len(rows)
    assert sum(r["scores"]["n_wrong"] for r in rows) <= MOST_WRONG[name]


def test_nothing_to_be_declined_gets_a_figure(asked: Callable[[str], list[Row]]) -> None:
    declined = [r for r in asked("cll-waldenstrom-2025") if r["item"]["status"] == "declined"]
    assert len(declined) == 19
    assert [r["id"] for r in declined if r["scores"]["n_wrong"]] == []
