"""What a chatty message says of the person asking and of others: idioms, pieces between commas, who wants to know."""

from __future__ import annotations

from collections.abc import Callable

from assistant import lazy_re as re
from assistant.text.text import WORD_NUMBER

_I = re.IGNORECASE
_IDIOM = re.compile(
    r"\s*[,;(\u2013\u2014-]?\s*\b(?:for (?:what|whatever) (?:it|that|this|they)(?:'s| is| are|'re) worth[^,;.?!)]*"
    r"|(?:god|heaven|lord)s? (?:help|forbid|save) (?:us|me|him|her|them)(?: all)?|(?:god|heaven) (?:forbid|knows)"
    r"|bless (?:him|her|them|his heart|her heart|their hearts)|believe it or not|would you believe it"
    r"|(?:no )?pun (?:not )?intended|pardon the pun|mind you|strange as it (?:sounds|seems)"
    r"|of all (?:things|people|places))\b(?:\s*[,;)\u2013\u2014-])?\s*",
    _I,
)
"""Sayings that tell nothing: ``for what it is worth``, ``God help us``."""
_KEEPER = (
    r"(?:sheet|spreadsheet|form|slide|database|template|committee|board|boss|consultant|registrar|supervisor|editor"
    r"|reviewer|referee|professor|prof|chief|colleague|student|tutor|manager|pharmacist|statistician|examiner)"
)
_WANTED_BY = re.compile(
    rf"^\W*(?:(?:the|our|my|this|a|your) )?(?:[\w-]+ ){{0,2}}?{_KEEPER}s?(?: \d)? (?:also |still |now |just )?"
    r"(?:(?:is|are) (?:meeting|sitting|waiting|coming|visiting)(?: [\w-]+){0,2}?[\s,]+and[\s,]+(?:now )?)?"
    r"(?:needs?|wants?|lacks?|requires?|is (?:asking for|after|missing)|are (?:asking for|after|missing)|asks? for|asked for"
    r"|would like|wanted|needed)(?: to (?:know|see|have))? (?=\w)",
    _I,
)
"""Somebody or some sheet for which something is asked: ``the extraction sheet needs``."""
_EXPLAINED_TO = re.compile(
    r"^\W*(?:(?:i(?:'m| am)|we(?:'re| are)) )?(?:trying|having|hoping|struggling|about) to (?:explain|show|tell|teach)"
    r"(?: (?:this|it))?(?: to)? (?:an?|the|my|our|some) [^,;.?!:]{2,50}? (?=(?:why|what|how|which|whether)\b)",
    _I,
)
"""``Trying to explain to a keen student why``: to whom something is to be told."""
_WORK_ON = re.compile(
    r"^\W*(?:(?:hi|hello|hey|sorry|ok(?:ay)?)(?: all| there)?[,!.]?\s+)?(?:i(?:'m| am)|we(?:'re| are))(?: (?:just|currently|still|busy))?"
    r" (?:putting together|making|preparing|prepping|writing(?: up)?|drafting|working on|doing|building|finishing|giving)"
    r" (?:an?|my|our|the|some|this)(?: [\w-]+)? (?:slides?|decks?|slide deck|posters?|talks?|lectures?|seminars?|presentations?|essays?"
    r"|thesis|chapters?|grants?|proposals?|reports?|summary|overviews?|reviews?|handouts?|leaflets?|wiki pages?|pages?|tables?|class)"
    r" (?:on|about|for|regarding|covering) (?P<on>[^,;:.?!]{2,60}?)(?:[,;:.]| and| so| but)\s+(?=\w)",
    _I,
)
"""The work that a question is asked for, and its subject, which says nothing of the patients asked about."""
_HEARSAY = re.compile(
    r",?\s+(?:when|while|whereas|although|though|because|since|as) (?:he|she|they|everyone|everybody|people|most people) "
    r"(?:only )?(?:thinks?|thought|believes?|believed|says?|said|swears?|insists?|assumes?|assumed)\b[^,;.?!]*",
    _I,
)
"""``when she thinks it is for something else``: what others hold, before the question."""
_ASKED_FOR = re.compile(
    r"(?P<for>\b(?:asks?|asked|asking|looking) (?:for|about) (?P<what>the [^.?!,;:]{2,30})\.\s+)what "
    r"(?P<was>was|were|is|are) (?:it|they|that)"
    r"\s*,?\s+(?=(?:for|in|of|with|among)\b)",
    _I,
)
"""``She always asks for the p-value. What was it for remission?``"""
_HAS_SO_MANY = re.compile(
    rf"^\W*(?:has|had) (?P<study>(?:the |that |this )?[\w. -]{{2,50}}?(?:study|trial|cohort|series|abstract(?: \d+)?)) "
    rf"(?:got )?(?P<n>\d+|{WORD_NUMBER}) (?P<who>patients|people|participants|subjects|arms)\b",
    _I,
)
"""``has the study 53 patients``, as people ask whose language has no ``do``."""
_WAS_IT = re.compile(
    rf"(?P<before>^.*[.;])\s+(?:so |and |surely )?(?:it|that|they) (?:was|were|is|are) (?:indeed )?(?P<n>\d+|{WORD_NUMBER})\s*,\s*"
    r"(?:(?:wasn['\u2019]?t|weren['\u2019]?t|isn['\u2019]?t|aren['\u2019]?t) (?:it|they)|right|no|correct)\W*$",
    _I | re.DOTALL,
)
_TOOK = re.compile(
    rf"\b(?P<study>the [^,.;?!]{{3,80}}?) (?:having |has |had |have )?(?:treated|enrol+ed|included|recruited|randomi[sz]ed|infused|covered)"
    rf" (?:about |some )?(?P<n>\d+|{WORD_NUMBER}) (?P<who>patients|people|participants|subjects|adults|children)\b",
    _I,
)
"""``the trial having treated fifty people``, of which it is asked later whether it was fifty."""
_ASKS = re.compile(
    r"\b(?:what|which|how|where|when|who|whom|whose|whether|why|need|needs|want|wants|tell|give|show|not|no|without|only|except)\b",
    _I,
)
_SENTENCE_END = re.compile(r"(?<=[a-z)]{2}[.!])\s+(?=[A-Z])")
_NAMES_MORE = re.compile(r"\d|[A-Z]{2}")


def without_chatter(text: str, weigh: Callable[[str], int], tells: Callable[[str, int], bool]) -> str:
    """``text`` without sayings, without whom it is for, and without what its telling sentences say between commas.

    Only sentences before the last are cut: what the question itself says may narrow it.
    """
    said = _ASKED_FOR.sub(lambda m: f"{m['for']}What {m['was']} {m['what']} ", _IDIOM.sub(" ", text))
    work = _WORK_ON.match(said)
    if work and not weigh(work["on"]) and weigh(said[work.end() :]):
        said = said[work.end() :]
    said = _WANTED_BY.sub("", said)
    said = _HAS_SO_MANY.sub(lambda m: f"Does {m['study']} have {m['n']} {m['who']}", said)
    if (so_many := _WAS_IT.search(said)) and (claimed := _claimed(so_many)):
        return claimed
    *told, asking = _SENTENCE_END.split(said)
    kept = [_told(s, weigh, tells) if "?" not in s else s for s in told]
    out = " ".join([*(s for s in kept if s), asking])
    return text if out == text or not weigh(out) else out


def _claimed(so_many: re.Match[str]) -> str:
    """``The trial treated fifty people. It was fifty, wasn't it?`` as the one question it is; "" where no study took so many."""
    took = [m for m in _TOOK.finditer(so_many["before"]) if m["n"].lower() == so_many["n"].lower()]
    return f"Did {took[-1]['study']} include {took[-1]['n']} {took[-1]['who']}?" if took else ""


def _told(sentence: str, weigh: Callable[[str], int], tells: Callable[[str, int], bool]) -> str:
    """A sentence before the question without what is only of people; its first piece stays."""
    sentence = _HEARSAY.sub("", _EXPLAINED_TO.sub("", sentence))
    first, *more = sentence.split(",")
    kept = [p for p in more if _ASKS.search(p) or _NAMES_MORE.search(p) or weigh(p) or tells(p, 1)]
    rest = ",".join((first, *kept)).strip()
    if len(kept) == len(more) or not (weigh(rest) or tells(rest, 1)):
        return sentence
    return f"{rest.rstrip('.')}."
