"""How well a passage answers a question, and which of its figures do, as a small trained model sees that reads both.

The model is a cross-encoder of all-MiniLM-L6-v2's size, trained on questions over made-up reviews (see
``eval/training``). Its word is asked where the rules are not sure of a question; it never writes a word of an
answer, and what it points to is quoted and verified like everything else.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant import lazy_re as re
from assistant.corpus.corpus import Review
from assistant.files.files import sha256_of
from assistant.index.encoder import TOKENIZER, cores, find_model
from assistant.model import AssistantError, Kind, Passage
from assistant.text.text import ONE_NUMBER_WORD

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

WEIGHTS = Path(__file__).parent / "weights" / "passages.onnx"
HASH_SUFFIX = ".sha256"
"""Of the file beside the weights that holds their hash, hex."""
MAX_TOKENS = 160
"""Of question and passage together, as in training; the passage is cut."""
_REMEMBERED = 4096
"""Questions whose scores are kept, for people and wikis ask the same again: some 10 MB."""
_AGENTS_SHOWN = 60
"""Characters of a study's treatment that stand before its passages."""

NUMBER = re.compile(rf"(?<![A-Za-z0-9_.])\d+(?:[.,]\d+)*|\b(?:{ONE_NUMBER_WORD})\b", re.I)
"""What of a text the model may point to."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the model makes of a text beside a question."""

    score: float
    """Log-odds that the text answers the question, against that none of the passages does."""
    figures: tuple[tuple[int, float], ...]
    """Where each number of the text starts, and log-odds that it is asked for, against that no number is."""


class PassageModel(Protocol):
    """Reads passages as answers to a question."""

    def read(self, question: str, texts: Sequence[str]) -> list[Seen]:
        """What it makes of each text."""


class OnnxPassageModel:
    """The shipped model, opened at the first question. May be used by several threads."""

    def __init__(self, weights: Path = WEIGHTS) -> None:
        self._weights = weights
        self._lock = threading.Lock()
        self._opened: tuple[InferenceSession, Tokenizer] | None = None
        self._pool = ThreadPoolExecutor(cores(), "passages")
        """Its threads start when they are first needed, and stay: new ones for each question cost memory."""
        self._remembered = lru_cache(_REMEMBERED)(self._read)

    def read(self, question: str, texts: Sequence[str]) -> list[Seen]:
        """What the model makes of each text.

        Texts run one at a time, so that what is seen in one depends on no other.

        Raises:
            AssistantError: the weights are missing or damaged, or the encoder that lends its words is.
        """
        return list(self._remembered(question, tuple(texts)))

    def _read(self, question: str, texts: tuple[str, ...]) -> tuple[Seen, ...]:
        import numpy as np

        session, tokenizer = self._open()

        def seen(text: str) -> Seen:
            pair = tokenizer.encode(question, text)
            feed = {
                "input_ids": np.array([pair.ids], dtype=np.int64),
                "attention_mask": np.array([pair.attention_mask], dtype=np.int64),
                "token_type_ids": np.array([pair.type_ids], dtype=np.int64),
            }
            score, tokens = session.run(None, feed)
            starts = {o[0]: k for k, o in enumerate(pair.offsets) if pair.type_ids[k] and o[1] > o[0]}
            numbers = (m.start() for m in NUMBER.finditer(text))
            figures = ((n, float(tokens[0, starts[n]])) for n in numbers if n in starts)
            return Seen(float(score.reshape(-1)[0]), tuple(figures))

        return tuple(self._pool.map(seen, texts))

    def _open(self) -> tuple[InferenceSession, Tokenizer]:
        with self._lock:
            if self._opened is None:
                import onnxruntime
                from tokenizers import Tokenizer

                checked_hash(self._weights)
                options = onnxruntime.SessionOptions()
                options.intra_op_num_threads = options.inter_op_num_threads = 1
                options.enable_cpu_mem_arena = options.enable_mem_pattern = False
                options.log_severity_level = 3
                session = onnxruntime.InferenceSession(
                    str(self._weights), options, providers=["CPUExecutionProvider"]
                )
                tokenizer = Tokenizer.from_file(str(find_model() / TOKENIZER))
                tokenizer.no_padding()
                tokenizer.enable_truncation(MAX_TOKENS, strategy="longest_first")
                self._opened = session, tokenizer
            return self._opened


def checked_hash(weights: Path = WEIGHTS) -> str:
    """The sha256 of the weights, hex.

    Raises:
        AssistantError: they are missing, or are not those they were shipped as.
    """
    told = weights.with_suffix(HASH_SUFFIX)
    if not weights.is_file() or not told.is_file():
        raise AssistantError(f"{weights} or its hash is missing.", "Install review-assistant again.")
    found = sha256_of(weights)
    if found != told.read_text("utf-8").strip():
        raise AssistantError(
            f"{weights} is damaged: its sha256 is {found}.", "Install review-assistant again."
        )
    return found


def beside(review: Review, passage: Passage) -> str:
    """A passage as the model reads it: its study and what that gave, then the sentence, or the row and the cell."""
    study = passage.studies[0] if passage.studies else ""
    known = {s.id: s for s in review.studies}
    text = passage.text
    if study not in known:
        section = passage.locator.section if passage.locator.kind is Kind.SENTENCE else ""
        return f"{section}. {text}" if section else text
    name = known[study].name.removesuffix(" et al.")
    given = next((f.value for f in review.facts if f.study == study and f.attribute == "agents"), "")
    row = passage.locator.row
    if passage.locator.kind is Kind.CELL and row in text:
        text = text[text.index(row) :]
    return f"{known[study].label} ({name}; {given[:_AGENTS_SHOWN]}): {text}"
