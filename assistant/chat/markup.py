"""The border where text becomes HTML: everything is escaped here, and every link is built here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote, urlencode

from assistant.text.text import strip_invisible

_SPECIAL = re.compile(r"[&<>\"'`*_~$#\[\]\\|!{}()+=-]")
"""What HTML, Markdown or a template may act on; a hyphen begins a rule, a list or a comment."""
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"'<>`\\^{|}]{1,200}")
_TRIAL = re.compile(r"NCT\d{8}")
_LINK = re.compile(r"(?P<doi>\bdoi:\s?(?P<id>10\.\d{4,9}/[^\s;,]+[^\s;,.]))|(?P<nct>\bNCT\d{8}\b)")

Span = tuple[int, int]
"""Start and end of some characters of a text."""


def escaped(text: object) -> str:
    """``text`` on one line, as HTML and Markdown show it: nothing in it is markup any more."""
    line = " ".join(strip_invisible(str(text)).split())
    return _SPECIAL.sub(lambda m: f"&#{ord(m.group())};", line)


def outside(href: str, text: str) -> str:
    """A link to another site, opened apart and told nothing of this page; both parts are safe already."""
    return f'<a class="ra-out" href="{href}" target="_blank" rel="noopener noreferrer">{text}</a>'


def doi_link(doi: str) -> str:
    """A link to a DOI; its text alone where it is none."""
    if not _DOI.fullmatch(doi):
        return escaped(doi)
    return outside("https://doi.org/" + quote(doi, safe="/.()-_"), escaped(f"doi:{doi}"))


def linked(text: str) -> str:
    """``text`` escaped, with DOIs and ClinicalTrials.gov numbers as links."""
    parts, at = [], 0
    for match in _LINK.finditer(text):
        parts.append(escaped_part(text[at : match.start()]))
        if match["nct"] and _TRIAL.fullmatch(match["nct"]):
            parts.append(outside(f"https://clinicaltrials.gov/study/{match['nct']}", match["nct"]))
        else:
            parts.append(doi_link(match["id"] or ""))
        at = match.end()
    return "".join([*parts, escaped_part(text[at:])])


def escaped_part(text: str) -> str:
    """Like ``escaped`` for a part of a text, whose spaces at the ends count."""
    lead = " " if text[:1].isspace() else ""
    tail = " " if text.strip() and text[-1:].isspace() else ""
    return lead + escaped(text) + tail


def emphasised(text: str, spans: Iterable[Span], tag: str = "strong") -> str:
    """``text`` escaped, with ``spans`` of it inside ``tag``; spans outside it or overlapping are left out."""
    parts, at = [], 0
    for start, end in sorted(set(spans)):
        if at <= start < end <= len(text):
            parts.append(escaped_part(text[at:start]))
            parts.append(f"<{tag}>{escaped_part(text[start:end])}</{tag}>")
            at = end
    return "".join([*parts, escaped_part(text[at:])])


def evidence_href(passage: str, study: str = "", spans: Sequence[Span] = (), base: str = "") -> str:
    """The address of a passage's evidence, relative to the chat.

    Args:
        passage: its id.
        study: the study it is cited for.
        spans: the figures to be marked in its quote.
        base: what leads from the page that shows the link to the chat's own address.
    """
    query = {"study": study} if study else {}
    if spans:
        query["at"] = ".".join(f"{start}-{end}" for start, end in sorted(set(spans)))
    return quote(f"{base}evidence/{passage}") + (f"?{urlencode(query)}" if query else "")


def read_spans(text: str) -> tuple[Span, ...]:
    """The spans that ``evidence_href`` wrote; none where it is something else."""
    if not re.fullmatch(r"\d{1,6}-\d{1,6}(?:\.\d{1,6}-\d{1,6}){0,30}", text):
        return ()
    pairs = (part.split("-") for part in text.split("."))
    return tuple((int(start), int(end)) for start, end in pairs)


def evidence_link(href: str, text: str, title: str, extra: str = "") -> str:
    """A link that fills the evidence panel; ``title`` says where it leads, also to a screen reader."""
    said = f'<span class="ra-vh"> {escaped(title)}: show the source</span>'
    return f'<a class="ra-cite{extra}" href="{escaped_href(href)}" title="{escaped(title)}">{text}{said}</a>'


def escaped_href(href: str) -> str:
    """An address we built, inside an attribute."""
    return href.replace("&", "&amp;").replace('"', "%22").replace("<", "%3C").replace(">", "%3E")
