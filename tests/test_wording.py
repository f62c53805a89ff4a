"""Patterns of which any may be found, whose common beginning is looked for once."""

from __future__ import annotations

import re

import pytest

from assistant.vocabulary.wording import any_of

PARTS = (r"\bcats?\b", r"\b(?:dog|cow)\b", r"\bhen\b|egg", r"^\W*so\b", r"\b[|(]x", r"\bhorse\b")


@pytest.mark.parametrize(
    "text",
    ["Two cats", "a bobcat", "an eggcup", "so what", "and so", "a(x", "a|x", "Horse!", "seahorse", "COW", ""],
)
def test_it_finds_what_its_patterns_find_one_by_one(text: str) -> None:
    plain = re.search("|".join(f"(?:{p})" for p in PARTS), text, re.IGNORECASE)
    found = any_of(*PARTS).search(text)
    assert (found and found.span()) == (plain and plain.span())
