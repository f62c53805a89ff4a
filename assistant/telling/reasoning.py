"""The sentence of a study that gives the reason asked for, found by what was done and by the words for a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, answered
from assistant.model import Kind, Passage
from assistant.question.reader import Ask
from assistant.telling.describe import Describer, is_named
from assistant.telling.fitting import is_denied
from assistant.telling.thing import OF_STUDY
from assistant.text.excerpt import excerpt
from assistant.text.reasons import only_follows, reasons_in
from assistant.text.text import fold, key_of, tokens

_CAUSE_ASKED = re.compile(
    r"\b(?:causes?|reasons?) (?:of|for|behind)\b"
    r"|\b(?:reasoning|idea|thinking|logic|thought) (?:behind|for)\b|\bfor what reasons?\b|\b(?:what|who) (?:\w+ ){0,9}?(?:responsible for"
    r"|to blame for|good for)\b"
    r"|\bwhat (?:(?:do|does|did) .{3,60} (?:blame|attribute|ascribe|put) |(?:is|are|was|were) (?:\w+ ){1,6}(?:blamed"
    r"|attributed|ascribed|put down)\b)"
    r"|\bwhat (?:kept|prevented|barred|ruled|held|made|led|drove|prompted|motivated|triggered|necessitated|justified|explains?|explained)\b"
    r"(?! (?:up|into|in|by|out)\b)"
    r"|\bwhat explanations? (?:(?:do|does|did|is|was|are|were) |\w+ (?:et al\.? )?(?:gave|offered|put forward)\b)|\bexplanations? for\b"
    r"|\bhow (?:do|does|did) (?:the )?(?:[\w-]+ )?(?:authors?|investigators?|researchers?|team|et al\.?|and (?:co-?workers|colleagues))"
    r" (?:explain|account for)\b|\bhow "
    r"(?:is|was|were|are) .{3,60} explained\b"
    r"|\b(?:because|on account) of what\b|\b(?:owing|due) to what\b|, and why\b"
    r"|\bwhat (?:lies|lay) behind\b|\bwhat accounts for\b|\bto what end\b|\bwhat(?:'s| is| was) the (?:point|purpose"
    r"|rationale)\b|\brationale\b|\bwhat(?:'s| is| was) the (?:idea|thinking|logic|sense) (?:of|behind|in)\b"
    r"|\bwhat good (?:does|do|did|is)\b",
    re.IGNORECASE,
)
_CAUSES_ASKED = re.compile(
    r"\b(?:causes?|reasons) (?:of|for)\b|\bper reason\b|\bhow many (?:for|of) each\b", re.IGNORECASE
)
"""Asks for the reasons one by one."""
_EMPTY = frozenset(
    key_of(w)
    for w in (
        "why reason reasons cause causes caused because author authors investigator investigators researcher explain explained explanation "
        "attribute attributed responsible hold held blame blamed put down think thought believe believed suppose supposed say said "
        "good point purpose rationale idea thinking reasoning understand logic sense use using keep keeping kept keeps behind lie lay end "
        "sake give given number numbers main most common commonest "
        "frequent chief leading principal major "
        "offer offered propose proposed plausible possible likely "
        "people person team together actually ever some many was were according account accounts made make come "
        "study trial review abstract phase patient patients cohort group arm enrolled randomised randomized included assigned"
    ).split()
)
"""Keys of words that ask for a reason, and of those that a sentence on it need not repeat."""
_DENIED = re.compile(
    r"\b(?:not(?! (?:only|just|merely)\b)|never|no longer|without|no|none|un(?:able|treated|infused)|fail\w*|miss\w*)\b|n't\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"^(?:(?:The|Its|Their) (?:authors|investigators|researchers|trialists|team|group)\b[^,;]{0,40}?\b(?:this|these|it|that|them)\b"
    r"|(?:This|That|These|It)\b|(?:Therefore|Thus|Hence|Consequently|Accordingly|As a result)\b|The (?:reason|cause|explanation)s?\b"
    r"|The (?:lower|higher|reduced|shorter|longer|latter|former|difference|effect|finding|result|benefit|synergy|excess|increase"
    r"|decrease|amendment|change|switch|dose|step)\b"
    r"|(?:The|Its|Their) (?:authors|investigators|researchers|trialists|team|group)\b[^,;]{0,40}?\bthe (?:effect|finding"
    r"|difference|result|benefit|synergy|excess|increase|decrease|lack)s?\b)",
    re.IGNORECASE,
)
"""Opens a sentence that explains the one before it, or draws on it."""
_ACTS = (
    r"stop|discontinu|halt|terminat|clos|ceas|suspend|withdr|quit|end(?:ed|ing)?\b|abandon|interrupt|drop|broke|c(?:a"
    r"|o)me off|gave up|off therapy",
    r"reduc|lower|cut\b|shorten|decreas|de-?escalat|halv|less\b|few|limit|rar(?:e|er)|smaller|taper|fell|fall",
    r"increas|rais|ris[ei]|rose|go(?:es|ing)? up\b|went up\b|gone up\b|more\b|higher|excess|greater|extend|extra|add(?:ed"
    r"|ing)?\b|escalat|frequent|often|surplus|intensif",
    r"choos|chose|pick|select|taken? (?:forward|further|on)|went with|go with|going with|settl|adopt|decid|opted"
    r"|carried forward|recommended",
    r"chang|amend|modif|adapt|alter|revis|switch|replac|introduc|add(?:ed|ing)?\b",
    r"resum|restart|re-?start|went back|go(?:ne)? back|reintroduc|re-?expos|re-?treat|back on|start(?:ed)? again",
    r"test|tri(?:ed|al)\b|try|explor|investigat|examin|studi|evaluat|us(?:ed|ing)\b|giv(?:en|ing)\b|gave",
    r"die[ds]?\b|death|dying|fatal|mortality|killed",
    r"differ|same|alike|similar|improv|benefit|better|worse",
    r"delay|defer|postpon|later\b|late\b|wait",
    r"exclud|ineligib|eligib|kept .{2,80}\bout\b|left out|leave out|not eligible|not allowed",
    r"mandat|requir|oblig|compulsory|introduc",
    r"split|fraction|divid",
    r"start(?!\w* again)|beg(?:in|an|un)|initiat|commenc",
)
"""Words for one act or one direction, each set of one meaning."""
_ACT = tuple(re.compile(rf"\b(?:{said})", re.IGNORECASE) for said in _ACTS)
_DIFFERS = next(p for p in _ACT if p.search("differ"))
_ADJUSTS = re.compile(r"\b(?:adjust|chang|modif|amend|alter|revis)", re.IGNORECASE)
_ADJUSTED = re.compile(
    r"\b(?:adjust|chang|modif|amend|alter|revis|shorten|reduc|lower|halv|increas|extend|lengthen|switch|replac|omit|introduc|mandat)",
    re.IGNORECASE,
)
"""Asks for a change of whatever sort, and says of which."""
_ADJUSTING = frozenset(
    map(
        key_of,
        "adjustment adjustments adjusted change changes changed modification amended alteration schedule dosing regimen".split(),
    )
)
_EXPLAIN = re.compile(r"\bexpla(?:in|nation)", re.IGNORECASE)
_EXPLANATION = re.compile(r"\bexplanations?\b", re.IGNORECASE)
"""Asks for an explanation, and calls what it says one."""
_FOR_THAT = re.compile(r"\bfor (?:that|this|the same) reason\b", re.IGNORECASE)
"""Draws on the sentence before, wherever it stands."""
_IN_NONE = re.compile(r"\bin (?:none|no (?:patients?|one|cases?))\b", re.IGNORECASE)
_NOBODY = re.compile(
    r"\b(?:none|nobody|no (?:patients?|one|child(?:ren)?|adults?))(?: \w+){0,3} $", re.IGNORECASE
)
_FEWEST, _FEWEST_LOOSE = 2, 3
"""Words and acts of a question that a sentence must hold, and where no study is named."""
_PARTED, _PARTS_ASKED = 0.15, 0.5
"""What a sentence gains that tells the reasons one by one, and where just these are asked for."""
_NEAR = 40
"""Letters after a denial within which stands what it denies."""
_LEADING = 2
"""Sentences before one in its paragraph that lead to it."""
_LED_TO = 0.7
"""What a word counts that these hold."""
_MOST_STUDIES, _SURE = 3, 0.75
"""Studies that a drug may name in a question for the reason that one gives, and how much of it that must hold."""
_LACKING = 0.34
"""Share of a question's words that the sentence with the reason may lack."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence with a reason, and how much of the question it covers."""

    cover: float
    passage: Passage
    before: Passage | None
    """The sentence that it explains, where it says so itself."""


def asks_reason(ask: Ask) -> bool:
    """Whether a reason or a cause is asked for."""
    return ask.has("why") or _CAUSE_ASKED.search(ask.focus) is not None


def reason_told(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """The clauses of the one study asked about that give the reason asked for; None where none speaks of the very act."""
    refused = ask.advice or ask.injected or ask.clash or ask.named.missing or ask.translated
    if refused or not asks_reason(ask) or ask.has("count_studies", "summary"):
        return None
    if _of_opposite(desk, ask):
        return None
    if len(ask.studies) != 1 and is_named(ask):
        return _of_one(desk, describer, ask)
    for asked in (ask, replace(ask, places=())) if ask.places else (ask,):
        finder = _Reasons(desk, describer, asked)
        told = max(finder.found(), key=lambda t: t.cover, default=None)
        if told is not None:
            return finder.quoted(told)
    drugs = tuple(dict.fromkeys(s for n in ask.named.of("agent") for s in sorted(n.studies)))
    loose = not (ask.named.of("code") or ask.inherited or ask.described)
    return _of_one(desk, describer, replace(ask, studies=drugs)) if loose else None


def _of_one(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """The reason that one of a few studies gives, where a drug names them all; None where several give one."""
    if ask.named.of("number", "author", "nct") or not 1 < len(ask.studies) <= _MOST_STUDIES:
        return None
    finders = [_Reasons(desk, describer, replace(ask, studies=(s,))) for s in ask.studies]
    told = [(t, f) for f in finders if (t := max(f.found(), key=lambda t: t.cover, default=None)) is not None]
    sure = [(t, f) for t, f in told if t.cover >= _SURE]
    return sure[0][1].quoted(sure[0][0]) if len(sure) == 1 else None


def _of_opposite(desk: Desk, ask: Ask) -> bool:
    """Whether a question takes the patients of a study for the opposite of what they were."""
    terms = desk.vocabulary.populations
    opposites = {terms[i].opposite for _, ids in ask.groups for i in ids if i in terms}
    return any(opposites & desk.review.populations.get(study, frozenset()) for study in ask.studies)


class _Reasons:
    """The reasons that a study's sentences give.

    Args:
        desk: the review's facts and words.
        describer: compares words, quotes sentences.
        ask: the question.
    """

    def __init__(self, desk: Desk, describer: Describer, ask: Ask) -> None:
        self.desk, self.describer, self.ask = desk, describer, ask
        self.study = ask.studies[0] if len(ask.studies) == 1 else ""
        self.firm = is_named(ask)
        named = {t.key for n in ask.named.names if n.kind != "topic" for t in tokens(n.text)}
        self.drugs = {t.key for n in ask.named.of("agent") for t in tokens(n.text)}
        whole = desk.review.populations.get(self.study, frozenset())
        every = {t.key for label, ids in ask.groups if ids <= whole for t in tokens(label)}
        empty = _EMPTY | OF_STUDY | desk.vocabulary.scaffold | named | every
        empty |= _ADJUSTING if _ADJUSTS.search(ask.focus) else set()
        self.keys = [k for k in ask.content if k not in empty]
        plain = fold(ask.focus)
        for name in ask.named.names:
            plain = plain.replace(fold(name.text), " ")
        self.acts = [_ADJUSTED] if _ADJUSTS.search(plain) else [p for p in _ACT if p.search(plain)]
        self.parted = ask.has("max", "list") or _CAUSES_ASKED.search(ask.text) is not None
        self.denied = bool(_DENIED.search(ask.focus))

    def found(self) -> Iterator[_Told]:
        """The sentences that give a reason for what is asked."""
        own = self._sentences()
        for n, passage in enumerate(own):
            if not reasons_in(passage.text):
                continue
            before = (
                own[n - 1]
                if n
                and (_POINTS_BACK.match(passage.text) or _FOR_THAT.search(passage.text))
                and _follows(own[n - 1], passage)
                else None
            )
            text = f"{before.text} {passage.text}" if before else passage.text
            if is_denied(self.ask, text) or (
                not self._denies(text) if self.denied else self._of_nobody(text)
            ):
                continue
            cover = self._cover(text, " ".join(p.text for p in _leading(own, n)))
            if cover:
                one_by_one = "parts" in reasons_in(passage.text)
                yield _Told(cover + one_by_one * (_PARTS_ASKED if self.parted else _PARTED), passage, before)

    def _denies(self, text: str) -> bool:
        """Whether a text denies the very act or thing that the question says did not happen."""
        return any(
            any(p.search(part) for p in self.acts) or any(self._has(k, part) for k in self.keys)
            for part in (text[m.start() : m.end() + _NEAR] for m in _DENIED.finditer(text))
        )

    def _of_nobody(self, text: str) -> bool:
        """Whether a text says that the act befell nobody: ``led to discontinuation in none``."""
        acts = [m for p in self.acts for m in p.finditer(text)]
        after = any(_IN_NONE.search(text[m.end() : m.end() + _NEAR]) for m in acts)
        return after or any(_NOBODY.search(text[: m.start()]) for m in acts)

    def quoted(self, told: _Told) -> Draft:
        """The part of the sentence with the act and its reason, after the sentence that it explains."""
        passage, whole = told.passage, reasons_in(told.passage.text)
        cover = self._cover(passage.text)

        def keeps(part: str) -> bool:
            return whole <= reasons_in(part) and self._cover(part) >= cover

        cut = "parts" not in whole and not only_follows(passage.text)
        part = excerpt(passage.text, keeps) if cut else passage.text
        lines = [self.describer.quoting(passage, part)]
        back = only_follows(passage.text) or _FOR_THAT.search(passage.text)
        if told.before is not None and (back or (not cover and self._is_on_it(told.before.text))):
            said = excerpt(told.before.text, lambda part: bool(self._cover(part)))
            lines.insert(0, self.describer.quoting(told.before, said))
        return replace(answered(lines, passage.studies or self.ask.studies), told=True)

    def _is_on_it(self, text: str) -> bool:
        """Whether a text has any of what is asked; where that was named earlier still, the reason stands alone."""
        acted = any(p.search(fold(text)) for p in self.acts)
        return acted or not self.keys or any(self._has(k, text) for k in self.keys)

    def _sentences(self) -> list[Passage]:
        """The study's sentences in their order, those that lead in to it included; where an answer is asked about, its own."""
        own = [p for p in self.desk.review.passages if p.locator.kind is Kind.SENTENCE]
        if self.firm:
            led = self.describer.led
            own = [p for p in own if p.studies[:1] == (self.study,) or led.get(p.id) == self.study]
        if not self.ask.places:
            return own
        facts = self.desk.review.facts
        stated = {
            (f.attribute, f.value) for f in facts if f.passage in self.ask.places and f.study == self.study
        }
        same = {f.passage for f in facts if (f.attribute, f.value) in stated and f.study == self.study}
        return [p for p in own if p.id in self.ask.places or p.id in same]

    def _cover(self, text: str, leading: str = "") -> float:
        """How much of what is asked a text holds, from 0 to 1; 0 where it is too little.

        Args:
            text: a sentence, or a part of it.
            leading: what is said right before it, of which it need not repeat all.
        """
        if self.ask.places:
            return 1.0
        words = self.describer.matching.words(text)
        if self.firm and _EXPLAIN.search(self.ask.focus) and _EXPLANATION.search(text):
            return float(any(k in words.keys for k in (*self.drugs, *self.keys)))
        folded = fold(text)
        missing = [k for k in self.keys if not self._has(k, text)]
        acted = [p for p in self.acts if p.search(folded) or (p is _DIFFERS and self._sets_apart(text))]
        asked = len(self.keys)
        drugs = sum(k in words.keys for k in self.drugs)
        if not asked and not self.acts:
            return 0.0
        known = [k for k in missing if leading and self._has(k, leading)]
        if len(missing) - _LED_TO * len(known) > asked * _LACKING or (self.acts and not acted):
            return 0.0
        held = asked - len(missing) + len(acted)
        if held + bool(drugs) + self.denied < (_FEWEST if self.firm else _FEWEST_LOOSE) and not (
            acted and self.firm
        ):
            return 0.0
        if missing and not self.firm:
            return 0.0
        return (held + 0.2 * drugs) / (asked + len(self.acts) + 0.2 * len(self.drugs) or 1)

    def _sets_apart(self, text: str) -> bool:
        """Whether a text names all of several groups that a question says to differ."""
        groups = self.desk.review.reader.groups(text, self.desk.review.arms.get(self.study, {}))
        held = {i for g in groups for i in g.ids}
        return len(self.ask.groups) > 1 and all(ids & held for _, ids in self.ask.groups)

    def _has(self, key: str, text: str) -> bool:
        if self.describer.matching.is_in(self.ask, key, text):
            return True
        return any(p.match(key) and p.search(fold(text)) for p in _ACT)


def _leading(own: Sequence[Passage], n: int) -> list[Passage]:
    """The sentences right before one in its paragraph."""
    found = []
    for at in range(n - 1, max(n - 1 - _LEADING, -1), -1):
        if not _follows(own[at], own[at + 1]):
            break
        found.append(own[at])
    return found


def _follows(first: Passage, second: Passage) -> bool:
    """Whether two sentences stand one after the other in a paragraph."""
    a, b = first.locator, second.locator
    return (a.section, a.paragraph, a.sentence + 1) == (b.section, b.paragraph, b.sentence)
