"""English words by what they do in a statement: carry nothing, deny, compare, or say how sure it is."""

from __future__ import annotations

from assistant.text.text import key_of


def _keys(words: str) -> frozenset[str]:
    return frozenset(key_of(w) for w in words.split())


NEUTRAL = _keys(
    "a an the of in on at to for from with by as and or but nor which that who whose whom what this these those it its "
    "they their them he she we our there here one ones other "
    "was were is are be been being has had have having did do does done "
    "also while whereas when where whilst then than per via into within among amongst between both each respectively "
    "versus vs compared comparison contrast against upon out up so thus such well i.e ie e.g eg namely "
    "about approximately approx around roughly circa ca some nearly almost just only over more less under least most "
    "fewer above below exceeding exceeded exceed excess total totalling totaling altogether according "
    "after before during following by until since through throughout across post "
    "report reported reports reporting show showed shown shows showing demonstrate demonstrated demonstrates demonstrating "
    "observe observed observing achieve achieved achieving attain attained attaining reach reached reaches reaching "
    "see seen saw notice noticed note noted record recorded document documented find found describe described describes give gave given "
    "gives giving yield yielded yielding produce produced result resulted resulting obtain obtained amount amounted "
    "come came stand stood lie lay measure measured estimate estimated calculate calculated publish published present "
    "presented list listed state stated indicate indicated experience experienced develop developed occur occurred "
    "occurring suffer suffered affect affected happen happened undergo underwent receive received receiving treat treated "
    "treating administer administered get got go going include included includes including recruit recruited recruiting "
    "recruitment enrol enroll enrolled enrols enrolling enrolment enrollment accrue accrued comprise comprised comprising "
    "involve involved consist consisted evaluate evaluated evaluating assess assessed assessing investigate investigated "
    "examine examined test tested analyse analyze analysed analyzed study studied conduct conducted perform performed "
    "carry carried follow followed use used using see set turn turned make made remain remained account accounted "
    "appear appeared entered enter ran run span spanned ranged ranging range aged "
    "rate rates proportion percentage percent fraction share probability estimate value figure number result outcome data "
    "finding patient pt subject participant individual people person case population cohort group arm study trial abstract "
    "poster presentation report paper publication letter author investigator researcher colleague coworker worker team "
    "series analysis time timepoint point year month week day mark treatment therapy regimen al et co page table text "
    "differ differed because due owing add added adding addition led leads leading caused causing induced whether plus together "
    "agent agents drug drugs take took taken taking takes part "
    "learn learned learnt know known knew tell tells told say says said read reads quote quoted mention mentioned speak "
    "speaks spoke cover covers covered registered registration another further setting protocol relied rely relying associated "
    "went gone become becomes became contain contains contained containing recipient enter look looks looked "
    "difference review respective corresponding overall whole entire n nos number"
)
"""Keys of words that add nothing to a figure's statement."""

NEGATION = _keys(
    "not no never neither nor none without cannot failed fail fails failing lack lacked lacking absence absent unable "
    "nobody nothing hardly scarcely rarely seldom didn't wasn't weren't isn't aren't doesn't don't couldn't hadn't hasn't "
    "haven't"
) | {"didnt", "wasnt", "werent", "isnt", "arent", "doesnt", "dont", "couldnt", "hadnt", "hasnt", "havent"}
"""Keys of words that deny, or that set something apart."""

OUTCOMES = _keys(
    "survive survives survived survivor survivors alive dead die dies died death lived cure cured cures recover recovered "
    "relapse relapsed relapsing progress progressed respond responded worsen worsened deteriorated discontinued withdrew "
    "withdrawn dropped tolerated noninferior noninferiority non-inferior equivalent transplanted hospitalized hospitalised infected"
)
"""Keys of words that say what became of patients; where no figure belongs to them, they say it without one."""

UP = _keys(
    "higher greater more increased increase increases increasing rose rise rises risen longer larger raised raise improved "
    "prolonged prolong lengthened extended boosted exceeded exceeds outweighed elevated commoner deepened deepen bigger older "
    "grew climbed gained climb gain"
)
DOWN = _keys(
    "lower less fewer smaller reduced reduce reduces reducing reduction decreased decrease decreases decreasing fell fall "
    "falls fallen shorter shortened diminished declined decline dropped drop lessened minimized minimised minimal younger "
    "lowered"
)
BETTER = _keys(
    "better improved improve improves improving improvement superior superiority favorable favourable favor favour favored "
    "favoured benefit benefited benefitted outperformed advantage safer milder"
)
WORSE = _keys(
    "worse worsened worsen inferior inferiority poorer poor unfavorable unfavourable detrimental harmed impaired worst"
)
SIGNIFICANT = _keys("significant significantly significance")
DIRECTIONS = UP | DOWN | BETTER | WORSE

ANTONYMS: dict[str, tuple[str, int]] = {}
"""Key -> what it grades, and which end of it."""
for _axis, _plus, _minus in (
    ("amount", UP - BETTER, DOWN),
    ("worth", BETTER | _keys("good effective efficacious successful encouraging safe"), WORSE | _keys(
        "ineffective unsuccessful disappointing discouraging unsafe toxic bad")),
    ("level", _keys("high maximal great large strong substantial maximum"), _keys("low minimal small limited weak little mild minimum")),
    ("severity", _keys("severe serious"), _keys("mild moderate")),
    ("likeness", _keys("similar same alike comparable identical"), _keys("different dissimilar differed unlike")),
    ("ability", _keys("feasible possible"), _keys("infeasible impossible unfeasible")),
    ("source", _keys("allogeneic donor-derived"), _keys("autologous patient-derived")),
    ("sequence", _keys("early earlier first"), _keys("late later last delayed")),
    ("naturalness", _keys("naturally natural"), _keys("artificially artificial synthetic")),
    ("verdict", _keys("satisfactory"), _keys("unsatisfactory")),
    ("mode", _keys("combination combined"), _keys("monotherapy alone single-agent")),
    ("blinding", _keys("open-label"), _keys("double-blind blinded")),
    ("expansion", _keys("reversible"), _keys("irreversible")),
    ("size", _keys("bulk unselected"), _keys("selected sorted")),
    ("breadth", _keys("intensive"), _keys("non-intensive")),
    ("frequency", _keys("common frequent often commonest"), _keys("rare uncommon infrequent seldom")),
):  # fmt: skip
    for _sign, _words in ((1, _plus), (-1, _minus)):
        for _word in _words:
            ANTONYMS.setdefault(_word, (_axis, _sign))
