"""Superlatives: the highest, lowest, second largest, top three of a figure or characteristic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import lazy_re as re
from assistant.cells.reading import is_missing
from assistant.compare.sides import called
from assistant.draft import Draft, Line, answered, declined, of_fact
from assistant.lookup.lookup import Desk, with_conflicts
from assistant.model import Fact
from assistant.question.reader import Ask
from assistant.selection import grade_meets, grade_range, number_of, percent_of, same_time
from assistant.studies.conditions import in_months, places_of, years_of_age
from assistant.studies.matching import Matcher
from assistant.text.text import fold, tokens

CAUTION = "These are separate studies, not a head-to-head comparison."

_BY_QUALITY = re.compile(r"\b(?:best|worst|poorest|strongest|better|worse)\b", re.IGNORECASE)
_BOUND = re.compile(
    r"\b(?:youngest|lowest|smallest|oldest|highest|greatest) (?:maximum|upper|top)(?: age)?(?: (?:limit|bound))?\b",
    re.IGNORECASE,
)
"""Asks for the upper ends of spans to be compared, from whichever end."""
_LOW = re.compile(r"\b(?:youngest|earliest|smallest|lowest|fewest|shortest|narrowest|least)\b", re.IGNORECASE)
_WORST_GRADE = re.compile(
    r"\b(?:most severe|highest|worst|maximum|top) (?:\w+ )?grades?\b|\bmost severe\b", re.IGNORECASE
)
_SUBGROUPS = re.compile(
    r"\b(?:arms?|groups?|subgroups?|anywhere|in (?:the|this) (?:whole |entire )?(?:review|letter|article|paper)"
    r"|doses?|cohorts?|regimens?|ways of giving|schedules?|strat(?:um|a)|patients? with|of all|whose)\b",
    re.IGNORECASE,
)
_WHICH_PART = re.compile(
    r"\b(?:which|what|whichever)\s+(?:[\w-]+\s+){0,4}?(?:(?:sub)?groups?|strat(?:um|a)|levels?|dos(?:e|es)|subtypes?|histolog(?:y|ies))\b",
    re.IGNORECASE,
)
"""Asks for a part of one study, which a figure of all its patients does not tell."""
_WHICH_DOSE = re.compile(
    r"\b(?:which|what|whichever)\s+(?:[\w-]+\s+){0,3}?(?:dos(?:e|es|age|ing)|dose\s+(?:level|group|cohort))\b|\bdose levels?\b",
    re.IGNORECASE,
)
"""Asks for a dose by what came of it: groups of another kind do not compete."""
_DOSE = re.compile(
    r"\d\s?(?:mg|g|[\u00b5\u03bc]g|mcg|IU|U|Gy|mL|cells|million|billion|[x\u00d7]\s?10)", re.IGNORECASE
)
_SIZE = re.compile(
    r"\b(?:largest|biggest|smallest|most(?! (?:recent|advanced|severe|toxic|effective|promising|modern))|fewest|tiniest|littlest|size"
    r"|larger|smaller|bigger|(?:more|fewer) (?:patients|people|participants|subjects))\b",
    re.IGNORECASE,
)
_RECENT = re.compile(
    r"\b(?:most recent|newest|latest|oldest) (?:\w+ )?(?:study|trial|abstract|poster|one)\b|\b(?:most recent(?:ly)?|newest)\b"
    r"|\b(?:study|trial|abstract|poster|one)s? (?:is|was|are|were) (?:the )?(?:oldest|newest|latest|earliest|most recent)\b"
    r"|\b(?:long|short)est (?:time|period|duration|span)\b",
    re.IGNORECASE,
)
"""Asks for the time at which, or for how long, studies ran."""
_ADVANCED = re.compile(
    r"\b(?:advanced|highest|latest|earliest|lowest|most|furthest|phases?)\b", re.IGNORECASE
)
_PHASES = re.compile(r"\b(?:i{1,3}|iv|[1-4])(?![\w%-])", re.IGNORECASE)
_PATIENTS = re.compile(
    r"\b(?:patients?|participants?|people|persons?|subjects?|individuals?|(?:wo)?m[ae]n|child|adult|boys?|girls?|recipients?"
    r"|volunteers?|age|aged)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"[<>≤≥~]?\s?\d[\d.,]*\s?(?:%|patients\b|$)")
_ROMAN = {"i": 1.0, "ii": 2.0, "iii": 3.0, "iv": 4.0}
_PERIOD = re.compile(
    r"\b(?:ran|running|period|duration|recruit\w* (?:for|over)|years?"
    r"|(?:start|beg[aiu]n|open|launch|end|finish|clos|recruit)\w* (?:the )?(?:first|last|earliest|latest|soonest)"
    r"|(?:first|last|earliest|latest) to \w+|(?:earliest|latest|first|last) (?:\w+ )?(?:start|beginning|end|opening|closure))\b",
    re.IGNORECASE,
)
_OR_OTHER = re.compile(r"\bor\s+(?:in |of |that of )?(?:the|that|those)\b", re.IGNORECASE)
"""Weighs what stands before it against another study."""
_WHEN = re.compile(
    r"\b(?:start|beg[aiu]n|open|launch|end|finish|clos|complet|stop)(?:s|e|es|ed|ped|ned|ning|ing)? (?:(?:their|its|the"
    r"|patient) )?(?:\w+(?:ing|ment|ual) )?"
    r"(?:the )?(?:first|last|earliest|latest|soonest|longest ago)\b"
    r"|\b(?:recruit|enrol|accru|start)\w*\b[^?;]{0,40}\b(?:back (?:the )?(?:furthest|farthest)|(?:furthest|farthest) (?:back"
    r"|into the past))\b",
    re.IGNORECASE,
)
"""Asks for the time at which studies began or ended."""
_STARTED = re.compile(r"\b(?:start|beg[aiu]n|open|launch)\w*\b", re.IGNORECASE)
_ENDED = re.compile(r"\b(?:end|finish|clos|complet|stopp?)(?:s|e|es|ed|ing)?\b", re.IGNORECASE)
_FOLLOW_UP = re.compile(r"\bfollow(?:ed)?[- ]?up\b|\bfollowed\b", re.IGNORECASE)
_AGE = re.compile(r"\b(?:oldest|youngest|age|ages|aged)\b", re.IGNORECASE)
_WHICH_TREATMENT = re.compile(
    r"\b(?:which|what) (?:[\w-]+ ){0,2}?(?:regimens?|products?|drugs?|agents?|treatments?|therap(?:y|ies)|combinations?|constructs?"
    r"|antibod(?:y|ies)|inhibitors?)\b(?! (?:trial|stud))",
    re.IGNORECASE,
)
"""Asks for a treatment by what came of it."""
_MEN = re.compile(r"\b(?:male|men|man|boys?)s?\b", re.IGNORECASE)
_NUMBER_OF = re.compile(r"\bnumbers? of\b|\bin absolute (?:numbers|terms)\b", re.IGNORECASE)
_WOMEN = re.compile(r"\b(?:female|women|woman|girls?|ladies)s?\b", re.IGNORECASE)
_WHICH_TRIAL = re.compile(r"\b(?:which|what) (?:[\w-]+ ){0,3}?(?:trials?|stud(?:y|ies))\b", re.IGNORECASE)
"""Asks for a study, which may go by a name."""
_COMPARATIVE = re.compile(
    r"\b(?:more|fewer|less|higher|lower|better|worse|longer|shorter|larger|smaller|older|younger|greater)\b",
    re.IGNORECASE,
)
_TRIALS = re.compile(r"\b(?:trials?|patients?|people|clinical)\b", re.IGNORECASE)
"""Asks for studies of people, not of mice."""
_RANKED_FAMILIES = frozenset({"survival", "response"})
"""Families whose measures are shares of patients of one scale: the more, the better."""
_RIVALS = 2
"""Parts of a study of which at least one is better than another."""
_NOT_COMPARED = frozenset({"median_age", "age_range", "median_follow_up", "n_patients", "study_period"})
"""What may be ranked over studies without a caution."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A competitor: the facts it rests on, and its score."""

    facts: tuple[Fact, ...]
    score: float


class Ranker:
    """Ranks the studies or arms of one review.

    Args:
        desk: the review's facts and words.
        matcher: which studies a question describes.
    """

    def __init__(self, desk: Desk, matcher: Matcher) -> None:
        self.desk = desk
        self.matcher = matcher

    def rank(self, ask: Ask) -> Draft | None:
        """The highest or lowest figure asked for; None where nothing is to be ranked."""
        ask = self._counting(ask)
        attribute = self._ranked(ask)
        if not attribute and (draft := self._of_family(ask)) is not None:
            return draft
        if not attribute or (ask.has("difference") and ask.studies) or _each_of_its_own(ask):
            return None
        of_sex = attribute == "n_patients" and any(ids <= {"women", "men"} for _, ids in ask.groups)
        if of_sex or (attribute == "sex" and self._numbers_unread(ask)):
            shares = self._candidates(ask, "sex")  # their number is not that of all patients
            return (
                answered([of_fact(self.desk.speaker.characteristic(f), f) for f in shares])
                if shares
                else None
            )
        candidates = self._candidates(ask, attribute)
        if _WORST_GRADE.search(ask.focus) and any(f.grade for f in candidates):
            worst = max(
                candidates,
                key=lambda f: grade_range(f.grade)[1] if f.grade and not f.grade.startswith(">") else 0,
            )
            return answered([of_fact(self.desk.speaker.statement(worst), worst)], [worst.study])
        entries = self._entries(ask, attribute, candidates)
        if not entries:
            return self._of_animals_only(ask, attribute)
        if ask.described and len(ask.studies) == len(entries) == 1 and _OR_OTHER.search(ask.focus):
            who = self.desk.name(ask.studies[0])
            return declined(f"Of the two studies only {who} was understood; name the other.", ask.studies)
        if rivals := self._rivals(ask, attribute):
            return self._against(ask, attribute, [*entries, *rivals])
        if _COMPARATIVE.search(ask.focus) and _two_of_one_study(entries):
            ordered = sorted(entries, key=lambda e: e.score, reverse=self._high(ask, attribute))
            return answered([li for e in ordered for li in self._lines(attribute, e)], ask.studies)
        if self._is_part_untold(ask, entries):
            return None
        places = places_of(ask.focus)
        winners = self._placed(entries, places.first, places.last, high=self._high(ask, attribute))
        if not winners:
            return None
        lines = [line for entry in winners for line in self._lines(attribute, entry)]
        studies = [f.study for e in winners for f in e.facts]
        if _WHICH_TREATMENT.search(ask.focus):
            given = [f for s in dict.fromkeys(studies) for f in self.desk.selector.reported(s, "agents")[:1]]
            lines += [of_fact(self.desk.speaker.characteristic(f), f) for f in given]
        if _WHICH_TRIAL.search(ask.focus) and not ask.studies:
            called_so = [
                f for s in dict.fromkeys(studies) for f in self.desk.selector.reported(s, "study_name")[:1]
            ]
            lines += [
                of_fact(self.desk.speaker.characteristic(f), f) for f in called_so if not is_missing(f.value)
            ]
        draft = answered(dict.fromkeys(lines), studies)
        measured = attribute in self.desk.vocabulary.measures and attribute not in _NOT_COMPARED
        if measured and len({f.study for e in entries for f in e.facts}) > 1:
            draft = draft.cautioned(CAUTION)
        return with_conflicts(self.desk, draft)

    def _numbers_unread(self, ask: Ask) -> bool:
        """``the highest number of women``, where a row gives but shares of them."""
        told = self._candidates(ask, "sex") if _NUMBER_OF.search(ask.focus) else []
        return any(f.n is None for f in told)

    def _counting(self, ask: Ask) -> Ask:
        """``the highest proportion transplanted``: how many were transplanted, which is told of patients elsewhere.

        So is a row of the review's own: ``the highest share with extramedullary disease``.
        """
        named = set(ask.characteristics) - {"agents", "arms"}
        if ask.measures or ask.families or named or not (ask.wants and ask.groups):
            return ask
        told = frozenset(i for _, ids in ask.groups for i in ids)
        said = {t.key for label, _ in ask.groups for t in tokens(label)}
        rows = [c for c, term in self.desk.review.attributes.items() if _words(term.name) <= said]
        if len(rows) == 1:
            return replace(ask, characteristics=(rows[0],), groups=())
        terms = self.desk.vocabulary.measures.values()
        found = [t.id for t in terms if told.intersection(t.also) and self._has(t.id)]
        if len(found) != 1:
            return ask
        also = set(self.desk.vocabulary.term(found[0]).also)
        return replace(ask, measures=(found[0],), groups=tuple(g for g in ask.groups if not g[1] & also))

    def _of_animals_only(self, ask: Ask, attribute: str) -> Draft | None:
        """Declines a rank among trials of what only animals had; None where nothing has it."""
        held = attribute in self.desk.vocabulary.measures and self._has(attribute)
        if not held or ask.studies or not _TRIALS.search(ask.focus):
            return None
        studies = [s.id for s in self.desk.review.studies if self.desk.selector.reported(s.id, attribute)]
        if any(self.matcher.kinds.in_patients(s) for s in studies):
            return None
        return declined(f"The review reports no {self.desk.speaker.short(attribute)} of patients.")

    def _of_family(self, ask: Ask) -> Draft | None:
        """``Best survival figure anywhere``: the highest or lowest share of all measures of a family."""
        if len(ask.families) != 1 or ask.families[0] not in _RANKED_FAMILIES or ask.measures:
            return None
        members = [
            m
            for m in self.desk.vocabulary.families[ask.families[0]].includes
            if self.desk.speaker.term(m).better != "lower"
        ]
        of_each = {m: [f for f in self._candidates(ask, m) if f.unit == "%"] for m in members}
        held = [m for m, facts in of_each.items() if facts]
        if not held:
            return None
        entries = [e for m in held for e in self._entries(ask, m, of_each[m])]
        if self._is_part_untold(ask, entries):
            return None
        winners = self._placed(entries, 1, 1, high=self._high(ask, held[0]))
        lines = [line for entry in winners for line in self._lines(entry.facts[0].attribute, entry)]
        draft = answered(dict.fromkeys(lines), [f.study for e in winners for f in e.facts])
        apart = len({f.study for e in entries for f in e.facts}) > 1
        return with_conflicts(self.desk, draft.cautioned(CAUTION) if apart else draft)

    @staticmethod
    def _is_part_untold(ask: Ask, entries: Sequence[Entry]) -> bool:
        """Whether the best part of one study is asked for, of which fewer than two figures compete."""
        part = len(ask.studies) == 1 and _WHICH_PART.search(ask.focus)
        return bool(part) and sum(any(f.group for f in e.facts) for e in entries) < _RIVALS

    def _rivals(self, ask: Ask, attribute: str) -> list[Entry]:
        """``study A or the triplet arm``: the figures of arms of another study than the one named."""
        rivals: list[Entry] = []
        for _, ids in ask.groups if len(ask.studies) == 1 and re.search(r"\bor\b", ask.focus) else ():
            owners = [
                s
                for s, arms in self.desk.review.arms.items()
                if s not in ask.studies and ids in arms.values()
            ]
            for fact in (
                f for s in owners for f in self.desk.selector.reported(s, attribute) if f.group == ids
            ):
                score = self._score(fact, ask)
                if score is not None and (
                    not ask.times or any(same_time(fact.time_point, t) for t in ask.times)
                ):
                    rivals.append(Entry((fact,), score))
        return rivals

    def _against(self, ask: Ask, attribute: str, entries: Sequence[Entry]) -> Draft:
        """All competitors, the winner first."""
        ordered = sorted(entries, key=lambda e: e.score, reverse=self._high(ask, attribute))
        lines = [line for e in ordered for line in self._lines(attribute, e)]
        lines[0] = called(ask, lines[0])
        return answered(dict.fromkeys(lines), [f.study for e in ordered for f in e.facts]).cautioned(CAUTION)

    def _lines(self, attribute: str, entry: Entry) -> list[Line]:
        speaker = self.desk.speaker
        measured = attribute in self.desk.vocabulary.measures
        return [
            of_fact(speaker.statement(f) if measured else speaker.characteristic(f), f) for f in entry.facts
        ]

    def _high(self, ask: Ask, attribute: str) -> bool:
        """Whether the greatest figure is asked for; ``best`` of what had better be low asks for the least."""
        text = ask.focus
        high = ask.has("max") and not (
            _LOW.search(text)
            and not re.search(r"\b(?:highest|largest|most|longest|oldest|greatest)\b", text, re.IGNORECASE)
        )
        if _BY_QUALITY.search(text) and self.desk.speaker.term(attribute).better == "lower":
            high = not high
        of_men = bool(_MEN.search(text)) and not _WOMEN.search(text)
        return high != (of_men != self._is_of_men()) if attribute == "sex" else high

    def _is_of_men(self) -> bool | None:
        """Whether the row of sexes counts men; None where it does not count one sex alone in all studies."""
        places = self.desk.selector.places
        rows = {places[f.passage].locator.row for f in self.desk.review.facts if f.attribute == "sex"}
        told = {(bool(_MEN.search(row)), bool(_WOMEN.search(row))) for row in rows}
        return next(iter(told))[0] if len(told) == 1 and sum(next(iter(told))) == 1 else None

    def _placed(self, entries: Sequence[Entry], first: int, last: int, *, high: bool) -> list[Entry]:
        """The entries on places ``first`` to ``last``, ties sharing a place."""
        ordered = sorted(entries, key=lambda e: e.score, reverse=high)
        scores = list(dict.fromkeys(round(e.score, 9) for e in ordered))
        if first == last:
            return [e for e in ordered if first <= len(scores) and abs(e.score - scores[first - 1]) < 1e-6]
        kept = ordered[:last]
        return kept + [e for e in ordered[last:] if kept and abs(e.score - kept[-1].score) < 1e-6]

    def _ranked(self, ask: Ask) -> str:
        """The attribute to rank by."""
        text = ask.focus
        row = ask.characteristics[0] if len(ask.characteristics) == 1 else ""
        if row in self.desk.review.attributes and (ask.wants or self._is_of_figures(row)):
            return row
        if ask.characteristics == ("sex",) and self._is_of_men() is not None:
            return "sex"
        if ask.measures:
            longest = f"median_{ask.measures[0]}"
            return (
                longest if _LONGEST.search(text) and not ask.times and self._has(longest) else ask.measures[0]
            )
        if _FOLLOW_UP.search(text):
            return "median_follow_up"
        if "phase" in ask.characteristics and _ADVANCED.search(text):
            return "phase"
        if _RECENT.search(text) and not _PATIENTS.search(text):
            return "study_period"
        if _WHEN.search(text):
            return "study_period"
        if _AGE.search(text):
            return (
                "median_age"
                if re.search(r"\b(?:median|average|mean)\b", text, re.IGNORECASE)
                or (not self._has("age_range") and not re.search(r"\bpatient\b", text, re.IGNORECASE))
                else "age_range"
            )
        if "n_patients" in ask.characteristics or re.search(
            r"\bnumber of (?:patients|participants)\b", text, re.IGNORECASE
        ):
            return "n_patients"
        if _PERIOD.search(text) or "study_period" in ask.characteristics:
            return "study_period"
        if ask.families:
            return ""
        return "n_patients" if _SIZE.search(text) else ""

    def _is_of_figures(self, attribute: str) -> bool:
        """Whether the cells of a row of the review's own are figures, not words."""
        told = [
            f.value for f in self.desk.review.facts if f.attribute == attribute and not is_missing(f.value)
        ]
        return bool(told) and all(_FIGURE.match(v) for v in told)

    def _has(self, attribute: str) -> bool:
        return any(self.desk.selector.reported(s.id, attribute) for s in self.desk.review.studies)

    def _candidates(self, ask: Ask, attribute: str) -> list[Fact]:
        studies = ask.studies or tuple(s.id for s in self.desk.review.studies)
        if not ask.studies:
            bare = replace(ask, measures=(), characteristics=(), families=(), values=(), years=())
            matched = self.matcher.matching(bare, hinted=False)
            if matched and matched[0]:
                studies = tuple(s for s, _ in matched[0])
        studies = tuple(s for s in studies if s not in ask.but)
        if attribute in self.desk.vocabulary.measures and not ask.studies:
            people = tuple(s for s in studies if self.matcher.kinds.in_patients(s))
            studies = people if _TRIALS.search(ask.focus) else studies
        facts = [f for study in studies for f in self._of_study(ask, attribute, study)]
        table = re.search(r"\btable (\d+)\b", ask.focus, re.IGNORECASE)
        tables = (
            {p.id: p.locator.table for p in self.desk.review.passages if p.locator.table} if table else {}
        )
        return [f for f in facts if tables.get(f.passage) == f"Table {table[1]}"] if table else facts

    def _of_study(self, ask: Ask, attribute: str, study: str) -> list[Fact]:
        if attribute not in self.desk.vocabulary.measures or attribute == "n_patients":
            picked = self.matcher.pick(study, attribute)
            own = self.desk.selector.reported(study, attribute) or ([picked] if picked else [])
            whole = [f for f in own if not f.group] or own
            return whole[:1]
        own = self.desk.selector.reported(study, attribute)
        if attribute in {"median_age", "median_follow_up"}:
            own = [f for f in own if f.unit != "range"]
            return [f for f in own if not f.group][:1] or own
        own = [f for f in own if not ask.times or any(same_time(f.time_point, t) for t in ask.times)]
        own = [f for f in own if grade_meets(f.grade, ask.grade)]
        own = [f for f in own if not ask.cycle or f.cycle == ask.cycle]
        groups = frozenset(g for f in self.desk.review.facts if f.study == study for g in f.group)
        own = [f for f in own if all(ids <= f.group or not ids & groups for _, ids in ask.groups)]
        if _WHICH_DOSE.search(ask.focus):
            own = [f for f in own if _DOSE.search(fold(f.group_label))] or own
        if not ask.groups and not _SUBGROUPS.search(ask.focus):
            own = [f for f in own if not f.group] or own
        return own

    def _entries(self, ask: Ask, attribute: str, candidates: Sequence[Fact]) -> list[Entry]:
        entries: list[Entry] = []
        for study in dict.fromkeys(f.study for f in candidates):
            told = [f for f in candidates if f.study == study]
            shares = [f for f in told if f.unit == "%" or f.percent or f.total]
            counts = [
                f for f in told if f not in shares and any(self.desk.selector.repeats(f, s) for s in shares)
            ]  # "all 30 responded" beside "100%"
            own = self.desk.selector.distinct(f for f in told if f not in counts)
            graded = [f for f in own if f.grade and f.grade != ask.grade]
            if ask.grade and graded:
                own = [f for f in own if f.grade == ask.grade] or own
                single = [f for f in own if f.grade.isdigit() and f.n is not None]
                if len(single) > 1 and len(single) == len(own):
                    entries += self._together(single)
                    continue
            for fact in own:
                score = self._score(fact, ask)
                if score is not None:
                    entries.append(Entry((fact,), score))
        return entries

    def _together(self, facts: Sequence[Fact]) -> list[Entry]:
        """Single grades that together make the grade asked for."""
        shares = [percent_of(f, self.desk.selector.total(f.study)) for f in facts]
        return [Entry(tuple(facts), sum(s for s in shares if s is not None))] if None not in shares else []

    def _score(self, fact: Fact, ask: Ask) -> float | None:
        numbers = years_of_age(fact)
        if (fact.attribute == "age_range" or fact.unit == "range") and len(numbers) >= 2:
            low, high = (
                r"\byoungest|lowest age|minimum\b",
                r"\boldest|eldest|upper|maximum|furthest|farthest\b",
            )
            return _end(
                numbers, _BOUND.sub("oldest", ask.focus), r"(?!)" if _BOUND.search(ask.focus) else low, high
            )
        if fact.attribute == "study_period" and numbers:
            if _STARTED.search(ask.focus) or _ENDED.search(ask.focus):
                return numbers[0] if _STARTED.search(ask.focus) else numbers[-1]
            if _RECENT.search(ask.focus) and not re.search(r"est (?:time|period|duration|span)", ask.focus):
                if re.search(r"\b(?:oldest|earliest)\b", ask.focus, re.IGNORECASE):
                    return -numbers[0] if ask.has("max") else numbers[0]
                return numbers[-1] + numbers[0] / 10_000  # of those that ended together the one begun last
            return _end(
                numbers,
                ask.focus,
                r"\b(?:first|earliest|oldest|furthest|farthest|longest ago)\b",
                r"\b(?:latest|most recent|newest)\b",
            )
        if fact.attribute == "n_patients" and fact.n is not None:
            return None if fact.total else float(fact.n)  # "4 of 10" are not all
        if fact.attribute == "phase":
            phases = [_ROMAN.get(p.lower()) or float(p) for p in _PHASES.findall(fold(fact.value))]
            return sum(phases) / len(phases) if phases else None
        if (months := in_months(fact)) is not None:
            return months
        share = percent_of(fact, self.desk.selector.total(fact.study))
        return share if share is not None else number_of(fact.value)


_LONGEST = re.compile(r"\b(?:longest|shortest)\b", re.IGNORECASE)
"""Ranks times, where shares at a time are given, too."""


def _each_of_its_own(ask: Ask) -> bool:
    """``which is larger, the 2-year RFS of A or the 3-year EFS of B``: two figures, of which one measure tells but one."""
    return len(ask.measures) == len(ask.times) == _RIVALS and re.search(r"\bor\b", ask.focus) is not None


def _words(name: str) -> frozenset[str]:
    """Keys of the words of a row's name."""
    return frozenset(t.key for t in tokens(name) if t.text.isalpha())


def _two_of_one_study(entries: Sequence[Entry]) -> bool:
    """Whether two arms of one study compete, of which a comparative asks for both figures."""
    facts = [f for e in entries for f in e.facts]
    return (
        len(entries) == len(facts) == 2 and len({f.study for f in facts}) == 1 and all(f.group for f in facts)
    )


def _end(numbers: Sequence[float], text: str, low: str, high: str) -> float:
    """The end of a span that the wording asks for, else its length."""
    if re.search(low, text, re.IGNORECASE):
        return numbers[0]
    return numbers[-1] if re.search(high, text, re.IGNORECASE) else numbers[-1] - numbers[0]
