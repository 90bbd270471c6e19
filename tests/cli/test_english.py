"""`--lang en`: findings, rules and notes in English; words of drafts and sources stay Chinese, JSON keeps its form."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run, json_of
from .test_check import DRAFT, FACTS, PRIOR

_QUOTED = re.compile(r"“[^”]*”|《[^》]*》")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_UNIT = "技术合同登记额5.6万元。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (
        ("draft.txt", DRAFT + _UNIT),
        ("prior.txt", PRIOR),
        ("facts.md", FACTS + "- 技术合同登记额5.6亿元\n"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def findings(run: Run, folder: Path, language: str) -> list[dict[str, Any]]:
    given = ("check", folder / "draft.txt", "--facts", folder / "facts.md", "--prior", folder / "prior.txt")
    return list(json_of(run(*given, "--json", "--lang", language))["drafts"][0]["findings"])


def test_messages_in_json(run: Run, folder: Path) -> None:
    chinese, english = findings(run, folder, "zh"), findings(run, folder, "en")
    assert len(chinese) == len(english) > 2
    for one, other in zip(chinese, english, strict=True):
        assert _CHINESE.search(_QUOTED.sub("", one["message"]))
        assert not _CHINESE.search(_QUOTED.sub("", other["message"]))
        for part in ("rule", "severity", "span", "formula", "fix"):
            assert one[part] == other[part]
        assert [e["quote"] for e in one["evidence"]] == [e["quote"] for e in other["evidence"]]


def test_the_terminal_and_the_page(run: Run, folder: Path) -> None:
    page = folder / "page.html"
    given = (
        "check",
        folder / "draft.txt",
        "--facts",
        folder / "facts.md",
        "--html",
        page,
        "--evidence",
        folder / "e.md",
    )
    shown = run(*given, "--lang", "en").stdout
    for told in (shown, page.read_text("utf-8")):
        assert "the unit differs" in told
        assert "单位不一致" not in told
    assert "line " in (folder / "e.md").read_text("utf-8")
    assert "单位不一致" in run(*given).stdout


def test_a_report_that_was_not_compared(run: Run, folder: Path) -> None:
    (folder / "prior.txt").write_text(PRIOR.replace("甲县", "乙县"), encoding="utf-8")
    given = ("check", folder / "draft.txt", "--prior", folder / "prior.txt")
    told = run(*given, "--lang", "en").stderr
    assert "it was not compared as last year's report" in told
    assert "未作上年比对" in run(*given).stderr
    (note,) = json_of(run(*given, "--json", "--lang", "en"))["drafts"][0]["notes"]
    assert note.endswith("it was not compared as last year's report.")


def test_names_of_rules(run: Run) -> None:
    assert "number.stale · Last year's figure" in run("rules", "number.stale", "--lang", "en").stdout
    assert "number.stale · 沿用旧数" in run("rules", "number.stale").stdout
    titles = [rule["title"] for rule in json_of(run("rules", "--json", "--lang", "en"))["rules"]]
    assert titles
    assert not any(_CHINESE.search(title) for title in titles)
