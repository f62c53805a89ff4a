"""Whether a study's patients were what a question takes them for: of an age, relapsed, newly diagnosed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, Line, answered, of_fact
from assistant.judging.claims import verdict_line
from assistant.lookup.diseases import by_disease
from assistant.lookup.opposites import opposed
from assistant.model import Fact, Kind, Passage
from assistant.question.reader import Ask
from assistant.text.ages import ages_claimed, ages_named, ages_of_group, printed_range
from assistant.text.excerpt import excerpt
from assistant.text.text import tokens

_ONLY = re.compile(
    r"(?<!-)\b(?:only|exclusively|solely|purely|entirely|just|all|every\w*|restricted|limited|confined)\b",
    re.IGNORECASE,
)
_ROOT = 6
"""Letters that the words of one family share: ``irradiated`` and ``irradiation``."""
_SHORT = 4
"""Letters up to which a word tells too little."""
_TAKEN_IN = frozenset(
    w[:_ROOT]
    for w in "patient adult child children people enrolled included recruited treated given received allowed eligible disease trial study "
    "cohort population years older younger aged infused relapsed refractory newly diagnosed previously untreated".split()
)
"""What any question about the patients of a study may say."""
_MOST = 4
"""Studies that are gone through at most."""
_STATE = re.compile(r"\brelapsed\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|never|no|exclud\w*|without)\b|n't\b", re.IGNORECASE)
_RATHER = re.compile(r"\b(?:rather than|instead of|as opposed to|and not)\b", re.IGNORECASE)
_COMPARING = re.compile(
    r"\b(?:included|enrolled|recruited|allowed|admitted|eligible|taken|part) (?:in|into|for|of|to) (?:the|that|this)"
    r" (?:[\w-]+ )?(?:study|trial|one)"
    r" (?:comparing|of|with|on|that compared)\b",
    re.IGNORECASE,
)
"""Tells the study by what it compared."""
_WAS_GIVEN = re.compile(
    r"\W*(?:was|were|is|are) (?P<what>[\w/-]+(?: [\w/-]+)?) (?:also )?(?:given|added|offered|used) (?:to|in|for|only)\b",
    re.IGNORECASE,
)
"""Asks of a drug who had it."""
_MOST_RANGES = 9
"""Studies whose ages one answer gives."""
_FREE = frozenset({"population", "disease", "age_range", "n_patients"})
"""Characteristics that a question about who the patients were may name."""


def patients_claimed(desk: Desk, ask: Ask) -> Draft | None:
    """``Did it include children?``, ``Was it done in relapsed disease?``: by the ages or the words printed."""
    if 1 < len(ask.studies) <= _MOST and not ask.clash:
        return _of_several(desk, ask)
    ask = _without_others(_of_those_taken(_with_state(desk, ask)))
    if len(ask.studies) != 1 or ask.measures or ask.families or ask.times or ask.has("compare", "difference"):
        return None
    if any(v.unit in {"patients", "%"} for v in ask.values):
        return None
    if set(ask.characteristics) - _FREE or _NOT.search(ask.focus) or _says_more(desk, ask):
        return None
    if _is_of_added_drug(desk, ask):
        return None
    return (
        _by_age(desk, ask, ask.studies[0])
        or _by_parts(desk, ask, ask.studies[0])
        or _by_words(desk, ask, ask.studies[0])
        or _as_contrasted(desk, ask, ask.studies[0])
    )


def _says_more(desk: Desk, ask: Ask) -> bool:
    """Whether a question has a word of its own of which a sentence of the study tells: ``were they irradiated``."""
    known = {k for k, _ in ask.aliases} | {t.key for n in ask.named.names for t in tokens(n.text)}
    known |= {t.key for label, _ in ask.groups for t in tokens(label)} | desk.vocabulary.scaffold
    left = {k[:_ROOT] for k in ask.content if k not in known and len(k) > _SHORT} - _TAKEN_IN
    own = (
        p for p in desk.review.passages if p.studies[:1] == ask.studies and p.locator.kind is Kind.SENTENCE
    )
    first = next(own, None)
    told = {t.key[:_ROOT] for p in own for t in tokens(p.text) if len(t.key) > _SHORT}
    return bool(left & (told - ({t.key[:_ROOT] for t in tokens(first.text)} if first else set())))


def _is_of_added_drug(desk: Desk, ask: Ask) -> bool:
    """Whether it is asked who got something that is not the treatment which the study's patients had."""
    given = _WAS_GIVEN.match(ask.focus)
    known = desk.vocabulary.scaffold | {t.key for n in ask.named.names for t in tokens(n.text)}
    known |= {t.key for f in desk.selector.reported(ask.studies[0], "agents") for t in tokens(f.value)}
    return given is not None and any(t.key not in known for t in tokens(given["what"]))


def of_age_anywhere(desk: Desk, ask: Ask) -> Draft | None:
    """``Were kids treated in the CAR-T studies?``, ``Is anyone over 80 in any study?``: by the printed ranges of ages."""
    if len(ask.studies) == 1 or ask.measures or ask.families or ask.times or ask.has("compare", "difference"):
        return None
    if ages_claimed(ask.focus) is not None or ask.named.of("author", "number", "nct"):
        return None
    if set(ask.characteristics) - _FREE or _NOT.search(ask.focus) or _ONLY.search(ask.focus) or ask.unheard:
        return None
    told = [a for _, ids in ask.groups for i in ids if (a := ages_of_group(i)) is not None]
    asked = ages_named(ask.focus) or (told[0] if len(told) == len(ask.groups) == 1 else None)
    if asked is None:
        return None
    studies = ask.studies or tuple(s.id for s in desk.review.studies)
    facts = [f for s in studies for f in desk.selector.reported(s, "age_range")[:1] if not f.group]
    ranges = [(f, r) for f in facts if (r := printed_range(f.value)) is not None]
    held = [f for f, (youngest, oldest) in ranges if youngest <= asked[1] and asked[0] <= oldest]
    shown = (held or [f for f, _ in ranges])[:_MOST_RANGES]
    if not shown:
        return None
    rest = [of_fact(desk.speaker.characteristic(f), f) for f in shown[1:]]
    return answered([verdict_line(desk, bool(held), shown[0]), *rest], [f.study for f in shown])


def _of_several(desk: Desk, ask: Ask) -> Draft | None:
    """``do the trials of the drug include children``: yes with those that do, no where each says it did not."""
    drafts = [patients_claimed(desk, replace(ask, studies=(s,))) for s in ask.studies]
    lines = [line for d in drafts if d is not None for line in d.lines[:1]]
    some = [line for line in lines if line.text.startswith("Yes")]
    only = bool(_ONLY.search(ask.focus))
    if not lines or (not some and not only and None in drafts and len(lines) < 2):
        return None
    shown = some or lines
    if some and only and (len(some) < len(lines) or None in drafts):
        shown = [line for line in lines if line not in some]
    if not shown:
        return None
    rest = [replace(line, text=re.sub(r"^(?:Yes|No): ", "", line.text)) for line in shown[1:]]
    rest = [replace(line, text=line.text[0].upper() + line.text[1:]) for line in rest]
    return answered([shown[0], *rest], [s for line in shown for _, s in line.support])


def _without_others(ask: Ask) -> Ask:
    """``ask`` without the patients that it says were not meant: ``newly diagnosed rather than relapsed``."""
    others = _RATHER.search(ask.focus)
    if others is None:
        return ask
    left = tuple(g for g in ask.groups if 0 <= ask.focus.find(g[0]) < others.start())
    return replace(ask, groups=left) if left else ask


def _of_those_taken(ask: Ask) -> Ask:
    """``were children in the study comparing A with B?`` without what it says of the study."""
    study = _COMPARING.search(ask.focus)
    if study is None:
        return ask
    kept = tuple(g for g in ask.groups if 0 <= ask.focus.find(g[0]) < study.start())
    return replace(ask, groups=kept, cues=ask.cues - {"compare", "difference"}) if kept else ask


def _with_state(desk: Desk, ask: Ask) -> Ask:
    """``were all of them relapsed?`` asks who the patients were, where no relapses are reported."""
    state = _STATE.search(ask.focus)
    if ask.measures != ("relapse",) or state is None or len(ask.studies) != 1 or ask.groups:
        return ask
    if desk.selector.reported(ask.studies[0], "relapse"):
        return ask
    return replace(ask, measures=(), groups=((state[0], frozenset({"relapsed"})),))


def _by_age(desk: Desk, ask: Ask, study: str) -> Draft | None:
    """By the printed range of ages, where the question bounds an age or names an age group."""
    told = [a for _, ids in ask.groups for i in ids if (a := ages_of_group(i)) is not None]
    claimed = ages_claimed(ask.focus)
    facts = [f for f in desk.selector.reported(study, "age_range") if not f.group]
    if claimed is not None and facts and (printed := printed_range(facts[0].value)) is not None:
        return answered([verdict_line(desk, claimed == printed, facts[0])], ask.studies)
    asked = ages_named(ask.focus) or (told[0] if len(told) == 1 and len(ask.groups) == 1 else None)
    facts = [f for f in desk.selector.reported(study, "age_range") if not f.group]
    held = next(((f, r) for f in facts if (r := printed_range(f.value)) is not None), None)
    if asked is None or held is None:
        return None
    fact, (youngest, oldest) = held
    some = youngest <= asked[1] and asked[0] <= oldest
    every = asked[0] <= youngest and oldest <= asked[1]
    return answered([verdict_line(desk, every if _ONLY.search(ask.focus) else some, fact)], ask.studies)


_TAKEN = re.compile(
    r"\b(?:includ(?:e|es|ed)|enrol+(?:s|ed)?|recruit(?:s|ed)?|admit(?:s|ted)?|accept(?:s|ed)?|take[ns]?(?: in)?|took|among"
    r"|(?:were|are|was|is) there)\b",
    re.IGNORECASE,
)
"""Asks whether some were among the patients."""
_QUALIFIED = re.compile(
    r"\b(?:not|no|never|nobody|none|neither|nor|without|hardly|barely|scarcely|few\w*|most\w*|main\w*|many|more|less|too|fail\w*|unable"
    r"|stop\w*|ceas\w*|refus\w*|both|half|majority|how|why|when|which|what|who|than|first|later|before|after)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
"""Asks more than whether they were, or the opposite."""
_ENDS = re.compile(
    r"(?: patients| cases| disease)?(?: (?:includ|enrol|recruit|admit|accept|taken)\w*(?: in)?)?(?: (?:in|of|for|at|by|among)\b[^?]*)?\W*",
    re.IGNORECASE,
)
"""What may stand behind the patients asked about, of whom it says nothing."""
_STATES = frozenset({"relapsed", "refractory", "relapsed-refractory", "newly-diagnosed"})


def _by_parts(desk: Desk, ask: Ask, study: str) -> Draft | None:
    """``Were all of them relapsed?`` by the numbers of patients of the parts, where one is of others."""
    if len(ask.groups) != 1:
        return _by_disease(desk, ask, study)
    found = desk.review.reader.matchers.populations.find(tokens(ask.focus))
    unsaid = _STATES - {i for m in found for i in m.ids}  # a part may be told by more: "R/R ETP-ALL"
    ids = (ask.groups[0][1] & frozenset(desk.vocabulary.populations)) - unsaid
    wanted = ids | ({"relapsed-refractory"} if ids & {"relapsed", "refractory"} else set())
    parts = [f for f in desk.selector.reported(study, "n_patients") if f.group and f.n]
    own = [f for f in parts if wanted & f.group]
    others = [f for f in parts if {desk.vocabulary.populations[i].opposite for i in wanted} & f.group]
    if not own or not others:
        return _by_exact_part(desk, ask, parts) or _by_disease(desk, ask, study)
    if _ONLY.search(ask.focus):
        return answered([verdict_line(desk, False, others[0])], ask.studies)
    return answered([verdict_line(desk, True, own[0])], ask.studies)


def _by_exact_part(desk: Desk, ask: Ask, parts: Sequence[Fact]) -> Draft | None:
    """``Did it include A?``, ``Was it only A?`` of parts that exclude each other, as diseases and arms do."""
    label, ids = ask.groups[0]
    own = next((f for f in parts if f.group == ids), None)
    at = ask.focus.find(label)
    if own is None or at < 0 or ask.values or _QUALIFIED.search(ask.focus):
        return None
    if not _ENDS.fullmatch(ask.focus, at + len(label)):
        return None  # "were they treated for longer"
    known_words = {k for k, _ in ask.aliases} | {t.key for n in ask.named.names for t in tokens(n.text)}
    known_words |= {t.key for t in tokens(label)} | desk.vocabulary.scaffold
    if any(k not in known_words and not _TAKEN.match(k) for k in ask.content):
        return None  # "just one medicine was approved for A"
    if not _ONLY.search(ask.focus):
        return answered([verdict_line(desk, True, own)], ask.studies) if _TAKEN.search(ask.focus) else None
    known = frozenset(desk.vocabulary.populations)
    alike = [f for f in parts if f.passage == own.passage and not known & (f.group | own.group)]
    beside = next((f for f in alike if not f.group & own.group), None)
    of_them = re.search(r"\b(?:all|every|each)(?: of)?(?: the)? $", ask.focus[:at], re.IGNORECASE)
    if beside is None or of_them or not _ONLY.search(ask.focus[:at]):
        return None
    return answered([verdict_line(desk, False, beside)], ask.studies)


def _by_disease(desk: Desk, ask: Ask, study: str) -> Draft | None:
    """``Did it enrol only leukaemia?`` by the parts with leukaemia and with lymphoma."""
    named = [ids for _, ids in by_disease(desk, ask, study)]
    if len(named) != 1:
        return None
    parts = [f for f in desk.selector.reported(study, "n_patients") if f.group and f.n]
    own = [f for f in parts if f.group == named[0]]
    others = [f for f in parts if not f.group & named[0] and own and f.passage == own[0].passage]
    if not own or not others:
        return None
    only = bool(_ONLY.search(ask.focus))
    return answered([verdict_line(desk, not only, others[0] if only else own[0])], ask.studies)


def _by_words(desk: Desk, ask: Ask, study: str) -> Draft | None:
    """``No: …`` with the sentence that says what the patients were, where that is the opposite."""
    against = opposed(desk, study, (ids for _, ids in ask.groups)) | _lacked(desk, ask, study)
    said = passage_on(desk, study, against) if against else None
    if said is None:
        return None
    part = said.text
    if _named(desk, part) & against:
        part = excerpt(part, lambda p: bool(_named(desk, p) & against))
    facts: tuple[Fact, ...] = ()
    return answered(
        [Line(f"No: {part}", ((said.id, study),), facts, verbatim=part == said.text)], ask.studies
    )


def _lacked(desk: Desk, ask: Ask, study: str) -> frozenset[str]:
    """Ids of what all patients of a study were without, of that which a question takes them to have."""
    held = desk.review.populations.get(study, frozenset())
    own = {i for f in desk.selector.of(study) for i in f.group}
    return frozenset(f"no-{i}" for _, ids in ask.groups for i in ids - held - own) & held


def _as_contrasted(desk: Desk, ask: Ask, study: str) -> Draft | None:
    """``Yes: …`` where all of a study's patients were of the one sort that a question sets against another."""
    whom = frozenset[str]().union(*(ids for _, ids in ask.groups))
    if (
        not whom
        or not _RATHER.search(ask.focus)
        or not whom <= desk.review.populations.get(study, frozenset())
    ):
        return None
    said = passage_on(desk, study, whom)
    return (
        answered([Line(f"Yes: {said.quote}", ((said.id, study),), verbatim=True)], ask.studies)
        if said
        else None
    )


def passage_on(desk: Desk, study: str, groups: frozenset[str]) -> Passage | None:
    """The first sentence on a study that names one of ``groups``, or says that they are ``without`` what one (``no-x``) is named by."""
    own = (p for p in desk.review.passages if p.studies[:1] == (study,) and p.locator.kind is Kind.SENTENCE)
    lacking = {i.removeprefix("no-") for i in groups if i.startswith("no-")}
    return next(
        (
            p
            for p in own
            if (named := _named(desk, p.text)) & groups
            or (named & lacking and re.search(r"\bwithout\b", p.text))
        ),
        None,
    )


def _named(desk: Desk, text: str) -> frozenset[str]:
    return frozenset(m.ids[0] for m in desk.review.reader.matchers.populations.find(tokens(text)))
