"""Words for patients who lack something, or whom a review only points at (``the latter``)."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.cells.headed import divided
from assistant.corpus.corpus import Review
from assistant.model import Fact
from assistant.text.text import fold

_POINTING = re.compile(
    r"^\W*(?:without$|who|whom|whose|it|he|she|they|them|the (?:former|latter|other|rest|same)|"
    r"(?:those|these|patients) "
    r"(?:who|that|with(?:out)?)(?: \w+)? (?:not|it|one|did|was|were|had))\b|\b(?:did|do|was|were|had) not$",
    re.IGNORECASE,
)
_AGED = re.compile(r"(?:aged|younger|older|over|under)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"(?:with|without|who|whose)\s", re.IGNORECASE)
_PLAIN = re.compile(
    r"^(?:the|those|patients)\s+|\s*(?:patients?|arms?|groups?|cohorts?|subgroups?|disease)$", re.IGNORECASE
)


def points(label: str) -> bool:
    """Whether a group's label says nothing outside its sentence: ``the latter``, ``who were not``."""
    return bool(_POINTING.search(label.strip()))


def legible(review: Review, fact: Fact) -> str:
    """A phrase for a fact's group that the reader of facts understands; "" where none is found."""
    for phrase in _phrases(review, fact):
        read = review.read(f"the CR rate was 50% {phrase}.", fact.study)
        if read and all(f.group == fact.group for f in read if f.attribute):
            return phrase
    return ""


_BOUND = re.compile(r"age(?:[<>]=?\d+|\d+-\d+)|[a-z]+(?:[<>\u2264\u2265]=?\d[\d.]*|\d[\d.]*-\d[\d.]*)")


def told_by_bound(fact: Fact) -> str:
    """``among patients aged 70 years or older``, ``among patients with < 5% blasts``; "" for any other group."""
    label = fact.group_label
    if len(fact.group) != 1 or not label or not _BOUND.fullmatch(next(iter(fact.group))):
        return ""
    if next(iter(fact.group)).startswith("age"):
        people = "" if re.match(r"(?:patients|adults|children)\b", label) else "patients "
        aged = "aged " if re.match(r"[\d<>\u2264\u2265]", label) else ""
        return f"among {people}{aged}{label}"
    return f"among patients with {label}" if re.match(r"[\d<>\u2264\u2265]", label) else ""


_BEFORE = re.compile(
    r"\b(?:(?P<no>without|no)|with|had|having|after)\s+(?:an?\s+)?(?:prior\s+|previous\s+|earlier\s+)?(?P<what>.+)$"
)


def told_by_before(review: Review, fact: Fact) -> str:
    """``among patients with prior A``, ``among B patients without prior A``; "" for any group not told by what it had before."""
    prior = [i for i in fact.group if i.removeprefix("no-").startswith("prior-")]
    match = _BEFORE.search(fact.group_label) if len(prior) == 1 else None
    if match is None:
        return ""
    rest = _PLAIN.sub("", fact.group_label[: match.start()].strip())
    lack = "without" if prior[0].startswith("no-") else "with"
    what = (
        match["what"]
        if match["what"].endswith(("treatment", "therapy", "exposure"))
        else f"{match['what']} treatment"
    )
    people = f"{rest} patients" if rest else "patients"
    phrase = f"among {people} {lack} prior {what}"
    read = review.read(f"the CR rate was 50% {phrase}.", fact.study)
    return phrase if read and all(f.group == fact.group for f in read if f.attribute) else ""


def within_arm(review: Review, fact: Fact) -> str:
    """``in the A group among patients with B``, where a figure is of a subgroup of one arm; "" for any other."""
    arms = review.arms.get(fact.study, {})
    own = [(label, ids) for label, ids in arms.items() if ids < fact.group]
    if not own:
        return ""
    longest = max(len(ids) for _, ids in own)
    rests = set(arms.values())
    named = {i: label for label, i in reversed(own) if len(i) == longest or fact.group - i in rests}
    across = divided(review.raw.tables, fact.study, arms).across
    for ids in sorted(named, key=lambda i: (i in across, _NOUNED.search(named[i]) is not None, -len(i))):
        if phrase := _within(review, fact, named[ids], ids):
            return phrase
    return ""


_NOUNED = re.compile(r"\b(?:stratum|strata|cohort|expansion|setting|part|schedule|phase \w+)$", re.IGNORECASE)
"""The end of what patients across the arms are called, who are not ``among`` but ``in`` it."""


def _within(review: Review, fact: Fact, label: str, ids: frozenset[str]) -> str:
    """A phrase for a fact's group as a part of the arm ``label`` that the reader of facts understands; "" for none."""
    arms = review.arms.get(fact.study, {})
    rest = fact.group - ids
    populations = review.reader.vocabulary.populations
    labels = [f.group_label for f in review.facts if f.study == fact.study and f.group == rest]
    labels += [next(name for name, own in arms.items() if own == rest)] if rest in arms.values() else []
    labels += [populations[i].name for i in rest if len(rest) == 1 and i in populations]
    arm = _PLAIN.sub("", label)
    labels = [_PLAIN.sub("", name) for name in labels]
    beside = beside_arm(review, fact)
    labels += [beside] if beside and beside not in labels else []
    forms = [
        (name, f)
        for name in labels
        for f in (
            ("among patients {}", "among {}", "among {} patients")
            if _AGED.match(name) or _CLAUSE.match(name)
            else ("in the {}", "among {}")
            if _NOUNED.search(name)
            else ("among {}", "among patients with {}", "among {} patients")
        )
    ]
    for name, form in forms:
        if name:
            phrase = f"in the {arm} group {form.format(name)}"
            read = review.read(f"the CR rate was 50% {phrase}.", fact.study)
            if read and all(f.group == fact.group for f in read if f.attribute):
                return phrase
    return ""


def beside_arm(review: Review, fact: Fact) -> str:
    """What a group's label says beside its arm: ``del(17p) A arm`` -> ``del(17p)``; "" where it names none."""
    arms = review.arms.get(fact.study, {})
    for label in sorted((name for name, ids in arms.items() if ids < fact.group), key=len, reverse=True):
        arm = rf"(?<![\w-]){re.escape(fold(label))}(?![\w-])"
        found = re.search(rf"\s*{arm}$|^{arm}\s*", fold(fact.group_label), re.IGNORECASE)
        if found and len(found[0]) < len(fact.group_label):
            return fact.group_label[: found.start()] or fact.group_label[found.end() :]
    return ""


def _phrases(review: Review, fact: Fact) -> list[str]:
    if len(fact.group) != 1:
        return []
    (identity,) = fact.group
    bare = identity.removeprefix("no-")
    names = _names(review, fact.study, bare)
    if bare == identity:
        return [p for n in names for p in (f"for {n} patients", f"in the {n} group")]
    forms = ("for patients without {}", "for non-{} patients", "for patients who were not {}")
    names = [n.removeprefix("with ") for n in names]
    return [form.format(n) for n in names for form in (forms if n != n.lower() else forms[1:] + forms[:1])]


def _names(review: Review, study: str, identity: str) -> list[str]:
    """What a group of one id is called: by the study's own labels, then by the vocabulary."""
    own = [f.group_label for f in review.facts if f.study == study and f.group == {identity}]
    populations = review.reader.vocabulary.populations
    known = [populations[identity].name] if identity in populations else []
    labels = [_PLAIN.sub("", label) for label in (*own, *known) if label and not points(label)]
    return list(dict.fromkeys(n[0].lower() + n[1:] if n[1:].islower() else n for n in labels if n))
