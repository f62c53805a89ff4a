"""Follow-ups: what a turn leaves unsaid is taken from the turns before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import lazy_re as re
from assistant.draft import Draft
from assistant.followup.bare import asked_barely, asked_of_another
from assistant.followup.chosen import chosen
from assistant.followup.counted import group_counted
from assistant.followup.entry import of_entry
from assistant.followup.kept import (
    at_a_time,
    crossed,
    grade_kept,
    is_arm,
    of_next_study,
    or_measure,
    still_told,
    tested_in,
    without_denied,
    without_whom,
)
from assistant.followup.offers import accepts, both_grades, both_studies, offered, side_by_side, weighed
from assistant.followup.opposed import at_that_dose, opposed
from assistant.followup.pair import of_pair
from assistant.followup.parts import counted_of_those
from assistant.followup.pointers import by_severity, read_on
from assistant.followup.ranked import of_ranked
from assistant.followup.refs import Groups, Turn, picked, returned, with_adjective, with_antecedent, with_arm
from assistant.followup.statistics import with_places
from assistant.followup.than import set_against
from assistant.followup.whom import both_sides, did_they_gain, did_they_stop, told_whom
from assistant.followup.worse import of_worse
from assistant.question.reader import Ask, QuestionReader
from assistant.question.wording import CORRECTION, ELLIPSIS, ONE_LIKE, PRONOUN
from assistant.spans.span import normal_time
from assistant.telling.thing_kinds import WORST
from assistant.text.text import NUMBER_WORDS, fold, tokens

_OTHER = re.compile(
    r"\bthe other (?:one|study|trial|abstract|arm|group|\w+ (?:study|trial|abstract))\b", re.IGNORECASE
)
_SIZE = re.compile(
    r"\b(?:most|fewest|largest number of|smallest number of) (?:patients|participants|people|subjects)\b|"
    r"\b(?:largest|smallest|biggest) (?:trial|study|series|cohort|sample|abstract|one)\b",
    re.IGNORECASE,
)
"""Asks for numbers of patients without saying so."""
_RANK = re.compile(
    r"\W*(?:and\s+|what about\s+|how about\s+)?(?:at|with|for|on|in)\s+the\s+"
    r"(highest|lowest|middle|higher|lower)(?:\s+(?:one|dose|level))?\W*$",
    re.IGNORECASE,
)
"""``and at the highest?`` after a dose was spoken of."""
_SAME = re.compile(r"\bsame\b", re.IGNORECASE)
_BARE_TIME = re.compile(
    r"(?:\b(?:at|after|by)\s+|^\W*(?:and\s+|what about\s+|how about\s+)?)(\w+)\s*[?.!]*\s*$", re.IGNORECASE
)
_STANDALONE = frozenset({"definition", "reference", "summary", "list", "count_studies", "conflict", "review"})
_BACK = re.compile(r"\b(?:back|return\w*|again|earlier|first|previous|before)\b", re.IGNORECASE)
_STUDY_OF_ARM = re.compile(r"\bother (?:study|trial|abstract|poster)\b", re.IGNORECASE)
_BARE_CYCLE = re.compile(
    r"\b(first|second|third|fourth)(?: one| round| cycle| course)?"
    r"(?=\W*$|\s+(?:had|has|was|were|is|got)\b)",
    re.IGNORECASE,
)
_CYCLES = {"first": "1", "second": "2", "third": "3", "fourth": "4"}
_THRESHOLD = re.compile(r"\d+-\d+|[\d.]+%")
_BY_OUTCOME = frozenset({"responders", "non-responders", "no-responders", "relapsed", "survivors"})
"""Patients told by what came of the treatment, who are themselves a result and no arm to stay with."""
_THAN = re.compile(r"\bthan\b", re.IGNORECASE)
_AS_COUNT = re.compile(
    r"^\W*(?:and |so |then |ok(?:ay)? )*(?:how many (?:patients|people) (?:is|are|was|were|would) (?:that|this|it)(?: be)?"
    r"|as (?:an? )?(?:absolute )?(?:numbers?|count)(?: of patients)?)\W*$",
    re.IGNORECASE,
)
"""``how many patients is that?`` after a share."""
_MARKS = " ?!.,;:"
_COURTESY = re.compile(
    r"\b(?:thx|thanks?(?: (?:a lot|so much|very much|you))?|thank you|cheers|ta|ok(?:ay)?|great|perfect|good|fine|super|lovely|nice|cool"
    r"|got it|right|and|also|then|what about|how about|what is|what'?s|next|now|please|pls|plz|too|as well|in this (?:paper|review))\b",
    re.IGNORECASE,
)
"""Words of thanks and of going on, which name no term."""
_SHORT = 6
"""Words up to which a turn cannot stand alone."""
_PART_ASKED = re.compile(
    r"\b(?:which|what) (?:of the )?(?:[\w-]+ )?(?:arms?|(?:sub)?groups?|doses?|dose levels?|dosage|side effect)\b",
    re.IGNORECASE,
)
_FEW = 3
"""Studies that ``the other study`` may mean at most."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """How a turn leans on the one before."""

    elliptic: bool
    """Short, or begun like a continuation (``and at …``) or a correction."""
    pronoun: bool
    topic: bool
    """Whether it names itself what it asks for."""
    other: bool
    """Whether it speaks of the other study."""

    @property
    def leans(self) -> bool:
        """Whether it cannot stand alone."""
        return self.elliptic or self.pronoun


def merge(ask: Ask, history: Sequence[Turn], reader: QuestionReader) -> Ask:
    """``ask`` with what it leaves unsaid filled in from the turns before.

    Args:
        ask: the new turn, read alone.
        history: the turns before, already complete, with the answers they got, oldest first; at least one.
            The studies of an answer are what ``it`` and ``that study`` mean.
        reader: reads the names of the other study, and knows the studies' own arms.
    """
    before = history[-1][0]
    if term := _goes_on_defining(ask, before):
        return replace(reader.read(f"What does {term} stand for?"), text=ask.text, term=term, inherited=True)
    if (listed := of_entry(ask, history[-1][1], reader)) is not None:
        return replace(listed, inherited=True)
    if (barely := asked_barely(ask, history[-1], reader)) is not None:
        return replace(barely, text=ask.text, inherited=True)
    if before.has("review") and ask.has("reference") and not (ask.studies or ask.named.names):
        return replace(ask, cues=ask.cues | {"review"}, inherited=True)
    last, history = before, _with_studies(history)
    before = history[-1][0]
    ask = chosen(of_ranked(ask, history, reader), history, reader)
    if ask.has("chosen"):
        return replace(ask, inherited=True)
    ask = did_they_stop(opposed(at_that_dose(ask, history, reader), history, reader), history, reader)
    ask = did_they_gain(told_whom(counted_of_those(ask, before), history, reader), before)
    ask = without_whom(read_on(without_denied(ask, reader), history, reader), before, reader)
    if (ranked := _RANK.match(ask.focus)) and len(before.studies) == 1:
        ask = _of_that_dose(reader.read(f"at the {ranked[1]} dose"))
    ask = with_antecedent(ask, last if last.has("definition") else before, reader)
    ask = by_severity(with_adjective(ask, before, reader, last.term), before, reader)
    ask = replace(_with_bare_cycle(_with_bare_time(ask, before), before), inherited=True)
    ask = both_grades(with_places(ask, history[-1][1], reader, leans=_turn(ask).leans), history)
    if (both := both_studies(of_worse(of_pair(ask, history), history, reader), history)) is not ask:
        return both
    if (both := side_by_side(ask, history)) is not ask:
        return both
    if accepts(ask):
        return offered(ask, history, reader)
    if ask.grade and before.measures and not ask.measures and ask.characteristics == ("n_patients",):
        ask = replace(ask, characteristics=(), wants="count")  # "how many of them of grade 3?"
    if before.measures and not ask.measures and _AS_COUNT.match(ask.focus):
        ask = replace(ask, characteristics=(), groups=(), wants="count")
    if ask.named.missing:
        return ask if _turn(ask).topic else _with_topic(ask, before, reader)
    if not ask.cycle:
        ask = picked(ask, history)
    ask = weighed(returned(ask, history), history, leans=_turn(ask).leans)
    if not _STUDY_OF_ARM.search(ask.focus):
        ask = with_arm(ask, history, reader)
    return _completed(ask, history, reader)


def _of_that_dose(ask: Ask) -> Ask:
    """``at the highest dose`` as patients of whom the same is asked."""
    return replace(ask, characteristics=(), cues=ask.cues - {"max", "min"}) if ask.groups else ask


def _completed(ask: Ask, history: Sequence[Turn], reader: QuestionReader) -> Ask:
    """``ask``, what it points to being found, with the studies and the topic it leaves unsaid."""
    before, draft = history[-1]
    turn = _turn(ask)
    focus = tested_in(before, reader) or draft.studies or before.studies
    if turn.other and before.studies and not ask.groups:
        ask = _of_other_study(ask, before, focus, reader)
    ask = set_against(of_next_study(ask, focus, reader), focus, reader)
    ask = _of_same_studies_ranked(ask, before, turn) or _of_same_study(ask, turn, focus)
    ask = or_measure(ask, before, reader)
    if turn.topic or ask.measures:
        asked = ask
        if turn.elliptic:
            asked = _at_same_time(_with_groups(ask, history[-1], turn, reader), before, reader)
            asked = both_sides(asked, before, reader)
        return _as_before(asked, before, draft, turn)
    if turn.pronoun and ask.has("compare") and _THAN.search(ask.text) and not ask.times:
        return _at_time_said(_with_topic(ask, _latest_on(ask, history), reader), draft)
    if ask.cues & _STANDALONE and not turn.elliptic:
        return ask
    points = turn.pronoun and _only_names(ask)
    if not (turn.elliptic or points or _is_qualified(ask)) or ask.has("summary", "reference"):
        return ask
    if _defines(ask) and not ask.studies:
        return ask
    if (again := asked_of_another(ask, before, reader)) is not None:
        return again
    asked = at_a_time(_with_topic(ask, _latest_on(ask, history), reader), reader)
    return _with_time_said(_of_same_group(asked, before, reader), draft)


def _at_same_time(ask: Ask, before: Ask, reader: QuestionReader) -> Ask:
    """``and OS?`` after another measure at three years: at three years, too, where each study gives it then."""
    if (
        ask.times
        or not ask.measures
        or ask.grade
        or ask.cycle
        or len(before.times) != 1
        or not before.measures
    ):
        return ask
    told = {(f.study, f.attribute) for f in reader.review.facts if f.time_point == before.times[0]}
    every = all((s, m) in told for s in ask.studies for m in ask.measures)
    return replace(ask, times=before.times) if every and ask.studies else ask


def _of_same_group(ask: Ask, before: Ask, reader: QuestionReader) -> Ask:
    """``and in the other study?``: in the subgroup asked about before, where that study gives the very same of it."""
    if ask.groups or ask.everyone or not before.groups or not ask.studies or ask.studies == before.studies:
        return ask
    wanted = {*ask.measures, *ask.characteristics}
    held = [
        {f.group for f in reader.review.facts if f.study == s and f.attribute in wanted} for s in ask.studies
    ]
    kept = tuple(g for g in before.groups if all(g[1] in groups for groups in held))
    if ask.named.of("agent"):  # "and with the other drug?": that arm, not the one spoken of
        kept = tuple(g for g in kept if not any(is_arm(*g, s, reader) for s in before.studies))
    return replace(ask, groups=kept)


def _with_studies(history: Sequence[Turn]) -> Sequence[Turn]:
    """The turns up to the last that spoke of studies; all where none did."""
    for n_turns in range(len(history), 0, -1):
        before, draft = history[n_turns - 1]
        if before.studies or draft.studies or before.measures:
            return history[:n_turns]
    return history


def _goes_on_defining(ask: Ask, before: Ask) -> str:
    """``thx, and CIR?`` after a term was asked for the meaning of another: that term; "" where none is meant."""
    if not before.has("definition") or before.named.of("number", "author", "nct") or PRONOUN.search(ask.text):
        return ""
    if before.named.of("agent") and ask.measures and not ask.named.names:
        return ""  # "what is LX-4? and the ORR?"
    said = re.sub(r"\s+", " ", ask.text)
    while (term := _COURTESY.sub("", said).strip(_MARKS + " ")) != said:
        said = term
    short_form = re.fullmatch(r"\S*[A-Z]\S*[A-Z]\S*", term)
    spoken_of = ask.times or (ask.groups and not short_form) or ask.named.of("number", "author", "nct")
    short = 0 < len(re.findall(r"\w+", term)) <= _FEW
    return "" if spoken_of or not short or ask.cues - {"definition"} else term


def _latest_on(ask: Ask, history: Sequence[Turn]) -> Ask:
    """The last turn; on a return to an earlier study the last one about that study."""
    before = history[-1][0]
    if set(ask.studies) == set(before.studies) or not _BACK.search(ask.text):
        return before
    return next((a for a, _ in reversed(history) if set(a.studies) == set(ask.studies)), before)


def _turn(ask: Ask) -> _Turn:
    short = len(re.findall(r"\w+", ask.focus)) <= _SHORT
    return _Turn(
        elliptic=short or bool(ELLIPSIS.search(ask.text) or CORRECTION.search(ask.text)),
        pronoun=bool(PRONOUN.search(ask.text)),
        topic=bool(ask.measures or ask.families or ask.characteristics or _SIZE.search(ask.text)),
        other=bool(_OTHER.search(ask.text)),
    )


def _is_qualified(ask: Ask) -> bool:
    """Whether it names a group, time point, grade or cycle."""
    return bool(ask.everyone or ask.groups or ask.times or ask.grade or ask.cycle)


def _only_names(ask: Ask) -> bool:
    """Whether it says nothing but which study is meant: ``what was it in the … trial?``."""
    named = {t.key for n in ask.named.names for t in tokens(n.text)}
    return bool(named) and named.issuperset(ask.content)


def _defines(ask: Ask) -> bool:
    return ask.has("definition") and bool(ask.term)


def _of_other_study(ask: Ask, before: Ask, focus: Sequence[str], reader: QuestionReader) -> Ask:
    """``the other study``: those not spoken of, where they are few; after ``A in study 1`` the other one of A."""
    if ask.named.of("number", "nct"):
        return ask
    if ask.named.of("author") and not set(ask.studies) - set(focus):
        return ask
    described = bool(set(ask.studies) - set(focus))
    alike = [n.studies for n in before.named.names if n.kind != "topic" and set(focus) < n.studies]
    order = [s.id for s in reader.review.studies]
    pool = ask.studies if described else [s for s in order if s in alike[0]] if alike else order
    rest = tuple(s for s in pool if s not in focus)
    return replace(ask, studies=rest, described=True) if 0 < len(rest) <= _FEW else ask


def _of_same_studies_ranked(ask: Ask, before: Ask, turn: _Turn) -> Ask | None:
    """``and the smallest?`` among the studies that the turn before described (``the largest trial of A``); else None."""
    bare = not ask.studies and not ask.named.names and ask.has("max", "min") and turn.elliptic
    if not bare or not before.has("max", "min", "list") or not before.named.names or len(before.studies) < 2:
        return None
    return replace(ask, studies=before.studies, named=before.named, described=True)


def _of_same_study(ask: Ask, turn: _Turn, focus: Sequence[str]) -> Ask:
    """The studies of the last answer, where the turn names none and leans on them."""
    leans = turn.leans
    if ask.described and ask.studies and CORRECTION.search(ask.text):
        return ask  # "sorry, I meant the … one"
    if ask.described and ask.designs and ask.named.names and len(ask.studies) == 1:
        return ask  # "and in the phase II trial of the drug?"
    if (
        ask.described
        and len(ask.studies) == 1
        and not set(ask.studies) & set(focus)
        and ONE_LIKE.search(ask.focus)
    ):
        return ask  # "and in the genome-edited one?"
    another = ask.hinted and not set(ask.studies) & set(focus)  # "and the donor-derived product?"
    if ask.described and leans and focus and not (turn.other or ask.named.names or another):
        ask = replace(ask, studies=(), described=False)
    loose = bool(ask.named.names) and not ask.named.of("number", "author", "nct")
    if (
        loose
        and (leans or (len(ask.studies) > 1 and len(ask.text.split()) <= _SHORT + 4))
        and not turn.other
        and len(focus) == 1
        and set(focus) <= set(ask.studies or focus)
        and all(set(focus) <= n.studies for n in ask.named.names)
    ):
        return replace(ask, studies=tuple(focus))  # "in the arm with the drug?": of that study
    if ask.studies and not (ask.described and turn.pronoun and not turn.other):
        return ask
    ranks = ask.has("max", "min") and not (len(focus) == 1 and _ranks_within(ask))
    if (ranks or ask.has("list", "count_studies", "global")) and not turn.pronoun:
        return ask
    if ask.unheard:
        takes = turn.pronoun and turn.topic
    elif ask.strange:
        takes = turn.topic
    else:
        defines = _defines(ask) and not turn.pronoun and not turn.topic
        takes = (turn.topic or leans or _is_qualified(ask)) and not defines
    return replace(ask, studies=tuple(focus)) if takes else ask


def _ranks_within(ask: Ask) -> bool:
    """Whether it ranks what one study holds: its ages, its adverse events, its arms or its dose levels."""
    within = WORST.search(fold(ask.focus)) or _PART_ASKED.search(ask.focus)
    return set(ask.characteristics) == {"age_range"} or bool(within)


def _as_before(ask: Ask, before: Ask, draft: Draft, turn: _Turn) -> Ask:
    """``the same for toxicity``, or ``and toxicity?`` after a comparison: this and the arms of the turn before."""
    goes_on = (
        turn.elliptic
        and bool(ask.measures)
        and before.has("compare")
        and len(_groups_said(draft)) > 1
        and not (ask.groups or ask.everyone or ask.cues or ask.left or ask.named.names)
    )
    if not (goes_on or _SAME.search(ask.text)) or ask.studies != before.studies:
        return ask
    groups = ask.groups or before.groups or _groups_said(draft)
    cues = ask.cues | (before.cues & {"compare", "difference"})
    return replace(ask, groups=groups, cues=cues | {"arms"} if len(groups) > 1 else cues)


def _groups_said(draft: Draft) -> tuple[tuple[str, frozenset[str]], ...]:
    """The arms the last answer spoke of."""
    facts = [f for line in draft.lines for f in line.facts if f.group]
    return tuple(dict.fromkeys((f.group_label, f.group) for f in facts))


def _with_time_said(ask: Ask, draft: Draft) -> Ask:
    """``and in the other arm?``: at the time point of the last answer, where it had just one."""
    if ask.times or not (ask.everyone or ask.groups) or set(ask.studies) != set(draft.studies):
        return ask
    times = {f.time_point for line in draft.lines for f in line.facts}
    return replace(ask, times=tuple(times)) if len(times) == 1 and "" not in times else ask


def _at_time_said(ask: Ask, draft: Draft) -> Ask:
    """``is that higher than in …?``: at the one time point of the figure that ``that`` is."""
    times = {f.time_point for line in draft.lines for f in line.facts}
    return ask if ask.times or len(times) != 1 or "" in times else replace(ask, times=tuple(times))


def _with_bare_time(ask: Ask, before: Ask) -> Ask:
    """``and at five?`` after a time point in years."""
    if ask.times or not before.times:
        return ask
    match = _BARE_TIME.search(ask.text)
    if (
        ask.named.of("number", "nct", "author")
        or not match
        or not (match[1].isdigit() or match[1].lower() in NUMBER_WORDS)
    ):
        return ask
    return replace(ask, times=(normal_time(match[1].lower(), before.times[0].split("-")[1]),), values=())


def _with_bare_cycle(ask: Ask, before: Ask) -> Ask:
    """``and after the second?`` after a treatment cycle."""
    match = _BARE_CYCLE.search(ask.text) if before.cycle and not ask.cycle else None
    if match is None or ask.measures or ask.characteristics:
        return ask
    return replace(ask, cycle=_CYCLES[match[1].lower()])


def _with_topic(ask: Ask, before: Ask, reader: QuestionReader) -> Ask:
    """The measures asked before, for the study, arm or time point named now."""
    same_study = set(ask.studies) == set(before.studies)
    keeps_groups = same_study and not ask.named.names and not ask.everyone
    if same_study:
        ask = replace(ask, groups=crossed(ask, before, reader))
    return replace(
        ask,
        measures=before.measures,
        families=before.families,
        characteristics=tuple(c for c in before.characteristics if c != "abbreviation"),
        times=ask.times or (() if ask.strange else before.times),
        groups=_within_subgroup(
            _at_threshold(ask, before) if keeps_groups else ask.groups, before, ask.studies[0], reader
        )
        if len(ask.studies) == 1 and same_study
        else ask.groups,
        grade=ask.grade or grade_kept(before, same_study=same_study),
        cycle=ask.cycle or before.cycle,
        wants=ask.wants or before.wants,
        cues=_cues(ask, before),
    )


def _at_threshold(ask: Ask, before: Ask) -> Groups:
    """The turn's groups, or those of the turn before; a new threshold stays within the arm."""
    if not ask.groups or not all(_THRESHOLD.fullmatch(i) for _, ids in ask.groups for i in ids):
        return ask.groups or before.groups
    arms = [(label, ids) for label, ids in before.groups if not any(map(_THRESHOLD.fullmatch, ids))]
    return tuple((f"{a} {b}", i | j) for a, i in arms for b, j in ask.groups) or ask.groups


def _within_subgroup(groups: Groups, before: Ask, study: str, reader: QuestionReader) -> Groups:
    """``and with placebo?`` after a question on one arm's patients of one sort: the other arm's patients of that sort."""
    drugs = {n.text.lower() for n in before.named.of("agent")}
    arms = [g for g in before.groups if any(d in g[0].lower() for d in drugs) or is_arm(*g, study, reader)]
    others = tuple(g for g in before.groups if g not in arms)
    if len(arms) != 1 or not others or len(groups) != 1 or groups[0] in before.groups:
        return groups
    label, ids = groups[0]
    called = [g.ids for g in reader.own.arms(study) if label.lower() in g.labels]
    groups = ((label, called[0] if called else reader.own.meant(study, label, ids) or ids),)
    if not is_arm(*groups[0], study, reader):  # "and in the high-risk?" after one arm's standard-risk
        return (*groups, *arms)
    return (*groups, *others)


def _cues(ask: Ask, before: Ask) -> frozenset[str]:
    """The turn's own cues, with those of the turn before that it does not replace."""
    if ask.has("max", "min") or (ask.studies and set(ask.studies) != set(before.studies)):
        return ask.cues | (before.cues & {"reference"})
    whole = {"summary"} if not ask.content or _only_names(ask) else set()
    return ask.cues | (before.cues & (whole if ask.studies else {"max", "min", "difference"}))


def _names_patients(ask: Ask, reader: QuestionReader) -> bool:
    """Whether a turn names any patients, and not only by a word for its measure: ``their uMRD``."""
    spoken = (reader.matchers.measures.find(tokens(label)) for label, _ in ask.groups)
    return any(not {i for m in found for i in m.ids} & set(ask.measures) for found in spoken)


_OF_THEM = re.compile(
    r"\b(?:their|they|them|there|those|these)\b|\b(?:that|this) (?:sub)?(?:group|set|cohort|population)\b",
    re.IGNORECASE,
)
"""Means the patients that the turn before told apart."""


def _with_groups(ask: Ask, last: Turn, turn: _Turn, reader: QuestionReader) -> Ask:
    """A new measure of the same study keeps the groups where it is a short follow-up, as far as it is told of them."""
    before, draft = last
    if not turn.elliptic or set(ask.studies) != set(before.studies) or ask.named.names:
        return ask
    if _names_patients(ask, reader) or ask.everyone:
        return replace(ask, groups=crossed(ask, before, reader))
    if counted := group_counted(ask, draft, reader):
        return replace(ask, groups=counted)
    kept, left = still_told(ask, tuple(g for g in before.groups if not g[1] & _BY_OUTCOME), reader)
    told = [f.group for line in draft.lines for f in line.facts]
    meant = _OF_THEM.search(ask.focus)
    return replace(ask, groups=kept, left=tuple(g for g in left if meant or any(g[1] <= t for t in told)))
