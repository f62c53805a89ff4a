"""Whether one side had more of something than another, or did better: by the figures of both, or not at all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, Line, answered, of_fact
from assistant.groups.reading import Ids
from assistant.judging.claims import verdict_line
from assistant.judging.effects import tested
from assistant.judging.significance import SIGNIFICANT
from assistant.judging.sides_claimed import (
    Claim,
    asks_verdict,
    claim_of,
    compares,
    direction,
    halves,
    named_in,
)
from assistant.judging.told_apart import told_apart
from assistant.lookup.lookup import asked_facts
from assistant.model import Fact, Kind
from assistant.question.reader import Ask, QuestionReader
from assistant.say import upper_first
from assistant.selection import grade_meets, number_of, percent_of, same_time
from assistant.studies.conditions import in_months
from assistant.text.text import fold, tokens

_STATISTICS = frozenset({"p_value", "CI", "HR", "OR", "RR"})
_LEVEL = 0.05
"""p-values from here on are called not significant."""
_OUTCOMES = ("survival", "response", "remission")
_LASTING = re.compile(
    r"\b(?:prolong\w*|lengthen\w*|extend\w*|longer|shorten\w*|shorter|earlier|sooner)\b", re.IGNORECASE
)
_MEANT = (
    (re.compile(r"\boutliv\w+|\b(?:live[ds]?|surviv\w+) (?:any )?longer\b", re.IGNORECASE), "OS"),
    (
        re.compile(
            r"\b(?:keep|keeps|kept|hold|held) (?:[\w-]+ ){1,4}(?:away|at bay|in check|under control|off)\b",
            re.IGNORECASE,
        ),
        "PFS",
    ),
)
"""What is measured where a question does not name it."""
_WORKS = re.compile(r"\b(?:work(?:s|ed)?|respond(?:s|ed)?) (?:more|less) often\b", re.IGNORECASE)
_MORE_PEOPLE = re.compile(
    r"\b(?:more|fewer) (?:people|patients?|recipients|participants|subjects|persons|children|adults|cases)\b"
    r"(?! (?:die|had|have|got|get|reach|achiev|respon|relaps|progress|surviv|liv|experienc|develop|discontinu|stop))"
    r"|\b(?:more|fewer) [\w-]+ than [\w-]+ (?:people|patients|recipients|participants|cases)\b"
    r"|\bequally (?:big|large|small)\b|\b(?:bigger|larger|smaller) (?:arm|group|cohort)\b",
    re.IGNORECASE,
)
"""Asks of how many patients two groups were."""
_NO_DIFFERENCE = re.compile(
    r"\b(?:did not differ|does not differ|not (?:significantly |statistically )?(?:different|differ|improved?|increased?|reduced?|higher"
    r"|lower|better|worse|compromised|impaired|more (?:frequent|common)|less (?:frequent|common))|no (?:significant )?(?:difference|effect|influence)"
    r"|similar(?:ly)?|comparable|equally|unaffected|indistinguishable)\b",
    re.IGNORECASE,
)
"""Says of two figures that they are as good as one."""
_LIKE = re.compile(
    r"\b(?:did not differ|similar(?:ly)?|comparable|equally|no difference|indistinguishable)\b", re.IGNORECASE
)
_CLAUSE = re.compile(r"[;:]\s|,?\s(?:whereas|while|but|although)\s|,\sand\s")
_SET_APART = re.compile(
    r"^[^\w(]*(?:[(\[][^()\[\]]*[)\]]\W*)?(?:vs\.?|versus|and|or|against|compared (?:with|to))\W*$",
    re.IGNORECASE,
)
"""All that stands between two figures that one sentence sets side by side."""


@dataclass(frozen=True, slots=True)
class _Weighed:
    """Two figures and what they say to a claim."""

    word: str
    pair: tuple[Fact, Fact]
    p_value: Fact | None
    in_one_sentence: bool = False
    """Whether the other side is told by that sentence alone, in whose words both are best said."""


def weighed(desk: Desk, ask: Ask) -> Draft | None:
    """``Yes``, ``No`` or ``Not significantly`` with the figures of both sides; None where they, or the sides, are not certain."""
    refused = ask.advice or ask.injected or ask.clash or ask.named.missing or ask.values
    if refused or not asks_verdict(ask) or ask.has("why", "list", "count_studies", "max", "min"):
        return None
    found = [w for s in ask.studies if (w := _of_study(desk, ask, s)) is not None]
    if len(found) != 1:
        return None
    word, pair = found[0].word, found[0].pair
    place = desk.selector.places[pair[0].passage]
    if found[0].in_one_sentence or pair[0].grade != pair[1].grade:
        line = Line(f"{word}: {place.quote}", ((place.id, pair[0].study),), verbatim=True)
        return answered([line], [pair[0].study])
    return _draft(desk, word, [*pair, *filter(None, [found[0].p_value])])


def _draft(desk: Desk, word: str, facts: Sequence[Fact]) -> Draft:
    """``Yes: …`` or ``No: …`` with some figures of one study."""
    first, *rest = facts
    lines = [verdict_line(desk, word == "Yes", first)]
    lines[0] = replace(lines[0], text=re.sub(r"^(?:Yes|No)", word, lines[0].text))
    for fact in rest:
        measured = fact.attribute in desk.vocabulary.measures
        said = (
            desk.speaker.statement(fact, whole=not fact.group)
            if measured
            else desk.speaker.characteristic(fact)
        )
        lines.append(of_fact(said, fact))
    return answered(lines, [first.study])


def most_of_arms(desk: Desk, ask: Ask) -> Draft | None:
    """``Did the top dose have the best PFS of the three?``: by the figures of all arms; None where one is lacking or that is not asked."""
    measures = [m for m in ask.measures if m not in _STATISTICS]
    word = _MOST.search(ask.focus)
    if not asks_verdict(ask) or word is None or len(ask.studies) != 1 or len(measures) != 1 or ask.values:
        return None
    arms = [a.ids for a in desk.own.arms(ask.studies[0])]
    named = named_in(desk, ask, ask.studies[0], fold(ask.focus)) or []
    sides = [ids for ids in named if ids in arms]
    if len(sides) != 1 or len(named) != 1 or len(arms) < _SIDES:
        return None
    facts = [f for f in desk.selector.reported(ask.studies[0], measures[0]) if _is_asked(ask, f)]
    own = next((f for f in facts if f.group == sides[0] and grade_meets(f.grade, ask.grade)), None)
    if own is None:
        return None
    others = [
        next((f for f in facts if f.group == ids and _are_alike(own, f)), None)
        for ids in arms
        if ids != sides[0]
    ]
    rest = [f for f in others if f is not None]
    if len(rest) != len(others):
        return None
    up = -1 if word["fewest"] or word[0].lower() == "worst" else 1
    up *= _up(desk, own) if word["quality"] else 1
    sizes = [_sizes((own, f)) for f in rest]
    if any(a is None or b is None for a, b in sizes):
        return None
    won = all((a or 0) * up > (b or 0) * up for a, b in sizes)
    return _draft(desk, "Yes" if won else "No", [own, *rest])


_MOST = re.compile(
    r"\b(?:(?P<quality>best|worst)|highest|longest|greatest|largest|most|(?P<fewest>lowest|shortest|smallest|fewest|least))\b(?![- ]dose)",
    re.IGNORECASE,
)


def _of_study(desk: Desk, ask: Ask, study: str) -> _Weighed | None:
    """What the figures of one study say; None where they do not all say the same."""
    claim = claim_of(desk, ask, study)
    if claim is None:
        return None
    found = [
        w
        for measure in _measures(desk, ask, study, claim)
        for pair in _pairs(desk, ask, study, claim, measure)
        if (w := _said_of(desk, claim, pair)) is not None
    ]
    alone = claim.other is None
    return replace(found[0], in_one_sentence=alone) if len({w.word for w in found}) == 1 else None


def two_measures(desk: Desk, reader: QuestionReader, ask: Ask) -> Draft | None:
    """``Was severe CRS rarer than mild GvHD?``: by the one figure of each measure, in the grade that is asked of it; else None."""
    split = halves(fold(ask.focus))
    if split is None or len(ask.studies) != 1 or len(ask.measures) != _SIDES or ask.groups or ask.values:
        return None
    way = direction(ask, split[0])
    if way is None or way.by_quality or not asks_verdict(ask):
        return None
    sides = [reader.read(half) for half in split]
    if [s.measures for s in sides] != [(m,) for m in ask.measures]:
        return None
    found = [
        asked_facts(desk, replace(s, studies=ask.studies, times=s.times or ask.times, groups=()))
        for s in sides
    ]
    if any(len({(f.value, f.grade, f.time_point) for f in facts}) != 1 for facts in found):
        return None
    first, second = (facts[0] for facts in found)
    shares = [percent_of(f, desk.selector.total(f.study)) for f in (first, second)]
    if None in shares or not same_time(first.time_point, second.time_point):
        return None
    a, b = shares[0] or 0.0, shares[1] or 0.0
    return _draft(desk, "Yes" if (a > b) - (a < b) == way.sign else "No", [first, second])


_ONLY = re.compile(r"\b(?:only|solely|exclusively|just)\b(?P<whom>[^?.;]*)", re.IGNORECASE)
_ALL_IN = re.compile(
    r"\b(?:all|both|only|exclusively|solely|each|every one)(?: of (?:them|these|those|which|whom))? (?:were |was )?(?:seen |recorded )?"
    r"(?:in|with|on|among|from) (?P<whom>[^,;.()]+)",
    re.IGNORECASE,
)
"""Says in whom all cases of something were."""


def only_in(desk: Desk, ask: Ask) -> Draft | None:
    """``Was it only seen in the control arm?``: by a sentence that says in which arm all cases were; None where none does."""
    asked = _ONLY.search(ask.focus)
    if not asks_verdict(ask) or asked is None or len(ask.studies) != 1 or not ask.measures or ask.values:
        return None
    (study,) = ask.studies
    arms = [a.ids for a in desk.own.arms(study)]
    side = [ids for ids in named_in(desk, ask, study, fold(asked["whom"])) or () if ids in arms]
    lexicon = desk.review.reader.matchers.measures
    for passage in desk.review.passages if len(side) == 1 else ():
        said = _ALL_IN.search(fold(passage.quote)) if passage.studies[:1] == (study,) else None
        if said is None or passage.locator.kind is not Kind.SENTENCE:
            continue
        clause = _CLAUSE.split(fold(passage.quote)[: said.start()])[-1]
        named = {i for m in lexicon.find(tokens(clause)) for i in m.ids}
        whom = named_in(desk, replace(ask, groups=()), study, said["whom"]) or []
        if len(whom) == 1 and any(n == m or n.endswith(f"_{m}") for n in named for m in ask.measures):
            line = Line(
                f"{'Yes' if whom == side else 'No'}: {passage.quote}", ((passage.id, study),), verbatim=True
            )
            return answered([line], ask.studies)
    return None


def _measures(desk: Desk, ask: Ask, study: str, claim: Claim) -> list[str]:
    """The measures asked for; those of every outcome where one side is only said to have done better."""
    measures = [m for m in ask.measures if m not in _STATISTICS]
    families = ask.families
    if not measures and set(ask.characteristics) <= {"n_patients", "arms"} and _MORE_PEOPLE.search(ask.focus):
        return ["n_patients"]
    meant = next((m for pattern, m in _MEANT if pattern.search(ask.focus)), "")
    if not measures and not families and meant:
        return [meant]
    if not measures and not families and _WORKS.search(ask.focus):
        families = ("response",)
    if not measures and not families and not ask.characteristics:
        families = _OUTCOMES if claim.by_quality else ()
    known = desk.vocabulary.families
    of_families = {m for f in families if f in known for m in known[f].includes}
    return measures or [m for m in desk.selector.measures_of(study) if m in of_families]


def _pairs(desk: Desk, ask: Ask, study: str, claim: Claim, measure: str) -> list[tuple[Fact, Fact]]:
    """Figures of both sides of one measure, or of its median, that are of one time, grade and unit."""
    names = [measure, f"median_{measure}"] if not ask.times else [measure]
    names += [m for m in desk.vocabulary.term(measure).also if m in desk.vocabulary.measures]
    if f">={measure}" in desk.vocabulary.measures and not desk.selector.reported(study, measure):
        names.append(f">={measure}")  # "CR or better"
    for name in reversed(names) if _LASTING.search(ask.focus) else names:
        facts = [f for f in desk.selector.reported(study, name) if _is_asked(ask, f)]
        first = [f for f in facts if f.group == claim.side | claim.part]
        if claim.other is None:
            pairs = [p for a in first if (p := _beside(desk, a, facts)) is not None]
        else:
            second = [f for f in facts if f.group == claim.other | claim.part]
            both = [(a, b) for a in first for b in second]
            pairs = [p for p in both if _are_alike(*p)] or [p for p in both if _are_set_apart(desk, *p)]
        if any(_misplaced(desk, p) for p in pairs):
            return []
        pairs = [p for p in pairs if any(grade_meets(f.grade, ask.grade) for f in p)]
        if not ask.grade:
            pairs = [p for p in pairs if not p[0].grade] or pairs
        if pairs:
            beside = [p for p in pairs if p[0].passage == p[1].passage]
            return beside or pairs
    return []


def _is_asked(ask: Ask, fact: Fact) -> bool:
    """Whether a figure is of the time and cycle asked about."""
    timed = not ask.times or any(same_time(fact.time_point, t) for t in ask.times)
    return timed and (not ask.cycle or fact.cycle == ask.cycle)


def _beside(desk: Desk, fact: Fact, facts: Sequence[Fact]) -> tuple[Fact, Fact] | None:
    """A figure of some patients with the one of some others that the same sentence gives; None for none or several."""
    own = [f for f in facts if f.passage == fact.passage and f.group and _are_alike(fact, f)]
    others = [f for f in own if not f.group & fact.group]
    one = len(others) == 1 and len(own) == len(others) + 1
    return (fact, others[0]) if one else None


def _are_alike(a: Fact, b: Fact) -> bool:
    """Whether two figures tell the same of two sides."""
    timed = a.time_point == b.time_point or same_time(a.time_point, b.time_point)
    if not timed or a.cycle != b.cycle or a.grade != b.grade:
        return False
    shares = percent_of(a) is not None and percent_of(b) is not None
    return a.unit == b.unit or "open" in {a.unit, b.unit} or shares


def _are_set_apart(desk: Desk, a: Fact, b: Fact) -> bool:
    """Whether nothing but ``vs.`` stands between two figures, of which one alone may carry the grade of both."""
    first, last = sorted((a, b), key=lambda f: f.start)
    between = desk.selector.quotes[a.passage][first.end : last.start]
    return a.passage == b.passage and a.unit == b.unit and bool(_SET_APART.match(between))


def _misplaced(desk: Desk, pair: tuple[Fact, Fact]) -> bool:
    """Whether each of two figures is told of as many patients as the other's side has."""
    totals = [f.total for f in pair]
    sizes = [
        {f.n for f in desk.selector.reported(own.study, "n_patients") if f.group == own.group and f.n}
        for own in pair
    ]
    return None not in totals and totals[0] != totals[1] and totals[0] in sizes[1] and totals[1] in sizes[0]


def _said_of(desk: Desk, claim: Claim, pair: tuple[Fact, Fact]) -> _Weighed | None:
    """What two figures say to a claim; None where they do not decide."""
    a, b = _sizes(pair)
    if a is None or b is None:
        return None
    p_value = tested(desk, pair)
    p = number_of(p_value.value) if p_value is not None else None
    below = p_value is not None and p_value.comparator == "<"
    significant = None if p is None else p < _LEVEL or (p == _LEVEL and below)
    denied = _denied(desk, pair)
    found = (a > b) - (a < b)
    if claim.sign == 0:
        if claim.by_quality and found == _up(desk, pair[0]) and not denied:
            return None  # "as good as" of what was better
        word = "Yes" if _LIKE.search(denied) or not found else "No" if significant else ""
        return _Weighed(word, pair, p_value) if word else None
    wanted = claim.sign * (_up(desk, pair[0]) if claim.by_quality else 1)
    if claim.significantly and significant is None:
        return None
    if found != wanted or denied or (claim.significantly and not significant):
        return _Weighed("No", pair, p_value)
    doubted = significant is False and (claim.by_quality or claim.as_effect)
    return _Weighed("Not significantly" if doubted else "Yes", pair, p_value)


def _up(desk: Desk, fact: Fact) -> int:
    """1 where more of a measure is better, -1 where less is."""
    return -1 if desk.speaker.term(fact.attribute).better == "lower" else 1


def _denied(desk: Desk, pair: tuple[Fact, Fact]) -> str:
    """The clause that says that two figures do not differ; "" where their sentence says no such thing."""
    first, last = sorted(pair, key=lambda f: f.start)
    place = desk.selector.places[first.passage]
    if first.passage != last.passage or place.locator.kind is not Kind.SENTENCE:
        return ""
    text = fold(place.quote)
    begins = max((m.end() for m in _CLAUSE.finditer(text, 0, first.start)), default=0)
    ends = _CLAUSE.search(text, last.end)
    clause = text[begins : ends.start() if ends else len(text)]
    return clause if _NO_DIFFERENCE.search(clause) else ""


def _sizes(pair: tuple[Fact, Fact]) -> tuple[float | None, float | None]:
    """Two figures in one unit; a median that was not reached is above any; None where they cannot be compared."""
    if all(f.unit == "open" for f in pair):
        return None, None
    shares = [percent_of(f) for f in pair]
    if None not in shares:
        return shares[0], shares[1]
    sizes = [_magnitude(f) for f in pair]
    return sizes[0], sizes[1]


def _magnitude(fact: Fact) -> float | None:
    if fact.unit == "open":
        return math.inf
    if (months := in_months(fact)) is not None:
        return months
    return float(fact.n) if fact.n is not None else number_of(fact.value)


_VERDICT = re.compile(r"^(?P<word>Yes|No|Not significantly): ")
_SETS_BESIDE = re.compile(
    r"\b(?:than|vs\.?|versus|compared|against|differ\w*|similar\w*|equal\w*|same|comparable|respectively|more|less|fewer|greater|higher|lower"
    r"|longer|shorter|larger|smaller|earlier|sooner|better|worse|superior|inferior|rarer|poorer|increas\w+|reduc\w+|prolong\w*|improv\w+|benefit\w*"
    r"|advantage|adverse(?! event)|effect|influence\w*|affect\w*|impact|associat\w+|predict\w*|independent|irrespective|regardless)\b",
    re.IGNORECASE,
)
"""Sets one side beside another."""
_ALIKE = re.compile(
    r"\bas (?:good|well|effective|active|often|common|frequent)\b.*\bas\b|\bequal(?:ly)?\b", re.IGNORECASE
)
_PROVEN = re.compile(r"\b(?:pro(?:ven?|ved|of)|shown|demonstrated|established|confirmed)\b", re.IGNORECASE)
_UNPROVEN = re.compile(r"\b(?:immature|not yet|pending|awaited|no data)\b", re.IGNORECASE)
_P_VALUE = re.compile(r"\bp\s*[=>]\s*(0?\.\d+)", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:not|no|never|chance)\b|n't\b", re.IGNORECASE)
_SIDES = 2


def settled(desk: Desk, reader: QuestionReader, ask: Ask, draft: Draft) -> Draft:
    """The draft of an answer with the verdict that the figures of both sides give, or without one that nothing compared bears."""
    said = _VERDICT.match(draft.lines[0].text) if draft.lines else None
    own = (
        weighed(desk, ask) or most_of_arms(desk, ask) or two_measures(desk, reader, ask) or only_in(desk, ask)
    )
    own = own or _in_words(desk, ask)
    if own is not None:
        same = said is not None and own.lines[0].text.startswith(said[0])
        quoted = any(line.verbatim or not line.facts for line in draft.lines)
        whole = quoted or (_figures(ask, draft) > 1 and not own.lines[0].verbatim)
        return draft if same and whole else own
    if said is not None and (chance := _by_its_p(ask, draft, said["word"])) is not None:
        return chance
    if said is None or not compares(ask) or _is_borne(desk, ask, draft, said["word"]):
        return draft
    bare = replace(draft.lines[0], text=upper_first(draft.lines[0].text[said.end() :]))
    lines = dict.fromkeys(line for line in (bare, *draft.lines[1:]))
    distinct = {(line.text, line.support): line for line in lines}
    return replace(draft, lines=tuple(distinct.values()))


def _in_words(desk: Desk, ask: Ask) -> Draft | None:
    """What a sentence that tells of each side in its own words says; None where none does."""
    refused = ask.advice or ask.injected or ask.clash or ask.named.missing
    if (
        refused
        or SIGNIFICANT.search(ask.focus)
        or not compares(ask)
        or ask.has("why", "list", "count_studies", "max", "min")
    ):
        return None
    meant = next((m for pattern, m in _MEANT if pattern.search(ask.focus)), "")
    measures = [m for m in ask.measures if m not in _STATISTICS] or ([meant] if meant else [])
    return told_apart(desk, ask, measures)


def _figures(ask: Ask, draft: Draft) -> int:
    """Of how many sides a draft gives a figure."""
    facts = [f for line in draft.lines for f in line.facts]
    several = len(ask.measures) > 1
    return len({(f.study, f.group, several and f.attribute) for f in facts if f.attribute != "p_value"})


def _by_its_p(ask: Ask, draft: Draft, word: str) -> Draft | None:
    """``No:`` in place of ``Yes:`` before a quoted sentence whose p-values are all of no significance, where that is asked; else None."""
    line = draft.lines[0]
    levels = [number_of(p) for p in _P_VALUE.findall(fold(line.text))]
    if word != "Yes" or line.facts or not levels or not SIGNIFICANT.search(ask.focus):
        return None
    if _DENIED.search(ask.focus) or any(p is None or p < _LEVEL for p in levels):
        return None
    line = replace(line, text=f"No{line.text.removeprefix(word)}")
    return replace(draft, lines=(line, *draft.lines[1:]))


def _is_borne(desk: Desk, ask: Ask, draft: Draft, word: str) -> bool:
    """Whether the lines of a verdict hold two figures of two sides, or a clause that sets what is asked about side by side."""
    if _figures(ask, draft) > 1:
        return True
    text = fold(" ".join(line.text for line in draft.lines))[len(word) + 1 :]
    if _of_another_grade(desk, ask, draft) or _names_neither(desk, ask, text):
        return False
    if word == "Yes" and _ALIKE.search(ask.focus) and not _LIKE.search(text):
        return False
    unproven = _PROVEN.search(ask.focus) and _UNPROVEN.search(text)
    clauses = _on_it(desk, ask, text)
    return bool(unproven) or any(map(_SETS_BESIDE.search, clauses))


def _of_another_grade(desk: Desk, ask: Ask, draft: Draft) -> bool:
    """Whether the sentence quoted gives what is asked about, but in other grades than the one asked about."""
    places = {passage for line in draft.lines for passage, _ in line.support}
    facts = [f for f in desk.review.facts if f.passage in places and f.attribute in ask.measures and f.grade]
    return bool(ask.grade and facts) and not any(grade_meets(f.grade, ask.grade) for f in facts)


def _names_neither(desk: Desk, ask: Ask, text: str) -> bool:
    """Whether two drugs are set side by side, and a text names neither of them nor are they what two arms had."""
    split = halves(fold(ask.focus))
    names = [n for n in ask.named.of("agent", "code") if not text or n.text.lower() not in text.lower()]
    if split is None or any(n not in names for n in ask.named.of("agent", "code")):
        return False
    sides = [[n for n in names if n.text in half] for half in split]
    arms = [all(desk.own.with_drug(s, half) for half in split) for s in ask.studies]
    return all(sides) and not any(arms)


def _on_it(desk: Desk, ask: Ask, text: str) -> list[str]:
    """The clauses of a text that name a measure asked about; all of it where none is asked about or none is named."""
    lexicon = desk.review.reader.matchers.measures
    asked = {m.removeprefix("median_") for m in ask.measures} - _STATISTICS
    clauses = _CLAUSE.split(text)
    named = [{i.removeprefix("median_") for m in lexicon.find(tokens(c)) for i in m.ids} for c in clauses]
    found = [c for c, ids in zip(clauses, named, strict=True) if ids & asked]
    return found or [text]
