"""Which entries of the reference list a question means: by author, by words of the title, by journal and by where they are cited."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.lookup.lookup import Desk
from assistant.model import Reference
from assistant.question.reader import Ask
from assistant.telling.wordmatch import WordMatch, family
from assistant.text.text import ascii_key, tokens

LEAST_OF_TITLE = 0.3
"""Share of a question's words that a title must hold to be the one meant."""
PUBLICATION = re.compile(
    r"(?<!peer )\b(?:reviews?|papers?|articles?|publications?|letters?|editorials?|references?|citations?|manuscripts?"
    r"|write-?ups?|primers?|overviews?|commentar(?:y|ies)|essays?|publish\w*|wrote|written|authored)\b",
    re.IGNORECASE,
)
_THIS = re.compile(
    r"\b(?:this|your|our) (?:very )?(?:review|paper|article|publication|letter)\b", re.IGNORECASE
)
_CITED = re.compile(
    r"\b(?:that is |that are |is |are |was |were )?(?:cited|referenced|quoted|mentioned) (?:in|by|under) (?:the |its )?"
    r"(?P<section>[\w-]+)(?: section| part)?",
    re.IGNORECASE,
)
"""Says in which section an entry is cited."""
CITING = re.compile(r"\bcit(?:e|es|ed|ing)\b|\b(?:reference|citation) list\b|\bbibliograph", re.IGNORECASE)
"""Speaks of what the review cites."""
_LISTED = re.compile(
    rf"{CITING.pattern}|\b(?:among|in|of|from) the references\b|\b(?:which|what) reference\b", re.IGNORECASE
)
"""The same, or asks which entry it is."""
_BY_NAME = re.compile(
    r"(?<![\w'’-])(?:by\s+(?P<by>[^\W\d_][\w-]+)|(?P<own>[^\W\d_][\w-]+)(?:['’]s?(?!\w)|\s+et\s+al\b)"
    r"|the\s+(?P<the>[^\W\d_][\w-]+)\s+(?:review|paper|article|publication|letter|reference)\b)",
    re.IGNORECASE,
)
"""Where a name stands that may be a first author's, be it in small letters: ``by smith``, ``smith's``, ``the smith paper``."""
_OF_ENTRY = frozenset({"author", "journal", "title", "year", "page", "volume"})
_FEW = 3
_BETWEEN = frozenset({"of", "the", "and", "for", "in"})
"""Words that a journal's short title leaves out."""


class Entries:
    """Finds entries of the reference list.

    Args:
        desk: the review's facts and words.
        matching: its comparison of words.
    """

    def __init__(self, desk: Desk, matching: WordMatch) -> None:
        self.desk = desk
        self.matching = matching

    def is_meant(self, ask: Ask) -> bool:
        """Whether a question speaks of a publication by an author of the list, or in a journal of it and by its subject."""
        if ask.studies and not ask.described and ask.named.of("number", "nct", "author", "code"):
            return False
        if (
            ask.measures
            or any(v.text not in ask.years for v in ask.values)
            or _THIS.search(ask.text)
            or not PUBLICATION.search(ask.text)
        ):
            return False
        listed = _LISTED.search(ask.text) and not ask.studies
        by_subject = (self._journals(ask) or listed) and self.by_title(ask, 1, 0.0)
        return bool(self.by_author(ask) or by_subject or self.by_journal(ask))

    def by_author(self, ask: Ask) -> list[Reference]:
        """Those by an author named, first authors before others, of the years, journals and subject named if any."""
        words = [re.sub(r"['’]s?$", "", w) for w in re.findall(r"\b[^\W\d_][\w'’-]+", ask.text)]
        families = {ascii_key(w) for w in words if w[0].isupper()}
        led = families | {ascii_key(m["by"] or m["own"] or m["the"]) for m in _BY_NAME.finditer(ask.text)}
        references = self.desk.review.raw.references
        first = [r for r in references if r.authors and surname(r.authors[0]) in led]
        found = first or [r for r in references if {surname(a) for a in r.authors} & families]
        found = [r for r in found if r.year in ask.years] or found
        return [r for r in found if r.journal in self._journals(ask)] or found

    def by_title(self, ask: Ask, least: int, share: float = LEAST_OF_TITLE) -> list[Reference]:
        """The one whose title shares the weightiest words with the question, at least so many."""
        journals = self._journals(ask)
        keys = {k for k in ask.content if k not in self.desk.vocabulary.scaffold} - self._beside_title(ask)
        scored = []
        for reference in self._cited(ask):
            if journals and reference.journal not in journals:
                continue
            title = {family(t.key) for t in tokens(self._with_short_forms(reference.title))}
            shared = [k for k in keys if family(k) in title]
            scored.append(
                (sum(self.matching.rarity(k) for k in shared), len(shared), -reference.number, reference)
            )
        best = max(scored, key=lambda s: s[:3], default=None)
        return [best[3]] if best and best[1] >= max(least, len(keys) * share) else []

    def by_journal(self, ask: Ask) -> list[Reference]:
        """Those in a journal that a question names, where they are few and it is not the review's own."""
        own = next((f.value for f in self.desk.review.facts if f.attribute == "journal" and not f.study), "")
        listed = CITING.search(ask.text)
        journals = {j for j in self._journals(ask) if listed or not _named_in(j, f"in {own}")}
        found = [r for r in self._cited(ask) if r.journal in journals]
        found = [r for r in found if r.year in ask.years] or found
        return found if len(found) <= _FEW else []

    def _with_short_forms(self, title: str) -> str:
        """A title with the short forms of what it spells out, by the review's list."""
        listed = self.desk.review.raw.abbreviations.items()
        return " ".join([title, *(short for short, meaning in listed if meaning.lower() in title.lower())])

    def _journals(self, ask: Ask) -> frozenset[str]:
        """The journals of the list that a question names."""
        journals = dict.fromkeys(r.journal for r in self.desk.review.raw.references if r.journal)
        return frozenset(j for j in journals if _named_in(j, ask.text))

    def _beside_title(self, ask: Ask) -> set[str]:
        """Keys of the words of a question that name a journal, a section or a publication."""
        named = {
            w for j in self._journals(ask) if (m := _pattern(j).search(ask.text)) for w in _keys_of(m[0])
        }
        cited = _CITED.search(ask.text) if self._of_section(ask) else None
        of_list = {k for m in PUBLICATION.finditer(ask.text) for k in _keys_of(m[0])} | _OF_ENTRY
        return named | of_list | (_keys_of(cited[0]) if cited else set())

    def _cited(self, ask: Ask) -> Sequence[Reference]:
        """The entries among which a question chooses: those that the section named cites, else all."""
        return self._of_section(ask) or self.desk.review.raw.references

    def _of_section(self, ask: Ask) -> list[Reference]:
        said = _CITED.search(ask.text)
        if said is None:
            return []
        key = said["section"].lower()
        passages = [
            p for p in self.desk.review.passages if key in re.findall(r"[\w-]+", p.locator.section.lower())
        ]
        numbers = {n for p in passages for n in p.references}
        return [r for r in self.desk.review.raw.references if r.number in numbers]


def _keys_of(text: str) -> set[str]:
    return {t.key for t in tokens(text)}


def _pattern(journal: str) -> re.Pattern[str]:
    """A journal's title in full or shortened: each word begun as the list has it, ``and`` and the like left out or not."""
    words = [w for w in re.findall(r"\w+", journal) if w.lower() not in _BETWEEN]
    between = rf"[\s.,&]+(?:(?:{'|'.join(sorted(_BETWEEN))})\s+)?"
    body = between.join(rf"{re.escape(w)}\w*" for w in words)
    if len(words) > 1:
        return re.compile(rf"(?<!\w){body}", re.IGNORECASE)
    return re.compile(rf"(?<!\w){re.escape(journal)}(?!\w)")


def _named_in(journal: str, text: str) -> bool:
    """Whether a text names a journal; one of a single word only with its capital, behind ``in`` or beside ``journal``."""
    found = _pattern(journal).search(text)
    if found is None or len(re.findall(r"\w+", journal)) > 1:
        return found is not None
    return bool(
        re.search(r"\b(?:in|from|journal)(?: the)? $", text[: found.start()])
        or re.match(r" (?:paper|article|journal|abstract|supplement)\b", text[found.end() :])
    )


def surname(author: str) -> str:
    """An author's family name in small letters without marks."""
    return ascii_key(author.rsplit(" ", 1)[0])
