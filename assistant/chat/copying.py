"""A kept answer in a format it can be pasted elsewhere in."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.corpus.corpus import Review
from assistant.export.document import Origin, answer_document
from assistant.export.given import drawn_on
from assistant.export.known import format_named
from assistant.service.store import Kept


def copied(kept: Kept, form: str, permalink: str = "", reviews: Iterable[Review] = ()) -> str:
    """The answer in one of the export's formats.

    Args:
        kept: the answer.
        form: name of the format.
        permalink: its whole address; "" where it is not known.
        reviews: those of the corpus, for DOIs.

    Raises:
        AssistantError: there is no such format.
    """
    titles = dict.fromkeys(s.title for s in kept.sources if s.title)
    today = dict(drawn_on(kept.answer, reviews, kept.review))
    named = tuple((t, today.get(t, "")) for t in titles) or tuple(today.items())
    # Which version of the program gave the answer was not kept with it.
    origin = Origin(named, kept.answer["corpus"], "", kept.made_at[:10], permalink)
    labels, references = [s.label for s in kept.sources], [s.reference for s in kept.sources]
    return format_named(form).render(answer_document(kept.answer, labels, references, origin))
