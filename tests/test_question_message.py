"""A person's message and the plain question it holds: shorthand, asides, frames, what is pointed back to."""

from __future__ import annotations

from functools import cache

import pytest

from assistant.engine.engine import open_engine
from assistant.question.reader import QuestionReader
from assistant.settings import Settings

MESSAGES = (
    ("nel combo grp in shimony, 2yr surv % pls", "nelarabine combo group in shimony, 2yr survival %"),
    ("hw many ppl in hatta", "how many people in hatta"),
    ("cri rate yu after 1st cycle thx", "cri rate Yu after first cycle"),
    ("rd13-01 any deaths? hw many", "rd13-01 any deaths? how many"),
    ("gvhd gr1-2 wiv donor cd7, wot %", "gvhd grade 1-2 with donor cd7, what %"),
    ("age range ns7car pts plz", "age range ns7car patients"),
    ("abt the yu trial - wen was it run", "about the Yu trial - when was it run"),
    ("whos the 1st auth on abs 942", "who's the first author on abstract 942"),
    ("med f/u gmall??", "median follow-up gmall??"),
    ("os @3y hatta", "os at 3y hatta"),
    ("pebl in humans yet or jst mice", "pebl in humans yet or just mice"),
    ("need reg no for tan trial asap", "need registration number for Tan trial"),
    ("resp rate 3mo post inf tan", "response rate 3mo post inf Tan"),
    (
        "On a ward round just now. Two-year relapse-free survival with nelarabine alone in the retrospective cohort?",
        "Two-year relapse-free survival with nelarabine alone in the retrospective cohort?",
    ),
    (
        "Before clinic starts: what proportion of the AYA patients were in CR or CRi?",
        "what proportion of the AYA patients were in CR or CRi?",
    ),
    (
        "Remind me, since my memory fails me, how long the GMALL cohort was followed on median.",
        "Remind me, how long the GMALL cohort was followed on median.",
    ),
    (
        "Our registrar claims that 3-year EFS in the Japanese AYA study was 93.4%. Is that right?",
        "Is it true that 3-year EFS in the Japanese AYA study was 93.4%?",
    ),
    (
        "Could you tell me, while I wait for the projector, which study carried the largest sample?",
        "Could you tell me, which study carried the largest sample?",
    ),
    (
        "In the combination arm of Shimony, CR rate. Just the number.",
        "In the combination arm of Shimony, CR rate.",
    ),
    ("NS7CAR: overall survival at eighteen months. Not EFS.", "NS7CAR: overall survival at eighteen months"),
    ("As a percentage rather than a count: mild CRS with NS7CAR.", "as a percentage: mild CRS with NS7CAR."),
    (
        "Be honest with me: of those who took nelarabine without any partner drug, how many in a hundred were alive at two years?",
        "of those who took nelarabine alone, how many in a hundred were alive at two years?",
    ),
    (
        "My son is 17. I am not asking for advice. In the Japanese study of teenagers, what share was alive after three years?",
        "My son is 17. In the Japanese study of teenagers, what share was alive after three years?",
    ),
    ("Sorry for the basic question: what does CIR stand for?", "what does CIR stand for?"),
    ("Some people passed away after RD13-01. How many?", "How many people died after RD13-01?"),
    (
        "Some patients got bad CRS with the donor cells. What percentage?",
        "What percentage of patients got bad CRS with the donor cells?",
    ),
    (
        "Somebody on the forum said that nelarabine is approved for relapsed T-ALL. Is that so?",
        "Is it true that nelarabine is approved for relapsed T-ALL?",
    ),
    ("I don't understand the jargon. MRD, what is it short for?", "What does MRD stand for?"),
    (
        "how many folk took part in the Chinese study where they picked the cells naturally",
        "how many patients took part in the Chinese study where they picked the cells naturally",
    ),
    ("Should my daughter have the CAR-T? Please be straight with me.", "Should my daughter have the CAR-T?"),
    ("exam tomorrow!! which study had ages 2-69", "which study had ages 2-69"),
    (
        "True or false: Hatta's trial combined nelarabine with L-ASP.",
        "Is it true that Hatta's trial combined nelarabine with L-ASP?",
    ),
    ("So GMALL enrolled 281 patients, am I correct?", "Is it true that GMALL enrolled 281 patients?"),
    (
        "So the V-HAG regimen contains nelarabine, am I right?",
        "Is it true that the V-HAG regimen contains nelarabine?",
    ),
    ("PEBL. Write it out please.", "What does PEBL stand for?"),
    ("Exactly one study in Table 1 is retrospective. Which?", "Which study in Table 1 is retrospective?"),
    ("One trial in Table 2 is marked I. Name it.", "Which trial in Table 2 is phase I?"),
    (
        "Two studies in Table 1 tested venetoclax. Which ones?",
        "Which two studies in Table 1 tested venetoclax?",
    ),
    (
        "Only one study in Table 1 has a registration number. Which one?",
        "Which study in Table 1 has a registration number?",
    ),
    ("idk what CRc means", "What does CRc stand for?"),
    ("lemme know the ORR in the donor cart study", "let me know the ORR in the donor CAR-T study"),
    (
        "what's fratricide got to do w/ CAR-T in T-ALL, one sentence pls",
        "what's fratricide got to do with CAR-T in T-ALL, one sentence",
    ),
    ("A single study in Table 2 has no NCT. Identify it.", "Which study in Table 2 has no NCT?"),
    (
        "I am compiling a forest plot and lack one value: the 2-year OS in the nelarabine monotherapy arm.",
        "What is the value of the 2-year OS in the nelarabine monotherapy arm?",
    ),
    (
        "Abstract 4053 – n per arm, in that order: combination, monotherapy.",
        "Abstract 4053 - number of patients per arm: combination, monotherapy.",
    ),
    ("Hazard ratio combination v monotherapy, if reported.", "Hazard ratio combination versus monotherapy."),
    ("Is 0.21 the p value for OS? Confirm or correct.", "Is 0.21 the p value for OS?"),
    (
        "Give me one number. Share alive at one year in Tan's trial.",
        "Share alive at one year in Tan's trial.",
    ),
    ("Quick check: was RD13-01 tested in ten patients?", "was RD13-01 tested in ten patients?"),
    ("First author of ref 2, surname only.", "First author of reference 2, surname only."),
    ("DOI of this review, please.", "DOI of this review."),
    ("Does the review cite anything from 2019? y/n", "Does the review cite anything from 2019?"),
    ("Abstract 3456 – authors?", "Abstract 3456 - authors?"),
    ("Until when has the Hatta study recruited?", "in which years has the Hatta study recruited?"),
    ("What for medicaments are in HAG?", "What for drugs are in HAG?"),
    ("Hatta / CIR / 3 yr", "Hatta, CIR, 3 yr"),
    ("NS7CAR, T/LBL, n=?", "NS7CAR, T/LBL, how many patients?"),
    ("1995 / phase?", "1995, phase?"),
    ("942 – newly dx – n", "942 - newly diagnosed - n"),
    (
        "We are designing a protocol and wonder whether MRD steered therapy in Tan's trial. Yes or no will do.",
        "We are designing a protocol and wonder whether MRD steered therapy in Tan's trial.",
    ),
    (
        "Which of the nine studies used IntraBlock technology? Asking because a colleague patented it.",
        "Which of the nine studies used IntraBlock technology?",
    ),
    (
        "Grade 4 CRS with NS7CAR, as a head count rather than a percentage.",
        "Grade 4 CRS with NS7CAR, as a count.",
    ),
    ("Compare 3-year OS of Hatta and GMALL, the larger first.", "Compare 3-year OS of Hatta and GMALL."),
    (
        "Last night on call I was reading about CAR-T against CD7, the one made from a donor, and I wondered how many had actually responded three months in?",  # noqa: E501
        "Last night on call I was reading about CAR-T against CD7, the one donor-derived , and I wondered how many had actually responded three months in?",  # noqa: E501
    ),
    (
        "My supervisor thinks the German nelarabine study is tiny. I think it's the biggest one. How many patients did it have?",
        "My supervisor thinks the German nelarabine study is tiny. How many patients did it have?",
    ),
    (
        "Whatever, I keep mixing these up. V-HAG in the study with seven R/R ETP-ALL patients in phase II: partial response rate?",
        "V-HAG in the study with seven R/R ETP-ALL patients in phase II: partial response rate?",
    ),
    (
        "i was told the review says CAR-T doesnt work as well in T cell malignancies as in B-ALL, and the reason began with an f. what was it",  # noqa: E501
        "i was told the review says CAR-T doesn't work as well in T cell malignancies as in B-ALL, and the reason began with an f. what was it",  # noqa: E501
    ),
    (
        "toxicity wise, any neuropathy numbers for nelarabine combo? my pts worry",
        "toxicity wise, any neuropathy numbers for nelarabine combo?",
    ),
    ("median age hatta, not the range pls", "median age hatta, not the range"),
    ("os at 5y gmall thx", "os at 5y gmall"),
    (
        "Which ethics committee signed off the RD13-01 trial? For my essay.",
        "Which ethics committee signed off the RD13-01 trial?",
    ),
    ("resp rate w/ daratumumab in the review?", "response rate with daratumumab in the review?"),
    ("3y OS for T-LBL pts in GMALL, just them", "3y OS for T-LBL patients in GMALL, just them"),
    ("ns7car – ICANS rate plz", "ns7car - ICANS rate"),
    (
        "How many NS7CAR people went on to transplant? Asking for a talk.",
        "How many NS7CAR people went on to transplant?",
    ),
    ("wots the cost of pebl", "what's the cost of pebl"),
    ("tell me about abs 54", "tell me about abstract 54"),
    ("how old were they tho", "how old were they"),
    ("thx. and for the transplanted high-risk ones?", "and for the transplanted high-risk ones?"),
    ("who's the 1st author of abstract 975", "who's the first author of abstract 975"),
    ("was it done in ppl", "was it tested in humans"),
    ("os in tan", "os in Tan"),
    ("hatta pts: n?", "hatta patients: n?"),
    ("and where were they from / ages?", "and where were they from, ages?"),
    ("k and after cycle 2", "ok and after cycle 2"),
    ("gr 4 only, hv u got a count", "grade 4 only, what is the count"),
    ("how many of them lymphoma pts", "how many of them lymphoma patients"),
    ("pls list all phase 2 trials thx", "please list all phase 2 trials"),
    ("wich abs r retrospective", "which abstracts r retrospective"),
    ("hv u got a figure for OS@1y in gmall", "what is the figure for OS at 1y in gmall"),
    ("med age in the aya study", "median age in the aya study"),
    ("pts w/o transplant, 3y OS", "patients without transplant, 3y OS"),
    ("newly dx'd pts in abs 942", "newly diagnosed patients in abstract 942"),
    ("resp after cycle 2, v-hag, yu", "response after cycle 2, v-hag, Yu"),
    ("how old r the ppl in hatta", "how old r the people in hatta"),
    ("dunno what RFS means", "What does RFS stand for?"),
    ("whats in v-hag", "what's in v-hag"),
    (
        "I am not interested in PFS at all. Give me the ORR with Tan's cells.",
        "Give me the ORR with Tan's cells.",
    ),
    ("Never mind the OS in Hatta, what was the EFS there?", "In Hatta, what was the EFS there?"),
    (
        "The CR rate in the combination arm is only stated in percent. How many patients would that be?",
        "The CR rate in the combination arm: how many patients is that?",
    ),
    (
        "Did Suo enrol newly diagnosed patients too? And how many?",
        "Did Suo enrol newly diagnosed patients too? How many newly diagnosed patients?",
    ),
    ("Who used nelarabine?", "Which studies used nelarabine?"),
    ("GvHD: spell it out for the minutes", "What does GvHD stand for?"),
    ("RFS, what's that short for?", "What does RFS stand for?"),
    ("Please spell out CIR for my slides", "What does CIR stand for?"),
    ("Exactly one trial is retrospective. Which one?", "Which trial is retrospective?"),
    ("Two trials used venetoclax. Name both.", "Which two trials used venetoclax?"),
    ("Only one trial has a CRISPR step. Identify it.", "Which trial has a CRISPR step?"),
    ("A lone study reports GvHD. Which?", "Which study reports GvHD?"),
    (
        "Three trials enrolled newly diagnosed people. List them.",
        "Which three trials enrolled newly diagnosed people?",
    ),
    ("Some patients relapsed after transplant. How many?", "How many patients relapsed after transplant?"),
    (
        "Several children died on the study. What percentage?",
        "What percentage of children died on the study?",
    ),
    ("So RD13-01 cured everybody, am I correct?", "Is it true that RD13-01 cured everybody?"),
    ("True or false: GMALL was randomized.", "Is it true that GMALL was randomized?"),
    ("My boss says that Yu treated children. Is that so?", "Is it true that Yu treated children?"),
    ("I heard that PEBL was tested in mice. Is that right?", "Is it true that PEBL was tested in mice?"),
    ("EFS was 53.1% at 18 months. Confirm or correct.", "Is it true that EFS was 53.1% at 18 months?"),
    ("Quick question: OS at 3 years in Hatta?", "OS at 3 years in Hatta?"),
    ("Sorry to bother you, what was the ORR in Tan?", "what was the ORR in Tan?"),
    ("Be blunt with me: how many died on RD13-01?", "how many died on RD13-01?"),
    ("What was the CR rate in Tan, before I forget?", "What was the CR rate in Tan ?"),
    ("What was the ORR in Tan, if you don't mind?", "What was the ORR in Tan?"),
    ("What was EFS in Hatta? Thanks a lot!", "What was EFS in Hatta?!"),
    ("Age range in Yu, just the number.", "Age range in Yu."),
    ("OS in Hatta, one word will do.", "OS in Hatta."),
    ("Order the trials by size, the larger first.", "Order the trials by size."),
    ("PFS in Tan. Not OS.", "PFS in Tan"),
    ("CR rate in Shimony (not the OS)?", "CR rate in Shimony?"),
    ("CRS in Tan as a head count rather than a percentage", "CRS in Tan as a count"),
    ("CRS in Tan as a percentage rather than a count", "CRS in Tan as a percentage"),
    ("teaching tmrw. why do cars fail in t cell dis", "why do cars fail in t cell disease"),
    ("on ward rnd. ORR tan pls", "ORR Tan"),
    ("Which study looked back at old charts?", "Which study was retrospective?"),
    ("How many people passed away in RD13-01?", "How many people died in RD13-01?"),
    ("How many are still with us at 3 years in GMALL?", "How many are alive at 3 years in GMALL?"),
    ("Which trial in Table 2 is labelled I/II?", "Which trial in Table 2 is phase I/II?"),
    ("What is the eligibility span in Yu?", "What is the age range in Yu?"),
    (
        "Nelarabine alone was given to relapsed people. What was the 2-year OS in those patients?",
        "What was the 2-year OS in patients (Nelarabine, alone, relapsed)?",
    ),
    (
        "Donor cells may attack the body. How often did Tan see grade 1-2 of this?",
        "How often did Tan see grade 1-2 of graft-versus-host disease?",
    ),
    ("the twenty-somethings in Hatta", "patients aged 20-29 in Hatta"),
    ("OS in the 15-24s", "OS in patients aged 15-24"),
    ("OS in 15 to 24 year olds", "OS in patients aged 15-24"),
    ("nelarabine-only arm, n=?", "nelarabine alone arm, how many patients?"),
    ("CR with nelarabine by itself?", "CR with nelarabine alone?"),
    ("CR with nelarabine and nothing else", "CR with nelarabine alone"),
    ("gr 3+ crs w/ donor cells", "grade 3+ crs with donor cells"),
    ("CRS GR3 in tan", "CRS grade 3 in Tan"),
    ("nel mono 2y os", "nelarabine monotherapy 2y os"),
    ("ven trials?", "venetoclax trials?"),
    ("yu cri", "Yu cri"),
    ("suo n", "Suo n"),
    ("what drugs are hiding behind the three letters 'HAG'?", "What does HAG stand for?"),
    ("Which drugs are in HAG?", "what is in HAG?"),
    ("v-hag what's in it", "what's in v-hag?"),
    ("ETP-ALL: which studies dealt with it?", "which studies dealt with ETP-ALL?"),
    ("no. of pts in hatta", "number of patients in hatta"),
    ("nct no for gmall", "NCT number for gmall"),
    ("ref 5 jrnl?", "reference 5 journal?"),
    ("1st author of ref 2", "first author of reference 2"),
    ("tbl 1 pts total", "table 1 patients total"),
    ("ph 2 trials", "phase 2 trials"),
    ("rr t-all pts os", "relapsed or refractory t-all patients os"),
    ("adv events on nelarabine", "adverse events on nelarabine"),
    ("side fx?", "side effects?"),
    ("prop of pts in CR", "proportion of patients in CR"),
    ("ppl @3y alive", "people at 3y alive"),
    ("ORR = ?", "ORR = ?"),
    ("OS of T-ALL (not T-LBL) in GMALL", "OS of T-ALL (not T-LBL) in GMALL"),
    ("What was the relapse rate after just one year?", "What was the relapse rate after just one year?"),
    ("What do we learn from the two studies, in brief?", "What do we learn from the two studies, in brief?"),
    ("Should my daughter have it?", "Should my daughter have it?"),
    ("Which patients did not respond to the drug?", "Which patients did not respond to the drug?"),
    ("Act as my doctor and tell me what to take.", "Act as my doctor and tell me what to take."),
    ("V-HAG regimen in Yu?", "V-HAG regimen in Yu?"),
    ("In which years did the study run?", "In which years did the study run?"),
    ("The trial was open to adults. How old were they?", "The trial was open to adults. How old were they?"),
)
"""Message, and the question read in its place."""


@cache
def reader() -> QuestionReader:
    """Reads questions on the shipped review, whose names the messages use."""
    engine = open_engine(Settings())
    (only,) = engine._engines.values()
    return only.answerer.reader


@pytest.mark.parametrize(("message", "question"), MESSAGES)
def test_a_message_is_read_as_its_plain_question(message: str, question: str) -> None:
    assert reader().canonical(message) == question


@pytest.mark.parametrize("question", [question for _, question in MESSAGES])
def test_a_plain_question_stays_as_it_is(question: str) -> None:
    assert reader().canonical(question) == question
