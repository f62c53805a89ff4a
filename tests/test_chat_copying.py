"""Kept answers copied from the chat."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.chat.copying import copied
from assistant.model import AssistantError
from assistant.service.store import Kept, Source

LINK = "http://127.0.0.1:8000/a/abcdefghijkmnpqrstuv"


def kept() -> Kept:
    answer: dict[str, Any] = {
        "question": "What was the OS?",
        "status": "answered",
        "answer": "…",
        "statements": [{"text": "The OS was 61%.", "citations": [0]}],
        "citations": [{"locator": "Table 1, Outcome", "quote": "OS: 61%", "review": "gone"}],
        "conflicts": [],
        "corpus": "c0ffee" * 10,
    }
    source = Source("Study S-1", "p", "Ada B. A title. Blood. 2024.", "", "A review")
    return Kept("a" * 20, "2026-01-02T03:04:05Z", ("What was the OS?",), None, answer, (source,))


def test_a_kept_answer_is_dated_and_titled_as_it_was_given() -> None:
    assert copied(kept(), "text", LINK) == (
        "What was the OS?\n\nThe OS was 61%. [Study S-1]\n\n"
        "Sources\n- [Study S-1] Table 1, Outcome: “OS: 61%” Ada B. A title. Blood. 2024.\n\n"
        f"Review: A review. Answered 2026-01-02, corpus c0ffeec0ffee. {LINK}\n"
    )


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(AssistantError, match="word"):
        copied(kept(), "word")
