"""Whether a verdict stands: Yes or No is said only where what is cited accounts for every word of the question.

Many rules may put ``Yes:`` or ``No:`` before what they found; each looks at the part of a question that it knows. This is
the one look at the whole of it: a drug, an event or a quality that is asked about and that neither what is said nor its
place speaks of takes the verdict away. What was found may stay; a verdict on something else may not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant import lazy_re as re
from assistant.answer.meant import unexplained
from assistant.answer.numbered import CHOSEN
from assistant.answer.predicted import factor_of
from assistant.answer.refusals import nothing_found
from assistant.answer.whom import said_of_all
from assistant.desk import Desk
from assistant.draft import VERDICT, Draft, Line, declined
from assistant.judging.sides_claimed import compares
from assistant.lookup.lookup import asked_facts
from assistant.model import Kind, Status
from assistant.question.reader import Ask
from assistant.say import upper_first
from assistant.telling.describe import Describer
from assistant.telling.entailing import SENSES
from assistant.telling.verdict_words import STATES
from assistant.telling.wordmatch import family
from assistant.text.text import fold, key_of, tokens

_UNTOLD = re.compile(r"^the review (?:does not|gives no|says nothing)\b", re.IGNORECASE)
"""``No: the review does not report it``: that it is not told says nothing of whether it was so."""
_STUDIED = (
    "product construct cell regimen triplet doublet quadruplet combo combination cohort series schedule style type kind sort "
    "place body prose story text table worker team colleague statistician reviewer bench safety sop draft slide subgroup "
    "subset threshold cut cutoff rule account experience recipient cancer disease malignancy thing allocation "
    "protocol programme decision choice response effect activity"
)
"""What is studied, by any name, and where it is told."""
_DONE = (
    "join joined participate participated enter entered "
    "test tested testing try tried assess assessed evaluate evaluated examine examined look looked enrol enroll enrolled "
    "assign assigned allocate allocated randomise randomised randomize randomized steer steered guide guided guiding decide "
    "decided meet met prove proven proved borrow borrowed remove removed add adding added disclose agree contradict add adds"
)
"""What is done in and with studies."""
_BEFELL = (
    "hit reach reached top topped exceed exceeded surpass surpassed cross crossed clear cleared pass passed break broke attain "
    "attained achieve achieved manage managed made make stay stayed remain remained end ended live lived living alive survive "
    "affect affected strike struck occur occurred happen happened develop developed suffer suffered experience experienced "
    "cause caused arise arose emerge emerged befall befell get got getting have had having come came turn turned out ahead "
    "require required kill killed "
    "improve improved prolong prolonged extend extended lengthen lengthened shorten shortened delay delayed slow slowed change "
    "changed raise raised lower lowered gain gained beat outlive outlived resemble boost boosted cut drop "
    "dropped rise rose fall fell increase increased decrease decreased reduce reduced differ differed"
)
"""What happened to patients and figures, the direction of which the verdict weighs."""
_SUCH = (
    "chance fair real single bad severe serious mild moderate cap eligible consistent impossible far new half majority minority "
    "quarter third common frequent usual equal plentiful need problem issue trouble big gap link linked outlast"
)
"""How sure, how bad and how much it is."""
_NEUTRAL = frozenset(key_of(w) for words in (_STUDIED, _DONE, _BEFELL, _SUCH) for w in words.split())
"""Keys of words that a verdict need not find in what it rests on."""
_STEM = 6
"""Letters from which on a word within a longer one is no accident."""
_KEPT = STATES[len(SENSES)]
"""Whether a thing was kept or lost, which a verdict says only on words for either."""
_OR = re.compile(r"\b\w+ or \w+\b", re.IGNORECASE)
"""Two words of which either is enough."""
_OF_DOSE = re.compile(r"\d ?(?:[mµu]?g|IU|U)\b")
_AGENTS = "agents"
_STATISTICS = frozenset({"p_value", "CI", "HR", "OR", "RR"})
_UNNAMED = re.compile(
    r"\ban? (?:\w+ )?(?:reduction|decrease|increase|improvement|difference|benefit)\b(?! (?:of|in|for)\b)",
    re.IGNORECASE,
)
"""Says that something changed, but not what."""


def upheld(desk: Desk, describer: Describer, ask: Ask, draft: Draft) -> Draft:
    """The draft, without the verdict before it where that rests on something else than what is asked.

    Args:
        desk: the review's facts and words.
        describer: compares words.
        ask: the question.
        draft: what was found.
    """
    first = draft.lines[0] if draft.lines else None
    if first is None or draft.status is not Status.ANSWERED or not VERDICT.match(first.text):
        return draft
    if _UNTOLD.match(VERDICT.sub("", first.text)):
        return declined(upper_first(VERDICT.sub("", first.text)), draft.studies, first.support)
    if (
        ask.times
        and not any(line.facts for line in draft.lines)
        and describer.lacks_time(ask, _said(desk, draft.lines))
    ):
        return _without(desk, describer, ask, draft, first)
    if draft.accounted or draft.conflicts or any(line.derivation for line in draft.lines):
        return draft
    if not _left_over(desk, describer, ask, draft):
        return draft
    return _without(desk, describer, ask, draft, first)


def _left_over(desk: Desk, describer: Describer, ask: Ask, draft: Draft) -> list[str]:
    """The words of the question that what is said and cited does not account for."""
    said = _said(desk, draft.lines)
    facts = [f for line in draft.lines for f in line.facts]
    denied = draft.lines[0].text.startswith("No: ")
    words = [] if ask.translated else _words_left(desk, describer, ask, draft, said)
    factor = factor_of(desk, ask)
    words += [k for k in factor if not describer.matching.is_in(ask, k, said)]
    if ask.named.of("topic") and _is_kept_or_lost(fold(ask.focus)) and not _is_kept_or_lost(fold(said)):
        words.append("kept")
    names = _names_left(describer, ask, draft, said)
    if denied and facts and all(f.attribute == _AGENTS for f in facts):
        return words if names else [_AGENTS]  # it was not given
    claimed = denied and any(v.text in said for v in ask.values)  # that figure is of another measure
    if facts and (claimed or (len(ask.measures) == 1 and set(facts) <= set(asked_facts(desk, ask)))):
        return [*words, *names]  # a cumulative incidence answers for the relapses
    if factor and draft.told:
        return [*words, *names]  # the outcome was weighed with it, and may stand in a sentence before
    of_whom = {
        t.key for label, ids in ask.groups for f in facts if ids and ids <= f.group for t in tokens(label)
    }
    told = {m.removeprefix("median_") for f in facts for m in (f.attribute, f.of)}
    told |= {f.attribute for f in facts} | describer.matching.words(said).terms
    told |= _taken_up(desk, describer, draft)
    return [
        *words,
        *names,
        *(
            m
            for m in ask.measures
            if not {m, f">={m}", *desk.vocabulary.term(m).also} & told
            and not _is_said(describer, ask, m, said)
            and not (of_whom and {k for k, named in ask.aliases if named == m} <= of_whom)
        ),
    ]


def _taken_up(desk: Desk, describer: Describer, draft: Draft) -> set[str]:
    """What a study's first sentence and the one before a quoted one name, where that says that it was reduced and not what was."""
    place = desk.selector.places.get(next((p for p, _ in draft.lines[0].support), ""))
    if place is None or place.locator.kind is not Kind.SENTENCE or not _UNNAMED.search(place.text):
        return set()
    if describer.matching.words(place.text).terms & desk.vocabulary.measures.keys() - _STATISTICS:
        return set()
    own = [p for p in desk.review.passages if p.studies == place.studies and p.locator.kind is Kind.SENTENCE]
    before = [own[0], own[own.index(place) - 1]] if place in own[1:] else []
    return {term for p in before for term in describer.matching.words(p.text).terms}


def _words_left(desk: Desk, describer: Describer, ask: Ask, draft: Draft, said: str) -> list[str]:
    """Words that name neither a study nor what is asked, and that neither the answer nor its studies' introduction holds."""
    covers = describer.matching.is_in
    own = {k for s in _cited(draft) for k in describer.matching.introduced.get(s, ())}
    spelled = (
        long for short, long in desk.review.raw.abbreviations.items() if short in said or key_of(short) in own
    )
    introduction = " ".join((*(part for k in sorted(own) for part in (k, *k.split("/"))), *spelled))
    if (
        draft.told and len(cited := _cited(draft)) == 1
    ):  # its clause was weighed, so that the rest is of the study
        introduction += " ".join(part for study in cited for part in said_of_all(desk, study))
    if compares(ask) and not draft.told and not any(line.facts for line in draft.lines):
        introduction = ""  # what had more of it must be said by the clause that compares
    loose = {t.key for t in tokens(ask.focus) if t.text.lower().endswith("ly")} | _NEUTRAL
    if any(_OF_DOSE.search(label) for label, _ in ask.groups):
        loose |= {"dose", "dosing"}
    if CHOSEN.search(said):
        loose |= {t.key for m in CHOSEN.finditer(ask.focus) for t in tokens(m[0])}
    either = {t.key for other in _OR.finditer(ask.focus) for t in tokens(other[0])}
    return [
        k
        for k in unexplained(desk, ask)
        if k not in loose | either
        and not covers(ask, k, said)
        and not covers(ask, k, introduction)
        and not _is_alike(describer, k, said)
    ]


def _names_left(describer: Describer, ask: Ask, draft: Draft, said: str) -> list[str]:
    """Drugs and themes of other studies alone, which the answer does not speak of."""
    covers, cited = describer.matching.is_in, _cited(draft)
    return [
        n.text
        for n in ask.named.of("agent", "topic")
        if not n.studies & cited and not all(covers(ask, t.key, said) for t in tokens(n.text))
    ]


def _cited(draft: Draft) -> set[str]:
    return {study for line in draft.lines for _, study in line.support}


def _is_alike(describer: Describer, key: str, said: str) -> bool:
    """Whether a text names what a word stands for, or has a longer word made of it (``nonrandomized``)."""
    terms = describer.matching.words(key).terms
    stem = family(key)
    return (
        bool(terms & describer.matching.words(said).terms)
        or (len(stem) >= _STEM and stem in fold(said).lower())
        or (_is_kept_or_lost(key) and _is_kept_or_lost(said))
    )


def _is_kept_or_lost(text: str) -> bool:
    return any(end.search(text) for end in _KEPT)


def _is_said(describer: Describer, ask: Ask, term: str, said: str) -> bool:
    """Whether a text has a word that names a term in the question."""
    keys = [k for k, named in ask.aliases if named == term]
    stems = {family(t.key) for t in tokens(said)}
    opposite = any(len(stem) >= _STEM and stem in term for stem in stems)  # "continued", of a discontinuation
    return opposite or any(describer.matching.is_in(ask, k, said) for k in keys)


def _said(desk: Desk, lines: Iterable[Line]) -> str:
    """What an answer says, with the very places it rests on."""
    places = desk.selector.places
    lines = list(lines)
    cited = dict.fromkeys(p for line in lines for p, _ in line.support if p in places)
    return " ".join([*(line.text for line in lines), *(places[p].text for p in cited)])


def _without(desk: Desk, describer: Describer, ask: Ask, draft: Draft, first: Line) -> Draft:
    """The draft without its verdict; a decline where what is left is of nothing that is asked."""
    asked = {*ask.measures, *ask.characteristics}
    said = _said(desk, draft.lines)
    named = {t.key for n in ask.named.names for t in tokens(n.text)} | desk.vocabulary.scaffold | _NEUTRAL
    keys = [k for k in ask.content if k not in named]
    on_it = any(f.attribute in asked for line in draft.lines for f in line.facts)
    if not on_it and not any(describer.matching.is_in(ask, k, said) for k in keys):
        return nothing_found(desk, ask)
    text = upper_first(VERDICT.sub("", first.text))
    return replace(draft, lines=(replace(first, text=text), *draft.lines[1:]))
