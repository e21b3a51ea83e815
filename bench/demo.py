"""How long `make demo` takes from nothing with packages cached, and how long the demo network alone."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench._site import HOST, free_port

ROOT = Path(__file__).resolve().parents[1]
REACH = {"make demo from nothing, s": 120, "make demo again, s": 15, "the demo network alone, s": 60}
MARK = "Building a demonstration network"


def run() -> dict[str, Any]:
    """Clone the last commit into an empty folder and follow the README there, twice."""
    with TemporaryDirectory(prefix="nearer-bench-") as folder:
        Path(folder).chmod(0o755)
        checkout = Path(folder, "nearer")
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(checkout)], check=True)
        first, network = make_demo(checkout)
        again, _ = make_demo(checkout)
    figures = dict(zip(REACH, (round(first, 1), round(again, 1), round(network, 1)), strict=True))
    return {
        "figures": figures,
        "reach": {what: f"<= {seconds}" for what, seconds in REACH.items()},
        "met": {what: figures[what] <= seconds for what, seconds in REACH.items()},
    }


def make_demo(checkout: Path) -> tuple[float, float]:
    """Return the seconds until the site answers, and those that building the network took."""
    port = free_port()
    environment = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "VIRTUAL_ENV"}}
    environment["NEARER_HOME"] = str(checkout / "var")
    began = time.monotonic()
    demo = subprocess.Popen(
        ["make", "demo", f"DEMO=--port {port}"],
        cwd=checkout,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    network = _network_seconds(demo)
    while not _answers(port):
        if demo.poll() is not None:
            raise SystemExit(f"make demo gave up with code {demo.returncode}.")
        time.sleep(0.1)
    took = time.monotonic() - began
    os.killpg(demo.pid, signal.SIGINT)
    demo.communicate()
    return took, network


def _network_seconds(demo: subprocess.Popen[str]) -> float:
    """Read what the demo says until it is ready; return how long the network took, 0 when it was kept."""
    assert demo.stderr is not None
    began = None
    for line in demo.stderr:
        if MARK in line:
            began = time.monotonic()
        if line.startswith("Ready after"):
            break
    return 0.0 if began is None else time.monotonic() - began


def _answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=5).close()
    except (urllib.error.URLError, OSError):
        return False
    return True
