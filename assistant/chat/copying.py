"""A kept answer as text to be pasted elsewhere, every citation with its place, quote and reference."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.service.store import Kept


@dataclass(frozen=True, slots=True)
class _Form:
    """How one markup writes what a copy is made of."""

    text: Callable[[str], str]
    """Any text, such that nothing in it is markup."""
    heading: str
    paragraph: str
    strong: str
    item: str
    link: str
    """With ``{0}`` for the address."""
    list_start: str = ""
    list_end: str = ""


def _markdown(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|~$!&])", r"\\\1", text)


def _mediawiki(text: str) -> str:
    return re.sub(r"[<>&\[\]{}|'~=*#:;_!-]|https?", lambda m: "".join(f"&#{ord(c)};" for c in m[0]), text)


def _dokuwiki(text: str) -> str:
    # %% would end the span in which DokuWiki reads nothing; a lone % between two spans is none.
    return "%%" + text.replace("%%", "%%%<nowiki>%</nowiki>%%") + "%%" if text else ""


_FORMS: Mapping[str, _Form] = {
    "markdown": _Form(_markdown, "**{0}**\n\n", "{0}\n\n", "**{0}**", "- {0}\n", "<{0}>", list_end="\n"),
    "mediawiki": _Form(
        _mediawiki, "'''{0}'''\n\n", "{0}\n\n", "'''{0}'''", "* {0}\n", "[{0} permalink]", list_end="\n"
    ),
    "dokuwiki": _Form(
        _dokuwiki, "**{0}**\n\n", "{0}\n\n", "**{0}**", "  * {0}\n", "[[{0}|permalink]]", list_end="\n"
    ),
    "html": _Form(
        html.escape,
        "<p><strong>{0}</strong></p>\n",
        "<p>{0}</p>\n",
        "<strong>{0}</strong>",
        "<li>{0}</li>\n",
        '<a href="{0}">permalink</a>',
        "<ul>\n",
        "</ul>\n",
    ),
    "text": _Form(str, "{0}\n\n", "{0}\n\n", "{0}", "- {0}\n", "{0}", list_end="\n"),
}


def copied(kept: Kept, form: str, permalink: str = "") -> str:
    """The answer in one of the forms ``markdown``, ``mediawiki``, ``dokuwiki``, ``html`` and ``text``.

    Args:
        kept: the answer.
        form: one of those names.
        permalink: its whole address; "" where it is not known.

    Raises:
        KeyError: there is no such form.
    """
    write = _FORMS[form]
    answer = kept.answer
    notes = {c["note"] for c in answer["conflicts"]}
    parts = [write.heading.format(write.text(answer["question"]))]
    for statement in answer["statements"]:
        if statement["text"] not in notes:
            parts.append(
                write.paragraph.format(_cited(write, kept, statement["text"], statement["citations"]))
            )
    for conflict in answer["conflicts"]:
        said = _cited(write, kept, conflict["note"], conflict["citations"])
        warning = write.strong.format(write.text("The review disagrees with itself."))
        parts.append(write.paragraph.format(f"{warning} {said}"))
    if answer["citations"]:
        items = [write.item.format(_source(write, kept, k)) for k in range(len(answer["citations"]))]
        parts += [write.paragraph.format(write.text("Sources")), write.list_start, *items, write.list_end]
    parts.append(write.paragraph.format(_origin(write, kept, permalink)))
    return "".join(parts).rstrip() + "\n"


def _cited(write: _Form, kept: Kept, text: str, citations: list[int]) -> str:
    labels = dict.fromkeys(f"[{kept.sources[k].label}]" for k in citations)
    return " ".join([write.text(text), *(write.text(label) for label in labels)])


def _source(write: _Form, kept: Kept, k: int) -> str:
    citation, source = kept.answer["citations"][k], kept.sources[k]
    label = write.strong.format(write.text(f"[{source.label}]"))
    reference = f" {source.reference}" if source.reference else ""
    place = f"{citation['locator']}: “{citation['quote']}”{reference}"
    return f"{label} {write.text(place)}"


def _origin(write: _Form, kept: Kept, permalink: str) -> str:
    """Where and when the answer was given, from what."""
    titles = "; ".join(dict.fromkeys(s.title for s in kept.sources if s.title))
    review = f"Review: {titles}. " if titles else ""
    text = f"{review}Answered {kept.made_at[:10]}, corpus {kept.answer['corpus'][:12]}."
    return write.text(text) + (f" {write.link.format(permalink)}" if permalink else "")
