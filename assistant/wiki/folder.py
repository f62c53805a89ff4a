"""Files as pages: notes of Obsidian, checkouts of the wikis of GitHub and GitLab, files for Confluence."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from xml.etree import ElementTree

from assistant.files import NEW, flush
from assistant.model import AssistantError
from assistant.wiki.syntax import Syntax
from assistant.wiki.target import ConflictError, Page, PageError

_LEFT = f"{NEW}*.page"
"""Names of files that are being written; one is left behind by a process that was killed."""
_OLD_S = 3600
_ENTITIES = '<!DOCTYPE page [<!ENTITY nbsp "&#160;"><!ENTITY ndash "&#8211;"><!ENTITY mdash "&#8212;">'
_ENTITIES += '<!ENTITY rsquo "&#8217;"><!ENTITY lsquo "&#8216;"><!ENTITY ldquo "&#8220;">'
_ENTITIES += '<!ENTITY rdquo "&#8221;"><!ENTITY hellip "&#8230;"><!ENTITY middot "&#183;">'
_ENTITIES += '<!ENTITY times "&#215;"><!ENTITY ge "&#8805;"><!ENTITY le "&#8804;"><!ENTITY uuml "&#252;">'
_ENTITIES += (
    '<!ENTITY auml "&#228;"><!ENTITY ouml "&#246;"><!ENTITY szlig "&#223;"><!ENTITY eacute "&#233;">]>'
)
_NAMESPACES = 'xmlns:ac="urn:ac" xmlns:ri="urn:ri"'


@dataclass(frozen=True, slots=True)
class Files:
    """A file, or the files below a folder that have the kind's endings; hidden ones are passed over."""

    root: Path
    syntax: Syntax

    def names(self) -> Sequence[str]:
        if self.root.is_file():
            return [str(self.root)]
        if not self.root.is_dir():
            raise AssistantError(
                f"There is no file or folder {self.root}.", "Name one, or the address of a wiki."
            )
        found: list[str] = []
        for folder, folders, files in os.walk(self.root):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            found += [str(Path(folder, name)) for name in sorted(files) if self._is_page(name)]
            _sweep(Path(folder))
        return found

    def _is_page(self, name: str) -> bool:
        return not name.startswith(".") and name.lower().endswith(self.syntax.endings)

    def read(self, name: str) -> Page:
        try:
            content = Path(name).read_bytes()
            return Page(name, content.decode("utf-8"), hashlib.sha256(content).hexdigest())
        except OSError as error:
            raise PageError(f"It cannot be read: {error.strerror}.", "See to its rights.") from None
        except UnicodeDecodeError:
            raise PageError("It is not UTF-8.", "Save it as UTF-8.") from None

    def write(self, page: Page, text: str, summary: str) -> None:
        if self.syntax.name == "confluence":
            _check_xml(text)
        path = Path(page.name).resolve()  # a link stays a link
        new = path.parent / f"{NEW}{token_hex(8)}.page"
        try:
            if not os.access(path, os.W_OK):
                raise PageError("It is read-only.", "Make it writable.")
            new.write_bytes(text.encode("utf-8"))
            shutil.copymode(path, new)
            flush(new)
            if self.read(page.name).revision != page.revision:
                raise ConflictError("Somebody wrote to it in the meantime.", "Run the command again.")
            new.replace(path)
            flush(path.parent)
        except OSError as error:
            raise PageError(f"It cannot be written: {error.strerror}.", "See to disk and rights.") from None
        finally:
            new.unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Remove what a process left behind that was killed; not what another one is writing now."""
    for path in folder.glob(_LEFT):
        try:
            if time.time() - path.stat().st_mtime > _OLD_S:
                path.unlink(missing_ok=True)
        except OSError:
            continue


def _check_xml(text: str) -> None:
    """Refuse what Confluence would refuse.

    Raises:
        PageError: it is not well-formed.
    """
    try:
        ElementTree.fromstring(f"{_ENTITIES}<page {_NAMESPACES}>{text.removeprefix(chr(0xFEFF))}</page>")
    except ElementTree.ParseError as error:
        raise PageError(
            f"It would not be well-formed XML: {error}.", "Mend the page, or move the markers."
        ) from None
