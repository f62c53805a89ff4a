"""What arms and subgroups are called whose heads tell them by a dose of cells, a share, a letter or what they had before.

``150 × 10⁶ cells`` is ``150 million cells``, ``< 5% blasts`` is ``blasts below 5%``, ``No previous A-directed therapy`` is ``A-naive``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assistant import lazy_re as re
from assistant.text.text import fold, plain

Wording = tuple[str, frozenset[str]]
_OF_CELLS = re.compile(
    r"(?P<n>\d+(?:\.\d+)?)\s*[x\u00d7]\s*10\s*\^?\s*(?P<power>\d+)(?P<cells>(?:\s+[A-Za-z+\u2212-]{2,12}){0,2}?\s+cells)?(?P<per>\s*/\s*kg)?",
    re.IGNORECASE,
)
_MILLION, _BILLION = 6, 9
_RAISED = str.maketrans("0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")
_OF_SHARE = re.compile(
    r"(?:(?P<sign>[<>\u2264\u2265]=?|more than|less than|fewer than|at least|above|below|over|under)\s*(?P<n>\d[\d.]*)\s?%"
    r"|(?P<low>\d[\d.]*)\s?%?\s?-\s?(?P<high>\d[\d.]*)\s?%)\s+(?:of\s+)?(?P<noun>[A-Za-z]{4,}(?:\s+[a-z]{4,})?)",
    re.IGNORECASE,
)
_SIGNS = {
    "<": ("<", "below", "under", "less than", "fewer than"),
    ">": (">", "above", "over", "more than", "exceeding"),
    "\u2264": ("\u2264", "at most", "up to", "no more than"),
    "\u2265": ("\u2265", "at least", "no less than"),
}
_AS_SIGN = {word: sign for sign, words in _SIGNS.items() for word in words} | {"<=": "\u2264", ">=": "\u2265"}
_IN_TURN = ("below", "under", "above", "over")
"""Words before a bound that no share of the patients has: ``above 75%``, where the noun was said before."""
_HAD_BEFORE = re.compile(
    r"(?P<no>no\s+)?(?:previous|prior|earlier)\s+(?:exposure\s+to\s+)?(?P<what>[\w+/-]+?)(?:-(?:directed|targeted|based|targeting))?"
    r"(?:\s+(?:therapy|treatment|exposure|agents?|products?))?",
    re.IGNORECASE,
)
_KIND_OF_GRAFT = re.compile(
    r"(?P<kind>(?!(?:no|with|without|or|and)\b)[a-z]{4,}(?:\s[a-z]{4,})?)[ -](?:auto-?|allo-?)?(?:ASCT|HSCT|HCT|SCT|BMT)",
    re.IGNORECASE,
)
"""``tandem SCT``, which is a tandem transplant."""
_OF_TWO = re.compile(r"(?P<one>[A-Za-z]{7,})\s+\+\s+(?P<two>[A-Za-z]{7,})")
"""Two drugs, which readers shorten: ``abc-xyz``."""
_NO = re.compile(r"no\s+(?P<what>[A-Za-z][\w -]{1,40})", re.IGNORECASE)
_GRAFT = re.compile(
    r"(?:auto(?:logous)?|allo(?:geneic)?)?[- ]?(?:ASCT|HSCT|HCT|SCT|BMT|stem[- ]cell\s+)?(?:transplant(?:ation)?)?",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"(?:arm|cohort|group|stratum|part)\s+(?P<letter>[A-H])", re.IGNORECASE)


def by_heads(found: Mapping[str, frozenset[str]]) -> Iterable[Wording]:
    """Further wordings of the arms and subgroups of a study, by what their labels tell of them."""
    letters: dict[str, frozenset[str]] = {}
    for label, ids in found.items():
        if dose := _OF_CELLS.fullmatch(plain(label)):
            yield from ((form, ids) for form in _doses(dose))
        elif share := _OF_SHARE.fullmatch(fold(label)):
            yield from ((form, ids) for form in _shares(share))
        elif had := _HAD_BEFORE.fullmatch(fold(label)):
            yield from ((form, ids) for form in _before(had))
        elif lettered := _LETTERED.fullmatch(label):
            letters[lettered["letter"].upper()] = ids
        elif graft := _KIND_OF_GRAFT.fullmatch(label):
            yield from (
                (f"{graft['kind']} {noun}", ids) for noun in ("transplant", "transplantation", "transplants")
            )
        elif two := _OF_TWO.fullmatch(label):
            names = [two[k].lower()[:3] for k in ("one", "two")]
            yield from ((sign.join(pair), ids) for pair in (names, names[::-1]) for sign in "-/+")
        elif none := _NO.fullmatch(label):
            whats = [
                none["what"],
                *(("transplant", "transplantation") if _GRAFT.fullmatch(none["what"]) else ()),
            ]
            yield from ((f"{word} {what}", ids) for what in whats for word in ("without", "no"))
    if len(letters) > 1:
        yield from letters.items()


def _doses(match: re.Match[str]) -> Iterable[str]:
    """``150 x 10^6``, ``150 million cells`` …, the longer forms first."""
    number, power, per = match["n"], int(match["power"]), "/kg" if match["per"] else ""
    amounts = [
        f"{number} {sign} 10{raised}"
        for sign in "x\u00d7"
        for raised in (match["power"].translate(_RAISED), f"^{power}", f"{power}")
    ]
    amounts += [a.replace(" ", "") for a in amounts]
    for base, word in ((_MILLION, "million"), (_BILLION, "billion")):
        shown = float(number) * 10.0 ** (power - base)
        if 1 <= shown < 1000:
            amounts.append(f"{shown:g} {word}")
    for amount in amounts:
        yield f"{amount} cells{per}"
        yield f"{amount}{per}"


def _shares(match: re.Match[str]) -> Iterable[str]:
    noun = match["noun"].lower()
    if not match["sign"]:
        low, high = match["low"], match["high"]
        for span in (
            f"{low}-{high}%",
            f"{low} to {high}%",
            f"{low}% to {high}%",
            f"between {low} and {high}%",
            f"between {low}% and {high}%",
        ):
            yield from (f"{span} {noun}", f"{noun} {span}", f"{noun} of {span}", span)
        return
    sign = _AS_SIGN.get(match["sign"].lower(), "")
    for word in _SIGNS.get(sign, ()):
        bound = f"{word} {match['n']}%"
        yield from (
            f"{bound} {noun}",
            f"{noun} {bound}",
            f"{noun} are {bound}",
            f"{noun} is {bound}",
            f"{noun} of {bound}",
        )
        if word in _IN_TURN:
            yield bound


def _before(match: re.Match[str]) -> Iterable[str]:
    what = match["what"]
    if match["no"]:
        yield from (
            f"{what}-naive",
            f"{what} naive",
            f"without previous {what}",
            f"no prior {what}",
            f"not exposed to {what}",
        )
        yield from ("naive ones", "naive patients")
    else:
        yield from (
            f"{what}-exposed",
            f"{what} exposed",
            f"{what}-pretreated",
            f"{what}-experienced",
            f"previously exposed to {what}",
        )
        yield from (f"exposed to {what}", f"prior {what}", "exposed ones", "exposed patients")
