"""Between what the rules found and the passage that a trained model finds: which answers the question.

The rules read a question part by part, and where a part is new to them they decline, or answer another question. The
model reads question and passage as a whole, but figures mean little to it. So the rules' answer stands unless the
model is far surer of another passage, and no passage is taken that is of another time, arm, grade or study than the
question names.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.ages import ages_of_group, of_one_age
from assistant.answer_whom import speaks_of
from assistant.cells import is_missing
from assistant.describe import Describer
from assistant.draft import Draft, answered
from assistant.fitting import gives_quantity, is_causal
from assistant.model import Fact, Kind, Passage, Status
from assistant.passage_model import PassageModel, beside
from assistant.question import Ask
from assistant.retrieval import Retriever

_KINDS = tuple(k for k in Kind if k is not Kind.COLUMN)
"""A column holds everything of a study, and answers nothing."""
READ = 16
"""Passages that the model reads beside a question."""
SURE, SURE_LATER = 1.5, 2.5
"""Log-odds from which a passage answers what the rules declined, and in a conversation, of which the model reads a part."""
LEAST = 0.0
"""Log-odds that a passage needs to stand in place of an answer."""
AHEAD, AHEAD_LATER = 2.6, 3.0
"""By how much it must be surer than that answer and all it cites, and in a conversation."""
_LEFT_OVER = 2
"""Words of a question that an answer leaves unexplained, from which it is doubted."""
_SAID = 2
"""Sentences of an answer that are weighed against a passage."""


class Arbiter:
    """Weighs a draft against the passages of its review.

    Args:
        describer: quotes passages, and knows which cannot answer.
        retriever: search over the passages.
        model: says how well a passage answers.
    """

    def __init__(self, describer: Describer, retriever: Retriever, model: PassageModel) -> None:
        self._describer = describer
        self._review = describer.desk.review
        self._retriever = retriever
        self._model = model
        self._passages = {p.id: p for p in self._review.passages}
        self._facts: dict[str, list[Fact]] = {}
        for fact in self._review.facts:
            self._facts.setdefault(fact.passage, []).append(fact)
        self._texts: dict[str, str] = {}
        """Passages as the model reads them, as they are first wanted."""

    def better(self, ask: Ask, turns: Sequence[str], draft: Draft, unexplained: int) -> Draft | None:
        """The passage that answers where the draft does not, quoted; None where the draft stands.

        Args:
            ask: what is asked.
            turns: the same in words, after the turn before it if there is one.
            draft: what the rules found.
            unexplained: words of the question that name neither a study nor what is asked.
        """
        follows = len(turns) > 1
        if not _is_open(ask, draft, unexplained, follows=follows):
            return None
        cited = [self._passages[p] for line in draft.lines for p, _ in line.support if p in self._passages]
        if draft.status is Status.DECLINED and any(is_missing(p.quote) for p in cited):
            return None  # the very cell that was asked for is empty
        question = " ".join(turns) if follows else ask.text
        said = " ".join(line.text for line in draft.lines[:_SAID])
        read = {p.id: p for p in (*self._found(question), *cited)}
        able = [p for p in read.values() if self._may_answer(ask, p)]
        read = {p.id: p for p in (*able, *cited)}
        *scores, own = self._model.scores(question, [*map(self._text, read.values()), said])
        score = dict(zip(read, scores, strict=True))
        passage = max(able, key=lambda p: score[p.id], default=None)
        needed = _needed(draft, [own, *(score[p.id] for p in cited)], follows=follows)
        if passage is None or score[passage.id] <= needed:
            return None
        if follows and draft.status is Status.ANSWERED and not self._outdoes(passage, said, turns[-1]):
            return None  # it answers the turn before
        return answered([self._describer.quoting(passage)], passage.studies)

    def _outdoes(self, passage: Passage, said: str, question: str) -> bool:
        """Whether a passage answers a question at least as well as what the draft says."""
        theirs, ours = self._model.scores(question, [self._text(passage), said])
        return theirs >= ours

    def _text(self, passage: Passage) -> str:
        """A passage as the model reads it."""
        if passage.id not in self._texts:
            self._texts[passage.id] = beside(self._review, passage)
        return self._texts[passage.id]

    def _found(self, question: str) -> list[Passage]:
        """The passages that a search brings up, the best first."""
        found = self._retriever.search(question, review=self._review.id, kinds=_KINDS, k=READ)
        return [e.passage for e in found]

    def _may_answer(self, ask: Ask, passage: Passage) -> bool:
        """Whether a passage is of the study, measure, time, arm and grade that a question names, and gives its reason."""
        if ask.has("why") and not is_causal(passage.text):
            return False
        if not set(ask.measures) <= self._describer.terms_in(passage) or not gives_quantity(
            ask, passage.text
        ):
            return False
        if not speaks_of(self._describer.desk, self._describer, ask, passage):
            return False
        beside = ask.inherited and ask.studies and not passage.studies
        if beside or self._is_of_other_figures(ask, passage):
            return False
        other = ask.studies and passage.studies and not set(ask.studies) & set(passage.studies)
        late = ask.times and self._describer.lacks_time(ask, passage.text)
        return not (other or late or is_missing(passage.quote) or self._describer.is_of_other(ask, passage))

    def _is_of_other_figures(self, ask: Ask, passage: Passage) -> bool:
        """Whether what a passage gives of the measure asked for is of other grades, or speaks of other ages."""
        own = [f for f in self._facts.get(passage.id, ()) if f.attribute in ask.measures]
        if ask.grade and own and all(f.grade != ask.grade for f in own):
            return True
        aged = {i for _, ids in ask.groups for i in ids if ages_of_group(i)}
        if not aged:
            return False
        said = {i for g in self._review.reader.groups(passage.text) for i in g.ids if ages_of_group(i)}
        return bool(said) and not any(of_one_age(a, b) for a in aged for b in said)


def _needed(draft: Draft, own: Sequence[float], *, follows: bool) -> float:
    """What a passage must exceed, where ``own`` are the scores of a draft's words and then of what it cites."""
    if draft.status is Status.DECLINED:  # one that names what was asked has understood it
        return max(SURE_LATER if follows else SURE, own[0])
    return max(LEAST, (AHEAD_LATER if follows else AHEAD) + max(own))


def _is_open(ask: Ask, draft: Draft, unexplained: int, *, follows: bool) -> bool:
    """Whether the rules may have misread a question: what they say then leaves much of it unexplained."""
    if ask.advice or ask.injected or ask.named.missing or ask.translated or ask.has("summary"):
        return False  # the model reads English, and knows no whole
    if draft.status is Status.DECLINED:
        return unexplained > 0 and not ask.has("list")  # one passage is no list
    if draft.conflicts or any(line.derivation for line in draft.lines):
        return False
    if len(draft.studies) > 1 and ask.has("list", "count_studies", "compare", "max", "min"):
        return False  # one passage is no list
    return follows or unexplained >= _LEFT_OVER or any(line.verbatim for line in draft.lines)
