"""The question sets: their form, the split, and that every fact of the review is asked for."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from asking import CORPUS, dev_items

from eval.extending import unasked
from eval.figures import figures, normal
from eval.gold import MISSING, GoldFact, asks_for, gold_facts, qualified
from eval.items import FROZEN, EvalError, add, digest, open_sets, read_questions, split_of

REVIEW = CORPUS / "t-all-ash-2022"
DEV, TEST = (s.items for s in open_sets("all"))

FROZEN_DEV = "f5631f3d322fb1ab3a747009e6520d424fef0f0837f4eb9d4918e89f9bff6da0"
FROZEN_TEST = "d15ffb876a749366f3550169599df37a50bf698cc6ad1f553db62c0470c1d4e0"


def item(**changes: Any) -> dict[str, Any]:
    base: dict[str, Any] = {"id": "x-1", "kind": "lookup", "turns": ["OS?"], "status": "answered"}
    base |= {"figures": ["78%"], "allowed": [], "words": [], "not_words": [], "cite": ["51"], "may_cite": []}
    return base | changes


def test_there_are_questions_enough() -> None:
    assert len(DEV) + len(TEST) >= 400
    assert sum(i["status"] == "declined" for i in (*DEV, *TEST)) >= 120
    kinds = {"lookup", "cell", "comparison", "list", "count", "superlative", "definition", "reference"}
    kinds |= {"conflict", "derivation", "multiturn", "paraphrase", "typo", "language", "injection", "advice"}
    assert kinds <= {i["kind"] for i in DEV}


def test_the_split_of_old_items_is_frozen() -> None:
    assert digest(i for i in DEV if i["id"].startswith(FROZEN)) == FROZEN_DEV
    assert digest(i for i in TEST if i["id"].startswith(FROZEN)) == FROZEN_TEST


def test_the_split_of_new_items_is_that_of_their_hash() -> None:
    # the first byte of sha256(b"e-0014") is 45, of sha256(b"e-0009") 216; below 64 is test
    assert [split_of(f"e-{n:04}") for n in range(9, 17)] == [
        "dev",
        "dev",
        "dev",
        "dev",
        "dev",
        "test",
        "test",
        "test",
    ]
    for name, items in (("dev", DEV), ("test", TEST)):
        new = [i["id"] for i in items if not i["id"].startswith(FROZEN)]
        assert [id_ for id_ in new if split_of(id_) != name] == []
    with pytest.raises(ValueError, match="t-001"):
        split_of("t-001")


def test_no_question_stands_in_both_splits() -> None:
    asked = [{json.dumps(i["turns"]).casefold() for i in items} for items in (DEV, TEST)]
    n_shared = len(asked[0] & asked[1])  # a number, so that a failure prints no question of test
    assert n_shared == 0


def test_the_digest_sees_what_moves_or_is_reworded() -> None:
    items = [item(), item(id="x-2", turns=["EFS?"])]
    assert digest(items) == digest(reversed(items))
    assert digest(items) != digest(items[:1])
    assert digest(items) != digest([items[0], item(id="x-2", turns=["EFS ?"])])


def test_every_fact_is_asked_for() -> None:
    missing = unasked([*DEV, *TEST])
    assert [str(fact) for fact in missing] == []


def test_a_fact_that_nobody_asks_for_is_seen() -> None:
    fact = GoldFact("51", "OS", "3-year", "all patients", "78%", ("Table 1, Survival outcome",))
    other = GoldFact("51", "EFS", "3-year", "all patients", "78%")
    assert asks_for(item(), fact, [fact])
    assert asks_for(item(), fact, [fact, other])
    assert not asks_for(item(), other, [fact, other])  # the same figure: the question names the measure
    assert not asks_for(item(figures=["78"]), fact, [fact])
    assert not asks_for(item(cite=["54"]), fact, [fact])
    assert not asks_for(item(status="declined"), fact, [fact])
    assert unasked([item(figures=["68%"])], [fact]) == [fact]


def test_a_blank_cell_is_asked_for_by_a_question_to_be_declined() -> None:
    fact = GoldFact("54", "nct", "", "", MISSING, ("Table 1, NCT No",))
    blank = item(turns=["NCT number of 54?"], status="declined", figures=[], cite=[], may_cite=["54"])
    assert asks_for(blank, fact, [fact])
    assert not asks_for(blank | {"may_cite": ["54", "51"]}, fact, [fact])
    assert not asks_for(blank | {"turns": ["Age range of 54?"]}, fact, [fact])


def printed() -> str:
    """All text of the review, paragraphs unwrapped, the front matter's quotation marks left out."""
    prose = (REVIEW / "review.md").read_text(encoding="utf-8").replace('"', "")
    rest = [p.read_text(encoding="utf-8") for p in sorted(REVIEW.iterdir()) if p.suffix != ".md"]
    return normal(" ".join([re.sub(r"\s+", " ", prose), *rest]))


SPELT = {"62": "sixty-two", "56": "fifty-six", "44": "forty-four", "20": "twenty", "78": "seventy-eight"}
SPELT |= {"10": "ten", "4": "four", "5": "five", "28 months": "28-month", "3-month": "at 3 months"}


@pytest.mark.parametrize("fact", gold_facts(), ids=str)
def test_a_gold_fact_is_printed_in_the_review(fact: GoldFact) -> None:
    text = printed().casefold()
    forms = [normal(v).casefold() for v in (fact.value, SPELT.get(fact.value, fact.value))]
    assert any(re.search(rf"(?<![\w.]){re.escape(v)}(?!\w)", text) for v in forms)


def test_every_figure_of_the_review_is_in_the_gold_facts() -> None:
    """Of the prose and of the cells; the figures that only say when are read with the others."""
    gold = [f for fact in gold_facts() for f in figures(fact.value)]
    prose = (REVIEW / "review.md").read_text(encoding="utf-8").split("---\n", 2)[2]
    found = figures(re.sub(r"\s+", " ", prose))
    for path in sorted(REVIEW.glob("table-*.csv")):
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
        kept = [row for row in rows[2:] if row[0] not in {"Study agents", "Summary", "Outcome measure"}]
        found += [f for row in kept for cell in row[1:] for f in figures(cell)]
    missing = {str(f) for f in found if not (f.free or any(f.states(g) for g in gold))}
    assert missing == set()


def test_figures_that_point_to_one_fact_are_qualified() -> None:
    expected = {
        "study": "51",
        "attribute": "OS",
        "time_point": "3-year",
        "group": "all patients",
        "value": "78%",
    }
    assert qualified(item()) == [expected]
    assert qualified(item(figures=["42.9%"], cite=["1414"])) == []  # CR and CRi
    assert qualified(item(figures=["44.9"], kind="derivation", cite=["4053"])) == []
    assert qualified(item(status="declined")) == []
    own = [{"study": "51", "attribute": "OS", "value": "78%"}]
    assert qualified(item(at=own)) == own


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"id": 3}, "the id is no text"),
        ({"status": "maybe"}, "status 'maybe' is neither"),
        ({"turns": []}, "there is no turn"),
        ({"figures": "78%"}, "figures is no list of texts"),
        ({"words": ["a"]}, "words is no list of lists"),
        ({"place": "Table 1"}, "place is no list"),
        ({"at": [{"study": "51"}]}, "at is no list of facts"),
    ],
)
def test_an_item_of_another_form_is_refused(tmp_path: Path, changes: dict[str, Any], complaint: str) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(json.dumps(item()) + "\n" + json.dumps(item(id="x-2") | changes), encoding="utf-8")
    with pytest.raises(EvalError, match=f":2: {complaint}"):
        read_questions(path)


def test_new_items_go_where_their_hash_says(tmp_path: Path) -> None:
    for name, old in (("dev", "d-001"), ("test", "t-001")):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(item(id=old)) + "\n", encoding="utf-8")
    new = tmp_path / "new.jsonl"
    ids = [f"e-{n:04}" for n in range(1, 17)]
    new.write_text("\n".join(json.dumps(item(id=id_)) for id_ in ids), encoding="utf-8")
    counts = add(new, tmp_path)
    for name, old in (("dev", "d-001"), ("test", "t-001")):
        there = [i["id"] for i in read_questions(tmp_path / f"{name}.jsonl")]
        assert there == [old, *(id_ for id_ in ids if split_of(id_) == name)]
        assert counts[name] == len(there) - 1 > 0
    with pytest.raises(EvalError, match="e-0001 is there already"):
        add(new, tmp_path)
    new.write_text(json.dumps(item(id="d-999")), encoding="utf-8")
    with pytest.raises(EvalError, match="new ids begin otherwise"):
        add(new, tmp_path)


def test_the_tests_that_ask_read_the_same_dev_questions() -> None:
    assert dev_items() == list(DEV)
