"""Whether a message asks for the words behind short forms, or for the short form of words, however it is put.

What a message says beside a short form of the review's list tells: words about words (``spelled``, ``legend``,
``stands for``) or none at all ask for its meaning; a word with a meaning of its own asks for something else.
"""

from __future__ import annotations

from collections.abc import Iterable

from assistant import lazy_re as re
from assistant.corpus.corpus import Review
from assistant.names.studies import squeeze
from assistant.question.words import FUNCTION_WORDS
from assistant.text.text import key_of, tokens

ABOUT_WORDS = frozenset(
    key_of(w)
    for w in (
        "abbreviation abbreviations abbreviate abbreviated acronym acronyms cheat cut decode decoded decipher definition denote "
        "denotes denoted expand expanded expansion flashcard forget forgetting forgot full glossary initials initialism legend letter "
        "letters long mean meaning means meant name remember remind shorten shortened shortens shorthand short spell spelled "
        "spells spelling spelt stand stands term terminology terms translate translated unabbreviated unpack unpacked version "
        "word words write written wrote refer refers"
    ).split()
)
"""Keys of words by which one speaks of words."""
_ASIDE = frozenset(
    key_of(w) for w in "earth heck hell home sheet card thesis poster footnote caption quiz".split()
)
"""Keys of words that only stand around such a question: ``what on earth is``, ``when it is at home``."""
_ASKS_MEANING = re.compile(
    r"\b(?:stands?|stood|short|abbreviat\w*|acronym|initials) (?:for|of)\b"
    r"|\b(?:long|full|complete|whole) (?:form|version|name|words?|term)s?\b"
    r"|\b(?:spell|spelled|spelt|spells|write|written|writing) (?:[\w-]+ ){0,4}?(?:out|in full)\b"
    r"|\b(?:in|as|which|what|full) words\b|\bunpack(?:ed)?\b"
    r"|\b(?:decoded?|expand(?:ed)?|decipher|unabbreviated|glossary|legend|flashcard)\b"
    r"|\b(?:meaning|definition|expansion)\b|\bmeans\b|\b(?:do|does|did)\b.{1,40}\bmean\b|\bdenotes?\b|\bthe letters\b|\bwhat letters say\b"
    r"|\bwhat(?:'s| is| are| does| do| was| were) behind\b"
    r"|\b(?:what|who)(?:'s| is| are) (?:[^\s?]+ ){1,3}again\b|\bwas what again\b"
    r"|\bagain\W+what (?:is|are)\b|\bwhat on earth (?:is|are)\b|\bat home\b|\bwhat (?:do|does) \S+ [a-z]+ for\W*$"
    r"|\b(?:forget|forgot|forgotten|forgetting|remember) what\b",
    re.IGNORECASE,
)
"""Asks what a short form means."""
_EQUALS = re.compile(r"(?<![\w/+-])([\w/+-]+)['\"]?\s*=\s*\?")
"""Asks for what the word right before it is."""
_ASKS_SHORT = re.compile(
    r"\babbreviat\w*|\bacronyms?\b|\binitials\b|\bshort(?:en\w*|hand)\b|\b(?:short|cut|boil)\w* (?:down )?to\b"
    r"|\bshort (?:for|form|name|version|term|way)\b|\b(?:which|what) letters\b",
    re.IGNORECASE,
)
"""Asks for the short form of words."""
_OPEN = re.compile(
    r"\b(?:what|who)(?:'s| is| are)\b|\bwhat (?:was|were)\b.{0,40}\bagain\b|\bgoes (?:on|in|under|behind)\b|\bcard\b",
    re.IGNORECASE,
)
"""Asks what something is."""
_RESULT = re.compile(
    r"\bhow (?:many|much|often|long|common|frequent|high|was|were|did)\b"
    r"|%|\d|\brates?\b|\b(?:was|were)\b(?!.{0,30}\bagain\b)",
    re.IGNORECASE,
)
"""Asks for a figure of it."""
_OR = re.compile(r"\bor\b", re.IGNORECASE)
_THESE = re.compile(
    r"\b(?:these|those|the|both|said|two|three|four)(?: (?:two|three|four))? (?:of )?(?:abbreviations|acronyms|short forms|initials"
    r"|short ?hands)\b",
    re.IGNORECASE,
)
"""Points to short forms that a sentence before has named."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_SHORT_FORM = re.compile(r"(?<![\w/+-])[A-Za-z][\w/+-]*(?![\w+])")


class ShortForms:
    """The short forms of a review's list, as messages use them.

    Args:
        review: the review.
        scaffold: keys of words that say nothing by themselves.
    """

    def __init__(self, review: Review, scaffold: Iterable[str]) -> None:
        self._listed = review.raw.abbreviations
        self._entries = {squeeze(short): short for short in self._listed}
        self._empty = frozenset(scaffold) | FUNCTION_WORDS | _ASIDE
        self._full = {s: " ".join(t.key for t in tokens(meaning)) for s, meaning in self._listed.items()}
        self._measured = frozenset(s for s in self._listed if any(s == f.attribute for f in review.facts))

    def meant(self, message: str) -> list[str]:
        """The short forms whose words a message asks for, in its order; empty where it asks for something else."""
        found = self.named(message)
        if not found:
            return []
        asking = _SENTENCE.split(message.strip())[-1]
        points = bool(_THESE.search(asking)) and not self.named(asking)
        rest = self._beside(asking if points else message, found)
        if rest - ABOUT_WORDS:
            return []
        equals = any(squeeze(m[1]) in map(squeeze, found) for m in _EQUALS.finditer(message))
        if equals or _ASKS_MEANING.search(message) or self._doubts(message, found):
            return found
        plain = not _RESULT.search(message) and not self._measured & set(found)
        return found if plain and _OPEN.search(message) else []

    def shortened(self, message: str) -> str:
        """The short form of the words that a message asks one for; "" where it asks for something else."""
        spelled = self.spelled(message)
        if not spelled or not self.asks_short(message):
            return ""
        rest = self._beside(message, [spelled])
        return "" if rest - ABOUT_WORDS else spelled

    @staticmethod
    def asks_short(text: str) -> bool:
        """Whether a text asks for the short form of words."""
        return bool(_ASKS_SHORT.search(text))

    def _doubts(self, message: str, shorts: Iterable[str]) -> bool:
        """``OS - overall survival or something else?``: whether words that a short form has are weighed against others."""
        said = {t.key for t in tokens(message)}
        own = {k for s in shorts for k in self._full[s].split()} - self._empty
        return bool(_OR.search(message)) and bool(own & said)

    def named(self, text: str) -> list[str]:
        """The short forms that a text uses, in its order."""
        found = []
        for match in _SHORT_FORM.finditer(text):
            word = match[0].rstrip("-/")
            own = squeeze(word)
            short = self._entries.get(own) or (self._entries.get(own[:-1]) if own.endswith("s") else None)
            written = short is not None and (word in {short, f"{short}s"} or not self._is_word(word))
            if short and written:
                found.append(short)
        return list(dict.fromkeys(found))

    def _is_word(self, word: str) -> bool:
        """Whether letters make an everyday word, and a short form only in capitals."""
        return key_of(word) in self._empty

    def spelled(self, message: str) -> str:
        """The entry whose words a message spells out, the longest first; "" for none."""
        said = " ".join(t.key for t in tokens(message))
        held = [
            s
            for s, full in self._full.items()
            if full and full in said and re.search(rf"(?<!\w){re.escape(full)}(?!\w)", said)
        ]
        return max(held, key=lambda s: len(self._full[s]), default="")

    def _beside(self, message: str, shorts: Iterable[str]) -> set[str]:
        """Keys of what a message says beside some short forms and their words."""
        own = {t.key for s in shorts for text in (s, self._listed[s]) for t in tokens(text)}
        own |= {t.key for s in shorts for t in tokens(f"{s}s")}
        said = {t.key for t in tokens(message)}
        return {
            k for k in said if k[:1].isalnum() and k not in own and (k in ABOUT_WORDS or k not in self._empty)
        }


def capitals(text: str) -> list[str]:
    """The words of a text that are written like a short form."""
    return [w for w in re.findall(r"[\w/+-]+", text) if sum(c.isupper() for c in w) > 1]


def has_parts(text: str) -> bool:
    """Whether a text names more than one thing, and is not only the full form of a short one."""
    return " stands for " not in text or bool(re.search(r"[,+/]|\b(?:and|plus|with)\b", text))


def full_form(short: str, before: str) -> str:
    """The words just before a short form in brackets whose initials it is made of; "" where they are not.

    The shortest run of words that holds the short form's letters in order, its first letter beginning the
    first word (Schwartz and Hearst, PSB 2003).
    """
    letters = [c for c in short.lower() if c.isalnum()]
    words = re.findall(r"[^\s]+", before)
    for n in range(1, min(len(words), len(letters) + 5) + 1):
        run = " ".join(words[-n:]).strip(" ,;:")
        if run[:1].lower() == letters[0] and _in_order(letters, run.lower()) and len(run) > len(short) + 2:
            return run
    return ""


def _in_order(letters: list[str], text: str) -> bool:
    at = 0
    for letter in letters:
        at = text.find(letter, at) + 1
        if not at:
            return False
    return True


def lower_first(meaning: str) -> str:
    """What a short form means as it stands in a sentence: without its capital, but for names."""
    words = meaning.split(" ")
    proper = any(w[:1].isupper() for w in words[1:]) or words[0].endswith("'s")
    if len(words) > 1 and words[0][1:].islower() and not proper:
        words[0] = words[0].lower()
    return " ".join(words)
