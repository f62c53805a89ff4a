"""A question read as a fact with a hole: what is asked, of which study, when, in whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from assistant import lazy_re as re
from assistant.corpus.corpus import Review
from assistant.groups.own_groups import OwnGroups
from assistant.groups.reading import names_drug
from assistant.model import Fact
from assistant.names.studies import Name, Named, StudyNames, resolve, squeeze
from assistant.question.asides import Asides
from assistant.question.ask import Ask
from assistant.question.clean import as_ages, without_long_words, written_out
from assistant.question.clumsy import in_plain_english
from assistant.question.described import Phrase
from assistant.question.dictated import Dictated
from assistant.question.diseases import not_treated
from assistant.question.excluding import denied_treatment, left_out, runner_up
from assistant.question.focus import FocusFinder
from assistant.question.formal import as_plain_question
from assistant.question.frames import asked_outright
from assistant.question.fronted import put_behind
from assistant.question.initials import Initials
from assistant.question.injection import InjectionFilter
from assistant.question.intervals import as_interval
from assistant.question.kin import without_kin
from assistant.question.lay import in_the_fields_terms
from assistant.question.leads import reason_asked, without_lead
from assistant.question.lexicons import QuestionLexicons
from assistant.question.mend import Mender
from assistant.question.nobody import none_seen
from assistant.question.numbered import by_number
from assistant.question.parts_in_ten import in_percent
from assistant.question.pointing import Pointing
from assistant.question.restarts import put_anew
from assistant.question.shorthand import Shorthand
from assistant.question.single import by_itself
from assistant.question.sizes import sizes_asked
from assistant.question.slots import SlotReader
from assistant.question.states import stated
from assistant.question.studies import StudyFinder, Told
from assistant.question.translating import Translator
from assistant.question.without import plainly
from assistant.question.wording import DRUG_STEM
from assistant.text.text import ONE_NUMBER_WORD, plain, tokens, word_number
from assistant.vocabulary.vocabulary import Lexicon, Matchers, Vocabulary
from assistant.vocabulary.wording import COMPARE

__all__ = ["Ask", "QuestionReader"]

_ABOUT = re.compile(r"\b(?:about|on|with|of|for|by|from)\s+([^\W\d_]+)", re.IGNORECASE)
"""What a message is about, or by whom."""
_AS_GROUP = re.compile(r"\s+(?:group|arm)\b", re.IGNORECASE)
_ADVICE = re.compile(
    r"\b(?:would|should|could|shall|must|can|do) (?:you|we|i|one|he|she|they) (?:\w+ ){0,2}?"
    r"(?:pick|choose|prefer|go (?:for|with)|opt|offer|favou?r|suggest|advise|recommend|prescribe|put (?:him|her|them|me))\b"
    r"|\b(?:should|shall|must) (?:we|i) (?:\w+ )?(?:sign|send|enter|enrol+|refer|let|have) (?:him|her|them|me|my)\b"
    r"|\bwhat would you (?:do|use|try|take)\b"
    r"|\bwould you (?:rather |ever |still )?(?!say|agree|call|please|tell|give me|give us|show|find|list|explain|summar|mind|kindly"
    r"|happen|know|be able|be so|describe|compare|provide|define|check|look|quote|name|have|repeat|help|like|expect|consider"
    r"|write|spell|abbreviate|enumerate|itemi[sz]e|state|count|identify|specify|indicate|report|outline|set out|lay out|point|run (?:me|us)"
    r"|walk (?:me|us)|remind|confirm|verify|clarify|pull|extract|collect|gather|fetch|single out|pick out|draw up|sort|read|search|cite"
    r"|refer"
    r"|reproduce|recite|recall|recap|answer|share|supply|work out|calculate|compute|tabulate|sketch|help|go through|break down"
    r"|distinguish)[a-z]+"
    r"|\b(?:is|are|would be) (?:the )?best (?:option|choice|treatment|regimen|drug) for (?:me|my|him|her|this|a|an)\b",
    re.IGNORECASE,
)
"""Asks what to do for a patient."""
_MY_CHILD = re.compile(
    r"\b(?:should|shall|must|can|could|would|will|may)\b[^.?!]*\bmy \d{1,2}[- ](?:years?|months?)[- ]old\b"
    r"|\b(?:best|right|safe|suitable|good|option|help)\b[^.?!]*\bfor my \d{1,2}[- ](?:years?|months?)[- ]old\b"
    r"|\bmy \d{1,2}[- ](?:years?|months?)[- ]old\b[^?!]*\b(?:should|shall|must|can|could|would|will|may)\b",
    re.IGNORECASE,
)
"""Asks it for a child told by its age, which the question as it is read tells otherwise."""
_REPORTED = re.compile(
    r"\baccording to (?!you\b|me\b|my\b|our\b)|\b(?:do|did|does) (?:the )?(?:authors?|investigators?)\b"
    r"|\b(?:next|future|further|later) (?:trials?|stud(?:y|ies)|work|research|investigations?|tests?|testing|development)\b"
    r"|\bbe (?:taken|moved|carried|brought|tested|studied|investigated|developed|evaluated|explored) (?:further|forward|next)\b",
    re.IGNORECASE,
)
"""Asks what others said should be done, mostly in research."""
_POINTS_BACK = re.compile(r"\b(?:that|this|it)\b", re.IGNORECASE)
_READING = re.compile(
    r"\b(?:which|what) (?:of (?:the|these) )?(?:[\w-]+ ){0,2}?(?:abstracts?|stud(?:y|ies)|trials?|papers?|reports?|references?|sections?)\b"
    r".{0,30}\b(?:should|would you recommend|do you recommend) (?:i|we|he|she|they|one|people)"
    r" (?:read|look|see|cite|check|consult|open|start|pull|go)\b",
    re.IGNORECASE,
)
"""Asks which reports to read, and for no treatment."""
_OWN = re.compile(r"\b(?:i|me|my|mine|we|us|our|ours)\b", re.IGNORECASE)
_THEIRS = re.compile(r"(?:\band\b|[,;?]).{0,40}\b(?:their|these|those|them|they)\b", re.IGNORECASE)
"""Goes on about those just named."""
_THAT_GROUP = re.compile(
    r"\b(?:that|this|the (?:same|said|former|latter|aforementioned|aforesaid)|their) (?:(?:treatment|study|patient) )?(?:group|arm"
    r"|cohort|subgroup|subset)\b",
    re.IGNORECASE,
)
"""Points to patients that the message has named before."""
_PLAINLY = (
    without_kin,
    in_the_fields_terms,
    as_plain_question,
    in_plain_english,
    without_lead,
    in_percent,
    reason_asked,
    sizes_asked,
    by_number,
)
"""Put a message into plain words, in this order."""
_STUDY_NOUNS = frozenset({"abstract", "study", "trial", "poster"})
"""Nouns for a study that every part of the reader knows."""
_OF_SO_MANY = re.compile(
    rf"\bhow many (?:out )?of (?:the |these |those )?(\d+|{ONE_NUMBER_WORD})\b(?! (?:patients|people|participants|subjects|cases))",
    re.IGNORECASE,
)
_SEVERAL_CUES = ("list", "count_studies", "max", "min")
"""Cues of questions over several studies."""
_STATE_OF_GENE = re.compile(r"[- ](?:mut|wild|neg|pos|rearr|delet|ampl|fus|alter|aberr)", re.IGNORECASE)
_LONG_NAME = 5
"""Letters above which an unknown word is a name of its own."""


def _is_gene_of(code: str, label: str) -> bool:
    """Whether a code is the gene in ``TP53-mutated``, which tells patients and names no study."""
    alike = label[: len(code)].lower() == code.lower()
    return alike and _STATE_OF_GENE.match(label, len(code)) is not None


def _names_what_is_asked(name: Name, ask: Ask) -> bool:
    """Whether a code is the state of a gene, or a measure, that the question asks about, beside another name."""
    if any(label == name.text and _STATE_OF_GENE.search(label) for label, _ in ask.groups):
        return True
    measured = {key for key, term in ask.aliases if term in ask.measures}
    return {t.key for t in tokens(name.text)} <= measured


_WORSE_THAN_MILD = re.compile(r"\b(?:worse|more|beyond|graver) (?:than )?mild\b", re.IGNORECASE)
_MILD_TO_TWO = re.compile(
    r"\bmild\b[^.;]{0,12}\((?:\u2264|<=|at most|up to|grades? (?:1|I)\s?[-\u2013]|[^()]*\b(?:2|II) or (?:lower|less|below))",
    re.IGNORECASE,
)
_ANTIGEN = re.compile(r"[A-Z]{2,5}\d{1,4}[A-Z]?")
"""A target's short form: ``CD5``."""


class QuestionReader:
    """Reads questions about one review.

    Args:
        review: the review.
        vocabulary: the field's terms.
        english: gives common words, which are never taken for typing errors; called when one is first met.
        used: gives the words of every review of the corpus, which are none either; likewise.
    """

    def __init__(
        self,
        review: Review,
        vocabulary: Vocabulary,
        english: Callable[[], frozenset[str]] | None = None,
        used: Callable[[], frozenset[str]] | None = None,
    ) -> None:
        self.review = review
        self.vocabulary = vocabulary
        self.names = StudyNames(review)
        self.own = OwnGroups(review, vocabulary)
        """The arms and subgroups of the review's studies."""
        lexicons = self._lexicons = QuestionLexicons(review, vocabulary, self.names, english, used)
        self.matchers: Matchers = lexicons.matchers
        """Lexicons of measures, populations and designs with everyday and foreign wordings."""
        self.characteristics_lexicon: Lexicon = lexicons.characteristics
        """The vocabulary's and the review's own characteristics."""
        self._matchers, self._characteristics = self.matchers, self.characteristics_lexicon
        self._translator = Translator(vocabulary, lexicons.matchers.measures)
        self._finder = FocusFinder(lexicons)
        self._filter = InjectionFilter(vocabulary.injection, self._finder.weight)
        tables = self.names.tables
        self._shorthand = Shorthand(
            vocabulary, review.raw.abbreviations, tables.spelled, tables.first_authors, tables.agents
        )
        self._dictated = Dictated(self.names.ids, tables.codes)
        self._asides = Asides(self._finder.weight, lexicons.tells)
        self._pointing = Pointing(lexicons.matchers, self.names)
        self._mender = Mender(lexicons)
        self._initials = Initials(review, lexicons)
        self._counted_patients = {
            p for t in vocabulary.measures.values() if t.kind == "count" for p in t.also
        }
        self._slots = SlotReader(review, lexicons)
        self._studies = StudyFinder(review, lexicons)

    def read(self, question: str) -> Ask:
        """What ``question`` asks."""
        ask = self._of_so_many(self._without_excluded(self._read(question)))
        foreign = not_treated(ask.focus, self._lexicons.names.tables.background, self.vocabulary)
        if not foreign:
            return ask
        studies = () if ask.described else ask.studies
        strange = tuple(w for w in ask.strange if not any(w in name for name in foreign))
        return replace(ask, studies=studies, strange=(*foreign, *strange), unheard=(*foreign, *ask.unheard))

    def _of_so_many(self, ask: Ask) -> Ask:
        """``how many of the nine have a number?`` where the review has nine studies: how many studies."""
        said = _OF_SO_MANY.search(ask.focus)
        n = (int(said[1]) if said[1].isdigit() else word_number(said[1].lower())) if said else None
        if n != len(self.review.studies) or ask.studies:
            return ask
        return replace(ask, cues=(ask.cues | {"count_studies"}) - {"list"}, values=())

    def _without_excluded(self, ask: Ask) -> Ask:
        """``which of them, the mouse study aside``: the same of all but the studies left out."""
        treatments = ("agent", "topic", "code")
        ways = (
            (left_out, ()),
            (denied_treatment, treatments),
            (runner_up, (*treatments, "number", "author")),
        )
        for way, kinds in ways:
            parted = way(ask.text)
            if parted is None:
                continue
            named, rest = parted
            out = self._read(named)
            known = not kinds or bool(out.named.of(*kinds))
            if not (known and out.studies) or len(out.studies) >= len(self.review.studies):
                continue
            left = self._read(rest)
            if not (ask.has(*_SEVERAL_CUES) or left.has(*_SEVERAL_CUES)):
                continue
            if left.described and not left.named.names:
                left = replace(left, studies=(), described=False)
            asked = ask.cues & set(_SEVERAL_CUES)
            return replace(left, but=out.studies, cues=left.cues | asked)
        return ask

    def canonical(self, message: str) -> str:
        """A person's message as the plain question it holds: shorthand in full, asides left out, frames undone."""
        text = self._dictated.written_out(without_long_words(plain(message)))
        for step in _PLAINLY:
            text = step(text)
        text = _WORSE_THAN_MILD.sub(f"of grade {self._mild_to + 1} or higher", text)
        text = put_anew(self._initials.written_out(self._shorthand.written_out(text)))
        text = self._asides.without(asked_outright(self._translator.everyday(text)))
        return put_behind(self._pointing.resolved(asked_outright(text)), self.vocabulary.countries).strip()

    @cached_property
    def _mild_to(self) -> int:
        """The highest grade that is mild: 2 where the review calls it so, or else 1."""
        return 2 if any(_MILD_TO_TWO.search(p.text) for p in self.review.passages) else 1

    def _read(self, question: str) -> Ask:
        """What ``question`` asks, what it leaves out not told apart."""
        printed = self.canonical(question)
        written = as_ages(written_out(self._in_studies(printed)))
        english = as_ages(self._translator.english(written))
        text, injected = self._filter.without_orders(english)
        text = self._mender.anglicised(text) if english != written else self._mender.mend(text)
        text = self._studies.by_size(none_seen(as_interval(text), self._kind_of))
        text = self.names.in_own_words(plainly(by_itself(stated(text)), self._is_given))
        focus = self._finder.focus(text)
        named = self._named(text, focus)
        named = named if COMPARE.search(text) else self._studies.of_cells(named)
        slots = self._with_that_group(self._slots.read(text, focus, named), named)
        named = self._outside_rows(named, slots)
        studies, clash = resolve(self._compatible(named, text))
        slots = replace(slots, studies=self._studies.in_order(studies), named=named, clash=clash)
        told = self._studies.by_phrase(slots)
        ask = replace(
            self._of_described(slots, told) if told else slots,
            described=bool(told or named.names)
            and (bool(told) or all(n.kind == "topic" for n in named.names)),
            translated=english != written,
            injected=injected,
            advice=self._asks_advice(focus, text, printed),
        )
        ask = self._with_theirs(ask)
        if told:
            return self._without_foreign(ask) if ask.translated else ask
        if focus != text and named.names and not self.names.find(focus).names:
            ask = self._studies.singled_out(ask)
        ask = self._studies.narrowed(self._without_foreign(ask) if ask.translated else ask)
        if focus == text:
            return ask
        return self._with_strange_drug(ask) if ask.studies and not ask.described else self._with_unheard(ask)

    def _kind_of(self, words: str) -> str:
        """What words name: an ``event`` that befalls patients, what a ``row`` tells of studies, a ``drug``; "" for none of them."""
        said = tokens(words)
        found = self.matchers.measures.find(said)
        terms = [self.vocabulary.term(i) for m in found for i in m.ids]
        if any(t.kind == "event" or (t.kind == "rate" and t.better == "lower") for t in terms):
            return "event"
        rows = self.characteristics_lexicon.find(said)
        if any(m.start == 0 and m.end == len(said) for m in rows):
            return "row"
        return "drug" if self._is_given(words) else ""

    def _is_given(self, word: str) -> bool:
        """Whether a word names what a study of the review gave."""
        return squeeze(word) in self.names.agents

    def _of_described(self, ask: Ask, told: Told) -> Ask:
        """``ask`` of the studies that its phrases describe, read without these: they tell no patients and no outcome."""
        focus = told.without(ask.focus)
        plain = self._slots.read(ask.text, focus, self.names.find(focus))
        cohorts = tuple(
            g for g in ask.groups if g not in plain.groups and self._is_cohort(g, told.studies, ask.focus)
        )
        return replace(plain, studies=told.studies, named=ask.named, groups=(*plain.groups, *cohorts))

    def _is_cohort(self, group: tuple[str, frozenset[str]], studies: Sequence[str], focus: str) -> bool:
        """Whether ``the MCL cohort on A`` names a cohort that the one study tells apart, and not the study alone."""
        label, ids = group
        said = re.search(rf"{re.escape(label)}(?:(?<=cohort)|\W+cohorts?)\b", focus, re.IGNORECASE)
        if len(studies) != 1 or said is None:
            return False
        told = {f.group for f in self.review.facts if f.study in studies}
        return ids in told and not ids <= self.review.populations.get(studies[0], frozenset())

    def _with_that_group(self, ask: Ask, named: Named) -> Ask:
        """``15 had A alone; how many is the CR rate of that arm?``: of the one group named before the question."""
        if ask.groups or ask.focus == ask.text or not _THAT_GROUP.search(ask.focus):
            return ask
        before = self._slots.read(ask.text, ask.text, named).groups
        return replace(ask, groups=before) if len(before) == 1 else ask

    def _with_theirs(self, ask: Ask) -> Ask:
        """``how many were transplanted, and what was their OS?``: OS of those."""
        other = [m for m in ask.measures if self.vocabulary.term(m).kind == "count"]
        whom = [g for m in other for g in self.vocabulary.term(m).also if g in self.vocabulary.populations]
        if ask.groups or len(whom) != 1 or len(ask.measures) == len(other) or not _THEIRS.search(ask.focus):
            return ask
        return replace(ask, groups=((self.vocabulary.populations[whom[0]].name, frozenset(whom)),))

    def _compatible(self, named: Named, named_in: str) -> list[Name]:
        """The names without those of treatments that the study named firmly speaks of, too: ``alphamab in TRIAL-1``."""
        single = [n for n in named.of("number", "nct", "code", "author") if len(n.studies) == 1]
        firm = [n for n in single if not self._tells_patients(n)] or single
        several = len(re.findall(r"\b(?:group|arm)s?\b", named_in)) > 1
        kept = []
        for name in named.names:
            if name.kind == "agent" and several and _AS_GROUP.match(named_in, name.end):
                continue  # "the A group or the B group" of two studies
            if name in single and name not in firm:
                continue  # "bridged to SCT in TRIAL-1", where another study's table names SCT
            keys = [t.key for t in tokens(name.text)]
            spoken = [m for m in firm if all(m.studies <= self.names.words.get(k, frozenset()) for k in keys)]
            if name.kind != "agent" or not spoken or name.studies & spoken[0].studies:
                kept.append(name)
        return kept

    def _tells_patients(self, name: Name) -> bool:
        """Whether a name is also a short form for what became of patients: ``SCT``."""
        found = self._lexicons.matchers.populations.find(tokens(name.text))
        return any(m.ids and m.ids[0] in self._counted_patients for m in found)

    def _in_studies(self, text: str) -> str:
        """``text`` with the review's own noun for a study (``presentations``) as ``studies``; ids keep theirs."""
        noun = self.review.raw.study_label.lower()
        if not noun or noun in _STUDY_NOUNS:
            return text
        text = re.sub(rf"\b{re.escape(noun)}s\b(?!\s+[\w-]*\d)", "studies", text, flags=re.IGNORECASE)
        return re.sub(rf"\b{re.escape(noun)}\b(?!\s+[\w-]*\d)", "study", text, flags=re.IGNORECASE)

    def _without_foreign(self, ask: Ask) -> Ask:
        """``ask`` without function words of another language among the words that nobody knows."""
        foreign = frozenset[str]().union(*self.vocabulary.other_scaffold.values())
        strange = tuple(w for w in ask.strange if not foreign.intersection(t.key for t in tokens(w)))
        named = {key for key, _ in ask.aliases}
        content = tuple(
            k for k in ask.content if k in named or k not in foreign or self._lexicons.is_english(k)
        )
        unheard = tuple(w for w in ask.unheard if w in strange)
        return replace(ask, strange=strange, unheard=unheard, content=content)

    def _with_strange_drug(self, ask: Ask) -> Ask:
        """``A was given alphamab. Which OS did that give?``: with the drug that nobody knows, where the question points back to it."""
        if not _POINTS_BACK.search(ask.focus):
            return ask
        drugs = [
            w for w in tokens(ask.text) if DRUG_STEM.fullmatch(w.text) and not self._lexicons.is_known(w)
        ]
        strange = tuple(w.text for w in drugs if not self._lexicons.is_english(w.text))
        return (
            replace(ask, strange=(*ask.strange, *strange), unheard=(*ask.unheard, *strange))
            if strange
            else ask
        )

    def _with_unheard(self, ask: Ask) -> Ask:
        """``ask`` with the drugs, antigens and people that nobody knows of all the message, where no study is meant."""
        words = [w for m in _ABOUT.finditer(ask.text) for w in tokens(m[1]) if len(w.text) > _LONG_NAME]
        words += [w for w in tokens(ask.text) if DRUG_STEM.fullmatch(w.text) or _ANTIGEN.fullmatch(w.text)]
        unheard = [
            w.text for w in words if not self._lexicons.is_known(w) and not self._lexicons.is_english(w.text)
        ]
        if unheard and ask.described:
            ask = replace(ask, studies=(), described=False)
        strange = tuple(dict.fromkeys((*ask.strange, *unheard)))
        return replace(ask, strange=strange, unheard=tuple(dict.fromkeys((*ask.unheard, *unheard))))

    def reports(self, study: str, attribute: str) -> bool:
        """Whether the review gives a study's value of an attribute."""
        return any(f.study == study and f.attribute == attribute for f in self.review.facts)

    def descriptions(self, text: str) -> Iterator[Phrase]:
        """The descriptions of one study in ``text``, in order."""
        return self._studies.phrases(text)

    def told(self, text: str, ask: Ask, pool: Sequence[str]) -> tuple[str, ...]:
        """The one study of ``pool`` that ``text``, a part of ``ask``, describes clearly; none where it does not."""
        return self._studies.told(text, ask, pool)

    def kin(self, text: str, ask: Ask, of: Sequence[str]) -> tuple[str, ...]:
        """The one study that gave the like of the studies ``of`` and that ``text`` describes; none where none is clear."""
        return self._studies.kin(text, ask, of)

    def designs_of(self, fact: Fact) -> frozenset[str]:
        """Design ids a characteristic's value names (``II`` in a row on phases is ``phase II``)."""
        return self._studies.designs_of(fact)

    def _named(self, text: str, focus: str) -> Named:
        """The names in ``focus``; those of all the text where it has none, or one of a treatment."""
        named = self.names.find(text)
        in_focus = self.names.find(focus)
        if focus == text or not in_focus.names or in_focus.of("agent"):
            return named
        return Named(in_focus.names, tuple(dict.fromkeys(in_focus.missing + named.missing)))

    def _outside_rows(self, named: Named, ask: Ask) -> Named:
        """``named`` without a treatment that only stands in the name of a row asked for (``Prior X``)."""
        rows = [c for c in ask.characteristics if c in self.review.attributes]
        keys = {t.key for c in rows for t in tokens(self.review.attributes[c].name)}
        firm = frozenset(s for n in named.of("code", "number", "nct", "author") for s in n.studies)
        treating = (
            self.review.facts if firm and named.of("agent") else ()
        )  # only a drug's name is held to them
        cells = " ".join(f.value for f in treating if f.study in firm and f.attribute == "agents")
        kept = tuple(
            n
            for n in named.names
            if not (
                n.kind == "agent" and firm and not n.studies & firm and names_drug(cells, [n.text.lower()])
            )  # a drug of the study named, though another's table calls it by this name
            and (n.kind not in {"agent", "topic"} or not rows or not {t.key for t in tokens(n.text)} <= keys)
            and not (n.kind == "code" and any(_is_gene_of(n.text, label) for label, _ in ask.groups))
            and not (n.kind == "code" and len(named.names) > 1 and _names_what_is_asked(n, ask))
        )
        return Named(kept, named.missing) if len(kept) < len(named.names) else named

    def _asks_advice(self, focus: str, text: str, printed: str) -> bool:
        advice = self.vocabulary.advice
        if (_REPORTED.search(focus) and not _OWN.search(text)) or _READING.search(focus):
            return False
        said = (tokens(focus), [*tokens(text), *tokens(printed)])
        return bool(_ADVICE.search(focus) or _MY_CHILD.search(printed)) or any(map(advice.find, said))
