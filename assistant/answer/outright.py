"""The one sentence that says every word of a question, in place of figures, or of a decline, that leave one of its words out.

``Relapse with A or B before transplant in the negatives`` is no question on all the negatives, where a sentence sets A against B in them.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.answer.unsaid import GENERAL
from assistant.answer.whom import said_of_all
from assistant.desk import Desk
from assistant.draft import Draft, answered
from assistant.model import Kind, Passage, Status
from assistant.question.reader import Ask
from assistant.telling.describe import Describer
from assistant.text.excerpt import figures
from assistant.text.text import fold, tokens

_PAIR = re.compile(
    r"\bvs\.?(?=\s)|\bversus\b|\bagainst\b|\bcompared (?:with|to)\b|\bin contrast (?:with|to)\b|\bthan\b|\brespectively\b"
    r"|\b(?:former|latter)\b|\bwhereas\b|\d%?(?: \([^()]*\))? and \d[\d.]*\s?(?:%|\(|months|weeks|days|years|points)",
    re.IGNORECASE,
)
"""Sets two figures beside one another."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ASKED_SO = frozenset(
    "pls plz please give figure figures number numbers much big small low lower high higher better worse good bad help benefit improve reduce "
    "raise increase decrease differ matter affect influence lead mean cause long short take took more less fewer longer shorter quick quickly "
    "fast slow also too either even still really versus compare against same other only just show tell do did does get got non not pct percent "
    "significant significantly fare respective corresponding figs value how many often".split()
)
"""Keys of words by which a thing is asked, and that what answers it may put otherwise."""
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
    if ask.cycle or ask.has("why", "definition", "list", "count_studies", "max", "min", "summary", "reference", "conflict"):
        return None
    if not (ask.measures or ask.families) or any(line.verbatim for line in draft.lines):
        return None
    if draft.status is Status.ANSWERED and not _leaves_out(desk, describer, ask, draft):
        return None
    (study,) = ask.studies
    whole = {t.key for text in said_of_all(desk, study) for t in tokens(text)}
    own = [
        p
        for p in desk.review.passages
        if p.locator.kind is Kind.SENTENCE and p.studies[:1] == (study,) and figures(fold(p.quote)) > 1
    ]
    told = [p for p in own if _says_all(desk, describer, ask, p, whole)]
    return answered([describer.quoting(told[0])], ask.studies) if len(told) == 1 else None


def _leaves_out(desk: Desk, describer: Describer, ask: Ask, draft: Draft) -> bool:
    """Whether figures stand in places that lack a treatment or a word that the question names and no slot holds."""
    facts = [f for line in draft.lines for f in line.facts]
    if not facts or any(line.derivation for line in draft.lines):
        return False
    cited = [desk.selector.places[p] for p in dict.fromkeys(f.passage for f in facts)]
    told = " ".join([*(p.text for p in cited), *(f.group_label for f in facts)])
    topics = [t.key for n in ask.named.of("topic") for t in tokens(n.text)]
    known = {k for k, _ in ask.aliases} | {t.key for label, _ in ask.groups for t in tokens(label)} | {t.key for n in ask.named.names for t in tokens(n.text)}
    left = [*topics, *(k for k in _telling(desk, ask) if k not in known)]
    return any(not describer.matching.is_in(ask, k, told) for k in left)


def _telling(desk: Desk, ask: Ask) -> list[str]:
    """Keys of the question's words that say something."""
    idle = desk.vocabulary.scaffold | GENERAL | _ASKED_SO
    return [k for k in ask.content if k not in idle and len(k) > _SHORT and not k.isdigit()]


def _says_all(desk: Desk, describer: Describer, ask: Ask, passage: Passage, whole: set[str]) -> bool:
    named = describer.terms_in(passage)
    measures = [m for m in ask.measures if m not in {"p_value", "CI"}]
    if not all(m in named or m.removeprefix("median_") in named for m in measures):
        return False
    if (ask.times and describer.lacks_time(ask, passage.text)) or describer.is_of_other(ask, passage):
        return False
    text = fold(passage.text)
    said = " ".join([n.text for n in ask.named.names] + [*ask.studies, *ask.times])
    if not set(_NUMBER.findall(fold(ask.focus))) <= set(_NUMBER.findall(f"{fold(said)} {text}")):
        return False
    arms = desk.review.arms.get(ask.studies[0], {})
    paired = bool(_PAIR.search(text))
    free = _arm_keys(desk, ask) if paired else set[str]()
    if not _speaks_of(desk, describer, ask, passage, arms, paired):
        return False
    own = describer.matching.own_names(ask, passage)
    keys = _telling(desk, ask)
    left = [k for k in keys if k not in own | free and (k not in whole or describer.matching.covers(ask, k, passage))]
    covered = all(describer.matching.covers(ask, k, passage) for k in left)
    return covered and len(left) + (len(measures) if ask.inherited else 0) >= _LEAST


def _arm_keys(desk: Desk, ask: Ask) -> set[str]:
    """Keys of the words for the arms of the study, which a sentence that sets two figures side by side need not repeat."""
    (study,) = ask.studies
    arms = [a.ids for a in desk.own.arms(study)]
    labels = [label for a in desk.own.arms(study) for label in a.labels]
    labels += [label for label, ids in ask.groups if ids in arms]
    return {t.key for label in labels for t in tokens(label)}


def _speaks_of(
    desk: Desk, describer: Describer, ask: Ask, passage: Passage, arms: Sequence[str] | dict[str, frozenset[str]], paired: bool
) -> bool:
    """Whether a passage names each group asked about; both arms may be meant by two figures side by side."""
    (study,) = ask.studies
    everyone = desk.review.populations.get(study, frozenset())
    of_arms = [a.ids for a in desk.own.arms(study)]
    held = {i for g in desk.review.reader.groups(passage.text, desk.review.arms.get(study, {})) for i in g.ids}
    for label, ids in ask.groups:
        words = [t.key for t in tokens(label) if t.key not in desk.vocabulary.scaffold]
        if ids <= everyone or ids <= held or (paired and ids in of_arms):
            continue
        if not words or not all(describer.matching.covers(ask, k, passage) for k in words):
            return False
    return True
