"""The prose of a review: sentences, the studies they speak of, the references they cite."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant import lazy_re as re
from assistant.files.source import even_spaces
from assistant.text.sentences import split_sentences
from assistant.text.text import fold

_ID = r"(?:[A-Z][A-Za-z]{0,7}[-\u2010\u2011\u2013]?|[A-Z]{2,24}[-\u2010\u2011\u2013])?\d\w*(?:[-\u2010\u2011\u2013]\w+)*"
_REFS = r"\[\s*\d{1,4}(?:\s*[,;\u2010-\u2015-]\s*\d{1,4})*\s*\]"
_AND = r"\s*(?:,\s*(?:and\s+)?|;\s*|/\s*|&\s*|\band\s+)"
_CITATION = re.compile(_REFS)
_HEADING = re.compile(r" {0,3}#{1,6}(?:\s+(.*)|$)")
_BULLET = re.compile(r"^\s{0,3}[-*+\u2022]\s+")  # "7 + 3" within a line is none
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_NO_NOUN = re.compile(
    r"(?:table|figure|fig|section|ref|reference|phase|grade|appendix|equation|supplement|day|"
    r"week|month|year|cycle|chapter|part|step|line|page)s?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """``(Study S-101) [4]`` in a sentence: which studies it speaks of from here on."""

    start: int
    end: int
    """Character span in the sentence's ``text``."""
    studies: tuple[str, ...]
    references: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the prose."""

    text: str
    """As written, on one line."""
    plain: str
    """Without marks and references, spaces evened."""
    studies: tuple[str, ...]
    """The studies its own marks name, else those of the last marked sentence before it in its paragraph;
    empty for background. More than one means that the marks alone do not tell whose a figure is."""
    mentions: tuple[str, ...]
    """Studies merely named (``similar to Study S-102``)."""
    references: tuple[int, ...]
    """Numbers it cites itself, in order."""
    section: str
    paragraph: int
    """1-based, in its section."""
    index: int
    """1-based, in its paragraph."""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph on one line."""

    section: str
    paragraph: int
    text: str
    lines: tuple[tuple[int, int], ...]
    """Offset in ``text`` and line of the file at which each of its lines begins."""

    def line(self, offset: int) -> int:
        """The file's line that holds ``offset``."""
        return max((line for begin, line in self.lines if begin <= offset), default=self.lines[0][1])


def read_blocks(text: str, first_line: int) -> list[Block]:
    """The paragraphs of Markdown ``text``; a list item is a paragraph of its own."""
    text = _COMMENT.sub(lambda m: "\n" * m.group().count("\n"), text)
    blocks: list[Block] = []
    section, number = "", 0
    lines: list[tuple[int, str]] = []

    def close() -> None:
        nonlocal number
        if lines:
            number += 1
            blocks.append(_block(section, number, lines))
            lines.clear()

    for i, line in enumerate(text.split("\n"), first_line):
        heading = _HEADING.match(line)
        if heading or not line.strip() or _BULLET.match(line):
            close()
        if heading:
            section, number = even_spaces((heading.group(1) or "").rstrip("# ")), 0
        elif line.strip():
            lines.append((i, _BULLET.sub("", line, count=1).strip()))
    close()
    return blocks


def _block(section: str, number: int, lines: Sequence[tuple[int, str]]) -> Block:
    begins = []
    length = 0
    for line, text in lines:
        begins.append((length, line))
        length += len(text) + 1
    return Block(section, number, " ".join(text for _, text in lines), tuple(begins))


def noun_in_marks(text: str) -> str:
    """The noun that most marks of the form ``(Noun ID) [4]`` begin with, singular; "" if there is none."""
    found = Counter(
        m.group(1)
        for m in re.finditer(rf"\(([A-Z][a-z]+)\s+#?{_ID}(?:{_AND}{_ID})*\)\s*\[\d", text)
        if not _NO_NOUN.fullmatch(m.group(1))
    )
    if not found:
        return ""
    noun = found.most_common(1)[0][0]
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


class Marker:
    """Finds study marks, mentions and references in text."""

    def __init__(self, label: str, ids: Iterable[str], *, unlabelled: bool = False) -> None:
        """Prepares the patterns.

        Args:
            label: The noun before an id.
            ids: Those the tables give; behind the noun others are found by their form.
            unlabelled: Whether ``(S-101) [4]`` marks a study that no table has.
        """
        self._known = {_key(i): i for i in ids}
        named = sorted(self._known.values(), key=len, reverse=True)
        literal = {i: re.sub(r"\\?-", r"[-\\u2010-\\u2013]", re.escape(fold(i))) for i in named}
        one = rf"(?:{'|'.join([*literal.values(), _ID])})(?!\w)"
        noun = rf"(?i:{'|'.join(_forms(label))})(?:\s*(?:#|№|\b(?i:nos?|nr|numbers?|ids?)\b\.?))?\s*"
        many = rf"{one}(?:{_AND}(?:{noun})?{one})*"
        lead = r"\s*(?i:see\s+|cf\.?\s+)?"
        patterns = [
            rf"[(\[]{lead}{noun}(?P<ids1>{many})\s*(?:[,;]?\s*(?P<in1>{_REFS}))?\s*[)\]](?:\s*(?P<refs1>{_REFS}))?",
            # "(Study S-101; n = 40)": what follows the id stays in the sentence.
            rf"(?<=[(\[]){lead}{noun}(?P<ids2>{many})\s*[,;:]\s*(?=[^()\[\]]*[)\]])",
            # "(TRIAL-2; Study S-101)": the name stays, too.
            rf"(?<=[\w.])\s*[;,]\s*{lead}{noun}(?P<ids5>{many})(?=\s*[)\]])",
        ]
        bare = [*literal.values(), *([r"[A-Z][A-Za-z]{0,7}[-\u2010-\u2013]\d+"] if unlabelled else [])]
        if bare:
            alone = rf"(?:{'|'.join(bare)})(?!\w)"
            patterns.append(rf"\(\s*(?P<ids3>{alone}(?:{_AND}{alone})*)\s*\)\s*(?P<refs3>{_REFS})")
        # "(2022)" is a year, "(S-101)" is not.
        if safe := [p for i, p in literal.items() if re.search(r"[A-Za-z].*\d|[^\W\d]{4}", i)]:
            alone = rf"(?:{'|'.join(safe)})(?!\w)"
            patterns.append(rf"\(\s*(?P<ids4>{alone}(?:{_AND}{alone})*)\s*\)")
        self.pattern = re.compile("|".join(patterns))
        self._one = re.compile(one)
        self._mention = re.compile(rf"(?<![\w-]){noun}(?P<ids>{many})")

    def marks(self, text: str) -> list[Mark]:
        """The marks of ``text`` in order."""
        found = []
        for match in self.pattern.finditer(text):
            groups = {k: v for k, v in match.groupdict().items() if v}
            ids = next((v for k, v in groups.items() if k.startswith("ids")), "")
            refs = next((v for k, v in groups.items() if not k.startswith("ids")), "")
            found.append(Mark(match.start(), match.end(), self._ids(ids), numbers(refs)))
        return found

    def subject(self, text: str) -> tuple[str, ...]:
        """The study that ``text`` begins with."""
        match = self._mention.match(text)
        return tuple(dict.fromkeys(self._ids(match.group("ids")))) if match else ()

    def mentions(self, text: str) -> tuple[str, ...]:
        """The studies that ``text``, without its marks, names."""
        found = [i for match in self._mention.finditer(text) for i in self._ids(match.group("ids"))]
        return tuple(dict.fromkeys(i for i in found if _key(i) in self._known))

    def learn(self, ids: Iterable[str]) -> None:
        """Counts ``ids`` as known, so that they can be mentioned."""
        for study in ids:
            self._known.setdefault(_key(study), study)

    def _ids(self, text: str) -> tuple[str, ...]:
        found = [self._known.get(_key(m.group()), m.group()) for m in self._one.finditer(text)]
        return tuple(dict.fromkeys(found))


def _key(study: str) -> str:
    return even_spaces(fold(study)).lower()


def _forms(label: str) -> list[str]:
    words = re.escape(label)
    forms = [f"{words}e?s"]
    if label.endswith("y"):
        forms.append(re.escape(label[:-1]) + "ies")
    return [*forms, words]


def numbers(text: str) -> tuple[int, ...]:
    """The numbers of ``[2, 3]`` or ``[2–5]``, ranges written out."""
    found: list[int] = []
    for piece in re.split(r"[,;]", fold(text).strip("[] ")):
        ends = [int(n) for n in re.findall(r"\d+", piece)]
        if len(ends) == 2 and ends[0] < ends[1] <= ends[0] + 100:
            found += range(ends[0], ends[1] + 1)
        else:
            found += ends
    return tuple(found)


def citations(text: str, last: int) -> list[tuple[int, int, tuple[int, ...]]]:
    """Span and numbers of each reference mark; ``last`` is the highest number of the list, 0 for no list.

    ``[18–55]`` is an interval, not a reference, where a number stands before it or the list ends earlier.
    """
    found = []
    for match in _CITATION.finditer(text):
        cited = numbers(match.group())
        ranged = re.fullmatch(r"\[\s*\d+\s*-\s*\d+\s*\]", fold(match.group()))
        after_number = text[max(0, match.start() - 8) : match.start()].rstrip()[-1:].isdigit()
        if not (ranged and (after_number or (last and max(cited) > last))):
            found.append((match.start(), match.end(), cited))
    return found


def read_block(block: Block, marker: Marker, last: int) -> list[Sentence]:
    """The sentences of one paragraph."""
    found: list[Sentence] = []
    held: tuple[str, ...] = ()
    for index, (start, end) in enumerate(split_sentences(block.text, marker.pattern), 1):
        text = block.text[start:end]
        marks = tuple(marker.marks(text))
        cited = citations(text, last)
        own = tuple(dict.fromkeys(s for mark in marks for s in mark.studies))
        if not own and cited and len(subject := marker.subject(text)) == 1:
            own = subject  # "Poster 7 enrolled 96 patients [4]." is told of it like "(Poster 7) [4]"
        held = own or held
        references = dict.fromkeys(n for _, _, listed in cited for n in listed)
        without = _without(text, [(m.start, m.end) for m in marks] + [(s, e) for s, e, _ in cited])
        mentions = tuple(s for s in marker.mentions(without) if s not in own)
        found.append(
            Sentence(
                text, without, held, mentions, tuple(references), block.section, block.paragraph, index, marks
            )
        )
    return found


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """``text`` without ``spans``, and without the space and empty brackets they leave behind."""
    kept = list(text)
    for start, end in spans:
        kept[start:end] = [""] * (end - start)
    plain = even_spaces("".join(kept))
    plain = re.sub(r"\(\s*\)|\[\s*\]", "", plain)
    plain = re.sub(r"(?<=[(\[])\s+|\s+(?=[.,;:!?)\]](?:\s|$|[)\]\"'\u201d]))", "", plain)
    return even_spaces(plain)
