"""The row or the sentence of a study that gives a number of patients by its own words, where no measure was understood.

``How many had the virus again`` is answered by the row ``Virus reactivation`` or by the only sentence that speaks of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.answer.numbers import COUNTING
from assistant.answer.settled import head_and_arm
from assistant.cells.reading import is_missing
from assistant.desk import Desk
from assistant.draft import Draft, answered
from assistant.model import Kind, Passage, Status
from assistant.question.reader import Ask
from assistant.telling.describe import Describer
from assistant.telling.fitting import is_possible
from assistant.text.excerpt import excerpt
from assistant.text.text import NUMBER_WORDS, WORD_NUMBER, fold, tokens

TOOK_PART = frozenset(
    "treated treat analysed analyzed analyse analyze evaluable evaluated evaluate randomised randomized randomise "
    "randomize assigned assign allocate allocated allotted allot included include followed given give infused infuse "
    "dosed dose registered register accrued accrue receive received got get take took studied study trial review "
    "abstract paper report letter poster entered enter joined join tested test contributed total overall whole entire "
    "altogether combined initial first same both either each other people person man woman adult subject case "
    "volunteer individual human cohort therapy treatment drug regimen product infusion arm group side half "
    "percentage share proportion fraction percent count figure many much big large small actual real phase double "
    "blind open label single centre center main split drawn draw pilot bring brought row table "
    "cell triplet doublet quadruplet comparison fit match tally".split()
)
"""Keys of words that say of patients no more than that they took part."""
_WEAK = frozenset(
    "left show see saw find found have make made go went come came happen occur experience suffer develop hit end "
    "ended back up show up still again any more exactly just only need report reported record recorded rate "
    "incidence frequency share patient kid child pct case one out number".split()
)
"""Keys of words that a row's head need not say."""
_GENERIC = frozenset(
    "patient number percent rate total case evaluable overall event result incidence frequency yes share per all any".split()
)
"""Keys of words of a row's head that narrow nothing down."""
_PERCENT = re.compile(r"%|\bper cent\b", re.IGNORECASE)
_COUNT = re.compile(rf"(?<![\d.])\b\d+\b(?!\s?%|\.\d)|\b(?:{WORD_NUMBER})\b", re.IGNORECASE)
_SHORT = 2
"""Letters up to which a word tells too little."""
_MOST = 4
"""Cells of a row that one answer gives."""
_CLAUSES = re.compile(
    r"(?:;(?=\s)|,\s+(?=(?:while|and|but|as against|whereas|then|although|though|which|who|where|with)\b))(?![^()]*\))"
)
_GRADE = re.compile(r"\bgrades? (\d(?:[-\u2013]\d)?)")
_WORDS_APART = 2
"""Words that a sentence must hold to stand in place of a decline."""
_SPREAD = 1
"""Words of a row's head that a question may leave out."""


def left_over(desk: Desk, ask: Ask, met: Sequence[str]) -> list[str]:
    """Keys of the question's words that name no study, time or taking part, nor one of ``met``: what is counted."""
    several = len(desk.review.studies) > 1
    names = [
        n for n in ask.named.names if n.kind not in {"topic", "code"} or (several and len(n.studies) == 1)
    ]
    known = {t.key for n in names for t in tokens(n.text)} | set(NUMBER_WORDS)
    known |= {t.key for label in met for t in tokens(label)}
    known |= _of_designs(desk, ask)
    known |= {t.key for t in tokens(" ".join(ask.times))}
    known |= {k for k, term in ask.aliases if term == "n_patients"}
    measured = {k for k, term in ask.aliases if term in ask.measures}
    known |= (desk.vocabulary.scaffold | COUNTING | TOOK_PART) - measured
    return [k for k in ask.content if k not in known and re.search("[a-z]", k) and len(k) > 1]


def _of_designs(desk: Desk, ask: Ask) -> set[str]:
    """Keys of the question's words that tell how its study was made: ``the bench-to-bedside study``."""
    words = tokens(ask.focus)
    found = desk.review.reader.matchers.designs.find(words)
    return {t.key for m in found if set(m.ids) & set(ask.designs) for t in words[m.start : m.end]}


def counted(desk: Desk, describer: Describer, ask: Ask, least: int = 1) -> Draft | None:
    """The row or sentence of the one study asked about that holds all words for what is counted; None without one.

    Args:
        desk: the review's facts and words.
        describer: finds sentences.
        ask: a question for a number or a share of patients.
        least: so many words a sentence must hold.
    """
    if (
        len(ask.studies) != 1
        or ask.unheard
        or ask.cycle
        or ask.has("yes_no", "why", "list", "count_studies", "compare")
    ):
        return None
    study = ask.studies[0]
    arms = frozenset(desk.review.arms.get(study, {}).values())
    left = left_over(desk, ask, [label for label, ids in ask.groups if ids in arms])
    if not any(len(k) > _SHORT for k in left):
        return None
    asked = [ids for _, ids in ask.groups if ids in arms]
    parts = {t.key for label, ids in ask.groups if ids not in arms for t in tokens(label)}
    own = [p for p in desk.review.passages if p.studies[:1] == (study,)]
    own = [p for p in own if not (ask.times and describer.lacks_time(ask, p.text))]
    own = [p for p in own if all(describer.matching.is_in(ask, k, p.text) for k in parts)]
    own = [p for p in own if _is_of_grade(ask, p)]
    cells = _row(desk, describer, ask, left, [p for p in own if p.locator.kind is Kind.CELL])
    if asked and cells:
        groups = {p.id: [f.group for f in desk.review.facts if f.passage == p.id] for p in cells}
        cells = [p for p in cells if any(ids <= g for ids in asked for g in groups[p.id])]
    if cells:
        return answered([describer.quoting(c) for c in cells], (study,))
    if len(left) < least:
        return None
    sentences = [p for p in own if p.locator.kind is Kind.SENTENCE]
    told = [(p, part) for p in sentences if (part := _clause(describer, ask, left, p.text))]
    if asked:
        reader, labels = desk.review.reader, desk.review.arms[study]
        told = [
            t for t in told if any(a <= set(g.ids) for a in asked for g in reader.groups(t[0].text, labels))
        ]
    told = [t for t in told if is_possible(ask, t[0].text) and not describer.is_of_other(ask, t[0])]
    if len(told) != 1:
        return None
    passage, _ = told[0]
    part = excerpt(passage.text, lambda part: bool(_clause(describer, ask, left, part)))
    return answered([describer.quoting(passage, part)], passage.studies)


def _is_of_grade(ask: Ask, passage: Passage) -> bool:
    """Whether a passage speaks of the very grade asked for, where one is."""
    said = {m[1].replace("\u2013", "-") for m in _GRADE.finditer(fold(passage.text))}
    return not ask.grade or ask.grade in said


def counted_instead(desk: Desk, describer: Describer, ask: Ask, draft: Draft) -> Draft | None:
    """What ``counted`` finds in place of a decline, where a number or a share is asked for; None without it."""
    if draft.status is not Status.DECLINED or not ask.wants or (ask.inherited and ask.groups):
        return None
    if ask.injected or ask.advice or ask.named.missing:
        return None
    measured = {k for k, term in ask.aliases if term in ask.measures}
    if measured and set(left_over(desk, ask, [])) <= measured:
        return None  # all that is asked was understood, and is not given
    return counted(desk, describer, ask, _WORDS_APART)


def _row(
    desk: Desk, describer: Describer, ask: Ask, left: Sequence[str], cells: Sequence[Passage]
) -> list[Passage]:
    """The cells of the one row whose head says what is counted; none where one of them gives nothing."""
    wanted = [k for k in left if k not in _WEAK] or list(left)
    head = {p.id: head_and_arm(desk, p)[0] for p in cells}
    heads = dict.fromkeys(head.values())
    fitting = [h for h in heads if all(describer.matching.is_in(ask, k, h) for k in wanted)]
    fitting = [h for h in fitting if _spread(describer, ask, h) <= _SPREAD]
    found = [p for p in cells if fitting and head[p.id] == fitting[0]]
    if len(fitting) != 1 or len(found) > _MOST or any(is_missing(p.quote) for p in found):
        return []
    return found if all(_fits(ask, p.quote, p.locator.row) for p in found) else []


def _spread(describer: Describer, ask: Ask, head: str) -> int:
    """How many words of a row's head the question leaves out."""
    words = [t.key for t in tokens(head) if t.key.isalpha() and len(t.key) > 1 and t.key not in _GENERIC]
    return sum(not describer.matching.is_in(ask, k, ask.focus) for k in words)


def _fits(ask: Ask, text: str, row: str = "") -> bool:
    """Whether a text gives a share or a number, as asked, other than those that the question itself says."""
    if ask.wants == "percent":
        return bool(_PERCENT.search(f"{text} {row}"))
    said = {m[0].lower() for m in _COUNT.finditer(fold(ask.focus))}
    return any(m[0].lower() not in said for m in _COUNT.finditer(fold(text)))


def _clause(describer: Describer, ask: Ask, left: Sequence[str], text: str) -> str:
    """The clause of a sentence that holds all words for what is counted and a number of the kind asked for."""
    for clause in _CLAUSES.split(fold(text)):
        if _fits(ask, clause) and all(describer.matching.is_in(ask, k, clause) for k in left):
            return clause
    return ""
