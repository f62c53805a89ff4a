"""What outcomes are to be told apart by: ``a sex difference in OS``, ``did OS depend on age``, ``between countries``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant import lazy_re as re
from assistant.text.ages import ages_of_group
from assistant.text.text import fold

_FACTORS = {
    "sex": r"sex(?:es)?|genders?",
    "age": r"ages?",
    "race": r"races?|racial",
    "ethnicity": r"ethnic(?:it(?:y|ies))?|ancestr(?:y|ies)",
    "country": r"countr(?:y|ies)|nations?|national(?:ity|ities)|continents?|regions?|regional|geograph(?:y|ic|ical)",
    "centre": r"cent(?:re|er)s?|hospitals?|institutions?|sites?",
    "risk": r"risk(?![- ](?:of|ratios?|differences?|reductions?|factors?|for)\b)",
    "smoking": r"smoking|smokers?",
    "weight": r"(?:body[- ])?weight|BMI|obesity",
    "performance status": r"performance(?: status)?|ECOG(?: status)?|Karnofsky(?: score)?",
    "income": r"income|insurance|socio-?economic(?: status)?|deprivation",
}
"""What patients are told apart by in any field, each with the words for it."""
_ANY = "|".join(f"(?:{words})" for words in _FACTORS.values())
_F = (
    rf"(?P<what>{_ANY})(?:[- ](?:groups?|categor(?:y|ies)|class(?:es)?|status|strat(?:um|a)|bands?|levels?))?"
)
_THE = r"(?:(?:the|a|an|their|both|two|different|various|any|each|patients?'?s?|individual)\s+)*"
_ENDS = r"(?=\s*(?:[?.,;:)]|$)|\s+(?:in|for|of|at|from|with|among|or|and|on|after|here|there|groups?)\b)"
_DOES = (
    r"(?:affect|influence|impact|matter|change|predict|determine|modif|mak|made|play|ha[sd]\b|have|alter|drive|drove|an?\s|prognos"
    r"|predictive|associated|linked|related|correlat|independent|significant|importan|relevan)"
)
_FRAMES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_F}[- ](?:specific|dependent|related|based|stratified|adjusted|wise)\b",
        rf"\b{_F}\s+(?:differences?|gaps?|disparit\w+|effects?|influences?|impact|bias|imbalance|interactions?|dependence"
        r"|breakdown|split|subgroups?|trends?|inequalit\w+)\b",
        r"\b(?:differ\w*|var(?:y|ies|ied|iation\w*|iabilit\w+)|disparit\w+|gaps?|compar\w+|same)\b[^?.;]{0,60}?"
        rf"\b(?:between|across|among|by|with|according to|depending on|for|in)\s+{_THE}{_F}{_ENDS}",
        rf"\b(?:depend\w*|contingent|conditional)\s+(?:up)?on\s+{_THE}{_F}{_ENDS}",
        rf"\b(?:affected|influenced|driven|determined|modified|predicted|explained|shaped|changed)\s+by\s+{_THE}{_F}{_ENDS}",
        rf"\b(?:associat\w+|correlat\w+|linked|related|relation\w*)\s+(?:with|to|between)\s+{_THE}{_F}{_ENDS}",
        rf"\b(?:do|does|did|is|was|are|were|can|could|would|will|has|had)\s+{_THE}{_F}\s+(?:of\s+(?:the\s+)?patients\s+)?{_DOES}",
        rf"\b(?:effects?|impact|influence|role|significance|value|importance|relevance|function)\s+of\s+{_THE}{_F}{_ENDS}",
        rf"\b(?:by|per|according to|depending on|for each|in each|for either|in either|in both|for both|across|between"
        rf"|separately for)\s+{_THE}{_F}{_ENDS}",
    )
)
_ELSEWHERE = re.compile(
    r"\b(?:than|versus|vs\.?|compared (?:with|to)|against|and)\s+(?:(?:those|patients|people|the ones|in|from|the)\s+)*"
    r"(?:elsewhere|abroad|other (?:countries|nations|places|parts)|outside)\b",
    re.IGNORECASE,
)
"""Sets a country's patients against those of others."""
_SEXES = frozenset({"men", "women"})
_AGED = frozenset({"elderly", "adult", "paediatric", "aya", "infant", "toddler"})


@dataclass(frozen=True, slots=True)
class Factor:
    """Something by which outcomes are to be told apart."""

    name: str

    def is_of(self, ids: frozenset[str]) -> bool:
        """Whether a group is told by it."""
        if self.name == "sex":
            return bool(ids & _SEXES)
        if self.name == "age":
            return any(i in _AGED or ages_of_group(i) is not None for i in ids)
        return any(self._names(i.replace("-", " ")) for i in ids)

    def is_in(self, text: str) -> bool:
        """Whether a text speaks of it."""
        return self._names(text)

    def _names(self, text: str) -> bool:
        return re.search(rf"\b(?:{_FACTORS[self.name]})\b", fold(text), re.IGNORECASE) is not None


def factors_asked(focus: str) -> Iterator[Factor]:
    """What the outcomes of a question are to be told apart by, each once."""
    text = fold(focus)
    said = [m["what"] for frame in _FRAMES for m in frame.finditer(text)]
    names = [n for word in said for n, words in _FACTORS.items() if re.fullmatch(words, word, re.IGNORECASE)]
    if _ELSEWHERE.search(text):
        names.append("country")
    yield from (Factor(name) for name in dict.fromkeys(names))
