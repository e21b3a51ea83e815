"""The command says what it knows, and every foreseen failure is one sentence with a code that means something."""

from __future__ import annotations

import errno

import pytest
from django.core.management import CommandError, get_commands
from django.db import OperationalError, ProgrammingError

from nearer.config import cli, env
from nearer.config.failures import Exit, Failure
from nearer.config.sentences import failure_for
from nearer.foundation.sealing import KeyFileUnsafe


def test_help_names_every_word_and_every_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--help"]) == Exit.DONE
    said = capsys.readouterr().out
    assert all(f"  {word} " in said for word in cli.WORDS)
    assert all(meaning in said for meaning in cli.CODES.values())
    assert set(cli.CODES) == set(Exit)


def test_no_word_is_a_question_for_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([]) == Exit.DONE
    assert "usage: nearer" in capsys.readouterr().out


def test_every_word_has_its_command() -> None:
    assert {entry.command for entry in cli.WORDS.values()} <= set(get_commands())


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--version"]) == Exit.DONE
    assert capsys.readouterr().out.startswith("nearer 0.")


def test_a_slip_of_the_pen_gets_a_hint(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["docter"]) == Exit.USAGE
    assert "did you mean `nearer doctor`" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (CommandError("There is no such plan.", returncode=1), Exit.NOT_WELL, "There is no such plan."),
        (OperationalError("connection failed: no such host"), Exit.DATABASE, "check DATABASE_URL"),
        (ProgrammingError('relation "directory_plan" does not exist'), Exit.DATABASE, "nearer migrate"),
        (OSError(errno.ENOSPC, "No space left on device"), Exit.DISK_FULL, "free some space"),
        (FileNotFoundError(errno.ENOENT, "No such file or directory", "r.csv"), Exit.NOT_WELL, "r.csv: No such file"),
        (KeyFileUnsafe("keys.json must be readable by its owner alone"), Exit.SETTING, "owner alone."),
        (ZeroDivisionError("division by zero"), Exit.BROKEN, "NEARER_DEBUG=1"),
    ],
)
def test_each_error_is_a_sentence_with_the_way_out(error: Exception, code: Exit, says: str) -> None:
    failure = failure_for(error)
    assert says in str(failure)
    assert failure.code == code
    assert "\n" not in str(failure)


def test_an_unforeseen_error_does_not_repeat_what_it_was_about() -> None:
    assert "private" not in str(failure_for(ValueError("something private")))


def test_a_failure_is_told_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(arguments: list[str]) -> int:
        raise Failure("The kettle is empty: fill it.", Exit.SETTING)

    monkeypatch.setattr(cli, "_run", fail)
    assert cli.run(["serve"]) == Exit.SETTING
    assert capsys.readouterr().err == "The kettle is empty: fill it.\n"


def test_debug_shows_where_a_failure_came_from(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NEARER_DEBUG", "1")
    assert cli.run(["nothing"]) == Exit.USAGE
    assert "Traceback" in capsys.readouterr().err


def test_a_number_that_is_none_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEARER_MAIL_PORT", "twenty-five")
    with pytest.raises(env.SettingWrong, match="NEARER_MAIL_PORT must be a whole number"):
        env.number("NEARER_MAIL_PORT", 25)


def test_a_database_url_that_is_none_is_a_sentence_without_its_password() -> None:
    with pytest.raises(env.SettingWrong) as failure:
        env.database("postgresql//nearer:hunter2@db/nearer")
    assert "hunter2" not in str(failure.value)


def test_a_database_url_becomes_the_frameworks_settings() -> None:
    settings = env.database("postgresql://me:secret@10.0.0.5:5433/site?sslmode=require")
    assert settings["HOST"] == "10.0.0.5"
    assert settings["PORT"] == "5433"
    assert settings["NAME"] == "site"
    assert settings["OPTIONS"]["sslmode"] == "require"
