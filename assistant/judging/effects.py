"""Whether a treatment changed an outcome: one arm against the other, with the p-value where there is one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.draft import Draft, Line, answered, of_fact
from assistant.judging.sides_claimed import DENIED, LEADING, WHOLE, halves, undenied
from assistant.lookup.lookup import Desk
from assistant.model import Fact
from assistant.question.reader import Ask
from assistant.selection import grade_meets, number_of, percent_of, same_outcome, same_time
from assistant.text.text import fold

_BETTER = re.compile(
    r"\b(?:improv\w+|benefit\w*|better|help(?:s|ed)?|favou?r(?:s|ed)?|advantage|superior|"
    r"work(?:s|ed)?|beat(?:s|en)?|outperform\w*|surpass\w*)\b",
    re.IGNORECASE,
)
_WORSE = re.compile(
    r"\b(?:worsen\w*|worse|harm\w*|detriment\w*|inferior|compromis\w+|impair\w*)\b", re.IGNORECASE
)
_MORE = re.compile(
    r"\b(?:prolong\w*|lengthen\w*|extend\w*|increas\w+|rais(?:e|es|ed)|boost\w*|longer|higher|more|greater|"
    r"deepen\w*|add(?:s|ed)?)\b",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"\b(?:reduc\w+|lower\w*|decreas\w+|shorten\w*|cut|prevent\w*|diminish\w*|fewer|less|shorter)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:affect\w*|chang\w+|differ\w*|difference|influenc\w+|impact\w*|alter\w*|matter\w*)\b", re.IGNORECASE
)
_AHEAD = re.compile(
    r"\b(?:c[oa]me out|comes out|was|were|is|are) (?:clearly |well )?(?:ahead|on top)\b(?: of)?"
    r"|\b(?:fare[ds]?|did|do|does|perform(?:s|ed)?) (?:any )?better\b"
    r"|\bbeat(?:s|en)?\b|\boutperform\w*|\bw[io]n(?:s|ner)? (?:over|against)\b|\bsuperior\b|\bbetter than\b",
    re.IGNORECASE,
)
"""Asks which of two did better, whatever was measured."""
_THAN = re.compile(
    r"\b(?:better|superior|improved|higher|longer|worse|inferior|poorer)\b.*\b(?:than|to|over)\b",
    re.IGNORECASE,
)
_OUTCOMES = ("survival", "response", "remission")
_LASTING = re.compile(r"\b(?:prolong\w*|lengthen\w*|extend\w*|longer|shorten\w*|shorter)\b", re.IGNORECASE)
_WITHOUT = re.compile(r"\b(?:without|no|not)\b", re.IGNORECASE)
_COMPARATIVE = re.compile(r"\b(?:higher|longer|more|greater|fewer|less|lower|shorter)\b", re.IGNORECASE)
_FACTOR = re.compile(r"\b(?:double|twice|triple|half|times)\b", re.IGNORECASE)
_STATISTICS = frozenset({"p_value", "CI", "HR", "OR", "RR"})
_LEVEL = 0.05
"""p-values from here on are called not significant."""


def effect(desk: Desk, ask: Ask) -> Draft | None:
    """``Did X improve survival?``: yes or no with both arms' figures; None where that is not asked."""
    measure = next((m for m in ask.measures if m not in _STATISTICS), "")
    if not measure or ask.values or not ask.studies or not _direction_asked(ask.focus):
        return None
    split = halves(fold(ask.focus))
    if ask.clash or _FACTOR.search(ask.focus) or (split and WHOLE.search(split[1])):
        return None
    pairs = [p for s in ask.studies if (p := _compared(desk, ask, s, measure)) is not None]
    if len(pairs) != 1:
        return None
    pair = pairs[0]
    p_value = tested(desk, pair)
    claim = undenied(fold(ask.focus))
    if not claim and DENIED.search(LEADING.sub(" ", fold(ask.focus))):
        return None  # "was it not better?" may be meant either way
    word = _verdict(desk, claim or ask.focus, pair, p_value)
    if claim:
        word = of_denial(word, p_value)
    if not word:
        return None
    lines = [_line(desk, pair[0], word), of_fact(desk.speaker.statement(pair[1]), pair[1])]
    if p_value is not None:
        lines.append(of_fact(desk.speaker.statement(p_value), p_value))
    return answered(lines, [pair[0].study])


def of_denial(word: str, p_value: Fact | None, *, effect: bool = True) -> str:
    """The verdict on the denial of a claim; "" where chance may explain figures that go the way claimed."""
    if word == "No":
        return "Yes"
    return "No" if word == "Yes" and (p_value is not None or not effect) else ""


def overall(desk: Desk, ask: Ask) -> Draft | None:
    """``Did A come out ahead of B?``: by every outcome of the study's two arms, where all point the same way; else None.

    The figures shown are those of survival, where there are any.
    """
    if ask.measures or ask.families or ask.values or len(ask.studies) != 1 or not _AHEAD.search(ask.focus):
        return None
    (study,) = ask.studies
    arms = set(desk.review.arms.get(study, {}).values())
    ask = replace(ask, groups=tuple(g for g in ask.groups if any(g[1] & a for a in arms)), characteristics=())
    ahead = _AHEAD.search(ask.focus)
    if ahead and len(ask.groups) == 1 and ask.focus.find(ask.groups[0][0]) > ahead.start():
        return None  # what is to be ahead of the one arm named is not understood
    measures = [
        m
        for family in _OUTCOMES
        if family in desk.vocabulary.families
        for m in desk.vocabulary.families[family].includes
    ]
    pairs = [p for m in dict.fromkeys(measures) if (p := _two_arms(desk, ask, study, m)) is not None]
    ordered = [p for pair in pairs if (p := _treated_first(desk, ask, pair)) is not None]
    words = {_verdict(desk, _AHEAD.sub("better", ask.focus), pair, None) for pair in ordered}
    if len(words) != 1 or words <= {""}:
        return None
    word = words.pop()
    if (said := _summed_up(desk, study)) is not None:
        return answered([replace(said, text=f"{word}: {said.text}")], [study])
    first, p_value = ordered[0], p_value_of(desk, ordered[0][0])
    lines = [_line(desk, first[0], word), of_fact(desk.speaker.statement(first[1]), first[1])]
    lines += [of_fact(desk.speaker.statement(p_value), p_value)] if p_value is not None else []
    return answered(lines, [study])


def _summed_up(desk: Desk, study: str) -> Line | None:
    """The study's summary where it says without a figure that something was better than something else."""
    for fact in desk.selector.reported(study, "summary"):
        if _THAN.search(fact.value) and not re.search(r"\d", fact.value):
            return of_fact(desk.speaker.characteristic(fact), fact)
    return None


def _compared(desk: Desk, ask: Ask, study: str, measure: str) -> tuple[Fact, Fact] | None:
    """Both arms' figures of a measure, or of its median, the arm asked about first; None without two arms."""
    names = [measure, f"median_{measure}"] if not ask.times else [measure]
    names += [m for m in desk.vocabulary.term(measure).also if m in desk.vocabulary.measures]
    for name in reversed(names) if _LASTING.search(ask.focus) else names:
        pair = _two_arms(desk, ask, study, name)
        ordered = _treated_first(desk, ask, pair) if pair else None
        if ordered is not None:
            return ordered
    return None


def _direction_asked(text: str) -> bool:
    return any(p.search(text) for p in (_BETTER, _WORSE, _MORE, _LESS, _CHANGED))


def _line(desk: Desk, fact: Fact, word: str) -> Line:
    text = desk.speaker.statement(fact)
    return of_fact(f"{word}: {text[0].lower() + text[1:] if text.startswith('In ') else text}", fact)


def _two_arms(desk: Desk, ask: Ask, study: str, measure: str) -> tuple[Fact, Fact] | None:
    """The figures of the two groups named, or of the study's two arms, of one time point and grade."""
    everyone = desk.review.populations.get(study, frozenset())
    arms = set(desk.review.arms.get(study, {}).values())
    arms |= {ids - everyone for ids in arms if ids - everyone}
    part = _part_asked(desk, ask, study, arms)
    named = [ids for _, ids in ask.groups]
    reported = desk.selector.reported(study, measure)
    if part:
        armed = [f for f in reported if part < f.group and any(a <= f.group - part for a in arms)]
        named = []
    else:
        armed = [f for f in reported if f.group in arms or f.group in named]
    armed = [f for f in armed if not ask.times or any(same_time(f.time_point, t) for t in ask.times)]
    armed = [f for f in armed if grade_meets(f.grade, ask.grade)]
    if len(named) == 2:
        armed = [f for f in armed if f.group in named]
    first = armed[0] if armed else None
    alike = [f for f in armed if first and _place(f) == _place(first)]
    groups = list({f.group: f for f in reversed(alike)}.values())[::-1]
    return (groups[0], groups[1]) if len(groups) == 2 else None


def _part_asked(desk: Desk, ask: Ask, study: str, arms: Collection[frozenset[str]]) -> frozenset[str]:
    """The subgroup asked about whose figures the study gives arm by arm; empty where none is."""
    held = [f.group for f in desk.selector.of(study)] if arms else []
    parts = (ids for _, ids in ask.groups if not any(ids & arm for arm in arms))
    return next((ids for ids in parts if any(ids < g for g in held)), frozenset())


def _place(fact: Fact) -> tuple[str, str, str, str]:
    return fact.time_point, fact.grade, fact.cycle, fact.unit


def _treated_first(desk: Desk, ask: Ask, pair: tuple[Fact, Fact]) -> tuple[Fact, Fact] | None:
    """The arm asked about first: the group named first, or the one arm that got the agent named."""
    a, b = pair
    both = a.group & b.group
    alone = {a.group - both: (a, b), b.group - both: (b, a)}
    for _, ids in ask.groups:
        named = [g for g in alone if ids == g] or [g for g in alone if ids & g]
        if len(named) == 1:
            return alone[named[0]]
    for name in ask.named.of("agent", "code"):
        in_a, in_b = (_gave(desk, f, name.text.lower()) for f in pair)
        if in_a != in_b:
            return (a, b) if in_a else (b, a)
    given = desk.own.with_drug(a.study, ask.focus)
    if given is not None and given[1] in alone:
        return alone[given[1]]
    return None


def _gave(desk: Desk, fact: Fact, agent: str) -> bool:
    """Whether an arm is named after an agent, or its cell of agents has it."""
    own = desk.review.arms.get(fact.study, {})
    labels = [label.lower() for label, ids in own.items() if ids == fact.group] + [fact.group_label.lower()]
    cells = [f.value.lower() for f in desk.selector.reported(fact.study, "agents") if f.group == fact.group]
    return any(agent in text and not _WITHOUT.search(text) for text in labels + cells)


def tested(desk: Desk, pair: tuple[Fact, Fact]) -> Fact | None:
    """The p-value of one arm's figure against the other's; of two arms that were each tested against a third none."""
    found = [p_value_of(desk, f) for f in pair]
    alone = [p for p in found if p is not None and p.group]
    return None if len(alone) > 1 else alone[0] if alone else found[0]


def p_value_of(desk: Desk, fact: Fact) -> Fact | None:
    """The p-value of the comparison that a figure belongs to; that of OS is that of its median, too."""
    of = fact.attribute.removeprefix("median_")
    given = [f for f in desk.selector.reported(fact.study, "p_value") if f.of == of]
    of_arm = [f for f in given if f.group and f.group == fact.group]
    if of_arm:
        return of_arm[0] if len({f.value for f in of_arm}) == 1 else None
    found = [f for f in given if not f.group]
    arms = {i for ids in desk.review.arms.get(fact.study, {}).values() for i in ids}
    found = [f for f in found if part_tested(desk, f) - arms == fact.group - arms]
    timed = [f for f in found if same_time(f.time_point, fact.time_point)]
    timed = timed or [f for f in found if not f.time_point or not fact.time_point]
    return timed[0] if len(timed) == 1 else None


def part_tested(desk: Desk, p_value: Fact) -> frozenset[str]:
    """The groups of the figure right before a p-value or ratio in its sentence, by which one tells whom it is of."""
    own = [
        f
        for f in desk.review.facts
        if f.passage == p_value.passage and same_outcome(f.attribute, p_value.of) and f.end <= p_value.start
    ]
    return max(own, key=lambda f: f.end).group if own else frozenset()


def _verdict(desk: Desk, text: str, pair: Sequence[Fact], p_value: Fact | None) -> str:
    """``Yes``, ``No`` or ``Not significantly``; "" where the figures do not decide."""
    text = fold(text)
    a, b = (_size(desk, f) for f in pair)
    if a is None or b is None:
        return ""
    p = number_of(p_value.value) if p_value is not None else None
    below = p_value is not None and p_value.comparator == "<"
    significant = None if p is None else p < _LEVEL or (p == _LEVEL and below)
    if _CHANGED.search(text) and not any(q.search(text) for q in (_BETTER, _WORSE, _MORE, _LESS)):
        return "" if significant is None else "Yes" if significant else "Not significantly"
    wanted = _wanted_sign(desk, text, pair[0])
    if (a > b) - (a < b) != wanted:
        return "No"
    doubted = significant is False and not _COMPARATIVE.search(text)
    return "Not significantly" if doubted else "Yes"


def _wanted_sign(desk: Desk, text: str, fact: Fact) -> int:
    """1 where the treated arm must have the greater figure for a yes, -1 where the smaller."""
    up = -1 if desk.speaker.term(fact.attribute).better == "lower" else 1
    if _WORSE.search(text):
        return -up
    if _LESS.search(text):
        return -1
    return up if _BETTER.search(text) and not _MORE.search(text) else 1


def _size(desk: Desk, fact: Fact) -> float | None:
    share = percent_of(fact, desk.selector.total(fact.study) if not fact.group else None)
    return share if share is not None else number_of(fact.value)
