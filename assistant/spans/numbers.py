"""Figures, time points, grades and cycles in a piece of text, with their places."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.spans.pattern import FOLLOWED_BY_PATIENTS, FOLLOWED_BY_VERB, KINDS, MASTER, NUM, OWN_UNIT
from assistant.spans.span import TIME_UNITS, Span, comparator_of, integer, normal_time, whole_unit
from assistant.text.text import ORDINALS, ROMAN, WORD_NUMBER, plain, word_number

_NAMED_NUMBER = re.compile(
    r"(?:\b[A-Z][\w-]*|\babstracts?|\bstud(?:y|ies)|\bcohort|\barm|\blevel|\bpart|#|\bno\.)\s*$"
)
_LEADS_NUMBER = re.compile(
    r"(?i)(?:the|of|in|all|only|total|among|and|enrolled|included|were|was|are|is|did|do|does|had|have|has|how|with|at|"
    r"least|most|than|over|about|[a-z]{3,}ly)$"
)
_GENE = re.compile(
    r"(?!(?:ARM|PART|GROUP|COHORT|STUDY|LEVEL|DAY|WEEK|STAGE|PHASE|TABLE|CYCLE)$)(?=.*\d|[A-Z]{4})[A-Z][A-Z0-9]{2,}"
)
LIST_SEPARATOR = re.compile(
    r"\s*-?\s*(?:,\s*(?:and\b|or\b)?|\band\b|\bor\b|/|\bversus\b|\bvs\b\.?|\bagainst\b|\bas\s+against\b|\bcompared\s+(?:with|to)\b)\s*"
    r"(?:with\s+|to\s+)?",
    re.IGNORECASE,
)
"""What stands between the figures of one list."""
_OVER_TIME = re.compile(r"[\s-]*(?:patient|person|subject)s?[\s-]*years?\b", re.IGNORECASE)


def _grade(match: re.Match[str]) -> str:
    def digit(text: str) -> str:
        return str(ROMAN.get(text.lower(), text))

    low = digit(match["g_low"])
    lead = (match["g_pre"] or "").lower()
    above = (
        lead.startswith("exceed")
        or lead in {"above", "beyond"}
        or (lead.endswith(" than") and lead[:3] != "no ")
    )
    words = ">" if above else "≥" if lead in {"at least", "minimum"} else "≤" if lead[:1].isalpha() else ""
    sign = words or comparator_of(lead or match["g_post"] or "")
    if match["g_plus"] or sign in {"≥", ">"}:
        return f">={int(low) + (sign == '>')}"
    if match["g_minus"] or sign in {"≤", "<"}:
        return f"<={int(low) - (sign == '<')}"
    return f"{low}-{digit(match['g_high'])}" if match["g_high"] else low


def _cycle(match: re.Match[str]) -> str:
    raw = (match["c_ord"] or match["c_num"] or match["c_count"]).lower()
    digits = re.match(r"\d+", raw)
    if raw == "single":
        return "1"
    return digits[0] if digits else str(ORDINALS.get(raw) or word_number(raw) or raw)


def _value(match: re.Match[str], kind: str) -> Span:
    text = match.group()
    lead = len(text) - len(text.lstrip())
    base = Span("value", match.start() + lead, match.end(), text.strip(), comparator=comparator_of(text))
    if kind == "fraction" and (span := _one_of_length(match)):
        return span
    if kind == "fraction":
        n = integer(match["f_n"] or match["f_n2"] or match["f_n3"])
        total = integer(match["f_total"] or match["f_total2"] or match["f_total3"])
        return replace(base, unit="patients", n=n, total=total, percent=match["f_share"] or "")
    if kind == "percent":
        spoken = integer(match["p_word"]) if match["p_word"] else None
        return replace(base, unit="%", percent=text.strip() if spoken is None else f"{spoken}%")
    if kind == "duration":
        unit = whole_unit(match["d_unit"] or match["d_runit"])
        number = match["d_num"] or match["d_word"]
        return replace(base, unit=unit, ids=(normal_time(number, unit),) if number else ())
    if kind == "age":
        inner = match["a_range"] or match["a_range2"]
        start = match.start() + text.index(inner)
        return Span("value", start, start + len(inner), inner, unit="age")
    if kind == "pvalue":
        sign = re.search(r"[<>=\u2264\u2265.\d]", text)
        start = match.start() + (sign.start() if sign else 0)
        shown = match.string[start : match.end()]
        return replace(base, unit="pvalue", text=shown.lstrip("= "), comparator=comparator_of(shown))
    if kind == "neq":
        return replace(base, unit="patients", n=integer(match["n_num"]))
    if base.text.startswith("="):
        shown = base.text.lstrip("= ")
        base = replace(base, start=base.end - len(shown), text=shown)
    base = replace(base, unit=kind if kind in OWN_UNIT else "")
    return _signed(base, match.string) if kind in {"amount", "number"} else base


_ONE_OF = re.compile(r"\W*one\s+of\s+(?=\d)", re.IGNORECASE)
_LENGTH = re.compile(r"\s+(?P<unit>days|weeks|months|years)\b")


def _one_of_length(match: re.Match[str]) -> Span | None:
    """``a median PFS of 28 months, against one of 9 months``: a length of time, and not one of nine patients."""
    lead, late = _ONE_OF.match(match.group()), _LENGTH.match(match.string, match.end())
    if lead is None or late is None:
        return None
    start, number = match.start() + lead.end(), match.group()[lead.end() :].strip()
    shown = match.string[start : late.end()]
    return Span("value", start, late.end(), shown, (normal_time(number, late["unit"]),), unit=late["unit"])


def _signed(span: Span, text: str) -> Span:
    """``a change of +1.3 g/dL``, ``(-0.4 g/dL)``: the sign of a change belongs to its figure."""
    if not re.search(r"(?:^|[\s(:])[+-]$", text[: span.start]) or span.comparator:
        return span
    return replace(span, start=span.start - 1, text=text[span.start - 1 : span.end])


def _counted(span: Span, text: str) -> Span | None:
    """A bare number as a patient count where patients or a verb follow; None where it is part of a name."""
    before = text[max(0, span.start - 25) : span.start]
    named = span.comparator == "" and "." not in span.text and _NAMED_NUMBER.search(before)
    if named and not before.rstrip().endswith(("Of", "In", "A")):
        first = re.search(r"(\S+)\s*$", before)
        share = re.match(r"\s*\(\d[\d.]*\s?%", text[span.end :]) and first and _GENE.fullmatch(first[1])
        if first and not share and not _LEADS_NUMBER.match(first[1]):
            return None  # but "ABC1 8 (90%)" counts patients
    number = integer(span.text)
    if number is not None and re.search(r"\bof\s+whom\s+(?:there\s+were\s+)?$", before):
        return replace(span, unit="patients", n=number)
    after = text[span.end : span.end + 160]
    if _OVER_TIME.match(after):
        return None  # "3.2 per 100 person-years" counts nobody
    if number is not None and (FOLLOWED_BY_PATIENTS.match(after) or FOLLOWED_BY_VERB.match(after)):
        return replace(span, unit="patients", n=number)
    return span


def _times(match: re.Match[str]) -> list[Span]:
    """``months 3, 6 and 12``: one time a number."""
    first, unit = match["o_num"], match["o_unit"]
    if not match["o_more"] or not match["o_many"]:
        end = match.end("o_num")
        return [
            Span("time", match.start(), end, match.string[match.start() : end], (normal_time(first, unit),))
        ]
    begin = match.start("o_num")
    found = re.finditer(r"\d+", match.string[begin : match.end()])
    return [
        Span("time", begin + m.start(), begin + m.end(), m.group(), (normal_time(m.group(), unit),))
        for m in found
    ]


def _marks(match: re.Match[str], kind: str) -> list[Span] | None:
    """What is no figure; None where it is one."""
    if kind in {"skip", "plan"}:
        return []
    if kind == "romans":
        low, high = (match["r_low"] or match["r_low2"]).lower(), (match["r_high"] or match["r_high2"]).lower()
        ids = (f"{ROMAN[low]}-{ROMAN[high]}",)
        return [Span("grade", match.start(), match.end(), match.group(), ids)]
    if kind == "grade":
        return [Span("grade", match.start(), match.end(), match.group(), (_grade(match),))]
    if kind == "cycle":
        return [Span("cycle", match.start(), match.end(), match.group(), (_cycle(match),))]
    if kind in {"phase", "threshold"}:
        return [Span(kind, match.start(), match.end(), match.group())]
    if kind == "baseline":
        return [Span("time", match.start(), match.end(), match.group(), ("baseline",))]
    return _times(match) if kind == "ordtime" else None


def shown_threshold(text: str) -> str:
    """``< 10^-6`` and ``10⁻⁶`` -> ``10-6``."""
    return plain(text).replace("^", "").replace("*", "").replace(" ", "").lstrip("<>\u2264\u2265=")


def numbers(text: str) -> list[Span]:
    """The figures, time points, grades and cycles of ``text``, in order of place; ``text`` is folded."""
    found: list[Span] = []
    words: set[int] = set()
    position = 0
    while match := MASTER.search(text, position):
        kind = next(k for k in KINDS if match[k] is not None)
        marks = _marks(match, kind)
        spans = [_value(match, kind)] if marks is None else marks
        spans = _parted(spans[0], text) if kind in {"duration", "amount", "range", "percent"} else spans
        if kind == "wordnum":
            words.add(spans[0].start)
        found += spans
        position = max(match.start() + 1, spans[-1].end if kind == "ordtime" else match.end())
    found = _grades_listed(found, text)
    settled = [s for s in (_settled(s, s.start in words, text) for s in _share(found, text)) if s is not None]
    return _share(settled, text)


_NEXT_GRADE = re.compile(r"\)?\s*(?:,\s*(?:and|or)?|\band|\bor|/|;)\s*")
_GRADE_GIVEN = re.compile(r"\s*(?:\(|:|in\b|,?\s*n\s*=)\s*(?:n\s*=\s*)?\d")


def _grades_listed(spans: list[Span], text: str) -> list[Span]:
    """``grade 1 (41%) or 2 (12%)``: the word is said once, and the second number is a grade as well."""
    result: list[Span] = []
    grade: Span | None = None
    for span in spans:
        last = result[-1] if result else None
        bare = span.kind == "value" and not span.unit and re.fullmatch("[1-5]", span.text)
        if bare and grade is not None and last is not None and last.kind == "value":
            listed = _NEXT_GRADE.fullmatch(text, last.end, span.start) and _GRADE_GIVEN.match(text, span.end)
            if listed and int(span.text) != int(grade.ids[0]):
                span = grade = Span("grade", span.start, span.end, span.text, (span.text,))
        if span.kind == "grade":
            grade = span if span.ids[0].isdigit() else None
        result.append(span)
    return result


def _settled(span: Span, in_words: bool, text: str) -> Span | None:
    if span.kind != "value" or span.unit:
        return span
    if not in_words:
        return _counted(span, text)
    n = integer(span.text)
    alone = re.match(r"\s*[,;.)]|\s*\(\d|$", text[span.end : span.end + 9]) and text[: span.start].endswith(
        ("in ", "only ")
    )
    if _FRACTION.match(text, span.end):
        return None
    if text[: span.start].endswith("and ") and _IN_TURN.match(text, span.end):
        return replace(span, unit="patients", n=n) if _PAIRED.search(text[: span.start]) else None
    if _PAIR_AHEAD.match(text, span.end):
        return replace(span, unit="patients", n=n)
    graded = re.match(r"\s+(?:had\s+)?grades?\s", text[span.end :])
    listed = re.match(r"\s+with\b", text[span.end :]) and re.search(
        r"(?:[:,;]|\band)\s+$", text[: span.start]
    )
    if n is None or (
        n <= 1
        and not alone
        and not listed
        and not graded
        and not _some_had(span, text)
        and not FOLLOWED_BY_PATIENTS.match(text[span.end : span.end + 160])
    ):
        return None
    return replace(span, unit="patients", n=n)


_IN_TURN = re.compile(r"(?:\s+patients)?,?\s+respectively\b")
_PAIRED = re.compile(rf"\b(?:in|by)\s+(?:{WORD_NUMBER}|none)\s+and\s+$", re.IGNORECASE)
_PAIR_AHEAD = re.compile(
    rf"\s+and\s+(?:{WORD_NUMBER}|none)(?:\s+patients)?,?\s+respectively\b", re.IGNORECASE
)
"""``in none and five, respectively``: of two arms, counted in words alone."""
_FRACTION = re.compile(r"[\s-]+(?:thirds|quarters|fifths)\b", re.IGNORECASE)
"""``in two thirds of the patients`` counts no two."""
_SOME = re.compile(r"(?:,\s+|\b(?:and|but|while|whereas)\s+)(?:only\s+|just\s+)?$|\b[Oo]nly\s+$")
_HAD = re.compile(
    r"\s+(?:had|developed|experienced|died|required|relapsed|received|discontinued|progressed)\b"
)


def _some_had(span: Span, text: str) -> bool:
    """``No patient had grade 4 toxicity, and only one had grade 3``: counts a patient."""
    return bool(_SOME.search(text[: span.start]) and _HAD.match(text, span.end))


def _parted(span: Span, text: str) -> list[Span]:
    """``from 90 to 60 days``: a change has two figures, each with the unit."""
    match = re.match(rf"({NUM})(?:\s?%|\s?per\s?cent)?\s+to\s+({NUM}.*)", span.text, re.DOTALL)
    if not match or not re.search(r"\bfrom\s+(?:about\s+)?$", text[: span.start]):
        return [span]
    start = span.start + match.start(2)
    later = replace(span, start=start, text=match[2], percent=match[2] if span.unit == "%" else "")
    if span.unit in TIME_UNITS:
        number = re.match(NUM, match[2])
        later = replace(later, ids=(normal_time(number[0], span.unit),) if number else ())
    end = span.text.index("to", len(match[1])) - 1
    shown = span.text[:end].rstrip()
    if span.unit == "%" and shown != match[1]:
        return [replace(span, end=span.start + len(shown), text=shown, percent=shown), later]
    first = Span("value", span.start, span.start + len(match[1]), match[1])
    return [_with_unit(first, later), later]


def _share(spans: list[Span], text: str) -> list[Span]:
    """``10.5, 20.5 and 30.5 per cent``: the unit at the end of a list holds for each of its bare numbers."""
    result: list[Span] = []
    following: Span | None = None
    for span in reversed(spans):
        if (
            following is not None
            and _bare(span)
            and LIST_SEPARATOR.fullmatch(text[span.end : following.start])
        ):
            span = _with_unit(span, following)
        result.append(span)
        following = span if span.kind == "value" else None
    return result[::-1]


def _bare(span: Span) -> bool:
    return (
        span.kind == "value"
        and span.unit == ""
        and bool(re.fullmatch(r"[<>~=\u2264\u2265\s]*[\d.,]+", span.text))
    )


def _with_unit(span: Span, following: Span) -> Span:
    if following.unit == "%" and not re.search(r"\d\s*(?:-|to)\s*\d", following.text):
        return replace(span, unit="%", percent=f"{span.text}%")
    if following.unit in TIME_UNITS and following.ids:
        return replace(
            span,
            unit=following.unit,
            ids=(normal_time(span.text.lstrip("<>~=\u2264\u2265 "), following.unit),),
        )
    if (
        following.unit == "patients"
        and following.total is None
        and span.text.isdecimal()
        and "=" not in following.text
    ):
        return replace(span, unit="patients", n=int(span.text))
    if following.unit == "amount":
        unit = following.ids or (re.sub(r"^[<>=~\u2264\u2265\s]*[\d.,]+\s*", "", following.text),)
        return replace(span, unit="amount", ids=unit)
    return span
