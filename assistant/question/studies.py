"""Studies found, or narrowed down, by description: words, groups and designs that only some of them have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant import lazy_re as re
from assistant.corpus.corpus import Review
from assistant.model import Fact
from assistant.names.studies import Named
from assistant.question.ask import Ask
from assistant.question.clues import Clues
from assistant.question.described import Phrase, fitting, having_all, of_them, plural, pools, singular
from assistant.question.evidence import PARTS, Evidence, is_labelled, weight_of
from assistant.question.lexicons import QuestionLexicons
from assistant.question.wording import EACH_ARM, ONE_LIKE
from assistant.text.text import tokens

_SEVERAL = re.compile(r"\b(?:studies|trials|abstracts|posters|reports)\b", re.IGNORECASE)
_THE_NUMBER = re.compile(
    r"\b(?:of|among|in|for|from|out of)\s+(?:the|these|those|all)?\s*(?:all\s+)?$|\b(?:the|these|those|all)\s+$",
    re.IGNORECASE,
)
"""Stands before the number of patients that a study is known by."""
_LEAD = 40
"""Characters before a number in which what stands before it is looked for."""
_TABLE = re.compile(r"\btable (\d+)\b", re.IGNORECASE)
_LOOSE = re.compile(r"^\w+ one$", re.IGNORECASE)
_FEW = 2
"""Studies of one size that may be meant by it at most."""
_WEAK = 0.3
"""Points below which a description does not choose among the studies named."""
_STRONG = 0.45
"""Points from which on a description alone finds studies."""
_VERSUS = re.compile(r"\bvs\b\.?|\bversus\b|\u00b1")
_SHORT_ARM = re.compile(r"[A-Z]{2,5}")
_GIVES = 0.5
"""Points for giving what is asked, when it is asked of: more than a noun for patients, less than an arm or a state."""
_MOST = 0.8
"""Share of the sentences on studies from which on a review is about one study."""
_ARM_COMPARED = re.compile(
    r"\b(?:more|less|fewer|higher|lower|better|worse|longer|shorter|commoner|rarer|greater)\b[^?]*"
    r"\b(?:in|on|for) the (?:[\w-]+ ){0,3}?arm\b",
    re.IGNORECASE,
)


_PEOPLE = re.compile(r"\b(?:patients?|people|participants?|persons?|subjects?)\b", re.IGNORECASE)
_ANIMALS = re.compile(
    r"\b(?:mouse|mice|murine|animals?|rats?|rodents?|zebrafish|xenograft\w*|cell lines?|in vitro)\b",
    re.IGNORECASE,
)
_ARM_OF = re.compile(r"(?:with |the |on )?(?P<what>[\w-]+)[ -](?:arm|group)", re.IGNORECASE)


_LARGEST = frozenset({"biggest", "largest"})
_SIZED = (
    r"(?P<np>the (?P<end>biggest|largest|smallest) (?P<what>(?:[\w/+-]+ ){0,3}?)(?:trial|study|series|cohort|abstract|report)"
    r"(?: of (?:all|them all|the review))?)"
)
_BY_SIZE = re.compile(
    r"\b(?:in|of|from|for|by|with|within|at|on|did|does|do|ran|run|led|was|were) "
    rf"{_SIZED}(?![\w-])(?! (?:number|dose|arm|group|effect|of|with|in)\b)",
    re.IGNORECASE,
)
"""Means a study by how many patients it had."""
_OWN = re.compile(rf"{_SIZED}(?=['\u2019]s\b)", re.IGNORECASE)
_SIZE_ALONE = re.compile(
    r"^\W*(?:and |so )?(?:which|what|who)(?:'s| is| was| were| are)? the (?:biggest|largest|smallest)\b(?![^?]*['\u2019]s\b)"
    r"|\bnames? of the\b|\bafter the (?:biggest|largest|smallest)\b",
    re.IGNORECASE,
)
"""Asks for that study itself."""
_BESIDE = re.compile(
    r"\b(?:and|or|vs\.?|versus|against|than|with|to|from)\W+(?:in\W+|of\W+|with\W+)?(?:the\W+|that\W+)?$",
    re.IGNORECASE,
)
_SIDES = re.compile(
    r"\W*(?:and|or|vs\.?|versus|than|with|against)\W(?:\s*(?:and|what|which|how|many|much|in|of|for|from|that|the|has|have|had|is|was|does|did"
    r"|patients|figure|rate|one)\b)*\W*",
    re.IGNORECASE,
)
"""Stands between two descriptions that are set side by side."""
_BEFORE = re.compile(r"\W*(?:and|or|vs\.?|versus|against|compared (?:with|to))\W", re.IGNORECASE)
"""Stands between a study named and one described beside it."""


@dataclass(frozen=True, slots=True)
class Told:
    """Studies told by describing them."""

    studies: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    """The descriptions in the sentence that asks."""

    def without(self, focus: str) -> str:
        """``focus`` with the plain noun in the place of each description."""
        for phrase in sorted(self.phrases, key=lambda p: -p.start):
            noun = " the study" if phrase.n == 1 else " the studies"
            focus = f"{focus[: phrase.start]}{noun} {focus[phrase.end :].lstrip(' ')}"
        return re.sub(r" +(?=[?.!,;:]|$)", "", focus).strip()


class StudyFinder:
    """Finds studies by description.

    Args:
        review: the review.
        lexicons: know the studies' words and the designs' names.
    """

    def __init__(self, review: Review, lexicons: QuestionLexicons) -> None:
        self._review = review
        self._lexicons = lexicons
        self._order = tuple(s.id for s in review.studies)
        self._main = _main_study(review)
        self._evidence = Evidence(review, lexicons)
        self._clues = Clues(review, lexicons, self._evidence)
        self.of_cells = self._clues.of_cells
        self._given = frozenset((f.study, f.attribute) for f in review.facts)

    def in_order(self, studies: frozenset[str]) -> tuple[str, ...]:
        """The ids in the review's order."""
        return tuple(s for s in self._order if s in studies)

    def by_size(self, text: str) -> str:
        """``text`` with the name of the study that it means by its size: ``OS in the largest trial of A``."""
        match = _BY_SIZE.search(text) or _OWN.search(text)
        if match is None or _SIZE_ALONE.search(text):
            return text
        words = match["what"].strip()
        found = self._clues.of_text(words, Ask(text=words, focus=words)) if words else {}
        pool = having_all(found, self._order) if words else self._order
        sizes = {s: max(own) for s in pool if (own := self._sizes.get(s))}
        if not sizes or (words and not found):
            return text
        end = max(sizes.values()) if match["end"].lower() in _LARGEST else min(sizes.values())
        told = [s for s, n in sizes.items() if n == end]
        name = " and ".join(f"{self._review.raw.study_label} {s}" for s in told)
        return f"{text[: match.start('np')]}{name}{text[match.end() :]}" if len(told) <= _FEW else text

    @cached_property
    def _sizes(self) -> Mapping[str, list[int]]:
        """The numbers of patients printed for each study."""
        found: dict[str, list[int]] = defaultdict(list)
        for fact in self._review.facts:
            if fact.attribute == "n_patients" and fact.n:
                found[fact.study].append(fact.n)
        return found

    def narrowed(self, ask: Ask) -> Ask:
        """``ask`` with studies narrowed down, or found, by words that only some of them use."""
        return self._with_people(self._by_words(ask))

    def _with_people(self, ask: Ask) -> Ask:
        """``did any patient on A have …``: of the studies found those that treated people, where some did.

        One of mice or cells stays where it gives what is asked, and alone where it is asked for them.
        """
        rates = all(self._lexicons.vocabulary.term(m).kind in {"rate", "event"} for m in ask.measures)
        several = ask.has("list", "count_studies", "global") or _SEVERAL.search(ask.focus)
        if len(ask.studies) == 1 or several or not ask.measures or not (rates or _PEOPLE.search(ask.focus)):
            return ask
        nobody = self._clues.of_nobody - {
            f.study for f in self._review.facts if f.attribute in ask.measures and f.unit
        }
        if _ANIMALS.search(ask.focus):
            nobody = frozenset(ask.studies) - self._clues.of_nobody
        kept = tuple(s for s in ask.studies if s not in nobody)
        return replace(ask, studies=kept) if kept else ask

    def _by_words(self, ask: Ask) -> Ask:
        ask = self._with_arm_of(ask)
        if ask.named.of("number", "nct") or ask.clash or len(ask.studies) == 1:
            return ask
        if self._main and not ask.studies and self._leaves_study_open(ask):
            return replace(ask, studies=(self._main,), described=True)
        if not ask.studies and (tabled := self._of_table(ask)):
            return replace(ask, studies=tabled, described=True)
        if ask.has("list", "count_studies", "global") or (ask.studies and _SEVERAL.search(ask.focus)):
            return ask
        if ask.studies and ask.described and ask.has("max", "min"):
            return ask
        if ask.studies:
            return self._chosen(ask)
        if ask.named.missing or (ask.named.names and not ask.described):
            return ask
        if (sized := self._of_size(ask)) is not None:
            return sized
        of_review = ask.has("review") and not (
            ask.measures or ask.families or ask.characteristics or ask.groups or ask.designs
        )
        return ask if of_review or ask.has("max", "min") else self._found(ask)

    def by_phrase(self, ask: Ask) -> Told | None:
        """The studies that phrases of ``ask`` describe: ``the big German programme``; None where none is told clearly.

        ``of the three first-line studies`` tells among which some are asked for.
        """
        open_list = ask.has("list") and not (ask.measures or ask.characteristics or ask.families)
        ranks = ask.has("max", "min")
        firm = len(ask.studies) == 1 and any(n.kind != "topic" for n in ask.named.names)
        clash = ask.clash and not all(n.kind in {"agent", "range", "topic"} for n in ask.named.names)
        named = ask.named.of("number", "nct") or clash or firm or self._main
        about_review = ask.has("count_studies", "definition", "reference", "review")
        if about_review or (open_list and not ranks):
            return None
        if named:
            return self._beside_named(ask)
        pool, within = self._pool(ask)
        found: list[tuple[Phrase, tuple[str, ...]]] = []
        untold: list[Phrase] = []
        for phrase in (*plural(ask.focus), *self.phrases(ask.focus)):
            if within is not None and phrase.start < within.end and within.start < phrase.end:
                continue
            told = self.told(phrase.text, ask, self._meant(ask, phrase, pool), phrase.n)
            found += [(phrase, told)] if told else []
            untold += [] if told else [phrase]
        if found:
            found += self._other_side(ask, pool, found, untold)
            studies = frozenset(s for _, told in found for s in told)
            return Told(self.in_order(studies), tuple(p for p, _ in found))
        if within is None:
            return None
        asked = of_them(ask.focus[within.end :])
        if asked is not None and not ranks and (told := self.told(asked.text, ask, pool)):
            return Told(told, ())
        meant = ranks or within.n or ask.has("compare")
        return Told(pool, (within,)) if meant and (ranks or not ask.has("list")) else None

    def _other_side(
        self,
        ask: Ask,
        pool: Sequence[str],
        found: Sequence[tuple[Phrase, tuple[str, ...]]],
        untold: Sequence[Phrase],
    ) -> list[tuple[Phrase, tuple[str, ...]]]:
        """``the study of adolescents and the study of adults``: the other side, told from what the first leaves."""
        if len(found) != 1 or len(untold) != 1:
            return []
        (first, told), (other,) = found[0], untold
        between = ask.focus[min(first.end, other.end) : max(first.start, other.start)]
        if not _SIDES.fullmatch(between):
            return []
        left = tuple(s for s in pool if s not in told)
        rest = self.told(other.text, ask, left, other.n)
        if not rest and other.n == 1:
            fit = having_all(self._clues.of_text(other.text, ask), left)
            rest = self._evidence.by_own_words(fit, replace(ask, text=other.text, focus=other.text))
        return [(other, rest)] if len(rest) == other.n else []

    def _beside_named(self, ask: Ask) -> Told | None:
        """``A and the German study``: the one study named with another that is described beside it; None where none is."""
        if len(ask.studies) != 1 or self._main:
            return None
        others = tuple(s for s in self._order if s not in ask.studies)
        for phrase in self.phrases(ask.focus):
            before, after = ask.focus[: phrase.start], ask.focus[phrase.end :]
            own = any(
                n.overlaps(phrase.start, phrase.end) for n in self._lexicons.names.find(ask.focus).names
            )
            if own or not (_BESIDE.search(before) or _BEFORE.match(after)):
                continue
            if len(told := self.told(phrase.text, ask, others)) == 1:
                return Told(self.in_order(frozenset({*ask.studies, *told})), (phrase,))
        return None

    def phrases(self, text: str) -> Iterator[Phrase]:
        """The descriptions of one study in ``text``."""
        return singular(text, self._names_outcome)

    def _names_outcome(self, text: str) -> bool:
        """Whether words name a measure, not only patients by what became of them, or a part of a study."""
        words = tokens(text)
        if any(w.key in PARTS for w in words):
            return True
        told = [range(m.start, m.end) for m in self._lexicons.matchers.populations.find(words)]
        measures = self._lexicons.matchers.measures.find(words)
        return any(not any(m.start in r for r in told) for m in measures)

    def _pool(self, ask: Ask) -> tuple[tuple[str, ...], Phrase | None]:
        """The studies among which some are asked for, with the phrase that tells them; all where none does."""
        for phrase in pools(ask.focus):
            found = self._clues.of_text(phrase.text, ask)
            told = fitting(found, self._order, phrase.n) if phrase.n else having_all(found, self._order)
            if 1 < len(told) < len(self._order):
                return told, phrase
        return self._order, None

    def _meant(self, ask: Ask, phrase: Phrase, pool: tuple[str, ...]) -> tuple[str, ...]:
        """The studies a phrase may mean: those named beside it, where some are."""
        beside = [
            n
            for n in ask.named.names
            if not n.overlaps(ask.text.find(phrase.text), ask.text.find(phrase.text) + len(phrase.text))
        ]
        held = tuple(s for s in pool if all(s in n.studies for n in beside))
        return held if beside and held else pool

    def told(self, text: str, ask: Ask, pool: Sequence[str], n: int = 1) -> tuple[str, ...]:
        """The ``n`` studies of ``pool`` that ``text`` describes clearly; none where it does not.

        One of all that is called but ``the … one`` is told by more than a word: ``the partial one`` is a remission.
        """
        found = self._clues.of_text(text, ask)
        loose = len(pool) == len(self._order) and _LOOSE.search(text) and not any(map(is_labelled, found))
        told = () if loose else fitting(found, pool, n)
        return told or (fitting(self._clues.of_text(text, ask, own=True), pool, n) if n > 1 else ())

    def kin(self, text: str, ask: Ask, of: Sequence[str]) -> tuple[str, ...]:
        """``the phase II successor``: the one study that gave the like of the studies ``of``; none where none is clear."""
        shared: dict[str, float] = defaultdict(float)
        for held in self._lexicons.names.agents.values():
            for study in held - set(of) if held & set(of) else ():
                shared[study] += 1.0 / len(held)
        most = max(shared.values(), default=0.0)
        alike = tuple(s for s in self._order if shared.get(s, -1.0) >= most - 1e-9)
        found = having_all(self._clues.of_text(text, ask), alike)
        kept = found or alike
        return kept if len(kept) == 1 else ()

    def singled_out(self, ask: Ask) -> Ask:
        """``I have the one of A. And in the donor-derived one?``: the study described, not the one named before it."""
        if not ONE_LIKE.search(ask.focus):
            return ask
        found = self._found(replace(ask, text=ask.focus, studies=(), named=Named(), described=False))
        if len(found.studies) != 1 or set(found.studies) <= set(ask.studies):
            return ask
        return replace(
            found, text=ask.text, groups=tuple(g for g in ask.groups if not self._is_of(found.studies, g))
        )

    def _is_of(self, studies: tuple[str, ...], group: tuple[str, frozenset[str]]) -> bool:
        """Whether a group only describes what a study is about."""
        return all(s in self._evidence.with_group(group[1]) for s in studies) and not any(
            f.study in studies and group[1] <= f.group for f in self._review.facts
        )

    def _of_table(self, ask: Ask) -> tuple[str, ...]:
        """``table 2 ages``: the studies of the table named; none where it is not its studies that are asked about."""
        named = _TABLE.findall(ask.focus)
        plain = ask.has(
            "list", "count_studies", "max", "min", "conflict", "definition", "reference", "review", "summary"
        )
        if len(named) != 1 or plain or not ask.characteristics or ask.measures or ask.families:
            return ()
        tables = [t for t in self._review.raw.tables if t.label == f"Table {named[0]}"]
        return self.in_order(frozenset(c.study for t in tables for c in t.columns))

    def _of_size(self, ask: Ask) -> Ask | None:
        """``of the 53, how many …``: the one study, or the two, with so many patients; None for none or more."""
        for value in ask.values:
            number = value.n if value.n is not None else int(value.text) if value.text.isdigit() else None
            if number is None or value.total is not None or value.unit not in {"patients", ""}:
                continue
            if not _THE_NUMBER.search(ask.focus[max(0, value.start - _LEAD) : value.start]):
                continue
            counts = [f for f in self._review.facts if f.attribute == "n_patients" and f.n == number]
            whole = {f.study for f in counts if not f.group}
            studies = self.in_order(frozenset(whole or {f.study for f in counts}))
            if 0 < len(studies) <= _FEW:
                values = tuple(v for v in ask.values if v != value) if whole else ask.values
                return replace(ask, studies=studies, described=True, values=values)
        return None

    @staticmethod
    def _leaves_study_open(ask: Ask) -> bool:
        """Whether a question names no study, drug or person, and so asks of the one study there is."""
        named = ask.named.missing or (ask.named.names and not ask.described)
        return not (named or ask.strange or ask.has("definition", "reference", "review", "count_studies"))

    def _chosen(self, ask: Ask) -> Ask:
        """Those of the studies named that the description fits best."""
        ask = self._opposing(self._with_arms(self._with_arm(self._comparing(ask))))
        ask = self._telling(self._reporting(self._of_design(ask)))
        hints = self._evidence.hints(ask)
        if len(ask.studies) == 1:
            return ask
        points = {
            s: sum(min(1.0, weight_of(k)) / len(held) for k, held in hints.items() if s in held)
            for s in ask.studies
        }
        if max(points.values()) < _WEAK:
            return ask
        giving = self._giving(ask)
        points = {s: n + _GIVES * (s in giving) for s, n in points.items()}
        most = max(points.values())
        return replace(ask, studies=tuple(s for s in self._order if points.get(s, -1.0) >= most - 1e-9))

    def _giving(self, ask: Ask) -> frozenset[str]:
        """The studies with a figure of a measure asked for, at the time asked for where one is."""
        return frozenset(
            f.study
            for f in self._review.facts
            if f.attribute in ask.measures and (not ask.times or f.time_point in ask.times)
        )

    def _reporting(self, ask: Ask) -> Ask:
        """Of the studies that a treatment names those that give what is asked, where some do."""
        kinds = {self._lexicons.vocabulary.term(m).kind for m in ask.measures}
        if (
            any(n.kind != "agent" for n in ask.named.names)
            or not kinds
            or kinds & {"rate", "duration", "ratio"}
        ):
            return ask
        giving = tuple(s for s in ask.studies if any((s, m) in self._given for m in ask.measures))
        return replace(ask, studies=giving) if giving else ask

    def _comparing(self, ask: Ask) -> Ask:
        """``more frequent in the arm with A``: of the studies named the one that gives the measure of several arms."""
        if not ask.measures or not _ARM_COMPARED.search(ask.focus):
            return ask
        told: dict[str, set[frozenset[str]]] = defaultdict(set)
        for fact in self._review.facts:
            if (
                fact.attribute in ask.measures
                and fact.group in self._review.arms.get(fact.study, {}).values()
            ):
                told[fact.study].add(fact.group)
        kept = tuple(s for s in ask.studies if len(told[s]) > 1)
        return replace(ask, studies=kept) if len(kept) == 1 else ask

    def _with_arm(self, ask: Ask) -> Ask:
        """Of the studies named the one of which the short form of an arm is (``uMRD with AB``)."""
        short = [label for label, _ in ask.groups if _SHORT_ARM.fullmatch(label)]
        held = [frozenset(s for s in ask.studies if label in self._review.arms.get(s, {})) for label in short]
        kept = frozenset[str]().union(*(h for h in held if len(h) == 1))
        return replace(ask, studies=self.in_order(kept)) if len(kept) == 1 else ask

    def _with_arms(self, ask: Ask) -> Ask:
        """Of the studies that a treatment names the one that gave it in several ways, where these are meant: ``the two A groups``."""
        if not EACH_ARM.search(ask.focus) or any(n.kind != "agent" for n in ask.named.names):
            return ask
        given = [
            f for f in self._review.facts if f.attribute == "agents" and (f.group or _VERSUS.search(f.value))
        ]
        kept = tuple(s for s in ask.studies if any(f.study == s for f in given))
        return replace(ask, studies=kept) if len(kept) == 1 else ask

    def _with_arm_of(self, ask: Ask) -> Ask:
        """``the CR rate in the A arm``: of all studies of A the one that has such an arm and gives its figure."""
        arm = _ARM_OF.fullmatch(ask.groups[0][0]) if len(ask.groups) == 1 else None
        names = ask.named.names
        if arm is None or len(names) != 1 or names[0].kind != "agent" or ask.everyone or not ask.measures:
            return ask
        (label, _), what = ask.groups[0], arm["what"].lower()
        held = {
            s: ids
            for s in names[0].studies
            for name, ids in self._review.arms.get(s, {}).items()
            if name.lower() in {what, label.lower()}
        }
        giving = [
            s
            for s, ids in held.items()
            if any(
                f.study == s and f.attribute in ask.measures and ids <= f.group for f in self._review.facts
            )
        ]
        if len(giving) != 1 or names[0].text.lower() != what:
            return ask
        return replace(ask, studies=(giving[0],), groups=((label, held[giving[0]]),))

    def _opposing(self, ask: Ask) -> Ask:
        """Of the studies that two treatments name the one whose arms they are: ``the A versus B trial``."""
        given = {n.text.lower() for n in ask.named.of("agent")}
        if not ask.has("compare") or len(given) < _FEW or ask.everyone:
            return ask
        arms = {
            s: {ids for label, ids in self._review.arms.get(s, {}).items() if label.lower() in given}
            for s in ask.studies
        }
        kept = tuple(s for s in ask.studies if len(arms[s]) >= _FEW)
        return replace(ask, studies=kept) if len(kept) == 1 else ask

    def _telling(self, ask: Ask) -> Ask:
        """Of the studies that a treatment names the one that gives the figure asked for of the part asked for.

        ``HR for PFS with a mutated gene under A``; an arm is no such part, nor what describes all of a study.
        """
        arms = {ids for own in self._review.arms.values() for ids in own.values()}
        parts = [ids for _, ids in ask.groups if ids not in arms]
        if len(ask.studies) < _FEW or not parts or ask.has("compare") or ask.everyone:
            return ask
        if any(n.kind != "agent" for n in ask.named.names):
            return ask
        telling = tuple(
            s
            for s in ask.studies
            if any(
                f.study == s and f.attribute in ask.measures and all(ids <= f.group for ids in parts)
                for f in self._review.facts
            )
        )
        whole = [
            s for s in ask.studies if all(ids <= self._review.populations.get(s, ids - ids) for ids in parts)
        ]
        return replace(ask, studies=telling) if len(telling) == 1 and not whole else ask

    def _of_design(self, ask: Ask) -> Ask:
        """Of the studies named those of the design named, where some are (``the phase II trial of A``)."""
        designs = [self._evidence.with_design(d) for d in ask.designs]
        kept = tuple(s for s in ask.studies if any(s in held for held in designs))
        return replace(ask, studies=kept) if kept else ask

    def _found(self, ask: Ask) -> Ask:
        """The studies that the description alone fits, where it is telling."""
        score: dict[str, float] = defaultdict(float)
        designs = {t.key for design in ask.designs for t in tokens(design)}  # "III" is a grade elsewhere
        for key, held in self._evidence.hints(ask).items():
            for study in () if key in designs else held:
                score[study] += weight_of(key) / len(held)
        if max(score.values(), default=0.0) < _STRONG:
            return ask
        giving = self._giving(ask)
        score = {s: n + _GIVES * (s in giving) for s, n in score.items()}
        best = max(score.values())
        chosen = tuple(s for s in self._order if score.get(s, 0.0) >= best - 1e-9)
        if len(chosen) > max(2, len(self._order) // 2):
            return ask
        if len(chosen) > 1:
            chosen = self._evidence.by_own_words(chosen, ask)
        return self._with_arm(replace(ask, studies=chosen, described=True))

    def designs_of(self, fact: Fact) -> frozenset[str]:
        """Design ids a characteristic's value names (``II`` in a row on phases is ``phase II``)."""
        return self._evidence.designs_of(fact)


def _main_study(review: Review) -> str:
    """The study that a report of one study is about: it alone has tables, and most of the prose; "" for none."""
    tabled = {c.study for t in review.raw.tables for c in t.columns}
    marked = [s.studies[0] for s in review.raw.sentences if s.studies]
    alone = len(tabled) == 1 or (not tabled and len(set(marked)) == 1)
    if not alone or not marked:
        return ""
    (study,) = tabled or set(marked)
    return study if marked.count(study) >= _MOST * len(marked) else ""
