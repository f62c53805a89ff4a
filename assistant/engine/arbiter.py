"""Between what the rules found and the passage that a trained model finds: which answers the question.

The rules read a question part by part, and where a part is new to them they decline, or answer another question. The
model reads question and passage as a whole, but figures mean little to it. So the rules' answer stands unless the
model is far surer of another passage, and no passage is taken that is of another time, arm, grade or study than the
question names.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer.acts import may_tell
from assistant.answer.cause import lacks_cause
from assistant.answer.whom import speaks_of
from assistant.cells.reading import is_missing
from assistant.draft import Draft, answered
from assistant.model import Fact, Kind, Passage, Status
from assistant.question.reader import Ask
from assistant.retrieval.passage_model import PassageModel, beside
from assistant.retrieval.retrieval import Retriever
from assistant.telling.describe import Describer, is_named
from assistant.telling.fitting import asks_thing, gives_quantity, is_causal, is_denied, is_possible
from assistant.text.ages import ages_of_group, of_one_age
from assistant.vocabulary.wording import CONCLUSION, WHY

_KINDS = tuple(k for k in Kind if k is not Kind.COLUMN)
"""A column holds everything of a study, and answers nothing."""
READ = 16
"""Passages that the model reads beside a question."""
OWN = 8
"""Passages of the one study asked about that it reads in any case, where the question is for something told in words."""
SURE, SURE_LATER = 1.5, 2.5
"""Log-odds from which a passage answers what the rules declined, and in a conversation, of which the model reads a part."""
SURE_OF_STUDY = 1.0
"""The same where a thing told in words is asked of a study by its name, and the passage is of that study."""
ASIDE = 1.0
"""By how much surer it must be of a passage that is of none of the studies a question seems to be about."""
OTHER_MEASURE = 1.0
"""The same of a passage that does not name the measure."""
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
        if draft.told:
            return None
        follows, thing = len(turns) > 1, asks_thing(ask)
        if not (thing and _is_allowed(ask)) and not _is_open(ask, draft, unexplained, follows=follows):
            return None
        cited = [self._passages[p] for line in draft.lines for p, _ in line.support if p in self._passages]
        if draft.status is Status.DECLINED and any(is_missing(p.quote) for p in cited):
            return None  # the very cell that was asked for is empty
        question = " ".join(turns) if follows else ask.text
        said = " ".join(line.text for line in draft.lines[:_SAID])
        found = [*self._found(question), *(self._of_study(question, ask) if thing else ())]
        read = {p.id: p for p in (*found, *cited)}
        able = [p for p in read.values() if self._may_answer(ask, p, thing=thing)]
        read = {p.id: p for p in (*able, *cited)}
        *scores, own = self._model.scores(question, [*map(self._text, read.values()), said])
        score = dict(zip(read, scores, strict=True))
        fit = {p.id: score[p.id] - self._doubt(ask, p, thing=thing) for p in able}
        passage = max(able, key=lambda p: fit[p.id], default=None)
        if passage is None:
            return None
        others = [score[p.id] for p in cited if not (thing and p.id == passage.id)]
        firm = thing and is_named(ask) and not (follows or passage in cited or _is_aside(ask, passage))
        if fit[passage.id] <= _needed(draft, [own, *others], follows=follows, firm=firm):
            return None
        if follows and draft.status is Status.ANSWERED and not self._outdoes(passage, said, turns[-1]):
            return None  # it answers the turn before
        return answered([self._describer.verdict(ask, passage)], passage.studies)

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

    def _of_study(self, question: str, ask: Ask) -> list[Passage]:
        """The passages of the one study that a question is about, the best first."""
        if len(ask.studies) != 1:
            return []
        found = self._retriever.search(
            question, studies=ask.studies, review=self._review.id, kinds=_KINDS, k=OWN
        )
        return [e.passage for e in found]

    def _may_answer(self, ask: Ask, passage: Passage, *, thing: bool) -> bool:
        """Whether a passage is of the study, measure, time, arm and grade that a question names, and gives its reason."""
        if (ask.has("why") or (thing and WHY.search(ask.text))) and not is_causal(passage.text):
            return False
        if thing:
            cited = passage.locator.kind is Kind.REFERENCE
            if (
                cited
                or not may_tell(ask, passage)
                or is_denied(ask, passage.text)
                or not is_possible(ask, passage.text)
            ):
                return False
        elif is_named(ask) and not self._is_of_measures(ask, passage):
            return False
        desk = self._describer.desk
        if not gives_quantity(ask, passage.text) or not speaks_of(desk, self._describer, ask, passage):
            return False
        if lacks_cause(desk, self._describer, ask, passage):
            return False
        beside = ask.inherited and ask.studies and not passage.studies
        if beside or self._is_of_other_figures(ask, passage) or self._describer.is_unnamed(ask, passage):
            return False
        other = is_named(ask) and passage.studies and not set(ask.studies) & set(passage.studies)
        late = ask.times and self._describer.lacks_time(ask, passage.text)
        return not (other or late or is_missing(passage.quote) or self._describer.is_of_other(ask, passage))

    def _is_of_measures(self, ask: Ask, passage: Passage) -> bool:
        """Whether a passage names the measures that a question seems to be about."""
        return set(ask.measures) <= self._describer.terms_in(passage)

    def _doubt(self, ask: Ask, passage: Passage, *, thing: bool) -> float:
        """What a passage loses that is not of the studies, or measures, that a question seems to be about."""
        lost = ASIDE * _is_aside(ask, passage)
        return lost if thing or self._is_of_measures(ask, passage) else lost + OTHER_MEASURE

    def _is_of_other_figures(self, ask: Ask, passage: Passage) -> bool:
        """Whether what a passage gives of the measure asked for is of other grades or cycles, or speaks of other ages."""
        own = [f for f in self._facts.get(passage.id, ()) if f.attribute in ask.measures]
        if ask.grade and own and all(f.grade != ask.grade for f in own):
            return True
        if ask.cycle and own and all(f.cycle != ask.cycle for f in own):
            return True
        aged = {i for _, ids in ask.groups for i in ids if ages_of_group(i)}
        if not aged:
            return False
        said = {i for g in self._review.reader.groups(passage.text) for i in g.ids if ages_of_group(i)}
        return bool(said) and not any(of_one_age(a, b) for a in aged for b in said)


def _needed(draft: Draft, own: Sequence[float], *, follows: bool, firm: bool) -> float:
    """What a passage must exceed, where ``own`` are the scores of a draft's words and then of what it cites.

    Less is enough where it is ``firm``: of the study named, where a thing is asked.
    """
    if draft.status is Status.DECLINED:  # one that names what was asked has understood it
        least = SURE_OF_STUDY if firm else SURE
        return max(SURE_LATER if follows else least, own[0])
    return max(LEAST, (AHEAD_LATER if follows else AHEAD) + max(own))


def _is_aside(ask: Ask, passage: Passage) -> bool:
    """Whether a passage is of none of the studies that a question seems to be about."""
    return bool(ask.studies) and not set(ask.studies) & set(passage.studies)


def _is_allowed(ask: Ask) -> bool:
    """Whether any passage may answer a question: the model reads English, and knows no whole."""
    whole = ask.has("summary") or CONCLUSION.search(ask.focus)
    return not (ask.advice or ask.injected or ask.named.missing or ask.translated or whole)


def _is_open(ask: Ask, draft: Draft, unexplained: int, *, follows: bool) -> bool:
    """Whether the rules may have misread a question: what they say then leaves much of it unexplained."""
    if not _is_allowed(ask):
        return False
    if draft.status is Status.DECLINED:
        understood = ask.measures or ask.families or ask.characteristics
        return (unexplained > 0 or not understood) and not ask.has("list")  # one passage is no list
    if draft.conflicts or any(line.derivation for line in draft.lines):
        return False
    if len(draft.studies) > 1 and ask.has("list", "count_studies", "compare", "max", "min"):
        return False  # one passage is no list
    return follows or unexplained >= _LEFT_OVER or any(line.verbatim for line in draft.lines)
