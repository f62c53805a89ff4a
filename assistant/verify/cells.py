"""Sentences that give a cell's value, a number of patients or a p-value: few forms, matched as a whole."""

from __future__ import annotations

from collections.abc import Collection

from assistant import lazy_re as re
from assistant.model import Fact
from assistant.text.text import fold, without_unit
from assistant.verify.figures import numbers_in

_P_OF = re.compile(
    r"(?:the p-value for (?P<of>.+?) was|p(?: =)?) ?(?P<v>[<>≤≥]?\s?(?:0,\d+|[\d.]+\d))(?: for (?P<for>.+?))?\.?\s*$",
    re.IGNORECASE,
)
_CI_OF = re.compile(r"the 95\s?% CI for (?P<of>.+?) was (?P<v>.+?)\.?\s*$", re.IGNORECASE)
_SIZE = re.compile(
    r"\s*(?P<how>had|enrolled|infused|treated) (?P<n>\d+)(?:/(?P<total>\d+))? patients?"
    r"(?: \((?P<share>[\d.]+\s?(?:%|per cent))\))?(?: \((?P<label>.+)\))?\.\s*"
)


def _printed(fact: Fact) -> str:
    """The value without its references and its full stop."""
    return re.sub(r"\s*\[[\d, ]+\]", "", fold(fact.value)).rstrip(".")


def qualifying(text: str, fact: Fact, of_names: Collection[str]) -> str:
    """What is wrong with a p-value or an interval, or ""; each says what it belongs to."""
    match = (_P_OF if fact.attribute == "p_value" else _CI_OF).fullmatch(text.strip())
    if not match:
        return "says no figure that can be read back"
    of = (match["of"] or (match["for"] if fact.attribute == "p_value" else "") or "").lower()
    wanted = {f"{fact.time_point} {n}".strip() for n in of_names} if fact.of else {""}
    if of not in wanted:
        return "names another measure than the fact's"
    said, stated = (re.sub(r"\s+", "", fold(v)).lower() for v in (match["v"], fact.value))
    return "" if said == stated else "says another value"


def size(text: str, fact: Fact, populations: Collection[str] = (), place: str = "") -> str:
    """What is wrong with a number of patients, or "".

    Args:
        text: the sentence.
        fact: the number.
        populations: names of the fact's groups where all are known; together they may stand for its label.
        place: what the fact's place says, which must itself say that they were infused or treated.
    """
    found = _SIZE.fullmatch(text)
    said = found and (found["n"], found["total"], numbers_in(found["share"] or ""))
    total = str(fact.total) if fact.total is not None else None
    if not found or said != (str(fact.n), total, numbers_in(fact.percent)):
        return "says another number of patients"
    done = found["how"] if found["how"] in {"infused", "treated"} else ""
    if done and not re.search(rf"(?<![\d.,]){fact.n}\s+(?:patients\s+)?{done}\b", fold(place), re.IGNORECASE):
        return f"says that they were {done}"
    label = found["label"] or ""
    if label == (fold(fact.group_label) if fact.group else ""):
        return ""
    parts = sorted(_bare(part) for part in label.split(", "))
    named = len(populations) > 1 and parts == sorted(_bare(fold(name)) for name in populations)
    return "" if named else "says another number of patients"


def _bare(name: str) -> str:
    """The name of a population without ``patients`` behind it."""
    return re.sub(r"\s*patients$", "", name)


def authors(sentence: str, text: str, fact: Fact, names: Collection[str]) -> str:
    """What is wrong with a study's authors, or ""; they may be the name of the study itself.

    Args:
        sentence: the sentence as it stands.
        text: the sentence without the studies it names.
        fact: the authors.
        names: what the characteristic may be called, lower-case.
    """
    left = text.replace(_printed(fact), "").strip(" .,:").lower()
    forms = {f"the {n} {verb}" for n in names for verb in ("was", "were")} | set(names)
    right = left in forms and fold(sentence).rstrip(".").endswith(_printed(fact))
    return "" if right else "names other authors"


def characteristic(text: str, fact: Fact, names: Collection[str], groups: Collection[str] = ()) -> str:
    """What is wrong with a cell's value, or "".

    Args:
        text: the sentence without the study it names.
        fact: the cell.
        names: what the characteristic may be called, lower-case, the row's own head among them.
        groups: what the arm of a number of patients may be called, which must be said; none for all patients.
    """
    text = re.sub(r"\s+", " ", text).strip().lower()
    known = [*dict.fromkeys(form for n in names if n for form in (n, without_unit(n, fact.unit)))]
    if fact.unit == "patients" and fact.n is not None:
        name = "|".join(map(re.escape, known))
        said = rf",? ?(?:{name}): {_number(fact)}{_place(groups)}\."
        return "" if re.fullmatch(said, text) else "does not say the cell's value"
    value = _printed(fact).lower()
    heads = [f"the {n} {verb} " for n in known for verb in ("was", "were")]
    heads += [f"{comma}{n}: " for n in known for comma in (", ", ",", "")]
    heads += [": "] if fact.attribute == "agents" else []
    units = [gap + unit for unit in ("", "%", fact.unit) for gap in ("", " ")]
    right = {f"{head}{value}{unit}." for head in heads for unit in units}
    if fact.attribute in {"phase", "design"}:
        called = [begin + phase for begin in ("was ", "was a ", "was an ", ": ") for phase in ("", "phase ")]
        right |= {f"{begin}{value}{end}." for begin in called for end in ("", " study")}
    return "" if text in right else "does not say the cell's value"


def _place(groups: Collection[str]) -> str:
    """A pattern for the arm, called by one of some names; "" for all patients."""
    if not groups:
        return ""
    return rf" (?:in the|for) (?:{'|'.join(re.escape(fold(g).lower()) for g in groups)})(?: group| patients)?"


def _number(fact: Fact) -> str:
    """A pattern for a number of patients with N and share, as far as they are printed."""
    whole = f"/{fact.total}" if fact.total is not None else ""
    share = rf" \({re.escape(fact.percent.lower())}\)" if fact.percent else ""
    return rf"{fact.n}{whole}{share}"


def own_attribute(text: str, fact: Fact, names: Collection[str], groups: Collection[str]) -> str:
    """What is wrong with the value of an attribute of the review's own, or "".

    Args:
        text: the sentence without the study it names.
        fact: the figure, with the arm and grade that must be said.
        names: what the attribute may be called, lower-case.
        groups: what the fact's group may be called; none for all patients.
    """
    text = re.sub(r"\s+", " ", text).strip().lower()
    called = {form for n in names if n for form in (n, without_unit(n, fact.unit))}
    value, name = re.escape(_printed(fact).lower()), "|".join(map(re.escape, sorted(called)))
    low = re.escape(fact.grade.lstrip("<>="))
    worse = {">": " or higher", "<": " or lower"}.get(fact.grade[:1], "")
    grade = rf" of grade {low}{worse}" if fact.grade else ""
    place = _place(groups)
    if fact.unit == "patients" and fact.n is not None:
        said = rf"the number of (?:patients with )?(?:{name}){grade} was {_number(fact)}{place}\."
    else:
        said = rf"the (?:{name}){grade} (?:was|were) {value}\s?(?:%|{re.escape(fact.unit)})?{place}\."
    return "" if re.fullmatch(said, text) else "does not say the cell's value"
