"""The reader of facts: which figure belongs to which measure, time point, group, grade and cycle.

The same reader serves a review's sentences and cells, and an answer before it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.model import Fact
from assistant.spans import Span, group_ids, scan
from assistant.text import fold
from assistant.vocabulary import Matchers, Vocabulary

_RATE_UNITS = frozenset({"%", "patients"})
_QUALIFIERS = frozenset({"pvalue", "ci"})
_VERSUS = r"(?:versus|vs\.?|compared\s+(?:with|to)|against|than|and|but|whereas|while)"
_AFTER_VALUE = re.compile(
    rf"\s*(?:\([^()]*\)|\[[^\]]*\])?\s*(?:with|for|in|on|among|after)\s+(?:the\s+|those\s+(?:given|on|with)\s+)?"
    rf"(?P<label>(?!{_VERSUS}\b)[^\s,;.()]+(?:\s+(?!{_VERSUS}\b)[^\s,;.()]+){{0,3}})",
    re.IGNORECASE,
)
_PATIENT_PHRASE = re.compile(r"[^,;.()]*?(?=\b(?:received|were|was|had|achieved|underwent|who|whose|experienced|enrolled|got)\b|[,;.()]|$)")
_ENROL = re.compile(
    r"\b(?:enrol\w*|includ\w*|recruit\w*|tested|treated|evaluat\w*|assess\w*|stud(?:y|ied)\b|accru\w*|random\w*|administered|"
    r"received|analy[sz]ed|comprised|participants|registered|reviewed|reported\s+on|described|in)\b",
    re.IGNORECASE,
)
_ANAPHORA = re.compile(
    r"\b(?:whose|their|these\s+patients|those\s+patients|among\s+(?:them|these|those)|of\s+(?:these|whom|them|those)|"
    r"in\s+(?:this|that)\s+(?:group|arm|cohort|subgroup)|they|this\s+(?:group|subgroup|cohort|arm))\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Carry:
    """What a later piece of a sentence may rest on: groups, measures and times named before."""

    groups: list[Span] = field(default_factory=list)
    subset: tuple[Span, ...] = ()
    measures: list[Span] = field(default_factory=list)
    times: list[Span] = field(default_factory=list)
    grades: list[Span] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with what was found in it, sorted by kind."""

    start: int
    end: int
    spans: tuple[Span, ...]

    def of(self, kind: str) -> list[Span]:
        """The spans of one kind, in order."""
        return [s for s in self.spans if s.kind == kind]

    def values(self) -> list[Span]:
        """Figures that may stand for a measure (p-values and intervals aside)."""
        return [s for s in self.spans if s.kind == "value" and s.unit not in _QUALIFIERS]


class FactReader:
    """Reads facts from text with one review's matchers.

    Args:
        vocabulary: the field's terms (for kinds of measures).
        matchers: the review's lexicons.
    """

    def __init__(self, vocabulary: Vocabulary, matchers: Matchers) -> None:
        self.vocabulary = vocabulary
        self.matchers = matchers

    def read(
        self,
        text: str,
        arms: Mapping[str, frozenset[str]] | None = None,
        before: Sequence[Span] = (),
    ) -> list[Fact]:
        """The facts ``text`` states, in order of place; study and passage are left empty.

        Args:
            text: one sentence, or one item of a table cell.
            arms: labels of the study's own arms, with their group ids.
            before: groups of the sentence before, for ``their``, ``these patients``.
        """
        text = fold(text)
        spans = _annotate(scan(text, self.matchers, arms), text)
        spans = self._duration_values(spans, text)
        carry = _Carry()
        if before and _ANAPHORA.search(text):
            carry.subset = tuple(before)
        facts: list[Fact] = []
        for piece in self._pieces(Piece(0, len(text), tuple(spans)), text):
            facts += self._attach(piece, text, carry)
        return sorted(facts, key=lambda f: f.start)

    def groups(self, text: str, arms: Mapping[str, frozenset[str]] | None = None) -> list[Span]:
        """The groups ``text`` names."""
        return [s for s in scan(fold(text), self.matchers, arms) if s.kind == "group"]

    # -- pieces -----------------------------------------------------------------------------------

    def _duration_values(self, spans: list[Span], text: str) -> list[Span]:
        """``28-month median follow-up`` has a value, ``3-year OS`` a time point: tell them apart."""
        result = []
        for i, span in enumerate(spans):
            if span.kind != "value" or not span.unit.rstrip("s") in {"hour", "day", "week", "month", "year"}:
                result.append(span)
                continue
            is_value = not span.ids or self._is_duration_value(spans, i, text)
            if is_value:
                result.append(span)
            else:
                result.append(replace(span, kind="time", unit=""))
        return result

    def _is_duration_value(self, spans: Sequence[Span], i: int, text: str) -> bool:
        span = spans[i]
        after = text[span.end : span.end + 40]
        if re.match(r"\s*(?:old\b|of\s+age)", after):
            return True
        following = next((s for s in spans if s.kind == "measure" and s.start >= span.end), None)
        if following and re.fullmatch(r"[\s(]*(?:[a-z]+\s+){0,2}", text[span.end : following.start]):
            return self.vocabulary.term(following.ids[0]).kind == "duration"
        if re.match(r"\s+(?:rates?|estimates?|probabilit)", after):
            return False
        for measure in (s for s in spans if s.kind == "measure"):
            kind = self.vocabulary.term(measure.ids[0]).kind
            if kind != "duration":
                continue
            between = text[measure.end : span.start] if measure.end <= span.start else text[span.end : measure.start]
            if measure.end <= span.start and re.search(r"\b(?:at|after|by|within)\s+$", between):
                continue
            if not re.search(r"[;]", between) and not any(
                s.kind == "measure" and s is not measure and min(measure.end, span.end) <= s.start < max(measure.start, span.start)
                for s in spans
            ):
                return True
        return False

    def _pieces(self, piece: Piece, text: str) -> list[Piece]:
        if len(piece.values()) < 2:
            return [piece]
        for pattern in (r";", r",\s*(?:and|while|whereas|but|with)\b|\b(?:while|whereas|whilst)\b", r",", r"\b(?:and|but)\b"):
            for match in re.finditer(pattern, text[piece.start : piece.end], re.IGNORECASE):
                at = piece.start + match.start()
                if any(s.start < at < s.end for s in piece.spans) or _in_parenthesis(text[piece.start : at]):
                    continue
                left = Piece(piece.start, at, tuple(s for s in piece.spans if s.end <= at))
                right = Piece(at, piece.end, tuple(s for s in piece.spans if s.start >= at))
                if self._separable(left, right, text, pattern):
                    return self._pieces(left, text) + self._pieces(right, text)
        return [piece]

    def _separable(self, left: Piece, right: Piece, text: str, pattern: str) -> bool:
        """Whether each side says something complete, so that no list is torn apart."""
        if not left.values() or not right.values():
            return False
        measures = [s for s in left.of("measure") if not s.dual] or left.of("measure")
        others = [s for s in right.of("measure") if not s.dual] or right.of("measure")
        if pattern == ";":
            return True
        tail = text[right.start : right.end]
        if measures and others:
            if "respectively" in tail and len(right.values()) != len(others) and len(left.values()) == 1:
                return len(right.values()) % 2 == 0 and bool(right.of("group") or left.of("group"))
            return self._balanced(left, measures) and self._balanced(right, others)
        if others and not measures:
            return all(v.unit == "patients" for v in left.values()) and not _starts_list(text, left, right)
        if measures and not others:
            for kind in ("group", "time", "grade", "cycle"):
                n_left, n_right = len(left.of(kind)), len(right.of(kind))
                if n_left == len(left.values()) and n_right == len(right.values()):
                    return True
            return False
        return bool(left.of("group")) and bool(right.of("group"))

    @staticmethod
    def _balanced(piece: Piece, measures: Sequence[Span]) -> bool:
        values, groups = len(piece.values()), max(1, len(piece.of("group")))
        times, grades = max(1, len(piece.of("time"))), max(1, len(piece.of("grade")))
        n = max(1, len(measures))
        return values in {1, n, n * groups, n * times, n * grades, 2 * n} or values < n

    # -- attaching --------------------------------------------------------------------------------

    def _attach(self, piece: Piece, text: str, carry: _Carry) -> list[Fact]:
        values = piece.values()
        measures = piece.of("measure")
        firm = [m for m in measures if not m.dual]
        groups = piece.of("group")
        if firm and any(m.dual for m in measures):
            measures = firm
        facts = [self._special(v) for v in values if v.unit in {"nct", "period", "age"}]
        values = [v for v in values if v.unit not in {"nct", "period", "age"}]
        used_groups = [g for g in groups if not any(m.dual and m.start < g.end and g.start < m.end for m in measures)]
        pairs = self._pair(values, measures, used_groups, piece, text, carry)
        for value, measure, group, time in pairs:
            facts.append(self._fact(value, measure, group, time, piece, text))
        facts += self._qualifying(piece, facts, carry)
        self._remember(piece, groups, measures, values, carry)
        return facts

    def _pair(
        self,
        values: list[Span],
        measures: list[Span],
        groups: list[Span],
        piece: Piece,
        text: str,
        carry: _Carry,
    ) -> list[tuple[Span, Span | None, tuple[Span, ...], Span | None]]:
        if not values:
            return []
        times = piece.of("time")
        if not measures:
            return self._without_measure(values, groups, times, piece, text, carry)
        classes = {self._class(m) for m in measures}
        if len(classes) > 1:
            split: list[tuple[Span, Span | None, tuple[Span, ...], Span | None]] = []
            for name in sorted(classes):
                some = [m for m in measures if self._class(m) == name]
                own = [v for v in values if self._fits(v, some) and _of_class(v, name)]
                split += self._pair(own, some, groups, piece, text, carry)
                values = [v for v in values if v not in own]
            return split + [(v, None, self._nearest_group(v, groups), None) for v in values]
        fitting = [v for v in values if self._fits(v, measures)]
        rest = [v for v in values if v not in fitting]
        if len(fitting) > 1 and len(measures) == 1:
            shares = [v for v in fitting if v.unit == "%"]
            if shares and len(shares) < len(fitting) and not groups:
                rest += [v for v in fitting if v not in shares]
                fitting = shares
        result: list[tuple[Span, Span | None, tuple[Span, ...], Span | None]] = [
            (v, None, tuple(groups) if len(groups) == 1 else self._nearest_group(v, groups), None) for v in rest
        ]
        n, m, g, t = len(fitting), len(measures), len(groups), len(times)
        if m == 1 and len(fitting) > 1 and len(groups) != len(fitting):
            groups = self._groups_after(fitting, text) or groups
        g = len(groups)
        carried: Sequence[Span] = groups or (carry.groups if len(carry.groups) > 1 else ())
        if n == 0:
            return result
        if n == m and n > 1:
            own = self._shared_groups(groups, carry, n)
            result += [
                (v, me, own if g != n or m == g == 1 else own, self._time_for(me, v, times, measures))
                for v, me in zip(fitting, measures, strict=True)
            ]
        elif m == 1 and n > 1 and len(carried) == n:
            result += [(v, measures[0], (gr,), self._time_for(measures[0], v, times, measures)) for v, gr in zip(fitting, carried, strict=True)]
        elif m == 1 and n > 1 and t == n:
            result += [(v, measures[0], self._shared_groups(groups, carry, n), ti) for v, ti in zip(fitting, times, strict=True)]
        elif m > 1 and n == m * len(carried) and len(carried) > 1:
            for k, v in enumerate(fitting):
                me = measures[k // len(carried)]
                result.append((v, me, (carried[k % len(carried)],), self._time_for(me, v, times, measures)))
        elif n == 1 and m > 1 and self._coordinated(measures, text):
            own = self._shared_groups(groups, carry, n)
            result += [(fitting[0], me, own, self._time_for(me, fitting[0], times, measures)) for me in measures]
        else:
            for v in fitting:
                me = self._nearest(v, measures)
                own = self._shared_groups(groups, carry, n) if n == 1 else self._nearest_group(v, groups)
                result.append((v, me, own, self._time_for(me, v, times, measures)))
        return result

    def _groups_after(self, values: Sequence[Span], text: str) -> list[Span]:
        """``12 months with A versus 8 months with B``: the groups named straight after each value, or none."""
        found = []
        for value in values:
            match = _AFTER_VALUE.match(text, value.end)
            ids = group_ids(match["label"], self.matchers) if match else frozenset()
            if not match or not ids:
                return []
            found.append(Span("group", match.start("label"), match.end("label"), match["label"], tuple(sorted(ids))))
        return found

    def _without_measure(
        self, values: list[Span], groups: list[Span], times: list[Span], piece: Piece, text: str, carry: _Carry
    ) -> list[tuple[Span, Span | None, tuple[Span, ...], Span | None]]:
        result: list[tuple[Span, Span | None, tuple[Span, ...], Span | None]] = []
        measure = carry.measures[-1] if carry.measures else None
        for k, v in enumerate(values):
            qualified = bool(piece.of("grade") or piece.of("cycle") or (v.total is not None and groups))
            if v.unit == "patients" and not (measure and qualified):
                phrase = _PATIENT_PHRASE.match(text, v.end)
                end = phrase.end() if phrase else v.end
                own = [g for g in groups if v.end <= g.start < end]
                own += [g for g in groups if g not in own and _is_done_to(g, v, end, text)]
                result.append((v, None, tuple(own), None))
                continue
            time = times[k] if len(times) == len(values) else (times[0] if len(times) == 1 else None)
            one = (groups[k],) if len(groups) == len(values) else self._nearest_group(v, groups)
            if len(groups) == 1 or len(values) == 1:
                one = tuple(groups)
            grades = piece.of("grade") + piece.of("cycle")
            if measure and self._fits(v, [measure]) and (groups or times or grades) and v.unit in _RATE_UNITS | {""}:
                inherited = carry.times[-1] if carry.times and not time else time
                result.append((v, measure, one, inherited))
            else:
                result.append((v, None, one, time))
        return result

    def _class(self, measure: Span) -> str:
        kind = self.vocabulary.term(measure.ids[0]).kind
        return kind if kind == "duration" else "ratio" if kind in {"ratio", "score", "pvalue"} else "rate"

    def _fits(self, value: Span, measures: Sequence[Span]) -> bool:
        kinds = {self.vocabulary.term(m.ids[0]).kind for m in measures}
        if value.unit == "%":
            return bool(kinds - {"duration", "pvalue"})
        if value.unit == "patients":
            return bool(kinds - {"duration", "ratio", "pvalue", "score"})
        if value.unit.rstrip("s") in {"hour", "day", "week", "month", "year"}:
            return "duration" in kinds
        if value.unit in {"", "amount", "range"}:
            return bool(kinds & {"ratio", "score", "amount", "pvalue", "duration"}) or (value.unit == "amount" and bool(kinds))
        return False

    @staticmethod
    def _coordinated(measures: Sequence[Span], text: str) -> bool:
        return all(
            re.fullmatch(r"\s*(?:,|and|or|/|,\s*and)?\s*(?:the\s+)?", text[a.end : b.start], re.IGNORECASE)
            for a, b in zip(measures, measures[1:], strict=False)
        )

    @staticmethod
    def _nearest(value: Span, measures: Sequence[Span]) -> Span:
        before = [m for m in measures if m.end <= value.start]
        return before[-1] if before else min(measures, key=lambda m: abs(m.start - value.end))

    @staticmethod
    def _nearest_group(value: Span, groups: Sequence[Span]) -> tuple[Span, ...]:
        if not groups:
            return ()
        after = [g for g in groups if 0 <= g.start - value.end <= 60]
        return (after[0],) if after else (min(groups, key=lambda g: abs(g.start - value.end)),)

    @staticmethod
    def _shared_groups(groups: Sequence[Span], carry: _Carry, n: int) -> tuple[Span, ...]:
        return tuple(groups) if groups else carry.subset

    @staticmethod
    def _time_for(measure: Span | None, value: Span, times: Sequence[Span], measures: Sequence[Span]) -> Span | None:
        if not times:
            return None
        if len(times) == 1:
            return times[0]
        if measure is not None:
            if len(times) == len(measures):
                return times[list(measures).index(measure)]
            before = [t for t in times if t.end <= measure.start]
            if before:
                return before[-1]
        after = [t for t in times if t.start >= value.end]
        return after[0] if after else times[-1]

    def _remember(self, piece: Piece, groups: list[Span], measures: list[Span], values: list[Span], carry: _Carry) -> None:
        if groups:
            carry.groups = groups
            counted = any(v.unit == "patients" for v in values)
            carry.subset = tuple(groups) if counted and len([g for g in groups]) <= 2 and len(values) == 1 else ()
        if measures:
            carry.measures = measures
        if piece.of("time"):
            carry.times = piece.of("time")

    # -- making facts -----------------------------------------------------------------------------

    @staticmethod
    def _special(value: Span) -> Fact:
        attribute = {"nct": "nct", "period": "study_period", "age": "age_range"}[value.unit]
        return Fact("", attribute, value.text, "", unit="years" if value.unit == "age" else "", start=value.start, end=value.end)

    def _fact(
        self, value: Span, measure: Span | None, groups: tuple[Span, ...], time: Span | None, piece: Piece, text: str
    ) -> Fact:
        attribute = measure.ids[0] if measure else ("n_patients" if value.unit == "patients" else "")
        return Fact(
            "",
            attribute,
            value.text,
            "",
            unit=value.unit,
            comparator=value.comparator,
            time_point=time.ids[0] if time and time.ids else "",
            group=frozenset(i for g in groups for i in g.ids),
            group_label=" ".join(g.text for g in groups),
            grade=self._near(value, piece, "grade", measure),
            cycle=self._near(value, piece, "cycle", measure),
            n=value.n,
            total=value.total,
            percent=value.percent,
            start=value.start,
            end=value.end,
        )

    @staticmethod
    def _near(value: Span, piece: Piece, kind: str, measure: Span | None) -> str:
        """The grade or cycle of a value: the one beside its measure, or the only one, or the one in its turn."""
        spans = piece.of(kind)
        if not spans:
            return ""
        if len(spans) == 1:
            if measure and kind == "grade" and len(piece.of("measure")) > 1:
                gap = spans[0].start - measure.end if spans[0].start >= measure.end else measure.start - spans[0].end
                return spans[0].ids[0] if gap <= 25 else ""
            return spans[0].ids[0]
        values = piece.values()
        if len(spans) == len(values):
            return spans[values.index(value)].ids[0] if value in values else ""
        anchor = measure or value
        return min(spans, key=lambda s: abs(s.start - anchor.start)).ids[0]

    def _qualifying(self, piece: Piece, facts: Sequence[Fact], carry: _Carry) -> list[Fact]:
        """p-values and intervals, each with the measure it belongs to."""
        found = []
        for span in piece.spans:
            if span.kind != "value" or span.unit not in _QUALIFIERS:
                continue
            before = [f for f in facts if f.start < span.start and f.attribute]
            last = max(before, key=lambda f: f.start) if before else None
            of = last.attribute if last else (carry.measures[-1].ids[0] if carry.measures else "")
            found.append(
                Fact(
                    "",
                    {"pvalue": "p_value", "ci": "CI"}[span.unit],
                    span.text,
                    "",
                    unit=span.unit,
                    comparator=span.comparator,
                    time_point=last.time_point if last else "",
                    group=last.group if last and span.unit == "ci" else frozenset(),
                    group_label=last.group_label if last and span.unit == "ci" else "",
                    of=of,
                    start=span.start,
                    end=span.end,
                )
            )
        return found


_DONE_TO = re.compile(
    r"[^,;.]{0,40}\b(?:received|underwent|proceeded\s+to|given|had|performed\s+in|carried\s+out\s+in|done\s+in|given\s+to|offered\s+to|used\s+in)\b[^,;.]{0,40}"
)


def _is_done_to(group: Span, count: Span, end: int, text: str) -> bool:
    """``transplantation was performed in 78 patients``, ``78 patients received a transplant``: the act names a subgroup."""
    between = text[group.end : count.start] if group.end <= count.start else text[end : group.start]
    return bool(_DONE_TO.fullmatch(between))


def _of_class(value: Span, name: str) -> bool:
    """Whether a figure's unit suits the class of measures, where a sentence has several classes."""
    if name == "rate":
        return value.unit in _RATE_UNITS
    return bool(value.unit) == (name == "duration") and value.unit not in _RATE_UNITS


def _in_parenthesis(text: str) -> bool:
    return text.count("(") > text.count(")")


def _starts_list(text: str, left: Piece, right: Piece) -> bool:
    return bool(re.search(r"\brespectively\b", text[right.start : right.end])) and len(right.values()) > 1


def _annotate(spans: list[Span], text: str) -> list[Span]:
    """Join ``47/53 (88.7%)`` or ``85.7% (6/7 patients)`` into one value with n, N and percentage."""
    result: list[Span] = []
    for span in spans:
        last = next((s for s in reversed(result) if s.kind == "value"), None)
        if last is not None and span.kind == "value" and result[-1] is last or (
            last is not None and span.kind == "value" and span.unit in {"%", "patients"} and _paren_follows(last, span, text)
        ):
            assert_last = last
            if _paren_follows(assert_last, span, text) and {assert_last.unit, span.unit} == {"%", "patients"}:
                merged = _merge(assert_last, span)
                if merged is not None:
                    result[result.index(assert_last)] = merged
                    continue
        result.append(span)
    return result


def _paren_follows(first: Span, second: Span, text: str) -> bool:
    between = text[first.end : second.start]
    return bool(re.fullmatch(r"\s*(?:\w+\s+){0,3}[(\[]\s*(?:n\s*=\s*)?", between)) or bool(
        re.fullmatch(r"\s*(?:patients?\s*)?[,;]\s*(?:n\s*=\s*)?", between) and _in_parenthesis(text[: first.start])
    )


def _merge(first: Span, second: Span) -> Span | None:
    count, share = (first, second) if first.unit == "patients" else (second, first)
    if count.percent or (share.n is not None):
        return None
    return replace(first, n=count.n, total=count.total, percent=share.percent, unit=first.unit)
