"""Shorthand of messages written out: ``newly dx pts w/o f/u`` as ``newly diagnosed patients without follow-up``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator

from assistant import lazy_re as re
from assistant.text.text import key_of
from assistant.vocabulary.vocabulary import Shortened, Vocabulary

_CHUNK = re.compile(r"[^\s,;:!?()\[\]{}\"\u201c\u201d\u2013\u2014]+")
_MOST_WORDS = 3
"""Words that one shorthand has at most."""
_SHORT_NAME = 3
_LONG_DRUG = 8
"""Letters of a drug's name from which on its beginning stands for it."""
_GLUED = (
    (re.compile(r"(?<![\w/])w/(?=[A-Za-z]{2})(?!o\b|i\b|in\b|out\b)", re.IGNORECASE), "with "),
    (re.compile(r"(?<=[A-Za-z])@(?=\d)"), " at "),
    (re.compile(r"(?<=\s)@\s?(?=\d|[A-Za-z])"), "at "),
    (re.compile(r"\bn ?= ?\?"), "how many patients?"),
    (re.compile(r"(?<=[A-Za-z])\s?[/+&]\s?yr\b", re.IGNORECASE), " and year"),
    (re.compile(r"(?<=[A-Za-z]) ?[+&] ?[nN]\W*$"), " and number of patients"),
    (re.compile(r"\b(authors?|title|doi|journal|year) of (?=review\b)", re.IGNORECASE), r"\1 of the "),
    (re.compile(r"(?:\b(?:no|nr|num)\b\.? ?|#\s?)of (?=\w)", re.IGNORECASE), "number of "),
    (re.compile(r"\bacc(?:ord)?\.? to\b", re.IGNORECASE), "according to"),
    (re.compile(r"(?<=\b[Ss]ignificant)\s*\??\s*\(?p(?:[ -]?value)?\s*\?\)?\W*$", re.IGNORECASE), "?"),
    (
        re.compile(
            r"^(?P<what>[^?.!]*\b(?:largest|biggest|smallest)\b[^?.!]*)\?\s*(?:and )?"
            r"(?:n|how many(?: (?:patients|pts|people|participants))?|patients|size)\W*$",
            re.IGNORECASE,
        ),
        r"\g<what> and how many patients?",
    ),
    (
        re.compile(
            r"(?<![\w/=-])[nN] (?=(?:the )?(?!(?:per|each|by|both|either|in|of|every|all)\b)[\w/+-]+ (?:arm|group|grp|cohort|subset)\b)"
        ),
        "number of patients in ",
    ),
    (
        re.compile(
            r"(?<![\w/=-])[nN] (?=(?:patients|pts|people|participants|cases) (?:w/|(?:with|in|on|who|that|of)\b))"
        ),
        "number of ",
    ),
    (
        re.compile(
            r"(?<![\w/=-])[nN] (?=(?:with|in|on|for|given|who|that|treated|randomi[sz]ed|assigned|of the)\b)(?!of \d)"
        ),
        "number of patients ",
    ),
    (
        re.compile(
            r"\b(?:h[a]?ve? (?:you|u) got|do (?:you|u) h[a]?ve?) (?:a |an |the )(?=(?:count|figure|number|value"
            r"|percentage)\b)",
            re.IGNORECASE,
        ),
        "what is the ",
    ),
    (
        re.compile(
            r"\b(?:what|which) (?:drugs|agents|medicines|medicaments|components|ingredients|compounds)"
            r" (?:are in|is in|go into|make up|sit in|are part of|are contained in) (?:the )?(?=[A-Z][A-Z-]+\b)",
            re.IGNORECASE,
        ),
        "what is in ",
    ),
    (re.compile(r"(?<=\w) / (?=\w)"), ", "),
    (
        re.compile(r"\bwhat(?:'?s| is) (?=the (?:value|figure|number|rate|result)\W*$)", re.IGNORECASE),
        "what was ",
    ),
)
"""Shorthand that is one word with what follows."""
_AGES = (
    (
        re.compile(
            r"\b(?:the |those )?(1?\d|[2-9]\d)(?: ?[-\u2013] ?| to |-to-)(\d{2})(?:s\b|[- ]years?[- ]olds?\b)"
        ),
        r"patients aged \1-\2",
    ),
    (
        re.compile(r"\b(?:the |those )?(under|over)[- ](?!18)(\d{1,2})[\u2019']?s\b", re.IGNORECASE),
        r"patients \1 \2",
    ),
)
_DEFINING = re.compile(
    r"\b(?:means?|meant|stands? for|short for|spell|abbreviat\w+|defin\w+|acronym)\b", re.IGNORECASE
)
"""Asks what letters mean, which then stay as they are."""
_DECADES = ("twent", "thirt", "fort", "fift", "sixt", "sevent", "eight")
_DECADE = re.compile(rf"\b(?:the )?({'|'.join(_DECADES)})(?:y|ie)[- ]?somethings?\b", re.IGNORECASE)
_IN_DECADE = re.compile(rf"\bin their ({'|'.join(_DECADES)})ies\b", re.IGNORECASE)
_ALONE = (
    (re.compile(r"\b((?:[a-z]+/)?[a-z]+(?:ed|ory|ive))-only\b", re.IGNORECASE), r"only \1"),
    (
        re.compile(
            r"(?<=[a-z\d])-(?:only|alone)\b(?! (?:one|once))|"
            r" (?:by itself|on its own|on their own|and nothing else(?: (?:with|beside|besides|added to) it)?"
            r"|with nothing (?:else|added)(?: to it)?|with no partner(?: drug)?|without (?:any )?(?:partner"
            r"|companion)(?: drugs?)?)"
            r"(?=\W*(?:$|[,;.?)]|group|arm|patients|people|,? (?:how|what|compared|against|versus|vs|and|or|at"
            r"|after|in)\b))",
            re.IGNORECASE,
        ),
        " alone",
    ),
)
"""Says that a drug was given without another; ``relapsed-only patients`` says it of none."""


class Shorthand:
    """Writes shorthand out.

    Args:
        vocabulary: holds the table.
        own: abbreviations of the review, which keep their own meaning where they are written like it.
        names: its studies' names in small letters without marks, of which a word may be the first part (``v hag``).
        authors: its first authors in small letters; the short ones get their capital.
        drugs: its drugs in small letters; three letters that only one begins with stand for it.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        own: Collection[str] = (),
        names: Collection[str] = (),
        authors: Collection[str] = (),
        drugs: Collection[str] = (),
    ) -> None:
        self._words = vocabulary.shorthand
        self._heads = frozenset(words.split(" ")[0] for words in self._words if " " in words)
        self._guarded: dict[str, list[Shortened]] = defaultdict(list)
        for each in vocabulary.guarded:
            self._guarded[each.short].append(each)
        self._own = frozenset(own)
        self._names = names
        empty = vocabulary.scaffold
        self._authors = frozenset(a for a in authors if len(a) <= _SHORT_NAME and a not in empty)
        begun: dict[str, set[str]] = defaultdict(set)
        for drug in drugs:
            if drug.isalpha() and len(drug) >= _LONG_DRUG:
                begun[drug[:_SHORT_NAME]].add(drug)
        known = {
            w
            for table in (vocabulary.measures, vocabulary.populations)
            for t in table.values()
            for w in t.abbreviations
        }
        shorts = empty.union(w.lower() for w in known)
        self._begun = {
            b: next(iter(whole)) for b, whole in begun.items() if len(whole) == 1 and b not in shorts
        }
        self._foreign = [words - empty for words in vocabulary.other_scaffold.values()]

    def written_out(self, text: str) -> str:
        """``text`` with its shorthand in full; itself where there is none."""
        for pattern, full in _GLUED:
            text = pattern.sub(full, text)
        if (shown := _replaced(text, self._found)) != text:
            text = _replaced(
                shown, self._found
            )  # what stood around a guarded one may have been shorthand, too
        for pattern, full in (*_AGES, *_ALONE):
            text = pattern.sub(full, text)
        text = _IN_DECADE.sub(lambda m: _of_decade(m).removeprefix("patients "), text)
        return _DECADE.sub(_of_decade, text)

    def _found(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where shorthand stands, and what it means."""
        chunks = [(m.start(), m.end(), m[0].lower()) for m in _CHUNK.finditer(text)]
        at = 0
        while at < len(chunks):
            n_words, shown, end = self._at(text, chunks, at)
            if n_words:
                yield chunks[at][0], end, shown
            at += n_words or 1

    def _at(self, text: str, chunks: list[tuple[int, int, str]], at: int) -> tuple[int, str, int]:
        """Words of the shorthand that begins at a chunk, what it means, and its end; 0 words for none."""
        start, end, word = chunks[at]
        following = chunks[at + 1][2] if at + 1 < len(chunks) else ""
        if text[start:end].isupper() and _DEFINING.search(text):
            return 0, "", end
        if text[start:end].strip(".'") in self._own or word + following.strip(".'") in self._names:
            return 0, "", end
        most = _MOST_WORDS if word in self._heads else 1
        for n_words in range(min(most, len(chunks) - at), 0, -1):
            end = chunks[at + n_words - 1][1]
            said = text[start:end].lower()
            for key in dict.fromkeys((said, said.rstrip("."), said.strip("'"))):
                if key in self._words and not (n_words == 1 and _is_name(text[start:end])):
                    return (
                        n_words,
                        _like(text, start, self._words[key]),
                        start + len(said.rstrip("'")) - _stop(said, key),
                    )
        bare = word.rstrip(".")
        if bare in self._authors and text[start].islower():
            return 1, bare.capitalize(), start + len(bare)
        if bare in self._begun and text[start].islower() and not self._is_foreign(bare, chunks):
            return 1, self._begun[bare], start + len(bare)
        for each in self._guarded.get(bare, ()):
            stop = start + len(bare)
            if (len(bare) > 1 or text[start].islower()) and _around(each, text[:start], text[stop:]):
                return 1, _like(text, start, each.long), stop + (text[stop : stop + 2] == ". ")
        return 0, "", end

    def _is_foreign(self, word: str, chunks: list[tuple[int, int, str]]) -> bool:
        """Whether a word is a little word of another language (``con``) of which there are more in the text."""
        told = {key_of(said) for _, _, said in chunks} - {word}
        return any(word in words and told & words for words in self._foreign)


def _stop(said: str, key: str) -> int:
    """1 where a full stop after the word is no part of it, so that it still ends the sentence."""
    return len(said) - len(key) if said.rstrip(".") == key else 0


def _is_name(word: str) -> bool:
    """Whether letters and digits in capitals look like a code of the review's own."""
    return word.isupper() and any(c.isdigit() for c in word) and len(word) > 3


def _around(each: Shortened, before: str, after: str) -> bool:
    ends = not each.before or re.search(rf"(?:{each.before})\Z", before, re.IGNORECASE)
    return bool(ends) and (not each.after or re.match(each.after, after, re.IGNORECASE) is not None)


def _like(text: str, start: int, shown: str) -> str:
    """What is meant, with a capital where a sentence begins with it in capitals."""
    capital = text[start].isupper() and text[start + 1 : start + 2].islower()
    return shown[:1].upper() + shown[1:] if capital and start == 0 else shown


def _replaced(text: str, found: Callable[[str], Iterator[tuple[int, int, str]]]) -> str:
    pieces, last = [], 0
    for start, end, shown in found(text):
        pieces += [text[last:start], shown]
        last = end
    return "".join(pieces) + text[last:] if pieces else text


def _of_decade(match: re.Match[str]) -> str:
    """``twenty-somethings`` as ``patients aged 20-29``."""
    first = 10 * (_DECADES.index(match[1].lower()) + 2)
    return f"patients aged {first}-{first + 9}"
