"""Groups that a sentence names by reference: the former and the latter, without it, these three doses."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.facts.groups import Ids
from assistant.spans.span import Span
from assistant.text.text import WORD_NUMBER

_NOUN = r"(?:\s+(?:two\s+|three\s+)?(?:arms?|groups?|cohorts?|subgroups?|patients|one|ones))"
_REFERENCE = re.compile(
    rf"""
    (?P<former>\b(?:the\s+)?former\b{_NOUN}?)
  | (?P<latter>\b(?:the\s+)?latter\b{_NOUN}?)
  | (?P<other>\b(?:in|among|for|of)\s+all\s+(?:the\s+)?others?(?:\s+patients)?(?=\s*[,.;()]|\s*$)
        |\bthe\s+other(?:{_NOUN}|(?=\s*[,.;()]|\s*$))
        |\bthe\s+(?:others|rest|remainder)\b(?!\s+of\b)|\bthe\s+remaining\s+patients\b
        |\bthe\s+(?:remaining|other)\s+(?:\d+|{WORD_NUMBER})(?:\s+patients)?(?=\s*[,.;()]|\s*$|\s+(?:and|had|was|were)\b))
  | (?P<lacking>\bwithout\s+(?:the|this|that|such\s+an?)\s+
        (?:mutation|rearrangement|alteration|deletion|fusion|translocation|abnormality|variant)\b)
  | (?P<without>\bwithout(?:\s+(?:it|them)\b|(?=\s*[,.;:()]|\s*$)|(?<=those\swithout)(?=\s+\d[\d.]*\s?%)))
  | (?P<not>\b(?:those|patients|the\s+(?:\d+|\w+))\s+who\s+(?:(?:did|do)\s+not\b|(?:had|were|was|have)\s+not\b
        (?!\s+(?:yet\s+|subsequently\s+)?(?:[a-z]{{3,}}ed|given|undergone|taken|seen)\b))
        (?:\s+(?:have|carry|receive)\s+(?:it|them|one)\b)?
)
  | (?P<same>\b(?:those|patients|\d+)\s+who\s+(?:had|did|were|have|carried)\s*(?:it|them|so)?
        (?=\s*[,.;()]|\s+as\s+opposed|\s+(?:and|versus|compared)\b))
  | (?P<several>\b(?:(?:these|the|both|all)(?:\s+(?P<many>two|three|four|five))?\s+(?:arms|groups|doses|dose\s+levels|cohorts)
        |(?:either|each)\s+(?:arm|group|dose\s+level|dose|cohort))\b)
  | (?P<each>\bto\s+an\s+(?:arm|group)\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ALIKE = re.compile(
    r"\b(?:similar\w*|comparable|balanced|equal\w*|equivalent|identical|same|differ\w*|alike)\b[^,;:.()\d]{0,30}$",
    re.IGNORECASE,
)
"""Says of arms that they are alike; the figures come behind it."""
_ACROSS = re.compile(
    r"\b(?:across|irrespective\s+of|regardless\s+of|over|pooling|(?:both|pooled)\s+over)\s+$", re.IGNORECASE
)
_WITH = re.compile(r"\bwith\s+(?:an?\s+|the\s+)?$", re.IGNORECASE)
_WITH_WHAT = re.compile(
    r"\b(?:patients|those|cases|people|children|adults|women|men|subjects)\s+with\s+(?P<what>(?:an?\s+|the\s+)?[A-Za-z][\w-]*"
    r"(?:\s+(?!and\b|or\b|in\b|versus\b|vs\b|was\b|had\b|within\b)[A-Za-z][\w-]*){0,3})"
)
"""Tells patients by what they had, which may be no group that is known."""
_AS_MUCH = re.compile(
    r"\b(?:benefi[a-z]+|gain(?:ed|ing)?|profit(?:ed|ing)?|improve[a-z]*)\s+(?:[a-z]+\s+){0,4}?as\s+(?:much|strongly|greatly)\s+as\s+(?:for\s+|in\s+)?$",
    re.IGNORECASE,
)
"""``gained as much as the others (15 vs. 7 months)``: whom an effect is likened to; the figures are those of the arms."""
_GENETIC = re.compile(r"[A-Z][A-Z0-9]*\d[A-Z\d]*\b|[A-Z]{3,}|mutat|rearrang|delet|fusion|t\(")
"""Names what patients can be without: a gene, or its state."""
_WITH_AGAIN = re.compile(r"\bwith\b", re.IGNORECASE)
"""``in those with a mutation, more with than without``: the last ``with`` is not that of the group."""
_MANY = {"two": 2, "three": 3, "four": 4, "five": 5}
_PEOPLE = frozenset({"men", "women", "adult", "paediatric", "aya", "elderly", "all"})
"""What nobody can be without: ``the 25 without them`` are not those without men."""


def _opposite(ids: Ids, pair: Sequence[Ids]) -> Ids | None:
    """The other one of two; the negation where it has no known other."""
    if len(pair) == 2 and ids in pair:
        return pair[1 - pair.index(ids)]
    if any(i.startswith("no-") for i in ids):
        return None
    return tuple(f"no-{i}" for i in ids)


def _is_one_state(groups: Sequence[Span], text: str) -> bool:
    """``transplanted in first remission``: what was done, and when, which those who were not lack together."""
    return (
        len(groups) == 2 and text[groups[0].end : groups[1].start] == " " and groups[1].text.startswith("in ")
    )


_WAS_FIGURE = re.compile(r"\s+(?:was|were|reached)\s+(?:[a-z]+ly\s+)?(?:higher|lower|longer|shorter|\d)")


def _means_measure(match: re.Match[str], spans: Sequence[Span], text: str) -> bool:
    """``RFS was 50% and OS 60%; the latter was 70% in A``: one of two measures, where no group stands before."""
    before = [s for s in spans if s.end <= match.start()]
    groups = any(s.kind == "group" for s in before)
    measures = {s.ids for s in before if s.kind == "measure"}
    return not groups and len(measures) > 1 and _WAS_FIGURE.match(text, match.end()) is not None


class References:
    """Resolves the references of one sentence.

    Args:
        arms: the study's arms in order, each as its sorted ids.
        before: groups of the sentence before.
    """

    def __init__(self, arms: Sequence[Ids], before: Sequence[Span] = ()) -> None:
        self.arms = list(arms)
        self.before = list(dict.fromkeys(g.ids for g in before))

    def resolve(self, spans: Sequence[Span], text: str) -> list[Span]:
        """``spans`` with the groups that references mean; one to several groups gives one span each."""
        found = list(_REFERENCE.finditer(text))
        if not found:
            return list(spans)
        result = list(spans)
        pair: list[Ids] = []
        for match in found:
            start, end = match.span()
            over = [s for s in result if s.kind == "group" and s.start < end and start < s.end]
            if any(s.ids in self.arms for s in over) or (match["other"] and _AS_MUCH.search(text[:start])):
                continue
            if match["not"] and any(
                s.start <= start and end < s.end and s.ids[0].startswith("no-") for s in over
            ):
                continue  # "those who did not undergo it", told in full
            if match["several"] and (
                self._named_apart(match, result, text) or self._pooled(match, result, text)
            ):
                result = [s for s in result if s not in over]
                continue
            if (match["former"] or match["latter"]) and _means_measure(match, result, text):
                result = [s for s in result if s not in over]
                continue
            earlier = sorted((s for s in result if s.kind == "group" and s.end <= start), key=lambda s: s.end)
            if match["not"] and _is_one_state(earlier[-2:], text):
                earlier = earlier[:-1]
            history = [s.ids for s in earlier]
            of_those = re.search(r"\b(?:those|patients|ones)\s+$", text[:start]) is not None
            if any(g.ids == history[-1] and _WITH.search(text[: g.start]) for g in earlier[-2:]):
                of_those = of_those or not _WITH_AGAIN.search(text, earlier[-1].end, start)
            if match["lacking"] and not over:
                told = [g for g in earlier if _GENETIC.search(g.text) and g.ids not in self.arms]
                other = _opposite(told[-1].ids, self.arms) if told else None
                ids = [other] if other else []
            else:
                ids = [] if match["lacking"] else self._meant(match, history, of_those=of_those)
                if match["former"] and ids:
                    pair = self._pair(list(dict.fromkeys(history)))
                elif match["latter"] and pair:  # whatever else is named since the former
                    ids = pair[1:]
                if match["without"] and (lacking := self._of_no_group(text[:start], earlier)):
                    ids = [lacking]
            if not ids:
                if match["former"] or match["latter"] or match["other"]:
                    result = [s for s in result if s not in over]
                continue
            result = [s for s in result if s not in over]
            begin = self._begin(match, result)
            result += [Span("group", begin, end, text[begin:end] or match[0], i) for i in ids]
        return sorted(result, key=lambda s: (s.start, s.end))

    def _of_no_group(self, before: str, earlier: Sequence[Span]) -> Ids | None:
        """``in 5/9 patients with bulky nodes and in 7/8 without``: those who lack what no group was read of."""
        told = list(_WITH_WHAT.finditer(before))
        if not told or any(g.end > told[-1].start() for g in earlier):
            return None
        words = [
            w for w in re.findall(r"[a-z]+", told[-1]["what"].lower()) if w not in {"a", "an", "the", "of"}
        ]
        return (f"no-{'-'.join(words)}",) if words else None

    def _named_apart(self, match: re.Match[str], spans: Sequence[Span], text: str) -> bool:
        """``similar in the two groups: 50% in A and 48% in B``: each arm is named where its figure stands."""
        named = {s.ids for s in spans if s.kind == "group" and s.ids in self.arms and s.start >= match.end()}
        return len(named) > 1 and bool(_ALIKE.search(text[: match.start()]))

    def _pooled(self, match: re.Match[str], spans: Sequence[Span], text: str) -> bool:
        """``Across both arms, it was higher in A than in B``: the arms together, whose parts are told apart."""
        parts = {
            s.ids for s in spans if s.kind == "group" and s.ids not in self.arms and s.start >= match.end()
        }
        return len(parts) > 1 and bool(_ACROSS.search(text[: match.start()]))

    @staticmethod
    def _begin(match: re.Match[str], spans: Sequence[Span]) -> int:
        """Behind a count within the reference: ``the 25 who did not``."""
        inner = [
            s.end for s in spans if s.kind == "value" and match.start() <= s.start and s.end < match.end()
        ]
        return max([match.start(), *inner])

    def _meant(self, match: re.Match[str], history: Sequence[Ids], *, of_those: bool = False) -> list[Ids]:
        kind = match.lastgroup if match.lastgroup != "many" else "several"
        pair = self._pair(list(dict.fromkeys(history)))
        if kind in {"former", "latter"}:
            if kind == "latter" and len(pair) < 2 and not history:
                return self.before  # the one that the sentence before told apart from the whole
            return [pair[kind == "latter"]] if len(pair) == 2 else []
        last = history[-1] if history else self.before[-1] if self.before else None
        if kind == "several":
            many = _MANY.get((match["many"] or "").lower(), len(self.arms))
            return self.arms if len(self.arms) == many and many > 1 else []
        if kind == "each":
            return self.arms if len(self.arms) > 1 else []
        if kind == "without" and len(self.arms) == 2 and not (of_those and last not in self.arms):
            return [self.arms[1]] if last is None or last != self.arms[1] else []
        if last is None or kind is None or (kind == "without" and set(last) & _PEOPLE):
            return []
        if kind == "same":
            return [last]
        other = _opposite(last, self.arms)
        return [other] if other is not None else []

    def _pair(self, history: Sequence[Ids]) -> list[Ids]:
        if len(history) >= 2:
            return list(history[-2:])
        if len(self.arms) == 2:
            return list(self.arms)
        return list(self.before[-2:]) if len(self.before) >= 2 else []
