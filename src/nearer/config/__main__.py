"""Lets `python -m nearer.config` be the `nearer` command, for children of a running one."""

from __future__ import annotations

from nearer.config.cli import main

main()
