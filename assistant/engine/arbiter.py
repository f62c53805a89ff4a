"""Between what the rules found and the passage that a trained model finds: which answers the question.

The rules read a question part by part, and where a part is new to them they decline, or answer another question. The
model reads question and passage as a whole, and points to the number asked for. So the rules' answer stands unless they
left words of the question unexplained and the model is surer of another passage; where they decline, a passage is taken
that the model is sure of together with a number in it. None is taken that is of another time, age, grade or study than
the question names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

from assistant import lazy_re as re
from assistant.answer.acts import may_tell
from assistant.answer.cause import lacks_cause
from assistant.answer.whom import speaks_of
from assistant.cells.reading import is_missing
from assistant.draft import Draft, answered
from assistant.engine.afresh import ARM_WORDS
from assistant.model import Fact, Kind, Passage, Status
from assistant.question.reader import Ask
from assistant.retrieval.passage_model import NUMBER, PassageModel, Seen, beside
from assistant.retrieval.retrieval import Retriever
from assistant.telling.describe import Describer, is_named
from assistant.telling.fitting import asks_thing, gives_quantity, is_causal, is_denied, is_possible, tells_way
from assistant.text.ages import ages_of_group, of_one_age
from assistant.text.text import ORDINALS, tokens
from assistant.vocabulary.wording import CONCLUSION, WHY

_KINDS = tuple(k for k in Kind if k is not Kind.COLUMN)
"""A column holds everything of a study, and answers nothing."""
_WHEN = re.compile(
    r"\W*(?:and |so )?(?:when|(?:at|for|after) (?:what|which) (?:time|point|interval|moment|follow-?up)"
    r"|how (?:long|soon|many \w+) after)\b",
    re.IGNORECASE,
)
"""Asks at what time something was found, which a figure with its time point tells."""
READ = 16
"""Passages that the model reads beside a question."""
OWN = 8
"""Passages of the one study asked about that it reads in any case."""
POINTED, HOLDS = 2.5, 1.5
"""Log-odds of a number, and of its passage, from which they answer what the rules declined."""
TELLS = 3.0
"""The same of a passage alone, where the rules did not understand the whole question."""
LEAST, AHEAD = 2.0, 1.5
"""Log-odds that a passage needs to stand in place of an answer, and by how much they must exceed those of that answer."""
_SAID = 2
"""Sentences of an answer that are weighed against a passage."""
_NOT = re.compile(r"\b(?:not|never|without|no longer)\b|n't\b", re.IGNORECASE)
_HOW_MUCH = re.compile(
    r"\bhow (?:many|much|often|long|old|young|heavy|tall|large|big|small|high|low|great|far|deep|soon|late|early|fast|quick\w*|common"
    r"|frequent\w*|rare\w*|likely)\b",
    re.IGNORECASE,
)
"""Asks for a quantity."""
_HOW_SO = re.compile(r"\bhow (?:do|does|did|is|are|can|could)\b", re.IGNORECASE)
"""Asks for a way of doing."""
_MANY = ("list", "count_studies", "max", "min")
"""Cues of questions after several studies: one passage is no answer."""


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

    def better(
        self, ask: Ask, turns: Sequence[str], draft: Draft, unexplained: Sequence[str]
    ) -> Draft | None:
        """The passage that answers where the draft does not, quoted; None where the draft stands.

        Args:
            ask: what is asked.
            turns: the same in words, after the turn before it if there is one.
            draft: what the rules found.
            unexplained: keys of the words of the question that name neither a study nor what is asked.
        """
        cited = [self._passages[p] for line in draft.lines for p, _ in line.support if p in self._passages]
        declined = draft.status is Status.DECLINED
        if draft.told or not _is_allowed(ask) or ask.has(*_MANY):
            return None
        if self._is_final(ask, unexplained, cited) if declined else self._stands(ask, draft, unexplained):
            return None
        question = " ".join(turns) if len(turns) > 1 else ask.text
        able = self._able(question, ask, cited, declined=declined)
        if not able:
            return None
        said = " ".join(line.text for line in draft.lines[:_SAID])
        beside_them = () if declined else (*map(self._text, cited), said)
        read = self._model.read(question, [*map(self._text, able), *beside_them])
        seen = {p.id: s for p, s in zip(able, read, strict=False)}
        likely = sorted(able, key=lambda p: -seen[p.id].score)
        if declined:
            chosen = self._holding(ask, likely, seen) or self._telling(ask, likely, seen, unexplained)
        else:
            ahead = AHEAD + max(s.score for s in read[len(able) :])
            chosen = likely[0] if seen[likely[0].id].score > max(LEAST, ahead) else None
        if chosen is None:
            return None
        if not declined and len(turns) > 1 and not self._outdoes(chosen, said, turns[-1]):
            return None  # it answers the turn before
        number = self._number(chosen, seen[chosen.id])
        return answered([self._describer.verdict(ask, chosen, number)], chosen.studies)

    def _is_final(self, ask: Ask, unexplained: Sequence[str], cited: Sequence[Passage]) -> bool:
        """Whether no passage can undo a decline: the very cell is empty, or none tells of a measure that was understood."""
        if any(is_missing(p.quote) for p in cited):
            return True
        return not unexplained and bool(ask.measures) and not self._is_told_of(ask)

    def _able(self, question: str, ask: Ask, cited: Sequence[Passage], *, declined: bool) -> list[Passage]:
        """The passages found that may answer; beside an answer only those it does not cite and that are close."""
        found = {p.id: p for p in (*self._found(question), *self._of_study(question, ask), *cited)}
        able = [p for p in found.values() if self._may_answer(ask, p)]
        if declined:
            return able
        return [p for p in able if p not in cited and self._is_close(ask, p) and self._is_of_topic(ask, p)]

    def _is_of_topic(self, ask: Ask, passage: Passage) -> bool:
        """Whether a passage is on the studies that topics name, or speaks of one itself; any is where no topic names them."""
        topics = ask.named.of("topic")
        return not topics or self._is_on(ask, passage) or any(n.text in passage.text for n in topics)

    def _stands(self, ask: Ask, draft: Draft, unexplained: Sequence[str]) -> bool:
        """Whether no passage can say so much as an answer: a verdict, figures set against one another, a looked-up cell."""
        if not _left(unexplained, draft):
            return True
        composed = draft.conflicts or any(line.derivation for line in draft.lines)
        given = {f.attribute for line in draft.lines for f in line.facts}
        looked_up = (
            ask.characteristics and given and given <= self._describer.desk.vocabulary.characteristics.keys()
        )
        facts = [f for line in draft.lines for f in line.facts]
        timed = (
            _WHEN.match(ask.focus)
            and facts
            and all(f.time_point and f.attribute in ask.measures for f in facts)
        )
        return bool(ask.families or ask.has("yes_no") or composed or looked_up or timed)

    @staticmethod
    def _is_on(ask: Ask, passage: Passage) -> bool:
        """Whether a passage is on a study that a question is about; any is where it is about none."""
        return not ask.studies or not set(ask.studies).isdisjoint(passage.studies)

    def _is_told_of(self, ask: Ask) -> bool:
        """Whether a passage that may answer names a measure asked for; without one, no search is worth its time."""
        measures = set(ask.measures)
        return any(
            measures & self._describer.terms_in(p) and self._may_answer(ask, p)
            for p in self._review.passages
            if p.locator.kind in _KINDS and self._is_on(ask, p)
        )

    def _holding(self, ask: Ask, likely: Sequence[Passage], seen: Mapping[str, Seen]) -> Passage | None:
        """The passage that holds the number asked for."""
        if asks_thing(ask):
            return None
        for passage in takewhile(lambda p: seen[p.id].score > HOLDS, likely):
            number = self._number(passage, seen[passage.id])
            if number:
                fits = not (self._is_beside_another(ask, passage, number) or self._lacks_age(ask, passage))
                return passage if fits else None
        return None

    def _telling(
        self, ask: Ask, likely: Sequence[Passage], seen: Mapping[str, Seen], unexplained: Sequence[str]
    ) -> Passage | None:
        """The passage that tells in words what the rules did not understand."""
        understood = ask.measures or ask.families or ask.characteristics
        if understood and not unexplained:
            return None
        counted, by_what_way = _HOW_MUCH.search(ask.text), _HOW_SO.search(ask.text)
        for passage in takewhile(lambda p: seen[p.id].score > TELLS, likely):
            number = self._number(passage, seen[passage.id], 0)
            if (
                (counted and not number)
                or (by_what_way and not tells_way(passage.text))
                or (number and self._is_beside_another(ask, passage, number))
            ):
                continue
            if not self._is_of_characteristic(ask, passage) and self._is_close(ask, passage):
                return passage
        return None

    def _is_of_characteristic(self, ask: Ask, passage: Passage) -> bool:
        """Whether a passage is the cell of a characteristic that is not asked for."""
        facts = self._facts.get(passage.id, ()) if passage.locator.kind is Kind.CELL else ()
        known = self._describer.desk.vocabulary.characteristics
        return any(f.attribute in known for f in facts) and not any(
            f.attribute in ask.characteristics for f in facts
        )

    def _is_beside_another(self, ask: Ask, passage: Passage, number: str) -> bool:
        """Whether a number is read as another characteristic, or as p-value, ratio or interval of another measure."""
        facts = self._facts.get(passage.id, ())
        own = [f for f in facts if number in (m.group() for m in NUMBER.finditer(f.value))]
        asked = {*ask.measures, *ask.characteristics}
        known = self._describer.desk.vocabulary.characteristics
        if own and asked and all(f.attribute in known and f.attribute not in asked for f in own):
            return True
        of = [f.of for f in own if f.of]
        return bool(of) and len(ask.measures) > 1 and not asked & set(of)

    def _lacks_age(self, ask: Ask, passage: Passage) -> bool:
        """Whether an age is asked about that a passage does not speak of."""
        return bool(_ages(ids for _, ids in ask.groups)) and not self._ages_in(passage)

    def _ages_in(self, passage: Passage) -> set[str]:
        """The groups of an age that a passage speaks of."""
        return _ages(g.ids for g in self._review.reader.groups(passage.text))

    def _number(self, passage: Passage, seen: Seen, least: float = POINTED) -> str:
        """The number of a passage that the model is sure to be asked for; "" where it is sure of none."""
        text = self._text(passage)
        head = len(text) - len(passage.text)  # both end alike
        start, odds = max(seen.figures, key=lambda f: f[1], default=(0, 0.0))
        found = NUMBER.match(text, start) if odds > least and start >= head else None
        return found.group() if found else ""

    def _outdoes(self, passage: Passage, said: str, question: str) -> bool:
        """Whether a passage answers a question at least as well as what the draft says."""
        theirs, ours = self._model.read(question, [self._text(passage), said])
        return theirs.score >= ours.score

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

    def _may_answer(self, ask: Ask, passage: Passage) -> bool:
        """Whether a passage is of the study, time, arm, age and grade that a question names, and gives its reason."""
        thing = asks_thing(ask)
        if (ask.has("why") or (thing and WHY.search(ask.text))) and not is_causal(passage.text):
            return False
        if (
            not is_possible(ask, passage.text)
            or is_missing(passage.quote)
            or _differs(ask.text, passage.text)
        ):
            return False
        cited = passage.locator.kind is Kind.REFERENCE
        if thing and (cited or not may_tell(ask, passage) or is_denied(ask, passage.text)):
            return False
        if lacks_cause(self._describer.desk, self._describer, ask, passage):
            return False
        beside = ask.inherited and ask.studies and not passage.studies
        if beside or self._is_of_other_figures(ask, passage) or self._describer.is_unnamed(ask, passage):
            return False
        other = (
            (is_named(ask) or ask.described)
            and passage.studies
            and not set(ask.studies) & set(passage.studies)
        )
        late = ask.times and self._describer.lacks_time(ask, passage.text)
        return not (other or late or self._describer.is_of_other(ask, passage))

    def _is_close(self, ask: Ask, passage: Passage) -> bool:
        """Whether a passage names the measures, the patients and the sort of figure that a question is about."""
        if is_named(ask) and not asks_thing(ask) and not self._is_of_measures(ask, passage):
            return False
        desk = self._describer.desk
        return gives_quantity(ask, passage.text) and speaks_of(desk, self._describer, ask, passage)

    def _is_of_measures(self, ask: Ask, passage: Passage) -> bool:
        """Whether a passage names the measures that a question seems to be about."""
        return set(ask.measures) <= self._describer.terms_in(passage)

    def _is_of_other_figures(self, ask: Ask, passage: Passage) -> bool:
        """Whether what a passage gives of the measure asked for is of other grades or cycles, or speaks of other ages."""
        own = [f for f in self._facts.get(passage.id, ()) if f.attribute in ask.measures]
        if ask.grade and own and all(f.grade != ask.grade for f in own):
            return True
        if ask.cycle and own and all(f.cycle != ask.cycle for f in own):
            return True
        aged = _ages(ids for _, ids in ask.groups)
        said = self._ages_in(passage) if aged else set()
        return bool(said) and not any(of_one_age(a, b) for a in aged for b in said)


def _ages(groups: Iterable[Iterable[str]]) -> set[str]:
    """Those of the ids of groups that are of an age."""
    return {i for ids in groups for i in ids if ages_of_group(i)}


def _is_allowed(ask: Ask) -> bool:
    """Whether any passage may answer a question: the model reads English, and knows no whole."""
    whole = ask.has("summary") or CONCLUSION.search(ask.focus)
    return not (ask.advice or ask.injected or ask.named.missing or ask.translated or whole)


def _differs(question: str, text: str) -> bool:
    """Whether a question is of those who are not so, or of another turn (``third``), where a text is not."""
    if _NOT.search(question) and not _NOT.search(text):
        return True
    asked, said = ({t.key for t in tokens(part)} & set(ORDINALS) for part in (question, text))
    return bool(said) and bool(asked - said)


def _left(unexplained: Sequence[str], draft: Draft) -> set[str]:
    """Those of these words that neither an answer says nor are for patients in general."""
    return set(unexplained) - ARM_WORDS - {t.key for line in draft.lines for t in tokens(line.text)}
