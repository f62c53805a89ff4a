"""Patients told behind their figure by a clause of their own: ``60% of those who stopped and 70% of those who continued``."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.spans.span import TIME_UNITS, Span
from assistant.text.text import tokens
from assistant.vocabulary.vocabulary import Matchers

_PEOPLE = r"(?:patients|those|participants|adults|children|people|women|men|cases|individuals)"
_FIGURE = r"\d[\d.]*(?:\s?%|\s+months)?(?:\s*\([^()]*\))?"
_ENDS = (
    r"(?=\s*[,;.:()]|\s*$|\s+(?:and|but|versus|vs\.?|than|against|compared|as|while|whereas|respectively)\b"
    r"|\s+(?:were|was|had|have|achieved|attained|reached|remained|died|relapsed|responded|developed|survived)\b)"
)
_CLAUSE = re.compile(
    rf"(?P<figure>{_FIGURE})\s+(?:in|among|for|of)\s+(?:the\s+(?:\d+\s+)?)?"
    rf"(?P<what>{_PEOPLE}\s+(?:(?P<whose>whose)\s+[^,;:.()%]{{4,70}}(?=\s*[,;.:()]|\s*$)|"
    rf"(?:who(?:\s+had|\s+have|\s+were)?|in\s+whom|(?P<outcome>with|without|having|achieving|attaining|reaching))\s+(?:\w+ly\s+|an?\s+)?[\w-]+(?:\s+[^\s,;:.()%]+){{0,8}}?{_ENDS}|"
    rf"(?:(?!(?:treat|enroll?|infus|evaluat|test|randomi[sz]|includ|assess|analy[sz]|assign|report|need|die|recruit|follow)ed\b)[a-z]{{3,}}ed){_ENDS}"
    rf"|not\s+in\s+(?:complete\s+|continuous\s+|first\s+)*(?:CR\d?|remission|response){_ENDS}))"
)
_DENIED = re.compile(r"\b(?:not|never|no|did|do|so|it|them)\b")
"""A clause that only means something with the group named before it, which is resolved elsewhere."""
_NOT_IN = re.compile(
    r"\b(?:not\s+in|without\s+an?)\s+(?:\w+\s+)?(?:CR\d?|remission|response)$|\bwithout\s+CR$"
)
_REFERENCE = re.compile(
    rf"{_FIGURE}\s+(?:in|among|for|of|with)\s+(?:the\s+|all\s+)?(?:others|rest|remainder|{_PEOPLE}\s+(?:without|who\s+\w+\s+not|not))\b"
    rf"|{_FIGURE}\s+(?:overall|in\s+all\s+patients|in\s+the\s+whole)\b"
)
_ONLY = re.compile(r"\b(?:but|although)\s+(?:it\s+was\s+)?(?:only\s+|just\s+)?$")
_TELLS_NOTHING = frozenset(
    "patients those participants adults children people women men cases individuals whose whom were been with that this "
    "they their have achieved achieving attaining reaching reached received underwent given".split()
)


def relative_groups(
    text: str, spans: Sequence[Span], groups: Sequence[Span], matchers: Matchers
) -> list[Span]:
    """The groups of figures set against each other, where a clause tells them and nothing else names them.

    Args:
        text: one sentence, its signs folded.
        spans: its figures and measures.
        groups: its groups that are named otherwise.
        matchers: lexicons of the review.

    A figure of one clause alone may be of all patients (``in 12% of patients who had the infusion``), but an outcome in
    the clause (``40% in those with PR``) is never what the figure measures.
    """
    clauses = [
        m for m in _CLAUSE.finditer(text) if _NOT_IN.search(m["what"]) or not _DENIED.search(m["what"])
    ]
    found = {m: g for m in clauses if (g := _told_by(m, spans, groups, matchers))}
    if any(m["outcome"] for m in found):
        for m in clauses:
            if m not in found and (g := _told_by(m, spans, groups, matchers, outcome=False)):
                found[m] = g
    head = _HEAD.match(text)
    first = _told_by(head, spans, groups, matchers, outcome=None) if head and _goes_on(head, spans) else None
    if head and first:
        found = {head: first, **found}
    told = list(found.values())
    apart = len({g.ids for g in told})
    if not told or apart < len(told):
        return []
    if apart + len(_REFERENCE.findall(text)) + _behind_figures(text, spans, groups) > 1:
        return told
    if len(clauses) == 1 and _ONLY.search(text[: clauses[0].start()]):
        return told
    return [first] if first else []


_HEAD = re.compile(
    rf"\W*(?P<what>(?i:{_PEOPLE})\s+(?:(?P<outcome>with|without|having|achieving|attaining|reaching)|who(?:\s+had|\s+were)?)\s+[^,;:.()%\d]{{2,50}}?)"
    r"\s+(?:had|have|showed|reached)\s+an?\s+(?:[\w-]+\s+){0,3}?(?=[A-Z\d]|overall|response|median|complete)"
)
"""``Patients who developed CRS had an ORR of 80%``."""


def _goes_on(head: re.Match[str], spans: Sequence[Span]) -> bool:
    """Whether the outcome that a sentence is about stands right behind the clause that heads it."""
    inside = any(s.kind == "measure" and s.start < head.end("what") for s in spans)
    return inside and any(s.kind == "measure" and 0 <= s.start - head.end() <= _CLOSE for s in spans)


_CLOSE = 12
_ON = re.compile(
    r"(?:\s+patients)?\s+(?:on|given|receiving|treated\s+with|who\s+(?:received|had))\s+(?:the\s+)?"
)


def of_people_on(text: str, groups: Sequence[Span], arms: Collection[tuple[str, ...]]) -> list[Span]:
    """``63% of the children on A and 40% of those observed``: the children on A are one group, and not two."""
    result = list(groups)
    for arm in groups:
        people = next(
            (
                g
                for g in groups
                if g.ids not in arms and g.end <= arm.start and _ON.fullmatch(text, g.end, arm.start)
            ),
            None,
        )
        if arm.ids in arms and people is not None and people.ids != ("all",):
            whole = Span(
                "group",
                people.start,
                arm.end,
                text[people.start : arm.end],
                tuple(dict.fromkeys((*people.ids, *arm.ids))),
            )
            result = [g for g in result if g not in (people, arm)] + [whole]
    return result


_BY_AGE = frozenset({("paediatric",), ("adult",), ("infant",), ("aya",)})


def without_nouns(spans: Sequence[Span], text: str) -> list[Span]:
    """``the 500 high-risk children``: the noun behind what tells them is no second group."""
    told = {s.end for s in spans if s.kind == "group" and s.ids not in _BY_AGE}
    return [
        s
        for s in spans
        if s.kind != "group" or s.ids not in _BY_AGE or s.start - 1 not in told or text[s.start - 1] != " "
    ]


_ENDING = r"(?:e|s|[a-z]?(?:ed|ing|er|ers)|ation|ion|ance|ment)?"


def of_named_arm(group: Span, arms: Collection[tuple[str, ...]]) -> Span:
    """``those who stopped``: the arm that is called ``stop``, where it is one of the arms of one word."""
    meant = [
        ids
        for ids in arms
        if len(ids) == 1
        and any(
            len(stem) >= _STEM
            and re.fullmatch(re.escape(stem) + _ENDING, group.ids[0])
            and re.fullmatch(re.escape(stem) + _ENDING, ids[0])
            for stem in (ids[0][:n] for n in range(_STEM, len(ids[0]) + 1))
        )
    ]
    return replace(group, ids=meant[0]) if len(meant) == 1 else group


_STEM = 4
"""Letters of a word from which on its beginning tells it from others."""


_FINDING = {"mrd-negativity": "mrd-negative", "mrd-positivity": "mrd-positive"}
"""Ids of those with a finding, however it is told."""


def _told_by(
    clause: re.Match[str],
    spans: Sequence[Span],
    groups: Sequence[Span],
    matchers: Matchers,
    *,
    outcome: bool | None = True,
) -> Span | None:
    start, end = clause.span("what")
    inside = [s for s in spans if start < s.end and s.start < end]
    if any(s.kind == "value" and s.unit not in {*TIME_UNITS, "amount", "limit"} for s in inside):
        return None
    over = [g for g in groups if g.start < end and start < g.end]
    outcomes = [s for s in inside if s.kind == "measure" and start <= s.start and s.end <= end]
    if any(not any(m.start <= g.start and g.end <= m.end for m in outcomes) for g in over):
        return None
    if clause["outcome"] and outcome is not None and bool(outcomes) != outcome:
        return None
    if not any(s.kind == "measure" and (s.end <= clause.start() or s.start >= end) for s in spans):
        return None
    key = _key(clause["what"], outcomes, over, matchers)
    key = _FINDING.get(key, key)
    return Span("group", start, end, clause["what"], (key,)) if key else None


def _key(what: str, outcomes: Sequence[Span], over: Sequence[Span], matchers: Matchers) -> str:
    """The vocabulary's id of those whom a clause tells, where it has them; else the clause's telling words."""
    if _NOT_IN.search(what):
        return next((m.ids[0] for m in matchers.populations.find(tokens("non-responders"))), "")
    words = tokens(what)
    for known in matchers.populations.find(words):
        rest = [w.key for w in (*words[: known.start], *words[known.end :])]
        if all(w in _SAYS_NOTHING or w in _TELLS_NOTHING for w in rest):
            return known.ids[0]
    named = {w for m in outcomes for w in re.findall(r"[a-z0-9]+", m.text.lower())}
    told = [
        w
        for w in re.findall(r"[a-z0-9]+", what.lower())
        if w not in _TELLS_NOTHING | _SAYS_NOTHING and (len(w) > 3 or w.isdigit() or w in named)
    ]
    if over and all(w in named for w in told):
        told = [over[0].ids[0]]
    sign = "no-" if outcomes and re.search(r"\bwithout\b", what) else ""
    return sign + "-".join(told) if told else ""


_SAYS_NOTHING = frozenset("who had have the an a of with without in developed experienced having".split())
_GOES_ON = re.compile(r"(?:\s+patients)?\s+(?:on|given|receiving|treated|who|whose|with|without|assigned)\b")
"""Behind people of whom only some are meant: ``the children on A``."""


def _behind_figures(text: str, spans: Sequence[Span], groups: Sequence[Span]) -> int:
    """How many figures have a group straight behind them."""
    figures = [s for s in spans if s.kind == "value" and s.unit in {"%", *TIME_UNITS}]
    return sum(
        any(
            re.fullmatch(
                r"(?:\s*\([^()]*\))?\s+(?:in|among|for|of|with)\s+(?:[\w-]+\s+){0,4}", text[f.end : g.start]
            )
            for g in groups
            if g.start > f.end and not _GOES_ON.match(text, g.end)
        )
        for f in figures
    )


_BEHIND = re.compile(
    rf"{_FIGURE}\s+of\s+the\s+\d+\s+$|{_FIGURE}\s+(?:in|among|for)\s+(?:the\s+)?(?:{_PEOPLE}\s+(?:with\s+|who\s+(?:were|had|became)\s+)(?:an?\s+)?)?$"
)
_OPENS = re.compile(
    rf"(?:\b(?:and|but|while|whereas)|[,;])\s+(?:in|among|for)\s+(?:the\s+)?(?:{_PEOPLE}\s+(?:with\s+|who\s+were\s+))?$"
)
_AGAIN = re.compile(rf"(?:\s+{_PEOPLE})?,?\s+(?:it|they)\s+(?:was|were)\s")


_NO_EFFECT = re.compile(
    r"\b(?:no|an?|the|this|any|little)\s+(?:[a-z]+\s+)?(?:effect|benefit|difference|advantage|impact|improvement|influence)\s+(?:was|were|could)\b"
    r"[^;()]{0,40}?\b(?:without|with|in|among|for)\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
"""``no effect was seen without detectable MRD (81% vs. 80%)``: of whom the outcome before is given once more."""
_PAIR_NEXT = re.compile(r"(?:\s+[a-z]+){0,2}\s*\(\s*\d[\d.]*\s?%?\s*(?:vs\.?|versus)\s")


def only_group(measure: Span, measures: Sequence[Span], text: str) -> bool:
    """Whether a finding tells whom a figure is of, and is no measure.

    ``The ORR was 69% in A-positive and 35% in A-negative patients``, ``whereas in A-negative patients it was 35%``.
    """
    before = text[: measure.start]
    if measure.dual and _NO_EFFECT.search(before) and _PAIR_NEXT.match(text, measure.end):
        return any(m.end <= measure.start and not m.dual for m in measures)
    behind = _BEHIND.search(before) or (_OPENS.search(before) and _AGAIN.match(text, measure.end))
    if not measure.dual or not behind:
        return False
    return any(m.end <= measure.start and not m.dual and not set(m.ids) & set(measure.ids) for m in measures)
