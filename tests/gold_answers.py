"""Perfect answers written from the gold, and mutants of them that are wrong by one thing each."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

from eval.figures import figures, says
from eval.gold import gold_facts, qualified
from eval.measures import gold_places

Item = dict[str, Any]
Reply = dict[str, Any]
STUDIES = ("51", "54", "4053", "942", "1414", "980", "1995", "2011", "975")


def perfect(item: Item) -> Reply:
    """The gold as an answer: figures first, then words, one statement that cites all that must be cited."""
    words = [w for w in _words(item) if not says("; ".join(item["figures"]), w)]
    text = "; ".join([*item["figures"], *words]) or (
        "It is so" if item["status"] == "answered" else "Not reported"
    )
    text += "."
    cited = list(item["cite"])
    if not cited and item["status"] == "answered":
        cited = item["may_cite"][:1] or [""]
    place = (gold_places(item) or ("Somewhere",))[0]
    return {
        "id": item["id"],
        "status": item["status"],
        "answer": text,
        "statements": [{"text": text, "citations": list(range(len(cited)))}],
        "citations": [{"abstract": study or None, "locator": place, "quote": text} for study in cited],
        "facts": [dict(fact, citation=0) for fact in qualified(item)],
    }


def _words(item: Item) -> list[str]:
    """One alternative of each group that is not forbidden."""
    return [
        next(w for w in group if not any(says(w, n) for n in item["not_words"])) for group in item["words"]
    ]


def _saying(reply: Reply, text: str) -> Reply:
    mutant = copy.deepcopy(reply)
    mutant["answer"] = mutant["statements"][0]["text"] = text
    return mutant


def mutants(item: Item) -> Iterator[tuple[str, Reply]]:
    """Wrong answers to the item with the name of what is wrong about each."""
    reply = perfect(item)
    for make in (_digits, _units, _other_arms, _citations, _other_status, _unasked_first, _facts):
        yield from make(item, reply)


def _digits(item: Item, reply: Reply) -> Iterator[tuple[str, Reply]]:
    rest = "; ".join(_words(item))
    for n, figure in enumerate(item["figures"]):
        others = [f for k, f in enumerate(item["figures"]) if k != n]
        if figure in others or figures(figure)[0] in figures("; ".join([*others, rest])):
            continue  # it stands there twice; the other one would still be right
        for place in [m.start() for m in re.finditer(r"\d", figure)]:
            for step in (1, 5):
                digit = str((int(figure[place]) + step) % 10)
                changed = figure[:place] + digit + figure[place + 1 :]
                if figures(changed)[:1] and figures(changed)[0] != figures(figure)[0]:
                    parts = [*item["figures"][:n], changed, *item["figures"][n + 1 :], rest]
                    yield "digit changed", _saying(reply, "; ".join(filter(None, parts)) + ".")


def _units(item: Item, reply: Reply) -> Iterator[tuple[str, Reply]]:
    rest = "; ".join(_words(item))
    for n, figure in enumerate(item["figures"]):
        bare = re.sub(r"\s*(?:%|months?|years?|days?|weeks?|percentage points)$", "", figure)
        changed = bare if bare != figure else f"{figure}%" if re.fullmatch(r"[\d.]+", figure) else ""
        if not changed or figure in item["figures"][:n] + item["figures"][n + 1 :] or says(rest, figure):
            continue
        parts = [*item["figures"][:n], changed, *item["figures"][n + 1 :], rest]
        name = "unit dropped" if bare != figure else "unit added"
        yield name, _saying(reply, "; ".join(filter(None, parts)) + ".")


def _other_arms(item: Item, reply: Reply) -> Iterator[tuple[str, Reply]]:
    """Another arm's, time's or study's figure of the same measure in place of the right one."""
    for fact in qualified(item):
        if item["figures"].count(fact["value"]) != 1 or any(says(w, fact["value"]) for w in _words(item)):
            continue
        for other in gold_facts():
            same = other.attribute == fact["attribute"] and len(other.figures()) == 1
            if same and other.value not in item["figures"] and other.figures() != figures(fact["value"]):
                swapped = [other.value if f == fact["value"] else f for f in item["figures"]]
                yield "other arm's figure", _saying(reply, "; ".join([*swapped, *_words(item)]) + ".")


def _citations(item: Item, reply: Reply) -> Iterator[tuple[str, Reply]]:
    if item["status"] != "answered":
        for study in [s for s in STUDIES if s not in item["cite"] and s not in item["may_cite"]][:2]:
            mutant = copy.deepcopy(reply)
            mutant["citations"].append({"abstract": study, "locator": "", "quote": reply["answer"]})
            mutant["statements"][0]["citations"].append(len(mutant["citations"]) - 1)
            yield "other abstract cited", mutant
        return
    for study in [s for s in STUDIES if s not in item["cite"] and s not in item["may_cite"]][:3]:
        mutant = copy.deepcopy(reply)
        mutant["citations"][0]["abstract"] = study
        yield "other abstract cited", mutant
    mutant = copy.deepcopy(reply)
    mutant["statements"][0]["citations"] = []
    yield "citation removed", mutant
    mutant = copy.deepcopy(reply)
    mutant["statements"][0]["citations"].append(99)
    yield "citation of nothing", mutant


def _other_status(item: Item, reply: Reply) -> Iterator[tuple[str, Reply]]:
    if item["status"] == "answered":
        yield "declined instead of answered", reply | {"status": "declined"}
        return
    yield "answered instead of declined", reply | {"status": "answered"}
    for value in ("73.5%", "in 17 patients"):
        mutant = _saying(reply, f"It was {value}. {reply['answer']}") | {"status": "answered"}
        yield "answered instead of declined", mutant


def _unasked_first(item: Item, reply: Reply) -> Iterator[tuple[str, Reply]]:
    """A figure of the review that is neither asked for nor allowed stands in a sentence before the answer."""
    known = {f for text in (*item["figures"], *item["allowed"], *item["turns"]) for f in figures(text)}
    bare = {f.value for f in known} | {w for group in item["words"] for w in group}
    true = [f for f in gold_facts() if f.study and len(f.figures()) == 1 and f.figures()[0].value not in bare]
    for fact in true[:2]:
        yield "unasked figure first", _saying(reply, f"It gives {fact.value} too. {reply['answer']}")


def _facts(item: Item, reply: Reply) -> Iterator[tuple[str, Reply]]:
    """The right figure for another study, measure, time point or group."""
    for n, fact in enumerate(reply["facts"]):
        if sum(f["value"] == fact["value"] for f in reply["facts"]) > 1:
            continue
        wrong = {"study": next(s for s in STUDIES if s != fact["study"]), "attribute": "DOR"}
        if fact["time_point"]:
            wrong["time_point"] = "7-year"
        arms = {f.group for f in gold_facts() if f.study == fact["study"] and f.group} - {fact["group"]}
        arms -= {"all patients"}
        if fact["group"] and arms:
            wrong["group"] = sorted(arms)[0]
        for name, value in wrong.items():
            mutant = copy.deepcopy(reply)
            mutant["facts"][n][name] = value
            yield f"other {name.replace('_', ' ')}", mutant
