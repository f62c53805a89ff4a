"""Stands in for ``assistant.chat``: the real one, which holds the conversations of few pages."""

from __future__ import annotations

from assistant.chat import blocks

blocks._SESSIONS = 50
mount_chat = blocks.mount_chat
