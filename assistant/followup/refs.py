"""What a follow-up points to: an arm, a study of a list, an earlier turn, the thing named last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.draft import Draft
from assistant.groups.own_groups import OwnGroups
from assistant.question.reader import Ask, QuestionReader
from assistant.question.wording import EACH_ARM, EVERYONE
from assistant.selection import number_of
from assistant.text.text import key_of, tokens

Groups = tuple[tuple[str, frozenset[str]], ...]
Turn = tuple[Ask, Draft]

_ARM = r"(?:arms?|groups?|cohorts?|subgroups?|doses?|dose levels?|levels?|subset)"
_OTHER_ARM = re.compile(
    rf"\b(?:the\s+)?(?:other|opposite)\s+(?:treatment\s+|study\s+)?{_ARM}\b", re.IGNORECASE
)
_OTHER_ONE = re.compile(r"\bthe other(?: one)?\s*[?.!]*$", re.IGNORECASE)
_NEGATED = re.compile(
    r"\bwithout(?:\s+(?:it|them|that|those|this|one))?\s*[?.!]*$|\bnot\s*[?.!]*$"
    r"|\b(?:those|patients|people|the (?:ones|rest|others)|ones)\s+(?:who|that|which)\s+"
    r"(?:did|had|have|do|were|was|got|are)(?:\s+not|n't)(?:\s+(?:have|get|receive|carry)?\s*(?:it|them"
    r"|one|so)?)?\s*[?.!]*$"
    r"|\b(?:the|all the) (?:rest|others)\s*[?.!]*$|\b(?:un|non-?)(?:mutated|altered|affected|treated)\b"
    r"|\bwild[- ]type\b",
    re.IGNORECASE,
)
_UN = re.compile(r"\b(?:un|non-?)(?:mutated|altered|affected|treated)\b|\bwild[- ]type\b", re.IGNORECASE)
_UN_NAMED = re.compile(
    r"\b(?:unmutated|unaltered)\s+(?P<gene>(?-i:[A-Z][A-Z0-9]+))\b|\b(?P<before>(?-i:[A-Z][A-Z0-9]+))[\s-](?:unmutated|unaltered)\b",
    re.IGNORECASE,
)
"""Names the gene itself, and points to none that was spoken of."""
_AFFIRMED = re.compile(
    r"\bwith(?:\s+(?:it|them|that|this))?\s*[?.!]*$"
    r"|\b(?:those|patients|people|ones)\s+who\s+(?:did|had|were|have|got)(?:\s+(?:it|them|one"
    r"|so))?\s*[?.!]*$",
    re.IGNORECASE,
)
_SAME_ARM = re.compile(
    rf"\b(?:same|that|this)\s+(?:{_ARM}|patients|people|population)\b|\bin (?:them|those"
    rf"|these)(?: patients)?\s*[?.!]*$",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"\b(?:both|all|the two|altogether|arms|groups)?\s*(?:together|combined|pooled|in total|in all)\s*[?.!]*$"
    r"|^\W*(?:and\s+|what about\s+|but\s+)?(?:in\s+|for\s+)?(?:overall|everyone|everybody|all of them"
    r"|all patients|in general|"
    r"in total|altogether|the (?:whole|entire) (?:group|cohort|study|population|lot))\s*[?.!]*$",
    re.IGNORECASE,
)
_RANK = re.compile(
    r"^\W*(?:\w+\W+){0,7}?(?:the\s+)?(?:low|small|high|larg|big|top|middle|mid|intermediate|medium"
    r"|maximum)\w*"
    r"(?:\s+(?:one|dose|level|dose level|arm|group))?\s*[?.!]*$"
    r"|\b(?:low|small|high|larg|big|middle|intermediate)\w*\s+(?:dose|level|dose level|dose arm"
    r"|dose group)\b",
    re.IGNORECASE,
)
_ORDER = {
    "first": 0, "1st": 0, "former": 0, "second": 1, "2nd": 1, "latter": 1, "third": 2, "3rd": 2, "fourth": 3,
    "4th": 3, "last": -1, "final": -1,
}  # fmt: skip
_THE_ARM = re.compile(
    r"\b(?:the\s+)?(?!(?:each|every|per|either|which|what|by|one|other|same|that|this)\b)[\w+/-]{3,}\s+(?:arm|group)\b(?!s)",
    re.IGNORECASE,
)
"""Names one arm by what it had."""
_PICK = re.compile(
    rf"\b(?:the\s+)?({'|'.join(_ORDER)})\s*(?:one|study|trial|abstract|poster|of (?:these|those|them"
    rf"|the (?:two|three|\w+))"
    r"(?:\s+(?:studies|trials|abstracts|posters|ones))?|listed|mentioned|named|(?=[?.!,]*\s*$)"
    r"|(?=\s+(?:have|had|did|report|enrol\w*|give)\b))",
    re.IGNORECASE,
)
_RETURN = re.compile(
    r"\b(?:back|return\w*|again)\b.{0,20}\b(?:first|earlier|previous|other|original)\b|\b(?:the"
    r"|that) (?:first|original|initial) "
    r"(?:study|trial|abstract|poster|one)\b(?:.{0,12}\b(?:asked|mentioned|discussed|talked|started)\b)?"
    r"|\b(?:the|that) (?:earlier|previous|preceding|prior) (?:study|trial|abstract|poster|one)\b"
    r"|\b(?:the )?(?:one|study|trial|abstract|poster) (?:before|i asked about (?:first|before|earlier))\b",
    re.IGNORECASE,
)
_FIRST = re.compile(r"\b(?:first|original|initial|started)\b", re.IGNORECASE)
_IT = re.compile(
    r"\b(?:it|they|such (?:an? )?(?:thing|construct|product|drug|cell|agent)s?"
    r"|(?:this|that|the) (?:drug|agent|product|treatment|compound|medicine|antibody|thing|construct))\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^\W*(?:(?:and|but|ok(?:ay)?|no|sorry|i meant?|what about|how about|in|for|with|among|of|the|those"
    r"|who|had|on|at|those)\b\W*)+",
    re.IGNORECASE,
)
_NON = re.compile(r"^(?:non|no|without|not)[- ](.+)$", re.IGNORECASE)
_OVERALL = re.compile(r"\boverall\b", re.IGNORECASE)
_FEW_WORDS = 4
_NOT_A_STUDY = frozenset({"arms", "dose", "population"})
"""Characteristics that the words for an arm may be taken for."""


def with_arm(ask: Ask, history: Sequence[Turn], reader: QuestionReader) -> Ask:
    """``ask`` with the arm it points to; unchanged where it points to none, or none can be told."""
    own = reader.own
    before, draft = history[-1]
    focus = _focus(ask, draft.studies or before.studies)
    if len(focus) != 1:
        return ask
    if not ask.measures and (
        ask.groups or _THE_ARM.search(ask.focus)
    ):  # "and the drug arm?" asks for no list
        ask = replace(ask, characteristics=tuple(c for c in ask.characteristics if c != "arms"))
    ask = _without_arm_words(ask, focus[0], own)
    groups = _pointed_to(ask, history, focus[0], own)
    if groups is None:
        groups = _by_its_words(ask, focus[0], reader)
    if groups is None:
        return ask
    cues = ask.cues - {"max", "min", "list", "compare"} if groups else ask.cues
    kept = tuple(c for c in ask.characteristics if c not in _NOT_A_STUDY)
    return replace(
        ask, groups=groups, studies=tuple(focus), characteristics=kept, cues=cues, everyone=not groups
    )


def is_pointed(text: str) -> bool:
    """Whether the words for an arm or for some patients only point to those of the turn before: ``those who did not``."""
    if _UN_NAMED.search(text):
        return False
    return any(p.search(text) for p in (_NEGATED, _AFFIRMED, _SAME_ARM, _OTHER_ARM, _TOGETHER))


def _without_arm_words(ask: Ask, study: str, own: OwnGroups) -> Ask:
    """``and with supportive care?`` of an arm called so: no row of that name is asked for."""
    if ask.measures or ask.families or not ask.groups:
        return ask
    arms = [a.ids for a in own.arms(study)]
    said = {
        t.key
        for label, ids in ask.groups
        if (own.meant(study, label, ids) or ids) in arms
        for t in tokens(label)
    }
    kept = tuple(c for c in ask.characteristics if not {t.key for t in tokens(c.replace("_", " "))} <= said)
    return replace(ask, characteristics=kept)


def _focus(ask: Ask, spoken: Sequence[str]) -> Sequence[str]:
    """The studies a turn is about: those named or picked, else those spoken of."""
    loose = ask.named.names and not ask.named.of("number", "author", "nct")
    if loose and all(set(spoken) <= n.studies for n in ask.named.names):
        return spoken
    return ask.studies if ask.studies and not ask.described else spoken


def _pointed_to(ask: Ask, history: Sequence[Turn], study: str, own: OwnGroups) -> Groups | None:
    """The groups meant, none for all patients; None where the words point to no arm."""
    text, named = ask.focus, _spoken_of(history, study)
    ids = [i for _, i in named]
    if _TOGETHER.search(text):
        return ()
    if EACH_ARM.search(text) and len(own.arms(study)) > 1:
        return _each_arm(ask, named, study, own)
    arms = [a.ids for a in own.arms(study)]
    if _OTHER_ARM.search(text) and (across := _across(named, arms)):
        return across
    if _OTHER_ARM.search(text) or (_OTHER_ONE.search(text) and ids and own.other(study, ids)):
        return _labelled(own.other(study, ids), study, own) or None
    if _SAME_ARM.search(text):
        both = tuple((f"{b} {a}", j | i) for a, i in named for b, j in ask.groups if not j <= i)
        return both or named or None
    if (
        _RANK.search(text)
        and (rank := own.at_rank(study, text)) is not None
        and _of_doses(ask, history[-1][0], ids, study, own)
    ):
        return _labelled([rank], study, own)
    if (dose := _bare_dose(ask, ids, study, own)) is not None:
        return dose
    negated = bool(_NEGATED.search(text)) and not _names_new_gene(text, named)
    if ids and (negated or _AFFIRMED.search(text)) and not _names_another(ask, ids, arms):
        was_negated = any(i.startswith("no-") or i in {"control", "placebo"} for i in ids[0])
        lesser = was_negated or (ids[0] in arms and own.is_lesser(study, ids[0]))
        if lesser == negated:
            return named
        return (
            _labelled(own.other(study, ids), study, own) or _lacking(named, study, own) or _negation(named)
            if negated
            else _labelled(own.other(study, ids), study, own) or None
        )
    if _PICK.search(text) and len(ids) > 1 and len(history[-1][1].studies) <= 1:
        place = _ORDER[_PICK.search(text)[1].lower()]  # type: ignore[index]
        return (named[place],) if -len(named) <= place < len(named) else None
    return None


def _across(named: Groups, arms: Sequence[frozenset[str]]) -> Groups:
    """Those of one sort in the other of two arms; none where only arms, or no arm, were spoken of."""
    whole = frozenset[str]().union(*(ids for _, ids in named))
    within = [a for a in arms if a <= whole]
    if len(arms) != 2 or len(within) != 1 or whole == within[0]:
        return ()
    (other,) = (a for a in arms if a not in within)
    return tuple((label, ids - within[0] | other if within[0] <= ids else ids) for label, ids in named)


def _names_new_gene(text: str, spoken: Groups) -> bool:
    """``those with unmutated A`` after patients who were told by no state of A."""
    found = _UN_NAMED.search(text)
    gene = ((found["gene"] or found["before"]) if found else "").lower()
    return bool(gene) and not any(gene in f"{label} {' '.join(ids)}".lower() for label, ids in spoken)


def _each_arm(ask: Ask, spoken: Groups, study: str, own: OwnGroups) -> Groups:
    """The arms of the study, each of its patients of the sort that is spoken of: ``in the elderly, both arms?``."""
    arms = _labelled([a.ids for a in own.arms(study)], study, own)
    parts = [g for g in ask.groups or spoken if not any(ids & g[1] for _, ids in arms)]
    if len(parts) != 1:
        return arms
    ((what, sort),) = parts
    return tuple((f"{label} {what}", ids | sort) for label, ids in arms)


def _names_another(ask: Ask, ids: Sequence[frozenset[str]], arms: Sequence[frozenset[str]]) -> bool:
    """Whether the turn names a group of its own that is none of those spoken of; no arm is ``unmutated``."""
    if _UN.search(ask.focus) and not any(i in arms for i in ids):
        return False
    bare = {i.removeprefix("no-") for group in ids for i in group} | {"monotherapy"}
    return any({i.removeprefix("no-") for i in group} - bare for _, group in ask.groups)


def _lacking(named: Groups, study: str, own: OwnGroups) -> Groups:
    """The study's own group of those without what the group spoken of has: ``non-carriers`` after ``carriers``."""
    said = {
        key_of(w) for label, ids in named for w in re.findall(r"[^\W\d_]{4,}", f"{label} {' '.join(ids)}")
    }
    for group in own.of(study):
        match = next((m for label in group.labels if (m := _NON.match(label))), None)
        if match and {key_of(w) for w in re.findall(r"[^\W\d_]{4,}", match[1])} & said:
            return ((match.string, group.ids),)
    return ()


def _negation(named: Groups) -> Groups:
    """What is not the group spoken of, where the study has no name for it."""
    label, ids = named[0]
    return ((f"without {label}", frozenset(f"no-{i}" for i in ids)),)


def _of_doses(ask: Ask, before: Ask, ids: Sequence[frozenset[str]], study: str, own: OwnGroups) -> bool:
    """Whether a rank is one of doses: they are spoken of, now or before."""
    ranked = [g.ids for g in own.ranked(study)]
    said = f"{before.focus} {ask.focus}".lower()
    return "dose" in said or "level" in said or any(i in ranked for i in ids)


def _bare_dose(ask: Ask, ids: Sequence[frozenset[str]], study: str, own: OwnGroups) -> Groups | None:
    """``at 800?``: the arm of that dose, or a group of no figures where the arms are told by doses."""
    if ask.measures or ask.characteristics not in {(), ("dose",), ("n_patients",)}:
        return None
    for value in ask.values:
        number = number_of(value.text)
        if number is None or value.unit not in {"", "amount", "patients"}:
            continue
        arm = own.at_dose(study, number)
        if arm is not None:
            return ((value.text, arm),)
        ranked = any(i == g.ids for i in ids for g in own.ranked(study))
        if (value.unit == "amount" and own.is_told_by_dose(study, number)) or ranked:
            return ((value.text, frozenset({value.text})),)
    return None


def _by_its_words(ask: Ask, study: str, reader: QuestionReader) -> Groups | None:
    """``and in the control arm?``, ``and lymphoma?``: the arm that the few words of a turn mean."""
    if ask.groups or ask.measures or ask.families or ask.characteristics not in {(), ("arms",)}:
        return None
    if ask.times or ask.grade or ask.cycle or ask.values or ask.named.names:
        return None
    text = _LEAD.sub("", ask.focus).strip(" ?!.,")
    if len(text.split()) > _FEW_WORDS or ask.cues & {"list", "max", "min", "yes_no", "why"}:
        return None
    ids = frozenset(m.ids[0] for m in reader.matchers.populations.find(tokens(text)))
    meant = reader.own.meant(study, text, ids) if ids or text else None
    return ((text, meant),) if meant is not None else None


def _spoken_of(history: Sequence[Turn], study: str) -> Groups:
    """The arms the last turn was about, or its answer gave."""
    before, draft = history[-1]
    if before.groups and set(before.studies) <= {study}:
        return before.groups
    facts = [f for line in draft.lines for f in line.facts if f.group and f.study == study]
    return tuple({f.group: (f.group_label, f.group) for f in reversed(facts)}.values())[::-1]


def _labelled(ids: Sequence[frozenset[str]], study: str, own: OwnGroups) -> Groups:
    labels = {g.ids: g.labels[0] for g in own.of(study) if g.labels}
    return tuple((labels.get(i, " ".join(sorted(i))), i) for i in ids)


def picked(ask: Ask, history: Sequence[Turn]) -> Ask:
    """``the second of these``: that study of the last answer that spoke of several."""
    if ask.named.of("number", "author", "nct", "code"):
        return ask
    match = _PICK.search(ask.focus)
    listed = next((d.studies for _, d in reversed(history) if len(d.studies) > 1), ())
    if not listed and match and match[1].lower() in {"former", "latter"}:
        listed = tuple(dict.fromkeys(s for _, d in history[-2:] for s in d.studies))
    if match is None or not listed or ask.has("count_studies"):
        return ask
    place = _ORDER[match[1].lower()]
    if not -len(listed) <= place < len(listed):
        return ask
    return replace(
        ask, studies=(listed[place],), described=False, cues=ask.cues - {"list", "global", "compare"}
    )


def returned(ask: Ask, history: Sequence[Turn]) -> Ask:
    """``back to the first study``: the studies of an earlier turn."""
    if ask.named.names or len(history) < 2 or not _RETURN.search(ask.focus):
        return ask
    focused = [d.studies or a.studies for a, d in history]
    now = focused[-1]
    earlier = [s for s in focused if s and s != now]
    if not earlier:
        return ask
    chosen = earlier[0] if _FIRST.search(ask.focus) else earlier[-1]
    return replace(ask, studies=tuple(chosen), described=False, cues=ask.cues - {"list", "global"})


def with_adjective(ask: Ask, before: Ask, reader: QuestionReader, term: str = "") -> Ask:
    """``and the partial one?`` after complete remissions: the measure that the adjective makes of the noun.

    The noun may also be a term that was explained just before: ``how many were negative?`` after MRD.
    """
    counts = bool(term) and ask.implied and ask.characteristics == ("n_patients",)
    if ask.measures or ask.families or ask.named.names or not (before.measures or term):
        return ask
    if ask.characteristics and not counts:
        return ask
    if len(ask.content) != 1 or len(tokens(ask.focus)) > _FEW_WORDS + 2 or ask.groups or ask.times:
        return ask
    everybody = bool(_TOGETHER.search(ask.focus) or ask.everyone)
    if everybody and (before.groups or not _OVERALL.search(ask.focus)):
        return ask  # "and overall?" after one arm means everybody
    terms = reader.vocabulary.measures
    nouns = dict.fromkeys(
        words[-1].text
        for m in before.measures
        if m in terms
        for form in (terms[m].name, *terms[m].forms)
        if len(words := tokens(form)) > 1
    )
    for phrase in (
        *(f"{term} {ask.content[0]}" for _ in term[:1]),
        *(f"{ask.content[0]} {n}" for n in nouns),
    ):
        words = tokens(phrase)
        found = [m for m in reader.matchers.measures.find(words) if m.end - m.start == len(words)]
        if found and found[0].ids[0] not in before.measures:
            told = all(reader.reports(s, found[0].ids[0]) for s in before.studies)
            characteristics = () if counts else ask.characteristics
            return (
                replace(ask, measures=found[0].ids[:1], characteristics=characteristics)
                if told or not everybody
                else ask
            )
    return ask


def with_antecedent(ask: Ask, before: Ask, reader: QuestionReader) -> Ask:
    """``was it given weekly?`` with the drug or term named last in the place of ``it``."""
    explained = _explained(before, reader)
    named = ask.named.of("agent", "code", "topic") if explained else ask.named.names
    if (ask.measures or ask.families or ask.characteristics or ask.groups) or named or not ask.content:
        return ask
    pointed = sorted(_IT.finditer(ask.text), key=lambda m: m[0].lower() == "they")
    match = None if _NEGATED.search(ask.text) or _AFFIRMED.search(ask.text) else next(iter(pointed), None)
    drugs = [n.text for n in before.named.names if n.kind in {"agent", "code"}]
    word = explained or (drugs[-1] if drugs else before.term)
    if match is None or not word or len(word.split()) > _FEW_WORDS - 1:
        return ask
    if EACH_ARM.search(ask.text) or EVERYONE.search(ask.text):
        return ask
    return reader.read(ask.text[: match.start()] + word + ask.text[match.end() :])


def _explained(before: Ask, reader: QuestionReader) -> str:
    """The term whose meaning a turn asked for; "" where it asked for none."""
    if not before.has("definition"):
        return ""
    terms = [reader.vocabulary.measures[m].name for m in before.measures if m in reader.vocabulary.measures]
    return before.term or (terms[0] if len(terms) == 1 else "")
