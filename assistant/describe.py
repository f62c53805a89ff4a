"""Answers in the review's own sentences: what the prose says, in whom, and in sum."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.cells import is_missing
from assistant.citing import Citer
from assistant.defining import Definer
from assistant.draft import Draft, Line, answered, declined, of_fact
from assistant.excerpt import excerpt, figures
from assistant.lookup import Desk
from assistant.model import Fact, Kind, Passage
from assistant.question import Ask, QuestionReader
from assistant.retrieval import Retriever
from assistant.text import NUMBER_WORDS, fold, tokens
from assistant.wordmatch import WordMatch

ENOUGH = 0.45
"""Share of a question's words, weighted by rarity, that a passage must hold to answer it."""
CANDIDATES = 64
"""Passages a search brings up to be compared word by word."""
MOST_SENTENCES = 3
"""Sentences of the prose in the summary of one study."""

_CAUSAL = re.compile(
    r"\b(?:because|due to|owing to|so that|to avoid|to prevent|to reduce|in order|as a result|result of|since|therefore|thus|makes? it"
    r"|prompted|led to|leads to|reason|an? (?:\w+ )?target)\b",
    re.IGNORECASE,
)
_FIGURE_ASKED = re.compile(
    r"\bhow (?:many|much|often|long|large|big|high|low|old|frequent\w*|common|quick\w*|soon|fast)\b|\bwhat (?:percentage|proportion|share|fraction|number|rate)\b|\brates?\b"
    r"|\b(?:percentage|proportion|share|fraction|number) of\b",
    re.IGNORECASE,
)
_COUNT_ASKED = re.compile(r"\bhow (?:many|much)\b|\b(?:percentage|proportion|share|fraction) of\b|\bhow (?:often|frequent)", re.IGNORECASE)
_YEAR_ASKED = re.compile(r"\b(?:what|which) (?:calendar )?(?:year|date)\b|^\W*when\b|\bsince when\b|\b(?:date|year) of\b|\w+ date\b", re.IGNORECASE)
_SHARE_ASKED = re.compile(r"\b(?:percentage|proportion|share|fraction)\b", re.IGNORECASE)
_SHARE = re.compile(r"%|\bper\s?cent\b|\b(?:half|third|quarter|most)\b|\d+ (?:of|out of) (?:the )?\d+|\d+/\d+", re.IGNORECASE)
_SPAN_ASKED = re.compile(r"\bhow (?:quick\w*|soon|fast|long)\b|\btime to\b", re.IGNORECASE)
_SPAN = re.compile(rf"\b(?:[\d.]+|{'|'.join(NUMBER_WORDS)})[ -](?:hour|day|week|month|year|cycle)s?\b", re.IGNORECASE)
_METHOD_ASKED = re.compile(r"\bhow (?:is|are|was|were|did|do|does)\b", re.IGNORECASE)
_METHOD = re.compile(r"\b(?:measured|assessed|graded|determined|judged|made|generated|obtained|derived|given|detected|prevented|avoided|done) (?:\w+ )?(?:by|with|from|in|as)\b|\bby \w+ing\b|\busing\b|\bwith the help of\b|\bmeans of\b|\bused\b|\bsource of\b", re.IGNORECASE)
_NONE = re.compile(r"^(?:there (?:was|were) no|no|none|neither|nobody)\b|\bwere no\b|\bno (?:cases?|patients?|events?) ", re.IGNORECASE)
_TAKEN_FOR_GRANTED = re.compile(r"\bhow (?:come|did|do|was|were|long did)\b|\bwhy\b|\bwhen did\b|\bwhich patients\b", re.IGNORECASE)
_IN_SHORT = re.compile(r"\btables?\b|\bsum up\b|\bverdict\b|\bconclu\w+|\btake[- ]?(?:home|away)", re.IGNORECASE)
_UP = re.compile(r"\b(?:worse\w*|more|higher|increas\w+|rais\w+|ris(?:e|es|ing)|rose|aggravat\w+|exacerbat\w+|boost\w*)\b", re.IGNORECASE)
_DOWN = re.compile(r"\b(?:less|lower\w*|reduc\w+|decreas\w+|fewer|fall\w*|fell|minim\w+|prevent\w*|avoid\w*|diminish\w*)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A passage and how well it answers."""

    score: float
    cover: float
    cosine: float
    passage: Passage


class Describer:
    """Finds what the review says in words.

    Args:
        desk: the review's facts and words.
        reader: its question reader.
        retriever: search over its passages.
    """

    def __init__(self, desk: Desk, reader: QuestionReader, retriever: Retriever) -> None:
        self.desk = desk
        self.retriever = retriever
        self.matching = WordMatch(reader)
        self.citer = Citer(desk, self.matching)
        self.definer = Definer(desk, self.matching, self.quoting)
        self.define = self.definer.define
        self.components = self.definer.components
        self.refer = self.citer.refer
        self.terms_in = self.matching.terms_in
        self._terms_in = self.matching.terms_in

    def quoting(self, passage: Passage, text: str = "") -> Line:
        """A passage in its own words as a sentence of the answer; or ``text``, a part of it."""
        study = passage.studies[0] if passage.studies else ""
        if text and text != passage.text:
            return Line(text, ((passage.id, study),))
        text = passage.text
        if passage.locator.kind is Kind.CELL:
            value = re.sub(r"\s*\[[\d, ]+\]", "", passage.quote).rstrip(".")
            text = f"{self.desk.name(study)}, {passage.locator.row}: {value}."
        facts = tuple(f for f in self.desk.review.facts if f.passage == passage.id)
        return Line(text, ((passage.id, study),), facts, verbatim=True)

    # -- summaries -----------------------------------------------------------------------------

    def summarise(self, ask: Ask) -> Draft | None:
        """What the review says of the studies: its main sentences for one or two, one line each for more."""
        if not ask.studies:
            return None
        lines: list[Line] = []
        if _IN_SHORT.search(ask.focus):
            lines = [line for study in ask.studies for line in self._cells(study, "summary")]
        if not lines and len(ask.studies) <= 2:
            for study in ask.studies:
                lines += [self.quoting(p) for p in self._main_sentences(study)] + self._cells(study, "summary")
        elif not lines:
            for study in ask.studies:
                lines += self._cells(study, "outcomes", "summary") or [self.quoting(p) for p in self._sentences_of(study)[:1]]
        return answered(lines, ask.studies) if lines else None

    def _cells(self, study: str, *rows: str) -> list[Line]:
        """A study's own cells of these rows, one line each."""
        facts = [f for row in rows for f in self.desk.selector.reported(study, row)[:1]]
        return [of_fact(self.desk.speaker.characteristic(f), f) for f in facts]

    def _main_sentences(self, study: str) -> list[Passage]:
        """The sentence that says what was done in whom, and those with the main outcomes, in their order."""
        own = self._sentences_of(study)
        ranked = sorted(own[1:], key=lambda p: (-self._weight(p), own.index(p)))
        return sorted([*own[:1], *ranked[: MOST_SENTENCES - 1]], key=own.index)

    def _weight(self, passage: Passage) -> int:
        """How much a sentence says of the outcomes of all patients; 0 where it states none."""
        facts = [f for f in self.desk.review.facts if f.passage == passage.id]
        return sum(2 if self._is_main(f) else 1 for f in facts if f.attribute in self.desk.vocabulary.measures)

    def _is_main(self, fact: Fact) -> bool:
        return self.desk.vocabulary.measures[fact.attribute].kind == "rate" and not fact.group

    def _sentences_of(self, study: str) -> list[Passage]:
        return [p for p in self.desk.review.passages if p.locator.kind is Kind.SENTENCE and study in p.studies]

    # -- patients ------------------------------------------------------------------------------

    def population(self, ask: Ask) -> Draft | None:
        """Who was in a study: its sentence that says most of its patients."""
        lines = []
        for study in ask.studies[:2]:
            everyone = self.desk.review.populations.get(study, frozenset())
            lexicon = self.desk.review.reader.matchers.populations
            scored = [
                (len({m.ids[0] for m in lexicon.find(tokens(p.text))} & everyone) + ("patients" in p.text), -i, p)
                for i, p in enumerate(self._sentences_of(study))
            ]
            if scored and max(scored)[0] > 0:
                lines.append(self.quoting(max(scored, key=lambda s: s[:2])[2]))
        return answered(lines, ask.studies) if lines else None

    # -- text ----------------------------------------------------------------------------------

    def text(self, ask: Ask) -> Draft | None:
        """The sentence or cell that answers a question in words; None where none covers it."""
        if not self.matching.weighed(ask):
            return None
        best = self._best(ask)
        if best is None:
            return None
        if not self._is_enough(ask, best):
            return self._unexplained(ask, best)
        passage = best.passage
        answer = self.quoting(passage, self._part(ask, passage))
        if ask.has("why") and not _CAUSAL.search(passage.text):
            return declined("The review gives no reason for that; it says this.", passage.studies, sure=best.score).plus(answer)
        none = not ask.has("yes_no") and _TAKEN_FOR_GRANTED.search(ask.focus) and _NONE.search(passage.text)
        if none or ask.has("why") and _opposed(ask.focus, passage.text):
            return declined("The review does not say so; it says this.", passage.studies, sure=best.score).plus(answer)
        return answered([answer], passage.studies, sure=best.score)

    @staticmethod
    def _is_enough(ask: Ask, best: Found) -> bool:
        """Whether a passage covers a question well enough to answer it; more is asked where it hangs on an unknown name."""
        least = 0.8 if ask.unheard or not ask.content else ENOUGH
        return best.cover >= least and best.cosine >= (0.1 if best.cover > 0.85 else 0.2)

    def _unexplained(self, ask: Ask, best: Found) -> Draft | None:
        """For a reason that the review does not give of a study named: what it says nearest to it, without figures."""
        passage = best.passage
        if not ask.has("why") or ask.unheard or not ask.named.of("number", "author", "nct", "code") or not set(ask.studies) & set(passage.studies):
            return None
        part = excerpt(passage.text, lambda part: not figures(part))
        if best.cosine < 0.25 or figures(part):
            return None
        head = declined(f"The review does not say so of {self.desk.name(passage.studies[0])}; it says this.", passage.studies, sure=best.score)
        return head.plus(self.quoting(passage, part))

    def _best(self, ask: Ask) -> Found | None:
        found = [f for f in self._scored(ask) if self._of_kind(ask, f.passage)]
        return max(found, key=lambda f: f.score, default=None)

    def _scored(self, ask: Ask) -> Iterable[Found]:
        """The passages that a search brings up, scored; background sentences, too, where studies are named."""
        kinds = (Kind.SENTENCE, Kind.CELL)
        studies = () if ask.described else ask.studies
        review = self.desk.review.id
        found = {e.passage.id: e for e in self.retriever.search(ask.text, studies=studies, review=review, kinds=kinds, k=CANDIDATES)}
        if studies:
            wide = self.retriever.search(ask.text, review=review, kinds=(Kind.SENTENCE,), k=CANDIDATES)
            found |= {e.passage.id: e for e in wide if not e.passage.studies and e.passage.id not in found}
        aside = bool(studies and ask.named.of("number", "nct", "author"))
        for evidence in found.values():
            passage = evidence.passage
            if passage.locator.kind is Kind.CELL and is_missing(passage.quote):
                continue
            cover = self.matching.coverage(ask, passage) - 0.1 * (aside and not passage.studies)
            cosine = evidence.cosine or 0.0
            bonus = 0.03 * (passage.locator.kind is Kind.SENTENCE) + 0.1 * self.matching.light(ask, passage) + self._fits(ask, passage)
            yield Found(0.65 * cover + 0.35 * max(cosine, 0.0) + bonus, cover, cosine, passage)

    @staticmethod
    def _fits(ask: Ask, passage: Passage) -> float:
        """What a passage gains by being of the kind asked for: a way of doing for ``how``, few figures where none are asked."""
        gain = 0.08 * bool(_METHOD_ASKED.search(ask.focus) and _METHOD.search(passage.text))
        gain += 0.08 * bool(ask.has("why") and _CAUSAL.search(passage.text))
        if not _FIGURE_ASKED.search(ask.focus) and not ask.values:
            gain -= 0.01 * min(figures(passage.quote), 5)
        return gain

    def _part(self, ask: Ask, passage: Passage) -> str:
        """The part of a sentence that answers as well as the whole; all of it where figures are asked for."""
        if passage.locator.kind is not Kind.SENTENCE or _FIGURE_ASKED.search(ask.focus) or ask.values or not figures(passage.text):
            return passage.text
        whole = self.matching.coverage(ask, passage)
        causal = ask.has("why") and bool(_CAUSAL.search(passage.text))
        return excerpt(
            passage.text,
            lambda part: self.matching.coverage(ask, passage, part) >= whole - 0.001 and (not causal or bool(_CAUSAL.search(part))),
        )

    def _of_kind(self, ask: Ask, passage: Passage) -> bool:
        """Whether a passage can be the kind of answer asked for: a year for ``when``, a number for ``how many``; and says the question's own figures."""
        text = fold(passage.text)
        if _YEAR_ASKED.search(ask.focus) and not re.search(r"\b(?:19|20)\d\d\b", text):
            return False
        if _COUNT_ASKED.search(ask.focus) and not re.search(rf"\d|\b(?:{'|'.join(NUMBER_WORDS)})\b", text, re.IGNORECASE):
            return False
        if _SHARE_ASKED.search(ask.focus) and not _SHARE.search(text) or _SPAN_ASKED.search(ask.focus) and not _SPAN.search(text):
            return False
        numbers = {v.text for v in ask.values if v.unit in {"", "%", "patients"} and re.search(r"\d", v.text)} | set(ask.years)
        return all(re.search(rf"(?<![\d.]){re.escape(re.sub(r'[^0-9.]', '', n))}(?![\d])", text) for n in numbers)


def _opposed(question: str, text: str) -> bool:
    """Whether a question takes a rise for granted where the review says a fall, or the reverse."""
    asked, said = _direction(question), _direction(text)
    return bool(asked and said and asked != said)


def _direction(text: str) -> str:
    """``up``, ``down``, or "" where a text says neither or both."""
    up, down = bool(_UP.search(text)), bool(_DOWN.search(text))
    return "" if up == down else "up" if up else "down"


_ = Sequence
