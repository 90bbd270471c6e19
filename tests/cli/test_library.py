from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.cli import exits

from .conftest import Run, json_of


def test_ingest_list_show_search_remove(run: Run, report: Path) -> None:
    assert run("ingest", report.parent).exit_code == exits.OK
    [listed] = json_of(run("library", "list", "--json"))["documents"]
    assert (listed["year"], listed["place"], listed["genre"]) == (2024, "云溪县", "annual-summary")

    shown = run("library", "show", listed["id"][:8])
    assert "标题：云溪县科学技术局2024年工作总结" in shown.stdout
    assert "有效高新技术企业总量达68家" in shown.stdout

    hits = json_of(run("search", "科技特派员有多少名", "--year", "2024", "--limit", "1", "--json"))["hits"]
    assert "科技特派员120名" in hits[0]["passage"]["text"]

    removed = run("library", "remove", listed["id"])
    assert "已删除 云溪县科学技术局2024年工作总结" in removed.stdout
    assert json_of(run("search", "科技特派员", "--json"))["hits"] == []


def test_ingesting_again_says_that_nothing_changed(run: Run, report: Path) -> None:
    run("ingest", report)
    result = run("ingest", report)
    assert "收入 0，未变 1，未收入 0" in result.stdout
    assert result.exit_code == exits.OK


def test_the_first_line_says_which_model_and_that_nothing_leaves(run: Run, report: Path) -> None:
    first = run("ingest", report).stderr.splitlines()[0]
    assert "multilingual-e5-small" in first
    assert "没有内容离开本机" in first


def test_one_bad_file_among_good_ones_is_a_row(run: Run, report: Path) -> None:
    (report.parent / "空.txt").write_bytes(b"")
    result = run("ingest", report.parent)
    assert result.exit_code == exits.FINDINGS
    assert "未收入 空.txt" in result.stdout
    assert "input.unreadable" in result.stdout
    summary = json_of(run("ingest", report.parent, "--json"))["summary"]
    assert summary == {"ready": 0, "unchanged": 1, "failed": 1}


def test_only_bad_files_is_an_input_error(run: Run, tmp_path: Path) -> None:
    result = run("ingest", tmp_path / "missing.docx", "--json")
    assert result.exit_code == exits.INPUT
    assert json_of(result)["files"][0]["code"] == "input.unreadable"


def test_an_empty_archive_says_so(run: Run) -> None:
    result = run("library", "list")
    assert result.exit_code == exits.OK
    assert "资料库是空的" in result.stderr


@pytest.mark.parametrize("beginning", ["", "ab", "0000"])
def test_an_id_must_name_one_document(run: Run, report: Path, beginning: str) -> None:
    run("ingest", report)
    for command in ("show", "remove"):
        result = run("library", command, beginning)
        assert result.exit_code == exits.ARCHIVE
        assert "代码：archive.document" in result.stderr
    assert len(json_of(run("library", "list", "--json"))["documents"]) == 1


@pytest.mark.parametrize("question", ["", "   ", "长" * 2001])
def test_questions_that_cannot_be_asked(run: Run, question: str) -> None:
    result = run("search", question)
    assert result.exit_code == exits.INPUT
    assert "代码：input.query" in result.stderr


def test_nothing_found_is_said(run: Run) -> None:
    result = run("search", "高新技术企业")
    assert result.exit_code == exits.OK
    assert "没有找到" in result.stderr


def test_repair_of_a_sound_archive(run: Run, report: Path) -> None:
    run("ingest", report)
    checked = json_of(run("repair", "--check", "--json"))
    assert checked["sound"]
    assert run("repair").exit_code == exits.OK


def test_repair_check_tells_damage_and_repair_mends_it(run: Run, report: Path, tmp_path: Path) -> None:
    run("ingest", report)
    for path in (tmp_path / "home" / "archive").glob("keywords-*/*"):
        if path.is_file():
            path.unlink()
    assert run("repair", "--check").exit_code == exits.FINDINGS
    assert run("repair").exit_code == exits.OK
    assert run("repair", "--check").exit_code == exits.OK
    assert json_of(run("search", "科技特派员", "--json"))["hits"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_home_is_told(run: Run, report: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir(mode=0o500)
    result = run("ingest", report)
    assert result.exit_code == exits.ARCHIVE
    assert "代码：archive.readonly" in result.stderr


def test_a_home_that_is_a_file_is_told(run: Run, report: Path, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("in the way", encoding="utf-8")
    result = run("ingest", report)
    assert result.exit_code == exits.ARCHIVE
    assert "代码：archive.readonly" in result.stderr
    assert str(tmp_path) not in result.stderr
