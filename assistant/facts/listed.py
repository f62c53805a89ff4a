"""Lists of adverse events: the grade or group that is told once, at the head of the list or behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.facts.series import coordinated
from assistant.model import Fact
from assistant.spans.span import Span

_EVENTS = r"(?:AEs?|TEAEs?|TRAEs?|(?:adverse\s+)?(?:events?|reactions?|effects?)|toxicit(?:y|ies)|side[\s-]effects?|complications)"
_OF = re.compile(
    rf"\b{_EVENTS}(?:\s+that\s+were|\s+reported|\s+observed|\s+seen)?\s*(?:,\s*|\(\s*|\s)(?:of\s+|at\s+|with\s+)?$",
    re.IGNORECASE,
)
"""Before the grade: ``adverse events of grade 3 or 4``."""
_BEFORE_EVENTS = re.compile(rf"[\s-]+(?:[\w-]+\s+){{0,3}}{_EVENTS}\b", re.IGNORECASE)
"""Behind the grade: ``grade 3 treatment-related adverse events``."""
_OPENS = re.compile(
    r"[^;:.%]*?(?:\d\s?%[^;:.%]*?)?(?:\b(?:were|was|included?|comprised|consisted\s+of|being)\b\s*:?|\bsuch\s+as\b|:)(?!\s+(?:seen|observed|"
    r"reported|noted|recorded|found|more|less|higher|lower|similar|rare|common|frequent|in|not|no|also)\b)",
    re.IGNORECASE,
)
"""What leads from the name of the events to their list."""
_CLOSES = re.compile(
    r"\s*(?:[.;]|$|,?\s+(?:on|with|in|among|during|after)\s(?!\s*(?:only\s+|just\s+)?(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|a\s+single)\b))",
    re.IGNORECASE,
)
"""What may stand behind a list and its grade; ``(88%), of grade 3 in two`` counts those of that grade alone."""
_BEHIND_OF = re.compile(r"[)\]]\s*,?\s*(?:(?:all|both|each)\s+)?(?:of|at|with)\s+$", re.IGNORECASE)
_BEHIND_WERE = re.compile(
    r"[)\]]\s*,?\s*(?:were|being)\s+(?:the\s+|among\s+the\s+)?(?:only\s+|(?:most\s+)?(?:common|frequent|frequently\s+reported|commonly\s+"
    r"reported|commonly\s+observed|prevalent)\s+|commonest\s+|main\s+|leading\s+|predominant\s+)$",
    re.IGNORECASE,
)
_BREAKS = re.compile(
    r"\b(?:was|were|had|have|has|occurred|developed|died|led|received|required|while|whereas|but|any|all|overall|stopped|discontinued)\b|[;:]|(?<!\bvs)\.\s",
    re.IGNORECASE,
)
_STOP = re.compile(r";|(?<!\bvs)\.\s")
_GOES_ON = re.compile(
    r"\s*(?:and\s+|while\s+|whereas\s+)?(?:in|with|on|for|among)\s"
    r"(?![^;]*\b(?:was|were|had|occurred|developed|grades?)\b)[^;]*[)]",
    re.IGNORECASE,
)
"""``…; in those given B, C (38%) and D (22%)``: a list without a verb goes on with the one before the semicolon."""
_ANY = re.compile(r"\b(?:any|all|every|low(?:er)?)[\s-]+grades?\b|\b(?:of|at)\s+any\s+grade\b", re.IGNORECASE)
_OF_ANY_GRADE = re.compile(
    r",\s+(?:and|but|while|whereas)\s+[^,;]{1,40}\b(?:any[\s-]+grade|of\s+any\s+grade)\b", re.IGNORECASE
)
_NO_EVENTS = frozenset(
    {"", "AE", "SAE", "n_patients", "deaths", "discontinuation", "fatal_ae", "p_value", "CI"}
)


def graded_lists(facts: Sequence[Fact], spans: Sequence[Span], text: str) -> list[Fact]:
    """``Grade 3 events were A (42%) and B (31%)``, ``A (42%) and B (31%) of grade 3``: the grade is that of all listed.

    Args:
        facts: those of one sentence, in order of place.
        spans: what was found in it.
        text: the sentence.
    """
    result = _in_brackets(_by_legend(facts, spans, text), spans, text)
    for grade in (s for s in spans if s.kind == "grade"):
        begin = max((m.end() for m in _STOP.finditer(text, 0, grade.start)), default=0)
        ends = (m.start() for m in _STOP.finditer(text, grade.end) if not _GOES_ON.match(text, m.end()))
        end = next(ends, len(text))
        own = _OF_ANY_GRADE.search(text, grade.end, end)
        end = own.start() if own else end
        alone = sum(s.kind == "grade" and begin <= s.start < end for s in spans) == 1
        if not alone or _ANY.search(text, begin, end) or _aside(text, begin, grade.start):
            continue
        together = _headed(grade, spans, text)
        places = [
            i
            for i, f in enumerate(result)
            if begin <= f.start < end and f.attribute in together and _is_free(f)
        ]
        for i in places or _listed(result, grade, begin, end, text):
            result[i] = replace(result[i], grade=grade.ids[0])
    return _counted_by_grade(result, text)


_AND_NEXT = re.compile(
    r"\s+(?:patients\s+)?(?:had\s+)?grades?\s+\S+?\s*(?:,\s*and|,|\band)\s+", re.IGNORECASE
)


def _counted_by_grade(facts: Sequence[Fact], text: str) -> list[Fact]:
    """``three had grade 1, five grade 2 and one grade 4 ICANS``: all of them had what is named last."""
    result = list(facts)
    for i in range(len(result) - 2, -1, -1):
        a, b = result[i], result[i + 1]
        counted = (
            a.attribute == "n_patients"
            and a.grade
            and not a.group
            and b.grade
            and b.attribute not in _NO_EVENTS
        )
        if counted and a.unit == b.unit == "patients" and _AND_NEXT.fullmatch(text, a.end, b.start):
            result[i] = replace(a, attribute=b.attribute)
    return result


_ANY_FIRST = re.compile(
    r"\(\s*(?:(?:any|all)[\s-]+grades?\s*[,:=]?\s*(?:in\s+)?)?\d[^()]*?[;,]\s*(?P<grade>grades?[^()]*?)[,:=]?\s*(?:in\s+)?\d[\d.]*\s?%\s*\)",
    re.IGNORECASE,
)


def _in_brackets(facts: Sequence[Fact], spans: Sequence[Span], text: str) -> list[Fact]:
    """``A was frequent (any grade, 48%; grade 3, 19%)``: two figures of A, whose grades hold for nothing behind the bracket."""
    result = list(facts)
    for match in _ANY_FIRST.finditer(text):
        begin, end = match.span()
        grades = [s for s in spans if s.kind == "grade" and begin < s.start < end and s.ids != ("",)]
        inside = [i for i, f in enumerate(result) if begin < f.start < end]
        named = [s for s in spans if s.kind == "measure" and s.end <= begin]
        free = named and not any(s.kind == "value" and named[-1].end <= s.start < begin for s in spans)
        if len(grades) != 1 or len(inside) != 2:
            continue
        attribute = named[-1].ids[0] if free and not re.search("[;,]", text[named[-1].end : begin]) else ""
        for i, grade in zip(inside, ("", grades[0].ids[0]), strict=True):
            result[i] = replace(result[i], attribute=attribute, grade=grade)
        if sum(s.kind == "grade" for s in spans) == 1:
            result = [replace(f, grade="") if f.start > end else f for f in result]
    return result


_LEGEND = re.compile(r"[(\[]\s*(?:any|all)[\s-]+grades?\s*(?:[/,;]|and|,\s*and)\s*$", re.IGNORECASE)
_BOTH = re.compile(r"\s*[/,;]\s*")


def _by_legend(facts: Sequence[Fact], spans: Sequence[Span], text: str) -> list[Fact]:
    """``events (any grade/grade 3) were A (48%/4%)``: the first figure of each bracket is of all grades."""
    result = list(facts)
    told = next((s for s in spans if s.kind == "grade" and _LEGEND.search(text[: s.start])), None)
    if told is None:
        return result
    for i in range(len(result) - 1):
        a, b = result[i], result[i + 1]
        opened = re.search(r"\s*[(\[]\s*$", text[: a.start])
        if not (
            a.start >= told.end and opened and a.unit == b.unit and _BOTH.fullmatch(text, a.end, b.start)
        ):
            continue
        named = [s for s in spans if s.kind == "measure" and s.end == opened.start()]
        attribute = named[0].ids[0] if named else ""
        result[i] = replace(a, attribute=attribute, grade="")
        result[i + 1] = replace(
            b, attribute=attribute, grade=told.ids[0], group=a.group, group_label=a.group_label
        )
    return result


def _headed(grade: Span, spans: Sequence[Span], text: str) -> set[str]:
    """The measures of ``grade 3 A, B and C``, named in one list straight behind a grade."""
    run = [s for s in spans if s.kind == "measure" and s.start >= grade.end]
    if not run or text[grade.end : run[0].start].strip():
        return set()
    many = next((k for k in range(len(run), 1, -1) if coordinated(run[:k], text)), 1)
    figures = any(s.kind == "value" and run[0].end <= s.start < run[many - 1].start for s in spans)
    return {m.ids[0] for m in run[:many]} if many > 1 and not figures else set()


def _aside(text: str, begin: int, at: int) -> bool:
    """Whether a grade in a bracket qualifies one figure only."""
    opened = text.count("(", begin, at) - text.count(")", begin, at)
    return opened > 0 and not _OF.search(text[begin:at])


def _listed(facts: Sequence[Fact], grade: Span, begin: int, end: int, text: str) -> list[int]:
    """The places of the facts that a list with one grade gives."""
    named = _BEFORE_EVENTS.match(text, grade.end)
    lead = text[begin : grade.start]
    head = None
    if named or _OF.search(lead):
        head = _OPENS.match(text, named.end() if named else grade.end)
    places = [i for i, f in enumerate(facts) if f.unit in {"%", "patients"} and begin <= f.start < end]
    if head is not None:
        return _run([i for i in places if facts[i].start >= head.end()], facts, head.end(), text)
    closed = _BEHIND_WERE.search(lead) and named
    if not closed and not (_BEHIND_OF.search(lead) and _CLOSES.match(text, grade.end)):
        return []
    before = [i for i in places if facts[i].end <= grade.start]
    for k in range(len(before) - 1, 0, -1):
        a, b = facts[before[k - 1]], facts[before[k]]
        if b.attribute in _NO_EVENTS or _BREAKS.search(text, a.end, b.start):
            return [i for i in before[k:] if _is_free(facts[i])]
    return [i for i in before if _is_free(facts[i])]


def _run(places: Sequence[int], facts: Sequence[Fact], begin: int, text: str) -> list[int]:
    """Of ``places``, those that stand in one list from ``begin`` on."""
    found: list[int] = []
    for i in places:
        fact = facts[i]
        stop = text.find(";", begin, fact.start)
        begin = stop + 1 if stop >= 0 and _GOES_ON.match(text, stop + 1) else begin
        if fact.attribute in _NO_EVENTS or _BREAKS.search(text, begin, fact.start):
            break
        begin = fact.end
        if _is_free(fact):
            found.append(i)
    return found


def _is_free(fact: Fact) -> bool:
    return not fact.grade and fact.attribute not in _NO_EVENTS


_NEXT_LISTED = re.compile(r"\)(?:,|,?\s+and)\s+(?!as\s+(?:was|were)\b)(?:[\w-]+\s+){0,3}[\w-]+\s+\(")


def _are_listed(a: Fact, b: Fact, text: str) -> bool:
    """``Headache (18%) and insomnia (11%)``: the shares of two measures, one after the other."""
    shares = a.unit == b.unit == "%" and a.attribute and b.attribute and a.attribute != b.attribute
    return bool(shares and _NEXT_LISTED.fullmatch(text, a.end, b.start))


_LIST_OF = re.compile(
    r"(?:\s+(?:arm|group|patients|recipients))?\s+(?:were|included|comprised|consisted\s+of)\s+(?:mainly\s+|mostly\s+)?(?:[\w-]+\s+){1,4}\(",
    re.IGNORECASE,
)


def shared_group(facts: Sequence[Fact], text: str) -> list[Fact]:
    """``Headache (18%) and insomnia (11%) led the list on the drug``: what follows a list holds for all of it.

    So does what stands before its verb: ``the commonest events on the drug were headache (18%) and insomnia (11%)``.
    """
    result = list(facts)
    for i in range(1, len(result)):
        a, b = result[i - 1], result[i]
        if a.group and not b.group and _are_listed(a, b, text):
            said = text.rfind(a.group_label, 0, a.start)
            if said >= 0 and _LIST_OF.match(text, said + len(a.group_label)):
                result[i] = replace(b, group=a.group, group_label=a.group_label)
    for i in range(len(result) - 2, -1, -1):
        a, b = result[i], result[i + 1]
        if a.group or not b.group or not _are_listed(a, b, text):
            continue
        said = text.find(b.group_label, b.end)
        if said >= 0 and text[b.end : b.end + 1] == ")" and ";" not in text[b.end : said]:
            result[i] = replace(a, group=b.group, group_label=b.group_label)
    return result


_TIME_HEADS = re.compile(
    r"\b(?:days?|weeks?|months?|years?)\b[^,;%]*\b(?:included?|including|were|comprised|consisted\s+of)\b[^,;%]*$",
    re.IGNORECASE,
)


def shared_time(facts: Sequence[Fact], text: str) -> list[Fact]:
    """``Cytopenias at day 30 included A (33%), B (28%) and C (11%)``: the time point is that of the whole list."""
    result = list(facts)
    for i in range(1, len(result)):
        a, b = result[i - 1], result[i]
        if not a.time_point or b.time_point or not _are_listed(a, b, text):
            continue
        carried = i > 1 and result[i - 2].time_point == a.time_point and _are_listed(result[i - 2], a, text)
        if carried or _TIME_HEADS.search(text[: a.start]):
            result[i] = replace(b, time_point=a.time_point)
    return result


_GRADE_FIRST = re.compile(
    r"\bgrades?\s*[\d\u2264\u2265<>IV][^\s,;()]*(?:\s*(?:\d|or\s+(?:higher|worse)))?\s+(?:[a-z-]+\s+){1,3}\($",
    re.IGNORECASE,
)


def shared_grade(facts: Sequence[Fact], text: str) -> list[Fact]:
    """``Grade 3-4 neutropenia (31%) and thrombocytopenia (21%)``: the grade holds for the whole list."""
    result = list(facts)
    for i in range(1, len(result)):
        a, b = result[i - 1], result[i]
        if not a.grade or b.grade or not _are_listed(a, b, text):
            continue
        head = i == 1 or result[i - 2].grade != a.grade
        if not head or _GRADE_FIRST.search(text[: a.start]):
            result[i] = replace(b, grade=a.grade)
    return result
