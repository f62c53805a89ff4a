"""The passage that says all that a question in words says, where it was taken for a question for a figure."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.cells.reading import is_missing
from assistant.draft import Draft, answered
from assistant.model import Kind, Passage, Status
from assistant.names.studies import Named
from assistant.question.reader import Ask
from assistant.selection import has_figure
from assistant.telling.describe import WITHOUT, Describer, Found, is_named
from assistant.telling.fitting import asks_figures, is_causal, is_denied, is_possible
from assistant.telling.wordmatch import ROOT, WordMatch, Words
from assistant.text.text import is_negated_word, key_of, tokens

_IN_WORDS = re.compile(
    r"^\W*(?:and |so |but )?(?:how (?:do|does|did|is|are|was|were|can|could|might|would)|why|by what|in what way|what makes?)\b",
    re.IGNORECASE,
)
"""Asks for a way or a reason, whatever measure it names."""
_LEAST = 2
"""Words, the study's own names aside, that a passage must share with the question."""
_PER_WORD = 0.02
"""What a passage loses for each of its words; the shorter of two that cover a question answers it better."""
_NEAR = 0.3
"""Cosine from which a passage that holds all words that the review has is taken to answer."""
_ASKED = re.compile(r"\b(?:which|what)\s+([^\W\d_][\w-]+)(?:\s+([^\W\d_][\w-]+))?", re.IGNORECASE)
"""The words right after ``which``, of which one is the noun asked for."""
_CAUSE = re.compile(
    r"^\W*(?:and |so |but )?what (?:can |may |could |might )?(?:triggers?|sets? off|provokes?|drives?|leads? to"
    r"|brings? about|stops?|prevents?|limits?"
    r"|holds? back|hinders?|activates?|starts?)\b",
    re.IGNORECASE,
)
"""Asks what brings something about or holds it back."""
_TOLD = frozenset({"limitations", "background", "study_background", "technology", "target"})
"""Characteristics that a review tells of a whole class of treatments in sentences."""
_FURTHER = frozenset({"additional", "further", "extra", "any", "other"})
_STEM = 4
"""Letters that two words of one stem share."""
_FEWEST = 2
"""Words with a meaning that a question must have to be answered by a sentence of any study."""


def told(describer: Describer, ask: Ask, draft: Draft) -> Draft | None:
    """The sentence that answers a question in words that was declined for the studies its words seemed to be on.

    All passages are weighed anew, by meaning and by the words they cover, with nothing held against them but the
    studies that the question names. A decline of a measure or characteristic that the review gives elsewhere stands.

    Args:
        describer: finds sentences.
        ask: the question.
        draft: what was found.
    """
    if (
        draft.status is not Status.DECLINED
        or draft.lines[1:]
        or not _may_be_told(ask)
        or not _is_misread(describer, ask)
    ):
        return None
    free = _freed(ask)
    if sum(share == 1.0 for _, share in describer.matching.weighed(free)) < _FEWEST:
        return None
    best = describer.best(free)
    if best is None or not (describer.is_enough(free, best) or _is_near(describer, free, best)):
        return None
    said = describer.said(free, best)
    if said is None or said.status is not Status.ANSWERED:
        return None
    return said if set(ask.measures) <= describer.terms_in(best.passage) else None


def gone_without(describer: Describer, ask: Ask, draft: Draft) -> Draft | None:
    """``No: …`` where the one study named is said to be without the very thing that a question of yes or no was declined for."""
    declined = draft.status is Status.DECLINED and not (
        ask.injected or ask.advice or ask.unheard or ask.named.missing
    )
    if not declined or not ask.has("yes_no") or ask.measures or len(ask.studies) != 1 or not is_named(ask):
        return None
    matching = describer.matching
    asked = matching.words(ask.focus)
    for passage in matching.searchable:
        if passage.studies != ask.studies or passage.locator.kind is not Kind.SENTENCE:
            continue
        for lacking in WITHOUT.finditer(passage.text):
            keys = [t.key for t in tokens(lacking[1])]
            keys = [k for k in keys if k not in describer.desk.vocabulary.scaffold and k not in _FURTHER]
            if keys and matching.near(keys[-1], asked) and all(_is_said(matching, k, asked) for k in keys):
                line = describer.quoting(passage)
                return answered([replace(line, text=f"No: {line.text}", facts=())], passage.studies)
    return None


def _is_said(matching: WordMatch, key: str, asked: Words) -> bool:
    """Whether a question has a word, what means the same, or one of the same stem."""
    return bool(matching.near(key, asked)) or any(
        k[:_STEM] == key[:_STEM] for k in asked.keys if len(k) >= _STEM
    )


def _is_near(describer: Describer, ask: Ask, best: Found) -> bool:
    """Whether a passage is near in meaning and holds every word of a question that the review has at all.

    Everyday words that the review does not use (``lag``, ``invites``) then need no match, but for the noun asked
    for: ``which vector`` is answered by no sentence without one.
    """
    matching = describer.matching
    if ask.has("yes_no", "why") or best.cosine < _NEAR or matching.missing(ask, best.passage):
        return False
    asked = _ASKED.search(ask.focus)
    strange = {key_of(w) for w in ask.strange}
    if asked and any(
        key_of(w) in strange and not matching.covers(ask, key_of(w), best.passage)
        for w in asked.groups()
        if w
    ):
        return False
    own = matching.own_names(ask, best.passage)
    firm = [k for k, share in matching.weighed(ask) if share == 1.0 and k not in own]
    return len(firm) >= _FEWEST


def told_of_cause(describer: Describer, ask: Ask) -> Draft | None:
    """The sentence that says what brings something about, where that is asked and not how often it was seen."""
    if not _CAUSE.search(ask.focus) or not ask.measures or not _may_be_told(ask):
        return None
    free = _freed(ask)
    best = describer.best(free)
    said = describer.said(free, best) if best and describer.is_enough(free, best) else None
    return said if said is not None and said.status is Status.ANSWERED else None


def _may_be_told(ask: Ask) -> bool:
    """Whether a question asks for no figure, and hangs on nothing that is unknown."""
    refused = ask.advice or ask.injected or ask.named.missing or ask.unheard or ask.inherited or ask.clash
    figure = asks_figures(ask) or ask.times or ask.grade or ask.cycle or ask.years or ask.values
    return not (
        refused
        or figure
        or ask.has("list", "count_studies", "max", "min", "difference", "conflict", "summary", "definition")
    )


def _is_misread(describer: Describer, ask: Ask) -> bool:
    """Whether no measure with figures and no characteristic is asked for in a word with a meaning."""
    review, scaffold = describer.desk.review, describer.desk.vocabulary.scaffold
    if (
        ask.families
        or ask.implied
        or any(f.attribute in ask.measures and has_figure(f) for f in review.facts)
    ):
        return False
    asked = {term for key, term in ask.aliases if term in ask.characteristics and key not in scaffold}
    loose = not _freed(ask).studies and not ask.named.of("number", "author", "nct")
    return not asked or (loose and asked <= _TOLD)


def _freed(ask: Ask) -> Ask:
    """``ask`` with the studies it names, but none that was guessed, and with nothing read into its words."""
    studies = {s for n in ask.named.names if n.kind != "topic" and len(n.studies) == 1 for s in n.studies}
    return replace(
        ask,
        studies=tuple(s for s in ask.studies if s in studies),
        named=ask.named if studies else Named(),
        described=False,
        measures=(),
        families=(),
        characteristics=(),
        cues=ask.cues - {"reference", "compare"},
    )


def covering(describer: Describer, ask: Ask) -> Draft | None:
    """The sentence or cell that holds every word of a question, or what means the same; None without one.

    Only for questions that ask for no figure: a figure at another time or of another group shares all words
    with the question, too.
    """
    if not _is_in_words(ask):
        return None
    scored = [
        (score, -i, p)
        for i, p in enumerate(describer.matching.searchable)
        if (score := _score(describer, ask, p))
    ]
    if not scored:
        return None
    passage = max(scored)[2]
    return answered([describer.verdict(ask, passage)], passage.studies)


def _is_in_words(ask: Ask) -> bool:
    """Whether a question can be answered by any sentence that holds its words."""
    refused = ask.advice or ask.injected or ask.named.missing or ask.unheard or ask.inherited
    figure = asks_figures(ask) or ask.times or ask.grade or ask.cycle or ask.years
    if refused or figure or ask.has("list", "count_studies", "max", "min", "difference", "definition"):
        return False
    return (
        bool(_IN_WORDS.search(ask.focus))
        or (ask.has("yes_no") and not ask.measures)
        or not (ask.measures or ask.families or ask.characteristics)
    )


def _score(describer: Describer, ask: Ask, passage: Passage) -> float:
    """How much a passage that covers the question weighs; 0 where it does not cover it, or is of another study."""
    if passage.locator.kind is Kind.CELL and is_missing(passage.quote):
        return 0.0
    firm = ask.named.of("number", "author", "nct", "code")
    if ask.studies and not (set(ask.studies) & set(passage.studies)) and (passage.studies or firm):
        return 0.0
    matching = describer.matching
    words, own = matching.words(passage.text), matching.own_names(ask, passage)
    keys = [k for k in ask.content if k not in describer.desk.vocabulary.scaffold and k not in own]
    near = {k: matching.covered(ask, k, words) for k in keys}
    if len(keys) < _LEAST or min(near.values()) < ROOT or not is_possible(ask, passage.text):
        return 0.0
    if ask.has("why") and not is_causal(passage.text):
        return 0.0
    if is_denied(ask, passage.text) or (
        not ask.has("yes_no") and is_negated_word(frozenset(keys), words.keys)
    ):
        return 0.0
    return max(
        sum(matching.rarity(k) * n for k, n in near.items()) - _PER_WORD * len(passage.text.split()), 1e-6
    )
