"""Questions as JSON Lines in, answers as JSON Lines out, one for one and in order."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, NoReturn

from assistant.contract import JsonId, answer_object, checked_turns, json_line
from assistant.model import Answer, AssistantError

LINE_BYTES = 4_000_000
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Item:
    """One readable line: the turns of a conversation, the last of which is to be answered."""

    line: int
    id: JsonId
    turns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be asked, and why."""

    line: int
    id: JsonId
    error: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How a batch went."""

    n_answers: int
    n_bad_lines: int
    n_crashes: int


def read_items(stream: BinaryIO) -> Iterator[Item | BadLine]:
    """Each line of ``stream`` as soon as it is there, without waiting for the next."""
    for number, line in read_lines(stream):
        yield line if isinstance(line, BadLine) else _read_item(line, number)


def read_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | BadLine]]:
    """The lines of ``stream`` with their numbers from 1; one that is too long as a bad line."""
    number = 0
    while line := stream.readline(LINE_BYTES + 1):
        number += 1
        if len(line) > LINE_BYTES:
            while line and not line.endswith(b"\n"):
                line = stream.readline(LINE_BYTES)
            yield number, BadLine(number, None, f"The line is longer than {LINE_BYTES:,} bytes.")
        else:
            yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line


def answer_batch(
    items: Iterator[Item | BadLine], ask: Callable[[Sequence[str]], Answer], write: Callable[[str], None]
) -> Tally:
    """Answer each item and ``write`` its line before the next item is read."""
    n_answers = n_bad_lines = n_crashes = 0
    for item in items:
        result: dict[str, Any]
        if isinstance(item, BadLine):
            n_bad_lines += 1
            result = {"id": item.id, "line": item.line, "error": item.error}
        else:
            try:
                result = answer_object(ask(item.turns), item.id)
                n_answers += 1
            except AssistantError as error:
                n_bad_lines += 1
                message = " ".join(filter(None, (error.message, error.remedy)))
                result = {"id": item.id, "line": item.line, "error": message}
            except Exception as error:  # noqa: BLE001 - a defect on one question must not lose the others
                n_crashes += 1
                _log.exception("line %d could not be answered", item.line)
                problem = f"Internal error: {type(error).__name__}."
                result = {"id": item.id, "line": item.line, "error": problem}
        write(json_line(result))
    return Tally(n_answers, n_bad_lines, n_crashes)


def _read_item(line: bytes, number: int) -> Item | BadLine:
    id: JsonId = None
    try:
        record = read_record(line)
        id = read_id(record)
        return Item(number, id, tuple(checked_turns(_turns(record))))
    except AssistantError as error:
        return BadLine(number, id, " ".join(filter(None, (error.message, error.remedy))))


def read_record(line: bytes, like: str = '{"id": "1", "turns": ["…"]}') -> dict[str, Any]:
    """The JSON object of a line.

    Raises:
        AssistantError: it is none, or not UTF-8; ``like`` shows what it must look like.
    """
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        raise AssistantError("The line is not valid UTF-8.") from None
    if not text.strip():
        raise AssistantError("The line is empty.")
    try:
        record = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        reason = f": {error.msg} (column {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
        raise AssistantError(f"The line is not JSON{reason}.") from None
    if not isinstance(record, dict):
        raise AssistantError("The line is not a JSON object.", f"It must look like {like}.")
    return record


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def read_id(record: dict[str, Any]) -> JsonId:
    """The id of a line's object, None where it has none.

    Raises:
        AssistantError: it is neither text nor a whole number.
    """
    id = record.get("id")
    if id is not None and (not isinstance(id, str | int) or isinstance(id, bool)):
        raise AssistantError("The id is neither text nor a whole number.")
    return id


def _turns(record: dict[str, Any]) -> list[str]:
    turns = record.get("turns")
    if turns is None:
        raise AssistantError("The object has no turns.", 'It must look like {"id": "1", "turns": ["…"]}.')
    if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
        raise AssistantError("The turns are not a list of texts.")
    return turns
