"""Judges statements without figures: quotations, designs, patients, treatments, comparisons, sentences said anew."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.check.comparing import Comparer
from assistant.check.figures import FigureJudge
from assistant.check.match import Match, Word, alike, content, enough, matched, windowed
from assistant.check.model import Finding, Verdict
from assistant.check.normal import in_digits
from assistant.check.reading import Reading
from assistant.check.saying import Sayer
from assistant.check.wording import Remark, WordJudge
from assistant.corpus import Review
from assistant.model import Fact, Kind, Passage
from assistant.names_model import Name
from assistant.text import fold, plain, tokens
from assistant.verify_figures import signed_in
from assistant.wordmatch import family

_UNREAL = re.compile(
    r"\b(?:may|might|would|could|should|must|whether|if|(?:is|are|remains?|has|have|yet)\s+to\s+be|to\s+be\s+\w+ed|so\s+that)\b",
    re.IGNORECASE,
)
"""Says that something is hoped, doubted or yet to come."""


_COMPARING = re.compile(r"\b(?:than|versus|vs|compared|over|against|from|into|by)\b", re.IGNORECASE)
"""Where such a word stands, the order tells who did what."""
_CLAUSES = re.compile(r"[;,]\s+|\s(?:while|whereas|but)\s")
_DIGIT = re.compile(r"\d")
_UNITS = frozenset("hour day week month year mg kg".split())
_CLAUSE = re.compile(r"[;,:.]\s|\s(?:and|while|whereas|but)\s")
_NUMBERS = 3
"""Numbers of a figure with its share and its whole."""


class ClaimJudge:
    """Judges statements without figures against one review.

    Args:
        review: the review.
        figures: judges its figures.
        words: judges its words.
    """

    def __init__(self, review: Review, figures: FigureJudge, words: WordJudge) -> None:
        self.review = review
        self.figures = figures
        self.words = words
        self.sources = words.sources
        self.say = Sayer(review)
        self.comparer = Comparer(review, figures, words.sources)
        self._words: dict[str, tuple[frozenset[str], frozenset[int]]] = {}
        self._content: dict[str, list[Word]] = {}

    # -- quotations ----------------------------------------------------------------------------

    def quoted(self, text: str, study: str) -> Finding | None:
        """Support by a sentence or cell that a statement repeats word for word; None where there is none."""
        wanted = _bare(text)
        if len(wanted) < 12:
            return None
        for passage in self.sources.of(study):
            if passage.locator.kind is Kind.SENTENCE and wanted == _bare(passage.text):
                return self._said(passage, study)
        return None

    def _said(self, passage: Passage, study: str) -> Finding:
        reason = f"The review says so: {passage.locator.label}."
        return Finding(Verdict.SUPPORTED, reason, (), ((passage.id, study),))

    def background(self, text: str) -> Finding | None:
        """What the review says of no study in particular, if the statement is that or its opposite."""
        return self.matching(text, "", frozenset())

    # -- judging -------------------------------------------------------------------------------

    def judge(
        self, reading: Reading, study: str, weak: Sequence[Name], codes: Sequence[tuple[int, int]]
    ) -> Finding:
        """What the review says of a statement without figures, taken as said of ``study``."""
        verbatim = self.quoted(reading.text, study)
        if verbatim is not None:
            return verbatim
        designs, n_designs, places = self.words.design_remarks(reading, study)
        groups, n_groups = self.words.group_remarks(reading, study)
        agents, n_agents = self.words.name_remarks(weak, reading, study)
        remarks = designs + groups + agents + self.words.significance_remarks(reading, study, ())
        for remark in remarks:
            if remark.verdict is Verdict.CONTRADICTED:
                return self._remarked(remark, study)
        strange = self.words.unknown(reading, study, (*codes, *places))
        decided = self.comparer.compared(reading, study) or self.comparer.nobody(reading, study)
        if decided is not None and not (decided.verdict is Verdict.SUPPORTED and (strange or remarks)):
            return decided
        match = self.matching(reading.text, study, self.names(reading, codes))
        if match is not None:
            return match
        checked = n_designs + n_groups + n_agents
        idle = [s for s in reading.idle if s.kind != "group" and s.kind != "phase"]
        left = self._left(reading, codes, places)
        if checked and not (remarks or idle or left or reading.negations or reading.directions):
            return self._characterised(reading, study)
        if checked and reading.negations and not (remarks or idle or left or reading.directions):
            return Finding(Verdict.CONTRADICTED, f"The review says that of {self.say.who(study)}.")
        return Finding(
            Verdict.NOT_CHECKABLE, "It states no figure, and no sentence of the review decides it."
        )

    def _remarked(self, remark: Remark, study: str) -> Finding:
        places = ((remark.passage, study),) if remark.passage else ()
        return Finding(Verdict.CONTRADICTED, self.say.remark(remark.reason, remark.passage), (), places)

    def _characterised(self, reading: Reading, study: str) -> Finding:
        facts = tuple(
            f
            for f in self.review.facts
            if f.study == study and f.attribute in {"phase", "design", "agents", "disease"}
        )
        own = self.words.designs(study)
        places = {
            own[m.ids[0]]
            for m in self.review.reader.matchers.designs.find(tokens(reading.text))
            if m.ids[0] in own
        }
        facts = tuple(f for f in facts if f.passage in places or f.attribute == "agents")
        return Finding(
            Verdict.SUPPORTED, self.say.right(facts), facts, tuple((p, study) for p in sorted(places))
        )

    @staticmethod
    def _left(
        reading: Reading, codes: Sequence[tuple[int, int]], places: Sequence[tuple[int, int]]
    ) -> list[str]:
        taken = (*codes, *places)
        return [w.text for w in reading.words if not any(a <= w.start and w.end <= b for a, b in taken)]

    @staticmethod
    def names(reading: Reading, codes: Sequence[tuple[int, int]]) -> frozenset[str]:
        """Keys of the words that only name the study."""
        return frozenset(
            t.key for t in tokens(reading.text) if any(a <= t.start and t.end <= b for a, b in codes)
        )

    def clause(self, text: str, study: str, names: frozenset[str] = frozenset()) -> Finding | None:
        """Support by a clause that has all words and just the numbers of a statement; None where there is none.

        It is for a lone figure, with its percentage, that the reader of facts has no measure for.
        """
        text = in_digits(text)
        wanted = content(tokens(text), names, once=True)
        numbers = {w.key for w in wanted if w.key[0].isdigit()}
        if (
            not 1 <= len(numbers) <= _NUMBERS
            or any(w.axis or w.denied for w in wanted)
            or len(wanted) < len(numbers) + 1
        ):
            return None
        for passage in self.sources.of(study):
            for part in _CLAUSES.split(in_digits(fold(passage.text))):
                found = content(tokens(part))
                same = {w.key for w in found if w.key[0].isdigit()} == numbers and not any(
                    w.denied for w in found
                )
                if (
                    same
                    and _same_units(text, part)
                    and all(any(alike(a, b, self.sources) for b in found) for a in wanted)
                ):
                    return self._said(passage, study)
        return None

    def said_there(self, text: str, said: Fact, known: Fact, study: str) -> bool:
        """Whether what a statement says of a count fits what is said beside it in the review.

        A part of a whole must be described alike; a whole must not be described as another count is.
        """
        wanted = content(tokens(in_digits(_around(text, said.start, said.end))), once=True)
        found = self._beside(known)
        left = [w for w in wanted if not any(alike(w, b, self.sources) for b in found)]
        if known.total is not None:
            return not [w for w in left if w.key not in self._name_keys(study)]
        others = [
            w
            for f in self.figures.facts(study)
            if f.attribute == "n_patients" and not f.group and f.n != known.n
            for w in self._beside(f)
        ]
        return not any(w.key[0].isalpha() and any(alike(w, b, self.sources) for b in others) for w in left)

    def _beside(self, fact: Fact) -> list[Word]:
        """The content words of the clause that a count stands in; those of a cell are none."""
        passage = self.sources.passages[fact.passage]
        if passage.locator.kind is not Kind.SENTENCE:
            return []
        return content(tokens(in_digits(_around(fold(passage.quote), fact.start, fact.end))))

    def _name_keys(self, study: str) -> frozenset[str]:
        """Keys of the words that a study's treatments and patients go by."""
        own = {f.value for f in self.review.facts if f.study == study and f.attribute == "agents"}
        return frozenset(t.key for v in own for t in tokens(v)) | self.figures.everyone(study)

    # -- sentences said anew -------------------------------------------------------------------

    def matching(self, text: str, study: str, names: frozenset[str]) -> Finding | None:
        """The verdict of the sentence or cell that has all the statement's words in their order."""
        wanted = content(tokens(in_digits(text)), names, once=True)
        if len(wanted) < 2:
            return None
        inverted: Passage | None = None
        for passage in self.sources.of(study):
            if _UNREAL.search(passage.text) and not _UNREAL.search(text):
                continue
            if not self._may_match(wanted, passage):
                continue
            match = self._best(wanted, passage, text)
            if match.numbers_between or not _same_units(text, passage.text):
                continue
            if (enough(match) and match.agrees) or windowed(wanted, self._passage(passage), self.sources):
                return self._said(passage, study)
            if enough(match) and match.inverted and inverted is None:
                inverted = passage
        if inverted is None:
            return None
        reason = self.say.remark("the review says the opposite", inverted.id)
        return Finding(Verdict.CONTRADICTED, reason, (), ((inverted.id, study),))

    def _best(self, wanted: list[Word], passage: Passage, text: str) -> Match:
        """The match of the words as they stand, or of a part moved to the front where nothing is compared."""
        found = self._passage(passage)
        best = matched(wanted, found, self.sources)
        if enough(best) or _COMPARING.search(text) or _COMPARING.search(passage.text):
            return best
        turned = (matched(wanted[i:] + wanted[:i], found, self.sources) for i in range(1, len(wanted)))
        return next((m for m in turned if enough(m)), best)

    def _may_match(self, wanted: list[Word], passage: Passage) -> bool:
        """Whether each word has one in the passage that may stand for it; a quick look before their order."""
        if passage.id not in self._words:
            found = self._passage(passage)
            synonyms = frozenset(g for w in found for g in self.sources.groups(w.key))
            self._words[passage.id] = (
                frozenset(w.key for w in found)
                | frozenset(family(w.key) for w in found)
                | frozenset(w.axis for w in found if w.axis),
                synonyms,
            )
        keys, groups = self._words[passage.id]
        return all(
            w.key in keys
            or family(w.key) in keys
            or w.axis in keys
            or not groups.isdisjoint(self.sources.groups(w.key))
            for w in wanted
        )

    def _passage(self, passage: Passage) -> list[Word]:
        if passage.id not in self._content:
            self._content[passage.id] = content(self.sources.tokens(passage))
        return self._content[passage.id]


def _same_units(text: str, source: str) -> bool:
    """Whether the numbers of ``text`` have the percent signs and units that they have in ``source``."""
    text, source = in_digits(text), in_digits(fold(source))
    units = {t.key for t in tokens(text)} & _UNITS if _DIGIT.search(text) else set()
    return set(signed_in(text)) <= set(signed_in(source)) and units <= {t.key for t in tokens(source)}


def _around(text: str, start: int, end: int) -> str:
    """The clause that a figure stands in."""
    begin = max((m.end() for m in _CLAUSE.finditer(text, 0, start)), default=0)
    stop = _CLAUSE.search(text, end)
    return text[begin : stop.start() if stop else len(text)]


def _bare(text: str) -> str:
    text = re.sub(r"[\[(][^\])]{0,80}[\])]", " ", plain(text))
    return re.sub(r"[^\w%.<>=-]+", " ", text).strip(" .").lower()
