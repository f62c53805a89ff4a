"""Chooses the kind of answer a question wants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from assistant import lazy_re as re
from assistant.alike import alike
from assistant.answer_acts import of_drug
from assistant.answer_ages import ranks_nobody
from assistant.answer_beside import beside
from assistant.answer_cells import blanks_asked, cell_asked
from assistant.answer_elsewhere import of_others
from assistant.answer_instead import quoted_instead
from assistant.answer_kind import of_kind
from assistant.answer_lookup import LookUp
from assistant.answer_marked import marked
from assistant.answer_moment import only_tells_whom
from assistant.answer_narrower import narrowed
from assistant.answer_premise import Premise, conflicts_asked, takes_for_granted
from assistant.answer_protocol import of_protocol
from assistant.answer_refusals import crowded, nothing_found, parts, refusal, unranked
from assistant.answer_section import of_section
from assistant.answer_unsaid import unsaid
from assistant.answer_whom import unaccounted
from assistant.answer_words import aimed_at, called_similar
from assistant.compare import compare, compare_sides, total_patients
from assistant.conditions import condition_of
from assistant.conflicts import find_conflicts
from assistant.corpus import Review
from assistant.covering import covering, gone_without, told, told_of_cause
from assistant.declining import mention_left
from assistant.describe import Describer
from assistant.desk import Desk
from assistant.draft import Draft, answered, declined, of_fact, support_of
from assistant.fitting import asks_thing, named_thing
from assistant.indications import by_indication
from assistant.judging import STATED, Judge
from assistant.listing import Lister, none_such
from assistant.lookup import asked_facts
from assistant.lookup_computed import denies, never_treated
from assistant.lookup_groups import aligned
from assistant.model import Kind, Status
from assistant.names import squeeze
from assistant.naming import two_names
from assistant.question import Ask, QuestionReader
from assistant.retrieval import Retriever
from assistant.say import Speaker, joined
from assistant.selection import Selector, has_figure
from assistant.sides import either_way
from assistant.sides_apart import sides_apart
from assistant.text import key_of, tokens
from assistant.vocabulary import Vocabulary
from assistant.wording import COMPONENTS, CONCLUSION

_LONE_WORD = re.compile(r"\W*([\w/+-]+)\W*")
_NUMBERED = re.compile(r"\bref(?:erence)?s?\.?\s*(?:no\.?|number)?\s*#?\d|\[\d+\]", re.IGNORECASE)
_STUDIES = re.compile(r"\b(?:abstracts|studies|trials|posters)\b", re.IGNORECASE)
_AUTHORS = re.compile(r"\bauthors?\b")
_AUTHORS_OF = re.compile(
    r"^\W*(?:who (?:are|is|were|was) )?(?:the )?(?:first |last |senior |lead )?authors? of\b|^\W*who (?:wrote|published|authored)\b",
    re.IGNORECASE,
)
"""Asks for the authors of a publication, whatever that is called by."""
_THING = re.compile(
    r"\b(?:which|what) (?:(?:was|were|is|are) the )?(?:[\w-]+ ){0,2}?"
    r"(?:factors?|predictors?|patterns?|mechanisms?|determinants?|correlates?|variables?|features?)\b",
    re.IGNORECASE,
)
"""Asks for something told in words, whatever measure it is told of."""
_OF_AN_ARM = re.compile(r"\b(?:arms?|groups?|cohorts?)\b", re.IGNORECASE)
_REFERENCES = re.compile(r"\breferences?\b|\bcited\b", re.IGNORECASE)
_WHICH_REFERENCE = re.compile(
    r"\b(?:which|what) (?:cited )?(?:reference|paper|article|publication|source)\b.{0,12}"
    r"\b(?:deals?|is|was|describes?|covers?|discusses|treats|concerns?|reports?|about)\b",
    re.IGNORECASE,
)
"""Asks for an entry of the reference list by its subject."""
_OF_FIGURE = re.compile(
    r"\b(?:refers?|belongs?|stands?|come from|mean|what is (?:the )?(?:figure )?[\d<>]|where (?:does|do|is)"
    r"|which|who|whose|what (?:was|were|does|do))\b",
    re.IGNORECASE,
)
_THRESHOLD = re.compile(
    r"more than|less than|fewer|over|above|below|under|at least|at most|[<>≥≤]", re.IGNORECASE
)
_SUPERLATIVE = re.compile(r"\b(?:highest|lowest|best|worst|largest|smallest|most|fewest)\b", re.IGNORECASE)
_MORE = re.compile(
    r"\b(?:more|fewer|less|larger|smaller|bigger|better|worse|higher|lower|older|younger|longer|shorter"
    r"|difference (?:in|of)|patients)\b",
    re.IGNORECASE,
)
"""Says in what two studies are to be set side by side."""
_TOTAL = re.compile(
    r"\b(?:totals?|together|altogether|combined|summed|sum|add|pooled|all told|in all|overall)\b"
    r"|\b(?:across|over) (?:all )?(?:of )?(?:the |these |those )?(?:[\w/-]+ ){0,3}?(?:stud(?:y|ies)|trials|abstracts|posters|reports)\b"
    r"|\b(?:entire|whole) (?:review|letter|article|paper)\b|\bpool(?:s|ing)?\b",
    re.IGNORECASE,
)
"""Asks for the patients of several studies as one number."""
_PLUS = re.compile(r"\bplus\b|\s\+\s", re.IGNORECASE)
"""Puts one study's patients to another's."""
_WHICH_ARMS = re.compile(
    r"\b(?:which|what) (?:\w+ )?(?:doses?|arms?|groups?|regimens?|cohorts?)\b", re.IGNORECASE
)
_PART_OF = re.compile(r"\b(?:part|element|constituent)s? of\b|\bincluded? in\b|\bincludes?\b", re.IGNORECASE)
"""Asks whether something is one of the parts of something else."""
_PATIENTS = re.compile(r"\bpatients\b")
_EITHER = re.compile(
    r"^\W*([A-Z][\w/-]*[A-Z])\W+(?:is (?:it|that)|does (?:it|that) (?:mean|stand)|meaning)\b"
)
"""Asks which of two meanings a short form has."""
_REPORTED = re.compile(r"\breport(?:s|ed)?\b", re.IGNORECASE)
"""Asks whether something is told: ``does any study report GVHD``."""
_WAS = re.compile(r"\bwhat (?:was|were)\b", re.IGNORECASE)
"""Asks for a result, where the term is a measure."""
_THE_STUDY = re.compile(r"\bthe (?:study|studies|trial|trials)\b", re.IGNORECASE)
_FEW_WORDS = 5
_STATISTIC = re.compile(r"\b(?:mean|average|median|pooled|weighted)\s+\S", re.IGNORECASE)
_MEANING = re.compile(r"\bstands? for\b|\bmean(?:s|t|ing)?\b|\babbreviat", re.IGNORECASE)
_SAID_BY = re.compile(
    r"\b(?:according to|in the (?:opinion|view|eyes) of|for|by) (?:the |these |its )?(?:review )?(?:authors?|reviewers?|writers?)\b",
    re.IGNORECASE,
)
"""Asks what the review says, by way of its authors."""
_PARTS = re.compile(r"\b(?:sections?|parts?|studies|trials|abstracts|work)\b")
_RESULTS = re.compile(
    r"\btables? (?:\d )?(?:say|show|list|give|report|tell)s?\b"
    r"|\b(?:results?|findings?|outcomes?|data|conclusions?|show(?:s|ed|n)?|find|found)\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"conclu|highlight|discussion|summary|perspective|remarks", re.IGNORECASE)
_LEFT_OVER = 2
"""Words from which on a question is not explained by a characteristic."""
_SURE_IN_WORDS = 0.75
_SUMMARISED = frozenset({"outcomes", "authors"})
"""Characteristics that a summary gives anyway."""


_HOW_DONE = re.compile(
    r"^\W*(?:and )?how (?:was|were) [\w\s-]{1,40}\b(?:measured|assessed|determined|graded|evaluated|detected|quantified)\b",
    re.IGNORECASE,
)
"""Asks for a way, and not what a short form means."""
_AGAINST = re.compile(
    r"\b(?:prophylaxis|protection|protected|vaccin\w+|antibod\w+|activity|directed|given) (?:[\w-]+ ){0,5}against\b",
    re.IGNORECASE,
)
"""Something against a disease sets no two things side by side."""
_OR_ALSO = re.compile(r"\bor\b|\+|/|\bplus\b")
_REST = {"deaths": "OS", "no_response": "ORR"}
"""What is reported of all the others."""


class Answerer:
    """Answers questions about one review.

    Args:
        review: the review.
        vocabulary: the field's terms.
        retriever: search over its passages.
        english: gives the common English words; None where none are known.
        used: gives the words of every review of the corpus; None where it is the only one.
    """

    def __init__(
        self,
        review: Review,
        vocabulary: Vocabulary,
        retriever: Retriever,
        english: Callable[[], frozenset[str]] | None = None,
        used: Callable[[], frozenset[str]] | None = None,
    ) -> None:
        selector, speaker = Selector(review, vocabulary), Speaker(review, vocabulary)
        conflicts = find_conflicts(review, selector, speaker, vocabulary)
        self.reader = QuestionReader(review, vocabulary, english, used)
        self.desk = Desk(review, vocabulary, selector, speaker, conflicts, self.reader.own)
        self.describer = Describer(self.desk, self.reader, retriever)
        self._lister = Lister(self.desk, self.reader)
        self._short_forms = frozenset(map(squeeze, review.raw.abbreviations))
        figures = LookUp(self.desk, self.reader, self.describer)
        self._steps: tuple[Callable[[Ask], Draft | None], ...] = (
            partial(refusal, self.desk),
            partial(of_others, self.desk, self.describer),
            self._lister.chosen,
            partial(conflicts_asked, self.desk),
            partial(parts, self.desk),
            partial(of_section, self.desk, self.describer),
            partial(cell_asked, self.desk, self.describer),
            partial(blanks_asked, self.desk),
            lambda ask: two_names(self.desk, ask, self.describer.quoting),
            self._definition,
            self._reference,
            self._whose_figure,
            partial(told_of_cause, self.describer),
            partial(aimed_at, self.desk, self.describer),
            partial(called_similar, self.desk, self.describer),
            Premise(self.desk, self.reader, self.describer).answer,
            partial(marked, self.desk, self.describer),
            Judge(self.desk, self.reader, partial(asked_facts, self.desk)).answer,
            partial(of_protocol, self.desk, self.describer),
            partial(alike, self.desk),
            self._sides_apart,
            self._counting,
            self._ranking,
            self._arms_within,
            self._total,
            self._comparing,
            self._listing,
            self._conclusion,
            self._summary,
            partial(unranked, self.desk),
            self._told_by,
            figures.answer,
            figures.quote,
        )
        """In order; the first that has an answer gives it."""
        self._loose = frozenset({self._counting, self._ranking, self._listing, figures.answer})
        """Those that may answer another question than the one asked, where its words say more."""
        self._certain = frozenset(self._steps[:7])
        """Those whose answer or refusal no sentence replaces."""

    def aligned(self, ask: Ask) -> Ask:
        """``ask`` with the study's own arms and subgroups in place of the question's words for them."""
        return self._told_apart(aligned(self.desk, self._of_reporting(ask)))

    def _told_apart(self, ask: Ask) -> Ask:
        """``how many were untreated and how many had relapsed disease``: parts of the study, not relapses in it."""
        if len(ask.studies) != 1 or len(ask.measures) != 1 or ask.wants != "count" or not ask.groups:
            return ask
        study, (measure,) = ask.studies[0], ask.measures
        said = {key for key, term in ask.aliases if term == measure}
        told = {t.key for label, _ in ask.groups for t in tokens(label)}
        sizes = [f.group for f in self.desk.selector.reported(study, "n_patients") if f.n is not None]
        parts = all(ids in sizes for _, ids in ask.groups)
        if not said <= told or not parts or self.desk.selector.reported(study, measure):
            return ask
        return replace(ask, measures=(), characteristics=("n_patients",))

    def _of_measures(self, ask: Ask) -> Ask:
        """``ask`` with a composite for its parts (``CR or CRu``), and without what only says when or of whom."""
        if len(ask.measures) == 2 and _OR_ALSO.search(ask.focus):
            pairs = (f"{a}/{b}" for a, b in (ask.measures, ask.measures[::-1]))
            if whole := next((p for p in pairs if self.desk.reports(p)), ""):
                return replace(ask, measures=(whole,))
        ask = self._of_the_rest(ask)
        left = tuple(m for m in ask.measures if not only_tells_whom(ask, m))
        return replace(ask, measures=left) if len(left) < len(ask.measures) else ask

    def _of_the_rest(self, ask: Ask) -> Ask:
        """``what proportion had not died by two years`` asks for OS, ``how many did not respond`` for those who did.

        Only where the one study gives no figure of what was named; the number of those who did is taken from the whole.
        """
        other = _REST.get(ask.measures[0], "") if len(ask.measures) == len(ask.studies) == 1 else ""
        if not other or asked_facts(self.desk, ask) or (other == "ORR") != (ask.wants == "count"):
            return ask
        instead = replace(ask, measures=(other,))
        facts = asked_facts(self.desk, instead)
        given = any(f.n is not None for f in facts) if other == "ORR" else bool(facts)
        return instead if given and denies(ask, ask.measures[0]) else ask

    def _of_reporting(self, ask: Ask) -> Ask:
        """``ask`` with the one study of a treatment's several that reports what is asked."""
        if len(ask.studies) < 2 or len(ask.measures) != 1 or ask.has("list", "compare", "count_studies"):
            return ask
        if not ask.named.of("agent") or ask.named.of("number", "nct", "author", "code"):
            return ask
        reporting = tuple(s for s in ask.studies if self.desk.selector.reported(s, ask.measures[0]))
        return replace(ask, studies=reporting) if len(reporting) == 1 else ask

    def answer(self, ask: Ask) -> Draft:
        """The draft of an answer; always one, if only a decline."""
        ask = either_way(self.aligned(self._of_measures(ask)))
        if (acting := of_drug(self.desk, self.describer, ask)) is not None:
            return acting
        for step in self._steps:
            draft = step(ask)
            if draft is not None:
                draft = (self._in_words(ask, draft) if step in self._loose else None) or draft
                draft = self._only_figures(ask, draft) or draft
                if draft.status is Status.DECLINED and step in self._loose:
                    draft = covering(self.describer, ask) or draft
                draft = quoted_instead(self.desk, self.describer, ask, draft) or draft
                draft = narrowed(self.desk, self.describer, ask, draft) or draft
                draft = unsaid(self.desk, self.describer, ask, draft) or draft
                draft = unaccounted(self.desk, self.describer, ask, draft) or draft
                if step not in self._certain:
                    draft = told(self.describer, ask, draft) or draft
                    draft = of_kind(self.desk, self.describer, ask, draft) or draft
                return mention_left(self.desk, ask, crowded(self.desk, ask, draft) or draft)
        draft = covering(self.describer, ask) or nothing_found(self.desk, ask)
        draft = told(self.describer, ask, draft) or draft
        draft = gone_without(self.describer, ask, draft) or draft
        return of_kind(self.desk, self.describer, ask, draft) or draft

    def _in_words(self, ask: Ask, draft: Draft) -> Draft | None:
        """A sentence that covers a question which what was found leaves mostly unexplained; else None."""
        if (said := self._judged(ask, draft)) is not None:
            return said
        if ask.measures or ask.families or ask.injected or ask.advice or ask.named.missing or ask.inherited:
            return None
        stated = {f.attribute for line in draft.lines for f in line.facts}
        plain = all(
            line.derivation is None or line.derivation.operation == "number of studies"
            for line in draft.lines
        )
        if not plain or not stated <= {
            "agents",
            "design",
            "phase",
            "n_patients",
            "study_period",
            "age_range",
            "disease",
        }:
            return None
        if ask.has("count_studies") and ask.characteristics:
            return None
        counted = ask.wants == "count" and "n_patients" in stated and ask.named.names
        if counted or (ask.has("list") and len(draft.studies) > 1):
            return None
        if any(line.verbatim for line in draft.lines) or len(self.unexplained(ask)) < _LEFT_OVER:
            return None
        said = self.describer.text(ask)
        return (
            said
            if said is not None and said.sure >= _SURE_IN_WORDS and said.status is Status.ANSWERED
            else None
        )

    def _only_figures(self, ask: Ask, draft: Draft) -> Draft | None:
        """A decline in place of figures of a measure where a thing is asked for by name: ``which gene`` is no rate."""
        facts = [f for line in draft.lines for f in line.facts]
        bare = facts and all(line.facts and not line.verbatim for line in draft.lines)
        noun = named_thing(ask) if bare and (ask.measures or ask.families) and not ask.inherited else ""
        measured = all(f.attribute in self.desk.vocabulary.measures and has_figure(f) for f in facts)
        if draft.status is not Status.ANSWERED or not noun or not measured:
            return None
        given = joined([self.desk.speaker.short(m) for m in dict.fromkeys(f.attribute for f in facts)])
        studies = tuple(dict.fromkeys(f.study for f in facts))
        who = f" for {self.desk.name(studies[0])}" if len(studies) == 1 else ""
        return declined(
            f"The review does not say which {noun} that was{who}; it gives {given}.",
            studies,
            support_of(facts[:1]),
        )

    def _judged(self, ask: Ask, draft: Draft) -> Draft | None:
        """A sentence that decides a question of yes or no, in place of figures that do not; else None."""
        verdict = re.compile(r"(?:Yes|No|Not)\b")
        if (
            not ask.has("yes_no")
            or ask.measures
            or ask.values
            or ask.injected
            or ask.named.missing
            or draft.status is not Status.ANSWERED
        ):
            return None
        if any(verdict.match(line.text) for line in draft.lines) or len(self.unexplained(ask)) == 0:
            return None
        said = self.describer.text(ask)
        if said is None or said.status is not Status.ANSWERED:
            return None
        only_named = all(f.attribute == "agents" for line in draft.lines for f in line.facts)
        return said if only_named or verdict.match(said.lines[0].text) else None

    def unexplained(self, ask: Ask) -> list[str]:
        """Words of the question that name neither a study nor what is asked."""
        known = {key for key, _ in ask.aliases} | {t.key for n in ask.named.names for t in tokens(n.text)}
        known |= {t.key for label, _ in ask.groups for t in tokens(label)}
        known |= {t.key for design in ask.designs for t in tokens(design)}
        return [key for key in ask.content if key not in known and key not in self.desk.vocabulary.scaffold]

    def _definition(self, ask: Ask) -> Draft | None:
        """What a term means: ``what does DOR stand for``, ``DOR?``, ``which drugs are in the regimen``."""
        whether = ask.has("yes_no") and _PART_OF.search(ask.focus)
        if (COMPONENTS.search(ask.focus) or whether) and not _MEANING.search(ask.focus) and not ask.measures:
            parts = self.describer.components(ask)
            if parts is not None:
                return parts
        told = self.describer.definer.by_letter(ask) or self.describer.definer.of_short_forms(ask)
        if told is not None:
            return told
        lone = (
            "" if ask.has("list", "count_studies") or self._is_statistic(ask) else self._lone_short_form(ask)
        )
        listed = _LONE_WORD.fullmatch(ask.focus) and squeeze(lone) in self._short_forms
        of_study = ask.studies and _THE_STUDY.search(ask.focus)
        named = (
            ask.named.names or of_study
        ) and not listed  # all of the question is a term of the review's list
        if lone and not (ask.inherited or named or ask.has("max", "min") or _HOW_DONE.search(ask.focus)):
            return self.describer.define(replace(ask, term=lone, cues=ask.cues | {"definition"}))
        if ask.has("definition"):
            return self.describer.define(ask)
        return None

    def _is_statistic(self, ask: Ask) -> bool:
        """Whether a statistic of a measure is asked for (``mean OS``), not what its short form means."""
        return bool(_STATISTIC.search(ask.focus)) and bool(ask.measures)

    def _lone_short_form(self, ask: Ask) -> str:
        """The only word with a meaning of a short question, where it is all or in the review's list."""
        alone = _LONE_WORD.fullmatch(ask.focus)
        if alone:
            return alone[1]
        words = re.findall(r"[\w/+-]+", ask.focus)
        asked = _EITHER.match(ask.focus)
        if asked:
            words = [asked[1]]
        listed = self._short_forms
        words = [w[:-1] if re.fullmatch(r"[A-Z]{2,}s", w) and squeeze(w[:-1]) in listed else w for w in words]
        telling = [w for w in words if key_of(w) not in self.desk.vocabulary.scaffold]
        if _WAS.search(ask.focus) and any(self.desk.reports(m) for m in ask.measures):
            return ""
        short = len(words) <= _FEW_WORDS and len(telling) == 1 and squeeze(telling[0]) in listed
        return telling[0] if short and not _REPORTED.search(ask.focus) else ""

    def _reference(self, ask: Ask) -> Draft | None:
        """Authors, title, journal …: ``who wrote it``, ``what is reference 3``, ``all first authors``."""
        if (paid := self.describer.citer.funding(ask)) is not None:
            return paid
        of_review = self.describer.citer.is_of_review(ask)
        numbered = "reference" in ask.characteristics and _NUMBERED.search(ask.focus)
        if not (of_review or numbered or ask.has("reference", "review")) or _SAID_BY.search(ask.focus):
            return None
        if ask.measures and not (_WHICH_REFERENCE.search(ask.focus) or _AUTHORS_OF.search(ask.focus)):
            return None
        if any(v.unit for v in ask.values) and not _NUMBERED.search(ask.focus):
            return None
        named = ask.named.of("number", "author", "nct")
        if ask.has("count_studies"):
            return None
        if _STUDIES.search(ask.focus) and _AUTHORS.search(ask.focus) and not named:
            return self._all_authors(ask)
        of_review |= ask.has("review") and ask.characteristics == ("authors",) and not ask.studies
        several = ask.has("list", "count_studies") and not _REFERENCES.search(ask.focus) and not of_review
        found = None if several or (ask.has("summary") and not numbered) else self.describer.refer(ask)
        in_words = ask.has("why") and not (ask.has("reference") or numbered)
        return None if in_words and found and found.status is Status.DECLINED else found

    def _all_authors(self, ask: Ask) -> Draft | None:
        studies = ask.studies or tuple(s.id for s in self.desk.review.studies)
        facts = [f for s in studies for f in self.desk.selector.reported(s, "authors")[:1]]
        lines = [of_fact(self.desk.speaker.characteristic(f), f) for f in facts]
        return answered(lines, [f.study for f in facts]) if facts else None

    def _whose_figure(self, ask: Ask) -> Draft | None:
        """Where a figure stands: ``which study reported 61.5%``, ``what is the 61.5%``."""
        if not ask.values or ask.has("why", "difference") or takes_for_granted(ask):
            return None
        named = " ".join(n.text for n in ask.named.of("nct", "number"))
        if all(v.text in named for v in ask.values):
            return None  # an id that names the study is no figure of it
        printed = any(v.unit == "%" or "." in v.text or v.total for v in ask.values)
        open_topic = not (ask.measures or ask.families or ask.characteristics)
        exact = printed and (not ask.studies or ask.described or open_topic) and not ask.has("yes_no")
        if not exact and (not _OF_FIGURE.search(ask.focus) or (ask.measures and ask.groups)):
            return None
        if not exact and ask.studies and (ask.measures or ask.characteristics):
            return None
        bounded = _THRESHOLD.search(ask.focus) or condition_of(ask)
        if (ask.has("list", "count_studies") and bounded) or (ask.groups and STATED.search(ask.focus)):
            return None
        return self._lister.referring(ask)

    def _counting(self, ask: Ask) -> Draft | None:
        if not ask.has("count_studies"):
            return None
        return self._lister.count_studies(ask) or none_such(self.desk, ask)

    def _ranking(self, ask: Ask) -> Draft | None:
        if ranks_nobody(ask):
            return None
        named = ask.named.of("number", "author", "nct", "code", "agent")
        several = len(ask.studies) > 1 and len({n.studies for n in named}) > 1
        if several and not _SUPERLATIVE.search(ask.focus):
            return None
        if not ask.has("max", "min") or ask.values or (len(ask.measures) > 1 and ask.studies):
            return None
        if len(ask.studies) == 1 and any(_SUPERLATIVE.search(label) for label, _ in ask.groups):
            return None  # "the highest dose level" is a group
        return self._lister.rank(ask)

    def _total(self, ask: Ask) -> Draft | None:
        """The patients of several studies together, or those of one who were never treated."""
        if len(ask.studies) == 1 and (line := never_treated(self.desk, ask, ask.studies[0])):
            return answered([line], ask.studies)
        apart = len({n.studies for n in ask.named.names if len(n.studies) == 1}) > 1
        summed = _TOTAL.search(ask.focus) or (apart and _PLUS.search(ask.focus))
        if not summed or len(ask.studies) == 1 or ask.measures or ask.strange:
            return None
        patients = "n_patients" in ask.characteristics or _PATIENTS.search(ask.focus)
        return total_patients(self.desk, self._of_studies_like(ask)) if patients else None

    def _of_studies_like(self, ask: Ask) -> Ask:
        """``in the two frontline trials``: a total over the studies of a design, or in patients of a state."""
        sizes = {f.group for f in self.desk.review.facts if f.attribute == "n_patients" and f.n is not None}
        parted = any(ids in sizes for _, ids in ask.groups) or ask.named.of("number", "author", "nct")
        groups = () if parted or not ask.studies else (*ask.groups, *(("", ids) for ids in ask.hinted))
        if not ask.designs and not groups:
            return ask
        matched = self._lister.matcher.matching(replace(ask, characteristics=(), groups=groups))
        if not matched or not matched[0]:
            return ask
        kept = () if groups else ask.groups
        return replace(ask, studies=tuple(s for s, _ in matched[0]), groups=kept)

    def _arms_within(self, ask: Ask) -> Draft | None:
        """``which doses had TI above 40%?``: of a study's arms those whose figure keeps the bound."""
        bound = condition_of(ask)
        if not bound or not _WHICH_ARMS.search(ask.focus) or len(ask.studies) != 1 or not ask.measures:
            return None
        facts = [f for f in asked_facts(self.desk, replace(ask, values=())) if f.group and bound.of(f)]
        lines = [of_fact(self.desk.speaker.statement(f), f) for f in dict.fromkeys(facts)]
        return answered(lines, ask.studies) if lines else None

    def _sides_apart(self, ask: Ask) -> Draft | None:
        """``A at one year against the study of B at two``: the figures of each side, by itself."""
        if ask.has("count_studies", "yes_no", "list", "conflict") or len(ask.named.of("number", "nct")) > 1:
            return None
        both = sides_apart(self.desk, self.reader, ask)
        return compare_sides(self.desk, ask, both) if both else None

    def _comparing(self, ask: Ask) -> Draft | None:
        if not ask.has("compare", "difference") or (ask.has("list") and not ask.studies and not ask.groups):
            return None
        if ask.has("summary") and len(ask.studies) == 1 and not (ask.measures or ask.families or ask.times):
            return None  # what the comparison came to, not its figures
        draft = compare(self.desk, self.reader, ask)
        protective = _AGAINST.search(ask.focus) and not ask.has("difference")
        if draft is not None and draft.status is Status.DECLINED and protective and not ask.measures:
            draft = None  # "prophylaxis against an infection" compares nothing
        return draft if draft is not None else beside(self.desk, self.describer, ask)

    def _listing(self, ask: Ask) -> Draft | None:
        bounded = not (ask.studies or ask.has("yes_no", "max", "min")) and condition_of(ask) is not None
        if not (ask.has("list") or bounded) or (ask.named.of("number") and not ask.characteristics):
            return None
        if ask.strange and ask.studies and not (ask.measures or ask.characteristics or ask.families):
            return None
        asked = ask.measures or ask.characteristics or ask.families or ask.designs or ask.groups
        if ask.unheard and not (asked or ask.named.names or ask.years or ask.values):
            return nothing_found(self.desk, ask)
        if (told := by_indication(self.desk, ask)) is not None:
            return told
        found = self._lister.list_studies(ask)
        topic = ask.measures or ask.characteristics or ask.designs
        if found is None and topic and not ask.studies and not ask.strange:
            return none_such(self.desk, ask)
        return found

    def _conclusion(self, ask: Ask) -> Draft | None:
        """The first sentences of the review's concluding section."""
        in_sum = ask.has("summary") and not (
            ask.studies or ask.measures or ask.characteristics or ask.strange
        )
        in_sum = in_sum and not [k for k in ask.content if k not in dict(ask.aliases)]
        if not (CONCLUSION.search(ask.focus) or in_sum) or ask.named.of(
            "number", "author", "nct", "code", "agent"
        ):
            return None
        sentences = [p for p in self.desk.review.passages if p.locator.kind is Kind.SENTENCE]
        closing = [p for p in sentences if _CLOSING.search(p.locator.section)]
        return answered([self.describer.quoting(p) for p in closing[:2]]) if closing else None

    def _of_nobody(self, ask: Ask) -> bool:
        """Whether an arm is asked about that the one study named has not."""
        if len(ask.studies) != 1 or not ask.groups or not _OF_AN_ARM.search(ask.focus):
            return False
        held = {i for f in self.desk.review.facts if f.study == ask.studies[0] for i in f.group}
        held |= self.desk.review.populations.get(ask.studies[0], frozenset())
        return all(not ids & held for _, ids in ask.groups)

    def _told_by(self, ask: Ask) -> Draft | None:
        """``which factor predicted relapse``: a sentence that says it, not how many relapsed."""
        if not ask.measures or not ask.studies or ask.values or ask.has("yes_no", "definition", "list"):
            return None
        if not (_THING.search(ask.focus) or asks_thing(ask)):
            return None
        said = self.describer.text(ask)
        own = said is not None and said.status is Status.ANSWERED and set(said.studies) & set(ask.studies)
        if said is None or not own:
            return None
        (place, _), *_ = (support for line in said.lines for support in line.support)
        passage = self.desk.selector.places[place]
        telling = passage.locator.kind is Kind.SENTENCE and set(ask.measures) <= self.describer.terms_in(
            passage
        )
        if not telling and not _THING.search(ask.focus):
            return None  # a cell gives figures, and a sentence on something else no answer
        return said

    def _summary(self, ask: Ask) -> Draft | None:
        topic = ask.measures or ask.families or ask.characteristics or ask.groups or ask.times or ask.strange
        firm = ask.named.of("number", "author", "code", "nct", "agent") and not (topic or ask.described)
        if firm and not self.unexplained(ask) and _RESULTS.search(ask.focus) and not ask.has("yes_no"):
            return self.describer.outcome(ask)
        moment = ask.cycle or ask.times or ask.grade  # what happened then is no summary
        if not ask.has("summary") or ask.measures or ask.unheard or moment or self._of_nobody(ask):
            return None
        by_topic = ask.described and all(n.kind == "topic" for n in ask.named.names)
        if by_topic and not _PARTS.search(ask.focus):
            return self.describer.on_topic(ask) if not self.unexplained(ask) else None
        if {c for c in ask.characteristics if self.desk.reports(c)} - _SUMMARISED:
            return None
        return self.describer.summarise(ask)
