"""Facts from tables of figures: units, merged cells, two-level heads, years, totals, and what is told instead of guessed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from docx import Document as Word
from samples.build import xlsx

from assistant.drafting import read_facts
from assistant.drafting.tablecells import figure_of
from assistant.drafting.tableheads import plain_caption, read_head, unit_line
from assistant.errors import FactsInvalid
from assistant.records import FactsFile

from .conftest import written

NAME = "云溪县科学技术局2025年工作总结.xlsx"


def _read(folder: Path, rows: Sequence[Sequence[Any]], *merged: str) -> FactsFile:
    path = folder / NAME
    path.write_bytes(xlsx({"表": rows}, merged=merged))
    return read_facts(path)


def _told(facts: FactsFile) -> list[tuple[str, str]]:
    return [(fact.place, fact.text) for fact in facts.facts]


def test_a_year_a_column_with_growth_and_a_unit_above(tmp_path: Path) -> None:
    rows = [
        ["2025年县级财政科技支出情况表"],
        ["单位：万元"],
        ["项目", "2024年", "2025年", "同比增长（%）"],
        ["重点研发", 1280, 1860, 45.3],
        ["成果转化", 500, 480, -4],
        ["合计", 1780, 2340, 31.5],
    ]
    facts = _read(tmp_path, rows, "A1:D1")
    assert _told(facts) == [
        ("表!C4、B4、D4", "重点研发1860万元，上年为1280万元，同比增长45.3%"),
        ("表!C5、B5、D5", "成果转化480万元，上年为500万元，同比下降4%"),
        ("表!C6、B6、D6", "县级财政科技支出合计2340万元，上年为1780万元，同比增长31.5%"),
    ]
    assert facts.notes == ()
    assert [claim.quantity.unit for claim in facts.facts[0].claims] == ["元", "元", "%"]


def test_two_level_heads_over_merged_cells_and_totals_that_do_not_add_up(tmp_path: Path) -> None:
    rows = [
        ["乡镇", "高新技术企业数（家）", "", "专利授权量（件）", ""],
        ["", "2025年", "2024年", "2025年", "2024年"],
        ["城关镇", 23, 20, 128, 130],
        ["柳河镇", 12, 9, 56, 50],
        ["合 计", 35, 29, 184, 181],
    ]
    facts = _read(tmp_path, rows, "A1:A2", "B1:C1", "D1:E1")
    assert _told(facts)[:3] == [
        ("表!B3、C3", "城关镇高新技术企业数23家，上年为20家"),
        ("表!D3、E3", "城关镇专利授权量128件，上年为130件"),
        ("表!B4、C4", "柳河镇高新技术企业数12家，上年为9家"),
    ]
    assert _told(facts)[-2] == ("表!B5、C5", "高新技术企业数合计35家，上年为29家")
    assert facts.notes == ("表!E5的合计181与各行之和180不符",)


def test_subtotals_parts_and_rounding_are_no_fault(tmp_path: Path) -> None:
    rows = [
        ["项目", "金额（亿元）"],
        ["甲", "1.25"],
        ["其中：专项", "0.30"],
        ["乙", "2.34"],
        ["小计", "3.60"],
        ["丙", "1.00"],
        ["丁", "1.00"],
        ["小计", "2.00"],
        ["总计", "5.60"],
        ["平均", "1.40"],
    ]
    facts = _read(tmp_path, rows)
    assert facts.notes == ()
    assert [fact.text for fact in facts.facts][:3] == ["甲1.25亿元", "甲中专项0.30亿元", "乙2.34亿元"]


def test_targets_completion_and_rank_with_units_of_each_row(tmp_path: Path) -> None:
    rows = [
        ["指标（亿元）", "目标", "完成", "完成率", "全市排名"],
        ["技术合同登记额", 5, 5.6, "112%", 2],
        ["研发投入（万元）", 1800, 1860, "103.3%", 3],
    ]
    assert [fact.text for fact in _read(tmp_path, rows).facts] == [
        "技术合同登记额5.6亿元，年度目标5亿元，完成率112%，全市排名第2位",
        "研发投入1860万元，年度目标1800万元，完成率103.3%，全市排名第3位",
    ]


def test_a_year_a_row(tmp_path: Path) -> None:
    rows = [["年份", "高新技术企业（家）"], ["2024年", 72], ["2025年", 86]]
    assert [fact.text for fact in _read(tmp_path, rows).facts] == [
        "2024年高新技术企业72家",
        "高新技术企业86家",
    ]


def test_another_year_is_named(tmp_path: Path) -> None:
    rows = [["指标", "单位", "2023年", "2025年", "2026年目标"], ["高新技术企业", "家", 60, 86, 98]]
    assert [fact.text for fact in _read(tmp_path, rows).facts] == [
        "2023年高新技术企业60家",
        "高新技术企业86家",
        "2026年高新技术企业年度目标98家",
    ]


def test_sections_masks_dashes_and_offices(tmp_path: Path) -> None:
    rows = [
        ["章节", "单位", "企业数（家）", "增长"],
        ["一、创新主体", "城关镇", "86", "19.4%"],
        ["", "柳河镇", "xx", "—"],
        ["二、投入", "东山镇", "/", "3.1%"],
    ]
    facts = _read(tmp_path, rows)
    assert [(one.heading, [fact.text for fact in one.facts]) for one in facts.sections] == [
        ("一、创新主体", ["城关镇企业数86家，同比增长19.4%", "柳河镇企业数xx家"]),
        ("二、投入", ["东山镇企业数同比增长3.1%"]),
    ]


def test_a_sheet_without_heads_is_told(tmp_path: Path) -> None:
    with pytest.raises(FactsInvalid) as caught:
        _read(tmp_path, [["高新技术企业", 86], ["技术合同登记额", 5.6]])
    assert "没有表头" in caught.value.sentence("zh")


def test_figures_with_their_units_need_no_head(tmp_path: Path) -> None:
    facts = _read(tmp_path, [["高新技术企业", "86家"], ["技术合同登记额", "5.6亿元"]])
    assert [fact.text for fact in facts.facts] == ["高新技术企业86家", "技术合同登记额5.6亿元"]
    assert "没有表头" in facts.notes[0]


def test_two_units_in_one_column_are_told_and_not_guessed(tmp_path: Path) -> None:
    rows = [["单位：万元、家"], ["指标", "完成"], ["高新技术企业", 86], ["技术合同登记额", "560万元"]]
    facts = _read(tmp_path, rows)
    assert _told(facts) == [("表!B4", "技术合同登记额560万元")]
    assert facts.notes == ("表!A2:B4“完成”的单位可能是万元、家，无法确定，未作为事实",)


def test_a_rate_without_a_sign_of_percent_is_told(tmp_path: Path) -> None:
    facts = _read(tmp_path, [["单位：万元"], ["指标", "完成", "增长"], ["研发投入", 1860, 45.3]])
    assert _told(facts) == [("表!B3", "研发投入1860万元")]
    assert "没有写明是%" in facts.notes[0]


def test_words_with_figures_stay_and_words_alone_are_told(tmp_path: Path) -> None:
    rows = [["指标（家）", "完成"], ["孵化器", 5], ["众创空间", "20余家"], ["园区", "持平"]]
    facts = _read(tmp_path, rows)
    assert [fact.text for fact in facts.facts] == ["孵化器5家", "众创空间20余家"]
    assert facts.notes == ("表!A1:B4“完成”一列有不是数值的内容，未作为事实（表!B4）",)


def test_figures_without_any_unit_are_told(tmp_path: Path) -> None:
    facts = _read(tmp_path, [["指标", "数值"], ["高新技术企业", 86]])
    assert facts.notes == ("表!A1:B2有1个数值没有写单位",)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([["项目", "进展"], ["中试平台", "开工"]], "没有数值"),
        ([["", "2025年"], ["", 86]], "没有写指标名称"),
    ],
)
def test_tables_that_hold_no_fact_are_told_beside_other_facts(
    tmp_path: Path, rows: list[list[Any]], told: str
) -> None:
    path = tmp_path / NAME
    path.write_bytes(xlsx({"甲": rows, "乙": [["章节", "要点"], ["一、创新", "新增3家"]]}))
    facts = read_facts(path)
    assert [fact.text for fact in facts.facts] == ["新增3家"]
    assert told in facts.notes[0]
    assert facts.notes[0].startswith("甲!")


def test_a_word_table_of_figures_between_bullets(tmp_path: Path) -> None:
    word = Word()
    word.add_paragraph("一、主要指标")
    word.add_paragraph("表1 主要指标完成情况（单位：万元）")
    rows = [["指标", "2024年", "2025年"], ["研发投入", "1,280", "1,860"]]
    table = word.add_table(2, 3)
    for shown, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(shown.cells, cells, strict=True):
            cell.text = text
    word.add_paragraph("培训5场次")
    word.save(str(tmp_path / "云溪县科学技术局2025年工作总结.docx"))
    facts = read_facts(tmp_path / "云溪县科学技术局2025年工作总结.docx")
    assert _told(facts) == [
        ("第3段表格第2行第3列、第2列", "研发投入1,860万元，上年为1,280万元"),
        ("第4段", "培训5场次"),
    ]


def test_a_word_table_without_heads_is_told_beside_other_facts(tmp_path: Path) -> None:
    word = Word()
    word.add_paragraph("一、创新主体")
    word.add_paragraph("新增高新技术企业23家")
    table = word.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "孵化器", "12"
    word.save(str(tmp_path / "facts.docx"))
    facts = read_facts(tmp_path / "facts.docx")
    assert [fact.text for fact in facts.facts] == ["新增高新技术企业23家"]
    assert "没有表头" in facts.notes[0]


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("- 1.新增3家", "新增3家"),
        ("* （2）新增3家", "新增3家"),
        ("- 1.5亿元用于改造", "1.5亿元用于改造"),
        ("- 2025年新增3家", "2025年新增3家"),
    ],
)
def test_a_bullet_with_a_number_loses_both(tmp_path: Path, line: str, fact: str) -> None:
    (one,) = read_facts(written(tmp_path, f"# 一、创新\n{line}\n")).facts
    assert one.text == fact
    assert one.span is not None
    assert one.span.of(f"# 一、创新\n{line}\n") == fact


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1,280", "1,280"),
        ("-3.2%", "-3.2"),
        ("约5.6亿元", "约5.6"),
        ("＋1", None),
        ("—", None),
        ("2025年报", None),
    ],
)
def test_figures_of_cells(text: str, shown: str | None) -> None:
    found = figure_of(text)
    assert (found.text if found else None) == shown


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("2025年完成", "value"),
        ("上年同期", "prior"),
        ("全年目标", "target"),
        ("较上年增长", "rate"),
        ("完 成 率", "completion"),
        ("责任单位", "skip"),
        ("企业数", "value"),
    ],
)
def test_roles_of_columns(text: str, role: str) -> None:
    assert read_head([text]).role == role


def test_lines_that_are_no_units_or_captions() -> None:
    assert unit_line("单位：云溪县科学技术局") == ""
    assert unit_line("各单位：请于3日内上报。") == ""
    assert plain_caption("现将有关情况汇报如下：") == ""
