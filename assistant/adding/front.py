"""Title, authors, journal, year, DOI and licence out of the text of an article's first page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.adding.licences import licence_in

_DOI = re.compile(
    r"(?:doi\.org/|doi:?\s*)(10\.\d{4,9}/[^\s\"<>,;)\]]+)|\b(10\.\d{4,9}/[^\s\"<>,;)\]]+)", re.IGNORECASE
)
_PLACE = re.compile(
    r"(?P<journal>[A-Z][A-Za-z&.,:'’ -]{3,70}?)[\s,.;]*(?:\((?P<y1>(?:19|20)\d\d)\)|\b(?P<y2>(?:19|20)\d\d)\b"
    r")[\s,;:]+(?:[Vv]ol(?:ume|\.)?\s*)?(?P<volume>\d{1,4})\s*"
    r"(?:\((?P<issue>[\w ]{1,12})\))?\s*[:,]\s*(?:[Pp]ages?\s*|[Aa]rticle\s*)?(?P<pages>[a-zA-Z]?\d+(?:\s*[-\u2013]\s*[a-zA-Z]?\d+)?)"
)
_RUNNING = re.compile(
    r"(?P<authors>[A-Z\u00c0-\u017d][\w'’\u00c0-\u024f-]+(?:\s+(?:and|&)\s+[A-Z\u00c0-\u017d][\w'’\u00c0-\u024f-]+|"
    r"\s+et al\.?)?)[\s,:.]{1,4}"
    r"(?P<journal>[A-Z][A-Za-z&.,:'’ -]{3,70}?)\s*\(?(?P<year>(?:19|20)\d\d)\)?[\s,;]+(?P<volume>\d{1,4})\s*[:,]\s*(?P<pages>[a-zA-Z]?\d+)"
)
_DATED = re.compile(
    r"(?:[Pp]ublished(?: online)?|[Aa]ccepted|©|[Cc]opyright|\([Cc]\))[^\d\n]{0,40}(?:\d{1,2}\s+)?(?:[A-Z][a-z]+\.?\s+"
    r")?(?:\d{1,2},?\s+)?((?:19|20)\d\d)"
)
_WORD = (
    r"(?:[A-Z\u00c0-\u017d][\w'’\u00c0-\u024f-]*\.?|(?:van|von|de|der|den|del|della|da|di|la|le|el|al|ten|ter|dos|bin|ibn"
    r")\b|[A-Z]\.?-?[A-Z]?\.?)"
)
_PERSON = re.compile(rf"{_WORD}(?:\s+{_WORD}){{1,5}}")
_DEGREE = re.compile(
    r",?\s+\b(?:MD|M\.D\.|PhD|Ph\.D\.|MSc|MS|MPH|BSc|DrPH|FRCP\w*|MBBS|MBChB|DO|PharmD|RN|Dr\.|Prof\.?)\b\.?"
)
_NO_PERSON = re.compile(
    r"\b(?:University|Hospital|Department|Institute|Center|Centre|School|College|Division|Journal|Correspond\w+|Abstract|"
    r"Received|Accepted|Open|Access|Article|"
    r"Letter|Review|Research|Editor|Oncology|Leukemia|Lymphoma|Blood|Medicine|Clinical|Trial|Study|Patients|Therapy|"
    r"Treatment|Phase|Cell|USA|China|Table|Figure)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Front:
    """What stands before the article proper; "" for what is not told."""

    title: str = ""
    authors: tuple[str, ...] = ()
    journal: str = ""
    year: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    licence: str = ""


def completed(front: Front, opening: Sequence[str], whole: str, debris: Sequence[str] = ()) -> Front:
    """``front`` with what the lines before the abstract, and the text up to the references, tell.

    Args:
        front: What is known already; it is kept.
        opening: Lines or paragraphs before the abstract or the first section.
        whole: The text without its list of references.
        debris: Running heads.
    """
    first = "\n".join(opening) or whole[:2500]
    running = next((m for line in debris if (m := _RUNNING.search(line))), None)
    if running and not front.journal:
        told = running.groupdict()
        year = front.year or told["year"]
        front = replace(
            front, journal=told["journal"].strip(" ,"), year=year, volume=told["volume"], pages=told["pages"]
        )
        if not front.authors and not any(map(names_in, opening)):
            front = replace(
                front,
                authors=tuple(re.split(r"\s+(?:and|&)\s+", re.sub(r"\s+et al\.?", "", running["authors"]))),
            )
    doi = front.doi or _first_doi(first) or _first_doi(whole[:6000])
    place = None if front.journal else _PLACE.search(first) or _PLACE.search(whole)
    dated = _DATED.search(first) or _DATED.search(whole)
    year = front.year or (place and (place["y1"] or place["y2"])) or (dated[1] if dated else "")
    found = replace(front, doi=doi, year=year or "", licence=front.licence or licence_in(whole))
    if place and not front.journal:
        journal = re.sub(
            r"^.*\bet al\.?,?\s*|^(?:[A-Z][a-z]+ and [A-Z][a-z]+)\s{2,}", "", place["journal"]
        ).strip(" ,.;:")
        found = replace(
            found, journal=journal, volume=front.volume or place["volume"], issue=front.issue or place["issue"] or "",
            pages=front.pages or re.sub(r"\s", "", place["pages"]),
        )  # fmt: skip
    if not found.authors:
        found = replace(found, authors=_authors(opening, found.title))
    return found


def _first_doi(text: str) -> str:
    match = _DOI.search(text)
    return (match[1] or match[2]).rstrip(".") if match else ""


def _authors(opening: Sequence[str], title: str) -> tuple[str, ...]:
    """The names of the first line that is mostly names."""
    for line in opening[:40]:
        if line.strip() == title.strip():
            continue
        names = names_in(line)
        if names:
            return names
    return ()


def names_in(line: str) -> tuple[str, ...]:
    """``Family Initials`` of each person, where ``line`` is a list of persons; else none."""
    bare = _DEGREE.sub("", re.sub(r"^(?:Authors?:|By)\s+", "", line))
    bare = re.sub(
        r"\[[^\]]*\]|\([^)]*\)|[\d*†‡§¶⁰¹²³⁴⁵⁶⁷⁸⁹✉#∗]+(?:\s*,\s*[\d*†‡§¶⁰¹²³⁴⁵⁶⁷⁸⁹]+)*|\b[a-e]\b", " ", bare
    )
    pieces = [re.sub(r"\s+", " ", p).strip(" .,;") for p in re.split(r"[,;•·|]|\band\b|&|\s{3,}", bare)]
    pieces = [p for p in pieces if p]
    persons = [p for p in pieces if _PERSON.fullmatch(p) and not _NO_PERSON.search(p)]
    if not persons or len(persons) < 0.8 * len(pieces) or (len(persons) == 1 and len(line) > 60):
        return ()
    return tuple(_family_first(p) for p in persons)


def _family_first(person: str) -> str:
    words = person.split()
    if re.fullmatch(r"(?:[A-Z]\.?-?){1,4}", words[-1]) and len(words[0]) > 2:
        return f"{' '.join(words[:-1])} {re.sub(r'[.-]', '', words[-1])}"
    at = len(words) - 1
    while at > 1 and words[at - 1].islower():
        at -= 1
    initials = "".join(part[0] for word in words[:at] for part in re.split(r"[-.]", word) if part)
    return f"{' '.join(words[at:])} {initials.upper()}"
