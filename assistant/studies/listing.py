"""Answers over several studies: which, and how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.compare.ranking import CAUTION, Ranker
from assistant.draft import Draft, Line, answered, declined, of_fact
from assistant.lookup.lookup import Desk, with_conflicts
from assistant.model import Derivation, Fact, Kind
from assistant.question.reader import Ask, QuestionReader
from assistant.say import joined
from assistant.selection import grade_meets, same_time
from assistant.studies.conditions import places_of
from assistant.studies.matching import Found, Matcher
from assistant.studies.referring import referring

__all__ = ["CAUTION", "Lister", "count_word", "none_such"]

_NUMBER_WORDS = "no one two three four five six seven eight nine ten eleven twelve".split()
_DOSED = re.compile(r"\d\s*(?:mg|g|µg|mcg|mL|IU|units?|kg|×|%)", re.IGNORECASE)
_ACRONYMS = re.compile(
    r"\bacronyms?\b|\btrial names?\b|\bnames? of (?:\w+ ){0,3}?(?:trials|studies)\b", re.IGNORECASE
)
"""Asks what trials are called."""
_STUDIES = re.compile(r"\b(?:studies|trials|abstracts|posters)\b", re.IGNORECASE)
_EVERY = re.compile(
    r"\b(?:all|every|each|list\w*|name|enumerate|give|show|are there|cover\w*|includ\w*|present\w*|summari\w*"
    r"|review\w*|discuss\w*|describ\w*|featur\w*|mention\w*|table)\b",
    re.IGNORECASE,
)
"""Asks for the studies without saying which."""
_ALL_FIGURES = re.compile(
    r"\b(?:all|every|each|any)\b(?:(?!\b(?:trials?|stud(?:y|ies)|abstracts?|posters?)\b)[^?])*\b(?:values?|figures?|numbers?|estimates?|percentages?|rates?|results?|data)\b",
    re.IGNORECASE,
)
"""Asks for every figure of a measure."""
_WITH_FIGURES = re.compile(
    r"\bwith (?:their|its|the)\b|\band (?:their|its)\b|\bincluding (?:their|the)\b|\brespective\b",
    re.IGNORECASE,
)


def count_word(n: int) -> str:
    """``3`` -> ``three``; digits from thirteen on."""
    return _NUMBER_WORDS[n] if n < len(_NUMBER_WORDS) else str(n)


class Lister:
    """Lists, counts and ranks studies of one review.

    Args:
        desk: the review's facts and words.
        reader: its question reader.
    """

    def __init__(self, desk: Desk, reader: QuestionReader) -> None:
        self.desk = desk
        self.matcher = Matcher(desk, reader)
        self.ranker = Ranker(desk, self.matcher)

    def chosen(self, ask: Ask) -> Draft | None:
        """``which of them was retrospective?``: the study that the description told; None where something else is asked."""
        if not ask.has("chosen"):
            return None
        return answered([self.presenting(s) for s in ask.studies], ask.studies)

    def list_studies(self, ask: Ask) -> Draft | None:
        """The studies asked for, one sentence each."""
        if ask.has("max", "min") and places_of(ask.focus).last > 1 and (ranked := self.rank(ask)) is not None:
            return ranked
        if _ACRONYMS.search(ask.focus) and not ask.measures:
            return self._named_trials(ask)
        matched = self.matcher.matching(ask)
        if matched and ask.measures and not ask.groups and _ALL_FIGURES.search(ask.focus):
            return self._every_figure(ask, [s for s, _ in matched[0]])
        if (
            (ask.families or ask.measures)
            and ask.named.of("topic", "agent")
            and _WITH_FIGURES.search(ask.focus)
        ):
            return self._with_figures(ask)
        if matched is None:
            if (
                ask.has("list")
                and _STUDIES.search(ask.focus)
                and (ask.but or _EVERY.search(ask.focus))
                and not self.matcher.unexplained(ask)
            ):
                matched = [(s.id, ()) for s in self.desk.review.studies if s.id not in ask.but], ""
            else:
                return None
        found, _ = matched
        if not found:
            return None
        lines = [line for study, facts in found for line in self._member(study, facts)]
        draft = answered(dict.fromkeys(lines), [s for s, _ in found])
        return with_conflicts(self.desk, draft) if ask.measures else draft

    def _every_figure(self, ask: Ask, studies: Sequence[str]) -> Draft | None:
        """``List all OS values``: each figure of the measures, of every study, time and arm."""
        selector, speaker = self.desk.selector, self.desk.speaker
        lines: list[Line] = []
        for study in studies:
            own = [f for m in ask.measures for f in selector.distinct(selector.reported(study, m))]
            own = [f for f in own if not ask.times or any(same_time(f.time_point, t) for t in ask.times)]
            own = [f for f in own if grade_meets(f.grade, ask.grade)]
            lines += [of_fact(speaker.statement(f), f) for f in own]
        if not lines:
            return None
        return with_conflicts(self.desk, answered(dict.fromkeys(lines), studies))

    def _named_trials(self, ask: Ask) -> Draft | None:
        """The studies asked about that go by a trial's name."""
        named = self.desk.speaker.trials
        matched = self.matcher.matching(replace(ask, characteristics=(), term=""))
        pool = [s for s, _ in matched[0]] if matched else [s.id for s in self.desk.review.studies]
        studies = [s for s in pool if s in named]
        lines = [Line(f"{self.desk.speaker.listed(s)}.", self.presenting(s).support) for s in studies]
        return answered(lines, studies) if studies else None

    def _with_figures(self, ask: Ask) -> Draft | None:
        """``All CAR-T trials with their response rates``: the figures of each study named, in turn."""
        lines: list[Line] = []
        shown: list[str] = []
        for study in ask.studies:
            facts = [
                f for m in self.desk.measures(ask, study)[:1] for f in self.desk.selector.reported(study, m)
            ]
            whole = [f for f in facts if not f.group] or facts
            if whole:
                lines.append(of_fact(self.desk.speaker.statement(whole[0]), whole[0]))
                shown.append(study)
        return with_conflicts(self.desk, answered(lines, shown)) if lines else None

    def _member(self, study: str, facts: tuple[Fact, ...]) -> list[Line]:
        if not facts:
            return [self.presenting(study)]
        speaker, measures = self.desk.speaker, self.desk.vocabulary.measures
        return [
            of_fact(
                speaker.statement(f) if f.attribute in measures else speaker.characteristic(f, listed=True), f
            )
            for f in facts
        ]

    def presenting(self, study: str) -> Line:
        """A study with what it gave; without it where that names a dose, which was not asked."""
        agents = next(
            (f for f in self.desk.selector.reported(study, "agents") if not _DOSED.search(f.value)), None
        )
        listed = self.desk.speaker.listed(study)
        if agents is not None:
            return of_fact(f"{listed}: {agents.value}.", agents)
        passage = next(p for p in self.desk.review.passages if study in p.studies)
        return Line(f"{listed}.", ((passage.id, study),))

    def count_studies(self, ask: Ask) -> Draft | None:
        """How many studies meet the conditions, and which."""
        matched = self.matcher.matching(ask)
        every: list[Found] = [(s.id, ()) for s in self.desk.review.studies if s.id not in ask.but]
        found = matched[0] if matched else every
        if not found:
            return None
        facts = [f for _, own in found for f in own]
        support = [(f.passage, f.study) for f in facts]
        support += [self.presenting(s).support[0] for s, own in found if not own]
        if matched is None:
            support += [
                (p.id, "")
                for p in self.desk.review.passages
                if p.locator.kind is Kind.FRONT and p.locator.entry == "title"
            ]
        names = joined([self.desk.speaker.listed(s) for s, _ in found])
        n = len(found)
        noun = (self.desk.review.raw.study_label or "study").lower()
        plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
        text = f"{count_word(n).capitalize()} {noun if n == 1 else plural}: {names}."
        line = Line(
            text, tuple(dict.fromkeys(support)), (), Derivation("number of studies", tuple(facts), str(n))
        )
        return answered([line], [s for s, _ in found])

    def rank(self, ask: Ask) -> Draft | None:
        """The highest or lowest figures of a measure or characteristic."""
        return self.ranker.rank(ask)

    def referring(self, ask: Ask) -> Draft | None:
        """What the figures in the question refer to."""
        return referring(self.desk, ask)


def none_such(desk: Desk, ask: Ask) -> Draft:
    """Declines a list or count that no study meets."""
    noun = (desk.review.raw.study_label or "study").lower()
    terms = [desk.speaker.short(m) for m in ask.measures] + [
        desk.speaker.term(c).name for c in ask.characteristics
    ]
    terms += [desk.speaker.term(d).name for d in ask.designs] + [label for label, _ in ask.groups]
    what = f" with {joined(terms)}" if terms else " of that kind"
    times = f" at {joined(ask.times)}" if ask.times else ""
    return declined(f"The review reports no {noun}{what}{times}.")
