"""Sentences made up for the purpose, each with every fact it states (written as in fact_lines), worked by hand."""

from __future__ import annotations

import pytest
from fact_lines import ARMS, READER, stated
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.text import fold

SENTENCES: list[tuple[str, str, list[str]]] = [
    (
        "added",
        "The ORR at month 6 was 60% in the former arm and 50% in the latter, whereas the rates of CR at "
        "months 3, 6 and 12 were 20%, 33% and 39% with helpomab, and 9%, 17% and 26% without it.",
        [
            "ORR|60%|6-month|with-helpomab",
            "ORR|50%|6-month|no-helpomab",
            "CR|20%|3-month|with-helpomab",
            "CR|33%|6-month|with-helpomab",
            "CR|39%|12-month|with-helpomab",
            "CR|9%|3-month|no-helpomab",
            "CR|17%|6-month|no-helpomab",
            "CR|26%|12-month|no-helpomab",
        ],
    ),
    (
        "none",
        "The overall response rate was 47%.",
        [
            "ORR|47%",
        ],
    ),
    (
        "none",
        "The overall response rate (ORR) came to 61.2 per cent.",
        [
            "ORR|61.2 per cent",
        ],
    ),
    (
        "none",
        "Complete response was documented in 12 of 40 patients (30%).",
        [
            "CR|12 of 40|||||12|40",
        ],
    ),
    (
        "none",
        "CR was reached by 18/45 (40.0%) patients.",
        [
            "CR|18/45|||||18|45",
        ],
    ),
    (
        "none",
        "The 2-year overall survival (OS) was 83%.",
        [
            "OS|83%|2-year",
        ],
    ),
    (
        "none",
        "At 18 months the PFS was 55.5%.",
        [
            "PFS|55.5%|18-month",
        ],
    ),
    (
        "none",
        "OS and PFS at three years were 70% and 52%, respectively.",
        [
            "OS|70%|3-year",
            "PFS|52%|3-year",
        ],
    ),
    (
        "none",
        "The 1-year and 3-year OS were 91% and 77%, respectively.",
        [
            "OS|91%|1-year",
            "OS|77%|3-year",
        ],
    ),
    (
        "none",
        "Median PFS was 13.7 months (95% CI 9.2-18.1).",
        [
            "median_PFS|13.7 months",
            "CI|95% CI 9.2-18.1|||||||median_PFS",
        ],
    ),
    (
        "none",
        "Median overall survival was not reached after a median follow-up of 22 months.",
        [
            "median_OS|not reached",
            "median_follow_up|22 months",
        ],
    ),
    (
        "none",
        "The median duration of response (DOR) was 9.5 months.",
        [
            "median_DOR|9.5 months",
        ],
    ),
    (
        "none",
        "The median time to response was 1.4 months.",
        [
            "TTR|1.4 months",
        ],
    ),
    (
        "none",
        "Median follow-up was 31 months, and the 2-year EFS was 64%.",
        [
            "median_follow_up|31 months",
            "EFS|64%|2-year",
        ],
    ),
    (
        "none",
        "Median age was 67 years.",
        [
            "median_age|67 years",
        ],
    ),
    (
        "none",
        "The trial enrolled 88 adults with relapsed disease.",
        [
            "n_patients|88||adult+relapsed|||88",
        ],
    ),
    (
        "none",
        "We included 132 patients aged 18-65 years.",
        [
            "n_patients|132|||||132",
            "age_range|18-65",
        ],
    ),
    (
        "none",
        "Patients were treated between 2015 and 2019.",
        [
            "study_period|2015 and 2019",
        ],
    ),
    (
        "none",
        "The study was registered as NCT01234567.",
        [
            "nct|NCT01234567",
        ],
    ),
    (
        "none",
        "Neutropenia of grade 3 or higher occurred in 38% of patients.",
        [
            "neutropenia|38%|||>=3",
        ],
    ),
    (
        "none",
        "Grade 3/4 thrombocytopenia was seen in 21.5%.",
        [
            "thrombocytopenia|21.5%|||3-4",
        ],
    ),
    (
        "none",
        "CRS of any grade developed in 31 patients (77.5%), of grade 3 in two.",
        [
            "CRS|31|||||31",
            "CRS|two|||3||2",
        ],
    ),
    (
        "none",
        "ICANS was reported in six patients (15%): grade 1 in three, grade 2 in two and grade 3 in one.",
        [
            "ICANS|six|||||6",
            "ICANS|three|||1||3",
            "ICANS|two|||2||2",
            "ICANS|one|||3||1",
        ],
    ),
    (
        "none",
        "CRS exceeded grade 2 in only one patient.",
        [
            "CRS|one|||>=3||1",
        ],
    ),
    (
        "none",
        "Cytokine release syndrome was of grade I in 14/20 patients and of grade 3 in 2/20.",
        [
            "CRS|14/20|||1||14|20",
            "CRS|2/20|||3||2|20",
        ],
    ),
    (
        "none",
        "After the first cycle, CR was achieved in 40% of patients.",
        [
            "CR|40%||||1",
        ],
    ),
    (
        "none",
        "Acute graft-versus-host disease (GvHD) of grades II to IV affected 27.0 per "
        "cent, and chronic GvHD 19.0 per cent.",
        [
            "aGvHD|27.0 per cent|||2-4",
            "cGvHD|19.0 per cent",
        ],
    ),
    (
        "none",
        "Diarrhoea was noted in 9 patients (18%) and nausea in 12 patients (24%).",
        [
            "diarrhoea|9|||||9",
            "nausea|12|||||12",
        ],
    ),
    (
        "none",
        "Complete response rates at months 3, 6 and 12 were 11.0, 24.5 and 30.2 per cent, respectively.",
        [
            "CR|11.0|3-month",
            "CR|24.5|6-month",
            "CR|30.2 per cent|12-month",
        ],
    ),
    (
        "none",
        "PFS at 12 and 24 months was 66% and 48%, respectively.",
        [
            "PFS|66%|12-month",
            "PFS|48%|24-month",
        ],
    ),
    (
        "none",
        "The rate of MRD negativity was 54% (27/50).",
        [
            "MRD_negativity|54%|||||27|50",
        ],
    ),
    (
        "none",
        "MRD negativity was achieved by 41% (p = 0.03).",
        [
            "MRD_negativity|41%",
            "p_value|0.03|||||||MRD_negativity",
        ],
    ),
    (
        "none",
        "The hazard ratio for death was 0.72 (95% CI 0.51-0.99).",
        [
            "HR|0.72|||||||deaths",
            "CI|95% CI 0.51-0.99|||||||HR",
        ],
    ),
    (
        "none",
        "Progression-free survival favoured the new drug (HR 0.61, 95% CI 0.44-0.85; p = 0.004).",
        [
            "HR|0.61|||||||PFS",
            "CI|95% CI 0.44-0.85|||||||HR",
            "p_value|0.004|||||||PFS",
        ],
    ),
    (
        "none",
        "ORR, which had been chosen as the primary end point, came to 58.3 per cent.",
        [
            "ORR|58.3 per cent",
        ],
    ),
    (
        "none",
        "The cumulative incidence of relapse was 17% at 2 years.",
        [
            "CIR|17%|2-year",
        ],
    ),
    (
        "none",
        "The 2-year cumulative incidence of chronic graft-versus-host disease was 33%.",
        [
            "cGvHD|33%|2-year",
        ],
    ),
    (
        "none",
        "Four patients died of infection.",
        [
            "deaths|Four|||||4",
        ],
    ),
    (
        "none",
        "Nine patients relapsed within six months.",
        [
            "relapse|Nine|6-month||||9",
        ],
    ),
    (
        "none",
        "One deep-vein thrombosis, in a woman of 58 years, was reported.",
        [],
    ),
    (
        "none",
        "Eligible were patients aged 70 years or older.",
        [],
    ),
    (
        "none",
        "The drug was given every two weeks for 12 cycles.",
        [],
    ),
    (
        "none",
        "The study had 80% power at a two-sided 5% significance level.",
        [],
    ),
    (
        "none",
        "Response was defined as a fall in the paraprotein of at least 50%, and was seen in 14 patients.",
        [],
    ),
    (
        "none",
        "The ORR increased from 31% to 52%.",
        [],
    ),
    (
        "none",
        "Median haemoglobin rose from 8.1 to 10.4 g/dL.",
        [
            "haemoglobin|8.1|baseline",
            "haemoglobin|10.4 g/dL",
        ],
    ),
    (
        "none",
        "Median haemoglobin was 9.0 g/dL at baseline.",
        [
            "haemoglobin|9.0 g/dL|baseline",
        ],
    ),
    (
        "none",
        "Of the 30 patients, 12 were women.",
        [
            "n_patients|30|||||30",
            "n_patients|12||women|||12",
        ],
    ),
    (
        "none",
        "Infection was the reason in 7 of 11 patients who withdrew.",
        [
            "infection|7 of 11|||||7|11",
        ],
    ),
    (
        "none",
        "Six patients (12%) stopped treatment because of infection.",
        [
            "discontinuation|Six|||||6",
        ],
    ),
    (
        "none",
        "The OS at 5 years was > 90%.",
        [
            "OS|> 90%|5-year",
        ],
    ),
    (
        "none",
        "Fewer than half of the patients (44%) responded.",
        [],
    ),
    (
        "none",
        "Transfusion independence for eight weeks or longer was achieved by 38%.",
        [
            "transfusion_independence|38%|8-week",
        ],
    ),
    (
        "none",
        "Neutrophils engrafted after a median of 15 days (range 10 to 28), graft failure "
        "being seen in three patients, or 5.0 per cent.",
        [
            "neutrophil_recovery|15 days",
            "neutrophil_recovery|10 to 28",
            "graft_failure|three|||||3",
        ],
    ),
    (
        "none",
        "Responses lasted for a median of 7 months.",
        [
            "median_DOR|7 months",
        ],
    ),
    (
        "none",
        "There were 14 deaths.",
        [
            "deaths|14|||||14",
        ],
    ),
    (
        "two",
        "The ORR was 44% with the doublet and 63% with the triplet (p = 0.02).",
        [
            "ORR|44%||doublet",
            "ORR|63%||triplet",
            "p_value|0.02|||||||ORR",
        ],
    ),
    (
        "two",
        "CR was seen in 12.5% of the doublet arm and 25.0% of the triplet arm.",
        [
            "CR|12.5%||doublet",
            "CR|25.0%||triplet",
        ],
    ),
    (
        "two",
        "The 2-year PFS was 51% vs. 66%.",
        [
            "PFS|51%|2-year|doublet",
            "PFS|66%|2-year|triplet",
        ],
    ),
    (
        "two",
        "Neutropenia was commoner when bortezomib was given (48% vs. 31%).",
        [
            "neutropenia|48%||triplet",
            "neutropenia|31%||doublet",
        ],
    ),
    (
        "two",
        "Median PFS was 7.1 months (95% CI 5.0-9.9) and 12.4 months (95% CI 9.1-15.8), respectively.",
        [
            "median_PFS|7.1 months||doublet",
            "CI|95% CI 5.0-9.9||doublet|||||median_PFS",
            "median_PFS|12.4 months||triplet",
            "CI|95% CI 9.1-15.8||triplet|||||median_PFS",
        ],
    ),
    (
        "two",
        "Grade 3 infections occurred in 14.0 and 19.5 per cent, respectively.",
        [
            "infection|14.0||doublet|3",
            "infection|19.5 per cent||triplet|3",
        ],
    ),
    (
        "two",
        "The ORR came to 70.0 per cent in the former arm and to 52.0 per cent in the latter.",
        [
            "ORR|70.0 per cent||doublet",
            "ORR|52.0 per cent||triplet",
        ],
    ),
    (
        "two",
        "Treatment-related deaths were balanced (2 vs. 3).",
        [
            "TRM|2||doublet|||2",
            "TRM|3||triplet|||3",
        ],
    ),
    (
        "two",
        "Forty patients were allotted to each arm.",
        [
            "n_patients|Forty||doublet|||40",
            "n_patients|Forty||triplet|||40",
        ],
    ),
    (
        "two",
        "The doublet (n = 40) and the triplet (n = 41) were compared.",
        [
            "n_patients|n = 40||doublet|||40",
            "n_patients|n = 41||triplet|||41",
        ],
    ),
    (
        "two",
        "PFS was longer with the triplet (HR 0.66, 95% CI 0.48-0.91; p = 0.01).",
        [
            "HR|0.66|||||||PFS",
            "CI|95% CI 0.48-0.91|||||||HR",
            "p_value|0.01|||||||PFS",
        ],
    ),
    (
        "two",
        "Complete response at months 6 and 12 was 20 and 31 per cent, respectively, with "
        "the triplet, and 11 and 18 per cent, respectively, with the doublet.",
        [
            "CR|20|6-month|triplet",
            "CR|31 per cent|12-month|triplet",
            "CR|11|6-month|doublet",
            "CR|18 per cent|12-month|doublet",
        ],
    ),
    (
        "two",
        "Median OS was not reached in the triplet arm.",
        [
            "median_OS|not reached||triplet",
        ],
    ),
    (
        "two",
        "The time to response was shortened from 90 to 60 days.",
        [],
    ),
    (
        "two",
        "ORR was 71% in patients without extramedullary disease.",
        [
            "ORR|71%||no-extramedullary",
        ],
    ),
    (
        "doses",
        "Transfusion independence was achieved by 20.5, 35.0 and 41.0 per cent, respectively.",
        [
            "transfusion_independence|20.5||5-mg-kg",
            "transfusion_independence|35.0||10-mg-kg",
            "transfusion_independence|41.0 per cent||20-mg-kg",
        ],
    ),
    (
        "doses",
        "The drug was injected at 5, 10 or 20 mg/kg in 12, 14 and 13 patients, respectively.",
        [
            "n_patients|12||5-mg-kg|||12",
            "n_patients|14||10-mg-kg|||14",
            "n_patients|13||20-mg-kg|||13",
        ],
    ),
    (
        "doses",
        "The ORR at these three doses was 10%, 22% and 35%, respectively.",
        [
            "ORR|10%||5-mg-kg",
            "ORR|22%||10-mg-kg",
            "ORR|35%||20-mg-kg",
        ],
    ),
    (
        "doses",
        "The ORR at the highest dose was 35%.",
        [
            "ORR|35%||20-mg-kg",
        ],
    ),
    (
        "doses",
        "Headache occurred in 15.0, 21.4 and 30.8 per cent, respectively, so that the "
        "middle dose was chosen.",
        [
            "headache|15.0||5-mg-kg",
            "headache|21.4||10-mg-kg",
            "headache|30.8 per cent||20-mg-kg",
        ],
    ),
    (
        "doses",
        "The mean rise in haemoglobin was 0.4, 1.0 and 1.3 g/dL.",
        [
            "haemoglobin_change|0.4||5-mg-kg",
            "haemoglobin_change|1.0||10-mg-kg",
            "haemoglobin_change|1.3 g/dL||20-mg-kg",
        ],
    ),
    (
        "placebo",
        "A platelet response was attained by 30.0 per cent of the 100 patients who "
        "received examplinib but by 6.0 per cent of the 50 who received placebo (OR 6.7, "
        "95 % CI 2.0 to 22.5; p < 0.001).",
        [
            "HI-P|30.0 per cent||with-examplinib",
            "n_patients|100||with-examplinib|||100",
            "HI-P|6.0 per cent||placebo",
            "n_patients|50||placebo|||50",
            "OR|6.7|||||||HI-P",
            "CI|95 % CI 2.0 to 22.5|||||||OR",
            "p_value|< 0.001|||||||HI-P",
        ],
    ),
    (
        "placebo",
        "Diarrhoea was reported by 20.0 per cent of patients on examplinib and 11.0 per cent on placebo.",
        [
            "diarrhoea|20.0 per cent||with-examplinib",
            "diarrhoea|11.0 per cent||placebo",
        ],
    ),
    (
        "placebo",
        "The median platelet count at week 12 was 70 × 10⁹/L in the former group and 20 ×"
        " 10⁹/L in the latter.",
        [
            "platelet_count|70 × 10⁹/L|12-week|with-examplinib",
            "platelet_count|20 × 10⁹/L|12-week|placebo",
        ],
    ),
    (
        "placebo",
        "Rescue treatment was needed by 25% of those given the active drug and by 60% of "
        "those given placebo.",
        [
            "rescue_treatment|25%||with-examplinib",
            "rescue_treatment|60%||placebo",
        ],
    ),
    (
        "placebo",
        "Bleeding of grade 2 or above was recorded in 10.0 and 22.0 per cent, respectively.",
        [
            "bleeding|10.0||with-examplinib|>=2",
            "bleeding|22.0 per cent||placebo|>=2",
        ],
    ),
    (
        "added",
        "The 2-year OS was 90.0 per cent with helpomab and 86.5 per cent without (p = 0.4).",
        [
            "OS|90.0 per cent|2-year|with-helpomab",
            "OS|86.5 per cent|2-year|no-helpomab",
            "p_value|0.4|2-year||||||OS",
        ],
    ),
    (
        "added",
        "Relapse was commoner after helpomab, 18.0 per cent having relapsed by month 24 "
        "as against 12.5 per cent of those treated without it.",
        [
            "relapse|18.0 per cent|24-month|with-helpomab",
            "relapse|12.5 per cent|24-month|no-helpomab",
        ],
    ),
    (
        "added",
        "At day 14 an initial response had been obtained in 80.0 per cent of the "
        "combination arm and 60.0 per cent of the control arm.",
        [
            "initial_response|80.0 per cent|14-day|with-helpomab",
            "initial_response|60.0 per cent|14-day|no-helpomab",
        ],
    ),
    (
        "added",
        "By month 12 clonal evolution had been observed in three patients of the helpomab"
        " arm and in two of the control arm.",
        [
            "clonal_evolution|three|12-month|with-helpomab|||3",
            "clonal_evolution|two|12-month|no-helpomab|||2",
        ],
    ),
    (
        "added",
        "OS was higher in children than in adults (88.0 versus 75.0 per cent, p = 0.03).",
        [
            "OS|88.0||paediatric",
            "OS|75.0 per cent||adult",
            "p_value|0.03|||||||OS",
        ],
    ),
    (
        "added",
        "Frail patients had an 18-month PFS of 45.0%, compared with 70.0% in those who were not frail.",
        [
            "PFS|45.0%|18-month|unfit",
            "PFS|70.0%|18-month|no-unfit",
        ],
    ),
    (
        "added",
        "The 12-month PFS was 40.0% in the 11 patients who had extramedullary disease as "
        "opposed to 80.0% in those who did not.",
        [
            "PFS|40.0%|12-month|extramedullary",
            "n_patients|11||extramedullary|||11",
            "PFS|80.0%|12-month|no-extramedullary",
        ],
    ),
    (
        "ab",
        "The 3-year OS were 62.3 \u00b1 7.5% and 71.9 \u00b1 7.0%, respectively, in AbCy and AbFlu "
        "group (P = 0.177), "
        "and DFS were 57.4 \u00b1 7.6% and 65.3 \u00b1 7.2%, respectively, in AbCy and AbFlu group.",
        [
            "OS|62.3 \u00b1 7.5%|3-year|abcy",
            "OS|71.9 \u00b1 7.0%|3-year|abflu",
            "p_value|0.177|3-year||||||OS",
            "DFS|57.4 \u00b1 7.6%|3-year|abcy",
            "DFS|65.3 \u00b1 7.2%|3-year|abflu",
        ],
    ),
    (
        "ab",
        "The median time to neutrophil engraftment were 13 (range, 9-20 days) and 12 days (range, "
        "8-16 days), "
        "respectively, in AbCy and AbFlu group (P = 1.000).",
        [
            "neutrophil_recovery|13||abcy",
            "neutrophil_recovery|9-20 days||abcy",
            "neutrophil_recovery|12 days||abflu",
            "neutrophil_recovery|8-16 days||abflu",
            "p_value|1.000|||||||neutrophil_recovery",
        ],
    ),
    (
        "ab",
        "A total of 61 patients were enrolled, 30 receiving AbCy and 31 AbFlu.",
        ["n_patients|61|||||61", "n_patients|30||abcy|||30", "n_patients|31||abflu|||31"],
    ),
    (
        "ab",
        "10 (33.3%) on AbCy and 14 (45.2%) on AbFlu have progressed.",
        ["PD|10||abcy|||10", "PD|14||abflu|||14"],
    ),
    (
        "ab",
        "By then 12 patients have died; 5 on AbCy and 7 on AbFlu.",
        ["deaths|12|||||12", "deaths|5||abcy|||5", "deaths|7||abflu|||7"],
    ),
    (
        "ab",
        "EFS and OS at 24 months were 41% and 58%, respectively, in the AbCy arm; "
        "the corresponding rates in the AbFlu arm were 29% and 47%.",
        [
            "EFS|41%|24-month|abcy",
            "OS|58%|24-month|abcy",
            "EFS|29%|24-month|abflu",
            "OS|47%|24-month|abflu",
        ],
    ),
    (
        "none",
        "Among the 30 patients aged \u2265 70 years, the ORR was 51.5% and median OS 8.8 months, "
        "while in the 12 carriers of a TP53 mutation the figures were 25.7% and 4.2 months.",
        [
            "n_patients|30||age>=70|||30",
            "ORR|51.5%||age>=70",
            "median_OS|8.8 months||age>=70",
            "n_patients|12||tp53|||12",
            "ORR|25.7%||tp53",
            "median_OS|4.2 months||tp53",
        ],
    ),
    (
        "none",
        "Pleural effusion occurred in 12 patients (14.1%) overall and in 7 of the 27 patients aged "
        "\u2265 80 years (25.9%).",
        ["pleural_effusion|12||all|||12", "pleural_effusion|7 of the 27||age>=80|||7|27"],
    ),
    (
        "none",
        "After a median follow-up of 13.7 months, median OS stood at 10.3 months.",
        ["median_follow_up|13.7 months", "median_OS|10.3 months"],
    ),
    (
        "none",
        "Two patients (3.7%) died within 30 days of the first dose and five (9.3%) within 60 days.",
        ["30-day_mortality|Two|||||2", "60-day_mortality|five|||||5"],
    ),
    (
        "none",
        "The benefit in OS was largest with an allelic ratio \u2265 0.4 (HR 0.51; 95% CI 0.32-0.79) "
        "and absent in patients "
        "older than 65 years (HR 0.95).",
        ["HR|0.51||ratio>0.4|||||OS", "CI|95% CI 0.32-0.79||ratio>0.4|||||HR", "HR|0.95||age>65|||||OS"],
    ),
    (
        "none",
        "Eight patients discontinued treatment, five of them because of effusion.",
        ["discontinuation|Eight|||||8"],
    ),
    (
        "ab",
        "Anaemia was found in seven patients, including four who had AbCy and three who had AbFlu.",
        ["anaemia|seven|||||7"],
    ),
    (
        "none",
        "MMR was lost in 46 patients; 44 of them resumed treatment, and all but two of the 44 regained MMR.",
        ["n_patients|46|||||46", "n_patients|44|||||44"],
    ),
    (
        "ab",
        "The AbFlu arm paid a price: ten patients developed mucositis, as against six in the AbCy arm, "
        "and one of the ten died of it.",
        [
            "mucositis|ten||abflu|||10",
            "mucositis|six||abcy|||6",
            "deaths|one of the ten||abflu|||1|10",
        ],
    ),
    (
        "none",
        "The congress took place from 8 to 11 June 2023, and allocation was 2:1.",
        [],
    ),
    (
        "none",
        "Mean factor IX activity was 44 IU/dL at month 6; the ABR fell from 6.1 during the lead-in to 0.9.",
        ["factor_activity|44 IU/dL|6-month", "abr|6.1|baseline", "abr|0.9"],
    ),
    (
        "ab",
        "Nine per cent gave up treatment, that is 9.1% compared with 4.4% in the AbCy arm.",
        ["discontinuation|9.1%||abflu", "discontinuation|4.4%||abcy"],
    ),
    (
        "ab",
        "First responses appeared after a median of 15 days and 50 days, respectively.",
        ["TTR|15 days||abcy", "TTR|50 days||abflu"],
    ),
    (
        "ab",
        "Neutrophils engrafted at a median of 27 days with AbFlu and 25 days with AbCy; platelets took 34 and 31 days, "
        "in that order.",
        [
            "neutrophil_recovery|27 days||abflu",
            "neutrophil_recovery|25 days||abcy",
            "platelet_recovery|34||abflu",
            "platelet_recovery|31 days||abcy",
        ],
    ),
    (
        "ab",
        "Six months on, 48.5% and 69.2%, respectively, had a platelet count of \u2265 50 \u00d7 10\u2079/L.",
        ["HI-P|48.5%|6-month|abcy", "HI-P|69.2%|6-month|abflu"],
    ),
    (
        "none",
        "A durable response, meaning a platelet count above 40 \u00d7 10\u2079/L for eight weeks, came about in 30.3%.",
        ["sustained_response|30.3%"],
    ),
    (
        "none",
        "Transaminases rose in nine men (22.5%), who were given prednisolone for a median of 11 weeks.",
        ["hepatotoxicity|nine||men|||9"],
    ),
    (
        "none",
        "The mean change was -0.4 g/dL.",
        ["haemoglobin_change|-0.4 g/dL"],
    ),
    (
        "ab",
        "Headache (18.2%) and insomnia (11.4%) led the list in the AbCy arm.",
        ["headache|18.2%||abcy", "insomnia|11.4%||abcy"],
    ),
]


@pytest.mark.parametrize(("arms", "sentence", "expected"), SENTENCES, ids=[s[1][:60] for s in SENTENCES])
def test_every_fact_of_a_sentence_is_read_and_no_other(arms: str, sentence: str, expected: list[str]) -> None:
    assert stated(sentence, ARMS[arms]) == expected


@pytest.mark.parametrize(
    ("sentence", "percents"),
    [
        ("CR was 11.0, 24.5 and 30.2 per cent at months 3, 6 and 12.", ["11.0%", "24.5%", "30.2 per cent"]),
        ("ORR was 18/40 (45.0%).", ["45.0%"]),
        ("Graft failure was seen in six patients, or 7.5 per cent.", ["7.5 per cent"]),
    ],
)
def test_a_unit_at_the_end_of_a_list_holds_for_each(sentence: str, percents: list[str]) -> None:
    assert [f.percent for f in READER.read(sentence)] == percents


def test_the_former_may_be_a_group_of_the_sentence_before() -> None:
    before = READER.groups("High-risk patients were compared with standard-risk patients.")
    facts = READER.read("The CR rate was 40% in the former and 62% in the latter.", {}, before)
    assert [(f.value, sorted(f.group)) for f in facts] == [("40%", ["high-risk"]), ("62%", ["standard-risk"])]


WORDS = st.sampled_from(
    "OS PFS ORR CR 47% 12 of 40 versus and , ; respectively the former without it arm months "
    "3 6 n = 20 grade 3 from 8.1 to 10.4 g/dL 18-month patients died half NR p < 0.05 [ ] ( )".split()
)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=120) | st.lists(WORDS, max_size=25).map(" ".join))
def test_any_text_is_read_and_every_value_stands_in_its_span(text: str) -> None:
    for arms in ARMS.values():
        for fact in READER.read(text, arms):
            assert 0 <= fact.start < fact.end <= len(text)
            said = fold(text[fact.start : fact.end])
            assert said.endswith(fold(fact.value).lstrip("= "))
