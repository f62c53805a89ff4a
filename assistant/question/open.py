"""Which of the review's own attributes a question asks for, by the words both use.

A table's row may be headed by what no vocabulary knows (``CCL4: response, median (min, max)``); a question
says some of its words, in an order of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from assistant import lazy_re as re
from assistant.text.text import fold, key_of, plain
from assistant.vocabulary.vocabulary import Term

_CHUNK = re.compile(r"[^\s,;:()\[\]/?!\"'=<>\u2264\u2265]+")
_LETTER = re.compile(r"[^\W\d_]")
_STATISTICAL = frozenset(
    "median mean average range iqr sd se min max number no n patient p value percent percentage rate "
    "proportion of or and the a an in at to for with vs versus by per from on was were what how many much "
    "did had have which is are group arm table study give given level reported report year month week day "
    "unit mg g l kg ml dl".split()
)
_KEPT = 16
"""Questions whose attributes are kept: several slots ask for those of the same one."""
_ENOUGH = 0.6
"""Share of an attribute's words, each weighed by how few attributes have it, that a question must use."""


def words_of(text: str) -> frozenset[str]:
    """Keys of the words of ``text`` that tell one attribute from another, hyphened ones whole."""
    chunks = (m.group().strip(".-*†‡%") for m in _CHUNK.finditer(fold(text)))
    keys = {key_of(c) for c in chunks if c.isalpha() or _LETTER.search(c)}
    return frozenset(k for k in keys if k not in _STATISTICAL)


_BOUND = re.compile(
    r"(?P<low><=?|\u2264|\bunder|\bbelow|\b(?:less|smaller|lower|shorter|fewer) than|\bup to|\bwithin)?"
    r"(?P<high>>=?|\u2265|\bover|\babove|\b(?:more|greater|larger|higher|longer) than|\bat least)?"
    r"\s*(?P<n>\d+(?:\.\d+)?)(?:\s*(?:-|to)\s*(?P<to>\d+(?:\.\d+)?))?\s?(?P<unit>cm|mm|years?|x|\u00d7|g/|mg/|%)",
    re.IGNORECASE,
)


_DIGIT = re.compile(r"\d")
_PRIOR = frozenset("prior previous previously preceding earlier before already".split())
"""Words for what patients had been given before; a row on it is named by none of the rest of its words."""
_DYING = frozenset("death died die dead dying cause mortality fatal".split())
_SHORT = re.compile(r"\b[A-Z]{3,5}\b")
_EITHER = re.compile(r"[A-Za-z-]+(?:\s?/\s?[A-Za-z-]+)+")


def _initials(name: str) -> str:
    words = re.findall(r"[A-Za-z]+", name)
    return "".join(w[0] for w in words).upper() if 3 <= len(words) <= 5 else ""


def bounds_of(text: str) -> frozenset[str]:
    """The bounds in a row's head or a question: ``< 5 cm`` and ``under 5 cm`` are one, ``5-10 cm`` is another."""
    if not _DIGIT.search(text):
        return frozenset()
    if told := _thresholds(text):
        return told
    found = (m for m in _BOUND.finditer(fold(text)))
    return frozenset(
        f"{'<' if m['low'] else '>' if m['high'] else ''}{m['n']}{'-' + m['to'] if m['to'] else ''}"
        for m in found
    )


def _thresholds(text: str) -> frozenset[str]:
    """The powers of ten in a text: ``10⁻⁵`` and ``10^-5`` are ``10-5``."""
    return frozenset(f"10-{n}" for n in _POWER.findall(plain(text)))


_POWER = re.compile(r"(?<![\d.])10\s?\^?-\s?(\d)(?!\d)")
_UNTIL = re.compile(r"\btime (?:to|until)\b", re.IGNORECASE)
_LASTING = re.compile(r"\bdurations?\b|\blength of\b|\blast(?:s|ed|ing)?\b", re.IGNORECASE)
_NO_KINDS = frozenset({"all", "transplant", "evaluable", "survivors", "treated"})
"""What patients are called that no row of a table singles out."""


_STATE = re.compile(
    r"\b(?:with|without|had|have|having|no|in|of|for)\s+(?:(?!the\b|this\b|that\b|what\b|which\b|their\b|each\b|of\b)[a-z-]+\s+){1,2}disease\b",
    re.IGNORECASE,
)
"""``in those with bulky disease``: tells patients, and asks for no disease."""


class OpenTopics:
    """Finds the review's own attributes in questions.

    Args:
        attributes: id -> term.
        same: gives what the names in a text mean, whatever their wording (``women`` and ``female``).
        arms: keys of the words of arms, which name no row.
    """

    def __init__(
        self,
        attributes: Mapping[str, Term],
        same: Callable[[str], frozenset[str]] = lambda _: frozenset(),
        arms: frozenset[str] = frozenset(),
    ) -> None:
        self._arms = arms
        self._same = same
        self._names = {i: re.sub(r"\s", "", fold(t.name)) for i, t in attributes.items()}
        self._bounds = {i: bounds_of(t.name) for i, t in attributes.items()}
        self._words = {i: words_of(t.name) for i, t in attributes.items()}
        self._deaths = {
            i for i, t in attributes.items() if re.match(r"deaths? (?:from|related|due)\b", t.name)
        }
        self._lasting = {i for i, t in attributes.items() if _LASTING.search(t.name)}
        self._short = {i: _initials(t.name.rpartition(": ")[2]) for i, t in attributes.items()}
        """Initials of what a row below a heading is called: ``AML``."""
        self._either = {i: words_of(" ".join(_EITHER.findall(t.name))) for i, t in attributes.items()}
        """Words of which a row's cells give one figure each: ``related/unrelated``."""
        kinds = {i: same(t.name.rpartition(": ")[2]) for i, t in attributes.items()}
        self._meant = {i: own - _NO_KINDS for i, own in kinds.items()}
        self._kinds = {i: own | _thresholds(attributes[i].name) for i, own in kinds.items()}
        self._beside = {i: words_of(" ".join(t.row_heads)) - self._words[i] for i, t in attributes.items()}
        """Words of brackets in a row's head: ``Clinical stage (Rai)``."""
        self._tails = {
            i: words_of(t.name.rpartition(": ")[2]) for i, t in attributes.items() if ": " in t.name
        }
        self._prior = {i for i, words in self._words.items() if words & _PRIOR}
        counted = Counter(w for words in self._words.values() for w in words)
        self._weight = {w: 1 / n for w, n in counted.items()}
        self._find = lru_cache(maxsize=_KEPT)(self._found)

    def find(self, focus: str) -> tuple[tuple[str, ...], frozenset[str]]:
        """The ids that the words of ``focus`` name best, and the words they share; empty where none is meant.

        Attributes that share the same words of the question equally well are given together.
        """
        return self._find(focus)

    def _found(self, focus: str) -> tuple[tuple[str, ...], frozenset[str]]:
        asked, meant, bounds = words_of(focus), self._same(focus) - _NO_KINDS, bounds_of(focus)
        asked |= words_of(re.sub(r"-(?=(?:related|associated|induced|specific)\b)", " ", focus))
        asked |= {"death"} if asked & _DYING else set()
        shorts = set(_SHORT.findall(focus))
        until = _UNTIL.search(focus) is not None and not _LASTING.search(focus)
        best: list[tuple[float, float, str]] = []
        for name, words in self._words.items():
            if name in self._deaths and not asked & _DYING:
                continue  # "chronic GVHD" asks for no deaths from it
            if name in self._prior and not asked & _PRIOR:
                continue  # "survival after CAR T cells" asks for no prior CAR T cells
            if name in self._lasting and until:
                continue  # "time to MMR" is no "duration of MMR"
            shared = words & asked
            if shared <= self._arms or (shared == {"disease"} and _STATE.search(focus)):
                shared = frozenset()
            of_kind = self._short[name] in shorts or (self._meant[name] and self._meant[name] <= meant)
            if not shared and not of_kind:
                continue
            either = self._either[name] - asked if self._either[name] & asked else frozenset()
            whole = sum(self._weight[w] for w in words - either)
            share = sum(self._weight[w] for w in shared) / whole if whole else 0.0
            if self._beside[name] & asked or self._is_all_of_row(name, asked) or of_kind:
                share = max(share, _ENOUGH)
            if share >= _ENOUGH and not (self._bounds[name] and bounds and not self._bounds[name] & bounds):
                best.append((sum(len(w) > 1 for w in shared) + bool(of_kind), share, name))
        if not best:
            return (), frozenset()
        top = max(b[:2] for b in best)
        found = tuple(b[2] for b in best if b[:2] == top)
        return (found, self._words[found[0]] & asked) if len(found) <= 2 else ((), frozenset())

    def _is_all_of_row(self, name: str, asked: frozenset[str]) -> bool:
        """Whether a question has all words of a row below a heading, and no other attribute has them: ``Sex: Women``."""
        own = self._tails.get(name, frozenset())
        return bool(own) and own <= asked and all(self._weight[w] == 1 for w in own)

    def words(self, names: Iterable[str]) -> frozenset[str]:
        """Keys of the telling words of some attributes, those in brackets included."""
        own = [n for n in names if n in self._words]
        short = frozenset(self._short[n].lower() for n in own if self._short[n])
        return short.union(*(self._words[n] | self._beside[n] for n in own))

    def kinds(self, names: Iterable[str]) -> frozenset[str]:
        """What patients some attributes' names mean: those of ``Previous allo-SCT`` were transplanted."""
        return frozenset[str]().union(*(self._kinds[n] for n in names if n in self._kinds))

    def holds(self, names: Iterable[str], value: str) -> bool:
        """Whether a figure is part of an attribute's name: the 30% of ``CD38 >30%``."""
        return any(re.sub(r"\s", "", fold(value)) in self._names.get(name, "") for name in names)
