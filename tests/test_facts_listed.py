"""Lists of adverse events and counts of responders; each fact worked by hand."""

from __future__ import annotations

import pytest
from fact_lines import NONE, stated

NO_RESULTS = [
    pytest.param(text, left, id=text)
    for text, left in (
        ("82 were PET-negative and 78 were PET-positive; 31 of the latter (39.7%) relapsed.", "CMR|39.7%"),
        ("In the 118 patients with detectable MRD, the 3-year OS was 54%.", "118"),
        ("Sixteen of the 25 relapses (64%) were early.", "relapse"),
        ("After one cycle, 52% were in CR, and another 14% entered CR after the second cycle.", "14%"),
        ("Veno-occlusive disease was seen in 3 (7%) patients and was fatal in one.", "one"),
        ("Neutropenia lasted less than 2 weeks in 81% of the patients.", "81%"),
        ("CR was achieved by 64%, and 78% of these were MRD negative.", "78%"),
        ("Twelve (80%) of 15 patients with T-ALL and 5 (50%) of 10 with T-LBL had a CR.", "CR|5"),
        ("22% had a white-cell count above 50 × 10^9/L.", "WBC|50"),
        ("CRS was managed with tocilizumab in 14 patients (33%) and with steroids in 9 (21%).", "CRS"),
        ("Complete remission with MRD negativity was seen in 52% of the patients.", "mrd-positive"),
        ("Relapse occurred in 14/47 (30%), of which 9 were CD22-positive.", "relapse|9"),
        ("Transplantation was performed in 41% of responders at a median of 2.6 months.", "2.6-month"),
        ("The CR rate improved from 22% after induction to 48% as best response.", "22%"),
        ("Stable disease was the best response in 11 patients.", "BOR"),
        ("Thirty-six of 41 infused patients (88%) reached a CR.", "infused_patients"),
        (
            "Median time to onset of ICANS was 6 days, with a median duration of 4 days.",
            "time_to_ICANS|4 days",
        ),
    )
]


@pytest.mark.parametrize(("sentence", "wrong"), NO_RESULTS)
def test_no_results(sentence: str, wrong: str) -> None:
    assert not [f for f in stated(sentence, NONE) if wrong in f and not f.startswith("n_patients|82")]
