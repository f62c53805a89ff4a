"""Which study each part of a statement speaks of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from assistant import lazy_re as re
from assistant.corpus.corpus import Review
from assistant.names.studies import Name, StudyNames
from assistant.names.trials import trial_names
from assistant.text.text import fold

_FIRM = frozenset({"number", "nct", "author", "trial"})
_SURE = {"number": 4, "nct": 4, "trial": 3, "author": 2, "code": 2, "agent": 1}
_TELLING = 3
"""Letters of a code that tells a study among other names."""
_AUTHOR_TAIL = re.compile(
    r"(?:'s)?,?\s+(?:et\s+al\.?|and\s+(?:co-?workers|colleagues|associates))(?:'s?)?|'s\b", re.IGNORECASE
)
_TRIAL_TAIL = re.compile(
    r"\s+(?:trial|study|protocol|registry|cohort|group|team|abstract|poster)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place of a statement that names studies."""

    start: int
    end: int
    studies: frozenset[str]
    cited: bool
    """Whether it is a citation in brackets, which stands behind what it is cited for."""


@dataclass(frozen=True, slots=True)
class Subjects:
    """The studies a statement speaks of."""

    marks: tuple[Mark, ...]
    """Firm names in order, neighbours that mean one study joined."""
    weak: tuple[Name, ...]
    """Treatments, products and terms that only some studies have."""
    missing: tuple[str, ...]
    """Names of studies that the review does not have."""
    default: tuple[str, ...] = ()
    """The studies meant where no mark says so, by the statement before or the heading."""
    sure: int = 0
    """How surely the names point to this review."""

    @property
    def studies(self) -> frozenset[str]:
        """Every study named firmly."""
        return frozenset(s for m in self.marks for s in m.studies)

    def at(self, position: int) -> tuple[str, ...]:
        """The studies, one of which what stands at ``position`` is said of."""
        if not self.marks:
            return self.default
        later = [m for m in self.marks if m.start >= position]
        if later and all(m.cited for m in self.marks):
            return tuple(sorted(later[0].studies))
        before = [m for m in self.marks if m.start < position and not m.cited]
        if before:
            return tuple(sorted(before[-1].studies))
        chosen = later[0] if later else self.marks[-1]
        return tuple(sorted(chosen.studies))


class Namer:
    """Finds the studies that statements speak of.

    Args:
        review: the review.
    """

    def __init__(self, review: Review) -> None:
        self.names = StudyNames(review)
        self._order = [s.id for s in review.studies]
        self._trials = {fold(name): s for s, name in trial_names(review).items()}
        noun = re.escape(review.raw.study_label or "study")
        ids = "|".join(sorted((re.escape(s.id) for s in review.studies), key=len, reverse=True)) or "(?!)"
        self.label = rf"(?:{noun}|abstract|poster|study)s?\s+(?:no\.?\s*|#\s*)?(?:{ids}|[A-Z]?-?\d[\w-]*)"
        self._label = re.compile(self.label, re.IGNORECASE)
        bases = {
            s.id: re.sub(r"\s+(?:et al|and colleagues).*", "", fold(s.name)) for s in review.studies if s.name
        }
        families: dict[str, set[str]] = defaultdict(set)
        for study, base in bases.items():
            if re.search(r"\s[A-Z]{1,3}$", base):
                families[base].add(study)
                families[base.rsplit(" ", 1)[0]].add(study)
        self._initialled = [
            (re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])"), frozenset(families[name]))
            for name in sorted(families, key=len, reverse=True)
        ]
        self._listed = re.compile(
            rf"(?<![\w.-])(?:{noun}|abstract|poster|study)s\s+(?:(?:{ids})(?:\s*(?:,|and|or|&)\s*)*)+",
            re.IGNORECASE,
        )

    def names_study(self, text: str) -> bool:
        """Whether ``text`` names a study of the review, or one that it does not have."""
        found = self.names.find(text)
        return (
            bool(found.missing) or any(self._firm(n) for n in found.names) or bool(self._label.search(text))
        )

    def read(self, text: str, default: Sequence[str] = ()) -> Subjects:
        """The studies of folded ``text``; ``default`` are those of what stands before it."""
        found = self.names.find(text)
        firm = self._with_initials([n for n in found.names if self._firm(n)], text)
        weak = tuple(n for n in found.names if n not in firm and n.kind != "range")
        marks = self._joined([self._mark(n, text) for n in firm])
        sure = max((_SURE.get(self._kind(n), 0) for n in found.names), default=0)
        if not marks:
            default = self._meant(weak, default)
        return Subjects(tuple(marks), weak, found.missing, tuple(default), sure)

    def _with_initials(self, names: list[Name], text: str) -> list[Name]:
        """The names with those of first authors that need their initials to be told apart (``Kim B et al.``)."""
        found = [n for n in names if n.kind != "author"]
        found += [
            Name(m[0], "author", studies, m.start(), m.end())
            for pattern, studies in self._initialled
            for m in pattern.finditer(text)
            if not any(n.overlaps(m.start(), m.end()) for n in names)
        ]
        authors = [
            n for n in names if n.kind == "author" and not any(f.overlaps(n.start, n.end) for f in found)
        ]
        return sorted(found + authors, key=lambda n: n.start)

    def blanked(self, text: str, subjects: Subjects) -> str:
        """``text`` with its firm names blanked."""
        for mark in subjects.marks:
            shown = (
                "" if mark.cited else "it"
            )  # or what stands before a name and behind it would be one phrase
            text = text[: mark.start] + shown.ljust(mark.end - mark.start) + text[mark.end :]
        return text

    def _kind(self, name: Name) -> str:
        return "trial" if name.kind == "code" and fold(name.text) in self._trials else name.kind

    def _firm(self, name: Name) -> bool:
        return self._kind(name) in _FIRM

    def _mark(self, name: Name, text: str) -> Mark:
        start, end = name.start, name.end
        before = self._label.search(text, max(0, start - 24), end)
        if name.kind == "number" and before and before.end() >= end:
            start = min(start, before.start())
        tail = (_AUTHOR_TAIL if name.kind == "author" else _TRIAL_TAIL).match(text, end)
        if name.kind in {"author", "code"} and tail:
            end = tail.end()
        cited = text[:start].rstrip().endswith(("(", "[")) or bool(
            re.search(r"[\[(][^\])]*$", text[max(0, start - 60) : start])
            and re.match(r"[^\[(]{0,60}[\])]", text[end:])
        )
        return Mark(start, end, name.studies, cited)

    @staticmethod
    def _joined(marks: Sequence[Mark]) -> list[Mark]:
        """Marks of one study beside one another narrowed down to it: ``Muster et al. (Abstract 7)``."""
        result: list[Mark] = []
        for mark in marks:
            last = result[-1] if result else None
            if last and last.studies & mark.studies:
                result[-1] = Mark(last.start, last.end, last.studies & mark.studies, last.cited)
                result.append(Mark(mark.start, mark.end, last.studies & mark.studies, mark.cited))
            else:
                result.append(mark)
        return result

    def _meant(self, weak: Sequence[Name], default: Sequence[str]) -> tuple[str, ...]:
        """The studies that treatments and products leave of those spoken of before, or of all."""
        left = set(default)
        for name in weak:
            short = name.kind == "code" and len(name.text) < _TELLING and len(weak) > 1
            if name.kind == "topic" or short:  # "NE" is not estimable, too
                continue
            left = left & name.studies if left & name.studies else set(name.studies)
        return tuple(s for s in self._order if s in left)
