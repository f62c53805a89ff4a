"""The share that a question claims, read in its words, and what bears it out."""

import pytest

from assistant.judging.bounds import bound_of


@pytest.mark.parametrize(
    ("question", "kind", "value"),
    [
        ("Did every patient respond?", "all", 0.0),
        ("Did they all respond?", "all", 0.0),
        ("Did nearly everyone have a rash?", "nearly all", 0.0),
        ("Did most of the relapses come early?", "most", 0.0),
        ("Did the vast majority live?", "by far most", 0.0),
        ("Did hardly anybody stop?", "few", 0.0),
        ("Did fewer than half reach CR?", "less", 50.0),
        ("Did three quarters or more go home?", "at least", 75.0),
        ("Did no more than a fifth relapse?", "at most", 20.0),
        ("Did over nine in ten live?", "more", 90.0),
        ("Did a tenth of them die?", "just", 10.0),
        ("Did almost half respond?", "about", 50.0),
        ("Did just over half respond?", "just over", 50.0),
        ("Were at least 80% alive?", "at least", 80.0),
        ("Did one in five or more relapse?", "at least", 20.0),
    ],
)
def test_a_bound_is_read(question: str, kind: str, value: float) -> None:
    bound = bound_of(question)
    assert bound is not None
    assert (bound.kind, bound.value) == (kind, pytest.approx(value))


@pytest.mark.parametrize(
    "question",
    [
        "Was the ORR 40%?",
        "Is ALL rarer than AML?",
        "Did all studies report OS?",
        "Was it given every 4 weeks?",
        "Did they fare worse than everybody?",
        "Was OS of all patients 80%?",
        "Was the third cycle delayed?",
        "Was it the most common side effect?",
        "Was the half-life short?",
        "Was PFS over half a year?",
        "Was CRS of grade 3 in 10 patients?",
        "Did patients with 20% or more blasts fare worse?",
        "Was it safe at all?",
    ],
)
def test_no_share_is_claimed(question: str) -> None:
    assert bound_of(question) is None


@pytest.mark.parametrize(
    ("question", "share", "held"),
    [
        ("Did most respond?", 50.0, False),
        ("Did at least half respond?", 50.0, True),
        ("Did more than half respond?", 50.0, False),
        ("Did half respond?", 50.0, True),
        ("Did half respond?", 80.0, None),
        ("Did a third respond?", 80.0, False),
        ("Did nearly all respond?", 91.7, True),
        ("Did nearly all respond?", 80.0, None),
        ("Did just over half respond?", 48.0, False),
        ("Did everyone respond?", 99.0, False),
        ("Did hardly anyone respond?", 15.0, None),
    ],
)
def test_a_share_bears_a_claim_out_or_leaves_it_open(question: str, share: float, held: bool | None) -> None:
    bound = bound_of(question)
    assert bound is not None
    assert bound.holds(share) is held


def test_a_share_that_may_be_larger_decides_only_where_every_larger_one_would() -> None:
    most, less = bound_of("Did most respond?"), bound_of("Did fewer than half respond?")
    assert most is not None
    assert less is not None
    assert most.between(60.0, 100.0) is True
    assert most.between(30.0, 100.0) is None
    assert less.between(60.0, 100.0) is False
