"""Whose each sentence is: marks put into the prose, paragraphs cut where the study changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.adding.article import Article, Block, Heading, Paragraph
from assistant.adding.ids import MEETING, Form, Studies
from assistant.adding.markup import listed
from assistant.adding.sections import is_own
from assistant.text.sentences import split_sentences

_CITED = re.compile(r"\s*\[(\d{1,4}(?:\s*[,;\u2013-]\s*\d{1,4})*)\]")
_NOTHING = re.compile(r"(?!)")
_OURS = re.compile(
    r"\b(?:we|our|ours|us)\b|\b(?:this|the present|the current|present|current) (?:[\w-]+ ){0,3}(?:study|trial|report|"
    r"series|analysis|cohort|work|case)\b|"
    r"\bhere(?:in)?,? (?:we|is)\b|\bthe (?:primary|secondary) (?:end ?point|objective|aim)s?\b|\bin (?:summary|conclusion"
    r")\b|\b(?:tables?|figures?|figs?\.) ?S?\d",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    r"\bet al\b|\b(?:previous|prior|earlier|other|another|historical) (?:[\w-]+ ){0,2}(?:stud|trial|report|series|"
    r"cohort|"
    r"analys)|\bpublished\b",
    re.IGNORECASE,
)
_STUDYISH = re.compile(
    r"\d|\b(?:trial|study|studies|cohort|phase|patients|randomi[sz]ed|retrospective|prospective|analysis|series|et al)\b",
    re.IGNORECASE,
)
_OF_PATIENTS = re.compile(
    r"\b(?:patients?|participants|adults|children|trial|phase (?:[1-4]|I)|cohort|enrolled|randomi[sz]ed|case series|et al|"
    r"(?-i:OS|PFS|EFS|DFS|RFS|ORR|CR|CRi|MRD))\b",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"\d+(?:\.\d+)?\s*%|\b\d+ (?:patients|of|out)\b|\bn\s*=\s*\d|\b\d+[- ](?:month|year|week)|\b(?:median|rate|survival|"
    r"response)\b",
    re.IGNORECASE,
)
_INTRODUCES = re.compile(
    r"^(?:In (?:a|an|another|the)|An?|Another|The|One|Two|Recently,?|More recently,?|Similarly,?|Data from|Results (?:of|"
    r"from))\s(?:[\w/,.-]+\s){0,9}?(?:trial|study|analysis|cohort|series|report)\b"
)


@dataclass(slots=True)
class _Said:
    """One sentence on its way."""

    text: str
    owner: str = ""
    cited: tuple[int, ...] = ()
    marked: bool = False
    """Whether it carries its mark in print."""


def attributed(article: Article, studies: Studies) -> Iterator[Block]:
    """The blocks of ``article`` with marks; a paragraph that changes its study is cut there."""
    own_section, stack = True, [(0, True)]
    known = {e.number for e in article.entries}
    study_references = _study_references(article, studies) if studies.form is Form.REVIEW else set()
    own_mark = f"({studies.label} {studies.own}) [{max(known, default=0) + 1}]"
    marks = {i: f"({studies.label} {i}) [{n}]" for n, i in studies.of_reference.items()}
    for block in article.blocks:
        if isinstance(block, Heading):
            while len(stack) > 1 and stack[-1][0] >= block.level:
                stack.pop()
            own_section = is_own(block.text, stack[-1][1])
            stack.append((block.level, own_section))
            yield block
        elif isinstance(block, Paragraph) and studies.form is Form.MEETING:
            yield Paragraph(_meeting_marks(block.text, studies), block.item)
        elif isinstance(block, Paragraph):
            said = [_said(block.text[a:b]) for a, b in split_sentences(block.text, _NOTHING)]
            if studies.form is Form.REPORT:
                _own_sentences(said, studies.own, own_section)
                yield from _paragraphs(said, block.item, lambda _: own_mark)
            else:
                _cited_sentences(said, studies, study_references)
                yield from _paragraphs(said, block.item, marks.__getitem__)
        else:
            yield block


def _said(text: str) -> _Said:
    return _Said(text, cited=tuple(n for m in _CITED.finditer(text) for n in listed(m[1])))


# -- the article's own study ------------------------------------------------------------------------


def _own_sentences(said: Sequence[_Said], own: str, own_section: bool) -> None:
    held = own_section
    for sentence in said:
        ours = bool(_OURS.search(sentence.text))
        if own_section:
            foreign = bool(sentence.cited) and bool(_SOMEBODY.search(sentence.text)) and not ours
            sentence.owner = "" if foreign else own
            continue
        if ours and not (sentence.cited and _SOMEBODY.search(sentence.text)):
            held = True
        elif sentence.cited or _SOMEBODY.search(sentence.text):
            held = False
        sentence.owner = own if held else ""


# -- studies that are references --------------------------------------------------------------------


def _study_references(article: Article, studies: Studies) -> set[int]:
    """The references of which some sentence, citing nothing else, tells a result in patients."""
    found: set[int] = set()
    for block in article.blocks:
        if isinstance(block, Paragraph):
            for start, end in split_sentences(block.text, _NOTHING):
                said = _said(block.text[start:end])
                if len(set(said.cited)) == 1 and _OF_PATIENTS.search(said.text) and _RESULT.search(said.text):
                    found.add(said.cited[0])
    for grid in article.grids:
        for row in (*grid.heads, *grid.rows):
            for cell in row.cells[:2]:
                if len(cited := {n for m in _CITED.finditer(cell) for n in listed(m[1])}) == 1:
                    found |= cited
    return {n for n in found if n in studies.of_reference}


def _cited_sentences(said: Sequence[_Said], studies: Studies, known: set[int]) -> None:
    """Gives each sentence the study it cites; what follows without a citation goes on about it."""
    waiting: list[_Said] = []
    held = ""
    for sentence in said:
        cited = set(sentence.cited)
        if cited:
            one = next(iter(cited)) if len(cited) == 1 else None
            held = studies.of_reference.get(one, "") if one in known and one is not None else ""
            sentence.owner = held
            for earlier in waiting:
                earlier.owner = held
            waiting = []
        elif _INTRODUCES.match(sentence.text) and _OF_PATIENTS.search(sentence.text):
            waiting, held = [sentence], ""
        elif waiting:
            waiting.append(sentence)
        else:
            sentence.owner = held if _STUDYISH.search(sentence.text) else ""
            held = sentence.owner


# -- marks ------------------------------------------------------------------------------------------


def _paragraphs(said: Sequence[_Said], item: bool, mark: Callable[[str], str]) -> Iterator[Paragraph]:
    """The sentences in runs of one owner, each run a paragraph, its first sentence with the owner's mark.

    Sentences of nobody that stand before a mark stay in its paragraph: there they are background.
    """
    run: list[str] = []
    owner = ""
    for sentence in said:
        if sentence.owner != owner:
            if owner:
                yield Paragraph(" ".join(run), item)
                run = []
            owner = sentence.owner
            run.append(_marked(sentence.text, mark(owner)) if owner else sentence.text)
        else:
            run.append(sentence.text)
    if run:
        yield Paragraph(" ".join(run), item)


def _marked(text: str, mark: str) -> str:
    """``text`` with the mark before its last stop; a citation of that reference alone is in the mark."""
    number = mark.rsplit("[", 1)[-1]
    bare = re.sub(rf"\s*\[{re.escape(number)}", "", text)
    end = re.search(r"[.!?…]?[\"'”’)]*\s*$", bare)
    at = end.start() if end else len(bare)
    return f"{bare[:at].rstrip()} {mark}{bare[at:]}"


def _meeting_marks(text: str, studies: Studies) -> str:
    """Every way of naming an abstract in brackets as ``(Abstract 71) [4]``."""
    inner = r"[^()\[\]]*"

    def mark(match: re.Match[str]) -> str:
        numbers = [n for n in re.findall(r"(?:[A-Z]{1,3}-?)?\d{1,5}", match["ids"]) if n in studies.meeting]
        if not numbers:
            return match[0]
        noun = studies.label + ("s" if len(numbers) > 1 else "")
        return f"({noun} {' and '.join([', '.join(numbers[:-1]), numbers[-1]] if len(numbers) > 1 else numbers)})"

    hashed = rf"[(\[]{inner}?(?:{MEETING.pattern}){inner}[)\]]"
    text = re.sub(hashed, lambda m: mark(m) if len(m[0]) < 60 else m[0], text)
    text = re.sub(
        r"[(\[](?P<ids>#\s*[A-Z]{0,3}-?\d{1,5}(?:\s*(?:,|;|&|and)\s*#?\s*[A-Z]{0,3}-?\d{1,5})*)[)\]]",
        mark,
        text,
    )
    # "[4] (Abstract 71)": the mark stands before its reference.
    return re.sub(rf"(\[\d{{1,4}}\])\s*(\({studies.label} [^()]*\))(?!\s*\[)", r"\2 \1", text)
