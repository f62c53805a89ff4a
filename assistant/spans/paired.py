"""Two groups that a sentence tells together: those with something, and those without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.spans.span import Span
from assistant.text.text import tokens
from assistant.vocabulary.vocabulary import Matchers

_WITH_AND_WITHOUT = re.compile(
    r"\b(?:with|in|among)\s+(?P<what>(?!the\b)[a-z][a-z-]+(?:\s+[a-z][a-z-]+){0,3})\s*\(\d[\d.]*\s?%?\s*(?:vs\.?|versus|compared\s+(?:with|to)|against)\s+"
    r"\d[\d.]*\s?%\s+(?:in\s+those\s+)?(?P<no>without)(?:\s+(?:it|them))?\s*[);,]"
)
_WITH_FIRST = re.compile(
    r"(?:\d\s?%?|\d\s*\([^()]*\))\s*(?:(?:in|among|for)\s+(?:patients|those|adults|children)\s+)?(?P<with>with)\s+(?:and|vs\.?|versus|against|as\s+against|compared\s+(?:with|to))\s+\d[\d./]*\s?%?\s*(?:\([^()]*\)\s*)?"
    r"(?:(?:in|among|for)\s+(?:patients|those|adults|children)\s+)?(?P<no>without\s+(?P<what>(?:(?:the|an?)\s+)?(?P<bare>[A-Za-z](?:[\w/-]|\([\w;]+\))*(?:\s+(?!and\b|or\b|in\b|at\b|were\b|was\b|had\b|respectively\b|after\b|by\b|during\b)[A-Za-z][\w-]*){0,3})))(?![\w(/-])"
)
_WITH_AND_WITHOUT_IT = re.compile(
    r"\b(?P<with>(?:patients|those|adults|children|cases)\s+with)\s+(?:and|vs\.?|versus)\s+(?P<no>without\s+(?:(?:an?|any)\s+)?"
    r"(?P<what>[A-Za-z][\w/-]*(?:\s+[A-Za-z][\w/-]*){0,3}?))"
    r"(?=\s*\([^()]*?\d[\d.]*\s?%?\s*(?:vs\.?|versus|and)\s+\d[\d.]*(?:\s?%|\s+months))"
)
"""``between patients with and without A (2-year OS, 53% vs. 58%)``."""

_WITH_THEN_WITHOUT = re.compile(
    r"\d\s?%?\s*(?:\(\d[^()]*\)\s*)?(?:(?:of|in)\s+)?(?:the\s+)?(?:(?:patients|those|adults|children)\s+)?(?P<with>with\s+(?:an?\s+|the\s+)?(?P<what>[A-Za-z][^,;:.()%]{2,60}?)"
    r"\s*(?:\((?P<short>[A-Z][\w-]{1,9})\)\s*)?)(?:,?\s+(?:and|vs\.?|versus|but|against|compared\s+with))\s+(?:in\s+)?(?:only\s+)?\d[\d./]*\s?%?\s*(?:\(\d[^()]*\)\s*)?(?:(?:of|in)\s+)?"
    r"(?:(?:patients|those)\s+)?(?P<no>without)(?:\s+(?:it|them))?(?=\s*[,;.]|\s*$)"
)
"""``35/42 (83%) patients with early progression and 61/69 (88%) without``."""

_GENETIC = re.compile(r"mutat|delet|rearrang|fusion", re.IGNORECASE)
_LONG = 4


def paired_groups(text: str) -> list[Span]:
    """``lower with gut involvement (48% vs. 81% without)``: those with a finding, and those without it.

    Also ``81% with and 67% without prophylaxis``.
    """
    found = []
    for m in (*_WITH_FIRST.finditer(text), *_WITH_AND_WITHOUT_IT.finditer(text)):
        key = _key(m.groupdict().get("bare") or m["what"])
        found.append(Span("group", *m.span("with"), f"with {m['what']}", (key,)))
        found.append(Span("group", *m.span("no"), m["no"], (f"no-{key}",)))
    for m in _WITH_THEN_WITHOUT.finditer(text):
        if not m["short"] and (len(m["what"].split()) < _LONG or _GENETIC.search(m["what"])):
            continue  # told by the vocabulary, or by the state of a gene
        key = _key(m["short"] or m["what"])
        found.append(Span("group", *m.span("with"), m["with"].strip(), (key,)))
        found.append(Span("group", *m.span("no"), f"without {m['short'] or m['what']}", (f"no-{key}",)))
    for m in _WITH_AND_WITHOUT.finditer(text):
        key = _key(m["what"])
        found.append(Span("group", *m.span("what"), m["what"], (key,)))
        found.append(Span("group", *m.span("no"), f"without {m['what']}", (f"no-{key}",)))
    return found


def _key(what: str) -> str:
    return re.sub(r"\s+", "-", what.lower())


_PEOPLE = r"(?:patients|those|adults|children|participants|people|individuals|women|men)"
_WHO_DID = re.compile(
    rf"\b(?P<who>(?i:{_PEOPLE})\s+(?:who\s+(?:had\s+|also\s+|subsequently\s+)?(?:received|underwent)|receiving|undergoing|(?:who\s+(?:were|had\s+been)\s+)?(?:pre)?(?:treated|medicated)\s+with)\s+(?:an?\s+|the\s+)?"
    r"(?:single\s+dose\s+of\s+)?"
    r"(?P<what>[A-Za-z][\w/-]*(?:\s+(?!than\b|and\b|compared\b|versus\b|vs\b|as\b|was\b|were\b|had\b|at\b)[A-Za-z][\w-]*){0,3}))"
    r"(?=\s|[,(])(?:[^;.]|\.(?=\d)|(?<=vs)\.){0,80}?"
    rf"\b(?P<no>{_PEOPLE}\s+(?:who\s+(?:did|had|were)\s+not|without(?=\s*[,;.)\]])|not\s+(?:receiving|undergoing))\b(?:\s+(?:receive|undergo)\s+(?:it\b|them\b|(?:an?\s+|the\s+)?(?P=what)\b))?)(?=\s*[,;.()]|\s+(?:receive|undergo|it|was|were|had)\b|\s*$)"
)
_NOTHING = frozenset("treatment therapy treatments therapies".split())


def did_groups(text: str, known: Sequence[Span]) -> list[Span]:
    """The two groups of a sentence that sets those given something against those who were not.

    Args:
        text: one sentence, its signs folded.
        known: its groups that are named otherwise; none is found where one of them says what was given.
    """
    match = _WHO_DID.search(text)
    if match is None:
        return []
    over = [
        g for g in known for part in ("who", "no") if g.start < match.end(part) and match.start(part) < g.end
    ]
    if len(over) == 1 and (over[0].start, over[0].end) == match.span("who") and len(over[0].ids) == 1:
        return [Span("group", *match.span("no"), match["no"], (f"no-{over[0].ids[0]}",))]
    words = [w for w in re.findall(r"[a-z0-9]+", match["what"].lower()) if w not in _NOTHING]
    if over or not words:
        return []
    key = "-".join(words)
    return [
        Span("group", *match.span("who"), match["who"], (key,)),
        Span("group", *match.span("no"), match["no"], (f"no-{key}",)),
    ]


_LEADS = re.compile(r"^(?:with|without)\s+(?:the\s+|an?\s+)?", re.IGNORECASE)


def by_vocabulary(pair: Span, matchers: Matchers) -> Span:
    """``with and without CNS involvement``: under the vocabulary's id, where it has the finding."""
    words = tokens(_LEADS.sub("", pair.text))
    known = [m.ids[0] for m in matchers.populations.find(words) if m.end - m.start == len(words)]
    sign = "no-" if pair.ids[0].startswith("no-") else ""
    return replace(pair, ids=(sign + known[0],)) if known else pair
