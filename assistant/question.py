"""A question read as a fact with a hole: what is asked, of which study, when, in whom."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from assistant.corpus import Review
from assistant.model import Fact
from assistant.names import Name, Named, StudyNames, resolve, squeeze
from assistant.sentences import split_sentences
from assistant.spans import Span, scan
from assistant.text import NUMBER_WORDS, Token, ascii_key, fold, key_of, plain, tokens
from assistant.vocabulary import Lexicon, Match, Matchers, Term, Vocabulary
from assistant.wording import (
    AGENTS_ASKED,
    COMPARE,
    CONFLICT,
    COUNT_OF_STUDIES,
    DEFINITION,
    DIFFERENCE,
    EVERYONE,
    FARED,
    GLOBAL,
    IMPLIED,
    LIST,
    MAXIMUM,
    MINIMUM,
    PRONOUN,
    REFERENCE,
    REVIEW_ITSELF,
    SUMMARY,
    WHY,
    YES_NO,
)


@dataclass(frozen=True, slots=True)
class Ask:
    """What a question asks for; empty fields were not said."""

    text: str
    """The question in plain characters, translated and with typing errors mended."""
    focus: str
    """The sentence of it that asks."""
    studies: tuple[str, ...] = ()
    named: Named = field(default_factory=Named)
    clash: bool = False
    """Whether names that share no study were used together."""
    described: bool = False
    """Whether the studies were found by description only, not by name."""
    measures: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    characteristics: tuple[str, ...] = ()
    designs: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    groups: tuple[tuple[str, frozenset[str]], ...] = ()
    """(wording, ids) of each arm or subgroup named."""
    aliases: tuple[tuple[str, str], ...] = ()
    """(word key, term id) of the words of ``focus`` that name a term of the vocabulary."""
    hinted: tuple[frozenset[str], ...] = ()
    """Groups that only describe a treatment (``paediatric regimen``); they help to find the study."""
    everyone: bool = False
    """Whether all patients were named in so many words."""
    implied: bool = False
    """Whether the characteristic was not named but only implied (``when was it run?``)."""
    years: tuple[str, ...] = ()
    """Calendar years named."""
    grade: str = ""
    cycle: str = ""
    values: tuple[Span, ...] = ()
    cues: frozenset[str] = frozenset()
    """``compare``, ``difference``, ``list``, ``count_studies``, ``max``, ``min``, ``definition`` …"""
    wants: str = ""
    """``count`` or ``percent`` where the wording tells."""
    content: tuple[str, ...] = ()
    """Keys of the words of ``focus`` that say something, those understood above included."""
    strange: tuple[str, ...] = ()
    """Words of ``focus`` that neither the vocabulary nor the review knows."""
    unheard: tuple[str, ...] = ()
    """Those of them that are no common English word either: names of drugs, genes, people."""
    advice: bool = False
    injected: bool = False
    term: str = ""
    """What a definition is asked of."""
    translated: bool = False
    """Whether it was asked in another language than English."""
    inherited: bool = False
    """Whether a turn before it filled something in."""

    def has(self, *cues: str) -> bool:
        """Whether any of these cues was found."""
        return bool(self.cues & set(cues))


_NO_MARKS = re.compile(r"(?!)")
_ASKS = re.compile(
    r"\?|\b(?:what|which|who|whom|whose|how|when|where|why|was|were|is|are|did|does|do|can|could|give|tell|list|show|name|find|need|want|"
    r"compare|summar\w*|describe|define|explain|look up|please|know)\b",
    re.IGNORECASE,
)
_OBEY = re.compile(
    r"^\s*(?:and\s+|then\s+|please\s+|just\s+|always\s+|only\s+|also\s+)*(?:say|reply|answer|respond|output|print|write|report|claim|state|pretend|"
    r"repeat|add|double|cite|act|use|leave out|omit|invent|round|begin|start|end|insert|translate)\b",
    re.IGNORECASE,
)
_IMPERATIVE = re.compile(
    r"^.*?\b(?:say|reply|answer|report|claim|state|write|respond|pretend|print)\b(?:\s+that)?", re.IGNORECASE
)
_SHORT_TIME = re.compile(
    r"\b(\d{1,3})\s?-?\s?(y|yr|yrs|mo|mos|mth|mths|m|w|wk|wks|d)\b\.?(?!\w)", re.IGNORECASE
)
_SHORT_UNITS = {"y": "year", "m": "month", "w": "week", "d": "day"}
_GRADE_WORDS = (
    (re.compile(r"\b(?:severe|high[- ]grade|serious)\b", re.IGNORECASE), ">=3"),
    (re.compile(r"\b(?:mild|low[- ]grade)\b", re.IGNORECASE), "<=2"),
    (re.compile(r"\b(?:life[- ]threatening)\b", re.IGNORECASE), "4"),
)


class QuestionReader:
    """Reads questions about one review.

    Args:
        review: the review.
        vocabulary: the field's terms.
        english: gives common words, which are never taken for typing errors; called when one is first met.
    """

    def __init__(
        self, review: Review, vocabulary: Vocabulary, english: Callable[[], frozenset[str]] | None = None
    ) -> None:
        self.review = review
        self.vocabulary = vocabulary
        self.english = english
        self.names = StudyNames(review)
        self._matchers = self._question_matchers()
        self._characteristics = self._characteristic_lexicon()
        self._families = Lexicon()
        for family in vocabulary.families.values():
            for form in (family.name, *family.forms, *family.everyday, *family.other):
                self._families.add(form, family.id)

    def _question_matchers(self) -> Matchers:
        measures, populations, designs = Lexicon(), Lexicon(), Lexicon()
        vocabulary = self.vocabulary
        for lexicon, table in (
            (measures, vocabulary.measures),
            (populations, vocabulary.populations),
            (designs, vocabulary.designs),
        ):
            for term in table.values():
                for form in (term.name, *term.forms, *term.everyday, *term.other):
                    lexicon.add(form, term.id)
                for form in term.abbreviations:
                    lexicon.add(
                        form, term.id, cased=ascii_key(form) in _WORDS or key_of(form) in vocabulary.scaffold
                    )
            for short, meaning in self.review.raw.abbreviations.items():
                match = lexicon.find(tokens(meaning))
                if len(match) == 1 and match[0].end - match[0].start == len(tokens(meaning)):
                    lexicon.add(short, match[0].ids[0], cased=ascii_key(short) in _WORDS)
        return Matchers(measures, populations, designs, Lexicon())

    def _characteristic_lexicon(self) -> Lexicon:
        lexicon = Lexicon()
        for term in self.vocabulary.characteristics.values():
            for form in (
                term.name,
                *term.forms,
                *term.everyday,
                *term.other,
                *(h for h in term.row_heads if len(tokens(h)) > 1),
            ):
                lexicon.add(form, term.id)
        for term in self.review.attributes.values():
            for form in (term.name, *term.forms):
                lexicon.add(form, term.id)
        return lexicon

    # -- the words -----------------------------------------------------------------------------

    @cached_property
    def known(self) -> frozenset[str]:
        """Keys of all words the vocabulary or the review uses."""
        vocabulary = self.vocabulary
        keys = (
            set(self.names.background)
            | set(vocabulary.scaffold)
            | set(_WORDS)
            | {"month", "year", "week", "day", "patient"}
        )
        for table in (
            vocabulary.measures,
            vocabulary.populations,
            vocabulary.designs,
            vocabulary.characteristics,
            vocabulary.families,
        ):
            for term in table.values():
                for form in (term.name, *term.forms, *term.everyday, *term.abbreviations, *term.row_heads):
                    keys |= {t.key for t in tokens(form)}
        for phrase in vocabulary.synonyms:
            keys |= set(phrase.split())
        keys |= {squeeze(k) for k in self.review.raw.abbreviations}
        keys |= set(self.names.first_authors) | set(self.names.authors)
        return frozenset(keys)

    @cached_property
    def nouns(self) -> frozenset[str]:
        """Keys of the words that measures' own names are made of."""
        return frozenset(t.key for term in self.vocabulary.measures.values() for t in tokens(term.name))

    @cached_property
    def _targets(self) -> dict[str, list[str]]:
        """Words a typing error may have meant, by first letter."""
        found: dict[str, list[str]] = {}
        for key in sorted(self.known):
            if len(key) >= 4 and not any(c.isdigit() for c in key) and key.isascii():
                found.setdefault(key[0], []).append(key)
        return found

    def mend(self, text: str) -> str:
        """``text`` with typing errors of known words put right; figures and codes are never touched."""
        from rapidfuzz.distance import OSA

        text = self._mend_codes(text)
        out = []
        last = 0
        for match in re.finditer(r"[^\W\d_]{4,}", text):
            word = match.group()
            key = key_of(word)
            around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
            if (
                key in self.known
                or ascii_key(word) in self.known
                or re.search(r"[\d_]", around)
                or not key.isascii()
            ):
                continue
            if (word.isupper() and len(word) < 5) or self._is_english(word):
                continue
            raw = ascii_key(word)
            limit = 1 if len(raw) < 7 else 2
            scored = sorted(
                (min(OSA.distance(w, t, score_cutoff=limit) for w in {key, raw}), -_rank(t, self), t)
                for t in self._targets.get(key[0], [])
                + (self._targets.get(key[1], []) if len(key) > 4 else [])
                if min(abs(len(t) - len(key)), abs(len(t) - len(raw))) <= limit
            )
            scored = [s for s in scored if s[0] <= limit]
            if scored:
                out.append(text[last : match.start()] + _like(scored[0][2], word))
                last = match.end()
        return "".join(out) + text[last:]

    def _mend_codes(self, text: str) -> str:
        """``text`` with two letters of a study's code put right, the code's digits being there as they are."""
        from rapidfuzz.distance import OSA

        def mended(match: re.Match[str]) -> str:
            key, digits = squeeze(match.group()), re.sub(r"\D", "", match.group())
            if len(key) < 5 or not digits or key in self.names.spelled or key.startswith("nct"):
                return match.group()
            near = sorted(
                c
                for c in self.names.codes
                if re.sub(r"\D", "", c) == digits and OSA.distance(key, c, score_cutoff=1) <= 1
            )
            one = len({frozenset(self.names.codes[c]) for c in near}) == 1
            return near[0].upper() if one else match.group()

        return re.sub(r"[A-Za-z]+\d[\w-]*|[A-Za-z\d-]*[A-Z]{2,}[\w-]*\d[\w-]*", mended, text)

    def _is_english(self, word: str) -> bool:
        """Whether the encoder's vocabulary has the word whole, so that it is no typing error."""
        return ascii_key(word) in self._english

    @cached_property
    def _english(self) -> frozenset[str]:
        return self.english() if self.english else frozenset()

    def translate(self, text: str) -> str:
        """``text`` with the wordings of German, Spanish, French or Chinese put into English where it is in one of them."""
        words = tokens(text)
        best, most = "", 0
        english = sum(t.key in self.vocabulary.scaffold for t in words)
        for lang, scaffold in sorted(self.vocabulary.other_scaffold.items()):
            hits = sum(t.key in scaffold for t in words)
            if lang == "zh":
                hits = 3 * sum("\u4e00" <= t.text <= "\u9fff" for t in words)
            if hits > most:
                best, most = lang, hits
        if not best or most <= english * (0.5 if best == "zh" else 1.0):
            return text
        lexicon = self.vocabulary.phrases.get(best)
        if lexicon is None:
            return text
        keep = self._matchers.measures
        out, last = [], 0
        for match in lexicon.find(words):
            start, end = words[match.start].start, words[match.end - 1].end
            longer = keep.at(words, match.start)
            if longer and longer.end > match.end:
                continue
            out.append(f"{text[last:start]} {match.ids[0]} ")
            last = end
        joined = "".join(out) + text[last:]
        return re.sub(
            r" +",
            " ",
            re.sub(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[\u4e00-\u9fff])", " ", joined),
        )

    # -- reading -------------------------------------------------------------------------------

    def read(self, question: str) -> Ask:
        """What ``question`` asks."""
        text = _SHORT_TIME.sub(_long_time, plain(question))
        for pattern, shown in _TIME_WORDS:
            text = pattern.sub(shown, text)
        english = self.translate(text)
        translated, text = english != text, english
        text, injected = self._without_injection(text)
        text = text if translated else self.mend(text)
        focus = self._focus(text)
        named = self.names.find(text)
        in_focus = self.names.find(focus) if focus != text else named
        if in_focus.names and focus != text and not any(n.kind == "agent" for n in in_focus.names):
            named = Named(in_focus.names, tuple(dict.fromkeys(in_focus.missing + named.missing)))
        ask = self._slots(text, focus, named)
        studies, clash = resolve(n for n in named.names)
        vague = bool(named.names) and all(n.kind == "topic" for n in named.names)
        order = [s.id for s in self.review.studies]
        ask = replace(
            ask,
            studies=tuple(s for s in order if s in studies),
            named=named,
            clash=clash,
            described=vague,
            translated=translated,
            injected=injected,
            advice=self._advice(focus, f"{text}\n{plain(question)}"),
        )
        return self._described(ask)

    def _without_injection(self, text: str) -> tuple[str, bool]:
        clauses = re.split(
            r"(?<=[.!?:;\n])\s+|\s+(?=and\s+(?:just\s+)?(?:say|answer|reply|add|cite|report)\b)|,\s+(?=then\b)",
            text,
        )
        kept, found = [], False
        for clause in clauses:
            words = tokens(clause)
            hit = bool(self.vocabulary.injection.find(words)) or bool(
                re.match(r"\s*(?:<[^>]*>|system\s*:|assistant\s*:|\[/?inst)", clause, re.IGNORECASE)
            )
            if hit or (found and _OBEY.match(clause) and "?" not in clause):
                found = True
                rest = re.search(
                    r"(?:[,:]|\band\b|\bbut\b)\s*((?:what|which|how|who|when)\b.*\?.*)$",
                    clause,
                    re.IGNORECASE,
                )
                if rest and not self.vocabulary.injection.find(tokens(rest[1])):
                    kept.append(rest[1])
                elif (
                    re.match(r"\s*(?:what|which|how many|how much|who|when)\b", clause, re.IGNORECASE)
                    and "?" in clause
                ):
                    kept.append(clause)
                continue
            kept.append(clause)
        if not found:
            return text, False
        rest = " ".join(kept).strip()
        if rest and PRONOUN.search(rest) and self._weight(rest) <= 1:
            dropped = " ".join(c for c in clauses if c not in kept)
            subject = re.sub(
                r"[<>=]?\s*\d+(?:[.,]\d+)?\s*(?:%|percent)|\b(?:is|was|were|are)\b", " ", dropped
            )
            rest = f"{_IMPERATIVE.sub(' ', subject)} {rest}"
        return rest, True

    def _focus(self, text: str) -> str:
        """The sentence of ``text`` that asks; all of it where that sentence leans on the rest by a pronoun."""
        focus = self._asking(text)
        words = re.findall(r"\w+", focus)
        if focus == text:
            return text
        keys = tokens(focus)
        topic = bool(
            self._matchers.measures.find(keys)
            or self._families.find(keys)
            or self._characteristics.find(keys)
        )
        figures = any(s.kind == "value" and s.unit == "%" for s in scan(text, self._matchers))
        leaning = bool(PRONOUN.search(focus)) or len(words) <= 6
        return text if leaning and (not topic or (figures and len(words) <= 6)) else focus

    def _asking(self, text: str) -> str:
        parts = [text[a:b] for piece in [text] for a, b in split_sentences(piece, _NO_MARKS)]
        parts = [p for part in parts for p in re.split(r"\n+|(?<=;)\s", part) if p.strip()]
        if len(parts) <= 1:
            return _last_clause(text)
        asking = [_last_clause(p) for p in parts if _ASKS.search(p)] or parts
        scored = [(self._weight(p), i, p) for i, p in enumerate(asking)]
        if not scored:
            return text
        best = max(scored, key=lambda s: (s[0], s[1]))
        if len(asking) > 1:
            strong = [p for w, _, p in scored if w >= 2]
            if 1 < len(strong) <= 3:
                return " ".join(strong)
        return best[2] if best[0] else text

    def _weight(self, part: str) -> int:
        words = tokens(part)
        score = 2 * len(self._matchers.measures.find(words)) + 2 * len(self._characteristics.find(words))
        score += len(self.names.find(part).names) + len(self._families.find(words))
        return score + ("?" in part)

    def _advice(self, focus: str, text: str) -> bool:
        return bool(self.vocabulary.advice.find(tokens(focus))) or bool(
            self.vocabulary.advice.find(tokens(text))
        )

    def _slots(self, text: str, focus: str, named: Named) -> Ask:
        spans = [s for s in scan(focus, self._matchers, self._arms(named)) if not _inside(s, focus, named)]
        spans = [s for s in _times_of(spans, focus) if not _negated(s, focus)]
        spans += _counted_events(focus, spans)
        spans = [s for s in (self._group(s, named) if s.kind == "group" else s for s in spans) if s]
        words = tokens(focus)
        designs = self._matchers.designs.find(words)
        chars = [m for m in self._characteristics.find(words) if not _within(m, designs)]
        families = self._families.find(words)
        measures = [s for s in spans if s.kind == "measure"]
        chars_kept = []
        for match in chars:
            start, end = words[match.start].start, words[match.end - 1].end
            over = [m for m in measures if m.start < end and start < m.end]
            if any((m.end - m.start) >= (end - start) for m in over):
                continue
            measures = [m for m in measures if m not in over]
            chars_kept.append((match, start, end))
        chars_kept = self._asked_for(chars_kept, measures, focus)
        measures = [
            s
            for s in measures
            if not any(
                words[m.start].start <= s.start
                and s.end <= words[m.end - 1].end
                and m.end - m.start > len(tokens(s.text))
                for m in families
            )
        ]
        families_kept = [
            m.ids[0]
            for m in families
            if not any(s.start < words[m.end - 1].end and words[m.start].start < s.end for s in measures)
            and not any(a < words[m.end - 1].end and words[m.start].start < b for _, a, b in chars_kept)
        ]
        if not measures:
            spans, measures = self._hidden_measures(spans, focus)
        groups = [
            s
            for s in spans
            if s.kind == "group"
            and not any(a <= s.start and s.end <= b and b - a > s.end - s.start for _, a, b in chars_kept)
        ]
        dual = [m for m in measures if m.dual]
        if len(measures) > len(dual):
            measures = [m for m in measures if not m.dual]
        cues = _cues(focus, text)
        implied = False
        characteristics = [m.ids[0] for m, _, _ in chars_kept]
        if families_kept and not measures:
            characteristics = [c for c in characteristics if c not in _MENTIONED]
        if not characteristics and not measures and not families_kept:
            characteristics = [c for c, pattern in IMPLIED if pattern.search(focus)][:1]
            implied = bool(characteristics)
        wants = _wants(focus)
        measures = _first_of(measures, focus)
        firm = [m for m in measures if not m.dual]
        if "n_patients" in characteristics and (firm or (dual and wants == "count")):
            if not re.search(
                r"\b(?:enrol|recruit|includ|sample|cohort|in total|size|accru)", focus, re.IGNORECASE
            ):
                characteristics = [c for c in characteristics if c != "n_patients"]
                wants = wants or "count"
        if any(s.kind == "cycle" for s in spans):
            characteristics = [c for c in characteristics if c != "schedule"]
        if dual and not firm and (characteristics or families_kept):
            measures = []
        design_ids = [m.ids[0] for m in designs if m.ids[0] != "review"]
        years = tuple(
            y[0] for y in re.finditer(r"\b(?:19|20)\d\d\b", focus) if not _named_at(y, named, focus)
        )
        if years and cues & {"list", "count_studies"} and not measures and not characteristics:
            characteristics = ["study_period"]
        if (
            years
            and cues & {"list", "count_studies"}
            and characteristics == ["n_patients"]
            and not any(s.kind == "value" for s in spans)
        ):
            characteristics = ["study_period"]
        if re.search(r"\bas (?:young|old) as\b|\b\d+[- ]year[- ]olds?\b", focus, re.IGNORECASE) and cues & {
            "list",
            "count_studies",
        }:
            characteristics = ["age_range"]
        if (
            not measures
            and not families_kept
            and FARED.search(focus)
            and "survival" in self.vocabulary.families
        ):
            families_kept = ["survival"]
            characteristics = [c for c in characteristics if c not in {"outcomes", "outcome_measures"}]
        if "summary" in cues or "reference" in cues:
            characteristics = [c for c in characteristics if c != "summary"]
        if (
            any(s.kind == "value" and s.unit == "patients" for s in spans)
            and not measures
            and not characteristics
            and not families_kept
        ):
            characteristics = ["n_patients"]
        if (
            wants == "count"
            and not measures
            and not characteristics
            and not families_kept
            and "count_studies" not in cues
        ):
            characteristics = ["n_patients"]
        grade = next((s.ids[0] for s in spans if s.kind == "grade"), "")
        if not grade and (
            bare := re.search(
                r"([\u2264\u2265<>]=?)\s?(IV|III|II|I|[1-4])\b(?!\s*(?:%|\.|year|month|patient|week))", focus
            )
        ):
            low = {"I": 1, "II": 2, "III": 3, "IV": 4}.get(bare[2]) or int(bare[2])
            strict = len(bare[1]) == 1 and bare[1] in "<>"
            grade = f"<={low - strict}" if bare[1][0] in "<\u2264" else f">={low + strict}"
        if not grade and any(self.vocabulary.term(m.ids[0]).kind == "event" for m in measures):
            grade = next((g for pattern, g in _GRADE_WORDS if pattern.search(focus)), "")
        groups = [g for g in groups if not _after_measure(g, measures, focus)]
        groups += self._unknown_group(focus, spans, named)
        if measures or families_kept:
            held = {f.attribute for f in self.review.facts}
            characteristics = [c for c in characteristics if c in held]
        content, strange = self._content(focus, spans, named)
        cycles = {s.ids[0] for s in spans if s.kind == "cycle"}
        aliases = {t.key: s.ids[0] for s in [*measures, *groups] for t in tokens(s.text) if s.ids} | {
            words[i].key: m.ids[0] for m, _, _ in chars_kept for i in range(m.start, m.end)
        }
        return Ask(
            text=text,
            focus=focus,
            measures=tuple(dict.fromkeys(m.ids[0] for m in measures)),
            families=tuple(dict.fromkeys(families_kept)),
            characteristics=tuple(dict.fromkeys(characteristics)),
            designs=tuple(dict.fromkeys(design_ids)),
            times=tuple(dict.fromkeys(s.ids[0] for s in spans if s.kind == "time" and s.ids)),
            groups=tuple(
                (g.text, frozenset(g.ids))
                for g in groups
                if set(g.ids) - {"all"} and not _OF_TREATMENT.match(focus[g.end :])
            ),
            hinted=tuple(frozenset(g.ids) for g in groups if _OF_TREATMENT.match(focus[g.end :])),
            aliases=tuple(sorted(aliases.items())),
            everyone=bool(EVERYONE.search(focus)),
            implied=implied,
            years=years,
            grade=grade,
            cycle=next(iter(cycles)) if len(cycles) == 1 else "",
            values=tuple(s for s in spans if s.kind == "value"),
            cues=cues,
            wants=wants,
            content=content,
            strange=strange,
            unheard=tuple(w for w in strange if not self._is_english(w)),
            term=_defined_term(focus),
        )

    def _unknown_group(self, focus: str, spans: Sequence[Span], named: Named) -> list[Span]:
        """``how many lymphoma patients``: a subgroup that neither the vocabulary nor the tables know."""
        match = re.search(
            r"\b(?:how many|number of)\s+(?:of the\s+|the\s+)?([\w/-]+)\s+(?:patients|cases|people|participants|pts)\b",
            focus,
            re.IGNORECASE,
        )
        if not match:
            return []
        key = key_of(match[1])
        known = key in self.vocabulary.scaffold or key in _WORDS or key in NUMBER_WORDS or match[1].isdigit()
        if (
            known
            or any(s.start < match.end(1) and match.start(1) < s.end for s in spans)
            or any(key == key_of(n.text) or n.text in match[1] for n in named.names)
        ):
            return []
        return [Span("group", match.start(1), match.end(1), match[1], (key,))]

    def _hidden_measures(self, spans: list[Span], focus: str) -> tuple[list[Span], list[Span]]:
        """``patients in CR/CRi`` names a group, but where nothing else is asked it asks for the measure."""
        words = tokens(focus)
        found = []
        for match in self._matchers.measures.find(words):
            start, end = words[match.start].start, words[match.end - 1].end
            if any(
                s.kind == "group"
                and s.start < end
                and start < s.end
                and set(s.ids) & {"responders", "non-responders"}
                for s in spans
            ):
                found.append(Span("measure", start, end, focus[start:end], match.ids))
        kept = [
            s
            for s in spans
            if s.kind != "group" or not any(s.start < m.end and m.start < s.end for m in found)
        ]
        return (kept + found, found) if found else (spans, [])

    def _asked_for(
        self, found: list[tuple[Match, int, int]], measures: Sequence[Span], focus: str
    ) -> list[tuple[Match, int, int]]:
        """The characteristics that are asked, not merely mentioned: after a measure, or after another one, only with ``and``."""
        kept: list[tuple[Match, int, int]] = []
        reported = {f.attribute for f in self.review.facts} | {"phase", "design"}
        firm = [m for m in measures if not m.dual]
        for match, start, end in sorted(found, key=lambda f: (f[0].ids[0] not in reported, f[1])):
            if match.ids[0] == "agents" and not AGENTS_ASKED.search(focus):
                continue
            rivals = [(m.start, m.end) for m in firm] + [(a, b) for _, a, b in kept]
            if rivals:
                if match.ids[0] not in reported or (match.ids[0] in _MENTIONED and firm):
                    continue
                between = [focus[b:start] if b <= start else focus[end:a] for a, b in rivals]
                if not any(re.search(r"\b(?:and|or|plus)\b|[,;/&+]", gap) for gap in between):
                    continue
            kept.append((match, start, end))
        return sorted(kept, key=lambda f: f[1])

    def _group(self, span: Span, named: Named) -> Span | None:
        """A group of a question without words that say nothing; None where nothing else is left."""
        known = self._group_ids
        ids = tuple(
            i
            for i in span.ids
            if i in known
            or i in self.vocabulary.populations
            or (
                i not in self.vocabulary.scaffold
                and i not in _WORDS
                and squeeze(i) not in self.names.codes
                and i not in self.names.first_authors
            )
        )
        ids = tuple(i for i in ids if squeeze(i) not in self.names.agents or i in known)
        ids = tuple(i for i in ids if i not in {"alone", "kind", "sort", "type", "only", "one"})
        return replace(span, ids=ids) if ids else None

    @cached_property
    def _group_ids(self) -> frozenset[str]:
        found = {g for f in self.review.facts for g in f.group}
        return frozenset(
            found | {i for arms in self.review.arms.values() for ids in arms.values() for i in ids}
        )

    def _arms(self, named: Named) -> Mapping[str, frozenset[str]]:
        wanted = {s.id for s in self.review.studies}
        return {label: ids for s in sorted(wanted) for label, ids in self.review.arms.get(s, {}).items()}

    def _content(
        self, focus: str, spans: Sequence[Span], named: Named
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Words that say something, and those among them that nobody knows."""
        covered = [(s.start, s.end) for s in spans] + [
            (n.start, n.end) for n in named.names if focus == focus
        ]
        content, strange = [], []
        for word in tokens(focus):
            if (
                word.key in self.vocabulary.scaffold
                or word.key in _WORDS
                or word.key in NUMBER_WORDS
                or not re.search(r"[^\W\d_]", word.text)
            ):
                continue
            if len(word.key) < 2:
                continue
            content.append(word.key)
            inside = any(a < word.end and word.start < b for a, b in covered)
            if not inside and not self._is_known(word):
                strange.append(word.text)
        return tuple(dict.fromkeys(content)), tuple(dict.fromkeys(strange))

    def _is_known(self, word: Token) -> bool:
        return (
            word.key in self.known
            or squeeze(word.text) in self.names.spelled
            or ascii_key(word.text) in self.known
        )

    def _described(self, ask: Ask) -> Ask:
        """Narrow the studies down, or find them, by words that only some of them use."""
        vocabulary = self.vocabulary
        skip = set()
        for table in (vocabulary.measures, vocabulary.characteristics, vocabulary.families):
            for term in table.values():
                for form in (term.name, *term.forms, *term.everyday, *term.abbreviations):
                    if form and form.lower() in ask.focus.lower():
                        skip |= {t.key for t in tokens(form)}
        keys = [t.key for t in tokens(ask.text) if t.key not in vocabulary.scaffold and t.key not in _WORDS]
        keys = [k for k in dict.fromkeys(keys) if k not in skip and not k.isdigit() and k not in NUMBER_WORDS]
        hints = dict(self.names.describing(keys))
        for name in ask.named.of("topic"):
            hints["topic:" + name.text] = name.studies
        for ids in [*(g for _, g in ask.groups), *ask.hinted]:
            holders = frozenset(s for s in self.names.ids if self._has_group(s, ids))
            if holders and len(holders) < len(self.names.ids):
                hints["group:" + "+".join(sorted(ids))] = holders
        for design in ask.designs:
            holders = frozenset(
                f.study
                for f in self.review.facts
                if f.attribute in {"phase", "design"} and design in self.designs_of(f)
            )
            if holders and len(holders) < len(self.names.ids):
                hints["design:" + design] = holders
        order = [s.id for s in self.review.studies]
        if ask.named.of("number", "nct") or ask.clash:
            return ask
        if ask.studies:
            if len(ask.studies) == 1 or ask.named.of("number"):
                return ask
            points = {s: sum(1.0 / len(h) for h in hints.values() if s in h) for s in ask.studies}
            most = max(points.values())
            if most < 0.3 or ask.has("list", "count_studies", "global"):
                return ask
            return replace(ask, studies=tuple(s for s in order if points.get(s, -1.0) >= most - 1e-9))
        if ask.has("list", "count_studies", "max", "min", "global") or ask.named.missing:
            return ask
        score: dict[str, float] = {}
        for key, hint in hints.items():
            for study in hint:
                score[study] = score.get(study, 0.0) + (1.0 / len(hint)) * (1.5 if ":" in key else 1.0)
        if not score:
            return ask
        best = max(score.values())
        chosen = [s for s in order if score.get(s, 0.0) >= best - 1e-9]
        strong = best >= 0.45 and len(chosen) <= max(2, len(order) // 2)
        return replace(ask, studies=tuple(chosen), described=True) if strong else ask

    def _has_group(self, study: str, ids: frozenset[str]) -> bool:
        if ids <= self.review.populations.get(study, frozenset()):
            return True
        return any(f.study == study and ids <= f.group for f in self.review.facts)

    def designs_of(self, fact: Fact) -> frozenset[str]:
        """Design ids a characteristic's value names (``II`` in a row on phases is ``phase II``)."""
        value = fact.value
        if re.fullmatch(r"\s*[IV1-4]+[ab]?(?:\s?/\s?[IV1-4]+[ab]?)?\s*", value):
            value = f"phase {value.strip()}"
        return frozenset(m.ids[0] for m in self._matchers.designs.find(tokens(value)))


_MENTIONED = frozenset(
    {
        "agents",
        "arms",
        "population",
        "dose",
        "schedule",
        "donor",
        "target",
        "technology",
        "outcomes",
        "follow_up",
    }
)
"""Characteristics whose words often only describe a study in a question about a measure."""


def _named_at(year: re.Match[str], named: Named, focus: str) -> bool:
    return any(n.text == year[0] and n.kind == "number" for n in named.names) and focus.count(year[0]) == 1


_OF_TREATMENT = re.compile(
    r"[- ](?:style |type |based |inspired |derived |like )*(?:\w+ ){0,2}?(?:regimens?|protocols?|products?|cells?|therap(?:y|ies)|treatments?|CARs?\b|CAR-T|constructs?|"
    r"approach|drugs?|agents?|T[- ]cells?)\b",
    re.IGNORECASE,
)
_INTERROGATIVE = re.compile(
    r"\b(?:how many|how much|how long|what|which|when|who|where|whether|(?:wants?|need|like) to know|tell me|asked (?:me )?(?:for|about))\b",
    re.IGNORECASE,
)


def _last_clause(sentence: str) -> str:
    """The clause of a long sentence that asks: from its last question word on."""
    if len(sentence.split()) < 32:
        return sentence
    starts = [m.start() for m in _INTERROGATIVE.finditer(sentence) if len(sentence[m.start() :].split()) >= 6]
    starts = [
        s
        for s in starts
        if not re.search(r"\b(?:one|ones|those|trial|study|thing|and)\s*,?\s*$", sentence[:s])
        or s == starts[-1]
    ]
    return sentence[starts[-1] :] if starts else sentence


def _counted_events(text: str, spans: Sequence[Span]) -> list[Span]:
    """``three deaths``, ``5 relapses``: counts that no word for patients follows."""
    found = []
    for match in re.finditer(
        r"\b(\w+) (?=deaths?\b|cases?\b|relapses?\b|responses?\b|remissions?\b|events?\b)",
        text,
        re.IGNORECASE,
    ):
        number = int(match[1]) if match[1].isdigit() else NUMBER_WORDS.get(match[1].lower())
        if number is not None and not any(
            s.start <= match.start() < s.end and s.unit == "patients" for s in spans
        ):
            found.append(Span("value", match.start(), match.end() - 1, match[1], unit="patients", n=number))
    return found


_QUALIFYING = re.compile(
    r"[\w\s'-]{0,30}\b(?:of|from|due to|while|during|after|with)\b(?!.*\b(?:and|or|vs|versus)\b)[\w\s'-]{0,30}",
    re.IGNORECASE,
)


def _first_of(measures: list[Span], text: str) -> list[Span]:
    """``died of infection`` asks for deaths only: what qualifies a measure is not asked itself."""
    kept: list[Span] = []
    for measure in measures:
        gap = text[kept[-1].end : measure.start] if kept else ""
        if (
            kept
            and _QUALIFYING.fullmatch(gap)
            and not re.search(r"\bp[- ]?values?\b|\bCI\b|\bHR\b", kept[-1].text)
        ):
            continue
        kept.append(measure)
    return kept


def _after_measure(group: Span, measures: Sequence[Span], text: str) -> bool:
    """``CR alone`` asks for no arm."""
    return group.text.lower() in {"alone", "kind"} and any(
        0 <= group.start - m.end <= 2 or group.text.lower() == "kind" for m in measures
    )


def _negated(span: Span, text: str) -> bool:
    """``CR (not CRi)``: what is excluded is not asked."""
    return span.kind == "measure" and bool(
        re.search(
            r"(?:\bnot|\bexcluding|\brather than|\binstead of|\bnot counting)\s+(?:the\s+)?$",
            text[: span.start],
        )
    )


def _within(match: Match, others: Sequence[Match]) -> bool:
    return any(o.start <= match.start and match.end <= o.end for o in others)


def _rank(word: str, reader: QuestionReader) -> int:
    """Preference among equally near corrections: terms and names before everyday words."""
    named = word in reader.names.words or word in reader.names.first_authors
    return 3 * (word in reader.nouns) + 2 * named + (word not in reader.vocabulary.scaffold)


def _like(word: str, pattern: str) -> str:
    return word.upper() if pattern.isupper() else word.capitalize() if pattern[0].isupper() else word


_TIME_WORDS = (
    (re.compile(r"\ba decade\b", re.IGNORECASE), "10 years"),
    (re.compile(r"\b(?:one|a) year and a half\b|\bone and a half years\b", re.IGNORECASE), "18 months"),
    (re.compile(r"\bhalf a year\b", re.IGNORECASE), "6 months"),
    (
        re.compile(
            r"(?<=\bafter )an? (?=year|month|week)|(?<=\bfor )an? (?=year|month|week)|(?<=\bwithin )an? (?=year|month|week)|(?<=\bat )an? (?=year|month|week)",
            re.IGNORECASE,
        ),
        "1 ",
    ),
    (re.compile(r"\b(year|month|week) (one|two|three|four|five|six|ten|twelve)\b", re.IGNORECASE), r"\2-\1"),
)


def _long_time(match: re.Match[str]) -> str:
    return f"{match[1]}-{_SHORT_UNITS[match[2][0].lower()]}"


def _inside(span: Span, text: str, named: Named) -> bool:
    return any(
        span.start < n.end and n.start < span.end and text[n.start : n.end] == n.text
        for n in named.names
        if n.kind == "number"
        or (n.kind == "code" and span.kind not in {"cycle", "grade", "group", "measure"})
    )


def _times_of(spans: Iterable[Span], text: str) -> list[Span]:
    """Durations in a question are time points unless they are claimed as a median's value."""
    result = []
    for span in spans:
        if span.kind == "value" and span.ids and span.unit.rstrip("s") in {"day", "week", "month", "year"}:
            old = re.match(r"[- ]?(?:old|of age)", text[span.end :])
            result.append(replace(span, unit="age") if old else replace(span, kind="time"))
        else:
            result.append(span)
    return result


def _wants(text: str) -> str:
    if re.search(
        r"\b(?:how many|number of|count of|absolute number|n of|n/n|headcount|as a count)\b|\b(?:number|count|n)\s*\?",
        text,
        re.IGNORECASE,
    ):
        if re.search(
            r"\bhow many (?:percent|%|out of (?:a|every) hundred)|\bin (?:percent|%)|percentage of",
            text,
            re.IGNORECASE,
        ):
            return "percent"
        return "count"
    if re.search(r"\b(?:percent\w*|proportion|share|fraction|rate|portion)\b|%", text, re.IGNORECASE):
        return "percent"
    return ""


def _cues(focus: str, text: str) -> frozenset[str]:
    table = {
        "compare": COMPARE,
        "difference": DIFFERENCE,
        "list": LIST,
        "count_studies": COUNT_OF_STUDIES,
        "max": MAXIMUM,
        "min": MINIMUM,
        "definition": DEFINITION,
        "reference": REFERENCE,
        "summary": SUMMARY,
        "yes_no": YES_NO,
        "why": WHY,
        "conflict": CONFLICT,
        "global": GLOBAL,
        "review": REVIEW_ITSELF,
    }
    return frozenset(name for name, pattern in table.items() if pattern.search(focus))


_TERM = (
    re.compile(
        r"(?:what|which)\s+(?:does|do|did|is|are)\s+(?:the\s+)?(?:abbreviation|acronym|term|letters?|word)?\s*['\"]?(?P<t>[^?'\"]+?)['\"]?\s+(?:stand|short|mean|abbreviat|an abbreviation)",
        re.IGNORECASE,
    ),
    re.compile(r"what means\s+['\"]?(?P<t>[\w/+-]+)", re.IGNORECASE),
    re.compile(
        r"(?:meaning|definition|full (?:form|name)|expansion|long form)\s+of\s+(?:the\s+)?(?:abbreviation|acronym|term)?\s*['\"]?(?P<t>[^?'\"]+)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:define|spell out|expand|write out|decode|unpack)\s+(?:the\s+)?(?:abbreviation|acronym|term)?\s*['\"]?(?P<t>[^?'\"]+)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:what|who)(?:'s| is| are| exactly is| counts as)\s+(?:an?\s+|the\s+)?(?:meant by\s+)?['\"]?(?P<t>[^?'\",]+)",
        re.IGNORECASE,
    ),
    re.compile(r"['\"]?(?P<t>[A-Za-z0-9/-]+)['\"]?\s*(?:means|stands for|=)\s*\??", re.IGNORECASE),
)


def _defined_term(text: str) -> str:
    for pattern in _TERM:
        match = pattern.search(text)
        if match:
            term = re.split(
                r"\b(?:as used|in this|in the|in table|here|again|according|stand|short)\b", match["t"]
            )[0]
            return term.strip(" .,:;'\"")
    return ""


_WORDS = frozenset(
    key_of(w)
    for w in (
        "a about above again all also am an and any are as at be been but by can could did do does for from got had has have he her "
        "here his how i if in into is it its just like me more most much my no not of off on one only or other our out over please "
        "same she so some such than that the their them then there these they this those to too up us use was we were what when "
        "where which while who whom whose why will with would you your yes"
    ).split()
)
_ = (Term, Name)
