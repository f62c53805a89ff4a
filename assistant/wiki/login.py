"""Who edits a wiki. A password comes from the environment or a file and is shown nowhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from assistant.model import AssistantError


@dataclass(frozen=True, slots=True)
class Login:
    """A name and its password; an empty name for nobody."""

    user: str = ""
    password: str = field(default="", repr=False)


def read_login(user: str, password: str, file: Path | None) -> Login:
    """The login that the settings name.

    Raises:
        AssistantError: a name without a password, a password without a name, or a file that cannot be read.
    """
    if file is not None and not password:
        try:
            password = (file.read_text(encoding="utf-8").splitlines() or [""])[0]
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not UTF-8"
            raise AssistantError(
                f"The password file {file} cannot be read: {reason}.", "See to it."
            ) from None
    if bool(user) != bool(password):
        missing, given = ("user", "password") if password else ("password", "user")
        raise AssistantError(
            f"There is a {given} for the wiki, but no {missing}.",
            "Set ASSISTANT_WIKI_USER, and ASSISTANT_WIKI_PASSWORD or ASSISTANT_WIKI_PASSWORD_FILE.",
        )
    return Login(user, password)
