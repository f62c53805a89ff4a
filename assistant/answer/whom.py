"""Whom a question names: an answer's figures must be of them, or it is none.

``CR in the follicular patients`` of a study that tells no figure of these alone is not answered by the CR of everyone, nor
``OS by sex`` by OS. What the review says of all patients of a study narrows nothing down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from functools import lru_cache, partial

from assistant import lazy_re as re
from assistant.answer.apart import denies_all, factors_lacking, fates_lacking, given_lacking, sets_apart
from assistant.answer.narrower import gives_measure
from assistant.desk import Desk
from assistant.draft import Draft, Line, answered, declined, support_of
from assistant.lookup.everyone import common_to_all
from assistant.lookup.words import clause_of
from assistant.model import Fact, Kind, Passage, Status
from assistant.question.factors import factors_asked
from assistant.question.fate import clauses
from assistant.question.reader import Ask
from assistant.question.whom import PEOPLE, parts_named, tells
from assistant.say import joined
from assistant.telling.describe import Describer
from assistant.text.text import Token, fold, tokens

_ORDINARY = frozenset(
    "evaluable treated enrolled eligible randomised randomized assigned included dosed infused given studied tested analysed "
    "analyzed assessable assessed total whole entire overall pooled first same such own study trial review letter abstract report "
    "paper series sery cohort group arm subgroup subset patient cell therapy treatment regimen figure number "
    "rate result outcome respective corresponding new old enrolment disease setting status control comparator experimental placebo "
    "combination alone pretreated older younger multicentre multicenter multinational international single centre center real "
    "world median isolated complete full hundred thousand plus partner".split()
)
"""Keys of words that tell nobody apart, or a study's arm by its part."""
_LEADS = re.compile(
    r"\b(?:in|with|for|among|of|on|the|by|without|having|had)\s+(?:an?\s+|the\s+)?$", re.IGNORECASE
)
_SIZED = re.compile(r"\b(?P<n>\d{2,4})[- ]patient\b")
"""The size of a study, told in passing."""
_KEPT = 64
_FIGURE = re.compile(
    r"\d\s?%|\d\.\d|\bsub-?(?:group|set)s?\b|\b(?:shorter|longer|worse|better|poorer|higher|lower)\b",
    re.IGNORECASE,
)
"""In a cell that gives figures, or speaks of some patients only."""
_PARTED = re.compile(r"\([^()]*\d[^()]*\)|\b\d+ (?:had|with|were|received|patients with)\b[^,;.()]*")
"""Tells parts of the patients: ``34 patients (25 of one kind, 6 of another)``."""
_OF_WHOM = re.compile(r"\b(?:of (?:whom|which|these|them)|either|or)\b", re.IGNORECASE)
_PAIR = re.compile(r"\b[\w-]*[A-Z]{2}[\w-]*/[\w-]*[A-Z]{2}[\w-]*")
"""Two diseases of a study, either of some of its patients: ``T-ALL/LBL``."""
_MOST_GIVEN = 2
_FEW = 2
"""Words of the name of a disease in a list of them."""
_ROOT = 4
"""Letters from which on the beginning of a word means it."""


def unaccounted(desk: Desk, describer: Describer, ask: Ask, draft: Draft) -> Draft | None:
    """The draft without figures of other patients than those named, a decline where none is left; None where it may stand.

    Args:
        desk: the review's facts and words.
        describer: knows which words mean the same.
        ask: the question.
        draft: figures that were looked up.
    """
    facts = [f for line in draft.lines for f in line.facts]
    if not facts or not _concerns(ask, draft):
        return None
    studies = list(dict.fromkeys(f.study for f in facts))
    told = _apart if draft.conflicts else partial(_lacking, describer=describer)
    lacking = {s: told(desk, ask=ask, facts=[f for f in facts if f.study == s]) for s in studies}
    if not any(lacking.values()):
        return None
    kept = [line for line in draft.lines if not _is_of_others(line, lacking)]
    if any(line.facts for line in kept):
        named = {s for n in ask.named.names if len(n.studies) == 1 for s in n.studies}
        if ask.has("compare", "difference") or any(s in named for s in studies if lacking[s]):
            return None  # each side of a comparison is told by words of its own
        return replace(
            draft, lines=tuple(kept), studies=tuple(s for s in draft.studies if not lacking.get(s))
        )
    shared = frozenset[str].intersection(*(frozenset(parts) for parts in lacking.values()))
    if not shared:
        return None
    found = _said_of_them(desk, describer, ask, studies, [p for p in lacking[studies[0]] if p in shared])
    return found or _declined(desk, ask, facts, [p for p in lacking[studies[0]] if p in shared])


def _said_of_them(
    desk: Desk, describer: Describer, ask: Ask, studies: Sequence[str], parts: Sequence[str]
) -> Draft | None:
    """The sentence of the study that gives what is asked of the very patients named; None without one."""
    keys = [
        w.key for part in parts for w in tokens(part) if tells(w) and w.key not in desk.vocabulary.scaffold
    ]
    factors = [f for f in factors_asked(ask.focus) if f"by {f.name}" in parts]
    fates = [c for c in clauses(ask.focus) if c.text in parts]
    if any(c.happened for c in fates):
        return None  # "those who progressed" stands in no name of a measure
    for passage in desk.review.passages:
        if passage.locator.kind is not Kind.SENTENCE or passage.studies[:1] != (studies[0],):
            continue
        if not all(f.is_in(passage.text) for f in factors):
            continue
        if not all(denies_all(passage.text, {w.key for w in c.words}) for c in fates if c.lacking):
            continue
        if not keys or not all(describer.matching.covers(ask, k, passage) for k in keys):
            continue
        timed = not ask.times or not describer.lacks_time(ask, passage.text)
        given = gives_measure(desk, ask, passage) or (len(parts) == 1 and sets_apart(desk, passage))
        if timed and given and not describer.is_of_other(ask, passage):
            return answered([describer.quoting(passage)], passage.studies)
    return None


def _declined(desk: Desk, ask: Ask, facts: Sequence[Fact], parts: Sequence[str]) -> Draft:
    """That the review does not tell the patients named apart, with what it gives."""
    study = facts[0].study
    own = [f for f in facts if f.study == study]
    asked = joined([desk.speaker.short(m) for m in _heads(ask, parts)]) or "that"
    words = _in_words(parts)
    if len(ask.studies) > 1:
        return declined(f"The review does not report {asked} {words}.")
    given = joined(desk.speaker.lines(own)[:_MOST_GIVEN])
    text = f"The review does not report {asked} {words} for {desk.name(study)}; it gives {given}."
    return declined(text, (study,), support_of(own[:1]))


def _heads(ask: Ask, parts: Sequence[str]) -> tuple[str, ...]:
    """The measures asked for, without those that only the words for the patients name."""
    keys = {t.key for part in parts for t in tokens(part)}
    said = {term for key, term in ask.aliases if key not in keys}
    return tuple(m for m in ask.measures if m in said) or ask.measures


def _in_words(parts: Sequence[str]) -> str:
    """``by sex``, ``for \u201cthe lymphoma patients\u201d``: the parts as a decline names them."""
    apart = [p for p in dict.fromkeys(parts) if p.startswith("by ")]
    whom = [f"\u201c{p}\u201d" for p in dict.fromkeys(parts) if p not in apart]
    return " ".join([joined(apart, "or")] * bool(apart) + [f"for {joined(whom, 'or')}"] * bool(whom))


def _is_of_others(line: Line, lacking: Mapping[str, Sequence[str]]) -> bool:
    """Whether a sentence gives or rests on figures of a study that does not speak of the patients named."""
    studies = {f.study for f in line.facts} | {study for _, study in line.support}
    return any(lacking.get(study) for study in studies)


def _concerns(ask: Ask, draft: Draft) -> bool:
    """Whether a draft gives figures that were looked up for a question on patients."""
    figures = ask.measures or ask.families or set(ask.characteristics) & {"outcomes", "n_patients"}
    several = ask.has("list", "count_studies", "max", "min", "why", "summary")
    computed = any(line.derivation or line.verbatim for line in draft.lines if line not in draft.conflicts)
    whole = ask.translated or ask.everyone
    if all(f.attribute == "p_value" for line in draft.lines for f in line.facts):
        return False  # of whom one is, its sentence tells, and it was chosen by that
    return bool(figures) and draft.status is Status.ANSWERED and not (several or computed or whole)


def speaks_of(desk: Desk, describer: Describer, ask: Ask, passage: Passage) -> bool:
    """Whether a passage, or what its study is as a whole, speaks of all patients that a question names."""
    parts = [part for part in parts_named(ask.focus) if part.of_people or part.is_arm]
    if not parts:
        return True
    study = passage.studies[0] if passage.studies else ""
    _, known = known_words(desk, ask, ())
    whole = " ".join(said_of_all(desk, study)) if study else ""
    return not any(
        _lacks(describer, ask, p.words, known, passage.text if p.is_arm else f"{passage.text} {whole}")
        for p in parts
    )


def known_words(desk: Desk, ask: Ask, met: Sequence[tuple[str, frozenset[str]]]) -> tuple[set[str], set[str]]:
    """Keys of words that need no accounting for beside a noun for patients, and of those that need none elsewhere."""
    known = {k for k, term in ask.aliases if term in {*ask.measures, *ask.characteristics}}
    known |= {t.key for label, _ in met for t in tokens(fold(label))}
    firm = ask.named.of(
        "number", "nct", "author", "agent", "topic"
    )  # a code may be a disease of but one study
    known |= {t.key for n in firm for t in tokens(n.text)} | {t.key for t in tokens(" ".join(ask.times))}
    known |= desk.vocabulary.scaffold | _ORDINARY | PEOPLE
    return known, known | {t.key for n in ask.named.names for t in tokens(n.text)}


def _lacks(describer: Describer, ask: Ask, words: Sequence[Token], known: Set[str], told: str) -> bool:
    """Whether a text is without one of the words that may tell patients apart."""
    return any(tells(w) and w.key not in known and not _is_told(describer, ask, w, told) for w in words)


def _lacking(desk: Desk, ask: Ask, facts: Sequence[Fact], describer: Describer) -> list[str]:
    """The groups that the question names and that these facts of one study are not of."""
    study = facts[0].study
    everyone = common_to_all(desk, ask, study)
    arms = {i for ids in desk.review.arms.get(study, {}).values() for i in ids}
    met = [g for g in ask.groups if any(g[1] & f.group for f in facts) or not g[1] - everyone]
    if any(ids - arms - everyone and all(ids & f.group for f in facts) for _, ids in met):
        return []  # they are of a subgroup that was named
    known, named = known_words(desk, ask, met)
    places = [desk.selector.places[p].text for p in dict.fromkeys(f.passage for f in facts)]
    labels = [f.group_label for f in facts] + [i.replace("-", " ") for f in facts for i in f.group]
    near = " ".join([*places, *labels])
    found = [
        label
        for label, ids in ask.groups
        if (label, ids) not in met
        and _is_narrowing(label, ask, bool(met))
        and _lacks(describer, ask, tokens(label), known, near)
    ]
    parts = list(parts_named(ask.focus))
    whole = " ".join(said_of_all(desk, study)) if parts else ""
    for part in parts:
        told = near if part.is_arm else f"{near} {whole if '/' in part.text else _PAIR.sub(' ', whole)}"
        if part.is_variant or part.had_before:
            own = " ".join([*(clause_of(desk, f) for f in facts), *labels])
            told = own if part.is_variant else f"{own} {whole}"
        if _lacks(describer, ask, part.words, known if part.of_people or part.is_variant else named, told):
            found.append(part.text)
    found += _given_to_some(desk, ask, study, near)
    found = [p for p in found if not any(f.is_in(p) for f in factors_asked(ask.focus))]
    found += factors_lacking(desk, ask, facts) if found else _apart(desk, ask, facts)
    found += [g for g in given_lacking(desk, ask, study, near, known) if not any(g in p for p in found)]
    return [*found, *_given_otherwise(describer, ask, study, known), *_of_other_size(desk, ask, study)]


def _apart(desk: Desk, ask: Ask, facts: Sequence[Fact]) -> list[str]:
    """What these facts of one study are to be told apart by, or the patients told by what became of them, that they lack."""
    whole = " ".join(said_of_all(desk, facts[0].study))
    return [*fates_lacking(desk, ask, facts, whole), *factors_lacking(desk, ask, facts)]


def _given_to_some(desk: Desk, ask: Ask, study: str, near: str) -> list[str]:
    """``alphamab-treated patients`` of a study in which only some got it (``40 received alphamab and 27 betanib``)."""
    own = [
        fold(p.text)
        for p in desk.review.passages
        if p.studies[:1] == (study,) and p.locator.kind is Kind.SENTENCE
    ]
    drugs = [re.escape(n.text) for n in ask.named.of("agent")]
    found = []
    for part in parts_named(ask.focus):
        named = [d for d in drugs if part.of_people and re.search(rf"\b{d}\b", part.text, re.IGNORECASE)]
        for drug in named:
            counted = re.compile(rf"\b\d+\s+(?:(?:received|got|had|were given)\s+)?{drug}\b", re.IGNORECASE)
            if any(_OF_WHOM.search(t) and counted.search(t) for t in own) and not re.search(
                drug, near, re.IGNORECASE
            ):
                found.append(part.text)
    return found


def _given_otherwise(describer: Describer, ask: Ask, study: str, known: Set[str]) -> list[str]:
    """``subcutaneous alphamab``: how a drug was given, where the review says so of other studies and not of this."""
    holders = describer.matching.reader.names.words
    found = []
    for name in ask.named.of("agent"):
        before = tokens(ask.text[: name.start])[-1:]
        close = before and not ask.text[before[0].end : name.start].strip()
        if close and before[0].key not in known and study not in holders.get(before[0].key, {study}):
            found.append(f"{before[0].text} {name.text}")
    return found


def _of_other_size(desk: Desk, ask: Ask, study: str) -> list[str]:
    """``the 76-patient series``, of a study of another size."""
    sized = _SIZED.search(ask.focus)
    sizes = {f.n for f in desk.selector.reported(study, "n_patients")}
    return [sized[0]] if sized and sizes and int(sized["n"]) not in sizes else []


def _is_narrowing(label: str, ask: Ask, met: bool) -> bool:
    """Whether a group stands where patients are told apart, or was named in the turn before and by no other since."""
    at = ask.focus.find(label)
    if at < 0:
        return ask.inherited and not met
    return bool(_LEADS.search(ask.focus[:at]) or _LEADS.match(f"{label} "))


def _is_told(describer: Describer, ask: Ask, word: Token, told: str) -> bool:
    """Whether a text has a word of the question, what means the same, or one that begins alike."""
    if describer.matching.is_in(ask, word.key, told):
        return True
    return len(word.key) >= _ROOT and any(
        t.key.startswith(word.key) or (len(t.key) >= _ROOT and word.key.startswith(t.key))
        for t in tokens(told)
    )


@lru_cache(maxsize=_KEPT)  # several steps of one question want it
def said_of_all(desk: Desk, study: str) -> tuple[str, ...]:
    """What the review says of a study as a whole: its name, its cells in words and the sentence that introduces it."""
    told = [desk.review.title, desk.name(study), desk.speaker.study(study).label]
    told += [i.replace("-", " ") for i in desk.review.populations.get(study, ())]
    introduced = False
    for passage in desk.review.passages:
        if study not in passage.studies:
            continue
        if passage.locator.kind is Kind.CELL:
            if not (_FIGURE.search(passage.quote) or _is_list(passage.quote)):
                told.append(_PARTED.sub(" ", passage.quote))
        elif passage.locator.kind is Kind.SENTENCE and not introduced:
            told += [_PARTED.sub(" ", passage.text), passage.locator.section]
            introduced = True
    return tuple(told)


def _is_list(cell: str) -> bool:
    """Whether a cell lists several diseases, each of a part of the patients: ``DLBCL, FL, PMBCL``."""
    items = [i.strip() for i in re.split(r",|;|\band\b|\bor\b", cell)]
    return len(items) > 1 and all(re.search(r"[A-Z]{2}", i) and len(i.split()) <= _FEW for i in items)
