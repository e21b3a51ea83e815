"""Who PostgreSQL runs as. It refuses to run as root, and rightly."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NAME = "nearer"


@dataclass(frozen=True)
class Account:
    """A user of this machine without rights of its own."""

    name: str
    uid: int
    gid: int

    def own(self, path: Path) -> None:
        os.chown(path, self.uid, self.gid)

    def can_enter(self, folder: Path) -> bool:
        """Tell whether this account can walk down to a folder that exists."""
        return all(self._may_pass(step) for step in (folder, *folder.parents))

    def _may_pass(self, folder: Path) -> bool:
        facts = folder.stat()
        if facts.st_uid == self.uid:
            return bool(facts.st_mode & stat.S_IXUSR)
        return bool(facts.st_mode & (stat.S_IXGRP if facts.st_gid == self.gid else stat.S_IXOTH))


def database_account() -> Account | None:
    """Return the unprivileged account for the server, or None when we are unprivileged ourselves."""
    if os.geteuid() != 0:
        return None
    return _find(NAME) or _create() or _find("nobody")


def as_account(account: Account | None) -> dict[str, Any]:
    """Return what `subprocess` needs to run a program as this account."""
    return {} if account is None else {"user": account.uid, "group": account.gid, "extra_groups": []}


def _find(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(name, entry.pw_uid, entry.pw_gid)


def _create() -> Account | None:
    useradd = shutil.which("useradd")
    if useradd is None:
        return None
    nologin = shutil.which("nologin") or "/bin/false"
    command = [useradd, "--system", "--user-group", "--no-create-home", "--shell", nologin, NAME]
    subprocess.run(command, check=False, capture_output=True)  # noqa: S603
    return _find(NAME)
