"""Patients told by a bound or a number: of an age, of a share of something, of a measurement, of lines of treatment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.spans.span import Span, comparator_of
from assistant.text.text import WORD_NUMBER, word_number

_PEOPLE = r"(?:patients|those|adults|children|participants|people|individuals|cases|subjects)"
_YOUNGER = re.compile(r"\b(?:younger|under|below|less)\b|^\D*<", re.IGNORECASE)
_BOUNDED = re.compile(
    r"(?P<what>\b(?:[\w/-]+\s+){0,3}(?:ratio|score|burden|duration|index|blasts|fraction|load))\s+(?:of\s+)?"
    r"(?P<sign>[<>\u2264\u2265]|>=|<=|above|below|over|under|at\s+least|exceeding)\s*(?P<number>\d+(?:\.\d+)?)"
    r"(?:\s?%|\s+(?:years|months))?(?=\s*[(,]|\s+(?:protected|had|was|were|who|showed|benefit))",
)
_SCORED = re.compile(
    r"\bwith\s+an?\s+(?P<what>[^,;:.%()]{0,80}?\b(?:index|score))\s*(?:\((?P<short>[A-Z][\w-]*)\))?\s+of\s+(?P<low>\d+)"
    r"(?:\s*(?:-|to)\s*(?P<high>\d+)|\s+or\s+(?:(?P<more>more|higher|greater|above)|less|lower|fewer|below))(?![\w%])"
)
"""``patients with a comorbidity index of 2 or more``, ``with an index of 0-1``."""
_SHUT_OUT = re.compile(r"\b(?:older|over|above|younger|under|below)[\s-]+(?:than|the|\d)", re.IGNORECASE)
_SHARE = (
    r"(?:[<>\u2264\u2265]=?\s*\d[\d.]*\s?%|\d[\d.]*\s?%?\s?-\s?\d[\d.]*\s?%"
    r"|(?:(?:more|less|fewer)\s+than|below|under|above|over|at\s+least)\s+\d[\d.]*\s?%)"
)
_OF_SHARE = re.compile(
    rf"\b(?i:{_PEOPLE})\s+(?:with|having|who\s+had)\s+(?P<what>(?P<share>{_SHARE})"
    r"(?:\s+(?:of\s+)?(?:(?:bone\s+)?marrow\s+(?=blasts|plasma|infiltration|involvement)|circulating\s+|peripheral\s+)?(?P<noun>[a-z]{4,}))?)"
)
"""``in patients with < 5% blasts, in those with 5-75%``: what the share is of is said once."""
_NO_NOUNS = frozenset("were when with versus while whereas after before than received died".split())
_AGED_PART = re.compile(
    rf"(?:[%\d)]|\b(?:survival|rates?|OS|[A-Z]{{1,3}}FS|ORR|CR))\s+(?:in|for|among|of)\s+(?:the\s+)?(?:\d+\s+)?{_PEOPLE}\s+(?:who\s+were\s+)?"
    r"(?:aged\s+|of\s+)?(?:between\s+|from\s+)?$"
)
"""Stands before the ages of some of the patients: ``63% in patients aged 60-69 years``."""

_AGED = re.compile(rf"\b(?i:{_PEOPLE})\s+(?:who\s+were\s+)?aged\s+(?:between\s+|from\s+)?$")
_OLDER_ONES = re.compile(
    rf"\s*(?:years)?(?:\s*\(n\s*=\s*\d+\))?\s[^;()]*?\b(?:than|versus|vs\.?|and|compared\s+with)\s+(?:in\s+|for\s+|among\s+)?{_PEOPLE}\s+(?:who\s+were\s+)?"
    r"(?:aged|older|younger|over|under|above|below|[\u2264\u2265<>])"
)


def _is_set_against(span: Span, text: str) -> bool:
    """``Patients aged 60-69 years did better than those aged 70 or older``: a part of the patients, too."""
    return bool(_AGED.search(text[: span.start]) and _OLDER_ONES.match(text, span.end))


def age_groups(spans: Sequence[Span], text: str = "") -> list[Span]:
    """``spans`` with bounding ages (``aged ≥ 75 years``) and the ages of a part of the patients as groups."""
    found = []
    for span in spans:
        if _is_bound(span):
            span = replace(span, kind="group", unit="", ids=(age_id(span.text),))
        elif span.unit == "age" and (_AGED_PART.search(text[: span.start]) or _is_set_against(span, text)):
            ends = re.findall(r"\d+", span.text)
            start = re.search(r"(?:\baged\s+)?(?:between\s+|from\s+)?$", text[: span.start])
            start_at = start.start() if start else span.start
            span = replace(
                span, kind="group", unit="", ids=(f"age{'-'.join(ends)}",), start=start_at,
                text=text[start_at : span.end],
            )  # fmt: skip
        found.append(span)
    return found


def bounded_groups(text: str) -> list[Span]:
    """``an allelic ratio ≥ 0.5``, ``a duration above 8 years``: patients told by a bound on a measurement."""
    found = []
    for match in _BOUNDED.finditer(text):
        key = re.sub(
            r"\s+", "", match["what"].split()[-1].lower() + ("<" if _YOUNGER.search(match["sign"]) else ">")
        )
        found.append(Span("group", match.start(), match.end(), match.group(), (f"{key}{match['number']}",)))
    for match in _SCORED.finditer(text):
        name = (match["short"] or match["what"].split()[-1]).lower()
        bound = (
            f"{match['low']}-{match['high']}"
            if match["high"]
            else (">=" if match["more"] else "<=") + match["low"]
        )
        found.append(
            Span(
                "group",
                match.start("what"),
                match.end(),
                text[match.start("what") : match.end()],
                (name + bound,),
            )
        )
    return found


def share_groups(text: str) -> list[Span]:
    """``patients with < 5% blasts``, ``those with > 75%``: patients told by a share of something."""
    found, noun = [], ""
    for match in _OF_SHARE.finditer(text):
        own = "" if match["noun"] in _NO_NOUNS else match["noun"]
        noun = own or noun
        if not noun:
            continue
        sign = re.sub(r"(?:less|fewer)\s+than|below|under", "<", match["share"])
        sign = re.sub(r"at\s+least", "\u2265", re.sub(r"more\s+than|above|over", ">", sign))
        key = noun + re.sub(r"[\s%]", "", sign)
        end = match.end("what") if own else match.end("share")
        found.append(Span("group", match.start("what"), end, f"{match['share']} {noun}", (key,)))
    return found


def _is_bound(span: Span) -> bool:
    bound = re.search(
        r"[<>\u2264\u2265]|\b(?:older|younger|over|above|under|below|more|less|upwards)\b", span.text
    )
    return span.kind == "value" and span.unit == "limit" and bound is not None


def age_id(text: str) -> str:
    """``aged ≥ 75 years`` and ``75 years or older`` -> ``age>=75``; ``older than 60`` -> ``age>60``."""
    number = re.search(r"\d+", text)
    years = number[0] if number else str(word_number(text) or "")
    sign = comparator_of(re.sub(r"^[^<>\u2264\u2265]*", "", text))
    if sign:
        return f"age{ {'≥': '>=', '≤': '<='}.get(sign, sign) }{years}".replace(" ", "")
    younger = bool(_YOUNGER.search(text))
    if _SHUT_OUT.search(text):
        return f"age{'<' if younger else '>'}{years}"
    return f"age{'<=' if younger else '>='}{years}"


_N = rf"(?:\d{{1,2}}|(?i:{WORD_NUMBER}))"
_BOUND = (
    rf"(?P<sign>[<>\u2264\u2265]=?|at\s+least|more\s+than|fewer\s+than|less\s+than)?\s*(?P<number>{_N})"
    rf"(?:\s*(?:-|to|or)\s*(?P<high>{_N})|\s+or\s+(?P<more>more|fewer|less))?"
)
_WHO = (
    rf"\b(?i:{_PEOPLE})\s+(?:with|having(?:\s+received)?|receiving|who\s+(?:had|received|had\s+received|were\s+given)|"
    r"previously\s+treated\s+with|after)\s+(?:a\s+median\s+of\s+)?(?:only\s+)?"
)
_TOLD = re.compile(
    rf"{_WHO}{_BOUND}\s+(?:(?:prior|previous|earlier)\s+)?(?:systemic\s+|treatment\s+)?"
    r"(?P<what>lines?|therapy|therapies|regimens?|cycles?|courses?)\b"
    r"(?:\s+of\s+(?:prior\s+|previous\s+)?(?:systemic\s+)?(?:therapy|treatment|chemotherapy))?"
)
_AGAIN = re.compile(
    rf"{_WHO}{_BOUND}(?=\s*[,;.()]|\s*$|\s+(?:and|but|versus|vs\.?|than|compared|respectively|was|were|had|it|an?\s+[A-Z])\b|\s+\d[\d.]*\s?%)"
)
"""``in those with one or two``: of what stands with the number named before."""
_SIGNS = {
    "at least": ">=",
    "more than": ">",
    "fewer than": "<",
    "less than": "<",
    "\u2265": ">=",
    "\u2264": "<=",
}


def line_groups(text: str) -> list[Span]:
    """The groups of ``text`` that are told by a number of lines or cycles, in order of place."""
    found = [
        Span("group", m.start(), m.end(), m[0], (f"{m['which'].lower()}-salvage",))
        for m in _SALVAGE.finditer(text)
    ]
    for pattern in (_REFRACTORY, _RELAPSE, _RESPONDERS):
        named = {m[0].lower().rstrip("s"): m for m in pattern.finditer(text)}
        if len(named) > 1:
            found += [
                Span("group", m.start(), m.end(), m[0], (re.sub(r"\s+", "-", m[0].lower()).rstrip("s"),))
                for m in pattern.finditer(text)
            ]
    found += [
        Span("group", m.start(), m.end(), m[0], ("non-responders",)) for m in _NOT_RESPONDING.finditer(text)
    ]
    return sorted([*found, *_lines_told(text)], key=lambda s: s.start)


_NOT_RESPONDING = re.compile(
    rf"\b(?i:{_PEOPLE})\s+(?:not\s+responding|who\s+did\s+not\s+respond)(?:\s+(?:by|after|at|to)\s+(?:cycle|day|month)\s+\d+)?\b"
)
_REFRACTORY = re.compile(
    r"\b(?:double|triple|quadruple|penta|multi)[- ]?(?:class[- ])?(?:exposed[- ])?refractory\b", re.IGNORECASE
)
_RESPONDERS = re.compile(r"\b(?:complete|partial)\s+responders\b", re.IGNORECASE)
_RELAPSE = re.compile(r"\b(?:first|second|third|later|subsequent|early|late)\s+relapses?\b", re.IGNORECASE)
"""Told apart where a sentence names several: ``in first relapse 58%, in later relapses 31%``."""


_SALVAGE = re.compile(r"\b(?P<which>first|second|third|later|subsequent)\s+salvage\b", re.IGNORECASE)


def _lines_told(text: str) -> list[Span]:
    named = [(m, "cycles" if m["what"][0].lower() == "c" else "lines") for m in _TOLD.finditer(text)]
    if not named:
        return []
    noun = named[0][1]
    again = [
        (m, noun)
        for m in _AGAIN.finditer(text)
        if m.start() > named[0][0].start()
        and not any(n.start() < m.end() and m.start() < n.end() for n, _ in named)
    ]
    return [
        Span("group", m.start(), m.end(), m[0], (what + _bound(m),))
        for m, what in sorted((*named, *again), key=lambda found: found[0].start())
    ]


def _bound(match: re.Match[str]) -> str:
    low, high = (_digits(match[part]) for part in ("number", "high"))
    if match["more"]:
        return (">=" if match["more"] == "more" else "<=") + low
    sign = re.sub(r"\s+", " ", match["sign"] or "").lower()
    return f"{_SIGNS.get(sign, sign)}{low}" + (f"-{high}" if high else "")


def _digits(number: str | None) -> str:
    return "" if number is None else number if number.isdecimal() else str(word_number(number))
