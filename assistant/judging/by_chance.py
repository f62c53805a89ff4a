"""The verdict on whether a difference was significant: by its p-value, or by a clause that says it was not, alone."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import VERDICT, Draft, Line
from assistant.judging.sides_claimed import CONFIRMED, asks_verdict
from assistant.judging.significance import BY_CHANCE, tested
from assistant.judging.weighing import CLAUSE, LEVEL, MEANT, STATISTICS
from assistant.model import Fact, Status
from assistant.question.reader import Ask
from assistant.say import upper_first
from assistant.selection import number_of, same_outcome, same_time
from assistant.text.text import fold, tokens
from assistant.vocabulary.wording import any_of

_CLAIMED = any_of(
    r"\bsignificantly\b|\bsignificance\b|(?<!clinically )\bsignificant(?=\s*(?:$|[,.;:?!]|in\b|for\b|at\b|between\b|with\b|on\b))",
    r"(?<!clinically )\bsignificant (?:[\w-]+ )?(?:differ|improv|benefit|reduc|increas"
    r"|effect|advantage|gap|gain|impact|prolong|decreas|chang)",
    BY_CHANCE.pattern,
)
"""Says that chance explains a difference, or that it does not."""
_WHOSE = r"(?<!who )(?<!that )(?<!which )"
_DENIED = any_of(
    r"\b(?:not|no|non)[\s-]+(?:(?:a|an|any|statistically|clearly|yet) ){0,3}(?:(?:real|clear|statistical) )?significan",
    rf"{_WHOSE}\b(?:(?:did|do|does|was|were|is|are|has|have|had) not|(?:did|do|does|was|were|is|are|has|have|had)n't|never|failed to)"
    r"(?: [\w/-]+){0,5}? significan",
)
"""Denies that it was significant."""
_ELSE_DENIED = re.compile(r"\b(?:not|no|never|neither|nor|hardly)\b|n't\b", re.IGNORECASE)
_LEADING = re.compile(
    r"^\W*(?:so |and |but )?(?:did|does|do|was|were|is|are|has|have|had)n't\b", re.IGNORECASE
)
_TAG = re.compile(
    r"\b(?:did|does|do|was|were|is|are|has|have|had)(?:n't| not)? (?:it|they|there)\W*$", re.IGNORECASE
)
_EITHER_WAY = re.compile(r"\bdiffer\w*|\bgap\b|\beffects?\b|\bchang\w+|\bchance\b", re.IGNORECASE)
_CHANCE_TOLD = re.compile(
    r"\b(?:did|does|do|was|were|is|are) not (?:[\w-]+ ){0,6}?significan|\bno(?:t|n)?[\s-](?:a )?(?:statistically )?significan"
    r"|\bwithout (?:a |any )?(?:reaching )?(?:statistical(?:ly)? )?significan",
    re.IGNORECASE,
)
"""Says of a difference that chance may explain it."""
_BRACKETS = re.compile(r"\([^()]*\)")
_P_VALUE = re.compile(r"\bp\s*(?P<sign>[=<>])\s*(?P<p>0?\.\d+)", re.IGNORECASE)


def rests_on_chance(desk: Desk, ask: Ask, draft: Draft) -> Draft | None:
    """The draft with the verdict that its p-value or its clause on significance bears; None where neither decides."""
    if draft.status is not Status.ANSWERED or not draft.lines or not asks_verdict(ask):
        return None
    claim = _claim(ask)
    if not claim:
        return None
    line, said = draft.lines[0], VERDICT.sub("", draft.lines[0].text)
    chance = _by_facts(desk, ask, line) if line.facts and not line.verbatim else _by_words(desk, ask, said)
    if chance is None and _is_of_another(desk, ask, line):
        return replace(draft, lines=(replace(line, text=upper_first(said)), *draft.lines[1:]))
    if chance is None or (not chance and not _EITHER_WAY.search(ask.focus)):
        return None  # which of them had more is another matter
    word = "No" if chance == (claim > 0) else "Yes"
    quoted = line.verbatim or not line.facts
    shown = said[0].lower() + said[1:] if not quoted and said.startswith("In ") else said
    return replace(draft, lines=(replace(line, text=f"{word}: {shown}"), *draft.lines[1:]))


def _claim(ask: Ask) -> int:
    """1 where a difference is said to be significant, -1 where that is denied; 0 for neither, or where it is not certain."""
    text = fold(ask.focus)
    if not _CLAIMED.search(text):
        return 0
    tagged = _TAG.search(text)
    text = _LEADING.sub(" ", _TAG.sub(" ", CONFIRMED.sub(" ", text)))
    denied = _DENIED.search(text)
    rest = text[: denied.start()] + text[denied.end() :] if denied else text
    if _ELSE_DENIED.search(rest) or (denied and tagged):
        return 0
    return -1 if bool(denied) != bool(BY_CHANCE.search(text)) else 1


def _by_facts(desk: Desk, ask: Ask, line: Line) -> bool | None:
    """Whether the p-values of what is asked about leave it to chance; None where they do not agree or are of something else."""
    own = [f for f in line.facts if f.attribute == "p_value"]
    meant = [m for pattern, m in MEANT if pattern.search(ask.focus)]
    measures = [m for m in ask.measures if m not in STATISTICS] or meant
    if not own or any(measures and not any(same_outcome(f.of, m) for m in measures) for f in own):
        return None
    all_of = [f for f in tested(desk, ask, own[0].study, measures) if _timed(ask, f)]
    found = {_is_chance(f.comparator, f.value) for f in [*own, *all_of]}
    return found.pop() if len(found) == 1 else None


def _is_of_another(desk: Desk, ask: Ask, line: Line) -> bool:
    """Whether a line gives the p-value of one outcome of several where the question names none of them."""
    own = [f for f in line.facts if f.attribute == "p_value"]
    if not own or any(m not in STATISTICS for m in ask.measures):
        return False
    return len({f.of.removeprefix("median_") for f in desk.selector.reported(own[0].study, "p_value")}) > 1


def _timed(ask: Ask, fact: Fact) -> bool:
    return not ask.times or not fact.time_point or any(same_time(fact.time_point, t) for t in ask.times)


def _is_chance(sign: str, value: str) -> bool | None:
    """Whether a p-value is of no significance; None where it does not say."""
    p = number_of(value)
    if p is None or (sign == ">" and p < LEVEL):
        return None
    return not (p < LEVEL or (p == LEVEL and sign == "<"))


def _by_words(desk: Desk, ask: Ask, said: str) -> bool | None:
    """Whether the clauses of a quoted sentence on what is asked about leave it to chance."""
    lexicon = desk.review.reader.matchers.measures
    asked = {m.removeprefix("median_") for m in ask.measures} - STATISTICS
    clauses = CLAUSE.split(_BRACKETS.sub(lambda m: m[0].replace(";", ","), fold(said)))
    named = [
        {i.removeprefix("median_") for m in lexicon.find(tokens(c)) for i in m.ids} - STATISTICS
        for c in clauses
    ]
    on_it = [c for c, ids in zip(clauses, named, strict=True) if ids & asked]
    if not on_it and not any(named):
        on_it = clauses  # "a significant reduction" of what was named before
    if any(_CHANCE_TOLD.search(c) for c in on_it):
        return True
    levels = {_is_chance(m["sign"], m["p"]) for c in on_it for m in _P_VALUE.finditer(c)}
    return True if levels == {True} else None
