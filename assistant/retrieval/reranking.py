"""The best passages put into a new order by a cross-encoder that reads them beside the query, where one is named."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from assistant.model import AssistantError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

DEPTH = 20
"""Passages that are put into a new order."""


class Reranker(Protocol):
    """Scores passages by how well they fit a query."""

    def scores(self, query: str, texts: Sequence[str]) -> list[float]:
        """One score a text, higher for a better fit."""


class CrossEncoderReranker:
    """A local cross-encoder of sentence-transformers, opened at the first query.

    Args:
        folder: of the model; nothing is downloaded.
    """

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._model: CrossEncoder | None = None

    def scores(self, query: str, texts: Sequence[str]) -> list[float]:
        """One score a text, higher for a better fit.

        Raises:
            AssistantError: the folder holds no cross-encoder with one output.
        """
        with self._lock:  # the model is not made for several threads
            if self._model is None:
                self._model = self._opened()
            scores = self._model.predict([(query, t) for t in texts], show_progress_bar=False)
        return [float(s) for s in scores]

    def _opened(self) -> CrossEncoder:
        from sentence_transformers import CrossEncoder

        try:
            model: CrossEncoder = CrossEncoder(self._folder, device="cpu", local_files_only=True)
        except (OSError, ValueError, KeyError) as error:
            raise AssistantError(
                f"The reranker {self._folder} cannot be opened ({type(error).__name__}).",
                "Let ASSISTANT_RERANKER name the folder of a cross-encoder, or unset it.",
            ) from error
        if model.num_labels != 1:
            raise AssistantError(
                f"The reranker {self._folder} has {model.num_labels} outputs; one is needed.",
                "Choose a cross-encoder that gives one score.",
            )
        return model
