"""From a question to a verified draft, over one review."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from assistant import lazy_re as re
from assistant.answer.answerer import Answerer
from assistant.answer.settled import plainly
from assistant.compare.ranking import CAUTION
from assistant.corpus.corpus import Review
from assistant.draft import Draft, Line, both
from assistant.engine.afresh import Whole, settle
from assistant.engine.arbiter import Arbiter
from assistant.followup.beside import of_those_counted
from assistant.followup.kept import freed
from assistant.followup.listed import of_listed, the_others
from assistant.followup.merging import merge
from assistant.followup.parts import in_its_place
from assistant.followup.taken_for import taken_for
from assistant.followup.those import of_those
from assistant.followup.whole import again, in_full
from assistant.followup.why import of_what_was_said
from assistant.model import Fact, Kind, Passage, Status
from assistant.question.clumsy import in_plain_english
from assistant.question.parts import leans_on_first, two_questions
from assistant.question.reader import Ask
from assistant.retrieval.passage_model import PassageModel
from assistant.retrieval.retrieval import Retriever
from assistant.text.excerpt import excerpt
from assistant.text.text import tokens
from assistant.verify.verifier import Verifier
from assistant.vocabulary.vocabulary import Vocabulary

log = logging.getLogger(__name__)

_MOST_QUOTES = 2
_FEW_STUDIES = 2
"""Studies up to which a question is about those, and asks for no list."""
_ITS = re.compile(r"\b(?:its|their)\b", re.IGNORECASE)
"""Goes on about the study that the question before it tells."""
_NAMING = {"number": 3, "nct": 3, "author": 2, "code": 2, "agent": 1}
"""How surely a name of this kind points to one review among several."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as one review's reader understands it, not yet answered."""

    engine: ReviewEngine
    ask: Ask
    question: str
    """All turns as one text."""
    parts: tuple[Ask, ...] = ()
    """The questions of a message that joins two."""
    turns: tuple[str, ...] = ()
    """The last turn, after the one before it if there is one."""
    whole: Whole | None = None
    """The last turn as a question of its own, where it leans on the one before."""
    taken: Draft | None = None
    """Whether the last figure is what the turn takes it for, where it only asks that."""

    @property
    def named(self) -> int:
        """How surely the names used point to the review, 0 where none was; see ``_NAMING``."""
        return max((_NAMING.get(n.kind, 0) for n in self.ask.named.names), default=0)

    def draft(self) -> Draft:
        """The verified draft that answers it."""
        if self.taken is not None:
            return self.taken
        whole = self.engine.draft(self.ask, self.question)
        found = both(whole, [self.engine.draft(part, self.question) for part in self.parts])
        if self.whole is not None and not self.parts:
            answer = partial(self.engine.draft, question=self.question)
            found = settle(self.engine.answerer.desk, self.whole, found, answer)
        return self.engine.settled(self, found)

    def sure(self, draft: Draft) -> int:
        """``named``; 1 also where no name was used but the studies of the turns before are meant."""
        return self.named or int(self.ask.inherited and bool(draft.studies))


class ReviewEngine:
    """Answers from one review, with memory of no turn but those passed in.

    Args:
        review: the review.
        vocabulary: the field's terms.
        retriever: the search over the passages of all reviews.
        english: gives the common English words; None where none are known.
        used: gives the words of every review of the corpus; None where it is the only one.
        model: says how well a passage answers; None for rules alone.
    """

    def __init__(
        self,
        review: Review,
        vocabulary: Vocabulary,
        retriever: Retriever,
        english: Callable[[], frozenset[str]] | None = None,
        used: Callable[[], frozenset[str]] | None = None,
        model: PassageModel | None = None,
    ) -> None:
        self.review = review
        self._model = model
        self._english, self._used = english, used
        self._vocabulary = vocabulary
        self._retriever = retriever

    @cached_property
    def answerer(self) -> Answerer:
        """Its answerer, made at the first question."""
        return Answerer(self.review, self._vocabulary, self._retriever, self._english, self._used)

    @cached_property
    def arbiter(self) -> Arbiter | None:
        """Its arbiter, made at the first question; None without a model."""
        if self._model is None:
            return None
        return Arbiter(self.answerer.describer, self._retriever, self._model)

    @cached_property
    def verifier(self) -> Verifier:
        """Its verifier."""
        return Verifier(self.review)

    def warm(self) -> None:
        """Makes answerer and verifier, and lets the search open what it needs."""
        self.reading(("What was the overall survival?",)).draft()
        self._retriever.search(self.review.title, review=self.review.id)

    def reading(self, turns: Sequence[str]) -> Reading:
        """What the last of ``turns`` (at least one) asks this review for, completed from the turns before."""
        history: list[tuple[Ask, Draft]] = []
        before = ""
        for n_turns, turn in enumerate(turns, start=1):
            said = " ".join(turns[:n_turns])
            parts, last = self._parts(turn, history, said), tuple(turns[max(0, n_turns - 2) : n_turns])
            ask = self._asked(turn, history)
            whole = self._whole(turn, ask, before, history) if history else None
            taken = self._taken(turn, said, history) if history else None
            reading = Reading(self, ask, said, parts, last, whole, taken)
            if n_turns < len(turns):
                history.append((reading.ask, reading.draft()))
                before = whole.text if whole else turn
        return reading

    def _taken(self, turn: str, said: str, history: Sequence[tuple[Ask, Draft]]) -> Draft | None:
        """Yes or No to what the turn takes the last figure for, verified; None where it asks something else."""
        found = taken_for(self.answerer.desk, self.answerer.reader.read(turn), history[-1][1])
        checked = found and self._verified(found, said)
        return checked if checked == found else None

    def _whole(self, turn: str, ask: Ask, before: str, history: Sequence[tuple[Ask, Draft]]) -> Whole | None:
        """The turn as a question of its own; None where it stands alone."""
        reader, (last, draft) = self.answerer.reader, history[-1]
        alone = reader.read(turn)
        full = in_full(alone, before, last, reader)
        asked = again(full, ask, self.review.raw.study_label, reader) if full else None
        return Whole(full, asked, alone, ask, last, draft) if full else None

    def _asked(self, turn: str, history: Sequence[tuple[Ask, Draft]]) -> Ask:
        """What ``turn`` asks, completed from the turns before."""
        reader = self.answerer.reader
        ask = reader.read(turn)
        if not history:
            return self.answerer.aligned(ask)
        if (others := the_others(ask, history[-1])) is not None:
            apart = not set(self.draft(others, turn).studies) & set(history[-1][1].studies)
            return others if apart else Ask(text=turn, focus="Which are not?", cues=frozenset({"list"}))
        alone = of_those(ask, history[-1][0], reader)
        completed = merge(alone, history, reader)
        own = in_its_place(self.answerer.aligned(completed), completed, history[-1], reader)
        merged = freed(own, history[-1], reader)
        said = of_those_counted(of_what_was_said(merged, history[-1], reader), alone, history[-1], reader)
        return of_listed(said, alone, history[-1])

    def _parts(self, turn: str, history: Sequence[tuple[Ask, Draft]], said: str) -> tuple[Ask, ...]:
        """What each of two questions of one message asks, where it is known of which studies.

        The one that names none is about the other's.
        """
        pair = two_questions(in_plain_english(turn))
        if pair is None:
            return ()
        first, second = self._asked(pair[0], history), self._asked(pair[1], history)
        if not (first.studies or second.studies) and first.has("list", "max", "min") and _ITS.search(pair[1]):
            found = self.draft(first, said)  # "which was the largest, and what was its OS?"
            second = self._asked(pair[1], [*history, (first, found)])
            told = found.status is Status.ANSWERED and len(set(found.studies)) == 1
            return (second,) if told and set(second.studies) == set(found.studies) else ()
        if first.described and not first.named.names and second.named.names and leans_on_first(pair[1]):
            first = self._asked(pair[0], [*history, (second, self.draft(second, said))])
        if first.studies:
            found = self.draft(first, said)
            if leans_on_first(pair[1]) and found.status is Status.DECLINED:
                return ()  # what is not known of the first is not known of its like
            second = self._asked(pair[1], [*history, (first, found)])
        elif second.studies and not leans_on_first(pair[1]):
            first = self._asked(pair[0], [*history, (second, self.draft(second, said))])
        few = all(0 < len(a.studies) <= _FEW_STUDIES for a in (first, second))
        return (first, second) if few else ()

    def draft(self, ask: Ask, question: str) -> Draft:
        """The verified draft that answers ``ask``, which was asked as ``question``."""
        return self._verified(self.answerer.answer(ask), question)

    def settled(self, reading: Reading, draft: Draft) -> Draft:
        """What is said in the end: ``draft`` or what the model finds better, of the arm and the kind asked for."""
        ask = self.answerer.aligned(reading.ask)
        chosen = self._chosen(ask, reading, draft)
        final = plainly(self.answerer.desk, self.answerer.describer, ask, chosen)
        return final if final is chosen else self._verified(final, reading.question)

    def _chosen(self, ask: Ask, reading: Reading, draft: Draft) -> Draft:
        """``draft``, or the verified passage that the model finds a better answer."""
        if self.arbiter is None:
            return draft
        better = self.arbiter.better(ask, reading.turns, draft, self.answerer.unexplained(ask))
        if better is None:
            return draft
        checked = self._verified(better, reading.question)
        return self.answerer.upheld(ask, checked) if checked == better else draft

    def _verified(self, draft: Draft, question: str) -> Draft:
        """The draft without the sentences their sources do not bear out; a decline where none is left."""
        kept: list[Line] = []
        for line in draft.lines:
            support = self.verifier.check(line, question)
            if support.ok:
                kept.append(line)
            else:
                log.warning("dropped an unsupported statement: %s (%s)", line.text, support.reason)
        if len(kept) == len(draft.lines):
            return draft
        if not any(line.support and line.text != CAUTION for line in kept):
            quotes = self._quotes(draft, question) if draft.status is Status.ANSWERED else ()
            if quotes:
                return replace(draft, lines=quotes, conflicts=())
            return replace(
                draft,
                status=Status.DECLINED,
                lines=(Line("The review gives no figure for that which could be verified.", ()),),
            )
        return replace(draft, lines=tuple(kept), conflicts=tuple(c for c in draft.conflicts if c in kept))

    def _quotes(self, draft: Draft, question: str) -> tuple[Line, ...]:
        """The sentences that state the draft's figures, word for word, where its own words do not hold."""
        wanted = dict.fromkeys(f.passage for line in draft.lines for f in line.facts)
        places = [p for p in self.review.passages if p.id in wanted and p.locator.kind is Kind.SENTENCE]
        facts = [f for line in draft.lines for f in line.facts]
        lines = [self._quote(p, [f for f in facts if f.passage == p.id]) for p in places[:_MOST_QUOTES]]
        cells = [p for p in self.review.passages if p.id in wanted and p.locator.kind is Kind.CELL]
        lines = lines or [self.answerer.describer.quoting(p) for p in cells[:_MOST_QUOTES]]
        return tuple(line for line in lines if self.verifier.check(line, question).ok)

    def _quote(self, passage: Passage, facts: Sequence[Fact]) -> Line:
        """A sentence, or the clauses of it that name the facts' measure and hold their values."""
        measures = self.answerer.reader.matchers.measures

        def keeps(part: str) -> bool:
            named = {i for m in measures.find(tokens(part)) for i in m.ids}
            paired = "respectively" in part or "respectively" not in passage.text
            return paired and all(
                f.value in part and (f.attribute in named or not f.attribute) for f in facts
            )

        support = ((passage.id, (*passage.studies, "")[0]),)
        part = excerpt(passage.text, keeps)
        return Line(passage.quote, support, verbatim=True) if part == passage.text else Line(part, support)
