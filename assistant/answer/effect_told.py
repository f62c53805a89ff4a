"""Whether an effect was there for some patients, or was significant, where a sentence says so in words.

``Did those of 75 and older benefit, too?`` is answered by ``no benefit was discernible in patients aged 75 years or older``, and not
by comparing figures of others.
"""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, answered
from assistant.model import Kind, Passage
from assistant.question.reader import Ask
from assistant.telling.describe import Describer, is_named
from assistant.text.text import fold, key_of, tokens

_ASKED = re.compile(
    r"\b(?:benefit\w*|help\w*|profit\w*|gain\w*|work\w*|effective|effect|improve\w*|lower|reduce|raise|increase|prolong|better|worse|superior|differ\w*"
    r"|advantage|matter|influence|affect|hold|apply|make a difference|significan\w+|fewer|less|more)\b",
    re.IGNORECASE,
)
"""Asks for an effect."""
_SIGNIFICANT = re.compile(r"\bsignifican\w+", re.IGNORECASE)
_TOO = re.compile(r"\b(?:too|also|as well|even|still|likewise|equally)\b", re.IGNORECASE)
_EFFECT = re.compile(
    r"\b(?:benefit\w*|advantage|effects?|differ\w*|associated|improv\w+|prolong\w*|better|worse|superior|fewer|lower"
    r"|higher|longer|more frequent|less frequent"
    r"|significan\w+|gain\w*|influence\w*|fared|favou?r\w*)\b",
    re.IGNORECASE,
)
"""States one, or that there was none."""
_NOT = re.compile(
    r"\b(?:no(?! more| longer| less)|not|neither|nor|without|did not|failed to|absent|lacking|lost|disappeared|missed)\b|n't\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:who|that|which|those|than)\s+(?:did|had|were|was|have|has)\s+not\b|\b(?:or|whether or) not\b|\bnot (?:yet "
    r"|been )?(?:reached|estimable|available)\b",
    re.IGNORECASE,
)
"""Denies something of others."""
_LACKING = re.compile(r"\b(?:without|no|not|lacking)\b", re.IGNORECASE)
_BENEFIT_ASKED = re.compile(
    r"\b(?:benefit\w*|help\w*|profit\w*|gain\w*|work\w*|effective|advantage)\b", re.IGNORECASE
)
_BENEFIT = re.compile(
    r"\b(?:benefit\w*|advantage|effects?|differ\w*|improv\w+|prolong\w*|better|superior|gain\w*|fared|favou?r\w*|RFS|EFS|PFS|DFS|OS|survival)\b"
)
_SO = re.compile(
    r"\b(?:preserved|maintained|held|consistent|similar|seen|also|both|as well|too|greatest|largest|evident|confirmed"
    r"|persisted|irrespective|regardless"
    r"|better|fewer|lower|longer|higher|more frequent|improved)\b",
    re.IGNORECASE,
)
"""Says that it was there."""
_PARTS = re.compile(
    r"(?:[,;]\s+(?=(?:but|whereas|while|although|though|and|yet|neither|nor)\b)|;\s+|\s+(?=but (?:not|it|was|were|did)\b))"
)
_PEOPLE = frozenset(
    key_of(w)
    for w in "patient patients people those adults children group arm stratum subgroup cohort aged years year week month".split()
)
_JOINING = frozenset("the a an of and or with in on for who had have over above than at".split())
_ENOUGH = 0.6
"""Share of what a question says beside the patients that the sentence must hold."""


def effect_told(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """``Yes:`` or ``No:`` with the sentence that says it of the very patients named; None where none does or it is not asked."""
    refused = ask.advice or ask.injected or ask.clash or ask.named.missing or ask.translated or ask.unheard
    if (
        refused
        or not ask.has("yes_no")
        or ask.has("why", "count_studies", "list")
        or len(ask.studies) != 1
        or ask.values
    ):
        return None
    if not _ASKED.search(ask.focus) or not (is_named(ask) or ask.named.names):
        return None
    drugs = {t.key for n in ask.named.of("agent", "code", "number", "author", "nct") for t in tokens(n.text)}
    labels = [label for label, _ in ask.groups if {t.key for t in tokens(label)} - drugs - _PEOPLE - _JOINING]
    whom = [{t.key for t in tokens(label) if not t.text.isdigit()} - _PEOPLE - _JOINING for label in labels]
    numbers = [set(re.findall(r"\d+", label)) for label in labels]
    if len(ask.groups) > 1 and ask.has("compare") and not _SIGNIFICANT.search(ask.focus):
        return None  # "better in A than in B" is told by the figures of both
    significant = bool(_SIGNIFICANT.search(ask.focus))
    if not any(whom) and not any(numbers) and not significant:
        return None
    said = {t.key for m in (_ASKED, _TOO) for found in m.finditer(ask.focus) for t in tokens(found[0])}
    if significant:
        said |= {t.key for n in ask.named.of("topic") for t in tokens(n.text)}
    keys = [k for k in ask.content if k not in desk.vocabulary.scaffold | drugs | said | _PEOPLE]
    told = [
        (verdict, p)
        for p in _sentences(desk, ask)
        if (verdict := _verdict(describer, ask, p, keys, whom, numbers, significant))
    ]
    if len({verdict for verdict, _ in told}) != 1:
        return None
    verdict, passage = told[0]
    line = describer.quoting(passage)
    return replace(
        answered([replace(line, text=f"{verdict}: {line.text}", facts=())], ask.studies), told=True
    )


def _sentences(desk: Desk, ask: Ask) -> list[Passage]:
    return [
        p for p in desk.review.passages if p.locator.kind is Kind.SENTENCE and p.studies[:1] == ask.studies
    ]


def _verdict(
    describer: Describer,
    ask: Ask,
    passage: Passage,
    keys: list[str],
    whom: list[set[str]],
    numbers: list[set[str]],
    significant: bool,
) -> str:
    """``Yes`` or ``No``, where a clause on the patients named says whether there was an effect; "" where none does."""
    text, matching = passage.text, describer.matching
    benefit = not keys and not significant and _BENEFIT_ASKED.search(ask.focus)
    if not (_BENEFIT if benefit else _EFFECT).search(text):
        return ""
    held = sum(matching.is_in(ask, k, text) for k in keys)
    if keys and held / len(keys) < _ENOUGH:
        return ""
    for clause in _PARTS.split(text):
        folded = fold(clause)
        named = all(_names(describer, ask, w, clause) for w in whom)
        named = named and all(n <= set(re.findall(r"\d+", folded)) for n in numbers)
        if significant:
            near = [k for k in keys if matching.near(k, matching.words(clause))]
            if not _SIGNIFICANT.search(folded) or not named or (keys and not near):
                continue
        elif not named or not (any(whom) or any(numbers)):
            continue
        if _NOT.search(_OTHERS.sub(" ", folded)):
            return "No"
        if significant or (_SO.search(folded) and _EFFECT.search(folded)):
            return "Yes"
    return ""


def _names(describer: Describer, ask: Ask, whom: set[str], clause: str) -> bool:
    """Whether a clause speaks of the patients that some words name; of those without it where the words say so, and else of no such."""
    if not all(describer.matching.is_in(ask, k, clause) for k in whom):
        return False
    held = [t for t in tokens(clause) if t.key in whom]
    lacking = any(
        re.search(r"\b(?:without|lacking|no)(?: [\w-]+)?\s*$", clause[: t.start], re.IGNORECASE) for t in held
    )
    return lacking == bool(_LACKING.search(" ".join(whom) + " ")) or any("negative" in k for k in whom)
