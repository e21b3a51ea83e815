"""The embedded PostgreSQL: a server of this installation's own, when `DATABASE_URL` is unset.

Read `place` (where things lie and who may reach them), `binaries` (the PostgreSQL that came with the package),
`cluster` (making the data directory), `postmaster` (starting, waiting for and stopping the server), and `server`
(one owner at a time; everybody else connects).
"""

from __future__ import annotations

from nearer.config.embedded.server import Server, running

__all__ = ["Server", "running"]
