from __future__ import annotations

import pytest

from assistant.checking import CheckReport
from assistant.export import draft_markdown, findings_markdown, provenance_markdown
from assistant.export.markdown import escape, table
from assistant.loaders import load_text
from assistant.records import Coverage, Draft, Evidence, FactsFile, Finding, Fix, Section, Span


def test_draft_has_title_headings_and_paragraphs(draft: Draft) -> None:
    lines = draft_markdown(draft).splitlines()
    assert lines[0] == "# 云溪县科学技术局2025年工作总结"
    assert lines[2] == "## 一、2025年工作开展情况"
    assert lines[4] == "### （一）聚焦创新要素，激发创新活力"
    assert lines[6] == draft.sections[1].text


def test_draft_keeps_paragraphs_apart_and_drops_blank_lines() -> None:
    draft = Draft("", "", None, (Section("一、", 1, "甲。\n\n乙。\n"),))
    assert draft_markdown(draft) == "## 一、\n\n甲。\n\n乙。\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("联系人***", r"联系人\*\*\*"),
        ("- 不是列表", r"\- 不是列表"),
        ("1. 不是列表", r"\1. 不是列表"),
        ("1.推进改革", "1.推进改革"),
        ("# 不是标题", r"\# 不是标题"),
        ("a|b", r"a\|b"),
        ("<b>", r"\<b\>"),
        ("[x](javascript:alert)", r"\[x\](javascript:alert)"),
        ("反斜杠\\", "反斜杠\\\\"),
    ],
)
def test_escape(text: str, shown: str) -> None:
    assert escape(text) == shown


def test_provenance_names_fact_place_citation_and_connective(draft: Draft, facts: FactsFile) -> None:
    text = provenance_markdown(draft, facts)
    assert "F01 新认定高新技术企业23家（第8行）" in text
    assert "《云溪县科技创新若干措施》 · 第二章 · 第五条 · 第2页 · 第9段 · “兑现奖补”" in text
    assert "衔接语（没有事实依据）：“围绕创新主体培育，”" in text
    assert "没有事实依据的衔接语" in text
    assert "共 4 句：事实 1 句，政策依据 1 句，衔接语 1 句，待补 1 句。事实 3 条，写入 2 条。" in text


def test_provenance_lists_what_was_left_out_and_the_notes(draft: Draft, facts: FactsFile) -> None:
    text = provenance_markdown(draft, facts)
    assert "## 未写入的事实\n\n- F03 建成科技小院2个\\|3个（第10行）" in text
    assert "## 起草说明\n\n- （一）聚焦创新要素，激发创新活力：有1条事实按原文写入" in text


def test_provenance_in_english(draft: Draft, facts: FactsFile) -> None:
    text = provenance_markdown(draft, facts, "en")
    assert "2 of 3 facts are carried" in text
    assert "to be filled" in text


def test_each_row_of_a_table_has_as_many_cells_as_its_head(draft: Draft, facts: FactsFile) -> None:
    rows = [line for line in provenance_markdown(draft, facts).splitlines() if line.startswith("|")]
    assert {row.replace("\\|", "").count("|") for row in rows} == {5}


def test_findings_table_is_sorted_and_carries_evidence() -> None:
    document = load_text("2025年工作总结\n\n一、工作开展情况\n技术合同登记额增长15%，新认定企业28家。")[0]
    at = document.text.index("28家")
    findings = (
        Finding("text.note", "note", Span(0, 2), "提示一条"),
        Finding(
            "number.unsupported",
            "error",
            Span(at, at + 3),
            "“28家”没有依据",
            (Evidence("facts", "facts.md", "新认定23家", place="第8行"),),
            formula="28≠23",
            fix=Fix(Span(at, at + 3), "23家"),
        ),
    )
    shown = findings_markdown(CheckReport(findings, Coverage(2, 1, 0, 1, 0), ("没有上年报告",)), document)
    rows = [line for line in shown.splitlines() if line.startswith("| ") and "`" in line]
    assert "number.unsupported" in rows[0]
    assert "一、工作开展情况 “新认定企业**28家**”" in rows[0]
    assert "事实材料 · facts.md · 第8行 “新认定23家”<br>算式：28≠23" in rows[0]
    assert rows[0].endswith("| 23家 |")
    assert "共 2 条：错误 1 条，提醒 0 条，提示 1 条。" in shown
    assert "共核对数字 2 个：有依据 1 个" in shown
    assert "## 未能比较的内容\n\n- 没有上年报告" in shown


def test_a_span_without_punctuation_near_is_shown_with_some_context() -> None:
    document = load_text("字" * 500 + "xx" + "字" * 500)[0]
    at = document.text.index("xx")
    report = CheckReport(
        (Finding("residue.placeholder", "error", Span(at, at + 2), "待补"),), Coverage(0, 0, 0, 0, 0)
    )
    assert "“" + "字" * 30 + "**xx**" + "字" * 30 + "”" in findings_markdown(report, document)


def test_no_findings_is_said() -> None:
    report = CheckReport((), Coverage(0, 0, 0, 0, 0))
    assert "没有发现问题。" in findings_markdown(report, load_text("一句话。")[0])


def test_line_breaks_in_cells_stay_in_the_row() -> None:
    assert table(["a"], [["x\ny"]]).splitlines()[-1] == "| x<br>y |"
