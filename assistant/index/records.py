"""What is stored of each passage: its text, its place, its studies and its facts, in LlamaIndex's form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from assistant import __version__
from assistant.model import AssistantError, Passage

INDEX_VERSION = 1
"""Raise it when records become something else: indexes made before are then made anew."""


@dataclass(frozen=True, slots=True)
class Records:
    """All that one index holds."""

    passages: tuple[Passage, ...]
    facts: Mapping[str, str]
    """JSON of the facts a passage states, by passage id; a passage without facts may be absent."""
    corpus: str
    """Hash of the corpus."""
    model: str
    """What the vectors depend on; see ``Encoder.model``."""
    key: str
    """Hash of all of the above, the program's version and INDEX_VERSION; names the index."""

    @property
    def reviews(self) -> str:
        """Ids of the reviews: indexes of the same reviews are versions of each other."""
        return ", ".join(sorted({passage.locator.review for passage in self.passages}))

    @property
    def texts(self) -> list[str]:
        """The passages' texts, in order."""
        return [passage.text for passage in self.passages]


def collect(passages: Sequence[Passage], facts: Mapping[str, str], corpus: str, model: str) -> Records:
    """The records of a corpus, with their key.

    Raises:
        AssistantError: where there are none, or two have one id (Chroma would keep one of them).
    """
    if not passages:
        raise AssistantError(
            "The corpus has no passages.", "Let ASSISTANT_CORPUS name a folder of review folders."
        )
    twice = [id_ for id_, count in Counter(passage.id for passage in passages).items() if count > 1]
    if twice:
        places = [passage.locator.label for passage in passages if passage.id == twice[0]]
        raise AssistantError(
            f"Two passages have the same id: {'; '.join(places)}.", "Report this; it is a bug."
        )
    digest = sha256("\x1e".join([__version__, str(INDEX_VERSION), corpus, model]).encode())
    for passage in passages:
        place = "\x1f".join(map(str, asdict(passage.locator).values()))
        entry = (
            passage.id,
            passage.text,
            passage.quote,
            place,
            repr(passage.studies),
            repr(passage.references),
        )
        digest.update("\x1e".join(["", *entry, facts.get(passage.id, "")]).encode())
    return Records(tuple(passages), facts, corpus, model, digest.hexdigest())


def metadata(records: Records) -> list[dict[str, Any]]:
    """What Chroma keeps beside each text, such that LlamaIndex reads it back as the same TextNode.

    ``studies`` and ``references`` are lists, left out where empty (Chroma refuses an empty one), and are
    asked with ``$contains``; of the place only what is set is there; ``position`` is the passage's rank.
    """
    from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode
    from llama_index.core.vector_stores.utils import node_to_metadata_dict

    rows = []
    for position, passage in enumerate(records.passages):
        fields = {name: value for name, value in asdict(passage.locator).items() if value}
        fields |= {"kind": passage.locator.kind.value, "quote": passage.quote, "position": position}
        if passage.studies:
            fields["studies"] = list(passage.studies)
        if passage.references:
            fields["references"] = list(passage.references)
        if passage.id in records.facts:
            fields["facts"] = records.facts[passage.id]
        node = TextNode(
            id_=passage.id,
            text=passage.text,
            metadata=fields,
            excluded_embed_metadata_keys=list(fields),
            excluded_llm_metadata_keys=["facts", "position", "quote"],
            relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=passage.locator.review)},
        )
        rows.append(node_to_metadata_dict(node, remove_text=True, flat_metadata=False))
    return rows
