"""The sentence that tells what a question's noun and verb demand in words: from which cells, in what way, which markers, who could enter.

A figure of a measure is no answer to these. A sentence must hold what its demand names and the question's own words;
where none does, the question goes on to the other steps.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.answer.entry import entered
from assistant.desk import Desk
from assistant.draft import Draft, answered, declined
from assistant.model import Kind, Passage
from assistant.question.reader import Ask
from assistant.selection import has_figure
from assistant.telling.describe import Describer
from assistant.telling.fitting import asks_figures
from assistant.text.text import NUMBER_WORDS, fold, tokens


def _any(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_MADE = r"(?:made|derived|generated|manufactured|produced|prepared|obtained|grown|engineered|expanded)"
_SOURCE_ASKED = _any(
    rf"\b(?:from|out of|of) (?:which|what) (?:[\w-]+ ){{0,2}}?(?:cells?|sources?|material|tissue)\b.*?\b{_MADE}\b"
    rf"|\b(?:which|what) (?:[\w-]+ ){{0,2}}?(?:cells?|sources?|material|tissue)\b.*?\b{_MADE} (?:from|out of|of)\b"
    r"|\b(?:what|which) (?:cells? )?(?:is|are|was|were) the (?:cell )?source of\b"
)
_SOURCE_NAMED = _any(
    r"\b(?:start(?:ing)?|raw|source|input|parent(?:al)?) (?:[\w-]+ )?(?:materials?|cells?|populations?)\b"
    r"|(?<!stem )(?<!graft )\bcell sources?\b|\borigin of (?:the |its |their )?(?:CAR )?(?:[TB]|NK|effector)[- ]cells?\b"
)
"""Asks the same by a noun: ``starting material?``."""
_SOURCE = _any(
    rf"\bsources? (?:of|for)\b|\b{_MADE} (?:\w+ )?(?:from|out of)\b|\bserved? as (?:a |the )?sources?\b"
)
_DERIVED = _any(r"\b\w+-derived\b")
_WAY_ASKED = _any(
    r"^\W*how (?:do|does|can|could|may|might|is|are|was|were) (?P<what>.+?) (?:get |be |become )?(?P<verb>[a-z]+ed)\b"
)
_WAY = _any(r"\b(?:when|once|if|upon|by|through|via|with|using|after|because|means)\b")
_PLAN = _any(
    r"(?:graded|assessed|defined|classified|scored|measured|evaluated|recorded|dosed|treated|scheduled|compared)"
)
"""Verbs of a study's plan, which other steps tell."""
_LIKENED_ASKED = _any(r"\bhow (?:do|does|did) .+? compare(?:d)? (?:with|to|against)\b")
_LIKENED = _any(
    r"\b(?:similar|comparable|alike|same|than|superior|inferior|better|worse|equal(?:led)?|differ\w*|unlike|as \w+ as)\b"
)
_FARED_ASKED = _any(
    r"\bhow (?:do|does|did|was|were|is|are) .+? (?:do|fare|perform|behave|look|work)\b.*?"
    r"\b(?:regarding|concerning|as to|as regards|with (?:regard|respect) to|in terms of|when it comes to|for|on)\b"
)
_PHASE = _any(r"\bphase\s+(?:I{1,3}V?|[1-4])\b")
_EXPRESSED_ASKED = _any(
    r"\bwhat (?:is it that|do|does) .+?\b(?:over-?express\w*|secrete[sd]?|carry|carries|depend on|lack)\b"
)
_NAMED_KINDS = (
    (
        _any(r"\b(?:markers?|antigens?|surface (?:proteins?|molecules?))\b"),
        re.compile(r"\bCD\d+\w*|\b[A-Z]{2,}\d+[A-Z]?\b"),
    ),
    (_any(r"\b(?:variants?|mutations?|substitutions?)\b"), re.compile(r"\b[A-Z]\d{2,4}[A-Z]\b")),
)
"""A noun that asks for names, and what such a name looks like."""
_WHICH = _any(
    r"\b(?:which|what) (?:of (?:the |these |those )?)?(?P<noun>(?:[\w/-]+ ){0,4}?[\w/-]+) (?:is|are|was|were|had|have)\b"
)
_SPARED = 4
"""Words beyond the noun of which a sentence may lack one."""
_CYCLES = _any(
    rf"\b(?:\d+|{'|'.join(NUMBER_WORDS)}) (?:\w+ )?(?:cycles|courses)\b|\b(?:once|twice) (?:daily|weekly)\b|\bevery \w+ (?:days|weeks)\b"
)


def told_in_words(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """The sentence that answers a question asked for words; None where it is no such question or no sentence does."""
    refused = ask.advice or ask.injected or ask.clash or ask.named.missing or ask.translated
    if refused or ask.values or ask.years or ask.has("yes_no", "max", "min", "count_studies", "summary"):
        return None
    teller = _Teller(desk, describer, ask)
    ways: tuple[Callable[[], Draft | None], ...] = (
        teller.source,
        teller.way,
        teller.likened,
        teller.fared,
        teller.expressed,
        teller.names,
        teller.schedule,
    )
    told = next((draft for way in ways if (draft := way()) is not None), None)
    if told and ask.studies and told.studies and not set(told.studies) & set(ask.studies):
        told = None
    told = told or entered(desk, describer, ask)
    return replace(told, told=True) if told else None


class _Teller:
    """The demands of one question.

    Args:
        desk: the review's facts and words.
        describer: finds sentences.
        ask: the question.
    """

    def __init__(self, desk: Desk, describer: Describer, ask: Ask) -> None:
        self.desk, self.describer, self.ask = desk, describer, ask
        self.firm = bool(ask.named.of("number", "author", "nct", "code", "agent")) or ask.inherited

    def source(self) -> Draft | None:
        """``from which cells are they made?``: the study's sentence on their source, or a decline."""
        ask = self.ask
        asked = _SOURCE_ASKED.search(ask.focus) or (_SOURCE_NAMED.search(ask.text) and not ask.measures)
        if not asked or len(ask.studies) != 1 or not self.firm:
            return None
        own = self._own(Kind.SENTENCE)
        told = [p for p in own if _SOURCE.search(fold(p.text)) and "cell" in p.text.lower()]
        told = told or [p for p in own if _DERIVED.search(fold(p.text)) and "cell" in p.text.lower()]
        if told:
            return self._quoted(told)
        return declined(
            f"The review does not say from what that was made for {self.desk.name(ask.studies[0])}.",
            ask.studies,
        )

    def way(self) -> Draft | None:
        """``how are they activated?``: a sentence with the very act and all it is asked of, that tells a way."""
        asked = _WAY_ASKED.search(self.ask.focus)
        if asked is None or _PLAN.fullmatch(asked["verb"]) or self._wants_figure():
            return None
        return self._covering(_WAY, self._pool())

    def likened(self) -> Draft | None:
        """``how did it compare with phase I?``: a sentence or cell that sets the very two side by side in words."""
        if not _LIKENED_ASKED.search(self.ask.focus) or not _PHASE.search(self.ask.text) or self.ask.measures:
            return None
        if len(self.ask.studies) != 1:
            return None
        phases = [m for p in self._own() if (m := _PHASE.findall(p.text)) and len(m) > 1]
        return self._covering(_LIKENED, self._own()) if phases else None

    def fared(self) -> Draft | None:
        """``how did it do regarding A and B?``: a sentence of the study on all of them, of which it gives no figure."""
        ask = self.ask
        if (
            len(ask.studies) != 1
            or not ask.measures
            or not _FARED_ASKED.search(ask.focus)
            or ask.times
            or ask.grade
        ):
            return None
        facts = [f for m in ask.measures for f in self.desk.selector.reported(ask.studies[0], m)]
        if any(has_figure(f) for f in facts):
            return None
        told = [p for p in self._own(Kind.SENTENCE) if set(ask.measures) <= self.describer.terms_in(p)]
        return self._covering(None, told)

    def expressed(self) -> Draft | None:
        """``what is it that blasts overexpress?``: a sentence with the verb and all it is asked of."""
        asked = _EXPRESSED_ASKED.search(self.ask.focus)
        if asked is None or self._wants_figure():
            return None
        aside = {t.key for t in tokens(self.ask.focus[: asked.start()])}
        aside -= {t.key for t in tokens(self.ask.focus[asked.start() :])}
        passages = self.describer.matching.searchable
        groups = [{t.key for t in tokens(label)} for label, _ in self.ask.groups]
        held = [
            p
            for p in passages
            if p.locator.kind is Kind.SENTENCE and all(g <= {t.key for t in tokens(p.text)} for g in groups)
        ]
        return self._covering(None, held, besides=aside, least=2)

    def names(self) -> Draft | None:
        """``which markers are blocked?``: the study's sentence that names some beside all that is said of them."""
        ask, which = self.ask, _WHICH.search(self.ask.focus)
        looks = next((look for noun, look in _NAMED_KINDS if which and noun.search(which["noun"])), None)
        if which is None or looks is None or len(ask.studies) != 1 or self._wants_figure():
            return None
        noun = {t.key for t in tokens(which["noun"])}
        own = self._own(Kind.SENTENCE)
        told = [p for p in own if set(looks.findall(p.text)) - set(looks.findall(ask.focus))]
        return self._covering(None, told, besides=noun, spared=True)

    def schedule(self) -> Draft | None:
        """``how was the schedule of A?``: the study's sentence that gives cycles of the treatments named."""
        ask = self.ask
        if "schedule" not in ask.characteristics or len(ask.studies) != 1 or ask.measures or not self.firm:
            return None
        if self.desk.reports("schedule") and self.desk.selector.reported(ask.studies[0], "schedule"):
            return None
        drugs = {t.key for n in ask.named.of("agent") for t in tokens(n.text)}
        told = [p for p in self._own(Kind.SENTENCE) if _CYCLES.search(fold(p.text))]
        told = [p for p in told if drugs <= {t.key for t in tokens(p.text)}]
        other = {k for k in ask.content if k not in drugs | {"schedule"} | self._named()}
        told = [p for p in told if all(self.describer.matching.covers(ask, k, p) for k in other)]
        return self._quoted(told)

    def _wants_figure(self) -> bool:
        ask = self.ask
        return bool(asks_figures(ask) or ask.wants or ask.times or ask.grade or ask.cycle)

    def _named(self) -> set[str]:
        return {t.key for n in self.ask.named.names for t in tokens(n.text)}

    def _pool(self) -> Sequence[Passage]:
        """The sentences of the one study named by itself, else all."""
        if len(self.ask.studies) == 1 and self.firm:
            return self._own(Kind.SENTENCE)
        return [p for p in self.describer.matching.searchable if p.locator.kind is Kind.SENTENCE]

    def _own(self, *kinds: Kind) -> list[Passage]:
        kinds = kinds or (Kind.SENTENCE, Kind.CELL)
        return [
            p
            for p in self.desk.review.passages
            if p.locator.kind in kinds and p.studies[:1] == self.ask.studies
        ]

    def _covering(
        self,
        said: re.Pattern[str] | None,
        passages: Sequence[Passage],
        besides: set[str] | frozenset[str] = frozenset(),
        spared: bool = False,
        least: int = 1,
    ) -> Draft | None:
        """The passage with the pattern that covers every word of the question that says something, else None."""
        ask, matching = self.ask, self.describer.matching
        found = []
        for passage in passages:
            if said is not None and not said.search(fold(passage.text)):
                continue
            own = matching.own_names(ask, passage) | besides
            keys = [k for k, share in matching.weighed(ask) if share == 1.0 and k not in own]
            lacking = sum(not matching.covers(ask, k, passage) for k in keys)
            if len(keys) >= least and lacking <= (spared and len(keys) >= _SPARED):
                found.append(passage)
        return self._quoted(found)

    def _quoted(self, passages: Sequence[Passage]) -> Draft | None:
        if not passages:
            return None
        best = max(passages, key=lambda p: self.describer.matching.coverage(self.ask, p))
        return answered([self.describer.quoting(best)], best.studies[:1])
