"""Patients told by a gene, who are one group however their gene's state is worded: ``wild-type ABC1``, ``ABC1 unmutated``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assistant import lazy_re as re
from assistant.spans.span import Span
from assistant.text.text import tokens
from assistant.vocabulary.vocabulary import Matchers

_GENE = r"(?P<gene>[A-Z][A-Z0-9]+\d[A-Z0-9]*|[A-Z]{3,})"
_IS_CHANGED = r"(?:mutated|mutants?|rearranged|deleted|altered)"
_CHANGED = (
    r"(?:mutat(?:ed|ions?)|mutants?|variants?(?!\s+allele)|rearrange(?:d|ments?)|fusions?|delet(?:ed|ions?)|alter(?:ed|ations?)"
    r"|aberrations?)"
)
_IS_PLAIN = r"(?:wild[- ]?type|(?:un|non-?|not\s+)(?:mutated|altered|rearranged|deleted))"
_MARKER = re.compile(r"cd\d+[a-z]?|[a-z]+")
"""An antigen or a virus, which is lacking where a gene is unaltered."""
_GENES = (
    (re.compile(rf"(?<![\w-]){_GENE}[- ]?(?:wt|WT)(?![\w-])"), "no-"),
    (re.compile(rf"(?<![\w-]){_GENE}[- ]?mut(?![\w-])"), ""),
    (re.compile(rf"(?<![\w-]){_GENE}[- ]{_IS_PLAIN}(?![\w-])"), "no-"),
    (re.compile(rf"(?<![\w-]){_GENE}[- ]negative(?![\w-])"), "no-"),
    (
        re.compile(
            rf"(?<![\w-])(?!MRD\b){_GENE}[- ]positive(?=\s+(?:patients|disease|cases|scans?|groups?|subgroups?|leuka?emia|lymphoma)\b)"
        ),
        "",
    ),
    (re.compile(rf"(?<![\w-]){_IS_PLAIN}\s+{_GENE}(?![\w-])"), "no-"),
    (re.compile(rf"(?<![\w-]){_GENE}[- ]{_CHANGED}\b"), ""),
    (re.compile(rf"(?<![\w-])(?:{_IS_CHANGED}|mutations?\s+(?:of|in))\s+{_GENE}(?![\w-])"), ""),
)
_ANY_STATE = re.compile(r"wt|WT|wild|mut|negative|positive|variant|rearrange|fusion|delet|alter|aberration")
"""A part of what each of ``_GENES`` says of a gene."""
_LACKS = (
    r"non-?carriers|(?:without|lacking|with\s+no)\s+(?:the\s+|an?\s+|any\s+|this\s+|such\s+an?\s+)?"
    r"(?:mutations?|rearrangements?|alterations?)"
)
"""Those without what the sentence says of its one gene."""
_STATE = re.compile(
    rf"(?<![\w-])(?:(?P<plain>{_IS_PLAIN}|{_LACKS})|{_IS_CHANGED}|with\s+(?:the|this|such\s+a)\s+(?:mutation|rearrangement))(?![\w-])"
    r"(?=\s+(?:and|or|vs\.?|versus|patients|cases|tumou?rs|disease|leuka?emias?|lymphomas?|groups?|arms?)\b|\s*[,;.()]|\s*$)"
)
_SAYS_STATE = re.compile(r"\b(?:was|were|is|are|be|been|being|remained|not)\s+(?:\w+ly\s+)?$")
"""``ABC1 was mutated in 9 of 38 patients`` tells what was found, and no patients apart."""
_STATES = {"mutated": "", "altered": "", "rearranged": "", "mutant": "", "wild-type": "no-", "unmutated": "no-",
           "unaltered": "no-", "non-mutated": "no-", "unrearranged": "no-", "non-rearranged": "no-"}  # fmt: skip
_CODE = re.compile(rf"(?<![\w-]){_GENE}(?![\w-])")


def gene_id(gene: str, sign: str, matchers: Matchers) -> str:
    """The id of those whose gene is altered, or (``no-``) of those whose gene is not: the vocabulary's where it has one."""
    known = _whole(f"{gene}-mutated", matchers) or _whole(gene, matchers) or f"{gene.lower()}-mutated"
    if not sign:
        return known
    lacking = {_whole(f"{gene}-unmutated", matchers), _whole(f"unmutated {gene}", matchers)} - {"", known}
    return lacking.pop() if len(lacking) == 1 else f"no-{known}"


def _whole(wording: str, matchers: Matchers) -> str:
    words = tokens(wording)
    return next((m.ids[0] for m in matchers.populations.find(words) if m.end - m.start == len(words)), "")


def gene_groups(text: str, matchers: Matchers) -> list[Span]:
    """``carriers of an ABC1 mutation``, ``wild-type ABC1``: patients told by the state of a gene, in order of place."""
    found: list[Span] = []
    if not _ANY_STATE.search(text):
        return found
    for pattern, sign in _GENES:
        for m in pattern.finditer(text):
            if not any(s.start < m.end() and m.start() < s.end for s in found):
                key = gene_id(m["gene"], sign, matchers)
                if (
                    m[0].endswith("negative")
                    and _MARKER.fullmatch(m["gene"].lower())
                    and key.endswith("-mutated")
                ):
                    key = f"{m['gene'].lower()}-negative"
                if m[0].endswith("positive") and _MARKER.fullmatch(m["gene"].lower()):
                    key = _whole(m[0], matchers) or f"{m['gene'].lower()}-positive"
                found.append(Span("group", m.start(), m.end(), m[0], (key,)))
    return sorted(found, key=lambda s: s.start)


def bare_states(
    text: str, genes: Sequence[Span], arms: Mapping[str, frozenset[str]], matchers: Matchers
) -> list[Span]:
    """``94% with mutated and 80% with wild-type ABC1``: the group of a state whose one gene stands elsewhere.

    Args:
        text: one sentence, its signs folded.
        genes: the groups of ``text`` that are told by a gene.
        arms: labels of the study's own arms, with their ids.
        matchers: lexicons of the review.

    A sentence that names several genes leaves a bare state as it is; one that names none means the arms' gene.
    """
    states = list(_STATE.finditer(text))
    if not states:
        return []
    codes = {m["gene"] for g in genes for m in _CODE.finditer(g.text.replace("-", " "))}
    codes = codes or {
        m["gene"]
        for label in arms
        for g in gene_groups(label, matchers)
        for m in _CODE.finditer(g.text.replace("-", " "))
    }
    if len(codes) != 1:
        return []
    (gene,) = codes
    return [
        Span("group", m.start(), m.end(), m[0], (gene_id(gene, "no-" if m["plain"] else "", matchers),))
        for m in states
        if not any(g.start < m.end() and m.start() < g.end for g in genes)
        and not _SAYS_STATE.search(text[: m.start()])
    ]


def of_one_gene(label: str, ids: Iterable[str], matchers: Matchers) -> frozenset[str]:
    """The ids of a label, those of a gene and of its state as one: ``mutated ABC1`` is ``abc1-mutated``."""
    own = frozenset(ids)
    told = gene_groups(label, matchers)
    if len(told) != 1:
        return own
    code = _CODE.search(told[0].text.replace("-", " "))
    gene = code["gene"] if code else ""
    inside = {gene.lower(), gene_id(gene, "", matchers), f"no-{gene.lower()}", *_STATES}
    return (own - inside) | set(told[0].ids) if own & inside else own


def arms_of_one_gene(arms: Mapping[str, frozenset[str]], matchers: Matchers) -> dict[str, frozenset[str]]:
    """``ABC1 mutated; wild-type``: arms told by one gene, also the one whose label leaves the gene out."""
    told = {g.ids[0].removeprefix("no-"): g for label in arms for g in gene_groups(label, matchers)}
    codes = {m["gene"] for g in told.values() for m in _CODE.finditer(g.text.replace("-", " "))}
    if len(codes) != 1:
        return dict(arms)
    (gene,) = codes
    return {
        label: frozenset({gene_id(gene, _STATES[next(iter(ids))], matchers)})
        if len(ids) == 1 and next(iter(ids)) in _STATES
        else ids
        for label, ids in arms.items()
    }
