"""What a figure is a figure of, in the review's own words, where the vocabulary has none for it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.building.building import Building
from assistant.model import Fact
from assistant.text.text import fold, tokens

_PHRASE = r"(?:[A-Za-z][\w'/-]*\s+){0,6}[A-Za-z][\w'/-]*"
_VERBS = r"(?:experienced|developed|had|required|needed|suffered|showed|completed|resumed|exhibited|reported)"
_OBJECT = re.compile(
    rf"\s*(?:patients?|of\s+(?:them|these|those|whom)|children|adults)?\s*(?:\([^()]*\)\s*)?(?:(?:on|in|from)\s+[^,;().]{{1,30}}?\s+)?"
    rf"(?:who\s+)?(?:have\s+|had\s+)?{_VERBS}\s+(?P<np>{_PHRASE})"
)
_COUNTED = re.compile(
    rf"\s+(?:cases?|episodes?)\s+of\s+(?P<of>{_PHRASE})"
    rf"|\s+(?P<np>(?:[a-z][\w-]*\s+){{1,4}}?[a-z][\w-]*s)\s+(?:were|was|occurred|had\s+been)\b"
)
_SUBJECT = re.compile(
    rf"(?:^|[,;:]\s+|\band\s+|\bwhile\s+|\bwhereas\s+)(?P<np>{_PHRASE})\s+(?:was|were|occurred|affected|complicated|rose|fell|amounted|came|"
    r"reached|ranged|led)\b[^,;:.]*$"
)
_STOP = re.compile(
    r"\s+(?:in|at|after|during|by|within|on|because|due|while|whereas|and|or|that|which|who|with|from|than|compared|for|to|as|under|"
    r"between|among|until|including|according)\b.*$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?:a|an|the|any|no|only|also|its|their|this|these|at|least|one|further|in|most|some|of|then|still|his|her|all|both|such|"
    r"and|although|though|when|while|if|but)\s+)+",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"(?:^grades?\b|\b(?:increase|decrease|difference|change|trend|rate|incidence|number|event|value|result)s?)$|^grades?\b",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(r"(?:al|ic|ive|ous|ed|ing|ly|ent|able)$", re.IGNORECASE)
DRUG = re.compile(
    r"\b\w{2,}(?:mab|nib|tecan|cept|parin|xaban|platin|taxel|limus|statin|vir|pag|cel|gene|mide|mycin|tansine|dotin|sertib|copan|tide|"
    r"globulin|phamide|trexate|rubicin)$",
    re.IGNORECASE,
)
"""The end of a treatment's name."""
_GIVEN = re.compile(r"\b(?:cells|mice|animals)$", re.IGNORECASE)
"""What was infused, and in whom: no outcome has its name."""
_UNITS = frozenset({"patients", "%", "months", "years", "days", "weeks", "hours", "amount", ""})


def opened(fact: Fact, text: str, building: Building) -> Fact:
    """The fact under an attribute named by the phrase it stands with; unchanged where none is clear.

    Args:
        fact: a figure read without a measure, its span in ``text``.
        text: the sentence without marks.
        building: takes the attribute.
    """
    if fact.attribute or fact.unit not in _UNITS or fact.comparator:
        return fact
    name = _named(fact, fold(text), building)
    if not name or DRUG.search(name) or _covered(name, building):
        return fact
    return replace(fact, attribute=building.own(name))


def apart(facts: Sequence[Fact], attributes: Collection[str]) -> list[Fact]:
    """The facts of one sentence; of an own attribute's figures that nothing tells apart none keeps it."""

    def key(fact: Fact) -> tuple[object, ...]:
        return (fact.attribute, fact.unit, fact.time_point, fact.group, fact.grade, fact.cycle)

    seen: dict[tuple[object, ...], set[str]] = {}
    for fact in facts:
        if fact.attribute in attributes:
            seen.setdefault(key(fact), set()).add(fact.value)
    return [replace(f, attribute="") if len(seen.get(key(f), ())) > 1 else f for f in facts]


def _named(fact: Fact, text: str, building: Building) -> str:
    scaffold = building.reader.vocabulary.scaffold
    for pattern, found in (
        ("object", _OBJECT.match(text, fact.end) if fact.unit in {"patients", "%"} else None),
        ("counted", _COUNTED.match(text, fact.end) if fact.unit in {"patients", ""} else None),
        ("subject", _SUBJECT.search(text, 0, fact.start)),
    ):
        if not found:
            continue
        phrase = found.groupdict().get("np") or found.groupdict().get("of") or ""
        phrase = _LEAD.sub("", _STOP.sub("", phrase)).strip()
        words = [t for t in tokens(phrase) if t.key not in scaffold and len(t.key) > 2]
        enough = len(words) >= (1 if pattern != "subject" else 2)
        vague = _VAGUE.search(phrase) or (
            len(phrase.split()) == 1 and (len(phrase) < 5 or _ADJECTIVE.search(phrase))
        )
        if (
            enough
            and not vague
            and not _GIVEN.search(phrase)
            and len(phrase.split()) <= 6
            and not re.search(r"\b(?:patients?|group|arm|enrolled|recruited|randomi[sz]ed)\b", phrase)
        ):
            return phrase
    return ""


def _covered(name: str, building: Building) -> bool:
    """Whether the phrase is a known measure or population: such a figure was left unread for a reason."""
    matchers, words = building.reader.matchers, tokens(name)
    return any(lexicon.find(words) for lexicon in (matchers.measures, matchers.populations))
