"""A threshold of detection, and the sample, are part of what was measured: MRD negativity at 10\u207b\u2075 is none at 10\u207b\u2076."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, declined, support_of
from assistant.model import Status
from assistant.question.reader import Ask
from assistant.say import joined

_POWER = re.compile(
    r"\b10\s?\^?\s?\(?[-\u2010\u2011\u2012\u2013\u2212\u207b]\s?([\d\u2070\u2074-\u2079\u00b9\u00b2\u00b3])(?!\d)"
    r"|\b1e-0?(\d)\b|\b(?:one|1) in (?:a |1[, ]?)?(million|hundred thousand|10[, ]?000)\b",
    re.IGNORECASE,
)
_RAISED = str.maketrans("\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079", "0123456789")
_SAID = {"million": "6", "hundred thousand": "5"}
_SHOWN = str.maketrans("0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")
_CLEARED = re.compile(r"MRD")
_SAMPLES = {
    "blood": re.compile(r"\b(?:[Bb]lood|PB)\b(?!\s+(?:cells?|counts?|products?|transfusions?)\b)"),
    "bone marrow": re.compile(r"\b(?:[Mm]arrow|BM)\b(?!\s+(?:transplant\w*|failure|recovery|blasts?)\b)"),
}


def powers(text: str) -> set[str]:
    """The thresholds of detection that a text names, by their power of ten."""
    found = set()
    for m in _POWER.finditer(text):
        found.add(m[1].translate(_RAISED) if m[1] else m[2] or _SAID.get(m[3].lower(), "4"))
    return found


def of_other_depth(desk: Desk, ask: Ask, draft: Draft) -> Draft | None:
    """A decline in place of MRD figures of another threshold, or another sample, than asked for; None where they may stand."""
    facts = [f for line in draft.lines for f in line.facts if _CLEARED.search(f.attribute)]
    if draft.status is not Status.ANSWERED or not facts:
        return None
    places = [desk.selector.places[p] for p in dict.fromkeys(f.passage for f in facts)]
    texts = [f"{p.text} {p.locator.row}" for p in places]
    for preposition, told in (("at", _at_powers), ("in", _samples)):
        asked, held = told(ask.text), set[str]().union(*map(told, texts))
        if asked and held and not asked & held:
            given, wanted = (joined(sorted(s)) for s in (held, asked))
            name = desk.speaker.short(facts[0].attribute)
            return declined(
                f"The review does not report {name} {preposition} {wanted} for {desk.name(facts[0].study)}; "
                f"it gives it {preposition} {given}.",
                (facts[0].study,),
                support_of(facts[:1]),
            )
    return None


def _at_powers(text: str) -> set[str]:
    """``10⁻⁵``: the thresholds that a text names, as they are printed."""
    return {f"10\u207b{n.translate(_SHOWN)}" for n in powers(text)}


def _samples(text: str) -> set[str]:
    """The samples, of blood or of marrow, that a text names."""
    return {name for name, pattern in _SAMPLES.items() if pattern.search(text)}
