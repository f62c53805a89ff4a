"""The size of a study or an arm is no answer to a question on what some of its patients had or what became of them.

``How many on A had the virus again`` is answered by the row or the sentence that tells it, and not by how many were on A.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.answer.counted import counted, left_over
from assistant.answer.numbers import of_study
from assistant.answer.whom import said_of_all
from assistant.desk import Desk
from assistant.draft import Draft, Line, declined
from assistant.model import Fact, Status
from assistant.question.reader import Ask
from assistant.say import joined
from assistant.telling.describe import Describer
from assistant.text.text import fold, key_of, tokens

_OTHERWISE = ("yes_no", "max", "min", "difference", "list", "count_studies", "summary")
"""Cues of questions that ask for more than one number."""
_VERDICT = re.compile(r"(?:Yes|No)\b")
_ROOT = 3
"""Letters from which on the beginning of a word stands for it: a drug's name cut short."""
_ONE_PAIR = 2
_SHORT = 2
"""Letters up to which a word tells too little."""
_BESIDE = re.compile(
    r"^\W*\w+ing\b[^,?]*,|,\s*(?:and |but )?not\b[^,?()]*|\(not\b[^()]*\)"
    r"|,?\s*\b(?:rather than|instead of|as opposed to)\b(?:\s+[\w/-]+){1,4}\W*$",
    re.IGNORECASE,
)
"""Says how the question is meant, and whom it does not mean: ``leaving that aside, …``, ``leukaemia, not lymphoma``."""
_OTHERS = frozenset("rest remainder remaining remain others other".split())
"""Keys of words for those not yet spoken of, whom the question's own group tells."""
_PARTS = re.compile(r"[,;:](?=\s)|\band\b")


def sized(desk: Desk, describer: Describer, ask: Ask, draft: Draft) -> Draft | None:
    """A decline in place of a size where words of the question are left that it does not tell; None where it does."""
    facts = _sizes(draft)
    studies = tuple(dict.fromkeys(f.study for f in facts))
    if (
        not facts
        or (len(studies) > 1 and (set(studies) != set(ask.studies) or ask.has("list", "global")))
        or ask.translated
        or ask.injected
        or ask.has(*_OTHERWISE)
        or (ask.has("compare") and not _are_shares(draft))
    ):
        return None
    each = [_left(desk, describer, ask, [f for f in facts if f.study == s]) for s in studies]
    left = [k for k in each[0] if all(k in other for other in each)]
    if len(studies) > 1:  # "in how many did it fail?": what became of them is no word for them
        done = _BECAME.search(fold(ask.focus))
        left = [k for k in left if done is not None and k == key_of(done["verb"])]
    if not left:
        return None
    if len(studies) == 1 and (told := counted(desk, describer, ask)) is not None:
        return told
    said = {t.key: t.text for t in tokens(ask.focus)}
    named = joined([said.get(k, k) for k in left])
    who = joined([desk.name(s) for s in studies])
    return declined(f"The review does not give that number ({named}) for {who}.", studies)


_BECAME = re.compile(r"\b(?:did|does|do)\b[^?.,;]{3,60} (?P<verb>[a-z]{3,})\W*$")
_AGAIN = re.compile(
    r"\b(second|third|fourth|fifth|another|repeat(?:ed)?|additional)\s+(?:infusions?|doses?|transfusions?|transplant\w*|injections?|biops\w+)\b",
    re.IGNORECASE,
)
"""Asks for those who had something once more."""


def _sizes(draft: Draft) -> Sequence[Fact]:
    """The numbers of patients that a draft gives and nothing else; none where it gives more."""
    if draft.status is not Status.ANSWERED or draft.conflicts or any(line.verbatim for line in draft.lines):
        return ()
    if any(_VERDICT.match(line.text) or _is_of_others(line) or _adds_up(line) for line in draft.lines):
        return ()
    of_lines = [_of(line) for line in draft.lines]
    facts = [f for own in of_lines for f in own]
    if not all(of_lines) or any(f.attribute != "n_patients" for f in facts):
        return ()
    return facts


def _are_shares(draft: Draft) -> bool:
    """Whether a draft gives the shares that arms are of all patients, which no comparison asks for."""
    return all(line.derivation and line.derivation.operation == "percentage" for line in draft.lines)


def _adds_up(line: Line) -> bool:
    """Whether a line sets the sum of a study's parts against its total, which is all that was asked."""
    return len(line.facts) > _ONE_PAIR and any(not f.group for f in line.facts)


def _is_of_others(line: Line) -> bool:
    """Whether a line tells those who are left when others are taken off: what the question says of them is told."""
    return line.derivation is not None and line.derivation.operation in {"difference", "remainder"}


def _of(line: Line) -> Sequence[Fact]:
    return line.facts or (line.derivation.operands if line.derivation else ())


def _left(desk: Desk, describer: Describer, ask: Ask, facts: Sequence[Fact]) -> list[str]:
    """Keys of the words that neither name the study or its patients nor say that they took part."""
    met = [label for label, ids in ask.groups if any(ids & f.group for f in facts)]
    told = [*said_of_all(desk, facts[0].study), *(f.group_label for f in facts)]
    told += [_piece(desk.selector.quotes[f.passage], f.value) for f in facts]
    words = " ".join(told)
    asked = {t.key for t in tokens(_BESIDE.sub(" ", ask.focus))}
    if any(label in ask.focus for label in met) and all(f.group for f in facts):
        asked -= _OTHERS  # "and the rest, untreated before?"
    left = [k for k in left_over(desk, ask, met) if len(k) > _SHORT and k in asked]
    again = _AGAIN.search(fold(ask.focus))
    if again and not re.search(rf"\b{again[1]}\b", words, re.IGNORECASE):
        return [again[1].lower()]
    left = [k for k in left if not (describer.matching.is_in(ask, k, words) or of_study(k, ask.focus))]
    return [k for k in left if not any(_is_short_for(k, t.key) for t in tokens(words))]


def _is_short_for(key: str, word: str) -> bool:
    return len(key) >= _ROOT and word.startswith(key)


def _piece(sentence: str, value: str) -> str:
    """The part of a sentence, between two commas, in which a figure is printed."""
    parts = [p for p in _PARTS.split(fold(sentence)) if value and fold(value) in p]
    return parts[0] if parts else ""
