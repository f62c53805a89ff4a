"""Statements beside the review's own sentences: quoted, said anew, or turned into their opposite."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.check.known import KnownFigures
from assistant.check.match import Match, Word, alike, content, enough, matched, windowed
from assistant.check.model import Finding, Verdict
from assistant.check.normal import in_digits, normal
from assistant.check.saying import Sayer
from assistant.check.sources import Sources
from assistant.check.values import numbers_of
from assistant.check.words import NEUTRAL
from assistant.corpus.corpus import Review
from assistant.model import Kind, Passage
from assistant.telling.wordmatch import family
from assistant.text.text import fold, plain, tokens
from assistant.verify.figures import signed_in

_UNREAL = re.compile(
    r"\b(?:may|might|would|could|should|must|whether|if|(?:is|are|remains?|has|have|yet)\s+to\s+be|to\s+be\s+\w+ed|so\s+that)\b",
    re.IGNORECASE,
)
"""Says that something is hoped, doubted or yet to come."""
_COMPARING = re.compile(r"\b(?:than|versus|vs|compared|over|against|from|into|by)\b", re.IGNORECASE)
"""Where such a word stands, the order tells who did what."""
_CLAUSES = re.compile(r"[;,]\s+|\s(?:while|whereas|but)\s")
_PREDICATE = re.compile(
    r"\b((?:(?:the )?risk of [\w-]+|[\w-]+ risk|[\w-]+)) (?:was|were|is|are) "
    r"(minimal|minimi[sz]ed|reduced|increased|low|high|lower|higher|mild|severe|effective|safe|feasible)\b",
    re.IGNORECASE,
)
"""``fratricide was minimal`` is minimal fratricide."""
_DIGIT = re.compile(r"\d")
_CELL_WORDS = 4
"""Words that a cell must have to be quoted."""
_MARK = re.compile(r"[\[(]\s*(?:[A-Za-z]+\s+(?=[\w-]*\d)[\w-]+)?\s*[\])]|\[[\d,\s-]+\]")
"""A study's mark or a reference, or the place where one stood."""
_SPREAD = re.compile(r"(\d[\d.]*)\s*(?:\u00b1|\+/?-)\s*(\d[\d.]*)")
"""A mean with its standard deviation: which is which tells the order alone."""
_UNITS = frozenset("hour day week month year mg kg".split())
_NUMBERS = 3
"""Numbers of a figure with its share and its whole."""

_PEOPLE = re.compile(
    r"\b(?:patients?|humans?|people|persons?|adults?|children|men|women|man|clinic(?:al)?)\b", re.IGNORECASE
)
_LABORATORY = re.compile(
    r"\b(?:xenografts?|mouse|mice|murine|rats?|animals?|in vitro|in vivo|ex vivo|pre-?clinical|cell lines?)\b",
    re.IGNORECASE,
)
"""Where something was seen that says nothing of people."""


class Quoter:
    """Compares statements with one review's sentences and cells.

    Args:
        review: the review.
        sources: its words.
        known: its figures.
    """

    def __init__(self, review: Review, sources: Sources, known: KnownFigures) -> None:
        self.known = known
        self.review = review
        self.sources = sources
        self.say = Sayer(review)
        self._bared: dict[str, str] = {}
        self._words: dict[str, tuple[frozenset[str], frozenset[int]]] = {}
        self._content: dict[str, list[Word]] = {}

    def quoted(self, text: str, study: str) -> Finding | None:
        """Support by a sentence or cell that a statement repeats word for word; None where there is none."""
        wanted = _bare(text)
        if len(wanted) < 12:
            return None
        for passage in self.sources.of(study):
            if passage.locator.kind is Kind.SENTENCE and wanted == self._plain(passage):
                return self.said(passage, study)
            if passage.locator.kind is Kind.CELL and self._quotes_cell(wanted, passage):
                return self.said(passage, study)
        return None

    def _plain(self, passage: Passage) -> str:
        """A passage as a quotation of it compares."""
        if passage.id not in self._bared:
            self._bared[passage.id] = _bare(normal(passage.text))
        return self._bared[passage.id]

    def _quotes_cell(self, wanted: str, passage: Passage) -> bool:
        """Whether a statement is a cell's words, with at most its head and empty words before them."""
        cell = _bare(passage.quote)
        if len(cell.split()) < _CELL_WORDS or not wanted.endswith(cell):
            return False
        head = {t.key for t in tokens(passage.locator.row)} | NEUTRAL
        return all(t.key in head or not t.text[0].isalnum() for t in tokens(wanted.removesuffix(cell)))

    def said(self, passage: Passage, study: str) -> Finding:
        reason = f"The review says so: {passage.locator.label}."
        return Finding(Verdict.SUPPORTED, reason, (), ((passage.id, study),))

    def background(self, text: str) -> Finding | None:
        """What the review says of no study in particular, if the statement is that or its opposite."""
        return self.matching(text, "", frozenset())

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
                    and _spreads(text) == _spreads(part)
                    and self._qualified(text, passage, study)
                    and all(any(alike(a, b, self.sources) for b in found) for a in wanted)
                ):
                    return self.said(passage, study)
        return None

    def matching(self, text: str, study: str, names: frozenset[str]) -> Finding | None:
        """The verdict of the sentence or cell that has all the statement's words in their order."""
        turned = _PREDICATE.sub(r"\2 \1", text)
        if turned != text and not _COMPARING.search(text):
            found = self._matching(turned, study, names)
            if found is not None and found.verdict is Verdict.SUPPORTED:
                return found
        return self._matching(text, study, names)

    def _matching(self, text: str, study: str, names: frozenset[str]) -> Finding | None:
        wanted = content(tokens(in_digits(text)), names, once=True)
        if len(wanted) < 2:
            return None
        inverted: Passage | None = None
        for passage in self.sources.of(study):
            if _UNREAL.search(passage.text) and not _UNREAL.search(text):
                continue
            if _PEOPLE.search(text) and _LABORATORY.search(passage.text) and not _PEOPLE.search(passage.text):
                continue
            if not self._may_match(wanted, passage):
                continue
            match = self._best(wanted, passage, text)
            if match.numbers_between or not _same_units(text, passage.text):
                continue
            if not _spreads(text) <= _spreads(passage.text):
                continue
            if _DIGIT.search(text) and not self._qualified(text, passage, study):
                continue
            if (enough(match) and match.agrees) or windowed(wanted, self._passage(passage), self.sources):
                return self.said(passage, study)
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

    def _qualified(self, text: str, passage: Passage, study: str) -> bool:
        """Whether a statement names the groups, grades and times of the figures that it shares with a passage."""
        said = set(numbers_of(in_digits(text)))
        keys = {t.key for t in tokens(in_digits(text))}
        everyone = self.known.everyone(study)
        for fact in self.known.facts(study):
            if fact.passage != passage.id or not said & {*numbers_of(fact.value), *numbers_of(fact.percent)}:
                continue
            label = {t.key for t in tokens(fact.group_label)} - NEUTRAL
            if (fact.group - everyone and not label <= keys) or (fact.grade and "grade" not in keys):
                return False
            if fact.time_point and fact.time_point.split("-")[0] not in keys:
                return False
        return True

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


def _bare(text: str) -> str:
    text = _MARK.sub(" ", plain(text))
    return re.sub(r"[^\w%.<>=-]+", " ", text).strip(" .").lower()


def _spreads(text: str) -> set[tuple[str, str]]:
    """The means of a text with their spreads, in that order."""
    return {(m[1].rstrip("."), m[2].rstrip(".")) for m in _SPREAD.finditer(fold(text))}
