"""Groups told by a label: the study's own arms, ``the high-dose arm``; and what identifies a label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from assistant import lazy_re as re
from assistant.spans.bounds import share_groups
from assistant.spans.genes import of_one_gene
from assistant.spans.opposite import opposite
from assistant.spans.span import Span
from assistant.text.text import fold, stem, tokens
from assistant.vocabulary.vocabulary import Matchers

_ARM_NOUN = re.compile(r"\b(?:arms?|groups?|cohorts?|subgroups?|stratum|strata)\b", re.IGNORECASE)
_ARM_STOP = frozenset(
    "the a an in for with of on to from among within between each both per both respective these those this "
    "that all was were had and, by not no any down up out into per one two three same other which what whole "
    "entire overall total study treatment patient how many every different given received did does than "
    "either former latter as against while whilst whereas although though when since because if where but".split()
)
_LABEL_BREAK = re.compile(r"\d%$|\d\.\d")


def labelled_groups(text: str, measures: Sequence[Span], matchers: Matchers) -> list[Span]:
    """Groups named before ``arm``, ``group`` or ``cohort``; no measure is part of their labels."""
    labels = [_without_measure(label, measures) for label in _labels(text)]
    return [replace(s, ids=tuple(sorted(group_ids(s.text, matchers))) or s.ids) for s in labels]


def _labels(text: str) -> list[Span]:
    """``the high-dose and low-dose arms`` gives two."""
    found = []
    for noun in _ARM_NOUN.finditer(text):
        if re.search(r"\b(?:single|one|two|three|four|multi)-$", text[: noun.start()], re.IGNORECASE):
            continue  # "a single-arm study" names no arm
        labels = _labels_before(text, noun)
        for part in reversed(labels):
            start, end = part[0].start(), part[-1].end()
            keys = tuple(t.key for t in tokens(text[start:end]) if not t.key.isdigit() or len(part) <= 2)
            if keys:
                found.append(Span("group", start, end, text[start:end], keys))
        match = re.match(r"\s+([A-Z]|\d|\d[A-Z]|[A-Z]\d)\b(?!\s?%|\.\d)", text[noun.end() : noun.end() + 9])
        if match and not labels:
            end = noun.end() + match.end()
            name = noun.group().lower().rstrip("s") + match[1].lower()
            found.append(Span("group", noun.start(), end, text[noun.start() : end], (name,)))
            found += _lettered_after(text, noun.group().lower(), end)
    return found


_NEXT_LETTER = re.compile(
    r"(?:\s*,)?\s*(?:(?<=,)\s*|\band\s+|\bor\s+|\bvs\.?\s+|\bversus\s+|&\s*|/\s*)(?P<letter>[A-Z]|\d|\d[A-Z]|[A-Z]\d)\b"
    r"(?!\s?%|\.\d|\s+(?:patients|of|months|years|days|weeks|cycles)\b)"
)


def _lettered_after(text: str, noun: str, start: int) -> list[Span]:
    """``arms A, B and C``: the arms after the first one, whose noun is said once."""
    found: list[Span] = []
    while noun.endswith("s") and (match := _NEXT_LETTER.match(text, start)):
        name = (noun.removesuffix("s") + match["letter"].lower(),)
        found.append(
            Span("group", *match.span("letter"), f"{noun.removesuffix('s')} {match['letter']}", name)
        )
        start = match.end()
    return found


def _labels_before(text: str, noun: re.Match[str]) -> list[list[re.Match[str]]]:
    words = list(re.finditer(r"[^\s,;()]+|[,;()]", text[: noun.start()]))
    label: list[re.Match[str]] = []
    labels: list[list[re.Match[str]]] = []
    for word in reversed(words[-9:]):
        lower = word.group().lower()
        if lower in {"and", "or", "vs", "vs.", "versus"} and label:
            labels.append(label[::-1])
            label = []
            continue
        if (
            lower in _ARM_STOP
            or lower in {",", ";", "(", ")"}
            or len(label) > 3
            or _LABEL_BREAK.search(lower)
        ):
            break
        label.append(word)
    if label:
        labels.append(label[::-1])
    return labels


_OR_WITHOUT = re.compile(r"\bwith(?:\s+(?:or|and)\s+|/)without\b[^,;.()]{0,40}$", re.IGNORECASE)
_MORE = re.compile(r"\s+(?:in\s+combination\s+with|combined\s+with)\b", re.IGNORECASE)
_BEFORE_LETTER = (
    "with", "on", "to", "in", "than", "vs", "vs.", "versus", "against", "and", "or", "for", "of", "arm", "arms", "group",
    "groups", "the", "("
)  # fmt: skip
"""Stands before an arm that is called by one letter, which else is an article."""


_OF_AGENTS = re.compile(r"[^\W\d_]{5,}(?:-[^\W\d_]{5,})+")


@cache
def _label_pattern(label: str) -> re.Pattern[str]:
    if len(label) == 1:
        before = "|".join(rf"(?<={re.escape(w + ('' if w == '(' else ' '))})" for w in _BEFORE_LETTER)
        after = r"\s*(?:[,.;:()?]|$)|\s(?:arm|group|[a-z]+ed|was|were|and|or|vs|versus|had|at|in|for|than|alone)\b|\s\("
        return re.compile(rf"(?:{before}){re.escape(label)}(?={after})")
    if _OF_AGENTS.fullmatch(label):  # "A plus B" is the arm A-B
        joined = r"(?:-|\s+plus\s+|\s?\+\s?)".join(label.split("-"))
        return re.compile(rf"(?<![\w-]){joined}(?![\w-]|\s+plus\s|\s?\+)", re.IGNORECASE)
    return re.compile(
        rf"(?<![\w-]){re.escape(label)}s?(?!\w|-(?!treated|based|\s+(?:and|or|vs\.?|versus)\s))",
        re.IGNORECASE,
    )


@cache
def _needle(label: str) -> str:
    """What stands in every text that names the label, in small letters: most labels are sought in vain."""
    folded = fold(label)
    return folded.partition("-")[0].lower() if _OF_AGENTS.fullmatch(folded) else folded.lower()


def named_arms(text: str, arms: Mapping[str, frozenset[str]]) -> list[Span]:
    """The study's own arms and subgroups in ``text``, by their labels."""
    groups: list[Span] = []
    lowered = text.lower()
    for label, ids in arms.items():
        if _needle(label) not in lowered:
            continue
        for match in _label_pattern(fold(label)).finditer(text):
            if re.search(r"(?:\u00b1|\+/-)\s*$", text[: match.start()]):
                continue  # "A \u00b1 B" is the arm of A
            if _MORE.match(text, match.end()) or _OR_WITHOUT.search(text, 0, match.end()):
                continue  # "A in combination with B" is not the arm A, "with or without A" no arm at all
            if _REST.match(text, match.end()):
                continue  # "PTCL-NOS" is one kind of PTCL
            groups.append(Span("group", match.start(), match.end(), match.group(), tuple(sorted(ids))))
    return groups + _by_rank_alone(text, arms)


_REST = re.compile(r"(?:-|,?\s+\(?)(?:NOS|not\s+otherwise\s+specified)\b")


_ELLIPTIC = re.compile(
    r"\b(?:the|a)\s+(?P<rank>low|lower|high|higher|standard)(?=\s+(?:\([^()]*\)\s*)?(?:and|or|than|vs\.?|versus|compared|against|to)\b(?:[^;.]|\.\d){0,60}?"
    r"\s(?:low|lower|high|higher|standard)\s+dose\b)",
    re.IGNORECASE,
)


def _by_rank_alone(text: str, arms: Mapping[str, frozenset[str]]) -> list[Span]:
    """``at the lower and half at the higher dose``: the arm whose noun is said once, behind the other."""
    return [
        Span("group", *m.span("rank"), m["rank"], tuple(sorted(ids)))
        for m in _ELLIPTIC.finditer(text)
        if (ids := arms.get(f"{m['rank'].lower()} dose"))
    ]


def doses_of_arms(spans: Sequence[Span], arms: Mapping[str, frozenset[str]]) -> tuple[list[Span], list[Span]]:
    """Amounts that are the doses of the study's arms, as groups; and all other spans."""
    by_label = {
        re.sub(r"\s+", "", fold(label)).lower(): ids for label, ids in arms.items() if label[:1].isdigit()
    }
    groups, others = [], []
    for span in spans:
        whole = re.sub(r"\s+|-(?=[^\W\d])", "", span.text + (span.ids[0] if span.ids else "")).lower()
        if by_label and span.kind == "value" and span.unit == "amount" and whole in by_label:
            groups.append(Span("group", span.start, span.end, span.text, tuple(sorted(by_label[whole]))))
        else:
            others.append(span)
    return groups, others


def _without_measure(label: Span, measures: Sequence[Span]) -> Span:
    """``relapse-free survival combination arm``: the arm's label begins after the measure."""
    inside = [m for m in measures if label.start <= m.start and m.end < label.end and " " in m.text]
    if not inside:
        return label
    rest = label.text[inside[-1].end - label.start :]
    return replace(label, start=label.end - len(rest.lstrip()), text=rest.lstrip())


_LETTERED = re.compile(r"(arm|cohort|group|part|stratum)s?\s+([A-Z]\d?|\d[A-Z]?)", re.IGNORECASE)
_GROUP_FILLER = re.compile(
    r"patients?|arms?|groups?|cohorts?|subgroups?|strat(?:um|a)|the|and|with|of|in|or|vs\.?|versus|an?|to|for|plus|alone|only|who|treated|had"
)
_WITHOUT = re.compile(r"without\s+(?P<what>(?!(?:an?|any|it|them|the)\b)[^\s,;()]+)", re.IGNORECASE)
"""``the without A group``, as an answer calls those who did not have A."""
_NONE = re.compile(r"no\s+(?P<what>[^\d,;()]{3,60})", re.IGNORECASE)
"""``No previous A-directed therapy`` over a column: those who had none."""

_NON = re.compile(r"(?:non|not)[-\s](?P<what>[^\d,;()]{3,60})", re.IGNORECASE)
"""``non-frail`` over a column, or counted in a cell: those who were not."""


_OUTSIDE = re.compile(r"(?:non[-\u2010\u2011]\s?|not\s+)(?P<what>[^\W_]\S*)", re.IGNORECASE)
"""``non-frail``: those outside a group."""


def group_ids(label: str, matchers: Matchers) -> frozenset[str]:
    """What identifies a group's label: vocabulary ids of populations and its other words.

    ``R/R ETP-ALL`` -> {relapsed-refractory, etp-all}; ``T/LBL`` and ``T-LBL`` are one.
    """
    if lettered := _LETTERED.fullmatch(label.strip()):
        return frozenset({f"{lettered[1]}{lettered[2]}".lower()})
    if lacking := _WITHOUT.fullmatch(label.strip()):
        return frozenset(f"no-{i}" for i in group_ids(lacking["what"], matchers))
    if (told := share_groups(f"patients with {fold(label)}")) and told[0].end == len(label) + len(
        "patients with "
    ):
        return frozenset(told[0].ids)
    if (outside := _OUTSIDE.fullmatch(label.strip())) and (inner := group_ids(outside["what"], matchers)):
        return frozenset(opposite(tuple(sorted(inner)), outside["what"], matchers))
    words = tokens(label)
    if (none := _NONE.fullmatch(label.strip())) and not matchers.populations.find(words[:2]):
        return frozenset(f"no-{i}" for i in group_ids(none["what"], matchers))
    known = [m for m in matchers.populations.find(words) if m.start == 0]
    if (other := _NON.fullmatch(label.strip())) and not any(m.end == len(words) for m in known):
        return frozenset(f"no-{i}" for i in group_ids(other["what"], matchers))
    ids: set[str] = set()
    spans: list[tuple[int, int]] = []
    for match in matchers.populations.find(words):
        ids.add(match.ids[0])
        spans.append((words[match.start].start, words[match.end - 1].end))
    for chunk in re.finditer(r"[^\s,;()]+", fold(label)):
        if any(a < chunk.end() and chunk.start() < b for a, b in spans):
            continue
        key = stem(chunk.group().lower().replace("/", "-").strip(".:"))
        if key and not _GROUP_FILLER.fullmatch(key):
            ids.add(key)
    if not ids and len(label.strip()) == 1:
        ids.add(f"arm-{label.strip().lower()}")  # an arm called A is no article
    return of_one_gene(label, ids, matchers)


def own_words(label: str) -> frozenset[str]:
    """What identifies a label by its words alone, where the vocabulary takes it for another one of the same table."""
    return frozenset(stem(w.lower()) for w in re.findall(r"[^\s,;()]+", fold(label)))
