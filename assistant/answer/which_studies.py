"""Studies told by a property: those that saw none of an event, those with an outcome as primary endpoint; and how many the review has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.answer.across import Across
from assistant.desk import Desk
from assistant.draft import Draft, Line, answered, declined, of_fact
from assistant.model import Fact, Kind
from assistant.question.reader import Ask
from assistant.say import grade_words, joined
from assistant.selection import grade_meets, number_of
from assistant.telling.describe import Describer
from assistant.text.excerpt import excerpt
from assistant.text.text import ONE_NUMBER_WORD, fold, key_of, tokens

_STUDIES = r"(?:stud(?:y|ies)|trials?|abstracts?|posters?|reports?|papers?|presentations?)"
_WHICH = re.compile(
    rf"\b(?:which|what|in how many|how many|list|name)\b[^?]*\b{_STUDIES}\b|^\W*where\b", re.IGNORECASE
)
_NONE = re.compile(
    r"\b(?:no|zero|without(?: any)?|not (?:a single|any|one)|free (?:of|from)|lack(?:ed|ing)?|did ?n[o']t (?:see|have|report"
    r"|observe)(?: any)?|never (?:saw|had))\s+"
    r"(?:(?:cases?|events?|episodes?|instances?|occurrences?|reports?)\s+of\s+|(?:patients?|pts)\s+(?:with|had|developed)\s+"
    r"|one\s+(?:with|had)\s+)?(?:(?:severe|serious|high-grade|(?:grades?\s+)?(?:[\u2265>]=?\s*)?grades?\s+\S+(?:\s+(?:or|and)\s+\w+)?)\s+)?$",
    re.IGNORECASE,
)
"""Stands before an event that none had."""
_NOT_SEEN = re.compile(
    r"^\W*(?:was|were|did|has|had|is)\s?(?:not|n't)\s+(?:been\s+)?(?:seen|observed|occur\w*|reported|found|recorded)"
    r"|^\W*(?:was|were) absent\b|^\s?:\s?(?:0|none|no)\b",
    re.IGNORECASE,
)
_SAID_NONE = re.compile(
    r"\b(?:no|neither|nor|without|free of|zero)\s+(?:(?:cases?|events?)\s+of\s+|(?:patients?|one)\s+(?:had|developed)\s+)?$",
    re.IGNORECASE,
)
_AFTER_NONE = re.compile(
    r"^\W*(?:\([^()]*\)\s*)?(?:(?:was|were)\s(?:not|never)\s(?:seen|observed|reported|recorded)|did not occur"
    r"|occurred in none|: (?:none|0)\b|was absent)",
    re.IGNORECASE,
)
_ENDPOINT = re.compile(r"\bprimary (?:end-?\s?points?|outcomes?)\b", re.IGNORECASE)
_OF_REVIEW = re.compile(
    rf"\bhow many {_STUDIES}\b[^?]*\b(?:review|article|paper|authors?|overview|summary)\b"
    rf"|\b(?:number of|how many) {_STUDIES} (?:are|were|is|do|does)?\s*(?:there|in (?:all|total)|altogether|highlighted"
    rf"|summari[sz]ed|covered|discussed|presented|included|reviewed|selected|described)\b",
    re.IGNORECASE,
)
"""Asks how many studies the review is about."""
_SELECTED = re.compile(
    rf"\b(?:we|here|this (?:review|article|report|overview)|highlight\w*|summari[sz]\w*|discuss\w*|review\w*|present\w*"
    rf"|select\w*|cover\w*)\b[^.;]*?"
    rf"\b({ONE_NUMBER_WORD}|\d+)\s+(?:(?:of the|of|most|key|selected|relevant|important|clinical|new|recent"
    rf"|such)\s+)*(?:abstracts|studies|trials|posters|reports|presentations)\b",
    re.IGNORECASE,
)
"""Says of how many studies a review is."""
_MENTION = re.compile(
    r"\b(?:mention\w*|touch(?:es|ed)? (?:on|upon)|brings? up|speaks? of|talks? (?:about|of)|refers? to|alludes? to|deals? with"
    r"|says? (?:something|anything) (?:about|on|of))\b",
    re.IGNORECASE,
)
"""Asks where something is spoken of, whether or not a figure of it is given."""
_UNMENTIONED = re.compile(
    rf"(?:\bnever|\bnot|n't|\bfail(?:s|ed)? to|\bnowhere|\bomit(?:s|ted)? to|\bwithout(?: ever)?)\s+(?:(?:even|once"
    rf"|ever)\s+)*{_MENTION.pattern}",
    re.IGNORECASE,
)
"""Asks where it is not."""
_MENTIONS = frozenset(
    map(
        key_of,
        "mention mentions mentioned mentioning touch touches touched bring brings speak speaks talk talks refer refers allude alludes "
        "deal deals say says something anything collecting everything here".split(),
    )
)
_NEAR = 60
"""Characters between ``primary endpoint`` and what it was."""


def told_by_property(desk: Desk, describer: Describer, across: Across, ask: Ask) -> Draft | None:
    """The studies of a property that no figure tells, a sentence or a cell each; None where nothing of the sort is asked."""
    if ask.studies and ask.named.of("number", "author", "nct"):
        return None
    if _OF_REVIEW.search(ask.focus) and not (
        ask.measures or ask.groups or ask.designs or ask.named.names or ask.values
    ):
        if set(ask.characteristics) <= {"summary", "n_patients", "reference"}:
            if said := _number_said(desk, describer):
                return said
            return across.lister.count_studies(
                replace(ask, characteristics=(), families=(), studies=(), cues=frozenset({"count_studies"}))
            )
        return None
    ranked = ask.has("max", "min") and not ask.grade
    if not _WHICH.search(ask.focus) or ranked or ask.has("yes_no"):
        return None
    if _MENTION.search(ask.focus) and not ask.has("count_studies"):
        return _mentioning(desk, describer, across, ask)
    if len(ask.measures) != 1:
        return None
    return _with_endpoint(desk, describer, ask) or _with_none(desk, describer, ask)


def _mentioning(desk: Desk, describer: Describer, across: Across, ask: Ask) -> Draft | None:
    """``which abstracts mention X?``: every study that a figure, a sentence or a cell of it tells something of X.

    ``which never mention X?``: the others.
    """
    told = (
        ask.families
        or ask.characteristics
        or ask.designs
        or ask.groups
        or ask.times
        or ask.grade
        or ask.values
    )
    if told or ask.named.names or ask.but or len(ask.measures) > 1:
        return None
    named = {k for k, term in ask.aliases if term in ask.measures}
    idle = _MENTIONS | desk.vocabulary.scaffold | named
    keys = [] if ask.measures else [k for k in ask.content if k not in idle]
    if not (ask.measures or keys):
        return None
    lines: list[Line] = []
    for study in (s.id for s in desk.review.studies):
        facts = [f for m in ask.measures for f in desk.selector.reported(study, m)][:1]
        lines += [of_fact(desk.speaker.statement(f), f) for f in facts]
        own = [
            p
            for p in desk.review.passages
            if p.studies == (study,) and p.locator.kind in {Kind.SENTENCE, Kind.CELL}
        ]
        spoken = [p for p in own if _speaks_of(desk, describer, ask, keys, p.quote)]
        lines += [replace(describer.quoting(p), facts=()) for p in spoken[:1] if not facts]
    if _UNMENTIONED.search(ask.focus):
        told_of = {s for line in lines for _, s in line.support}
        words = {k for m in ask.measures for k in (t.key for t in tokens(desk.speaker.term(m).name))}
        for fact in desk.review.facts if words else ():  # "incidence of relapse" mentions relapse
            named_so = (
                {t.key for t in tokens(desk.speaker.term(fact.attribute).name)} if fact.attribute else set()
            )
            told_of |= {fact.study} if words <= named_so else set()
        silent = [s.id for s in desk.review.studies if s.id not in told_of]
        return answered([across.lister.presenting(s) for s in silent], silent) if silent else None
    return answered(lines, [s for line in lines for _, s in line.support]) if lines else None


def _speaks_of(desk: Desk, describer: Describer, ask: Ask, keys: Sequence[str], text: str) -> bool:
    """Whether a text names the measure asked about, or holds all words for the thing."""
    if ask.measures:
        named = {
            k for k, term in ask.aliases if term in ask.measures
        }  # "primary graft failure" is a measure of its own
        said = bool(named) and named <= {t.key for t in tokens(text)}
        return said or any(_is_of(ids, ask.measures[0]) for _, _, ids in _named(desk, text))
    return all(describer.matching.is_in(ask, k, text) for k in keys)


def _number_said(desk: Desk, describer: Describer) -> Draft | None:
    """The one sentence in which the review says of how many studies it is."""
    found = [
        p
        for p in desk.review.passages
        if p.locator.kind is Kind.SENTENCE and _SELECTED.search(fold(p.text)) and not p.studies
    ]
    numbers = {m[1].lower() for p in found if (m := _SELECTED.search(fold(p.text)))}
    if len(numbers) != 1:
        return None
    part = excerpt(found[0].text, lambda text: bool(_SELECTED.search(fold(text))))
    return answered([replace(describer.quoting(found[0], part), facts=())])


def _with_endpoint(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """``which trials had OS as primary endpoint?``: by their cells for it, or else by the sentences that say so."""
    if not _ENDPOINT.search(ask.focus):
        return None
    (measure,) = ask.measures
    cells = [
        p
        for p in desk.review.passages
        if p.locator.kind is Kind.CELL and _ENDPOINT.search(p.locator.row or "")
    ]
    found = [p for p in cells if any(_is_of(ids, measure) for _, _, ids in _named(desk, p.quote))]
    told = {s for p in cells for s in p.studies}
    for passage in desk.review.passages:
        if passage.locator.kind is not Kind.SENTENCE or not passage.studies or told & set(passage.studies):
            continue
        text = fold(passage.text)
        at = [m.span() for m in _ENDPOINT.finditer(text)]
        if any(
            _is_of(ids, measure) and (0 <= a - e < _NEAR or 0 <= s - b < _NEAR // 2)
            for s, e in at
            for a, b, ids in _named(desk, text)
        ):
            found.append(passage)
    found = [p for p in found if len(p.studies) == 1]
    lines = [describer.quoting(p) for p in found]
    return (
        answered([replace(line, facts=()) for line in lines], [s for p in found for s in p.studies])
        if found
        else None
    )


def _with_none(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """``which trials saw no DLT?``: those with a count of none, or a sentence that says so, and no other figure of it."""
    (measure,) = ask.measures
    spans = [(a, b) for a, b, ids in _named(desk, ask.focus) if _is_of(ids, measure)]
    if ask.times or not any(_NONE.search(ask.focus[:a]) or _NOT_SEEN.match(ask.focus[b:]) for a, b in spans):
        return None
    lines: list[Line] = []
    studies: list[str] = []
    for study in (s.id for s in desk.review.studies):
        facts = desk.selector.reported(study, measure)
        facts = [f for f in facts if (grade_meets(f.grade, ask.grade) if ask.grade else not f.grade)]
        if any(not _is_nought(f) for f in facts):
            continue
        line = of_fact(desk.speaker.statement(facts[0]), facts[0]) if facts else None
        if not ask.grade:
            line = line or _saying_none(desk, describer, study, measure)
        if line is not None:
            lines.append(line)
            studies.append(study)
    if lines:
        return answered(lines, studies)
    befalls = desk.vocabulary.term(measure).better == "lower"
    if _GIVEN.search(ask.focus) or not (befalls or _SEEN.search(ask.focus)):
        return None
    return _none_without(desk, measure, ask.grade)


def _none_without(desk: Desk, measure: str, grade: str) -> Draft:
    """The decline where no study is said to have seen none of it: which studies give it."""
    noun = (desk.review.raw.study_label or "study").lower()
    text = f"The review says of no {noun} that it saw no {desk.speaker.short(measure)}"
    text += f" of {grade_words(grade)}" if grade else ""
    also = [m for m in desk.vocabulary.term(measure).also if m in desk.vocabulary.measures]
    for given in (measure, *also):
        studies = [s.id for s in desk.review.studies if desk.selector.reported(s.id, given)]
        if studies:
            names = joined([desk.name(s) for s in studies[:_MOST_NAMED]])
            return declined(f"{text}; it gives {desk.speaker.short(given)} for {names}.")
    return declined(f"{text}.")


_MOST_NAMED = 4
_SEEN = re.compile(r"\b(?:saw|seen|see|observed?|occur\w*|cases?|episodes?|events?|free)\b", re.IGNORECASE)
_GIVEN = re.compile(r"\b(?:report\w*|giv\w+|data|figures?|results?|stat\w+|provid\w+)\b", re.IGNORECASE)
"""Asks for what is not told, and not for what did not happen."""


def _is_nought(fact: Fact) -> bool:
    """Whether a figure says that nobody had it."""
    return fact.n == 0 or (fact.n is None and number_of(fact.percent or fact.value) == 0)


def _saying_none(desk: Desk, describer: Describer, study: str, measure: str) -> Line | None:
    """The part of a sentence or a cell on a study that says that nobody had it."""
    own = (
        p
        for p in desk.review.passages
        if p.studies == (study,) and p.locator.kind in {Kind.SENTENCE, Kind.CELL}
    )
    for passage in sorted(own, key=lambda p: p.locator.kind is Kind.CELL):
        if not _says_none(desk, passage.quote, measure):
            continue
        if passage.locator.kind is Kind.CELL:
            return replace(describer.quoting(passage), facts=())
        part = excerpt(passage.text, lambda text: _says_none(desk, text, measure))
        return replace(describer.quoting(passage, part), facts=())
    return None


def _says_none(desk: Desk, text: str, measure: str) -> bool:
    return any(
        _is_of(ids, measure) and (_SAID_NONE.search(text[:a]) or _AFTER_NONE.match(text[b:]))
        for a, b, ids in _named(desk, text)
    )


def _named(desk: Desk, text: str) -> Iterable[tuple[int, int, tuple[str, ...]]]:
    """(start, end, ids) of the measures that a text names."""
    words = tokens(text)
    return [
        (words[m.start].start, words[m.end - 1].end, tuple(m.ids))
        for m in desk.review.reader.matchers.measures.find(words)
    ]


def _is_of(ids: Iterable[str], measure: str) -> bool:
    return measure in ids
