"""Follow-ups that work on the question before: ``restrict that to …``, ``that last measure again for …``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.draft import Draft
from assistant.followup.few import in_few_words
from assistant.followup.refs import Turn
from assistant.question.reader import Ask, QuestionReader
from assistant.question.spans import severity
from assistant.question.wording import PRONOUN
from assistant.text.text import NUMBER_WORDS, ROMAN, tokens

_NOUN = (
    r"(?:measures?|measurements?|end-? ?points?|outcomes?|metrics?|parameters?|variables?|statistics?|questions?|quer(?:y|ies)"
    r"|figures?|numbers?|values?|rates?|things?|infos?|information|piece of information)"
)
_IT = (
    r"(?:it|that|this|them|those|these|(?:that|the|this) (?:last|same|previous|latter|above)(?: (?:one|"
    + _NOUN
    + r"))?)"
)
_ASKING = r"(?:please |now |can you |could you |would you |let'?s )*"
_TOPIC = re.compile(
    rf"\b(?:(?:that|this|the|those|these|your)\s+)?(?:very\s+)?(?P<which>same|last|previous|first|original|earlier)\s+(?:very\s+)?{_NOUN}\b"
    r"(?:\s+(?:again|too|also|as well|i asked (?:about|for)(?: (?:before|first|earlier))?))*",
    re.IGNORECASE,
)
"""What was asked before, and no characteristic: ``that last measure``, ``the same endpoint``."""
_TIME = re.compile(
    r"\b(?:at |after |for )?(?:(?:that|this|the)\s+)?(?:very\s+)?(?:same|that|this)\s+"
    r"(?:time(?:[- ]?(?:point|frame|horizon))?|moment|stage|landmark|cut-?point|horizon|cycle)\b",
    re.IGNORECASE,
)
_RESTRICT = re.compile(
    rf"\b{_ASKING}(?:restrict|limit|narrow|confine|filter|zoom in|focus|redo|repeat|do|give|run)(?:ed|ing)?\s+"
    rf"(?:{_IT}\s+)?(?:again\s+)?(?:down\s+|only\s+|just\s+)?(?:to|on|for|in|with)\b"
    r"(?=\s+\w)",
    re.IGNORECASE,
)
"""``restrict that to``, ``do it again for``: the question before, for what follows."""
_SPLIT = re.compile(
    rf"\b{_ASKING}(?:split|broken|break|breakdown|separate[d]?|stratif(?:y|ied)|divided?|disaggregated?)\s+(?:{_IT}\s+)?"
    r"(?:down\s+|up\s+|out\s+|apart\s+)?(?:by|per|into|according to|for)\s+(?:the\s+|each\s+|treatment\s+|study\s+)?"
    r"(?:arms?|groups?|treatments?|regimens?|therap(?:y|ies)|what they (?:got|received|were given))\b",
    re.IGNORECASE,
)
_NOT_APART = re.compile(
    r"\b(?:if (?:you|we|one|they)\s+)?(?:not|do not|don['’]t|without)\s+(?:\w+\s+){0,1}?(?:separat|split|divid|distinguish)\w*"
    r"(?:\s+(?:it|them|that))?(?:.{0,24}\b(?:arm|group|treatment)s?\b)?",
    re.IGNORECASE,
)
"""Takes the arms together."""
_LATER = re.compile(
    r"\b(?P<n>\w+)[- ](?P<unit>year|month|week|day)s?\s+(?:later|after (?:that|this)|further on|on from (?:that|there))\b",
    re.IGNORECASE,
)
_CYCLE = re.compile(
    r"\b(?:(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th)|(?P<next>next|following|subsequent)|(?P<n>one|two|three|four))\b"
    r"(?:\s+(?:one|cycle|course|round|time))?\b",
    re.IGNORECASE,
)
_NTH = {
    "first": 1,
    "1st": 1,
    "one": 1,
    "second": 2,
    "2nd": 2,
    "two": 2,
    "third": 3,
    "3rd": 3,
    "three": 3,
    "fourth": 4,
}
_WHEN = re.compile(r"\b(?:after|once|following|with|by|when|at|upon|then)\b", re.IGNORECASE)
_GRADE = re.compile(
    r"\W*(?:and |or |what about |how about |also )*(?:at |of |in |with )?(?:gr(?:ade)?\.? )?([1-5]|IV|I{1,3}|V)\W*$",
    re.IGNORECASE,
)
_BASELINE = re.compile(
    r"\b(?:baseline|before (?:treatment|therapy|that|it|starting)|pre-?treatment|at (?:the )?(?:start|outset|entry))\b",
    re.IGNORECASE,
)
_OF_THOSE = re.compile(
    r"\b(?:n|number|numbers|how many|count|headcount|absolute numbers?)\b.{0,24}\b(?:those|them|these|that|it)\b"
    r"|^\W*(?:and |as |in |the |what |is |what's )*(?:n|absolute numbers?|count|counts"
    r"|(?:in )?patients|how many(?: patients| people| pts)?)\W*$",
    re.IGNORECASE,
)
_BARE_COUNT = re.compile(
    r"^\W*(?:(?:and|ok|okay|so|then|but|well|yes|right|exactly|just|roughly|about)\W+)*how many"
    r"(?: (?:then|exactly|roughly|altogether|in (?:all|total)|were there|was (?:it|that)|cases|events|episodes"
    r"|(?:had|got|have) (?:it|that|them|one|those)))*\W*$",
    re.IGNORECASE,
)
"""Asks how many had what was just spoken of."""
_SIGNIFICANT = re.compile(
    r"\b(?:that|this|these|those|it|the (?:difference|gap|effect|benefit|improvement|gain))\b.{0,24}"
    r"\b(?:significan\w*|p[- ]?values?|by chance|real)\b"
    r"|\b(?:significan\w*|p[- ]?value)\b.{0,12}\b(?:that|this|it)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\bp[- ]?values?\b|\bratio\b|\bHR\b|\binterval\b|\bCI\b", re.IGNORECASE)
_STATISTICS = frozenset({"p_value", "CI", "HR", "OR", "RR"})


def read_on(ask: Ask, history: Sequence[Turn], reader: QuestionReader) -> Ask:
    """``ask`` with what its few words do to the question before, each in its way."""
    before = history[-1][0]
    ask = in_few_words(ask, history, reader)
    ask = later(next_cycle(pointing(ask, history, reader), before), before)
    ask = how_often(
        counted(at_baseline(bare_grade(ask, before), before, reader), before, history[-1][1], reader),
        before,
        reader,
    )
    return of_that_difference(ask, before, history[-1][1], reader)


def pointing(ask: Ask, history: Sequence[Turn], reader: QuestionReader) -> Ask:
    """``ask`` without the words that only point to the question before; unchanged where there are none.

    ``restrict that to the transplanted`` becomes ``and for the transplanted``, ``that last measure again``
    nothing at all, so that these words are taken for no characteristic.
    """
    before = history[-1][0]
    text = _NOT_APART.sub("for all patients", ask.text)
    text = _SPLIT.sub("" if ask.groups else "by arm", text)
    text = _RESTRICT.sub("for", text)
    pointed = _TOPIC.search(text)
    text = _TOPIC.sub("", text)
    same_time = _TIME.search(text)
    text = _TIME.sub("", text)
    if text == ask.text or not re.search(r"\w{2}", text):
        return ask
    plain = reader.read(f"and {text.strip(' ,;:')}")
    if ask.studies and not ask.described:
        plain = replace(plain, studies=ask.studies, described=False)
    if same_time and not (plain.times or plain.cycle):
        plain = replace(plain, times=before.times, cycle=before.cycle)
    topic = plain.measures or plain.families or (plain.characteristics and not plain.implied)
    if pointed and pointed["which"].lower() in {"first", "original", "earlier"} and not topic:
        asked = next((a for a, _ in history if a.measures or a.families or a.characteristics), before)
        plain = replace(
            plain,
            measures=asked.measures,
            families=asked.families,
            characteristics=asked.characteristics,
            times=plain.times or asked.times,
        )
    return plain


def later(ask: Ask, before: Ask) -> Ask:
    """``and half a year later?``: the time point of the turn before and so much more."""
    match = _LATER.search(ask.text)
    if match is None or len(before.times) != 1:
        return ask
    more = NUMBER_WORDS.get(match["n"].lower(), match["n"])
    number, _, unit = before.times[0].partition("-")
    if not (str(more).isdigit() and number.isdigit()):
        return ask
    counts = {unit: int(number), match["unit"].lower(): int(more)}
    if len(counts) == 1:
        total, shown = int(number) + int(more), unit
    elif set(counts) == {"year", "month"}:
        total, shown = counts["year"] * 12 + counts["month"], "month"
    else:
        return ask
    if shown == "month" and total % 12 == 0 and unit == "year":
        total, shown = total // 12, "year"
    return replace(ask, times=(f"{total}-{shown}",), values=())


def next_cycle(ask: Ask, before: Ask) -> Ask:
    """``and once a second one had been given?`` after a treatment cycle was spoken of."""
    if not before.cycle.isdigit() or ask.cycle or ask.measures or ask.named.names or ask.groups:
        return ask
    match = _CYCLE.search(ask.focus)
    if match is None or not (_WHEN.search(ask.focus) or match.end() >= len(ask.focus.rstrip(" ?!."))):
        return ask
    cycle = int(before.cycle) + 1 if match["next"] else _NTH.get((match["nth"] or match["n"]).lower(), 0)
    return replace(ask, cycle=str(cycle), values=(), characteristics=(), implied=False) if cycle else ask


def bare_grade(ask: Ask, before: Ask) -> Ask:
    """``grade 4?``, ``IV?`` after a grade was spoken of."""
    match = _GRADE.match(ask.text) if before.grade and before.measures and not ask.grade else None
    if match is None or ask.measures or ask.named.names:
        return ask
    grade = str(ROMAN.get(match[1].lower(), match[1]))
    return replace(ask, grade=grade, values=(), characteristics=(), groups=(), studies=(), described=False)


def by_severity(ask: Ask, before: Ask, reader: QuestionReader) -> Ask:
    """``was any of it severe?``, ``the severe form only`` after an event: its higher grades, and no study of severe disease."""
    if ask.grade or not before.measures or ask.measures not in {(), before.measures}:
        return ask
    events = all(reader.vocabulary.term(m).kind == "event" for m in before.measures)
    if not events or not (grade := severity(ask.focus)):
        return ask
    degrees = frozenset(i for _, ids in ask.groups for i in ids if severity(i))
    alone = ask.described and not ask.named.names and not ask.designs
    if not degrees or any(ids - degrees for _, ids in ask.groups) or not alone:
        return replace(ask, grade=grade)
    return replace(ask, grade=grade, groups=(), studies=(), described=False)


def at_baseline(ask: Ask, before: Ask, reader: QuestionReader) -> Ask:
    """``and at baseline?`` after a figure of a later time, where the study gives one."""
    if ask.times or ask.measures or ask.named.names or not before.measures or not _BASELINE.search(ask.text):
        return ask
    facts = (f for f in reader.review.facts if f.study in before.studies and f.attribute in before.measures)
    given = any(f.time_point == "baseline" for f in facts)
    return replace(ask, times=("baseline",), characteristics=(), implied=False) if given else ask


def counted(ask: Ask, before: Ask, draft: Draft, reader: QuestionReader) -> Ask:
    """``n of those?`` after a share, ``how many then?`` after an event: the number of patients behind it."""
    size = (
        bool(before.measures)
        and ask.characteristics == ("n_patients",)
        and not (ask.measures or ask.groups or ask.named.names)
    )
    events = bool(before.measures) and all(reader.vocabulary.term(m).kind == "event" for m in before.measures)
    if size and events and _BARE_COUNT.match(ask.text):
        return replace(ask, characteristics=(), implied=False, wants="count", values=())
    if not size or before.groups or not _OF_THOSE.search(ask.text):
        return ask
    stated = {(f.study, f.attribute) for line in draft.lines for f in line.facts}
    if not any(f.n is not None and (f.study, f.attribute) in stated for f in reader.review.facts):
        return ask
    return replace(ask, characteristics=(), implied=False, wants="count", values=())


def how_often(ask: Ask, before: Ask, reader: QuestionReader) -> Ask:
    """``how frequent was it with …?``: of the event spoken of, or of the one whose short form was explained."""
    if set(ask.measures) != {"incidence"} or not PRONOUN.search(ask.text):
        return ask
    named = before.measures or tuple(
        m.ids[0] for m in reader.matchers.measures.find(tokens(before.term)) if m.ids[0] != "incidence"
    )
    return replace(ask, measures=named) if named else ask


def of_that_difference(ask: Ask, before: Ask, draft: Draft, reader: QuestionReader) -> Ask:
    """``is that difference significant?``: that of the measure asked before.

    ``the p-value for that?`` is the one beside the figures just given, where there is one.
    """
    bare = bool(ask.measures) and set(ask.measures) <= _STATISTICS and not ask.named.names
    if not bare or not _SIGNIFICANT.search(ask.text) or not before.measures:
        return ask
    kept = tuple(m for m in before.measures if m not in _STATISTICS)
    places = {f.passage for line in draft.lines for f in line.facts}
    if _NAMED.search(ask.text) and any(
        f.passage in places and f.attribute in ask.measures and f.of in kept for f in reader.review.facts
    ):
        return ask
    return replace(
        ask,
        measures=(*ask.measures, *kept),
        times=ask.times or before.times,
        studies=ask.studies or before.studies,
    )
