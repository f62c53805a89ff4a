"""The last word on a share: ``Yes`` or ``No`` to ``did most of them respond?`` only where the very share was read.

A figure of the very patients and event decides, or the one part of a sentence that holds all that is asked. A verdict that neither
bears is taken away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from assistant import lazy_re as re
from assistant.answer.infused import all_infused
from assistant.answer.refusals import nothing_found
from assistant.answer.share_asked import LIGHT, Wanted, denials, wanted_of
from assistant.answer.whom import known_words, said_of_all
from assistant.desk import Desk
from assistant.draft import Draft
from assistant.judging.bounds import EVERYBODY, Bound, share_claimed
from assistant.judging.claims import Claims, all_of_a_grade, counts_just_them
from assistant.judging.judging import wants_verdict
from assistant.judging.quantified import speaks_of_all
from assistant.judging.shares import Part, parts_of, share_of
from assistant.lookup.everyone import common_to_all
from assistant.model import Fact, Kind, Passage, Status
from assistant.question.reader import Ask
from assistant.say import upper_first
from assistant.telling.describe import Describer, is_named
from assistant.telling.entailing import DENIAL, is_of_the_freed, is_opposite, lacks_act
from assistant.text.text import fold, key_of, tokens

_VERDICT = re.compile(r"^(?P<word>Yes|No): ")
_NOT_SO = re.compile(r"\b(?:was|were|did|had|is|are|has|have) not\b", re.IGNORECASE)
_PREDICATE = re.compile(r"^\W*(?:was|were|had|has|have|did|occurred|affected)\b", re.IGNORECASE)
"""Begins a part of a sentence whose subject stands before it."""
_ACTS = re.compile(
    r"\b(?:interrupt|stop|discontinu|withdr|los[ts]|loss|refus|declin|delay|reduc|resum|restart|re-?treat|fail|miss|relaps|recurr|progress|died|death"
    r"|worse|improv|resolv|recover|exclud|prevent|avoid|screen|retain|preserv|maintain(?!ed on)|kept|unaffected|switch|cross)",
    re.IGNORECASE,
)
"""What became of something, which a question that asks of the thing alone does not mean."""
_TIMED = re.compile(
    r"\b\d+[- ](?:day|week|month|year)|\b(?:day|week|month|year) \d|\b(?:months|years)\b", re.IGNORECASE
)
_GRADED = re.compile(r"\bgrades?\b", re.IGNORECASE)
_LIVES = frozenset(map(key_of, "alive live lived living survive survived surviving survivor".split()))
_IN_RELAPSE = re.compile(r"\bR/R\b|\br/r\b")
_HAD = re.compile(r"\b(?:have|had|has|having|with)\b", re.IGNORECASE)
_EVENT_FREE = frozenset({"EFS", "PFS", "RFS", "DFS", "LFS"})
_ALIVE_AND_FREE = re.compile(
    r"\b(?:alive|living) (?:and|but) (?:\w+[- ]free|(?:free|without|clear) )|\w+[- ]free and (?:alive|living)\b",
    re.IGNORECASE,
)
_SHORT = {"neg": "negative", "pos": "positive"}
_RELAPSED = "relapsed-refractory"
_STEM = 4
"""Letters that tell such an act."""
_ENOUGH = 0.5
"""Share of the question's words from which on a statement is worth keeping without its verdict."""


def weighed(desk: Desk, describer: Describer, claims: Claims, ask: Ask, draft: Draft) -> Draft:
    """The draft with the verdict that the share read bears, or without one; the draft itself where no share is claimed.

    Args:
        desk: the review's facts and words.
        describer: compares words.
        claims: looks the figure up that a question claims a bound of.
        ask: the question.
        draft: what was found.
    """
    bound = share_claimed(ask)
    if draft.accounted or bound is None or not wants_verdict(ask) or speaks_of_all(ask) or not draft.lines:
        return draft
    wanted = wanted_of(desk, ask, bound)
    if infused := all_infused(desk, ask, wanted.number):
        return _quoting(describer, ask, draft, *infused)
    said = _VERDICT.match(draft.lines[0].text)
    if _is_told_of_all(desk, describer, ask, bound, wanted, draft):
        kept = said is None or (said["word"] == "Yes" and _is_of_everyone(desk, ask, bound, wanted))
        return draft if kept else _without(desk, describer, ask, wanted, draft)
    if (verdict := _by_figure(desk, describer, ask, bound, wanted, draft)) is not None:
        return _with(draft, verdict)
    quoted = draft.lines[0].verbatim or not draft.lines[0].facts
    other = claims.share(ask) if draft.status is Status.ANSWERED and quoted else None
    if other is not None and _by_figure(desk, describer, ask, bound, wanted, other) is not None:
        return other
    if (free := _event_free(ask)) is not None:
        other = claims.share(free)
        wanted = replace(wanted, what=(), whom=tuple(k for k in wanted.whom if k not in _LIVES))
        held = _by_figure(desk, describer, free, bound, wanted, other) if other is not None else None
        return other if other is not None and held is not None else draft
    counter = _is_counterexample(desk, ask, bound, wanted, draft)
    told = (
        None if counter and draft.lines[0].facts else _by_sentence(desk, describer, ask, bound, wanted, draft)
    )
    if told is not None:
        return told
    if said is None or counter or (said["word"] == "Yes" and _is_of_everyone(desk, ask, bound, wanted)):
        return draft
    return _without(desk, describer, ask, wanted, draft)


def _event_free(ask: Ask) -> Ask | None:
    """``alive and event-free`` asked as EFS of everyone; None for other questions."""
    if len(ask.measures) != 1 or ask.measures[0] not in _EVENT_FREE or not _ALIVE_AND_FREE.search(ask.focus):
        return None
    left = tuple(g for g in ask.groups if not _LIVES & {t.key for t in tokens(g[0])})
    return replace(ask, groups=left) if len(left) < len(ask.groups) else None


def _with(draft: Draft, verdict: bool) -> Draft:
    """The draft with the verdict before its first sentence."""
    first = draft.lines[0]
    text = _VERDICT.sub("", first.text)
    text = text[0].lower() + text[1:] if first.facts and text.startswith(("In ", "The ")) else text
    return replace(
        draft, lines=(replace(first, text=f"{'Yes' if verdict else 'No'}: {text}"), *draft.lines[1:])
    )


def _without(desk: Desk, describer: Describer, ask: Ask, wanted: Wanted, draft: Draft) -> Draft:
    """The draft without its verdict; a decline where the statement says little of what is asked."""
    first = draft.lines[0]
    text = upper_first(_VERDICT.sub("", first.text))
    keys = [k for k in ask.content if k not in desk.vocabulary.scaffold | LIGHT]
    held = [k for k in keys if describer.matching.is_in(ask, k, text)]
    looked_up = first.facts and not first.verbatim and not _left(desk, describer, ask, wanted, first.facts[0])
    if len(held) < _ENOUGH * len(keys) and not looked_up:
        return nothing_found(desk, ask)
    return replace(draft, lines=(replace(first, text=text), *draft.lines[1:]))


def _is_counterexample(desk: Desk, ask: Ask, bound: Bound, wanted: Wanted, draft: Draft) -> bool:
    """Whether ``No`` stands before some of whom it was not so, where it is claimed of all."""
    first = draft.lines[0]
    if bound.kind != "all" or not first.text.startswith("No: "):
        return False
    whom = {i for label, ids in ask.groups if {t.key for t in tokens(label)} & set(wanted.whom) for i in ids}
    if any(f.attribute == "n_patients" and f.group & whom for f in first.facts):
        return False
    shares = [share_of(desk, f) for f in first.facts]
    return not any(s is not None and bound.holds(s) for s in shares) and (
        bool(shares) or bool(DENIAL.search(first.text))
    )


def _is_of_everyone(desk: Desk, ask: Ask, bound: Bound, wanted: Wanted) -> bool:
    """Whether all patients of the one study are told to have been of the kind that all are said to be of."""
    if bound.kind != "all" or wanted.whom or wanted.of_some or len(ask.studies) != 1 or denials(ask.focus):
        return False
    own = desk.review.populations.get(ask.studies[0], frozenset())
    told = {t.key for label, ids in ask.groups if ids and ids <= own for t in tokens(label)}
    return bool(wanted.what) and set(wanted.what) <= told


# -- figures -------------------------------------------------------------------------------------


def _by_figure(
    desk: Desk, describer: Describer, ask: Ask, bound: Bound, wanted: Wanted, draft: Draft
) -> bool | None:
    """The verdict that the one figure of the draft bears; None where it is not the very one asked for."""
    first = draft.lines[0]
    facts = [f for line in draft.lines for f in line.facts]
    if draft.status is not Status.ANSWERED or len(first.facts) != 1 or first.verbatim or wanted.of_events:
        return None
    if len(draft.lines) > 1 and not _VERDICT.match(first.text):
        return None
    fact = first.facts[0]
    if fact.attribute == "n_patients" and not _is_what(desk, ask, wanted, fact):
        return None
    if fact.attribute == "n_patients" and bound.kind == "all" and not counts_just_them(ask, fact):
        return None
    several = len({*ask.measures, *ask.families}) > 1 and not set(ask.measures) & {
        fact.attribute,
        *fact.attribute.split("/"),
    }
    if several or denials(ask.focus):
        return None
    if wanted.of_some and not any(ids <= fact.group for _, ids in ask.groups):
        return None
    if any(
        not describer.matching.is_in(ask, k, first.text) for k in _left(desk, describer, ask, wanted, fact)
    ):
        return None
    share = EVERYBODY if not ask.grade and all_of_a_grade(desk, facts) else share_of(desk, fact)
    if share is None:
        return None
    part = _is_part(ask, fact) and share < EVERYBODY
    return bound.between(share, 100.0) if part else bound.holds(share)


def _is_told_of_all(
    desk: Desk, describer: Describer, ask: Ask, bound: Bound, wanted: Wanted, draft: Draft
) -> bool:
    """Whether all are asked to have had what the study's own introduction says of its patients, where the figure found is of some."""
    if bound.kind != "all" or not wanted.what or len(ask.studies) != 1 or not _HAD.search(ask.focus):
        return False
    whole = " ".join(said_of_all(desk, ask.studies[0]))
    facts = draft.lines[0].facts
    if not any(f.total and not f.group and f.total != desk.selector.total(f.study) for f in facts):
        return False
    return all(describer.matching.is_in(ask, k, whole) for k in wanted.what)


def _is_what(desk: Desk, ask: Ask, wanted: Wanted, size: Fact) -> bool:
    """Whether the patients counted are those who had what is asked, and not those of whom it is asked."""
    labels = [{t.key for t in tokens(label)} for label, ids in ask.groups if ids & size.group]
    everyone = common_to_all(desk, ask, size.study)
    whole = {t.key for label, ids in ask.groups if ids and ids <= everyone for t in tokens(label)}
    what = set(wanted.what) - whole
    told = what <= set[str]().union(*labels) if labels else bool(ask.measures)
    return told and bool(what) and not set(wanted.whom) - whole


def _is_part(ask: Ask, fact: Fact) -> bool:
    """Whether a figure is of some grades or of the best responses alone, so that as many had it at least."""
    return bool(fact.grade and not ask.grade) or ("ORR" in ask.measures and fact.attribute != "ORR")


def _left(desk: Desk, describer: Describer, ask: Ask, wanted: Wanted, fact: Fact) -> list[str]:
    """The words of a question that neither a figure nor its study as a whole accounts for."""
    everyone = common_to_all(desk, ask, fact.study)
    met = [(label, ids) for label, ids in ask.groups if ids & fact.group or ids <= everyone]
    _, known = known_words(desk, ask, met)
    known = (
        known
        | {k for k, term in ask.aliases if term == fact.attribute}
        | (_LIVES if fact.attribute == "OS" else frozenset())
    )
    whole = " ".join(said_of_all(desk, fact.study))
    keys = [k for k in (*wanted.whom, *wanted.what) if k not in known]
    return [k for k in keys if not (whole and describer.matching.is_in(ask, k, whole))]


# -- sentences -----------------------------------------------------------------------------------


def _by_sentence(
    desk: Desk, describer: Describer, ask: Ask, bound: Bound, wanted: Wanted, draft: Draft
) -> Draft | None:
    """The sentence of which one part gives the share asked for, after its verdict; None where none does, or they differ."""
    if not (wanted.what or wanted.number):
        return None
    told: list[tuple[bool, Passage]] = []
    for passage in _sentences(desk, ask, draft):
        told += [(verdict, passage) for verdict in _verdicts(desk, describer, ask, bound, wanted, passage)]
    if len({verdict for verdict, _ in told}) != 1:
        return None
    return _quoting(describer, ask, draft, *told[0])


def _quoting(describer: Describer, ask: Ask, draft: Draft, verdict: bool, passage: Passage) -> Draft:
    """A verdict before the sentence that bears it."""
    line = describer.quoting(passage)
    line = replace(line, text=f"{'Yes' if verdict else 'No'}: {line.text}", facts=())
    return Draft(Status.ANSWERED, (line,), studies=passage.studies or ask.studies, sure=max(draft.sure, 0.5))


def _sentences(desk: Desk, ask: Ask, draft: Draft) -> Iterator[Passage]:
    """The sentences on the studies asked about; on none, where no study is named."""
    named = is_named(ask)
    quoted = {p for line in draft.lines for p, _ in line.support}
    for passage in desk.review.passages:
        own = passage.studies[:1] and passage.studies[0] in ask.studies and len(ask.studies) == 1
        free = not passage.studies and not named
        if passage.locator.kind is Kind.SENTENCE and (own or free or passage.id in quoted):
            yield passage


def _verdicts(
    desk: Desk, describer: Describer, ask: Ask, bound: Bound, wanted: Wanted, passage: Passage
) -> Iterator[bool]:
    """What each part of a sentence says that is of the very patients and event."""
    for part in parts_of(passage.text):
        if not _is_meant(desk, describer, ask, wanted, passage, part):
            continue
        low, high = part.low, part.high
        if denials(ask.focus) % 2 != denials(part.text) % 2:
            if not _NOT_SO.search(part.text):
                continue
            low, high = 100.0 - high, 100.0 - low
        if (verdict := bound.between(low, high)) is not None:
            yield verdict


def _is_meant(
    desk: Desk, describer: Describer, ask: Ask, wanted: Wanted, passage: Passage, part: Part
) -> bool:
    """Whether a part of a sentence gives a share of the patients asked about, and of what they had."""
    is_in = partial(_is_told, desk, describer, passage)
    lead = f"{part.before} {part.text}" if part.opening else part.text
    if not wanted.what or _is_of_other_arm(desk, ask, passage, part):
        return False
    if wanted.of_events and not (part.of or part.low == 100.0):
        return False
    if wanted.number:
        if part.of != wanted.number or not part.opening:
            return False
        told = all(is_in(ask, k, f"{part.before} {part.text}") for k in wanted.what)
        return told or any(is_in(ask, k, part.text) for k in wanted.what)
    own = lead if part.opening and _PREDICATE.match(part.text) else part.text
    of_all = " ".join(desk.review.populations.get(passage.studies[0], ())) if passage.studies else ""
    whole = " ".join(said_of_all(desk, passage.studies[0])) if passage.studies else ""
    topics = {t.key for n in ask.named.of("topic") for t in tokens(n.text) if is_in(ask, t.key, whole)}
    of_all = of_all.replace("-", " ")
    what = [k for k in wanted.what if k not in topics and not is_in(ask, k, of_all)] or wanted.what
    if not all(is_in(ask, k, lead) for k in what) or not any(is_in(ask, k, own) for k in what):
        return False
    if _is_outcome_of(desk, describer, ask, what, part.text):
        return False
    near = part.before if part.opening else part.before.rpartition(";")[2]
    before = f"{near} {part.text}"
    relapsed = [_RELAPSED.split("-")[0] for label, _ in ask.groups if _IN_RELAPSE.fullmatch(label)]
    whom = (*wanted.whom, *relapsed)
    if part.sided and not (whom and all(is_in(ask, k, part.text) for k in whom)):
        return False
    if not all(is_in(ask, k, before) or (whole and is_in(ask, k, whole)) for k in whom):
        return False
    if ask.times and describer.lacks_time(ask, part.text if _TIMED.search(part.text) else before):
        return False
    if bool(ask.grade) != bool(_GRADED.search(part.text)):
        return False
    return not (_is_of_others(desk, describer, ask, passage, lead) or _is_of_other_act(ask.focus, part.text))


def _is_of_other_arm(desk: Desk, ask: Ask, passage: Passage, part: Part) -> bool:
    """Whether one arm is asked about, and the one that a part of a sentence, or what goes before it, named last is another."""
    arms = desk.review.arms.get(passage.studies[0], {}) if passage.studies else {}
    asked = {ids for _, ids in ask.groups if ids in set(arms.values())}
    if len(asked) != 1:
        return False
    for text in (part.text, part.before):
        said = [frozenset(g.ids) for g in desk.review.reader.groups(text, arms)]
        if named := [ids for ids in said if ids in set(arms.values())]:
            return named[-1] not in asked
    return False


def _is_outcome_of(desk: Desk, describer: Describer, ask: Ask, what: Sequence[str], text: str) -> bool:
    """Whether a text only names by their kind those of whom it gives an outcome: ``90% of those with X responded``."""
    if all(describer.matching.is_in(ask, k, text) for k in what):
        return False
    told = describer.matching.words(text).terms & desk.vocabulary.measures.keys()
    return any(not any(m.startswith(t) for m in ask.measures) for t in told)


def _is_told(desk: Desk, describer: Describer, passage: Passage, ask: Ask, key: str, text: str) -> bool:
    """Whether a text has a word of the question, or names the patients whom the question tells by that word."""
    text = _IN_RELAPSE.sub("relapsed or refractory", text)
    if describer.matching.is_in(ask, _SHORT.get(key, key), text):
        return True
    meant = {term for k, term in ask.aliases if k == key and term in ask.measures}
    if meant & describer.matching.words(text).terms:
        return True
    ids = [g for label, g in ask.groups if g and key in {t.key for t in tokens(label)}]
    if not ids:
        return False
    arms = desk.review.arms.get(passage.studies[0], {}) if passage.studies else {}
    said = {i for g in desk.review.reader.groups(text, arms) for i in g.ids}
    return any(g <= said for g in ids)


def _is_of_other_act(question: str, text: str) -> bool:
    """Whether a text says what became of the thing asked about, where that is not asked, or the opposite: ``interrupted in 71 of 203``."""
    asked, said = ({m[0].lower()[:_STEM] for m in _ACTS.finditer(fold(t))} for t in (question, text))
    if bool(said - asked) or lacks_act(fold(question), fold(text)) or is_of_the_freed(question, text):
        return True
    return is_opposite(question, text)


def _is_of_others(desk: Desk, describer: Describer, ask: Ask, passage: Passage, text: str) -> bool:
    """Whether a part of a sentence names an arm or patients that the question does not."""
    study = passage.studies[0] if passage.studies else ""
    asked = {t.key for t in tokens(ask.focus)}
    said = {t.key for t in tokens(text)}
    named = describer.matching.words(text).terms & desk.vocabulary.populations.keys()
    own = desk.review.populations.get(study, frozenset()) | {i for _, ids in ask.groups for i in ids}
    own |= describer.matching.words(ask.focus).terms
    own |= {_RELAPSED} if any(k in asked for k in _RELAPSED.split("-")) else frozenset()
    for name, ids in desk.review.arms.get(study, {}).items():
        arm = {t.key for t in tokens(name)}
        if arm and arm <= said and not arm & asked and not (ids and ids <= own):
            return True
    return bool(named - own) and bool(study)
