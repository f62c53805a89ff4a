"""Diseases by their names of the field, which a review may not treat: ``hairy cell leukaemia``."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from assistant.text.text import tokens
from assistant.vocabulary.vocabulary import Vocabulary


def not_treated(text: str, used: AbstractSet[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The diseases that ``text`` names by a word that is none of ``used``, the keys of a review's own words."""
    words = tokens(text)
    return tuple(
        text[words[match.start].start : words[match.end - 1].end]
        for match in vocabulary.diseases.find(words)
        if not used & set(match.ids)
    )
