"""The last look at a verdict: one that a sentence denies is turned, and one that a quoted clause bears is put before it.

``Yes:`` is not said before ``No trial compared A with B``; ``was B7 lost?`` is answered by ``No:`` before ``… but B7 was retained``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant import lazy_re as re
from assistant.answer.marked import markers
from assistant.answer.traits import of_trait
from assistant.desk import Desk
from assistant.draft import VERDICT, Draft, answered
from assistant.judging.sides_claimed import CONFIRMED
from assistant.model import Kind, Passage, Status
from assistant.question.reader import Ask
from assistant.say import upper_first
from assistant.telling.bearing import borne
from assistant.telling.describe import Describer
from assistant.telling.entailing import DENIAL, is_opposite
from assistant.telling.members import is_of_another
from assistant.telling.verdict_words import BESIDE, EVERY
from assistant.text.idle import IDLE
from assistant.text.text import fold, key_of, tokens
from assistant.vocabulary.wording import any_of

_DENIES = re.compile(r"Yes: (?=(?:No|None|Neither|Nobody|Not (?:a|one|any))\b)")
_NONE_THERE = re.compile(
    r"\W*(?:so |and )?(?:was|were|is|are) there (?:no|not any|never any)\b", re.IGNORECASE
)
"""``Was there none?``, to which Yes may mean both."""
_DENIED = re.compile(
    r"\b(?:not|no|nobody|never|none|without|neither|lack\w*|absen\w*|free of)\b|n't\b", re.IGNORECASE
)
_JUDGED = re.compile(
    r"\b(?:safe\w*|tolera\w+|feasib\w+|harmless|well|good|manageable|spared|clean|favou?rable|mild)\b",
    re.IGNORECASE,
)
"""Asks for what the lack of something speaks for."""
_CLAIMS_NOBODY = re.compile(
    r"\W*(?:(?:so far|to date|as yet|yet|and|so|but)\W+)*(?:is it (?:true|right|correct|so) that "
    r"(?:(?:so far|to date|as yet|yet),? )?|did |was |were |has |have |had )?"
    r"(?:nobody|no[ -]one|none of|no (?:patients?|people|deaths?|cases?|subjects?|participants?))\b",
    re.IGNORECASE,
)
"""Puts forward that nobody had it."""
_OF_NOBODY = re.compile(
    r"\b(?:no|nobody|none|not|never|without|zero|nor|neither|0|absent)\b|n['\u2019]t\b", re.IGNORECASE
)
_MATTERS = re.compile(
    r"\b(?:matter(?:s|ed)?|influence[sd]?|affect(?:s|ed)?|depend(?:s|ed|ent)?|related to|(?:a|any|some) role|impact(?:s|ed)?"
    r"|ma[kd]e (?:a|any) difference)\b",
    re.IGNORECASE,
)
_NO_MATTER = re.compile(
    r"\b(?:regardless|irrespective|independent(?:ly)?) of\b|\bnot (?:related|dependent|affected|influenced)\b|\bunrelated\b",
    re.IGNORECASE,
)
"""Asks whether a thing has to do with an outcome, and says that it has not."""
_ENOUGH = 0.5
_LOST = r"\b(?:los[est]\w*|loss|disappear\w*|vanish\w*|gone|down-?regulated)\b"
_KEPT = r"\b(?:retain\w*|preserv\w+|maintain\w*|kept|unaffected|intact|unchanged|persist\w*|still (?:present|expressed))\b"
_STATES = tuple(
    tuple(any_of(p) for p in row)
    for row in (
        (_LOST, _LOST, _KEPT),
        (_KEPT, _KEPT, _LOST),
        (
            r"\b(?:impair\w*|affect\w*|weaken\w*|abolish\w*|disrupt\w*|abrogat\w*)\b",
            r"\b(?:impair\w*|affected|weaken\w*|abolish\w*|disrupt\w*|abrogat\w*)\b",
            _KEPT,
        ),
        (
            r"\b(?:need(?:s|ed)?|requir\w+|must|had to|have to|necessary|mandatory|prerequisite|only)\b",
            r"\b(?:requir\w+|mandatory|prerequisite|necessary)\b",
            r"\b(?:regardless|irrespective) of\b",
        ),
        (
            r"\b(?:benefit\w*|effect|advantage|difference|gain)\b",
            r"(?!)",
            r"\babsent\b",
        ),
        (
            r"\b(?:increas\w+|rais(?:e|es|ed)|more (?:frequent|common|often)\w*|higher|commoner)\b",
            r"(?!)",
            r"\bnot (?:significantly |clearly )?(?:increased|raised|higher|more (?:frequent|common))\b",
        ),
        (
            r"\b(?:reduc\w+|lower(?:s|ed)?|decreas\w+|cut|prevent\w*|less (?:frequent|common|often)\w*|rarer|fewer)\b",
            r"\bless (?:frequent|common|often)\b",
            r"\bnot (?:significantly |clearly )?(?:reduced|lower(?:ed)?|less (?:frequent|common))\b"
            r"|\bnot associated with an? (?:\w+ )?(?:reduction|decrease)\b",
        ),
        (
            r"\bpredict\w*|\bforet\w+|\bassociated with\b",
            r"\bpredict(?:ed|ive|s)\b",
            r"(?!)",
        ),
    )
)
"""How something is asked about, how a clause says that it was so, and how that it was not."""
_OF_ITSELF = frozenset(row[0] for row in _STATES[:2])
"""Ways of asking what became of the thing named, and not what that did to another."""
_BRACKETS = re.compile(r"\s*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])")
_PARTS = re.compile(
    r"\s*[;:]\s+|,?\s+(?=(?:but|whereas|while|although|though|yet)\b)"
    r"|,?\s+and\s+(?=(?:absent|was|were|did|had|is|are|has|so|in|of|not|no|yet|still|loss|lack|gain|absence|reactivation)\b)"
)
_BUT_NOT = re.compile(r",?\s+but not (?P<other>[^,;]+),?\s+", re.IGNORECASE)
"""Sets a thing apart, in the midst of a clause, of which it does not hold: ``A, but not B, predicted it``."""
_SAID_ANYHOW = frozenset(
    map(
        key_of,
        "significant significantly independently independent clear clearly status eligible earlier previous patient also seen "
        "rate cell product treatment".split(),
    )
)
_EVERY = re.compile(r"\b(?:all|every\w*|each|only|always|any|no|none|ever|most|first|best)\b", re.IGNORECASE)


def turned(desk: Desk, describer: Describer, ask: Ask, draft: Draft) -> Draft | None:
    """The draft with ``No:`` in place of ``Yes:`` before such a sentence; None where there is nothing to turn.

    Args:
        desk: the review's facts and words.
        describer: compares words.
        ask: the question.
        draft: what was found.
    """
    first = draft.lines[0] if draft.lines else None
    if first is not None and _NONE_THERE.match(ask.focus) and first.text.startswith("Yes: ") and first.facts:
        line = replace(first, text=upper_first(first.text.removeprefix("Yes: ")))
        return replace(draft, lines=(line, *draft.lines[1:]))
    if first is None:
        return None
    if (
        first.text.startswith("Yes: ")
        and _CLAIMS_NOBODY.match(ask.focus)
        and not _OF_NOBODY.search(first.text)
    ):
        line = replace(first, text=f"No: {first.text.removeprefix('Yes: ')}")
        return replace(draft, lines=(line, *draft.lines[1:]))
    if _DENIED.search(ask.focus):
        return None
    if first.text.startswith("Yes: ") and _MATTERS.search(ask.focus) and _NO_MATTER.search(first.text):
        line = replace(first, text=f"No: {first.text.removeprefix('Yes: ')}")
        return replace(draft, lines=(line, *draft.lines[1:]))
    if not _DENIES.match(first.text) or _JUDGED.search(ask.focus):
        return None
    keys = [k for k in ask.content if k not in desk.vocabulary.scaffold]
    held = sum(describer.matching.is_in(ask, k, first.text) for k in keys)
    if not keys or held / len(keys) < _ENOUGH:
        return None
    line = replace(first, text=_DENIES.sub("No: ", first.text))
    return replace(draft, lines=(line, *draft.lines[1:]))


def decided(desk: Desk, describer: Describer, ask: Ask, draft: Draft) -> Draft | None:
    """The draft with ``Yes:`` or ``No:`` before the one sentence it quotes, where a clause of that decides; else None.

    Args:
        desk: the review's facts and words.
        describer: compares words.
        ask: the question.
        draft: what was found.
    """
    if not _is_asked(ask):
        return None
    if ask.grade and (graded := _of_grade(desk, describer, ask)) is not None:
        return graded if draft.status is Status.DECLINED or EVERY.search(ask.focus) else None
    if ask.grade and draft.status is Status.DECLINED:
        return None
    if (trait := of_trait(desk, describer, ask, draft)) is not None:
        return trait
    if BESIDE.search(ask.focus) and (alone := _of_no_other(desk, describer, ask)) is not None:
        return alone
    if draft.status is not Status.ANSWERED or len(draft.lines) != 1:
        return None
    line = draft.lines[0]
    place = desk.selector.places.get(line.support[0][0]) if line.support else None
    if place is None or not describer.is_prose(place) or (ask.studies and not _is_on(ask, place)):
        return None
    said = VERDICT.sub("", line.text)
    if _is_given_to_others(ask, place):
        verdict = "" if _DENIED.search(ask.focus) or not _asks_for_whom(desk, ask) else "No: "
        return replace(draft, lines=(replace(line, text=f"{verdict}{upper_first(said)}", facts=()),))
    quoted = place.locator.kind is Kind.CELL or said.strip("\u2026. ") in place.text
    if said != line.text and not quoted:
        return None
    firm = borne(desk, describer.matching, ask, place, _special(desk, ask))
    verdict = firm or _of_state(desk, describer, ask, place)
    if not verdict:
        return None
    line = replace(line, text=said, facts=()) if quoted else describer.quoting(place)
    lines = (replace(line, text=f"{verdict}: {line.text}", facts=()),)
    return replace(draft, lines=lines, accounted=bool(firm))


def _is_given_to_others(ask: Ask, place: Passage) -> bool:
    """Whether a sentence that lists what each of several groups got gives a drug asked about to another group."""
    drugs = [frozenset(t.key for t in tokens(n.text)) for n in ask.named.of("agent", "code")]
    groups = [frozenset(t.key for t in tokens(label)) for label, _ in ask.groups]
    return any(is_of_another(place.text, drug, whom) for drug in drugs for whom in groups if not drug & whom)


def _asks_for_whom(desk: Desk, ask: Ask) -> bool:
    """Whether a question asks of a drug for whom it was, and nothing more."""
    named = {t.key for n in ask.named.names for t in tokens(n.text)}
    named |= {t.key for label, _ in ask.groups for t in tokens(label)}
    return all(k in named | desk.vocabulary.scaffold | IDLE for k in ask.content)


def _is_asked(ask: Ask) -> bool:
    """Whether a question is of yes or no and no other."""
    refused = ask.advice or ask.injected or ask.clash or ask.named.missing or ask.translated
    asks = ask.has("yes_no") or CONFIRMED.search(ask.focus) or CONFIRMED.search(ask.text)
    return bool(asks) and not refused and not ask.has("why", "list", "count_studies", "max", "min")


def _is_on(ask: Ask, place: Passage) -> bool:
    return not place.studies or (len(ask.studies) == 1 and place.studies[:1] == ask.studies)


def _special(desk: Desk, ask: Ask) -> frozenset[str]:
    return markers(desk, ask) if len(ask.studies) == 1 else frozenset()


def _of_grade(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """``No:`` with the sentence that caps an event's grades below the one asked for, ``Yes:`` where all were of it; None without one."""
    if len(ask.studies) != 1 or not ask.measures:
        return None
    own = (p for p in desk.review.passages if p.studies[:1] == ask.studies)
    return _denied_by(desk, describer, ask, own)


def _of_no_other(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """``No:`` with the sentence on no study that says it of the one thing set apart alone; None without one."""
    return _denied_by(desk, describer, ask, (p for p in desk.review.passages if not p.studies))


def _denied_by(desk: Desk, describer: Describer, ask: Ask, places: Iterable[Passage]) -> Draft | None:
    """``No:`` with the first of some sentences that bears it; None without one."""
    for place in places:
        firm = borne(desk, describer.matching, ask, place) if place.locator.kind is Kind.SENTENCE else ""
        if firm == "No" or (firm and ask.grade):
            line = describer.quoting(place)
            line = replace(line, text=f"{firm}: {line.text}", facts=())
            return replace(answered([line], ask.studies), accounted=True)
    return None


def _of_state(desk: Desk, describer: Describer, ask: Ask, place: Passage) -> str:
    """The verdict on what became of a thing that a clause names, whose other words the sentence says elsewhere."""
    firm = len(ask.studies) == 1 and place.locator.kind is Kind.SENTENCE and place.studies[:1] == ask.studies
    if (
        not firm
        or ask.values
        or not ask.has("yes_no")
        or _DENIED.search(ask.focus)
        or _EVERY.search(ask.focus)
    ):
        return ""
    verdicts = set(_verdicts(desk, describer, ask, place))
    return verdicts.pop() if len(verdicts) == 1 else ""


def _verdicts(desk: Desk, describer: Describer, ask: Ask, place: Passage) -> Iterator[str]:
    """What each clause of a sentence says to a question."""
    text = _BRACKETS.sub("", fold(place.text))
    keys = _keys(desk, describer, ask, place)
    special = list(markers(desk, ask)) or [k for k in _labels(desk, ask) if k in keys]
    if not (keys or special) or not all(describer.matching.is_in(ask, k, text) for k in keys):
        return
    for clause, holds in _clauses(text):
        held = [k for k in special or keys if describer.matching.is_in(ask, k, clause)]
        if not held or (not special and len(held) < len(keys)):
            continue
        whole = all(describer.matching.is_in(ask, k, clause) for k in keys)
        for asked, so, not_so in _STATES:
            if not asked.search(fold(ask.focus)) or not (whole or asked in _OF_ITSELF):
                continue
            if not holds:
                yield from ("No",) if so.search(text) else ()
            elif not_so.search(clause):
                yield "No"
            elif so.search(clause) and not DENIAL.search(clause):
                yield "No" if is_opposite(ask.focus, clause) else "Yes"


def _clauses(text: str) -> Iterator[tuple[str, bool]]:
    """The clauses of a sentence; whether what it says holds of each."""
    if apart := _BUT_NOT.search(text):
        yield apart["other"], False
        text = f"{text[: apart.start()]} {text[apart.end() :]}"
    for part in _PARTS.split(text):
        yield part, True


def _labels(desk: Desk, ask: Ask) -> set[str]:
    return {t.key for label, _ in ask.groups for t in tokens(label)} - desk.vocabulary.scaffold


def _keys(desk: Desk, describer: Describer, ask: Ask, place: Passage) -> list[str]:
    """Keys of what the question says beside its study and the state it asks about."""
    focus = fold(ask.focus)
    empty = {t.key for row in _STATES for m in row[0].finditer(focus) for t in tokens(m[0])}
    empty |= describer.matching.own_names(ask, place) | desk.vocabulary.scaffold | _SAID_ANYHOW
    empty |= {t.key for n in ask.named.of("topic") for t in tokens(n.text)}
    own = (
        p for p in desk.review.passages if p.studies[:1] == ask.studies and p.locator.kind is Kind.SENTENCE
    )
    first = next((p.text for p in own), "")
    themes = describer.matching.words(first).terms
    empty |= {k for k, term in ask.aliases if term in themes and term in ask.measures}
    return [k for k in ask.content if k not in empty]
