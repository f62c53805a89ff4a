"""The made-up reviews: facts that must be read of each, and wrong ones that must not.

A fact is written study|attribute|value|time|group|grade|n|of, what is empty at the end left out.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.corpus.corpus import Review, corpus_hash, read_corpus, read_review
from assistant.model import AssistantError, Fact, Kind
from assistant.text.text import fold
from assistant.vocabulary.vocabulary import load_vocabulary

REVIEWS = Path(__file__).resolve().parent / "reviews"
VOCABULARY = load_vocabulary()
NAMES = ("aplastic-anaemia-2025", "myeloma-meeting-2024")

APLASTIC = [
    "87|n_patients|204||||204",
    "87|median_age|46",
    "87|median_follow_up|26 months",
    "87|ORR|71.6 %|6-month|with-verotrombopag",
    "87|ORR|54.9 %|6-month|no-verotrombopag",
    "87|CR|33.3 %|6-month|with-verotrombopag",
    "87|CR|17.6 %|6-month|no-verotrombopag",
    "87|OS|91.2 %|2-year|with-verotrombopag",
    "87|OS|88.7 %|2-year|no-verotrombopag",
    "1987|n_patients|61||||61",
    "1987|median_age|22",
    "1987|median_follow_up|41 months",
    "1987|engraftment|90.2 %",
    "1987|OS|82.4 %|3-year",
    "P-0561|n_patients|19||||19",
    "P-0561|median_age|38",
    "P-0561|hematologic_response|63.2 %|12-month",
    "642|n_patients|198||||198",
    "642|median_age|51",
    "642|median_follow_up|24 weeks",
    "642|durable_platelet_response|27.3 %||with-belrozanib",
    "642|durable_platelet_response|3.0 %||placebo",
    "P-0423|n_patients|120||||120",
    "P-0423|median_age|44",
    "P-0423|median_follow_up|11 months",
    "P-0423|initial_response|85.0 %|14-day|with-verotrombopag",
    "P-0423|initial_response|61.7 %|14-day|no-verotrombopag",
    "P-0423|sustained_response|53.3 %|6-month|with-verotrombopag",
    "P-0423|sustained_response|35.0 %|6-month|no-verotrombopag",
    "1203|n_patients|73||||73",
    "1203|median_age|72",
    "1203|median_follow_up|15 months",
    "1203|transfusion_independence|26.1 %|8-week|0.8-mg-kg",
    "1203|transfusion_independence|42.3 %|8-week|1.2-mg-kg",
    "1203|transfusion_independence|45.8 %|8-week|1.6-mg-kg",
    "87|relapse|19.2 %|24-month|with-verotrombopag",
    "87|relapse|14.3 %|24-month|no-verotrombopag",
    "87|clonal_evolution|12|24-month|||12",
    "87|thrombosis|2||||2",
    "87|TRM|3||with-verotrombopag||3",
    "87|TRM|4||no-verotrombopag||4",
    "1987|clonal_evolution|1||||1",
    "1987|cmv|52.5 %",
    "1987|TRM|7||||7",
    "P-0561|relapse|5/12||||5",
    "P-0561|TRM|0||||0",
    "642|thrombosis|0||||0",
    "642|diarrhoea|22.0 %||with-belrozanib",
    "642|diarrhoea|12.1 %||placebo",
    "642|TRM|0||||0",
    "P-0423|relapse|33.3 %||with-verotrombopag",
    "P-0423|relapse|43.2 %||no-verotrombopag",
    "P-0423|thrombosis|1||||1",
    "P-0423|insomnia|36.7 %||with-verotrombopag",
    "P-0423|insomnia|38.3 %||no-verotrombopag",
    "P-0423|TRM|0||||0",
    "1203|clonal_evolution|2||||2",
    "1203|fatigue|34.2 %",
    "1203|TRM|1||||1",
    "87|n_patients|102||with-verotrombopag||102",
    "87|n_patients|102||no-verotrombopag||102",
    "87|ORR|71.6 per cent|6-month|with-verotrombopag",
    "87|ORR|54.9 per cent|6-month|no-verotrombopag",
    "87|OR|2.07|6-month||||ORR",
    "87|CI|95 % CI 1.16 to 3.70|6-month||||OR",
    "87|p_value|0.013|6-month||||ORR",
    "87|CR|20.6|3-month|with-verotrombopag",
    "87|CR|39.2 per cent|12-month|with-verotrombopag",
    "87|CR|9.8|3-month|no-verotrombopag",
    "87|CR|17.6|6-month|no-verotrombopag",
    "87|TTR|119||no-verotrombopag",
    "87|TTR|82 days||with-verotrombopag",
    "87|OS|91.2 per cent|2-year|with-verotrombopag",
    "87|OS|88.7 per cent|2-year|no-verotrombopag",
    "87|p_value|0.48|2-year||||OS",
    "87|clonal_evolution|six|24-month|with-verotrombopag||6",
    "87|clonal_evolution|five|24-month|no-verotrombopag||5",
    "87|n_patients|four|24-month|monosomy7||4",
    "87|n_patients|two|24-month|monosomy7||2",
    "87|relapse|19.2 per cent|24-month|with-verotrombopag",
    "87|relapse|14.3 per cent|24-month|no-verotrombopag",
    "1987|n_patients|Sixty-one||||61",
    "1987|n_patients|38||adult||38",
    "1987|n_patients|25||paediatric||25",
    "1987|neutrophil_recovery|17 days",
    "1987|neutrophil_recovery|11 to 31",
    "1987|graft_failure|six||||6",
    "1987|OS|82.4 per cent|3-year",
    "1987|OS|90.1|3-year|paediatric",
    "1987|OS|77.3 per cent|3-year|adult",
    "1987|p_value|0.04|3-year||||OS",
    "1987|aGvHD|23.0 per cent|||2-4",
    "1987|cGvHD|18.0 per cent",
    "P-0561|n_patients|nineteen||||19",
    "P-0561|hematologic_response|twelve of the nineteen|12-month|||12",
    "P-0561|haemoglobin|8.7|baseline",
    "P-0561|haemoglobin|11.2 g/dL|12-month",
    "P-0561|telomere_length|0.21 kb|12-month",
    "P-0561|relapse|Five of the twelve|6-month|responders||5",
    "642|durable_platelet_response|27.3 per cent||with-belrozanib",
    "642|n_patients|132||with-belrozanib||132",
    "642|durable_platelet_response|3.0 per cent||placebo",
    "642|n_patients|66||placebo||66",
    "642|OR|12.0|||||durable_platelet_response",
    "642|CI|95 % CI 2.8 to 51.6|||||OR",
    "642|p_value|< 0.001|||||durable_platelet_response",
    "642|platelet_count|62 × 10⁹/L|24-week|with-belrozanib",
    "642|platelet_count|18 × 10⁹/L|24-week|placebo",
    "642|platelet_count|15|baseline|with-belrozanib",
    "642|platelet_count|16 × 10⁹/L|baseline|placebo",
    "642|rescue_treatment|33.3 per cent||with-belrozanib",
    "642|rescue_treatment|57.6 per cent||placebo",
    "642|bleeding|12.9||with-belrozanib|>=2",
    "642|bleeding|24.2 per cent||placebo|>=2",
    "642|diarrhoea|22.0 per cent||with-belrozanib",
    "642|diarrhoea|12.1 per cent||placebo",
    "P-0423|n_patients|60||with-verotrombopag||60",
    "P-0423|n_patients|60||no-verotrombopag||60",
    "P-0423|initial_response|85.0 per cent|14-day|with-verotrombopag",
    "P-0423|initial_response|61.7 per cent|14-day|no-verotrombopag",
    "P-0423|p_value|0.004|14-day||||initial_response",
    "P-0423|sustained_response|56.7 per cent|6-month|with-verotrombopag",
    "P-0423|sustained_response|35.0 per cent|6-month|no-verotrombopag",
    "P-0423|OR|2.43|6-month||||sustained_response",
    "P-0423|CI|95 % CI 1.16 to 5.07|6-month||||OR",
    "P-0423|p_value|0.017|6-month||||sustained_response",
    "P-0423|relapse|33.3 per cent||with-verotrombopag",
    "P-0423|relapse|43.2 per cent||no-verotrombopag",
    "1203|n_patients|23||0.8-mg-kg||23",
    "1203|n_patients|26||1.2-mg-kg||26",
    "1203|n_patients|24||1.6-mg-kg||24",
    "1203|transfusion_independence|26.1|8-week|0.8-mg-kg",
    "1203|transfusion_independence|42.3|8-week|1.2-mg-kg",
    "1203|transfusion_independence|45.8 per cent|8-week|1.6-mg-kg",
    "1203|transfusion_independence|13.0|24-week|0.8-mg-kg",
    "1203|transfusion_independence|26.9|24-week|1.2-mg-kg",
    "1203|transfusion_independence|29.2 per cent|24-week|1.6-mg-kg",
    "1203|haemoglobin_change|1.1|24-week|0.8-mg-kg",
    "1203|haemoglobin_change|1.9|24-week|1.2-mg-kg",
    "1203|haemoglobin_change|2.0 g/dL|24-week|1.6-mg-kg",
    "1203|n_patients|48||sf3b1||48",
    "1203|n_patients|25||no-sf3b1||25",
    "1203|transfusion_independence|50.0 per cent|8-week|sf3b1",
    "1203|transfusion_independence|four|8-week|no-sf3b1||4",
    "1203|hypertension|4.3||0.8-mg-kg|3",
    "1203|hypertension|7.7||1.2-mg-kg|3",
    "1203|hypertension|16.7 per cent||1.6-mg-kg|3",
]
MYELOMA = [
    "S-101|median_age|59||d-lrd",
    "S-101|median_age|60||lrd",
    "S-101|n_patients|412||||412",
    "S-101|n_patients|207||d-lrd||207",
    "S-101|n_patients|205||lrd||205",
    "S-101|ORR|95.7%||d-lrd",
    "S-101|ORR|92.2%||lrd",
    "S-101|>=VGPR|84.1%||d-lrd",
    "S-101|>=VGPR|71.2%||lrd",
    "S-101|sCR|45.4%||d-lrd",
    "S-101|sCR|30.2%||lrd",
    "S-101|MRD_negativity|64.7%||d-lrd",
    "S-101|MRD_negativity|43.9%||lrd",
    "S-101|PFS|81.2%|36-month|d-lrd",
    "S-101|PFS|68.5%|36-month|lrd",
    "S-101|median_PFS|44.1 months||lrd",
    "S-101|CI|95% CI 39.8-NR||lrd|||median_PFS",
    "S-101|infection|21.3%||d-lrd|>=3",
    "S-101|infection|15.1%||lrd|>=3",
    "S-114|median_age|79",
    "S-114|n_patients|138||||138",
    "S-114|ORR|84.1%",
    "S-114|>=VGPR|58.7%",
    "S-114|PFS|63.0%|18-month",
    "S-114|OS|74.6%|18-month",
    "S-114|infection|26.1%|||>=3",
    "S-318|median_age|61",
    "S-318|n_patients|57||||57",
    "S-318|n_patients|64||leukapheresed||64",
    "S-318|ORR|94.7%",
    "S-318|>=VGPR|86.0%",
    "S-318|sCR|63.2%",
    "S-318|MRD_negativity|91.1%||||41",
    "S-318|PFS|76.4%|12-month",
    "S-318|PFS|64.0%|18-month",
    "S-318|OS|88.9%|12-month",
    "S-318|infection|19.3%|||>=3",
    "S-207|n_patients|47||doublet||47",
    "S-207|median_age|68||doublet",
    "S-207|median_follow_up|16.3",
    "S-207|ORR|48.9%||doublet",
    "S-207|>=VGPR|19.1%||doublet",
    "S-207|median_PFS|6.2||doublet",
    "S-207|CI|4.7-8.1||doublet|||median_PFS",
    "S-207|PFS|24.6%|12-month|doublet",
    "S-207|median_DOR|8.4||doublet",
    "S-207|neutropenia|40.4%||doublet|3-4",
    "S-207|infection|17.0%||doublet|>=3",
    "S-207|n_patients|48||triplet||48",
    "S-207|median_age|67||triplet",
    "S-207|ORR|72.9%||triplet",
    "S-207|>=VGPR|41.7%||triplet",
    "S-207|median_PFS|11.8||triplet",
    "S-207|CI|9.0-14.9||triplet|||median_PFS",
    "S-207|PFS|47.8%|12-month|triplet",
    "S-207|median_DOR|13.7||triplet",
    "S-207|neutropenia|54.2%||triplet|3-4",
    "S-207|infection|22.9%||triplet|>=3",
    "S-230|n_patients|77||rp2d||77",
    "S-230|median_age|66||rp2d",
    "S-230|median_follow_up|13.1||rp2d",
    "S-230|ORR|62.3%||rp2d",
    "S-230|>=VGPR|57.1%||rp2d",
    "S-230|median_PFS|12.9||rp2d",
    "S-230|CI|9.6-NR||rp2d|||median_PFS",
    "S-230|PFS|52.6%|12-month|rp2d",
    "S-230|CRS|70.1%||rp2d",
    "S-230|neutropenia|53.2%||rp2d|3-4",
    "S-230|infection|36.4%||rp2d|>=3",
    "S-2021|n_patients|14||400+weekly+µg-kg||14",
    "S-2021|median_age|64||400+weekly+µg-kg",
    "S-2021|median_follow_up|7.4",
    "S-2021|ORR|71.4%||400+weekly+µg-kg",
    "S-2021|>=VGPR|57.1%||400+weekly+µg-kg",
    "S-2021|CRS|78.6%||400+weekly+µg-kg",
    "S-2021|neutropenia|35.7%||400+weekly+µg-kg|3-4",
    "S-2021|infection|21.4%||400+weekly+µg-kg|>=3",
    "S-2021|n_patients|20||2+800+every+week+µg-kg||20",
    "S-2021|median_age|65||2+800+every+week+µg-kg",
    "S-2021|ORR|85.0%||2+800+every+week+µg-kg",
    "S-2021|>=VGPR|75.0%||2+800+every+week+µg-kg",
    "S-2021|CRS|80.0%||2+800+every+week+µg-kg",
    "S-2021|neutropenia|45.0%||2+800+every+week+µg-kg|3-4",
    "S-2021|infection|25.0%||2+800+every+week+µg-kg|>=3",
    "S-101|n_patients|n = 207||d-lrd||207",
    "S-101|n_patients|n = 205||lrd||205",
    "S-101|median_follow_up|31.4 months",
    "S-101|MRD_negativity|64.7%||d-lrd||134",
    "S-101|MRD_negativity|43.9%||lrd||90",
    "S-101|p_value|< 0.001|||||MRD_negativity",
    "S-101|MRD_negativity|38.2%||10-6+d-lrd",
    "S-101|MRD_negativity|20.0%||10-6+lrd",
    "S-101|HR|0.54|36-month||||PFS",
    "S-101|CI|95% CI 0.38-0.77|36-month||||HR",
    "S-101|p_value|0.0006|36-month||||PFS",
    "S-101|HR|0.71||high-risk",
    "S-101|CI|95% CI 0.42-1.19||high-risk|||HR",
    "S-101|deaths|19||d-lrd||19",
    "S-101|deaths|28||lrd||28",
    "S-101|neutropenia|51.2%||d-lrd|3-4",
    "S-101|neutropenia|37.6%||lrd|3-4",
    "S-101|infection|21.3%||d-lrd|3-4",
    "S-101|infection|15.1%||lrd|3-4",
    "S-101|TRM|5||d-lrd||5",
    "S-101|TRM|4||lrd||4",
    "S-114|median_age|79 years",
    "S-114|n_patients|61||unfit||61",
    "S-114|median_follow_up|22 months",
    "S-114|PFS|49.2%|18-month|unfit",
    "S-114|PFS|73.5%|18-month|no-unfit",
    "S-207|n_patients|96||||96",
    "S-207|n_patients|n = 47||doublet||47",
    "S-207|n_patients|n = 48||triplet||48",
    "S-207|p_value|0.017|||||ORR",
    "S-207|median_PFS|6.2 months||doublet",
    "S-207|CI|95% CI 4.7-8.1||doublet|||median_PFS",
    "S-207|median_PFS|11.8 months||triplet",
    "S-207|CI|95% CI 9.0-14.9||triplet|||median_PFS",
    "S-207|HR|0.58|||||PFS",
    "S-207|CI|95% CI 0.36-0.92|||||HR",
    "S-207|p_value|0.021|||||PFS",
    "S-207|median_PFS|10.9 months||refractory+triplet",
    "S-207|peripheral_neuropathy|29.2%||triplet",
    "S-207|peripheral_neuropathy|6.4%||doublet",
    "S-230|n_patients|118||||118",
    "S-230|n_patients|41||dose-escalation||41",
    "S-230|n_patients|77||||77",
    "S-230|RP2D|60 mg",
    "S-230|ORR|66.2%||rp2d||51",
    "S-230|>=VGPR|57.1%",
    "S-230|>=CR|33.8%",
    "S-230|MRD_negativity|Seventeen of 20||responders||17",
    "S-230|sustained_response|71.4%|12-month|responders",
    "S-230|median_PFS|12.9 months",
    "S-230|CI|95% CI 9.6-NR|||||median_PFS",
    "S-230|median_follow_up|13.1 months",
    "S-230|CRS|81||||81",
    "S-230|CRS|one|||>=3|1",
    "S-230|ICANS|five|||<=2|5",
    "S-230|infection|34.7%|||>=3",
    "S-230|hypogammaglobulinaemia|55.9%",
    "S-2021|n_patients|Thirty-four||||34",
    "S-2021|n_patients|12 of the 34||||12",
    "S-2021|CRS|27|||1-2|27",
    "S-2021|ICANS|one|||1|1",
    "S-318|n_patients|64||||64",
    "S-318|cell_dose|0.75 × 10⁶",
    "S-318|ORR|94.7%||||54",
    "S-318|MRD_negativity|41 of 45||||41",
    "S-318|vein_to_vein_time|26 days",
    "S-318|median_follow_up|17.2 months",
    "S-318|PFS|46.2%|12-month|extramedullary",
    "S-318|n_patients|13||extramedullary||13",
    "S-318|PFS|84.9%|12-month|no-extramedullary",
    "S-318|CRS|50||||50",
    "S-318|CRS|two|||3|2",
    "S-318|ICANS|nine||||9",
    "S-318|ICANS|five|||1|5",
    "S-318|ICANS|two|||2|2",
    "S-318|ICANS|one|||3|1",
    "S-318|deaths|Two||||2",
    "S-422|median_OS|68 days||armed+cell",
    "S-422|median_OS|41 days||car-nk+cell+interleukin-15+lacking",
    "S-422|median_OS|29 days||no-treatment",
]
WRONG_APLASTIC = [
    "87|OR|71.6 per cent",
    "87|CR|54.9 per cent",
    "87|ORR|20.6",
    "87|OS|71.6 per cent",
    "87|SCT|102",
    "642|platelet_count|27.3 per cent",
    "642|platelet_count|50 × 10⁹/L",
    "P-0423|OR|61.7 per cent",
    "P-0423|thrombosis|33.3 per cent",
    "P-0561|relapse|six",
    "1203|transfusion_need|73",
    "1987|GvHD|23.0 per cent",
    "1987|n_patients|six",
    "642|OR|66",
]
WRONG_MYELOMA = [
    "S-114|infection|Twenty-seven",
    "S-230|RP2D|77",
    "S-230|RP2D|41",
    "S-230|thrombocytopenia|90 mg",
    "S-318|OS|76.4%",
    "S-318|PFS|13",
    "S-318|ICANS|nine||||1",
    "S-101|OS|19",
    "S-318|CRS|50|||3",
    "S-114|PFS|73.5%|18-month|unfit",
    "S-422|median_OS|68 days|15-day",
    "S-114|median_age|79 years||unfit",
    "S-207|CI|6.2",
    "S-230|median_DOR|1.2 months",
    "S-230|CRS|81||||>=3",
]


def shown(fact: Fact) -> str:
    n = "" if fact.n is None else str(fact.n)
    group = "+".join(sorted(fact.group))
    return "|".join(
        (fact.study, fact.attribute, fact.value, fact.time_point, group, fact.grade, n, fact.of)
    ).rstrip("|")


@pytest.fixture(scope="module")
def reviews() -> dict[str, Review]:
    return {name: read_review(REVIEWS / name, VOCABULARY) for name in NAMES}


@pytest.mark.parametrize("fact", APLASTIC)
def test_facts_of_the_aplastic_anaemia_review(fact: str, reviews: dict[str, Review]) -> None:
    assert fact in {shown(f) for f in reviews[NAMES[0]].facts}


@pytest.mark.parametrize("fact", MYELOMA)
def test_facts_of_the_myeloma_review(fact: str, reviews: dict[str, Review]) -> None:
    assert fact in {shown(f) for f in reviews[NAMES[1]].facts}


@pytest.mark.parametrize(
    ("name", "wrong"), [(NAMES[0], w) for w in WRONG_APLASTIC] + [(NAMES[1], w) for w in WRONG_MYELOMA]
)
def test_no_wrong_fact_is_read(name: str, wrong: str, reviews: dict[str, Review]) -> None:
    assert not [s for f in reviews[name].facts if (s := shown(f)) == wrong or s.startswith(wrong + "|")]


def test_figures_of_different_arms_never_share_a_group(reviews: dict[str, Review]) -> None:
    for review in reviews.values():
        seen: dict[tuple[object, ...], set[str]] = {}
        for f in review.facts:
            if f.attribute in VOCABULARY.measures and f.unit == "%":
                key = (f.passage, f.attribute, f.group, f.time_point, f.grade, f.cycle)
                seen.setdefault(key, set()).add(f.value)
        assert [(k[1], v) for k, v in seen.items() if len(v) > 1] == []


def test_every_span_shows_its_value_in_the_quote(reviews: dict[str, Review]) -> None:
    for review in reviews.values():
        quotes = {p.id: (p.quote, p.locator.kind) for p in review.passages}
        for fact in review.facts:
            quote, kind = quotes[fact.passage]
            if kind in {Kind.SENTENCE, Kind.CELL} and fact.unit:
                assert fold(quote[fact.start : fact.end]).strip().lstrip("= ").endswith(fold(fact.value)), (
                    fact
                )


def test_a_folder_without_a_review_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AssistantError):
        read_corpus(tmp_path, VOCABULARY)
    with pytest.raises(AssistantError):
        read_corpus(tmp_path / "none", VOCABULARY)


def test_the_hash_follows_every_byte(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("1", encoding="utf-8")
    first = corpus_hash(tmp_path)
    (tmp_path / "a.csv").write_text("2", encoding="utf-8")
    assert corpus_hash(tmp_path) != first
