"""`layout`, `export` and tracked changes on the command line."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from assistant.cli.exits import EXPORT, FINDINGS, INPUT, OK, USAGE
from assistant.loaders import load

from .conftest import Run, json_of

TEXT = """云溪县科学技术局2025年工作总结

一、2025年工作开展情况
（一）聚焦创新要素
新认定高新技术企业18家，外贸进出口总额55亿元，其中出口30亿元，进口20亿元。
1.深化改革
完成改革事项3项。
二、2026年工作计划
继续努力。
"""
HEAD = "发文机关标志: 云溪县科学技术局文件\n发文字号: 云科〔2026〕3号\n印发机关: 云溪县科学技术局办公室\n印发日期: 2026-01-08\n"


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def word(run: Run, draft: Path) -> Path:
    assert run("export", draft, "-o", draft.with_suffix(".docx"), "--date", "2026-01-08").exit_code == OK
    return draft.with_suffix(".docx")


def changed(path: Path) -> Path:
    """An office's own version: other margins, 宋体 text, 1、 for the third level."""
    word = docx.Document(str(path))
    word.sections[0].top_margin = Mm(30)
    for paragraph in word.paragraphs:
        for run in paragraph.runs:
            if paragraph.style.name == "Body Text":
                run._element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
                run.font.size = Pt(15)
            run.text = run.text.replace("1.深化", "1、深化")
    word.save(str(path.with_name("old.docx")))
    return path.with_name("old.docx")


def test_an_exported_file_has_no_differences(run: Run, word: Path) -> None:
    found = run("layout", word, "--no-render")
    assert found.exit_code == OK
    assert "没有不同" in found.stdout
    assert "按要求没有排版" in found.stderr


def test_differences_are_told_with_clause_and_place(run: Run, word: Path) -> None:
    found = run("layout", changed(word), "--no-render")
    assert found.exit_code == FINDINGS
    lines = [" ".join(line.split()) for line in found.stdout.splitlines()]
    assert "5.2.1 上边距（天头） 37 mm 30 mm 全文" in lines
    assert any(line.startswith("5.2.2 正文字体 仿宋_GB2312 宋体 第5段") for line in lines)
    assert any(line.startswith("7.3.3 层次序数 一、 （一） 1. （1） 1、 第6段") for line in lines)


def test_the_same_as_json_and_in_english(run: Run, word: Path) -> None:
    payload = json_of(run("layout", changed(word), "--no-render", "--json", "--lang", "en"))
    assert payload["clean"] is False
    top = next(one for one in payload["deviations"] if one["id"] == "page.top")
    assert (top["clause"], top["item"], top["standard"], top["found"]) == (
        "5.2.1",
        "Top margin",
        "37 mm",
        "30 mm",
    )
    assert payload["pages"] is None


def test_an_office_style_is_followed_and_its_differences_listed(run: Run, draft: Path, word: Path) -> None:
    old = changed(word)
    out = draft.with_name("new.docx")
    exported = run("export", draft, "-o", out, "--like", old)
    assert exported.exit_code == OK
    assert "上边距（天头）（5.2.1）：标准 37 mm，该文件 30 mm" in exported.stderr
    assert run("layout", out, "--like", old, "--no-render").exit_code == OK
    assert run("layout", out, "--no-render").exit_code == FINDINGS
    assert "1、深化改革" in [p.text for p in docx.Document(str(out)).paragraphs]


def test_an_office_style_may_stand_in_the_settings(
    run: Run, draft: Path, word: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_WORD_LIKE", str(changed(word)))
    out = draft.with_name("new.docx")
    assert run("export", draft, "-o", out).exit_code == OK
    assert round(docx.Document(str(out)).sections[0].top_margin.mm) == 30


def test_the_font_of_digits_is_the_offices_choice(
    run: Run, draft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_WORD_LATIN", "Times New Roman")
    out = draft.with_name("new.docx")
    assert run("export", draft, "-o", out).exit_code == OK
    for one in docx.Document(str(out)).paragraphs:
        for piece in one.runs:
            fonts = piece._element.rPr.rFonts
            assert fonts.get(qn("w:ascii")) == "Times New Roman"
            assert fonts.get(qn("w:eastAsia")) != "Times New Roman"
    assert run("layout", out, "--no-render").exit_code == OK


def test_a_letterhead_addressee_and_attachments(run: Run, draft: Path) -> None:
    head, out = draft.with_name("head.yaml"), draft.with_name("new.docx")
    head.write_text(HEAD, encoding="utf-8")
    result = run(
        "export", draft, "-o", out, "--letterhead", head, "--to", "县人民政府", "--attachment", "指标表"
    )
    assert result.exit_code == OK
    text = [p.text for p in docx.Document(str(out)).paragraphs if p.text]
    assert text[:2] == ["云溪县科学技术局文件", "云科〔2026〕3号"]
    assert "县人民政府：" in text
    assert "附件：指标表" in text


@pytest.mark.parametrize("content", ["- 甲\n", "主题词: 科技\n", "印发日期: 明天\n", "a: [", "\x00"])
def test_a_letterhead_that_nobody_understands(run: Run, draft: Path, content: str) -> None:
    head = draft.with_name("head.yaml")
    head.write_text(content, encoding="utf-8")
    result = run("export", draft, "-o", draft.with_name("new.docx"), "--letterhead", head)
    assert result.exit_code == INPUT
    assert not draft.with_name("new.docx").exists()


def test_a_date_that_is_none(run: Run, draft: Path) -> None:
    assert run("export", draft, "-o", draft.with_name("new.docx"), "--date", "2月30日").exit_code == USAGE


@pytest.mark.parametrize("name", ["draft.txt", "missing.docx"])
def test_what_is_no_word_file_cannot_be_measured(run: Run, draft: Path, name: str) -> None:
    assert run("layout", draft.with_name(name)).exit_code == EXPORT


def test_fixes_as_tracked_changes(run: Run, word: Path) -> None:
    facts = word.with_name("facts.md")
    facts.write_text(
        "---\ntitle: 云溪县科学技术局2025年工作总结\norganisation: 云溪县科学技术局\nyear: 2025\n---\n"
        "# 一、2025年工作开展情况\n- 新认定高新技术企业23家\n- 完成改革事项3项\n",
        encoding="utf-8",
    )
    out = word.with_name("tracked.docx")
    result = run("check", word, "--facts", facts, "--tracked", out)
    assert result.exit_code == FINDINGS
    assert "新认定高新技术企业23家" in load(out)[0].text
    body = docx.Document(str(out)).element.body
    assert [one.find(f".//{qn('w:t')}").text for one in body.iter(qn("w:ins"))] == ["23家", "50亿元"]
