"""Survival at times and medians, of arms and subgroups, as trial reports print it; each fact worked by hand."""

from __future__ import annotations

import pytest
from fact_lines import NONE, READER, TWO, Arms, stated

SENTENCES = [
    pytest.param(
        NONE,
        "The 5-year OS from progression was 58.4% in men and 31.0% in women.",
        ["OS|58.4%|5-year|men", "OS|31.0%|5-year|women"],
        id="from progression tells since when",
    ),
    pytest.param(
        NONE,
        "One-year OS was 76.3%, and 41.5% were free of severe chronic GvHD.",
        ["OS|76.3%|1-year"],
        id="free of what has no measure",
    ),
    pytest.param(
        NONE,
        "At 2 years, 41.5% were free of documented progression.",
        ["PFS|41.5%|2-year"],
        id="free of progression however it is told",
    ),
    pytest.param(
        NONE,
        "EFS at 18 months was 85.9% in responders who were transplanted (n = 29) and 70.1% in those who were not (n = 42).",
        [
            "EFS|85.9%|18-month|responders+transplant",
            "n_patients|n = 29||responders+transplant|||29",
            "EFS|70.1%|18-month|no-transplant+responders",
            "n_patients|n = 42||no-transplant+responders|||42",
        ],
        id="a part of a group, and the rest of it",
    ),
    pytest.param(
        NONE,
        "Median EFS and OS were 7.5 and 14.1 months, respectively.",
        ["median_EFS|7.5", "median_OS|14.1 months"],
        id="one median for both",
    ),
    pytest.param(
        TWO,
        "Median EFS and OS were 7.5 and 14.1 months with alphamab and 4.2 and 10.0 months with betanib.",
        [
            "median_EFS|7.5||alphamab",
            "median_OS|14.1 months||alphamab",
            "median_EFS|4.2||betanib",
            "median_OS|10.0 months||betanib",
        ],
        id="one median for both, arm by arm",
    ),
    pytest.param(
        TWO,
        "OS was longer with alphamab (median, 27.3 v 19.6 months; HR, 0.70).",
        ["median_OS|27.3||alphamab", "median_OS|19.6 months||betanib", "HR|0.70|||||||OS"],
        id="a median alone in a bracket, set against another by a letter",
    ),
    pytest.param(
        NONE,
        "Estimated 2-year OS and PFS were 84% and 67%, respectively, with no relapse observed beyond 20 months.",
        ["OS|84%|2-year", "PFS|67%|2-year"],
        id="nothing happened in the last clause",
    ),
    pytest.param(
        NONE,
        "Median OS was 8.8 months, with 1- and 2-year OS of 40% and 22%.",
        ["median_OS|8.8 months", "OS|40%|1-year", "OS|22%|2-year"],
        id="two times of one list behind a median",
    ),
    pytest.param(
        NONE,
        "OS at 4 years was 61% (SE 4%), and the 4-yr EFS was 48% (SE, 5%).",
        ["OS|61%|4-year", "EFS|48%|4-year"],
        id="standard errors and short units",
    ),
    pytest.param(
        NONE,
        "Median PFS was 6.9 mo (95% CI, 5.1-9.4).",
        ["median_PFS|6.9 mo", "CI|95% CI, 5.1-9.4|||||||median_PFS"],
        id="months in two letters",
    ),
    pytest.param(
        NONE,
        "The median DOR was 14.8 months (95% CI, 9.9 months to not estimable).",
        ["median_DOR|14.8 months", "CI|95% CI, 9.9 months to not estimable|||||||median_DOR"],
        id="an interval without an end",
    ),
    pytest.param(NONE, "Day-100 NRM was 3.8%.", ["NRM|3.8%|100-day"], id="a day that opens the sentence"),
    pytest.param(
        NONE,
        "The cumulative incidence of death in remission was 8%.",
        ["NRM|8%"],
        id="death in remission is no remission",
    ),
    pytest.param(
        NONE,
        "An EFS event occurred in 23 of 60 patients (38%).",
        [],
        id="an event is no event-free survival",
    ),
    pytest.param(
        NONE,
        "There were 12 deaths, of which 8 were due to progression.",
        ["deaths|12|||||12"],
        id="deaths explained",
    ),
    pytest.param(
        NONE,
        "At 5 years, 71% of men and 83% of women were alive without relapse.",
        ["RFS|71%|5-year|men", "RFS|83%|5-year|women"],
        id="alive without relapse",
    ),
    pytest.param(
        NONE,
        "OS and PFS in men were 80% and 68% at 3 years, versus 59% and 40% in women.",
        ["OS|80%|3-year|men", "PFS|68%|3-year|men", "OS|59%|3-year|women", "PFS|40%|3-year|women"],
        id="the one group before its figures, the other behind them",
    ),
    pytest.param(
        NONE,
        "Median PFS was 5.1 months overall, 8.3 months in patients with one prior line and 3.0 months in those with "
        "three or more prior lines.",
        [
            "median_PFS|5.1 months||all",
            "median_PFS|8.3 months||lines1",
            "median_PFS|3.0 months||lines>=3",
        ],
        id="prior lines in words",
    ),
    pytest.param(
        TWO,
        "Alphamab improved OS over betanib in patients with ≥2 prior lines (HR 0.62) but not in those with one (HR 0.98).",
        ["HR|0.62||lines>=2|||||OS", "HR|0.98||lines1|||||OS"],
        id="ratios by prior lines",
    ),
    pytest.param(
        TWO,
        "Alphamab improved OS over betanib in women (HR 0.62) but not in men (HR 0.98).",
        ["HR|0.62||women|||||OS", "HR|0.98||men|||||OS"],
        id="not so in the others is their own",
    ),
    pytest.param(
        NONE,
        "The risk of death was 31% lower with treatment.",
        [],
        id="a figure relative to another",
    ),
    pytest.param(
        TWO,
        "Two-year OS in patients aged 60 or older was 58% with alphamab and 44% with betanib.",
        ["OS|58%|2-year|age>=60+alphamab", "OS|44%|2-year|age>=60+betanib"],
        id="the subgroup behind the measure",
    ),
    pytest.param(
        NONE,
        "OS was significantly worse in patients with TP53 mutations (median OS 6.1 months vs 13.5 months).",
        ["median_OS|6.1 months||tp53", "median_OS|13.5 months||no-tp53"],
        id="those who fare worse first, with a measure in the bracket",
    ),
    pytest.param(
        NONE,
        "At 5 y, OS was 47% among patients <70 years and 27% among patients ≥70 years.",
        ["OS|47%|5-year|age<70", "OS|27%|5-year|age>=70"],
        id="ages by a sign, years in a letter",
    ),
    pytest.param(
        NONE,
        "Post-relapse survival at 1 year was 24%.",
        ["OS|24%|1-year"],
        id="since the relapse",
    ),
    pytest.param(
        NONE,
        "The 2-year NRM was 8% in men and 21% in women; corresponding OS rates were 71% and 53%.",
        ["NRM|8%|2-year|men", "NRM|21%|2-year|women", "OS|71%|2-year|men", "OS|53%|2-year|women"],
        id="corresponding rates are of the same time",
    ),
    pytest.param(
        NONE,
        "The 4-year OS was 66.1% for haploidentical and 64.8% for matched sibling transplants.",
        ["OS|66.1%|4-year|haploidentical", "OS|64.8%|4-year|matched-donor"],
        id="transplants told by their donors",
    ),
    pytest.param(
        NONE,
        "At 12 months, 57% of responders remained in remission.",
        ["sustained_response|57%|12-month|responders"],
        id="a remission that lasts is no new one",
    ),
    pytest.param(
        NONE,
        "PD-1 blockers were given to 40% of them.",
        [],
        id="a receptor is no progression",
    ),
    pytest.param(
        NONE,
        "Patients with IKZF1 deletions had a worse 5-year EFS (54% vs. 79%) and a higher 5-year CIR (38% vs. 15%).",
        [
            "EFS|54%|5-year|ikzf1",
            "EFS|79%|5-year|no-ikzf1",
            "CIR|38%|5-year|ikzf1",
            "CIR|15%|5-year|no-ikzf1",
        ],
        id="those who had a worse outcome, and the others",
    ),
    pytest.param(
        TWO,
        "Patients with TP53 mutations had shorter OS (median, 6.1 vs 13.5 months).",
        ["median_OS|6.1||tp53", "median_OS|13.5 months||no-tp53"],
        id="they are no arms",
    ),
    pytest.param(
        TWO,
        "OS was worse in patients with TP53 mutations (2-year OS, 28% vs. 55%).",
        ["OS|28%|2-year|tp53", "OS|55%|2-year|no-tp53"],
        id="nor are they in a bracket with a measure",
    ),
    pytest.param(
        TWO,
        "An interim analysis favored alphamab over betanib for overall survival (18-month OS, 78% vs. 69%).",
        ["OS|78%|18-month|alphamab", "OS|69%|18-month|betanib"],
        id="favoured over the other",
    ),
    pytest.param(
        TWO,
        "Median OS in alphamab- and betanib-treated patients was 18.3 and 13.9 months.",
        ["median_OS|18.3||alphamab", "median_OS|13.9 months||betanib"],
        id="arms that share a word",
    ),
    pytest.param(
        NONE,
        "The 6-month OS and EFS rates for 55 infused patients were 89% (95% CI, 77 to 94) and 73%.",
        [
            "infused_patients|55|||||55",
            "OS|89%|6-month",
            "CI|95% CI, 77 to 94|6-month||||||OS",
            "EFS|73%|6-month",
        ],
        id="of how many they are",
    ),
    pytest.param(
        NONE,
        "Estimated 18-mo OS was 63% for the entire cohort and 77% for pts in CR at day 28.",
        ["OS|63%|18-month|all", "OS|77%|18-month|responders"],
        id="the day of a state is not that of the figure",
    ),
    pytest.param(
        NONE,
        "OS did not differ between patients with and without bulky disease (2-year OS, 53% and 58%).",
        ["OS|53%|2-year|extramedullary", "OS|58%|2-year|no-extramedullary"],
        id="with and without",
    ),
    pytest.param(
        NONE,
        "Five-year PFS was 34% in men and 71% in women; OS was 58% and 84%, respectively.",
        ["PFS|34%|5-year|men", "PFS|71%|5-year|women", "OS|58%|5-year|men", "OS|84%|5-year|women"],
        id="another survival of the same time",
    ),
    pytest.param(
        NONE,
        "At 2 years, the cumulative incidence of relapse was 37% and that of NRM 6%.",
        ["CIR|37%|2-year", "NRM|6%|2-year"],
        id="that of another",
    ),
    pytest.param(
        NONE,
        "Median PFS was longer in patients who received maintenance than in those who did not (29.5 vs 14.7 months).",
        ["median_PFS|29.5||maintenance", "median_PFS|14.7 months||no-maintenance"],
        id="those given something, and those who were not",
    ),
    pytest.param(
        NONE,
        "Patients who underwent splenectomy had a 5-year OS of 50%, compared with 60% in patients who did not undergo splenectomy.",
        ["OS|50%|5-year|splenectomy", "OS|60%|5-year|no-splenectomy"],
        id="what they did not undergo is said again",
    ),
    pytest.param(
        NONE,
        "Restricted mean survival time was 27.9 months in men and 24.1 months in women.",
        ["RMST|27.9 months||men", "RMST|24.1 months||women"],
        id="a mean is no median",
    ),
    pytest.param(
        NONE,
        "Patients ≥65 years had a significantly lower 2-year OS (38% vs. 57%).",
        ["OS|38%|2-year|age>=65", "OS|57%|2-year|age<65"],
        id="the other side of a bound",
    ),
    pytest.param(
        NONE,
        "Five-year RFS was 45.6% with 33 late relapses.",
        ["RFS|45.6%|5-year"],
        id="relapses are no patients",
    ),
    pytest.param(
        NONE,
        "Twelve-month DOR was 71%, and in patients with CR it was 83%.",
        [],
        id="a response that tells whom a figure is of is not what it measures",
    ),
    pytest.param(
        TWO,
        "OS was similar for men and women (2-year OS, 66% and 64%).",
        ["OS|66%|2-year|men", "OS|64%|2-year|women"],
        id="similar in both",
    ),
    pytest.param(
        NONE,
        "Among the 47 patients aged 60 years or older, the 2-year OS was 44% as opposed to 69% in younger patients.",
        ["n_patients|47||age>=60|||47", "OS|44%|2-year|age>=60", "OS|69%|2-year|age<60"],
        id="those counted first, and the others",
    ),
    pytest.param(
        NONE,
        "For the 22 patients who were bridged to transplant, 1-year OS was 82% (95% CI 59-93), versus 36% for the 39 "
        "patients who were not transplanted.",
        [
            "n_patients|22||transplant|||22",
            "OS|82%|1-year|transplant",
            "CI|95% CI 59-93|1-year|transplant|||||OS",
            "OS|36%|1-year|no-transplant",
            "n_patients|39||no-transplant|||39",
        ],
        id="those bridged to transplant are a group",
    ),
    pytest.param(
        NONE,
        "After censoring at transplantation, median OS was 12.9 months.",
        ["median_OS|12.9 months"],
        id="when it was censored",
    ),
    pytest.param(
        NONE,
        "The median OS was 10.7 months; it was 16.3 months in men and 8.0 months in women.",
        ["median_OS|10.7 months", "median_OS|16.3 months||men", "median_OS|8.0 months||women"],
        id="it was so many months",
    ),
    pytest.param(
        NONE,
        "The 2-year OS was 90% in patients achieving CMR and 40% in all others.",
        ["OS|90%|2-year|cmr", "OS|40%|2-year|no-cmr"],
        id="those achieving a response",
    ),
    pytest.param(
        NONE,
        "Three-year PFS was 87% in PET-negative patients and 59% in PET-positive patients.",
        ["PFS|87%|3-year|pet-negative", "PFS|59%|3-year|pet-positive"],
        id="positive as well as negative",
    ),
    pytest.param(
        NONE,
        "Only 3 of 44 patients (6.8%) had relapsed after a median of 21 months.",
        ["relapse|3 of 44|||||3|44"],
        id="a median time is no time point",
    ),
]


@pytest.mark.parametrize(("arms", "sentence", "expected"), SENTENCES)
def test_survival_is_read_as_it_is_printed(arms: Arms, sentence: str, expected: list[str]) -> None:
    assert [f for f in stated(sentence, arms) if not f.startswith("p_value")] == expected


def test_a_letter_written_out_leaves_figures_in_their_place() -> None:
    sentence = "Median OS was 27.3 v 19.6 months for the alphamab v betanib arms."
    read = [f for f in READER.read(sentence, TWO) if f.attribute]
    assert [sentence[f.start : f.end] for f in read] == ["27.3", "19.6 months"]
