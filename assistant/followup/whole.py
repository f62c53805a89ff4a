"""A follow-up as one question of its own: the question before with the one slot changed that the turn names.

``A: CR at 80 mg?``, ``at 40?`` is ``A: CR at 40 mg?``. What kind of slot a turn changes is told by its words: a measure, a dose,
a time, an arm, a gene, a degree, a group. What stands in the place of none is added at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.followup.kept import is_arm
from assistant.question.reader import Ask, QuestionReader
from assistant.question.wording import CORRECTION, ELLIPSIS
from assistant.selection import same_outcome, same_time
from assistant.text.text import NUMBER_WORDS, tokens

STATISTICS = frozenset({"p_value", "CI", "HR", "OR", "RR"})
_MOST = 18
"""Words up to which a turn leans on the question before it."""
_SHORT = 6
"""Words up to which it does so however it begins."""
LEAD = re.compile(
    r"^\W*(?:(?:and|but|or|so|then|also|ok(?:ay)?|thanks?|what about|how about|what of|vs\.?|versus|compared (?:with|to)"
    r"|against|now)\b\W*)+",
    re.IGNORECASE,
)
_MARKS = " ?!.,;:–—-"
_STANDALONE = frozenset(
    {"definition", "reference", "summary", "list", "count_studies", "conflict", "review", "global", "why"}
)
_WORDS = "|".join(w for w in NUMBER_WORDS if len(w) > 2)
_UNIT = r"(?:mg|g|µg|μg|mcg|ug|ng|mL|IU|U|Gy|MBq|GBq|kBq|DL)(?:/(?:kg|m2|m²|d|day))*"
_AMOUNT = r"\d[\d.,]*(?:\s?(?:[-–]|to)\s?\d[\d.,]*)?"
_DOSE = re.compile(rf"(?<![\w.])(?P<n>{_AMOUNT})\s?(?P<unit>{_UNIT})(?![\w/])")
_DOSE_TURN = re.compile(
    rf"(?:(?:at|with|on|for|in|under)\s+)?(?:the\s+)?(?P<n>{_AMOUNT})\s?(?P<unit>{_UNIT})?(?:\s+(?:dose|level|dose level|arm|group))?"
)
_SPAN = r"(?:years?|yrs?|y|months?|mos?|weeks?|wks?|days?)"
_COUNT = rf"(?:\d[\d.]*|an?|{_WORDS})"
_TIME = re.compile(
    rf"\b(?:(?:week|day|month|year|wk)s?[\s-]?\d+|{_COUNT}[\s-]?{_SPAN}\b(?!\s+(?:or|and) (?:more|older|over|younger)))",
    re.IGNORECASE,
)
_LASTING = re.compile(
    rf"(?:for\s+)?(?:(?:≥|>=?|at least|no less than|longer than|more than|over)\s*{_COUNT}[\s-]?{_SPAN}\b"
    rf"|{_COUNT}[\s-]?{_SPAN}\s+(?:or|and)\s+"
    r"(?:more|longer|over|above))",
    re.IGNORECASE,
)
"""A length of time that something had to last."""
_POWER = re.compile(r"\b10\s?\^?\s?[-−–⁻]\s?[\d⁴⁵⁶]")
_PLACED = re.compile(
    r"\b(?:arm|cohort|group|part|stratum|dose level|level|stage|phase|course|cycle)\s+(?:[A-Z]\d?|\d[A-Za-z]?|[IVX]+|one|two"
    r"|three|four|five|six)\b(?!\w)",
    re.IGNORECASE,
)
"""``arm A``."""
_GENE = re.compile(
    r"(?<![\w-])(?=[A-Z]*\d|[A-Z]{3})[A-Z][A-Z0-9]{2,}(?:[-:]{1,2}[A-Z0-9]+)*(?:-(?:r|m|mut|mutated|altered))?(?![\w-])"
)
_SCALES = (
    r"(?:very[\s-]+)?(?:low|intermediate|high)(?:er|est)?(?:[-\s]?[12])?",
    r"mild|moderate|severe",
    r"favou?rable|intermediate|adverse|unfavou?rable",
    r"good|standard|poor",
    r"early|late",
    r"first|second|third|fourth",
    r"older|younger|elderly",
    r"men|women|males?|females?|boys|girls",
    r"primary|secondary",
)
"""Words of one scale each, of which one takes the place of another."""
_POINTS = re.compile(
    r"\b(?:in|of|for|with)\s+(?:that|those|these|this|them|the same)\b(?:\s+\w+)?", re.IGNORECASE
)
_PREPOSITION = r"(?:in|among|amongst|for|with|without|on|at|under|after|of)"
_IN = re.compile(rf"^{_PREPOSITION}\b", re.IGNORECASE)
_FIRM = re.compile(r"^(?:among|amongst|with|without|on|at|under|after)\b", re.IGNORECASE)
"""Stands before whom, when or what dose is meant, and never before what is measured."""
_STANDS = re.compile(rf"\b{_PREPOSITION}(?:\s+the)?$", re.IGNORECASE)
_ONE = re.compile(r"\bone\b", re.IGNORECASE)
_MAINLY = re.compile(r"\b(?:main|most|chief|predominant)ly\b", re.IGNORECASE)
_KIND = re.compile(
    r"(?:(?:main|most|chief|predominant)ly\s+)?(?:of\s+)?(?:what|which)(?:\s+(?:kinds?|sorts?|types?|ones?|events?|things?))?"
    r"(?:\s+(?:of|were|was)\s+(?:it|they|that|those|these|them))?(?:\s+(?:main|most)ly)?",
    re.IGNORECASE,
)
_GRADED = re.compile(r"\bgrades?\s[\w+≥>/–-]+(?:\s(?:or|and|to)\s\w+)?\s$", re.IGNORECASE)
_ASKS = re.compile(r"\b(?:which|what|how|whom?|why|when|where)\b", re.IGNORECASE)
_OF_THOSE = re.compile(r"^how many (?:of|among) (?:those|these|them|the)\b", re.IGNORECASE)
_FEW = 4


def in_full(alone: Ask, before: str, last: Ask, reader: QuestionReader) -> str:
    """The turn as one question; "" where it stands alone.

    Args:
        alone: the turn, read alone.
        before: the question before it, in full.
        last: what that asked.
        reader: knows the words of the review.
    """
    said = said_alone(alone)
    leans = len(alone.text.split()) <= _MOST and (
        bool(ELLIPSIS.search(alone.text)) or len(said.split()) <= _SHORT
    )
    if not leans or not said or CORRECTION.search(alone.text) or alone.cues & _STANDALONE:
        return ""
    measured = last.measures or last.families
    if alone.named.of("number", "author", "nct") or not (measured or last.characteristics):
        return ""
    if alone.measures and not measured and "dose" in last.characteristics and _ONE.search(said):
        return f"{_ONE.sub('dose', said)}?"
    if alone.measures and (not measured or _OF_THOSE.match(said)):
        return ""  # it says itself what is measured
    base = before.strip(_MARKS)
    if asks_kind(alone):
        return _of_kind(said, base, last, reader)
    if alone.measures and set(alone.measures) <= STATISTICS:
        return f"{said} for {base}?"
    return f"{_changed(said, alone, base, last, reader)}?"


def asks_kind(alone: Ask) -> bool:
    """``mainly what?``, ``what event was it?``: whether a turn asks of what kind those just counted were."""
    return bool(_KIND.fullmatch(said_alone(alone)))


def _of_kind(said: str, base: str, last: Ask, reader: QuestionReader) -> str:
    """``What were the infections mainly?``; "" where the question before names no measure."""
    olds = _spans(base, reader, set(last.measures) | set(last.families))
    if not olds:
        return ""
    start, end = olds[-1]
    graded = _GRADED.search(base[:start])
    what = base[graded.start() if graded else start : end]
    return f"What were the {what} mainly?" if _MAINLY.search(said) else f"What {what} was seen?"


def said_alone(alone: Ask) -> str:
    """The words of a turn without those of going on."""
    return LEAD.sub("", alone.text).strip(_MARKS)


def tells_whom(alone: Ask) -> bool:
    """Whether all that a turn says is of whom, at which dose or when it is asked: ``and with A alone?``, ``in those over 75?``."""
    said = said_alone(alone)
    if _ASKS.search(said):
        return False
    return bool(_FIRM.match(said)) or (bool(_IN.match(said)) and not (alone.measures or alone.families))


def _changed(said: str, alone: Ask, base: str, last: Ask, reader: QuestionReader) -> str:
    """The question before with the slot in the place of which the turn's words stand."""
    dose = _DOSE_TURN.fullmatch(said)
    if dose and (old := _last(_DOSE, base)):
        return f"{base[: old.start()]}{dose['n']} {dose['unit'] or old['unit']}{base[old.end() :]}"
    if lasting := _LASTING.fullmatch(said):
        old = _last(_LASTING, base)
        return f"{base[: old.start()]}{lasting[0]}{base[old.end() :]}" if old else f"{base} {said}"
    if not _FIRM.match(said) and (new := _spans(said, reader)):
        olds = _spans(base, reader, set(last.measures))
        if olds:
            return _of_measure(said, new, alone, base, olds, last, reader)
    return _of_whom(said, alone, base, last, reader)


def _spans(text: str, reader: QuestionReader, wanted: set[str] | None = None) -> list[tuple[int, int]]:
    """Where a text names measures, those ``wanted`` alone if given."""
    words = tokens(text)
    found = [m for m in reader.matchers.measures.find(words) if wanted is None or wanted & set(m.ids)]
    return [(words[m.start].start, words[m.end - 1].end) for m in found]


def _of_measure(
    said: str,
    new: Sequence[tuple[int, int]],
    alone: Ask,
    base: str,
    olds: Sequence[tuple[int, int]],
    last: Ask,
    reader: QuestionReader,
) -> str:
    """``and RFS in TKD?``: the new measure in the place of the old one, and whom it is asked of, where that is new."""
    measure = said[new[0][0] : new[-1][1]]
    then = [m[0] for start, end in olds if (m := _TIME.search(base[start:end]))]
    if then and not _TIME.search(said):  # "18-month PFS" may be one wording
        measure = f"{measure} at {then[0]}"
    if ahead := _last(_TIME, said[: new[0][0]]):
        before = _last(_TIME, base[: olds[0][0]])
        if before and not base[before.end() : olds[0][0]].strip(" -"):
            olds = [(before.start(), olds[0][1]), *olds[1:]]  # "3-year OS" gives way to "2-year EFS"
        measure = f"{ahead[0]} {measure}"
    whole = base
    for k, (start, end) in enumerate(reversed(olds), 1):
        whole = whole[:start] + (measure if k == len(olds) else "") + whole[end:]
    whole = re.sub(r"\s+", " ", whole)
    rest = _POINTS.sub("", said[new[-1][1] :]).strip(_MARKS)
    return _of_whom(rest, alone, whole, last, reader) if rest and rest.lower() not in whole.lower() else whole


def _of_whom(said: str, alone: Ask, base: str, last: Ask, reader: QuestionReader) -> str:
    """The base with a time, an arm, a gene, a degree or a group in the place of the old one; behind it where there is none."""
    for pattern in (
        _TIME,
        _POWER,
        _PLACED,
        _GENE,
        *(re.compile(rf"\b(?:{s})\b", re.IGNORECASE) for s in _SCALES),
    ):
        new, old = (
            _unmeasured(pattern, said, reader),
            next(iter(_unmeasured(pattern, base, reader)[::-1]), None),
        )
        if len(new) == 1 and old and len(said.split()) < len(new[0][0].split()) + _FEW:
            return f"{base[: old.start()]}{new[0][0]}{base[old.end() :]}"
    named = {label for label, _ in alone.groups}
    labels = _labels(alone, base, last, reader)
    if len(labels) == 1 and (named or len(said.split()) < _FEW):
        at = [m.start() for m in re.finditer(rf"(?<![\w-]){re.escape(labels[0])}(?![\w-])", base)][-1]
        kept, behind = base[:at].rstrip(), base[at + len(labels[0]) :]
        stands = _STANDS.search(kept)
        if _IN.match(said) and stands:
            kept = kept[: stands.start()].rstrip()
        elif said.lower().startswith("the ") and kept.lower().endswith(" the"):
            kept = kept[:-4]
        elif (joint := _IN.match(labels[0])) and not _IN.match(said):
            kept = f"{kept} {joint[0]}"
        return f"{kept} {said}{behind}"
    return f"{base} {said}" if _IN.match(said) else f"{base}, {said}"


def _labels(alone: Ask, base: str, last: Ask, reader: QuestionReader) -> list[str]:
    """The wordings of the groups of the question before that the turn's may take the place of: of an arm for an arm."""
    named = {label for label, _ in alone.groups}
    groups = [
        (label, ids)
        for label, ids in last.groups
        if label not in named
        and re.search(rf"(?<![\w-]){re.escape(label)}(?![\w-])", base)
        and not _spans(label, reader, set(last.measures))
    ]
    if len(groups) > 1 and len(alone.groups) == len(last.studies) == 1:
        (study,) = last.studies
        arm = is_arm(*alone.groups[0], study, reader) or bool(_ROLE.search(alone.groups[0][0]))
        groups = [g for g in groups if is_arm(*g, study, reader) == arm]
    if len(groups) > 1 and (joint := _IN.match(said_alone(alone))):
        alike = [
            g
            for g in groups
            if re.search(rf"\b{joint[0]}\s+(?:the\s+)?{re.escape(g[0])}", base, re.IGNORECASE)
        ]
        groups = alike or groups
    return [label for label, _ in groups]


_ROLE = re.compile(r"\b(?:arm|placebo|control|comparator|experimental)\b", re.IGNORECASE)


def _unmeasured(pattern: re.Pattern[str], text: str, reader: QuestionReader) -> list[re.Match[str]]:
    """Where a pattern is found in a text outside the names of measures (``MRD`` is no gene)."""
    found = list(pattern.finditer(text))
    measures = _spans(text, reader) if found and pattern is _GENE else []
    return [m for m in found if not any(a < m.end() and m.start() < b for a, b in measures)]


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(iter(reversed(list(pattern.finditer(text)))), None)


def again(full: str, merged: Ask, label: str, reader: QuestionReader) -> Ask | None:
    """The question in full, of the studies that the turn was found to be about; None where it asks for no figure.

    Args:
        full: the question in full.
        merged: the turn, completed.
        label: what a study of the review is called before its number.
        reader: reads questions.
    """
    ask = reader.read(full)
    if len(merged.studies) == 1 and not (
        ask.studies == merged.studies and ask.named.of("number", "author", "code", "nct")
    ):
        ask = reader.read(f"{label} {merged.studies[0]}: {full}")
    if not (ask.measures or ask.families or ask.characteristics) or ask.has("list", "count_studies"):
        return None
    if merged.studies:
        ask = replace(ask, studies=merged.studies, described=False, clash=False, but=())
    asked = set(ask.measures) - STATISTICS
    of = {
        f.time_point
        for f in reader.review.facts
        if f.study in ask.studies
        and f.attribute in ask.measures
        and any(same_outcome(f.of, m) for m in asked)
    }
    stated = [t for t in ask.times if any(same_time(t, own) for own in of)]
    if set(ask.measures) & STATISTICS and not stated:
        ask = replace(ask, times=())  # a ratio is mostly told of no time
    return ask
