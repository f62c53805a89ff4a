"""Answers that look facts up: single figures, cells, arms, several studies, with honest declines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.cells import is_missing
from assistant.conflicts import Disagreement
from assistant.corpus import Review
from assistant.draft import Draft, Line, answered, declined, of_fact
from assistant.model import Derivation, Fact, Status
from assistant.question import Ask
from assistant.say import Speaker, joined
from assistant.selection import Selection, Selector, Wanted, percent_of
from assistant.text import tokens
from assistant.vocabulary import Vocabulary

_REFERENCE_FIELDS = frozenset({"authors", "title", "journal", "year", "pages", "doi", "reference"})


@dataclass(slots=True)
class Desk:
    """Everything an answer to a question about one review is made with."""

    review: Review
    vocabulary: Vocabulary
    selector: Selector
    speaker: Speaker
    conflicts: tuple[Disagreement, ...]

    def name(self, study: str) -> str:
        """``Study 12 (Moreau et al.)``."""
        return self.speaker.full(study)

    def measures(self, ask: Ask, study: str) -> tuple[str, ...]:
        """The measures asked for, families unfolded to those the study reports."""
        found = [m for m in ask.measures if self.vocabulary.term(m).kind in {"pvalue", "ratio"} or m == "CI"] or list(ask.measures)
        generic = "ORR" in found and not self.selector.reported(study, "ORR") and not re.search(r"\bORR\b|overall|objective", ask.focus)
        if generic and "response" in self.vocabulary.families:
            members = self.vocabulary.families["response"].includes
            found = [m for m in found if m != "ORR"] + ([m for m in self.selector.measures_of(study) if m in members][:1] or ["ORR"])
        for family in ask.families:
            members = self.vocabulary.families[family].includes
            reported = [m for m in self.selector.measures_of(study) if m in members]
            if family == "survival" and ask.has("list"):
                reported += [m for m in self.selector.measures_of(study) if m in {"CIR", "relapse", "NRM"} and m not in reported]
            single = family in {"response", "remission"} and not ask.has("list") and not re.search(r"\ball\b", ask.focus)
            found += reported[:1] if single else reported
        return tuple(dict.fromkeys(found))


def group_wishes(desk: Desk, ask: Ask, study: str) -> list[frozenset[str]]:
    """The arms or subgroups asked for in one study, each a set of ids; none means all patients.

    Words that hold for every patient of the study, and words that only describe it, are left out;
    words that together name one subgroup stay together.
    """
    everyone = desk.review.populations.get(study, frozenset())
    if "relapsed-refractory" in everyone:
        everyone |= {"relapsed", "refractory"}
    everyone |= _treated_with(desk, study)
    if len(ask.studies) > 1:
        for other in ask.studies:
            everyone |= desk.review.populations.get(other, frozenset())
    if re.search(r"\b(?:only|just|alone|specifically|exclusively)\b", ask.focus, re.IGNORECASE):
        everyone = frozenset(i for i in everyone if i in desk.vocabulary.populations)
    wishes = [ids - everyone - {"all"} for _, ids in ask.groups]
    wishes = [w for w in wishes if w]
    facts = [f for f in desk.review.facts if f.study == study and f.group]
    if ask.described or not ask.named.of("number", "nct", "author", "code"):
        known = frozenset(g for f in facts for g in f.group)
        kept = [w for w in wishes if w & known]
        wishes = kept or wishes
    wishes = [w for w in (_without_topic(desk, ask, w) for w in wishes) if w]
    whole = frozenset(i for w in wishes for i in w)
    apart = all(any(w <= f.group for f in facts) for w in wishes)
    if len(wishes) > 1 and (any(whole <= f.group for f in facts) or not (apart or _alternatives(ask))):
        wishes = [whole]
    if ask.everyone and wishes:
        wishes = [frozenset(), *wishes]
    return list(dict.fromkeys(wishes))


def _treated_with(desk: Desk, study: str) -> frozenset[str]:
    """Groups that name the one treatment all patients of a study had; none where its arms differ."""
    cells = [f.value for f in desk.selector.reported(study, "agents")]
    if not cells or any(re.search(r"\bvs\b|\bversus\b|±|\bor\b", c) for c in cells):
        return frozenset()
    lexicon = desk.review.reader.matchers.populations
    return frozenset(m.ids[0] for c in cells for m in lexicon.find(tokens(c)))


def _alternatives(ask: Ask) -> bool:
    """Whether the groups named are several wanted side by side, not one described by several words."""
    gaps = [ask.focus.split(a, 1)[-1].split(b, 1)[0] for (a, _), (b, _) in zip(ask.groups, ask.groups[1:], strict=False)]
    return ask.has("arms") or any(re.search(r"\b(?:and|or|vs|versus|than|against|compared|with|from|to|between)\b|[,/&]", gap, re.IGNORECASE) for gap in gaps)


def _without_topic(desk: Desk, ask: Ask, wish: frozenset[str]) -> frozenset[str]:
    """A wish without the disease the whole review is about, unless that alone is asked for."""
    if re.search(r"\b(?:only|just|alone|subgroup|subset|specifically|exclusively|how many|number of)\b", ask.focus, re.IGNORECASE) or len(ask.groups) > 1:
        return wish
    title = desk.review.title.lower()
    topics = {k.lower() for k, v in desk.review.raw.abbreviations.items() if v.lower() in title or k.lower() in title}
    return frozenset(i for i in wish if i not in topics)


def lookup(desk: Desk, ask: Ask) -> Draft | None:
    """The measures and characteristics asked for, of the studies named; None where nothing of the sort is asked."""
    if not (ask.measures or ask.families or ask.characteristics):
        return None
    studies = ask.studies or tuple(s.id for s in desk.review.studies)
    if not ask.studies and ask.measures:
        exact = tuple(s for s in studies if any(desk.selector.reported(s, m) for m in ask.measures))
        studies = exact or studies
    lines: list[Line] = []
    lacking: list[tuple[str, str, Selection]] = []
    for study in studies:
        for measure in desk.measures(ask, study):
            found, missing = _measure(desk, ask, study, measure)
            lines += found
            if missing:
                lacking.append((study, measure, missing))
        for characteristic in ask.characteristics:
            if characteristic in _REFERENCE_FIELDS:
                continue
            found, missing = _characteristic(desk, ask, study, characteristic)
            lines += found
            if missing:
                lacking.append((study, characteristic, missing))
    lines = list(dict.fromkeys(lines))
    if ask.measures and any(a in ask.measures for _, a, _ in lacking) and not any(f.attribute in desk.vocabulary.measures for li in lines for f in li.facts):
        lines = []
    if not lines:
        return _decline(desk, ask, lacking) if lacking or ask.measures or ask.families else None
    shown = tuple(dict.fromkeys(f.study for line in lines for f in line.facts))
    draft = answered(lines, shown)
    if ask.studies and lacking:
        draft = _mention_lacking(desk, ask, draft, lacking)
    return with_conflicts(desk, draft)


def _measure(desk: Desk, ask: Ask, study: str, measure: str) -> tuple[list[Line], Selection | None]:
    wishes = group_wishes(desk, ask, study) or [frozenset()]
    if measure in {"p_value", "CI"} or desk.vocabulary.term(measure).kind == "ratio":
        wishes = [frozenset()]
    lines: list[Line] = []
    missing: Selection | None = None
    of = next((m for m in ask.measures if m != measure and desk.vocabulary.term(m).kind not in {"pvalue", "ratio"}), "")
    for wish in wishes:
        wanted = Wanted(
            measure,
            ask.times,
            wish,
            overall=bool(re.search(r"\b(?:all patients|overall population|entire|whole)\b", ask.focus, re.IGNORECASE)),
            every_group=bool(re.search(r"\ball\b.{0,25}\b(?:results|figures|data|rates|numbers|outcomes|values)\b", ask.focus, re.IGNORECASE)),
            of=of,
            grade=ask.grade,
            cycle=ask.cycle,
        )
        found = desk.selector.select(study, wanted)
        if not found.facts:
            found = _elsewhere(desk, study, wanted, found)
        if not found.facts:
            missing = missing or found
            continue
        computed = _remainder(desk, ask, found.facts) or _sum_of_grades(desk, ask, found.facts)
        if computed is not None:
            lines.append(computed)
            continue
        for fact in found.facts:
            lines += figure_lines(desk, ask, fact)
    return lines, missing if not lines or missing else None


_NEGATED = re.compile(r"\b(?:not|never|failed to|without|n't|did ?n[o']t)\b|n't\b", re.IGNORECASE)
_TOTAL = re.compile(r"\b(?:all ?together|in total|total|in all|combined|or (?:worse|higher|above|more|IV|4)|at least)\b", re.IGNORECASE)


def _remainder(desk: Desk, ask: Ask, facts: Sequence[Fact]) -> Line | None:
    """``How many did not reach CR?``: N less n."""
    if ask.wants != "count" or len(facts) != 1 or not _NEGATED.search(ask.focus) or facts[0].n is None:
        return None
    fact = facts[0]
    whole = _total_fact(desk, fact)
    total = fact.total or (whole.n if whole else None)
    if not total or fact.n is None or fact.attribute not in desk.vocabulary.measures:
        return None
    operands = (fact, whole) if whole else (fact,)
    text = f"{total - fact.n} patients, computed as {total} less the {fact.n} with {desk.speaker.measure(fact)}."
    return Line(text, tuple(dict.fromkeys((f.passage, f.study) for f in operands)), (), Derivation("remainder", operands, str(total - fact.n)))


def _sum_of_grades(desk: Desk, ask: Ask, facts: Sequence[Fact]) -> Line | None:
    """The patients of several single grades together, where their total was asked for."""
    single = [f for f in facts if f.grade.isdigit() and f.n is not None and f.unit == "patients"]
    if ask.wants != "count" or len(single) < 2 or len(single) != len(facts) or not _TOTAL.search(ask.focus):
        return None
    total = sum(f.n or 0 for f in single)
    parts = " and ".join(f"{f.n} of grade {f.grade}" for f in single)
    text = f"{total} patients, computed from {parts} ({desk.speaker.short(single[0].attribute)})."
    return Line(text, tuple(dict.fromkeys((f.passage, f.study) for f in single)), (), Derivation("sum", tuple(single), str(total)))


def _elsewhere(desk: Desk, study: str, wanted: Wanted, found: Selection) -> Selection:
    """The figure where the vocabulary says it may also stand: the size of a subgroup, or a table's row."""
    if found.lacking != "measure":
        return found
    for other in desk.vocabulary.term(wanted.attribute).also:
        if other in desk.vocabulary.measures:
            found = desk.selector.select(study, replace(wanted, attribute=other))
            if found.facts or found.lacking != "measure":
                return found
            continue
        if other in desk.vocabulary.populations:
            facts = [f for f in desk.selector.reported(study, "n_patients") if other in f.group]
        else:
            facts = desk.selector.reported(study, other)[:1]
        if facts:
            return Selection(tuple(facts))
    return found


def figure_lines(desk: Desk, ask: Ask, fact: Fact) -> list[Line]:
    """The sentence for one figure, and the count or share computed from it where that was asked."""
    others = any(f.group for f in desk.selector.facts(fact.study, fact.attribute))
    if fact.attribute == "n_patients" and fact.group and ask.wants == "percent":
        whole = desk.selector.total(fact.study)
        if whole:
            return [_share_of(desk, fact, whole)]
    if fact.attribute not in desk.vocabulary.measures:
        return [of_fact(desk.speaker.characteristic(fact), fact)]
    text = desk.speaker.statement(fact, whole=others and not fact.group, study=True)
    lines = [of_fact(text, fact)]
    kind = desk.speaker.term(fact.attribute).kind
    total = fact.total or (desk.selector.total(fact.study) if not fact.group else _group_total(desk, fact))
    counted = any(f.n is not None and f.attribute == fact.attribute and f.group == fact.group and f.grade == fact.grade for f in desk.selector.facts(fact.study, fact.attribute))
    if ask.wants == "count" and not counted and fact.n is None and fact.unit == "%" and total and kind in {"rate", "event", "count"} and not fact.time_point.endswith("year"):
        lines = [_count_of(desk, fact, total)]
    shared = any((f.unit == "%" or f.percent) and f.attribute == fact.attribute and f.group == fact.group and f.grade == fact.grade for f in desk.selector.facts(fact.study, fact.attribute))
    if ask.wants == "percent" and not shared and fact.n is not None and not fact.percent and fact.unit == "patients" and total:
        lines = [_share_of(desk, fact, total)]
    return lines


def _group_total(desk: Desk, fact: Fact) -> int | None:
    counts = [f.n for f in desk.selector.reported(fact.study, "n_patients") if f.group == fact.group and f.n]
    return counts[0] if counts else None


def _total_fact(desk: Desk, fact: Fact) -> Fact | None:
    counts = [f for f in desk.selector.reported(fact.study, "n_patients") if f.group == fact.group and f.n]
    return counts[0] if counts else None


def _count_of(desk: Desk, fact: Fact, total: int) -> Line:
    share = percent_of(fact) or 0.0
    count = round(share * total / 100)
    whole = _total_fact(desk, fact)
    operands = (fact, whole) if whole else (fact,)
    text = f"About {count} patients, computed from the {desk.speaker.measure(fact)} of {desk.speaker.value(fact)} and {total} patients."
    support = tuple(dict.fromkeys((f.passage, f.study) for f in operands))
    return Line(text, support, (), Derivation("count", operands, str(count)))


def _share_of(desk: Desk, fact: Fact, total: int) -> Line:
    share = 100.0 * (fact.n or 0) / total
    shown = f"{share:.1f}".removesuffix(".0") + "%"
    whole = _total_fact(desk, replace(fact, group=frozenset()) if fact.attribute == "n_patients" else fact)
    operands = (fact, whole) if whole and fact.total is None else (fact,)
    what = fact.group_label if fact.attribute == "n_patients" else desk.speaker.measure(fact)
    text = f"{shown}, computed from {fact.n} of {total} patients ({what})."
    support = tuple(dict.fromkeys((f.passage, f.study) for f in operands))
    return Line(text, support, (), Derivation("percentage", operands, shown))


def _characteristic(desk: Desk, ask: Ask, study: str, characteristic: str) -> tuple[list[Line], Selection | None]:
    facts = desk.selector.facts(study, characteristic)
    reported = desk.selector.distinct(f for f in facts if not is_missing(f.value))
    if characteristic == "n_patients":
        return _patients(desk, ask, study, reported)
    if not reported and characteristic == "dose":
        reported = [f for f in desk.selector.reported(study, "agents") if re.search(r"\d\s?(?:mg|g|µg|μg|IU|×)", f.value)]
    if not reported:
        return [], Selection(lacking="measure", near=tuple(facts))
    cells = [f for f in reported if str(desk.selector.passage_kind(f)) == "cell"]
    chosen = cells or reported
    if cells and characteristic not in {"nct"}:
        first = cells[0].passage
        chosen = [f for f in cells if f.passage == first and f.value == cells[0].value] + [
            f for f in cells[1:] if f.passage != first and f.group != cells[0].group
        ]
    elif cells:
        chosen = cells[:1]
    return [of_fact(desk.speaker.characteristic(f), f) for f in chosen[:3]], None


def _patients(desk: Desk, ask: Ask, study: str, reported: Sequence[Fact]) -> tuple[list[Line], Selection | None]:
    wishes = group_wishes(desk, ask, study)
    parts = [f for f in reported if f.group]
    if [w for w in wishes if w]:
        wishes = [w for w in wishes if w]
        chosen = [f for w in wishes for f in parts if w <= f.group]
        if not chosen:
            for wish in wishes:
                chosen += [f for f in desk.review.facts if f.study == study and f.n is not None and wish <= f.group and f.unit == "patients"]
        if not chosen:
            measures = [t.id for t in desk.vocabulary.measures.values() if any({p} >= w for w in wishes for p in t.also)]
            chosen = [f for m in measures for f in desk.selector.reported(study, m)]
        if not chosen:
            return [], Selection(lacking="group", near=tuple(reported))
        both = re.search(r"\b(?:total|overall|altogether|split|break|divided?|in all|of which|of these)\b", ask.focus, re.IGNORECASE)
        whole = [f for f in reported if not f.group][:1] if both else []
        return [of_fact(_count_line(desk, f), f) for f in dict.fromkeys(whole + chosen)], None
    whole = [f for f in reported if not f.group and f.n is not None]
    if not whole:
        return ([of_fact(_count_line(desk, f), f) for f in parts], None) if parts else ([], Selection(lacking="measure"))
    lines = [of_fact(_count_line(desk, whole[0]), whole[0])]
    parts = [f for f in parts if f.passage == whole[0].passage] or parts
    if ask.implied or re.search(r"\b(?:split|break ?down|broken down|by (?:disease|arm|group)|each|composed|made up|subgroups?|divided|and how many|of (?:them|these|those|whom))\b", ask.focus):
        lines += [of_fact(_count_line(desk, f), f) for f in parts]
    return lines, None


def _count_line(desk: Desk, fact: Fact) -> str:
    if fact.attribute == "n_patients":
        return desk.speaker.characteristic(fact)
    return desk.speaker.statement(fact)


def _mention_lacking(desk: Desk, ask: Ask, draft: Draft, lacking: Sequence[tuple[str, str, Selection]]) -> Draft:
    if ask.families or len(lacking) > 2 or not ask.named.names or ask.has("list", "max", "min", "count_studies"):
        return draft
    notes = [f"{_asked(desk, ask, attribute, missing)} is not reported for {desk.name(study)}" for study, attribute, missing in lacking]
    text = joined(notes) + "."
    return draft.plus(Line(text[:1].upper() + text[1:], ()))


def _asked(desk: Desk, ask: Ask, attribute: str, missing: Selection) -> str:
    name = desk.speaker.short(attribute) if attribute in desk.vocabulary.measures else desk.speaker.term(attribute).name
    if ask.grade and missing.lacking in {"grade", "measure"}:
        from assistant.say import grade_words

        name = f"{name} of {grade_words(ask.grade)}"
    times = joined(ask.times, "or")
    if times and attribute in desk.vocabulary.measures:
        name = f"{times} {name}"
    if ask.cycle:
        from assistant.say import cycle_words

        name = f"{name} after {cycle_words(ask.cycle)}"
    if missing.lacking == "group" and ask.groups:
        name = f"{name} for {joined([label for label, _ in ask.groups], 'or')}"
    return name


def _decline(desk: Desk, ask: Ask, lacking: Sequence[tuple[str, str, Selection]]) -> Draft:
    speaker = desk.speaker
    if ask.studies and len({s for s, _, _ in lacking}) <= 2 and lacking:
        parts, support = [], []
        for study in dict.fromkeys(s for s, _, _ in lacking):
            own = [(a, m) for s, a, m in lacking if s == study]
            names = list(dict.fromkeys(_asked(desk, ask, a, m) for a, m in own))
            text = f"The review does not report {joined(names, 'or')} for {desk.name(study)}"
            near = [f for _, m in own for f in m.near if not is_missing(f.value)]
            blank = [f for _, m in own for f in m.near if is_missing(f.value)]
            offered = speaker.lines(desk.selector.distinct(near))[:4]
            if blank and not near:
                text += f" (the table says {blank[0].value})"
                support += [(blank[0].passage, study)]
            elif offered and own[0][1].near[0].attribute in desk.vocabulary.measures:
                text += f"; it gives {joined(offered)}"
                support += [(near[0].passage, study)]
            elif own[0][0] in desk.vocabulary.measures:
                given = [speaker.short(m) for m in desk.selector.measures_of(study)][:5]
                if given:
                    text += f"; for that study it gives {joined(given)}"
            parts.append(text + ".")
        return declined(" ".join(parts), ask.studies, support)
    attributes = [*ask.measures, *ask.families, *ask.characteristics]
    names = [_asked(desk, ask, a, Selection(lacking="measure")) for a in attributes]
    studies = [desk.speaker.study(s).label for s in ask.studies]
    where = f" for {joined(studies)}" if studies else ""
    text = f"The review does not report {joined(names, 'or')}{where}."
    near = [f for _, _, m in lacking for f in m.near if not is_missing(f.value)]
    offered = speaker.lines(desk.selector.distinct(near))[:4]
    if offered and attributes[0] in desk.vocabulary.measures:
        text = text[:-1] + f"; it gives {joined(offered)}."
    return declined(text, ask.studies)


def with_conflicts(desk: Desk, draft: Draft) -> Draft:
    """The draft with the disagreements that touch its facts: the other side is stated too, and both are cited."""
    stated = {(f.study, f.attribute, f.group, f.time_point, f.grade, f.cycle) for line in draft.lines for f in line.facts}
    lines, notes = list(draft.lines), []
    for conflict in desk.conflicts:
        keys = [(f.study, f.attribute, f.group, f.time_point, f.grade, f.cycle) for f in conflict.facts]
        if conflict.attribute == "n_patients":
            asked = sum(k in stated for k in keys)
            if asked < 2:
                continue
        elif not any(k in stated for k in keys):
            continue
        support = tuple(dict.fromkeys((f.passage, f.study) for f in conflict.facts))
        note = Line(conflict.note, support, conflict.facts)
        notes.append(note)
        lines.append(note)
    if draft.status is not Status.ANSWERED or not notes:
        return draft
    return replace(draft, lines=tuple(dict.fromkeys(lines)), conflicts=tuple(notes))
