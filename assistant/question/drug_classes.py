"""Drugs asked for by their class, put by name: ``a BCL2 inhibitor`` as the drugs of the review that are one.

The international name of a drug tells its class by its ending; where it does not, the review's own words may.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from assistant import lazy_re as re
from assistant.corpus.corpus import Review
from assistant.model import Kind
from assistant.question.wording import DRUG_STEM
from assistant.text.text import fold

_STEMS = (
    (r"bcl-?2", r"\w{3,}clax"),
    (r"btk|bruton(?:'?s)?(?: tyrosine)?[ -]kinase", r"\w{2,}brutinib"),
    (r"menin", r"\w{3,}menib"),
    (r"idh-?[12]?", r"\w{3,}denib"),
    (r"cdk-?4/6|cdk-?4 and 6", r"\w{2,}ciclib"),
    (r"parp-?1?", r"\w{3,}parib"),
    (r"proteasome", r"\w{3,}zomib"),
    (r"hdac|histone deacetylase", r"\w{2,}inostat"),
    (r"pi3k", r"\w{3,}lisib"),
    (r"hedgehog|smoothened|smo", r"\w{3,}degib"),
    (r"mek", r"\w{2,}metinib"),
    (r"b?raf", r"\w{2,}rafenib"),
    (r"xpo-?1|exportin(?:[ -]1)?", r"\w{3,}nexor"),
)
"""What a class of drugs acts on, and how the names of these end (INN stems)."""
_INHIBITOR = r"[ -](?:inhibitors?|inhibition|antagonists?|blockers?|blockade)\b"
_CLASS = re.compile(
    r"\b(?P<lead>us(?:es?|ed|ing)|test(?:s|ed|ing)?|evaluat(?:es?|ed|ing)|stud(?:y|ies|ied)|g[ai]v(?:es?|en|ing)|work(?:s|ed)? with"
    r"|involv(?:es?|ed|ing)|contain(?:s|ed|ing)?|includ(?:es?|ed|ing)|tri(?:ed|als?)(?: of| with)?|investigat(?:es?|ed|ing)|employ(?:s|ed)?"
    r"|add(?:s|ed|ing)?|received?|with|about|on)"
    r" (?:an? |the |any |some )?(?:oral |selective |novel |small[- ]molecule )*"
    rf"(?P<target>[\w/-]{{2,20}}(?: deacetylase| kinase)?){_INHIBITOR}"
    r"(?! (?:resist|refractor|exposed|na[i\u00ef]ve|failure|pretreat))",
    re.IGNORECASE,
)
"""A class of drugs that is said to have been given."""
_BEFORE = re.compile(
    r"\b(?:prior|previous\w*|before|earlier|after|fail\w*|refractory|resistant|resistance|exposed|pretreat\w*|progress\w*)\b",
    re.IGNORECASE,
)
"""Speaks of drugs that were had earlier."""
_MEANING = re.compile(r"\bwhat (?:is|are|does)\b[^?]{0,12}$|\bis (?:it|that|this)\b|\bmean", re.IGNORECASE)
_WHO_GAVE = re.compile(
    r"^\W*(?:and |so )?who(?: else)?(?: has| have)? (?:worked with|used|tested|tried|evaluated|investigated|employed) (?=[^?]{2,60}\?)",
    re.IGNORECASE,
)
"""``Who worked with A?``: which studies."""


def given_class(text: str) -> re.Match[str] | None:
    """Where ``text`` says that drugs of a class were given; None where it asks what one is, or who had had one before."""
    found = _CLASS.search(text)
    return None if found is None or _BEFORE.search(text) or _MEANING.search(text[: found.start()]) else found


class DrugClasses:
    """Puts the drugs of a review in place of their class.

    Args:
        review: the review.
        agents: what its studies gave, in small letters.
        names_drug: whether a text names one of them.
    """

    def __init__(self, review: Review, agents: Iterable[str], names_drug: Callable[[str], bool]) -> None:
        self._agents = sorted(a for a in agents if a.isalpha())
        self._sentences = [fold(p.text) for p in review.passages if p.locator.kind is Kind.SENTENCE]
        self._names_drug = names_drug

    def by_name(self, text: str) -> str:
        """``text`` with the drugs of the class that it names, and ``who used them`` as ``which studies``; itself for none."""
        found = None if self._names_drug(text) else given_class(text)
        drugs = self._of_class(found["target"]) if found else ()
        if found and drugs:
            text = f"{text[: found.start()]}{found['lead']} {' or '.join(drugs)}{text[found.end() :]}"
        return _WHO_GAVE.sub("Which studies used ", text) if self._names_drug(text) else text

    def _of_class(self, target: str) -> Sequence[str]:
        """The drugs of the review that inhibit ``target``, by the ends of their names, else by what a sentence says."""
        for of, stem in _STEMS:
            if re.fullmatch(of, target, re.IGNORECASE):
                return [a for a in self._agents if re.fullmatch(stem, a)]
        own = rf"(?<!\w){re.escape(target)}{_INHIBITOR}"
        said = [s for s in self._sentences if re.search(own, s, re.IGNORECASE)]
        drugs = [a for a in self._agents if DRUG_STEM.fullmatch(a)]  # no "maintenance" of an inhibitor
        return [a for a in drugs if any(_is_said(a, own, s) for s in said)]


def _is_said(drug: str, own: str, sentence: str) -> bool:
    """Whether a sentence says that a drug is of a class: ``the A inhibitor drug``, ``drug, an A inhibitor``."""
    ahead = rf"{own} \(?{drug}(?!\w)"
    behind = rf"(?<!\w){drug}(?: \([^()]*\))?,? (?:is |which is )?an? (?:[\w-]+ ){{0,3}}{own}"
    return re.search(f"{ahead}|{behind}", sentence, re.IGNORECASE) is not None
