"""Signatures that only whoever holds the key file can make: Ed25519 (RFC 8032), a key of its own for each purpose.

The signing key is derived from a named key of the ring, so there is no second secret to keep, and a signature made
before the ring's keys were changed is still checked with the key it names.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from nearer.foundation import sealing


@dataclass(frozen=True, slots=True)
class Signature:
    """`value` in base64; `key_id` says which key of the ring made it, and the first digits of its public half."""

    key_id: str
    value: str


def sign(text: str, *, purpose: str) -> Signature:
    """Sign a text with the key in force."""
    ring = sealing.ring()
    key = _private(ring, ring.active, purpose)
    message = _message(text, purpose)
    return Signature(_key_id(ring.active, key.public_key()), base64.b64encode(key.sign(message)).decode())


def is_valid(text: str, signature: Signature, *, purpose: str) -> bool:
    """Tell whether this signature over this text, for this purpose, was made with a key of this installation."""
    return _is_valid(sealing.ring().index, text, signature, purpose)


def public_key(*, purpose: str) -> str:
    """Return the public half of the key in force, in base64, for whoever wants to check signatures elsewhere."""
    ring = sealing.ring()
    public = _private(ring, ring.active, purpose).public_key()
    return base64.b64encode(public.public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def seal(text: str, *, purpose: str) -> str:
    """Return 64 hex digits that nobody without the key file can make for a text (HMAC-SHA256)."""
    return hmac.new(sealing.ring().seed("", purpose=f"seal|{purpose}"), text.encode(), hashlib.sha256).hexdigest()


@lru_cache(maxsize=4096)
def _is_valid(ring_id: bytes, text: str, signature: Signature, purpose: str) -> bool:  # noqa: ARG001 - part of the key
    """Check once: the answer for the same ring, text and signature never changes."""
    ring = sealing.ring()
    name = signature.key_id.rpartition("-")[0]
    if name not in ring.keys:
        return False
    public = _private(ring, name, purpose).public_key()
    if _key_id(name, public) != signature.key_id:
        return False
    try:
        public.verify(base64.b64decode(signature.value, validate=True), _message(text, purpose))
    except (InvalidSignature, ValueError):
        return False
    return True


def _private(ring: sealing.KeyRing, name: str, purpose: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(ring.seed(name, purpose=f"sign|{purpose}"))


def _key_id(name: str, public: Ed25519PublicKey) -> str:
    return f"{name}-{public.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()[:12]}"


def _message(text: str, purpose: str) -> bytes:
    return f"{purpose}\n{text}".encode()
