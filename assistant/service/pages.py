"""Pages without scripts: kept answers, what the API takes and gives, and short messages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from starlette.responses import HTMLResponse

from assistant.corpus.corpus import Review
from assistant.model import Wording
from assistant.service.described import routes, shapes
from assistant.service.headers import page_policy
from assistant.service.limits import TEXT_CHARS
from assistant.service.store import Kept
from assistant.terminal.terminal import safe

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).parent / "templates"
_MARKS = re.compile(r"(?: \[[^\[\]]{1,80}\])+$")


def answer(kept: Kept, changed: bool | None, base: str = "") -> HTMLResponse:
    """A kept answer, frozen.

    Args:
        kept: the answer.
        changed: whether the corpus is another one now; None while that is not known.
        base: the service's own address, for what unfurls links; "" for none.
    """
    labels = [source.label for source in kept.sources]
    titles = dict.fromkeys(source.title for source in kept.sources)
    facts = kept.answer["facts"]  # one that a contradiction names stands there twice
    return shown(
        "answer.html",
        kept=kept,
        answer=kept.answer,
        lines=_lines(kept, labels),
        conflicts=[
            {"note": c["note"], "marks": _marks(c["citations"], labels)} for c in kept.answer["conflicts"]
        ],
        facts=[f for k, f in enumerate(facts) if f not in facts[:k]],
        title=" · ".join(t for t in titles if t),
        day=kept.made_at[:10],
        wording=_wording(kept),
        changed=changed,
        base=base,
    )


def embedded(kept: Kept) -> HTMLResponse:
    """An answer for a small frame."""
    labels = [source.label for source in kept.sources]
    titles = dict.fromkeys(source.title for source in kept.sources if source.title)
    title = " · ".join(titles) or "Review assistant"
    return shown("embed.html", answer=kept.answer, lines=_lines(kept, labels), labels=labels, title=title)


def not_embedded(text: str, status: int) -> HTMLResponse:
    """Instead of an answer in a frame."""
    return shown("message.html", status, heading="This could not be asked", text=text)


def docs(openapi: dict[str, Any]) -> HTMLResponse:
    """What the API takes and gives, from its OpenAPI description."""
    return shown("docs.html", info=openapi["info"], routes=routes(openapi), shapes=shapes(openapi))


def home(reviews: Sequence[Review]) -> HTMLResponse:
    """Where there is no chat: the studies, and where the API is described."""
    return shown("home.html", reviews=reviews)


def opening(failed: str = "") -> HTMLResponse:
    """Instead of the chat while it is being opened, or where it cannot be."""
    links = [("../docs", "The API"), ("../api/studies", "The studies")]
    if failed:
        text = f"The chat cannot be shown here: {failed}"
        return shown("message.html", 503, heading="There is no chat", text=text, links=links)
    response = shown(
        "message.html",
        503,
        heading="Opening the review",
        text="It takes a few seconds; this page looks again by itself.",
        refresh_s=2,
    )
    response.headers["retry-after"] = "2"
    return response


def not_found() -> HTMLResponse:
    """A link to an answer that is not there."""
    text = "No answer is kept under this link. See to it that the whole of it was copied."
    return shown("message.html", 404, heading="There is no such answer", text=text, links=[("../", "Ask")])


def _wording(kept: Kept) -> str:
    """Whose words the answer is in; "" where no language model was set up."""
    told = kept.answer.get("wording")
    return Wording(**told).line if told else ""


def _lines(kept: Kept, labels: Sequence[str]) -> list[dict[str, Any]]:
    """The answer's sentences but for those shown as conflicts, each with its marks."""
    lines = []
    notes = {conflict["note"] for conflict in kept.answer["conflicts"]}
    for statement in (s for s in kept.answer["statements"] if s["text"] not in notes):
        lines.append({"text": statement["text"], "marks": _marks(statement["citations"], labels)})
    return (
        lines if kept.answer["statements"] else [{"text": _MARKS.sub("", kept.answer["answer"]), "marks": []}]
    )


def _marks(citations: Sequence[int], labels: Sequence[str]) -> list[dict[str, Any]]:
    """Label and number, from 1, of each source; of two with one label the label tells the number, too."""
    numbers = list(dict.fromkeys(citations))
    named = [labels[number] for number in numbers]
    return [
        {"label": f"{label}, source {n + 1}" if named.count(label) > 1 else label, "number": n + 1}
        for n, label in zip(numbers, named, strict=True)
    ]


def shown(template: str, status: int = 200, *, forms: bool = False, **values: Any) -> HTMLResponse:
    """A page made of a template; with ``forms`` it may send one to this service."""
    environment, style = _environment()
    body = environment.get_template(template).render(style=Markup(style), **values)
    headers = {"content-security-policy": page_policy(style, forms=forms)}
    return HTMLResponse(body.encode("utf-8", "replace"), status_code=status, headers=headers)


@cache
def _environment() -> tuple[Environment, str]:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    style = (_TEMPLATES / "style.css").read_text(encoding="utf-8")
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=_visible,
    )
    environment.globals |= {"refresh_s": 0, "links": [], "most": TEXT_CHARS}
    return environment, style


def _visible(value: object) -> object:
    """Text without invisible characters, which could make a page say something else than it does."""
    return value if isinstance(value, Markup) or not isinstance(value, str) else safe(value)
