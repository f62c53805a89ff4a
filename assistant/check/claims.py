"""Judges statements without figures: quotations, designs, patients, treatments, comparisons, sentences said anew."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.check.comparing import Comparer
from assistant.check.directions import DirectionJudge
from assistant.check.figures import FigureJudge
from assistant.check.match import Word, alike, content
from assistant.check.model import Finding, Remark, Verdict
from assistant.check.normal import in_digits
from assistant.check.quoting import Quoter
from assistant.check.reading import Reading
from assistant.check.saying import Sayer
from assistant.check.wording import WordJudge
from assistant.corpus.corpus import Review
from assistant.model import Fact, Kind
from assistant.names.model import Name
from assistant.text.text import fold, phrase_key, tokens

_STANDS_FOR = re.compile(
    r"(?:the abbreviation )?(?P<short>[\w/+.-]{2,20}) (?:stands for|means|is short for|is the abbreviation (?:of|for)) (?:the |an? )?"
    r"(?P<long>[^.;]{3,120})",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;,:.]\s|\s(?:and|while|whereas|but)\s")


class ClaimJudge:
    """Judges statements without figures against one review.

    Args:
        review: the review.
        figures: judges its figures.
        words: judges its words.
        directions: judges its comparisons.
    """

    def __init__(
        self, review: Review, figures: FigureJudge, words: WordJudge, directions: DirectionJudge
    ) -> None:
        self.directions = directions
        self.review = review
        self.figures = figures
        self.words = words
        self.sources = words.sources
        self.say = Sayer(review)
        self.quotes = Quoter(review, words.sources, figures)
        self.comparer = Comparer(review, figures, words.sources)

    def spelled_out(self, text: str) -> Finding | None:
        """What the review says of ``X stands for Y``; None where it is no such statement or lists no X."""
        match = _STANDS_FOR.fullmatch(text.strip(" ."))
        meaning = self.review.raw.abbreviations.get(match["short"].strip()) if match else None
        if match is None or meaning is None:
            return None
        entry = match["short"].strip()
        passage = next(
            p
            for p in self.review.passages
            if p.locator.kind is Kind.ABBREVIATION and p.locator.entry == entry
        )
        if phrase_key(match["long"]) == phrase_key(meaning):
            return self.quotes.said(passage, "")
        return Finding(
            Verdict.CONTRADICTED,
            self.say.remark("it stands for something else", passage.id),
            (),
            ((passage.id, ""),),
        )

    # -- judging -------------------------------------------------------------------------------

    def judge(
        self, reading: Reading, study: str, weak: Sequence[Name], codes: Sequence[tuple[int, int]]
    ) -> Finding:
        """What the review says of a statement without figures, taken as said of ``study``."""
        verbatim = self.quotes.quoted(reading.text, study)
        if verbatim is not None:
            return verbatim
        designs, n_designs, places = self.words.design_remarks(reading, study)
        groups, n_groups = self.words.group_remarks(reading, study)
        agents, n_agents = self.words.name_remarks(weak, reading, study)
        remarks = designs + groups + agents + self.directions.significance(reading, study, ())
        for remark in remarks:
            if remark.verdict is Verdict.CONTRADICTED:
                return self._remarked(remark, study)
        strange = self.words.unknown(reading, study, (*codes, *places))
        decided = self.comparer.compared(reading, study) or self.comparer.nobody(reading, study)
        if decided is not None and not (decided.verdict is Verdict.SUPPORTED and (strange or remarks)):
            return decided
        match = self.quotes.matching(reading.text, study, self.names(reading, codes))
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


def _around(text: str, start: int, end: int) -> str:
    """The clause that a figure stands in."""
    begin = max((m.end() for m in _CLAUSE.finditer(text, 0, start)), default=0)
    stop = _CLAUSE.search(text, end)
    return text[begin : stop.start() if stop else len(text)]
