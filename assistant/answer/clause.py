"""The clause that says all of a question, in place of a decline: a measure that no vocabulary holds is told by the words of its clause.

``How long could the cells be detected`` is answered by ``… were detectable for a median of 28 days``: the noun or the verb
that a figure's clause tells is what it measures, and a question in the same or in related words finds it. The clause must
hold every word of the question that does not tell its study as a whole, and bring no other measure.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from assistant import lazy_re as re
from assistant.answer.outright import gives_rates
from assistant.answer.whom import said_of_all
from assistant.desk import Desk
from assistant.draft import Draft, Line, answered
from assistant.lookup.everyone import common_to_all
from assistant.model import Kind, Passage, Status
from assistant.question.reader import Ask
from assistant.question.whom import parts_named
from assistant.telling.describe import Describer
from assistant.telling.fitting import is_possible
from assistant.text.excerpt import FIGURE
from assistant.text.text import fold, tokens

_KEPT = 64
_CUT = re.compile(
    r"[;:](?=\s)|,(?=\s(?!respectively\b))|(?<=\s)(?=(?:whereas|while|but)\s|and\s\d+\s[a-z]{3,}\s[a-z])"
)
_SEMICOLON = re.compile(r";\s")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LACKING = re.compile(r"\b(?:not|no|none|without|never|neither|nor|lack\w*)\b|n't\b", re.IGNORECASE)
_AVERAGE = re.compile(r"\b(?:median|mean)\b", re.IGNORECASE)
_HOW_LONG = re.compile(
    r"\bhow (?:long|soon|fast|quickly|many (?:hours|days|weeks|months|years))\b|\btime to\b|\bduration\b",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"\d\s?(?:h|hours?|days?|weeks?|months?|mo|years?)\b|\bnot reached\b|\bNR\b", re.IGNORECASE
)
_LASTED = re.compile(
    r"\bhow long\b.*\b(?:last\w*|persist\w*|stay\w*|remain\w*|take|took|detect\w*|go on)\b", re.IGNORECASE
)
_LASTS = re.compile(
    r"\bdurations?\b|\blast(?:ed|ing|s)?\b|\bpersist\w*|\bremain\w*|\bresol\w+|\bongoing\b|\btook\b|\btakes?\b|\btime\b"
    r"|\bfor (?:a |up to |at least )?(?:median|mean|\d)|\bmanufactur\w+|\bsurviv\w+",
    re.IGNORECASE,
)
"""Tells how long something went on."""
_SHARE = re.compile(r"\d\s?%|\d\s?/\s?\d|\b\d+ of (?:the )?\d", re.IGNORECASE)
_RATIO = re.compile(r"\b(?:HR|OR|RR)\b|\b(?:hazard|odds|risk|rate) ratio\b", re.IGNORECASE)
_STATISTICS = frozenset({"p_value", "CI", "OR", "RR"})
_LEADS_IN = re.compile(r"^\W*(?:at|by|after|within|on)\b[^,;:]*", re.IGNORECASE)
_REFERENCE = re.compile(r"\s*[(\[](?:Abstract|Study|Poster)\s[\w-]+[)\]]|\s*\[\d+(?:, ?\d+)*\]")
_BOTH = re.compile(
    r"\b(?:both|each|either|respectively|vs\.?|versus|compared (?:with|to)|and how (?:many|often|long))(?=\W|$)|\bwith and without\b",
    re.IGNORECASE,
)
_CLASSED = re.compile(
    r"\bn\s?=\s?\d+|\bp\s?[<=>]\s?[\d.]+|\bCI\b[^;)\]]*|\b\d+/\d+\b|\b(?:day|week|month|year|grade|phase|cycle)s?\s\S+"
    r"|\d[\d.]*[- ](?:day|week|month|year)s?\b"
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_ANIMALS = frozenset({"preclinical-model"})
_ANIMAL = re.compile(r"\b(?:mice|mouse|murine|xenografts?|animals?|rats?|NSG)\b", re.IGNORECASE)
_PIECE = re.compile(r"[;,](?=\s)")
_COUNTED = re.compile(r"%|\b\d+ (?:of (?:them|whom|these)|had|with|were)\b")
"""Counts some of the patients."""
_IDLE = frozenset(
    (
        "pls plz please give figure number much big small large good bad long short take took last lasted lasting "
        "tell do did does get got go went come came back again there then find found see saw seen reach reached "
        "report reported show patient pt pts people case child study trial abstract group arm cohort percent share "
        "proportion fraction percentage rate often many how what which occur occurred develop developed need needed "
        "have had respective value figs could can all any who those these them bearing carrying start "
        "receive received treat treated treatment"
    ).split()
)
"""Keys of words by which a thing is asked, and that what answers it may put otherwise."""
_TOLD_BESIDE = frozenset({"HR", "duration"})
"""Measures that are told by what stands beside another."""
_LASTING = frozenset({"DOR", "median_DOR", "DOCR", "duration_of_response", "DOCR/CRh", "DOCR/CRi"})
"""How long responses last, of whatever depth; the question's own word for them must stand beside it."""
_SAID_SO = frozenset("duration median time rate overall".split())
_MANY_WORDS = 2
_WEIGHT = 1.6
"""Rarity from which on a word tells a clause from most."""


def clause_said(desk: Desk, describer: Describer, ask: Ask, draft: Draft | None) -> Draft | None:
    """The one clause that says all that was asked, where the draft declines it; None without one.

    Args:
        desk: the review's facts and words.
        describer: knows which words mean the same.
        ask: the question.
        draft: a decline, or None where nothing was found.
    """
    if draft is not None and draft.status is not Status.DECLINED:
        return None
    if ask.injected or ask.advice or ask.unheard or ask.clash or ask.named.missing or ask.translated:
        return None
    if ask.cycle or ask.has(
        "why", "yes_no", "definition", "list", "count_studies", "max", "min", "summary", "reference",
        "conflict", "global",
    ) or (ask.has("difference") and ask.wants != "percent"):  # fmt: skip
        return None
    if set(ask.measures) & _STATISTICS or set(ask.characteristics) - {"n_patients"}:
        return None
    found = [
        (passage, part)
        for passage in _candidates(desk, ask)
        if (part := _part(desk, describer, ask, passage))
    ]
    if len(found) != 1 or gives_rates(desk, ask, found[0][0]):
        return None
    passage, part = found[0]
    return answered([_quoted(describer, passage, part)], passage.studies[:1])


def _candidates(desk: Desk, ask: Ask) -> Iterator[Passage]:
    """The sentences of the study asked about, or of all where it was but guessed from the question's words."""
    firm = bool(ask.inherited or ask.named.of("number", "nct", "author", "code", "agent"))
    for passage in desk.review.passages:
        if passage.locator.kind is not Kind.SENTENCE or not passage.studies:
            continue
        if not firm or passage.studies[0] in ask.studies:
            yield passage


def _quoted(describer: Describer, passage: Passage, part: str) -> Line:
    text = passage.text
    start = text.find(part)
    if start < 0 or part == text:
        return describer.quoting(passage)
    end = start + len(part)
    said = part.strip(" ,;:.")
    said = re.sub(r"^(?:and|but|whereas|while)\s+", "", said) if start else said
    return describer.quoting(passage, f"{'…' if start else ''}{said}{'.' if end >= len(text) - 1 else ' …'}")


def _pieces(text: str) -> list[int]:
    """Where the pieces of a sentence begin."""
    cuts, depth, at = [0], 0, 0
    for cut in _CUT.finditer(text):
        between = text[at : cut.start()]
        depth += sum(between.count(c) for c in "([") - sum(between.count(c) for c in ")]")
        at = cut.start()
        if depth <= 0:
            cuts.append(cut.end())
    return [*dict.fromkeys(cuts), len(text)]


def _part(desk: Desk, describer: Describer, ask: Ask, passage: Passage) -> str:
    """The shortest run of pieces of a sentence that says all of the question with a figure; "" for none."""
    keys = _keys(desk, describer, ask, passage)
    if keys is None or not all(describer.matching.is_in(ask, k, passage.text) for k in keys):
        return ""
    if not _fits(desk, describer, ask, passage.text, passage.text) or describer.is_of_other(ask, passage):
        return ""
    cuts = _pieces(passage.text)
    runs = sorted(
        ((a, b) for i, a in enumerate(cuts) for b in cuts[i + 1 :]), key=lambda run: run[1] - run[0]
    )
    for a, b in runs:
        part = passage.text[a:b]
        if not all(describer.matching.is_in(ask, k, part) for k in keys):
            continue
        if _fits(desk, describer, ask, part, passage.text):
            part = part if cuts.index(b) - cuts.index(a) == 1 else _full(passage.text, cuts, a, b)
            return part if _brings_no_other(desk, ask, part) else ""
    return ""


def _full(text: str, cuts: list[int], start: int, end: int) -> str:
    """A run of several pieces from the beginning of its clause on, and up to a piece with a figure."""
    begin = max((m.end() for m in _SEMICOLON.finditer(text) if m.end() <= start), default=0)
    at = cuts.index(end)
    while at + 1 < len(cuts) and not FIGURE.search(text[cuts[at - 1] : cuts[at]]):
        at += 1
    return text[begin : cuts[at]]


def _keys(desk: Desk, describer: Describer, ask: Ask, passage: Passage) -> list[str] | None:
    """Keys of the words that a clause must hold; None where they say too little."""
    study = passage.studies[0]
    measured = {k for k, term in ask.aliases if term in ask.measures}
    everyone = common_to_all(desk, ask, study) | _in_animals(desk, ask, passage)
    told = [label for label, ids in ask.groups if ids - everyone]
    common = {t.key for i in everyone for t in tokens(i.replace("-", " "))}
    common |= {t.key for label, ids in ask.groups if not ids - everyone for t in tokens(label)}
    names = describer.matching.own_names(ask, passage) - _parted(ask)
    grouped = {t.key for text in told for t in tokens(text)} - names - common
    whole = _whole_keys(desk, study) | common
    whole -= measured | grouped
    idle = desk.vocabulary.scaffold | _IDLE
    keys = [k for k in ask.content if k not in idle | names and not k.isdigit() and len(k) > 1]
    keys += [
        t.key for label, _ in ask.groups if ask.inherited for t in tokens(label) if t.key not in idle | names
    ]
    keys = [
        k for k in dict.fromkeys(keys) if k not in whole or describer.matching.is_in(ask, k, passage.text)
    ]
    must = [k for k in keys if k not in whole]
    telling = [k for k in keys if k not in _SAID_SO]
    inherited = ask.inherited and bool(ask.measures)
    if not telling and not inherited:
        return None
    if len(telling) + inherited < _MANY_WORDS and (
        not telling or describer.matching.rarity(telling[0]) < _WEIGHT
    ):
        return None
    return must if ask.measures or any(k not in _SAID_SO for k in must) else None


def _in_animals(desk: Desk, ask: Ask, passage: Passage) -> frozenset[str]:
    """The animals, of a sentence that speaks of them or of a study that had no patients."""
    if not any(ids == _ANIMALS for _, ids in ask.groups):
        return frozenset()
    patients = any(f.n and not f.group for f in desk.selector.reported(passage.studies[0], "n_patients"))
    return _ANIMALS if not patients or _ANIMAL.search(passage.text) else frozenset()


def _parted(ask: Ask) -> set[str]:
    """Keys of the words that tell a part of the patients, though a study may be known by them: ``patients with EMD``."""
    words = {w.key for part in parts_named(ask.focus) for w in part.words}
    return words & {t.key for n in ask.named.of("code", "topic") for t in tokens(n.text)}


def _whole(desk: Desk, study: str) -> list[str]:
    """What is said of a study as a whole, without the parts of its patients that the sentence which introduces it counts."""
    first = next(
        (
            p.text
            for p in desk.review.passages
            if p.locator.kind is Kind.SENTENCE and p.studies[:1] == (study,)
        ),
        "",
    )
    told = [_BRACKETS.sub(" ", text) for text in (*said_of_all(desk, study), first)]
    return [piece for text in told for piece in _PIECE.split(text) if not _COUNTED.search(piece)]


@lru_cache(maxsize=_KEPT)  # asked of each passage on the study that a question may mean
def _whole_keys(desk: Desk, study: str) -> frozenset[str]:
    """Keys of the words of ``_whole``."""
    return frozenset(t.key for text in _whole(desk, study) for t in tokens(text))


def _fits(desk: Desk, describer: Describer, ask: Ask, part: str, sentence: str) -> bool:
    """Whether a part has a figure of the kind asked for, at the time and of the grade asked for."""
    text = _REFERENCE.sub("", fold(part))
    asked = fold(ask.focus)
    if not FIGURE.search(text) or not is_possible(ask, text):
        return False
    names = " ".join([n.text for n in ask.named.names] + [*ask.studies, *ask.times])
    if not set(_NUMBER.findall(asked)) <= set(_NUMBER.findall(f"{fold(names)} {text}")):
        return False
    said = {m[0] for m in FIGURE.finditer(asked)}
    if not any(m[0] not in said for m in FIGURE.finditer(text)):
        return False
    sides = bool(_BOTH.search(asked)) or ask.has("compare")
    if sides and len({m[0] for m in FIGURE.finditer(_CLASSED.sub(" ", text))} - said) < _MANY_WORDS:
        return False
    if _HOW_LONG.search(asked) and not _SPAN.search(text):
        return False
    if _LASTED.search(asked) and not _LASTS.search(text):
        return False
    if ask.wants == "percent" and not _SHARE.search(text):
        return False
    if bool(_LACKING.search(asked)) != bool(_LACKING.search(text)):
        return False
    if any(not re.search(rf"\b{m[0]}\b", text, re.IGNORECASE) for m in _AVERAGE.finditer(fold(ask.text))):
        return False
    if "HR" in ask.measures and not _RATIO.search(text):
        return False
    if ask.times and describer.lacks_time(ask, part):
        lead = _LEADS_IN.match(sentence)
        if lead is None or describer.lacks_time(ask, lead[0]):
            return False
    terms = describer.matching.words(part).terms
    terms |= {t.removeprefix("median_") for t in terms}
    if terms & _LASTING:
        terms |= _LASTING
    return all(
        m in terms or m in _TOLD_BESIDE or _in_words(desk, describer, ask, m, part) for m in ask.measures
    )


def _in_words(desk: Desk, describer: Describer, ask: Ask, measure: str, part: str) -> bool:
    """Whether a part has the words by which the question names a measure."""
    idle = desk.vocabulary.scaffold | _IDLE
    keys = [k for k, term in ask.aliases if term == measure and k not in idle and not k.isdigit()]
    return bool(keys) and all(describer.matching.is_in(ask, k, part) for k in keys)


def _brings_no_other(desk: Desk, ask: Ask, part: str) -> bool:
    """Whether a part of several pieces names no measure that the question does not."""
    words = tokens(part)
    asked = {t.key for t in tokens(ask.focus)}
    meant = {m.removeprefix("median_") for m in ask.measures}
    for match in desk.review.reader.matchers.measures.find(words):
        own = {w.key for w in words[match.start : match.end]}
        if own == {"nr"} or (meant & _LASTING and set(match.ids) & _LASTING):
            continue
        if (
            not {i.removeprefix("median_") for i in match.ids} & meant
            and not own & asked
            and match.ids[0] not in _STATISTICS
        ):
            return False
    return True
