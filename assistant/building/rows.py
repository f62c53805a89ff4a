"""What the head of a table's row names: a measure, a characteristic, or an attribute of the review's own."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.building.building import Building
from assistant.building.mentions import only_mentions
from assistant.cells.figures import PRINTED_UNIT
from assistant.folder.heads import reason_for, row_name
from assistant.spans.scan import scan
from assistant.text.text import Token, fold, key_of, tokens
from assistant.vocabulary.vocabulary import Match

_CHANGING = re.compile(
    r"decrease|decreased|increase|increased|change|positive|negative|level|loss|prophylaxis|duration"
)
_CIRCUMSTANCE = re.compile(r"\b(?:during|throughout)\s+(?:the\s+|study\s+)*$", re.IGNORECASE)
_BESIDE = re.compile(r"with|without")
FORMS = frozenset(
    "median mean range iqr grade rate number total any all year month week day cycle arm group".split()
)
"""Words of a row's head that say how its cells are given."""
_OF_OTHERS = re.compile(r"\b(?:donors?|siblings?|caregivers?|relatives?|physicians?)\b", re.IGNORECASE)
"""People who are no patients of the study: ``Donor age`` is not the patients' age."""
_OF_PATIENTS = frozenset({"median_age", "age_range", "sex", "n_patients"})
HARMS_TITLE = re.compile(
    r"\b(?:adverse (?:events|reactions|effects)|toxicit(?:y|ies)|side effects)\b", re.IGNORECASE
)
_ONLY_GRADE = re.compile(
    r"\s*(?:(?:any|events? of|maximum)\s+)?grades?\s*(?:>=|[\u2265>])?\s*(?:[1-5]|I{1,3}|IV|V)\b\+?"
    r"(?:\s*(?:-|\u2013|to|or|and)\s*(?:[1-5]|I{1,3}|IV|V|higher|worse|above|more))?\s*(?:events?)?\s*",
    re.IGNORECASE,
)
_EVENT_OF = {"death": "deaths from", "deaths": "deaths from", "mortality": "deaths from"}


def attribute_of(head: str, building: Building, title: str = "") -> str:
    """Id of what a row head names; an unknown head becomes a characteristic of the review's own.

    A row below ``Causes of death`` counts deaths, whatever adverse event or relapse its head names.
    """
    if reason := reason_for(head, title):
        return building.own(f"{_EVENT_OF.get(reason, reason + ' for')} {row_name(head).rpartition(': ')[2]}")
    if HARMS_TITLE.search(title) and _ONLY_GRADE.fullmatch(head):
        return "AE"  # "Grade 3 or higher" below "Any adverse event"
    found = "n_patients" if names_wholly(head, "n_patients", building) else _named(row_name(head), building)
    return building.own(row_name(head)) if found in _OF_PATIENTS and _OF_OTHERS.search(head) else found


def _named(head: str, building: Building) -> str:
    """Id of the vocabulary's term that a row head names, or of the review's own attribute of that name."""
    matchers, words = building.reader.matchers, tokens(head)
    for lexicon in (matchers.row_heads, matchers.measures):
        found = lexicon.find(words)
        whole = [m for m in found if m.end - m.start == len(words)]
        if whole:
            return whole[0].ids[0]
    unbracketed = re.sub(r"\([^)]*\)|[#*†‡]", "", head).strip()
    bare = tokens(
        re.sub(rf",\s*(?:n|%|years?|months?|weeks?|days?|points?|no\.?|{PRINTED_UNIT})\s*$", "", unbracketed)
    )
    for lexicon in (matchers.row_heads, matchers.measures):
        whole = [m for m in lexicon.find(bare) if m.end - m.start == len(bare)]
        if whole:
            return whole[0].ids[0]
    last = head.rpartition(": ")[2]
    if last != head and (under := _whole(last, building)):
        return under
    if re.search(r"[(\[]\s*(?:95\s?%\s*)?CI\s*[)\]]", head) and unbracketed != head:
        return attribute_of(unbracketed, building)  # an interval stands beside what the row gives
    measures = [m for m in matchers.measures.find(words) if not _part_of_name(m, words, head, building)]
    measures = [m for m in measures if not only_mentions(m, words, head, building.reader.vocabulary)]
    if counted := _done(words, measures, head, building):
        return counted
    if len(words) > sum(m.end - m.start for m in measures):  # "sessions, median (IQR)" are sessions
        measures = [m for m in measures if m.ids[0] not in {"CI", "p_value"}]
    heads = [m for m in matchers.row_heads.find(words) if m.end - m.start >= 2 or len(words) <= 2]
    heads = [m for m in heads if not _part_of_name(m, words, head, building)]
    composite = [s for s in scan(unbracketed, matchers) if s.kind == "measure" and s.text == unbracketed]
    if composite:
        return composite[0].ids[0]
    longest = max([*heads, *measures], key=lambda m: m.end - m.start, default=None)
    if longest and not _is_of_more(longest, measures, words, head, building):
        return longest.ids[0]
    return building.own(head)


def _done(words: Sequence[Token], measures: Sequence[Match], head: str, building: Building) -> str:
    """Id of the measure of a head that begins with what was done: ``HSCT in first remission`` is no remission."""
    vocabulary = building.reader.vocabulary
    groups = building.reader.matchers.populations.find(words)
    first = next((p for p in groups if p.start == 0 and not _part_of_name(p, words, head, building)), None)
    within = all(
        any(p.start <= m.start and m.end <= p.end for p in groups if p is not first) for m in measures
    )
    if first is None or first.end == len(words) or not within:
        return ""
    return next((name for name, term in vocabulary.measures.items() if first.ids[0] in term.also), "")


def _whole(head: str, building: Building) -> str:
    """Id of the measure that all words of a row below a heading name; "" for none."""
    words = tokens(head)
    found = building.reader.matchers.measures.find(words)
    return next((m.ids[0] for m in found if m.end - m.start == len(words)), "")


def _is_of_more(
    match: Match, measures: Sequence[Match], words: Sequence[Token], head: str, building: Building
) -> bool:
    """Whether a row is of something more special than a term in its head.

    ``Infection with neutropenia`` is neither, ``recurrence in liver and lungs`` no relapse rate.
    """
    colon = next((k for k, w in enumerate(words) if k and ":" in head[words[k - 1].end : w.start]), 0)
    if 0 < match.end <= colon and _says_which(head.rpartition(": ")[2], building):
        return True  # "Deaths: unrelated to the disease" are but some of them
    others = [m for m in measures if m.end <= match.start or match.end <= m.start]
    known = building.reader.matchers.populations.find(words)
    spans = [(m.start, m.end) for m in (match, *others, *known)]
    left = {
        w.key
        for k, w in enumerate(words)
        if not any(a <= k < b for a, b in spans) and w.key not in building.reader.vocabulary.scaffold | FORMS
    }
    left = {key for key in left if len(key) > 2 and key.isalpha()}
    if any(_BESIDE.fullmatch(_gap(match, m, words)) for m in others):
        return True
    return len(left) > match.end - match.start


def _says_which(part: str, building: Building) -> bool:
    """Whether a row below a heading is a part of what that names, and no arm, grade, cycle or time point."""
    told = [
        s for s in scan(fold(part), building.reader.matchers) if s.kind in {"time", "grade", "cycle", "group"}
    ]
    return not told and not any(t.key in FORMS for t in tokens(part))


def _gap(a: Match, b: Match, words: Sequence[Token]) -> str:
    first, second = sorted((a, b), key=lambda m: m.start)
    return " ".join(w.text.lower() for w in words[first.end : second.start])


def _part_of_name(match: Match, words: Sequence[Token], head: str, building: Building) -> bool:
    """Whether a measure's name is but part of a longer one (``Hemoglobin decrease``), or says when it was."""
    before = head[: words[match.start].start]
    after = head[words[match.end - 1].end :]
    one = words[match.start].text if match.end - match.start == 1 else ""
    for glued, beside in (
        (re.search(r"([A-Za-z]+)-$", before), one),
        (re.match(r"-([A-Za-z]+)", after), one),
    ):
        if glued and min(len(glued[1]), len(beside) or 9) <= 2:
            return True
    neighbours = (re.search(r"([A-Za-z]+) $", before), re.match(r" ([A-Za-z]+)", after))
    scaffold = building.reader.vocabulary.scaffold
    if _CIRCUMSTANCE.search(before):
        return True
    return any(n and _CHANGING.fullmatch(key_of(n[1])) and key_of(n[1]) not in scaffold for n in neighbours)


def names_wholly(head: str, attribute: str, building: Building) -> bool:
    """Whether all words of a row's head, with or without what its cells count, are a name of ``attribute``."""
    return any(
        m.ids[0] == attribute and m.end - m.start == len(words)
        for words in (tokens(head), tokens(row_name(head)))
        for m in building.reader.matchers.row_heads.find(words)
    )
