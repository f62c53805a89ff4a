"""What the figures of a clause may rest on: what it names itself, and what it leaves unsaid because it was said before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from assistant import lazy_re as re
from assistant.facts.pieces import Piece
from assistant.facts.series import all_linked, is_change
from assistant.spans.span import Span

Groups = tuple[Span, ...]
Pair = tuple[Span, Span | None, Groups, Span | None]
"""A figure, its measure, its groups and its time point."""


@dataclass(slots=True)
class Carry:
    """What a later piece of a sentence may rest on: what was named before, and the study's arms."""

    groups: list[Span] = field(default_factory=list)
    subset: Groups = ()
    measures: list[Span] = field(default_factory=list)
    recent: list[Span] = field(default_factory=list)
    """The measures named since a group was named last, which ``the figures`` may mean together."""
    times: list[Span] = field(default_factory=list)
    last_times: list[Span] = field(default_factory=list)
    """The time points that the piece before named itself."""
    grades: list[Span] = field(default_factory=list)
    arms: list[Span] = field(default_factory=list)
    compared: bool = True
    """Whether the arms are set against each other, so that figures of a subgroup may be theirs in order."""
    threshold: str = ""
    grade: str = ""
    """The one grade that the piece before named."""
    turn: list[Groups] = field(default_factory=list)
    """The groups of the figures of the piece before, where it told them one by one."""
    headings: list[tuple[int, Span]] = field(default_factory=list)
    """(where its clause ends, group) of each group that heads a clause."""
    unsure: bool = False
    """Whether the piece before told groups one by one that nobody knows, so that later figures need not be the arms'."""

    def heading(self, piece: Piece) -> Groups:
        """The group that heads the clause which a later piece of it belongs to."""
        return tuple(g for end, g in self.headings if g.end <= piece.start < end)[-1:]

    def remember(self, piece: Piece) -> None:
        """Keep what ``piece`` names."""
        groups, values = piece.of("group"), piece.values()
        if piece.of("measure") or piece.of("grade"):
            grades = {s.ids[0] for s in piece.of("grade")}
            self.grade = next(iter(grades)) if len(grades) == 1 else ""
        if groups:
            more = not piece.of("measure") and not {g.ids for g in groups} & {g.ids for g in self.groups}
            self.groups = self.groups + groups if more else groups
            counted = len(values) == 1 and values[0].unit == "patients"
            of_arms = {g.ids for g in groups} <= {a.ids for a in self.arms}
            if not (of_arms and self.subset and not counted):
                # "received allogeneic | stem cell transplantation" names one group twice
                named = tuple({g.ids: g for g in reversed(groups)}.values())[::-1]
                self.subset = named if counted and len(named) <= 2 else ()
        measures = piece.of("measure")
        self.recent = measures if groups and measures else self.recent + measures
        self.measures = piece.firm() or self.measures
        self.last_times = piece.of("time")
        self.times = self.last_times or self.times
        self.grades = piece.of("grade") or ([] if measures else self.grades)


@dataclass(frozen=True, slots=True)
class Clause:
    """Figures of a piece of a sentence that want a measure, a group and a time point."""

    piece: Piece
    text: str
    """The sentence."""
    carry: Carry
    values: Sequence[Span]
    """In order of place, at least one."""
    measures: Sequence[Span] = ()
    groups: Sequence[Span] = ()
    times: Sequence[Span] = ()


_OR = re.compile(r"\s*(?:\([^()]*\)\s*)?or\s+(?:an?\s+|the\s+|with\s+)*", re.IGNORECASE)


def alternatives(groups: Sequence[Span], text: str) -> bool:
    """``patients with a mutation of A or B``: one group told by either, not two that figures are set against.

    Nor are those of ``assigned to A (n = 120) or B (n = 118)``, each with a size of its own.
    """
    joined = (text[a.end : b.start] for a, b in pairwise(groups) if a.end <= b.start)
    return any(_OR.fullmatch(gap) and not re.search(r"\(\s*n\s*=", gap) for gap in joined)


def _told_in_turn(pairs: Sequence[Pair], arms: Sequence[Span]) -> list[Groups]:
    """The groups of a measure's figures, one each: ``72% in the young and 80% in the older group``.

    None where a figure has no group of its own, or that of a part of an arm. One of the groups may be empty:
    ``80%, against 49% in historical controls``.
    """
    of_measures = [p for p in pairs if p[1] is not None]
    ids = [frozenset(i for g in groups for i in g.ids) for _, _, groups, _ in of_measures]
    if len(ids) < 2 or len(set(ids)) != len(ids) or len({p[1].ids for p in of_measures if p[1]}) > 1:
        return []
    if any(set(a.ids) < i for a in arms for i in ids):
        return []
    return [groups for _, _, groups, _ in of_measures]


def in_turn(clause: Clause) -> list[Groups]:
    """The groups of ``whereas EFS was 13% versus 14%``, one a figure; none where the clause names its own."""
    turn, values, piece = clause.carry.turn, clause.values, clause.piece
    if len(turn) != len(values) or piece.of("group") or not all_linked(values, clause.text):
        return []
    if any(len(piece.of(kind)) > 1 for kind in ("time", "grade", "cycle")):
        return []
    return [] if is_change(values, clause.text) else turn


_OF_SOME = re.compile(
    r"\s*(?:patients?\s*)?(?:\([^()]*\)\s*)?(?:patients?\s+)?(?:of\s+(?:those|patients)\s+)?(?:in|with|for|among|on|after)\s+[A-Za-z]"
)


def keep_turn(piece: Piece, pairs: Sequence[Pair], carry: Carry, text: str) -> None:
    """Remember for the clauses that follow whose figures ``pairs`` are; a clause with other groups ends it."""
    told = _told_in_turn(pairs, carry.arms)
    if told or piece.of("group"):
        carry.turn = told
    unread = [v for v, measure, groups, _ in pairs if v.unit == "%" and not (measure and groups)]
    if piece.firm() and len(unread) > 1:
        carry.unsure = all(_OF_SOME.match(text, v.end) for v in unread)
    elif piece.of("group"):
        carry.unsure = False


_OVER_TIME = re.compile(r"[A-Z]*FS|OS|TFR|CIR|NRM|TRM")
_WAS = re.compile(r"\s+(?:\(\w+\)\s+)?(?:was|were|differed|did\s+not\s+differ)\b")
_AND_MEASURE = re.compile(
    r"(?:\W*(?:and|while|whereas|but)\s+|;\s+)(?:the\s+|(?:that|those)\s+of\s+)?", re.IGNORECASE
)


def continues_survival(clause: Clause) -> bool:
    """``5-year OS was 72%, and DFS was 67%``: the second estimate is of the same time point."""
    measures, carry, text = clause.measures, clause.carry, clause.text
    start = _AND_MEASURE.match(text, clause.piece.start)
    opens = start is not None and start.end() == measures[0].start
    if opens and len(carry.last_times) == 1 and carry.measures and _is_gapped(clause):
        return not (_are(_SURVIVAL, carry.measures) and _are(_RESPONSE, measures))
    if len(carry.times) != 1:
        return False
    if re.search(r"\b[Cc]orresponding\s+$", text[clause.piece.start : measures[0].start]):
        return True
    over_time = all(_OVER_TIME.fullmatch(m.ids[0]) for m in (*measures, *carry.measures))
    return opens and bool(carry.measures) and over_time and bool(_WAS.match(text, measures[-1].end))


_SURVIVAL = re.compile(r"[A-Z]*FS|OS")
_RESPONSE = re.compile(r"(?:>=)?(?:ORR|[sm]?CR\w*|VGPR|PR|CMR|MRD_negativity|DCR)(?:/.*)?")


def _are(kind: re.Pattern[str], measures: Sequence[Span]) -> bool:
    """``12-month OS was 71% and 45%, and the CR rate 59% and 26%``: a survival's time point is no response's."""
    return all(kind.fullmatch(m.ids[0]) for m in measures)


def _is_gapped(clause: Clause) -> bool:
    """``the 2-year incidence was 36% and 30%, and mortality 24% and 18%``: a clause without a verb of its own."""
    values, measures = clause.piece.values(), clause.measures
    gap = clause.text[measures[-1].end : values[0].start] if values else ""
    return bool(values) and re.fullmatch(r"\s*(?:\([^()]*\)\s*)?", gap) is not None
