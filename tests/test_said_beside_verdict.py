"""A sentence that says of some the one and of others the opposite gives no verdict of its own."""

from __future__ import annotations

from pathlib import Path

from asking import CORPUS, engine_over
from one_trial import asked


def test_severe_ones_beside_mild_ones_are_no_denial(assistant_home: Path) -> None:
    engine = engine_over(CORPUS, assistant_home)
    answer = engine.ask(["What was the CRS rate with NS7CAR?", "was any of it grade 3 or worse?"])
    assert answer.text.startswith("Yes: ")
    assert "5 patients" in answer.text


GOT_WELL = (
    "Of 40 patients in the trial of Moor et al., tumour lysis syndrome occurred in four, both of the first two on day 1, and all of whom "
    "recovered on rasburicase; diarrhoea was seen in nine (Study T-1) [1]."
)


def test_an_event_of_which_all_got_well_is_told_so(tmp_path: Path) -> None:
    engine = asked(tmp_path, GOT_WELL, "Trials", '"Study #","T-1"\n"No. of patients","40"\n')
    told = {
        "Did all patients with tumour lysis syndrome recover?": "Yes: ",
        "Was the tumour lysis syndrome reversible?": "Yes: ",
        "Did anyone with tumour lysis syndrome not recover?": "No: ",
    }
    for question, verdict in told.items():
        assert engine.ask([question]).text.startswith(verdict), question
    assert not engine.ask(["Did all cases of diarrhoea resolve?"]).text.startswith("Yes")
