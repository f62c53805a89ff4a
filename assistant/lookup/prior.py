"""Subgroups of a study by what they had had before, in the words of a question: ``who had failed A``, ``A-exposed``."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.question.reader import Ask
from assistant.text.text import fold, stem

Group = tuple[str, frozenset[str]]

_CUE = re.compile(
    r"\b(?:prior|previous(?:ly)?|earlier|already|beforehand|before|failed|failing|failure|burnt|burned|exhausted|pre-?treated|exposed|exposure"
    r"|experienced|been\s+through|gone\s+through|had\s+had|after|following|na[i\u00ef]ve|refractory)\b",
    re.IGNORECASE,
)
_NEVER = re.compile(r"\bna[i\u00ef]ve\b|\b(?:without|no|never|not)\b[^,.;?]{0,25}$", re.IGNORECASE)
_NEAR_CHARS = 45
_DROPPED = frozenset("prior treatment therapy cell directed agent drug".split())
_ENOUGH = 0.6


def by_prior(desk: Desk, ask: Ask, study: str, named: Sequence[Group]) -> list[Group]:
    """The groups named, the one told by what it had had before in place of words for it, and with the one named beside it.

    Of several such groups of a study the one most of whose words stand by a word such as ``prior`` or ``failed``.
    """
    own = [g for g in desk.own.of(study) if any(i.removeprefix("no-").startswith("prior-") for i in g.ids)]
    text = fold(ask.focus).replace("-", " ")
    cues = list(_CUE.finditer(text))
    if not own or not cues:
        return list(named)
    words = [(stem(m[0].lower()), m.start()) for m in re.finditer(r"[A-Za-z][\w]+", text)]
    near = {w: at for w, at in words if any(abs(at - c.start()) < _NEAR_CHARS for c in cues)}
    graded = []
    for group in own:
        prior = next(i for i in sorted(group.ids) if i.removeprefix("no-").startswith("prior-"))
        keys = {k for k in prior.removeprefix("no-").split("-") if k not in _DROPPED}
        keys = {k for k in keys if len(k) > 1} or keys  # the letter of "CAR T" is no word
        said = {k for k in keys if any(w == k or (len(k) > 4 and w.startswith(k[:5])) for w in near)}
        never = any(
            _NEVER.search(text[: near[w]])
            or re.match(r"(?:\w+\s+){1,3}(?:na[i\u00ef]ve|unexposed)\b", text[near[w] :])
            for w in near
            if w in said
        )
        if keys and never == prior.startswith("no-"):
            graded.append((len(said) / len(keys), len(said), prior, keys))
        elif keys and never and not any(f"no-{prior}" in g.ids for g in own):  # told of by no figure
            graded.append((len(said) / len(keys), len(said), f"no-{prior}", keys))
    best = max(graded, default=None, key=lambda g: g[:2])
    if best is None or best[0] < _ENOUGH or sum(g[:2] == best[:2] for g in graded) > 1:
        return list(named)
    _, _, prior, keys = best
    others = [(label, ids) for label, ids in named if not _is_of(label, ids, keys)]
    label = (
        ("without" if prior.startswith("no-") else "with")
        + " prior "
        + " ".join(k for k in prior.split("-") if k in keys)
    )
    beside = others[0] if len(others) == 1 else None
    if beside is not None:
        return [(f"{beside[0]} {label}", beside[1] | {prior})]
    return [*others, (label, frozenset({prior}))]


def says_before(label: str) -> bool:
    """Whether a wording only says that something was had before: ``failed``, ``exposed``."""
    return bool(_CUE.fullmatch(label.strip()))


def _is_of(label: str, ids: frozenset[str], keys: set[str]) -> bool:
    """Whether a group named is but the words for what was had before."""
    words = {stem(w) for w in re.findall(r"[a-z][\w]+", fold(label).lower().replace("-", " "))}
    if says_before(label):
        return True  # "failed", which only says that it was had before
    return bool(words & keys) or any(i.removeprefix("no-").startswith("prior") for i in ids)
