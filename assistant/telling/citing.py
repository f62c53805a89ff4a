"""Answers from the reference list and the front matter: entries, their details, and the review's own."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.draft import Draft, Line, answered, declined
from assistant.lookup.lookup import Desk
from assistant.model import Kind, Passage, Reference
from assistant.question.reader import Ask
from assistant.say import joined
from assistant.telling.entries import CITING, Entries
from assistant.telling.wordmatch import WordMatch
from assistant.text.text import tokens

MOST_OF_TITLE = 0.6
"""The same where a study could be meant as well."""

_FRONT = (
    ("authors", r"(?<!corresponding )\bauthors?\b|\bwho wrote\b|\bwritten by\b|\bwho (?:are|is|were)\b"),
    ("doi", r"\bdoi\b"),
    ("licence", r"\blicen[cs]e\b|\bcopyright\b|\bopen access\b|\breuse\b|\bcreative commons\b"),
    ("title", r"\btitle\b|\bcalled\b|\b(?:meeting|conference|congress)\b"),
    ("volume", r"\bvolume\b"),
    ("issue", r"\bissue\b"),
    ("pages", r"\bpages?\b|\barticle number\b"),
    ("journal", r"\bjournal\b|\bwhere\b.*\bpublished\b|\bpublished (?:in|where)\b|\bappear\w*\b"),
    ("year", r"\byear\b|\bwhen\b.*\bpublished\b"),
)
_OF_THE_DAY = ("year", "journal", "volume", "issue", "pages")
"""Entries that the words for a day of publication name as well."""
_OF_IT = frozenset("letter review article paper manuscript publication meeting conference write".split())
"""Keys of words for the review itself and what it came from."""
_DETAILS = (
    (
        "title",
        r"\btitled?\b|\bcalled\b|\b(?:topic|subject)\b"
        r"|(?<!\bpaper )(?<!\breview )(?<!\barticle )(?<!\bletter )(?<!\bpublication )\babout\b",
    ),
    (
        "number",
        r"\breference (?:no\.?|number)\b|\bwhich reference\b|\bnumber in the reference\b|\bwhat reference\b"
        r"|\bnumber\b.{0,60}\b(?:reference list|bibliography|list of references)\b"
        r"|\b(?:reference list|bibliography|list of references)\b.{0,60}\bnumber\b"
        r"|\bwhere\b.{0,60}\b(?:in|on) the (?:reference list|bibliography|list of references)\b",
    ),
    ("journal", r"\bjournal\b|\bwhere\b|\bpublished\b|\bappear|\bpages?\b"),
    ("year", r"\byear\b|\bwhen\b|\bjournal\b|\bpublished\b|\bdated?\b"),
    ("volume", r"\bvolume\b|\bissue\b"),
    ("pages", r"\bpages?\b"),
    ("doi", r"\bdoi\b"),
)
_FIRST_AUTHOR = re.compile(
    r"\bfirst authors?\b|\bwho (?:led|ran|is behind|presented|conducted|did)\b|\blead author\b", re.IGNORECASE
)
_WHEN = re.compile(r"\b(?:when|dates?|day|how long ago|since when)\b", re.IGNORECASE)
_DATED = (
    (
        "accepted",
        r"\baccept\w*|\b(?:sa(?:y|id)|g[ai]ve|giving)\b.{0,20}\b(?:yes|ok|okay|go-ahead|green light|nod)\b|\bgreen light\b"
        r"|\bpass(?:ed)? (?:peer )?review\b|\bapproved for (?:print|publication)\b|\bcleared (?:peer )?review\b",
    ),
    (
        "received",
        r"\breceiv\w*|\bsubmi\w*|\b(?:hand|handed|turn|turned|send|sent)(?: \w+){0,3} (?:in|over)\b"
        r"|\b(?:reach|reached|arrive|arrived)\b.*\b(?:journal|editors?|editorial office)\b",
    ),
    (
        "published",
        r"\bpublish\w*|\bpublication\b|\b(?:come|came|go|went) (?:out|online|to print|to press)\b"
        r"|\bappear\w*|\bgo live\b|\bprinted\b|\breleased\b",
    ),
)
"""What happens to a manuscript, by the words that ask for its day."""
_DATE = r"(?:\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+|[A-Z][a-z]+ \d{1,2},?) (?:19|20)\d\d"
_ON_ITSELF = r"\b(?:letter|review|article|paper|report)\b.*"
_AUTHORS = re.compile(
    r"\b(?:co-?)?authors?\b|\bwho (?:wrote|published|authored|are|were)\b|\bwhose\b|\bby whom\b|\bwho (?:is|was) (?:it|that) by\b",
    re.IGNORECASE,
)

_REFERENCE_NUMBER = re.compile(
    r"(?:\bref(?:erence)?s?\.?\s*(?:no\.?|number)?\s*#?|\[|\b(?:item|entry)\s+(?:no\.?\s+|number\s+)?"
    r"(?=\d+\s+(?:in|of|on)\s+the\s+(?:reference|bibliograph)))(\d{1,3})\]?",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(
    r"how many (?:\w+ ){0,2}?(?:references|sources|papers|citations)|number of references"
    r"|how long is the reference list",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"\bauthors? (?:\w+ )?(?:conclude|say|think|find|found|report|suggest|recommend|believe|state"
    r"|stress|expect|argue|explain|want|hope|see|warn|admit|acknowledg|conced|note|point|mention|raise|caution|identif|consider"
    r"|propos|regard)\w*|\bdo the authors\b",
    re.IGNORECASE,
)
"""Asks what the review says, by way of its authors."""
_ITS_WORDS = re.compile(
    r"\b(?:does|do|did)\b.{1,60}\b(?:say|find|report|show|conclude|claim|argue|recommend|state|suggest|write)\b",
    re.IGNORECASE,
)
"""Asks for what a publication says."""
_ENTRY_ON = re.compile(
    r"\b(?:references?|papers?|articles?|citations?) (?:is |are )?(?:on|about|dealing with|concerning|for)\b"
    r"|\bcited (?:for|on|about|with|(?:[\w-]+ ){1,3}?(?:papers?|articles?|reviews?|publications?|references?))\b",
    re.IGNORECASE,
)
"""Asks for an entry of the reference list by its subject, be it one word."""
_ONLY_JOURNAL = re.compile(
    r"\b(?:which|what|name of the) journal\b(?!.*\b(?:when|year|volume|issue|pages?)\b)", re.IGNORECASE
)
"""Asks for the journal and for nothing beside it."""
_IN_PROSE = re.compile(
    r"\binterests?\b|\bfund\w*|\breceiv\w*|\baccept\w*|\bsubmi\w*|\bwhat day\b|\bexact date\b",
    re.IGNORECASE,
)
"""Asks for what a review says of itself in sentences, not in its front matter."""
_PAID = re.compile(
    r"\b(?:supported|funded|financed|sponsored|paid for) by\b|\b(?:received|no) funding\b|\bgrants? (?:from|of|by)\b",
    re.IGNORECASE,
)
"""Says who paid."""
_OF_A_REFERENCE = re.compile(
    r"\breview(?:ed)?\b.*\bcited\b|\bref(?:erence)?s?\.?\s*\d|how many"
    r"|\bthe (?:cited )?(?:paper|article|report|publication) (?:about|on|describing|dealing with|that)\b"
    r"|\b(?:item|entry|number|no\.?)\s+\d+\s+(?:in|of|on)\s+the\s+(?:reference|bibliograph)",
    re.IGNORECASE,
)


class Citer:
    """Finds entries of the reference list and of the front matter.

    Args:
        desk: the review's facts and words.
        matching: its comparison of words.
    """

    def __init__(self, desk: Desk, matching: WordMatch) -> None:
        self.desk = desk
        self.entries = Entries(desk, matching)

    def refer(self, ask: Ask) -> Draft | None:
        """The reference asked for, or a detail of it; or of the review itself."""
        if self._is_on_review(ask) and (dated := self._day(ask)) is not None:
            journal = re.search(r"\bjournal\b", ask.focus, re.IGNORECASE)
            besides = [e for e in _OF_THE_DAY if e != "journal" or not journal]
            beside = self._front(ask, besides)  # "when did it come out, and who wrote it?"
            return answered([dated, *(beside.lines if beside else ())])
        if _OPINION.search(ask.focus) or _IN_PROSE.search(ask.focus):
            return None
        if _HOW_MANY.search(ask.focus):
            return self._count()
        own = (ask.has("review") and not ask.studies) or self.is_of_review(ask)
        own = own and not _OF_A_REFERENCE.search(ask.focus) and not self.entries.is_meant(ask)
        if own and not self.entries.by_author(ask):
            front = self._front(ask)
            if front is not None:
                return front
        numbers = [int(n) for n in _REFERENCE_NUMBER.findall(ask.focus)]
        beyond = [n for n in numbers if not self.desk.review.reference(n)]
        if beyond and len(beyond) == len(numbers):
            return declined(f"The reference list has no entry {beyond[0]}.")
        found = self._found(ask, numbers)
        if not found and ask.unheard:
            names = joined([f"“{w}”" for w in ask.unheard[:3]], "or")
            return declined(f"The reference list has nothing by or about {names}.")
        if not found:
            return None
        return answered([self._line(r, s, ask) for r, s in found], [s for _, s in found if s])

    def first_authors(self, ask: Ask, studies: Sequence[str]) -> list[Line]:
        """The first author of each study, by its entry of the list; none where those are not asked for."""
        entries = [(self.desk.review.reference(self.desk.speaker.study(s).reference), s) for s in studies]
        if not _FIRST_AUTHOR.search(ask.focus) or any(r is None or not r.authors for r, _ in entries):
            return []
        return [self._line(r, s, ask) for r, s in entries if r is not None]

    def is_of_entry(self, ask: Ask) -> bool:
        """Whether a question asks for a detail of an entry of the list, which it names by its author, or journal and subject."""
        detail = any(re.search(pattern, ask.text, re.IGNORECASE) for _, pattern in _DETAILS)
        author = _FIRST_AUTHOR.search(ask.text) or _AUTHORS.search(ask.text)
        if (
            not (detail or author or CITING.search(ask.text))
            or _ITS_WORDS.search(ask.focus)
            or ask.has("yes_no", "why", "count_studies")
        ):
            return False
        return self.entries.is_meant(ask)

    # -- the review itself ---------------------------------------------------------------------

    def funding(self, ask: Ask) -> Draft | None:
        """The sentence that says who paid for the review; None where another payer is asked for, or none is told."""
        if ask.characteristics != ("sponsor",) or ask.measures or (ask.studies and not ask.has("review")):
            return None
        sentences = (
            p for p in self.desk.review.passages if p.locator.kind is Kind.SENTENCE and not p.studies
        )
        told = next((p for p in sentences if _PAID.search(p.text)), None)
        return answered([Line(told.text, ((told.id, ""),), verbatim=True)]) if told else None

    def is_of_review(self, ask: Ask) -> bool:
        """Whether a question asks for an entry of the front matter and names nothing else: ``the DOI?``."""
        if ask.studies or ask.named.names or ask.named.missing or ask.measures or ask.values or ask.inherited:
            return False
        asked = " ".join(m[0].lower() for _, p in _FRONT for m in re.finditer(p, ask.focus, re.IGNORECASE))
        if not asked or ask.times or ask.has("list", "count_studies", "yes_no", "why"):
            return False
        words = {t.key for t in tokens(asked)} | self.desk.vocabulary.scaffold | _OF_IT
        return all(key in words for key in ask.content)

    @staticmethod
    def _is_on_review(ask: Ask) -> bool:
        """Whether a question speaks of the review itself, and names no study."""
        return (
            ask.has("review")
            and not [n for n in ask.named.names if n.kind != "topic"]
            and (ask.described or not ask.studies)
        )

    def _count(self) -> Draft:
        references = [p for p in self.desk.review.passages if p.locator.kind is Kind.REFERENCE]
        line = Line(
            f"The review cites {len(references)} references.", ((references[-1].id, ""),), verbatim=True
        )
        return answered([line]) if references else declined("The review has no reference list.")

    def _front(self, ask: Ask, besides: Sequence[str] = ()) -> Draft | None:
        """What the front matter has of what is asked for, leaving out the entries ``besides``."""
        facts = {f.attribute: f for f in self.desk.review.facts if not f.study and f.attribute not in besides}
        asked = [
            entry
            for entry, pattern in _FRONT
            if entry in facts and re.search(pattern, ask.focus, re.IGNORECASE)
        ]
        if "journal" in asked and not _ONLY_JOURNAL.search(ask.focus):
            asked += [entry for entry in ("year", "volume", "pages") if entry in facts]
        if asked:
            wanted = [facts[entry] for entry in dict.fromkeys(asked)]
            text = "; ".join(f"{f.attribute} {f.value}" for f in wanted)
            return answered(
                [
                    Line(
                        f"Of the review: {text}.",
                        tuple((f.passage, "") for f in wanted),
                        tuple(wanted),
                        verbatim=True,
                    )
                ]
            )
        if re.search(
            r"\bcite (?:this|the)\b|\bcitation\b|\breference for (?:this|the) review\b",
            ask.focus,
            re.IGNORECASE,
        ):
            wanted = [
                facts[k]
                for k in ("authors", "title", "journal", "year", "volume", "pages", "doi")
                if k in facts
            ]
            text = ". ".join(f.value.rstrip(".") for f in wanted)
            return answered(
                [Line(text + ".", tuple((f.passage, "") for f in wanted), tuple(wanted), verbatim=True)]
            )
        return None

    def _day(self, ask: Ask) -> Line | None:
        """The sentence with the day that is asked for; None where none is, or the review does not say."""
        if not _WHEN.search(ask.focus):
            return None
        asked = [said for said, pattern in _DATED if re.search(pattern, ask.focus, re.IGNORECASE)]
        found = [line for said in asked if (line := self._dated(said))]
        if len(found) > 1:
            return Line(
                self.desk.selector.places[found[0].support[0][0]].quote, found[0].support, verbatim=True
            )
        return found[0] if found else None

    def _dated(self, said: str) -> Line | None:
        """The sentence that gives the day on which the review itself was published, received or accepted."""
        day = re.compile(rf"{_ON_ITSELF}\b{said}\b.{{0,20}}{_DATE}")
        for sentence in self.desk.review.passages:
            own = sentence.locator.kind is Kind.SENTENCE and not sentence.studies
            if own and day.search(sentence.quote):
                dated = re.search(rf"\b{said}\b.{{0,20}}?{_DATE}", sentence.quote)
                text = f"The review was {dated[0]}." if dated else sentence.quote
                return Line(text, ((sentence.id, ""),), verbatim=not dated)
        return None

    # -- the list ------------------------------------------------------------------------------

    def _found(self, ask: Ask, numbers: Sequence[int]) -> list[tuple[Reference, str]]:
        """The references asked for, by number, author, words of the title or study; each with its study."""
        review = self.desk.review
        found = [r for n in numbers if (r := review.reference(n))]
        if not found:
            found = self.entries.by_author(ask)
        if not found and not ask.named.of("number", "nct", "author"):
            found = self.entries.by_title(ask, 3) or self.entries.by_title(ask, 2, MOST_OF_TITLE)
        of_entry = not found and self.is_of_entry(ask)
        if not found and ask.studies and not (ask.described or of_entry):
            found = [r for s in ask.studies if (r := review.reference(self.desk.speaker.study(s).reference))]
        if not found:
            found = self.entries.by_title(ask, 1 if of_entry or _ENTRY_ON.search(ask.focus) else 2)
        if not found and of_entry:
            found = self.entries.by_journal(ask)
        if not found and len(ask.studies) == 1 and "authors" in ask.characteristics:
            found = [r for s in ask.studies if (r := review.reference(self.desk.speaker.study(s).reference))]
        of_study = {s.reference: s.id for s in review.studies if s.reference}
        return [(r, of_study.get(r.number, "")) for r in found]

    def _line(self, reference: Reference, study: str, ask: Ask) -> Line:
        passage = self._passage(str(reference.number))
        who = self.desk.name(study) if study else f"Reference {reference.number}"
        parts = self._parts(reference, ask.text)
        if not parts and ask.inherited:  # "and the one by A?": what the turn before asked
            parts = self._parts(reference, " ".join(ask.characteristics))
        shown = "; ".join(parts) + "." if parts else reference.text
        return Line(f"{who}: {shown}", ((passage.id, study),), verbatim=True)

    @staticmethod
    def _parts(reference: Reference, question: str) -> list[str]:
        """The details asked for, in the words the verifier knows."""
        first = reference.authors[0] if reference.authors else ""
        issue = f" ({reference.issue})" if reference.issue else ""
        said = {
            "title": f"title “{reference.title}”",
            "number": f"number {reference.number} of the reference list",
            "journal": f"published in {reference.journal}" if reference.journal else "",
            "year": reference.year,
            "volume": f"volume {reference.volume}{issue}" if reference.volume else "",
            "pages": f"pages {reference.pages}" if reference.pages else "",
            "doi": f"doi {reference.doi}" if reference.doi else "",
        }
        parts = [f"first author {first}"] if _FIRST_AUTHOR.search(question) and first else []
        if not parts and _AUTHORS.search(question):
            parts = [f"authors {', '.join(reference.authors)}"]
        return parts + [
            said[d] for d, pattern in _DETAILS if said[d] and re.search(pattern, question, re.IGNORECASE)
        ]

    def _passage(self, entry: str) -> Passage:
        return next(
            p
            for p in self.desk.review.passages
            if p.locator.kind is Kind.REFERENCE and p.locator.entry == entry
        )
