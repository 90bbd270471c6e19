"""The command line in this process, with an empty home."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from assistant.cli.app import app

REPORT = """云溪县科学技术局2024年工作总结

一、工作开展情况
（一）聚焦创新要素。全年新认定高新技术企业18家，有效高新技术企业总量达68家。
（二）强化科技强农。选任科技特派员120名，开展培训198次。
"""
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command; the working folder is empty, so that no `.env` is read."""
    monkeypatch.chdir(tmp_path)

    def _run(*arguments: str | Path) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments])

    return _run


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """One small report."""
    path = tmp_path / "reports" / "云溪2024.txt"
    path.parent.mkdir()
    path.write_text(REPORT, encoding="utf-8")
    return path


def json_of(result: Result) -> dict[str, Any]:
    """The one object on stdout."""
    payload: dict[str, Any] = json.loads(result.stdout)
    assert payload["version"] == 1
    return payload


def process(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command line as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "assistant", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        timeout=240,
    )
