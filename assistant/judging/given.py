"""Yes to whether a study gave a drug, by the row that says what it gave."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, answered, of_fact
from assistant.model import Fact
from assistant.question.reader import Ask
from assistant.text.text import fold, tokens

_GAVE = re.compile(
    r"\b(?:g[ai]ve[ns]?|us(?:e|es|ed|ing)|receiv(?:e|es|ed)|get|gets|got|tak(?:e|es|en)|took|administer(?:ed|s)?|includ(?:e|es|ed)"
    r"|contain(?:s|ed)?|test(?:s|ed)?|evaluat(?:e|es|ed)|stud(?:y|ies|ied)|employ(?:s|ed)?|infus(?:e|es|ed)|part of|among"
    r"|treat(?:s|ed)?|appl(?:y|ies|ied)|prescribe[ds]?|involv(?:e|es|ed)|compris(?:e|es|ed)|tried|try)\b",
    re.IGNORECASE,
)
_NARROWER = re.compile(
    r"\b(?:not|never|no|nobody|none|neither|nor|without|only|just|alone|solely|exclusively|first|before|after|until|during|since"
    r"|prior|previous\w*|all|every\w*|each|some|any\w*|most\w*|main\w*|many|few\w*|less|more|both|half|majority|hardly|barely|too"
    r"|enough|well|twice|once|again|late\w*|early|off|out|away|up|or|than|how|why|when|who|whom|which|what|where|reported?"
    r"|compar\w+|versus|vs|instead|rather|daily|weekly|approv\w+|allowed|recommend\w*|should|could|may|might|will|would|work\w*"
    r"|help\w*|effective|combin\w+|add(?:ed|ing)?|with|arms?|groups?|cohorts?|controls?|continuous\w*|fixed|limited|single)\b"
    r"|n['\u2019]t\b|\d+\s?(?:mg|\u00b5g|days?|weeks?|cycles?|courses?)\b",
    re.IGNORECASE,
)
"""Asks more of a drug than whether it was given."""
_ALONG = re.compile(r"\b(?:along with|together with|as well as|in addition to|on top of)\b", re.IGNORECASE)
_NOT_GIVEN = re.compile(
    r"\b(?:discontinu\w+|stop\w*|withdraw\w*|cessation|without|no|de-?escalat\w+|omi(?:t|ss)\w*|free)\b",
    re.IGNORECASE,
)
"""Stands in a row of what was given for what was not."""
_TREATMENT = frozenset(
    "treatment therapy regimen protocol drug agent trial study patient people review cell product".split()
)
"""Words that only say that a drug was a treatment."""
_OWN = frozenset({"agents", "arms", "n_patients"})


def drug_given(desk: Desk, ask: Ask) -> Draft | None:
    """``Was A used in study 12?``: Yes with the study's agents, where A is one of them; None where more is asked or it is not.

    That a row does not name a drug does not tell that nobody had it.
    """
    asked = ask.has("yes_no") and len(ask.studies) == 1 and _GAVE.search(ask.focus)
    if not asked or ask.has("list", "compare", "why", "difference", "conflict") or ask.clash:
        return None
    if ask.measures or ask.families or ask.values or ask.times or ask.groups or ask.grade or ask.everyone:
        return None
    if set(ask.characteristics) - _OWN or _NARROWER.search(_ALONG.sub(" and ", ask.focus)):
        return None
    named = {t.key for n in ask.named.names for t in tokens(n.text)}
    others = [key for key in ask.content if key not in (named | desk.vocabulary.scaffold | _TREATMENT)]
    for fact in desk.selector.reported(ask.studies[0], "agents"):
        if fact.group or _NOT_GIVEN.search(fact.value):
            continue
        firm = ask.named.of("number", "author", "nct")
        if not (
            all(_is_short_for(desk, key, fact.value) for key in others) and firm
            if others
            else _is_asked(desk, ask, fact)
        ):
            continue
        text = desk.speaker.characteristic(fact)
        return answered([of_fact(f"Yes: {text[0].lower()}{text[1:]}", fact)], ask.studies)
    return None


def _is_short_for(desk: Desk, key: str, row: str) -> bool:
    """Whether an item of a row is the short form of a drug: ``ALPHA`` of alphamab."""
    meant = desk.vocabulary.synonyms.get(key, frozenset())
    items = (" ".join(t.key for t in tokens(item)) for item in re.split(r"\s*[+,/()]\s*", fold(row)))
    return any(meant & desk.vocabulary.synonyms.get(item, frozenset()) for item in items if item)


def _is_asked(desk: Desk, ask: Ask, fact: Fact) -> bool:
    """Whether the names in a question are drugs in a row of what was given, and one that is none tells the study.

    ``Is A part of the AB regimen?`` asks of no study.
    """
    row = {t.key for t in tokens(fold(fact.value))}
    drugs = [n for n in ask.named.of("agent") if {t.key for t in tokens(n.text)} <= row]
    drugs += [n for n in ask.named.of("code", "topic") if _is_item(n.text, fact.value)]
    trials = set(desk.speaker.trials.values())
    firm = [n for n in ask.named.of("number", "author", "nct", "code") if n not in drugs]
    firm = [n for n in firm if n.kind != "code" or n.text in trials]
    others = [n for n in ask.named.names if n not in (*drugs, *firm)]
    return bool(drugs) and not others and (bool(firm) or ask.described)


def _is_item(name: str, row: str) -> bool:
    """Whether a name is all of one item of a row; the target in ``CD7 CAR-T`` is no product."""
    whole = rf"(?:^|[(+]\s*){re.escape(fold(name))}(?:[- ]?T)?(?=\s*(?:$|[),+(\[]))"
    return re.search(whole, fold(row), re.IGNORECASE) is not None
