"""The last look at a verdict over two sides: it stands on figures of both, on a clause that compares them, or not at all."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import VERDICT, Draft
from assistant.judging.among import most_of_arms, two_measures
from assistant.judging.by_chance import rests_on_chance
from assistant.judging.parts import both_there, larger_part, where_all_were
from assistant.judging.sides_claimed import DENIED, LEADING, compares, halves, undenied
from assistant.judging.significance import SIGNIFICANT
from assistant.judging.told_apart import told_apart
from assistant.judging.weighing import CLAUSE, LIKE, MEANT, STATISTICS, weighed
from assistant.question.reader import Ask, QuestionReader
from assistant.say import upper_first
from assistant.selection import grade_meets
from assistant.text.text import fold, tokens

_SETS_BESIDE = re.compile(
    r"\b(?:than|vs\.?|versus|compared|against|differ\w*|similar\w*|equal\w*|same|comparable|respectively|more|less|fewer|greater|higher|lower"
    r"|longer|shorter|larger|smaller|earlier|sooner|better|worse|superior|inferior|rarer|poorer|increas\w+|reduc\w+|prolong\w*|improv\w+|benefit\w*"
    r"|advantage|adverse(?! event)|effect|influence\w*|affect\w*|impact|associat\w+|predict\w*|independent|irrespective|regardless)\b",
    re.IGNORECASE,
)
"""Sets one side beside another."""
_ALIKE = re.compile(
    r"\bas (?:good|well|effective|active|often|common|frequent)\b.*\bas\b|\bequal(?:ly)?\b", re.IGNORECASE
)
_PROVEN = re.compile(r"\b(?:pro(?:ven?|ved|of)|shown|demonstrated|established|confirmed)\b", re.IGNORECASE)
_UNPROVEN = re.compile(r"\b(?:immature|not yet|pending|awaited|no data)\b", re.IGNORECASE)

_TOO_EARLY = re.compile(
    r"\b(?:immature|not yet (?:mature|available|reported)|too early)\b|\b(?:was|were|did|had) not\W*(?:\([^()]*\)\W*)?$",
    re.IGNORECASE,
)
"""Says that nothing can be compared yet, or that it was not so of the one (``A was commoner, B was not``)."""


def settled(desk: Desk, reader: QuestionReader, ask: Ask, draft: Draft) -> Draft:
    """The draft of an answer with the verdict that the figures of both sides give, or ``borne``."""
    said = VERDICT.match(draft.lines[0].text) if draft.lines else None
    if said is not None and draft.told:
        return borne(desk, ask, draft)  # what was weighed is the factor, and no side
    cited = tuple(dict.fromkeys(f.study for line in draft.lines for f in line.facts))
    one = replace(ask, studies=cited) if not ask.studies and len(cited) == 1 else ask
    own = (
        weighed(desk, ask)
        or most_of_arms(desk, one)
        or two_measures(desk, reader, ask)
        or where_all_were(desk, ask)
        or larger_part(desk, ask)
        or both_there(desk, ask)
    )
    own = own or _in_words(desk, ask)
    if own is not None:
        same = said is not None and own.lines[0].text.startswith(said[0])
        places = {place for line in draft.lines for place, _ in line.support}
        on_it = not own.lines[0].facts or own.lines[0].facts[0].passage in places
        quoted = on_it and any(line.verbatim or not line.facts for line in draft.lines)
        if SIGNIFICANT.search(ask.focus):  # "no" by the p-value alone says all
            quoted |= any(f.attribute == "p_value" for f in draft.lines[0].facts)
        whole = quoted or (_figures(ask, draft) > 1 and not own.lines[0].verbatim)
        return draft if same and whole else own
    return borne(desk, ask, draft)


def borne(desk: Desk, ask: Ask, draft: Draft) -> Draft:
    """The draft without a verdict on two sides that nothing compared bears."""
    said = VERDICT.match(draft.lines[0].text) if draft.lines else None
    if (by_chance := rests_on_chance(desk, ask, draft)) is not None:
        return by_chance
    if said is None or not compares(ask) or _is_borne(desk, ask, draft, said["word"]):
        return draft
    if said["word"] == "No" and _TOO_EARLY.search(draft.lines[0].text):
        return draft
    bare = replace(draft.lines[0], text=upper_first(draft.lines[0].text[said.end() :]))
    lines = dict.fromkeys(line for line in (bare, *draft.lines[1:]))
    distinct = {(line.text, line.support): line for line in lines}
    return replace(draft, lines=tuple(distinct.values()))


def _in_words(desk: Desk, ask: Ask) -> Draft | None:
    """What a sentence that tells of each side in its own words says; None where none does."""
    refused = ask.advice or ask.injected or ask.clash or ask.named.missing
    if (
        refused
        or SIGNIFICANT.search(ask.focus)
        or not compares(ask)
        or ask.has("why", "list", "count_studies", "max", "min")
    ):
        return None
    meant = next((m for pattern, m in MEANT if pattern.search(ask.focus)), "")
    measures = [m for m in ask.measures if m not in STATISTICS] or ([meant] if meant else [])
    return told_apart(desk, ask, measures)


def _figures(ask: Ask, draft: Draft) -> int:
    """Of how many sides a draft gives a figure."""
    facts = [f for line in draft.lines for f in line.facts]
    several = len(ask.measures) > 1
    return len({(f.study, f.group, several and f.attribute) for f in facts if f.attribute != "p_value"})


def _is_borne(desk: Desk, ask: Ask, draft: Draft, word: str) -> bool:
    """Whether the lines of a verdict hold two figures of two sides, or a clause that sets what is asked about side by side."""
    focus = LEADING.sub(" ", fold(ask.focus))
    if DENIED.search(focus) and not undenied(focus) and not draft.lines[0].verbatim and draft.lines[0].facts:
        return False  # "was it not more common?" may be meant either way
    if _figures(ask, draft) > 1:
        return True
    own = _in_words(desk, ask)
    if own is not None and own.lines[0].text == draft.lines[0].text:
        return True
    text = fold(" ".join(line.text for line in draft.lines))[len(word) + 1 :]
    if _of_another_grade(desk, ask, draft) or _names_neither(desk, ask, text):
        return False
    if word == "Yes" and _ALIKE.search(ask.focus) and not LIKE.search(text):
        return False
    unproven = _PROVEN.search(ask.focus) and _UNPROVEN.search(text)
    clauses = _on_it(desk, ask, text)
    return bool(unproven) or any(map(_SETS_BESIDE.search, clauses))


def _of_another_grade(desk: Desk, ask: Ask, draft: Draft) -> bool:
    """Whether the sentence quoted gives what is asked about, but in other grades than the one asked about."""
    places = {passage for line in draft.lines for passage, _ in line.support}
    facts = [f for f in desk.review.facts if f.passage in places and f.attribute in ask.measures and f.grade]
    return bool(ask.grade and facts) and not any(grade_meets(f.grade, ask.grade) for f in facts)


def _names_neither(desk: Desk, ask: Ask, text: str) -> bool:
    """Whether two drugs are set side by side, and a text names neither of them nor are they what two arms had."""
    split = halves(fold(ask.focus))
    names = [n for n in ask.named.of("agent", "code") if not text or n.text.lower() not in text.lower()]
    if split is None or any(n not in names for n in ask.named.of("agent", "code")):
        return False
    sides = [[n for n in names if n.text in half] for half in split]
    arms = [all(desk.own.with_drug(s, half) for half in split) for s in ask.studies]
    return all(sides) and not any(arms)


def _on_it(desk: Desk, ask: Ask, text: str) -> list[str]:
    """The clauses of a text that name a measure asked about; all of it where none is asked about or none is named."""
    lexicon = desk.review.reader.matchers.measures
    asked = {m.removeprefix("median_") for m in ask.measures} - STATISTICS
    clauses = CLAUSE.split(text)
    named = [{i.removeprefix("median_") for m in lexicon.find(tokens(c)) for i in m.ids} for c in clauses]
    found = [c for c, ids in zip(clauses, named, strict=True) if ids & asked]
    return found or [text]
