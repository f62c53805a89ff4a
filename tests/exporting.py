"""Documents with texts that try to be markup, for the tests of exports and wikis."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import strategies as st

from assistant.export import Document, Note, Origin, Paragraph, Said, Table
from assistant.export.document import one_line

ORIGIN = Origin(
    (("A review", "10.1000/x-1"),), "c0ffee" * 10, "1.2", "2026-01-02", "http://lab.example/a/abc"
)
HOSTILE = (
    "{{x}} [[y]] [z](http://evil.example) ~~~~ <nowiki> '''b''' http://evil.example www.evil.example",
    "<!-- end --> <!-- ask: Q --> --> <script>hit()</script> & &amp; &#91; \"q\" 'p' <ref>r</ref>",
    "a | b || c ! d !! e ^ f {| g |} == h == # i * j : k ; l - m ---- n __TOC__ __NOTOC__ -{o}-",
    "%% // ** __ '' )) (( \\\\ [[ ]] {{ }} </nowiki> %%% ->  640x480 (c) ... ~~NOTOC~~ <html> $x$ `c` *e* _u_ ~~s~~",
    "ISBN 9780306406157 RFC 2324 PMID 12345678 mailto:a@evil.example #tag @you :smile: [^1] ![i](j) ==m== ^^s^^",
    "# heading",
    "- item",
    "1. item",
    "  indented",
    "+ plus",
    "> quote",
    "= title =",
    "; term : definition",
    "78%",
    "≥ 50 % – “ümlaut” naïve 中文 ½ α–β",
    "a%",
    "%",
    "%%",
    "%%%",
    "#REDIRECT [[Main Page]]",
    "[^ask-1]: note",
    "]]> CDATA <![CDATA[ x",
    "end.",
)


def document(text: str = "In Ada et al., the OS was 61%.", title: str = "What was the OS?") -> Document:
    """A document whose every text is ``text``, its title aside."""
    line = one_line(text)
    notes = (
        Note("Study S-1", line, line, line),
        Note("Study S-2", "Table 2, Outcome", "OS: 12%", "Ada B. A title. Blood. 2024."),
    )
    table = Table(
        ("Study", line), ((Said("S-1"), Said(line, (0,))), (Said(""), Said("61%", (1,)))), "Figures"
    )
    parts = (
        Paragraph((Said(line, (0, 1)),)),
        Paragraph((Said("They differ."), Said(line, (0,))), "The review disagrees with itself."),
        table,
    )
    return Document(one_line(title), parts, notes, ORIGIN, "ask-0123abcd")


texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=60),
    st.text(alphabet="[]{}<>|~'*_=#:;!-&%/\\^()`$@+. \nab1\"", max_size=40),
)


class Shown(HTMLParser):
    """The text, tags and attributes of HTML; the text not of what is within ``skip``."""

    def __init__(self, html: str, skip: str = "") -> None:
        super().__init__(convert_charrefs=True)
        self.words = ""
        self.tags: list[str] = []
        self.ids: set[str] = set()
        self.links: list[str] = []
        self._skip, self._inside = skip, 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._inside += (
            bool(self._skip) and (self._inside > 0 or tag == self._skip) and tag not in {"img", "br"}
        )
        found = dict(attrs)
        self.ids |= {v for k, v in found.items() if k in {"id", "name"} and v}
        if tag == "a" and found.get("href"):
            self.links.append(str(found["href"]))

    def handle_endtag(self, tag: str) -> None:
        self._inside = max(0, self._inside - 1)

    def handle_data(self, data: str) -> None:
        self.words += "" if self._inside else data
