"""Stands in for ``assistant.chat``: no chat, but a server that waits for half a second only for a request."""

from __future__ import annotations

from fastapi import FastAPI

from assistant.service.context import Service
from assistant.service.protocol import DressedProtocol

DressedProtocol.head_s = 0.5


def mount_chat(app: FastAPI, service: Service) -> None:
    @app.get("/chat/")
    def chat() -> str:
        return "There is none."
