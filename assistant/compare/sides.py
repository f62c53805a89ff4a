"""The two sides of a comparison: which they are, which of them wins, and what the question calls it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from assistant import lazy_re as re
from assistant.draft import Draft, Line
from assistant.lookup.lookup import Desk
from assistant.model import Fact
from assistant.question.reader import Ask, QuestionReader
from assistant.say import upper_first
from assistant.selection import number_of, percent_of
from assistant.studies.conditions import in_months
from assistant.text.text import fold

THOSE_NOT = re.compile(
    r"\b(?:those|patients|people|ones|recipients|responders|participants|children|adults)\b[^?.;]{3,60}?\b(?:and|vs\.?|versus|or|than|from|against)\b"
    r"[^?.;]{0,24}?(?:\b(?:not|without|never)\b|n't\b)",
    re.IGNORECASE,
)
"""Sets some patients against those of whom the same does not hold: ``between those transplanted and those not``."""
_MORE_OF = re.compile(
    r"\b(?:higher|better|greater|more|longer|superior|larger|bigger|older|deeper|favou?red|commoner|likelier)\b",
    re.IGNORECASE,
)
_LESS_OF = re.compile(
    r"\b(?:lower|worse|less|fewer|shorter|inferior|smaller|younger|poorer|rarer)\b", re.IGNORECASE
)
_QUALITY = re.compile(r"\b(?:better|worse|superior|inferior|favou?red|poorer)\b", re.IGNORECASE)
_WHICH = re.compile(
    r"\b(?:which|who|whose|what (?:arm|group|dose|regimen|product|trial|study))\b", re.IGNORECASE
)
_BIGGER = re.compile(r"\b(?:larger|bigger|smaller)\b", re.IGNORECASE)
_SIDES = re.compile(
    r"\b(?:as|than|versus|vs\.?|against|next to|beside|alongside|compared (?:with|to)|relative to)\b"
    r"|\band\b(?= (?:for |in |of )?(?:the|that)\b[^,.?]* (?:one|trial|study|series|cohort|product|protocol)\W*$)",
    re.IGNORECASE,
)
_EITHER_SIDE = re.compile(
    r"^\W*(?:which|who|what)\b[^,:;?]*[,:;?]\s*(?P<a>[^,:;?]+?)\s*,?\s*\b(?:or|vs\.?|versus)\b\s*(?P<b>[^,:;?]+)"
    r"|^\W*(?P<a2>[^,:;?]+?)\s+(?:or|vs\.?|versus)\s+(?P<b2>[^,:;?]+?)\s*[,:;?]\s*(?:which|who|what)\b",
    re.IGNORECASE,
)
"""``which was larger, A or B?``, ``A vs B: which had more patients?``"""
_OR = re.compile(
    r"\W*(?:arms?|groups?|patients?|recipients?)?\W*\bor\b(?:\W+(?:on|in|with|the|for|by|after|given|those|patients))*\W*",
    re.IGNORECASE,
)
_EITHER_FIGURE = re.compile(
    r"(?<![\w-])\d+(?:\.\d+)?(?: ?%| percent| per cent| months?| patients)? (?:or|vs\.?|versus) (?P<last>\d+(?:\.\d+)?)(?![\w-])"
)
_EITHER_PHASE = re.compile(r"\bphase [IV\d/]+ or (?:a )?(?:phase )?[IV\d/]+\b", re.IGNORECASE)
_DESCRIBED = re.compile(
    r"\b(?:study|trial|series|cohort|abstract|poster|product|protocol|cells?|one)\W*$|^\W*(?:the )?[\w-]+(?: [\w-]+)?\s*[:?]",
    re.IGNORECASE,
)
"""Ends like a description of a study."""
_OLDER = re.compile(r"\b(?:older|younger)\b(?! than \d)", re.IGNORECASE)
_ARM = re.compile(r"\b(?:with|the|on|arm|group|cohort|patients)\b|^\s+|\s+$")
_MORE_PATIENTS = re.compile(r"\b(?:more|fewer) (?:patients|people|participants)\b", re.IGNORECASE)


def alternatives(ask: Ask) -> bool:
    """Whether a question asks which of two: ``were children or adults better off?``."""
    if not (_MORE_OF.search(ask.focus) or _LESS_OF.search(ask.focus)):
        return False
    labels = [label for label, _ in ask.groups] or [n.text for n in ask.named.names]
    gaps = [ask.focus.split(a, 1)[-1].split(b, 1)[0] for a, b in pairwise(labels)]
    return any(_OR.fullmatch(gap) for gap in gaps)


_OR_ONLY = re.compile(
    r",?\s+or (?:(?:was|were) (?:it|they|there) )?(?:only|just|solely)\b[^?]*\??\W*$", re.IGNORECASE
)
"""Sets the rest against what is asked: ``were there any A, or only B?``."""


def either_way(ask: Ask) -> Ask:
    """``was it 61% or 72%?``, ``phase II or III?``: what it is, not whether it is one of them."""
    figures = {number_of(v.text) for v in ask.values}
    if ask.has("yes_no") and (only := _OR_ONLY.search(ask.focus)):
        return replace(ask, focus=f"{ask.focus[: only.start()]}?")
    if ask.has("yes_no") and _is_choice(ask):
        return replace(ask, cues=ask.cues - {"yes_no"} | {"compare"})
    weighed = any(number_of(m["last"]) in figures for m in _EITHER_FIGURE.finditer(fold(ask.focus)))
    if ask.has("yes_no") and _EITHER_PHASE.search(ask.focus):
        ask = replace(ask, designs=(), characteristics=ask.characteristics or ("phase",))
    elif not weighed:
        return ask
    return replace(ask, values=(), cues=ask.cues - {"yes_no", "compare", "difference"})


_CHOICE = re.compile(
    r"^(?:(?!\bthan\b)[^?])*\b(?:with|in|on|after|for|among|under)\s[^?]*?\bor\b(?!\s+not\b)[^?]*\?*\W*$",
    re.IGNORECASE,
)


def _is_choice(ask: Ask) -> bool:
    """``is it more frequent with A or with B?``: which of two, not whether it is."""
    said = _MORE_OF.search(ask.focus) or _LESS_OF.search(ask.focus)
    if said is None or not _CHOICE.match(ask.focus[said.end() :]):
        return False
    behind = ask.focus[said.end() :]
    first, _, second = behind.rpartition(" or ")
    names = [{n.text for n in ask.named.names if n.text in side} for side in (first, second)]
    groups = [[ids for label, ids in ask.groups if label in side] for side in (first, second)]
    apart = all(names) or bool(_sides_of_choice(ask))
    return (apart and len(ask.studies) == len(names)) or (all(groups) and groups[0] != groups[1])


_WITH_EITHER = re.compile(
    r"\b(?:with|in|on|after|for|among|under)\s+(?P<a>[^?]{3,60}?)\s+or\s+(?P<b>(?:with|in|on|after|for|among|under)\s[^?]{3,60})\?*\W*$",
    re.IGNORECASE,
)


def _sides_of_choice(ask: Ask) -> list[str]:
    """The two of ``is it more frequent with the antibody or with the cells?``; none of another question."""
    said = _MORE_OF.search(ask.focus) or _LESS_OF.search(ask.focus)
    match = _WITH_EITHER.search(ask.focus, said.end()) if said else None
    return [match["a"], match["b"]] if match else []


def either_side(reader: QuestionReader, ask: Ask) -> Ask:
    """``which was larger, study A or the one in children?``: each side read alone where only one of the two is known."""
    either = _EITHER_SIDE.search(ask.focus) if len(ask.studies) == 1 and not ask.inherited else None
    sides = [either["a"] or either["a2"], either["b"] or either["b2"]] if either else []
    if len(ask.studies) == 1 and not ask.inherited and ask.described and ask.has("yes_no"):
        sides = sides or _sides_of_choice(ask)
    if not sides or len(ask.groups) > 1:
        return ask
    pair = [reader.read(side) for side in sides]
    studies = tuple(dict.fromkeys(s for side in pair for s in side.studies if len(side.studies) == 1))
    return replace(ask, studies=studies, groups=(), clash=False) if len(studies) == len(pair) else ask


def asks_either(ask: Ask) -> bool:
    """Whether two studies are named of which one is to be chosen: both figures are wanted, the winner's first."""
    return len(ask.studies) == 2 and bool(_EITHER_SIDE.search(ask.focus))


def two_sides(reader: QuestionReader, ask: Ask) -> Ask:
    """``was A in the same phase as B?``: each side read alone where only one of the two studies is named."""
    if len(ask.studies) != 1 or len(ask.groups) > 1 or not (ask.measures or ask.characteristics):
        return ask
    sides = [reader.read(side) for side in _SIDES.split(ask.focus) if side.strip()]
    named = [
        side.studies
        for side in sides
        if len(side.studies) == 1
        and (side.named.names or (_DESCRIBED.search(side.focus) and not side.designs))
    ]
    apart = tuple(dict.fromkeys(s for side in named for s in side)) if len(sides) == 2 else ()
    foreign = (n for n in ask.named.names if n.kind != "topic" and not n.studies & set(ask.studies))
    dropped = {s for n in foreign for s in n.studies}
    both = len(apart) == 2 and set(ask.studies) <= set(apart) and not dropped & set(apart)
    return replace(ask, studies=apart, groups=(), clash=False) if both else ask


def implied(desk: Desk, ask: Ask) -> Ask:
    """What a comparison asks for without naming it: ages of the older, sizes of the larger."""
    if _OLDER.search(ask.focus) and not ask.measures:
        if any(desk.selector.reported(s, "median_age") for s in ask.studies):
            return replace(ask, measures=("median_age",), characteristics=(), groups=())
        return replace(ask, characteristics=("age_range",), groups=())
    unsaid = not (ask.measures or ask.families or ask.characteristics)
    if unsaid and (_MORE_PATIENTS.search(ask.focus) or (_BIGGER.search(ask.focus) and len(ask.studies) > 1)):
        return replace(ask, characteristics=("n_patients",))
    return ask


def winner_first(desk: Desk, ask: Ask, draft: Draft) -> Draft:
    """The figures in the order asked for: ``which was better`` wants the better first, called as asked."""
    figures = [line for line in draft.lines if len(line.facts) == 1]
    rest = [line for line in draft.lines if len(line.facts) != 1]
    facts = [line.facts[0] for line in figures]
    more, less = _MORE_OF.search(ask.focus), _LESS_OF.search(ask.focus)
    wanted = alternatives(ask) or _WHICH.search(ask.focus)
    one = len({(f.attribute, f.grade) for f in facts}) == 1 and len(facts) > 1
    if not one or not wanted or not (more or less):
        return draft
    better = _QUALITY.search(ask.focus) and desk.speaker.term(facts[0].attribute).better == "lower"
    sizes = [_magnitude(desk, f) for f in facts]
    if None in sizes:
        return draft
    order = sorted(
        zip(sizes, figures, strict=True),
        key=lambda pair: pair[0] or 0.0,
        reverse=bool(more) != bool(better),
    )
    lines = [line for _, line in order]
    return replace(draft, lines=(called(ask, lines[0]), *lines[1:], *rest))


def called(ask: Ask, line: Line) -> Line:
    """A line that opens with what the question calls its study: an agent or a trial of it alone."""
    study = line.facts[0].study
    names = [n.text for n in ask.named.of("agent", "code") if n.studies == {study}]
    group = line.facts[0].group_label.lower()
    if not names or not line.text.startswith("In "):
        return line
    if len(ask.studies) < 2 and not ask.groups:
        return line
    if group:
        names = [n for n in names if n.lower() in group]
        whole = [n for n in names if len(n) >= len(_ARM.sub("", group))]
        names = whole if len(ask.studies) < 2 else names  # "A" is no name of the arm of A and B
    if not names:
        return line
    return replace(line, text=f"{upper_first(names[0])}: {line.text[0].lower()}{line.text[1:]}")


def _magnitude(desk: Desk, fact: Fact) -> float | None:
    months = in_months(fact)
    if months is not None:
        return months
    if fact.attribute == "n_patients" and fact.n is not None:
        return float(fact.n)
    share = percent_of(fact, desk.selector.total(fact.study) if not fact.group else None)
    return share if share is not None else number_of(fact.value)
