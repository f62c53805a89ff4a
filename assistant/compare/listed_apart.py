"""Three or more studies listed, some of them only described: ``the ages in A, in B and in the donor-derived trial``."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.compare.set_beside import set_beside
from assistant.question.reader import Ask, QuestionReader

_BETWEEN = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+", re.IGNORECASE)
_SHARED_NOUN = re.compile(
    r"\b(?P<root>trial|abstract|poster|report|protocol|product)s\b|\bstudies\b", re.IGNORECASE
)
"""The noun that all members of a list share."""
_IN_BRACKETS = re.compile(r"\(([^()]*,[^()]*)\)")
_FEWEST = 3


def listed_apart(reader: QuestionReader, ask: Ask) -> Ask | None:
    """``ask`` of every member of a list, each read alone; None where it lists none that was not known.

    A member that tells no one study leaves the list as it was read.
    """
    if len(ask.studies) < _FEWEST - 1:
        return None
    bracket = _IN_BRACKETS.search(ask.focus)
    if bracket is None and not set_beside(ask):
        return None
    members = _BETWEEN.split(bracket[1] if bracket else ask.focus)
    if len(members) < _FEWEST:
        return None
    noun = _SHARED_NOUN.search(ask.focus[: bracket.start()] if bracket else members[-1])
    if noun and bracket:
        members[-1] += f" {noun['root'] or 'study'}"
    elif noun:
        members[-1] = f"{members[-1][: noun.start()]}{noun['root'] or 'study'}{members[-1][noun.end() :]}"
    told = [reader.read(member).studies for member in members]
    studies = tuple(dict.fromkeys(s for found in told for s in found if len(found) == 1))
    if len(studies) != len(members) or not set(ask.studies) < set(studies):
        return None
    described = " ".join(m for m, found in zip(members, told, strict=True) if found[0] not in ask.studies)
    groups = tuple(group for group in ask.groups if group[0] not in described)  # they told which study
    return replace(ask, studies=studies, groups=groups, clash=False)
