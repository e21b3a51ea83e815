"""What to say about errors that other programs raise."""

from __future__ import annotations

import errno

from django.core.management import CommandError
from django.db import OperationalError, ProgrammingError

from nearer.config.failures import Exit, Failure
from nearer.foundation.sealing import KeyFileUnsafe


def failure_for(error: Exception) -> Failure:
    """Return the failure to tell an operator about: one sentence with the way out, and an exit code."""
    match error:
        case CommandError():
            failure = Failure(str(error), error.returncode)
        case KeyFileUnsafe():
            failure = Failure(f"{error}.", Exit.SETTING)
        case OperationalError():
            failure = Failure(_unreachable(error), Exit.DATABASE)
        case ProgrammingError() if "does not exist" in str(error):
            failure = Failure("The database is not that of this version: run `nearer migrate`.", Exit.DATABASE)
        case OSError() if error.errno == errno.ENOSPC:
            failure = Failure("The disk is full: free some space, then run the same again.", Exit.DISK_FULL)
        case OSError() if error.filename:
            failure = Failure(f"{error.filename}: {error.strerror}.")
        case _:
            failure = Failure(_unforeseen(error), Exit.BROKEN)
    return failure


def reason_in(error: OperationalError) -> str:
    """Return the driver's first line: it names the server and the role, never the password."""
    lines = str(error).strip().splitlines() or ["no reason given"]
    return lines[0].removeprefix("connection failed: ").strip()


def _unreachable(error: OperationalError) -> str:
    return f"The database can't be reached ({reason_in(error)}): check DATABASE_URL, then run `nearer doctor`."


def _unforeseen(error: Exception) -> str:
    return (
        f"Something went wrong that nobody foresaw ({type(error).__name__}): "
        "run the same with NEARER_DEBUG=1 to see where, and please report it."
    )
