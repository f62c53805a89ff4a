"""Measures that a sentence says with a verb, and groups it names by an age."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.spans_numbers import Span
from assistant.text import WORD_NUMBER, stem

_COUNTED = r"(?:patients|participants|subjects|cases|\d|\)|\bthem|\bwhom|\bwho|responders|and|of\s+those)\s+"
_AUX = r"(?:have\s+|had\s+|has\s+|also\s+|subsequently\s+|then\s+|eventually\s+|later\s+)*"
_SAID: tuple[tuple[str, re.Pattern[str], str], ...] = (
    (
        "esponse",
        re.compile(r"\bresponses?\s+(?:\w+\s+){0,6}?(?:sustained|maintained)\b", re.IGNORECASE),
        "sustained_response",
    ),
    (
        "relapsed",
        re.compile(
            r"\b(?:(?<=subsequently )|(?<=then )|(?<=later )|(?<=had )|(?<=have )|"
            r"(?<=patients )|(?<=responders )|(?<=them )|(?<=of those )|(?<=%\) ))"
            r"relapsed"
            r"(?=\s+(?:and|within|after|at|before|by|during|on|while|whereas|\()|\s*[,.;:?]|\s*$)"
        ),
        "relapse",
    ),
    ("relapsed", re.compile(r"(?<=\d )relapsed(?=\s+(?:\(\d|after\b|within\b|and\s+\d))"), "relapse"),
    (
        "emain",
        re.compile(
            r"\bremain(?:ed|s|ing)?\s+in\s+(?:complete\s+|continuous\s+|molecular\s+)*(?:remission|CR)\b"
        ),
        "sustained_response",
    ),
    (
        "event",
        re.compile(
            r"\b(?:at\s+least\s+one|experienced|any|had\s+an?)\s+(?:[^\s,;.]+\s+){0,4}?(?P<said>events?)\b(?!-)"
        ),
        "AE",
    ),
    ("progressed", re.compile(rf"(?<=\w|\)) (?:{_AUX})progressed\b(?!\s+to\b)"), "PD"),
    ("discontinued", re.compile(rf"{_COUNTED}{_AUX}(?P<said>discontinued)\b(?!,)"), "discontinuation"),
    (
        " up",
        re.compile(r"\b(?:gave|given|give)\s+(?:(?:it|treatment|therapy|the\s+drug)\s+)?up\b"),
        "discontinuation",
    ),
    (
        "stopped",
        re.compile(rf"{_COUNTED}{_AUX}(?P<said>stopped\s+(?:treatment|therapy|taking))\b"),
        "discontinuation",
    ),
    (
        " to ",
        re.compile(
            r"(?<!who )(?<!that )\b(?:proceed(?:ed|ing)?|went(?:\s+on)?|bridged|moved)\s+to\s+(?:an?\s+)?"
            r"(?:allogeneic\s+|autologous\s+|subsequent\s+)?"
            r"(?:(?:ha?ematopoietic\s+)?(?:stem[- ])?(?:cell\s+)?transplant(?:ation)?s?|(?:allo-?)?(?:HSCT|SCT|HCT|alloHSCT|alloSCT))\b"
        ),
        "SCT",
    ),
    ("withdrew", re.compile(rf"{_COUNTED}{_AUX}(?P<said>withdrew)\b"), "discontinuation"),
    (
        "rises",
        re.compile(r"\b[Cc]rises\b[^.;]*?\b(?P<said>annuali[sz]ed\s+rates?)\b(?!\s+of)"),
        "voc_rate",
    ),
    (
        "latelet",
        re.compile(
            r"\b[Pp]latelets\s+(?:took|engrafted|needed)\b|\b[Pp]latelets\s+(?:had\s+)?recovered\s+(?=(?:after|at|on|by|in)\b)"
        ),
        "platelet_recovery",
    ),
    (
        "espon",
        re.compile(
            r"\b(?:[Ff]irst\s+|[Ii]nitial\s+)?[Rr]esponses?\s+(?:(?:was|were)\s+)?(?:first\s+)?"
            r"(?:appeared|occurred|came|came\s+about|arose|seen|observed|reached|began)"
            r"\s+(?:after|at)\s+a\s+median(?:\s+of)?\b"
        ),
        "TTR",
    ),
    (
        "activity",
        re.compile(
            r"\bactivity\b(?=\s+(?:was|were|of|reached|rose|fell)\b(?:[^.;]|\.(?=\d)){0,40}\d\s?IU/d?L)"
        ),
        "factor_activity",
    ),
    (
        "responded",
        re.compile(
            rf"(?<!who )(?<!that )(?<!had )(?<!those )(?:{_COUNTED}|\b(?:arm|group|dose|cohort|mg)\s+){_AUX}"
            r"(?P<said>responded)\b(?!\s+to\b)"
        ),
        "ORR",
    ),
    (
        "change",
        re.compile(
            r"\b(?:[Mm]ean|[Mm]edian)\s+change\s+(?:from\s+baseline\s+)?(?=(?:was|were|of|reached)\s+[+-]?\d[\d.]*\s?g/dL)"
        ),
        "haemoglobin_change",
    ),
    (
        "esponse",
        re.compile(
            r"\b(?:produced|induced|achieved|led\s+to|elicited)\s+(?P<said>a\s+response)\s+in\b|\b(?:[Rr]esponses\s+were|[Aa](?:ny|n\s+objective)?\s+response\s+was)\s+(?:seen|observed|reported|recorded|noted|documented|achieved|attained|obtained)\s+in\b"
        ),
        "ORR",
    ),
    (
        "emission",
        re.compile(
            r"\b(?:remain(?:ed|ing)?|stay(?:ed|ing)?|being|were|was)\s+still\s+in\s+(?:complete\s+)?remission\b"
            r"|\b(?:remain(?:ed|ing)?|stay(?:ed|ing)?)\s+in\s+(?:complete\s+|continuous\s+)*remission\b"
        ),
        "sustained_response",
    ),
    (
        "fatal",
        re.compile(
            r"\b(?:events?|AEs?|SAEs?|TEAEs?)\b(?:[^.;,]|,(?=\s+and\b)){0,60}?\b(?P<said>(?:with|had)\s+a\s+fatal\s+outcome)\b"
        ),
        "fatal_ae",
    ),
    (
        " death",
        re.compile(
            r"(?:(?<=events )|(?<=event )|(?<=AEs )|(?<=AE ))(?:led|leading|resulted|resulting)\s+(?:to|in)\s+death\b"
            r"|(?<=\band\s)(?:led|resulted)\s+(?:to|in)\s+death\b"
        ),
        "fatal_ae",
    ),
    ("alive", re.compile(r"\b(?:were|was|are|remained)\s+(?:still\s+)?alive\b"), "OS"),
    ("urvived", re.compile(r"\bsurvived\s+(?:for\s+)?a\s+median\s+of\b"), "median_OS"),
    (
        "lasted",
        re.compile(
            r"\b[Rr](?:esponses?|emissions?)\b[^.;]{0,80}?\d[^.;]{0,40}?\band\s+(?P<said>lasted\s+(?:for\s+)?a\s+median(?:\s+of)?)\b".replace(
                "[^.;]", r"(?:[^.;]|\.(?=\d))"
            )
        ),
        "median_DOR",
    ),
    (
        "espon",
        re.compile(
            r"\b[Rr](?:esponses?|emissions?)\s+(?:that\s+)?lasted\s+(?:for\s+)?a\s+median(?:\s+of)?\b"
        ),
        "median_DOR",
    ),
)
"""A word to look for first, the pattern (``said`` is the verb where more is needed), and the measure's id."""
_OVERALL = re.compile(r"(?<=[%\d)s] )overall(?=\s+(?:and|but|versus)\b|\s*[,;.])")
_DESCRIBED = re.compile(
    r"\b(?:patients|those|cases|participants|individuals|adults|children)\s+(?:with|whose\s+\w+\s+had)\s+(?:an?\s+|the\s+)?"
    r"(?P<what>(?P<told>(?!or\b|and\b|no\b|any\b|the\b|an?\b|such\b|this\b)[A-Za-z][\w/+-]*(?:\s+(?!or\b|and\b|with\b)[A-Za-z][\w/+-]*)?)\s+"
    r"(?:morpholog(?:y|ies)|histolog(?:y|ies)|karyotypes?|phenotypes?|immunophenotypes?|subtypes?|mutations?|"
    r"rearrangements?|translocations?|fusions?|deletions?|amplifications?|expression|involvement|symptoms))\b"
)
"""``told`` is what sets the patients apart; the noun behind it only says of what kind that is."""
_COUNT_REACHED = re.compile(
    r"(?:\b(?:had|have|having|reached|achieved|attained|maintained|with)\s+(?:a\s+)?)(?P<said>platelet\s+counts?\s+(?:of\s+)?"
    r"(?:[>\u2265]=?|at\s+least|above|over|exceeding)\s*\d+(?:[.,]\d+)?\s*(?:[x\u00d7]\s?10\s?\S{0,2}\s?)?/\s?\S?[Ll])"
)


def reached_counts(text: str) -> list[Span]:
    """``71% had a platelet count of \u2265 50 \u00d7 10\u2079/L``: the share who responded, and no count."""
    return [Span("measure", *m.span("said"), m["said"], ("HI-P",)) for m in _COUNT_REACHED.finditer(text)]


def said_measures(text: str) -> list[Span]:
    """The measures of ``text`` that stand there as a verb: ``12 patients have progressed``."""
    found = []
    for sign, pattern, name in _SAID:
        if sign not in text:
            continue
        for match in pattern.finditer(text):
            start, end = (
                match.span("said") if "said" in pattern.groupindex and match["said"] else match.span()
            )
            start += len(text[start:end]) - len(text[start:end].lstrip())
            found.append(Span("measure", start, end, text[start:end], (name,)))
    return found


_WITH_AND_WITHOUT = re.compile(
    r"\b(?:with|in|among)\s+(?P<what>(?!the\b)[a-z][a-z-]+(?:\s+[a-z][a-z-]+){0,3})\s*\(\d[\d.]*\s?%?\s*(?:vs\.?|versus|compared\s+(?:with|to)|against)\s+"
    r"\d[\d.]*\s?%\s+(?:in\s+those\s+)?(?P<no>without)(?:\s+(?:it|them))?\s*[);,]"
)


_WITH_FIRST = re.compile(
    r"(?:\d\s?%?|\d\s*\([^()]*\))\s*(?:(?:in|among|for)\s+(?:patients|those|adults|children)\s+)?(?P<with>with)\s+(?:and|vs\.?|versus|against|as\s+against|compared\s+(?:with|to))\s+\d[\d./]*\s?%?\s*(?:\([^()]*\)\s*)?"
    r"(?:(?:in|among|for)\s+(?:patients|those|adults|children)\s+)?(?P<no>without\s+(?P<what>(?:(?:the|an?)\s+)?[A-Za-z](?:[\w/-]|\([\w;]+\))*(?:\s+(?!and\b|or\b|in\b|at\b|were\b|was\b|had\b|respectively\b|after\b|by\b|during\b)[A-Za-z][\w-]*){0,3}))(?![\w(/-])"
)


_WITH_AND_WITHOUT_IT = re.compile(
    r"\b(?P<with>(?:patients|those|adults|children|cases)\s+with)\s+(?:and|vs\.?|versus)\s+(?P<no>without\s+(?:(?:an?|any)\s+)?"
    r"(?P<what>[A-Za-z][\w/-]*(?:\s+[A-Za-z][\w/-]*){0,3}?))"
    r"(?=\s*\([^()]*?\d[\d.]*\s?%?\s*(?:vs\.?|versus|and)\s+\d[\d.]*(?:\s?%|\s+months))"
)
"""``between patients with and without A (2-year OS, 53% vs. 58%)``."""


_NOT_UNDERGONE = re.compile(
    r"\b(?:in|among|for)\s+(?:those|patients|adults|children|people)\s+(?:who\s+)?(?:had|have|has)\s+(?P<not>not\s+|never\s+)?(?:undergone|received|had|been\s+given)\s+(?:an?\s+)?"
    r"(?P<what>[a-z][a-z-]{3,}(?:\s+[a-z][a-z-]{3,})?)(?=\s*\()"
)
_IN_STATE = re.compile(
    r"\b(?:in|among|for)\s+(?:the\s+)?(?P<what>(?!evaluable\b|treated\b|enrolled\b|infused\b|randomi|assigned\b|remaining\b|other\b|all\b|most\b|these\b|those\b|both\b)[a-z][a-z-]{3,}(?:ed|ic|al|ive|ous|less))"
    r"\s+(?:patients|adults|children|people|participants)\s*\((?=[^()]*\d)"
)


def _state(what: str) -> str:
    """The key of what patients underwent or are, as that of a group's label."""
    return stem(what.lower().split()[0])


def state_groups(text: str) -> list[Span]:
    """``in those who had not undergone A (28%) than in B patients (11%)``: patients told by a state no vocabulary lists."""
    found = []
    for m in _NOT_UNDERGONE.finditer(text):
        sign = "no-" if m["not"] else ""
        found.append(
            Span(
                "group",
                m.start("what"),
                m.end("what"),
                ("without " if m["not"] else "with ") + m["what"],
                (sign + _state(m["what"]),),
            )
        )
    found += [
        Span("group", *m.span("what"), m["what"], (_state(m["what"]),)) for m in _IN_STATE.finditer(text)
    ]
    return found


def paired_groups(text: str) -> list[Span]:
    """``lower with gut involvement (48% vs. 81% without)``: those with a finding, and those without it.

    Also ``81% with and 67% without prophylaxis``.
    """
    found = []
    for m in _WITH_FIRST.finditer(text):
        key = re.sub(r"\s+", "-", re.sub(r"^(?:the|an?)\s+", "", m["what"].lower()))
        found += [
            Span("group", *m.span("with"), f"with {m['what']}", (key,)),
            Span("group", *m.span("no"), m["no"], (f"no-{key}",)),
        ]
    for m in _WITH_AND_WITHOUT_IT.finditer(text):
        key = re.sub(r"\s+", "-", m["what"].lower())
        found += [
            Span("group", *m.span("with"), f"with {m['what']}", (key,)),
            Span("group", *m.span("no"), m["no"], (f"no-{key}",)),
        ]
    for m in _WITH_AND_WITHOUT.finditer(text):
        key = re.sub(r"\s+", "-", m["what"])
        found += [
            Span("group", *m.span("what"), m["what"], (key,)),
            Span("group", *m.span("no"), f"without {m['what']}", (f"no-{key}",)),
        ]
    return found


def overall_groups(text: str) -> list[Span]:
    """``in 11 patients (15%) overall and in …``: all patients, set against a subgroup."""
    return [Span("group", m.start(), m.end(), m.group(), ("all",)) for m in _OVERALL.finditer(text)]


def described_groups(text: str) -> list[Span]:
    """``patients with blastoid morphology``: patients told by a finding that no vocabulary lists."""
    return [
        Span("group", m.start("what"), m.end("what"), m["what"], (re.sub(r"\s+", "-", m["told"].lower()),))
        for m in _DESCRIBED.finditer(text)
    ]


_TELLS_NOTHING = frozenset(
    "became become achieved reached attained patients those with whose without subgroup subset also already "
    "taking receiving given having were been".split()
)
_HEADING = re.compile(
    r"\s*(?:[Aa]mong|[Ii]n|[Ff]or)\s+(?:the\s+)?(?:\w+\s+)?"
    r"(?P<what>(?:patients|carriers|those|participants|adults|children|cases|recipients|subgroup|subset)\s+"
    r"(?:also\s+|already\s+)?(?:with|who|whose|without|of|having|in\s+whom|taking|receiving|given)\s+[^,;:.()]{3,70}),"
)


def told_in_heading(text: str, spans: Sequence[Span], groups: Sequence[Span]) -> Span | None:
    """``In those who became transfusion-independent by week 24, …``: an outcome that tells whom a sentence is about."""
    match = _HEADING.match(text)
    if match is None:
        return None
    start, end = match.span("what")
    inside = [s for s in spans if start <= s.start and s.end <= end]
    figures = any(s.kind == "value" and s.unit in {"%", "patients", "amount"} for s in inside)
    if figures or not any(s.kind == "measure" for s in inside):
        return None
    if any(g.start < end and start < g.end for g in groups):
        return None
    words = re.findall(r"[a-z0-9]+", match["what"].lower())
    key = "-".join(w for w in words if len(w) > 3 and w not in _TELLS_NOTHING)
    return Span("group", start, end, match["what"], (key,)) if key else None


def heading_groups(text: str, known: Sequence[Span]) -> list[Span]:
    """``In patients with early steroid failure, …``: whom a sentence is about, where nothing else tells them."""
    match = _HEADING.match(text)
    if match is None or any(s.start < match.end("what") and match.start("what") < s.end for s in known):
        return []
    words = re.findall(r"[a-z0-9]+", match["what"].lower())
    key = "-".join(w for w in words if len(w) > 3 and w not in _TELLS_NOTHING)
    return [Span("group", *match.span("what"), match["what"], (key,))] if key else []


_COUNTED_WHO = re.compile(
    rf"\bof\s+(?:the\s+|those\s+|these\s+)?(?:\d+|{WORD_NUMBER})(?:\s+(?:patients|adults|children|cases))?\s+"
    r"(?P<what>who\s+(?:had\s+)?(?:received|had|got|underwent|took|were\s+(?:given|on))\s+[^,;:.()]{3,70}?)"
    r"(?=[,;:.()]|\s+of\s+\d|\s+(?:responded|relapsed|died|developed|achieved|achieving|reached|remained|were|was|had)\b|$)"
)


_COUNTED_SUCH = re.compile(
    rf"\bof\s+the\s+(?:\d+|{WORD_NUMBER})\s+(?P<what>(?!(?:other|remaining|evaluable|eligible|first|last|treated|enrolled|included|randomi[sz]ed)\b)"
    r"(?:[\w/-]+\s+){1,3}(?:patients|cases|adults|children|subjects))\b"
)


def counted_groups(text: str, known: Sequence[Span]) -> list[Span]:
    """``none of the 30 who received the reduced dose``: of whom so many were counted, where nothing else tells them."""
    found = []
    for match in (*_COUNTED_WHO.finditer(text), *_COUNTED_SUCH.finditer(text)):
        start, end = match.span("what")
        words = re.findall(r"[a-z0-9]+", match["what"].lower())
        key = "-".join(w for w in words if len(w) > 3 and w not in _TELLS_NOTHING)
        if key and not any(s.start < end and start < s.end and s.kind in {"group", "measure"} for s in known):
            found.append(Span("group", start, end, match["what"], (key,)))
    return found


_OTHER_RESPONSE = re.compile(
    r"\b(?!(?:overall|total|clinical|global|initial|final|general|actual|objective|equal|typical|numerical)\b)"
    r"(?:\w{3,}(?:ic|al|ac|ar|or)|organ|deep|minor|immune)\s+$",
    re.IGNORECASE,
)


def is_other_response(measure: Span, text: str) -> bool:
    """``renal response rate`` is no overall response."""
    bare = measure.ids == ("ORR",) and measure.text.lower().startswith("response")
    return bare and bool(_OTHER_RESPONSE.search(text[: measure.start]))
