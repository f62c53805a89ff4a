"""Stands in for ``assistant.chat``: the smallest chat that Gradio makes, mounted as the real one is."""

from __future__ import annotations

import warnings
from typing import Any

from fastapi import FastAPI

from assistant.service.context import Service


def mount_chat(app: FastAPI, service: Service) -> None:
    import gradio

    def answer(question: str, history: list[Any]) -> tuple[str, list[Any]]:
        said = [{"role": "user", "content": question}]
        said.append({"role": "assistant", "content": service.ask([question]).text})
        return "", history + said

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with gradio.Blocks(analytics_enabled=False, title="Small chat") as page:
            log = gradio.Chatbot(label="Conversation", latex_delimiters=[])
            box = gradio.Textbox(label="Your question", submit_btn="Ask")
            box.submit(answer, [box, log], [box, log], api_name="ask", concurrency_limit=8)
        gradio.mount_gradio_app(app, page, path="/chat", run_history=False, footer_links=[], show_error=False)
