"""Follow-ups: what a turn leaves unsaid comes from the turn before, what it says does not."""

from __future__ import annotations

from typing import Any

import pytest
from reading import anaemia, myeloma

from assistant.draft import Draft, answered, declined, of_fact
from assistant.followup.merging import merge
from assistant.question.reader import Ask, QuestionReader


def follow(first: str, then: str, reader: QuestionReader | None = None, draft: Draft | None = None) -> Ask:
    reader = reader or myeloma()
    before = reader.read(first)
    return merge(reader.read(then), [(before, draft or answered([], before.studies))], reader)


@pytest.mark.parametrize(
    ("first", "then", "slots"),
    [
        pytest.param(
            "What was the ORR in Study S-207?",
            "And in S-230?",
            {"studies": ("S-230",), "measures": ("ORR",)},
            id="ellipsis: another study",
        ),
        pytest.param(
            "What was the ORR in Study S-207?",
            "And the PFS?",
            {"studies": ("S-207",), "measures": ("PFS",)},
            id="ellipsis: another measure",
        ),
        pytest.param(
            "What was the 12-month PFS in Study S-318?",
            "and at 18 months?",
            {"studies": ("S-318",), "measures": ("PFS",), "times": ("18-month",)},
            id="ellipsis: another time",
        ),
        pytest.param(
            "What was the 12-month PFS in Study S-318?",
            "And at eighteen?",
            {"measures": ("PFS",), "times": ("18-month",)},
            id="bare time point",
        ),
        pytest.param(
            "Grade 2 ICANS in Study S-318?",
            "And grade 3?",
            {"studies": ("S-318",), "measures": ("ICANS",), "grade": "3"},
            id="ellipsis: another grade",
        ),
        pytest.param(
            "Who was treated in Study S-230?",
            "What about cytokine release syndrome in that study?",
            {"studies": ("S-230",), "measures": ("CRS",)},
            id="pronoun",
        ),
        pytest.param(
            "What was the ORR in Study S-207?",
            "Sorry, I meant Study S-114.",
            {"studies": ("S-114",), "measures": ("ORR",)},
            id="correction",
        ),
        pytest.param(
            "What was the ORR in Study S-207?",
            "Which studies report overall survival at all?",
            {"studies": (), "measures": ("OS",)},
            id="a list stands alone",
        ),
        pytest.param(
            "What was the ORR in Study S-207?",
            "Which trial had the most patients?",
            {"studies": (), "measures": ()},
            id="a size stands alone",
        ),
        pytest.param(
            "What was the ORR in Study S-207?",
            "Define NK, please.",
            {"measures": ()},
            id="a definition asks for itself",
        ),
        pytest.param(
            "PFS of frail patients in Study S-114?",
            "And overall survival?",
            {"studies": ("S-114",), "measures": ("OS",)},
            id="the group stays",
        ),
        pytest.param(
            "What was the ORR in Study S-207?",
            "And in Study S-999?",
            {"measures": ("ORR",), "studies": ()},
            id="a study the review has not",
        ),
        pytest.param(
            "What was the ORR in Study S-207?",
            "Compare the ORR of Study S-230 with that of Study S-318.",
            {"studies": ("S-230", "S-318")},
            id="own studies stay",
        ),
    ],
)
def test_what_a_turn_inherits(first: str, then: str, slots: dict[str, Any]) -> None:
    ask = follow(first, then)
    assert ask.inherited
    assert {name: getattr(ask, name) for name in slots} == slots


def test_the_group_of_the_turn_before_is_given_up_where_the_new_measure_is_not_told_of_it() -> None:
    before = myeloma().read("PFS of frail patients in Study S-114?")
    ask = follow("PFS of frail patients in Study S-114?", "And overall survival?")
    assert (before.groups, ask.groups) == (before.groups, ()) != ((), ())


def test_the_other_study_is_the_one_not_spoken_of() -> None:
    ask = follow("ORR in Poster 87?", "And in the other study of verotrombopag?", anaemia())
    assert (ask.studies, ask.measures) == (("P-0423",), ("ORR",))


def test_the_other_study_of_many_is_not_guessed() -> None:
    ask = follow("What was the ORR in Study S-207?", "And in the other study?")
    assert ask.studies == ("S-207",)


def test_it_means_the_studies_the_answer_spoke_of() -> None:
    drawn = answered([], ["P-0561"])
    ask = follow("Which poster was about an androgen?", "How many patients did it treat?", anaemia(), drawn)
    assert ask.studies == ("P-0561",)


def test_the_maximum_asked_for_stays() -> None:
    ask = follow("Which study had the highest ORR?", "And OS?", draft=answered([], ["S-101"]))
    assert ask.measures == ("OS",)
    assert ask.studies == ("S-101",)


def ids(ask: Ask) -> list[set[str]]:
    return [set(group) for _, group in ask.groups]


@pytest.mark.parametrize(
    ("first", "then", "group"),
    [
        pytest.param(
            "ORR with the doublet in Study S-207?", "and the other arm?", {"triplet"}, id="other arm"
        ),
        pytest.param("ORR with bortezomib in Study S-207?", "And without?", {"doublet"}, id="without"),
        pytest.param("ORR without bortezomib in Study S-207?", "and with?", {"triplet"}, id="with"),
        pytest.param(
            "PFS with extramedullary disease in Study S-318?",
            "and those who did not?",
            {"no-extramedullary"},
            id="those who did not",
        ),
        pytest.param(
            "How many patients were in Study S-2021?",
            "At the higher dose?",
            {"800", "µg-kg", "every", "2", "week"},
            id="rank of a dose",
        ),
        pytest.param("ORR with the doublet in Study S-207?", "PFS, same arm", {"doublet"}, id="same arm"),
    ],
)
def test_an_arm_is_pointed_to(first: str, then: str, group: set[str]) -> None:
    ask = follow(first, then)
    assert ids(ask) == [group]


def test_all_patients_after_an_arm() -> None:
    ask = follow("PFS of frail patients in Study S-114?", "and overall?")
    assert (ask.groups, ask.measures) == ((), ("PFS",))


def test_the_second_of_a_list() -> None:
    drawn = answered([], ["S-230", "S-2021"])
    ask = follow("Which studies are on bispecific antibodies?", "ORR in the second?", draft=drawn)
    assert (ask.studies, ask.measures) == (("S-2021",), ("ORR",))


def test_a_second_definition_follows_the_first() -> None:
    ask = follow("What does ORR stand for?", "and PFS?", draft=answered([]))
    assert ask.has("definition")
    assert ask.studies == ()


def test_what_a_decline_offered_is_taken_up() -> None:
    refused = declined("Not reported.", ["S-318"])
    ask = follow("What was the 5-year PFS in Study S-318?", "yes, please", draft=refused)
    assert (ask.studies, ask.measures, ask.times) == (("S-318",), ("PFS",), ())


def test_back_to_the_first_study() -> None:
    reader = myeloma()
    turns = [reader.read("ORR in Study S-207?"), reader.read("ORR in Study S-318?")]
    history = [(ask, answered([], ask.studies)) for ask in turns]
    ask = merge(reader.read("And how many patients were in the first study?"), history, reader)
    assert (ask.studies, ask.characteristics) == (("S-207",), ("n_patients",))


def test_it_is_the_drug_named_last() -> None:
    ask = follow("Which trial tested lunozomib?", "Was it given weekly?")
    assert "lunozomib" in ask.focus


def test_an_adjective_makes_another_measure_of_the_noun_before() -> None:
    ask = follow("What was the complete remission rate in Study S-207?", "And the partial one?")
    assert ask.measures == ("PR",)


def test_what_was_it_in_the_named_trial_asks_for_the_term_before() -> None:
    ask = follow("What does ORR mean?", "What was it in SALTMARSH-2?")
    assert (ask.measures, ask.studies) == (("ORR",), ("S-207",))


def test_a_common_english_word_does_not_part_a_turn_from_the_study_before() -> None:
    ask = follow("What was the ORR in Study S-207?", "how many relapsed, cumulatively speaking?")
    assert ask.studies == ("S-207",)


def test_that_is_compared_at_the_time_it_was_given_for() -> None:
    before = myeloma().read("18-month OS in Study S-114?")
    fact = next(
        f for f in myeloma().review.facts if (f.study, f.attribute) == ("S-114", "OS") and f.time_point
    )
    draft = answered([of_fact("", fact)], ("S-114",))
    ask = merge(myeloma().read("is that higher than in SALTMARSH-2?"), [(before, draft)], myeloma())
    assert (ask.measures, ask.times) == (("OS",), (fact.time_point,))
    assert set(ask.studies) == {"S-114", "S-207"}


@pytest.mark.parametrize(
    ("first", "then", "slots"),
    [
        pytest.param(
            "What was the 12-month PFS in Study S-318?",
            "Restrict that last one to extramedullary disease.",
            {"studies": ("S-318",), "measures": ("PFS",), "times": ("12-month",), "characteristics": ()},
            id="restricted",
        ),
        pytest.param(
            "What was the 12-month PFS in Study S-318?",
            "Now S-230, that last measure again",
            {"studies": ("S-230",), "measures": ("PFS",), "characteristics": ()},
            id="the last measure of another study",
        ),
        pytest.param(
            "What was the 12-month PFS in Study S-318?",
            "same endpoint and same time point in S-230",
            {"studies": ("S-230",), "measures": ("PFS",), "times": ("12-month",), "characteristics": ()},
            id="an endpoint is no row on endpoints",
        ),
        pytest.param(
            "What was the 12-month PFS in Study S-318?",
            "and half a year later?",
            {"studies": ("S-318",), "measures": ("PFS",), "times": ("18-month",)},
            id="12 months and half a year",
        ),
        pytest.param(
            "Grade 2 ICANS in Study S-318?",
            "III?",
            {"studies": ("S-318",), "measures": ("ICANS",), "grade": "3"},
            id="a bare grade",
        ),
        pytest.param(
            "What was the 12-month PFS in Study S-318?",
            "and overall?",
            {"studies": ("S-318",), "measures": ("OS",), "times": ("12-month",)},
            id="overall survival after another survival, at the same time",
        ),
        pytest.param(
            "What does PFS mean?", "thx and ICANS", {"term": "ICANS"}, id="a term after a term, with thanks"
        ),
    ],
)
def test_words_that_only_point_back_ask_for_nothing_themselves(
    first: str, then: str, slots: dict[str, Any]
) -> None:
    ask = follow(first, then)
    assert {name: getattr(ask, name) for name in slots} == slots


def test_an_arm_stays_where_overall_means_everybody() -> None:
    ask = follow("12-month PFS in Study S-318 in extramedullary disease?", "and overall?")
    assert ask.measures == ("PFS",)
    assert not ask.groups
