"""Texts as JSON Lines in, verdicts as JSON Lines out, one for one and in order."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

from assistant.check.model import FAILING, Judged, worst
from assistant.contract import JsonId, check_line_object, checked_text, json_line
from assistant.model import AssistantError
from assistant.terminal.batch import BadLine, read_id, read_lines, read_record

_LIKE = '{"id": "1", "text": "…"}'
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CheckTally:
    """How a batch of texts went."""

    n_checked: int
    n_failing: int
    """Texts with a statement that is contradicted or not found."""
    n_bad_lines: int
    n_crashes: int


def check_batch(
    stream: BinaryIO, check: Callable[[str], tuple[Judged, ...]], write: Callable[[str], None]
) -> CheckTally:
    """Check the text of each line and ``write`` its line before the next is read."""
    n_checked = n_failing = n_bad_lines = n_crashes = 0
    for number, line in read_lines(stream):
        result: dict[str, Any]
        id: JsonId = None
        try:
            if isinstance(line, BadLine):
                raise AssistantError(line.error)
            record = read_record(line, _LIKE)
            id = read_id(record)
            judged = check(_text(record))
            result = check_line_object(judged, id)
            n_checked += 1
            n_failing += worst(judged) in FAILING
        except AssistantError as error:
            n_bad_lines += 1
            result = {
                "id": id,
                "line": number,
                "error": " ".join(filter(None, (error.message, error.remedy))),
            }
        except Exception as error:  # noqa: BLE001 - a defect on one text must not lose the others
            n_crashes += 1
            _log.exception("line %d could not be checked", number)
            result = {"id": id, "line": number, "error": f"Internal error: {type(error).__name__}."}
        write(json_line(result))
    return CheckTally(n_checked, n_failing, n_bad_lines, n_crashes)


def _text(record: dict[str, Any]) -> str:
    text = record.get("text")
    if text is None:
        raise AssistantError("The object has no text.", f"It must look like {_LIKE}.")
    if not isinstance(text, str):
        raise AssistantError("The text is no text.")
    return checked_text(text)
