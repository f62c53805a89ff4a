"""Answers that begin with yes or no, each with the figure that decides."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.draft import Draft, Line, answered, of_fact
from assistant.lookup import Desk
from assistant.model import Fact
from assistant.question import Ask, QuestionReader
from assistant.selection import number_of, percent_of, same_time
from assistant.text import fold

_ABOVE = re.compile(r"\b(?:above|over|more than|exceed\w*|higher than|greater than|better than|at least|or more|longer than)\b|>|≥", re.IGNORECASE)
_BELOW = re.compile(r"\b(?:below|under|less than|lower than|fewer than|worse than|at most|or fewer|or less|shorter than)\b|<|≤", re.IGNORECASE)
_TAIL = re.compile(r"(?:,|\?)\s*(?:right|correct|yes|true|is that (?:so|right|correct|true))\s*\??\s*$|\b(?:is it (?:true|correct|right)|true or false|confirm|correct that)\b", re.IGNORECASE)
_EVERY = re.compile(r"\b(?:every|all|everyone|everybody|each)\b(?! the (?:stud|trial))", re.IGNORECASE)
_ANY = re.compile(r"\b(?:any|anyone|anybody|someone|somebody|some|a single|ever|at all|no one|nobody)\b|^\W*(?:were|was) there\b|\bdid (?:any|some)", re.IGNORECASE)
_SIGNIFICANT = re.compile(r"\bsignifican(?:t|ce|tly)\b", re.IGNORECASE)


class Judge:
    """Decides questions by figures.

    Args:
        desk: the review's facts and words.
        reader: its question reader.
        asked: the facts a question is about.
    """

    def __init__(self, desk: Desk, reader: QuestionReader, asked: Callable[[Ask], list[Fact]]) -> None:
        self.desk = desk
        self.reader = reader
        self.asked = asked

    def answer(self, ask: Ask) -> Draft | None:
        """Yes or no with the deciding figure; None where no figure decides or none is asked."""
        if not (ask.has("yes_no") or _TAIL.search(ask.focus)) or not ask.studies or ask.has("list", "count_studies", "why"):
            return None
        for step in (self._significance, self._design, self._two_measures, self._claim, self._share, self._existence, self._stated):
            draft = step(ask)
            if draft is not None:
                return draft
        return None

    def say(self, verdict: bool, fact: Fact) -> Line:
        """``Yes: …`` or ``No: …`` with one fact."""
        measured = fact.attribute in self.desk.vocabulary.measures
        text = self.desk.speaker.statement(fact) if measured else self.desk.speaker.characteristic(fact)
        text = text[0].lower() + text[1:] if text.startswith(("In ", "The ")) else text
        return of_fact(f"{'Yes' if verdict else 'No'}: {text}", fact)

    def _significance(self, ask: Ask) -> Draft | None:
        if not _SIGNIFICANT.search(ask.focus):
            return None
        measures = [m for m in ask.measures if m != "p_value"]
        found = [f for s in ask.studies for f in self.desk.selector.reported(s, "p_value")]
        found = [f for f in found if not measures or not f.of or f.of in measures]
        found = [f for f in found if not ask.times or not f.time_point or any(same_time(f.time_point, t) for t in ask.times)]
        if not found:
            return None
        value = number_of(found[0].value)
        if value is None:
            return None
        verdict = value < 0.05 or (value == 0.05 and found[0].comparator == "<")
        return answered([self.say(verdict, found[0])], ask.studies)

    def _design(self, ask: Ask) -> Draft | None:
        if not ask.designs or ask.measures or len(ask.studies) != 1:
            return None
        facts = self.desk.selector.reported(ask.studies[0], "phase")
        if not facts:
            return None
        verdict = bool(self.reader.designs_of(facts[0]) & set(ask.designs))
        if not verdict and not any(d.startswith("phase") for d in ask.designs) and not re.search(r"[a-z]{5}", facts[0].value):
            return None
        return answered([self.say(verdict, facts[0])], ask.studies)

    def _two_measures(self, ask: Ask) -> Draft | None:
        """``Is OS higher than PFS?`` or one arm against another."""
        text = fold(ask.focus)
        higher = re.search(r"\b(?:higher|better|greater|more|longer|superior|larger|exceed\w*|beat)\b", text, re.IGNORECASE)
        lower = re.search(r"\b(?:lower|worse|less|fewer|shorter|inferior|smaller)\b", text, re.IGNORECASE)
        if not (higher or lower) or ask.values:
            return None
        facts = self._side_by_side(ask)
        if len(facts) != 2:
            return None
        a, b = (percent_of(f, self.desk.selector.total(f.study)) for f in facts)
        a, b = (a, b) if a is not None and b is not None else (number_of(facts[0].value), number_of(facts[1].value))
        if a is None or b is None:
            return None
        verdict = a > b if higher else a < b
        second = self.desk.speaker.statement(facts[1])
        return answered([self.say(verdict, facts[0]), of_fact(second, facts[1])], ask.studies)

    def _side_by_side(self, ask: Ask) -> list[Fact]:
        if len(ask.measures) == 2 and len(ask.studies) == 1:
            return [f for m in ask.measures for f in self.asked(replace(ask, measures=(m,)))[:1]]
        if len(ask.groups) == 2 and len(ask.measures) == 1:
            return [f for g in ask.groups for f in self.asked(replace(ask, groups=(g,)))[:1]]
        if len(ask.studies) == 2 and len(ask.measures) == 1 and len(ask.named.names) >= 2:
            order = [s for n in ask.named.names for s in sorted(n.studies) if s in ask.studies]
            return [f for s in dict.fromkeys(order) for f in self.asked(replace(ask, studies=(s,)))[:1]]
        return []

    def _claim(self, ask: Ask) -> Draft | None:
        claims = [v for v in ask.values if v.unit in {"%", "patients", "", "months", "years", "weeks", "nct", "age", "range", "period"}]
        wanted = ask
        if not claims and ask.times and any(self.desk.vocabulary.term(m).kind == "duration" for m in ask.measures):
            number = ask.times[0].split("-")[0]
            facts = self.asked(replace(ask, times=()))
            if facts:
                return answered([self.say(number_of(facts[0].value) == float(number), facts[0])], ask.studies)
        if not claims:
            return None
        if claims[0].unit == "nct":
            wanted = replace(ask, characteristics=("nct",), studies=tuple(s for s in ask.studies if not self._only_by_nct(s, ask)) or ask.studies)
        facts = self.asked(wanted)
        if not facts:
            return None
        if claims[0].unit in {"nct", "age", "range", "period"}:
            said = re.sub(r"\s", "", fold(claims[0].text)).lower()
            hit = next((f for f in facts if said in re.sub(r"\s", "", fold(f.value)).lower()), None)
            return answered([self.say(hit is not None, hit or facts[0])], wanted.studies)
        claim = str(claims[0].n) if claims[0].n is not None and claims[0].unit == "patients" else claims[0].text
        return self._verdict(ask, facts, claim, claims[0].unit)

    def _only_by_nct(self, study: str, ask: Ask) -> bool:
        kinds = {n.kind for n in ask.named.names if study in n.studies}
        return kinds == {"nct"}

    def _verdict(self, ask: Ask, facts: list[Fact], claim: str, unit: str) -> Draft:
        text = fold(ask.focus)
        claimed = number_of(claim)
        fact = facts[0]
        value = self._value(fact, unit)
        if claimed is None or value is None:
            return answered([self.say(True, fact)], ask.studies)
        if _ABOVE.search(text):
            true = value > claimed or (bool(re.search(r"at least|or more|≥", text)) and value == claimed)
        elif _BELOW.search(text):
            true = value < claimed or (bool(re.search(r"at most|or fewer|or less|≤", text)) and value == claimed)
        else:
            hit = next((f for f in facts if self._value(f, unit) == claimed), None)
            fact, true = hit or fact, hit is not None
        return answered([self.say(true, fact)], ask.studies)

    def _value(self, fact: Fact, unit: str) -> float | None:
        if unit == "%":
            printed = number_of(fact.percent) if fact.percent else None
            return printed if printed is not None else percent_of(fact, self.desk.selector.total(fact.study))
        return float(fact.n) if fact.n is not None else number_of(fact.value)

    def _share(self, ask: Ask) -> Draft | None:
        """``more than half``, ``all``, ``a majority``."""
        text = fold(ask.focus)
        bound = None
        if re.search(r"\bhalf\b|\bmajority\b|\bmost\b", text, re.IGNORECASE):
            bound = 50.0
        elif re.search(r"\b(?:a )?third\b(?! (?:cycle|line))", text, re.IGNORECASE):
            bound = 100 / 3
        elif re.search(r"\bquarter\b", text, re.IGNORECASE):
            bound = 25.0
        every = bool(_EVERY.search(text)) and bool(ask.measures)
        if bound is None and not every:
            return None
        facts = self.asked(ask)
        share = percent_of(facts[0], self.desk.selector.total(facts[0].study)) if facts else None
        if share is None:
            return None
        if every:
            return answered([self.say(share >= 99.999, facts[0])], ask.studies)
        below = bool(_BELOW.search(text))
        return answered([self.say(share < (bound or 0) if below else share > (bound or 0), facts[0])], ask.studies)

    def _existence(self, ask: Ask) -> Draft | None:
        if not _ANY.search(ask.focus) or not ask.measures:
            return None
        facts = self.asked(ask)
        if not facts or ask.values:
            return None
        some = any((f.n or 0) > 0 or (percent_of(f) or 0) > 0 for f in facts)
        return answered([self.say(some, facts[0]), *(of_fact(self.desk.speaker.statement(f), f) for f in facts[1:3])], ask.studies)

    def _stated(self, ask: Ask) -> Draft | None:
        """A row that says yes or no itself."""
        if ask.measures or len(ask.studies) != 1:
            return None
        for characteristic in ask.characteristics:
            for fact in self.desk.selector.reported(ask.studies[0], characteristic):
                said = re.match(r"(?i)\s*(yes|no)\b", fact.value)
                if said:
                    return answered([self.say(said[1].lower() == "yes", fact)], ask.studies)
        return None
