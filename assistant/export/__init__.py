"""Answers as text in the markup of a wiki, such that nothing they quote can act there."""

from assistant.export.document import Document, Note, Origin, Paragraph, Said, Table
from assistant.export.known import BUILT_IN, GROUP, Format, format_named, formats

__all__ = [
    "BUILT_IN",
    "GROUP",
    "Document",
    "Format",
    "Note",
    "Origin",
    "Paragraph",
    "Said",
    "Table",
    "format_named",
    "formats",
]
