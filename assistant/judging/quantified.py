"""Claims over all studies: ``all of them are registered``, ``only one reports EFS``, ``the largest was A``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.compare.compare import size_of
from assistant.draft import Draft, answered, of_fact
from assistant.judging.among import parts_named
from assistant.judging.claims import verdict_line
from assistant.lookup.everyone import common_to_all
from assistant.lookup.lookup import Desk
from assistant.model import Fact
from assistant.names.studies import Named
from assistant.question.reader import Ask
from assistant.studies.listing import Lister
from assistant.text.text import ONE_NUMBER_WORD, word_number

_NOUN = r"(?:stud(?:y|ies)|trials?|abstracts?|posters?|reports?|papers?|presentations?)"
_ALL = re.compile(
    rf"\b(?:all|every|each)(?: one)?(?: of)?(?: the| these| those)? ?(?:[\w-]+ ){{0,2}}?{_NOUN}\b",
    re.IGNORECASE,
)
_ONLY = re.compile(
    rf"\b(?:only|just|exactly) (?P<n>\d+|{ONE_NUMBER_WORD})(?: of)?(?: the| these)? ?(?:[\w-]+ ){{0,2}}?{_NOUN}\b",
    re.IGNORECASE,
)
_NONE = re.compile(
    rf"\b(?:no|none of the(?:se)?|not (?:a single|one)) (?:[\w-]+ ){{0,2}}?{_NOUN}\b", re.IGNORECASE
)
_SO_MANY = re.compile(
    rf"\b(?:only|just|exactly|merely|precisely|(?P<most>no(?:t)? more than))\s+"
    rf"(?:(?P<one>an? single|a lone|one single|a solitary)|(?P<n>\d+|{ONE_NUMBER_WORD}))(?: of(?: the| these| those)?)?\s+"
    r"(?:[\w/-]+\s+){0,4}?(?:patients?|recipients?|persons?|people|participants?|subjects?|individuals?|adults?|child(?:ren)?"
    r"|cases?|events?|episodes?|instances?)\b",
    re.IGNORECASE,
)
"""Says how many patients had something: ``only a single A recipient``."""
_ONLY_THIS = re.compile(
    r"\b(?:only|solely|just)\b(?! (?:(?:about|some|around) )?(?:\d|half\b|an? (?:third|quarter|fifth|tenth|few|minority|handful)\b))",
    re.IGNORECASE,
)
_MORE_PATIENTS = (
    r"(?:more|an? (?:larger|bigger|greater|higher) number of) (?:patients|people|participants|subjects)"
)
_THAN_OTHERS = re.compile(
    r"(?:\b(?:has|have|had|having|includ\w+|enrol\w+|recruit\w+|treat\w*|with) (?:[\w-]+ ){0,2}?"
    rf"{_MORE_PATIENTS}|\b(?:larger|bigger)(?: (?:study|trial|series|cohort|one))?) (?:[\w-]+ ){{0,3}}?"
    rf"than (?:any of |all |any )?(?:the )?others?\b[^?.;]*?{_NOUN}",
    re.IGNORECASE,
)
"""Says of a study that it was larger than all others of its kind."""
_OTHERS_ALL = re.compile(
    rf"\bother {_NOUN}(?: (?:here|in the review|in this review|reviewed|covered))?\W*$", re.IGNORECASE
)
"""The same of no kind."""
_SHOWN = 3
"""Studies up to which the figures that show it are given, too."""
_REACH = 20
"""Characters before a name in which ``only`` speaks of it."""
_FIRM = ("number", "author", "nct", "code", "agent")


def speaks_of_all(ask: Ask) -> bool:
    """Whether a question says something of all studies, or of only so many."""
    return any(p.search(ask.focus) for p in (_ALL, _ONLY, _NONE))


def of_all(desk: Desk, lister: Lister, ask: Ask) -> Draft | None:
    """``Do all studies report OS?``, ``only one does, right?``: how many do, and which; None for other claims."""
    every, only, none = (p.search(ask.focus) for p in (_ALL, _ONLY, _NONE))
    one = _only_study(ask) if not (every or only or none) else ""
    if not (every or only or none or one) or ask.has("count_studies", "max", "min"):
        return None
    firm = any(len(n.studies) == 1 for n in ask.named.of(*_FIRM))
    conditions = ask.measures or ask.characteristics or ask.designs or ask.groups or ask.families
    if not conditions or (firm and not one):
        return None
    plain = replace(ask, cues=(ask.cues | {"list"}) - {"yes_no"})
    if only:
        plain = replace(plain, values=tuple(v for v in plain.values if v.text != only["n"]))
    if one:
        plain = _among(desk, plain, one)
    matched = lister.matcher.matching(plain)
    draft = lister.count_studies(plain) if matched and matched[0] else None
    if matched is None or draft is None:
        return None
    found = [s for s, _ in matched[0]]
    pool = ask.studies if ask.named.names and not one else [s.id for s in desk.review.studies]
    claimed = len(pool) if every else _number(only["n"]) if only else 0
    right = found == [one] if one else len(found) == claimed
    line = draft.lines[0]
    first = replace(line, text=f"{'Yes' if right else 'No'}: {line.text[0].lower()}{line.text[1:]}")
    listed = lister.list_studies(plain) if none and len(found) <= _SHOWN else None
    return replace(draft, lines=(first, *draft.lines[1:], *(listed.lines if listed else ())))


def _among(desk: Desk, ask: Ask, study: str) -> Ask:
    """``ask`` of the studies among which one is said to be the only one; of all where no others are named."""
    others = tuple(n for n in ask.named.names if study in n.studies and len(n.studies) > 1)
    pool = frozenset(s for n in others for s in n.studies)
    studies = tuple(s.id for s in desk.review.studies if s.id in pool)
    return replace(ask, studies=studies, named=Named(others), described=bool(others), values=())


def so_many(desk: Desk, asked: Callable[[Ask], list[Fact]], ask: Ask) -> Draft | None:
    """``Did only a single patient have it?`` of one study: by the one number of patients printed; None where there is none."""
    claimed = _SO_MANY.search(ask.focus)
    if claimed is None or len(ask.studies) != 1 or ask.groups or ask.times:
        return None
    if len(ask.measures) == 1:
        facts = [f for f in asked(replace(ask, values=())) if f.n is not None and not f.group]
    elif ask.characteristics == ("n_patients",) and not ask.measures:
        facts = [f for f in desk.selector.reported(ask.studies[0], "n_patients") if f.n and not f.group]
    else:
        return None
    if len({f.n for f in facts}) != 1 or any(v.unit == "%" for v in ask.values):
        return None
    n, told = 1 if claimed["one"] else _number(claimed["n"]), facts[0].n or 0
    held = told <= n if claimed["most"] else told == n
    return answered([verdict_line(desk, held, facts[0])], ask.studies)


def is_of_part(asked: Callable[[Ask], list[Fact]], ask: Ask) -> bool:
    """Whether so many are said to have had something of which only parts are printed: single grades, or arms that nobody named."""
    if not _SO_MANY.search(ask.focus) or len(ask.studies) != 1 or not ask.measures or ask.groups:
        return False
    facts = [f for f in asked(replace(ask, values=())) if f.n is not None]
    apart = len({f.group for f in facts if f.group}) > 1 and not any(not f.group for f in facts)
    return apart or bool(ask.grade and facts and all(f.grade and f.grade != ask.grade for f in facts))


def _only_study(ask: Ask) -> str:
    """The study of ``only study 7 has a number``; "" where none is named so."""
    if _SO_MANY.search(ask.focus):
        return ""
    for name in ask.named.of(*_FIRM):
        before = ask.focus[max(0, name.start - _REACH) : name.start]
        if len(name.studies) == 1 and _ONLY_THIS.search(before):
            return next(iter(name.studies))
    return ""


def of_superlative(desk: Desk, lister: Lister, ask: Ask) -> Draft | None:
    """``Was A the largest of the cell-therapy trials?``: by the one that was; None where that is not asked."""
    firm = [n for n in ask.named.of(*_FIRM) if len(n.studies) == 1]
    if _THAN_OTHERS.search(ask.focus) and not (ask.measures or ask.families or ask.values or ask.groups):
        ask = replace(ask, cues=ask.cues | {"max"}, characteristics=("n_patients",))
    if (
        not ask.has("max", "min")
        or len({n.studies for n in firm}) != 1
        or ask.values
        or len(ask.measures) > 1
    ):
        return None
    study = next(iter(firm[0].studies))
    everyone = common_to_all(desk, ask, study)
    if parts_named(desk, ask, study) or any(not ids <= everyone for _, ids in ask.groups):
        return None  # of its own patients some did best
    others = tuple(n for n in ask.named.names if n not in firm)
    pool = frozenset(s for n in others for s in n.studies)
    if pool and study not in pool:
        return None
    rest = replace(
        ask,
        studies=tuple(s.id for s in desk.review.studies if s.id in pool),
        named=Named(others),
        described=True,
        groups=(),
        cues=ask.cues - {"yes_no", "compare", "difference"},
    )
    ranked = lister.rank(rest)
    facts = [f for line in ranked.lines for f in line.facts] if ranked else []
    if not facts:
        return None
    if _THAN_OTHERS.search(ask.focus):
        of_all_kinds = _OTHERS_ALL.search(ask.focus) and tuple(s.id for s in desk.review.studies)
        return _largest(desk, study, rest.studies or of_all_kinds or ())
    won = [f for f in facts if f.study == study]
    first = verdict_line(desk, bool(won), (won or facts)[0])
    rival = [f for f in facts if f.study != study] if won else []
    measured = facts[0].attribute in desk.vocabulary.measures
    say = desk.speaker.statement if measured else desk.speaker.characteristic
    lines = [first, *(of_fact(say(f), f) for f in rival)]
    own = [] if won else [f for f in desk.selector.reported(study, facts[0].attribute) if not f.group][:1]
    lines += [of_fact(say(f), f) for f in own]
    return answered(dict.fromkeys(lines), [f.study for f in (*facts, *own)])


def _largest(desk: Desk, study: str, pool: Sequence[str]) -> Draft | None:
    """Whether a study had more patients than each of some others, with the numbers of both; None where its own is not given."""
    sizes = {s: f for s in (study, *pool) if (f := size_of(desk, s)) is not None and f.n}
    rivals = [f for s, f in sizes.items() if s != study]
    if study not in sizes or not rivals:
        return None
    own, rival = sizes[study], max(rivals, key=lambda f: f.n or 0)
    lines = [
        verdict_line(desk, (own.n or 0) > (rival.n or 0), own),
        of_fact(desk.speaker.characteristic(rival), rival),
    ]
    return answered(lines, [study, rival.study])


def _number(text: str) -> int:
    return int(text) if text.isdigit() else word_number(text.lower()) or 0
