"""Questions that take something for granted, and those that ask whether the review contradicts itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from assistant import lazy_re as re
from assistant.compare.arithmetic import parts_add_up
from assistant.compare.compare import size_of
from assistant.conflicts import Disagreement
from assistant.desk import Desk
from assistant.draft import Draft, Line, answered, declined, of_fact
from assistant.judging.significance import significance
from assistant.lookup.lookup import asked_facts
from assistant.model import Fact, Kind, Passage
from assistant.question.reader import Ask, QuestionReader
from assistant.say import joined
from assistant.selection import number_of, same_outcome, same_time
from assistant.telling.describe import Describer
from assistant.text.text import fold, tokens

_PREMISE = re.compile(
    r"\b(?:why|since|given that|considering|how come|explain|what made|what (?:has |had )?caus(?:es|ed)|because(?! of)|now that|despite"
    r"|how do the authors explain|reasons? (?:that|for|why)|what (?:explains|accounts for|lies behind|is behind))\b",
    re.IGNORECASE,
)
_FIGURE_ASKED = re.compile(
    r"\b(?:how (?:many|often)|(?:what|which) (?:share|percentage|proportion|fraction|number|rate))\b",
    re.IGNORECASE,
)
"""``How many stopped because they could not bear it``: the reason is part of what is counted."""
_SENTENCES = re.compile(r"(?<=[a-z]{3}[.!])\s+(?=[A-Z])")
_REASON = re.compile(
    r"\b(?:because|due to|owing to|so that|to avoid|to prevent|in order|as a result|result of)\b",
    re.IGNORECASE,
)
_CONFLICTING = re.compile(r"contradict|inconsisten|discrepan|conflict|reconcil", re.IGNORECASE)
_AT_ODDS = re.compile(
    r"contradict|inconsisten|discrepan|conflict|reconcil|disagree|mismatch|\b(?:add|sum|adds|sums)\b|\btally\b|=|\bmatch|\bagree"
    r"|\bdiffer|\bsame\b|fit together|square",
    re.IGNORECASE,
)
"""Says outright that two places are set against each other."""
_AGREE = re.compile(
    r"\b(?:agree|consistent|match|tally|identical|square|concur|coincide)|\badds? up\b|\b(?:the )?same\b|\bin line\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not|never|no)\b|n['\u2019]t\b(?! (?:they|it|these|those)\b)", re.IGNORECASE)
_DISAGREE = re.compile(r"\b(?:disagree|mismatch|differ|diverge|at odds)", re.IGNORECASE)
_CLAIMED_UNITS = frozenset({"%", "patients", ""})
_REASONS = re.compile(r"\breasons?\s+(?:for|of|why|was|were)\b", re.IGNORECASE)
_P_ASKED = re.compile(r"\bp\b(?!\s*[=<>])|\bp-?values?\b", re.IGNORECASE)
_ROOT = 6
"""Letters that the words of one family share."""
_RARE = 2
"""Sentences of a study up to which a word that they hold singles something out."""
_FEWEST_PARTS = 2
_MOST_STATED = 3
_MOST_CORRECTED = 2
_MOST_PRINTED = 6
_IN_TABLE = re.compile(r"\btables?\b", re.IGNORECASE)
_IN_TEXT = re.compile(r"\b(?:text|prose|sentences?|paragraphs?|body)\b", re.IGNORECASE)


def takes_for_granted(ask: Ask) -> bool:
    """Whether a question rests on something it asserts: ``why was …``, ``given that …``."""
    asked = _SENTENCES.split(ask.focus.strip())[-1]
    premise = _PREMISE.search(asked)
    if premise is None:
        return False
    counted = ask.wants and premise[0].lower() == "because"
    return not (counted and _FIGURE_ASKED.search(asked, 0, premise.start()))


def conflicts_asked(desk: Desk, ask: Ask) -> Draft | None:
    """The disagreements inside the review that were asked for; None where none was asked for or meant."""
    if not ask.has("conflict"):
        return None
    if (summed := _parts_named(desk, ask)) is not None:
        return summed
    chosen = _chosen_conflicts(desk, ask)
    if not _AT_ODDS.search(ask.focus):  # "it is in the table, I do not find it in the text" is about a term
        wanted = _wanted(desk, ask)
        chosen = [c for c in chosen if c.attribute in wanted or (ask.studies and not wanted)]
    if chosen:
        lines = [c.line for c in chosen]
        said = [replace(lines[0], text=_verdict(ask) + lines[0].text), *lines[1:]]
        return answered(said, [c.study for c in chosen], conflicts=lines)
    if (printed := _both_places(desk, ask)) is not None:
        return printed
    if ask.measures or ask.characteristics or ask.studies or not _CONFLICTING.search(ask.focus):
        return None
    return declined("No conflict between text and tables was found in the review.")


def _both_places(desk: Desk, ask: Ask) -> Draft | None:
    """What a study's tables and its text each give of the measure and time asked for, which do not contradict each other."""
    if (
        not (_IN_TABLE.search(ask.focus) and _IN_TEXT.search(ask.focus))
        or len(ask.studies) != 1
        or ask.has("yes_no")
    ):
        return None
    facts = [f for m in ask.measures for f in desk.selector.reported(ask.studies[0], m)]
    facts = [f for f in facts if not ask.times or any(same_time(f.time_point, t) for t in ask.times)]
    places = {desk.selector.places[f.passage].locator.kind for f in facts}
    if not {Kind.CELL, Kind.SENTENCE} <= places or len(facts) > _MOST_PRINTED:
        return None
    ordered = sorted(facts, key=lambda f: desk.selector.places[f.passage].locator.kind is not Kind.CELL)
    return answered([of_fact(desk.speaker.statement(f), f) for f in ordered], ask.studies)


def _verdict(ask: Ask) -> str:
    """Yes or no to whether two places agree, which they do not; "" where that is not the question."""
    if not ask.has("yes_no"):
        return ""
    *_, asked = re.split(r"[.!;:]\s+", ask.focus.rstrip(" ?.!"))  # what stands before it may say the contrary
    at_odds = _CONFLICTING.search(asked) or _DISAGREE.search(asked)
    if not at_odds and not _AGREE.search(asked):
        return ""
    return "Yes: " if bool(at_odds) != bool(_DENIED.search(asked)) else "No: "


def _parts_named(desk: Desk, ask: Ask) -> Draft | None:
    """``38 adults and 25 children, does that match?``: the parts named, added up, against the study's total."""
    if len(ask.studies) != 1 or ask.measures or len(ask.groups) < _FEWEST_PARTS:
        return None
    whole = size_of(desk, ask.studies[0])
    counts = [f for f in desk.selector.reported(ask.studies[0], "n_patients") if f.group and f.n is not None]
    parts = [next((f for f in counts if f.group == ids), None) for _, ids in ask.groups]
    found = [f for f in parts if f is not None]
    if (
        whole is None
        or len({f.group for f in found}) != len(ask.groups)
        or any(f.n == whole.n for f in found)
    ):
        return None
    return answered([parts_add_up(desk, whole, found)], ask.studies)


def _chosen_conflicts(desk: Desk, ask: Ask) -> Sequence[Disagreement]:
    """Those of the studies asked for; of these only those of the measures asked for, where there are any."""
    chosen = [c for c in desk.conflicts if not ask.studies or c.study in ask.studies]
    if not chosen and ask.described:
        chosen = list(desk.conflicts)
    wanted = _wanted(desk, ask)
    return [c for c in chosen if c.attribute in wanted] or chosen


def _wanted(desk: Desk, ask: Ask) -> set[str]:
    """The measures and characteristics asked for, those of the families included."""
    members = (m for f in ask.families for m in desk.vocabulary.families[f].includes)
    return {*ask.measures, *ask.characteristics, *members}


def _outcomes(ask: Ask) -> list[str]:
    """The measures asked about, p-values aside."""
    return [m for m in ask.measures if m not in {"p_value", "HR"}]


def _plain(measure: str) -> str:
    return measure.removeprefix("median_")


def _is_of(fact: Fact, ask: Ask) -> bool:
    """Whether a p-value or ratio is of a measure asked about."""
    return any(same_outcome(fact.of, m) for m in _outcomes(ask))


class Premise:
    """Corrects a figure, a design or a reason taken for granted that the review does not give.

    Args:
        desk: the review's facts and words.
        reader: its question reader.
        describer: finds what the review says in words.
    """

    def __init__(self, desk: Desk, reader: QuestionReader, describer: Describer) -> None:
        self.desk = desk
        self.reader = reader
        self.describer = describer

    def answer(self, ask: Ask) -> Draft | None:
        """The correction with what the review does give, or its own reason; None where nothing is wrong."""
        if not ask.studies:
            return None
        granted = takes_for_granted(ask)
        if (
            granted
            and ask.designs
            and len(ask.studies) == 1
            and (wrong := self._wrong_design(ask)) is not None
        ):
            return wrong
        if granted and (ask.measures or ask.characteristics or ask.values):
            draft = self._figure_or_reason(ask)
            if draft is not None:
                return draft
        open_ = ask.has("list", "count_studies", "yes_no", "max", "min", "compare", "summary")
        if ask.designs and len(ask.studies) == 1 and (granted or not open_):
            return self._wrong_design(ask)
        return None

    def _figure_or_reason(self, ask: Ask) -> Draft | None:
        tested = None if ask.values or ask.has("why") else self._significance(ask)
        if tested is not None and (tested.lines[0].text.startswith("No") or _P_ASKED.search(ask.focus)):
            return tested
        if ask.values and all(not v.percent and v.unit == "patients" for v in ask.values):
            said = self.describer.text(ask)  # "why did one patient stop"
            if said is not None and _REASON.search(said.lines[0].text):
                return said
        if ask.values:
            wrong = self._disagreeing(ask)
            if wrong is not None:
                return wrong
        else:
            said = self.describer.text(ask)
            if said is not None and _REASON.search(said.lines[0].text):
                return said
        return self._told_reason(ask) or self._no_reason(ask)

    def _significance(self, ask: Ask) -> Draft | None:
        """``since it prolonged OS significantly``: yes or no, by the printed p-value."""
        return significance(self.desk, partial(asked_facts, self.desk), ask)

    def _told_reason(self, ask: Ask) -> Draft | None:
        """The sentence of the study that speaks of the reasons for what was measured; None without one."""
        if ask.values or not ask.has("why"):
            return None
        for passage in self.desk.review.passages:
            own = passage.locator.kind is Kind.SENTENCE and passage.studies[:1] == ask.studies[:1]
            if own and _REASONS.search(passage.text) and set(ask.measures) & self.describer.terms_in(passage):
                return answered([self.describer.quoting(passage)], ask.studies)
        return None

    def _no_reason(self, ask: Ask) -> Draft | None:
        """That no reason is given, with the figures the question is about, or those nearest to them."""
        if not ask.measures and not ask.characteristics and any(v.unit == "patients" for v in ask.values):
            ask = replace(ask, characteristics=("n_patients",))
        wider = (ask, replace(ask, times=()), replace(ask, groups=(), grade=""))
        facts = next((found for a in wider if (found := asked_facts(self.desk, a))), [])
        facts = [f for f in facts if not f.of or not _outcomes(ask) or _is_of(f, ask)]
        if not facts:
            return None
        if (told := self._told_of_whom(ask, facts)) is not None:
            return declined("The review does not say so; it says this.", ask.studies).plus(told)
        text = "The review does not say so, and gives no reason; what it reports is this."
        return self._corrected(text, ask, self.desk.selector.distinct(facts)[:_MOST_STATED])

    def _told_of_whom(self, ask: Ask, facts: Sequence[Fact]) -> Line | None:
        """The sentence on what was measured in those whom a question singles out, and of whom no such figure was read."""
        known = {k for k, term in ask.aliases if term in (*ask.measures, *ask.characteristics)}
        known |= {t.key for n in ask.named.names for t in tokens(n.text)}
        known |= {t.key for label in self.desk.review.arms.get(facts[0].study, {}) for t in tokens(label)}
        known |= {t.key for label, _ in ask.groups for t in tokens(label)} if facts[0].group else set()
        left = {k[:_ROOT] for k in ask.content if k not in known and len(k) >= _ROOT}
        own = [p for p in self.desk.review.passages if p.studies[:1] == ask.studies[:1]]
        own = [p for p in own if p.locator.kind is Kind.SENTENCE]
        held = {p.id: left & {t.key[:_ROOT] for t in tokens(p.text)} for p in own}
        rare = {k for k in left if sum(k in words for words in held.values()) <= _RARE}
        told = [
            p for p in own if held[p.id] & rare and self._measures(p) & {_plain(m) for m in _outcomes(ask)}
        ]
        return self.describer.quoting(max(told, key=lambda p: len(held[p.id] & rare))) if told else None

    def _measures(self, passage: Passage) -> set[str]:
        """Ids of the measures that a sentence names, a median as what it is the median of."""
        found = self.desk.review.reader.matchers.measures.find(tokens(passage.text))
        return {_plain(i) for m in found for i in m.ids}

    def _disagreeing(self, ask: Ask) -> Draft | None:
        """That a figure is another than the question says; None where it is that, or not reported."""
        facts = asked_facts(self.desk, ask)
        claims = [v.text for v in ask.values if v.unit in _CLAIMED_UNITS]
        given = {number_of(x) for f in facts for x in (f.value, f.percent, str(f.n or "")) if x}
        if not facts or not claims or {number_of(c) for c in claims} & given:
            return None
        text = f"The review does not give {joined(claims, 'or')} there."
        return self._corrected(text, ask, facts[:_MOST_CORRECTED])

    def _corrected(self, text: str, ask: Ask, facts: Sequence[Fact]) -> Draft:
        return declined(text, ask.studies).plus(*(of_fact(self._stated(f), f) for f in facts))

    def _stated(self, fact: Fact) -> str:
        if fact.attribute in self.desk.vocabulary.measures:
            return self.desk.speaker.statement(fact)
        return self.desk.speaker.characteristic(fact)

    def _wrong_design(self, ask: Ask) -> Draft | None:
        """That a study is of another phase than the question says."""
        study = ask.studies[0]
        phases = [d for d in ask.designs if d.startswith("phase")]
        facts = self.desk.selector.facts(study, "phase")
        if not phases or not facts or "phase" in ask.characteristics:
            return None
        if not ask.named.of("number", "author", "code", "nct"):
            return None
        own = frozenset(d for f in facts for d in self.reader.designs_of(f))
        if own & set(phases) or self._in_prose(study, phases):
            return None
        name = self.desk.speaker.term(phases[0]).name
        actual = self.desk.speaker.characteristic(facts[0])
        text = f"The review does not call it a {name} study: {actual}"
        return declined(text, ask.studies, [(facts[0].passage, study)])

    def _in_prose(self, study: str, designs: Sequence[str]) -> bool:
        """Whether any passage on the study names one of these designs."""
        prose = " ".join(p.text for p in self.desk.review.passages if study in p.studies)
        return any(self.desk.speaker.term(d).name.lower() in fold(prose).lower() for d in designs)
