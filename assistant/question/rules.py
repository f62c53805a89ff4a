"""Rules that settle what a question asks for once its terms are found; applied in order, one reason each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant import lazy_re as re
from assistant.question.spans import unqualified
from assistant.question.wording import FARED, IMPLIED
from assistant.spans.span import Span

MENTIONED: frozenset[str] = frozenset(
    "agents arms population dose schedule donor target technology outcomes follow_up".split()
)
"""Characteristics whose words often only describe a study in a question about a measure."""

_WHO = re.compile(r"\b(?:who|that|whose)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
"""Opens a clause that says of whom something is asked."""
_AMONG = re.compile(r"\b(?:among|amongst|for|who|that|whose|with)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
"""Opens what says of whom something is asked."""
_THROUGHOUT = re.compile(r"\b(?:over|during|throughout)\s+(?:the\s+)?$", re.IGNORECASE)
_AUTHORS_SAY = re.compile(
    r"\bauthors?\b (?:\w+ )?(?:conclude|prefer|favou?r|choose|chose|call|consider|attribute|explain"
    r"|say|think|suggest|recommend|believe|state|argue|warn|hope|expect|see)",
    re.IGNORECASE,
)
_PART_RANKED = re.compile(
    r"\b(?:which|what)\s+(?:[\w-]+\s+){0,4}?(?:doses?|dose\s+levels?|arms?|(?:sub)?groups?|cohorts?|schedules?)\b",
    re.IGNORECASE,
)
_BLEEDING_RATE = re.compile(r"bleed(?:ing|s)? (?:rate|frequency)\b|bleeds (?:per|a) year", re.IGNORECASE)
_REACHED = re.compile(r"\s*(?:count )?(?:of )?(?:>=|[\u2265>]|at least|above|over)\s*\d", re.IGNORECASE)
_SIZE = re.compile(r"\b(?:enrol|recruit|includ|sample|cohort|in total|size|accru)", re.IGNORECASE)
_STOPPED_FOR = re.compile(
    r"\b(?:stop(?:s|ped)?|discontinu\w+|quit|came off|withdrew|gave up)\b[^?.;]{0,40}\b(?:for|because of|due to|owing to|over)\b"
    r"[^?.;]{0,20}\b(?:adverse|side[ -]effects|toxicit\w+|AEs?)\b",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\b(?:after|following|post|by the end of|at the end of|upon)\b", re.IGNORECASE)
_DIED_OF_WHAT = re.compile(
    r"\bwhat (?:did|had|have|has)\b[^?]*\b(?:die|died)\W*(?:of|from)?\W*$|\b(?:of|from) what (?:did|had)\b[^?]*\bdie",
    re.IGNORECASE,
)
_COUNTS_THINGS = re.compile(
    r"\b(?:how many|number of) (?:\w+ ){0,1}?(?:hours?|days?|weeks?|months?|years?|cycles?|courses?|rounds?|doses?|infusions?"
    r"|injections?|times|mg|milligrams?|grams?|tablets?|pills?|mice|animals|authors?|pages?|references?|tables?|figures?"
    r"|rows?|columns?|registrations?|identifiers?|(?:NCT|registration|trial) numbers?"
    r"|drugs?|agents?|medicines?|products?|components?|targets?|antigens?|letters?|words?|sentences?|sections?|countries|genes?"
    r"|mutations?|visits?)\b",
    re.IGNORECASE,
)
"""Asks for a number of something that is no person."""
_RATE = re.compile(
    r"\b(?:rates?|incidence|frequency|grade|serious|proportion|percent\w*|how (?:many|often|common))\b",
    re.IGNORECASE,
)
_RESULTS = re.compile(
    r"\b(?:results?|happen\w*|data|figures?|numbers?|outcomes?|status|fare[ds]?|look(?:s|ed)?|situation|stand|stood)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\b(?:which|what)\s+$", re.IGNORECASE)
_ARMS_ASKED = re.compile(
    r"\b(?:arms|groups)\b|\b(?:which|what)\b(?! (?:did|do|does|has|had|have)\b).{0,20}\barm\b", re.IGNORECASE
)
_KIND_OF = re.compile(
    r" (?:proteins?|molecules?|genes?|pathways?|signals?|factors?|mechanisms?|criteri\w+|markers?|receptors?|antigens?|assessments?|scales?"
    r"|tests?|drugs?|agents?|therap\w+|treatments?|prophyla\w+|organisms?|pathogens?|models?|adjudicat\w+)\b",
    re.IGNORECASE,
)
"""A noun for something that is no figure, of which a measure's word only tells the kind."""
_AGED = re.compile(r"\bas (?:young|old) as\b|\b\d+[- ]year[- ]olds?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Topics:
    """What a question seems to ask for, while it is being settled."""

    focus: str
    measures: tuple[Span, ...]
    families: tuple[str, ...]
    characteristics: tuple[str, ...]
    dual: bool
    """Whether a wording was found that may name a measure or a group of patients."""
    wants: str
    cues: frozenset[str]
    spans: tuple[Span, ...]
    years: tuple[str, ...]
    held: frozenset[str]
    """What the review reports of any study."""
    has_survival: bool
    """Whether the vocabulary has a family of survival measures."""
    implied: bool = False
    """Whether the characteristic was not named but only implied."""

    @property
    def nothing(self) -> bool:
        """Whether nothing to ask for is known yet."""
        return not (self.measures or self.characteristics or self.families)

    @property
    def firm(self) -> bool:
        """Whether a measure was named by a wording that names nothing else."""
        return any(not m.dual for m in self.measures)

    @property
    def lists(self) -> bool:
        """Whether studies are to be listed or counted."""
        return bool(self.cues & {"list", "count_studies"})

    def has(self, *kinds: str) -> bool:
        """Whether a span of one of these kinds was found."""
        return any(s.kind in kinds for s in self.spans)

    def without(self, *characteristics: str) -> Topics:
        """The same without these characteristics."""
        return replace(
            self, characteristics=tuple(c for c in self.characteristics if c not in characteristics)
        )


def apply_rules(topics: Topics) -> Topics:
    """``topics`` after every rule."""
    for rule in _RULES:
        topics = rule(topics)
    return topics


def _family_alone(topics: Topics) -> Topics:
    """``toxicity of the new dose`` asks for toxicity."""
    return topics.without(*MENTIONED) if topics.families and not topics.measures else topics


def _implied(topics: Topics) -> Topics:
    """``when was it run?`` asks for the study period."""
    if not topics.nothing:
        return topics
    found = next(((c,) for c, pattern in IMPLIED if pattern.search(topics.focus)), ())
    return replace(topics, characteristics=found, implied=bool(found))


def _cause_of_death(topics: Topics) -> Topics:
    """``what did they die of`` asks for a cause in words, not how many died."""
    if not _DIED_OF_WHAT.search(topics.focus):
        return topics
    return replace(topics, measures=(), spans=tuple(s for s in topics.spans if s.kind != "value"))


def _stopped_for(topics: Topics) -> Topics:
    """``stopped the drug for adverse events`` asks for discontinuations."""
    if not _STOPPED_FOR.search(topics.focus) or "discontinuation" not in topics.held:
        return topics
    named = tuple(
        replace(m, ids=("discontinuation",)) if m.ids[0] in {"AE", "SAE"} else m for m in topics.measures
    )
    return replace(topics, measures=named[:1] if {m.ids for m in named} == {("discontinuation",)} else named)


def _of_what(topics: Topics) -> Topics:
    """``incidence of grade 3 CRS`` asks for CRS."""
    named = tuple(m for m in topics.measures if m.ids != ("incidence",))
    return replace(topics, measures=named) if named else topics


def _transfused(topics: Topics) -> Topics:
    """``needed platelet transfusions`` asks for no transfusions of other sorts."""
    sorts = {"rbc_transfusion", "platelet_transfusion"}
    if not any(m.ids[0] in sorts for m in topics.measures):
        return topics
    return replace(topics, measures=tuple(m for m in topics.measures if m.ids[0] != "transfusion_need"))


def _of_those_who(topics: Topics) -> Topics:
    """``3-year OS of those who went on to transplant`` asks for no number of transplants."""
    others = tuple(m for m in topics.measures if m.ids[0] != "SCT")
    told = [m for m in topics.measures if m not in others and _WHO.search(topics.focus[: m.start])]
    return replace(topics, measures=others) if others and told else topics


def _circumstance(topics: Topics) -> Topics:
    """``how did it change over follow-up`` asks for no length of follow-up."""
    kept = tuple(
        m
        for m in topics.measures
        if m.ids[0] != "median_follow_up" or not _THROUGHOUT.search(topics.focus[: m.start])
    )
    return replace(topics, measures=kept) if kept else topics


def _best_response(topics: Topics) -> Topics:
    """``which arm had the best overall response`` of a review without best responses asks for response rates."""
    if "BOR" in topics.held or "ORR" not in topics.held or not topics.cues & {"max", "min"}:
        return topics
    named = tuple(replace(m, ids=("ORR",)) if m.ids == ("BOR",) else m for m in topics.measures)
    return replace(topics, measures=named)


def _response_ranked(topics: Topics) -> Topics:
    """``at which dose was the response most frequent`` ranks the response rates of doses or arms."""
    ranks = topics.cues & {"max", "min"} and _PART_RANKED.search(topics.focus)
    said = re.search(r"\brespon[ds]\w*", topics.focus, re.IGNORECASE)
    if (
        topics.measures
        or topics.families != ("response",)
        or not ranks
        or not said
        or "ORR" not in topics.held
    ):
        return topics
    return replace(topics, measures=(Span("measure", *said.span(), said[0], ("ORR",)),), families=())


def _bleeding_rate(topics: Topics) -> Topics:
    """``the bleeding rate`` is the annualised one where the review reports that."""
    if "abr" not in topics.held:
        return topics
    named = tuple(
        replace(m, ids=("abr",))
        if m.ids == ("bleeding",) and _BLEEDING_RATE.match(topics.focus, m.start)
        else m
        for m in topics.measures
    )
    return replace(topics, measures=named)


def _count_reached(topics: Topics) -> Topics:
    """``platelets \u2265 50 at month 6`` asks for the share who reached the count: the platelet response."""
    if "HI-P" not in topics.held:
        return topics
    named = tuple(
        replace(m, ids=("HI-P",))
        if m.ids == ("platelet_count",) and _REACHED.match(topics.focus, m.end)
        else m
        for m in topics.measures
    )
    return replace(topics, measures=named)


def _modifier(topics: Topics) -> Topics:
    """``which survival protein do the blasts make`` asks for a protein."""
    kept = tuple(
        m
        for m in topics.measures
        if not _KIND_OF.match(topics.focus[m.end :]) or not _ASKED.search(topics.focus[: m.start])
    )
    return replace(topics, measures=kept) if len(kept) < len(topics.measures) else topics


def _lost(topics: Topics) -> Topics:
    """``how much activity was lost`` asks for no deaths."""
    kept = tuple(m for m in topics.measures if m.text.lower() not in {"lost", "were lost", "was lost"})
    return replace(topics, measures=kept) if kept else topics


def _of_authors(topics: Topics) -> Topics:
    """``what do the authors say of it`` asks for no names."""
    return topics.without("authors") if _AUTHORS_SAY.search(topics.focus) else topics


def _unqualified(topics: Topics) -> Topics:
    return replace(topics, measures=tuple(unqualified(topics.measures, topics.focus)))


def _arm_named(topics: Topics) -> Topics:
    """``MRD in the A arm`` names an arm and asks for no arms."""
    plural = _ARMS_ASKED.search(topics.focus)
    named = topics.measures or topics.has("group")
    return topics.without("arms") if named and not plural else topics


def _count_of_measure(topics: Topics) -> Topics:
    """``how many patients relapsed`` asks for relapses, as a count, not for the study's size."""
    if "n_patients" not in topics.characteristics or _SIZE.search(topics.focus):
        return topics
    if topics.firm or (topics.dual and topics.wants == "count"):
        return replace(topics.without("n_patients"), wants=topics.wants or "count")
    return topics


def _cycle(topics: Topics) -> Topics:
    """``after cycle 2`` asks for no schedule."""
    return topics.without("schedule") if topics.has("cycle") else topics


def _dual_beside_topic(topics: Topics) -> Topics:
    """``age of the responders`` asks for no response; ``how far apart were the arms in X`` asks for X."""
    if not topics.dual or topics.firm or not (topics.characteristics or topics.families):
        return topics
    compared = topics.cues & {"difference", "compare"} and set(topics.characteristics) <= MENTIONED
    if compared and not any(_AMONG.search(topics.focus[: m.start]) for m in topics.measures):
        return topics.without(*MENTIONED)
    return replace(topics, measures=())


def _year_listed(topics: Topics) -> Topics:
    """``which studies ran in 2019`` asks for the study period."""
    unsaid = not topics.measures and not topics.characteristics
    size_only = topics.characteristics == ("n_patients",) and not topics.has("value")
    if topics.lists and topics.years and (unsaid or size_only):
        return replace(topics, characteristics=("study_period",))
    return topics


def _age_listed(topics: Topics) -> Topics:
    """``which studies took 70-year-olds`` asks for the ages."""
    if topics.lists and _AGED.search(topics.focus):
        return replace(topics, characteristics=("age_range",))
    return topics


def _after_cycles(topics: Topics) -> Topics:
    """``what happened after the second cycle`` asks for responses."""
    if not topics.nothing or not topics.has("cycle") or topics.cues & {"yes_no", "why", "definition"}:
        return topics
    return replace(topics, families=("response",)) if _AFTER.search(topics.focus) else topics


def _adverse_events(topics: Topics) -> Topics:
    """``the side effects of A`` in a review that counts no adverse events as such asks for those it names."""
    alone = {i for m in topics.measures for i in m.ids} == {"AE"} and not topics.families
    rate = (
        topics.wants
        or topics.has("grade", "time")
        or _RATE.search(topics.focus)
        or topics.cues & {"yes_no", "max", "min"}
    )
    if not alone or rate or "AE" in topics.held:
        return topics
    return replace(topics, measures=(), families=("toxicity",))


def _safety(topics: Topics) -> Topics:
    """``compare the safety`` of a review with no row on it asks for the adverse events it gives."""
    if "safety" not in topics.characteristics or "safety" in topics.held or topics.measures:
        return topics
    return replace(topics.without("safety"), families=tuple(dict.fromkeys((*topics.families, "toxicity"))))


def _at_a_time(topics: Topics) -> Topics:
    """``results at one year`` asks for survival then."""
    asked = topics.nothing and topics.has_survival and topics.has("time") and not topics.lists
    if not asked or topics.cues & {"yes_no", "why", "definition"}:
        return topics
    return replace(topics, families=("survival",)) if _RESULTS.search(topics.focus) else topics


def _fared(topics: Topics) -> Topics:
    """``how did they do`` asks for survival."""
    asked = FARED.search(topics.focus) and "why" not in topics.cues
    if topics.measures or topics.families or not topics.has_survival or not asked:
        return topics
    return replace(topics.without("outcomes", "outcome_measures"), families=("survival",))


def _outcome_row(topics: Topics) -> Topics:
    """``the survival outcome row`` asks for the cell as it stands."""
    row = re.search(r"\brow\b|\btables?\b.*\boutcomes?\b", topics.focus, re.IGNORECASE)
    if row and topics.families and not topics.measures and "outcomes" in topics.held:
        return replace(topics, families=(), characteristics=("outcomes",))
    return topics


def _summary_is_a_kind(topics: Topics) -> Topics:
    if "summary" in topics.characteristics and re.search(
        r"\b(?:row|cell|line)\b", topics.focus, re.IGNORECASE
    ):
        return replace(topics, cues=topics.cues - {"summary"})
    return topics.without("summary") if topics.cues & {"summary", "reference"} else topics


def _size(topics: Topics) -> Topics:
    """A number of patients, or ``how many``, with nothing else asked, is the study's size."""
    number = any(s.kind == "value" and s.unit == "patients" for s in topics.spans)
    counted = topics.wants == "count" and "count_studies" not in topics.cues
    counted = counted and not _COUNTS_THINGS.search(topics.focus)
    if topics.nothing and (number or counted):
        return replace(topics, characteristics=("n_patients",))
    return topics


def _only_held(topics: Topics) -> Topics:
    """Beside a measure a characteristic counts only where the review reports it."""
    if topics.measures or topics.families:
        return topics.without(*(c for c in topics.characteristics if c not in topics.held))
    return topics


_RULES: tuple[Callable[[Topics], Topics], ...] = (
    _cause_of_death,
    _stopped_for,
    _family_alone,
    _arm_named,
    _implied,
    _of_what,
    _transfused,
    _of_those_who,
    _circumstance,
    _best_response,
    _response_ranked,
    _bleeding_rate,
    _modifier,
    _count_reached,
    _lost,
    _of_authors,
    _unqualified,
    _count_of_measure,
    _cycle,
    _dual_beside_topic,
    _year_listed,
    _age_listed,
    _after_cycles,
    _at_a_time,
    _safety,
    _adverse_events,
    _fared,
    _outcome_row,
    _summary_is_a_kind,
    _size,
    _only_held,
)
