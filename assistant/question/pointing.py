"""What a message's question points back to, put in its place: ``… alone. How many of those patients …``."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.names.studies import StudyNames
from assistant.question.parts import counted_taken, only_counts
from assistant.question.whom import parts_named
from assistant.text.text import tokens
from assistant.vocabulary.vocabulary import Matchers

_I = re.IGNORECASE
_THOSE = re.compile(
    r"\b(?P<in>in|of|for|with|among|by|amongst) (?:those|these|such) (?:patients|people|persons|subjects|cases"
    r"|ones|folk|individuals|recipients)\b"
    r"|\b(?P<in2>in|of|for|among|amongst) (?:them|those|these)\b(?! (?!(?:in|of|at|on|after|by|with|from|were|was|are|had|have|did"
    r"|survived|lived|died|responded|reached|achieved|got|remained|relapsed)\b)\w)",
    _I,
)
"""Points to patients spoken of before."""
_THEIRS = re.compile(
    r"\b(?:(?:in|of|for|among|amongst|from) )?(?:that|this|the said) (?:sub-?group|group|subset|stratum|population)(?:'s)?(?! of\b)"
    r"|\btheir(?: own)?\b",
    _I,
)
"""Points to a part of the patients, or to what was theirs."""
_THEY = re.compile(r"\bhow (?:did|do|have|were|well did) (?P<they>they)\b", _I)
"""Asks of patients spoken of before how they did."""
_ITS = re.compile(r"\bits(?: own)?\b", _I)
_FARED = re.compile(
    r"\b(?:fared?|did|do|does|responded?) (?:\w+ )?(?:worse|better|poorly|badly|well|best|worst)\b", _I
)
"""Says how some patients fared, so that ``its`` is theirs."""
_GAP = re.compile(
    r"\b(?:for|of|on|about|behind) (?:that|this|the said) (?:difference|gap|contrast|comparison)\b", _I
)
"""Points to a difference in an outcome spoken of before."""
_THIS = re.compile(
    r"(?P<of>\b(?:of|had|got|developed|suffered|experienced|from)) (?:this|that|it)\b(?=\W*$|[,;]| (?:at|in"
    r"|after|and)\b)",
    _I,
)
"""Points to an outcome spoken of before."""
_WHICH_ONE = re.compile(r"\bwhich one(?:s)?\b", _I)
_ANY = re.compile(
    r"\b(?:any|some|one|a|an|whichever|a single) (?P<what>sub-?groups?|patient groups?|arms?|strat(?:um|a)|cohorts?"
    r"|products?|stud(?:y|ies)|trials?)\b",
    _I,
)
"""Speaks of one of a kind that is told later: ``whether any subgroup did badly``."""
_DENIED = re.compile(r"\b(?:never|not|without|no)\s+(?:an? |any |the |been |have |had |yet )?$", _I)
_SENTENCE = re.compile(r"(?<=[.!?;])(?<!\bi\.e\.)(?<!\be\.g\.)(?<!\bal\.)(?<!\bvs\.)\s+(?=\S)|\n+", _I)


class Pointing:
    """Puts what an earlier sentence of the same message named where the question points to it.

    Args:
        matchers: find measures and groups of patients.
        names: find drugs and studies.
    """

    def __init__(self, matchers: Matchers, names: StudyNames) -> None:
        self._matchers = matchers
        self._names = names

    def resolved(self, text: str) -> str:
        """``text`` with the group or the outcome that its last sentence points to named there."""
        parts = [p for p in _SENTENCE.split(text) if p.strip()]
        if len(parts) < 2:
            return text
        asking, before = parts[-1], parts[:-1]
        if only_counts(before[-1], asking) and not counted_taken(before[-1], asking):
            return " ".join(before)
        kinds = [m["what"] for p in before for m in _ANY.finditer(p)] if _WHICH_ONE.search(asking) else []
        if kinds:
            asking = _WHICH_ONE.sub(f"which {kinds[-1]}", asking, count=1)
            text = " ".join((*before, asking))
        if taken := counted_taken(before[-1], asking):
            asking = taken
        elif (those := _THOSE.search(asking)) and (
            group := self._group(before) or self._part(before, asking)
        ):
            if not self._matchers.populations.find(tokens(asking)):
                asking = (
                    f"{asking[: those.start()]}{those['in'] or those['in2']} {group}{asking[those.end() :]}"
                )
        elif (they := _THEY.search(asking)) and (group := self._group(before[-1:])):
            if not self._matchers.populations.find(tokens(asking)):
                asking = f"{asking[: they.start('they')]}{group}{asking[they.end('they') :]}"
        elif (theirs := self._theirs(asking, before[-1])) and (part := self._part(before, asking)):
            rest = f"{asking[: theirs.start()]}{asking[theirs.end() :].lstrip()}"
            asking = f"{rest.rstrip(' .?!')} in the {part}?"
        elif (gap := _GAP.search(asking)) and (measure := self._measure(before)):
            asking = f"{asking[: gap.start()]}for the difference in {measure}{asking[gap.end() :]}"
        elif (
            (this := _THIS.search(asking))
            and not self._matchers.measures.find(tokens(asking))
            and (measure := self._measure(before))
        ):
            asking = f"{asking[: this.start()]}{this['of']} {measure}{asking[this.end() :]}"
        if asking == parts[-1]:
            return text
        named = self._names.find(asking).names
        return (
            asking if named or not self._names.find(" ".join(before)).names else " ".join((*before, asking))
        )

    def _group(self, before: Sequence[str]) -> str:
        """The patients that the nearest sentence tells by a word of the vocabulary, with a drug beside it; "" for none."""
        for sentence in reversed(before):
            words = tokens(sentence)
            found = self._matchers.populations.find(words)
            if not found:
                continue
            agents = [n for n in self._names.find(sentence).names if n.kind == "agent"]
            spans = [(words[m.start].start, words[m.end - 1].end) for m in found]
            spans = [(_with_denial(sentence, a), b) for a, b in spans] + [(n.start, n.end) for n in agents]
            said = [sentence[start:end] for start, end in sorted(spans)]
            return f"patients ({', '.join(dict.fromkeys(said))})" if len(said) > 1 else f"{said[0]} patients"
        return ""

    @staticmethod
    def _theirs(asking: str, before: str) -> re.Match[str] | None:
        """Where the question points to a part of the patients; ``its`` does where they fared well or badly."""
        return _THEIRS.search(asking) or (_ITS.search(asking) if _FARED.search(before) else None)

    def _part(self, before: Sequence[str], asking: str) -> str:
        """The part of the patients that the sentence before names and the question does not; "" for none."""
        if any(parts_named(asking)):
            return ""
        named = [p.text for p in parts_named(before[-1]) if not self._names.find(p.text).names]
        words = tokens(before[-1])
        named = named or [
            before[-1][words[m.start].start : words[m.end - 1].end]
            for m in self._matchers.populations.find(words)
        ]
        return f"{' '.join(dict.fromkeys(named))} patients" if named else ""

    def _measure(self, before: Sequence[str]) -> str:
        """The one outcome that the nearest sentence names; "" for none or several."""
        for sentence in reversed(before):
            words = tokens(sentence)
            found = {m.ids: m for m in self._matchers.measures.find(words)}
            if len(found) == 1:
                match = next(iter(found.values()))
                return sentence[words[match.start].start : words[match.end - 1].end]
            if found:
                return ""
        return ""


def _with_denial(sentence: str, start: int) -> int:
    """Where a group's words begin with the ``never`` or ``not`` that stands before them."""
    denied = _DENIED.search(sentence, 0, start)
    return denied.start() if denied else start
