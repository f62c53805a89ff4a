"""Turns whose words tell of whom, and no other study: ``and in those taking A?``, ``how many of those were B-positive?``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.followup.refs import Groups, Turn, is_pointed
from assistant.names.studies import Name, Named
from assistant.question.reader import Ask, QuestionReader
from assistant.question.wording import CORRECTION, ELLIPSIS, ONE_LIKE, PRONOUN

_PEOPLE = r"(?:those|these|ones|patients|pts|people|participants|subjects|adults|children|kids|men|women|responders)"
_WHO = r"(?:who|whose|that|with|without|on|taking|receiving|given|treated|getting|having|carrying|harbou?ring|after|previously|already)"
_ONLY_WHOM = re.compile(
    r"^\W*(?:(?:and|but|what about|how about|or|also|ok(?:ay)?|then|so|what of|now|next|this time|once more|again|please"
    r"|(?:the )?same(?: (?:figure|number|question|thing))?|(?P<first>only|just|solely))\W+)*"
    r"(?P<of>(?:in|for|among|amongst|within|of)\s+)?"
    rf"(?:(?:the|all|(?P<only>only|just|solely|merely|exclusively|specifically))\s+)*"
    r"(?:(?:elderly|older|younger|adult|fit|unfit|frail|\w+(?:-\w+)+)\s+)?"
    rf"(?P<whom>{_PEOPLE}\b(?:\s+(?:patients|people|ones))?\s+{_WHO}\b(?:[^,;?]|(?<=\d);(?=\d))+?)\W*$",
    re.IGNORECASE,
)
"""All of a turn says of whom the question before is asked again."""
_BENEFIT = re.compile(
    r"\b(?:benefit(?:ed|t?ing|s)?|gain(?:ed|s)?|profit(?:ed|s)?|help(?:ed|s)?|(?:do(?:ne)?|fare[ds]?) (?:any )?(?:better|worse)"
    r"|(?:make|made) (?:a|any) difference)\b",
    re.IGNORECASE,
)
"""Asks whether it was better, in whatever was asked before."""
_BEFORE = re.compile(r"\b(?:before|prior|previous(?:ly)?|earlier|already)\b", re.IGNORECASE)
"""What patients had before is no treatment of another study."""
_TELLS_WHOM = frozenset({"code"})
"""Kinds of names that may be words for patients: what a table's cells print of them."""
_OF_THOSE = re.compile(
    rf"\b(?:of|among|in) (?:those|these|them)\b(?! (?:stud|trial|abstract|poster|report))|\b(?:those|these) {_PEOPLE}\b",
    re.IGNORECASE,
)
"""Points to the patients just spoken of."""
_COUNTED = frozenset({"n_patients"})


def told_whom(ask: Ask, history: Sequence[Turn], reader: QuestionReader) -> Ask:
    """``ask`` of the study spoken of, where what reads like another study or another topic only tells of whom."""
    before, draft = history[-1]
    focus = draft.studies or before.studies
    if len(focus) != 1 or ask.named.of("number", "nct", "author") or CORRECTION.search(ask.text):
        return ask
    if not (before.measures or before.families or before.characteristics):
        return ask
    return _again_for(_without_names_of_patients(ask, focus[0], reader), before, focus[0], reader)


def did_they_gain(ask: Ask, before: Ask) -> Ask:
    """``did the elderly benefit, too?``: in what was asked before, not how many they were."""
    if ask.measures or ask.families or not ask.has("yes_no") or not _BENEFIT.search(ask.focus):
        return ask
    if not ask.groups or not before.measures or set(ask.characteristics) - _COUNTED:
        return ask
    return replace(ask, measures=before.measures, characteristics=(), implied=False, wants="")


def did_they_stop(ask: Ask, history: Sequence[Turn], reader: QuestionReader) -> Ask:
    """``did they have to stop the drug?``: whether treatment was stopped, not what the drug was; and where that may stand."""
    if (
        ask.measures
        or ask.families
        or ask.groups
        or set(ask.characteristics) - _TREATMENT
        or not _STOP.search(ask.focus)
    ):
        return ask
    before, draft = history[-1]
    told = [place for line in draft.lines for place, _ in line.support]
    told += [
        f.passage for f in reader.review.facts if f.study in draft.studies and f.attribute in before.measures
    ]
    if not before.measures or not (PRONOUN.search(ask.text) or _ANYONE.search(ask.text)):
        return ask
    return replace(
        ask,
        measures=("discontinuation",),
        characteristics=(),
        implied=False,
        places=tuple(dict.fromkeys(told)),
    )


_TREATMENT = frozenset({"agents", "dose", "n_patients"})
_STOP = re.compile(
    r"\b(?:stop\w*|discontinu\w*|c[ao]me off|quit|interrupt\w*|continu\w*|carr(?:y|ied) on|keep (?:on )?taking|kept (?:on )?taking)\b"
    r"(?=[^?]*\b(?:drug|treatment|therapy|medication|it|taking|dosing|study)\b|\W*$)",
    re.IGNORECASE,
)
_ANYONE = re.compile(r"\b(?:any(?:one|body)?|some(?:one|body)?|patients?|people|how many)\b", re.IGNORECASE)


def both_sides(ask: Ask, before: Ask, reader: QuestionReader) -> Ask:
    """``and anaemia?`` after whether something was more common in one arm: in both arms, too."""
    if (
        not before.has("yes_no", "compare")
        or not _MORE.search(before.focus)
        or len(ask.studies) != 1
        or ask.studies != before.studies
    ):
        return ask
    arms = reader.own.arms(ask.studies[0])
    (study,) = ask.studies
    named = [reader.own.meant(study, label, ids) or ids for label, ids in ask.groups]
    if (
        len(arms) != _SIDES
        or len(named) != 1
        or ask.groups != before.groups
        or named[0] not in [a.ids for a in arms]
    ):
        return ask
    first = sorted(arms, key=lambda a: a.ids != named[0])
    return replace(ask, groups=tuple((a.labels[0], a.ids) for a in first), cues=ask.cues | {"arms"})


_SIDES = 2
_MORE = re.compile(
    r"\b(?:more|less|fewer|higher|lower|longer|shorter|better|worse|often|\w{4,}er)\b[^?]*\b(?:with|in|on|after|for|than|under)\b",
    re.IGNORECASE,
)
"""Weighs an arm against the other."""


def _without_names_of_patients(ask: Ask, study: str, reader: QuestionReader) -> Ask:
    """``how many of those were B-positive?`` without the study that ``B-positive`` stands for in a table."""
    if not (ELLIPSIS.search(ask.text) or PRONOUN.search(ask.text)):
        return ask
    arms = [ids for own in reader.review.arms.values() for ids in own.values()]
    pointed = _OF_THOSE.search(ask.text)
    if pointed and ask.studies and study not in ask.studies and not _elsewhere(ask, study):
        return _of_study(ask, study, ())
    told = {label.lower(): ids for label, ids in ask.groups if pointed or ids not in arms}
    telling = [n for n in _elsewhere(ask, study) if n.kind in _TELLS_WHOM and n.text.lower() in told]
    telling = [n for n in telling if pointed or not _is_whole(n, told[n.text.lower()], reader)]
    if not telling or len(telling) < len(_elsewhere(ask, study)):
        return ask
    return _of_study(ask, study, telling)


def _is_whole(name: Name, ids: frozenset[str], reader: QuestionReader) -> bool:
    """Whether just these patients are all of the one study that a name stands for."""
    return len(name.studies) == 1 and all(
        ids <= reader.review.populations.get(s, frozenset()) for s in name.studies
    )


def _meant_by(ask: Ask, whom: str, reader: QuestionReader) -> Groups:
    """Those of whom something is told by what was done to them (``who were transplanted``), or whoever the words mean."""
    terms = [reader.vocabulary.term(m) for m in ask.measures]
    done = [g for t in terms if t.kind == "count" for g in t.also if g in reader.vocabulary.populations]
    if len(ask.hinted) == 1 and not done:
        return ((whom, ask.hinted[0]),)
    return ((whom, frozenset(done[:1] or [whom.lower()])),)


def _is_told(groups: Groups, before: Ask, study: str, reader: QuestionReader) -> bool:
    """Whether the study gives what was asked before of these patients."""
    told = [f.group for f in reader.review.facts if f.study == study and f.attribute in before.measures]
    return all(any(ids <= group for group in told) for _, ids in groups)


def _again_for(ask: Ask, before: Ask, study: str, reader: QuestionReader) -> Ask:
    """``and in those with a prior transplant?``: the question before, for just these, whatever their words may ask elsewhere."""
    said = _ONLY_WHOM.match(ask.focus)
    if said is None or ONE_LIKE.search(ask.focus) or is_pointed(ask.focus):
        return ask
    elsewhere = _elsewhere(ask, study)
    others = any(n.kind == "topic" or len(n.studies) == 1 for n in elsewhere)
    if others and not _BEFORE.search(said["whom"]):
        return ask  # "and in patients given the other drug?" is the other study's
    topics = ask.measures or ask.families
    groups = ask.groups or _meant_by(ask, said["whom"], reader)
    of_them = said["of"] or said["only"] or said["first"] or _is_told(groups, before, study, reader)
    if (topics and not of_them) or (ask.named.names and not elsewhere and not topics):
        return ask  # "and those who relapsed?" may ask how many; "those on the drug" names an arm
    ask = _of_study(ask, study, elsewhere)
    return replace(ask, measures=(), families=(), characteristics=(), implied=False, groups=groups)


def _elsewhere(ask: Ask, study: str) -> list[Name]:
    """The names of a turn that are none of the study spoken of."""
    return [n for n in ask.named.names if study not in n.studies]


def _of_study(ask: Ask, study: str, out: Sequence[Name]) -> Ask:
    named = Named(tuple(n for n in ask.named.names if n not in out), ask.named.missing)
    return replace(ask, studies=(study,), described=False, named=named)
