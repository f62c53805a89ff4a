"""One printed reference taken apart: authors, title, journal, year, volume, pages, DOI."""

from __future__ import annotations

import re

from assistant.adding.article import Entry

_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:?\s*)?(10\.\d{4,9}/[^\s\"<>]+)", re.IGNORECASE)
_FAMILY = (
    r"(?:(?:van|von|de|der|den|del|da|di|la|le|el|al|ten|ter|dos|Mc|Mac|O['’])[\s-]?"
    r")*[A-Z\u00c0-\u017d][\w'’\u00c0-\u024f-]*(?:[\s-][A-Z\u00c0-\u017d][\w'’\u00c0-\u024f-]+)*"
)
_NAME = re.compile(
    rf"(?P<family>{_FAMILY}),?\s+(?P<given>(?:[A-Z]\.?[\s-]?){{1,4}})(?:\s+(?:Jr|Sr|II|III)\b\.?)?(?=\s*(?:,|;|&|\band\b|\.|"
    rf":|\(|$|et al))"
)
_REVERSED = re.compile(
    rf"(?P<given>(?:[A-Z]\.[\s-]?){{1,4}})\s*(?P<family>{_FAMILY})(?=\s*(?:,|;|&|\band\b|\.|:|\(|$|et al))"
)
_BETWEEN = re.compile(r"\s*(?:,\s*(?:and|&)\s+|,|;|\band\b|&)\s*")
_ET_AL = re.compile(r"[,;]?\s*(?:et\s+al\b\.?|and others|…\s*)", re.IGNORECASE)
_YEAR = re.compile(r"\(?\b((?:19|20)\d\d)[a-z]?\b\)?")
_PLACE = re.compile(
    r"(?P<volume>\d{1,4})\s*(?:\(\s*(?P<issue>[^()]{1,30})\)|,?\s*no\.\s*(?P<no>\d+))?\s*[:,]\s*(?:pp?\.\s*)?"
    r"(?P<pages>[A-Za-z]{0,3}\d+[\w.]*(?:\s*[-\u2010-\u2015]\s*[A-Za-z]{0,3}\d+)?)"
)


def parse_entry(number: int, text: str) -> Entry:
    """The reference that ``text`` prints; what cannot be told apart stays in its title."""
    text = re.sub(r"\s+", " ", text).strip()
    doi = _DOI.search(text)
    bare = (text[: doi.start()] + text[doi.end() :]) if doi else text
    bare = re.sub(
        r"\[(?:PubMed|CrossRef|Google Scholar|PMC[^\]]*|DOI[^\]]*)\]", "", bare, flags=re.IGNORECASE
    )
    bare = re.sub(r"https?://\S+|PMID:?\s*\d+|PMCID:?\s*\w+|\bEpub\b.*$", "", bare).strip(" .;,")
    authors, rest = _authors(bare)
    year = _year(rest) or _year(bare)
    rest = re.sub(r"^\s*[(\[]?(?:19|20)\d\d[a-z]?[)\]]?\s*[.,:;]?\s*", "", rest.lstrip(" .,:;"))
    title, after = _title(rest)
    place = _PLACE.search(_YEAR.sub("", after, count=1)) or _PLACE.search(after)
    journal = re.split(r"\s*(?:\(?\b(?:19|20)\d\d\b|(?<!\w)\d{1,4}\s*[(:,])", after)[0].strip(" .,;:")
    return Entry(
        number,
        authors,
        title.strip(" .") or bare,
        re.sub(r"^In:?\s+", "", journal)[:120],
        year,
        place["volume"] if place else "",
        (place["issue"] or place["no"] or "") if place else "",
        re.sub(r"\s+", "", place["pages"]).rstrip(".") if place else "",
        doi[1].rstrip(".,;)]") if doi else "",
    )


def _year(text: str) -> str:
    years = _YEAR.findall(text)
    return years[-1] if years else ""


def _authors(text: str) -> tuple[tuple[str, ...], str]:
    """``Family, Initials`` of each author, and what follows them."""
    for pattern in (_NAME, _REVERSED):
        names: list[str] = []
        at = 0
        while match := pattern.match(text, at):
            given = re.sub(r"[\s.-]", "", match["given"])
            names.append(f"{match['family'].strip()}, {given}")
            at = match.end()
            if more := _ET_AL.match(text, at):
                return (*names, "others"), text[more.end() :]
            gap = _BETWEEN.match(text, at)
            if not gap or not pattern.match(text, gap.end()):
                if gap and (more := _ET_AL.match(text, gap.end())):
                    return (*names, "others"), text[more.end() :]
                break
            at = gap.end()
        if names:
            return tuple(names), text[at:]
    return (), text


def _title(text: str) -> tuple[str, str]:
    """The title and what follows it: it ends with a stop that no initial or abbreviation carries."""
    text = text.lstrip(" .,:;")
    quoted = re.match(r"[\"\u201c](.+?)[,.]?[\"\u201d]\s*(.*)", text)
    if quoted:
        return quoted[1], quoted[2]
    for match in re.finditer(r"[.?!]\s+(?=[A-Z\u00c0-\u017d])", text):
        if match.start() >= 12 and not re.search(r"\b(?:vs|St|Dr|No|[A-Z])$", text[: match.start()]):
            keep = match.start() + (1 if text[match.start()] in "?!" else 0)
            return text[:keep], text[match.end() :]
    return text, ""
