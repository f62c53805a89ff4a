"""Studies named by trial, product, treatment or registration number."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant import lazy_re as re
from assistant.names.model import CODE, Name, squeeze
from assistant.names.tables import NameTables
from assistant.text.text import Token, ascii_key, tokens

_NCT = re.compile(r"\bNCT\s?\d{5,}\b", re.IGNORECASE)
_SUFFIX = re.compile(
    r"-(?:directed|targeted|targeting|based|positive|negative|mutated|mutant|specific|expressing)$",
    re.IGNORECASE,
)
_PRODUCT = re.compile(r"(?=[\w-]*[A-Z]{2})[A-Z][A-Za-z]+(?:-[A-Za-z]+)*-\d{3,}[A-Za-z]?")
"""A product's or trial's number: ``AB-CART-007``."""
_CELLS = re.compile(r"([a-z]{3,})-?cel", re.IGNORECASE)
"""The short form of a cell product's name."""
_CELL_NAMES = ("cel", "gene")
"""How the words of the names of cell products end (INN: -cel for cells, -gene for gene therapy)."""
_NO_NAMES = frozenset(
    "us usa uk eu fda ema nih nci pcr qpcr rtpcr ddpcr ngs wes wgs fish mri ct pet spect elisa hplc ihc kg mg".split()
)
"""Short forms of countries, authorities and methods, which name no study though one alone may use them."""
_APART = re.compile(r"[.;:!?]\s|\s[,(]")
_EVERY = re.compile(r"all(?= (?:of|the|these|those|\d+|patients|people|children|adults|kids|pts)\b)")
"""The word, where a disease is spelt so: ``all 40 patients``."""
_LONGEST = 4
"""Tokens that a code may have, its hyphens and spaces separating."""


class CodeReader:
    """Finds trials, products, treatments and registration numbers.

    Args:
        tables: the review's names.
        ids: the studies' ids; what all of them share names none.
    """

    def __init__(self, tables: NameTables, ids: Collection[str]) -> None:
        self._tables = tables
        self._n_studies = len(ids)
        numbered = [code for code in tables.codes if re.search(r"\d", code)]
        self._letters = frozenset(re.sub(r"\d", "", code) for code in numbered)
        known = [f"{name}s" for name in (*tables.codes, *tables.agents)]
        self._beginnings = frozenset(name[:n] for name in known for n in range(len(name) + 1))
        """Of squeezed names, their plurals included."""

    def registered(self, text: str) -> tuple[list[Name], list[str]]:
        """Registration numbers in ``text``, and those that no study of the review has."""
        names, missing = [], []
        for match in _NCT.finditer(text):
            studies = self._tables.ncts.get(match.group().replace(" ", "").lower())
            if studies:
                names.append(Name(match.group(), "nct", studies, match.start(), match.end()))
            else:
                missing.append(match.group().upper())
        return names, missing

    def unknown(self, text: str) -> list[str]:
        """Trial names that differ from one of the review's in their number only (``HALYARD-2``)."""
        found = []
        for match in CODE.finditer(text):
            code = match.group().strip("-")
            letters = re.sub(r"[^a-z]", "", ascii_key(code))
            bare = _SUFFIX.sub("", code)  # "ABC2-directed" is known by ABC2
            spelled = {squeeze(code), squeeze(bare)} & self._tables.spelled
            own = bool(spelled) or code.upper().startswith("NCT")
            numbered = bool(re.search(r"\d", code)) and not own
            if (numbered and len(letters) >= 5 and letters in self._letters) or (
                numbered and _PRODUCT.fullmatch(code)
            ):
                found.append(code)
        return found

    def read(self, text: str, taken: Collection[tuple[int, int]]) -> list[Name]:
        """Trials, products and treatments in folded ``text`` outside the spans ``taken``, longest first."""
        words = tokens(text)
        found: list[Name] = []
        position = 0
        while position < len(words):
            length, name = self._at(words, position, text, taken)
            if name:
                found.append(name)
            position += length
        return found

    def _at(
        self, words: Sequence[Token], position: int, text: str, taken: Collection[tuple[int, int]]
    ) -> tuple[int, Name | None]:
        first = words[position]
        begins = squeeze(first.text)
        if not first.text[0].isalnum() or not (begins in self._beginnings or begins.endswith("cel")):
            return 1, None
        if _EVERY.match(text, first.start):
            return 1, None
        for length in range(min(_LONGEST, len(words) - position), 0, -1):
            last = words[position + length - 1]
            if not last.text[0].isalnum():
                continue
            start, end = first.start, last.end
            if any(a < end and start < b for a, b in taken):
                continue
            name = self._name(text[start:end], start)
            if name and not _APART.search(name.text):
                return length, name
        return 1, None

    def _name(self, text: str, start: int) -> Name | None:
        key = squeeze(text)
        if (key in self._tables.groups or key in _NO_NAMES) and key not in self._tables.agents:
            return None
        for table, kind in ((self._tables.codes, "code"), (self._tables.agents, "agent")):
            hit = table.get(key) or (table.get(key[:-1]) if key.endswith("s") else None)
            if not hit or len(hit) == self._n_studies:
                continue
            if kind == "code" and len(key) < 3 and not text.isupper():
                continue
            if key in self._tables.topics:
                kind = "topic"
            elif key in self._tables.agents:
                kind = "agent"
            return Name(text, kind, hit, start, start + len(text))
        if (short := _CELLS.fullmatch(text)) and (made := self._cells(ascii_key(short[1]))):
            return Name(text, "agent", made, start, start + len(text))
        return None

    def _cells(self, begin: str) -> frozenset[str]:
        """The studies of the cell products whose names begin so: ``abc-cel`` for ``abcdecabtagene fghileucel``."""
        named = [k for k in self._tables.agents if k.startswith(begin) and k.endswith(_CELL_NAMES)]
        studies = frozenset[str]().union(*(self._tables.agents[k] for k in named))
        return studies if len(studies) < self._n_studies else frozenset()
