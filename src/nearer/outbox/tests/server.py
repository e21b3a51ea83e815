"""A real mail server on loopback, and what it accepted; it may seal its connections, ask who one is, or fail."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from threading import Lock
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

logging.getLogger("mail.log").setLevel(logging.WARNING)  # it tells of every line of every dialogue

USER, PASSWORD = "nearer", "a long secret"


class Mailbox:
    """What the server said yes to. `answers` are what it says to the next letters instead of yes, in order."""

    def __init__(self, *answers: str, pause: float = 0) -> None:
        self.accepted: list[EmailMessage] = []
        self.sealed: list[bool] = []
        self.answers = list(answers)
        self.pause = pause
        self._lock = Lock()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        content = envelope.original_content or b""
        with self._lock:
            answer = self.answers.pop(0) if self.answers else "250 OK"
            if answer == "hang up":
                assert isinstance(server.transport, asyncio.WriteTransport)
                server.transport.abort()
                return "421 gone"
            if answer.startswith("250"):
                self.sealed.append(session.ssl is not None)
                self.accepted.append(message_from_bytes(content, policy=policy.default))
        if self.pause:
            await asyncio.sleep(self.pause)  # the yes is on its way for a while: who dies now never hears it
        return answer

    def ids(self) -> list[str]:
        """Return the Message-IDs that were accepted."""
        return [str(message["Message-ID"]) for message in self.accepted]


@contextmanager
def mail_server(box: Mailbox, *, authority: ssl.SSLContext | None = None, **options: Any) -> Iterator[int]:
    """Serve mail into this box on a free port of loopback; with an authority, only over STARTTLS and signed in."""
    if authority is not None:
        options |= {
            "tls_context": authority,
            "require_starttls": True,
            "auth_required": True,
            "authenticator": _known,
        }
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    controller = Controller(box, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """Return a fresh certificate for 127.0.0.1, as a file to trust, and the context that shows it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    shown, secret = folder / "certificate.pem", folder / "key.pem"
    shown.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(shown, secret)
    return shown, context


def _known(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, who: Any) -> AuthResult:
    is_known = isinstance(who, LoginPassword) and (who.login, who.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_known)
