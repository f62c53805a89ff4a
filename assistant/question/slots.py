"""The slots of a question: what is asked, when, in whom, with which grade, cycle and values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from assistant import lazy_re as re
from assistant.corpus.corpus import Review
from assistant.model import Kind
from assistant.names.studies import Named
from assistant.question.ages import of_ages
from assistant.question.ask import Ask
from assistant.question.groups import GroupReader
from assistant.question.learned import LearnedTopics
from assistant.question.lexicons import QuestionLexicons
from assistant.question.open import OpenTopics, words_of
from assistant.question.risk import without_risk
from assistant.question.rules import Topics
from assistant.question.spans import grade_of, settled, years_in
from assistant.question.told import told_by
from assistant.question.topics import Asked, TopicReader
from assistant.question.whom import calls_patients
from assistant.question.wording import EVERYONE, IMPLIED_MEASURES, OF_A_STUDY
from assistant.question.words import defined_term
from assistant.spans.scan import scan
from assistant.spans.span import Span
from assistant.text.text import Token, tokens

_INTERVAL = re.compile(r"\bCI\b|\bconfidence (?:interval|limit)s?\b")
_BEFORE = re.compile(
    r"\bbefore (?:it|treatment|therapy|(?:the )?(?:drug|infusion|treatment|gene therapy|trial|study)|starting|being \w+|"
    r"they (?:were|got|had|started))\b|\bto (?:begin|start) with\b|\bpre-?treatment\b|\b(?:lead|run)-in\b"
    r"|\bat (?:the |study |trial )?(?:start|outset|entry|enrolment|screening)\b|\bstart(?:ed|ing)? (?:off )?(?:from|with|at)\b",
    re.IGNORECASE,
)
_UNITS = frozenset("vg iu dl kg mg ml mmol umol ug mcg ng nm gy mbq".split())
"""Keys of units of doses and levels."""
_IN_WHOM = re.compile(
    r"\b(?:in|among|for|of)\s+(?:the\s+)?(?:(?:patients|those|people|cases)\s+(?:with|who\s+had|having)\s+(?:an?\s+|the\s+)?)?"
    r"(?P<whom>[\w/+ -]+?)\s*(?:patients|people|cases|disease|tumou?rs?)?\s*(?:[?.,;]|\bat\b|\bafter\b|$)",
    re.IGNORECASE,
)
_OF_A_STUDY = re.compile(
    rf"(?:[\s-]+related)?\s+(?:study|trial|registry|series|cohort|abstract|paper|poster|population|patients)\b|-[a-z]?\d|{OF_A_STUDY}",
    re.IGNORECASE,
)
"""Behind a measure it says what a study is about (``bleeding in the catheter thrombosis study``), or makes it a name (``PD-1``)."""
_AS_RATE = re.compile(r"\b(?:rate|incidence|percentage)$", re.IGNORECASE)
"""``relapse rate``: what is asked, and no subject of a study."""
_DOSE_ASKED = re.compile(
    r"\b(?:what|which) (?:was the |is the |were the )?(?:\w+ )?dos|\bhow (?:much|many mg)\b", re.IGNORECASE
)
_STOPPED = re.compile(r"\b(?:stopp(?:ed|ing)|stop|quit|gave up|came off|dropped out of)\b", re.IGNORECASE)
_DURATION = "median_DOR"
_RESPONSES = frozenset({"response", "remission"})
_LASTING = frozenset({"DOR", "CR", "CRi", "CR/CRi", "CRc", "ORR", "PR"})
"""Measures of what a duration of response is of."""
_BESIDE = re.compile(r"\b(?:and|plus|as well as|along with|together with)\b|[,;&+]\s", re.IGNORECASE)
"""Joins a second thing asked to the first."""
_AHEAD = re.compile(
    r"\s*(?:or (?:more|less|fewer)\s+)?(?:before|prior to|ahead of|preceding)\b", re.IGNORECASE
)
"""Behind a length of time it tells whom something is asked of: ``less than 50 days before transplant``."""
_LETTER = re.compile(r"[^\W\d_]")
_RATIOS = frozenset({"HR", "OR", "RR"})
_IN_CODE = re.compile(r"\b[A-Z]{2,}\d+-$")
"""Stands before digits that end a product's code: ``AB12-01 patients``."""

_POINTS = re.compile(r"\b(?:the|this|that|which)\s+$", re.IGNORECASE)
"""Stands before a study that is but called ``one``."""
_OF_STUDIES = re.compile(r"\bwhich of (?:the|these|those)\s+$", re.IGNORECASE)
"""Stands before the number of studies that are asked about."""
_STAGED = re.compile(r"\bstage\s+([IVX]{1,4}[ab]?|[1-4][ab]?)\b(?!\s*(?:-|/|to\b|and\b|or\b))", re.IGNORECASE)
"""A stage of the disease that tells patients: ``in stage IIIb``."""
_COUNTED = re.compile(
    r"\b(?:how (?:many|often)|number|rates?|share|proportion|fraction|per ?cent(?:age)?|who|anyone|anybody|count|n)\b|%|\band\W*$",
    re.IGNORECASE,
)
"""Before what became of patients it asks of how many it did."""

_ADVERB = re.compile(r"[a-z]{3,}ly", re.IGNORECASE)
_I_DO = re.compile(
    r"\b(?:i|we|i'm|we're|i am|we are|i was|let me|let us)(?: (?:just|am|was|were|have|had|been|still|keep|kept))? $",
    re.IGNORECASE,
)
"""Stands before a verb of the person asking: ``I assemble …``."""


class SlotReader:
    """Reads the slots of a question.

    Args:
        review: the review.
        lexicons: find the terms.
    """

    def __init__(self, review: Review, lexicons: QuestionLexicons) -> None:
        self._lexicons = lexicons
        self._title = review.title
        self._groups = GroupReader(review, lexicons)
        self._topics = TopicReader(review, lexicons)
        sentences = (p.text for p in review.passages if p.locator.kind is Kind.SENTENCE)
        heads = (row.head for table in review.raw.tables for row in table.rows)
        self._prose = " ".join((*sentences, *heads)).lower()
        self._baseline = frozenset(f.attribute for f in review.facts if f.time_point == "baseline")
        labels = (label for own in review.arms.values() for label in own)
        of_arms = frozenset(w for label in labels for w in words_of(label))
        self._open = OpenTopics(review.attributes, self._kinds_named, of_arms)
        self._held = frozenset(f.attribute for f in review.facts)
        self._told_of = self._held | {a.removeprefix("median_") for a in self._held}
        vocabulary = lexicons.vocabulary
        learnt = (vocabulary.measures[i] for i in sorted(vocabulary.learnt))
        self._learned = LearnedTopics(vocabulary, learnt, self._held)
        self._cells = frozenset(p.quote.lower() for p in review.passages if p.locator.kind is Kind.CELL)
        places = {p.id: p.locator.row for p in review.passages if p.locator.kind is Kind.CELL}
        self._women = any(
            f.attribute == "sex"
            and re.search(r"\b(?:female|women)\b", places.get(f.passage, ""), re.IGNORECASE)
            for f in review.facts
        )
        self._counted = frozenset(
            f.attribute for f in review.facts if f.attribute in review.attributes and f.unit == "patients"
        )
        """The review's own attributes that count patients, and so may name a subgroup."""
        cells = {p.id for p in review.passages if p.locator.kind is Kind.CELL}
        self._tabled = frozenset(f.attribute for f in review.facts if f.passage in cells)
        self._figured = frozenset(
            f.attribute for f in review.facts if f.passage in cells and f.value[:1].isdigit()
        )
        """Rows whose cells are figures, not words."""

    def read(self, text: str, focus: str, named: Named) -> Ask:
        """What the sentence ``focus`` of ``text`` asks, the studies aside.

        Args:
            text: the whole question.
            focus: the sentence of it that asks.
            named: the names in it, which are no values or words of their own.
        """
        scanned = scan(focus, self._lexicons.matchers, self._groups.arms)
        spans = [s for s in settled(scanned, focus, named) if not _is_no_value(s, focus)]
        spans = self._groups.without_empty(without_risk(spans, focus))
        spans = self._learned.put(self._asked_for(spans, focus), focus)
        found = self._topics.read(spans, focus, years_in(focus, named, self._title))
        topics, described = told_by(found.topics, focus, self._lexicons.matchers.populations)
        groups = self._groups.named((*found.groups, *described), topics.measures, focus, topics.spans, named)
        of_patients = [g for g in groups if self._groups.is_of_patients(g, focus, named)]
        fates = self._fates([s for s in topics.spans if s.kind == "measure"], focus)
        topics = replace(topics, measures=tuple(m for m in topics.measures if m not in fates))
        of_patients = [g for g in of_patients if not self._is_event(g, topics.measures)]
        of_patients += [
            replace(m, kind="group", ids=self._whom(m))
            for m in fates
            if not any(g.meets(m) for g in of_patients)
        ]
        if topics.measures and (staged := _STAGED.search(focus)):
            of_patients.append(Span("group", *staged.span(), staged[0], (f"stage-{staged[1].lower()}",)))
        content, strange = self._content(focus, topics.spans, named)
        open_topics = self._own_attributes(focus, topics, groups)
        open_topics = open_topics or self._row_instead(topics, focus)
        topics, of_patients = self._of_sex(topics, of_patients)
        topics, of_patients = of_ages(topics, of_patients, focus)
        if self._is_arm_dose(topics, of_patients, focus):
            topics = replace(topics, characteristics=())
        if open_topics and (subgroup := self._subgroup(focus, topics.measures, open_topics)):
            open_topics, of_patients = (), [*of_patients, subgroup]
        rows = open_topics or tuple(c for c in topics.characteristics if c in self._tabled)
        if rows and not topics.measures:
            of_patients = [g for g in of_patients if not self._names_row(g, rows)]
        if "sex" in topics.characteristics:
            of_patients = [g for g in of_patients if not set(g.ids) <= {"men", "women"}]
        cycles = {s.ids[0] for s in topics.spans if s.kind == "cycle"}
        measures = self._asked(topics, open_topics, focus)
        if "age_range" in topics.characteristics and "age_range" not in self._held and not measures:
            ages = tuple(m for m in ("median_age", "mean_age") if m in self._held)
            topics = topics.without("age_range") if ages else topics
            measures = ages[:1]
        if measures == (_DURATION,):
            topics = replace(topics, families=())
        counted = not measures and topics.wants and set(topics.characteristics) <= {"n_patients"}
        if counted and "discontinuation" in self._held and _STOPPED.search(focus):
            topics, measures = replace(topics, characteristics=()), ("discontinuation",)
        timed = [s for s in topics.spans if s.kind == "time" and s.ids and not _AHEAD.match(focus, s.end)]
        times = tuple(dict.fromkeys(s.ids[0] for s in timed))
        if not times and self._asks_baseline(measures, focus, named):
            times = ("baseline",)
        if early := _early(measures, times, topics.held):
            measures, times = (early,), ()
        return Ask(
            text=text,
            focus=focus,
            measures=measures,
            families=() if open_topics else topics.families,
            characteristics=open_topics or tuple(dict.fromkeys(topics.characteristics)),
            designs=found.designs,
            times=times,
            groups=tuple(_subtracted(g) for g in of_patients if set(g.ids) - {"all"}),
            hinted=tuple(_as_product(g.ids) for g in groups if g not in of_patients),
            aliases=_aliases(found, groups, focus),
            everyone=bool(EVERYONE.search(focus)),
            implied=topics.implied,
            years=topics.years,
            grade=grade_of(
                topics.spans,
                focus,
                of_event=self._asks_event(topics.measures) and not self._as_printed(focus),
            ),
            cycle=next(iter(cycles)) if len(cycles) == 1 else "",
            values=tuple(
                s for s in topics.spans if s.kind == "value" and not self._open.holds(open_topics, s.text)
            ),
            cues=topics.cues,
            wants=topics.wants,
            content=content,
            strange=strange,
            unheard=tuple(w for w in strange if not self._lexicons.is_english(w)),
            term=defined_term(focus, text),
        )

    def _is_arm_dose(self, topics: Topics, groups: Sequence[Span], focus: str) -> bool:
        """Whether ``dose`` is but part of an arm's name: ``what about the full dose``."""
        arms = set(self._groups.arms.values())
        named = any(frozenset(g.ids) in arms and re.search(r"\bdos", g.text, re.IGNORECASE) for g in groups)
        return named and set(topics.characteristics) == {"dose"} and not _DOSE_ASKED.search(focus)

    def _of_sex(self, topics: Topics, groups: list[Span]) -> tuple[Topics, list[Span]]:
        """``what percentage were women?`` asks for the row of sexes, where the review has one of women."""
        women = [g for g in groups if g.ids == ("women",)]
        asked = topics.wants and not (
            topics.measures
            or topics.families
            or set(topics.characteristics) - {"arms", "agents", "n_patients"}
        )
        if not women or not asked or not self._women:
            return topics, groups
        return replace(topics, characteristics=("sex",)), [g for g in groups if g not in women]

    def _as_printed(self, focus: str) -> bool:
        """``serious infection`` where the review says just that, and no grade."""
        said = re.search(r"\b(?:serious|severe) [a-z]{4,}", focus.lower())
        return said is not None and said[0].rstrip("s") in self._prose

    def _asks_baseline(self, measures: Iterable[str], focus: str, named: Named) -> bool:
        """``what was it before treatment``: the figure at baseline, where the review has one."""
        terms = (self._lexicons.vocabulary.term(m) for m in measures)
        if not any({t.id, *t.also} & self._baseline for t in terms):
            return False
        agents = (n for n in named.names if n.kind in {"agent", "code"})
        return bool(_BEFORE.search(focus)) or any(
            focus[: n.start].lower().rstrip().endswith("before") for n in agents
        )

    def _asked_for(self, spans: Sequence[Span], focus: str) -> list[Span]:
        """``spans`` without measures that say what a study is about: ``bleeding in the catheter thrombosis study``.

        What no study reports, and a table's cell names, is what studies are about, too: ``done in atrial fibrillation``.
        """
        found = [s for s in spans if s.kind == "measure"]
        about = [s for s in found if _OF_A_STUDY.match(focus, s.end) and not _AS_RATE.search(s.text)]
        about += [
            s
            for s in found
            if s.ids[0] not in self._told_of and s.text.lower() in self._cells and s not in about
        ]
        rest = self._open.find(focus)[0] or len(about) < len(found) or self._learned.named(focus)
        drop = about and (rest or all(s.ids[0] not in self._held for s in about))
        return [s for s in spans if s not in about] if drop else list(spans)

    def _asked(self, topics: Topics, open_topics: tuple[str, ...], focus: str) -> tuple[str, ...]:
        """Ids of the measures asked for, or of one that a verb implies (``how long were they followed``)."""
        named = [*_measures(topics.measures, open_topics), *_interval(topics, focus)]
        if _asks_duration(named, topics, focus):
            return (_DURATION,)
        implied = tuple(m for m, asked in IMPLIED_MEASURES if asked.search(focus))[:1]
        if named == ["p_value"] and not (open_topics or topics.families or topics.characteristics):
            return (*implied, *named)
        if named or open_topics or topics.families or (topics.characteristics and not topics.implied):
            return tuple(dict.fromkeys(named))
        return implied

    def _own_attributes(self, focus: str, topics: Topics, groups: Iterable[Span]) -> tuple[str, ...]:
        """The review's own attributes, where their words are more than those of known measures and groups.

        ``how many were women`` asks for the row on women; an event that is named outweighs what it happened during.
        """
        found, shared = self._open.find(focus)
        ratio = next(
            (m.ids[0] for m in topics.measures if m.ids[0] in _RATIOS and m.ids[0] in self._held), ""
        )
        if ratio and len(topics.measures) > 1:
            return ()  # "hazard ratio of a female donor for relapse": the row only names what was tested
        named: set[str] = set()
        for span in topics.measures:
            named |= words_of(span.text)
        known = named.union(*(words_of(g.text) for g in groups))
        during = not set(found) <= self._tabled and not shared & named
        if not found or (during and self._asks_event(topics.measures)):
            return ()
        rows = (
            not topics.measures
            and set(topics.characteristics) <= {"n_patients", "arms", "sex", "disease", "population"}
            and set(found) <= self._counted
        )
        staged = _STAGED.search(focus) and shared - known <= {"stage"}
        if topics.measures and (staged or calls_patients(focus, shared - known)):
            return ()  # "OS in stage IIIb" asks for OS
        return found if shared - known or rows else ()

    def _row_instead(self, topics: Topics, focus: str) -> tuple[str, ...]:
        """The review's own row for a measure or characteristic that it gives nothing else for: ``CD34 dose``."""
        asked = [m.ids[0] for m in topics.measures if m.ids[0] not in _RATIOS | {"p_value", "CI"}]
        asked += [c for c in topics.characteristics if c not in {"n_patients", "arms"}]
        if not asked or topics.families or topics.has("time"):
            return ()
        terms = {i for a in asked for i in (a, *self._lexicons.vocabulary.term(a).also)}
        median = any(a.startswith("median_") for a in asked)
        rows = () if median or terms & self._held else self._open.find(focus)[0]
        return rows if set(rows) <= self._figured else ()

    def _subgroup(self, focus: str, measures: Sequence[Span], found: Sequence[str]) -> Span | None:
        """``DFS in stage III patients``: a row of the table of patients names whom a measure is asked of."""
        outcomes = [
            m for m in measures if self._lexicons.vocabulary.term(m.ids[0]).kind in {"rate", "duration"}
        ]
        match = _IN_WHOM.search(focus, outcomes[-1].end) if outcomes else None
        words = words_of(match["whom"]) if match else set[str]()
        named = {part for word in self._open.words(found) for part in (word, *word.split("-"))}
        if match is None or not named & words or not (set(found) <= self._counted or words <= named):
            return None
        whom = match["whom"].strip()
        return Span("group", match.start("whom"), match.end("whom"), whom, (whom.lower(),))

    def _kinds_named(self, text: str) -> frozenset[str]:
        """Ids of the patients and diseases that a text names, in whatever words."""
        words = tokens(text)
        return frozenset(m.ids[0] for m in self._lexicons.matchers.populations.find(words) if m.ids)

    def _names_row(self, group: Span, found: Sequence[str]) -> bool:
        """Whether a group's words are those of the row asked for, so that it narrows nothing down."""
        words = words_of(group.text)
        return set(group.ids) <= self._open.kinds(found) or (
            bool(words)
            and (
                3 * len(words & self._open.words(found)) >= 2 * len(words)
                or set(group.ids) <= self._open.words(found)
            )
            and frozenset(group.ids) not in self._groups.arms.values()
        )

    def _fates(self, measures: Sequence[Span], focus: str) -> list[Span]:
        """What only says of whom another outcome is asked, and not how many they were: ``OS, bridged to transplant``."""
        found = [
            m
            for m in measures
            if " to " in m.text and self._whom(m) and not _COUNTED.search(focus[: m.start])
        ]
        rest = [m for m in measures if m not in found]
        outcome = any(self._lexicons.vocabulary.term(m.ids[0]).kind in {"rate", "duration"} for m in rest)
        return found if outcome else []

    def _whom(self, measure: Span) -> tuple[str, ...]:
        """Ids of the patients of whom the measure counts how many there were."""
        also = self._lexicons.vocabulary.term(measure.ids[0]).also
        return tuple(p for p in also if p in self._lexicons.vocabulary.populations)

    def _is_event(self, group: Span, measures: Iterable[Span]) -> bool:
        """``went to transplant`` is what happened to some, where that is asked."""
        over = [m for m in measures if m.start < group.end and group.start < m.end and " to " in m.text]
        return any(set(group.ids) & set(self._lexicons.vocabulary.term(m.ids[0]).also) for m in over)

    def _asks_event(self, measures: Iterable[Span]) -> bool:
        return any(self._lexicons.vocabulary.term(m.ids[0]).kind == "event" for m in measures)

    def _content(
        self, focus: str, spans: Iterable[Span], named: Named
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Keys of words that say something, and those among the words that nobody knows."""
        covered = [(s.start, s.end) for s in spans] + [(n.start, n.end) for n in named.names]
        content, strange = [], []
        for word in tokens(focus):
            if self._lexicons.is_filler(word.key) or len(word.key) < 2 or not _LETTER.search(word.text):
                continue
            if word.key in _UNITS:
                continue
            content.append(word.key)
            inside = any(start < word.end and word.start < end for start, end in covered)
            if not inside and not self._lexicons.is_known(word) and not self._fills_no_slot(word, focus):
                strange.append(word.text)
        return tuple(dict.fromkeys(content)), tuple(dict.fromkeys(strange))

    def _fills_no_slot(self, word: Token, focus: str) -> bool:
        """Whether an unknown word cannot be what is asked, or of whom: an adverb, or what the person asking does."""
        if not self._lexicons.is_english(word.text):
            return False
        return bool(_ADVERB.fullmatch(word.text) or _I_DO.search(focus[: word.start]))


def _subtracted(group: Span) -> tuple[str, frozenset[str]]:
    """A group's wording and ids; ``children minus adults`` names adults."""
    ids, label = frozenset(group.ids), group.text
    if "minus" in ids and len(ids) > 1:
        return re.sub(r"^minus\s+", "", label, flags=re.IGNORECASE), ids - {"minus"}
    return label, ids


def _as_product(ids: Iterable[str]) -> frozenset[str]:
    """Group ids that describe a product: one made from healthy donors is allogeneic."""
    return frozenset("allogeneic" if i == "healthy-donors" else i for i in ids)


def _asks_duration(measures: Sequence[str], topics: Topics, focus: str) -> bool:
    """``how long did remissions last``: what lasts is not asked itself, only how long it does."""
    if topics.characteristics and not topics.implied:
        return False
    if set(topics.families) - _RESPONSES or not set(measures) <= {_DURATION, *_LASTING}:
        return False
    implied = next((m for m, asked in IMPLIED_MEASURES if asked.search(focus)), "")
    lasting, beside = bool({_DURATION, "DOR"} & set(measures)), bool(_BESIDE.search(focus))
    if lasting and len(measures) > 1:
        return not beside
    return implied == _DURATION


def _interval(topics: Topics, focus: str) -> tuple[str, ...]:
    """The interval asked for beside a measure; ``95% CI`` reads like a figure."""
    return ("CI",) if topics.measures and _INTERVAL.search(focus) else ()


def _measures(spans: Iterable[Span], open_topics: tuple[str, ...]) -> tuple[str, ...]:
    """The measures asked for; beside an attribute of the review's own only its p-value."""
    found = dict.fromkeys(m.ids[0] for m in spans)
    return tuple(m for m in found if not open_topics or m in {"p_value", *_RATIOS})


def _early(measures: tuple[str, ...], times: tuple[str, ...], held: AbstractSet[str]) -> str:
    """The measure that ``died within 30 days`` is, where the review has it: ``30-day_mortality``."""
    name = f"{times[0]}_mortality" if len(times) == 1 and measures == ("deaths",) else ""
    return name if name in held else ""


def _aliases(found: Asked, groups: Sequence[Span], focus: str) -> tuple[tuple[str, str], ...]:
    """(word key, term id) of the words that name a measure, group or characteristic."""
    spans = [s for s in (*found.topics.measures, *groups) if s.ids]
    of_spans = {t.key: s.ids[0] for s in spans for t in tokens(s.text)}
    words = tokens(focus)
    of_characteristics = {t.key: p.id for p in found.placed for t in words if p.overlaps(t.start, t.end)}
    return tuple(sorted((of_spans | of_characteristics).items()))


def _is_no_value(span: Span, focus: str) -> bool:
    """Whether a number only ends a product's code, or says how many studies there are to choose from."""
    before = focus[: span.start]
    one = span.text.lower() == "one" and _POINTS.search(before)
    return span.kind == "value" and bool(one or _IN_CODE.search(before) or _OF_STUDIES.search(before))
