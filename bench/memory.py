"""How much memory one web process takes once it has answered in every state: at this network's size, and at a million.

The process is the site itself, loaded as the web server loads it. At a million (`--full`) its pools are made in the
process rather than read: the same rows, the same columns, spread over the states like people.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

LIMITS = {"10,000": 250, "1,000,000": 900}


def run(*, full: bool = False) -> dict[str, Any]:
    """Measure in a process of its own, which has nothing else in memory."""
    figures = {}
    for size in LIMITS if full else ["10,000"]:
        command = [sys.executable, "-m", "bench._web_process", size.replace(",", "")]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True, cwd=Path(__file__).parents[1])
        figures |= {f"{size}: {what}": value for what, value in json.loads(done.stdout).items()}
    reached = {what: limit for size, limit in LIMITS.items() if (what := f"{size}: web process, MB") in figures}
    return {
        "figures": figures,
        "reach": {what: f"<= {limit}" for what, limit in reached.items()},
        "met": {what: figures[what] <= limit for what, limit in reached.items()},
    }
