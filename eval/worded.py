"""The program with a language model, and the model's raw drafts beside it, as objects of the contract.

A reply holds the answer that readers are shown, and under `raw` what they would be shown if nothing checked the
model: its whole draft, cited as it cites. Where the program declines, no model is asked, and both are that decline.
"""

import re
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from assistant.contract import answer_object
from assistant.engine.engine import Drafted
from assistant.llm.endpoint import Endpoint
from assistant.llm.engine import WordingEngine
from assistant.llm.failure import EndpointError
from assistant.llm.marks import MarkReader, plain_text
from assistant.llm.opening import with_model
from assistant.llm.prompt import make_prompt
from assistant.llm.splitting import SentenceStream
from assistant.model import Status
from assistant.settings import load_settings
from eval.engines import Ask

_SILENT = re.compile(
    r"\b(?:not (?:provided|mentioned|reported|specified)|no information|cannot|unable to)\b", re.IGNORECASE
)


def open_worded() -> Ask:
    """Answers by the program with the model of the settings."""
    from eval.variants import Parts

    parts = Parts()
    engine = with_model(lambda: parts.engine("default"), load_settings())
    return lambda turns: worded(engine, turns)


def worded(engine: WordingEngine, turns: Sequence[str]) -> dict[str, Any]:
    """What readers are shown, and the raw draft; without the patience of a service."""
    started = time.perf_counter()
    drafted = engine.engine.drafted(turns)
    if drafted.draft.status is not Status.ANSWERED:
        told = answer_object(drafted.answer())
        return told | {"raw": told}
    draft = draft_of(engine.endpoint, drafted, engine.patience_s)
    composer = engine.composer(drafted)
    composer.add(draft)
    composer.finish()
    shown = answer_object(drafted.answer(composer.shown))
    shown["elapsed_ms"] = round(1000 * (time.perf_counter() - started), 2)
    counts = {"kept": composer.n_kept, "replaced": composer.n_replaced, "left_out": composer.n_left_out}
    return shown | {"raw": raw_object(drafted, draft), "wording": counts}


def draft_of(endpoint: Endpoint, drafted: Drafted, timeout_s: float) -> str:
    """The whole draft; what came of it where it broke off."""
    prompt = make_prompt(drafted.turns, drafted.draft, drafted.review)
    text = ""
    with suppress(EndpointError):  # at its longest, as a draft that goes round in circles is
        for piece in endpoint.stream(prompt, threading.Event(), timeout_s):
            text += piece
    return text


def raw_object(drafted: Drafted, draft: str) -> dict[str, Any]:
    """A draft as it would be shown unchecked; a sentence without a citation has that of the one before."""
    review, marks = drafted.review, MarkReader(drafted.review)
    split = SentenceStream(review.raw.study_label)
    citations: list[dict[str, Any]] = []
    statements: list[dict[str, Any]] = []
    cited: Sequence[str] = sorted({s for line in drafted.draft.lines for _, s in line.support if s})[:1]
    for sentence in [*split.add(draft), *split.end()]:
        marked = marks.read(plain_text(sentence))
        cited = marked.studies or cited
        numbers = []
        for study in cited:
            number = next((k for k, c in enumerate(citations) if c["abstract"] == study), len(citations))
            if number == len(citations):
                citations.append(
                    {"abstract": study, "reference": None, "review": review.id, "locator": "", "quote": ""}
                )
            numbers.append(number)
        if marked.text:
            statements.append({"text": marked.text, "citations": numbers})
    text = " ".join(s["text"] for s in statements)
    return {
        "status": "declined" if not statements or _SILENT.search(text) else "answered",
        "answer": text,
        "statements": statements,
        "citations": citations,
        "facts": [],
        "conflicts": [],
    }
