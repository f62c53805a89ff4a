"""What a question asks for: measures, families of measures and characteristics, told from mere mentions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant import lazy_re as re
from assistant.corpus.corpus import Review
from assistant.question.ages import asked_ages
from assistant.question.lexicons import QuestionLexicons
from assistant.question.recovery import asked_recovery
from assistant.question.rules import MENTIONED, Topics, apply_rules
from assistant.question.wording import AGENTS_ASKED
from assistant.question.words import cues_of, form_wanted
from assistant.question.years import asked_years
from assistant.spans.span import Span
from assistant.text.text import Token, tokens
from assistant.vocabulary.vocabulary import Match

_JOINED = re.compile(r"\b(?:and|or|plus)\b|[,;/&+]")
_DESCRIBING = frozenset({"donor", "target", "technology", "disease", "population", "abbreviation"})
"""Characteristics whose words mostly describe a product: ``the donor cells``."""
_OF = re.compile(r"\b(?:in|of|with|for|during|under)\b", re.IGNORECASE)
_ASKED = re.compile(
    r"\b(?:what|which|whose|who|how|name|give|list|state|tell)\b(?:\W+\w+){0,4}\W*$|^\W*(?:the )?$",
    re.IGNORECASE,
)
_ASKS = re.compile(r"(?:what|which|whose|who|where|from whom|against what)\b", re.IGNORECASE)
_AT_DOSE = re.compile(
    r"\b(?:at|in|on|with|for)\s+(?:the\s+)?(?:high|low|middle|intermediate|full|reduced)(?:er|est)?[-\s]$",
    re.IGNORECASE,
)
"""Stands before a dose that tells whom something is asked of."""
_RANDOM = frozenset({"randomised", "non-randomised"})
_RESPONDERS = frozenset({"responders", "non-responders", "mrd-negative"})


@dataclass(frozen=True, slots=True)
class Placed:
    """A match with the characters it covers."""

    id: str
    start: int
    end: int
    n_tokens: int

    def overlaps(self, start: int, end: int) -> bool:
        """Whether it shares a character with ``text[start:end]``."""
        return self.start < end and start < self.end


@dataclass(frozen=True, slots=True)
class Asked:
    """What was found to be asked."""

    topics: Topics
    placed: tuple[Placed, ...]
    """The characteristics named, in order of place."""
    groups: tuple[Span, ...]
    designs: tuple[str, ...]


def _overlapped_by(span: Span, diseases: Iterable[Placed]) -> bool:
    """Whether a measure is but a part of a disease's name: ``immune thrombocytopenia``."""
    return any(
        p.start <= span.start and span.end <= p.end and p.end - p.start > span.end - span.start
        for p in diseases
    )


class TopicReader:
    """Tells what a question asks for.

    Args:
        review: its facts tell which characteristics there are to ask for.
        lexicons: find the terms.
    """

    def __init__(self, review: Review, lexicons: QuestionLexicons) -> None:
        self._lexicons = lexicons
        self._held = frozenset(f.attribute for f in review.facts)
        self._own = frozenset(review.attributes)
        self._reported = self._held | {"phase", "design"}

    def read(self, spans: Sequence[Span], focus: str, years: tuple[str, ...]) -> Asked:
        """What ``focus`` asks, its spans and years being found already."""
        words = tokens(focus)
        ill = _placed(self._lexicons.vocabulary.diseases.find(words), words)
        spans = [
            s for s in spans if s.kind != "measure" or not (_is_past(s, focus) or _overlapped_by(s, ill))
        ]
        designs = self._lexicons.matchers.designs.find(words)
        families = _placed(self._lexicons.families.find(words), words)
        named = self._lexicons.characteristics.find(words)
        named = [m for m in named if not _within(m, designs)]
        if _RANDOM & {m.ids[0] for m in designs}:  # "allocation was at random" asks for no ratio
            named = [m for m in named if m.ids[0] != "randomisation_ratio" or m.end - m.start > 1]
        designs = [d for d in designs if not any(_within(d, [m]) for m in named)]
        measures, placed = self._told_apart(
            [s for s in spans if s.kind == "measure"], _placed(named, words), focus
        )
        told = [s for s in spans if s.kind == "group"]
        placed = [
            p for p in placed if p.id != "background" or not _overlapped(p, told)
        ]  # "standard of care" arm
        if measures:  # "MRD among patients with the aberration": whose row it is, too
            placed = [p for p in placed if p.id not in self._own or not _overlapped(p, told)]
        measures = [m for m in measures if not _in_longer(m, families)]
        families = [f for f in families if not _overlapped(f, [*measures, *placed])]
        if not measures:
            spans, measures = self._hidden_measures(spans, words, focus)
        groups = [s for s in spans if s.kind == "group" and not _in_wider(s, placed)]
        dual = [m for m in measures if m.dual]
        topics = Topics(
            focus=focus,
            measures=tuple(m for m in measures if not m.dual) or tuple(measures),
            families=tuple(dict.fromkeys(f.id for f in families)),
            characteristics=tuple(p.id for p in placed),
            dual=bool(dual),
            wants=form_wanted(focus),
            cues=cues_of(focus),
            spans=tuple(spans),
            years=years,
            held=self._held,
            has_survival="survival" in self._lexicons.vocabulary.families,
        )
        ids = dict.fromkeys(m.ids[0] for m in designs if m.ids[0] not in {"review", "interventional"})
        return Asked(
            asked_ages(asked_recovery(apply_rules(asked_years(topics)))),
            tuple(placed),
            tuple(groups),
            tuple(ids),
        )

    def _told_apart(
        self, measures: list[Span], named: Iterable[Placed], focus: str
    ) -> tuple[list[Span], list[Placed]]:
        """Measures and characteristics where the longer wording wins, characteristics only if asked for."""
        kept = []
        for place in named:
            over = [m for m in measures if place.overlaps(m.start, m.end)]
            if any(m.end - m.start >= place.end - place.start for m in over):
                continue
            measures = [m for m in measures if m not in over]
            kept.append(place)
        return measures, self._asked_for(kept, measures, focus)

    def _asked_for(self, named: Iterable[Placed], measures: Iterable[Span], focus: str) -> list[Placed]:
        """The characteristics that are asked, not merely mentioned.

        After a measure, or after another characteristic, one counts only with ``and``.
        """
        named, measures, kept = list(named), list(measures), list[Placed]()
        firm = [(m.start, m.end) for m in measures if not m.dual]
        for place in sorted(named, key=lambda p: (p.id not in self._reported, p.start)):
            if place.id == "agents" and not AGENTS_ASKED.search(focus):
                continue
            if place.id == "agents" and any(_told_of(other, place, focus) for other in named):
                continue  # "route of administration … in the regimen"
            if place.id == "dose" and measures and _AT_DOSE.search(focus[: place.start]):
                continue
            asked = _ASKED.search(focus[: place.start]) or _ASKS.match(focus, place.start)
            if place.id in _DESCRIBING and not asked:
                continue
            rivals = firm + [(k.start, k.end) for k in kept]
            if rivals and (place.id not in self._reported or (place.id in MENTIONED and firm)):
                continue
            if not rivals or any(_JOINED.search(_between(place, rival, focus)) for rival in rivals):
                kept.append(place)
        return sorted(kept, key=lambda p: p.start)

    def _hidden_measures(
        self, spans: Sequence[Span], words: Sequence[Token], focus: str
    ) -> tuple[Sequence[Span], list[Span]]:
        """``patients in CR/CRi`` names a group, but where nothing else is asked it asks for the measure."""
        groups = [s for s in spans if s.kind == "group" and set(s.ids) & _RESPONDERS]
        found = []
        for match in self._lexicons.matchers.measures.find(words):
            start, end = words[match.start].start, words[match.end - 1].end
            if any(g.start < end and start < g.end for g in groups):
                found.append(Span("measure", start, end, focus[start:end], match.ids))
        if not found and form_wanted(focus) in {"percent", "count"}:  # "share of patients with response"
            found = [replace(g, kind="measure", ids=("ORR",)) for g in groups if "response" in g.text.lower()]
        if not found:
            return spans, []
        kept = [s for s in spans if s.kind != "group" or not _overlapped(s, found)]
        return kept + found, found


def _is_past(measure: Span, focus: str) -> bool:
    """Whether a measure only tells when: ``post-remission decisions`` asks for no remissions."""
    return focus[: measure.start].lower().endswith("post-")


def _told_of(asked: Placed, place: Placed, focus: str) -> bool:
    """Whether a characteristic named first is asked of what ``place`` names, and not beside it."""
    gap = focus[asked.end : place.start]
    return (
        asked.id not in {"agents", "arms"}
        and asked.end <= place.start
        and not _JOINED.search(gap)
        and bool(_OF.search(gap))
    )


def _placed(matches: Iterable[Match], words: Sequence[Token]) -> list[Placed]:
    return [Placed(m.ids[0], words[m.start].start, words[m.end - 1].end, m.end - m.start) for m in matches]


def _within(match: Match, others: Iterable[Match]) -> bool:
    return any(o.start <= match.start and match.end <= o.end for o in others)


def _in_longer(measure: Span, families: Iterable[Placed]) -> bool:
    n_tokens = len(tokens(measure.text))
    return any(f.start <= measure.start and measure.end <= f.end and f.n_tokens > n_tokens for f in families)


def _in_wider(group: Span, placed: Iterable[Placed]) -> bool:
    length = group.end - group.start
    return any(p.start <= group.start and group.end <= p.end and p.end - p.start > length for p in placed)


def _overlapped(place: Placed | Span, others: Iterable[Placed | Span]) -> bool:
    return any(o.start < place.end and place.start < o.end for o in others)


def _between(place: Placed, rival: tuple[int, int], focus: str) -> str:
    start, end = rival
    return focus[end : place.start] if end <= place.start else focus[place.end : start]
