"""Chooses the kind of answer a question wants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from assistant.answer.across import Across
from assistant.answer.acts import of_drug
from assistant.answer.background import of_background
from assistant.answer.beside_said import all_got_well, said_beside
from assistant.answer.cause import of_cause
from assistant.answer.cells import blanks_asked, cell_asked, table_says
from assistant.answer.clause import clause_said
from assistant.answer.continued import told_of_stopping
from assistant.answer.counted import counted_instead
from assistant.answer.define import Definition
from assistant.answer.demanded import demanded
from assistant.answer.drug_class import class_untold, of_class
from assistant.answer.effect_told import effect_told
from assistant.answer.elsewhere import of_others
from assistant.answer.existing import existing
from assistant.answer.fatal import fatal_told
from assistant.answer.granted import not_granted
from assistant.answer.instead import quoted_instead
from assistant.answer.kind import of_kind
from assistant.answer.lengths import of_length
from assistant.answer.lookup import LookUp
from assistant.answer.manner import of_limits, of_manner
from assistant.answer.marked import marked
from assistant.answer.meant import of_measures, of_study, unexplained
from assistant.answer.narrower import narrowed
from assistant.answer.not_so import NotSo
from assistant.answer.numbered import numbered
from assistant.answer.outright import said_outright
from assistant.answer.parted import by_parts
from assistant.answer.predicted import predicted
from assistant.answer.premise import Premise, conflicts_asked
from assistant.answer.protocol import of_protocol
from assistant.answer.reasons import counted_reasons
from assistant.answer.refer import reference, whose_figure
from assistant.answer.refusals import crowded, nothing_found, parts, refusal, unequalled, unranked
from assistant.answer.revised import in_words, no_reason, no_thing, of_no_such, with_several
from assistant.answer.section import of_section
from assistant.answer.sensitivity import of_other_depth
from assistant.answer.share_verdict import weighed
from assistant.answer.sizes import sized
from assistant.answer.standing import upheld
from assistant.answer.stopped_for import stopped_for
from assistant.answer.summary import conclusion, summary, told_by
from assistant.answer.telling import told_in_words
from assistant.answer.thing_told import ThingTold
from assistant.answer.told_of_them import told_of_them
from assistant.answer.unsaid import unsaid
from assistant.answer.verdict_put import decided, turned
from assistant.answer.which_studies import told_by_property
from assistant.answer.whom import unaccounted
from assistant.answer.words import aimed_at, called_similar
from assistant.compare.over_time import changed_since
from assistant.compare.sides import either_side, either_way
from assistant.conflicts import find_conflicts
from assistant.corpus.corpus import Review
from assistant.desk import Desk
from assistant.draft import Draft
from assistant.judging.borne import borne, settled
from assistant.judging.given import drug_given
from assistant.judging.judging import Judge
from assistant.judging.weighing import weighed as sides_weighed
from assistant.lookup.declining import mention_left
from assistant.lookup.lookup import asked_facts
from assistant.model import Status
from assistant.question.reader import Ask, QuestionReader
from assistant.retrieval.retrieval import Retriever
from assistant.say import Speaker
from assistant.selection import Selector
from assistant.studies.alike import alike
from assistant.studies.listing import Lister
from assistant.telling.counted_as import counted_as
from assistant.telling.covering import covering, gone_without, told, told_of_cause
from assistant.telling.defined_so import defined_so
from assistant.telling.describe import Describer
from assistant.telling.naming import two_names
from assistant.telling.reasoning import reason_told
from assistant.vocabulary.vocabulary import Vocabulary


@dataclass(frozen=True)
class Step:
    """One kind of answer.

    Attributes:
        answer: gives the draft, or None where the question is not of that kind.
        final: the draft is said as it is.
        certain: no sentence replaces the draft.
        loose: the draft may answer another question than the one asked, where its words say more.
        apart: each side of the question was read and looked up by itself, with its own patients.
    """

    answer: Callable[[Ask], Draft | None]
    final: bool = False
    certain: bool = False
    loose: bool = False
    apart: bool = False


def _always(step: Step, draft: Draft) -> bool:
    return True


@dataclass(frozen=True)
class Revision:
    """What may be said in place of a draft.

    Attributes:
        better: gives the other draft, or None.
        applies: whether it is tried on the draft of a step.
    """

    better: Callable[[Ask, Draft], Draft | None]
    applies: Callable[[Step, Draft], bool] = _always


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
        self.judge = Judge(self.desk, self.reader, partial(asked_facts, self.desk))
        self.steps = self._all_steps()
        self.revisions = self._all_revisions()

    def _all_steps(self) -> tuple[Step, ...]:
        """In order; the first that has an answer gives it."""
        desk, reader, describer = self.desk, self.reader, self.describer
        lister = Lister(desk, reader)
        across = Across(desk, reader, describer, lister)
        figures = LookUp(desk, reader, describer)
        teller = ThingTold(desk, describer)
        return (
            Step(partial(of_drug, desk, describer), final=True),
            Step(teller.answer, final=True),
            Step(partial(refusal, desk), certain=True),
            Step(partial(not_granted, reader, self._judged), final=True),
            Step(partial(drug_given, desk), certain=True),
            Step(partial(of_limits, desk, describer), final=True),
            Step(partial(unequalled, desk), certain=True),
            Step(partial(of_others, desk, describer), certain=True),
            Step(lister.chosen, certain=True),
            Step(partial(existing, across), certain=True),
            Step(partial(conflicts_asked, desk), certain=True),
            Step(partial(parts, desk), certain=True),
            Step(partial(of_section, desk, describer), certain=True),
            Step(partial(cell_asked, desk, describer), certain=True),
            Step(partial(table_says, desk, describer), certain=True),
            Step(partial(blanks_asked, desk)),
            Step(partial(two_names, desk, quoting=describer.quoting)),
            Step(partial(told_in_words, desk, describer), final=True),
            Step(partial(counted_as, desk, describer), final=True),
            Step(partial(reason_told, desk, describer), final=True),
            Step(partial(of_manner, desk, describer), final=True),
            Step(partial(said_beside, desk, describer), final=True),
            Step(partial(all_got_well, desk, describer), final=True),
            Step(partial(effect_told, desk, describer), final=True),
            Step(NotSo(desk, describer, teller).answer, final=True),
            Step(partial(predicted, desk, describer), final=True),
            Step(partial(defined_so, desk, describer), final=True),
            Step(Definition(desk, describer).answer),
            Step(partial(reference, desk, describer, lister)),
            Step(partial(whose_figure, lister)),
            Step(partial(class_untold, desk, reader.names), certain=True),
            Step(partial(counted_reasons, desk, describer), certain=True),
            Step(partial(told_of_stopping, desk, describer), certain=True),
            Step(partial(told_of_cause, describer)),
            Step(partial(aimed_at, desk, describer)),
            Step(partial(called_similar, desk, describer)),
            Step(Premise(desk, reader, describer).answer, certain=True),
            Step(partial(marked, desk, describer)),
            Step(partial(stopped_for, desk), certain=True),
            Step(self.judge.answer),
            Step(partial(of_protocol, desk, describer)),
            Step(partial(alike, desk)),
            Step(partial(told_by_property, desk, describer, across)),
            Step(across.sides_apart, apart=True),
            Step(partial(unranked, desk)),
            Step(across.counting, loose=True),
            Step(across.ranking, loose=True),
            Step(across.arms_within),
            Step(across.total),
            Step(partial(changed_since, desk)),
            Step(across.comparing),
            Step(partial(conclusion, desk, describer)),
            Step(across.listing, loose=True),
            Step(partial(summary, desk, describer)),
            Step(partial(told_by, desk, describer)),
            Step(figures.answer, loose=True),
            Step(figures.quote),
        )

    def _all_revisions(self) -> tuple[Revision, ...]:
        """In order; each is tried on what the one before left."""
        desk, describer = self.desk, self.describer
        return (
            Revision(partial(of_background, desk, describer), lambda step, _: step.loose),
            Revision(partial(in_words, desk, describer), lambda step, _: step.loose),
            Revision(partial(no_thing, desk)),
            Revision(partial(of_no_such, desk)),
            Revision(partial(with_several, desk)),
            Revision(partial(no_reason, desk)),
            Revision(
                lambda ask, _: covering(describer, ask),
                lambda step, draft: step.loose and draft.status is Status.DECLINED,
            ),
            Revision(partial(quoted_instead, desk, describer)),
            Revision(partial(narrowed, desk, describer)),
            Revision(partial(unsaid, desk, describer)),
            Revision(partial(unaccounted, desk, describer), lambda step, _: not step.apart),
            Revision(
                partial(told_of_them, desk, describer), lambda _, draft: draft.status is Status.DECLINED
            ),
            Revision(partial(counted_instead, desk, describer), lambda step, _: not step.certain),
            Revision(partial(told, describer), lambda step, _: not step.certain),
            Revision(partial(of_kind, desk, describer), lambda step, _: not step.certain),
            Revision(partial(said_outright, desk, describer), lambda step, _: not step.certain),
            Revision(partial(clause_said, desk, describer), lambda step, _: not step.certain),
            Revision(partial(of_cause, desk, describer)),
            Revision(partial(fatal_told, desk, describer)),
            Revision(partial(of_other_depth, desk)),
            Revision(partial(sized, desk, describer)),
            Revision(
                partial(told_of_them, desk, describer), lambda _, draft: draft.status is Status.ANSWERED
            ),
            Revision(partial(turned, desk, describer)),
            Revision(partial(demanded, desk), lambda step, _: not step.certain),
            Revision(partial(crowded, desk)),
        )

    def meant(self, ask: Ask) -> Ask:
        """``ask`` as the steps read it."""
        ask = of_class(self.desk, self.reader.names, ask)
        return either_way(
            by_parts(self.desk, self.aligned(of_length(self.desk, of_measures(self.desk, ask))))
        )

    def _judged(self, claim: Ask) -> Draft | None:
        """Yes or no to a claim, with the figures that say so; None where nothing decides it."""
        ask = self.meant(claim)
        return self.judge.answer(ask) or sides_weighed(self.desk, ask)

    def aligned(self, ask: Ask) -> Ask:
        """``ask`` with the study's own arms and subgroups in place of the question's words for them."""
        return of_study(self.desk, either_side(self.reader, ask))

    def unexplained(self, ask: Ask) -> list[str]:
        """Words of the question that name neither a study nor what is asked."""
        return unexplained(self.desk, ask)

    def answer(self, ask: Ask) -> Draft:
        """The draft of an answer; always one, if only a decline."""
        ask = self.meant(ask)
        draft = self._found(ask)
        if not draft.told:
            draft = decided(self.desk, self.describer, ask, draft) or draft
        return self.upheld(ask, settled(self.desk, self.reader, ask, draft))

    def upheld(self, ask: Ask, draft: Draft) -> Draft:
        """The draft with the verdict on a share claimed, and without one that its places do not bear."""
        draft = weighed(self.desk, self.describer, self.judge.claims, ask, borne(self.desk, ask, draft))
        draft = numbered(self.desk, self.reader, self.describer, ask, draft)
        return upheld(self.desk, self.describer, ask, draft)

    def _found(self, ask: Ask) -> Draft:
        """What the first step that has an answer gives, revised."""
        for step in self.steps:
            if (draft := step.answer(ask)) is not None:
                return draft if step.final else self._revised(ask, step, draft)
        said = covering(self.describer, ask) or clause_said(self.desk, self.describer, ask, None)
        draft = said or nothing_found(self.desk, ask)
        draft = told(self.describer, ask, draft) or draft
        draft = gone_without(self.describer, ask, draft) or draft
        return of_kind(self.desk, self.describer, ask, draft) or draft

    def _revised(self, ask: Ask, step: Step, draft: Draft) -> Draft:
        for revision in self.revisions:
            if revision.applies(step, draft):
                draft = revision.better(ask, draft) or draft
        return mention_left(self.desk, ask, draft)
