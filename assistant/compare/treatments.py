"""Two of several treatments told in one list, mostly of animals: the difference of the two figures that a question names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from assistant import lazy_re as re
from assistant.compare.arithmetic import difference
from assistant.desk import Desk
from assistant.draft import Draft, answered, of_fact
from assistant.model import Fact
from assistant.question.reader import Ask

_TOGETHER = re.compile(
    r"\b(?:both|(?:the|their) combination|combined|together|the pair|the two (?:drugs|agents)?)\b",
    re.IGNORECASE,
)
_ALONE = r"\s+(?:alone|by itself|only|on its own|monotherapy)\b"
_LIVED = re.compile(r"\b(?:liv\w+|surviv\w+|outlast\w*|outliv\w+|prolong\w*|long\w*)\b", re.IGNORECASE)
_FEWEST, _PAIR = 3, 2
"""Treatments in a list, and of a difference."""


def between_treatments(desk: Desk, ask: Ask) -> Draft | None:
    """The difference of the two figures; None where the study tells no such list, or the question does not name two of it."""
    if len(ask.studies) != 1 or len(desk.own.arms(ask.studies[0])) > 1:
        return None
    for facts in _lists(desk, ask):
        named = _named(facts, ask.focus)
        line = difference(desk, named) if len(named) == _PAIR else None
        if line is not None:
            said = [of_fact(desk.speaker.statement(f), f) for f in named]
            return answered([line, *said], ask.studies)
    return None


def _lists(desk: Desk, ask: Ask) -> Iterable[list[Fact]]:
    """The figures of one sentence and one measure asked about, each of another treatment."""
    found: dict[tuple[str, str, str, str], list[Fact]] = defaultdict(list)
    for fact in desk.review.facts:
        kind = desk.vocabulary.term(fact.attribute).kind if fact.attribute in desk.vocabulary.measures else ""
        asked = fact.attribute in ask.measures or (kind == "duration" and _LIVED.search(ask.focus))
        if fact.study == ask.studies[0] and asked and len(fact.group) == 1:
            found[fact.passage, fact.attribute, fact.time_point, fact.unit].append(fact)
    return [facts for facts in found.values() if len({f.group for f in facts}) == len(facts) >= _FEWEST]


def _named(facts: list[Fact], focus: str) -> list[Fact]:
    """Those of ``facts`` whose treatment a question names; a drug of the combination only where it is meant alone."""
    labels = [re.escape(f.group_label) for f in facts]
    joined = rf"(?:{'|'.join(labels)})(?:\s+plus\s+|\s?[+/]\s?)(?:{'|'.join(labels)})"
    focus = re.sub(joined, "both", focus, flags=re.IGNORECASE)
    together = [f for f in facts if "combination" in f.group and _TOGETHER.search(focus)]
    singly = [f for f in facts if f not in together and _says(f.group_label, focus)]
    alone = [f for f in singly if _says(f.group_label, focus, _ALONE)]
    return together + (alone if together and len(singly) > 1 else singly)


def _says(label: str, focus: str, behind: str = r"(?![\w-])") -> bool:
    return re.search(rf"(?<![\w-]){re.escape(label)}{behind}", focus, re.IGNORECASE) is not None
