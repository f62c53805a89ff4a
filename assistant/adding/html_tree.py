"""An HTML page as a tree, whatever it leaves unclosed."""

from __future__ import annotations

from html.parser import HTMLParser
from xml.etree.ElementTree import Element

from assistant.text.text import strip_invisible

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_CLOSES = {
    "p": {"p"}, "li": {"li", "p"}, "td": {"td", "th", "p"}, "th": {"td", "th", "p"}, "tr": {"tr", "td", "th", "p"}, "dt": {"dd", "dt"},
    "dd": {"dd", "dt"}, "tbody": {"thead", "tr", "td", "th", "tbody"}, "option": {"option"},
}  # fmt: skip
_CLOSES |= {name: {"p"} for name in "h1 h2 h3 h4 h5 h6 table ul ol dl div section figure blockquote".split()}
_STOPS = {
    "li": {"ul", "ol"},
    "td": {"table"},
    "th": {"table"},
    "tr": {"table"},
    "tbody": {"table"},
    "dt": {"dl"},
    "dd": {"dl"},
    "p": {"td", "th", "li", "div"},
}


class _Tree(HTMLParser):
    """The page as a tree, whatever it leaves unclosed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("page")
        self.open: list[Element] = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        shut = _CLOSES.get(tag)
        if shut:
            lowest = 0
            for k in range(len(self.open) - 1, 0, -1):
                name = self.open[k].tag
                if name in _STOPS.get(tag, ()):
                    break
                if name in shut:
                    lowest = k
            if lowest:
                del self.open[lowest:]
        element = Element(tag, {k: v or "" for k, v in attrs})
        self.open[-1].append(element)
        if tag not in _VOID and len(self.open) < 400:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].append(Element(tag, {k: v or "" for k, v in attrs}))

    def handle_endtag(self, tag: str) -> None:
        for k in range(len(self.open) - 1, 0, -1):
            if self.open[k].tag == tag:
                del self.open[k:]
                return

    def handle_data(self, data: str) -> None:
        top = self.open[-1]
        if len(top):
            top[-1].tail = (top[-1].tail or "") + data
        else:
            top.text = (top.text or "") + data


def tree_of(text: str) -> Element:
    """The tree of an HTML text."""
    parser = _Tree()
    parser.feed(strip_invisible(text))
    parser.close()
    return parser.root
