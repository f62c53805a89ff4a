"""The sentence of a long message that asks."""

from __future__ import annotations

import re

from assistant.question_lexicons import QuestionLexicons
from assistant.question_wording import PRONOUN
from assistant.sentences import split_sentences
from assistant.spans import scan
from assistant.text import tokens

_NO_MARKS = re.compile(r"(?!)")
_ASKS = re.compile(
    r"\?|\b(?:what|which|who|whom|whose|how|when|where|why|was|were|is|are|did|does|do|can|could|give|tell|"
    r"list|show|name|find|need|want|compare|summar\w*|describe|define|explain|look up|please|know)\b",
    re.IGNORECASE,
)
_INTERROGATIVE = re.compile(
    r"\b(?:how many|how much|how long|what|which|when|who|where|whether|"
    r"(?:wants?|need|like) to know|tell me|asked (?:me )?(?:for|about))\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:one|ones|those|trial|study|thing|and)\s*,?\s*$")
_BREAKS = re.compile(r"\n+|(?<=;)\s")
_LONG_SENTENCE = 32
"""Words from which on a sentence is cut to its last question."""
_SHORT_CLAUSE = 6
"""Words up to which a clause leans on what stands before it."""
_STRONG = 2
"""Weight of a sentence that asks by itself."""


class FocusFinder:
    """Finds the sentence that asks.

    Args:
        lexicons: tell how much of a question a sentence is.
    """

    def __init__(self, lexicons: QuestionLexicons) -> None:
        self._lexicons = lexicons

    def focus(self, text: str) -> str:
        """The sentence of ``text`` that asks; all of it where that sentence leans on the rest."""
        asking = self._asking(text)
        if asking == text:
            return text
        n_words = len(re.findall(r"\w+", asking))
        if not (PRONOUN.search(asking) or n_words <= _SHORT_CLAUSE):
            return asking
        claims = n_words <= _SHORT_CLAUSE and self._gives_figure(text)
        return text if claims or not self._has_topic(asking) else asking

    def weight(self, text: str) -> int:
        """How much of a question ``text`` is: 2 a measure or characteristic, 1 a study, family or ``?``."""
        words = tokens(text)
        lexicons = self._lexicons
        score = 2 * len(lexicons.matchers.measures.find(words)) + 2 * len(
            lexicons.characteristics.find(words)
        )
        score += len(lexicons.names.find(text).names) + len(lexicons.families.find(words))
        return score + ("?" in text)

    def _has_topic(self, text: str) -> bool:
        words = tokens(text)
        lexicons = self._lexicons
        tables = (lexicons.matchers.measures, lexicons.families, lexicons.characteristics)
        return any(table.find(words) for table in tables)

    def _gives_figure(self, text: str) -> bool:
        """Whether a percentage or a decimal stands in ``text``."""
        values = (s for s in scan(text, self._lexicons.matchers) if s.kind == "value")
        return any(s.unit == "%" or (s.unit == "" and "." in s.text) for s in values)

    def _asking(self, text: str) -> str:
        """The heaviest part that asks, the last of them; two or three heavy ones together."""
        sentences = [text[start:end] for start, end in split_sentences(text, _NO_MARKS)]
        parts = [p for sentence in sentences for p in _BREAKS.split(sentence) if p.strip()]
        if len(parts) <= 1:
            return _last_clause(text)
        asking = [_last_clause(p) for p in parts if _ASKS.search(p)] or parts
        scored = [(self.weight(part), part) for part in asking]
        strong = [part for weight, part in scored if weight >= _STRONG]
        if len(asking) > 1 and 1 < len(strong) <= 3:
            return " ".join(strong)
        heaviest = max(weight for weight, _ in scored)
        return [part for weight, part in scored if weight == heaviest][-1] if heaviest else text


def _last_clause(sentence: str) -> str:
    """The clause of a long sentence that asks: from its last question word on."""
    if len(sentence.split()) < _LONG_SENTENCE:
        return sentence
    starts = [m.start() for m in _INTERROGATIVE.finditer(sentence)]
    starts = [s for s in starts if len(sentence[s:].split()) >= _SHORT_CLAUSE]
    starts = [s for s in starts if not _RELATIVE.search(sentence[:s]) or s == starts[-1]]
    return sentence[starts[-1] :] if starts else sentence
