"""What arms are called beside their labels: by short forms, nouns, roles and doses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assistant import lazy_re as re
from assistant.cells.parts import UNIT
from assistant.cells.printed import Arms
from assistant.text.text import fold, tokens
from assistant.vocabulary.vocabulary import Matchers

CONTROL = re.compile(
    r"\b(?:placebo|controls?|standard[ -]of[ -]care|usual care|observation|best (?:available|supportive)"
    r"|(?:physician|investigator|doctor)'?s'? choice|(?:physician|investigator|doctor)[ -](?:selected|chosen)"
    r"|standard (?:therapy|treatment|care|arm|course|schedule|regimen))\b|^no\s|\balone$",
    re.IGNORECASE,
)
"""Names the arm that others are compared with."""
_COMBINED = ("combination", "combination arm", "combination group", "combination therapy")


def combined(found: Arms) -> Iterable[tuple[str, frozenset[str]]]:
    """``the combination`` of two arms of which one had a drug alone and the other one the same with more."""
    labels = {ids: label for label, ids in reversed(found.items())}
    drugs = {
        ids: set(re.split(r"\s+(?:\+|plus|and|with)\s+", label.lower())) for ids, label in labels.items()
    }
    for full, own in drugs.items() if len(drugs) == 2 else ():
        if any(len(alone) == 1 and alone < own for alone in drugs.values()):
            yield from ((name, full) for name in _COMBINED)


_NO = re.compile(r"no\s+(?=[a-z])", re.IGNORECASE)


def short_parts(label: str, short: Mapping[str, str]) -> tuple[str, ...]:
    """The listed short forms that a label is made of: ``BuCy`` of ``Bu`` and ``Cy``; empty where it is of none."""
    forms = sorted((s for s in short if len(s) > 1), key=len, reverse=True)
    parts: list[str] = []
    rest = label
    while rest:
        part = next((f for f in forms if rest.startswith(f)), "")
        if not part:
            return ()
        parts.append(part)
        rest = rest[len(part) :].lstrip("-+/ ")
    return tuple(parts)


LONG_SHORT = 3
"""Letters of a short form that is said as it is: ``fludarabine plus TBI``."""
_NOUN_LETTERS = 8
"""Letters of a treatment's noun that is no everyday word: ``chemoradiotherapy``."""


def by_nouns(found: Arms, meanings: Mapping[str, str]) -> Iterable[tuple[str, frozenset[str]]]:
    """Arms by the last word of what their short forms mean: ``chemoradiotherapy`` for ``CRT``, where each has its own."""
    meant = {
        ids: meanings[label.lower()].split() for label, ids in found.items() if label.lower() in meanings
    }
    nouns = {ids: words[-1] for ids, words in meant.items()}
    words = {ids: re.split(r"[\s/]+", " ".join(said)) for ids, said in meant.items()}
    shared = any(
        nouns[a] in words[b] for a in meant for b in meant if a != b
    )  # "A plus B" against "B plus C"
    if not shared and len(nouns) == len(set(found.values())) == len(set(nouns.values())) > 1:
        yield from ((noun, ids) for ids, noun in nouns.items() if len(noun) >= _NOUN_LETTERS)


def told_by_dose(found: Arms) -> Iterable[tuple[str, frozenset[str]]]:
    """``30 mg`` for the arm ``A 30 mg`` that alone has this dose, and ``comparator`` for the one arm without a dose of A."""
    last = re.compile(rf"(?P<drug>\S.*?)\s+(?P<dose>\d[\d.]*\s?{UNIT})")
    labels = {ids: label for label, ids in reversed(found.items())}
    doses = {ids: m for ids, label in labels.items() if (m := last.fullmatch(label))}
    held = [re.sub(r"\s", "", m["dose"]) for m in doses.values()]
    for ids, match in doses.items():
        if held.count(re.sub(r"\s", "", match["dose"])) == 1:
            yield match["dose"], ids
    others = [ids for ids in labels if ids not in doses]
    if len(doses) > 1 and len({m["drug"].lower() for m in doses.values()}) == 1 and len(others) == 1:
        names = ("comparator", "comparator arm", "control arm", "control group", "controls")
        yield from ((name, others[0]) for name in names)


def _is_drug(label: str, matchers: Matchers) -> bool:
    """Whether an arm's label is one word that names no patients."""
    return label.isalpha() and len(label) > 5 and not matchers.populations.find(tokens(label))


def roles(
    found: Arms, meanings: Mapping[str, str], matchers: Matchers | None
) -> Iterable[tuple[str, frozenset[str]]]:
    """What printed arms are called by their roles: the drug and the controls, the lower and higher dose.

    With ``matchers``, where no cell tells what was given, two arms called by drugs have roles by their order.
    """
    labels = {ids: label for label, ids in reversed(found.items())}
    if len(labels) < 2:
        return
    spelled = {ids: f"{label} {meanings.get(label.lower(), '')}".strip() for ids, label in labels.items()}
    control = [ids for ids, label in spelled.items() if CONTROL.search(label)]
    if (
        matchers
        and len(labels) == 2
        and not control
        and all(_is_drug(label, matchers) for label in labels.values())
    ):
        first, second = list(dict.fromkeys(found.values()))[:2]  # what is studied stands first
        yield from ((name, second) for name in ("comparator", "comparator arm", "control arm"))
        yield from ((name, first) for name in ("experimental arm", "investigational arm"))
    if len(control) == 1:
        yield from ((name, control[0]) for name in _CONTROLS)
    if len(labels) == 2 and len(control) == 1:
        active = next(ids for ids in labels if ids not in control)
        yield from ((name, active) for name in _ACTIVE)
        if _NO.match(labels[control[0]]):
            yield _NO.sub("without ", labels[control[0]]), control[0]
    doses = {ids: m for ids, label in labels.items() if (m := _DOSED.fullmatch(label))}
    kinds = {((m["drug"] or "").lower(), m["unit"]) for m in doses.values()}
    if len(doses) == len(labels) and len(kinds) == 1:
        yield from by_rank(
            sorted(doses, key=lambda ids: float(doses[ids]["dose"].rstrip(".,").replace(",", "")))
        )


_DOSED = re.compile(rf"(?P<drug>[^\d].*?)?\s*(?P<dose>\d[\d.,]*)\s?(?P<unit>{UNIT})")


_TWO_DOSES = re.compile(
    rf"(?P<drug>[^\W\d_][\w-]{{3,}})\s+(?P<low>\d[\d.]*)(?:\s?{UNIT})?\s+(?:vs\.?|versus|or)\s+(?P<high>\d[\d.]*)\s?{UNIT}"
)
_DOUBLE = 2.0


def by_doses(cell: str, found: Arms) -> Iterable[tuple[str, frozenset[str]]]:
    """What two arms are called that differ in the dose of the one drug that the cell of agents gives both doses of."""
    said = _TWO_DOSES.search(fold(cell))
    if said is None:
        return
    drug = said["drug"].lower()
    arms = [
        next(
            (ids for label, ids in found.items() if re.match(rf"(?:at )?{re.escape(n)}(?![\d.])", label)),
            None,
        )
        for n in (said["low"], said["high"])
    ]
    if None in arms or arms[0] == arms[1] or float(said["low"]) >= float(said["high"]):
        return
    for words, ids in zip((("low", "lower", "smaller"), ("high", "higher", "larger")), arms, strict=True):
        if ids is not None:
            for word in words:
                yield from (
                    (f"{word}{form}", ids) for form in (f" {drug} dose", f" dose of {drug}", f"-dose {drug}")
                )
    if arms[1] is not None and float(said["high"]) == _DOUBLE * float(said["low"]):
        yield from ((name, arms[1]) for name in _DOUBLED)


_DOUBLED = (
    "double dose", "doubled dose", "double the dose", "twice the dose", "twice the amount", "double the amount",
    "dose was doubled", "dose is doubled", "dose had been doubled",
)  # fmt: skip
_CONTROLS = ("the control", "controls", "control arm", "control group", "control patients", "comparator")
_ACTIVE = (
    "given the drug", "active drug", "active arm", "experimental arm", "on the drug", "with the drug",
    "to the drug", "received the drug", "on the antibody", "received the antibody", "antibody arm",
    "antibody group", "drug arm", "with the antibody",
)  # fmt: skip


def by_rank(arms: Sequence[frozenset[str]]) -> Iterable[tuple[str, frozenset[str]]]:
    """What the arms of the lowest and of the highest dose are called, of arms in the order of their doses."""
    end = "er" if len(arms) == 2 else "est"
    ranked = ((low, arms[0]) for low in ("low", "small")), ((high, arms[-1]) for high in ("high", "larg"))
    for word, ids in ((f"{stem}{end}", ids) for of_rank in ranked for stem, ids in of_rank):
        yield from (
            (f"{word} {noun}", ids) for noun in ("dose", "dose level", "dose arm", "dose group", "one")
        )
    for word, ids in (("low", arms[0]), ("high", arms[-1])) if len(arms) == 2 else ():
        yield f"{word} dose", ids
        forms = (f"{word}-dose", f"{word}er-dose")
        yield from ((f"{form} {noun}", ids) for form in forms for noun in ("arm", "group", "cohort"))
