"""Answers in the review's own sentences: definitions, references, summaries and what the prose says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from math import log

from assistant.cells import is_missing
from assistant.draft import Draft, Line, answered, declined, of_fact
from assistant.lookup import Desk
from assistant.model import Kind, Passage, Reference
from assistant.names import squeeze
from assistant.question import Ask, QuestionReader
from assistant.retrieval import Retriever
from assistant.say import joined
from assistant.text import NUMBER_WORDS, ascii_key, fold, tokens

ENOUGH = 0.45
"""Share of a question's words, weighted by rarity, that a passage must hold to answer it."""
_FRONT = (
    ("authors", r"\bauthors?\b|\bwho wrote\b|\bwritten by\b|\bwho (?:are|is|were)\b"),
    ("doi", r"\bdoi\b"),
    ("journal", r"\bjournal\b|\bwhere\b.*\bpublished\b|\bpublished (?:in|where)\b"),
    ("licence", r"\blicen[cs]e\b|\bcopyright\b|\bopen access\b|\breuse\b"),
    ("title", r"\btitle\b|\bcalled\b"),
    ("volume", r"\bvolume\b"),
    ("pages", r"\bpages?\b|\barticle number\b"),
    ("year", r"\byear\b|\bwhen\b.*\bpublished\b"),
)


class Describer:
    """Finds what the review says in words.

    Args:
        desk: the review's facts and words.
        reader: its question reader.
        retriever: search over its passages.
    """

    def __init__(self, desk: Desk, reader: QuestionReader, retriever: Retriever) -> None:
        self.desk = desk
        self.reader = reader
        self.retriever = retriever
        self._termed: dict[str, frozenset[str]] = {}
        self._worded: dict[str, tuple[set[str], set[str], set[str]]] = {}

    # -- definitions ---------------------------------------------------------------------------

    def define(self, ask: Ask) -> Draft | None:
        """What an abbreviation of the review stands for; a decline where the review does not spell it out."""
        entries = {squeeze(short): (short, meaning) for short, meaning in self.desk.review.raw.abbreviations.items()}
        for candidate in self._terms(ask):
            key = squeeze(candidate)
            hit = entries.get(key) or (entries.get(key[:-1]) if key.endswith("s") else None)
            if hit:
                passage = self._passage(Kind.ABBREVIATION, hit[0])
                return answered([Line(f"{hit[0]} stands for {_lower(hit[1])}.", ((passage.id, ""),), verbatim=True)])
        meaning = " ".join(ask.term.lower().split())
        for short, full in self.desk.review.raw.abbreviations.items():
            if full.lower() in ask.focus.lower() and re.search(r"abbreviat|acronym|short", ask.focus, re.IGNORECASE):
                passage = self._passage(Kind.ABBREVIATION, short)
                return answered([Line(f"{full} is abbreviated {short}.", ((passage.id, ""),), verbatim=True)])
        _ = meaning
        spelled = self._spelled_out(ask.term)
        if spelled is not None:
            return spelled
        if re.search(r"stands? for|abbreviat|acronym|spell|short for|full form|\bmeans?\b|=\s*\?", ask.focus, re.IGNORECASE) and ask.term:
            return declined(f"The review does not spell out {ask.term}.")
        return None

    def _terms(self, ask: Ask) -> list[str]:
        words = [ask.term] + re.findall(r"[\w/+-]+", ask.term)
        if not ask.term or ask.has("definition"):
            words += [w for w in re.findall(r"[A-Za-z0-9][\w/+-]*", ask.focus) if sum(c.isupper() for c in w) >= 2]
            words += [w for w in re.findall(r"[a-z][\w/-]*", ask.focus) if squeeze(w) and len(w) <= 5 and w not in self.desk.vocabulary.scaffold]
        return [w for w in words if w]

    def components(self, ask: Ask) -> Draft | None:
        """What a regimen or construct is made of, where a sentence spells it out in brackets."""
        for name in ask.named.names:
            spelled = self._spelled_out(name.text)
            if spelled is not None:
                return spelled
        return None

    def _spelled_out(self, term: str) -> Draft | None:
        if not term:
            return None
        pattern = re.compile(rf"(?<!\w){re.escape(term)}\s*\(([^)]{{8,}})\)", re.IGNORECASE)
        after = re.compile(rf"\b(?:named|called|name)\b.{{0,20}}(?<!\w){re.escape(term)}(?!\w)|\((?:{re.escape(term)})\)", re.IGNORECASE)
        for wanted in (pattern, after):
            for passage in self.desk.review.passages:
                found = wanted.search(passage.text) if passage.locator.kind is Kind.SENTENCE else None
                if found and wanted is pattern:
                    study = passage.studies[0] if passage.studies else ""
                    return answered([Line(f"{term}: {found[1]}.", ((passage.id, study),), verbatim=True)], passage.studies)
                if found:
                    return answered([self.quoting(passage)], passage.studies)
        return None

    def _passage(self, kind: Kind, entry: str) -> Passage:
        return next(p for p in self.desk.review.passages if p.locator.kind is kind and p.locator.entry == entry)

    # -- references ----------------------------------------------------------------------------

    def refer(self, ask: Ask) -> Draft | None:
        """The reference asked for, or a detail of it; or of the review itself."""
        if ask.has("review") and not ask.studies and not re.search(r"\breview(?:ed)?\b.*\bcited\b|\bref(?:erence)?s?\.?\s*\d|how many", ask.focus, re.IGNORECASE):
            front = self._front(ask)
            if front is not None:
                return front
        if re.search(r"how many (?:references|sources|papers|citations)|number of references", ask.focus, re.IGNORECASE):
            return self._count_references()
        found = self._references(ask)
        if not found:
            return None
        return answered([self._reference_line(r, s, ask) for r, s in found], [s for _, s in found if s])

    def _count_references(self) -> Draft:
        references = [p for p in self.desk.review.passages if p.locator.kind is Kind.REFERENCE]
        n = len(references)
        return answered([Line(f"The review cites {n} references.", ((references[-1].id, ""),), verbatim=True)])

    def _front(self, ask: Ask) -> Draft | None:
        facts = {f.attribute: f for f in self.desk.review.facts if not f.study}
        for entry, pattern in _FRONT:
            if re.search(pattern, ask.focus, re.IGNORECASE) and entry in facts:
                wanted = [facts[entry]]
                if entry == "journal":
                    wanted += [facts[k] for k in ("year", "volume", "pages") if k in facts]
                text = "; ".join(f"{f.attribute} {f.value}" for f in wanted)
                return answered([Line(f"Of the review: {text}.", tuple((f.passage, "") for f in wanted), tuple(wanted), verbatim=True)])
        if re.search(r"\bcite (?:this|the)\b|\bcitation\b|\breference for (?:this|the) review\b", ask.focus, re.IGNORECASE):
            wanted = [facts[k] for k in ("authors", "title", "journal", "year", "volume", "pages", "doi") if k in facts]
            text = ". ".join(f.value.rstrip(".") for f in wanted)
            return answered([Line(text + ".", tuple((f.passage, "") for f in wanted), tuple(wanted), verbatim=True)])
        return None

    def _references(self, ask: Ask) -> list[tuple[Reference, str]]:
        review = self.desk.review
        of_study = {s.reference: s.id for s in review.studies if s.reference}
        numbers = [int(n) for n in re.findall(r"(?:\bref(?:erence)?s?\.?\s*(?:no\.?|number)?\s*#?|\[)(\d{1,3})\]?", ask.focus, re.IGNORECASE)]
        found = [r for n in numbers if (r := review.reference(n))]
        if not found:
            found = self._by_author(ask)
        if not found and not ask.named.of("number", "nct", "author"):
            found = self._by_title(ask, 3)
        if not found and ask.studies and not ask.described:
            found = [r for s in ask.studies if (r := review.reference(self.desk.speaker.study(s).reference))]
        if not found:
            found = self._by_title(ask)
        return [(r, of_study.get(r.number, "")) for r in found]

    def _by_author(self, ask: Ask) -> list[Reference]:
        families = {ascii_key(w) for w in re.findall(r"\b[^\W\d_][\w'-]+", ask.text) if w[0].isupper()}
        first = [r for r in self.desk.review.raw.references if ascii_key(r.authors[0].rsplit(" ", 1)[0]) in families]
        return first or [
            r for r in self.desk.review.raw.references if {ascii_key(a.rsplit(" ", 1)[0]) for a in r.authors} & families
        ]

    def _by_title(self, ask: Ask, least: int = 2) -> list[Reference]:
        keys = {k for k in ask.content if k not in self.desk.vocabulary.scaffold}
        scored = []
        for reference in self.desk.review.raw.references:
            title = {t.key for t in tokens(reference.title)}
            scored.append((sum(self._rarity(k) for k in keys & title), len(keys & title), -reference.number, reference))
        best = max(scored, key=lambda s: s[:3], default=None)
        return [best[3]] if best and best[1] >= least else []

    def _reference_line(self, reference: Reference, study: str, ask: Ask) -> Line:
        passage = self._passage(Kind.REFERENCE, str(reference.number))
        who = self.desk.name(study) if study else f"Reference {reference.number}"
        first = reference.authors[0] if reference.authors else ""
        text = ask.text
        parts: list[str] = []
        if re.search(r"\bfirst author\b|\bwho (?:led|ran|is behind|presented|conducted|did)\b|\blead author\b", text, re.IGNORECASE):
            parts.append(f"first author {first}")
        elif re.search(r"\bauthors?\b|\bwho (?:wrote|published|are|were)\b", text, re.IGNORECASE):
            parts.append(f"authors {', '.join(reference.authors)}")
        if re.search(r"\btitle\b", text, re.IGNORECASE):
            parts.append(f"title “{reference.title}”")
        if re.search(r"\breference (?:no\.?|number)\b|\bwhich reference\b|\bnumber in the reference\b|\bwhat reference\b", text, re.IGNORECASE):
            parts.append(f"number {reference.number} of the reference list")
        if re.search(r"\bjournal\b|\bwhere\b|\bpublished\b|\bappear", text, re.IGNORECASE):
            parts.append(f"published in {reference.journal}")
        if re.search(r"\byear\b|\bwhen\b|\bjournal\b|\bpublished\b", text, re.IGNORECASE) and reference.year:
            parts.append(reference.year)
        if re.search(r"\bvolume\b", text, re.IGNORECASE):
            parts.append(f"volume {reference.volume}" + (f" ({reference.issue})" if reference.issue else ""))
        if re.search(r"\bpages?\b", text, re.IGNORECASE) and reference.pages:
            if not any(p.startswith("published") for p in parts):
                parts.append(f"published in {reference.journal}")
            parts.append(f"pages {reference.pages}")
        if re.search(r"\bdoi\b", text, re.IGNORECASE) and reference.doi:
            parts.append(f"doi {reference.doi}")
        shown = "; ".join(parts) + "." if parts else reference.text
        return Line(f"{who}: {shown}", ((passage.id, study),), verbatim=True)

    # -- summaries -----------------------------------------------------------------------------

    def summarise(self, ask: Ask) -> Draft | None:
        """What the review says of the studies: its sentences for one or two, one line each for more."""
        studies = ask.studies
        if not studies:
            return None
        lines: list[Line] = []
        if re.search(r"\btables?\b|\bsum up\b|\bverdict\b|\bconclu\w+|\btake[- ]?(?:home|away)", ask.focus, re.IGNORECASE):
            for study in studies:
                summary = next((f for f in self.desk.selector.reported(study, "summary")), None)
                if summary is not None:
                    lines.append(of_fact(self.desk.speaker.characteristic(summary), summary))
            if lines:
                return answered(lines, studies)
        if len(studies) <= 2:
            for study in studies:
                lines += [self.quoting(p) for p in self._sentences_of(study)[:6]]
                summary = next((f for f in self.desk.selector.reported(study, "summary")), None)
                if summary is not None:
                    lines.append(of_fact(self.desk.speaker.characteristic(summary), summary))
        else:
            for study in studies:
                cells = [f for name in ("outcomes", "summary") for f in self.desk.selector.reported(study, name)[:1]]
                lines += [of_fact(self.desk.speaker.characteristic(f), f) for f in cells]
                if not cells:
                    lines += [self.quoting(p) for p in self._sentences_of(study)[:1]]
        return answered(lines, studies) if lines else None

    def _sentences_of(self, study: str) -> list[Passage]:
        return [p for p in self.desk.review.passages if p.locator.kind is Kind.SENTENCE and study in p.studies]

    # -- text ----------------------------------------------------------------------------------

    def quoting(self, passage: Passage) -> Line:
        """A passage in its own words as a sentence of the answer."""
        study = passage.studies[0] if passage.studies else ""
        text = passage.text
        if passage.locator.kind is Kind.CELL:
            value = re.sub(r"\s*\[[\d, ]+\]", "", passage.quote).rstrip(".")
            text = f"{self.desk.name(study)}, {passage.locator.row}: {value}."
        facts = tuple(f for f in self.desk.review.facts if f.passage == passage.id)
        return Line(text, ((passage.id, study),), facts, verbatim=True)

    @cached_property
    def _holding(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for passage in self._searchable:
            for key in {t.key for t in tokens(passage.text)}:
                counts[key] = counts.get(key, 0) + 1
        return counts

    @cached_property
    def _searchable(self) -> list[Passage]:
        return [p for p in self.desk.review.passages if p.locator.kind in {Kind.SENTENCE, Kind.CELL}]

    def _rarity(self, key: str) -> float:
        n = len(self._searchable)
        return log(1 + n / (0.5 + self._holding.get(key, 0)))

    def _near(self, key: str, keys: set[str]) -> float:
        """How far a passage's words cover one of the question's: 1 the word, 0.9 a synonym, 0.75 one of its family."""
        if key in keys:
            return 1.0
        if len(key) >= 5 and any(k.endswith(key) for k in keys):
            return 0.8
        groups = self.desk.vocabulary.synonyms.get(key)
        if groups and any(groups & self.desk.vocabulary.synonyms.get(k, frozenset()) for k in keys):
            return 0.9
        if len(key) >= 6 and any(len(k) >= 5 and _same_root(key, k) for k in keys):
            return 0.8
        return 0.0

    def coverage(self, ask: Ask, passage: Passage) -> float:
        """The share of the question's words, weighted by rarity, that a passage covers, 0 to 1."""
        keys, phrases, squeezed = self._words(passage)
        total = held = 0.0
        own = self._own_names(ask, passage)
        context = self._context(passage)
        aliases = dict(ask.aliases)
        for key, share in self._weighed(ask):
            if key in own:
                continue
            weight = share * self._rarity(key)
            total += weight
            near = self._near(key, keys | phrases)
            if not near and key in squeezed:
                near = 1.0
            if not near and aliases.get(key) in self._terms_in(passage):
                near = 0.9
            if not near and key in context:
                near = 0.6
            held += weight * near
        return held / total if total else (0.65 if own <= keys else 0.45) if own else 0.0

    def _weighed(self, ask: Ask) -> list[tuple[str, float]]:
        """The question's words with their weight: those that say something whole, lighter ones of the review a third."""
        scaffold = self.desk.vocabulary.scaffold
        firm = [(k, 1.0) for k in ask.content if k not in scaffold]
        known = {k for k, _ in firm}
        light = {t.key for t in tokens(ask.focus) if len(t.text) > 3} - known
        return firm + [(k, 0.35) for k in sorted(light) if k in scaffold and self._holding.get(k, 0) and k not in _ASKING]

    def _terms_in(self, passage: Passage) -> frozenset[str]:
        """Ids of the vocabulary's terms a passage names."""
        if passage.id not in self._termed:
            words = tokens(passage.text)
            matchers = self.reader._matchers
            found = [m for lexicon in (matchers.measures, matchers.populations, matchers.designs, self.reader._characteristics) for m in lexicon.find(words)]
            self._termed[passage.id] = frozenset(i for m in found for i in m.ids)
        return self._termed[passage.id]

    def _words(self, passage: Passage) -> tuple[set[str], set[str], set[str]]:
        """A passage's word keys, its phrases of two and three words, and its words squeezed."""
        if passage.id not in self._worded:
            keys = [t.key for t in tokens(passage.text)]
            phrases = {" ".join(p) for p in _pairs(keys)}
            self._worded[passage.id] = set(keys), phrases, {squeeze(w) for w in re.findall(r"[\w-]+", passage.text)}
        return self._worded[passage.id]

    @staticmethod
    def _own_names(ask: Ask, passage: Passage) -> set[str]:
        """Keys of the words that name the passage's study; they tell its sentences from no other of its own."""
        names = [n for n in ask.named.names if n.studies & set(passage.studies)]
        return {t.key for n in names for t in tokens(n.text)}

    def _context(self, passage: Passage) -> set[str]:
        if not passage.studies:
            return set()
        study = passage.studies[0]
        return {k for k, studies in self.reader.names.words.items() if study in studies}

    def _light(self, ask: Ask, passage: Passage) -> float:
        """The share of the question's lighter words (``model``, ``drug``) that a passage has, too."""
        light = {t.key for t in tokens(ask.focus) if _LIGHT.fullmatch(t.text)} - set(ask.content) - self._own_names(ask, passage)
        keys = self._words(passage)[0]
        return len(light & keys) / len(light) if light else 0.0

    def _of_kind(self, ask: Ask, passage: Passage) -> bool:
        """Whether a passage can be the kind of answer asked for: a year for ``when``, a number for ``how many``; and says the question's own figures."""
        text = fold(passage.text)
        if re.search(r"\b(?:what|which) (?:calendar )?(?:year|date)\b|^\W*when\b|\bsince when\b", ask.focus, re.IGNORECASE) and not re.search(r"\b(?:19|20)\d\d\b", text):
            return False
        if re.search(r"\bhow (?:many|much)\b|\b(?:percentage|proportion|share|fraction) of\b|\bhow (?:often|frequent)", ask.focus, re.IGNORECASE) and not re.search(rf"\d|\b(?:{'|'.join(NUMBER_WORDS)})\b", text, re.IGNORECASE):
            return False
        numbers = {v.text for v in ask.values if v.unit in {"", "%", "patients"} and re.search(r"\d", v.text)} | set(ask.years)
        return all(re.search(rf"(?<![\d.]){re.escape(re.sub(r'[^0-9.]', '', n))}(?![\d])", text) for n in numbers)

    def population(self, ask: Ask) -> Draft | None:
        """Who was in a study: its sentence that says most of its patients."""
        lines = []
        for study in ask.studies[:2]:
            everyone = self.desk.review.populations.get(study, frozenset())
            lexicon = self.desk.review.reader.matchers.populations
            scored = [
                (len({m.ids[0] for m in lexicon.find(tokens(p.text))} & everyone) + ("patients" in p.text), -i, p)
                for i, p in enumerate(self._sentences_of(study))
            ]
            if scored and max(scored)[0] > 0:
                lines.append(self.quoting(max(scored, key=lambda s: s[:2])[2]))
        return answered(lines, ask.studies) if lines else None

    def text(self, ask: Ask) -> Draft | None:
        """The sentence or cell that answers a question in words; None where none covers it."""
        if not ask.content:
            return None
        kinds = (Kind.SENTENCE, Kind.CELL)
        studies = () if ask.described else ask.studies
        review = self.desk.review.id
        found = {e.passage.id: e for e in self.retriever.search(ask.text, studies=studies, review=review, kinds=kinds, k=16)}
        if studies:
            wide = self.retriever.search(ask.text, review=review, kinds=(Kind.SENTENCE,), k=24)
            found |= {e.passage.id: e for e in wide if not e.passage.studies and e.passage.id not in found}
        scored = []
        for rank, evidence in enumerate(found.values()):
            if evidence.passage.locator.kind is Kind.CELL and is_missing(evidence.passage.quote):
                continue
            if not self._of_kind(ask, evidence.passage):
                continue
            cover = self.coverage(ask, evidence.passage)
            cosine = evidence.cosine or 0.0
            if studies and not evidence.passage.studies and ask.named.of("number", "nct", "author"):
                cover -= 0.1
            bonus = 0.03 * (evidence.passage.locator.kind is Kind.SENTENCE) + 0.1 * self._light(ask, evidence.passage)
            scored.append((0.65 * cover + 0.35 * max(cosine, 0.0) + bonus, -rank, cover, cosine, evidence.passage))
        if not scored:
            return None
        best = max(scored, key=lambda s: s[:2])
        if best[2] < ENOUGH or best[3] < (0.1 if best[2] > 0.85 else 0.2) or (ask.unheard and best[2] < 0.8):
            return None
        if ask.has("why") and not _CAUSAL.search(best[4].text):
            head = declined("The review gives no reason for that; it says this.", best[4].studies, sure=best[0])
            return head.plus(self.quoting(best[4]))
        return answered([self.quoting(best[4])], best[4].studies, sure=best[0])


_ASKING = frozenset("what which when where whose review abstract study trial patient figure table report give show tell find".split())
_LIGHT = re.compile(r"[^\W\d_]{4,}")


_CAUSAL = re.compile(r"\b(?:because|due to|owing to|so that|to avoid|to prevent|to reduce|in order|as a result|result of|since|therefore|thus|makes? it|an? (?:\w+ )?target)\b", re.IGNORECASE)


def _pairs(keys: Sequence[str]) -> Iterable[tuple[str, ...]]:
    for n in (2, 3):
        for i in range(len(keys) - n + 1):
            yield tuple(keys[i : i + n])


def _same_root(a: str, b: str) -> bool:
    n = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        n += 1
    return n >= 5 and n >= 0.6 * max(len(a), len(b))


def _lower(meaning: str) -> str:
    words = meaning.split(" ")
    if words and words[0][1:].islower() and not words[0].isupper():
        words[0] = words[0].lower() if len(words) > 1 or words[0].islower() else words[0]
    return " ".join(words)


_ = joined
