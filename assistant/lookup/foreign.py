"""Words that narrow a question down to patients whom the review does not speak of in the study asked about."""

from __future__ import annotations

from collections.abc import Iterable

from assistant import lazy_re as re
from assistant.cells.reading import is_missing
from assistant.desk import Desk
from assistant.model import Kind
from assistant.question.reader import Ask
from assistant.text.text import NUMBER_WORDS, key_of, tokens

_PEOPLE = r"(?:patients|adults|children|people|cases|participants|pts|subjects|men|women|recipients)"
_STATE = re.compile(
    rf"\b(?:in|among|for|of)\s+(?:the\s+|those\s+)?(?P<what>[A-Za-z][\w-]{{3,}})\s+{_PEOPLE}\b", re.IGNORECASE
)
_HAVING = re.compile(
    rf"\b(?:{_PEOPLE}|those)\s+(?:(?:on|in)\s+(?:the\s+)?[\w-]+\s+)?"
    r"(?:with|having|taking|who\s+(?:also\s+)?(?:had|have|took|received|got))\s+(?:an?\s+|the\s+|prior\s+|previous\s+)?"
    r"(?P<what>[A-Za-z][\w-]{3,})",
    re.IGNORECASE,
)
_ORDINARY = frozenset(
    "evaluable treated enrolled eligible randomised randomized assigned included dosed infused given study trial "
    "all most these such many more responding evaluated analysed analyzed assessable total first both either each "
    "their least grade stage level more fewer than only same other active drug placebo some any whole entire "
    "response responses figure data value result results outcome arm group dose".split()
)
"""Words before ``patients`` or behind ``with`` that single nobody out."""
_STEM = 5
"""Letters that two words of one family share."""


def qualifiers(desk: Desk, ask: Ask) -> list[str]:
    """Keys of the words that single out patients, ``who also took …``, and that name no group or study."""
    if ask.translated:
        return []
    matches = [*_STATE.finditer(ask.focus), *_HAVING.finditer(ask.focus)]
    if not matches:
        return []
    known = {key for key, _ in ask.aliases} | {t.key for n in ask.named.names for t in tokens(n.text)}
    known |= {t.key for label, _ in ask.groups for t in tokens(label)}
    known |= desk.vocabulary.scaffold | _ORDINARY | set(NUMBER_WORDS)
    words = (
        next((t for t in tokens(m["what"]) if t.key not in known and len(t.key) > 2), None) for m in matches
    )
    return list(dict.fromkeys(w.key for w in words if w is not None))


def foreign_groups(desk: Desk, ask: Ask, study: str) -> list[tuple[str, frozenset[str]]]:
    """``among splenectomised patients`` of a study that says nothing of them: a group of no figures."""
    found = [*_lacking(desk, ask, study), *_of_disease(desk, ask, study), *_of_drug(desk, ask, study)]
    for key in qualifiers(desk, ask):
        own = _told_by(desk, study, key)
        if own is not None:
            found.append((key, own))
        elif not _says(desk, study, key):
            found.append((key, frozenset({key})))
    return found


_DISEASE = re.compile(
    rf"\b(?:{_PEOPLE}|those|in|with)\s+(?:(?:with|having|who\s+(?:also\s+)?(?:had|have))\s+)?(?:an?\s+|the\s+)?"
    r"(?P<what>(?-i:[A-Z])[\w-]+(?:\s+[\w-]+)?\s+(?:syndrome|disease|an(?:a)?emia|lymphoma|trisomy|deficiency|transformation))\b",
    re.IGNORECASE,
)
_DRUG = re.compile(
    r"\b(?:did|does|do|with|on|given|receiving|received|got|after|plus|under)\s+(?:the\s+)?(?P<what>[A-Za-z][\w-]{5,})\b",
    re.IGNORECASE,
)


def _of_disease(desk: Desk, ask: Ask, study: str) -> list[tuple[str, frozenset[str]]]:
    """``children with Gregg syndrome`` of a study that says nothing of it, though every word of it is common."""
    named = " ".join([n.text for n in ask.named.names] + [label for label, _ in ask.groups]).lower()
    found = []
    for match in _DISEASE.finditer(ask.focus):
        what = match["what"]
        own = (p for p in desk.review.passages if not p.studies or study in p.studies)
        said = what.lower() in named or any(what.lower() in p.text.lower() for p in own)
        short = {
            i.lower()
            for i, meaning in desk.review.raw.abbreviations.items()
            if what.lower() in meaning.lower()
        }
        if not said and not short:
            found.append((what, frozenset({what.lower()})))
    return found


def _of_drug(desk: Desk, ask: Ask, study: str) -> list[tuple[str, frozenset[str]]]:
    """``what did gregomab achieve in the trial?``: a word nobody knows, where a treatment stands, is none of the study's."""
    if ask.translated:
        return []
    words = {m["what"] for m in _DRUG.finditer(ask.focus)} & set(ask.unheard)
    return [(w, frozenset({w.lower()})) for w in sorted(words) if not _says(desk, study, key_of(w))]


_LACKING = re.compile(
    r"\b(?:without|(?:had|have|has|was|were)\s+(?:not|never)(?:\s+(?:had|undergone|received|been))?|hadn't(?:\s+had)?)\s+(?:an?\s+|prior\s+|previous\s+)*"
    r"(?P<what>[A-Za-z][\w-]{4,})",
    re.IGNORECASE,
)


def _lacking(desk: Desk, ask: Ask, study: str) -> list[tuple[str, frozenset[str]]]:
    """``without splenectomy``: the subgroup that a study tells by what it had not undergone, where no group names it."""
    if any(i.startswith("no-") for _, ids in ask.groups for i in ids):
        return []
    for match in _LACKING.finditer(ask.focus):
        stem = match["what"].lower()[: max(_STEM, len(match["what"]) - 3)]
        own = [
            g.ids
            for g in desk.own.of(study)
            if not g.is_arm and len(g.ids) == 1 and any(i.startswith(f"no-{stem}") for i in g.ids)
        ]
        if len(own) == 1:
            return [(match[0], own[0])]
    return []


def _told_by(desk: Desk, study: str, key: str) -> frozenset[str] | None:
    """The one subgroup of a study that goes by a word or one of its family: ``splenectomised`` of ``splenectomized``."""
    stem = key[: max(_STEM, len(key) - 3)]
    own = [
        g.ids
        for g in desk.own.of(study)
        if not g.is_arm
        and len(g.ids) == 1
        and not any(i.startswith("no-") for i in g.ids)
        and any(i.startswith(stem) or (len(i) > _STEM and key.startswith(i)) for i in g.ids)
    ]
    return own[0] if len(own) == 1 else None


def describes_all(desk: Desk, study: str, ids: frozenset[str]) -> bool:
    """Whether a group's words are those by which a study as a whole is introduced, in its cells or first sentence.

    ``mismatched unrelated transplants`` of a study whose cell of donors says so.
    """
    if ids <= desk.vocabulary.populations.keys():
        return False
    told: list[str] = [desk.review.title]
    introduced = False
    for passage in desk.review.passages:
        if passage.studies != (study,):
            continue
        if passage.locator.kind is Kind.CELL and not re.search(r"\d", passage.quote):
            told.append(passage.quote)
        elif passage.locator.kind is Kind.SENTENCE and not introduced:
            told += [passage.text, passage.locator.section]
            introduced = True
    keys = {t.key for text in told for t in tokens(text)}

    def is_told(wording: str) -> bool:
        words = [t.key for t in tokens(wording)]
        return bool(words) and all(
            any(k.startswith(w[: max(_STEM, len(w) - 3)]) for k in keys) for w in words
        )

    return bool(ids) and all(any(map(is_told, _wordings(desk, i))) for i in ids)


def _wordings(desk: Desk, identity: str) -> Iterable[str]:
    """A group's id in words, and those for the disease that it is a short form of."""
    words = tokens(identity)
    whole = (m for m in desk.review.reader.matchers.measures.find(words) if m.end - m.start == len(words))
    terms = [desk.vocabulary.term(m.ids[0]) for m in whole]
    return (identity.replace("-", " "), *(form for t in terms for form in (t.name, *t.forms)))


def _says(desk: Desk, study: str, key: str) -> bool:
    """Whether a sentence or a filled cell on a study, or the background, uses a word or one of its family."""
    stem = key[: max(_STEM, len(key) - 3)]
    for passage in desk.review.passages:
        if passage.studies and study not in passage.studies:
            continue
        if passage.locator.kind not in {Kind.SENTENCE, Kind.CELL} or is_missing(passage.quote):
            continue
        if any(t.key.startswith(stem) for t in tokens(passage.text)):
            return True
    return False
