"""The one sentence that says every word of a question, in place of figures, or of a decline, that leave one of its words out.

``Relapse with A or B before transplant in the negatives`` is no question on all the negatives, where a sentence sets A against B in them.
"""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.answer.unsaid import GENERAL
from assistant.answer.whom import said_of_all
from assistant.desk import Desk
from assistant.draft import Draft, answered
from assistant.model import Kind, Passage, Status
from assistant.question.fate import clauses
from assistant.question.reader import Ask
from assistant.question.wording import EACH_ARM
from assistant.telling.describe import Describer
from assistant.text.excerpt import figures
from assistant.text.text import fold, tokens

_PAIR = re.compile(
    r"\bvs\.?(?=\s)|\bversus\b|\bagainst\b|\bcompared (?:with|to)\b|\bin contrast (?:with|to)\b|\bthan\b|\b(?:former|latter)\b",
    re.IGNORECASE,
)
"""Sets two arms beside one another."""
_TWO_FIGURES = re.compile(
    r"\brespectively\b|\d%?(?: \([^()]*\))? and \d[\d.]*\s?(?:%|\(|months|weeks|days|years|points)",
    re.IGNORECASE,
)
"""Two figures side by side: of two arms, where they are of one measure."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ASKED_SO = frozenset(
    (
        "pls plz please give figure figures number numbers much big small low lower high higher better worse "
        "good bad help benefit improve reduce raise increase decrease differ matter affect influence lead "
        "mean cause long short take took more less fewer longer shorter quick quickly fast slow also too "
        "either even still really versus compare against same other only just show tell do did does get got "
        "non not pct percent significant significantly fare respective corresponding figs value how many "
        "often "
    ).split()
)
"""Keys of words by which a thing is asked, and that what answers it may put otherwise."""
_TIME_TO = re.compile(r"\btime to\b", re.IGNORECASE)
_SHORT_FORM = re.compile(r"\b(?=[^\s-]*[A-Z]{2}|[^\s-]*[a-z]\d|[^\s-]*\d[a-z])[\w/]{3,}\b")
"""A code: of a gene, a transcript, a procedure."""
_AT_A_PRICE = re.compile(r"\bat the (?:expense|cost|price) of\b|\bthe price (?:was|is|paid)\b", re.IGNORECASE)
_TWO_SIDES = re.compile(r"\b(?:versus|vs\.?|against|compared (?:with|to))(?=\s)", re.IGNORECASE)
_LACKING = re.compile(r"\b(?:not|no|without|never|non|none|lacked|lacking)\b|n't\b", re.IGNORECASE)
_STATISTICS = frozenset({"p_value", "CI", "HR", "OR", "RR"})
_AVERAGE = re.compile(r"\b(?:median|mean)\b", re.IGNORECASE)
_DENIES = frozenset({"non", "not", "no", "without", "with", "on", "who", "ones", "those"})
_NOT_GIVEN = re.compile(r"\bis not reported for\b")
_TWO = 2
_LEAST = 2
"""Telling words of a question that a sentence must cover."""
_SHORT = 2
"""Letters up to which a word tells too little."""


def said_outright(desk: Desk, describer: Describer, ask: Ask, draft: Draft) -> Draft | None:
    """The sentence of the one study asked about that covers all of the question's words; None where the draft leaves none out.

    Args:
        desk: the review's facts and words.
        describer: finds sentences.
        ask: the question.
        draft: figures that were looked up, or a decline.
    """
    if len(ask.studies) != 1 or ask.injected or ask.advice or ask.translated or ask.named.missing:
        return None
    if ask.cycle or ask.has(
        "why", "definition", "list", "count_studies", "max", "min", "summary", "reference", "conflict"
    ):
        return None
    if (met := _endpoint_met(desk, describer, ask)) is not None:
        return met
    if set(ask.measures) & _STATISTICS or any(c.happened for c in clauses(ask.focus)):
        return None
    if not (ask.measures or ask.families) or any(line.verbatim for line in draft.lines):
        return None
    if draft.status is Status.DECLINED and ask.times:
        return None  # another time than those that are told
    if draft.status is Status.ANSWERED and not _leaves_out(desk, describer, ask, draft):
        return None
    (study,) = ask.studies
    whole = {t.key for text in said_of_all(desk, study) for t in tokens(text)}
    whole -= {t.key for n in ask.named.of("topic") for t in tokens(n.text)}
    whole -= {t.key for label, _ in ask.groups for t in tokens(label)}
    own = [
        p
        for p in desk.review.passages
        if p.locator.kind is Kind.SENTENCE
        and p.studies[:1] == (study,)
        and figures(fold(p.quote)) > 1
        and (not ask.wants or figures(fold(p.text)))  # those of its citation tell nothing
    ]
    if draft.status is Status.ANSWERED:  # figures of other measures would come along
        own = [p for p in own if _measures_in(desk, p) <= max(1, len(ask.measures))]
    else:
        own = [p for p in own if not (gives_rates(desk, ask, p) or _only_in_that_state(desk, ask, p))]
    told = [p for p in own if _says_all(desk, describer, ask, p, whole)]
    return answered([describer.quoting(told[0])], ask.studies) if len(told) == 1 else None


def _only_in_that_state(desk: Desk, ask: Ask, passage: Passage) -> bool:
    """Whether a sentence calls patients relapsed or refractory, and tells of no relapse that is asked for."""
    named = {i for span in desk.review.reader.named(passage.text) for i in span.ids}
    return "relapse" in ask.measures and "relapse" not in named


def gives_rates(desk: Desk, ask: Ask, passage: Passage) -> bool:
    """Whether a sentence gives rates of what a median was asked of, and no median of it, in the patients asked about."""
    asked = [ids for _, ids in ask.groups]
    own = [f for f in desk.review.facts if f.passage == passage.id]
    beside = {f.attribute for f in own if any(ids & f.group for ids in asked)}
    others = (
        {f.attribute for f in own if f.group and not any(ids & f.group for ids in asked)} if asked else set()
    )
    given = {f.attribute for f in own} - (others - beside)
    return any(
        m.startswith("median_") and m not in given and m.removeprefix("median_") in (beside or given)
        for m in ask.measures
    )


_MET = re.compile(
    r"\b(?:met|meet|reach\w*|achiev\w*|attain\w*|hit)\b[^?]{0,30}\bprimary (?:end-?\s?point|outcome)\b",
    re.IGNORECASE,
)
_ENDPOINT = re.compile(r"\bprimary (?:end-?\s?point|outcome)\b", re.IGNORECASE)
_SHARES = re.compile(r"\d\s?%[^;]*\d\s?%")


def _endpoint_met(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """``how many met the primary endpoint, with it or with placebo?``: the sentence that gives the share of each."""
    if (
        not _MET.search(ask.focus)
        or ask.measures
        or ask.times
        or ask.has("yes_no")
        or not (ask.wants or ask.has("compare"))
    ):
        return None
    own = [
        p for p in desk.review.passages if p.locator.kind is Kind.SENTENCE and p.studies[:1] == ask.studies
    ]
    told = [p for p in own if _ENDPOINT.search(fold(p.text)) and _SHARES.search(fold(p.text))]
    return answered([describer.quoting(told[0])], ask.studies) if len(told) == 1 else None


def _leaves_out(desk: Desk, describer: Describer, ask: Ask, draft: Draft) -> bool:
    """Whether figures stand in places that lack a treatment or a word that the question names and no slot holds."""
    facts = [f for line in draft.lines for f in line.facts]
    if not facts or any(line.derivation for line in draft.lines):
        return False
    two_sides = ask.has("compare") and bool(_TWO_SIDES.search(ask.focus))
    if len(facts) == 1 and not facts[0].of and (EACH_ARM.search(ask.focus) or two_sides):
        return True  # of one side alone
    untold = any(not any(ids <= f.group for f in facts) for _, ids in ask.groups)
    if untold and any(not line.facts and _NOT_GIVEN.search(line.text) for line in draft.lines):
        return True  # of one side, and the other is said to be missing
    if two_sides and len(ask.groups) == 1 and len({f.group for f in facts}) > _TWO:
        return True  # of all groups, as one of the two was not understood
    cited = [desk.selector.places[p] for p in dict.fromkeys(f.passage for f in facts)]
    told = " ".join([*(p.text for p in cited), *(f.group_label for f in facts)])
    own = describer.matching.own_names(ask, cited[0])
    topics = {t.key for n in ask.named.of("topic") for t in tokens(n.text)}
    known = {k for k, _ in ask.aliases} | {t.key for label, _ in ask.groups for t in tokens(label)} | own
    short = {t.key for m in _SHORT_FORM.finditer(ask.focus) for t in tokens(m[0])}
    left = [k for k in _telling(desk, ask) if k in topics or (k in short and k not in known)]
    return any(not describer.matching.is_in(ask, k, told) for k in left)


def _telling(desk: Desk, ask: Ask) -> list[str]:
    """Keys of the question's words that say something."""
    idle = desk.vocabulary.scaffold | GENERAL | _ASKED_SO
    return [k for k in ask.content if k not in idle and len(k) > _SHORT and not k.isdigit()]


def _says_all(desk: Desk, describer: Describer, ask: Ask, passage: Passage, whole: set[str]) -> bool:
    named = describer.terms_in(passage)
    if not all(m in named or _in_its_words(describer, ask, m, passage) for m in ask.measures):
        return False
    if any(not re.search(rf"\b{m[0]}\b", passage.text, re.IGNORECASE) for m in _AVERAGE.finditer(ask.focus)):
        return False
    if _LACKING.search(ask.focus) and not _LACKING.search(passage.text):
        return False
    if "cost" in ask.measures and _AT_A_PRICE.search(passage.text):
        return False  # of harms, and not of money
    if _lacks_time(describer, ask, passage) or describer.is_of_other(replace(ask, groups=()), passage):
        return False
    text = fold(passage.text)
    said = " ".join([n.text for n in ask.named.names] + [*ask.studies, *ask.times])
    if not set(_NUMBER.findall(fold(ask.focus))) <= set(_NUMBER.findall(f"{fold(said)} {text}")):
        return False
    paired = bool(_PAIR.search(text)) or (
        bool(_TWO_FIGURES.search(text)) and _measures_in(desk, passage) == 1
    )
    free = _arm_keys(desk, ask) if paired else set[str]()
    if not _speaks_of(desk, describer, ask, passage, paired):
        return False
    own = describer.matching.own_names(ask, passage)
    keys = _telling(desk, ask)
    left = [
        k
        for k in keys
        if k not in own | free and (k not in whole or describer.matching.covers(ask, k, passage))
    ]
    if not all(describer.matching.covers(ask, k, passage) for k in left):
        return False
    beside = {k for k in left if k not in {key for key, term in ask.aliases if term in ask.measures}}
    return (
        len(ask.measures) + len(beside) + bool(free & set(keys)) + bool(ask.inherited and ask.groups)
        >= _LEAST
    )


def _in_its_words(describer: Describer, ask: Ask, measure: str, passage: Passage) -> bool:
    """Whether a passage has the words by which the question names a measure, in whatever order."""
    idle = describer.desk.vocabulary.scaffold | _ASKED_SO
    keys = [k for k, term in ask.aliases if term == measure and k not in idle]
    return bool(keys) and all(describer.matching.covers(ask, k, passage) for k in keys)


def _lacks_time(describer: Describer, ask: Ask, passage: Passage) -> bool:
    """Whether a passage is of another time than the one asked for, or of no time to an event where that is asked."""
    if _TIME_TO.search(ask.focus) and not re.search(r"\btime\b", passage.text, re.IGNORECASE):
        return True
    at = [t for t in ask.times if not re.search(rf"\b{re.escape(t)}\b", passage.text, re.IGNORECASE)]
    return bool(at) and describer.lacks_time(ask, passage.text)


def _measures_in(desk: Desk, passage: Passage) -> int:
    """How many measures a sentence names."""
    return len({m.ids[:1] for m in desk.review.reader.matchers.measures.find(tokens(passage.text))})


def _arm_keys(desk: Desk, ask: Ask) -> set[str]:
    """Keys of the words for the arms of the study, which a sentence that sets two figures side by side need not repeat."""
    (study,) = ask.studies
    arms = [a.ids for a in desk.own.arms(study)]
    labels = [label for a in desk.own.arms(study) for label in a.labels]
    labels += [label for label, ids in ask.groups if ids in arms]
    return {t.key for label in labels for t in tokens(label)}


def _speaks_of(desk: Desk, describer: Describer, ask: Ask, passage: Passage, paired: bool) -> bool:
    """Whether a passage names each group asked about; both arms may be meant by two figures side by side."""
    (study,) = ask.studies
    of_arms = [a.ids for a in desk.own.arms(study)]
    held = {
        i for g in desk.review.reader.groups(passage.text, desk.review.arms.get(study, {})) for i in g.ids
    }
    for label, ids in ask.groups:
        words = [t.key for t in tokens(label) if t.key not in desk.vocabulary.scaffold | _DENIES]
        if label.startswith("the other") or ids <= held or (paired and ids in of_arms):
            continue
        if not words or not all(describer.matching.covers(ask, k, passage) for k in words):
            return False
    return True
