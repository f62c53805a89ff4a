"""Answers that begin with yes or no, each with the figure that decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from assistant import lazy_re as re
from assistant.cells.reading import is_missing
from assistant.compare.arithmetic import parts_add_up
from assistant.compare.compare import arms_of, size_of
from assistant.compare.ranking import CAUTION
from assistant.compare.sides import alternatives, two_sides
from assistant.draft import Draft, Line, answered, declined, of_fact
from assistant.judging.bounds import share_claimed
from assistant.judging.claims import Claims, verdict_line
from assistant.judging.effects import effect, overall, p_value_of, part_tested
from assistant.judging.kept_up import kept_up
from assistant.judging.p_values import p_value_given
from assistant.judging.patients import of_age_anywhere, patients_claimed
from assistant.judging.presence import NOBODY, Presence
from assistant.judging.quantified import is_of_part, of_all, of_superlative, so_many, speaks_of_all
from assistant.judging.sides_claimed import CONFIRMED
from assistant.judging.significance import no_difference, significance
from assistant.judging.superiority import superior
from assistant.judging.treated_before import treated_before
from assistant.judging.worst import never_worse
from assistant.lookup.lookup import Desk
from assistant.model import Fact, Kind
from assistant.question.reader import Ask, QuestionReader
from assistant.selection import number_of, percent_of, same_time
from assistant.studies.listing import Lister
from assistant.studies.matching import Matcher
from assistant.text.text import fold, tokens

STATED = re.compile(
    r"^\W*(?:so|then|ok(?:ay)?,? so|and so|meaning|that means|which means|in other words)\b(?!.*\b(?:what|which|who|how|when|where|why)\b)"
    r"[^?]*\?\W*$",
    re.IGNORECASE,
)
"""States something and asks for it to be confirmed: ``so half of them were alive?``."""
_SAYS = re.compile(
    r"^(?!.*\b(?:what|which|who|whom|whose|how|when|where|why)\b).*\b(?:was|were|had|got|reached|responded|relapsed|died|survived)\b"
    r".*\?\W*$",
    re.IGNORECASE,
)
"""States something that is then asked about."""
_ASKS_MORE = re.compile(
    r"^\W*(?:how|what)\b.*\b(?:differ|compare)\b|\b(?:is|are|was|were|does|do|did) (?:that |"
    r"it )?how (?:many|much)\b",
    re.IGNORECASE,
)
_HIGHER = re.compile(
    r"\b(?:higher|better|greater|more|longer|superior|larger|bigger|older|commoner|likelier|oftener|above|ahead of|"
    r"exceed\w*|beat|outperform\w*)\b",
    re.IGNORECASE,
)
_LOWER = re.compile(
    r"\b(?:lower|worse|less|fewer|shorter|inferior|smaller|younger|rarer|below|behind)\b", re.IGNORECASE
)
_BEATEN = re.compile(r"\b(?:beat(?:s|en)?|outperform\w*)\b", re.IGNORECASE)
_FACTORS = (
    (re.compile(r"\b(?:double|twice|two times)\b", re.IGNORECASE), 2.0),
    (re.compile(r"\b(?:triple|three times|thrice)\b", re.IGNORECASE), 3.0),
    (re.compile(r"\bhalf (?:that of|as)\b", re.IGNORECASE), 0.5),
)
_UPWARD = "higher|better|greater|more|longer|larger|bigger|older"
_DOWNWARD = "lower|worse|less|fewer|shorter|smaller|younger"
_EITHER_WAY = re.compile(
    rf"\b(?:({_UPWARD}) or (?:a |the )?(?:{_DOWNWARD})|({_DOWNWARD}) or (?:a |the )?(?:{_UPWARD}))\b",
    re.IGNORECASE,
)
"""Asks which way two figures differ."""
_SAME = re.compile(
    r"\bsame\b|\bequal(?:ly)?\b|\bidentical\b|\balike\b|\bas (?:many|large|big|high|long)\b", re.IGNORECASE
)
_SIZE = re.compile(
    r"\b(?:larger|bigger|smaller|sizes?|big|large|many|(?:more|fewer) (?:[\w/-]+ ){0,2}patients"
    r"|(?:more|fewer)\b.{1,40}\bthan\b.{1,40}\bpatients)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\b(?:arms|groups|cohorts)\b", re.IGNORECASE)
_AGAINST = re.compile(
    r"\b(?:similar|same|compar\w+|than|versus|vs|differ\w*|match\w*|as \w+ as|like)\b", re.IGNORECASE
)
_IS_ONE = re.compile(
    r"\b(?:an?|any)\s+(?P<kind>(?:[\w-]+,?\s+){1,4})(?:trial|study|one|comparison|analysis|design)\W*$",
    re.IGNORECASE,
)
"""The end of a question whether a study is of a kind, whatever it set side by side."""
_IS_THAT = re.compile(r"\W*(?:and |so )?(?:is|was|were|are) (?:that|it|this|they|those)\b", re.IGNORECASE)
_ADDS_UP = re.compile(r"\badds? up\b|\bsum to\b|\btally\b|\bmake up the total\b", re.IGNORECASE)
_HUMANS = re.compile(
    r"\b(?:humans?|patients?|people|persons?|clinical(?:ly)?|clinic|(?:in|into) (?:man|men))\b", re.IGNORECASE
)
_TRIED = re.compile(
    r"\b(?:tried|tested|given|gone|went|got|moved|made it|used|evaluated|studied|treated|reached|entered|trial(?:l?ed)?|infused|"
    r"enrol\w*|shown|proven|proved|work(?:s|ed)?|verified|demonstrated|confirmed)\b",
    re.IGNORECASE,
)
_CLINICAL = re.compile(r"\b(?:a|an|any) clinical (?:trial|study)\b", re.IGNORECASE)
_OPPOSED = (
    {"retrospective", "prospective"},
    {"single-arm", "randomised"},
    {"single-arm", "randomized"},
    {"non-randomised", "randomised"},
    {"open-label", "double-blind"},
    *({a, b} for a in ("retrospective", "registry") for b in ("randomised", "randomized", "double-blind")),
    {"preclinical", "clinical"},
)
_BECAUSE_OF_IT = re.compile(
    r"\b(?:stop(?:s|ped)?|discontinu\w+|quit|withdr[ae]w\w*|c[oa]me (?:off|without))\b[^?]*"
    r"\b(?:because of|due to|owing to|on account of|for|over|as a result of)\b(?P<cause>[^?]*)",
    re.IGNORECASE,
)
_ANY_HARM = re.compile(
    r"\b(?:toxicit\w+|adverse|side[ -]effects?|intolera\w+|tolerability|complications?|safety|AEs?)\b",
    re.IGNORECASE,
)
_NO_CAUTION = frozenset({"n_patients", "median_age", "age_range", "median_follow_up"})
_STOPPING = re.compile(r"discontinu|reduction|interrupt|stop|withdr")
"""Begins the ids of measures of what became of a treatment."""
_ONWARD = re.compile(
    r"\b(?:tak\w+|took|mov\w+|went|go(?:es|ing)?|gone|select\w*|pick\w*|chos\w+|choose|carr\w+|advanc\w+|forward|proceed\w*|plan\w*|next"
    r"|recommend\w*|enter\w*|start\w*|open\w*)\b[^?.;]*\bphase\b",
    re.IGNORECASE,
)
"""Asks what goes on to the next phase."""
_UNPHASED = frozenset({"retrospective", "preclinical", "registry"})
"""Designs that no trial with a phase has."""


def _called(text: str) -> tuple[str, str]:
    """The words of the question for more and for less, with a capital."""
    up = re.search(rf"\b({_UPWARD})\b", text, re.IGNORECASE)
    down = re.search(rf"\b({_DOWNWARD})\b", text, re.IGNORECASE)
    return (up[1] if up else "higher").capitalize(), (down[1] if down else "lower").capitalize()


def _apart_in_time(facts: Sequence[Fact]) -> bool:
    a, b = (f.time_point for f in facts)
    return bool(a and b) and not same_time(a, b)


_ALL_OF = re.compile(r"\ball(?: of)?(?: the)? $", re.IGNORECASE)


def wants_verdict(ask: Ask) -> bool:
    """Whether a question wants yes or no."""
    told = ask.values or NOBODY.search(ask.focus) or speaks_of_all(ask) or ask.has("compare")
    stated = bool(STATED.search(ask.focus)) and bool(told)
    asked = stated or ask.has("yes_no") or CONFIRMED.search(ask.focus) or CONFIRMED.search(ask.text)
    says = share_claimed(ask) is not None and _SAYS.match(ask.focus)
    more = ask.has("count_studies", "why") or _ASKS_MORE.search(ask.focus)
    return bool((asked or says) and not more and not alternatives(ask))


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
        self.matcher = Matcher(desk, reader)
        self.lister = Lister(desk, reader)
        self.claims = Claims(desk, asked, reader.matchers.measures)
        self.presence = Presence(desk, asked)

    def answer(self, ask: Ask) -> Draft | None:
        """Yes or no with the deciding figure; None where no figure decides or none is asked."""
        if not wants_verdict(ask):
            return None
        ask = self._all_there_were(self._of_row(ask))
        if not ask.advice and (aged := of_age_anywhere(self.desk, ask)) is not None:
            return aged
        if (quantified := of_all(self.desk, self.lister, ask)) is not None:
            return quantified
        if (quantified := of_superlative(self.desk, self.lister, ask)) is not None:
            return quantified
        if not ask.studies:
            return self.presence.anywhere(ask)
        if is_of_part(self.asked, ask):
            return None
        if (given := p_value_given(self.desk, ask)) is not None:
            return given
        if "CI" in ask.measures and not any(self.desk.selector.reported(s, "CI") for s in ask.studies):
            return None  # the look-up declines, and tells the figures that are given without one
        if ask.has("list"):
            return None
        steps = (
            partial(never_worse, self.desk),
            self._adding_up,
            partial(so_many, self.desk, self.asked),
            partial(superior, self.desk),
            partial(significance, self.desk, self.asked),
            partial(no_difference, self.desk),
            self._sizes,
            self._same_value,
            self._years,
            self._in_humans,
            partial(treated_before, self.desk),
            partial(kept_up, self.desk),
            partial(patients_claimed, self.desk),
            self._design,
            self._undecided,
            self._two_measures,
            self.claims.claim,
            self.claims.share,
            self.claims.of_whom,
            partial(effect, self.desk),
            partial(overall, self.desk),
            self.presence.denied,
            self.presence.of_other_grades,
            self.presence.existence,
            self.presence.stated,
            self.presence.registered,
            self.presence.reported,
        )
        found = next((draft for step in steps if (draft := step(ask)) is not None), None)
        if found is not None and (self._of_others(ask, found) or self._of_other_act(ask, found)):
            return None
        return found

    def _of_other_act(self, ask: Ask, draft: Draft) -> bool:
        """Whether a ``Yes`` gives how many had something, where it is asked whether it made anyone stop."""
        facts = [f for line in draft.lines for f in line.facts]
        act = _BECAUSE_OF_IT.search(ask.focus)
        if act is None or not facts or not draft.lines[0].text.startswith("Yes"):
            return False
        stops = [f for f in facts if _STOPPING.search(f.attribute)]
        cause = {t.key for t in tokens(act["cause"])} - self.desk.vocabulary.scaffold
        cause -= {t.key for n in ask.named.names for t in tokens(n.text)}
        if not cause or _ANY_HARM.search(act["cause"]):
            return not stops
        said = {t.key for f in stops for t in tokens(self.desk.selector.places[f.passage].text)}
        return not cause & said

    def _all_there_were(self, ask: Ask) -> Ask:
        """``did all seven respond?`` of a study of seven: without the number, which says no more than ``all``."""
        told = [v for v in ask.values if v.unit == "patients" and _ALL_OF.search(ask.focus[: v.start])]
        if len(ask.studies) != 1 or len(told) != 1 or told[0].n != self.desk.selector.total(ask.studies[0]):
            return ask
        return replace(ask, values=tuple(v for v in ask.values if v not in told))

    def _of_row(self, ask: Ask) -> Ask:
        """``did MRD steer treatment?`` of a review that says so in a row of yes and no: what that row says."""
        row = self.matcher.row_of(ask.measures, ask) if not (ask.values or ask.characteristics) else ""
        return replace(ask, measures=(), characteristics=(row,)) if row else ask

    def _of_others(self, ask: Ask, draft: Draft) -> bool:
        """Whether a ``Yes`` rests on figures of all patients or of whole arms, where a subgroup is asked about."""
        facts = [f for line in draft.lines for f in line.facts]
        if len(ask.studies) != 1 or not facts or not draft.lines[0].text.startswith("Yes"):
            return False
        (study,) = ask.studies
        everyone = self.desk.review.populations.get(study, frozenset())
        arms = {i for a in self.desk.own.arms(study) for i in a.ids}
        parts = [ids for _, ids in ask.groups if not ids & (everyone | arms | {"all"})]
        own = {i for f in self.desk.review.facts if f.study == study for i in f.group}
        parts = [ids for ids in parts if ids <= own]
        groups = [part_tested(self.desk, f) if f.attribute == "p_value" else f.group for f in facts]
        return bool(parts) and not any(ids & g for ids in parts for g in groups)

    def say(self, verdict: bool, fact: Fact) -> Line:
        """``Yes: …`` or ``No: …`` with one fact."""
        return verdict_line(self.desk, verdict, fact)

    # -- figures -------------------------------------------------------------------------------

    def _adding_up(self, ask: Ask) -> Draft | None:
        """``Do the numbers add up?`` of one study's arms or subgroups."""
        if not _ADDS_UP.search(ask.focus) or len(ask.studies) != 1 or ask.measures:
            return None
        whole, parts = size_of(self.desk, ask.studies[0]), arms_of(self.desk, ask.studies[0])
        if whole is None or len(parts) < 2:
            return None
        return answered([parts_add_up(self.desk, whole, parts)], ask.studies)

    def _sizes(self, ask: Ask) -> Draft | None:
        """``Is study A larger than study B?``."""
        free = (
            not ask.measures
            and not ask.families
            and not set(ask.characteristics) - {"n_patients", "arms"}
            and not ask.values
        )
        if not free or not _SIZE.search(ask.focus):
            return None
        if len(ask.studies) == 1 and _SAME.search(ask.focus) and _PARTS.search(ask.focus):
            parts = [
                p
                for p in arms_of(self.desk, ask.studies[0])
                if not ask.groups or any(ids & p.group for _, ids in ask.groups)
            ]
            return self._weighed(ask, parts) if len(parts) == 2 else None
        if len(ask.studies) != 2:
            return None
        order = [s for n in ask.named.names if len(n.studies) == 1 for s in n.studies]
        facts = [f for s in dict.fromkeys([*order, *ask.studies]) if (f := size_of(self.desk, s)) is not None]
        return self._weighed(ask, facts) if len(facts) == 2 else None

    def _years(self, ask: Ask) -> Draft | None:
        """``Is it a study from 1999?``: by the printed period, where nothing else is asked."""
        if (
            len(ask.studies) != 1
            or len(set(ask.years)) != 1
            or ask.measures
            or set(ask.characteristics) - {"study_period"}
        ):
            return None
        for fact in self.desk.selector.reported(ask.studies[0], "study_period")[:1]:
            years = [int(y) for y in re.findall(r"(?:19|20)\d\d", fact.value)]
            if years:
                return answered([self.say(min(years) <= int(ask.years[0]) <= max(years), fact)], ask.studies)
        return None

    def _same_value(self, ask: Ask) -> Draft | None:
        """``Are both of the same phase?``."""
        if ask.measures or len(ask.characteristics) != 1 or not _SAME.search(ask.focus):
            return None
        ask = two_sides(self.reader, ask)
        if len(ask.studies) != 2:
            return None
        facts = [
            f
            for s in ask.studies
            if (f := self.matcher.pick(s, ask.characteristics[0])) is not None and not is_missing(f.value)
        ]
        if len(facts) != 2:
            return None
        verdict = fold(facts[0].value).strip().lower() == fold(facts[1].value).strip().lower()
        return answered(
            [self.say(verdict, facts[0]), of_fact(self.desk.speaker.characteristic(facts[1]), facts[1])],
            ask.studies,
        )

    def _two_measures(self, ask: Ask) -> Draft | None:
        """``Is OS higher than PFS?`` or one arm, or one study, against another."""
        if not ask.measures and len(ask.families) == len(ask.studies) == 1:
            ask = replace(ask, measures=self.desk.measures(ask, ask.studies[0])[:1], families=())
        factored = any(pattern.search(ask.focus) for pattern, _ in _FACTORS)
        beaten = len(ask.studies) == len(ask.measures) == 1 and _BEATEN.search(
            ask.focus
        )  # "no" by the p-value, too
        if ask.values or (share_claimed(ask) is not None and not factored) or beaten:
            return None
        facts = self._side_by_side(ask)
        return self._weighed(ask, facts) if len(facts) == 2 else None

    def _weighed(self, ask: Ask, facts: list[Fact]) -> Draft | None:
        text = fold(ask.focus)
        higher, lower, same = (bool(p.search(text)) for p in (_HIGHER, _LOWER, _SAME))
        shares = [percent_of(f, self.desk.selector.total(f.study)) for f in facts]
        if None in shares or all(f.attribute == "n_patients" for f in facts):
            shares = [number_of(f.value) if f.n is None else float(f.n) for f in facts]
        a, b = shares
        if a is None or b is None or not (higher or lower or same):
            return None
        if (
            re.search(r"\b(?:better|superior|worse|inferior|beat|outperform\w*)\b", text, re.IGNORECASE)
            and self.desk.speaker.term(facts[0].attribute).better == "lower"
        ):
            higher, lower = lower, higher
        factor = next((n for pattern, n in _FACTORS if pattern.search(text)), 1.0)
        verdict = a == b if same else a > factor * b if higher else a < factor * b
        unlike = _apart_in_time(facts) or (
            facts[0].attribute == facts[1].attribute and facts[0].grade != facts[1].grade
        )
        if facts[0].study != facts[1].study and unlike:
            return self._not_weighed(ask, facts)
        measured = facts[1].attribute in self.desk.vocabulary.measures
        second = (
            self.desk.speaker.statement(facts[1]) if measured else self.desk.speaker.characteristic(facts[1])
        )
        first = self.say(verdict, facts[0])
        if _EITHER_WAY.search(text):
            more, less = _called(text)
            word = "Equal" if a == b else more if a > b else less
            first = replace(first, text=re.sub(r"^(?:Yes|No)", word, first.text))
        lines = [first, of_fact(second, facts[1])]
        if measured and facts[0].study == facts[1].study and facts[0].attribute == facts[1].attribute:
            p_value = p_value_of(self.desk, facts[0])
            lines += [of_fact(self.desk.speaker.statement(p_value), p_value)] if p_value else []
        draft = answered(lines, ask.studies)
        apart = measured and facts[0].study != facts[1].study and facts[0].attribute not in _NO_CAUTION
        return draft.cautioned(CAUTION) if apart else draft

    def _not_weighed(self, ask: Ask, facts: Sequence[Fact]) -> Draft:
        """Two studies' figures at different times: shown, and not said to be one the greater."""
        lines = [of_fact(self.desk.speaker.statement(f), f) for f in facts]
        return answered(lines, ask.studies).cautioned(CAUTION)

    def _side_by_side(self, ask: Ask) -> list[Fact]:
        if len(ask.measures) == 2 and len(ask.studies) == 1:
            return [f for m in ask.measures for f in self.asked(replace(ask, measures=(m,)))[:1]]
        if len(ask.groups) == len(ask.studies) == 1 and ask.everyone and len(ask.measures) == 1:
            arm = self.asked(replace(ask, everyone=False))
            others = [f for f in self.asked(replace(ask, groups=())) if f not in arm[:1]]
            return arm[:1] + ([f for f in others if arm and f.time_point == arm[0].time_point] or others)[:1]
        if len(ask.groups) == 2 and len(ask.measures) == 1 and not self._part_of_an_arm(ask):
            return [f for g in ask.groups for f in self.asked(replace(ask, groups=(g,)))[:1]]
        if len(ask.studies) == len(ask.measures) == len(ask.groups) == 1:
            return self._against_one_arm(ask)
        if ask.inherited and len(ask.studies) == 2 and len(ask.measures) == len(ask.named.names) == 1:
            named = ask.named.names[0].studies
            order = sorted(ask.studies, key=lambda s: s in named)  # "is that higher than in …?"
            return [f for s in order for f in self.asked(replace(ask, studies=(s,)))[:1]]
        if len(ask.studies) == 2 and len(ask.measures) == 1 and len(ask.named.names) >= 2:
            order = [s for n in ask.named.names for s in sorted(n.studies) if s in ask.studies]
            return [f for s in dict.fromkeys(order) for f in self.asked(replace(ask, studies=(s,)))[:1]]
        return []

    def _part_of_an_arm(self, ask: Ask) -> bool:
        """``did those under 40 live longer with it?``: whether one group is an arm and the other some of its patients."""
        arms = {i for s in ask.studies for a in self.desk.own.arms(s) for i in a.ids}
        return len([ids for _, ids in ask.groups if ids & arms]) == 1 and bool(arms)

    def _against_one_arm(self, ask: Ask) -> list[Fact]:
        """The arm named beside the other arm of its study, or beside the study named."""
        ids, measure = ask.groups[0][1], ask.measures[0]
        reported = self.desk.selector.reported
        owners = [s for s, arms in self.desk.review.arms.items() if ids in arms.values()]
        if owners and ask.studies[0] not in owners:
            arm = [f for s in owners for f in reported(s, measure) if f.group == ids]
            return self.asked(replace(ask, groups=()))[:1] + arm[:1]
        named = [f for f in self.asked(ask) if f.group][:1]
        other = [
            f for f in reported(ask.studies[0], measure) if f.group and named and f.group != named[0].group
        ]
        same = [f for f in other if (f.passage, f.time_point) == (named[0].passage, named[0].time_point)]
        pair = named + same if len(same) == 1 else []
        return (
            pair[::-1] if ask.inherited and _IS_THAT.match(ask.focus) else pair
        )  # that, beside the arm named

    # -- designs -------------------------------------------------------------------------------

    def _in_humans(self, ask: Ask) -> Draft | None:
        """Whether a study that was no study of patients has been one: its own words say no."""
        if (
            len(ask.studies) != 1
            or ask.measures
            or not (_HUMANS.search(ask.focus) and _TRIED.search(ask.focus))
        ):
            return None
        study = ask.studies[0]
        for design in self.desk.selector.reported(study, "phase")[:1]:
            if _CLINICAL.search(ask.focus) and re.match(
                r"pre-?clinical\b", fold(design.value), re.IGNORECASE
            ):
                return answered([self.say(False, design)], ask.studies)
        if "preclinical-model" not in self.desk.review.populations.get(study, frozenset()):
            return None
        own = [
            p for p in self.desk.review.passages if p.studies == (study,) and p.locator.kind is Kind.SENTENCE
        ]
        said = [
            p
            for p in own
            if re.search(r"\bhumans?\b|\bclinical data\b|\bin patients\b", p.text, re.IGNORECASE)
        ]
        if not said:
            return None
        return answered([Line(f"No: {said[-1].quote}", ((said[-1].id, study),), verbatim=True)], ask.studies)

    def _design(self, ask: Ask) -> Draft | None:
        if not ask.designs or ask.measures or len(ask.studies) != 1 or _ONWARD.search(ask.focus):
            return None
        kind = _IS_ONE.search(ask.focus)
        found = self.desk.review.reader.matchers.designs.find(tokens(kind["kind"])) if kind else ()
        is_one = {m.ids[0] for m in found} >= set(ask.designs) and not any(
            o <= set(ask.designs) for o in _OPPOSED
        )
        if len(ask.designs) > 1 and not is_one and _AGAINST.search(ask.focus):
            return None  # "was it as active as in phase I" asks for no phase
        facts = self.desk.selector.reported(ask.studies[0], "phase")
        wanted = set(ask.designs)
        own = frozenset(d for f in facts for d in self.matcher.kinds.designs_of(f))
        fact = next(
            (f for f in facts if self.matcher.kinds.designs_of(f) & wanted), facts[0] if facts else None
        )
        if fact is None:
            return None
        phases = {d for d in wanted if d.startswith("phase")}
        if phases:
            return answered([self.say(bool(phases & own), fact)], ask.studies)
        if wanted & own:
            return answered([self.say(True, fact)], ask.studies)
        phased = bool(wanted & _UNPHASED) and any(d.startswith("phase") for d in own)
        if phased or any(wanted & pair and own & pair for pair in _OPPOSED):
            return answered([self.say(False, fact)], ask.studies)
        return self._design_in_text(ask, wanted)

    def _undecided(self, ask: Ask) -> Draft | None:
        """``Was there a control arm?`` of a study of which only the phase or kind is given."""
        if ask.characteristics != ("design",) or ask.designs or ask.measures or len(ask.studies) != 1:
            return None
        if self.desk.review.reader.matchers.designs.find(tokens(ask.focus)):
            return None
        facts = self.desk.selector.reported(ask.studies[0], "design")[:1]
        text = f"The review does not say so of {self.desk.name(ask.studies[0])}" + (
            "; it gives this." if facts else "."
        )
        lines = [of_fact(self.desk.speaker.characteristic(f), f) for f in facts]
        return declined(text, ask.studies).plus(*lines)

    def _design_in_text(self, ask: Ask, wanted: set[str]) -> Draft | None:
        """A design that a sentence of the study names, or one that rules it out."""
        study = ask.studies[0]
        lexicon = self.desk.review.reader.matchers.designs
        opposed = frozenset(d for pair in _OPPOSED if wanted & pair for d in pair - wanted)
        for verdict, designs in (("Yes", wanted), ("No", opposed)):
            for passage in self.desk.review.passages:
                if passage.locator.kind is not Kind.SENTENCE or passage.studies[:1] != (study,):
                    continue
                if {m.ids[0] for m in lexicon.find(tokens(passage.text))} & designs:
                    line = Line(f"{verdict}: {passage.quote}", ((passage.id, study),), verbatim=True)
                    return answered([line], ask.studies)
            for title in self.desk.selector.reported(study, "title"):
                if {m.ids[0] for m in lexicon.find(tokens(title.value))} & designs:
                    return answered([self.say(verdict == "Yes", title)], ask.studies)
        return None
