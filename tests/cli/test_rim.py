from __future__ import annotations

import inspect
import re
import signal
from pathlib import Path

import pytest
from rich.console import Console

from assistant import __version__, errors
from assistant.cli import exits
from assistant.cli.bars import lines, stage_name
from assistant.cli.terminal import Terminal, printable
from assistant.records import Progress
from assistant.wording import Wording

from .conftest import Run, json_of, process

COMMANDS = (
    ("models", "pull"),
    ("models", "status"),
    ("ingest",),
    ("library", "list"),
    ("library", "show"),
    ("library", "remove"),
    ("search",),
    ("draft",),
    ("check",),
    ("ignore",),
    ("rules",),
    ("commitments",),
    ("indicators",),
    ("outline",),
    ("repair",),
    ("demo",),
)


def test_version(run: Run) -> None:
    assert run("--version").stdout == f"{__version__}\n"
    assert json_of(run("--version", "--json"))["release"] == __version__


def test_no_command_shows_the_commands(run: Run) -> None:
    result = run()
    assert result.exit_code == 0
    assert all(names[0] in result.stdout for names in COMMANDS)


@pytest.mark.parametrize("names", COMMANDS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_has_help_in_both_languages(run: Run, names: tuple[str, ...], language: str) -> None:
    result = run(*names, "--help", "--lang", language)
    assert result.exit_code == 0
    assert ".help" not in result.stdout
    assert {"--json", "--lang", "--debug"} <= set(result.stdout.split())
    assert ("显示这段说明" in result.stdout) == (language == "zh")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("serch",), "没有“serch”这个命令"),
        (("library", "shw"), "没有“shw”这个命令"),
        (("search", "问题", "--bad"), "没有“--bad”这个选项"),
        (("search",), "缺少必填项“QUESTION”"),
        (("search", "问题", "--year", "去年"), "“--year”的值不能使用"),
        (("search", "问题", "--limit", "0"), "“--limit”的值不能使用"),
        (("search", "问题", "--kind", "novel"), "“--kind”的值不能使用"),
        (("library",), "命令的写法不对"),
    ],
)
def test_usage_errors_are_told_and_coded(run: Run, arguments: tuple[str, ...], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == exits.USAGE
    assert words in result.stderr
    assert "代码：usage" in result.stderr
    assert not result.stdout


def test_usage_errors_in_english_and_as_json(run: Run) -> None:
    assert "There is no command “serch”" in run("serch", "--lang", "en").stderr
    payload = json_of(run("serch", "--json"))
    assert payload["error"]["code"] == "usage"
    assert payload["error"]["exit"] == exits.USAGE


def test_an_unusable_setting_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_CHAT_TIMEOUT", "soon")
    result = run("library", "list")
    assert result.exit_code == exits.SETTINGS
    assert "ASSISTANT_CHAT_TIMEOUT" in result.stderr
    assert "代码：settings.invalid" in result.stderr


def test_language_comes_from_the_settings(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_LANGUAGE", "en")
    assert "Error: " in run("library", "show", "0000").stderr
    assert "错误：" in run("library", "show", "0000", "--lang", "zh").stderr


def test_every_error_class_has_an_exit_code_of_its_branch() -> None:
    classes = [
        one
        for _, one in inspect.getmembers(errors, inspect.isclass)
        if issubclass(one, errors.AssistantError) and one is not errors.AssistantError
    ]
    codes = {one.__name__: exits.exit_code(one()) for one in classes}
    assert exits.INTERNAL not in codes.values()
    assert codes["FactsInvalid"] == exits.INPUT
    assert codes["ModelMissing"] == exits.MODEL
    assert codes["ArchiveReadOnly"] == exits.ARCHIVE
    assert codes["ExportError"] == exits.EXPORT
    assert codes["SettingsInvalid"] == exits.SETTINGS


def test_an_unforeseen_error_is_coded_without_a_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.service import models

    def broken(settings: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(models, "in_use", broken)
    result = run("models", "status")
    assert result.exit_code == exits.INTERNAL
    assert "程序内部出错（ZeroDivisionError）" in result.stderr
    assert "Traceback" not in result.stderr
    assert "Traceback" in run("models", "status", "--debug").stderr


def test_ctrl_c_ends_with_130_and_a_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.service import models

    def interrupted(settings: object) -> None:
        signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(models, "in_use", interrupted)
    result = run("models", "status")
    assert result.exit_code == exits.INTERRUPTED
    assert "已停止" in result.stderr


def test_control_signs_never_reach_the_terminal() -> None:
    assert printable("a\x1b[31mb\u202ec\n\td") == "a\ufffd[31mb\ufffdc\n\td"


def test_plain_progress_tells_each_tenth_once(capsys: pytest.CaptureFixture[str]) -> None:
    wording = Wording("assistant.cli", "messages.yaml", "zh")
    with lines(Console(width=80), wording) as report:
        for done in range(101):
            report(Progress("embed", done, 100))
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "生成向量 0/100"
    assert told[-1] == "生成向量 100/100"
    assert len(told) == 11


def test_a_stage_without_a_message_shows_as_it_is() -> None:
    assert stage_name("polish", Wording("assistant.cli", "messages.yaml", "zh")) == "polish"


def test_arguments_after_two_dashes_are_no_options() -> None:
    terminal = Terminal.of(["search", "--lang=en", "--", "--json"])
    assert (terminal.language, terminal.as_json) == ("en", False)


def test_messages_are_complete_and_used() -> None:
    root = Path(__file__).parents[2]
    files = [*(root / "assistant" / "cli").glob("*.py"), root / "docs" / "generate.py"]
    source = "".join(path.read_text(encoding="utf-8") for path in files)
    families = tuple(re.findall(r'f"([a-z_.]+\.)\{', source))
    wording = Wording("assistant.cli", "messages.yaml")
    unused = [
        key
        for key in wording.keys
        if f'"{key}"' not in source and not key.startswith(families) and not key.endswith(".help")
    ]
    assert not unused
    assert {f"exit.{name}" for name in exits.CODES.values()} <= set(wording.keys)


def test_python_m_is_the_same_command() -> None:
    done = process("--version")
    assert (done.returncode, done.stdout) == (0, f"{__version__}\n")


def test_chinese_reaches_a_terminal_of_another_encoding() -> None:
    done = process("serch", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == exits.USAGE
    assert "usage" in done.stderr
