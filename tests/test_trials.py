"""The names trials go by, read from rows and from prose."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import CORPUS, REVIEWS

from assistant.corpus.corpus import read_corpus
from assistant.names.trials import trial_names
from assistant.vocabulary.vocabulary import load_vocabulary


@pytest.mark.parametrize(
    ("folder", "names"),
    [
        (CORPUS, {"51": "GMALL"}),
        (
            REVIEWS / "myeloma-meeting-2024",
            {
                "S-101": "QUERNSTONE-3",
                "S-207": "SALTMARSH-2",
                "S-230": "HALYARD-1",
                "S-318": "BRACKENFELL-1",
            },
        ),
        (REVIEWS / "aplastic-anaemia-2025", {"87": "MARLSTONE", "642": "RUSHMERE-1"}),
    ],
)
def test_a_trial_is_known_by_the_acronym_beside_a_word_for_a_study(
    folder: Path, names: dict[str, str], tmp_path: Path
) -> None:
    corpus = folder
    if folder != CORPUS:
        (tmp_path / folder.name).symlink_to(folder)
        corpus = tmp_path
    (review,) = read_corpus(corpus, load_vocabulary()).reviews
    assert trial_names(review) == names
