"""Sealing what the server must read but nobody should find in a dump, a URL or a log.

Sealed text is `s1.<key id>.<base64url(nonce 12 | ciphertext | tag 16)>`: AES-256-GCM under a key of
its own per purpose (HKDF-SHA256, RFC 5869), bound to a context such as table, column and row, so
that a box moved elsewhere does not open. The key ring is a file outside the database, readable by
its owner alone.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
import stat
import unicodedata
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, Protocol, overload

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

FORMAT = "s1"
NONCE_BYTES = 12
KEY_BYTES = 32


class CannotUnseal(Exception):
    """This can't be read: it was altered, moved, cut short, or sealed with another key."""


class TokenExpired(Exception):
    """This link was good for a limited time, and that time is over."""


class KeyFileUnsafe(Exception):
    """The key file can be read by others, or is not a key file."""


@dataclass(frozen=True)
class KeyRing:
    """Named 32-byte keys, the one that seals now, and the one for blind indexes."""

    active: str
    keys: Mapping[str, bytes]
    index: bytes

    @classmethod
    def from_file(cls, path: Path) -> KeyRing:
        """Read the ring.

        :raises KeyFileUnsafe: the file is not 0600, or does not hold a ring.
        """
        if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise KeyFileUnsafe(f"{path} must be readable by its owner alone: chmod 600 {path}")
        try:
            data = json.loads(path.read_text())
            keys = {name: base64.b64decode(key) for name, key in data["keys"].items()}
            ring = cls(data["active"], keys, base64.b64decode(data["index"]))
        except (ValueError, KeyError, TypeError) as error:
            raise KeyFileUnsafe(f"{path} does not hold a key ring") from error
        if ring.active not in keys or any(len(k) != KEY_BYTES for k in (*keys.values(), ring.index)):
            raise KeyFileUnsafe(f"{path} holds a damaged key ring")
        return ring

    @classmethod
    def ensure_file(cls, path: Path) -> KeyRing:
        """Read the ring, making a new one first where there is none."""
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = {"active": "k1", "keys": {"k1": _fresh_key()}, "index": _fresh_key()}
            try:
                handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            except FileExistsError:
                return cls.from_file(path)
            with os.fdopen(handle, "w") as file:
                json.dump(fresh, file)
        return cls.from_file(path)

    def seal(self, plain: bytes, *, purpose: str, context: str) -> str:
        """Return `plain` as sealed text that opens only for this purpose and context."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        box = AESGCM(self._key(self.active, purpose)).encrypt(nonce, plain, context.encode())
        return f"{FORMAT}.{self.active}.{_text(nonce + box)}"

    def unseal(self, sealed: str, *, purpose: str, context: str) -> bytes:
        """Return what was sealed.

        :raises CannotUnseal: for anything that this ring did not seal for this purpose and context.
        """
        try:
            version, name, text = sealed.split(".")
            if version != FORMAT:
                raise CannotUnseal("sealed in a format this version does not know")
            box = _bytes(text)
            return AESGCM(self._key(name, purpose)).decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], context.encode())
        except (ValueError, KeyError, InvalidTag) as error:
            raise CannotUnseal("this can't be read") from error

    def blind_index(self, value: str, *, purpose: str) -> str:
        """Return 32 hex digits by which an equal value can be found, and nothing learnt of it."""
        normal = "".join(unicodedata.normalize("NFKC", value).split()).casefold()
        return hmac.new(_derived(self.index, f"index|{purpose}"), normal.encode(), hashlib.sha256).hexdigest()[:32]

    def token(self, data: Mapping[str, Any], *, purpose: str, expires_at: datetime) -> str:
        """Return `data` as text fit for a URL: unreadable, unforgeable, good until `expires_at`."""
        content = json.dumps([int(expires_at.timestamp()), data], separators=(",", ":"), sort_keys=True)
        box = self.seal(zlib.compress(content.encode(), 9), purpose=f"token|{purpose}", context=purpose)
        return box.removeprefix(f"{FORMAT}.")

    def read_token(self, token: str, *, purpose: str, now: datetime) -> dict[str, Any]:
        """Return what a token carries.

        :raises CannotUnseal: it is none of ours, or for another purpose.
        :raises TokenExpired: its time is over at `now`.
        """
        content = self.unseal(f"{FORMAT}.{token}", purpose=f"token|{purpose}", context=purpose)
        expires, data = json.loads(zlib.decompress(content))
        if now >= datetime.fromtimestamp(expires, UTC):
            raise TokenExpired("this link has expired")
        return dict(data)

    def seed(self, name: str, *, purpose: str) -> bytes:
        """Return 32 bytes for one purpose, from a named key; without a name, from what stays when keys are changed.

        :raises KeyError: the ring has no such key.
        """
        return _derived(self.keys[name] if name else self.index, f"seed|{purpose}")

    def _key(self, name: str, purpose: str) -> bytes:
        return _derived(self.keys[name], f"{FORMAT}|{purpose}")


class _Row(Protocol):
    _meta: ClassVar[Any]

    @property
    def pk(self) -> Any: ...


class SealedText:
    """A descriptor: the attribute is plain text, `column` of the same row holds it sealed.

    The row's primary key must be known before it is written (`ids.new_id`), since it is part of
    what the box is bound to.
    """

    def __init__(self, column: str) -> None:
        self.column = column

    @overload
    def __get__(self, row: None, owner: type | None = None) -> SealedText: ...
    @overload
    def __get__(self, row: _Row, owner: type | None = None) -> str: ...
    def __get__(self, row: _Row | None, owner: type | None = None) -> SealedText | str:
        if row is None:
            return self
        box: str = getattr(row, self.column)
        purpose, context = self._place(row)
        return ring().unseal(box, purpose=purpose, context=context).decode() if box else ""

    def __set__(self, row: _Row, value: str) -> None:
        purpose, context = self._place(row)
        box = ring().seal(value.encode(), purpose=purpose, context=context) if value else ""
        setattr(row, self.column, box)

    def _place(self, row: _Row) -> tuple[str, str]:
        purpose = f"{row._meta.db_table}|{self.column}"  # noqa: SLF001 - Django's public options API
        return purpose, f"{purpose}|{row.pk}"


_ring: KeyRing | None = None


def use(ring: KeyRing) -> None:
    """Make this the process's key ring; called once, as the settings are read."""
    global _ring  # noqa: PLW0603 - one ring a process, set at the door
    _ring = ring


def ring() -> KeyRing:
    """Return the process's key ring.

    :raises RuntimeError: none was set.
    """
    if _ring is None:
        raise RuntimeError("no key ring: nearer.config.settings sets one from NEARER_KEY_FILE")
    return _ring


@lru_cache(maxsize=256)  # one a key and purpose: a batch of rows is sealed for the same few
def _derived(key: bytes, purpose: str) -> bytes:
    return HKDFExpand(hashes.SHA256(), KEY_BYTES, purpose.encode()).derive(key)


def _fresh_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
