"""Reasons with the number of patients behind each: ``stopped because of A in 12 and B in 5``, ``nine deaths, five of them from C``.

Asked for as reasons, as causes of death, as the most common of them, or with a bare ``why?`` after how many it were.
"""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.answer.unsaid import GENERAL
from assistant.answer.whom import said_of_all
from assistant.desk import Desk
from assistant.draft import Draft, answered
from assistant.model import Kind, Passage
from assistant.question.reader import Ask
from assistant.telling.describe import Describer
from assistant.text.text import WORD_NUMBER, fold, tokens

_N = rf"(?<![\d.,/])(?:\d+(?![\d.,]*\d|\s?%)|{WORD_NUMBER})"
_BECAUSE = r"(?:because\s+of|due\s+to|owing\s+to|on\s+account\s+of|as\s+a\s+result\s+of)"
_OF_THEM = (
    r"(?:\s+(?:patients?|cases|deaths|of\s+(?:them|these|those|whom|which)|were|was|had\s+stopped|did\s+so))*"
)
_SO_MANY_FOR = re.compile(
    rf"\b{_N}{_OF_THEM}\s*(?:\([\d.]+\s?%\)\s+)?(?:{_BECAUSE}|for|from|of|to|after|at\s+(?:their|his)\s+own)\s+(?!the\b|them\b|these\b|those\b|whom\b|which\b|patients?\b|an?\s+total|all\b|\d|in\b|grade\b)[a-z]",
    re.IGNORECASE,
)
"""``five for toxicity``, ``eight were due to infection``."""
_IN_SO_MANY = re.compile(
    rf"\bin\s+{_N}(?:\s+(?:patients?|cases|of\s+them))?(?:\s*\([^()]*\))?(?=\s*(?:[,;.)]|and\b|or\b|$))",
    re.IGNORECASE,
)
"""``infection in 24, preference in 11``."""
_BRACKETS = re.compile(r"[a-z]\s+\((?:n\s*=\s*)?\d+(?:\s?%|[;,][^()]*)?\)", re.IGNORECASE)
"""``progression (n = 18), toxicity (n = 4)``."""
_FATES = re.compile(
    rf"\b{_N}\s+(?:patients?\s+)?(?:(?:had|were|was)\s+)?(?:died|progress\w+|relapsed|withdr\w+|refused|declined|lost\s+to|an?\s+[\w-]+\s+fail\w+"
    r"|fail\w+|refractory|ineligible|unable|too\s+(?:ill|sick|frail))\b",
    re.IGNORECASE,
)
"""``twelve had died, eight had a manufacturing failure``."""
_CAUSE = re.compile(
    rf"\b(?:{_BECAUSE}|reasons?|causes?|caused|attribut\w+|died|deaths?|discontinu\w+|stopp\w+|withdr\w+|for|from)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:why|reasons?|causes?(?= of| for|\W*$)|what (?:for|from|led|made|drove)|because of what"
    r"|(?:what|which) (?:\w+ ){0,6}(?:die[ds]?|killed|stop\w*) (?:of|from|for)"
    r"|(?:die[ds]?|stop\w*) (?:of|from|for|because of) what|what (?:killed|did \w+(?: \w+)? die))\b",
    re.IGNORECASE,
)
_NOUN = re.compile(r"\b(?:reasons?|causes?)\b", re.IGNORECASE)
_OF_PEOPLE = re.compile(
    r"\b(?:patients?|pts|people|they|them|those|children|kids|adults|participants|subjects|recipients|responders|users|takers|starters|some|any(?:one|body)|\d+|women|men)\b",
    re.IGNORECASE,
)
_ACTS = (
    r"\b(?:stop\w*|discontinu\w*|withdr\w*|c[ao]me off|coming off|quit|drop\w* out|ceas\w+"
    r"|g[ai]v(?:e|en|ing) up|abandon\w*|off (?:treatment|therapy|drug|study))\b",
    r"\b(?:die[ds]?|dying|deaths?|dead|fatal\w*|mortality|killed|lost their li\w+)\b",
    r"\b(?:resum\w+|restart\w*|re-?initiat\w+|(?:went|gone|go|going|put|came|back) (?:back )?on(?:to)?\b|retreat\w*)",
    r"\b(?:(?:not|never|n't|without|un)\W*(?:\w+ ){0,2}(?:infus\w+|treated|transplant\w+|receiv\w+|given|dosed|random\w+)"
    r"|uninfused|untreated)\b",
    r"\b(?:reduc\w+|lower\w+|interrupt\w+|delay\w+|modif\w+)\b",
)
"""What happened that has reasons: the same class of word must stand in the sentence."""
_OF_MEASURES = {"discontinuation": 0, "deaths": 1, "NRM": 1, "early_mortality": 1}
"""Measures whose reasons a bare ``why?`` asks for, each with its class of word."""
_FEWEST = 2


def counted_reasons(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """The sentence of the one study asked about that counts the reasons asked for; None where none does, or none is asked for.

    Args:
        desk: the review's facts and words.
        describer: knows which words mean the same.
        ask: the question.
    """
    if (
        len(ask.studies) != 1
        or ask.injected
        or ask.advice
        or ask.unheard
        or ask.named.missing
        or ask.translated
    ):
        return None
    if not _ASKS.search(ask.focus) or ask.has("definition", "reference", "conflict", "summary"):
        return None
    if not (_NOUN.search(ask.focus) or _OF_PEOPLE.search(ask.focus) or ask.inherited):
        return None
    own = [
        p for p in desk.review.passages if p.locator.kind is Kind.SENTENCE and p.studies[:1] == ask.studies
    ]
    told = [p for p in own if counts_reasons(p.text) and _is_of_it(desk, describer, ask, p)]
    return answered([describer.quoting(told[0])], ask.studies) if len(told) == 1 else None


def counts_reasons(text: str) -> bool:
    """Whether a sentence gives two or more reasons, each with how many patients it held for."""
    text = fold(text)
    if not _CAUSE.search(text):
        return False
    if len(_SO_MANY_FOR.findall(text)) >= _FEWEST or len(_FATES.findall(text)) >= _FEWEST:
        return True
    because = re.search(rf"\b(?:{_BECAUSE}|reasons?|causes?|for)\b", text, re.IGNORECASE)
    return because is not None and any(
        len(p.findall(text[because.end() :])) >= _FEWEST for p in (_IN_SO_MANY, _BRACKETS)
    )


def _is_of_it(desk: Desk, describer: Describer, ask: Ask, passage: Passage) -> bool:
    """Whether a sentence speaks of what the reasons are asked for."""
    acts = [a for a in _ACTS if re.search(a, ask.focus, re.IGNORECASE)]
    if acts:
        said = all(re.search(a, passage.text, re.IGNORECASE) for a in acts)
        return said and _speaks_of(desk, describer, ask, passage)
    asked = {*ask.measures} - {"n_patients"}
    told = {f.attribute for f in desk.review.facts if f.passage == passage.id}
    spoken = [_ACTS[_OF_MEASURES[m]] for m in ask.measures if m in _OF_MEASURES]
    if ask.inherited and (asked & told or any(re.search(a, passage.text, re.IGNORECASE) for a in spoken)):
        return True
    keys = _keys(desk, ask)
    return (
        bool(keys)
        and bool(asked & describer.terms_in(passage) or not asked)
        and all(describer.matching.covers(ask, k, passage) for k in keys)
    )


def _speaks_of(desk: Desk, describer: Describer, ask: Ask, passage: Passage) -> bool:
    """Whether a sentence names the patients asked about, where they are some of the study's."""
    whole = {t.key for text in said_of_all(desk, ask.studies[0]) for t in tokens(text)}
    held = {
        i
        for g in desk.review.reader.groups(passage.text, desk.review.arms.get(ask.studies[0], {}))
        for i in g.ids
    }
    parts = [ids for label, ids in ask.groups if not {t.key for t in tokens(label)} <= whole]
    return all(ids & held for ids in parts) if not ask.inherited else True


def _keys(desk: Desk, ask: Ask) -> list[str]:
    named = {k for n in ask.named.names for k in n.text.lower().split()}
    return [
        k for k in ask.content if k not in desk.vocabulary.scaffold | GENERAL | named and not _ASKS.search(k)
    ]
