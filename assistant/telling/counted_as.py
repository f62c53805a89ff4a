"""What counted as something: the words of the review that say what it takes a term for.

``What counted as high risk?`` is answered by ``high risk, defined as …``, ``A or B were considered high risk`` and
``high risk (A, B or C)``, and not by how many were at high risk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, answered
from assistant.model import Kind, Passage
from assistant.question.reader import Ask
from assistant.telling.describe import Describer
from assistant.text.text import Token, fold, key_of, tokens

_TAKEN = (
    r"(?:count(?:s|ed)?|consider(?:s|ed)|regard(?:s|ed)|class(?:ed|ified)|taken|rated"
    r"|deemed|qualif(?:y|ies|ied)|labell?ed|called|termed)"
)
_BEFORE = r"(?:(?:the )?(?:authors?|investigators?|review|trial|study|they|here|to be|to|as|for|a|an|being|in|this) ){0,4}?"
_ASKED = re.compile(
    rf"\b(?:what|which|who)(?: [\w-]+){{0,4}}? {_TAKEN} {_BEFORE}(?P<a>.+)"
    rf"|\bwhat (?:do|does|did|could|can|might) (?P<b>.+?) (?:include|comprise|cover|consist of|encompass|take in|contain|entail)s?\b"
    r"|\bhow (?:do|does|did|is|are|was|were) (?:(?:the )?(?:authors?|review|they"
    r"|investigators?) define )?(?P<c>.+?)(?: (?:defined|understood))\b"
    r"|\bhow (?:do|does|did) (?:the )?(?:authors?|review|study|trial|they|investigators?) define (?P<d>.+)"
    r"|\bwhat(?:'s| is| was| were| are) (?:meant (?:here )?by|understood by|the definition of|the criteria (?:for|of)) (?P<e>.+)"
    r"|\bwhen (?:is|was|were) (?:\w+ ){1,4}?(?:considered|regarded as|called|counted as|deemed|said to be) (?P<f>.+)",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"\s+(?:in|by|for|of) (?:the |this |that )?(?:[\w-]+ )?(?:review|study|trial|article|paper|abstract|authors?|registry)\b.*$",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"^\W{0,3}(?:\([^()]{1,60}\)\W{0,2})?(?:[\w-]+ ){0,3}?(?:(?:is|are|was|were|being|here|which|that|could|can|may|might"
    r"|had been|,) ){0,3}"
    r"(?:defined (?:as|by)|i\.e\.,?|that is,?|namely|meaning|denot\w+|understood as|taken (?:as|to be|to mean)|referr\w+ to"
    r"|used (?:[\w-]+ ){0,3}?for|stands? for|compris\w+|consist\w+ of|includ\w+|required|being)\b",
    re.IGNORECASE,
)
"""Right after a term, says what it is."""
_NAMED_LAST = re.compile(rf"\b{_TAKEN} (?:as |to be )?(?:an? |the )?$", re.IGNORECASE)
"""Right before a term, says what is called so."""
_IN_BRACKETS = re.compile(
    r"^ ?\((?![^()]*(?:%|n ?= ?\d|\d/\d|\bTable\b|\b(?:HR|CI|p) ?[=<]))(?P<what>[^()]*(?:\([^()]*\)[^()]*)*(?:,| or "
    r"| and |;|\d| of )[^()]*(?:\([^()]*\)[^()]*)*)\)"
)
_CLAUSE = re.compile(
    r"(?:\w+ )?(?:which|who|whose|whereas|while|but|with)\b|.*?\b(?:is|are|was|were|had|has|have|did|could|may|might|will)\b",
    re.IGNORECASE,
)
_LOOSE = frozenset(
    key_of(w)
    for w in "patient patients disease person people case cases something treatment therapy arm group".split()
)
_FEW_STUDIES = 1


def counted_as(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """The words that say what a term stands for, in the study named or in the review; None where none do, or it is not asked."""
    if (
        ask.advice
        or ask.injected
        or ask.named.missing
        or ask.translated
        or (len(ask.studies) > _FEW_STUDIES and ask.named.names)
    ):
        return None
    asked = _ASKED.search(ask.focus)
    term = _WHERE.sub("", next((t for t in asked.groupdict().values() if t), "")) if asked else ""
    names = {t.key for n in ask.named.of("number", "nct", "author", "code") for t in tokens(n.text)}
    keys = [t.key for t in tokens(term) if t.key not in desk.vocabulary.scaffold | names | _LOOSE]
    if not keys:
        return None
    firm = bool(ask.named.of("number", "nct", "author", "code", "agent")) or ask.inherited
    own = [p for p in desk.review.passages if p.locator.kind is Kind.SENTENCE]
    if firm and ask.studies:
        own = [p for p in own if not p.studies or p.studies[0] in ask.studies]
    own.sort(key=lambda p: p.studies[:1] != ask.studies[:1])
    for passage in own:
        if part := _definition(describer, passage, keys):
            return replace(answered([describer.quoting(passage, part)], passage.studies), told=True)
    return None


def _definition(describer: Describer, passage: Passage, keys: list[str]) -> str:
    """The part of a sentence that says what a term is; "" where it does not."""
    text = passage.text
    found = [
        t
        for t in tokens(text)
        if any(describer.matching.near(k, describer.matching.words(t.text)) >= 1.0 for k in keys)
    ]
    held = {
        k for k in keys for t in found if describer.matching.near(k, describer.matching.words(t.text)) >= 1.0
    }
    if set(keys) - held or not found:
        return ""
    for first, last in _runs(found, len(keys)):
        after, before = text[last:], text[:first]
        if (said := _SAID.match(after)) is not None:
            return _marked(text, first, last + _end(after, said.end()))
        if (listed := _IN_BRACKETS.match(after)) is not None and len(listed["what"].split()) > 1:
            return _marked(text, first, last + listed.end())
        if _NAMED_LAST.search(before):
            return text
    return ""


def _runs(found: Sequence[Token], size: int) -> list[tuple[int, int]]:
    """Where the words of a term stand side by side: the place before the first and after the last of them."""
    runs = []
    for n in range(len(found) - size + 1):
        first, last = found[n], found[n + size - 1]
        if last.end - first.start <= sum(len(t.text) + 12 for t in found[n : n + size]):
            runs.append((first.start, last.end))
    return runs


def _end(after: str, least: int) -> int:
    """Where the definition ends that begins ``after`` a term: before the next clause, or with the sentence."""
    for comma in re.finditer(r"[,;] ", after):
        if comma.start() <= least or fold(after[: comma.start()]).count("(") != fold(
            after[: comma.start()]
        ).count(")"):
            continue
        if comma[0] == "; " or _CLAUSE.match(re.split(r"[,;] ", after[comma.end() :])[0]):
            return comma.start()
    return len(after)


def _marked(text: str, start: int, end: int) -> str:
    while start and (text[start - 1].isalnum() or text[start - 1] == "-"):
        start -= 1
    part = text[start:end].rstrip(" ,;.")
    return f"{'…' if start else ''}{part}{'.' if end >= len(text.rstrip('.')) else ' …'}"
