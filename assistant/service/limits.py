"""What the service takes, and the ways in which it refuses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.contract import checked_text, checked_turns
from assistant.model import AssistantError
from assistant.text.text import plain, strip_invisible

QUESTION_CHARS = 4_000
"""Characters a question may have; the command line takes more, but there one person waits for oneself."""
TURNS = 20
"""Questions a conversation may have, the last one included."""
COMMENT_CHARS = 4_000
TEXT_CHARS = 100_000
"""Characters a text may have that is checked; the command line takes more."""


class NotReadyError(AssistantError):
    """The index is still being opened."""


class RefusedError(AssistantError):
    """A question or comment that cannot be taken as it is."""


class UnknownError(AssistantError):
    """There is no such answer, study, review or passage."""


def check_turns(turns: Sequence[str]) -> list[str]:
    """``turns`` as they may be asked here.

    Raises:
        RefusedError: none, too many, too long, empty, or with control characters.
    """
    if len(turns) > TURNS:
        raise RefusedError(
            f"The conversation has {len(turns)} questions; at most {TURNS} are taken.", "Start a new one."
        )
    for turn in turns:
        if len(turn) > QUESTION_CHARS:
            raise RefusedError(
                f"A question has {len(turn):,} characters; at most {QUESTION_CHARS:,} are taken.",
                "Ask one question in a few sentences.",
            )
        if not re.search(r"\w", plain(strip_invisible(turn))):
            raise RefusedError("A question is empty.", 'Ask something, e.g. "What was the 3-year OS?"')
    try:
        return checked_turns(turns)
    except AssistantError as error:
        raise RefusedError(error.message, error.remedy) from None


def check_text(text: str) -> str:
    """``text`` as it may be checked here.

    Raises:
        RefusedError: it is empty, too long or no Unicode.
    """
    if len(text) > TEXT_CHARS:
        raise RefusedError(
            f"The text has {len(text):,} characters; at most {TEXT_CHARS:,} are taken.", "Check it in parts."
        )
    try:
        return checked_text(text)
    except AssistantError as error:
        raise RefusedError(error.message, error.remedy) from None
