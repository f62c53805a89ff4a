"""Words that a question can leave out without asking anything else."""

from __future__ import annotations

from assistant.text.text import key_of

IDLE = frozenset(
    key_of(w)
    for w in (
        "a an the this that these those it its they their them there he she we our us his her one ones some any anyone anybody someone "
        "somebody something anything thing such own itself themselves "
        "is are was were be been being am do does did done doing has have had having can could may get gets got getting become became "
        "to of in on for with by at from into onto over under among within upon via out up off as and or but so if than then when while "
        "where along together alongside through during per not no never none nobody without neither nor yes n't s t "
        "way ways kind sort form type part cell cells also too even just really actually indeed still already yet ever very quite well "
        "ok okay please say says said think thinks "
        "thought believe claim claims tell tells told report reports reported state states stated call called show shows showed shown "
        "mean means describe described mention mentioned right correct true confirm so far now "
        "those case cases "
        "study studies trial trials review article paper letter abstract report author authors series cohort group groups arm arms "
        "subgroup investigators researchers et al colleagues treatment therapy drug product work works worked make makes made "
        "look looked seem seemed appear appeared fare fared go went gone happen happened occur occurred see seen turn turned "
        "only solely exclusively give gives given received receive take takes taken took use uses used come comes came put"
    ).split()
)
"""What a question may say and a clause need not."""
PEOPLE = frozenset(
    key_of(w)
    for w in "patient patients people person persons human humans subject subjects participant participants individual individuals".split()
)
"""The same where a study was one of patients."""
