"""What is said in place of a draft that does not answer what was asked."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.answer.meant import unexplained
from assistant.desk import Desk
from assistant.draft import Draft, declined, support_of
from assistant.model import Status
from assistant.question.reader import Ask
from assistant.say import joined
from assistant.selection import has_figure
from assistant.telling.describe import Describer
from assistant.telling.fitting import named_thing
from assistant.text.reasons import reasons_in
from assistant.text.text import tokens

_WHY = re.compile(r"\W*(?:(?:and|so|but)\W+)?(?:why|how come|for what reason)\b", re.IGNORECASE)
_LEFT_OVER = 2
"""Words from which on a question is not explained by a characteristic."""
_SURE_IN_WORDS = 0.75


def in_words(desk: Desk, describer: Describer, ask: Ask, draft: Draft) -> Draft | None:
    """A sentence that covers a question which what was found leaves mostly unexplained; else None."""
    if (said := _judged(desk, describer, ask, draft)) is not None:
        return said
    if ask.measures or ask.families or ask.injected or ask.advice or ask.named.missing or ask.inherited:
        return None
    stated = {f.attribute for line in draft.lines for f in line.facts}
    plain = all(
        line.derivation is None or line.derivation.operation == "number of studies" for line in draft.lines
    )
    if not plain or not stated <= {
        "agents",
        "design",
        "phase",
        "n_patients",
        "study_period",
        "age_range",
        "disease",
    }:
        return None
    ranked = ask.has("max", "min") and bool(stated & set(ask.characteristics))
    if ranked or (ask.has("count_studies") and ask.characteristics):
        return None
    counted = ask.wants == "count" and "n_patients" in stated and ask.named.names
    if counted or (ask.has("list") and len(draft.studies) > 1):
        return None
    if any(line.verbatim for line in draft.lines) or len(unexplained(desk, ask)) < _LEFT_OVER:
        return None
    said = describer.text(ask)
    return (
        said if said is not None and said.sure >= _SURE_IN_WORDS and said.status is Status.ANSWERED else None
    )


def no_reason(desk: Desk, ask: Ask, draft: Draft) -> Draft | None:
    """A decline in place of figures of doses or drugs where ``why`` is asked, and none of their places gives a reason."""
    facts = [f for line in draft.lines for f in line.facts]
    plain = (
        draft.status is Status.ANSWERED
        and facts
        and not ask.measures
        and not ask.has("yes_no", "list", "max", "min")
    )
    if not plain or not _WHY.match(ask.focus):
        return None
    places = [desk.selector.places[p].text for line in draft.lines for p, _ in line.support]
    if any(reasons_in(text) for text in places):
        return None
    said = "The review gives no reason for that; it says this."
    return declined(said, draft.studies).plus(*draft.lines)


def no_thing(desk: Desk, ask: Ask, draft: Draft) -> Draft | None:
    """A decline in place of figures of a measure where a thing is asked for by name: ``which gene`` is no rate."""
    facts = [f for line in draft.lines for f in line.facts]
    bare = facts and all(line.facts and not line.verbatim for line in draft.lines)
    noun = named_thing(ask) if bare and (ask.measures or ask.families) and not ask.inherited else ""
    measured = all(f.attribute in desk.vocabulary.measures and has_figure(f) for f in facts)
    if draft.status is not Status.ANSWERED or not noun or not measured:
        return None
    given = joined([desk.speaker.short(m) for m in dict.fromkeys(f.attribute for f in facts)])
    studies = tuple(dict.fromkeys(f.study for f in facts))
    who = f" for {desk.name(studies[0])}" if len(studies) == 1 else ""
    return declined(
        f"The review does not say which {noun} that was{who}; it gives {given}.",
        studies,
        support_of(facts[:1]),
    )


_HOW_DONE = re.compile(
    r"^\W*(?:and |so )?how (?P<be>was|were|is|are) (?:the |their )?(?P<what>[\w /+-]{2,50}?)"
    r" (?P<done>assessed|measured|evaluated|determined|detected|quantified|defined|graded|scored|diagnosed|confirmed)\b",
    re.IGNORECASE,
)
_SAYS_HOW = re.compile(
    r"\b(?:assess|measur|evaluat|determin|detect|quantif|defin|diagnos|confirm)\w*|\b(?:cytometr|sequenc|imaging|scan)\w*|\bcriteria\b"
    r"|\b(?:PCR|NGS|PET|CT|MRI|flow|blot|ELISA)\b|\baccording to\b|\b(?:graded|scored) (?:by|per|with)\b|\bby (?:the )?[A-Z]{2,}",
    re.IGNORECASE,
)
"""Words of a sentence or cell that tells a method."""


def no_method(desk: Desk, ask: Ask, draft: Draft) -> Draft | None:
    """A decline in place of figures where ``how was it measured`` asks for the method, and none of their places tells of one."""
    asked = _HOW_DONE.match(ask.focus)
    if asked is None or draft.status is not Status.ANSWERED:
        return None
    places = [desk.selector.places[p] for line in draft.lines for p, _ in line.support]
    if 2 * sum(1 for p in places if _SAYS_HOW.search(p.text)) > len(places):
        return None
    who = f" for {joined([desk.name(s) for s in ask.studies])}" if 1 <= len(ask.studies) <= _LEFT_OVER else ""
    return declined(
        f"The review does not say how {asked['what']} {asked['be']} {asked['done']}{who}.", ask.studies
    )


_WHICH_ARE = re.compile(
    r"\b(?:which|what)(?: of (?:the|these|those|all))?(?: \w+)? (?:products?|constructs?|agents?|drugs?|CARs?|therap(?:y"
    r"|ies)|treatments?|cells"
    r"|regimens?|compounds?|medicines?)(?: here| listed| tested| studied)? (?:is|are|was|were) (?P<so>(?!used\b|given\b|tested\b|studied\b"
    r"|in\b|there\b|the\b|covered\b|listed\b|evaluated\b|discussed\b|presented\b|described\b|included\b|reviewed\b)[^?.;]{3,60})",
    re.IGNORECASE,
)
"""Asks which of the treatments are of a kind: ``which products are bispecific CARs?``"""


def of_no_such(desk: Desk, ask: Ask, draft: Draft) -> Draft | None:
    """Of the treatments listed those that the review says to be of the kind asked for; a decline where it says so of none."""
    facts = [f for line in draft.lines for f in line.facts]
    said = _WHICH_ARE.search(ask.focus)
    if said is None or len(draft.lines) < _LEFT_OVER or any(f.attribute != "agents" for f in facts):
        return None
    named = {t.key for n in ask.named.names for t in tokens(n.text)}
    kind = [t.key for t in tokens(said["so"]) if t.key not in desk.vocabulary.scaffold | named]
    if not kind or not facts:
        return None
    told = {
        s
        for s in draft.studies
        if all(
            any(k == t.key for p in desk.review.passages if s in p.studies for t in tokens(p.text))
            for k in kind
        )
    }
    kept = tuple(line for line in draft.lines if any(f.study in told for f in line.facts))
    if kept:
        return replace(draft, lines=kept, studies=tuple(s for s in draft.studies if s in told))
    return declined(f"The review calls none of them “{said['so'].strip()}”.", draft.studies)


_SEVERAL = re.compile(
    r"\b(?:two|2|several|multiple|more than (?:one|a single)|a second|at least two)\b (?:[\w-]+ ){0,2}?"
    r"(?:registr\w+|NCTs?\b|identifiers?|(?:trial|registry|clinicaltrials\S*) (?:numbers?|ids?|entr(?:y|ies)))",
    re.IGNORECASE,
)
"""Asks which studies were registered more than once."""
_REGISTERED = re.compile(r"\b[A-Z]{2,}[\w-]*\d{5,}\b")


def with_several(_: Desk, ask: Ask, draft: Draft) -> Draft | None:
    """Of the registrations listed those of the studies that have more than one, where these are asked for."""
    facts = [f for line in draft.lines for f in line.facts]
    if not facts or any(f.attribute != "nct" for f in facts) or not _SEVERAL.search(ask.focus):
        return None
    kept = tuple(
        line for line in draft.lines if any(len(_REGISTERED.findall(f.value)) > 1 for f in line.facts)
    )
    studies = tuple(dict.fromkeys(f.study for line in kept for f in line.facts))
    return (
        replace(draft, lines=kept, studies=studies)
        if kept
        else declined("The review gives no study two of them.")
    )


def _judged(desk: Desk, describer: Describer, ask: Ask, draft: Draft) -> Draft | None:
    """A sentence that decides a question of yes or no, in place of figures that do not; else None."""
    verdict = re.compile(r"(?:Yes|No|Not)\b")
    if (
        not ask.has("yes_no")
        or ask.measures
        or ask.values
        or ask.injected
        or ask.named.missing
        or draft.status is not Status.ANSWERED
    ):
        return None
    if any(verdict.match(line.text) for line in draft.lines) or len(unexplained(desk, ask)) == 0:
        return None
    said = describer.text(ask)
    if said is None or said.status is not Status.ANSWERED:
        return None
    only_named = all(f.attribute == "agents" for line in draft.lines for f in line.facts)
    return said if only_named or verdict.match(said.lines[0].text) else None
