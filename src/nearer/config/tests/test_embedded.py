"""The embedded server keeps its data, harms nobody, and is there for every process of the installation."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import psycopg
import pytest
from psycopg import sql

from nearer.config.embedded import Server, running
from nearer.config.embedded.account import Account
from nearer.config.embedded.place import Place
from nearer.config.failures import Exit, Failure

OWNER = """
import sys, time
from pathlib import Path
from nearer.config.embedded import Server
server = Server(Path(sys.argv[1]))
server.start()
print(server._process.pid if server.is_ours else 0, flush=True)
time.sleep(600)
"""


@pytest.fixture
def home() -> Iterator[Path]:
    """Return a home that an unprivileged account could reach; pytest's own temporary folders can't be."""
    folder = Path(mkdtemp(prefix="nearer-embedded-"))
    folder.chmod(0o711)
    yield folder
    subprocess.run(["rm", "-rf", folder], check=True)


def owner_in_another_process(home: Path) -> tuple[subprocess.Popen[str], int]:
    owner = subprocess.Popen([sys.executable, "-c", OWNER, str(home)], stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None
    return owner, int(owner.stdout.readline())


def dismiss(owner: subprocess.Popen[str], how: signal.Signals = signal.SIGKILL) -> None:
    owner.send_signal(how)
    owner.communicate()


def remember(url: str, number: int) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (number int)")
        connection.execute("INSERT INTO kept VALUES (%s)", [number])


def recall(url: str) -> list[int]:
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute("SELECT number FROM kept ORDER BY 1")]


def await_end(pid: int) -> None:
    """Wait until a process is gone or a zombie; its new parent may not have buried it yet."""
    for _ in range(400):
        state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
        if not state.stdout.strip() or state.stdout.startswith("Z"):
            return
        time.sleep(0.05)
    pytest.fail("the database outlived its owner")


def test_it_starts_stops_and_keeps_its_data(home: Path) -> None:
    for number in (1, 2):
        with running(home) as server:
            assert server.is_ours
            remember(server.url, number)
        assert not server.is_running
    with running(home) as server:
        assert recall(server.url) == [1, 2]


def test_nothing_committed_is_lost_when_the_owner_is_killed(home: Path) -> None:
    owner, postmaster = owner_in_another_process(home)
    remember(Server(home).url, 7)
    dismiss(owner)
    with running(home) as server:
        assert server.is_ours
        assert recall(server.url) == [7]
    await_end(postmaster)


def test_the_database_dies_with_its_owner(home: Path) -> None:
    owner, postmaster = owner_in_another_process(home)
    dismiss(owner)
    await_end(postmaster)


def test_a_second_process_connects_and_leaves_the_server_running(home: Path) -> None:
    owner, _ = owner_in_another_process(home)
    with running(home) as server:
        assert not server.is_ours
        remember(server.url, 3)
    assert server.is_running
    dismiss(owner)


def test_a_program_that_inherited_the_old_number_is_left_in_peace(home: Path) -> None:
    with running(home) as server:
        remember(server.url, 5)
        account = server.place.account
    innocent = subprocess.Popen(["sleep", "600"], user=account.uid if account else None)
    pid_file = server.place.data / "postmaster.pid"
    pid_file.write_text(f"{innocent.pid}\n{server.place.data}\n1700000000\n5432\n\n\n0 0\n")
    if account:
        account.own(pid_file)
    with running(home) as again:
        assert recall(again.url) == [5]
    assert innocent.poll() is None
    innocent.kill()
    innocent.wait()


def test_a_server_killed_outright_recovers(home: Path) -> None:
    owner, postmaster = owner_in_another_process(home)
    remember(Server(home).url, 9)
    os.kill(postmaster, signal.SIGKILL)
    dismiss(owner)
    with running(home) as server:
        assert recall(server.url) == [9]


def test_nobody_else_can_read_the_password_or_enter_the_data(home: Path) -> None:
    with running(home) as server:
        place = server.place
        assert stat.S_IMODE((place.base / "password").stat().st_mode) == 0o600
        assert stat.S_IMODE(place.data.stat().st_mode) == 0o700
        assert stat.S_IMODE((place.base / "run").stat().st_mode) == 0o700


def test_a_wrong_password_is_not_let_in(home: Path) -> None:
    with running(home) as server, pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(server.url.replace(server.place.password, "wrong"))


def test_the_sites_role_owns_its_database_and_is_no_superuser(home: Path) -> None:
    with running(home) as server, psycopg.connect(server.url) as connection:
        assert connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone() == (False,)
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier("mine")))


def test_a_very_long_home_gets_its_socket_elsewhere(home: Path) -> None:
    deep = home / ("d" * 60) / ("e" * 60)
    with running(deep) as server:
        assert server.is_running


@pytest.mark.skipif(os.geteuid() != 0, reason="anybody else runs the programs where they are")
def test_programs_that_the_account_cannot_reach_are_put_where_it_can(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Account, "can_enter", lambda account, folder: "site-packages" not in folder.parts)
    with running(home) as server:
        assert (server.place.base / "programs-18").is_dir()
    with running(home) as server:
        remember(server.url, 4)
        assert recall(server.url) == [4]


@pytest.mark.skipif(os.geteuid() != 0, reason="anybody else reaches their own home")
def test_a_home_that_the_account_cannot_reach_has_its_server_elsewhere(home: Path) -> None:
    home.chmod(0o700)
    with running(home) as server:
        assert not server.place.base.is_relative_to(home)
    subprocess.run(["rm", "-rf", server.place.base.parent], check=True)


def test_a_home_that_cannot_be_made_is_one_sentence() -> None:
    with pytest.raises(Failure, match="set NEARER_HOME"):
        Server(Path("/dev/null/home"))


def test_a_full_disk_is_one_sentence(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nearer.config.embedded.place.ROOM_TO_BEGIN", 10**18)
    with pytest.raises(Failure, match="free some space") as failure:
        Server(home).start()
    assert failure.value.code == Exit.DISK_FULL


def test_data_of_another_version_is_refused(home: Path) -> None:
    with running(home) as server:
        place: Place = server.place
    (place.data / "PG_VERSION").write_text("14\n")
    with pytest.raises(Failure, match="PostgreSQL 14"):
        server.start()
