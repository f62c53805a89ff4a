"""A thing asked for in words, told by the sentence that holds one of its kind and speaks most of what it is asked of.

``What were the two DLTs?`` asks for events by name, and no rate of them is an answer; ``which dose was taken forward?`` for a
dose that was chosen. The kind is settled by the question alone (`assistant.telling.thing_kinds`); of the sentences that hold a
thing of the kind, the one that shares most words with the question answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, Line, answered, declined
from assistant.model import Kind, Passage
from assistant.names.studies import Name
from assistant.question.reader import Ask
from assistant.spans.numbers import numbers
from assistant.telling.describe import Describer
from assistant.telling.shortened import shortest, without_figures
from assistant.telling.thing import OF_STUDY, Thing
from assistant.telling.thing_kinds import OF_ADVERSE, OF_SEVERE, SEVERE, WORST, thing_asked
from assistant.text.reasons import gives_reason, only_follows, reasons_in
from assistant.text.text import fold, tokens

_BEFORE, _ELSEWHERE = 0.7, 0.45
"""What a word of the question counts that stands in the sentence before, or elsewhere in what is said of the study."""
_FIRM = ("number", "nct", "author")
_TELLING = 0.8
"""The same of a word that tells the study from the others."""
_NAMED = 0.1
"""What a sentence gains by naming the drug that the question names."""
_GUESSED = 0.1
"""What a sentence gains by being of a study that the question seems to be on."""
_OF_NOUN = 0.15
"""What it gains by a superlative of the very noun asked for."""
_BESIDE = 0.2
"""What it gains by each drug named beside a dose."""
_NEAR = 50
"""Letters between the two."""
_STEM = 5
_MEANT = 0.2
"""What it gains where that is the only one."""
_EXTRA = 0.02
"""What it gains by each further mark of the kind, up to three."""
_MOST_MARKS = 3
_OTHER_THAN = re.compile(r"\b(?:other than|except(?: for)?|apart from|excluding)\s+[^\s,;]+", re.IGNORECASE)
_OR = re.compile(r"\bor\b", re.IGNORECASE)
"""``in people or in mice``: the model tells both."""
_SEVERAL = frozenset({"event", "dose", "cause of death", "predictor"})
_SHORT = 1
"""Letters of words that name nothing by themselves."""
_COUNTS = frozenset({"", "patients"})
_CLOSED = ("count_studies", "definition", "conflict", "reference", "min")


class ThingTold:
    """Tells the things that questions ask for in words.

    Args:
        desk: the review's facts and words.
        describer: compares words, quotes sentences.
    """

    def __init__(self, desk: Desk, describer: Describer) -> None:
        self.desk, self.describer = desk, describer
        self._said: dict[str, frozenset[str]] = {}
        self._telling: dict[str, frozenset[str]] = {}

    def answer(self, ask: Ask) -> Draft | None:
        """The sentence that holds the thing asked for, or its part; None where none does or no such thing is asked for."""
        refused = ask.advice or ask.injected or ask.named.missing or ask.translated
        if refused or ask.has(*_CLOSED) or ask.but or (ask.has("yes_no") and not _OR.search(ask.focus)):
            return None
        if not (ask.studies or ask.named.names) or any(
            v.percent or v.unit not in _COUNTS for v in ask.values
        ):
            return None
        thing = thing_asked(ask)
        if thing is None or not _may_be_of(self.desk, ask, thing):
            return None
        if ask.has("yes_no") and thing.name != "model":
            return None
        return _Finder(self, ask, thing).draft()

    def said_of(self, study: str) -> frozenset[str]:
        """Keys of all that is said of a study."""
        if study not in self._said:
            own = [p for p in self.desk.review.passages if study and p.studies[:1] == (study,)]
            self._said[study] = frozenset(
                t.key for p in own for text in (p.text, p.locator.section) for t in tokens(text)
            )
        return self._said[study]

    def telling(self, study: str) -> frozenset[str]:
        """Keys that are said of a study and of no other."""
        if study not in self._telling:
            all_studies = {s for p in self.desk.review.passages for s in p.studies[:1]}
            others = [self.said_of(s) for s in all_studies if s != study]
            self._telling[study] = self.said_of(study).difference(*others)
        return self._telling[study]


def _may_be_of(desk: Desk, ask: Ask, thing: Thing) -> bool:
    """Whether the measures that a question names are such as the thing may be asked of."""
    if thing.measured or not ask.measures:
        return True
    if thing.name == "dose" or not thing.events:
        return all(m == "RP2D" or desk.vocabulary.term(m).kind == "text" for m in ask.measures)
    return all(desk.vocabulary.term(m).kind == "event" or m in desk.vocabulary.learnt for m in ask.measures)


class _Finder:
    """The sentences that may hold the thing a question asks for.

    Args:
        teller: knows the review.
        ask: the question.
        thing: the kind of thing.
    """

    def __init__(self, teller: ThingTold, ask: Ask, thing: Thing) -> None:
        self.teller, self.ask, self.thing = teller, ask, thing
        self.desk, self.describer = desk, describer = teller.desk, teller.describer
        self.matching = describer.matching
        names = [n for n in ask.named.names if n.kind != "topic"]
        self.firm = ask.inherited or any(n.kind in _FIRM for n in names)
        idle = thing.idle | OF_STUDY | desk.vocabulary.scaffold
        self.drugs = keys_of(ask.named.of("agent")) - idle
        self.coded = keys_of(ask.named.of("code")) - idle
        most = len(desk.review.studies) / 2
        whole = keys_of(n for n in ask.named.of("topic") if len(n.studies) > most)
        idle |= whole | self.coded | keys_of(n for n in names if n.kind in _FIRM)
        idle |= set() if thing.of_drug else self.drugs
        self.keys = [k for k in ask.content if k not in idle and not k.isdigit() and len(k) > 1]
        self.why = ask.has("why")

    def draft(self) -> Draft | None:
        """The answer; None where no sentence holds such a thing."""
        found = [
            (score, -n, p, before)
            for n, (p, before) in enumerate(self._pool())
            if (score := self._score(p, before))
        ]
        if not found:
            return self._unchosen()
        _, _, best, before = max(found, key=lambda f: f[:2])
        lines = [self._line(best)]
        if self.why and before is not None and only_follows(best.text) and gives_reason(best.text):
            lines.insert(0, self.describer.quoting(before))
        return replace(answered(lines, best.studies[:1] or self.ask.studies), told=True)

    def _unchosen(self) -> Draft | None:
        """That no choice is told of the one study named, where one is asked for; the doses given are none."""
        known = len(self.ask.studies) == 1 and not self.desk.selector.reported(self.ask.studies[0], "RP2D")
        if self.thing.name != "choice" or not known or self.ask.clash:
            return None
        what = "schedule" if "schedule" in self.ask.focus.lower() else "dose"
        text = f"The review does not say which {what} was chosen for {self.desk.name(self.ask.studies[0])}."
        return replace(declined(text, self.ask.studies), told=True)

    def _pool(self) -> Iterator[tuple[Passage, Passage | None]]:
        """The sentences of the studies named, else of all, each with the one before it in its paragraph."""
        before: Passage | None = None
        for passage in self.desk.review.passages:
            if passage.locator.kind is not Kind.SENTENCE:
                continue
            near = before if before is not None and _same_paragraph(before, passage) else None
            before = passage
            study = self._study(passage)
            if self.firm and study not in self.ask.studies:
                continue
            if self.ask.studies or study:
                yield passage, near

    def _study(self, passage: Passage) -> str:
        return passage.studies[0] if passage.studies else self.describer.led.get(passage.id, "")

    def _score(self, passage: Passage, before: Passage | None) -> float:
        """How well a sentence answers; 0 where it does not."""
        text = fold(passage.text)
        if not self._holds(text) or (self.ask.times and self.describer.lacks_time(self.ask, passage.text)):
            return 0.0
        study = self._study(passage)
        own = self.teller.said_of(study)
        words = self.matching.words(_OTHER_THAN.sub(" ", passage.text))
        near = self.matching.words(before.text) if before else None
        spoken_of = words.keys | near.keys if near else words.keys
        if not self.firm and not (self.drugs | self.coded) <= own | words.keys:
            return 0.0
        if self.thing.of_drug and self.drugs and not self.drugs & spoken_of:
            return 0.0
        if not self._names_measure(passage, before):
            return 0.0
        elsewhere = 1.0 if self.thing.of_study else _ELSEWHERE
        telling = self.teller.telling(study)
        total = held = 0.0
        sought = self._sought(text)
        spoken = self.thing.of_study or not sought
        for key in sought:
            weight = self.matching.rarity(key)
            total += weight
            if covered := self.matching.covered(self.ask, key, words):
                held += weight * covered
                spoken = True
            elif near is not None and self.matching.covered(self.ask, key, near):
                held += weight * (max(_BEFORE, elsewhere) if key in own else _BEFORE)
                spoken = spoken or key in self.drugs
            elif key in own:
                held += weight * max(elsewhere, _TELLING * (key in telling))
        if not spoken or (total and held / total < self.thing.least):
            return 0.0
        known = self.thing.of_study and self.ask.studies == (study,)
        if not total and not (self.firm or self.coded or self.drugs or known):
            return 0.0
        if not self.keys and self.thing.firmly and not self.thing.firmly.search(text):
            return 0.0
        beside = self._beside(passage.text) if self.thing.name == "dose" else 0
        if self.thing.name == "dose" and self.drugs and not beside:
            return 0.0
        named = _NAMED * len(self.drugs & words.keys) / len(self.drugs) if self.drugs else 0.0
        marks = min(len(self.thing.held.findall(text)), _MOST_MARKS) * _EXTRA
        marks += _OF_NOUN * self._of_noun(text) + _BESIDE * beside
        reason = _GUESSED * (self.why and gives_reason(passage.text))
        share = held / total if total else 0.5
        guessed = study in self.ask.studies
        meant = _MEANT * (guessed and len(self.ask.studies) == 1) + _GUESSED * guessed
        return share + marks + reason + named + meant

    def _sought(self, text: str) -> list[str]:
        """The words a sentence must speak of: not those for adverse events, where it tells the most frequent of these."""
        if self.thing.name != "most frequent" or not (
            WORST.search(fold(self.ask.focus)) and WORST.search(text)
        ):
            return self.keys
        otherwise = OF_ADVERSE | (OF_SEVERE if SEVERE.search(text) else frozenset())
        return [k for k in self.keys if k not in otherwise]

    def _of_noun(self, text: str) -> bool:
        """Whether a superlative stands right before the very noun that is asked for: ``the most prevalent mutation``."""
        asked = self.thing.asked.search(fold(self.ask.focus)) if self.thing.name == "most frequent" else None
        words = tokens(asked[0]) if asked else []
        stem = re.escape(words[-1].text[:_STEM]) if words else ""
        return bool(stem) and bool(
            re.search(rf"(?:{self.thing.held.pattern}) (?:[^\s,;]+ ){{0,3}}?{stem}", text, re.IGNORECASE)
        )

    def _beside(self, text: str) -> int:
        """How many of the drugs named stand beside a dose in a text."""
        folded = fold(text)
        doses = [m.span() for m in self.thing.held.finditer(folded)]
        spans = [(t.start, t.end) for t in tokens(folded) if t.key in self.drugs]
        near = {
            folded[a:b].lower()
            for a, b in spans
            for c, d in doses
            if -_NEAR < a - d < _NEAR or -_NEAR < c - b < _NEAR
        }
        return len(near)

    def _names_measure(self, passage: Passage, before: Passage | None) -> bool:
        """Whether a sentence, or the one before it, names what a question asks the events of."""
        if self.thing.name != "event" or not self.ask.measures:
            return True
        asked = set(self.ask.measures)
        return any(asked & self.describer.terms_in(p) for p in (passage, before) if p is not None)

    def _holds(self, text: str) -> bool:
        if not self.thing.held.search(text) or not (
            self.thing.besides is None or self.thing.besides.search(text)
        ):
            return False
        cycles = (
            {i for span in numbers(text) if span.kind == "cycle" for i in span.ids}
            if self.ask.cycle
            else set()
        )
        if self.ask.cycle and self.ask.cycle not in cycles:
            return False
        return not self.ask.grade or self._is_graded(text)

    def _is_graded(self, text: str) -> bool:
        """Whether a text speaks of the grade asked for, by its number or, as the question does, by a word."""
        if SEVERE.search(text) and not any(c.isdigit() for c in self.ask.focus):
            return True
        numbers = {c for c in self.ask.grade if c.isdigit()}
        return "grade" in text.lower() and all(n in text for n in numbers)

    def _marks(self, text: str) -> int:
        """How many things a text holds, where several may be asked for at once; 0 where one is enough."""
        return len(self.thing.held.findall(fold(text))) if self.thing.name in _SEVERAL else 0

    def _line(self, passage: Passage) -> Line:
        """The part of a sentence that holds the thing, without figures that were not asked for."""
        whole = reasons_in(passage.text) if self.why else frozenset()
        asked = [k for k in self.keys if self.matching.is_in(self.ask, k, passage.text)]
        marks = self._marks(passage.text)

        def keeps(part: str) -> bool:
            if not self._holds(fold(part)) or not whole <= reasons_in(part):
                return False
            if self.thing.alone:
                return True
            if self._marks(part) < marks:
                return False
            return all(self.matching.is_in(self.ask, k, part) for k in asked)

        part = shortest(passage.text, keeps)
        if not self.thing.figures:
            part = without_figures(part)
        part = _rounded(part)
        return self.describer.quoting(passage, part)


def _rounded(text: str) -> str:
    """``text`` with round brackets in place of square ones, which are for citations."""
    nested = re.search(r"\[[^\]]*\(", text)
    return text if nested else text.replace("[", "(").replace("]", ")")


def keys_of(names: Iterable[Name]) -> set[str]:
    """Keys of the words of names that say something."""
    return {t.key for n in names for t in tokens(n.text) if len(t.key) > _SHORT}


def _same_paragraph(first: Passage, second: Passage) -> bool:
    a, b = first.locator, second.locator
    return (a.section, a.paragraph) == (b.section, b.paragraph)
