"""A file made into a review folder, which is read once before it counts."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.adding.article import Article, Paragraph
from assistant.adding.ids import Form, Studies, studies_of
from assistant.adding.writing import folder_files, write_folder
from assistant.corpus.corpus import Review, read_review
from assistant.files.files import fresh_dir
from assistant.model import AssistantError
from assistant.text.text import ascii_key, strip_invisible
from assistant.vocabulary.vocabulary import load_vocabulary

MOST_BYTES = 60_000_000


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a file."""

    folder: Path
    review: Review
    form: Form
    doubts: tuple[str, ...]
    """What a person should look at."""


def read_article(path: Path) -> Article:
    """The article in ``path``, by the form that its content shows.

    Raises:
        AssistantError: It cannot be read, or holds no article.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise AssistantError(f"{path.name} is larger than 60 MB.", "Give the article alone.")
        data = path.read_bytes()
    except OSError as error:
        raise AssistantError(
            f"{path} cannot be read ({error.strerror}).", "Name a file that can be."
        ) from error
    if data[:1024].lstrip().startswith(b"%PDF"):
        from assistant.adding.pdf import read_pdf

        return read_pdf(data, path.name)
    text = _decoded(data, path.name)
    begin = text[:3000].lstrip().lower()
    if re.search(r"<article[\s>]", text) and re.search(r"<(?:article-meta|front)[\s>]", text):
        from assistant.adding.jats import read_jats

        return read_jats(text, path.name)
    if begin.startswith("<!doctype html") or re.search(r"<(?:html|body|head|div|h1|p)[\s>]", begin):
        from assistant.adding.html import read_html

        return read_html(text)
    if path.suffix.lower() in (".md", ".markdown") or re.search(r"(?m)^#{1,4} \S", text):
        from assistant.adding.markdown import read_markdown

        return read_markdown(text)
    from assistant.adding.plain import read_plain

    return read_plain(text)


def _decoded(data: bytes, name: str) -> str:
    for encoding in (
        ("utf-8-sig", "utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    ):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return re.sub(r"\r\n?", "\n", text)
    raise AssistantError(
        f"{name} is no text.", "Give the article as PDF, HTML, Markdown, JATS XML or plain text."
    )


def add_file(
    path: Path, corpus: Path, identity: str | None = None, *, force: bool = False, title: str | None = None
) -> Added:
    """Makes a review folder of the article in ``path`` below ``corpus``.

    Args:
        path: PDF, HTML, Markdown, JATS XML or the text layer of a PDF.
        corpus: The folder of review folders; it is made where it is missing.
        identity: The name of the new folder; None for author and year.
        force: Whether a folder of that name is replaced.
        title: The article's title, where the file does not tell it.

    Raises:
        AssistantError: The file holds no article, or the folder is there.
    """
    article = read_article(path)
    if title:
        article = replace(article, title=title)
    if not article.title:
        article = replace(article, title=path.stem.replace("_", " "))
    words = sum(len(b.text.split()) for b in article.blocks if isinstance(b, Paragraph))
    if words < 30:
        raise AssistantError(
            f"{path.name} holds no article's text ({words} words).",
            "A scan has to be recognised first (OCR).",
        )
    studies = studies_of(article)
    name = identity or _identity(article, path)
    if not re.fullmatch(r"[\w][\w.-]{0,79}", name):
        raise AssistantError(f"{name} is no name for a folder.", "Use letters, digits, dots and hyphens.")
    target = corpus / name
    if target.exists() and not force:
        raise AssistantError(
            f"{target} is there already.", "Choose another name with --id, or replace it with --force."
        )
    review = _put(folder_files(article, studies), target)
    return Added(target, review, studies.form, tuple(_doubts(article, studies, review)))


def _put(files: dict[str, str], target: Path) -> Review:
    """Writes beside, reads it as the program will, then puts it in place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = fresh_dir(target.parent, ".adding-")
    try:
        folder = beside / target.name
        write_folder(folder, files)
        review = read_review(folder, load_vocabulary())
        if target.exists():
            shutil.rmtree(target)
        folder.replace(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return review


def _identity(article: Article, path: Path) -> str:
    family = article.authors[0].rsplit(" ", 1)[0] if article.authors else ""
    base = ascii_key(strip_invisible(family)) if family else ""
    base = re.sub(r"[^a-z0-9]+", "-", f"{base}-{article.year}".lower()).strip("-") if base else ""
    return base or re.sub(r"[^\w.-]+", "-", ascii_key(path.stem)).strip("-.") or "article"


def _doubts(article: Article, studies: Studies, review: Review) -> Sequence[str]:
    found = list(article.doubts)
    for grid in article.grids:
        found += [f"Table {grid.number or '?'}: {doubt}" for doubt in grid.doubts]
    if not article.entries:
        found.append("no list of references was found")
    if not article.authors:
        found.append("no authors were found; add them to the front matter")
    if studies.form is not Form.REPORT and not review.studies:
        found.append("no study could be told apart; mark them as corpus/README.md shows")
    return found
