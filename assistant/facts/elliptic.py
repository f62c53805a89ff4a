"""Measures that a sentence gives once more without their names: of a part of the patients, or ``that for`` something else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant import lazy_re as re
from assistant.spans.span import TIME_UNITS, Span

_THESE_RATES = re.compile(
    r"\b(?:these|those|the(?:\s+(?:two|corresponding|respective))?)\s+(?:two\s+)?(?:rates|figures|proportions|percentages)\s+(?:were|was|reached)\s+(?=\d)",
    re.IGNORECASE,
)
_BOTH = 2
_HEADING = re.compile(
    r"(?:^|;)\W*(?:(?:and|but|whereas|while)\s+)?(?:in|among|for|with|on|under|after|following)\s+(?:the\s+|all\s+)?(?:(?:other|remaining)\s+)?(?:\d+\s+)?"
    r"(?:(?:patients|those|children|adults|people|cases)\s+(?:with\s+|who\s+were\s+|aged\s+|given\s+|receiving\s+|treated\s+with\s+|who\s+(?:had\s+)?received\s+|(?:assigned|allocated|randomi[sz]ed)\s+to\s+|on\s+)?(?:an?\s+)?)?$",
    re.IGNORECASE,
)
_FIRST_MEASURE = re.compile(
    r"[^;,%]{0,40}(?:\([^()]*\))?[,:]?\s+(?:the\s+)?(?:[\w\u2264\u2265<>-]+\s+){0,7}$"
)


_LABELS = re.compile(r"(?:^|;)\s*(?:(?:in|on|with|for)\s+)?(?:the\s+)?$", re.IGNORECASE)
_COLON = re.compile(r"(?:\s+(?:arm|group|cohort))?\s*(?:\([^()]*\)\s*)?:")


def _heads(group: Span, text: str) -> bool:
    """Whether a group heads a clause: by ``in those with A``, or as its label: ``A: ORR 81%, CR 44%``."""
    before = text[: group.start]
    labels = _LABELS.search(before) is not None and _COLON.match(text, group.end) is not None
    return labels or _HEADING.search(before) is not None


def headings(spans: Sequence[Span], text: str) -> list[tuple[int, Span]]:
    """(where its clause ends, group) of each group that heads a clause: ``in those with A the ORR was 57% and the CR rate 40%``."""
    found = []
    for group in (s for s in spans if s.kind == "group" and _heads(s, text)):
        first = next(
            (
                s
                for s in spans
                if s.kind in {"measure", "value"} and s.start >= group.end and s.unit != "patients"
            ),
            None,
        )
        if (
            first is not None
            and first.kind == "measure"
            and _FIRST_MEASURE.fullmatch(text, group.end, first.start)
        ):
            end = text.find(";", group.end)
            found.append((end if end > 0 else len(text), group))
    return found


def rates_repeated(spans: list[Span], text: str) -> list[Span]:
    """``the ORR was 61% and the CR rate 47%; with A these rates were 57% and 40%``: the two measures once more, in order."""
    again = _THESE_RATES.search(text)
    if again is None:
        return spans
    named = {s.ids: s for s in spans if s.kind == "measure" and s.end <= again.start()}
    given = [s for s in spans if s.kind == "value" and s.start >= again.end() and s.unit == "%"]
    if not len(named) == len(given) >= _BOTH:
        return spans
    pairs = zip(named.values(), given, strict=True)
    repeated = _once_more(pairs, spans, text)
    return sorted([*spans, *repeated], key=lambda s: (s.start, s.end))


_RATES = re.compile(r"\b(?:rates|figures|proportions|percentages|corresponding)\b", re.IGNORECASE)


def measures_repeated(spans: list[Span], text: str) -> list[Span]:
    """``with A, NRM was 18% and relapse 24%; with B, 14% and 27%``: the measures of the clause before once more, in order."""
    stops = [0, *(m.end() for m in re.finditer(";", text)), len(text)]
    clauses = [[s for s in spans if a <= s.start < b] for a, b in pairwise(stops)]
    found: list[Span] = []
    for before, after in pairwise(clauses):
        named = [s for s in before if s.kind == "measure"]
        given = [s for s in after if s.kind == "value"]
        told = [s for s in before if s.kind == "value"]
        alike = all(s.unit == "%" for s in (*given, *told)) and len(named) == len(told) == len(given) >= _BOTH
        groups = [{s.ids for s in part if s.kind == "group"} for part in (before, after)]
        apart = all(len(g) == 1 for g in groups) and groups[0] != groups[1]
        in_turn = all(m.end <= v.start for m, v in zip(named, told, strict=False))
        again = before and after and _RATES.search(text, before[-1].end, after[-1].end)
        if (
            again
            or not alike
            or not apart
            or not in_turn
            or any(s.kind in {"measure", "grade"} for s in after)
        ):
            continue
        if len({m.ids for m in named}) == len(named):
            found += _once_more(zip(named, given, strict=True), before, text)
            times = [s for s in before if s.kind == "time"]
            if len(times) == 1 and not any(s.kind == "time" for s in (*after, *found)):
                found += [replace(times[0], start=v.start, end=v.start) for v in given]
    return sorted([*spans, *found], key=lambda s: (s.start, s.end)) if found else spans


def _once_more(pairs: Iterable[tuple[Span, Span]], spans: Sequence[Span], text: str) -> list[Span]:
    """Each measure, with the grade or time that stands straight before it, in the place of a figure."""
    repeated: list[Span] = []
    graded = False
    for measure, value in pairs:
        own = [s for s in spans if s.kind in {"grade", "time"} and text[s.end : measure.start].isspace()]
        graded = graded or any(s.kind == "grade" for s in own)
        if graded and not any(s.kind == "grade" for s in own):
            own.append(
                Span("grade", value.start, value.start, "", ("",))
            )  # the grade was that of the first alone
        repeated += [replace(s, start=value.start, end=value.start) for s in (*own, measure)]
    return repeated


_RELATIVE = re.compile(r",\s+(?:whose|in\s+whom|of\s+whom|who)\b")
_AND_WAS = re.compile(
    r",\s+(?:and|but|while|whereas)\s+(?:it\s+)?(?:was|were|reached)\s+(?:only\s+|not\s+)?$", re.IGNORECASE
)


def main_clause_resumed(spans: list[Span], text: str) -> list[Span]:
    """``OS was not reached in A, whose 3-year rate was 66%, and was 14 months in B``: the measure of the main clause once more."""
    found = []
    for value in (s for s in spans if s.kind == "value" and (s.unit in TIME_UNITS or s.unit == "open")):
        measures = [s for s in spans if s.kind == "measure" and s.end <= value.start]
        if len(measures) < _BOTH or not _AND_WAS.search(text[: value.start]):
            continue
        *earlier, last = measures
        main = [m for m in earlier if _RELATIVE.search(text, m.end, last.start)]
        if main and main[-1].ids[0].startswith("median_") and not last.ids[0].startswith("median_"):
            found.append(replace(main[-1], start=value.start, end=value.start))
    return sorted([*spans, *found], key=lambda s: (s.start, s.end, s.kind != "measure")) if found else spans


_THAT_FOR = re.compile(
    r"\b(?:and|while|whereas|but)\s+(?P<that>that)\s+(?:for|of)\s+(?:the\s+)?(?=[A-Za-z])", re.IGNORECASE
)


def ratios_repeated(spans: list[Span], text: str, ratios: Collection[str]) -> list[Span]:
    """``the HR for PFS was 0.6, and that for death was 0.8``: the ratio once more, of what is named behind it."""
    found = []
    for again in _THAT_FOR.finditer(text):
        before = [s for s in spans if s.kind == "measure" and s.end <= again.start() and s.ids[0] in ratios]
        behind = next((s for s in spans if s.kind == "measure" and s.start >= again.end()), None)
        if before and behind is not None and behind.start == again.end():
            start, end = again.span("that")
            found.append(replace(before[-1], start=start, end=end))
    return sorted([*spans, *found], key=lambda s: (s.start, s.end)) if found else spans


_ONES = re.compile(
    r"\b(?P<how>serious|fatal|lethal)\s+(?:ones|events|AEs|TEAEs|adverse\s+events)\b", re.IGNORECASE
)
_STEROIDS = re.compile(r"\b(?:cortico|gluco(?:cortico)?)?(?:steroids?|corticoids?)\b", re.IGNORECASE)
_TOCILIZUMAB = ("tocilizumab_use",)
_EVENTS = frozenset({"AE", "TEAE", "TRAE", "SAE"})


def _is_named(match: re.Match[str], spans: Sequence[Span]) -> bool:
    return any(s.kind == "measure" and s.start < match.end() and s.end > match.start() for s in spans)


def ones_named(spans: list[Span], text: str) -> list[Span]:
    """``adverse events were seen in 88%, serious ones in 31%``: the events of the sentence, told apart by a word.

    So are the steroids that stand beside what else was given for the same.
    """
    found: list[Span] = []
    if any(s.ids == _TOCILIZUMAB for s in spans):
        given = [m for m in _STEROIDS.finditer(text) if not _is_named(m, spans)]
        found += [Span("measure", *m.span(), m[0], ("steroid_use",)) for m in given]
    for ones in _ONES.finditer(text):
        before = any(s.kind == "measure" and s.ids[0] in _EVENTS and s.end <= ones.start() for s in spans)
        if before and not _is_named(ones, spans):
            own = "SAE" if ones["how"].lower() == "serious" else "fatal_ae"
            found.append(Span("measure", *ones.span(), ones[0], (own,)))
    return sorted([*spans, *found], key=lambda s: (s.start, s.end)) if found else spans


_WHOLE_THEN = re.compile(
    r":\s+|\s+(?:overall|in\s+all(?:\s+(?:infused|treated|evaluable))?\s+patients|for\s+all\s+patients|in\s+the\s+(?:entire|whole|overall)\s+(?:cohort|population))"
    r"(?:\s*\([^()]*\))?,?\s+(?:but|and|with|,)?\s*(?:in|for)?\s*"
)
_FIRST_OF_PARTS = re.compile(r"(?:(?:in|for|it\s+was|at)\s+)?")


def parts_repeated(spans: list[Span], text: str) -> list[Span]:
    """``The ORR was 79% and differed by regimen: 71% with A, 82% with B``, ``26% overall, but in 41% of A``: the measure once more.

    The measure that is repeated has no words of its own; what is behind it is cut off there.
    """
    results = [s for s in spans if s.kind == "value" and s.unit in {"%", *TIME_UNITS}]
    named = [s for s in spans if s.kind == "measure"]
    if len(results) <= _BOTH or not named or named[-1].end > results[0].start:
        return spans
    first, *parts = results
    turn = next(
        (m for m in _WHOLE_THEN.finditer(text, first.end, parts[0].start) if m.end() == parts[0].start), None
    )
    alike = all(v.unit == first.unit for v in parts)
    if turn is None or not alike or len({m.ids for m in named}) != 1:
        return spans
    again = replace(named[-1], start=parts[0].start, end=parts[0].start, text="")
    return sorted([*spans, again], key=lambda s: (s.start, s.end, s.kind != "measure"))


_NO_MATTER = re.compile(
    r",\s+(?:and|but|while|whereas)\s+(?:it\s+)?(?:(?:did|does)\s+not\s+(?:depend|differ|vary)|(?:was|were)\s+(?:not\s+(?:influenced|affected)|independent|similar|comparable|alike))"
    r"\b[^;:.()%]*\(\s*(?=\d[\d.]*\s?%\s+(?:with|in|for|on|after|among)\s)",
    re.IGNORECASE,
)


def outcome_repeated(spans: list[Span], text: str) -> list[Span]:
    """``MRD negativity was rarer in men, and did not depend on the partner (65% with A and 64% with B)``: the measure once more."""
    found = []
    for match in _NO_MATTER.finditer(text):
        close = text.find(")", match.end())
        named = [s for s in spans if s.kind == "measure" and s.end <= match.start()]
        inside = [s for s in spans if match.start() < s.start < close]
        values = [s for s in inside if s.kind == "value" and s.unit == "%"]
        if named and len(values) >= _BOTH and not any(s.kind == "measure" for s in inside):
            found.append(replace(named[-1], start=values[0].start, end=values[0].start, text=""))
    return sorted([*spans, *found], key=lambda s: (s.start, s.end, s.kind != "measure")) if found else spans
