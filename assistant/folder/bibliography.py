"""BibTeX as far as reference lists need it: entries with their line, names as ``Family Initials``."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from assistant import lazy_re as re
from assistant.files.source import even_spaces, refusal
from assistant.model import AssistantError, Reference

_ENTRY = re.compile(r"@\s*([A-Za-z]+)\s*([{(])")
_KEY = re.compile(r"\s*([^\s,{}()=\"#%]+)\s*(,|(?=[})]))")
_FIELD = re.compile(r"\s*([A-Za-z][\w:.+/-]*)\s*=\s*")
_BARE = re.compile(r"[^\s,{}()\"#=]+")
_NUMBERED = re.compile(r"(.*?)0*(\d{1,6})")
_ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a", "d": "\u0323",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "AA": "Å", "i": "i", "j": "j", "textendash": "–", "textemdash": "—",
}  # fmt: skip
_ACCENTED = re.compile(
    r"\{?\\(?:(['`^\"~=.])\s*|([uvHckrd])(?:\s+|(?=\{)))(?:\{\s*\\?([A-Za-z])\s*\}|\\?([A-Za-z]))\}?"
)
_NAMED = "|".join(_LETTERS)
_LETTER = re.compile(rf"\{{\\({_NAMED})\}}|\\({_NAMED})(?![A-Za-z])(?:\{{\}})?\s?")
_COMMAND = re.compile(r"\\[A-Za-z]+\s*(?=\{)|\\(?=[&%$#_{}])")


@dataclass(frozen=True, slots=True)
class _Entry:
    key: str
    line: int
    fields: dict[str, str]


class _Scanner:
    """Walks through BibTeX text, knowing the line it stands on."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.at = 0
        self.macros: dict[str, str] = {}

    def line(self) -> int:
        return self.text.count("\n", 0, self.at) + 1

    def refusal(self, message: str, remedy: str) -> AssistantError:
        return refusal(self.name, self.line(), message, remedy)

    def skip_space(self) -> None:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def peek(self) -> str:
        self.skip_space()
        return self.text[self.at : self.at + 1]

    def braced(self) -> str:
        """What stands between the brace here and its partner."""
        depth = 0
        for i in range(self.at, len(self.text)):
            c = self.text[i]
            if c in "{}" and not (i and self.text[i - 1] == "\\"):
                depth += 1 if c == "{" else -1
                if depth == 0:
                    inner = self.text[self.at + 1 : i]
                    self.at = i + 1
                    return inner
        raise self.refusal("a brace { is not closed", "Add the missing }.")

    def quoted(self) -> str:
        depth = 0
        for i in range(self.at + 1, len(self.text)):
            c = self.text[i]
            escaped = self.text[i - 1] == "\\"
            if c in "{}" and not escaped:
                depth += 1 if c == "{" else -1
            if c == '"' and depth <= 0 and not escaped:
                inner = self.text[self.at + 1 : i]
                self.at = i + 1
                return inner
        raise self.refusal('a quote " is not closed', 'Add the missing ".')

    def value(self) -> str:
        """One field's value: braced, quoted, bare or a macro, or several of them joined with ``#``."""
        parts = []
        while True:
            c = self.peek()
            if c == "{":
                parts.append(self.braced())
            elif c == '"':
                parts.append(self.quoted())
            elif bare := _BARE.match(self.text, self.at):
                self.at = bare.end()
                parts.append(self.macros.get(bare.group().lower(), bare.group()))
            else:
                raise self.refusal("a field has no value", "Write it as  title = {…},")
            if self.peek() != "#":
                return "".join(parts)
            self.at += 1

    def fields(self, closing: str) -> dict[str, str]:
        """The fields up to the end of the entry; of a field given twice the first counts."""
        found: dict[str, str] = {}
        while True:
            c = self.peek()
            if c == closing:
                self.at += 1
                return found
            if c == ",":
                self.at += 1
                continue
            name = _FIELD.match(self.text, self.at)
            if not name:
                raise self.refusal(
                    "the entry is not closed, or a field is not of the form  name = {value}",
                    "Check the commas between the fields and the } at the end of the entry.",
                )
            self.at = name.end()
            found.setdefault(name.group(1).lower(), self.value())
            if self.peek() not in (",", closing):
                raise self.refusal("a comma is missing between two fields", "End each field with a comma.")


def _entries(text: str, name: str) -> list[_Entry]:
    scanner = _Scanner(text, name)
    found: list[_Entry] = []
    while match := _ENTRY.search(text, scanner.at):
        kind, opening = match.group(1).lower(), match.group(2)
        closing = "}" if opening == "{" else ")"
        scanner.at = match.start()
        line = scanner.line()
        scanner.at = match.end()
        if kind in ("comment", "preamble"):
            if opening == "{":
                scanner.at -= 1
                scanner.braced()
        elif kind == "string":
            scanner.macros.update(scanner.fields(closing))
        elif key := _KEY.match(text, scanner.at):
            scanner.at = key.end()
            found.append(_Entry(key.group(1), line, scanner.fields(closing)))
        else:
            raise scanner.refusal("the entry has no key", "Begin it with its number, e.g. @article{ref4, …}.")
    return found


def _accented(match: re.Match[str]) -> str:
    accent = _ACCENTS[match.group(1) or match.group(2)]
    return unicodedata.normalize("NFC", (match.group(3) or match.group(4)) + accent)


def plain_tex(text: str) -> str:
    r"""``text`` without TeX: ``{\"o}`` as ö, ``--`` as –, braces and formatting commands gone."""
    text = _ACCENTED.sub(_accented, text)
    text = _LETTER.sub(lambda m: _LETTERS[m.group(1) or m.group(2)], text)
    text = _COMMAND.sub("", text).replace("~", " ")
    return even_spaces(re.sub(r"-{2,3}", "–", text.replace("{", "").replace("}", "")))


def _initials(given: str) -> str:
    letters = ""
    for word in re.split(r"[\s.\-\u2010\u2011]+", given):
        letters += word if word.isupper() and len(word) <= 4 else word[:1].upper()
    return letters


def _name(raw: str) -> str:
    if raw.startswith("{") and raw.endswith("}"):
        return plain_tex(raw)
    parts = [p.strip() for p in plain_tex(raw).split(",")]
    if len(parts) > 1:
        suffix = parts[1] if len(parts) > 2 else ""
        return " ".join(p for p in (parts[0], _initials(parts[-1]), suffix) if p)
    words = parts[0].split()
    if len(words) < 2 or (words[-1].isupper() and len(words[-1]) <= 4 and not words[0].isupper()):
        return parts[0]
    return f"{words[-1]} {_initials(' '.join(words[:-1]))}"


def author_names(field: str) -> tuple[str, ...]:
    """The names of a BibTeX author field as ``Family Initials``; ``others`` gives a last ``et al``."""
    names = []
    depth = 0
    start = 0
    for match in re.finditer(r"[{}]|\s+and\s+|$", field):
        if match.group() in ("{", "}"):
            depth += 1 if match.group() == "{" else -1
        elif depth <= 0 or match.start() == len(field):
            names.append(field[start : match.start()].strip())
            start = match.end()
    return tuple("et al" if n.lower() in ("others", "et al", "et al.") else _name(n) for n in names if n)


def _numbers(entries: list[_Entry]) -> list[int]:
    """The printed numbers: those of the keys if all have one prefix and a number, else the order."""
    split = [_NUMBERED.fullmatch(e.key) for e in entries]
    parts = [(m.group(1).lower(), int(m.group(2))) for m in split if m]
    one_prefix = len(parts) == len(entries) and len({p for p, _ in parts}) == 1
    # Keys such as smith2020, smith2021 end in years, not in places of the list.
    if one_prefix and not all(1900 <= n <= 2100 for _, n in parts):
        return [n for _, n in parts]
    return list(range(1, len(entries) + 1))


def _reference(number: int, fields: dict[str, str]) -> Reference:
    plain = {k: plain_tex(v) for k, v in fields.items() if k != "author"}
    doi = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", plain.get("doi", ""), flags=re.IGNORECASE)
    return Reference(
        number=number,
        authors=author_names(fields.get("author", "")),
        title=plain.get("title", ""),
        journal=plain.get("journal", "") or plain.get("journaltitle", "") or plain.get("booktitle", ""),
        year=plain.get("year", "") or plain.get("date", "")[:4],
        volume=plain.get("volume", ""),
        issue=plain.get("number", "") or plain.get("issue", ""),
        pages=plain.get("pages", ""),
        doi=doi,
    )


def read_references(text: str, name: str) -> tuple[Reference, ...]:
    """The entries of BibTeX ``text`` by printed number.

    Raises:
        AssistantError: If an entry is malformed, a key stands twice, or text holds no entry.
    """
    entries = _entries(text, name)
    if not entries and text.strip():
        raise refusal(
            name, 1, "no BibTeX entry found", "Write entries as @article{ref1, …}, or remove the file."
        )
    lines: dict[str, int] = {}
    numbered: dict[int, Reference] = {}
    for entry, number in zip(entries, _numbers(entries), strict=True):
        first = lines.setdefault(entry.key.lower(), entry.line)
        if number in numbered or len(lines) <= len(numbered):
            raise refusal(
                name,
                entry.line,
                f"the key {entry.key} or its number stands twice (first on line {first})",
                "Give each reference a key of its own: ref1, ref2, …",
            )
        numbered[number] = _reference(number, entry.fields)
    return tuple(numbered[n] for n in sorted(numbered))
