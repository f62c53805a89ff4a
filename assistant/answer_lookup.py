"""Questions for figures and characteristics; the review's own sentence where it gives words instead."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from assistant import lazy_re as re
from assistant.answer_dose import best_dosed, dose_part, dosed, gives_dose
from assistant.cells import is_missing
from assistant.describe import Describer
from assistant.desk import Desk
from assistant.draft import Draft, answered, declined, of_fact
from assistant.lookup import lookup
from assistant.model import Fact, Kind, Passage, Status
from assistant.question import Ask, QuestionReader
from assistant.question_wording import DRUG_STEM
from assistant.say import joined
from assistant.selection import LENGTHS, has_figure
from assistant.text import fold, tokens

_WHICH_DOSE = re.compile(
    r"\b(?:what|which) (?:\w+ )?(?:dose|dosage|dosing)\b|\bhow (?:was|were|is|did they) (?:[\w-]+ ){1,4}dosed\b"
    r"|\bhow many (?:mg|milligrams?|IU)\b",
    re.IGNORECASE,
)
_AIMED = re.compile(
    r"\banti-?[A-Z]\w+|\b[A-Z][\w-]*(?:-targeted|-targeting|-directed|-specific)\b|\b(?:targets|targeting|directed against|binds)\b"
)
_DOSES = re.compile(r"\d+(?:\.\d+)?(?=\s?(?:,|or\b|and\b|vs\b|mg|[\u00b5\u03bcm]?c?g|IU))")
_HOW_LONG = re.compile(r"\bhow long\b(?! (?:after|before|ago)\b)", re.IGNORECASE)
_GENERIC = frozenset(
    "toxicity event rate incidence frequency complication disease syndrome level time number".split()
)
"""Words of a measure's wording that need not be said."""
_SURE = 0.6
"""From here on a sentence found by its words answers better than a figure."""
_RATHER_SURE = 0.55
_HALF_SURE = 0.5
"""Up to here a sentence must name what is asked."""
_SELDOM = frozenset({"contact", "statistics", "ethics", "ethnicity"})
"""Characteristics that a review seldom gives; a sentence must hold most of the very words for them."""
_VERY_SURE = 0.8
"""From here on a sentence answers though it says none of the words for what is asked."""
_QUITE_SURE = 0.75
"""From here on a sentence answers better than the agents of a study that was named."""
_IN_WORDS = frozenset({"agents", "outcomes", "population"})
"""Characteristics that a sentence tells as well as a cell."""
_POPULATION = frozenset({"population", "disease"})
_HAPPENED = re.compile(r"\b(?:need|requir|stopp|withdr|switch|resum|complet|cross)\w*", re.IGNORECASE)
"""What happened to patients, of which the size of their arm says nothing."""
_ENTRY = re.compile(r"\b(?:eligib|ineligib|exclu|includ|requir|enrol|had to|must|allowed)\w*", re.IGNORECASE)
"""Says who could take part."""
_WHEN_DONE = re.compile(
    r"^\W*when (?:was|were) (?!(?:the |this )?(?:patients?|study|trial|enrol))", re.IGNORECASE
)
_WHO_WERE = re.compile(
    r"\bhow many (?:patients|subjects|participants|people|adults|children)?\s*(?:were|had|have|was)\s+(?P<what>[^?.;]{3,60})",
    re.IGNORECASE,
)
_TAKING_PART = frozenset(
    "treated analysed analyzed evaluable randomised randomized assigned screened eligible included followed given "
    "infused dosed transplanted registered accrued".split()
)
_OWN_TIME = re.compile(r"\d+-(?:day|week|month|year)(?=_)")
"""The time point that a measure's id begins with: ``60-day_mortality``."""
_SCORED = re.compile(r"\b(?:score|index|stage|class|category)s? (?:of |\u2264|\u2265|<|>)?", re.IGNORECASE)
"""The figure behind it says which patients."""
_OUTCOME_VERB = re.compile(
    r"\b(?:achiev|reach|attain|finish|complet|develop|experienc|suffer|underwent|undergo|discontinu|needed|required|stopped"
    r"|went on|began|started|proceed)\w*",
    re.IGNORECASE,
)
_COUNTING = frozenset(
    "split break breakdown recruit recruited enroll enrolled enrol participant pt ppl size sample number "
    "headcount arm group cohort subgroup disease sery analysis recipient".split()
)
"""Keys of words that ask for a number of patients without narrowing it down."""
_FARED = re.compile(
    r"\b(?:outcomes?|prognos\w+|poor\w*|worse\w*|better|inferior|superior|(?:un)?favou?rabl[ey]|dismal|benefit\w*|"
    r"respon[ds]\w*|relaps\w+|surviv\w+)\b",
    re.IGNORECASE,
)
"""Tells how patients fared."""
_SORT = r"(?:which|what) (?:[\w-]+ )?(?:kinds?|sorts?|types?|forms?|phenotypes?|subtypes?|subsets?)"
_FARING = r"(?:worse|better|poor\w*|well|badly)"
_WHICH_GROUP = re.compile(
    r"\b(?:which|what) (?:sub)?(?:groups?|populations?|patients|histolog(?:y|ies)|genotypes?|mutations?|types?|sets?)\b"
    rf"|\b{_SORT} of\b.{{0,40}}\b{_FARING}\b|\b{_FARING}\b.{{0,60}}\b{_SORT}\b",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"^\W*(?:and |so |but )?(?:by whom|who (?:was|were|did|made|graded|assessed|reviewed)|where)\b",
    re.IGNORECASE,
)
"""Asks for a person or a place, whatever measure it names."""
_HOW_OFTEN = re.compile(r"\bhow (?:often|frequently)\b|\bat what intervals\b", re.IGNORECASE)
"""Asks for intervals of visits, of which a length of time says nothing."""
_AUTHORS_SAY = re.compile(
    r"\b(?:authors?|reviewers?|writers?|review)\b[^?.]{0,12}\b(?:say|think|conclude|state|comment|view|feel|argue|believe|write|opinion|judge|expect|suggest)\b"
    r"|\bwhat is (?:said|written|stated|told) (?:about|of|on)\b"
    r"|\bdo(?:es)? (?:the )?(?:authors?|review|they)\b[^?.]{0,20}\b(?:about|on|of)\b",
    re.IGNORECASE,
)
"""Asks for what the review says in words, whatever is measured of it."""
_YEAR_ASKED = re.compile(r"\b(?:what|which) year\b|^\W*when\b", re.IGNORECASE)
_SHARE = re.compile(
    r"\b(?:shares?|slice|portion|proportion|fraction|percentage|per ?cent|part) of (?:all |the )|%",
    re.IGNORECASE,
)
"""Asks for a share of a whole that no study is."""


def _keys(passage: Passage) -> frozenset[str]:
    """Keys of the words of a passage."""
    return frozenset(t.key for t in tokens(passage.text))


def _of_study(key: str, text: str) -> bool:
    """Whether a word describes the study and not its patients: ``the German … trial``."""
    noun = r"(?:trials?|stud(?:y|ies)|series|cohorts?|protocols?|reports?|abstracts?|posters?|group's)"
    return bool(
        re.search(rf"\b{re.escape(key)}\w*(?:[\s'-]+[\w/'-]+){{0,2}}?[\s-]+{noun}\b", text, re.IGNORECASE)
    )


class LookUp:
    """Answers with figures, and with the review's sentences where it reports none.

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
        """What was looked up, a sentence in its place, or a decline; None where nothing of the sort is asked.

        None also where the question hangs on a word that nobody knows: an unknown drug, mutation or subgroup.
        """
        if ask.strange and not ask.studies:
            return None
        named = not ask.described and ask.named.of("number", "author", "nct", "code", "range")
        asked_when = ask.implied or _YEAR_ASKED.search(ask.focus)
        year_of_something = (
            asked_when
            and ask.characteristics == ("study_period",)
            and not (named or (len(ask.studies) == 1 and not self._of_an_act(ask)) or ask.inherited)
        )
        if year_of_something and not ask.measures and not ask.has("list", "count_studies", "compare"):
            ask = replace(ask, characteristics=())
        whom = _WHICH_GROUP.search(ask.focus) and set(ask.characteristics) <= {
            "outcomes",
            "population",
            "arms",
        }
        if whom and not ask.measures and (said := self.quote(replace(ask, characteristics=()))) is not None:
            return said
        if ask.characteristics == ("summary",) and not ask.studies and (said := self.quote(ask)) is not None:
            return said
        sized = ask.characteristics == ("n_patients",) and not named and not ask.inherited
        if (
            sized
            and (_SHARE.search(ask.focus) or (ask.wants == "percent" and ask.described))
            and (said := self.quote(replace(ask, characteristics=()))) is not None
        ):
            return said
        alone = len(self.desk.review.studies) == 1
        if alone and _WHO.search(ask.focus) and not ask.has("yes_no") and ask.studies:
            said = self.quote(replace(ask, measures=(), families=(), characteristics=()))
            if said is not None and said.status is Status.ANSWERED and said.sure > _SURE:
                return said
        lengths = [m for m in ask.measures if self.desk.vocabulary.term(m).kind == "duration"]
        if lengths and len(lengths) == len(ask.measures) and _HOW_OFTEN.search(ask.focus):
            said = self.quote(replace(ask, measures=(), families=(), characteristics=()))
            if said is not None and said.status is Status.ANSWERED:
                return said
        of_review = _AUTHORS_SAY.search(ask.focus) and not ask.named.of("number", "author", "nct")
        plain = replace(ask, measures=(), families=(), characteristics=())
        if of_review and (said := self.quote(plain)) is not None:
            return said
        if (said := self._of_special_event(ask)) is not None:
            return said
        draft = self._other_number(ask) or self._dose(ask) or self._target(ask) or self._in_words(ask)
        if draft is not None:
            return draft
        reported = self._reported(ask)
        if reported:
            ask = replace(ask, characteristics=reported)
        draft = self._in_place(ask) or self._at_length(ask, lookup(self.desk, ask))
        told = self._told_of_group(ask) if draft and draft.status is Status.DECLINED else None
        return told or draft

    @staticmethod
    def _of_an_act(ask: Ask) -> bool:
        """``when was restaging done?``: whether a report of one study is asked when something of its own was."""
        known = {k for k, term in ask.aliases if term == "study_period"} | _COUNTING | {"trial", "study"}
        return ask.described and bool(_WHEN_DONE.search(ask.focus)) and bool(set(ask.content) - known)

    def _told_of_group(self, ask: Ask) -> Draft | None:
        """How a subgroup without figures fared in words, where no measure was asked for by name."""
        if ask.measures or ask.times or not ask.families or not ask.groups or len(ask.studies) != 1:
            return None
        words = {t.key for label, _ in ask.groups for t in tokens(label)} - self.desk.vocabulary.scaffold
        words -= {"patient", "adult", "child", "group", "subgroup"}
        for passage in self.desk.review.passages:
            if passage.studies != ask.studies or passage.locator.kind not in {Kind.SENTENCE, Kind.CELL}:
                continue
            said = self.describer.matching.words(passage.quote)
            if words <= said.keys and _FARED.search(fold(passage.quote)):
                return answered([self.describer.quoting(passage)], ask.studies)
        return None

    def _at_length(self, ask: Ask, draft: Draft | None) -> Draft | None:
        """A sentence in place of figures that are no length of time, where ``how long`` was asked."""
        facts = [f for line in draft.lines for f in line.facts] if draft else []
        if (
            not facts
            or not _HOW_LONG.search(ask.focus)
            or any(f.unit in LENGTHS | {"open", "range"} for f in facts)
        ):
            return draft
        said = self.quote(ask)
        return said if said is not None and said.sure > _RATHER_SURE else draft

    def quote(self, ask: Ask) -> Draft | None:
        """The sentences of the review that answer in words; None where none comes near."""
        if ask.measures and not ask.studies and ask.strange:
            return None
        return self.describer.text(ask)

    def _dose(self, ask: Ask) -> Draft | None:
        """The sentence that says at what dose a drug was given, where no row of a table does."""
        asked = "dose" in ask.characteristics or _WHICH_DOSE.search(ask.focus)
        if (
            not asked
            or ask.measures
            or ask.unheard
            or len(ask.studies) != 1
            or ask.has("list", "compare", "max", "min")
        ):
            return None
        study = ask.studies[0]
        cells = [f for name in ("dose", "agents") for f in self.desk.selector.reported(study, name)]
        shown = [f for f in cells if f.attribute == "agents" and gives_dose(f.value)]
        several = any(len(_DOSES.findall(fold(f.value))) > 1 for f in shown)
        said = self.quote(replace(ask, characteristics=()))
        least = _RATHER_SURE if several else _QUITE_SURE
        if said is not None and said.sure > least and gives_dose(said.lines[0].text):
            return said
        if shown and "dose" not in self._reported(ask):
            return answered([of_fact(self.desk.speaker.characteristic(f), f) for f in shown[:2]], ask.studies)
        if any(gives_dose(f.value) or f.attribute == "dose" for f in cells):
            return None
        own = [p for p in self.desk.review.passages if p.locator.kind is Kind.SENTENCE and study in p.studies]
        given = dosed(own)
        drugs = {t.key for t in tokens(ask.focus) if any(t.key in _keys(p) for p in own)}
        drugs -= self.desk.vocabulary.scaffold | {"dose", "dosage", "often", "given", "arm"}
        drugs -= {"day", "week", "cycle", "course", "dosed"}
        arms = {t.key for label, _ in ask.groups for t in tokens(label) if not DRUG_STEM.fullmatch(t.text)}
        drugs = {d for d in drugs if self.reader.names.words.get(d) == {study}} - arms or drugs
        named = [p for p in given if drugs & _keys(p)]
        if not named and len(given) == 1 and self._is_drug_of(study, ask):
            named = given
        if not named:
            return None
        best = best_dosed(named, drugs)
        return answered([self.describer.quoting(best, dose_part(best, drugs))], ask.studies)

    def _target(self, ask: Ask) -> Draft | None:
        """The sentence of a study that says what its treatment is aimed at, where no row of a table does."""
        if "target" not in ask.characteristics or ask.measures or len(ask.studies) != 1:
            return None
        study = ask.studies[0]
        if self.desk.selector.reported(study, "target"):
            return None
        own = [p for p in self.desk.review.passages if p.locator.kind is Kind.SENTENCE and study in p.studies]
        aimed = next((p for p in own if _AIMED.search(fold(p.text))), None)
        return answered([self.describer.quoting(aimed)], ask.studies) if aimed else None

    def _is_drug_of(self, study: str, ask: Ask) -> bool:
        """Whether a question names nothing but this study and one arm of it."""
        arms = self.desk.review.arms.get(study, {}).values()
        return not ask.strange and all(ids in arms for _, ids in ask.groups)

    def _reported(self, ask: Ask) -> tuple[str, ...]:
        """The characteristics asked for that the review gives of any study."""
        return tuple(c for c in ask.characteristics if self.desk.reports(c))

    def _other_number(self, ask: Ask) -> Draft | None:
        """A number of patients narrowed down by words that nothing of the study explains is not its size."""
        if ask.characteristics != ("n_patients",):
            return None
        if ask.groups:
            return self._of_arm_in_words(ask) or self._not_its_size(ask)
        left = self._unexplained(ask) or self._being(ask) or [w for w in (ask.grade and "grade",) if w]
        if not left:
            return None
        said = self.quote(ask)
        own = said is not None and bool(set(said.studies) & set(ask.studies))
        if said is not None and said.sure > _SURE and own and not ask.strange:
            return said
        who = joined([self.desk.name(s) for s in ask.studies])
        said_so = {t.key: t.text for t in tokens(ask.focus)}
        named = joined([said_so.get(k, k) for k in left])
        return declined(f"The review does not give that number ({named}) for {who}.", ask.studies)

    def _of_special_event(self, ask: Ask) -> Draft | None:
        """``wound healing complications``: a sentence with those very words, for any other event is not asked."""
        if (
            ask.families != ("toxicity",)
            or ask.measures
            or len(ask.studies) != 1
            or ask.has("list", "max", "min")
        ):
            return None
        known = {k for k, _ in ask.aliases} | {t.key for label, _ in ask.groups for t in tokens(label)}
        known |= self.desk.vocabulary.scaffold | {"grade", "iii", "iv", "ii"}
        family = self.desk.vocabulary.families
        known |= {
            t.key for f in ask.families for form in (family[f].name, *family[f].forms) for t in tokens(form)
        }
        left = [
            k for k in ask.content if k not in known and ask.studies[0] in self.reader.names.words.get(k, ())
        ]
        said = self.quote(ask) if len(left) > 1 else None
        cited = {p for line in said.lines for p, _ in line.support} if said else set()
        passages = [self.desk.selector.places[p] for p in cited]
        covered = all(self.describer.matching.covers(ask, k, p) for k in left for p in passages)
        return said if passages and covered else None

    def _of_arm_in_words(self, ask: Ask) -> Draft | None:
        """``how many on placebo needed rescue``: a sentence, for the size of the arm is not asked."""
        if len(ask.studies) != 1 or not _HAPPENED.search(ask.focus):
            return None
        said = self.quote(ask)
        return said if said is not None and said.sure > _SURE else None

    def _sizes(self, ask: Ask) -> list[Fact]:
        """The numbers of patients of groups of the one study asked about."""
        return [f for f in self.desk.selector.reported(ask.studies[0], "n_patients") if f.group]

    def _being(self, ask: Ask) -> list[str]:
        """What patients were or had by whom a number is asked (``were HIV positive``), beyond having taken part."""
        match = _WHO_WERE.search(ask.focus) if len(ask.studies) == 1 and ask.described else None
        if not match or ask.translated:
            return []
        known = {k for k, _ in ask.aliases} | self.desk.vocabulary.scaffold | _COUNTING | _TAKING_PART
        return [t.key for t in tokens(match["what"]) if t.key in ask.content and t.key not in known]

    def _not_its_size(self, ask: Ask) -> Draft | None:
        """``how many on A reached an nPR``: what happened to an arm's patients is not how many they are."""
        if len(ask.studies) != 1 or not _OUTCOME_VERB.search(ask.focus) or not ask.groups:
            return None
        arms = set(self.desk.review.arms.get(ask.studies[0], {}).values())
        known = {k for k, _ in ask.aliases} | {
            t.key for label, ids in ask.groups if ids in arms for t in tokens(label)
        }
        known |= self.desk.vocabulary.scaffold | _COUNTING
        left = [k for k in ask.content if k not in known]
        if not left or any(
            f.group >= ids for _, ids in ask.groups if ids not in arms for f in self._sizes(ask)
        ):
            return None
        said = self.quote(replace(ask, groups=tuple(g for g in ask.groups if g[1] in arms)))
        if said is not None and said.sure > _SURE:
            return said
        said_so = {t.key: t.text for t in tokens(ask.focus)}
        named = joined([said_so.get(k, k) for k in left])
        who = joined([self.desk.name(s) for s in ask.studies])
        return declined(f"The review does not give that number ({named}) for {who}.", ask.studies)

    def _unexplained(self, ask: Ask) -> list[str]:
        """Words that narrow down a number of patients, and that nothing of the study explains."""
        if len(ask.studies) != 1 or (ask.values and not _SCORED.search(ask.focus)) or ask.translated:
            return []
        words = self.reader.names.words
        own = [n for n in ask.named.names if n.kind not in {"topic", "code"} or len(n.studies) == 1]
        known = {k for k, _ in ask.aliases} | {t.key for n in own for t in tokens(n.text)}
        known |= self.desk.vocabulary.scaffold | _COUNTING
        left = [k for k in ask.content if k not in known and ask.studies[0] not in words.get(k, ())]
        return [k for k in left if not _of_study(k, ask.focus)]

    def _in_words(self, ask: Ask) -> Draft | None:
        """A sentence where it answers better than a look-up, or where there is nothing to look up."""
        reported = set(self._reported(ask))
        figures = ask.measures or ask.families
        if not figures and (not ask.studies or ask.described) and reported <= _IN_WORDS:
            said = self.quote(ask)
            if said is not None and said.sure > _SURE:
                return said
        unreported = _POPULATION & set(ask.characteristics) and not _POPULATION & reported
        if unreported and ask.studies and not ask.measures:
            said = self.describer.population(ask)
            if said is not None:
                return said
        said = None if figures or reported else self.quote(ask)
        return said if said is None or self._to_the_point(said, ask) else None

    def _to_the_point(self, said: Draft, ask: Ask) -> bool:
        """Whether a sentence names the characteristics asked for that no table gives; a dose by its amount."""
        asked = set(ask.characteristics)
        if not asked or ask.implied or said.status is Status.DECLINED:
            return True
        if asked == {"dose"}:
            cited = {p for line in said.lines for p, _ in line.support}
            return any(gives_dose(p.text) for p in self.desk.review.passages if p.id in cited)
        if asked == {"arms"}:
            return self._names(said, ask, asked)
        cited = {p for line in said.lines for p, _ in line.support}
        passages = [p for p in self.desk.review.passages if p.id in cited]
        seldom = asked <= _SELDOM
        if asked == {"inclusion_criteria"} and any(_ENTRY.search(p.text) for p in passages):
            return True
        words = {k for k, term in ask.aliases if term in asked and (seldom or k in ask.content)}
        held = sum(any(self.describer.matching.holds(k, p) for p in passages) for k in words)
        if held and 2 * held >= len(words):
            return True
        return said.sure > (_VERY_SURE if words else _HALF_SURE)

    def _in_place(self, ask: Ask) -> Draft | None:
        """A sentence in place of agents only implied, or of measures that the review reports of no study."""
        implied = ask.implied and ask.characteristics == ("agents",)
        unreported = {m for m in ask.measures if not self._has_figures(m)}
        if any(self._has_figures(m.removeprefix("median_")) for m in unreported):  # no rate for a median
            return None
        if not implied and (not unreported or unreported != set(ask.measures)):
            return None
        said = self.quote(replace(ask, measures=()))
        named = bool(ask.named.of("number", "author", "nct", "code"))
        if said is None or said.sure <= (_QUITE_SURE if implied and named else _RATHER_SURE):
            return None
        times = ask.times or tuple(m[0] for x in unreported if (m := _OWN_TIME.match(x)))
        if times and any(
            self.describer.lacks_time(replace(ask, times=times), line.text) for line in said.lines
        ):
            return None  # "3-year PFS" is not told by a sentence of another time or of none
        return said if not unreported or self._names(said, ask, unreported) else None

    def _has_figures(self, measure: str) -> bool:
        """Whether the review gives a figure, or N/A, for a measure of any study, and not only words."""
        facts = [f for f in self.desk.review.facts if f.attribute == measure]
        return self.desk.reports(measure) and (
            not facts or any(has_figure(f) or is_missing(f.value) for f in facts)
        )

    def _is_own(self, cell: Passage) -> bool:
        """Whether a cell is of a row that only the review itself knows."""
        return any(
            f.passage == cell.id and f.attribute in self.desk.review.attributes
            for f in self.desk.review.facts
        )

    def _names(self, draft: Draft, ask: Ask, measures: Set[str]) -> bool:
        """Whether the passages of a draft name one of the measures, or hold a word that asked for it."""
        cited = {p for line in draft.lines for p, _ in line.support}
        passages = [p for p in self.desk.review.passages if p.id in cited]
        asked = {k for k, term in ask.aliases if term in measures and k in ask.content}
        lexicon = self.desk.review.reader.matchers.measures
        for passage in passages:
            if measures & self.describer.terms_in(passage):
                named = {i for m in lexicon.find(tokens(passage.text)) for i in m.ids}
                if (
                    measures & named
                    or not asked
                    or any(self.describer.matching.holds(k, passage) for k in asked)
                ):
                    return True  # "lethargy" alone is near to "quality of life", and does not name it
        passages = [p for p in passages if p.locator.kind is not Kind.CELL or self._is_own(p)]
        asked = {k for k in asked if k not in _GENERIC} or asked
        return bool(asked) and any(all(self.describer.matching.holds(k, p) for k in asked) for p in passages)
