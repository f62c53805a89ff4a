"""Facts of one piece of a sentence: its figures, each with what it belongs to, and what qualifies them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.facts.carry import Carry, Clause, Pair, keep_turn
from assistant.facts.changes import changes
from assistant.facts.counts import is_enrolment
from assistant.facts.doses import OF_ALL
from assistant.facts.grades import grade_or_cycle, graded_as
from assistant.facts.kinds import Kinds
from assistant.facts.nearest import nearest_group
from assistant.facts.no_results import is_whole
from assistant.facts.pairing import Pairing
from assistant.facts.pieces import Piece
from assistant.facts.qualifying import SPECIAL, each, qualifying, special, threshold
from assistant.facts.series import set_against
from assistant.model import Fact
from assistant.spans.span import Span
from assistant.vocabulary.vocabulary import Matchers, Vocabulary

_RATIO_OF = re.compile(r"\s+(?:of|for)\s+(?:the\s+)?(?:[a-z-]+\s+){0,2}?", re.IGNORECASE)


_GRADELESS = frozenset({"deaths", "NRM", "TRM", "30-day_mortality", "60-day_mortality", "100-day_mortality"})
"""``died of grade 5 toxicity``: a grade is that of the cause."""


_THEM = re.compile(r"\b(?:their|they|them|these|those|whom|whose|which|this|that|such|it)\b", re.IGNORECASE)
"""Without any of these a clause behind a semicolon speaks of others than those counted before it."""


class Attaching:
    """Makes facts of a piece's figures.

    Args:
        vocabulary: the field's terms.
        kinds: tells which figures suit which measures.
        matchers: the review's lexicons.
    """

    def __init__(self, vocabulary: Vocabulary, kinds: Kinds, matchers: Matchers) -> None:
        self.vocabulary = vocabulary
        self._kinds = kinds
        self._pairing = Pairing(kinds, matchers)

    def attach(self, piece: Piece, text: str, carry: Carry) -> list[Fact]:
        """The facts of a piece; what it names is then carried on to the next."""
        values = [v for v in piece.values() if v.unit != "limit"]
        counted = any(v.unit == "patients" for v in values)
        if counted and text.startswith(";", piece.start) and not _THEM.search(text, piece.start, piece.end):
            carry.subset = ()
        facts = [special(v) for v in values if v.unit in SPECIAL]
        own_threshold = threshold(piece, text, carry)
        pairs = self._pairs([v for v in values if v.unit not in SPECIAL], piece, text, carry)
        for value, measure, groups, time in pairs:
            of = self._compared_by(measure, piece, text, carry) if measure else ""
            for group in each(groups):
                told = (*group, *own_threshold) if measure else group
                fact = replace(self.fact(value, measure, told, time, piece), of=of)
                facts.append(graded_as(fact, measure, piece, carry, text))
        facts = changes(facts, text, carry.arms)
        facts += qualifying(piece, facts, carry, text)
        keep_turn(piece, pairs, carry, text)
        carry.remember(piece)
        return facts

    def _pairs(self, values: Sequence[Span], piece: Piece, text: str, carry: Carry) -> list[Pair]:
        """Each figure with what it belongs to; those that only count who took part, or of whom others are, apart."""
        measures = self._without_compared(piece.firm(), text)
        turn = _turn(measures, values, text)
        measures = [m for m in measures if m.start < turn]
        groups = [g for g in _groups(piece, measures, values, text) if g.start < turn] or _where(
            piece, carry, text
        )
        begin = min((m.start for m in measures), default=len(text))
        enrolled = [
            v for v in values if measures and is_enrolment(v, text, has_measure_before=begin < v.start)
        ]
        values = [v for v in values if v not in enrolled]
        wholes = [v for v in values if (measures or carry.measures) and is_whole(v, text)]
        values = [v for v in values if v not in wholes]
        infused = {v: m for v in wholes for m in measures if _is_infused(v, m)}
        measures = [m for m in measures if m not in infused.values()]
        pairs = self._pairing.pair(Clause(piece, text, Carry(arms=carry.arms), enrolled, (), groups))
        pairs += [(v, infused.get(v), nearest_group(v, groups), None) for v in wholes]
        overall = [v for v in values if groups and len(values) > 1 and OF_ALL.search(text[: v.start])]
        pairs += self._pairing.pair(Clause(piece, text, Carry(arms=carry.arms), overall, measures, ()))
        values = [v for v in values if v not in overall]
        pairs += self._pairing.pair(Clause(piece, text, carry, values, measures, groups))
        return [self._within(p, carry) for p in pairs]

    def _compared_by(self, measure: Span, piece: Piece, text: str, carry: Carry) -> str:
        """What a ratio compares: the measure named behind it, or else before; "" for what is no ratio."""
        if self._kinds.measure_class(measure) != "ratio":
            return ""
        named = [m for m in piece.of("measure") if _RATIO_OF.fullmatch(text, measure.end, m.start)]
        return named[0].ids[0].removeprefix("median_") if named else self.compared(carry.measures)

    def _without_compared(self, measures: list[Span], text: str) -> list[Span]:
        """``(18-month rate, 77% vs. 69%; hazard ratio for death, 0.70)``: the deaths are the ratio's alone."""
        ratios = [m for m in measures if self._kinds.measure_class(m) == "ratio"]
        kept = [
            m
            for m in measures
            if m in ratios or not any(_RATIO_OF.fullmatch(text, r.end, m.start) for r in ratios)
        ]
        return kept or measures

    @staticmethod
    def _within(pair: Pair, carry: Carry) -> Pair:
        """``Among the 57 with a mutation, PFS was 76% on A``: an arm's figure is of those counted before."""
        value, measure, groups, time = pair
        arms = {a.ids for a in carry.arms}
        subset = carry.subset
        if not measure or not groups or not subset or any(s.ids in arms for s in subset):
            return pair
        if not all(g.ids in arms for g in groups):
            return pair
        return value, measure, (*subset, *groups), time

    def compared(self, measures: Sequence[Span]) -> str:
        """What a ratio after ``measures`` compares: the last of them that is none itself; "" where all are."""
        own = [m for m in measures if self._kinds.measure_class(m) != "ratio"]
        return own[-1].ids[0].removeprefix("median_") if own else ""

    def _lasts(self, measure: Span) -> bool:
        """Whether a measure is a length of time, which an age, given without its unit, is not."""
        of_age = "age" in measure.ids[0].split("_")
        return not of_age and self.vocabulary.term(measure.ids[0]).kind == "duration"

    def fact(
        self, value: Span, measure: Span | None, groups: tuple[Span, ...], time: Span | None, piece: Piece
    ) -> Fact:
        """The fact of a figure; what it measures is "" where no measure is given and it counts no patients."""
        counted = value.unit == "patients" and (bool(groups) or not value.percent)
        if measure and value.unit == "" and value.text.isdigit() and self._lasts(measure):
            measure = None  # "OS was no longer, nor in 50 matched pairs": a length has its unit
        attribute = measure.ids[0] if measure else ("n_patients" if counted else "")
        early = f"{time.ids[0]}_mortality" if time and time.ids and attribute == "deaths" else ""
        if early in self.vocabulary.measures:
            attribute, time = early, None
        return Fact(
            "",
            attribute,
            value.text,
            "",
            unit=value.unit,
            comparator=value.comparator,
            time_point=time.ids[0] if time and time.ids else "",
            group=frozenset(i for g in groups for i in g.ids),
            group_label=" ".join(dict.fromkeys(g.text for g in groups)),
            grade="" if attribute in _GRADELESS else grade_or_cycle(value, piece, "grade", measure),
            cycle=grade_or_cycle(value, piece, "cycle", measure),
            n=value.n,
            total=value.total,
            percent=value.percent,
            start=value.start,
            end=value.end,
        )


_OWN_BRACKET = re.compile(
    r"(?:\s+(?:patients|disease|arms?|groups?|years))?\s*\((?=[^()]*\b(?:HR|OR|RR|ratio)\b[^()]*\d)[^()]*\),?\s+(?:and|but)\s+(?:it\s+)?"
    r"(?:was|were|had|did|could|less|not|lower|smaller|absent)\b"
)


def _unspent(groups: list[Span], values: Sequence[Span], text: str) -> list[Span]:
    """``greatest in A (HR 0.5) and not apparent in B, whose OS was 16 months``: the later figures are not A's.

    A group with figures of its own in the bracket behind it, set against one named later, has no others.
    """
    begin = min((v.start for v in values), default=0)
    spent = [g for g in groups[:-1] if g.end <= begin and _OWN_BRACKET.match(text, g.end)]
    return [g for g in groups if g not in spent] if len(spent) < len(groups) else groups


_CLAUSE = re.compile(
    r"(?:\s*[%)]|\s*\([^()]*\)|\s+months)*[,;]\s+(?:and|but|whereas|while|although|though|yet)\b"
)


def _turn(measures: Sequence[Span], values: Sequence[Span], text: str) -> int:
    """Where behind two figures set against each other a clause begins that names another measure without a figure.

    ``The ORR was 60% vs. 50%, and PFS was longer (HR 0.7)``; the end of the text where there is none.
    """
    pair = len(values) == 2 and set_against(values, text)
    clause = _CLAUSE.match(text, values[-1].end) if pair else None
    if clause is None or "respectively" in text[clause.end() :]:
        return len(text)
    told = any(m.end <= values[0].start for m in measures)
    return clause.end() if told and any(m.start >= clause.end() for m in measures) else len(text)


_NO_GAIN = re.compile(
    r"[^();,]{0,40}(?:\([^()]*\))?\)?[,;]\s+(?:whereas|while|but|and)\s+[^();,%]{0,80}?\b(?:(?:did|do|does|had|have|was|were|showed|derived|saw)\s+(?:not|no|little)\b"
    r"|fared\s+alike\b|were\s+alike\b)",
    re.IGNORECASE,
)


def _of_figures(groups: list[Span], values: Sequence[Span], text: str) -> list[Span]:
    """``a gain with A (53% vs. 34%), whereas those with B did not benefit``: the groups without those of the idle clause."""
    idle = _NO_GAIN.match(text, values[-1].end) if len(values) > 1 else None
    return [g for g in groups if idle is None or not idle.start() < g.start < idle.end()]


_WERE_ALIKE = re.compile(
    r"\s+(?:were|was|had|did)\s+(?:\w+ly\s+)?(?:indistinguishable|alike|similar|the\s+same|identical|equal|comparable|equivalent|not\s+differ\w*)\b"
)


def _without_alike(groups: list[Span], text: str) -> list[Span]:
    """``in men the arms were alike (92% vs. 91%)``: the groups of a clause without both arms, where it tells of whom it speaks."""
    both = [g for g in groups if sum((o.start, o.end) == (g.start, g.end) for o in groups) > 1]
    rest = [g for g in groups if g not in both]
    told = both and rest and rest[-1].end <= both[0].start and _WERE_ALIKE.match(text, both[0].end)
    return rest if told else groups


def _groups(piece: Piece, measures: Sequence[Span], values: Sequence[Span], text: str) -> list[Span]:
    """The groups of a piece that are no outcomes, one that is named twice in a row once."""
    groups = [g for g in piece.of("group") if not any(m.dual and m.meets(g) for m in measures)]
    groups = _of_figures(_unspent(_without_alike(groups, text), values, text), values, text)
    return [
        g
        for i, g in enumerate(groups)
        if i == 0 or g.ids != groups[i - 1].ids or any(groups[i - 1].end <= v.start < g.start for v in values)
    ]


_WHERE = re.compile(r"\W*(?:where|in\s+whom|whose|of\s+whom|who)\s", re.IGNORECASE)
_STRAIGHT = re.compile(r"(?:\s+(?:patients|disease|arm|group|cohort|adults|children))?(?:\s*\([^()]*\))?\s*")


def _where(piece: Piece, carry: Carry, text: str) -> list[Span]:
    """``not reached in B, where 73% were free of progression``: a clause tells more of the group straight before it."""
    last = carry.groups[-1:]
    if last and last[0] in carry.subset and len(carry.subset) > 1:
        return []  # "performed in 78 high-risk patients, whose OS": of those counted, with what was done
    told = last and _WHERE.match(text, piece.start) and _STRAIGHT.fullmatch(text, last[0].end, piece.start)
    return last if told else []


def _is_infused(value: Span, measure: Span) -> bool:
    """``57 infused patients``: a count that is the measure's own figure."""
    return measure.ids[0] == "infused_patients" and 0 < measure.start - value.end <= 1
