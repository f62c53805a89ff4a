"""What a short form stands for, what a regimen is made of, what a drug is, what counts as an event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assistant import lazy_re as re
from assistant.draft import Draft, Line, answered, declined
from assistant.lookup.lookup import Desk
from assistant.model import Kind, Passage, Status
from assistant.names.studies import squeeze
from assistant.question.reader import Ask
from assistant.telling.letters import short_form_of_letters
from assistant.telling.short_forms import ShortForms, capitals, full_form, has_parts, lower_first
from assistant.telling.wordmatch import WordMatch
from assistant.text.excerpt import excerpt
from assistant.text.text import key_of, tokens

_SHORT_FORM = re.compile(
    r"stands? for|abbreviat|acronym|spell|short for|full form|long form|\bmeans?\b|=\s*\?", re.IGNORECASE
)
_WHAT_IS_LETTERS = re.compile(
    r"\W*(?:[Aa]nd |[Ss]o )?[Ww]hat(?:'s| is) (?:an? |the )?[A-Z]+(?:[-/][A-Z]+)*\W*"
)
_DEFINED = re.compile(r"\bdefin\w+|\bcount(?:s|ed)? as\b|\bmeant by\b|\bcriteri\w+", re.IGNORECASE)
_SEVERAL = re.compile(r"\b(?:and|both|each|difference|or)\b", re.IGNORECASE)
_SAYS_DEFINED = re.compile(
    r"\bdefined (?:as|by)\b|\bis defined\b|\bwas defined\b|\bmeaning\b|,\s*that is\b|\bthat is,|\bi\.e\.",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"\bwhat (?:kind|type|sort|class|category) of\b|\bmechanism\b|\bmode of action\b"
    r"|^\W*(?:and |so )?what (?:does|do|did) [\w-]+ (?:block|inhibit|bind|trap|degrade|antagoni[sz]e|neutrali[sz]e)s?\b"
    r"|\bhow (?:does|do) [\w-]+(?: [\w-]+)? (?:work|act)\b(?! (?:in|for|on|against|among)\b)"
    r"|^\W*(?:so |and )?what(?:'s| is| are)\s+(?:an? |the )?[\w-]+(?: alfa| beta)?\W*$",
    re.IGNORECASE,
)


_MECHANISM = re.compile(r"\bmechanism\b|\bmode of action\b|\bhow (?:does|do)\b", re.IGNORECASE)
_IS = re.compile(
    r"(?:the )?[\w-]+(?: [\w-]+)?(?: \([^)]*\))? (?:is|are|was|were) (?:an?|one of)\b", re.IGNORECASE
)
_ACTS = re.compile(
    r"\b\w*(?:inhibit|agonist|antagonist|block|modulat|degrad|antibod|activat|stimulat|bind|trap|target|directed)\w*",
    re.IGNORECASE,
)


_JOINING = r"(?:of|in|on|with|without|by|for|and|or|to|from|than|after|was|were|is|are|evaluated|tested|used|names?|terms?|called)\b"


_OF_A_WHOLE = frozenset(
    "regimen combination protocol drug agent component ingredient part element contain include".split()
)
"""Keys of words by which a whole and its parts are called."""


_NUMBERED = re.compile(r"\bn\s?=\s?\d|\d\s?%")
"""Stands in brackets that tell of patients, not of parts."""
_PARTS = frozenset(
    key_of(w)
    for w in (
        "drug drugs agent agents medicine medicines component components ingredient ingredients constituent constituents part parts "
        "letter letters element elements composition compounds substances hide hides hidden unpack unpacked spell spelled method"
    ).split()
)
"""Keys of words that speak of what a whole is made of."""


class Definer:
    """Finds definitions.

    Args:
        desk: the review's facts and words.
        matching: its comparison of words.
        quoting: gives a passage in its own words as a line.
    """

    def __init__(self, desk: Desk, matching: WordMatch, quoting: Callable[[Passage], Line]) -> None:
        self.desk = desk
        self.matching = matching
        self.quoting = quoting
        self._short_forms = ShortForms(desk.review, desk.vocabulary.scaffold)

    def of_short_forms(self, ask: Ask) -> Draft | None:
        """What short forms of the review's list stand for, or how words are shortened, where all of a question asks that."""
        if short := self._short_forms.shortened(ask.text):
            return answered([self._shortened(short)])
        meant = self._short_forms.meant(ask.text)
        if not meant:
            return None
        product = all(short.islower() for short in meant)  # a drug is asked for more than its full name
        drug = self._kind(ask) if product else None
        return (
            drug if drug and drug.status is Status.ANSWERED else answered([self._meaning(s) for s in meant])
        )

    def define(self, ask: Ask) -> Draft | None:
        """What a short form stands for, or what a drug is; a decline where neither is said."""
        kind = bool(_KIND.search(ask.focus))
        steps: tuple[Callable[[Ask], Draft | None], ...] = (
            (self._kind, self._listed, self._inverse, self._event)
            if kind
            else (self._event, self._listed, self._inverse, self._kind)
        )
        if re.fullmatch(r"[A-Z]{2,6}s?", ask.term):
            steps = (self._listed, lambda ask: self._full_form(re.escape(ask.term)), *steps)
        for step in steps:
            draft = step(ask)
            if draft is not None:
                return draft
        for term in (ask.term, *capitals(ask.term)):
            if (spelled := self.spelled_out(term)) is not None:
                return spelled
        bare = _WHAT_IS_LETTERS.fullmatch(ask.focus) and not (
            ask.named.names or ask.measures or ask.characteristics
        )
        if ask.term and (bare or _SHORT_FORM.search(ask.focus)):
            return declined(f"The review does not spell out {(*capitals(ask.term), ask.term)[0]}.")
        return None

    def components(self, ask: Ask) -> Draft | None:
        """What a regimen or construct is made of, where a sentence spells it out in brackets."""
        for name in self._wholes(ask):
            spelled = self.spelled_out(name)
            if spelled is not None and has_parts(spelled.lines[0].text.removeprefix(name)):
                return self._whether_part(ask, name, spelled)
        return None

    def by_letter(self, ask: Ask) -> Draft | None:
        """The parts of a regimen, where all that is said beside its name speaks of drugs, parts or letters."""
        if ask.has("yes_no", "list", "count_studies") or ask.measures or ask.values:
            return None
        asked = [t.key for t in tokens(ask.focus)]
        if not _PARTS & set(asked):
            return None
        for name in self._wholes(ask):
            spelled = self.spelled_out(name)
            if spelled is None or not has_parts(spelled.lines[0].text):
                continue
            place = self.desk.selector.places.get(spelled.lines[0].support[0][0])
            said = {t.key for t in tokens(place.text)} if place else set()
            own = said | {t.key for t in tokens(f"{name} {' '.join(capitals(ask.focus))}")}
            own |= _PARTS | self.desk.vocabulary.scaffold
            if all(k in own or len(k) == 1 for k in asked):
                return spelled
        return None

    def of_letters(self, ask: Ask) -> Draft | None:
        """What the short form means whose letters are asked for one by one."""
        if ask.has("yes_no", "list", "count_studies") or (ask.values and not ask.studies):
            return None
        listed = {squeeze(short): short for short in self.desk.review.raw.abbreviations}
        for name in short_form_of_letters(ask.focus, listed.values(), self.desk.vocabulary.scaffold):
            short = listed.get(squeeze(name))
            told = answered([self._meaning(short)]) if short else self.spelled_out(name)
            if told is not None:
                return told
        return None

    def _wholes(self, ask: Ask) -> list[str]:
        """The names in a question that may be a regimen's or construct's; ``H-A-G`` as ``HAG``, too."""
        named = [*(n.text for n in ask.named.names), *capitals(ask.focus)]
        joined = [n.replace("-", "") for n in named if re.fullmatch(r"(?:[A-Z]-)+[A-Z]", n)]
        return list(dict.fromkeys([*joined, *named]))

    def _whether_part(self, ask: Ask, name: str, spelled: Draft) -> Draft:
        """``Is A part of B?``: yes or no before the parts of B, where they are given as a list."""
        line = spelled.lines[0]
        if not ask.has("yes_no") or not line.text.startswith(f"{name}: "):
            return spelled
        whole = {t.key for t in tokens(name)} | self.desk.vocabulary.scaffold | _OF_A_WHOLE
        asked = [k for k in ask.content if k not in whole]
        held = asked and all(self.matching.is_in(ask, k, line.text) for k in asked)
        line = replace(line, text=f"{'Yes' if held else 'No'}: {line.text}")
        return replace(spelled, lines=(line,), accounted=True)

    # -- short forms ---------------------------------------------------------------------------

    def _listed(self, ask: Ask) -> Draft | None:
        """A short form of the review's own list."""
        listed = self.desk.review.raw.abbreviations
        entries = {squeeze(short): short for short in listed}
        found = []
        for candidate in self._candidates(ask):
            key = squeeze(candidate)
            short = entries.get(key) or (entries.get(key[:-1]) if key.endswith("s") else None)
            if short:
                found.append(self._meaning(short))
        found = list(dict.fromkeys(found))
        return answered(found if _SEVERAL.search(ask.focus) else found[:1]) if found else None

    def _meaning(self, short: str) -> Line:
        """What the review's list says that a short form stands for."""
        said = f"{short} stands for {lower_first(self.desk.review.raw.abbreviations[short])}."
        return Line(said, ((self._entry(short).id, ""),), verbatim=True)

    def _shortened(self, short: str) -> Line:
        """How the words of a short form are abbreviated."""
        said = f"{self.desk.review.raw.abbreviations[short]} is abbreviated {short}."
        return Line(said, ((self._entry(short).id, ""),), verbatim=True)

    def _inverse(self, ask: Ask) -> Draft | None:
        """The short form of words that the list spells out."""
        short = self._short_forms.spelled(ask.focus) if self._short_forms.asks_short(ask.focus) else ""
        return answered([self._shortened(short)]) if short else None

    def _candidates(self, ask: Ask) -> list[str]:
        words = [ask.term, *re.findall(r"[\w/+-]+", ask.term)]
        if not ask.term or ask.has("definition"):
            words += [
                w for w in re.findall(r"[A-Za-z0-9][\w/+-]*", ask.focus) if sum(c.isupper() for c in w) >= 2
            ]
            scaffold = self.desk.vocabulary.scaffold
            words += [
                w
                for w in re.findall(r"[a-z][\w/-]*", ask.focus)
                if squeeze(w) and len(w) <= 5 and w not in scaffold
            ]
        return [w for w in words if w]

    def spelled_out(self, term: str) -> Draft | None:
        """A sentence that spells ``term`` out: ``term (parts)``, ``full form (term)``, ``named term``."""
        if not term:
            return None
        escaped = re.escape(term)
        parts = re.compile(rf"(?<!\w){escaped}\s*\(([^)]{{8,}})\)", re.IGNORECASE)
        named = re.compile(
            rf"\b(?:named|called|name)\b.{{0,20}}(?<!\w){escaped}(?!\w)|\((?:{escaped})\)", re.IGNORECASE
        )
        for passage in self._sentences():
            found = parts.search(passage.text)
            if found and not _NUMBERED.search(found[1]):
                study = passage.studies[0] if passage.studies else ""
                return answered(
                    [Line(f"{term}: {found[1]}.", ((passage.id, study),), verbatim=True)], passage.studies
                )
        if full := self._full_form(escaped):
            return full
        for passage in self._sentences():
            if named.search(passage.text):
                return answered([self.quoting(passage)], passage.studies)
        short = next((s for s in self.desk.review.raw.abbreviations if squeeze(s) == squeeze(term)), "")
        return answered([self._meaning(short)]) if short else None

    def _full_form(self, escaped: str) -> Draft | None:
        """The full form that a sentence gives just before a short form in brackets."""
        short = re.compile(rf"\(({escaped})s?\)", re.IGNORECASE)
        for passage in self._sentences():
            for found in short.finditer(passage.text):
                before = re.split(r"[()]", passage.text[: found.start()])[-1].rstrip()
                if not before:
                    continue
                if found[1] in self.desk.review.raw.abbreviations:
                    return answered([self._meaning(found[1])])
                if full := full_form(found[1], before):
                    study = passage.studies[0] if passage.studies else ""
                    return answered(
                        [Line(f"{found[1]} stands for {full}.", ((passage.id, study),))], passage.studies
                    )
                break
        return None

    # -- what a thing is -----------------------------------------------------------------------

    def _kind(self, ask: Ask) -> Draft | None:
        """What kind of drug, cell or construct a name is: an apposition, or ``X is a …``."""
        if not _KIND.search(ask.focus):
            return None
        agents = self.matching.reader.names.agents
        names = [n.text for n in ask.named.names if n.kind in {"agent", "code", "topic"}]
        names += [t.text for t in tokens(ask.focus) if squeeze(t.text) in agents]
        for name in sorted(set(names), key=lambda n: -len(n)):
            told = [(said, p) for p in self._sentences() if (said := said_to_be(p.text, name))]
            if way := _MECHANISM.search(ask.focus):
                told = [(said, p) for said, p in told if _ACTS.search(said)]
                told.sort(key=lambda t: not _IS.match(t[0]))  # "X is …" tells more of a way than "the … X"
            for said, passage in told[:1]:
                study = passage.studies[0] if passage.studies else ""
                if said == passage.text:
                    return answered(
                        [self.quoting(passage)],
                        passage.studies or ask.studies[:1] if way else passage.studies,
                    )
                return answered([Line(said, ((passage.id, study),))], passage.studies)
        if names and _MECHANISM.search(ask.focus):
            return declined(f"The review does not say how {names[0]} works.", ask.studies)
        return None

    def _event(self, ask: Ask) -> Draft | None:
        """What counts as a response or an event, where a sentence defines it."""
        if not _DEFINED.search(ask.focus):
            return None
        scored = []
        for i, passage in enumerate(self._sentences()):
            if _SAYS_DEFINED.search(passage.text) and (
                not ask.studies or set(ask.studies) & set(passage.studies)
            ):
                scored.append((self.matching.coverage(ask, passage), -i, passage))
        if not scored or max(scored)[0] < 0.5:
            return None
        passage = max(scored, key=lambda s: s[:2])[2]
        part = excerpt(passage.text, lambda p: bool(_SAYS_DEFINED.search(p)))
        if part == passage.text:
            return answered([self.quoting(passage)], passage.studies)
        return answered(
            [Line(part, ((passage.id, passage.studies[0] if passage.studies else ""),))], passage.studies
        )

    def _sentences(self) -> list[Passage]:
        return [p for p in self.desk.review.passages if p.locator.kind is Kind.SENTENCE]

    def _entry(self, short: str) -> Passage:
        return next(
            p
            for p in self.desk.review.passages
            if p.locator.kind is Kind.ABBREVIATION and p.locator.entry == short
        )


_DOES = (
    r"(?:inhibits?|blocks?|targets?|binds?|degrades?|activates?|acts?|works?|engages?|depletes?|recruits?|disrupts?|suppresses"
    r"|mimics?|stabili[sz]es?|redirects?|antagoni[sz]es?|demethylates?|silences?|cleaves?)"
)
"""What a drug does to its target."""


def said_to_be(sentence: str, name: str) -> str:
    """What ``sentence`` says ``name`` is: all of ``name is a …``, or an apposition; else ""."""
    own = re.escape(name)
    term = rf"(?<![\w-])(?:{own}(?: [\w-]+)?(?: \([^)]*\))?|[\w-]+(?: [\w-]+)? \({own}\))"
    if re.match(rf"(?:the )?{term} (?:is|are|was) (?:an?|one of)\b", sentence, re.IGNORECASE):
        return sentence
    if re.search(rf"(?<![\w-]){term}(?:, which|,? that)? (?:\w+ly )?{_DOES}\b", sentence, re.IGNORECASE):
        return sentence
    after = re.search(
        rf"{term}, (?:an?|the|one of)\b(?:[^,;.(]|\([^)]*\))+(?=[,;.])", sentence, re.IGNORECASE
    )
    before = re.search(
        rf"(?<![\w-])(?:an?|the) (?:(?!{_JOINING})[\w-]+ ){{1,4}}{re.escape(name)}(?![\w-])",
        sentence,
        re.IGNORECASE,
    )
    found = after or (before if before and len(before[0].split()) > 2 + len(name.split()) - 1 else None)
    if not found:
        return ""
    return f"{'…' if found.start() else ''}{found[0]}{'.' if found.end() >= len(sentence) - 1 else ' …'}"
