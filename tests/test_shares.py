"""The share that one part of a sentence gives, and of how many."""

import pytest

from assistant.judging.shares import parts_of


@pytest.mark.parametrize(
    ("sentence", "shares"),
    [
        ("Of 50 patients with sequencing, 20 carried the mutation.", [(40.0, 50)]),
        ("In cohort B, 30 of 40 patients (75.0%) went home.", [(75.0, 40)]),
        ("Twelve patients died of infection, nine of them in arm A.", [(75.0, 12)]),
        ("Five patients (10%) had a fatal event, which was sepsis in four.", [(10.0, 0), (80.0, 5)]),
        ("Alphamab had been given to all and betamab to 12 (24%).", [(24.0, 0)]),
        ("B7 was lost in two of eight relapses, but B9 was kept in all.", [(25.0, 8), (100.0, 0)]),
        ("Six of them relapsed after 24 cycles.", []),
        ("CRS was mild in all except two.", []),
        ("CRS and ICANS were seen in 40% and 10%, respectively.", []),
        ("The ORR was 40% vs. 60%.", []),
        ("Weight fell by 10%.", []),
    ],
)
def test_a_part_gives_one_share(sentence: str, shares: list[tuple[float, int]]) -> None:
    assert [(p.low, p.of) for p in parts_of(sentence)] == [(pytest.approx(share), of) for share, of in shares]


def test_a_range_has_two_ends() -> None:
    (part,) = parts_of("T-ALL is 25–30% of it.")
    assert (part.low, part.high) == (25.0, 30.0)


def test_a_share_beside_that_of_others_is_marked() -> None:
    assert [
        p.sided for p in parts_of("Rash hit 60% (6/10) of the weekly and 40% (4/10) of the other group.")
    ] == [True, True]
