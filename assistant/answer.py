"""Chooses the kind of answer a question wants."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.compare import compare, difference, total_patients
from assistant.conflicts import find_conflicts
from assistant.corpus import Review
from assistant.describe import Describer
from assistant.draft import Draft, Line, answered, declined, of_fact
from assistant.judging import Judge
from assistant.listing import Lister, none_such
from assistant.lookup import Desk, figure_lines, group_wishes, lookup
from assistant.model import Fact, Kind, Status
from assistant.names import Name
from assistant.question import Ask, QuestionReader
from assistant.retrieval import Retriever
from assistant.say import Speaker, joined
from assistant.selection import Selector, Wanted, number_of, percent_of
from assistant.text import fold, tokens
from assistant.vocabulary import Vocabulary
from assistant.wording import COMPONENTS, CONCLUSION

def _inner(sentence: str) -> str:
    """A sentence as it stands after ``No:``."""
    return sentence[0].lower() + sentence[1:] if sentence.startswith(("In ", "The ")) else sentence


_COUNTING = frozenset("split break breakdown recruit recruited enroll enrolled enrol participant pt ppl size sample number headcount".split())
_PREMISE = re.compile(r"\b(?:why|since|given that|considering|how come|explain|what made|because|as the|now that|despite|how do the authors explain|reasons? (?:that|for|why))\b", re.IGNORECASE)


class Answerer:
    """Answers questions about one review.

    Args:
        review: the review.
        vocabulary: the field's terms.
        retriever: search over its passages.
    """

    def __init__(
        self,
        review: Review,
        vocabulary: Vocabulary,
        retriever: Retriever,
        english: Callable[[], frozenset[str]] | None = None,
    ) -> None:
        selector, speaker = Selector(review, vocabulary), Speaker(review, vocabulary)
        conflicts = find_conflicts(review, selector, speaker, vocabulary)
        self.desk = Desk(review, vocabulary, selector, speaker, conflicts)
        self.reader = QuestionReader(review, vocabulary, english)
        self.lister = Lister(self.desk, self.reader)
        self.describer = Describer(self.desk, self.reader, retriever)
        self.judge = Judge(self.desk, self.reader, self._asked_facts)

    def answer(self, ask: Ask) -> Draft:
        """The draft of an answer; always one, if only a decline."""
        early = self._refusals(ask)
        if early is not None:
            return early
        for step in (
            self._conflict,
            self._definition,
            self._reference,
            self._referring,
            self._premise,
            self._judging,
            self._counting,
            self._ranking,
            self._sum,
            self._comparing,
            self._listing,
            self._summary,
            self._looking_up,
            self._saying,
        ):
            draft = step(ask)
            if draft is not None:
                return draft
        return self._nothing(ask)

    # -- refusals ------------------------------------------------------------------------------

    def _refusals(self, ask: Ask) -> Draft | None:
        review = self.desk.review
        if ask.advice and not (ask.studies and (ask.measures or ask.characteristics) and not re.search(r"\bshould\b|\brecommend", ask.focus, re.IGNORECASE)):
            topics = joined(list(dict.fromkeys(s.section for s in review.raw.sentences if s.studies)))
            covers = f" It covers {topics}." if topics else ""
            return declined(f"This assistant only reports what the review says and gives no advice for a patient; please ask the treating team.{covers}")
        if ask.injected and not ask.text.strip():
            return declined("That is an instruction, not a question about the review; nothing was changed.")
        if ask.named.missing and not ask.named.of("number", "nct"):
            labels = joined([s.id for s in review.studies])
            noun = review.raw.study_label
            plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
            missing = joined(list(ask.named.missing), "or")
            return declined(f"The review has no {missing}; it covers {plural} {labels}.")
        mismatch = self._mismatch(ask)
        if mismatch is not None:
            return mismatch
        return None

    def _mismatch(self, ask: Ask) -> Draft | None:
        """A study named together with an agent or product that is not its own."""
        if not ask.clash or ask.has("compare", "difference", "max", "min", "list", "count_studies", "summary"):
            return None
        firm = [n for n in ask.named.names if n.kind in {"number", "nct", "author"}]
        codes = [n for n in ask.named.names if n.kind in {"agent", "code"}]
        studies = frozenset(s for n in firm for s in n.studies)
        if not studies:
            trials = [n for n in codes if len(n.studies) == 1]
            studies, codes = (trials[0].studies, [n for n in codes if n is not trials[0]]) if trials else (frozenset(), [])
        foreign = [n for n in codes if not n.studies & studies]
        if ask.has("yes_no") and ask.named.of("nct"):
            return None
        if ask.has("yes_no") and not ask.measures and studies and foreign:
            return self._no_such_agent(sorted(studies), foreign)
        if not studies or not foreign:
            return None
        return self._foreign(sorted(studies), foreign)

    def _no_such_agent(self, studies: list[str], foreign: list[Name]) -> Draft | None:
        facts = [f for s in studies for f in self.desk.selector.reported(s, "agents")]
        ncts = [f for s in studies for f in self.desk.selector.reported(s, "nct")]
        lines = [of_fact(f"No: {_inner(self.desk.speaker.characteristic(f))}", f) for f in facts[:1]]
        _ = (ncts, foreign)
        return answered(lines, studies) if lines else None

    def _foreign(self, studies: list[str], foreign: list[Name]) -> Draft:
        facts = [f for s in studies for f in self.desk.selector.reported(s, "agents")]
        names = joined(list(dict.fromkeys(n.text for n in foreign)), "or")
        who = joined([self.desk.name(s) for s in studies])
        text = f"The review does not connect {names} with {who}"
        if facts:
            text += f", whose study agents were {joined(list(dict.fromkeys(f.value for f in facts)))}"
        return declined(text + ".", studies, [(f.passage, f.study) for f in facts])

    # -- kinds of answers ----------------------------------------------------------------------

    def _conflict(self, ask: Ask) -> Draft | None:
        if not ask.has("conflict"):
            return None
        chosen = [c for c in self.desk.conflicts if not ask.studies or c.study in ask.studies]
        if not chosen and ask.described:
            chosen = list(self.desk.conflicts)
        wanted = {*ask.measures, *ask.characteristics, *(m for f in ask.families for m in self.desk.vocabulary.families[f].includes)}
        chosen = [c for c in chosen if c.attribute in wanted] or chosen
        if not chosen:
            if ask.measures or ask.characteristics:
                return None
            if not ask.studies and re.search(r"contradict|inconsisten|discrepan|conflict", ask.focus, re.IGNORECASE):
                return declined("No conflict between text and tables was found in the review.")
            return None
        lines = [Line(c.note, tuple(dict.fromkeys((f.passage, f.study) for f in c.facts)), c.facts) for c in chosen]
        return answered(lines, [c.study for c in chosen], conflicts=tuple(lines))

    def _definition(self, ask: Ask) -> Draft | None:
        lone = re.fullmatch(r"\W*([\w/+-]+)\W*", ask.focus)
        if lone and not ask.inherited and not ask.named.names:
            ask = replace(ask, term=lone[1])
            return self.describer.define(ask)
        if ask.has("definition"):
            return self.describer.define(ask)
        if COMPONENTS.search(ask.focus) and not ask.measures:
            return self.describer.components(ask)
        return None

    def _reference(self, ask: Ask) -> Draft | None:
        numbered = re.search(r"\bref(?:erence)?s?\.?\s*(?:no\.?|number)?\s*#?\d|\[\d+\]", ask.focus, re.IGNORECASE)
        if ask.has("reference", "review") and not ask.measures and (numbered or not any(v.unit for v in ask.values)):
            if re.search(r"\b(?:abstracts|studies|trials|posters)\b", ask.focus, re.IGNORECASE) and re.search(r"\bauthors?\b", ask.focus) and not ask.named.of("number", "author", "nct"):
                return self._all_authors(ask)
            if ask.has("summary") or ask.has("list", "count_studies") and not re.search(r"\breferences?\b", ask.focus, re.IGNORECASE):
                return None
            return self.describer.refer(ask)
        return None

    def _all_authors(self, ask: Ask) -> Draft | None:
        studies = ask.studies or tuple(s.id for s in self.desk.review.studies)
        facts = [f for s in studies for f in self.desk.selector.reported(s, "authors")[:1]]
        return answered([of_fact(self.desk.speaker.characteristic(f), f) for f in facts], [f.study for f in facts]) if facts else None

    def _referring(self, ask: Ask) -> Draft | None:
        """``Which study reported 62.3 %?``, ``what is the 5.3 %?``"""
        if not ask.values or ask.has("why", "difference") or _PREMISE.search(ask.focus):
            return None
        inverse = re.search(
            r"\b(?:refers?|belongs?|stands?|come from|mean|what is (?:the )?(?:figure )?[\d<>]|where (?:does|do|is)|which|who|whose|what (?:was|were|does|do))\b", ask.focus, re.IGNORECASE
        )
        exact = any(v.unit == "%" or "." in v.text for v in ask.values) and (not ask.studies or ask.described) and not ask.has("yes_no")
        if not (inverse or exact) or not exact and ask.studies and (ask.measures or ask.characteristics):
            return None
        if ask.has("list", "count_studies") and re.search(r"more than|less than|fewer|over|above|below|under|at least|at most|[<>≥≤]", ask.focus, re.IGNORECASE):
            return None
        return self.lister.referring(ask)

    def _premise(self, ask: Ask) -> Draft | None:
        """A figure, a design or a reason taken for granted that the review does not give."""
        if not ask.studies:
            return None
        if _PREMISE.search(ask.focus) and (ask.measures or ask.characteristics or ask.values):
            if ask.values:
                wrong = self._disagreeing(ask)
                if wrong is not None:
                    return wrong
            said = self.describer.text(ask) if not ask.values else None
            if said is not None and re.search(r"\b(?:because|due to|owing to|so that|to avoid|to prevent|in order|as a result|result of)\b", said.lines[0].text, re.IGNORECASE):
                return said
            if not ask.measures and not ask.characteristics and any(v.unit == "patients" for v in ask.values):
                ask = replace(ask, characteristics=("n_patients",))
            facts = self._asked_facts(ask) or self._asked_facts(replace(ask, times=())) or self._asked_facts(replace(ask, groups=(), grade=""))
            if facts:
                lines = [of_fact(self._state(f), f) for f in self.desk.selector.distinct(facts)[:3]]
                head = declined("The review does not say so, and gives no reason; what it reports is this.", ask.studies)
                return replace(head, lines=(*head.lines, *lines))
        if _PREMISE.search(ask.focus) and ask.designs and len(ask.studies) == 1 and "phase" not in ask.characteristics:
            wrong_design = self._wrong_design(ask)
            if wrong_design is not None:
                return wrong_design
        if ask.designs and not ask.has("list", "count_studies", "yes_no", "max", "min", "compare", "summary") and len(ask.studies) == 1:
            return self._wrong_design(ask)
        return None

    def _wrong_design(self, ask: Ask) -> Draft | None:
        study = ask.studies[0]
        phases = [d for d in ask.designs if d.startswith("phase")]
        facts = self.desk.selector.facts(study, "phase")
        if not phases or not facts or "phase" in ask.characteristics or not ask.named.of("number", "author", "code", "nct"):
            return None
        own = frozenset(d for f in facts for d in self.reader.designs_of(f))
        if own & set(phases) or any(set(phases) & {o} for o in own):
            return None
        prose = " ".join(p.text for p in self.desk.review.passages if study in p.studies)
        if any(self.desk.speaker.term(d).name.lower() in fold(prose).lower() for d in phases):
            return None
        return declined(
            f"The review does not call it a {self.desk.speaker.term(phases[0]).name} study: {self.desk.speaker.characteristic(facts[0])}",
            ask.studies,
            [(facts[0].passage, study)],
        )

    def _disagreeing(self, ask: Ask) -> Draft | None:
        facts = self._asked_facts(ask)
        if not facts:
            return None
        claimed = [number_of(v.text) for v in ask.values if v.unit in {"%", "patients", ""}]
        given = {number_of(x) for f in facts for x in (f.value, f.percent, str(f.n or "")) if x}
        if not claimed or set(claimed) & given:
            return None
        lines = [desk_line for f in facts[:2] for desk_line in [of_fact(self._state(f), f)]]
        first = joined([v.text for v in ask.values if v.unit in {"%", "patients", ""}], "or")
        head = declined(f"The review does not give {first} there.", ask.studies)
        return replace(head, lines=(*lines, *head.lines)) if False else replace(head, lines=(*head.lines, *lines))

    def _state(self, fact: Fact) -> str:
        if fact.attribute in self.desk.vocabulary.measures:
            return self.desk.speaker.statement(fact)
        return self.desk.speaker.characteristic(fact)

    def _asked_facts(self, ask: Ask) -> list[Fact]:
        found: list[Fact] = []
        for study in ask.studies:
            for measure in self.desk.measures(ask, study):
                for ids in group_wishes(self.desk, ask, study) or [frozenset()]:
                    wanted = Wanted(measure, ask.times, ids, grade=ask.grade, cycle=ask.cycle)
                    found += self.desk.selector.select(study, wanted).facts
            if "n_patients" in ask.characteristics:
                found += [f for f in self.desk.selector.reported(study, "n_patients") if not f.group][:1]
            for characteristic in ask.characteristics:
                if characteristic != "n_patients":
                    found += self.desk.selector.reported(study, characteristic)[:1]
        return found

    def _counting(self, ask: Ask) -> Draft | None:
        if not ask.has("count_studies"):
            return None
        return self.lister.count_studies(ask) or none_such(self.desk, ask)

    def _ranking(self, ask: Ask) -> Draft | None:
        if len(ask.studies) > 1 and len(ask.named.of("number", "author", "nct", "code")) > 1 and not re.search(r"\b(?:highest|lowest|best|worst|largest|smallest|most|fewest)\b", ask.focus, re.IGNORECASE):
            return None
        if len(ask.measures) > 1 and ask.studies:
            return None
        return self.lister.rank(ask) if ask.has("max", "min") and not ask.values else None

    def _sum(self, ask: Ask) -> Draft | None:
        if not re.search(r"\b(?:total|together|altogether|combined|sum|in all)\b", ask.focus, re.IGNORECASE) or len(ask.studies) == 1:
            return None
        if "n_patients" in ask.characteristics or re.search(r"\bpatients\b", ask.focus):
            return total_patients(self.desk, ask) if not ask.measures else None
        return None

    def _comparing(self, ask: Ask) -> Draft | None:
        if not ask.has("compare", "difference"):
            return None
        if ask.has("list") and not ask.studies and not ask.groups:
            return None
        return compare(self.desk, ask)

    def _listing(self, ask: Ask) -> Draft | None:
        if not ask.has("list") or (ask.named.of("number") and not ask.characteristics):
            return None
        found = self.lister.list_studies(ask)
        if found is None and (ask.measures or ask.characteristics or ask.designs) and not ask.studies and not ask.strange:
            return none_such(self.desk, ask)
        return found

    def _summary(self, ask: Ask) -> Draft | None:
        if CONCLUSION.search(ask.focus) and not ask.named.of("number", "author", "nct", "code", "agent"):
            closing = self._closing()
            if closing is not None:
                return closing
        if ask.has("summary") and not (not re.search(r"\b(?:sections?|parts?|studies|trials|abstracts|work)\b", ask.focus) and ask.described and all(n.kind == "topic" for n in ask.named.names)) and not ask.measures and not ask.unheard and not {c for c in ask.characteristics if self._is_reported(c)} - {"outcomes", "authors"}:
            return self.describer.summarise(ask)
        return None

    def _judging(self, ask: Ask) -> Draft | None:
        """Yes or no, where the question asks so and figures decide it."""
        return self.judge.answer(ask)

    def _closing(self) -> Draft | None:
        """The sentences of the review's concluding section."""
        passages = [p for p in self.desk.review.passages if p.locator.kind is Kind.SENTENCE]
        last = [p for p in passages if re.search(r"conclu|highlight|discussion|summary|perspective|remarks", p.locator.section, re.IGNORECASE)]
        return answered([self.describer.quoting(p) for p in last[:2]]) if last else None

    def _looking_up(self, ask: Ask) -> Draft | None:
        if self._beyond(ask):
            return None
        if "study_period" in ask.characteristics and not ask.measures and (not ask.studies or ask.described) and ask.implied:
            ask = replace(ask, characteristics=())
        reported = tuple(c for c in ask.characteristics if self._is_reported(c))
        if ask.characteristics == ("n_patients",) and not ask.groups and (left := self._leftover(ask)):
            said = self._saying(ask)
            if said is not None and said.sure > 0.6 and not ask.strange:
                return said
            return declined(f"The review does not give that number ({joined(left)}) for {joined([self.desk.name(s) for s in ask.studies])}.", ask.studies)
        if not ask.measures and not ask.families and (not ask.studies or ask.described) and set(reported) <= {"agents", "outcomes", "population"}:
            said = self._saying(ask)
            if said is not None and said.sure > 0.6:
                return said
        if set(ask.characteristics) & {"population", "disease"} and not set(reported) & {"population", "disease"} and ask.studies and not ask.measures:
            said = self.describer.population(ask)
            if said is not None:
                return said
        if not ask.measures and not ask.families and not reported:
            said = self._saying(ask)
            if said is not None:
                return said
        elif reported and reported != ask.characteristics:
            ask = replace(ask, characteristics=reported)
        if (ask.implied and ask.characteristics == ("agents",)) or (ask.measures and not any(self._is_reported(m) for m in ask.measures)):
            said = self._saying(replace(ask, measures=()))
            unreported = {m for m in ask.measures if not self._is_reported(m)}
            if said is not None and said.sure > 0.55 and (not unreported or said.sure > 0.6 or unreported & self._named_in(said)):
                return said
        draft = lookup(self.desk, ask)
        if draft is not None and draft.status is Status.DECLINED and not ask.measures and not reported:
            return draft
        return draft

    def _leftover(self, ask: Ask) -> list[str]:
        """Words that narrow down a number of patients, and that nothing of the study explains."""
        if len(ask.studies) != 1 or ask.values or ask.translated:
            return []
        words = self.reader.names.words
        explained = {k for k, _ in ask.aliases} | {t.key for n in ask.named.names for t in tokens(n.text)}
        return [k for k in ask.content if k not in explained and ask.studies[0] not in words.get(k, ()) and k not in self.desk.vocabulary.scaffold and k not in _COUNTING]

    def _named_in(self, draft: Draft) -> frozenset[str]:
        """Ids of the terms that the passages of a draft name."""
        passages = {p for line in draft.lines for p, _ in line.support}
        return frozenset(i for p in self.desk.review.passages if p.id in passages for i in self.describer._terms_in(p))

    def _is_reported(self, characteristic: str) -> bool:
        """Whether the review gives this characteristic of any study."""
        names = (characteristic, *self.desk.vocabulary.term(characteristic).also)
        if any(self.desk.selector.facts(s.id, n) for s in self.desk.review.studies for n in names):
            return True
        return any(n in f.group for f in self.desk.review.facts for n in names if n in self.desk.vocabulary.populations)

    def _beyond(self, ask: Ask) -> bool:
        """Whether the question hangs on a word that nobody knows: an unknown drug, mutation or subgroup."""
        return bool(ask.strange) and not ask.studies

    def _saying(self, ask: Ask) -> Draft | None:
        if ask.measures and not ask.studies and ask.strange:
            return None
        return self.describer.text(ask)

    def _nothing(self, ask: Ask) -> Draft:
        review = self.desk.review
        who = joined([self.desk.name(s) for s in ask.studies[:2]])
        if ask.strange:
            what = f"“{joined(list(ask.strange[:3]), 'or')}”"
            text = f"The review says nothing of {what}" + (f" for {who}" if who else "") + "."
        elif who:
            given = [self.desk.speaker.short(m) for s in ask.studies[:1] for m in self.desk.selector.measures_of(s)][:5]
            text = f"The review does not report that for {who}" + (f"; it gives {joined(given)}." if given else ".")
        else:
            text = "The review does not say that."
        topics = joined(list(dict.fromkeys(s.section for s in review.raw.sentences if s.studies and not re.search(r"\d", s.section))))
        about = f" It covers: {topics}." if topics and not who else ""
        return declined(text + about, ask.studies, sure=0.0)


_ = (difference, figure_lines, percent_of)
