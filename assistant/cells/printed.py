"""Arms as the heads of a study's columns print them, over all of its tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assistant import lazy_re as re
from assistant.cells.headed import heads_of
from assistant.folder.folder import Table
from assistant.folder.heads import read_head
from assistant.spans.labels import group_ids
from assistant.text.text import fold, tokens
from assistant.vocabulary.vocabulary import Matchers

Arms = dict[str, frozenset[str]]
_SAYS_NOTHING = frozenset(
    "patient patients participant participants subject subjects given receiving received treated assigned randomised "
    "randomized to the a an in on arm arms group groups cohort and with for of".split()
)
AGAINST = re.compile(r"\s(?:vs\.?|versus)\s", re.IGNORECASE)
"""``A + B vs. B`` over one column: the arms that its cells set against each other, and no arm's name."""
_ADDED = re.compile(
    r"(?P<base>.+?)\s*(?:,\s*)?(?:\bplus\b|\bwith\b|\band\b|\+|\bcombined with\b)\s*(?P<drug>[^\W\d_][\w-]{3,})",
    re.IGNORECASE,
)
_BEFORE_BASE = re.compile(
    r"(?P<drug>[^\W\d_][\w-]{3,})\s*(?:\bplus\b|\bwith\b|\band\b|\+|\bcombined with\b)\s*(?P<base>.+)",
    re.IGNORECASE,
)
"""``B + A`` for ``A + B``."""
_LONG_CHARS = 40
"""A label of more characters is no name to repeat in an answer."""
_ALONE = re.compile(r"\s*\b(?:alone|only)$", re.IGNORECASE)


def measure_columns(table: Table, study: str, matchers: Matchers) -> dict[int, str]:
    """Column -> id of the measure its head names, where all of a study's columns are measures."""
    columns = [k for k, c in enumerate(table.columns) if c.study == study and c.arm]
    found = {k: _measure(table.columns[k].arm, matchers) for k in columns}
    several = len(set(found.values())) > 1 and all(found.values())
    return found if several else {}


def _measure(head: str, matchers: Matchers) -> str:
    words = tokens(next(iter(read_head(head).names), ""))
    if not words or any(len(words) == m.end - m.start for m in matchers.populations.find(words)):
        return ""
    whole = [m for m in matchers.measures.find(words) if m.end - m.start == len(words)]
    return whole[0].ids[0] if whole else ""


def printed_arms(columns: Sequence[tuple[Table, int]], matchers: Matchers) -> Arms:
    """Label -> ids of the arms that the columns' heads name.

    An arm that one table heads with more words than another (``Patients given A and B alone``, ``B alone``) is one.
    """
    found: Arms = {}
    for table in dict.fromkeys(table.file for table, _ in columns):
        own = [(t, k) for t, k in columns if t.file == table]
        first, at = own[0]
        whose = heads_of(first, first.columns[at].study, matchers, (t for t, _ in columns))
        heads = [
            whose[k]
            for t, k in own
            if k in whose
            and not AGAINST.search(t.columns[k].arm)
            and not measure_columns(t, t.columns[k].study, matchers)
        ]
        named = list(dict.fromkeys(head.arm for head in heads if head.arm))
        alike = {names: _alike(names[0], found) for names in named if not any(n in found for n in names)}
        for names in named:
            ids = next((found[n] for n in names if n in found), None) or alike.get(names)
            if ids is not None and sum(ids == other for other in alike.values()) > 1:
                ids = None  # "A, responders" and "A, others" are two groups
            ids = ids or _misprinted(names[0], [n[0] for n in named], found)
            for name in names:
                found.setdefault(name, ids or group_ids(names[0], matchers))
    found = _lettered_apart(found, matchers)
    return _short_first(found) if max(map(len, found), default=0) > _LONG_CHARS else found


_LETTERED = re.compile(r"(?:arm|cohort|group|part|stratum)\s+(?:[A-Z]|\d+)", re.IGNORECASE)


def _lettered_apart(found: Arms, matchers: Matchers) -> Arms:
    """The arms by their letters where the name of one is part of another's: ``Arm A (X)`` beside ``Arm D (tandem X)``."""
    letters = {ids: name for name, ids in found.items() if _LETTERED.fullmatch(name)}
    arms = set(found.values())
    if arms != set(letters) or not any(a < b for a in arms for b in arms):
        return found
    return {name: group_ids(letters[ids], matchers) for name, ids in found.items()}


def _short_first(found: Arms) -> Arms:
    """The labels arm by arm, the shortest of each first: what an answer calls it."""
    order = list(dict.fromkeys(found.values()))
    return dict(sorted(found.items(), key=lambda item: (order.index(item[1]), len(item[0]))))


_LETTERS_TO_TELL = 5
"""Letters of a label from which on one other letter is a misprint, where all other arms agree."""


def _misprinted(
    label: str, heads: Sequence[str], found: Mapping[str, frozenset[str]]
) -> frozenset[str] | None:
    """The one arm of earlier tables that no other head of this table names, and that is spelt with one other letter."""
    arms = dict.fromkeys(found.values())
    others = [found.get(h) for h in heads if h != label]
    left = [ids for ids in arms if ids not in others]
    if len(arms) != len(heads) or None in others or len(left) != 1 or len(label) < _LETTERS_TO_TELL:
        return None
    spelt = [name for name, ids in found.items() if ids == left[0] and len(name) == len(label)]
    return (
        left[0] if any(sum(a != b for a, b in zip(name, label, strict=True)) == 1 for name in spelt) else None
    )


def _words(label: str) -> frozenset[str]:
    return frozenset(t.key for t in tokens(fold(label)) if t.key not in _SAYS_NOTHING)


def _alike(label: str, found: Mapping[str, frozenset[str]]) -> frozenset[str] | None:
    """The one arm whose label has all of the words of ``label``, or that has no others."""
    words = _words(label)
    if len(set(found.values())) < 2 or len(words) < 2:
        return None
    near = {ids for name, ids in found.items() if len(_words(name)) > 1 and _within(words, _words(name))}
    return next(iter(near)) if len(near) == 1 else None


def _within(a: frozenset[str], b: frozenset[str]) -> bool:
    return a <= b or b <= a


def by_addition(found: Arms) -> Arms:
    """The arms of ``A alone`` and ``A plus B`` with ids and wordings that say which of them had B.

    ``found`` itself where its two arms are not told apart so.
    """
    arms = list(dict.fromkeys(found.values()))
    if len(arms) != 2:
        return found
    for full, bare in (arms, arms[::-1]):
        drug, base = _added(
            [n for n, i in found.items() if i == full], [n for n, i in found.items() if i == bare]
        )
        if drug:
            ids = {full: frozenset({f"with-{drug}"}), bare: frozenset({f"no-{drug}"})}
            renamed = {name: ids[i] for name, i in found.items()}
            return renamed | dict(_wordings(renamed, drug, base, ids[full], ids[bare]))
    return found


def _added(full: Iterable[str], bare: Iterable[str]) -> tuple[str, str]:
    """(drug, what both had) of ``A plus B`` set against ``A alone``; empty where it is no addition."""
    others = [_words(_ALONE.sub("", fold(name))) for name in bare]
    for name in full:
        for form in (_ADDED, _BEFORE_BASE):
            match = form.fullmatch(fold(name))
            if not match or match["drug"].lower() in set().union(*others):
                continue
            base = _words(match["base"])
            if any(other == base or (form is _ADDED and other and _within(base, other)) for other in others):
                return match["drug"].lower(), match["base"].split()[-1].lower()
    return "", ""


def _wordings(
    found: Arms, drug: str, base: str, full: frozenset[str], bare: frozenset[str]
) -> Iterable[tuple[str, frozenset[str]]]:
    """Further wordings of two arms of which one had a drug beside what both had."""
    for name, ids in found.items():
        if " " in name and name[1:2].islower():
            yield name[0].lower() + name[1:], ids
    yield from ((f"{base} {word} {drug}", full) for word in ("plus", "and", "with", "+"))
    yield from ((f"{drug} {noun}", full) for noun in ("group", "arm"))
    yield from (
        (f"{lead} {drug}", full)
        for lead in ("with", "plus", "given", "received", "receiving", "addition of", "adding")
    )
    yield from (
        (f"{base} {noun}", bare) for noun in ("alone", "only", "group", "arm", "alone group", "alone arm")
    )
    yield from ((wording, bare) for wording in (f"without {drug}", "control group", "control arm"))
    yield from ((name, full) for name in ("investigational group", "investigational arm", "experimental arm"))
