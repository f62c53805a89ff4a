"""What patients had been treated with before: of all patients of a study it narrows nothing down, of nobody it is declined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.model import Kind
from assistant.question.reader import Ask
from assistant.text.text import fold

Group = tuple[str, frozenset[str]]

_TREATED = re.compile(
    r"(?<![\w-])(?:(?:already|previously)\s+)?(?:pre-?treated\s+with"
    r"|(?:previously|already)\s+(?:treated\s+with|exposed\s+to|given|received)"
    r"|(?P<plain>(?:(?:have|had|has)\s+|'d\s+)(?:also\s+|already\s+|previously\s+)?(?:been\s+(?:treated\s+with|exposed\s+to|given|on)|received|had)))"
    r"\s+(?:an?\s+|the\s+)?(?P<what>[\w-]+(?:\s+(?!(?:in|on|at|and|or|before|beforehand|previously|earlier|for|with|without|did|do|of|than|who"
    r"|vs|versus|was|were|had|have|is|are|after|by|to|only|already)\b)[\w-]+){0,4})"
    r"(?P<before>\s+(?:before(?:hand)?|previously|earlier|already)\b(?!\s+\w))?",
    re.IGNORECASE,
)
"""``pretreated with A``, ``who had received A before``."""
_PART = re.compile(
    r"\b(?:of (?:whom|which|them|these)|including|not|no|without|never|or|half|most|some|many|either)\b|%|/\d",
    re.IGNORECASE,
)
"""In a text that may speak of a part of the patients."""
_INHIBITOR = re.compile(r"([A-Z][A-Z0-9]+)i(s?)")
_INTRODUCING = 2
"""Sentences of a study that may say what all its patients had had."""
_KEPT = 64


def _words(what: str) -> frozenset[str]:
    """The words of a treatment, one for all their forms: ``BTKi`` is a BTK inhibitor."""
    spelled = " ".join(
        f"{m[1]} inhibitor" if (m := _INHIBITOR.fullmatch(word)) else word for word in what.split()
    )
    return frozenset(w.removesuffix("s") for w in spelled.lower().split())


def _had(text: str) -> list[tuple[re.Match[str], frozenset[str]]]:
    """The treatments that a text says were had before."""
    found = _TREATED.finditer(text)
    return [(m, _words(m["what"])) for m in found if not m["plain"] or m["before"]]


@lru_cache(maxsize=_KEPT)
def had_by_all(desk: Desk, study: str) -> tuple[frozenset[str], ...]:
    """The treatments that all patients of a study had had, as its cell on them or its first sentences say."""
    told = [f.value for f in desk.selector.reported(study, "population") if not f.group]
    own = [p for p in desk.review.passages if p.locator.kind is Kind.SENTENCE and p.studies[:1] == (study,)]
    told += [p.text for p in own[:_INTRODUCING]]
    return tuple(words for text in map(fold, told) if not _PART.search(text) for _, words in _had(text))


def without_shared(desk: Desk, ask: Ask, study: str) -> Ask:
    """``ORR in those pretreated with A`` of a study in which all were: the question without these words."""
    if (
        "treated" not in ask.focus
        and "had" not in ask.focus
        and "'d" not in ask.focus
        and "previously" not in ask.focus
    ):
        return ask
    for match, words in _had(ask.focus):
        if any(words <= told for told in had_by_all(desk, study)):
            start, end = match.span()
            focus = ask.focus[:start] + " " * (end - start) + ask.focus[end:]
            groups = tuple(g for g in ask.groups if g[0] not in match[0] and match[0] not in g[0])
            ask = replace(ask, focus=focus, groups=groups)
    return ask


def of_history(desk: Desk, ask: Ask, study: str, named: Sequence[Group]) -> list[Group]:
    """The patients told by what they had been treated with before: the study's own group, or one of no figures."""
    if not ask.measures or ask.translated:
        return []
    title = _words(fold(desk.review.title))
    met = frozenset[str]().union(*(_words(label.replace("-", " ")) | ids for label, ids in named))
    return [
        _own(desk, study, words) or (match[0].strip(), frozenset({match[0].strip().lower()}))
        for match, words in _had(ask.focus)
        if not words & met and not words <= title and not any(words <= t for t in had_by_all(desk, study))
    ]


def _own(desk: Desk, study: str, words: frozenset[str]) -> Group | None:
    """The one group of a study that had had a treatment of these words before."""
    own = [
        (label, group.ids)
        for group in desk.own.of(study)
        for label in group.labels[:1]
        if any(words <= had for _, had in _had(label)) and not _PART.search(label)
    ]
    return own[0] if len(own) == 1 else None
