"""Who may come in: holders of a token, or users whose passwords are kept as scrypt hashes."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant.model import AssistantError

TOKEN_CHARS = 16
"""The least length of a token."""
PASSWORD_CHARS = 8
"""The least length of a password."""
_COST = {"n": 2**14, "r": 8, "p": 1}
_NAME = re.compile(r"[\w.@-]{1,64}")
_MOST_REMEMBERED = 1_000


@dataclass(frozen=True, slots=True)
class _Hash:
    n: int
    r: int
    p: int
    salt: bytes
    digest: bytes

    def fits(self, password: str) -> bool:
        made = hashlib.scrypt(
            password.encode(), salt=self.salt, n=self.n, r=self.r, p=self.p, dklen=len(self.digest)
        )
        return hmac.compare_digest(made, self.digest)


@dataclass(slots=True)
class SignIn:
    """Checks ``Authorization`` headers: ``Bearer TOKEN``, or ``Basic`` with a token or a user's password."""

    tokens: frozenset[bytes] = frozenset()
    """sha256 of each token."""
    users: Mapping[str, _Hash] = field(default_factory=dict)
    _key: bytes = field(default_factory=lambda: os.urandom(32))
    _known: OrderedDict[bytes, None] = field(default_factory=OrderedDict)

    @property
    def needed(self) -> bool:
        """Whether anybody has to sign in."""
        return bool(self.tokens or self.users)

    def accepts(self, authorization: str) -> bool:
        """Whether the header lets in; takes about 50 ms for a password that was not seen before."""
        mark = hmac.digest(self._key, authorization.encode("utf-8", "replace"), "sha256")
        if mark in self._known:
            return True
        if not self._verified(authorization):
            return False
        self._known[mark] = None  # so that scrypt runs once a sign-in, not once a request
        while len(self._known) > _MOST_REMEMBERED:
            self._known.popitem(last=False)
        return True

    def _verified(self, authorization: str) -> bool:
        scheme, _, rest = authorization.partition(" ")
        rest = rest.strip()
        if scheme.lower() == "bearer":
            return self._is_token(rest)
        if scheme.lower() != "basic":
            return False
        try:
            name, _, password = base64.b64decode(rest, validate=True).decode("utf-8").partition(":")
        except (binascii.Error, UnicodeDecodeError, ValueError):
            return False
        if self._is_token(password):
            return True
        # somebody without an account takes as long as somebody with one
        user = self.users.get(name) or next(iter(self.users.values()), None)
        return user is not None and user.fits(password) and name in self.users

    def _is_token(self, text: str) -> bool:
        digest = hashlib.sha256(text.encode("utf-8", "replace")).digest()
        return any(hmac.compare_digest(digest, token) for token in self.tokens)


def read_sign_in(token_file: Path | None, users_file: Path | None) -> SignIn:
    """The tokens and users of two files: a token a line, and lines ``assistant user NAME`` printed.

    Raises:
        AssistantError: a file cannot be read, holds nothing, or has a malformed line.
    """
    tokens = [] if token_file is None else _lines(token_file)
    for number, token in tokens:
        if len(token) < TOKEN_CHARS or not token.isascii() or " " in token:
            raise AssistantError(
                f"{token_file}, line {number}: a token has {TOKEN_CHARS} or more ASCII characters.",
                "Make one: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'",
            )
    users = {} if users_file is None else dict(_user(users_file, n, line) for n, line in _lines(users_file))
    return SignIn(frozenset(hashlib.sha256(t.encode()).digest() for _, t in tokens), users)


def user_line(name: str, password: str) -> str:
    """The line of a users file for this user.

    Raises:
        AssistantError: the name has other characters than letters, digits and ``._@-``, or the password
            is too short.
    """
    if not _NAME.fullmatch(name):
        raise AssistantError(f"{name!r} is no user name.", "Use letters, digits, . _ @ and -.")
    if len(password) < PASSWORD_CHARS:
        raise AssistantError(
            "The password is too short.", f"Choose one of at least {PASSWORD_CHARS} characters."
        )
    salt = os.urandom(16)
    digest = hashlib.scrypt(password.encode(), salt=salt, dklen=32, **_COST)
    return f"{name}:scrypt${_COST['n']}${_COST['r']}${_COST['p']}${salt.hex()}${digest.hex()}"


def _lines(path: Path) -> list[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise AssistantError(f"{path} cannot be read: {reason}.", "Name a text file.") from None
    found = [(n, line.strip()) for n, line in enumerate(text.splitlines(), 1)]
    found = [(n, line) for n, line in found if line and not line.startswith("#")]
    if not found:
        raise AssistantError(f"{path} is empty.", "Put at least one line into it, or leave the option away.")
    return found


def _user(path: Path, number: int, line: str) -> tuple[str, _Hash]:
    name, _, rest = line.partition(":")
    kind, *parts = rest.split("$")
    try:
        if kind != "scrypt" or not _NAME.fullmatch(name):
            raise ValueError(kind)
        n, r, p = (int(part) for part in parts[:3])
        salt, digest = (bytes.fromhex(part) for part in parts[3:])
        hash = _Hash(n, r, p, salt, digest)
        hash.fits("")  # refuses costs that scrypt cannot take
    except (ValueError, OverflowError, MemoryError):
        raise AssistantError(
            f"{path}, line {number}: this is no user.", "Let assistant user NAME print the line."
        ) from None
    return name, hash
