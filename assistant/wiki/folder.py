"""Files as pages: notes of Obsidian, checkouts of the wikis of GitHub and GitLab, files for Confluence."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import time
from collections.abc import Sequence
from dataclasses import dataclass
from html.entities import name2codepoint
from pathlib import Path
from secrets import token_hex
from xml.etree import ElementTree

from assistant.files.files import NEW, flush
from assistant.model import AssistantError
from assistant.wiki.syntax import Syntax
from assistant.wiki.target import ConflictError, Page, PageError

_LEFT = f"{NEW}*.page"
"""Names of files that are being written; one is left behind by a process that was killed."""
_OLD_S = 3600
_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_MARKER = re.compile(rb"(?:ask|page):")
_XML = ("amp", "lt", "gt", "quot")
_ENTITIES = "".join(
    f'<!ENTITY {name} "&#{code};">' for name, code in name2codepoint.items() if name not in _XML
)
"""Those of XHTML, which Confluence knows."""
_NAMESPACES = 'xmlns:ac="urn:ac" xmlns:ri="urn:ri" xmlns:at="urn:at"'


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
            found += [str(Path(folder, name)) for name in sorted(files) if self._is_page(folder, name)]
            _sweep(Path(folder))
        return found

    def _is_page(self, folder: str, name: str) -> bool:
        if name.startswith(".") or not name.lower().endswith(self.syntax.endings):
            return False
        path = Path(folder, name)
        return path.is_file() or (
            path.is_symlink() and not path.exists()
        )  # no pipe: its reader waits for ever

    def read(self, name: str) -> Page:
        try:
            content = Path(name).read_bytes()
        except OSError as error:
            raise PageError(f"It cannot be read: {error.strerror}.", "See to the file.") from None
        revision = hashlib.sha256(content).hexdigest()
        try:
            return Page(name, content.decode("utf-8"), revision)
        except UnicodeDecodeError:
            # What has no marker in any encoding is no business of ours: folders hold all sorts of files.
            if not _MARKER.search(content.replace(b"\0", b"")):
                return Page(name, "", revision)
            raise PageError("It is not UTF-8.", "Save it as UTF-8.") from None

    def write(self, page: Page, text: str, summary: str) -> None:
        if self.syntax.name == "confluence":
            _check_xml(text)
        path = Path(page.name).resolve()  # a link stays a link
        new = path.parent / f"{NEW}{token_hex(8)}.page"
        try:
            # An administrator may write where nobody may; somebody still meant it.
            if not os.access(path, os.W_OK) or not path.stat().st_mode & _WRITABLE:
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
        ElementTree.fromstring(
            f"<!DOCTYPE page [{_ENTITIES}]><page {_NAMESPACES}>{text.removeprefix(chr(0xFEFF))}</page>"
        )
    except ElementTree.ParseError as error:
        raise PageError(
            f"It would not be well-formed XML: {error}.", "Mend the page, or move the markers."
        ) from None
