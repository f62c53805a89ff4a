"""What a question asks for: a fact with a hole."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.names.studies import Named
from assistant.spans.span import Span


@dataclass(frozen=True, slots=True)
class Ask:
    """What a question asks for; empty fields were not said."""

    text: str
    """The question in plain characters, translated and with typing errors mended."""
    focus: str
    """The sentence of it that asks."""
    studies: tuple[str, ...] = ()
    named: Named = field(default_factory=Named)
    clash: bool = False
    """Whether names that share no study were used together."""
    but: tuple[str, ...] = ()
    """Studies that are left out."""
    described: bool = False
    """Whether the studies were found by description only, not by name."""
    measures: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    characteristics: tuple[str, ...] = ()
    designs: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    groups: tuple[tuple[str, frozenset[str]], ...] = ()
    """(wording, ids) of each arm or subgroup named."""
    aliases: tuple[tuple[str, str], ...] = ()
    """(word key, term id) of the words of ``focus`` that name a term of the vocabulary."""
    hinted: tuple[frozenset[str], ...] = ()
    """Groups that only describe a treatment (``paediatric regimen``); they help to find the study."""
    everyone: bool = False
    """Whether all patients were named in so many words."""
    implied: bool = False
    """Whether the characteristic was not named but only implied (``when was it run?``)."""
    years: tuple[str, ...] = ()
    """Calendar years named."""
    grade: str = ""
    cycle: str = ""
    values: tuple[Span, ...] = ()
    cues: frozenset[str] = frozenset()
    """``compare``, ``difference``, ``list``, ``count_studies``, ``max``, ``min``, ``definition`` …"""
    wants: str = ""
    """``count`` or ``percent`` where the wording tells."""
    content: tuple[str, ...] = ()
    """Keys of the words of ``focus`` that say something, those understood above included."""
    strange: tuple[str, ...] = ()
    """Words of ``focus`` that neither the vocabulary nor the review knows."""
    unheard: tuple[str, ...] = ()
    """Those of them that are no common English word either: names of drugs, genes, people."""
    advice: bool = False
    injected: bool = False
    term: str = ""
    """What a definition is asked of."""
    translated: bool = False
    """Whether it was asked in another language than English."""
    inherited: bool = False
    """Whether a turn before it filled something in."""
    left: tuple[tuple[str, frozenset[str]], ...] = ()
    """Groups of the turn before that were given up, as what is asked is not told of them."""
    places: tuple[str, ...] = ()
    """Ids of the passages the last answer rested on, where a statistic of it is asked."""

    def has(self, *cues: str) -> bool:
        """Whether any of these cues was found."""
        return bool(self.cues & set(cues))
