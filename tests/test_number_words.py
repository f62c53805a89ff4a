"""Numbers in words, as a pattern."""

from __future__ import annotations

import re

import pytest

from assistant.text.text import NUMBER_WORDS, ONE_NUMBER_WORD, WORD_NUMBER, word_number

ANY = re.compile(rf"\b{WORD_NUMBER}\b")


@pytest.mark.parametrize("word", sorted(NUMBER_WORDS))
def test_each_word_matches_whole_with_a_hyphen_and_with_a_blank(word: str) -> None:
    for form in {word, word.replace("-", " ")}:
        found = ANY.match(form)
        assert found is not None
        assert found[0] == form
        assert word_number(form) == NUMBER_WORDS[word]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("seventy-seven", ["seventy-seven"]),
        ("seventy-seventeen", ["seventy", "seventeen"]),
        ("eighteen and eight", ["eighteen", "eight"]),
        ("eighty eighty", ["eighty", "eighty"]),
        ("two hundred and thirty-one of a hundred", ["two hundred and thirty-one", "a hundred"]),
        ("zero", ["zero"]),
        ("twenty-zero", ["twenty", "zero"]),
        ("dozens", []),
    ],
)
def test_the_longest_number_is_found(text: str, found: list[str]) -> None:
    assert ANY.findall(text) == found


def test_the_words_of_one_number_are_those_of_the_list_longer_ones_first() -> None:
    listed = re.compile("|".join(sorted(NUMBER_WORDS, key=len, reverse=True)))
    pattern = re.compile(ONE_NUMBER_WORD)
    for text in (
        *NUMBER_WORDS,
        *(f"{word}{more}" for word in NUMBER_WORDS for more in ("-", "teen", "-oned", "ty-six")),
    ):
        assert pattern.findall(text) == listed.findall(text)
