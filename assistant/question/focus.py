"""The part of a long message that asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant import lazy_re as re
from assistant.question.fronted import tells_whom
from assistant.question.lexicons import QuestionLexicons
from assistant.question.wording import IMPLIED, PRONOUN
from assistant.question.words import form_wanted
from assistant.spans.scan import scan
from assistant.text.sentences import split_sentences
from assistant.text.text import NUMBER_WORDS, tokens
from assistant.vocabulary.wording import COMPARE, any_of

_NO_MARKS = re.compile(r"(?!)")
_WH = r"(?:what|which|who|whom|whose|how|when|where|why|whether)"
_AUX = r"(?:is|are|was|were|did|does|do|has|have|had|can|could|would|will)"
_LEAD = (
    r"(?:[\s\W]*(?:so|ok(?:ay)?|and|but|anyway|anyhow|well|now|just|then|also|or|please|thing is|long story short|"
    r"my question(?: is)?|the question(?: is)?|question|in short|for now|right|hi|hello|thanks|sorry"
    r"|i mean|i meant|meaning|that is|i\.e\.|ie)\b)*[\s\W]*"
)
_DIRECT = re.compile(
    rf"^{_LEAD}(?:(?:for|in|at|with|of|among|on|to|from|by|after)\b[^?]*?,\s*)?"
    rf"(?:{_WH}|{_AUX}|(?:in|for|at|with|of|among|on|to|from|by|after) (?:which|what|whom|whose|how))\b",
    re.I,
)
"""Opens a question of its own."""
_RELATIVE = re.compile(
    r"\W*(?:which|who|whom|whose|where|when)\b(?!\s*(?:many|much|of|was the|were the|is the|are the)\b)", re.I
)
"""Opens a clause that only tells more of what stands before it."""
_GOES_ON_SO = re.compile(
    rf"\W*{_AUX} (?:(?:not|also|then|now|since|already|later) )?(?:been|be|able|kept|given|shown|known|seen|found|made|held|told|taken|put"
    r"|left|said|thought|born|brought|chosen|drawn|written|\w{2,}ed)\b",
    re.I,
)
"""A verb with its participle and no subject, whose subject stands before: ``which antigen, besides A, is kept inside``."""
_WANTED = any_of(
    r"\b(?:what|all|thing) (?:i|we) (?:really |still |actually |just |only )*(?:want(?:ed)?|need(?:ed)?|lack(?:ed)?|miss|am missing"
    r"|(?:am|was|were) after|meant|asked for)\b",
    rf"\b(?:wants?|like|love|need|needs|trying|tried|have|has|asked|asks?|asking|wonder(?:s|ed|ing)?|remember|forgot|recall"
    rf"|figure out|find out|tell me|know|curious)\b(?: (?:me|us|him|her|them|to know|to see|out|about|exactly))*,? {_WH}\b",
    r"\b(?:tell|give|show|find|get|send|remind)\s+(?:me|us|him|her)\b",
    r"\b(?:look up|looking for|i(?:'d| would) like"
    r"|(?:have|need|got) to (?:fill in|enter|report|put|write|give|note|quote|state)"
    r"|i(?:'m| am)? (?:need|want|after|interested in)|we need|we want|please|"
    r"wants? (?:a|an|the|its|their|to know)|needs? (?:a|an|the|its)|asks? for|asked for|only what|just what|just the|only the)\b",
    r"^\W*(?:give|tell|list|show|name|find|compare|summar\w*|describe|define|explain|look up|remind)\b",
)
"""Says that something is wanted."""
_POINTING = any_of(
    r"\b(?:could|can|would|will) you\b",
    r"\bwhich one\b",
    r"\bdig\b",
    r"\bplease\b",
    r"\bany (?:idea|chance)\b",
)
_OWN_KNOWLEDGE = any_of(
    r"\bi (?:already )?(?:know|understand|have|read|filled|said|think|recall)\b", r"\bswears?\b"
)
"""Tells what the asker knows already."""
_BREAKS = re.compile(r"\n+|(?<=;)\s|(?<=[a-z]\?)\s+(?=[a-z])|\s*(?:\.\.\.|…)\s*")
_COMMAS = re.compile(
    rf"(?<=,)\s+|(?<=\s[\u2013\u2014-])\s|\s+(?=(?:and|but|so)\s+(?:{_WH}|{_AUX}|could|can)\b)"
)
_THAT = re.compile(
    r"\b(?:that|this|the) (share|proportion|percentage|fraction|number|figure|rate|name|word|term|date|year)\b",
    re.IGNORECASE,
)
"""Points to something that a part before has named."""
_BARE = re.compile(
    r"(?:^|(?<=,))\W*(?:and |so )?(?:what|which|who) (?:exactly )?(?:is|are|was|were)"
    r" (?:they|these|those)\W*$",
    re.IGNORECASE,
)
"""Asks only for what the clause before it speaks of."""
_BOTH = re.compile(
    r"\bboth (?:of them\b|(?:the )?(?:[\w/-]+ ){0,2}?(?:numbers|figures|values|results|rates|percentages|medians)\b)"
    r"|\bthe two (?:[\w/-]+ ){0,3}?(?:numbers|figures|values|rates|percentages|medians)\b",
    re.IGNORECASE,
)
"""Points to two figures that a part before has named."""
_HOW_MANY_IT = re.compile(
    r"\bhow many (?:(?:patients|people|cases|individuals|of them) )?(?:was|were|is|are) (?:it|that|this|they)\b"
    r"(?: (?:in the end|in all|in total|altogether|all told|exactly|then|actually|really|finally|overall))*\W*$",
    re.IGNORECASE,
)
"""Asks for a number of whatever a part before speaks of."""
_HEARD = re.compile(
    r"^.*\b(?:told|heard|read|learn(?:t|ed)|understand|understood|remember|recall|saw|seen|gather(?:ed)?) (?:that )?(?=the\b"
    r"|in\b|some\b|a\b|[A-Z])",
    re.DOTALL,
)
"""What leads up to something heard: ``we plan X and I was told the group did Y``."""
_OF_EACH = re.compile(
    r",? (?:in|of|for|from|with) (?:each|either|both)(?: one)? of (?:the two|them|these|those)\b\W*",
    re.IGNORECASE,
)
"""Points to two studies or arms that a part before sets side by side."""
_GOES_ON = re.compile(r"\W*and\b", re.IGNORECASE)
_OWN = 3
"""What a part asks that is a question of its own."""
_WISH = 2
"""What a part asks that only says that something is wanted."""
_YES_NO = re.compile(rf"^{_LEAD}{_AUX}\b(?! you\b)", re.IGNORECASE)
_CLOSED = re.compile(r"\?\W*$")
_LONG_SENTENCE = 24
"""Words from which on a sentence is cut at its commas."""
_SHORT_CLAUSE = 6
"""Words up to which a clause leans on what stands before it."""
_TELLING = 3
"""Words with a meaning from which on a question says by itself what it asks."""
_MOST_GROUND = 10
"""Words of a clause that only says where."""
_TELEGRAM = 12
"""Words up to which a message without a verb is one question."""
_MOST_QUESTIONS = 3
"""Questions of one message that are taken together."""


_KEPT = 256
"""Texts of which is kept what they name: a part of a message is weighed by itself, beside others and in the whole."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence or clause of a message."""

    text: str
    asks: int
    """3 a question of its own, 2 says that something is wanted, 1 only ends in a question mark, 0 tells."""
    topic: int
    """How much of what can be asked it names."""


_THE_REASONS = re.compile(r"\b(?:the|their) (?:reasons?|causes?)\b(?! (?:of|for|why|that)\b)", re.IGNORECASE)
_WHAT_MADE = re.compile(r"\W*(?:why|what (?:made|drove|led|caused|kept|put))\b", re.IGNORECASE)
"""Asks why, before a request for reasons that says no more of what."""


class FocusFinder:
    """Finds the part that asks.

    Args:
        lexicons: tell how much of a question a part is.
    """

    def __init__(self, lexicons: QuestionLexicons) -> None:
        self._lexicons = lexicons
        self._topic = lru_cache(_KEPT)(self._named_in)

    def focus(self, text: str) -> str:
        """The part of ``text`` that asks; all of it where that part leans on the rest."""
        asking = self._asking(text)
        if asking == text:
            return text
        if _BARE.search(asking):
            return asking
        if _THE_REASONS.search(asking) and _WHAT_MADE.match(text) and not _WHAT_MADE.match(asking):
            return text
        if _BOTH.search(asking) and not self._lexicons.matchers.measures.find(tokens(asking)):
            measured = [p for p, _ in _parts(text) if self._lexicons.matchers.measures.find(tokens(p))]
            if measured:
                return measured[-1]
        if _BOTH.search(asking) and (sides := self._compared(text, asking)):
            return f"{sides} {asking}"
        if _OF_EACH.search(asking) and (sides := self._compared(text, asking)):
            return f"{_OF_EACH.sub('', asking)}: {sides}"
        n_words = len(re.findall(r"\w+", asking))
        if not (PRONOUN.search(asking) or n_words <= _SHORT_CLAUSE):
            return asking
        if counted := self._counted(asking, text):
            return counted
        claims = n_words <= _SHORT_CLAUSE and self._gives_figure(text)
        if claims or not self._topic(asking):
            return _antecedent(asking, [p for p, _ in _parts(text)]) or text
        return asking

    @staticmethod
    def _compared(text: str, asking: str) -> str:
        """``A did worse than B. What are both figures?``: the part that sets two side by side; "" for none."""
        return next((p for p, _ in _parts(text) if p not in asking and COMPARE.search(p)), "")

    def _counted(self, asking: str, text: str) -> str:
        """``Some died. How many of the ten?``: a bare count with the part before it that says of what; "" for none."""
        says = [
            t.key
            for t in tokens(asking)
            if not self._lexicons.is_filler(t.key) and t.key not in NUMBER_WORDS and not t.key.isdigit()
        ]
        if _HOW_MANY_IT.search(asking):
            told = [p for p, _ in _parts(text.partition(asking)[0]) if self._tells_of_some(p)]
            return f"{_HEARD.sub('', told[-1])} {asking}" if told else ""
        if says or form_wanted(asking) != "count" or self._topic(asking) > 1:
            return ""
        before = [p for p, _ in _parts(text) if self._topic(p) > 1 and not _OWN_KNOWLEDGE.search(p)]
        return f"{before[-1]} {asking}" if before else ""

    def _tells_of_some(self, text: str) -> bool:
        """Whether ``text`` names an outcome or a sort of patients, whose number may be asked for behind it."""
        words = tokens(text)
        matchers = self._lexicons.matchers
        return bool(matchers.measures.find(words) or matchers.populations.find(words))

    def weight(self, text: str) -> int:
        """How much of a question ``text`` is: 2 a measure or characteristic, 1 a study, family or ``?``."""
        families = len(self._lexicons.families.find(tokens(text)))
        names = len(self._lexicons.names.find(text).names)
        return self._topic(text) + names + ("?" in text) + max(families - 1, 0)

    def _named_in(self, text: str) -> int:
        """2 for each measure or characteristic named, 1 for a family of measures."""
        words = tokens(text)
        lexicons = self._lexicons
        firm = len(lexicons.matchers.measures.find(words)) + len(lexicons.characteristics.find(words))
        return 2 * firm + bool(lexicons.families.find(words) or _implies(text))

    def _gives_figure(self, text: str) -> bool:
        """Whether a percentage or a decimal stands in ``text``."""
        values = (s for s in scan(text, self._lexicons.matchers) if s.kind == "value")
        return any(s.unit == "%" or (s.unit == "" and "." in s.text) for s in values)

    def _asking(self, text: str) -> str:
        """The last part that asks for something by name; a bare request with what it is about."""
        parts = [self._part(p, inner) for p, inner in _parts(text)]
        if len(parts) <= 1:
            return text
        named = [p for p in parts if p.asks and p.topic]
        questions = [p for p in named if p.asks == 3 and p.topic > 1]
        if 1 < len(questions) <= _MOST_QUESTIONS and all(_CLOSED.search(p.text) for p in questions):
            return " ".join(p.text for p in questions)
        if named:
            most = max(p.asks for p in named)
            chosen = [p for p in named if p.asks == most][-1]
            return self._with_ground(self._rather_figures(chosen, parts), parts)
        requests = [i for i, p in enumerate(parts) if p.asks]
        if requests:
            return self._completed(requests[-1], parts)
        topics = [p for p in parts if p.topic > 1]
        return topics[-1].text if topics else text

    def _completed(self, at: int, parts: Sequence[_Part]) -> str:
        """A request that names nothing, with the nearest part before it that does."""
        if at and _BARE.fullmatch(parts[at].text):
            return f"{parts[at - 1].text} {parts[at].text}"
        before = [p for p in parts[:at] if p.topic > 1 and not _OWN_KNOWLEDGE.search(p.text)]
        says = [t for t in tokens(parts[at].text) if not self._lexicons.is_filler(t.key)]
        if said := _antecedent(parts[at].text, [p.text for p in parts]):
            return f"{said} {parts[at].text}" if PRONOUN.search(said) else said
        if parts[at].asks == 3 and len(says) < _TELLING:
            return " ".join(p.text for p in parts)
        if not before or (parts[at].asks == 3 and not _POINTING.search(parts[at].text)):
            return parts[at].text
        return f"{before[-1].text} {parts[at].text}"

    def _rather_figures(self, part: _Part, parts: Sequence[_Part]) -> _Part:
        """``Does it help? Give me the OS with and without it.``: the request for figures, where the question names no measure."""
        last = parts[-1]
        measured = [bool(self._lexicons.matchers.measures.find(tokens(p.text))) for p in (part, last)]
        wished = (
            last is not part and last.asks == _WISH and _YES_NO.match(part.text) and COMPARE.search(last.text)
        )
        return last if wished and measured == [False, True] else part

    @staticmethod
    def _with_ground(part: _Part, parts: Sequence[_Part]) -> str:
        """A clause with the one before it that only says where, or that asks first: ``which is the largest, and how many had it``."""
        at = parts.index(part)
        before = parts[at - 1].text if at else ""
        if at and parts[at - 1].asks == _OWN and _GOES_ON.match(part.text) and PRONOUN.search(part.text):
            return f"{before} {part.text}"
        ground = re.match(r"\W*(?:for|in|at|with|among|of)\b", before, re.IGNORECASE) and before.endswith(",")
        ground = ground and (len(before.split()) <= _MOST_GROUND or tells_whom(before))
        return f"{before} {part.text}" if ground else part.text

    def _part(self, text: str, inner: bool) -> _Part:
        known = _OWN_KNOWLEDGE.search(text) and not _CLOSED.search(text)
        if _opens(text, inner=inner):
            asks = 3
        elif _WANTED.search(text):
            asks = 2
        else:
            asks = int(bool(_CLOSED.search(text)))
        return _Part(text, 0 if known and asks < 3 and not _WANTED.search(text) else asks, self._topic(text))


def _antecedent(asking: str, parts: Sequence[str]) -> str:
    """``… what share …; could you tell me that share?``: the part with the noun that is pointed to; "" for none."""
    pointed = _THAT.search(asking)
    if pointed is None:
        return ""
    before = [p for p in parts if p not in asking and asking not in p]
    said = [p for p in before if re.search(rf"\b{re.escape(pointed[1])}\b", p, re.IGNORECASE)]
    return said[-1] if said else ""


def _implies(text: str) -> bool:
    """Whether a number, a time or an age is asked for without a name."""
    return form_wanted(text) == "count" or any(p.search(text) for _, p in IMPLIED)


def _parts(text: str) -> list[tuple[str, bool]]:
    """The sentences of ``text``, the long ones cut into clauses; whether each goes on from one before it."""
    sentences = [text[start:end] for start, end in split_sentences(text, _NO_MARKS)]
    found: list[tuple[str, bool]] = []
    broken = (
        p for sentence in sentences for p in ([sentence] if _is_listed(sentence) else _BREAKS.split(sentence))
    )
    for part in (p.strip() for p in broken):
        pieces = _clauses(part) if len(part.split()) >= _LONG_SENTENCE else [part]
        found += [(piece, i > 0) for i, piece in enumerate(pieces) if piece]
    return found


def _is_listed(sentence: str) -> bool:
    """Whether a few words are only set beside one another, as in a telegram: ``TRIAL-1; 3y OS; n``."""
    few = len(sentence.split()) <= _TELEGRAM and "\n" not in sentence and ";" in sentence
    return few and not re.search(rf"\b(?:{_WH}|{_AUX})\b", sentence, re.IGNORECASE)


def _clauses(sentence: str) -> list[str]:
    """A long sentence cut where a clause begins; what follows a question still belongs to it."""
    found: list[str] = []
    asked = False
    for piece in (p for p in _COMMAS.split(sentence) if p.strip()):
        opens = _opens(piece, inner=bool(found)) or bool(_WANTED.search(piece))
        if asked and not opens:
            found[-1] += f" {piece}"
        else:
            found.append(piece)
        asked = asked or opens
    return found


def _opens(text: str, *, inner: bool) -> bool:
    """Whether a question of its own opens with ``text``, which goes on from another clause if ``inner``."""
    return bool(_DIRECT.match(text)) and not (inner and (_RELATIVE.match(text) or _GOES_ON_SO.match(text)))
