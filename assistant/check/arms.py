"""The arms of a study by the names that statements call them by."""

from __future__ import annotations

import re

from assistant.check.grouping import arms_named, whole_named
from assistant.corpus.corpus import Review
from assistant.text.text import tokens

_ELLIPTIC = re.compile(
    r"\b(with|without)(\s*\([^)]*\))?\s+(or|and|vs\.?|versus)\s+(with|without)\s+([\w-]+)", re.IGNORECASE
)
_WITH_AND = re.compile(r"\bwith(\s+(?:and|vs\.?|versus|but)\s+[\d.%n= ]+)without\s+([\w-]+)", re.IGNORECASE)
"""Names once what one group had and the other had not."""
_STARTS = re.compile(
    r"^([\w-]+)(?= (?:improved|raised|increased|lowered|reduced|prolonged|shortened|lengthened|worsened|decreased)\b)"
)
_ITS_PATIENTS = re.compile(r"\b([\w-]+?)(?:-treated)? (?:patients|recipients)\b")
_ALONE = re.compile(r"\b([\w-]+|it) (?:alone|as a single agent|by itself)\b")
_CAPITALS = re.compile(r"(?<![\w-])[A-Z]{3,}(?![\w-])")
_STAND_IN = "zqarm"


class ArmNames:
    """Names the arms of one review's studies as the reader of facts knows them.

    Args:
        review: the review.
    """

    def __init__(self, review: Review) -> None:
        self.review = review
        self._names: dict[str, frozenset[str]] = {}
        terms = review.reader.vocabulary.measures.values()
        known = review.reader.matchers.measures
        self._abbreviated = {
            a.upper(): a for t in terms for a in t.abbreviations if len(a) > 2 and known.find(tokens(a))
        }

    def readied(self, text: str, study: str) -> str:
        """``text`` with the study's arms named as the reader of facts knows them."""
        arms = self.review.arms.get(study, {})
        given = self._given(study)
        if " with" in text:
            text = _ELLIPTIC.sub(
                lambda m: m.expand(r"\1 \5\2 \3 \4 \5") if m[5].lower() in given else m[0], text
            )
            text = _WITH_AND.sub(
                lambda m: f"with {m[2]}{m[1]}without {m[2]}" if m[2].lower() in given else m[0], text
            )
        text = _CAPITALS.sub(lambda m: self._abbreviated.get(m[0], m[0]), text)
        for label in self._measured_arms(study):
            pattern = rf"\b(at|in|with|for|of|on)(\s+the)?\s+{re.escape(label)}(?:\s+(?:arm|group|cohort|dose))?(?![\w-])"
            text = re.sub(pattern, rf"\1\2 {_STAND_IN}", text)
        text = _STARTS.sub(lambda m: f"With {m[0]}" if f"with {m[1].lower()}" in arms else m[0], text)
        text = _ITS_PATIENTS.sub(
            lambda m: f"patients on {m[1]}" if f"on {m[1].lower()}" in arms else m[0], text
        )
        if any(re.search(r"\bmonotherapy\b", label, re.IGNORECASE) for label in arms):
            text = _ALONE.sub(r"\1 monotherapy", text)
        return arms_named(whole_named(text, arms), arms)

    def _given(self, study: str) -> frozenset[str]:
        """Keys of the words by which a study's arms and treatments go."""
        if study not in self._names:
            arms = self.review.arms.get(study, {})
            given = [f.value for f in self.review.facts if f.study == study and f.attribute == "agents"]
            found = {t.key for text in (*arms, *given) for t in tokens(text)}
            self._names[study] = frozenset(
                found | {i.split("-", 1)[-1] for ids in arms.values() for i in ids}
            )
        return self._names[study]

    def arms(self, study: str) -> dict[str, frozenset[str]]:
        """The labels of a study's arms with their ids; what stands in for one that is a measure's name, too."""
        arms = dict(self.review.arms.get(study, {}))
        for label in self._measured_arms(study)[:1]:
            arms[_STAND_IN] = arms[label]
        return arms

    def _measured_arms(self, study: str) -> list[str]:
        return [label for label in self.review.arms.get(study, {}) if label in self._abbreviated.values()]
