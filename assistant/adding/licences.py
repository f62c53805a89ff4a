"""The open licence that an article names."""

from __future__ import annotations

import re

_LINK = re.compile(r"creativecommons\.org/(?:licenses|publicdomain)/([a-z-]+)/(\d\.\d)", re.IGNORECASE)
_WORDS = re.compile(r"\bCC[- ](BY(?:[- ](?:NC|ND|SA))*|0)(?:[- ](\d\.\d))?(?![\w-])")
_LONG = re.compile(
    r"Creative Commons Attribution((?:[- ](?:Non-?Commercial|No-?Deriv\w*|Share-?Alike))*)(?:\s+(?:License|Licence)"
    r")?(?:,?\s*(?:version\s*)?(\d\.\d))?",
    re.IGNORECASE,
)


def licence_in(text: str) -> str:
    """``CC BY 4.0`` and the like; "" where the text names none."""
    if match := _LINK.search(text):
        return f"CC {match[1].upper() if match[1] != 'zero' else '0'} {match[2]}"
    if match := _WORDS.search(text):
        return f"CC {match[1].replace(' ', '-')} {match[2] or ''}".strip()
    if match := _LONG.search(text):
        added = re.sub(r"[-\s]", "", match[1].lower())
        parts = ["BY"] + [
            s for w, s in (("noncommercial", "NC"), ("noderiv", "ND"), ("sharealike", "SA")) if w in added
        ]
        return f"CC {'-'.join(parts)} {match[2] or ''}".strip()
    return ""
