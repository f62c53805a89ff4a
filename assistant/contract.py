"""What other programs rely on: which questions are taken, and an answer as JSON."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from assistant import lazy_re as re
from assistant.check.model import Judged, summary, worst
from assistant.model import Answer, AssistantError, Citation, Fact

QUESTION_CHARS = 20_000
TURNS = 50

_UNSAFE = re.compile(
    "[\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e0fff\ud800-\udfff]"
)

JsonId = str | int | None


def checked_question(text: str) -> str:
    """``text`` as it may be asked.

    Raises:
        AssistantError: where it is empty, longer than ``QUESTION_CHARS``, not Unicode, or has control
            characters other than tab and line ends.
    """
    if len(text) > QUESTION_CHARS:
        raise AssistantError(
            f"The question has {len(text):,} characters; at most {QUESTION_CHARS:,} are taken.",
            "Ask one question in a few sentences.",
        )
    for character in text:
        category = unicodedata.category(character)
        if category == "Cs":
            raise AssistantError("The question is not valid UTF-8.", "Write it in UTF-8.")
        if category == "Cc" and character not in "\t\n\r":
            raise AssistantError(
                f"The question has a control character (U+{ord(character):04X}).", "Remove it and ask again."
            )
    if not any(character.isalnum() for character in text):
        state = "has no words" if text.strip() else "is empty"
        raise AssistantError(f"The question {state}.", 'Ask something, e.g. "What was the 3-year OS?"')
    return text


def checked_turns(turns: Sequence[str]) -> list[str]:
    """``turns`` as they may be asked; raises like ``checked_question``, naming the turn."""
    if not turns:
        raise AssistantError("There is no turn.", "Give at least one question.")
    if len(turns) > TURNS:
        raise AssistantError(f"There are {len(turns)} turns; at most {TURNS} are taken.", "Send the last.")
    for number, turn in enumerate(turns, 1):
        try:
            checked_question(turn)
        except AssistantError as error:
            if len(turns) == 1:
                raise
            message = error.message.replace("The question", f"Turn {number}", 1)
            raise AssistantError(message, error.remedy) from None
    return list(turns)


def answer_object(answer: Answer, id: JsonId = None) -> dict[str, Any]:
    """The answer in the form and order that README.md documents."""
    found = {
        "id": id,
        "question": answer.question,
        "status": answer.status.value,
        "answer": answer.text,
        "statements": [{"text": s.text, "citations": list(s.citations)} for s in answer.statements],
        "citations": [_citation_object(c) for c in answer.citations],
        "facts": [_fact_object(fact, citation) for fact, citation in answer.facts],
        "conflicts": [{"note": c.note, "citations": list(c.citations)} for c in answer.conflicts],
        "corpus": answer.corpus,
        "elapsed_ms": round(answer.elapsed_ms, 1),
    }
    return found | ({"wording": asdict(answer.wording)} if answer.wording else {})


CHECKED_CHARS = 1_000_000


def checked_text(text: str) -> str:
    """``text`` as it may be checked.

    Raises:
        AssistantError: where it has no words, is longer than ``CHECKED_CHARS`` or is not Unicode.
    """
    if len(text) > CHECKED_CHARS:
        raise AssistantError(
            f"The text has {len(text):,} characters; at most {CHECKED_CHARS:,} are taken.",
            "Check it in parts.",
        )
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise AssistantError("The text is not valid UTF-8.", "Write it in UTF-8.")
    if not any(character.isalnum() for character in text):
        raise AssistantError(
            f"The text {'has no words' if text.strip() else 'is empty'}.", "Give a text to check."
        )
    return text


def check_object(judged: Sequence[Judged]) -> dict[str, Any]:
    """The statements of a text with their verdicts, and how many got each, as README.md documents."""
    return {"statements": [_judged_object(j) for j in judged], "summary": summary(judged)}


def check_line_object(judged: Sequence[Judged], id: JsonId) -> dict[str, Any]:
    """The same for a line of a batch, with the worst verdict."""
    return {"id": id, "verdict": worst(judged).value, "statements": [_judged_object(j) for j in judged]}


def _judged_object(judged: Judged) -> dict[str, Any]:
    return {
        "text": judged.text,
        "start": judged.start,
        "end": judged.end,
        "verdict": judged.verdict.value,
        "reason": judged.reason,
        "citations": [_citation_object(c) for c in judged.citations],
        "facts": [_fact_object(fact, citation) for fact, citation in judged.facts],
    }


def group_text(fact: Fact) -> str:
    """The group a fact is about, in words; a rate of no named group is one of all patients."""
    if fact.group_label or fact.group:
        return fact.group_label or ", ".join(sorted(fact.group))
    return "all patients" if fact.unit == "%" or fact.percent or fact.total is not None else ""


def json_line(value: object) -> str:
    """``value`` as one line of JSON: readable Unicode, but nothing a terminal would act on."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return _UNSAFE.sub(_escaped, text)


def _citation_object(citation: Citation) -> dict[str, Any]:
    return {
        "abstract": citation.study,
        "reference": citation.reference,
        "review": citation.review,
        "locator": citation.locator,
        "quote": citation.quote,
    }


def _fact_object(fact: Fact, citation: int) -> dict[str, Any]:
    return {
        "study": fact.study,
        "attribute": fact.attribute,
        "time_point": fact.time_point,
        "group": group_text(fact),
        "value": fact.value,
        "citation": citation,
    }


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match.group())[1:-1]
