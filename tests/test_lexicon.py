"""Phrases found in tokens: the longest first, whole ones only, abbreviations in their own case."""

from __future__ import annotations

from assistant.text.text import tokens
from assistant.vocabulary.lexicon import Lexicon


def found(lexicon: Lexicon, text: str) -> list[tuple[str, ...]]:
    return [m.ids for m in lexicon.find(tokens(text))]


def test_the_longest_form_wins_and_a_shorter_one_at_the_end_of_the_text_is_found() -> None:
    lexicon = Lexicon()
    for form, term in (("free survival", "FS"), ("free survival rate", "FSR"), ("survival", "S")):
        lexicon.add(form, term)
    assert found(lexicon, "free survival rate of survival") == [("FSR",), ("S",)]
    assert found(lexicon, "what free survival") == [("FS",)]
    (match,) = lexicon.find(tokens("what free survival"))
    assert (match.start, match.end, match.exact) == (1, 3, False)


def test_a_form_added_or_dropped_later_counts_at_once_and_in_no_copy() -> None:
    lexicon = Lexicon()
    lexicon.add("OR", "ORR", cased=True)
    assert found(lexicon, "OR or") == [("ORR",)]
    other = lexicon.copy()
    other.add("OR status", "status")
    lexicon.drop("OR")
    assert found(lexicon, "OR status") == []
    assert found(other, "OR status") == [("status",)]
    assert found(other, "the OR") == [("ORR",)]


def test_a_number_before_a_period_ends_no_form() -> None:
    lexicon = Lexicon()
    lexicon.add("PFS 2", "PFS2")
    lexicon.add("PFS", "PFS")
    assert found(lexicon, "PFS 2 was reached") == [("PFS2",)]
    assert found(lexicon, "PFS 2 years") == [("PFS",)]
