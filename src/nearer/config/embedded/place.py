"""Where the embedded server keeps its things, and who may reach them."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from psycopg.conninfo import make_conninfo

from nearer.config.embedded.account import Account, database_account
from nearer.config.failures import Exit, Failure

PORT = 5432
ROLE = DATABASE = "nearer"
# A socket's whole path must fit into 104 bytes on macOS and 108 on Linux.
LONGEST_SOCKET = 103
ROOM_TO_BEGIN, ROOM_TO_RUN = 300_000_000, 50_000_000


@dataclass(frozen=True)
class Place:
    """One installation's server: `base` is ours; `data` and the socket's folder are the server's account's."""

    base: Path
    account: Account | None

    @property
    def data(self) -> Path:
        return self.base / "data"

    @property
    def exists(self) -> bool:
        return (self.data / "PG_VERSION").exists()

    @property
    def password(self) -> str:
        """Return the password; FileNotFoundError before the first start."""
        return (self.base / "password").read_text().strip()

    @property
    def socket_folder(self) -> str:
        """Return where the socket is, as the first start chose it; empty before that."""
        note = self.base / "socket"
        return note.read_text().strip() if note.exists() else ""

    @property
    def url(self) -> str:
        """Return the libpq connection string; FileNotFoundError before the first start."""
        return make_conninfo(host=self.socket_folder, port=PORT, user=ROLE, password=self.password, dbname=DATABASE)

    def prepare(self) -> None:
        """Make the folders and the password, each open to nobody else."""
        self.base.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.base.chmod(0o700 if self.account is None else 0o711)
        self._check_room()
        secret = self.base / "password"
        if not secret.exists():
            _write_private(secret, secrets.token_urlsafe(32))
        folder = self._socket_folder()
        self.private(folder)
        _write_private(self.base / "socket", str(folder))

    def tidy(self) -> None:
        """Remove the socket's folder where it had to be outside our own."""
        folder = Path(self.socket_folder)
        if folder.parent != self.base:
            with suppress(OSError):
                folder.rmdir()

    def private(self, folder: Path) -> None:
        """Make a folder that the server's account alone can enter."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.account is not None:
            self.account.own(folder)
        owner = os.geteuid() if self.account is None else self.account.uid
        facts = folder.lstat()
        if folder.is_symlink() or facts.st_uid != owner:
            raise Failure(f"The folder {folder} belongs to somebody else: remove it, then start again.", Exit.DATABASE)
        folder.chmod(0o700)

    def _socket_folder(self) -> Path:
        folder = self.base / "run"
        if len(os.fsencode(folder / f".s.PGSQL.{PORT}.lock")) <= LONGEST_SOCKET:
            return folder
        runtime = os.environ.get("XDG_RUNTIME_DIR") if self.account is None else None
        return Path(runtime or "/tmp") / f"nearer-{_mark(self.base)}"  # noqa: S108

    def _check_room(self) -> None:
        needed = ROOM_TO_RUN if self.exists else ROOM_TO_BEGIN
        free = shutil.disk_usage(self.base).free
        if free < needed:
            raise Failure(
                f"The disk that holds {self.base} has {free // 1_000_000} MB left and the database needs "
                f"{needed // 1_000_000} MB: free some space, or set NEARER_HOME to a folder on another disk.",
                Exit.DISK_FULL,
            )


def place_of(home: Path) -> Place:
    """Return the place of the installation that lives in `home`.

    Started as root, the server runs as an account of its own. Where that account can't reach
    `home`, its place is under /var/lib instead, under a name derived from `home`.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failure(f"{home} can't be made ({error.strerror}): set NEARER_HOME to a folder of yours.") from error
    account = database_account()
    if account is None or account.can_enter(home):
        return Place(home / "postgres", account)
    return Place(Path("/var/lib/nearer/elsewhere") / _mark(home) / "postgres", account)


def _mark(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _write_private(path: Path, text: str) -> None:
    """Write a file that its owner alone can read, whole or not at all."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text + "\n")
    draft.replace(path)
