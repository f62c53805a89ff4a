"""What a question says of whom, from which threshold on, at which dose and of what grade must be said where the answer stands.

A figure of all patients is none at one of several doses, one at 10⁻⁵ none at 10⁻⁶, one of any grade none of grade 3, and a sentence
that sets a group beside another measure says nothing of it for the measure asked for.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.answer.sensitivity import powers
from assistant.desk import Desk
from assistant.draft import Draft, declined, support_of
from assistant.model import Kind, Passage, Status
from assistant.question.reader import Ask
from assistant.say import cycle_words, joined
from assistant.text.text import fold, tokens

_UNSAID = frozenset(
    {
        "list",
        "count_studies",
        "yes_no",
        "why",
        "compare",
        "difference",
        "max",
        "min",
        "summary",
        "definition",
        "conflict",
    }
)
"""Cues of questions whose answers weigh or tell, and need not hold each word."""
_DOSE = re.compile(
    r"(?<![\w.,–-])(?P<n>\d[\d.]*)\s?(?P<unit>mg|µg|μg|mcg|g|Gy|MBq|[×x]\s?10\^?[⁰¹²³⁴⁵⁶⁷⁸⁹\d]+)(?P<per>(?:\s?(?:cells)?\s?/\s?(?:kg|m2|m²|d|day))?)",
)
_DOSES = re.compile(
    r"(?P<ns>\d[\d.]*(?:(?:\s?[,/]\s?|\s?(?:and|or|to|vs\.?|versus|–|-)\s?)\d[\d.]*)+)\s?(?P<unit>mg|µg|μg|mcg|g|Gy|MBq|[×x]\s?10\^?[⁰¹²³⁴⁵⁶⁷⁸⁹\d]+)"
)
"""``40, 80 and 120 mg``."""
_ANY_GRADE = re.compile(r"\b(?:any|all)[- ]grades?\b|\bgrades? 1\s?[-–]\s?(?:4|5)\b", re.IGNORECASE)
_GRADED = re.compile(r"\bgrades?\b", re.IGNORECASE)
_AT_DOSE = re.compile(r"\b(?:at|with|on|for|in|dose|receiving|given|taking)\b", re.IGNORECASE)
_PIECE = re.compile(r";|,\s(?:and|while|whereas|but|with|as)\b|\b(?:while|whereas|but)\b|(?<!\bvs)\.\s")
_ASIDE = re.compile(r",\s(?:which|who|whose|that)\b[^,;]*(?=,)")
"""A clause that only tells more of what stands before it."""
_LONG = 3
_CYCLES = re.compile(r"\b(?:cycles?|courses?|rounds?|induction|consolidation)\b|\bC\d\b", re.IGNORECASE)


_SORTS = tuple(
    frozenset(words.split())
    for words in (
        "ocular eye eyes ophthalmic",
        "mouth mucosal",
        "skin cutaneous dermal",
        "liver hepatic",
        "lung lungs pulmonary bronchiolitis",
        "renal kidney kidneys",
        "cardiac heart",
        "joint joints fascia musculoskeletal",
        "genital vulvovaginal",
        "oesophageal esophageal",
        "gi gut gastrointestinal intestinal",
        "cns brain intracranial cerebral",
        "sibling siblings msd",
    )
)
"""Organs and donors: each by the words of which one must be said where a figure of it stands."""


def _other_sort(desk: Desk, ask: Ask, cited: Sequence[Passage], study: str) -> str:
    """``ocular chronic GVHD`` where the places speak of no eyes, and the study is not of them as a whole."""
    asked = {t.key: t.text for t in tokens(ask.focus)}
    known = {k for k, term in ask.aliases if term in ask.measures}
    known |= {t.key for n in ask.named.names for t in tokens(n.text)}
    for sort in _SORTS:
        word = next((w for w in asked if w in sort and w not in known), "")
        if not word:
            continue
        own = " ".join(
            [*(p.text for p in cited), *(p.quote for p in cited), *(p.locator.section for p in cited)]
        )
        own += " ".join(desk.review.populations.get(study, ())) + desk.review.title
        own += " ".join(f.value for f in desk.selector.of(study) if f.attribute in _WHOLE)
        if not {t.key for t in tokens(re.sub(r"[-_/]", " ", own))} & sort:
            return asked[word]
    return ""


_WHOLE = frozenset({"agents", "population", "disease", "design", "donor", "age_range", "arms"})


def _other_agent(desk: Desk, ask: Ask, draft: Draft, cited: Sequence[Passage]) -> str:
    """A drug that several studies name where the places are of other drugs, and the study's own is another."""
    if ask.named.of("number", "author", "nct", "code", "topic") or ask.inherited or ask.groups:
        return ""
    agents = [n for n in ask.named.of("agent") if len(n.studies) > 1]
    own = [f.value for f in desk.review.facts if f.study == draft.studies[0] and f.attribute == "agents"]
    first = next((p.text for p in desk.review.passages if p.studies == draft.studies), "")
    said = " ".join([first, *(p.text for p in cited), *(p.quote for p in cited), *own])
    meant = (m for s, m in desk.review.raw.abbreviations.items() if re.search(rf"\b{re.escape(s)}\b", said))
    text = fold(" ".join([said, *meant])).lower()
    words = {n.text: [t.key for t in tokens(n.text) if len(t.key) > _LONG] for n in agents}
    unsaid = [name for name, keys in words.items() if keys and not any(k in text for k in keys)]
    return unsaid[0] if unsaid and len(unsaid) == len(agents) else ""


def demanded(desk: Desk, ask: Ask, draft: Draft) -> Draft | None:
    """A decline in place of figures or sentences of another threshold, dose, grade or group than the question names; else None.

    Args:
        desk: the review's facts and words.
        ask: the question.
        draft: what was found.
    """
    if draft.status is not Status.ANSWERED or ask.cues & _UNSAID or ask.translated or len(draft.studies) != 1:
        return None
    cited = [
        desk.selector.places[p] for p in dict.fromkeys(p for line in draft.lines for p, _ in line.support)
    ]
    if not cited or not (ask.measures or ask.families):
        return None
    lacking = (
        _other_power(desk, ask, cited) or _other_dose(desk, ask, draft, cited) or _other_grade(ask, draft)
    )
    lacking = lacking or _other_group(desk, ask, draft) or _other_sort(desk, ask, cited, draft.studies[0])
    lacking = lacking or _other_cycle(ask, draft, cited) or _other_agent(desk, ask, draft, cited)
    if not lacking:
        return None
    asked = joined([desk.speaker.short(m) for m in ask.measures]) or "that"
    facts = [f for line in draft.lines for f in line.facts][:1]
    return declined(
        f"The review does not report {asked} {'' if lacking.startswith('after') else 'for '}{lacking} for {desk.name(draft.studies[0])}.",
        draft.studies,
        support_of(facts),
    )


def _other_power(desk: Desk, ask: Ask, cited: Sequence[Passage]) -> str:
    """``at 10⁻⁶`` where the figure is not said to be of that threshold."""
    asked = powers(ask.focus)
    if not asked:
        return ""
    notes = " ".join(t.note for t in desk.review.raw.tables if t.label in {p.locator.table for p in cited})
    told = powers(" ".join([*(p.text for p in cited), *(p.quote for p in cited), notes]))
    return "" if asked <= told else "that threshold"


def _other_dose(desk: Desk, ask: Ask, draft: Draft, cited: Sequence[Passage]) -> str:
    """A dose that the study gave beside others, where the figure is not said to be of it."""
    match = next(iter(_DOSE.finditer(fold(ask.focus))), None)
    if match is None or "dose" in ask.characteristics or not _AT_DOSE.search(ask.focus[: match.start()]):
        return ""
    number = match["n"]
    own_ids = {g.ids for g in desk.own.of(draft.studies[0])}
    if any(number in label and ids in own_ids for label, ids in ask.groups):
        return ""
    said = " ".join([*(p.text for p in cited), *(f.group_label for line in draft.lines for f in line.facts)])
    said += " ".join(i for line in draft.lines for f in line.facts for i in f.group)
    if re.search(rf"(?<![\d.]){re.escape(number)}(?![\d])", said):
        return ""
    own = [p.text for p in desk.review.passages if p.studies[:1] == draft.studies]
    unit = match["unit"][:1].lower()
    given = {m["n"] for text in own for m in _DOSE.finditer(fold(text)) if m["unit"][:1].lower() == unit}
    for text in own:
        for m in _DOSES.finditer(fold(text)):
            if m["unit"][:1].lower() == unit:
                given |= set(re.findall(r"\d[\d.]*", m["ns"]))
    return f"the dose of {match[0].strip()}" if given != {number} else ""


def _other_cycle(ask: Ask, draft: Draft, cited: Sequence[Passage]) -> str:
    """``after six cycles`` where neither a figure nor its place speaks of any cycle."""
    facts = [f for line in draft.lines for f in line.facts]
    if not ask.cycle or not facts or any(f.cycle for f in facts):
        return ""
    places = [s for p in cited for s in (p.text, p.quote, p.locator.section, p.locator.row)]
    return "" if any(_CYCLES.search(s) for s in places) else f"after {cycle_words(ask.cycle)}"


def _other_grade(ask: Ask, draft: Draft) -> str:
    """``grade 3-4`` where all that is quoted is of any grade."""
    quotes = [line.text for line in draft.lines if line.verbatim or not line.facts]
    if not ask.grade or len(quotes) != len(draft.lines):
        return ""
    text = " ".join(quotes)
    rest = _ANY_GRADE.sub("", text)
    return f"grade {ask.grade}" if _ANY_GRADE.search(text) and not _GRADED.search(rest) else ""


def _other_group(desk: Desk, ask: Ask, draft: Draft) -> str:
    """A group that the sentence quoted does not name though it names others, or names beside another measure only."""
    quotes = [line for line in draft.lines if line.verbatim or not line.facts]
    if len(quotes) != 1 or len(draft.lines) != 1 or len(ask.groups) != 1 or len(ask.measures) != 1:
        return ""
    passage = desk.selector.places[quotes[0].support[0][0]] if quotes[0].support else None
    if passage is None or passage.locator.kind is not Kind.SENTENCE:
        return ""
    (label, ids), (study,) = ask.groups[0], draft.studies
    everyone = desk.review.populations.get(study, frozenset())
    if ids <= everyone or label.startswith("the other"):
        return ""
    text = _ASIDE.sub(lambda m: " " * len(m[0]), quotes[0].text)
    named = desk.review.reader.groups(text, desk.review.arms.get(study, {}))
    at = _places(text, label)
    at += [g.start for g in named if ids <= frozenset(g.ids) or frozenset(g.ids) <= ids]
    if not at:
        others = {frozenset(g.ids) for g in named} & {g.ids for g in desk.own.of(study) if g.is_arm}
        arms = {a.ids for a in desk.own.arms(study)}
        return label if ids in arms and len(others) > 0 and len(arms) > len(others) + _pairs(text) else ""
    return label if all(_beside_another(desk, text, ask.measures[0], place) for place in at) else ""


def _pairs(text: str) -> int:
    """1 where a sentence sets figures side by side without naming both arms (``more than with the other``)."""
    return int(
        bool(
            re.search(r"\bvs\.?|\bversus\b|\brespectively\b|\bboth\b|\beach\b|\bother\b|\bcontrols?\b", text)
        )
    )


def _places(text: str, label: str) -> list[int]:
    """Where the words of a label, the telling ones, stand in a text."""
    keys = [t.key for t in tokens(label) if len(t.key) >= _LONG]
    words = tokens(text)
    found = [[w.start for w in words if w.key == k or w.key.startswith(f"{k}-")] for k in keys[-1:]]
    return found[0] if found else []


def _beside_another(desk: Desk, text: str, measure: str, place: int) -> bool:
    """Whether the group at ``place`` is set beside another measure: ``OS was 73%, of those with A 92%`` says nothing of RFS."""
    words = tokens(text)
    spans = [
        (words[m.start].start, words[m.end - 1].end, m.ids)
        for m in desk.review.reader.matchers.measures.find(words)
    ]
    own = [s for s in spans if measure in s[2]]
    others = [s for s in spans if measure not in s[2]]
    if not own or not others:
        return False
    borders = [0, *(m.end() for m in _PIECE.finditer(text)), len(text)]
    begin = max(b for b in borders if b <= place)
    end = min(b for b in borders if b > place)
    if any(begin <= s[0] < end for s in own):
        return False
    before = [s for s in spans if s[1] <= place]
    if not before:
        return False  # it heads the sentence: "in those with A, CR was 3% and OS …"
    last = max(before, key=lambda s: s[1])
    heads = not any(begin <= s[0] < place for s in spans) and any(place < s[0] < end for s in own)
    return measure not in last[2] and not heads and bool(re.search(r"\d", text[last[1] :]))
