"""Figures whose groups are named elsewhere in their sentence; each fact worked by hand."""

from __future__ import annotations

import pytest
from fact_lines import NONE, READER, TWO, Arms, stated

IN_TURN = [
    pytest.param(
        arms,
        "Overall survival at one year was 71.5% in the young and 78.2% in the older group, whereas event-free "
        "survival at one year was 52.1% versus 60.3%.",
        [
            "OS|71.5%|1-year|young",
            "OS|78.2%|1-year|older",
            "EFS|52.1%|1-year|young",
            "EFS|60.3%|1-year|older",
        ],
        id=f"the groups told one by one come before the {len(arms)} arms",
    )
    for arms in (NONE, TWO)
] + [
    pytest.param(
        NONE,
        "CR was seen in 12/24 patients (50.0%) with T-ALL and 3/5 (60.0%) with lymphoma; ORR was 79.2% and 80.0%.",
        [
            "CR|12/24||t-all|||12|24",
            "CR|3/5||lymphoma|||3|5",
            "ORR|79.2%||t-all",
            "ORR|80.0%||lymphoma",
        ],
        id="a share may stand behind the count",
    ),
    pytest.param(
        NONE,
        "OS at 2 years was 72% in men and 80% in women, and at three years 61% and 70%.",
        ["OS|72%|2-year|men", "OS|80%|2-year|women", "OS|61%|3-year|men", "OS|70%|3-year|women"],
        id="another time",
    ),
    pytest.param(
        NONE,
        "OS at 2 years was 72% in men and 80% in women, and EFS at 1 and 2 years was 60% and 55%.",
        ["OS|72%|2-year|men", "OS|80%|2-year|women", "EFS|60%|1-year", "EFS|55%|2-year"],
        id="two times are no two groups",
    ),
    pytest.param(
        NONE,
        "OS at 2 years was 72% in men and 80% in women, and the ORR ranged between 60% and 70%.",
        ["OS|72%|2-year|men", "OS|80%|2-year|women"],
        id="two ends of a range are no two groups",
    ),
    pytest.param(
        NONE,
        "The 2-year DFS was 81.3% as against 47.2% in 187 historical controls, and the 2-year OS was 90.1% versus 64.4%.",
        [
            "DFS|81.3%|2-year",
            "DFS|47.2%|2-year|control",
            "n_patients|187||control|||187",
            "OS|90.1%|2-year",
            "OS|64.4%|2-year|control",
        ],
        id="a group's size is no figure of the measure",
    ),
    pytest.param(
        NONE,
        "Disease-free survival at two years was 77.4%, against 51.0% in historical controls treated alike.",
        ["DFS|77.4%|2-year", "DFS|51.0%|2-year|control"],
        id="outsiders are not the group of the first figure",
    ),
]


IN_TURN += [
    pytest.param(
        TWO,
        "CR was achieved in 24 of 30 (80%) patients with B-ALL and 5 of 10 (50%) with T-ALL, whereas MRD negativity "
        "was achieved in 60% versus 30%.",
        [
            "CR|24 of 30||b-all|||24|30",
            "CR|5 of 10||t-all|||5|10",
            "MRD_negativity|60%||b-all",
            "MRD_negativity|30%||t-all",
        ],
        id="a share may stand before the patients",
    ),
    pytest.param(
        TWO,
        "The ORR was 60% in those who smoked and 50% in those who did not, and CR was seen in 30% versus 20%.",
        ["ORR|60%||smoked", "ORR|50%||no-smoked", "CR|30%||smoked", "CR|20%||no-smoked"],
        id="those who did not are the opposite of those who did",
    ),
    pytest.param(
        NONE,
        "OS was 72% in men and 80% in women; infection occurred in 30% and was fatal in 5%.",
        ["OS|72%||men", "OS|80%||women"],
        id="figures that are not set against each other",
    ),
    pytest.param(
        NONE,
        "Among 40 men and 30 women the OS was 72% and 80%.",
        ["n_patients|40||men|||40", "n_patients|30||women|||30", "OS|72%||men", "OS|80%||women"],
        id="sizes of two groups named first",
    ),
    pytest.param(
        NONE,
        "Median OS was 18.2 months (95% CI 15.0-20.1) in men and 12.3 months (95% CI 10.0-14.4) in women, and the "
        "24-month PFS 40% (95% CI 35-45) and 30% (95% CI 25-35).",
        [
            "median_OS|18.2 months||men",
            "CI|95% CI 15.0-20.1||men|||||median_OS",
            "median_OS|12.3 months||women",
            "CI|95% CI 10.0-14.4||women|||||median_OS",
            "PFS|40%|24-month|men",
            "CI|95% CI 35-45|24-month|men|||||PFS",
            "PFS|30%|24-month|women",
            "CI|95% CI 25-35|24-month|women|||||PFS",
        ],
        id="intervals stand between",
    ),
]
IN_TURN += [
    pytest.param(
        arms,
        sentence,
        ["OS|90%|2-year", "OS|64%|2-year|control"] if first else ["OS|64%|2-year|control", "OS|90%|2-year"],
        id=f"{sentence} ({len(arms)} arms)",
    )
    for arms in (NONE, TWO)
    for first, sentence in (
        (False, "The 2-year OS was 64% in historical controls, as against 90%."),
        (False, "Historical controls had a 2-year OS of 64%, as against 90%."),
        (True, "The 2-year OS was 90%, which compares well with 64% in historical controls."),
        (True, "The 2-year OS was 90%, compared to a historical rate of 64%."),
        (True, "The 2-year OS of 90% was better than the 64% of historical controls."),
    )
]


@pytest.mark.parametrize(("arms", "sentence", "expected"), IN_TURN)
def test_figures_of_a_clause_without_groups_are_of_those_told_before(
    arms: Arms, sentence: str, expected: list[str]
) -> None:
    assert stated(sentence, arms) == expected


ELSEWHERE = [
    pytest.param(
        NONE,
        "4-year DFS was 73.1% with gammarabine and 65.2% without.",
        ["DFS|73.1%|4-year|gammarabine", "DFS|65.2%|4-year|no-gammarabine"],
        id="what those without lack is named behind the figure before",
    ),
    pytest.param(
        NONE,
        "Bleeding occurred in 5.2% of those on alphamab and in 7.1% of those on betanib.",
        ["bleeding|5.2%||alphamab", "bleeding|7.1%||betanib"],
        id="of those on",
    ),
    pytest.param(
        NONE,
        "4-year OS was 74.2% with transplantation and 66.0% without it.",
        ["OS|74.2%|4-year|transplant", "OS|66.0%|4-year|no-transplant"],
        id="what tells a group is no measure of the next figure",
    ),
    pytest.param(
        NONE,
        "The 4-year DFS was 65.2% in the without gammarabine group.",
        ["DFS|65.2%|4-year|no-gammarabine"],
        id="the without A group",
    ),
    pytest.param(
        TWO,
        "Relapse was rarer after alphamab, and the 2-year OS was 83.2% as against 70.1%.",
        ["OS|83.2%|2-year|alphamab", "OS|70.1%|2-year|betanib"],
        id="figures set against each other are of one measure",
    ),
    pytest.param(
        TWO,
        "In women ORR was 55.2% versus 33.9%, in men 44.1% versus 25.0%.",
        [
            "ORR|55.2%||alphamab+women",
            "ORR|33.9%||betanib+women",
            "ORR|44.1%||alphamab+men",
            "ORR|25.0%||betanib+men",
        ],
        id="the same two arms in another group",
    ),
    pytest.param(
        TWO,
        "Nobody minded alphamab (7.6% vs. 22.4%), neuropathy was seen in 9.2% vs. 31.1%, and mucositis in 7.4% vs. 0.8%.",
        [
            "peripheral_neuropathy|9.2%||alphamab",
            "peripheral_neuropathy|31.1%||betanib",
            "mucositis|7.4%||alphamab",
            "mucositis|0.8%||betanib",
        ],
        id="a bracket closes what its clause says",
    ),
    pytest.param(
        TWO,
        "Alphamab did best: a reduction of the variant allele frequency by \u2265 50% was noted in 29.5%.",
        [],
        id="a reduction of a measure by so much is not the measure",
    ),
    pytest.param(
        NONE,
        "Non-relapse mortality (NRM) at 1 year was 12% with 100 mg/m\u00b2 and 23% with 150 mg/m\u00b2, while relapse "
        "amounted to 30% and 25%.",
        [
            "NRM|12%|1-year|100+mg-m2",
            "NRM|23%|1-year|150+mg-m2",
            "relapse|30%||100+mg-m2",
            "relapse|25%||150+mg-m2",
        ],
        id="a dose stands for those who had it",
    ),
    pytest.param(
        NONE,
        "The NRM rate was 23% in the 150 mg/m2 group.",
        ["NRM|23%||150+mg-m2"],
        id="a dose and its group",
    ),
    pytest.param(
        NONE,
        "Remissions were rarer in patients with an NPM1 or IDH2 mutation: 38.7% against 60.0%.",
        [],
        id="one group told by either of two findings is not two groups",
    ),
    pytest.param(
        NONE,
        "Recurrent fever was seen more often in men (22% versus 17%).",
        ["pyrexia|22%||men", "pyrexia|17%||women"],
        id="recurrent fever is not fever of relapsed patients",
    ),
    pytest.param(
        TWO,
        "PFS was missed (7.1 vs 5.4 months), although OS at two years favoured alphamab (51.2% vs 37.9%).",
        ["OS|51.2%|2-year|alphamab", "OS|37.9%|2-year|betanib"],
        id="months set against each other are no time point",
    ),
    pytest.param(
        NONE,
        "ORR was 43% in those without a TP53 mutation.",
        ["ORR|43%||no-tp53"],
        id="an article may stand behind without",
    ),
    pytest.param(
        TWO,
        "Neuropathy of grade 2 was seen in 9% vs. 31%, and mucositis in 7% vs. 1%.",
        ["peripheral_neuropathy|9%||alphamab|2", "peripheral_neuropathy|31%||betanib|2"],
        id="whether the grade goes on is not said",
    ),
]


@pytest.mark.parametrize(("arms", "sentence", "expected"), ELSEWHERE)
def test_groups_named_elsewhere_in_a_sentence_are_found(
    arms: Arms, sentence: str, expected: list[str]
) -> None:
    assert stated(sentence, arms) == expected


def test_those_without_are_without_the_mutation_named_with_them() -> None:
    sentence = "Responses to alphamab were as frequent in patients with a TP53 mutation as without."
    assert [g.ids for g in READER.groups(sentence, TWO)] == [("alphamab",), ("tp53",), ("no-tp53",)]
