"""The `nearer` command: a thin table from an operator's word to the command of a room."""

from __future__ import annotations

import difflib
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from types import FrameType

from nearer.config.failures import Exit, Failure


@dataclass(frozen=True)
class Word:
    """One word of the table: which command it means, whether that needs a running database, and real mail."""

    command: str
    says: str
    database: bool = True
    demonstration: bool = False


WORDS = {
    "demo": Word("demo", "Build a demonstration network, serve it and say where", demonstration=True),
    "serve": Word("serve", "Serve the site"),
    "worker": Word("worker", "Send what is due and keep the search fresh"),
    "migrate": Word("upgrade_database", "Bring the database to this version"),
    "invite": Word("invite", "Let somebody sign in: the first operator, who lets in the others"),
    "import": Word("import_directory", "Read therapists, plans and contracts from a source"),
    "match": Word("match", "Answer a request in the terminal, as the web page would"),
    "shop": Word("shop", "Send the secret shopper: can every time that is shown be held?"),
    "library": Word("library", "Load the articles, check the ledger and signatures, expire, ask the links"),
    "doctor": Word("doctor", "Say what is wrong with this installation, and the way out", database=False),
    "bench": Word("bench", "Measure, and say whether the figures are reached"),
}

CODES = {
    Exit.DONE: "done",
    Exit.NOT_WELL: "done, and the answer is no: something is not well, or was not found",
    Exit.USAGE: "the command was not understood",
    Exit.DATABASE: "the database can't be reached, is too old or not up to date",
    Exit.PORT_TAKEN: "the port is taken",
    Exit.DISK_FULL: "the disk is full",
    Exit.SETTING: "a setting is missing, wrong or unsafe",
    Exit.BROKEN: "something nobody foresaw",
    Exit.INTERRUPTED: "interrupted",
}


def main() -> None:
    """Run `nearer` as the terminal's command."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command; return its exit code. Every foreseen failure is one sentence."""
    try:
        return _run(list(arguments))
    except Failure as failure:
        return _complain(str(failure), failure.code)
    except KeyboardInterrupt:
        return _complain("Interrupted.", Exit.INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output has had enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    except Exception as error:  # noqa: BLE001 - the last door: nobody is shown a traceback unasked
        from nearer.config.sentences import failure_for  # only on the way out

        foreseen = failure_for(error)
        return _complain(str(foreseen), foreseen.code)


def overview() -> str:
    """Return what `nearer --help` says."""
    words = "\n".join(f"  {word:<9} {entry.says}" for word, entry in WORDS.items())
    codes = "\n".join(f"  {int(code):>3}  {meaning}" for code, meaning in CODES.items())
    return (
        "Nearer: from a first honest question about closeness to a first appointment.\n\n"
        "usage: nearer WORD [options]     nearer WORD --help says more\n\n"
        f"{words}\n\n"
        "The database is the one that DATABASE_URL names; without it, an embedded one in NEARER_HOME.\n"
        "NEARER_DEBUG=1 shows where a failure came from. docs/operating.md lists every setting.\n\n"
        f"exit codes:\n{codes}\n"
    )


def _run(arguments: list[str]) -> int:
    word = arguments[0] if arguments else "--help"
    if word in {"--help", "-h", "help"}:
        sys.stdout.write(overview())
        return Exit.DONE
    if word == "--version":
        sys.stdout.write(f"nearer {version('nearer')}\n")
        return Exit.DONE
    if word not in WORDS:
        near = difflib.get_close_matches(word, WORDS, n=1)
        hint = f"did you mean `nearer {near[0]}`?" if near else "`nearer --help` lists what it knows."
        raise Failure(f"nearer knows no “{word}”: {hint}", Exit.USAGE)
    return _execute(word, arguments[1:])


def _execute(word: str, arguments: list[str]) -> int:
    """Run a word's command, with a database where it needs one."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "nearer.config.settings"
    signal.signal(signal.SIGTERM, _interrupt)
    if WORDS[word].demonstration:
        os.environ["NEARER_DEMO"] = "1"
    wants_help = not {"--help", "-h"}.isdisjoint(arguments)
    with ExitStack() as until_the_end:
        if WORDS[word].database and not wants_help and not os.environ.get("DATABASE_URL"):
            from nearer.config import embedded, env  # only where there is no other database

            server = until_the_end.enter_context(embedded.running(env.home()))
            os.environ["DATABASE_URL"] = server.url
        return _call(word, arguments)


def _call(word: str, arguments: list[str]) -> int:
    """Find the command, read its options, execute it; the words before them are `nearer WORD`."""
    import django  # slow to import: not for --help and --version
    from django.core.management import get_commands, load_command_class
    from django.db import connections

    from nearer.config.command import DJANGO_OPTIONS

    django.setup()
    app = get_commands().get(WORDS[word].command)
    if app is None:
        raise Failure(f"This version can't `nearer {word}` yet.", Exit.USAGE)
    command = load_command_class(str(app), WORDS[word].command)
    command.suppressed_base_arguments = set(DJANGO_OPTIONS)
    command.requires_system_checks = []
    setattr(command, "_called_from_command_line", True)  # noqa: B010 - its parser then speaks to a terminal
    parser = command.create_parser("nearer", word)
    options = vars(parser.parse_args(arguments))
    positional = options.pop("args", ())
    try:
        command.execute(*positional, **options)
    finally:
        connections.close_all()
    return Exit.DONE


def _interrupt(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the shape of a handler
    raise KeyboardInterrupt


def _complain(sentence: str, code: int) -> int:
    if os.environ.get("NEARER_DEBUG") == "1" and code != Exit.INTERRUPTED:
        traceback.print_exc()
    sys.stderr.write(sentence + "\n")
    return int(code)
