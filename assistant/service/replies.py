"""Replies that are JSON: readable Unicode, errors with a remedy, nothing a client could trip over."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse

from assistant.contract import json_line

ERROR_CHARS = 500
"""Longer messages are cut; one may name what a client sent."""


class JsonReply(JSONResponse):
    """A JSON body; lone surrogates and control characters are escaped, so that any text can be sent."""

    def render(self, content: Any) -> bytes:
        """The body's bytes."""
        return json_line(content).encode("utf-8")


def problem(status: int, message: str, remedy: str = "", **headers: str) -> JsonReply:
    """An error as every route tells it; header names are written with underscores."""
    body = {"error": message[:ERROR_CHARS], "remedy": remedy[:ERROR_CHARS]}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return JsonReply(body, status_code=status, headers=named)
