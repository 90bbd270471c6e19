"""`check`, `ignore`, `rules`, `indicators`, `commitments` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import openpyxl
import pytest
from samples.pictures import drawn, picture

from assistant.checking import RULES
from assistant.cli.exits import EXPORT, FINDINGS, INPUT, OK, SETTINGS
from assistant.loaders import worker
from assistant.wording import Wording

from .conftest import Run, json_of, process

DRAFT = """甲县科学技术局2025年工作总结和2026年工作计划

一、2025年工作开展情况
（一）强化培育。新认定高新技术企业18家，有效高新技术企业总量达68家。
外贸进出口总额55亿元，其中出口30亿元，进口20亿元。
二、2026年工作计划
继续努力。
"""
PRIOR = """甲县科学技术局2024年工作总结和2025年工作计划

一、2024年工作开展情况
新认定高新技术企业17家，有效高新技术企业总量达73家。
二、2025年工作计划
有效高新技术企业达到85家，引进大院大所6家。
"""
FACTS = """---
title: 甲县科学技术局2025年工作总结和2026年工作计划
organisation: 甲县科学技术局
year: 2025
genre: annual-summary
---
# 一、2025年工作开展情况
- 新认定高新技术企业18家，有效高新技术企业总量达86家
- 外贸进出口总额50亿元，其中出口30亿元，进口20亿元
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("draft.txt", DRAFT), ("prior.txt", PRIOR), ("facts.md", FACTS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_pages_of_a_scan_are_told_while_they_are_recognised(run: Run, folder: Path) -> None:
    sheet = drawn(["新认定高新技术企业18家"], (700, 400))
    (folder / "扫描件.pdf").write_bytes(picture(sheet, "PDF", (sheet,)))
    told = run("check", folder / "draft.txt", "--sources", folder / "扫描件.pdf").stderr
    worker.stop_children()
    assert "识别第 2/2 页… 扫描件.pdf" in told


def test_errors_and_clean_have_their_own_exit_codes(run: Run, folder: Path) -> None:
    found = run("check", folder / "draft.txt")
    assert found.exit_code == FINDINGS
    (folder / "draft.txt").write_text(DRAFT.replace("55亿元", "50亿元"), encoding="utf-8")
    clean = run("check", folder / "draft.txt")
    assert clean.exit_code == OK
    assert "没有发现问题" in clean.stdout
    for one in (found, clean):
        assert "共核对数字" in one.stdout
        assert "只核对了本稿自身" in one.stderr


def test_the_table_tells_all_in_text_order(run: Run, folder: Path) -> None:
    result = run("check", folder / "draft.txt", "--facts", folder / "facts.md")
    lines = [line for line in result.stdout.splitlines() if line[:1].isdigit()]
    assert [line.split()[0] for line in lines] == [str(n) for n in range(1, len(lines) + 1)]
    transposed = next(line for line in lines if "number.transposed" in line)
    for words in ("错误", "第4段", "总量达【68家】", "86家", "facts.md", "→ 86家"):
        assert words in transposed
    total = next(line for line in lines if "arith.sum" in line)
    assert "= 30亿元＋20亿元=50亿元" in total
    places = [result.stdout.index(words) for words in ("【68家】", "【55亿元】")]
    assert places == sorted(places)


def test_json(run: Run, folder: Path) -> None:
    payload = json_of(run("check", folder / "draft.txt", "--facts", folder / "facts.md", "--json"))
    assert payload["command"] == "check"
    (draft,) = payload["drafts"]
    assert not draft["clean"]
    assert draft["year"] == 2025
    assert (
        sum(draft["coverage"][name] for name in ("supported", "derived", "unsupported", "not_assessable"))
        == (draft["coverage"]["seen"])
    )
    for finding in draft["findings"]:
        start, end = finding["span"]
        assert 0 <= start <= end <= len(draft["text"])
        assert {"rule", "severity", "message", "evidence", "formula", "fix"} <= set(finding)
    for figure in draft["figures"]:
        start, end = figure["span"]
        assert draft["text"][start:end] == figure["text"]
    fixed = next(finding for finding in draft["findings"] if finding["rule"] == "number.transposed")
    start, end = fixed["fix"]["span"]
    assert draft["text"][:start] + fixed["fix"]["text"] + draft["text"][end:] != draft["text"]


def test_all_outputs(run: Run, folder: Path) -> None:
    names = {"html": "o.html", "word": "o.docx", "evidence": "o.xlsx"}
    options = [part for name, out in names.items() for part in (f"--{name}", folder / out)]
    result = run("check", folder / "draft.txt", "--facts", folder / "facts.md", *options)
    assert result.exit_code == FINDINGS
    assert "68家" in (folder / "o.html").read_text(encoding="utf-8")
    assert "facts.md" in (folder / "o.html").read_text(encoding="utf-8")
    comments = [comment.text for comment in docx.Document(str(folder / "o.docx")).comments]
    assert any("number.transposed" in text for text in comments)
    assert openpyxl.load_workbook(folder / "o.xlsx").worksheets[0].max_row > 3


def test_a_word_draft_comes_back_with_comments(run: Run, folder: Path) -> None:
    word = docx.Document()
    for line in DRAFT.splitlines():
        word.add_paragraph(line)
    word.save(str(folder / "draft.docx"))
    run("check", folder / "draft.docx", "--word", folder / "o.docx")
    back = docx.Document(str(folder / "o.docx"))
    assert [paragraph.text for paragraph in back.paragraphs] == [*DRAFT.splitlines()]
    assert any("arith.sum" in comment.text for comment in back.comments)


def test_pasted_text(folder: Path) -> None:
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "assistant", "check", "-", "--json"],
        input=DRAFT.encode(),
        capture_output=True,
        timeout=120,
        cwd=folder,
    )
    assert done.returncode == FINDINGS
    assert json.loads(done.stdout)["drafts"][0]["findings"]


def test_a_finding_is_set_aside_and_stays_so(run: Run, folder: Path) -> None:
    draft = folder / "draft.txt"
    assert run("check", draft, "--ignore", "arith.sum:进出口").exit_code == OK
    draft.write_text(DRAFT.replace("继续努力。", "继续努力，新开工项目3个。"), encoding="utf-8")
    later = run("check", draft)
    assert later.exit_code == OK
    assert "已忽略 1 条意见" in later.stderr
    assert run("check", draft, "--all").exit_code == FINDINGS
    draft.write_text(DRAFT.replace("进口20亿元", "进口21亿元"), encoding="utf-8")
    assert run("check", draft).exit_code == FINDINGS


def test_ignore_lists_and_clears(run: Run, folder: Path) -> None:
    draft = folder / "draft.txt"
    assert "没有忽略" in run("ignore", draft).stderr
    assert "arith.sum" in run("ignore", draft, "1").stdout
    (entry,) = json_of(run("ignore", draft, "--json"))["ignored"]
    assert entry["rule"] == "arith.sum"
    assert run("check", draft).exit_code == OK
    run("ignore", draft, "--clear")
    assert run("check", draft).exit_code == FINDINGS


def test_a_wrong_ignore_is_told(run: Run, folder: Path) -> None:
    result = run("check", folder / "draft.txt", "--ignore", "99")
    assert result.exit_code == INPUT
    assert "99" in result.stderr


def test_a_rule_is_switched_off_by_setting(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_RULES_OFF", "arith.sum")
    assert run("check", folder / "draft.txt").exit_code == OK
    assert "已关闭" in run("rules", "arith.sum").stdout
    monkeypatch.setenv("ASSISTANT_RULES_OFF", "no.such")
    result = run("check", folder / "draft.txt")
    assert result.exit_code == SETTINGS
    assert "no.such" in result.stderr


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["missing.txt"], INPUT),
        (["draft.txt", "--facts", "missing.md"], INPUT),
        (["draft.txt", "--prior", "missing.txt"], INPUT),
        (["draft.txt", "--evidence", "o.pdf"], EXPORT),
    ],
)
def test_what_cannot_be_used(run: Run, folder: Path, options: list[str], code: int) -> None:
    given = [part if part.startswith("--") else folder / part for part in options]
    assert run("check", *given).exit_code == code


def test_rules_are_listed(run: Run) -> None:
    listed = run("rules").stdout
    assert all(rule.id in listed and rule.title in listed for rule in RULES)
    assert len(json_of(run("rules", "--json"))["rules"]) == len(RULES)


@pytest.mark.parametrize("rule", [rule.id for rule in RULES])
def test_each_rule_is_explained(run: Run, rule: str) -> None:
    shown = run("rules", rule).stdout
    for heading in ("【作用】", "【缘由】", "【例子】", "【改法】", "【局限】", "会提出意见的例子"):
        assert heading in shown
    assert "Limits" in run("rules", rule, "--lang", "en").stdout


def test_an_unknown_rule(run: Run) -> None:
    result = run("rules", "arith.sums")
    assert result.exit_code == INPUT
    assert "arith.sum" in result.stderr


def test_commitments(run: Run, folder: Path) -> None:
    result = run("commitments", folder / "draft.txt", "--prior", folder / "prior.txt")
    assert result.exit_code == FINDINGS
    missed, silent = (line for line in result.stdout.splitlines() if line.startswith(("未完成", "没有交代")))
    for words in ("85家", "68家", "有效高新技术企业达到85家", "第6段"):
        assert words in missed
    assert "6家" in silent
    assert "未完成 1" in result.stdout


def test_commitments_of_another_body_are_refused(run: Run, folder: Path) -> None:
    (folder / "prior.txt").write_text(PRIOR.replace("甲县", "乙县"), encoding="utf-8")
    result = run("commitments", folder / "draft.txt", "--prior", folder / "prior.txt")
    assert result.exit_code == OK
    assert "乙县科学技术局" in result.stderr
    assert "没有可比的上年报告" in result.stderr


def test_indicators(run: Run, folder: Path) -> None:
    assert run("ingest", folder / "prior.txt").exit_code == OK
    result = run("indicators", "有效高新技术企业", "--organisation", "甲县", "--plot", folder / "p.html")
    assert result.exit_code == OK
    assert "甲县科学技术局 高新技术企业（总量）" in result.stdout
    rows = [line for line in result.stdout.splitlines() if line[:4].isdigit()]
    assert [line.split()[:3] for line in rows] == [["2024", "实际", "73家"], ["2025", "目标", "85家"]]
    assert all("甲县科学技术局2024年工作总结" in row and "第" in row for row in rows)
    assert "plotly" in (folder / "p.html").read_text(encoding="utf-8")
    (series,) = json_of(run("indicators", "有效高企", "--json"))["series"]
    assert [point["value"] for point in series["points"]] == ["73", "85"]
    assert series["points"][0]["citation"]["quote"].startswith("新认定")
    assert "没有“无此指标”的数值" in run("indicators", "无此指标").stderr
    assert run("indicators", "高企", "--years", "二〇二四").exit_code == INPUT
    assert "2024 " not in run("indicators", "高企", "--years", "2025").stdout


def test_severity_words_are_those_of_the_tables() -> None:
    cli, export = Wording("assistant.cli", "messages.yaml"), Wording("assistant.export", "labels.yaml")
    for severity in ("error", "warning", "note"):
        assert cli.say(f"rules.severity.{severity}") == export.say(f"severity.{severity}")


def test_it_needs_no_model_and_no_archive(folder: Path) -> None:
    done = process("check", folder / "draft.txt", ASSISTANT_HOME=str(folder / "none"))
    assert done.returncode == FINDINGS
    assert not (folder / "none").exists()
