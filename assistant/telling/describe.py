"""Answers in the review's own sentences: what the prose says, in whom, and in sum."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant import lazy_re as re
from assistant.cells.reading import grade_of, is_missing
from assistant.corpus.leading import led_in
from assistant.draft import Draft, Line, answered, declined, of_fact
from assistant.lookup.foreign import qualifiers
from assistant.lookup.lookup import Desk
from assistant.model import Fact, Kind, Passage
from assistant.question.reader import Ask, QuestionReader
from assistant.retrieval.retrieval import Retriever
from assistant.selection import same_time
from assistant.spans.scan import scan
from assistant.spans.span import time_key
from assistant.telling.bearing import borne
from assistant.telling.citing import Citer
from assistant.telling.defining import Definer
from assistant.telling.entailing import (
    OPEN,
    denies_else,
    is_more_than_alike,
    is_narrower,
    is_of_other_side,
    is_of_other_sign,
    is_open,
    is_opposite,
)
from assistant.telling.fitting import asks_fate, asks_figures, gain, is_denied, is_possible, named_thing
from assistant.telling.verdict_words import DUE, GIVEN_TO, LACKING, NON, NONE_WITH, clauses
from assistant.telling.wordmatch import WordMatch
from assistant.text.excerpt import excerpt, figures
from assistant.text.idle import IDLE, PEOPLE
from assistant.text.reasons import gives_reason, reasons_in
from assistant.text.text import fold, is_negated_word, tokens

_OF_BACKGROUND = 0.8
"""How much of a question about one study a sentence must cover that is about none."""
ENOUGH = 0.45
"""Share of a question's words, weighted by rarity, that a passage must hold to answer it."""
_FEWEST_WORDS = 4
CANDIDATES = 64
"""Passages a search brings up to be compared word by word."""
CLOSE = 0.35
EASED = 0.3
"""How much less is enough for each point of cosine above ``CLOSE``."""
NEAR = 0.25
"""Cosine from which a passage speaks of a question's subject."""
NOUN_LACKING = 0.15
"""What a passage loses that does not hold the noun asked for."""
MOST_SENTENCES = 3
"""Sentences of the prose in the summary of one study."""

_AFFIRMED = 0.75
"""Coverage from which on a sentence affirms what is asked."""
_DENIED = 0.5
_EITHER_END = re.compile(
    r"\b\w+- or \w+-|\b(?:over|up|hyper)-?(?:expressed|regulated|active) or (?:under|down|hypo)|\b(?:many|much) or (?:few|little)\b"
    r"|\b(?:high|higher|large|long|better|more|good|mild|easy|early|old|safe) or (?:low|lower|small|short|worse|less|bad|poor|severe|hard"
    r"|late|young|harmful)\b|\b(?:before or after|up or down|with or without|for or against)\b",
    re.IGNORECASE,
)
"""Asks which of two ends it is, which yes does not answer."""
_DENIES = re.compile(
    r"\b(?:not|no|never|neither|nor|none|without|cannot|hardly|scarcely|barely|missed|omitted|abandoned|yet to|remains? to be"
    r"|still (?:be|needs?|has to|have to)|unknown|unclear)\b|n't\b",
    re.IGNORECASE,
)
_GIVEN_WHEN = re.compile(
    r"\b(?:given|started|begun|done|administered)\b[^?]*\b(?:before|after)\b", re.IGNORECASE
)
_WHEN_SAID = re.compile(
    r"\b(?:before|after|prior to|following|preced\w+|follow\w+|then|subsequent\w*|first)\b", re.IGNORECASE
)
"""Asks, and says, what was given first."""
_WHICH = re.compile(r"\W*(?:in |for |with )?(?:which|who|what)\b", re.IGNORECASE)
WITHOUT = re.compile(
    r"\b(?:without|no|lack(?:s|ed|ing)?|free of)\s+((?:[\w-]+\s+){0,2}[\w-]+)", re.IGNORECASE
)
"""What something is said to be without: ``without additional X``."""
_ALONE = re.compile(r"\b(?:the (?:only|one|sole|single)|only one|no other)\b", re.IGNORECASE)
_IN_SHORT = re.compile(
    r"\btables?\b|\bverdict\b|\bconclu\w+|\btake[- ]?(?:home|away)|\bbottom line\b|\b(?:one|a|single)[- ](?:line|sentence)\b|\bnutshell\b",
    re.IGNORECASE,
)
_CONCLUDED = re.compile(
    r"\b(?:authors?|investigators?|researchers?|they|and colleagues|et al\.?) (?:\w+ )?(?:conclude[sd]?|infer(?:red)?)\b",
    re.IGNORECASE,
)
"""Says what a study's authors conclude."""
_ACTED_ON = re.compile(
    r"\b(?:affect|influence|change|alter|impact|impair|improve|worsen|reduce|lower|increase|raise|prolong|shorten)(?:e?[ds]|ing)?"
    r" (?:on )?(?P<thing>[^?,;]+?)(?= (?:in|of|with|for|by|among|on)\b|\W*$)",
    re.IGNORECASE,
)
"""What something is asked to have acted on."""
_COMPARES = re.compile(
    r"\b(?:better|worse|superior|inferior|higher|lower|longer|shorter|more|less|fewer|similar|than|versus|vs|compared|differ\w*)\b",
    re.IGNORECASE,
)
"""Sets two things side by side."""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage and how well it answers."""

    score: float
    cover: float
    cosine: float
    passage: Passage


_RESULT_NEXT = re.compile(r"\b(?:was|is|were|to|versus|vs\.?|than|and|reached)\s+$", re.IGNORECASE)
_TIMED = re.compile(
    r"\b(?:at|by|after|within)\s+(?:(?:day|week|month|year)s?\s+\d|\d+\s+(?:days|weeks|months|years))",
    re.IGNORECASE,
)
"""A figure's own time point."""


_NAMES = ("number", "nct", "author", "code", "agent")
"""Kinds of names that point to studies of their own."""
_SHORT = 2
"""Letters of words that name nothing by themselves."""


def is_named(ask: Ask) -> bool:
    """Whether a question names its studies, and they were not guessed from what it says."""
    return bool(ask.studies) and bool(ask.inherited or ask.named.of(*_NAMES))


def _is_fragment(passage: Passage) -> bool:
    """Whether a sentence is but a heading or the name of a part of a figure."""
    return passage.locator.kind is Kind.SENTENCE and len(passage.quote.split()) < _FEWEST_WORDS


_CLASSES = (
    (
        re.compile(r"(?:fewer than|less than|under|below|younger than|<)\s*(\d+(?:\.\d+)?)", re.IGNORECASE),
        "<",
    ),
    (re.compile(r"(?:at least|\u2265|>=)\s*(\d+(?:\.\d+)?)", re.IGNORECASE), ">="),
    (re.compile(r"(\d+(?:\.\d+)?)\s*(?:or more|or older|and more|\+)", re.IGNORECASE), ">="),
    (re.compile(r"(?:more than|over|above|older than|>)\s*(\d+(?:\.\d+)?)", re.IGNORECASE), ">"),
    (re.compile(r"(?<![\d.])(\d+\s*(?:-|to)\s*\d+)(?![\d.%])", re.IGNORECASE), ""),
)


def _classes(text: str) -> set[str]:
    """The numeric classes that a text names: ``fewer than 15`` and ``<15`` are ``<15``, ``15 to 24`` is ``15-24``."""
    folded = fold(text)
    return {sign + re.sub(r"\s*(?:-|to)\s*", "-", m[1]) for p, sign in _CLASSES for m in p.finditer(folded)}


def _is_of_other_class(ask: Ask, passage: Passage) -> bool:
    """Whether a cell is of another class of numbers than the one asked for: ``15-24 nodes`` for ``fewer than 15``."""
    if passage.locator.kind is not Kind.CELL:
        return False
    own, asked = _classes(passage.locator.row.split(", ")[0]), _classes(ask.focus)
    return bool(own and asked) and not own & asked


def _is_of_other_grade(ask: Ask, passage: Passage) -> bool:
    """Whether a cell of a graded row is not of the grade asked for."""
    if not ask.grade or passage.locator.kind is not Kind.CELL:
        return False
    return grade_of(passage.locator.row) != ask.grade


_COMES_OF = re.compile(r"^(?:When|Whenever|Once|If)\s[^,;]{8,},\s(?P<what>.+)$")


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
        self.led = led_in(desk.review)
        self._said: dict[str, set[frozenset[str]]] = {}
        """The groups that sentences name, by passage, as they are first wanted."""
        self._times: dict[str, frozenset[str]] = {}
        """The time points that passages and parts of them name, by their text."""

    def quoting(self, passage: Passage, text: str = "") -> Line:
        """A passage in its own words as a sentence of the answer; or ``text``, a part of it."""
        study = passage.studies[0] if passage.studies else self.led.get(passage.id, "")
        if text and text != passage.text:
            return Line(text, ((passage.id, study),))
        text = passage.text
        if passage.locator.kind is Kind.CELL:
            value = re.sub(r"\s*\[[\d, ]+\]", "", passage.quote).rstrip(".")
            text = f"{self.desk.name(study)}, {passage.locator.row}: {value}."
        if passage.locator.kind is Kind.REFERENCE:
            text = f"{self.desk.name(study) if study else f'Reference {passage.locator.entry}'}: {text}"
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
            lines += [
                self.quoting(p)
                for s in ask.studies
                for p in self._sentences_of(s)
                if _CONCLUDED.search(p.text)
            ][:1]
        if not lines and ask.has("compare") and len(ask.studies) == 1:
            own = self._sentences_of(ask.studies[0])
            lines = [self.quoting(p) for p in own if _COMPARES.search(p.text) and figures(p.text)][:1]
        if not lines and len(ask.studies) <= 2:
            for study in ask.studies:
                lines += [self.quoting(p) for p in self._main_sentences(study)] + self._cells(
                    study, "summary"
                )
        elif not lines:
            for study in ask.studies:
                lines += self._cells(study, "outcomes", "summary") or [
                    self.quoting(p) for p in self._sentences_of(study)[:1]
                ]
        return answered(lines, ask.studies) if lines else None

    def outcome(self, ask: Ask) -> Draft | None:
        """What came of one or two studies, by their cells, else by their main sentences."""
        studies = ask.studies[:2]
        lines = [line for study in studies for line in self._cells(study, "outcomes", "summary")]
        if not lines:
            lines = [self.quoting(p) for study in studies for p in self._main_sentences(study)]
        return answered(lines, studies) if lines else None

    def on_topic(self, ask: Ask) -> Draft | None:
        """What is said of a subject as a whole, and the summary of each of its studies."""
        words = {t.key for n in ask.named.names for t in tokens(n.text)} - self.desk.vocabulary.scaffold
        told = [p for p in self.matching.searchable if not p.studies and p.locator.kind is Kind.SENTENCE]
        told = [p for p in told if words and words <= self.matching.words(p.text).keys]
        lines = [self.quoting(p) for p in told[:1]]
        lines += [line for study in ask.studies for line in self._cells(study, "summary")]
        return answered(lines, ask.studies) if told else None

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
        return sum(
            2 if self._is_main(f) else 1 for f in facts if f.attribute in self.desk.vocabulary.measures
        )

    def _is_main(self, fact: Fact) -> bool:
        return self.desk.vocabulary.measures[fact.attribute].kind == "rate" and not fact.group

    def _sentences_of(self, study: str) -> list[Passage]:
        return [
            p for p in self.desk.review.passages if p.locator.kind is Kind.SENTENCE and study in p.studies
        ]

    # -- patients ------------------------------------------------------------------------------

    def population(self, ask: Ask) -> Draft | None:
        """Who was in a study: its sentence that says most of its patients."""
        lines = []
        for study in ask.studies[:2]:
            everyone = self.desk.review.populations.get(study, frozenset())
            lexicon = self.desk.review.reader.matchers.populations
            scored = [
                (
                    len({m.ids[0] for m in lexicon.find(tokens(p.text))} & everyone) + ("patients" in p.text),
                    -i,
                    p,
                )
                for i, p in enumerate(self._sentences_of(study))
            ]
            if scored and max(scored)[0] > 0:
                best = max(scored, key=lambda s: s[:2])[2]
                lines.append(self.quoting(best, self._part(ask, best)))
        return answered(lines, ask.studies) if lines else None

    # -- text ----------------------------------------------------------------------------------

    def text(self, ask: Ask) -> Draft | None:
        """The sentence or cell that answers a question in words; None where none covers it."""
        if not self.matching.weighed(ask):
            return None
        best = self.best(ask)
        if best is None:
            return None
        return self.said(ask, best) if self.is_enough(ask, best) else self._unexplained(ask, best)

    def said(self, ask: Ask, best: Found) -> Draft | None:
        """The answer that a passage gives, or that the review says otherwise; None where a cell does not decide."""
        passage = best.passage
        if (
            ask.has("yes_no")
            and passage.locator.kind is Kind.CELL
            and figures(passage.quote) > 1
            and best.cover < _AFFIRMED
        ):
            return None
        answer = self.verdict(ask, passage)
        if ask.has("why") and not gives_reason(passage.text) and not self._comes_of(ask, passage.text):
            said = "The review gives no reason for that; it says this."
            return declined(said, passage.studies, sure=best.score).plus(answer)
        if is_denied(ask, passage.text):
            said = "The review does not say so; it says this."
            return declined(said, passage.studies, sure=best.score).plus(answer)
        return answered([answer], passage.studies, sure=best.score)

    def _comes_of(self, ask: Ask, text: str) -> bool:
        """Whether a sentence says when that comes about which a question asks the reason of: ``When X is met, Y is set free``."""
        said = _COMES_OF.match(fold(text))
        keys = [k for k, share in self.matching.weighed(ask) if share == 1.0]
        return said is not None and any(self.matching.is_in(ask, k, said["what"]) for k in keys)

    def is_enough(self, ask: Ask, best: Found) -> bool:
        """Whether a passage covers enough of a question; more where that hangs on an unknown name."""
        least = ENOUGH - EASED * max(best.cosine - CLOSE, 0.0)
        least = 0.8 if ask.unheard or not ask.content else least
        if (
            ask.has("why")
            and ask.named.of("number", "author", "nct")
            and self._lacks_group(ask, best.passage)
        ):
            return False
        if ask.times and self.lacks_time(ask, best.passage.text):
            timed = ask.measures or ask.families or _TIMED.search(fold(best.passage.text))
            if timed:
                return False
        if self._shares_nothing(ask, best.passage):
            return False
        if self._is_apart(ask, best.passage) or self._is_of_another_drug(ask, best.passage):
            return False
        if (ask.named.of("number", "author", "nct") and not (best.passage.studies or ask.has("why"))) or (
            named_thing(ask) and self.is_unnamed(ask, best.passage) and not self._rules_out(ask, best.passage)
        ):
            least = max(least, _OF_BACKGROUND)
        near = NEAR if ask.has("why") else 0.2
        if best.cover > 0.6:
            near = 0.0 if best.cover > 0.75 and ask.studies else 0.1
        return best.cover >= least and best.cosine >= near

    def is_unnamed(self, ask: Ask, passage: Passage) -> bool:
        """Whether a passage on no study lacks the name of the one study that a question names."""
        if passage.studies or not is_named(ask) or len(ask.studies) != 1:
            return False
        names = [n for n in ask.named.of("agent", "code") if n.studies & set(ask.studies)]
        keys = {t.key for n in names for t in tokens(n.text) if len(t.key) > _SHORT}
        return not any(self.matching.covers(ask, k, passage) for k in keys)

    def _shares_nothing(self, ask: Ask, passage: Passage) -> bool:
        """Whether a passage has none of several words that a question says beside the names of its studies."""
        own = self.matching.own_names(ask, passage) | {t.key for n in ask.named.names for t in tokens(n.text)}
        keys = [k for k, share in self.matching.weighed(ask) if share == 1.0 and k not in own]
        return len(keys) > 1 and not any(self.matching.covers(ask, k, passage) for k in keys)

    def verdict(self, ask: Ask, passage: Passage, number: str = "") -> Line:
        """The part of a passage that answers, after ``Yes:`` or ``No:`` where it decides the question.

        Args:
            ask: what is asked.
            passage: the passage.
            number: one that the part must hold.
        """
        part = self._part(ask, passage)
        return self._with_verdict(
            ask, passage, self.quoting(passage, part if number in part else passage.text)
        )

    def _with_verdict(self, ask: Ask, passage: Passage, line: Line) -> Line:
        """``Yes: …`` or ``No: …`` where a sentence says all that a question asks, or denies it."""
        if not ask.has("yes_no") or ask.has("why") or not self.is_prose(passage):
            return line
        firm = passage.studies or ask.named.of("number", "author", "nct", "code")
        about_another = ask.studies and firm and not set(ask.studies) & set(passage.studies)
        if _DENIES.search(ask.focus) or about_another or _EITHER_END.search(ask.focus):
            return line
        if is_more_than_alike(ask.focus, line.text) or not self._speaks_of_product(ask, line.text):
            return line
        if is_of_other_sign(ask.focus, line.text):
            return replace(line, text=f"No: {line.text}", facts=()) if GIVEN_TO.match(ask.focus) else line
        if self._rules_out(ask, passage):
            return replace(line, text=f"No: {line.text}", facts=())
        if verdict := borne(self.desk, self.matching, ask, passage):
            return replace(line, text=f"{verdict}: {line.text}", facts=())
        cover = self.matching.coverage(ask, passage, "" if line.verbatim else line.text)
        if LACKING.search(ask.focus) and (OPEN.search(line.text) or DUE.search(line.text)):
            return replace(line, text=f"Yes: {line.text}", facts=()) if cover >= _AFFIRMED else line
        said = self.matching.words(line.text).keys
        opposite = is_negated_word(frozenset(ask.content), said)
        whom = {t.key for label, _ in ask.groups for t in tokens(label)} - self.desk.vocabulary.scaffold
        acted = _ACTED_ON.search(fold(ask.focus))
        thing = {t.key for t in tokens(acted["thing"])} - self.desk.vocabulary.scaffold if acted else set()
        thing -= self.matching.own_names(ask, passage)
        if not opposite and (denies_else(line.text, whom) or denies_else(line.text, thing)):
            return line
        otherwise = opposite or self._says_otherwise(ask, passage, line.text)
        if not otherwise and self._is_denied(ask, passage, line.text) and self._unmet(ask, line.text):
            return line
        denied = otherwise or self._is_denied(ask, passage, line.text)
        if _GIVEN_WHEN.search(ask.focus) and not _WHEN_SAID.search(line.text):
            return line
        if cover < (_DENIED if denied else _AFFIRMED) or (not denied and is_narrower(ask.focus, line.text)):
            return line
        return replace(line, text=f"{'No' if denied else 'Yes'}: {line.text}", facts=())

    def _unmet(self, ask: Ask, text: str) -> bool:
        """Whether a text says nothing of some of the patients asked about."""
        terms = self.matching.words(text).terms
        return any(
            not ids & terms and not any(self.matching.is_in(ask, t.key, text) for t in tokens(label))
            for label, ids in ask.groups
        )

    def _speaks_of_product(self, ask: Ask, text: str) -> bool:
        """Whether a sentence says of the kind of product asked about (``the patient's own cells``) that it is so, or the opposite."""
        terms, known = self.matching.words(text).terms, self.desk.vocabulary.populations
        kinds = [
            {i, known[i].opposite} for ids in ask.hinted for i in ids if i in known and known[i].opposite
        ]
        return all(kind & terms for kind in kinds)

    def _is_denied(self, ask: Ask, passage: Passage, text: str) -> bool:
        """Whether a denial stands in the part of a text that says most of what is asked."""
        if (none := NONE_WITH.search(fold(text))) and ask.groups:
            labels = [{t.key for t in tokens(label)} - IDLE - PEOPLE for label, _ in ask.groups]
            apart = {t.key for t in tokens(none["whom"])}
            if any(label and label <= apart for label in labels):
                return True
            if any(label and label <= {t.key for t in tokens(text[: none.start()])} for label in labels):
                return False
        own = self.matching.own_names(ask, passage)
        keys = [k for k, share in self.matching.weighed(ask) if share == 1.0 and k not in own]
        if any(self.matching.is_in(ask, k, m["what"]) for m in NON.finditer(fold(text)) for k in keys):
            return not NON.search(fold(ask.focus))
        parts = [
            (sum(self.matching.is_in(ask, k, part) for k in keys), bool(_DENIES.search(part)))
            for part in clauses(text)
        ]
        most = max((held for held, _ in parts), default=0)
        return any(denied for held, denied in parts if held == most)

    def is_prose(self, passage: Passage) -> bool:
        """Whether it is a sentence, or a cell that sums a study up in words."""
        told = any(f.passage == passage.id and f.attribute == "summary" for f in self.desk.review.facts)
        return passage.locator.kind is Kind.SENTENCE or (told and passage.locator.kind is Kind.CELL)

    def _says_otherwise(self, ask: Ask, passage: Passage, text: str) -> bool:
        """Whether a sentence says the opposite of what is asked, speaks of other patients, or leaves it open."""
        arms = self.desk.review.arms.get(passage.studies[0], {}) if passage.studies else {}
        sides = [frozenset(t.key for t in tokens(label)) for label in arms]
        if is_opposite(ask.focus, text) or is_of_other_side(ask.focus, text, sides):
            return True
        terms = self.matching.words(text).terms
        opposite = {
            i: self.desk.vocabulary.populations[i].opposite
            for _, ids in ask.groups
            for i in ids
            if i in self.desk.vocabulary.populations
        }
        if any(other in terms and i not in terms for i, other in opposite.items()):
            return True
        own = self.matching.own_names(ask, passage)
        keys = [k for k, share in self.matching.weighed(ask) if share == 1.0 and k not in own]
        keys += [t.key for label, _ in ask.groups for t in tokens(label) if t.key not in {*keys, *own}]
        return is_open(ask.focus, text, keys, lambda k, part: self.matching.is_in(ask, k, part))

    def _rules_out(self, ask: Ask, passage: Passage) -> bool:
        """Whether a sentence says of one thing alone (``the only drug``) what is asked of another."""
        if not _ALONE.search(passage.text):
            return False
        agents = {t.key for n in ask.named.of("agent") for t in tokens(n.text)}
        lacking = set(self.matching.missing(ask, passage))
        return bool(lacking) and lacking <= agents

    def _is_of_another_drug(self, ask: Ask, passage: Passage) -> bool:
        """Whether a background sentence does not name the drug that is asked about, nor rules out all but another."""
        names = ask.named.of("agent", "code") if ask.has("yes_no") and not passage.studies else ()
        keys = {t.key for n in names for t in tokens(n.text) if len(t.key) > 2}
        held = any(self.matching.covers(ask, key, passage) for key in keys)
        return bool(keys) and not held and not self._rules_out(ask, passage)

    def _is_apart(self, ask: Ask, passage: Passage) -> bool:
        """Whether a background sentence lacks the very words that a definition is asked of."""
        if passage.studies or not ask.studies or not ask.has("definition"):
            return False
        words = self.matching.reader.names.words
        telling = [k for k in ask.content if words.get(k) and words[k] <= set(ask.studies)]
        return bool(telling) and not any(self.matching.covers(ask, k, passage) for k in telling)

    def lacks_time(self, ask: Ask, text: str) -> bool:
        """Whether a text of the review names none of the time points asked for: a figure at 3 years is none at 10."""
        if text not in self._times:
            self._times[text] = self._times_said(text)
        return not any(same_time(t, i) for t in ask.times for i in self._times[text])

    def _times_said(self, text: str) -> frozenset[str]:
        folded = fold(text)
        spans = scan(folded, self.desk.review.reader.matchers)
        if re.search(r"\bmedian\b", folded, re.IGNORECASE):  # "the median was 24 months" is no time point
            spans = [s for s in spans if s.kind != "value" or not _RESULT_NEXT.search(folded[: s.start])]
        return frozenset(i for s in spans for i in s.ids if s.kind in {"time", "value"} and time_key(i))

    def _lacks_group(self, ask: Ask, passage: Passage) -> bool:
        """Whether a question speaks of patients or cells that neither the passage nor its study has."""
        held = set(self.terms_in(passage))
        for study in passage.studies:
            held |= self.desk.review.populations.get(study, frozenset())
            held |= {group for f in self.desk.review.facts if f.study == study for group in f.group}
        return any(not ids & held for _, ids in ask.groups)

    def _unexplained(self, ask: Ask, best: Found) -> Draft | None:
        """For a reason that the review does not give of a study: what it says nearest, without figures."""
        if not ask.has("why") or ask.unheard or not ask.named.of("number", "author", "nct", "code"):
            return None
        named = [f for f in self._scored(ask) if set(f.passage.studies) & set(ask.studies)]
        for found in sorted(named, key=lambda f: -f.cosine):
            passage = found.passage
            part = passage.quote
            if passage.locator.kind is Kind.SENTENCE:
                part = excerpt(passage.text, lambda part: not figures(part))
            if found.cosine >= NEAR and not figures(part) and len(part.split()) > 4:
                said = f"The review does not say so of {self.desk.name(passage.studies[0])}; it says this."
                head = declined(said, passage.studies, sure=best.score)
                return head.plus(self.quoting(passage, "" if part == passage.quote else part))
        return None

    def best(self, ask: Ask) -> Found | None:
        """The passage that answers a question best, of those that can; None where none can."""
        found = [f for f in self._scored(ask) if is_possible(ask, f.passage.text)]
        found = [f for f in found if self.matching.holds_asked(ask, f.passage)]
        found = [f for f in found if not _is_fragment(f.passage) and not _is_of_other_grade(ask, f.passage)]
        found = [f for f in found if not _is_of_other_class(ask, f.passage)]
        found = [f for f in found if not self._is_of_other_arm(ask, f.passage)]
        found = [f for f in found if not self._lacks_it(ask, f.passage)]
        if _WHICH.match(ask.focus) and _DENIES.search(ask.focus):
            found = [f for f in found if self._without(ask, f.passage)] or found
        singled_out = qualifiers(self.desk, ask)
        found = [f for f in found if all(self.matching.covers(ask, key, f.passage) for key in singled_out)]
        return max(found, key=lambda f: f.score, default=None)

    def _lacks_it(self, ask: Ask, passage: Passage) -> bool:
        """Whether a passage says of its study that it is without what ``which …`` asks for."""
        return bool(_WHICH.match(ask.focus)) and not _DENIES.search(ask.focus) and self._without(ask, passage)

    def _without(self, ask: Ask, passage: Passage) -> bool:
        """Whether a passage says that there was none of something the question names."""
        lacking = " ".join(m[1] for m in WITHOUT.finditer(passage.text))
        own = self.matching.own_names(ask, passage)
        return bool(lacking) and any(
            self.matching.is_in(ask, k, lacking) for k in ask.content if k not in own
        )

    def _is_of_other_arm(self, ask: Ask, passage: Passage) -> bool:
        """Whether a sentence names arms of its study, and none that the question names."""
        arms = self.desk.review.arms.get(passage.studies[0], {}) if len(passage.studies) == 1 else {}
        own = set(arms.values())
        asked = {ids for _, ids in ask.groups if ids in own}
        if len(own) < 2 or not asked or passage.locator.kind is not Kind.SENTENCE or len(asked) == len(own):
            return False
        if passage.id not in self._said:
            groups = self.desk.review.reader.groups(passage.text, arms)
            self._said[passage.id] = {frozenset(g.ids) for g in groups}
        said = self._said[passage.id]
        return bool(said & own) and not any(a <= g for a in asked for g in said)

    def is_of_other(self, ask: Ask, passage: Passage) -> bool:
        """Whether a passage is of another arm or grade than a question names, or no whole statement."""
        return (
            self._is_of_other_arm(ask, passage) or _is_of_other_grade(ask, passage) or _is_fragment(passage)
        )

    def _scored(self, ask: Ask) -> Iterable[Found]:
        """The passages a search brings up, scored; background sentences, too, where studies are named."""
        kinds = (Kind.SENTENCE, Kind.CELL)
        studies = () if ask.described else ask.studies
        review = self.desk.review.id
        found = {
            e.passage.id: e
            for e in self.retriever.search(
                ask.text, studies=studies, review=review, kinds=kinds, k=CANDIDATES
            )
        }
        if studies:
            wide = self.retriever.search(ask.text, review=review, kinds=(Kind.SENTENCE,), k=CANDIDATES)
            found |= {e.passage.id: e for e in wide if not e.passage.studies and e.passage.id not in found}
        single = any(len(n.studies) == 1 and not n.text.isalpha() for n in ask.named.of("code", "agent"))
        aside = bool(studies and (single or ask.named.of("number", "nct", "author")))
        for evidence in found.values():
            passage = evidence.passage
            if passage.locator.kind is Kind.CELL and is_missing(passage.quote):
                continue
            elsewhere = 0.4 if ask.has("yes_no") else 0.1
            cover = self.matching.coverage(ask, passage) - elsewhere * (aside and not passage.studies)
            cover -= NOUN_LACKING * self.matching.lacks_noun(ask, passage)
            cosine = evidence.cosine or 0.0
            bonus = (
                0.03 * (passage.locator.kind is Kind.SENTENCE)
                + 0.1 * self.matching.light(ask, passage)
                + gain(ask, passage)
            )
            yield Found(0.65 * cover + 0.35 * max(cosine, 0.0) + bonus, cover, cosine, passage)

    def _part(self, ask: Ask, passage: Passage) -> str:
        """The part of a sentence that answers as well as the whole, with a figure where one is asked for."""
        if passage.locator.kind is not Kind.SENTENCE or asks_fate(ask):
            return passage.text
        counted = asks_figures(ask)
        whole = self.matching.coverage(ask, passage)
        causal = reasons_in(passage.text) if ask.has("why") else frozenset()

        def keeps(part: str) -> bool:
            if counted and not (figures(part) and is_possible(ask, part)):
                return False
            return self.matching.coverage(ask, passage, part) >= whole - 0.001 and causal <= reasons_in(part)

        part = excerpt(passage.text, keeps)
        stated = any(f.passage == passage.id and f.attribute for f in self.desk.review.facts)
        return part if stated else self._in_short_forms(ask, part)

    def _in_short_forms(self, ask: Ask, text: str) -> str:
        """A sentence with the short forms that the question uses in place of the words they stand beside."""
        for short, meaning in self.desk.review.raw.abbreviations.items():
            if re.search(rf"(?<![\w-]){re.escape(short)}(?![\w-])", ask.focus):
                text = text.replace(f"{meaning} ({short})", short)
        return text
