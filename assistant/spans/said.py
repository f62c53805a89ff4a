"""Measures that a sentence says with a verb: ``12 patients have progressed``, ``71% had a platelet count of ≥ 50``."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.spans.span import Span
from assistant.text.text import WORD_NUMBER

_COUNTED = (
    r"(?:patients|participants|subjects|cases|\d|\d\s?%|\)|\bthem|\bwhom|\bwho|responders|and|of\s+those)\s+"
)
_AUX = r"(?:have\s+|had\s+|has\s+|also\s+|subsequently\s+|then\s+|eventually\s+|later\s+)*"
_OF_THOSE = (
    rf"(?:\d|%|\)|\b[Nn]o|\b(?i:{WORD_NUMBER}))\s+(?:of\s+)?(?:the\s+)?(?:\d+\s+)?(?:patients?|those|adults|children)\s+"
    r"(?:with|without|aged|given|treated\s+with|older|younger|refractory|exposed|in|on|previously)\s+"
    rf"(?:(?!{WORD_NUMBER}\b|\d+\s)[\w/+<>\u2264\u2265-]+\s+){{1,7}}"
)
"""``4/9 patients with a mutation responded``: people told by more than a word."""
_GRAFT = r"(?:(?:ha?ematopoietic\s+)?(?:stem[- ])?(?:cell\s+)?transplant(?:ation)?s?|(?:allo-?)?(?:HSCT|SCT|HCT|alloHSCT|alloSCT))\b"
_WERE_TRANSPLANTED = (
    r"(?:patients|children|adults|infants|of\s+(?:them|those))\b[^;:.()]{0,60}?\s"
    rf"(?P<said>(?:underwent|received|had)\s+(?:an?\s+)?(?:allogeneic\s+|autologous\s+|subsequent\s+)?{_GRAFT}|were\s+transplanted)"
    r"(?=[^;:.()]{0,60}\(\s*\d)"
)
"""``Fewer patients on A underwent HCT (20% vs. 40%)``: the figures are of those who did."""
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
            r"(?<=patients )|(?<=responders )|(?<=them )|(?<=of those )|(?<=%\) )|(?<=arm )|(?<=arms )|(?<=group ))"
            r"relapsed"
            r"(?=\s+(?:and|within|after|at|before|by|during|on|while|whereas|\()|\s*[,.;:?]|\s*$)"
        ),
        "relapse",
    ),
    ("relapsed", re.compile(r"\brelapsed(?=\s+\(\d[\d.]*\s?%\s+(?:vs\.?|versus)\s)"), "relapse"),
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
    ("CRs", re.compile(r"\bCRs\b"), "CR"),
    ("omplete re", re.compile(r"\b[Cc]omplete\s+(?:remissions|responses)\b(?!\s+rate)"), "CR"),
    ("artial re", re.compile(r"(?<!good )\b[Pp]artial\s+(?:remissions|responses)\b(?!\s+rate)"), "PR"),
    ("complete", re.compile(r"\b(?:which|responses?)\s+(?:was|were)\s+(?P<said>complete)\s+in\b"), "CR"),
    ("PRs", re.compile(r"(?<!VG)\bPRs\b"), "PR"),
    ("VGPRs", re.compile(r"\bVGPRs\b"), "VGPR"),
    ("CRis", re.compile(r"\bCRis\b"), "CRi"),
    ("ORRs", re.compile(r"\bORRs\b"), "ORR"),
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
            rf"{_GRAFT}"
        ),
        "SCT",
    ),
    (
        "underwent",
        re.compile(
            r"\b(?:vs\.?|versus|and)\s+\d[\d.]*\s?%\s+(?:subsequently\s+|then\s+|later\s+)?"
            rf"(?P<said>underwent\s+(?:an?\s+)?(?:allogeneic\s+|autologous\s+|subsequent\s+|consolidative\s+)*{_GRAFT})"
        ),
        "SCT",
    ),
    (
        "CT",
        re.compile(
            r"\b(?:(?:allo|auto)?-?(?:HSCT|SCT|HCT))"
            r"(?:\s+in\s+(?:first|second|complete|CR\d?)[^,;.()\d]{0,30}?)?"
            r"\s+(?:was|were)\s+(?:\w+ly\s+)?(?:performed|carried\s+out|done|undertaken|feasible|possible)(?=\s+in\s+(?:\w+\s+){0,2}\d)",
            re.IGNORECASE,
        ),
        "SCT",
    ),
    (
        "ransplant",
        re.compile(
            r"\b(?:(?:(?:allogeneic|autologous)\s+)?(?:(?:ha?ematopoietic\s+)?(?:stem[- ])?cell\s+)?transplant(?:ation)?s?)"
            r"(?:\s+in\s+(?:first|second|complete|CR\d?)[^,;.()\d]{0,30}?)?"
            r"\s+(?:was|were)\s+(?:\w+ly\s+)?(?:performed|carried\s+out|done|undertaken|feasible|possible)(?=\s+in\s+(?:\w+\s+){0,2}\d)",
            re.IGNORECASE,
        ),
        "SCT",
    ),
    (
        "ewer ",
        re.compile(rf"\b[Ff]ewer\s+{_WERE_TRANSPLANTED}"),
        "SCT",
    ),
    (
        "ore ",
        re.compile(rf"\b[Mm]ore\s+{_WERE_TRANSPLANTED}"),
        "SCT",
    ),
    (
        "died",
        re.compile(
            r"\bdied\s+(?:of|from)\s+(?:(?:treatment|therapy|transplant)-related\s+(?:causes|toxicit(?:y|ies)|complications)|"
            r"causes\s+related\s+to\s+(?:the\s+)?(?:treatment|therapy)|toxicity|treatment\s+toxicity)\b"
        ),
        "TRM",
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
            rf"(?<!who )(?<!that )(?<!had )(?<!those )(?:{_COUNTED}|\b(?:[Nn]o\s+patient|arm|group|dose|cohort|mg|ones)\s+|"
            rf"{_OF_THOSE}){_AUX}"
            r"(?P<said>responded)\b(?!\s+to\b)"
        ),
        "ORR",
    ),
    (
        "responded",
        re.compile(r"(?<!who )(?P<said>responded)\s+(?:more|less|better|worse|equally|similarly)\b"),
        "ORR",
    ),
    (
        "response",
        re.compile(
            rf"(?<!who )(?<!that )(?<!those ){_COUNTED}{_AUX}"
            r"(?P<said>(?:had|achieved|attained|obtained|showed|reached)\s+an?\s+(?:overall\s+|objective\s+|clinical\s+)?response)\b(?!\s+(?:rate|of|to|that|in|by)\b)"
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
            r"\b(?:produced|induced|achieved|led\s+to|elicited)\s+(?P<said>a\s+response)\s+in\b|\b(?:[Rr]esponses\s+were|[Aa](?:ny|n\s+objective)?\s+response(?:,[^,;.%\d]{3,40},)?\s+was)\s+(?:seen|observed|reported|recorded|noted|documented|achieved|attained|obtained)\s+in\b"
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
        "lasted longer",
        re.compile(r"\b[Rr](?:esponses?|emissions?)\s+lasted\s+longer\b(?=[^.;]*\bmedians?\b)"),
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
