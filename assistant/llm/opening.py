"""The engine that the settings ask for: with a model where they name one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from pydantic import SecretStr

from assistant.llm.endpoint import Endpoint
from assistant.llm.engine import WordingEngine
from assistant.model import AssistantError

if TYPE_CHECKING:
    from assistant.engine.engine import Engine
    from assistant.settings import Settings


def with_model(opener: Callable[[], Engine], settings: Settings) -> WordingEngine:
    """The engine that ``opener`` gives with the model that ``settings`` name; the model is not asked yet.

    The model's client is imported while the engine is opened.

    Raises:
        AssistantError: they name none, or the key's file cannot be read; or as ``opener``.
    """
    if settings.llm_url is None:
        raise AssistantError(
            "No language model is set up.",
            "Set ASSISTANT_LLM_URL and ASSISTANT_LLM_MODEL, or ask without --engine llm.",
        )
    endpoint = Endpoint(settings.llm_url, settings.llm_model, _key(settings))
    threading.Thread(target=_load, args=(endpoint,), daemon=True).start()
    return WordingEngine(opener(), endpoint, settings.llm_patience_s)


def _load(endpoint: Endpoint) -> None:
    with suppress(OSError, ImportError):  # told when it is asked
        endpoint.load()


def _key(settings: Settings) -> SecretStr | None:
    if settings.llm_key is not None or settings.llm_key_file is None:
        return settings.llm_key
    try:
        lines = settings.llm_key_file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise AssistantError(
            f"The key file {settings.llm_key_file} cannot be read: {reason}.", "See to it."
        ) from None
    return SecretStr(lines[0].strip()) if lines else None
