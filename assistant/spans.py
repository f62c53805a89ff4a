"""Figures, measures, time points, groups, grades and cycles in a piece of text, with their places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from assistant import lazy_re as re
from assistant.spans_bounds import age_groups, bounded_groups, share_groups
from assistant.spans_did import did_groups
from assistant.spans_freed import freed
from assistant.spans_genes import bare_states, gene_groups, of_one_gene
from assistant.spans_lines import line_groups
from assistant.spans_numbers import Span, comparator_of, normal_time, numbers, time_key
from assistant.spans_opposed import opposed_groups
from assistant.spans_prior import prior_groups
from assistant.spans_relative import of_named_arm, of_people_on, only_group, relative_groups
from assistant.spans_said import (
    counted_groups,
    described_groups,
    heading_groups,
    is_other_response,
    overall_groups,
    paired_groups,
    reached_counts,
    said_measures,
    state_groups,
    told_in_heading,
)
from assistant.spans_survival import of_survival, states_of_it, transplanted
from assistant.text import Token, fold, stem, tokens
from assistant.vocabulary import Match, Matchers

__all__ = ["Span", "comparator_of", "group_ids", "normal_time", "scan", "time_key"]

_ARM_NOUN = re.compile(r"\b(?:arms?|groups?|cohorts?|subgroups?)\b", re.IGNORECASE)
_ARM_STOP = frozenset(
    "the a an in for with of on to from among within between each both per both respective these those this "
    "that all was were had and, by not no any down up out into per one two three same other which what whole "
    "entire overall total study treatment patient how many every different given received did does than "
    "either former latter as against".split()
)
_LABEL_BREAK = re.compile(r"\d%$|\d\.\d")
_NEGATED = re.compile(
    r"\b(?:(?:was|were|are|is|had|did|who|but)\s+not(?:\s+(?:been|have(?:\s+an?)?|carry(?:\s+an?)?|in|at))?|non-?|(?:without|lacking)(?:\s+(?:an?|any|the|this|such(?:\s+an?)?))?|(?:with|having|have|had|carry(?:ing)?)\s+no)\s*$",
    re.IGNORECASE,
)


def _arm_labels(text: str) -> list[Span]:
    """Groups named before ``arm``/``group``/``cohort``: ``the high-dose and low-dose arms`` gives two."""
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


_GUIDING = re.compile(r"-(?:guided|directed|driven|adapted|based|informed|triggered)\b", re.IGNORECASE)
"""Behind a measure it says what a treatment goes by: ``MRD-guided therapy``."""
_UNMUTATED = re.compile(r"\b(?:unmutated|wild-type)\b", re.IGNORECASE)
_BUT_NOT_IN = re.compile(r"\bbut\s+not\s+(?:in|at)\s*$", re.IGNORECASE)
"""``longer in women (HR 0.6), but not in men (HR 1.0)``: the men's own ratio."""
_DISEASE = re.compile(r"[-/]ALL")  # in T-ALL not everyone


_AROUND = re.compile(r"\bperi-$", re.IGNORECASE)
"""``detectable peri-transplant MRD`` is no group of those transplanted."""
_AT_EVENT = re.compile(
    r"\b(?:at|censor(?:ed|ing)\s+(?:for|at)|(?:at\s+)?(?:the\s+)?(?:time|date)\s+of)\s+$", re.IGNORECASE
)
"""``in remission at transplant``, ``censored at transplant``: when, and not who."""
_OF_GENE = re.compile(r"\s+(?:of|in)\s+(?:the\s+)?[A-Z][A-Z0-9]+\b")
"""``without mutation of ABC1`` is one group, which the gene tells."""
_GOES_ON = re.compile(
    r"[\s-]+(?:negativ|clear|eradicat|respon|data|assess|available|measure|undetect)", re.IGNORECASE
)
"""``with MRD negativity`` is no group of those with MRD."""
_OR_WITHOUT = re.compile(r"\bwith(?:\s+(?:or|and)\s+|/)without\b[^,;.()]{0,40}$", re.IGNORECASE)
_MOSTLY = re.compile(r",\s+(?:mostly|mainly|largely|predominantly|usually|generally|all)\s+$")
"""``occurred in 13%, mostly asymptomatic``: describes the events, and tells no patients apart."""
_MORE = re.compile(r"\s+(?:in\s+combination\s+with|combined\s+with)\b", re.IGNORECASE)


_BEFORE_LETTER = (
    "with", "on", "to", "in", "than", "vs", "vs.", "versus", "against", "and", "or", "for", "of", "arm", "group", "the", "("
)  # fmt: skip
"""Stands before an arm that is called by one letter, which else is an article."""


@cache
def _label_pattern(label: str) -> re.Pattern[str]:
    if len(label) == 1:
        before = "|".join(rf"(?<={re.escape(w + ('' if w == '(' else ' '))})" for w in _BEFORE_LETTER)
        after = r"\s*(?:[,.;:()?]|$)|\s(?:arm|group|[a-z]+ed|was|were|and|or|vs|versus|had|at|in|for|than|alone)\b|\s\("
        return re.compile(rf"(?:{before}){re.escape(label)}(?={after})")
    return re.compile(
        rf"(?<![\w-]){re.escape(label)}s?(?!\w|-(?!treated|based|\s+(?:and|or|vs\.?|versus)\s))",
        re.IGNORECASE,
    )


def _named_arms(folded: str, arms: Mapping[str, frozenset[str]]) -> list[Span]:
    groups: list[Span] = []
    for label, ids in arms.items():
        for match in _label_pattern(fold(label)).finditer(folded):
            if re.search(r"(?:\u00b1|\+/-)\s*$", folded[: match.start()]):
                continue  # "A \u00b1 B" is the arm of A
            if _MORE.match(folded, match.end()) or _OR_WITHOUT.search(folded, 0, match.end()):
                continue  # "A in combination with B" is not the arm A, "with or without A" no arm at all
            groups.append(Span("group", match.start(), match.end(), match.group(), tuple(sorted(ids))))
    return groups


def _doses(spans: list[Span], arms: Mapping[str, frozenset[str]]) -> tuple[list[Span], list[Span]]:
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


def _is_kind_of_transplant(found: Match, words: Sequence[Token], text: str, matchers: Matchers) -> bool:
    """``matched sibling transplants`` are told by their donors."""
    start = words[found.start].start
    return any(
        0 < found.start - m.end + 1 <= 2
        and m.ids[0] in _KINDS_OF_TRANSPLANT
        and re.fullmatch(r"\s+(?:donor\s+)?", text[words[m.end - 1].end : start])
        for m in matchers.populations.find(words)
    )


_KINDS_OF_TRANSPLANT = frozenset({"haploidentical", "matched-donor", "ric", "mac"})


def closed(text: str, start: int, end: int) -> int:
    """The end of a name with the bracket that it opens: ``del(17p)``."""
    return (
        end + 1
        if text.count("(", start, end) > text.count(")", start, end) and text[end : end + 1] == ")"
        else end
    )


def scan(text: str, matchers: Matchers, arms: Mapping[str, frozenset[str]] | None = None) -> list[Span]:
    """Everything the reader of facts works with, in order of place.

    Args:
        text: one sentence or table cell.
        matchers: lexicons of the review.
        arms: labels of the study's own arms and subgroups, with their ids.
    """
    folded = fold(text)
    words = tokens(folded)
    named = _named_arms(folded, arms or {})
    spans = numbers(folded)
    populations = [
        Span(
            "group",
            words[f.start].start,
            closed(folded, words[f.start].start, words[f.end - 1].end),
            folded[words[f.start].start : closed(folded, words[f.start].start, words[f.end - 1].end)],
            f.ids[:1],
        )
        for f in matchers.populations.find(words)
        if not _DISEASE.match(folded, max(0, words[f.start].start - 1))
        and not _MOSTLY.search(folded[: words[f.start].start])
        and not _AROUND.search(folded[: words[f.start].start])
        and not folded[: words[f.end - 1].end].endswith("relapses")  # "33 late relapses" are no patients
        and not (f.ids[:1] == ("transplant",) and _is_kind_of_transplant(f, words, folded, matchers))
        and not (f.ids[:1] == ("transplant",) and _AT_EVENT.search(folded[: words[f.start].start]))
        and not (f.ids[0] == "mrd-positive" and _GOES_ON.match(folded, words[f.end - 1].end))
        and not (f.ids[0] == "wild-type" and _OF_GENE.match(folded, words[f.end - 1].end))
    ]
    bounded = [*bounded_groups(folded), *share_groups(folded), *line_groups(folded)]
    over = named + bounded + [p for p in populations if " " in p.text and p.text[-1:].isdigit()]
    spans = [s for s in spans if not any(g.start <= s.start and s.end <= g.end for g in over)]
    doses, spans = _doses(age_groups(spans, folded), arms or {})
    ages = [s for s in spans if s.kind == "group"]
    spans = [s for s in spans if s.kind != "group"]
    matches = matchers.measures.find(words)
    spans = [s for s in spans if not _within_measure(s, matches, words)]
    taken = [(s.start, s.end) for s in spans]

    def free(start: int, end: int) -> bool:
        return all(end <= a or start >= b for a, b in taken)

    described = [
        d
        for d in described_groups(folded)
        if not any(g.start < d.end and d.start < g.end for g in (*named, *populations))
    ]
    genes = gene_groups(folded, matchers)
    genes += bare_states(folded, genes, arms or {}, matchers)
    genes = [
        d
        for d in genes
        if all(_is_inside(g, d) for g in (*named, *populations) if _meet(g, d))
        and not any((g.start, g.end) == (d.start, d.end) for g in named)
    ]
    named, populations, described = (
        [g for g in some if not any(_meet(g, d) for d in genes)] for some in (named, populations, described)
    )
    described += genes
    paired = [_by_vocabulary(p, matchers) for p in paired_groups(folded)]
    known = [*named, *populations, *described, *paired, *ages, *bounded]
    states = [s for s in state_groups(folded) if not any(_meet(s, k) for k in known)]
    described += states
    described = [d for d in described if not any(_meet(d, p) for p in paired)]
    groups = named + doses + ages + bounded + populations + described + overall_groups(folded) + paired
    measures = []
    for found in matches:
        start, end = words[found.start].start, words[found.end - 1].end
        if free(start, end):
            measures.append(Span("measure", start, end, folded[start:end], found.ids))
    reached = reached_counts(folded)
    measures = [m for m in measures if not any(r.start <= m.start and m.end <= r.end for r in reached)]
    spans = [s for s in spans if not any(r.start <= s.start and s.end <= r.end for r in reached)]
    measures = [m for m in measures if not (is_other_response(m, folded) or _GUIDING.match(folded, m.end))]
    measures = [m for m in measures if m.ids != ("expansion",) or not _is_part_of_trial(m, folded)]
    measures += [
        m
        for m in said_measures(folded)
        if not any(
            _meet(m, o) and (len(o.text) > len(m.text) or _is_kind_of_response(o, m)) for o in measures
        )
    ]
    whole = [m for m in measures if m.ids in {("sustained_response",), ("fatal_ae",)}]
    measures = [m for m in measures if m in whole or not any(_meet(m, o) or _leads_to(m, o) for o in whole)]
    measures = [f for m in measures if (f := freed(m, folded))]
    measures += reached
    measures = [m for m in measures if not any(_meet(m, s) for s in states)]
    measures = of_survival(measures, folded)
    measures += _medians(folded, measures)
    bridged = transplanted(measures, folded)
    measures = [m for m in measures if not any(_meet(m, b) for b in bridged)]
    bridged += states_of_it(measures, folded)
    measures = [m for m in measures if not any(_meet(m, b) for b in bridged)]
    groups += bridged
    measures.sort(key=lambda s: s.start)
    labels = [_without_measure(s, measures) for s in _arm_labels(folded)]
    groups += [replace(s, ids=tuple(sorted(group_ids(s.text, matchers))) or s.ids) for s in labels]
    kept: list[Span] = []
    arm_ids = {tuple(sorted(ids)) for ids in (arms or {}).values()}
    for group in sorted(
        groups, key=lambda s: (s.ids not in arm_ids or s not in named, s.start - s.end, s.start)
    ):
        if any(group.start < k.end and k.start < group.end for k in kept) or not free(group.start, group.end):
            continue
        kept.append(group)
    kept = [
        k
        for k in kept
        if not any(m.start <= k.start and k.end <= m.end for m in measures if m.ids == ("relapse",))
    ]
    kept = [k for k in kept if k.ids != ("carriers",) or not _carried(k, kept, folded)]
    if heading := told_in_heading(folded, [*spans, *measures], kept):
        spans = [s for s in spans if s.end <= heading.start or s.start >= heading.end]
        measures = [m for m in measures if m.end <= heading.start or m.start >= heading.end]
        kept.append(heading)
    if prior := prior_groups(folded, kept):
        kept = [k for k in kept if not any(_meet(k, p) for p in prior)] + prior
    kept = of_people_on(folded, kept, arm_ids)
    if told := relative_groups(folded, [*spans, *measures], kept, matchers):
        spans = [s for s in spans if not any(_meet(s, g) for g in told)]
        measures = [m for m in measures if not any(_meet(m, g) for g in told)]
        kept = [k for k in kept if not any(_meet(k, g) for g in told)]
        kept += [of_named_arm(g, arm_ids) for g in told]
    kept += did_groups(folded, kept)
    other_side = opposed_groups(folded, kept)
    kept = [k for k in kept if not any(_meet(k, o) for o in other_side)] + other_side
    kept += heading_groups(folded, [*kept, *spans])
    kept += counted_groups(folded, [*kept, *measures])
    kept = [_negated(g, folded, arm_ids, matchers) for g in kept]
    kept += _unmutated(kept, folded)
    settled = _settled(_joined(measures, folded), kept)
    both = [s for s in settled if s.kind == "measure"]
    settled = [s for s in settled if s.kind != "measure" or not only_group(s, both, folded)]
    return sorted([*spans, *settled], key=lambda s: (s.start, s.end))


_THE_MEDIAN = re.compile(r"\b[Tt]he\s+medians?(?=\s+(?:was|were|reached)\s+(?:not|\d))")


def _medians(text: str, measures: Sequence[Span]) -> list[Span]:
    """``EFS was not improved: the median was 12 months``: of the survival named last."""
    found = []
    for match in _THE_MEDIAN.finditer(text):
        named = [m for m in measures if m.end <= match.start() and re.fullmatch(r"[A-Z]*FS|OS|TFR", m.ids[0])]
        if named:
            last = max(named, key=lambda m: m.end)
            found.append(Span("measure", match.start(), match.end(), match[0], (f"median_{last.ids[0]}",)))
    return found


_TO_PART = re.compile(
    r"\b(?:chosen|selected|taken|went(?:\s+on)?|moved|forward|on|proceeded|used|picked|dose|cohort)\s+(?:on\s+)?(?:for|to|into|in)?\s*(?:the\s+|an?\s+)?(?:dose\s+)?$",
    re.IGNORECASE,
)
_OF_TRIAL = re.compile(r"\s+(?:cohorts?|phases?|parts?|stages?|dose|doses|levels?|study)\b", re.IGNORECASE)


def _is_part_of_trial(measure: Span, text: str) -> bool:
    """``600 mg went on to expansion``, ``the expansion cohort``: a part of a trial, and no growth of cells."""
    return bool(_TO_PART.search(text[: measure.start]) or _OF_TRIAL.match(text, measure.end))


def _leads_to(events: Span, death: Span) -> bool:
    """``Adverse events led to death in 5%``: the events that were fatal, and no others."""
    return death.start - events.end == 1 and death.text.startswith(("led", "result"))


def _meet(a: Span, b: Span) -> bool:
    """Whether two spans share a character."""
    return a.start < b.end and b.start < a.end


_LEADS = re.compile(r"^(?:with|without)\s+(?:the\s+|an?\s+)?", re.IGNORECASE)


def _by_vocabulary(pair: Span, matchers: Matchers) -> Span:
    """``with and without CNS involvement``: under the vocabulary's id, where it has the finding."""
    words = tokens(_LEADS.sub("", pair.text))
    known = [m.ids[0] for m in matchers.populations.find(words) if m.end - m.start == len(words)]
    sign = "no-" if pair.ids[0].startswith("no-") else ""
    return replace(pair, ids=(sign + known[0],)) if known else pair


def _is_kind_of_response(named: Span, said: Span) -> bool:
    """``Complete responses were seen in``: said of the complete ones, and not of all."""
    return said.ids == ("ORR",) and named.ids != ("ORR",) and named.start < said.start


def _is_inside(group: Span, gene: Span) -> bool:
    """Whether a group is but a part of the wording of a gene's state: the gene, or ``wild-type`` beside it."""
    return gene.start <= group.start and group.end <= gene.end


def _carried(group: Span, groups: Sequence[Span], text: str) -> bool:
    """``carriers of a mutation`` are named by what they carry."""
    return any(re.fullmatch(r"\s+of\s+(?:an?\s+|the\s+)?", text[group.end : g.start]) for g in groups)


def _within_measure(span: Span, matches: Sequence[Match], words: Sequence[Token]) -> bool:
    """Whether a number is part of a measure's name: ``60-day mortality``."""
    return any(
        words[m.start].start <= span.start
        and span.end <= words[m.end - 1].end
        and span.end - span.start < words[m.end - 1].end - words[m.start].start
        for m in matches
    )


def _without_measure(label: Span, measures: Sequence[Span]) -> Span:
    """``relapse-free survival combination arm``: the arm's label begins after the measure."""
    inside = [m for m in measures if label.start <= m.start and m.end < label.end and " " in m.text]
    if not inside:
        return label
    rest = label.text[inside[-1].end - label.start :]
    return replace(label, start=label.end - len(rest.lstrip()), text=rest.lstrip())


def _unmutated(groups: Sequence[Span], text: str) -> list[Span]:
    """``SF3B1-mutated against unmutated patients``: those without the mutation."""
    found = []
    for match in _UNMUTATED.finditer(text):
        before = [g for g in groups if g.end <= match.start()]
        over = [g for g in groups if _meet(g, Span("group", *match.span(), match[0]))]
        if any(len(g.text) > len(match[0]) or g.ids[0].startswith("no-") for g in over):
            continue  # "unmutated ABC" is a group of its own, "unmutated" beside one gene as well
        if before and not any(i.startswith("no-") for i in before[-1].ids):
            found.append(
                Span(
                    "group",
                    match.start(),
                    match.end(),
                    match.group(),
                    tuple(f"no-{i}" for i in before[-1].ids),
                )
            )
    return found


def opposite(ids: tuple[str, ...], text: str, matchers: Matchers) -> tuple[str, ...]:
    """The ids of those outside a group: the vocabulary's for ``non-`` and its wording, else ``no-`` ids."""
    for wording in (text, text.split(" ")[0]):
        words = tokens(f"non-{wording}")
        known = [m for m in matchers.populations.find(words) if m.start == 0 and m.end == len(words)]
        if known and (known[0].ids[:1] != ("wild-type",) or ids == ("mutated",)):
            return known[0].ids[:1]  # one gene's wild type is no other's
    return tuple(f"no-{i}" for i in ids)


def _negated(group: Span, text: str, arm_ids: set[tuple[str, ...]], matchers: Matchers) -> Span:
    """``those who were not frail`` is another group than ``frail patients``."""
    before = text[max(0, group.start - 24) : group.start]
    found = _NEGATED.search(before) if group.ids not in arm_ids else None
    if (
        not found
        or _BUT_NOT_IN.search(before)
        or group.text.lower().startswith(("no", "with"))
        or any(i.startswith("no-") for i in group.ids)
    ):
        return group
    return replace(group, ids=opposite(group.ids, group.text, matchers))


def _settled(measures: Sequence[Span], groups: list[Span]) -> list[Span]:
    """Measures and groups, where both were found in one place the longer one."""
    result: list[Span] = []
    for measure in measures:
        over = [g for g in groups if g.start < measure.end and measure.start < g.end]
        inner = [
            g
            for g in over
            if measure.start <= g.start
            and g.end <= measure.end
            and g.end - g.start < measure.end - measure.start
        ]
        groups = [g for g in groups if g not in inner]
        over = [g for g in over if g not in inner]
        if any((g.end - g.start) > (measure.end - measure.start) for g in over):
            continue
        result.append(replace(measure, dual=True) if over else measure)
    return result + groups


_GERMS = frozenset(
    "viral_reactivation cmv ebv hbv_reactivation herpes_zoster covid fungal_infection pjp infection".split()
)


def _modifies(first: Span, second: Span) -> bool:
    """``CMV pneumonia`` is a pneumonia: of two adjacent names the second is what happened."""
    plain = second.text == second.text.lower() and first.ids != second.ids
    return plain and bool(_GERMS & set(first.ids))


def _joined(measures: list[Span], text: str) -> list[Span]:
    """``overall survival (OS)`` as one span, ``complete remission (CR)/CRi`` as the composite ``CR/CRi``."""
    result: list[Span] = []
    for span in measures:
        last = result[-1] if result else None
        between = text[last.end : span.start] if last else ""
        if last and re.fullmatch(r"\s*[(\[]", between) and text[span.end : span.end + 1] in {")", "]", ";"}:
            result[-1] = replace(last, end=span.end + 1, text=text[last.start : span.end + 1])
        elif last and set(last.ids) & set(span.ids) and re.fullmatch(r"\s*[(\[,]?\s*", between):
            end = span.end + (text[span.end : span.end + 1] in {")", "]"} and "(" in between)
            result[-1] = replace(last, end=end, text=text[last.start : end])
        elif last and last.ids == span.ids and re.fullmatch(r"\s*(?:for|of|in)\s+", between):
            result[-1] = replace(last, end=span.end, text=text[last.start : span.end])
        elif last and between in {" ", "-"} and _modifies(last, span):
            result[-1] = replace(last, end=span.end, text=text[last.start : span.end], ids=span.ids)
        elif last and re.fullmatch(r"\s?[/+]\s?", between):
            ids = (f"{last.ids[0]}/{span.ids[0]}", *last.ids, *span.ids)
            result[-1] = replace(last, end=span.end, text=text[last.start : span.end], ids=ids)
        else:
            result.append(span)
    return result


_LETTERED = re.compile(r"(arm|cohort|group|part)s?\s+([A-Z]\d?|\d[A-Z]?)", re.IGNORECASE)
_GROUP_FILLER = re.compile(
    r"patients?|arms?|groups?|cohorts?|subgroups?|the|and|with|of|in|or|vs\.?|versus|an?|to|for|plus|alone|only|who|treated|had"
)


_WITHOUT = re.compile(r"without\s+(?P<what>(?!(?:an?|any|it|them|the)\b)[^\s,;()]+)", re.IGNORECASE)
"""``the without A group``, as an answer calls those who did not have A."""


def group_ids(label: str, matchers: Matchers) -> frozenset[str]:
    """What identifies a group's label: vocabulary ids of populations and its other words.

    ``R/R ETP-ALL`` -> {relapsed-refractory, etp-all}; ``T/LBL`` and ``T-LBL`` are one.
    """
    if lettered := _LETTERED.fullmatch(label.strip()):
        return frozenset({f"{lettered[1]}{lettered[2]}".lower()})
    if lacking := _WITHOUT.fullmatch(label.strip()):
        return frozenset(f"no-{i}" for i in group_ids(lacking["what"], matchers))
    words = tokens(label)
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
