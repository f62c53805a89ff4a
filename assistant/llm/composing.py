"""Puts an answer together while a draft streams in: what passes the guard, and the program's own words else."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from assistant.corpus.corpus import Review
from assistant.draft import Draft, Line
from assistant.llm.guard import Guard, Verdict
from assistant.llm.marks import MarkReader, plain_text
from assistant.llm.splitting import SentenceStream, is_whole
from assistant.verify.verifier import Verifier

MOST_SENTENCES = 40
"""Of a draft that are looked at; what comes after is not read."""


@dataclass(slots=True)
class Composer:
    """One answer in the making.

    The program's first statement is said first: by the model, or by the program where the model's first good
    sentence says something else. Each statement is said once; those that no good sentence said follow in the end.
    """

    review: Review
    draft: Draft
    """The program's own answer."""
    guard: Guard
    verifier: Verifier
    lines: list[Line] = field(default_factory=list)
    """What is shown so far."""
    n_kept: int = 0
    n_left_out: int = 0
    n_seen: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)
    """Sentences that were not shown, each with the reason."""
    _said: set[int] = field(default_factory=set)
    _cited: tuple[str, ...] = ()
    """What the sentence before cited."""
    _marks: MarkReader = field(init=False)
    _stream: SentenceStream = field(init=False)

    def __post_init__(self) -> None:
        self._marks = MarkReader(self.review)
        self._stream = SentenceStream(self.review.raw.study_label)

    @property
    def n_replaced(self) -> int:
        """Sentences shown that are the program's."""
        return len(self.lines) - self.n_kept

    @property
    def shown(self) -> Draft:
        """What is shown so far, as a draft."""
        conflicts = tuple(c for c in self.draft.conflicts if c in self.lines)
        return replace(self.draft, lines=tuple(self.lines), conflicts=conflicts)

    @property
    def full(self) -> bool:
        """Whether nothing more of the draft is read: all is said, or enough was looked at."""
        return len(self._said) == len(self.draft.lines) or self.n_seen >= MOST_SENTENCES

    def add(self, piece: str) -> bool:
        """Takes a piece of the draft; whether more is shown now."""
        return self._take(self._stream.add(piece))

    def finish(self, *, cut: bool = False) -> None:
        """Shows what is left to be said.

        Args:
            cut: whether the draft did not come to its own end, so that its last words are no sentence.
        """
        rest = self._stream.end()
        self._take([s for s in rest if is_whole(s)] if cut else rest)
        for k in range(len(self.draft.lines)):
            self._say(k)

    def _take(self, sentences: list[str]) -> bool:
        before = len(self.lines)
        for sentence in sentences[: MOST_SENTENCES - self.n_seen]:
            self.n_seen += 1
            self._consider(sentence)
        return len(self.lines) > before

    def _consider(self, sentence: str) -> None:
        marked = self._marks.read(plain_text(sentence))
        if not any(c.isalnum() for c in marked.text):
            self._cited = marked.studies or self._cited
            return
        cited = (
            marked.studies or tuple(sorted(self.verifier.named(marked.text))) or self._cited or self._only()
        )
        if marked.unknown:
            verdict = Verdict(None, (), f"cites {marked.unknown[0]}, which it was not given")
        else:
            self._cited = cited
            verdict = self.guard.judge(marked.text, cited)
        if verdict.line is None:
            self._drop(sentence, verdict)
        elif set(verdict.points) <= self._said:
            self.n_left_out += 1
        else:
            self._keep(verdict.line, verdict.points)

    def _only(self) -> tuple[str, ...]:
        """The one study that all statements rest on; none where there are several."""
        studies = {s for line in self.draft.lines for _, s in line.support}
        return tuple(studies) if len(studies) == 1 else ()

    def _keep(self, line: Line, points: tuple[int, ...]) -> None:
        if 0 not in points:
            self._say(0)
        self._said |= set(points)
        self.lines.append(line)
        self.n_kept += 1

    def _drop(self, sentence: str, verdict: Verdict) -> None:
        self.failures.append((sentence, verdict.reason))
        self.n_left_out += 1
        for k in verdict.points:
            self._say(0)
            self._say(k)

    def _say(self, k: int) -> None:
        """Lets the program say its statement of that number, where nobody has."""
        if k not in self._said:
            self._said.add(k)
            self.lines.append(self.draft.lines[k])
