"""Follow-ups of a few words that could be taken for a question of their own: ``youngest to oldest?``, ``n/N?``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.followup.refs import Turn
from assistant.question.reader import Ask, QuestionReader

_MOST = 9
"""Words up to which a turn says so little."""
_WHICH = re.compile(r"\b(?:which|who|whose|trial|study|studies|poster|abstract|report)\b", re.IGNORECASE)
"""Asks for a study by its oldest patients."""
_SHARE = re.compile(r"^\W*(?:and\s+|as\s+|the\s+)*n\s*(?:/|of|out of)\s*N\b", re.IGNORECASE)
_ONES = re.compile(r"\b(complete|partial|full)\s+ones?\b", re.IGNORECASE)
_RESPONSE = re.compile(r"\b(?:respon[ds]\w*|remission\w*|ORR)\b", re.IGNORECASE)
_ANY_GRADE = re.compile(
    r"^\W*(?:and\s+|or\s+|what about\s+)*(?:of\s+|at\s+)?(?:any|all|every) grades?\W*$", re.IGNORECASE
)
_ON_THE_DRUG = re.compile(
    r"^\W*(?:and\s+|but\s+|what about\s+|how about\s+)*(?:on|with|after|under|in)\s+"
    r"(?P<drug>the\s+(?P<sort>[\w-]+\s+)?(?:drug|treatment|medicine|regimen|agent))(?:\s+(?:arm|group))?\W*$",
    re.IGNORECASE,
)
_ONLY_IT = re.compile(
    r"^\W*(?:(?:and|but|or|so|then|what about|how about)\s+)*(?:with\s+|on\s+|after\s+|for\s+)?(?:just|only|solely|purely|merely)\s+"
    r"(?:the\s+(?:one\s+|single\s+)?(?:drug|agent|medicine|substance|compound)|(?P<drug>[A-Za-z][\w-]+))\W*$",
    re.IGNORECASE,
)
_THE_ONE = frozenset({"", "real", "actual", "active", "study", "trial", "new", "tested", "investigational"})
"""What a drug is called that is set against placebo."""


def in_few_words(ask: Ask, history: Sequence[Turn], reader: QuestionReader) -> Ask:
    """``ask`` as what it means after the turn before; unchanged where it is none of these."""
    if not 0 < len(ask.text.split()) <= _MOST or ask.named.of("number", "author", "nct"):
        return ask
    before = history[-1][0]
    if (found := _ONES.search(ask.text)) and not ask.measures and _of_response(history[-1], reader):
        return reader.read(f"{ask.text[: found.end(1)]} responses{ask.text[found.end() :]}")
    if ask.characteristics == ("age_range",):
        return ask if ask.studies or _WHICH.search(ask.text) else _not_ranked(ask)
    if ask.measures or not before.measures:
        return ask
    if ask.characteristics == ("n_patients",) and _SHARE.search(ask.text):
        return replace(ask, characteristics=(), implied=False, wants="count", values=())
    if before.grade and _ANY_GRADE.search(ask.text):
        return replace(ask, measures=before.measures, groups=before.groups, times=before.times, grade="")
    return _on_the_drug(_only_it(ask, history[-1], reader), history[-1], reader)


def _not_ranked(ask: Ask) -> Ask:
    """``youngest to oldest?``: of the study spoken of, and not the study with the oldest."""
    return replace(ask, cues=ask.cues - {"max", "min"})


def _of_response(last: Turn, reader: QuestionReader) -> bool:
    """Whether the turn before asked for responses, or was answered with them."""
    before, draft = last
    told = {f.attribute for line in draft.lines for f in line.facts} | set(before.measures)
    names = [reader.vocabulary.measures[m].name for m in told if m in reader.vocabulary.measures]
    return bool(_RESPONSE.search(" ".join((before.text, *names))))


def _only_it(ask: Ask, last: Turn, reader: QuestionReader) -> Ask:
    """``and just alphamab?`` after a figure of its combination: the same figure of the drug alone, and no list of drugs."""
    found = _ONLY_IT.search(ask.text)
    before, draft = last
    studies = draft.studies or before.studies
    if found is None or len(studies) != 1 or set(ask.characteristics) - {"agents"}:
        return ask
    drug, (study,) = found["drug"] or "", studies
    if drug and not any(n.text.lower() == drug.lower() for n in ask.named.of("agent")):
        return ask
    told = reader.own.alone(study, f"{drug} alone") if drug else None
    own_arm = told is not None and told[1] in reader.own.given(study)
    if not own_arm and not any("combination" in ids for _, ids in before.groups):
        return ask
    alone = reader.read(f"and {drug} alone?" if drug else "and alone?")
    return replace(alone, studies=studies, described=False) if alone.groups else ask


def _on_the_drug(ask: Ask, last: Turn, reader: QuestionReader) -> Ask:
    """``and on the drug?`` after a figure on placebo: the same figure, and no list of the drugs."""
    found = _ON_THE_DRUG.search(ask.text)
    before, draft = last
    studies = draft.studies or before.studies
    if found is None or ask.characteristics not in {(), ("agents",)} or len(studies) != 1:
        return ask
    ask = replace(ask, characteristics=(), implied=False)
    if ask.groups:
        return ask
    own, (study,) = reader.own, studies
    spoken = [own.meant(study, label, ids) or ids for label, ids in before.groups]
    wording = found["drug"].lower()
    if (found["sort"] or "").strip().lower() in _THE_ONE and len(spoken) == 1:
        others = own.other(study, spoken) if own.is_lesser(study, spoken[0]) else []
        if len(others) == 1:
            return replace(ask, groups=((wording, others[0]),), studies=(study,))
    return replace(ask, groups=((wording, frozenset({wording})),), studies=(study,))
