"""The order of the examination: what needs the database waits until it is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings

from nearer.config import embedded, env
from nearer.config.doctor import data, machine, people, running
from nearer.config.doctor.findings import Finding, Verdict, problem
from nearer.config.failures import Failure

MACHINE = (machine.python, machine.time_zones, machine.disk, machine.keys, machine.https, machine.contact)
DATA = (data.door, data.extensions, data.clocks, data.connections, data.migrations)
RUNNING = (
    running.policy,
    people.staff,
    running.worker,
    running.failed_jobs,
    running.mail,
    running.reminders,
    running.crisis_lines,
)


def examine(*, tests: bool) -> Iterator[Finding]:
    """Yield one finding after another; with `tests`, also what only the tests need."""
    yield from (look() for look in MACHINE)
    if tests:
        yield machine.browser()
    try:
        with _database():
            yield from _of_the_database()
    except Failure as failure:
        yield problem("database", str(failure), "")


def _of_the_database() -> Iterator[Finding]:
    first = data.reachable()
    yield first
    if first.verdict == Verdict.PROBLEM:
        return
    looks: list[Callable[[], Finding]] = [*DATA]
    for look in looks:
        finding = look()
        yield finding
    if finding.verdict == Verdict.PROBLEM:
        return  # without its tables, the rest would only stumble
    yield from (look() for look in RUNNING)


@contextmanager
def _database() -> Iterator[None]:
    """Have the embedded server running where it is the one in use. A look makes no new one."""
    if env.text("DATABASE_URL"):
        yield
        return
    server = embedded.Server(settings.NEARER_HOME)
    if not server.place.exists:
        raise Failure("There is no database yet: run `make demo`, `nearer migrate`, or set DATABASE_URL.")
    server.start()
    settings.DATABASES["default"].update(env.database(server.url))
    try:
        yield
    finally:
        server.stop()
