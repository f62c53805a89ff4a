"""The report of one trial, ``T-1``, as a made-up folder: what is read in it, and an engine that answers over it."""

from __future__ import annotations

from pathlib import Path

from fact_lines import VOCABULARY

from assistant.corpus.corpus import Review, read_review
from assistant.engine.engine import Engine, open_engine
from assistant.settings import Settings

REFERENCE = "@article{ref1,\n  author = {Moor, A and others},\n  title = {A trial},\n  journal = {J},\n  year = {2020},\n}\n"


def trial(folder: Path, prose: str = "", title: str = "", **tables: str) -> Review:
    """A folder of one study, ``T-1``, read."""
    shown = f'tables:\n  table-1.csv: {{title: "{title}"}}\n' if title else ""
    lead = f'---\ntitle: "A trial"\nstudy_label: Study\n{shown}---\n'
    (folder / "review.md").write_text(f"{lead}# Results\n\n{prose}\n", encoding="utf-8")
    for name, rows in tables.items():
        (folder / f"table-{name[-1]}.csv").write_text(rows, encoding="utf-8")
    return read_review(folder, VOCABULARY)


def stated(review: Review) -> set[tuple[str, str, str, frozenset[str], str]]:
    return {(f.attribute, f.value, f.percent, f.group, f.grade) for f in review.facts if f.study == "T-1"}


def asked(folder: Path, prose: str, title: str, table: str) -> Engine:
    """An engine over the report, which lies in ``folder``."""
    corpus = folder / "corpus"
    (corpus / "a-trial").mkdir(parents=True)
    trial(corpus / "a-trial", prose=prose, title=title, table_1=table)
    (corpus / "a-trial" / "references.bib").write_text(REFERENCE, encoding="utf-8")
    return open_engine(Settings(corpus=corpus, home=folder / "home"), notify=lambda _: None)
