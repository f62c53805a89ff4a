"""Groups that a text tells by what they had before: ``with prior A``, ``after B (50%) than after C (43%) or D (21%)``."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant import lazy_re as re
from assistant.spans.span import Span
from assistant.text.text import stem

_GIVEN = r"(?:\s+(?:treatment|therapy|exposure|agents?|drugs?|regimens?|products?))?"
_ENDS = (
    r"(?!(?:and|or|than|it|was|were|had|have|responded|achieved|reached|relapsed|died|received|did|obtained|attained|"
    r"in|at|on|treatment|therapy|exposure)\b)"
)
_NOUN = rf"[A-Za-z][\w/\u2013-]*(?:\s+{_ENDS}[A-Za-z][\w/\u2013-]*){{0,2}}?"
_PRIOR = re.compile(
    r"\b(?P<lead>with|without|had|having|no)\s+(?:an?\s+)?(?P<no>no\s+)?(?:prior|previous|earlier)\s+"
    rf"(?P<what>(?!lines?\b|therap|treatment){_NOUN}){_GIVEN}\b"
    r"(?=\s*(?:[,;.()]|$|it\b|was\b|were\b|had\b|and\b|or\b|than\b|responded\b|achieved\b|reached\b|relapsed\b|died\b|attained\b|\())",
)
_WITHOUT_AND = re.compile(
    r"\b(?P<no>without)\s+(?:and|or|versus|vs\.?)\s[^;()]*?(?:\([^()]*\)[^;()]*?)?(?=with\s+(?:prior|previous)\b)"
)
_AFTER = re.compile(
    rf"\b(?:after|than\s+after)\s+(?:an?\s+|the\s+)?(?P<what>{_NOUN}(?:\s+[A-Za-z][\w/\u2013-]*)?)\s*\(\d[\d.]*\s?%"
)
_OR = re.compile(
    rf"\b(?:or|and)\s+(?:after\s+)?(?:an?\s+|the\s+)?(?P<what>{_NOUN}(?:\s+[A-Za-z][\w/\u2013-]*)?)\s*\(\d[\d.]*\s?%"
)
_EXPOSED = re.compile(
    rf"\b(?P<no>not\s+)?(?:previously|prior)\s+(?:exposed\s+to|treated\s+with|given|on)\s+(?:an?\s+)?(?P<what>{_NOUN}){_GIVEN}\b"
    r"(?=\s*(?:[,;.()]|$|\d|it\b|was\b|were\b|had\b|and\b|or\b|than\b|vs\b|versus\b))"
)
_HYPHENED = re.compile(
    r"\b(?P<what>(?!(?:treatment|therapy|chemotherapy|antigen|heavily|drug|re|un|pre|non|previously)-)[A-Za-z][\w/]*(?:\s+inhibitor)?)-(?P<how>na[i\u00ef]ve|exposed|pretreated)\b"
)
"""``X-naive patients``, ``those previously exposed to X``."""
_HOW = ("pretreated", "naive")
_DROPPED = frozenset("a an the treatment therapy directed cell cells".split())


_INHIBITOR = re.compile(r"\b([A-Z][A-Z\d]{2,})i(?=s?\b)")


def _key(what: str) -> str:
    what = _INHIBITOR.sub(r"\1 inhibitor", what)
    words = [stem(w) for w in re.findall(r"[a-z0-9]+", what.lower()) if w not in _DROPPED]
    return "prior-" + "-".join(words)


def prior_groups(text: str, known: Sequence[Span], arms: Collection[tuple[str, ...]] = ()) -> list[Span]:
    """The groups of ``text`` that are told by what they had before, where nothing else names them.

    Args:
        text: one sentence, its signs folded.
        known: groups that are named otherwise.
        arms: ids of the study's arms: what stands behind ``after A`` was then given in the study, and not before it.
    """
    found: list[Span] = []
    for match in _PRIOR.finditer(text):
        no = "no-" if match["lead"] in {"without", "no"} or match["no"] else ""
        start = match.start()
        found.append(
            Span("group", start, match.end(), text[start : match.end()].strip(), (no + _key(match["what"]),))
        )
        if not no and (other := _WITHOUT_AND.search(text)) and other.end() == start:
            rest = text[start + len(match["lead"]) : match.end()].strip()
            found.append(Span("group", *other.span("no"), f"without {rest}", (f"no-{_key(match['what'])}",)))
    for match in (*_EXPOSED.finditer(text), *_HYPHENED.finditer(text)):
        told = match.groupdict()
        no = "no-" if told.get("no") or (told.get("how") or "").startswith("na") else ""
        found.append(Span("group", match.start(), match.end(), match[0], (no + _key(match["what"]),)))
    found += _alone_pretreated(text, found)
    after = list(_AFTER.finditer(text))
    given = [k for k in known if k.ids in arms]
    if len(after) > 1 and not any(
        g.start < m.end("what") and m.start("what") < g.end for g in given for m in after
    ):
        listed = [*after, *(m for m in _OR.finditer(text, after[-1].end()))]
        found += [Span("group", *m.span("what"), f"after {m['what']}", (_key(m["what"]),)) for m in listed]
    met = {
        f: [
            k
            for k in known
            if k.meets(f) and not (k.text.endswith(_HOW) and k.within(f) and k.text != f.text)
        ]
        for f in found
    }
    return [f for f in found if not met[f] or ("after " in f.text and not any(k.ids in arms for k in met[f]))]


_PRETREATED = re.compile(r"(?<![\w-])(?<!heavily )(?<!extensively )(?<!intensively )pretreated\b(?!\s+with)")


def _alone_pretreated(text: str, found: Sequence[Span]) -> list[Span]:
    """``67% in pretreated and 88% in X-naive patients``: with X as well."""
    naive = [f for f in found if f.ids[0].startswith("no-prior-")]
    if len(naive) != 1:
        return []
    ids, said = (naive[0].ids[0].removeprefix("no-"),), f"with prior {re.split('-na', naive[0].text)[0]}"
    return [Span("group", *m.span(), said, ids) for m in _PRETREATED.finditer(text)]
