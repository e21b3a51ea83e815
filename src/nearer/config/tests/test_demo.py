"""The demonstration starts, is found by other commands, and leaves nothing behind however it ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pytest

from nearer.config.failures import Exit

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for leftovers in /proc")


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """Return a home in which a small network was built."""
    folder = Path(mkdtemp(prefix="nearer-demo-"))
    folder.chmod(0o711)
    built = nearer(folder, "demo", "--build-only", "--therapists", "40")
    assert built.returncode == 0, built.stderr
    yield folder
    subprocess.run(["rm", "-rf", folder], check=True)


def surroundings(home: Path) -> dict[str, str]:
    ours = {"DATABASE_URL", "NEARER_DEMO", "PYTEST_XDIST_WORKER", "DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return {**kept, "NEARER_HOME": str(home)}


def nearer(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nearer.config", *arguments]
    return subprocess.run(command, env=surroundings(home), capture_output=True, text=True, timeout=180, check=False)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def demonstration(home: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """Have the demonstration running until the block ends, whatever the block does with it."""
    command = [sys.executable, "-m", "nearer.config", "demo", "--therapists", "40", "--port", str(port)]
    demo = subprocess.Popen(command, env=surroundings(home), stderr=subprocess.PIPE, text=True)
    assert demo.stderr is not None
    said = ""
    for line in demo.stderr:
        said += line
        if "Ctrl-C stops everything" in line:
            break
    else:
        pytest.fail(said)
    try:
        yield demo
    finally:
        demo.kill()
        demo.wait()
        await_nothing_of(home)
        demo.stderr.close()


def living(home: Path) -> list[str]:
    """Return the command lines of processes that were started for this home, and of its server."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            environment = (process / "environ").read_bytes()
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if f"NEARER_HOME={home}".encode() in environment and command:
            found.append(command)
    return found


def await_nothing_of(home: Path) -> None:
    for _ in range(600):
        if not (left := living(home)):
            return
        time.sleep(0.05)
    pytest.fail(f"left behind: {left}")


def test_ctrl_c_stops_everything_in_order(home: Path) -> None:
    with demonstration(home, free_port()) as demo:
        assert len(living(home)) >= 4  # itself, web server, worker, database
        demo.send_signal(signal.SIGINT)
        assert demo.wait(60) == 0
        await_nothing_of(home)


def test_nothing_outlives_a_demonstration_that_was_killed(home: Path) -> None:
    with demonstration(home, free_port()) as demo:
        demo.kill()
        demo.wait()
        await_nothing_of(home)


def test_other_commands_find_the_running_database_and_the_worker(home: Path) -> None:
    port = free_port()
    with demonstration(home, port):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=20) as answer:
            assert json.load(answer) == {"database": "ok"}
        findings = {each["about"]: each for each in json.loads(nearer(home, "doctor", "--json").stdout)["findings"]}
        assert findings["database"]["verdict"] == "well"
        assert findings["worker"]["verdict"] == "well"
        assert findings["migrations"]["verdict"] == "well"
        assert nearer(home, "migrate").stderr == "The database is up to date.\n"


def test_a_second_demonstration_on_the_same_port_says_which_is_free(home: Path) -> None:
    port = free_port()
    with demonstration(home, port):
        second = nearer(home, "demo", "--port", str(port))
        assert second.returncode == Exit.PORT_TAKEN
        assert second.stderr.startswith(f"Port {port} is taken by another program: try `--port ")


def test_the_worker_does_what_is_due_and_stops(home: Path) -> None:
    assert nearer(home, "worker", "--once").returncode == 0


def test_a_site_whose_database_lacks_steps_says_so(tmp_path: Path) -> None:
    empty = Path(mkdtemp(prefix="nearer-empty-"))
    empty.chmod(0o711)
    refused = nearer(empty, "worker")
    assert refused.returncode == Exit.DATABASE
    assert "nearer migrate" in refused.stderr
    subprocess.run(["rm", "-rf", empty], check=True)


def test_the_doctor_looks_without_making_a_database(tmp_path: Path) -> None:
    seen = nearer(tmp_path, "doctor")
    assert seen.returncode == Exit.NOT_WELL
    assert "There is no database yet" in seen.stdout
    assert not (tmp_path / "postgres").exists()
