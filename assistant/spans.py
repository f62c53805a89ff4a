"""Figures, measures, time points, groups, grades and cycles in a piece of text, with their places."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from assistant.text import ORDINALS, ROMAN, WORD_NUMBER, fold, stem, tokens, word_number
from assistant.vocabulary import Matchers

_NUM = r"(?:\d{1,3}(?:,\d{3})+|\d+(?:[.,]\d+)?)"
_COMP = r"(?:<=|>=|<|>|\u2264|\u2265|~|=)"
_UNIT = r"(?:hours?|days?|weeks?|months?|years?)"
_WN = rf"(?i:{WORD_NUMBER})"
_GRADE = r"(?:IV|III|II|I|V|[1-5])"
_CYCLE_ORD = r"(?:first|second|third|fourth|fifth|sixth|1st|2nd|3rd|[4-9]th)"
_PATIENT = r"(?:patients?|subjects?|participants?|individuals?|adults?|children|cases?|people|persons?|recipients?|women|men|adolescents|responders)"
_VERB = (
    r"(?:achieved|had|died|showed|experienced|developed|were|received|relapsed|responded|underwent|remained|attained|"
    r"reached|entered|proceeded|discontinued|withdrew|progressed|did|obtained|exhibited|reported|suffered|became|died)"
)
_MASTER = re.compile(
    rf"""
    (?P<nct>\bNCT\s?\d{{8}}\b)
  | (?P<pvalue>\b[pP](?:[- ]?values?)?\s*(?:of|was|is|:)?\s*{_COMP}?\s*(?P<p_num>0?\.\d+))
  | (?P<ci>\b\d\d(?:\.\d)?\s?%\s*(?:CI|confidence\s+interval)\b\s*[:,;=]?\s*(?:of\s+|was\s+)?[\[(]?\s*
        (?P<ci_low>-?{_NUM})\s*%?\s*(?:-|to|,|;)\s*(?P<ci_high>-?{_NUM}|NR|NE|not\ reached)\s*%?)
  | (?P<grade>(?:(?P<g_pre>{_COMP}|up\ to|no\ (?:worse|higher|more)\ than|not\ (?:exceeding|above)|at\ most|maximum|at\ least|minimum)\s*)?\b[Gg]rades?\s*(?P<g_post>{_COMP})?\s*(?P<g_low>{_GRADE})\b
        (?:\s*(?:-|to|/|and|or)\s*(?:grades?\s*)?(?P<g_high>{_GRADE})\b)?
        (?P<g_plus>\+|\s*(?:or|and)\s+(?:higher|above|greater|worse|more)|\s+or\s+over)?
        (?P<g_minus>\s*(?:or|and)\s+(?:lower|below|less|under))?)
  | (?P<cycle>\b(?P<c_ord>{_CYCLE_ORD}|single)[- ](?:[\w-]+\s+){{0,2}}?(?:cycle|course)\b
        |\b(?:cycle|course)s?\s+(?P<c_num>\d+|one|two|three|four|five|six)\b
        |\b(?P<c_count>\d+|one|two|three|four|five|six)\s+(?:treatment\s+)?(?:cycle|course)s?\b)
  | (?P<phase>\b[Pp]hase[- ]?(?:(?:[1-4]|IV|III|II|I)[ab]?(?:\s?[/-]\s?(?:[1-4]|IV|III|II|I)[ab]?)?)\b)
  | (?P<skip>\b(?:Tables?|Figures?|Figs?\.?|Supplement(?:ary)?|[Ee]ditions?|[Vv]ol(?:ume)?\.?)\s+\d+)
  | (?P<age>\b(?:ages?d?|aged\s+between|aged\s+from|between\s+the\s+ages\s+of)\s*:?\s*(?P<a_range>{_NUM}\s*(?:-|to|and)\s*{_NUM})
        (?:[- ]years?(?:[- ](?:old|of\s+age))?)?
        |\b(?P<a_range2>\d+\s*(?:-|to)\s*\d+)[- ]years?[- ](?:old|of\s+age)\b)
  | (?P<period>\b(?:19|20)\d\d\s*(?:-|to|and|until|through)\s*(?:19|20)\d\d\b)
  | (?P<threshold>(?:{_COMP}\s*)?(?<![\d.])10\s?(?:\^|\*\*)?\s?-\s?\d\b)
  | (?P<fraction>(?<![\d./])(?P<f_n>\d+)\s?/\s?(?P<f_total>\d+)(?![\d/])
        |\b(?P<f_n2>{_WN}|\d+)\s+(?:out\s+)?of\s+(?:the\s+|all\s+)?(?P<f_total2>{_WN}|\d+)\b(?!\s*(?:%|per\s?cent|\.\d)))
  | (?P<percent>(?:{_COMP}\s*)?(?<![\w.]){_NUM}(?:\s?(?:%|per\s?cent))?\s*(?:-|to)\s*{_NUM}\s?(?:%|per\s?cent\b)
        |(?:{_COMP}\s*)?(?<![\w.])-?{_NUM}\s?(?:%|per\s?cent\b|percent\b))
  | (?P<times>\b\d+(?:-|\s)?\s*(?:,\s*\d+-?\s*)*(?:,?\s*(?:and|or|to)\s*)\d+[- ]{_UNIT}\b)
  | (?P<ordtime>\b(?:at\s+|by\s+|on\s+)?(?:day|week|month|year)[s ]*[-+ ]?\s?(?P<o_num>\d+)\b)
  | (?P<duration>(?:{_COMP}\s*)?(?<![\w.])(?P<d_range>{_NUM}\s*(?:-|to)\s*{_NUM})[- ](?P<d_runit>{_UNIT})\b
        |(?:{_COMP}\s*)?(?:(?<![\w.])(?P<d_num>{_NUM})|\b(?P<d_word>{_WN}))[- ](?P<d_unit>{_UNIT})\b)
  | (?P<neq>\b[nN]\s*=\s*(?P<n_num>\d[\d,]*))
  | (?P<amount>(?:{_COMP}\s*)?(?<![\w.]){_NUM}(?:\s*(?:-|to)\s*{_NUM})?\s?(?:[x\u00d7]\s?10\s?\^?\s?[\d\u2070-\u2079\u00b9\u00b2\u00b3]+\s?(?:/\s?(?:L|l|kg|\u00b5L|uL|mL))?
        |(?:mg|g|\u00b5g|\u03bcg|ug|ng|IU|U|mmol|mL|ml|cells)\s?/\s?(?:m2|m\u00b2|kg|dL|dl|L|l|mL|ml|day|d|week)(?:/(?:day|d|week))?
        |mg|\u00b5g|\u03bcg|IU)(?![A-Za-z]))
  | (?P<range>(?:{_COMP}\s*)?(?<![\w.\-]){_NUM}\s?(?:-|\bto\b)\s?{_NUM}(?![\w%]))
  | (?P<number>(?:{_COMP}\s*)?(?<![\w.\-/]){_NUM}(?![\w%]|\.\d|/\d))
  | (?P<wordnum>\b{_WN}\b(?=\s+(?:\S+\s+){{0,6}}?{_PATIENT}\b|\s+{_VERB}\b|\s+in\s+the\b))
    """,
    re.VERBOSE,
)
_FOLLOWED_BY_PATIENTS = re.compile(rf"\s*(?:[^\s,;.()]+\s+){{0,7}}?{_PATIENT}\b")
_FOLLOWED_BY_VERB = re.compile(rf"\s+(?:also\s+|had\s+)?{_VERB}\b|\s+with\s+[A-Za-z]|\s+of\s+(?:them|whom|these|those)\b")
_NAMED_NUMBER = re.compile(r"(?:\b[A-Z][\w-]*|\babstracts?|\bstud(?:y|ies)|\bcohort|\barm|\blevel|\bpart|#|\bno\.)\s*$")


@dataclass(frozen=True, slots=True)
class Span:
    """One thing found in a text.

    ``kind`` is ``measure``, ``group``, ``time``, ``grade``, ``cycle``, ``value``, ``phase`` or ``threshold``.
    ``ids`` holds the measure's or group's ids, or the normalised time, grade or cycle.
    For a value ``unit`` tells ``%``, ``patients``, ``pvalue``, ``ci``, ``months`` …, ``age``, ``period``, ``nct``,
    ``amount``, ``range`` or "" (a bare number).
    """

    kind: str
    start: int
    end: int
    text: str
    ids: tuple[str, ...] = ()
    unit: str = ""
    comparator: str = ""
    n: int | None = None
    total: int | None = None
    percent: str = ""
    dual: bool = False
    """A transplant, say, is an outcome in one sentence and a subgroup in the next."""


def _integer(text: str) -> int | None:
    text = text.replace(",", "")
    return int(text) if text.isdigit() else word_number(text)


def comparator_of(text: str) -> str:
    """The comparison sign that opens ``text`` (``<``, ``≤``, ``>``, ``≥``) or ""."""
    for sign, shown in (("<=", "≤"), (">=", "≥"), ("≤", "≤"), ("≥", "≥"), ("<", "<"), (">", ">")):
        if text.lstrip().startswith(sign):
            return shown
    return ""


def normal_time(number: str, unit: str) -> str:
    """``("three", "years")`` -> ``3-year``; numbers in words or digits, unit in any form."""
    value = number if re.fullmatch(r"[\d.]+", number) else str(word_number(number) or number)
    return f"{value}-{unit.rstrip('s').lower()}"


def time_key(time: str) -> tuple[str, float] | None:
    """What makes two time points equal: ``1-year`` and ``12-month`` are; None for "" or an odd form."""
    match = re.fullmatch(r"([\d.]+)-(hour|day|week|month|year)", time)
    if not match:
        return None
    value, unit = float(match[1]), match[2]
    return ("month", value * 12) if unit == "year" else (unit, value)


def _grade(match: re.Match[str]) -> str:
    def digit(text: str) -> str:
        return str(ROMAN.get(text.lower(), text))

    low = digit(match["g_low"])
    lead = (match["g_pre"] or "").lower()
    sign = "≥" if lead in {"at least", "minimum"} else "≤" if lead[:1].isalpha() else comparator_of(lead or match["g_post"] or "")
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
    if kind == "fraction":
        n, total = _integer(match["f_n"] or match["f_n2"]), _integer(match["f_total"] or match["f_total2"])
        return replace(base, unit="patients", n=n, total=total)
    if kind == "percent":
        return replace(base, unit="%", percent=text.strip())
    if kind == "duration":
        unit = (match["d_unit"] or match["d_runit"]).rstrip("s") + "s"
        number = match["d_num"] or match["d_word"]
        ids = (normal_time(number, unit),) if number else ()
        return replace(base, unit=unit, ids=ids)
    units = {"pvalue": "pvalue", "ci": "ci", "nct": "nct", "period": "period", "amount": "amount", "range": "range"}
    if kind == "age":
        inner = match["a_range"] or match["a_range2"]
        start = match.start() + text.index(inner)
        return Span("value", start, start + len(inner), inner, unit="age")
    if kind == "pvalue":
        start = match.start() + re.search(r"[<>=\u2264\u2265.\d]", text).start()  # type: ignore[union-attr]
        shown = match.string[start : match.end()]
        return replace(base, unit="pvalue", start=match.start(), text=shown.lstrip("= "), comparator=comparator_of(shown))
    if kind == "neq":
        return replace(base, unit="patients", n=_integer(match["n_num"]))
    return replace(base, unit=units.get(kind, ""))


def _counted(span: Span, text: str) -> Span | None:
    """A bare number as a patient count where patients or a verb follow; None where it is part of a name."""
    before = text[max(0, span.start - 25) : span.start]
    if span.comparator == "" and "." not in span.text and _NAMED_NUMBER.search(before) and not before.rstrip().endswith(("Of", "In", "A")):
        first = re.search(r"(\S+)\s*$", before)
        if first and not re.match(r"(?i)(?:the|of|in|all|only|total|among|and|enrolled|included|were|was|are|is|did|do|does|had|have|has|how|with|at|least|most|than|over|about)$", first[1]):
            return None
    number = _integer(span.text)
    after = text[span.end :]
    if number is not None and (_FOLLOWED_BY_PATIENTS.match(after) or _FOLLOWED_BY_VERB.match(after)):
        return replace(span, unit="patients", n=number)
    return span


def _numbers(text: str) -> list[Span]:
    found: list[Span] = []
    for match in _MASTER.finditer(text):
        kind = match.lastgroup or ""
        kind = next(k for k in _KINDS if match[k] is not None)
        if kind == "skip":
            continue
        if kind == "grade":
            found.append(Span("grade", match.start(), match.end(), match.group(), (_grade(match),)))
        elif kind == "cycle":
            found.append(Span("cycle", match.start(), match.end(), match.group(), (_cycle(match),)))
        elif kind in {"phase", "threshold"}:
            found.append(Span(kind, match.start(), match.end(), match.group()))
        elif kind == "times":
            unit = re.search(_UNIT, match.group())
            numbers = re.finditer(r"\d+", match.group())
            found += [
                Span("time", match.start() + m.start(), match.start() + m.end(), m.group(), (normal_time(m.group(), unit[0]),))
                for m in numbers
                if unit
            ]
        elif kind == "ordtime":
            unit = re.search(r"day|week|month|year", match.group())
            time = normal_time(match["o_num"], unit[0]) if unit else ""
            found.append(Span("time", match.start(), match.end(), match.group(), (time,)))
        else:
            span: Span | None = _value(match, kind)
            if kind == "number" and span:
                span = _counted(span, text)
            elif kind == "wordnum" and span:
                span = replace(span, unit="patients", n=_integer(span.text))
                if span.n is None or (span.n <= 1 and not _FOLLOWED_BY_PATIENTS.match(text[span.end :])):
                    span = None
            if span:
                found.append(span)
    return found


_KINDS = (
    "nct pvalue ci grade cycle phase skip age period threshold fraction percent times ordtime duration neq amount range "
    "number wordnum"
).split()

_ARM_NOUN = re.compile(r"\b(?:arms?|groups?|cohorts?|subgroups?)\b", re.IGNORECASE)
_ARM_STOP = frozenset(
    "the a an in for with of on from to among within between each both per both respective these those this that all "
    "was were had and, by not no any down up out into per one two three same other which what whole entire overall total study "
    "treatment patient how many every different given received did does than".split()
)


def _arm_labels(text: str) -> list[Span]:
    """Groups named before ``arm``/``group``/``cohort``: ``the high-dose and low-dose arms`` gives two."""
    found = []
    for noun in _ARM_NOUN.finditer(text):
        words = list(re.finditer(r"[^\s,;()]+|[,;()]", text[: noun.start()]))
        label: list[re.Match[str]] = []
        labels: list[list[re.Match[str]]] = []
        for word in reversed(words[-9:]):
            lower = word.group().lower()
            if lower in {"and", "or", "vs", "vs.", "versus"} and label:
                labels.append(label[::-1])
                label = []
                continue
            if lower in _ARM_STOP or lower in {",", ";", "(", ")"} or len(label) > 3 or re.search(r"\d%$", lower):
                break
            label.append(word)
        if label:
            labels.append(label[::-1])
        for part in reversed(labels):
            start, end = part[0].start(), part[-1].end()
            keys = tuple(t.key for t in tokens(text[start:end]) if not t.key.isdigit() or len(part) <= 2)
            if keys:
                found.append(Span("group", start, end, text[start:end], keys))
        match = re.match(r"\s+([A-Z]|\d)\b", text[noun.end() :])
        if match and not labels:
            end = noun.end() + match.end()
            found.append(Span("group", noun.start(), end, text[noun.start() : end], (noun.group().lower().rstrip("s") + match[1].lower(),)))
    return found


def scan(text: str, matchers: Matchers, arms: Mapping[str, frozenset[str]] | None = None) -> list[Span]:
    """Everything the reader of facts works with, in order of place.

    Args:
        text: one sentence or table cell.
        matchers: lexicons of the review.
        arms: labels of the study's own arms and subgroups, with their ids.
    """
    folded = fold(text)
    words = tokens(folded)
    spans = _numbers(folded)
    taken = [(s.start, s.end) for s in spans]

    def free(start: int, end: int) -> bool:
        return all(end <= a or start >= b for a, b in taken)

    groups: list[Span] = []
    for label, ids in (arms or {}).items():
        for match in re.finditer(rf"(?<!\w){re.escape(fold(label))}s?(?!\w)", folded, re.IGNORECASE):
            groups.append(Span("group", match.start(), match.end(), match.group(), tuple(sorted(ids))))
    for found in matchers.populations.find(words):
        start, end = words[found.start].start, words[found.end - 1].end
        if start and folded[start - 1] in "-/" and folded[start : start + 3] == "ALL":  # the disease in T-ALL
            continue
        groups.append(Span("group", start, end, folded[start:end], found.ids[:1]))
    groups += [replace(s, ids=tuple(sorted(group_ids(s.text, matchers))) or s.ids) for s in _arm_labels(folded)]
    measures = []
    for found in matchers.measures.find(words):
        start, end = words[found.start].start, words[found.end - 1].end
        if free(start, end):
            measures.append(Span("measure", start, end, folded[start:end], found.ids))
    measures = _joined(measures, folded)
    kept: list[Span] = []
    for group in sorted(groups, key=lambda s: (s.start - s.end, s.start)):
        if any(group.start < k.end and k.start < group.end for k in kept) or not free(group.start, group.end):
            continue
        kept.append(group)
    result = list(spans)
    for measure in measures:
        over = [g for g in kept if g.start < measure.end and measure.start < g.end]
        inner = [g for g in over if measure.start <= g.start and g.end <= measure.end and g.end - g.start < measure.end - measure.start]
        kept = [g for g in kept if g not in inner]
        over = [g for g in over if g not in inner]
        if any((g.end - g.start) > (measure.end - measure.start) for g in over):
            continue
        if over:
            result.append(replace(measure, dual=True))
        else:
            result.append(measure)
    result += kept
    return sorted(result, key=lambda s: (s.start, s.end))


def _joined(measures: list[Span], text: str) -> list[Span]:
    """``overall survival (OS)`` as one span, and ``complete remission (CR)/CRi`` as the composite ``CR/CRi``."""
    result: list[Span] = []
    for span in measures:
        last = result[-1] if result else None
        between = text[last.end : span.start] if last else ""
        if last and set(last.ids) & set(span.ids) and re.fullmatch(r"\s*[(\[,]?\s*", between):
            end = span.end + (text[span.end : span.end + 1] in {")", "]"} and "(" in between)
            result[-1] = replace(last, end=end, text=text[last.start : end])
        elif last and re.fullmatch(r"\s?/\s?", between):
            ids = (f"{last.ids[0]}/{span.ids[0]}", *last.ids, *span.ids)
            result[-1] = replace(last, end=span.end, text=text[last.start : span.end], ids=ids)
        else:
            result.append(span)
    return result


_GROUP_FILLER = re.compile(
    r"patients?|arms?|groups?|cohorts?|subgroups?|the|and|with|of|in|or|vs\.?|versus|an?|to|for|plus|alone|only|who|treated|had"
)


def group_ids(label: str, matchers: Matchers) -> frozenset[str]:
    """What identifies a group's label: vocabulary ids of populations and its other words.

    ``R/R ETP-ALL`` -> {relapsed-refractory, etp-all}; ``T/LBL`` and ``T-LBL`` are one.
    """
    words = tokens(label)
    ids: set[str] = set()
    spans: list[tuple[int, int]] = []
    for match in matchers.populations.find(words):
        ids.add(match.ids[0])
        spans.append((words[match.start].start, words[match.end - 1].end))
    for chunk in re.finditer(r"[^\s,;()]+", fold(label)):
        if any(a < chunk.end() and chunk.start() < b for a, b in spans):
            continue
        key = stem(chunk.group().lower().replace("/", "-").strip(".:"))
        if key and not _GROUP_FILLER.fullmatch(key):
            ids.add(key)
    return frozenset(ids)
