from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx import Document as Word
from openpyxl import Workbook

from assistant.drafting import facts_from_items, read_facts
from assistant.drafting.facts import bare_heading
from assistant.errors import FactsInvalid, FileUnreadable, InputError

from .conftest import written

FACTS = """---
title: 清源县科学技术局2025年工作总结和2026年工作计划
organisation: 清源县科学技术局
year: 2025
place: 清源县
genre: annual-summary
---
# 一、2025年工作开展情况
## （一）聚焦创新要素，激发创新活力
- 新认定高新技术企业23家，有效高新技术企业总量达86家，全市第2位
- 技术合同登记额5.6亿元，同比增长18.3%；

## （二）建强队伍
* 选任科技特派员xx名
# 二、2026年工作计划
1. 力争高新技术企业达到98家
"""


def test_markdown_is_read_with_metadata_headings_places_and_spans(tmp_path: Path) -> None:
    facts = read_facts(written(tmp_path, FACTS))
    assert (facts.organisation, facts.year, facts.genre, facts.place) == (
        "清源县科学技术局", 2025, "annual-summary", "清源县",
    )  # fmt: skip
    assert [(section.heading, section.level, len(section.facts)) for section in facts.sections] == [
        ("一、2025年工作开展情况", 1, 0),
        ("（一）聚焦创新要素，激发创新活力", 2, 2),
        ("（二）建强队伍", 2, 1),
        ("二、2026年工作计划", 1, 1),
    ]
    assert [fact.id for fact in facts.facts] == ["F01", "F02", "F03", "F04"]
    second = facts.facts[1]
    assert second.text == "技术合同登记额5.6亿元，同比增长18.3%"
    assert second.place == "第11行"
    assert second.span is not None
    assert second.span.of(FACTS) == second.text


def test_claims_are_bound_and_their_spans_count_in_the_fact(tmp_path: Path) -> None:
    fact = read_facts(written(tmp_path, FACTS)).facts[0]
    assert [claim.quantity.text for claim in fact.claims] == ["23家", "86家", "第2位"]
    assert {claim.indicator for claim in fact.claims} == {"高新技术企业"}
    assert [claim.quantity.span.of(fact.text) for claim in fact.claims] == ["23家", "86家", "第2位"]


def test_an_xx_stays_and_is_a_masked_figure(tmp_path: Path) -> None:
    fact = read_facts(written(tmp_path, FACTS)).facts[2]
    assert fact.text == "选任科技特派员xx名"
    assert [claim.quantity.kind for claim in fact.claims] == ["masked"]


def test_plain_text_is_read_by_its_enumerators_and_encoding(tmp_path: Path) -> None:
    path = tmp_path / "facts.txt"
    text = "标题：清源县2025年工作总结\n单位：清源县科学技术局\n一、工作开展情况\n新增企业3家\n培训5场次\n"
    path.write_bytes(text.encode("gb18030"))
    facts = read_facts(path)
    assert (facts.title, facts.organisation, facts.year) == ("清源县2025年工作总结", "清源县科学技术局", 2025)
    assert [fact.text for fact in facts.sections[0].facts] == ["新增企业3家", "培训5场次"]


def test_facts_without_headings_form_one_section(tmp_path: Path) -> None:
    facts = read_facts(written(tmp_path, "- 新增企业3家\n- 培训5场次\n"))
    assert [(section.heading, len(section.facts)) for section in facts.sections] == [("", 2)]


def test_facts_without_figures_are_fine(tmp_path: Path) -> None:
    facts = read_facts(written(tmp_path, "# 一、党建\n- 落实“第一议题”制度\n- 开展谈心谈话\n"))
    assert [fact.claims for fact in facts.facts] == [(), ()]


def _sheet(path: Path, rows: list[list[str]]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_a_table_of_points_is_read_with_its_cells(tmp_path: Path) -> None:
    rows = [
        ["标题", "清源县科学技术局2025年工作总结"],
        ["章节", "要点"],
        ["一、创新主体", "新增高新技术企业23家"],
        ["", "入库科技型中小企业90家"],
        ["二、科技强农", "选任科技特派员88名"],
        ["一、创新主体", "退出5家"],
    ]
    facts = read_facts(_sheet(tmp_path / "facts.xlsx", rows))
    assert (facts.organisation, facts.year) == ("清源县科学技术局", 2025)
    assert [(section.heading, [fact.text for fact in section.facts]) for section in facts.sections] == [
        ("一、创新主体", ["新增高新技术企业23家", "入库科技型中小企业90家", "退出5家"]),
        ("二、科技强农", ["选任科技特派员88名"]),
    ]
    assert [fact.place for fact in facts.facts] == ["Sheet!B3", "Sheet!B4", "Sheet!B6", "Sheet!B5"]


def test_places_are_true_cells_below_blank_rows_and_beside_blank_columns(tmp_path: Path) -> None:
    rows = [
        ["", "标题", "清源县2025年工作总结"],
        [],
        ["", "章节", "小节", "要点", "指标", "数值", "单位"],
        ["", "一、总结", "（一）创新", "", "高新技术企业", "86", "家"],
        ["", "一、总结", "（二）人才", "选任科技特派员88名"],
        ["", "二、计划", "", "1.新增高新技术企业9家"],
        ["", "一、总结", "（一）创新", "退出5家"],
    ]
    facts = read_facts(_sheet(tmp_path / "facts.xlsx", rows))
    assert [(section.heading, len(section.facts)) for section in facts.sections] == [
        ("一、总结", 0), ("（一）创新", 2), ("（二）人才", 1), ("二、计划", 1),
    ]  # fmt: skip
    assert [(fact.place, fact.text) for fact in facts.facts] == [
        ("Sheet!F4", "高新技术企业86家"),
        ("Sheet!D7", "退出5家"),
        ("Sheet!D5", "选任科技特派员88名"),
        ("Sheet!D6", "新增高新技术企业9家"),
    ]


def test_cells_of_a_csv_file_have_places_without_a_sheet(tmp_path: Path) -> None:
    facts = read_facts(written(tmp_path, "章节,要点\n一、创新,新增3家\n一、创新,\n", "facts.csv"))
    assert [(fact.place, fact.text) for fact in facts.facts] == [("B2", "新增3家")]


def test_a_table_of_indicators_joins_value_and_unit(tmp_path: Path) -> None:
    rows = [
        ["章节", "指标", "数值", "单位"],
        ["一、主要指标", "高新技术企业", "86", "家"],
        ["", "技术合同登记额", "5.6亿元", "亿元"],
    ]
    facts = read_facts(_sheet(tmp_path / "facts.xlsx", rows))
    assert [fact.text for fact in facts.facts] == ["高新技术企业86家", "技术合同登记额5.6亿元"]


def test_word_bullets_are_read(tmp_path: Path) -> None:
    word = Word()
    word.add_paragraph("一、工作开展情况")
    word.add_paragraph("新增高新技术企业23家；")
    word.add_paragraph("培训5场次")
    word.save(str(tmp_path / "facts.docx"))
    facts = read_facts(tmp_path / "facts.docx")
    assert [section.heading for section in facts.sections] == ["一、工作开展情况"]
    assert [fact.text for fact in facts.facts] == ["新增高新技术企业23家", "培训5场次"]


def _word_table(word: Any, rows: list[list[str]]) -> None:
    table = word.add_table(len(rows), len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text


def test_bullets_and_tables_of_one_word_file_come_in_order(tmp_path: Path) -> None:
    word = Word()
    word.add_paragraph("一、创新主体")
    word.add_paragraph("新增高新技术企业23家", style="List Bullet")
    _word_table(word, [["指标", "数值"], ["孵化器", "12家"]])
    word.add_paragraph("退出5家", style="List Bullet")
    word.add_paragraph("二、人才队伍")
    _word_table(
        word, [["章节", "要点"], ["二、人才队伍", "科技特派员126名"], ["创新主体", "研发投入6.4亿元"]]
    )
    word.add_paragraph("培训5场次")
    word.save(str(tmp_path / "facts.docx"))
    facts = read_facts(tmp_path / "facts.docx")
    assert [(section.heading, [fact.text for fact in section.facts]) for section in facts.sections] == [
        ("一、创新主体", ["新增高新技术企业23家", "孵化器12家", "退出5家", "研发投入6.4亿元"]),
        ("二、人才队伍", ["科技特派员126名", "培训5场次"]),
    ]
    assert facts.facts[1].place == "第3段表格第2行第2列"


def test_numbers_that_word_gives_are_no_part_of_a_fact(tmp_path: Path) -> None:
    word = Word()
    word.add_paragraph("一、创新主体")
    for text in ("研发投入6.42亿元", "5亿元用于技术改造", "2025年新增3家"):
        word.add_paragraph(text, style="List Number")
    word.save(str(tmp_path / "facts.docx"))
    facts = read_facts(tmp_path / "facts.docx")
    assert [fact.text for fact in facts.facts] == ["研发投入6.42亿元", "5亿元用于技术改造", "2025年新增3家"]


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("1.研发投入6亿元", "研发投入6亿元"),
        ("2、新增3家", "新增3家"),
        ("3．新增3家", "新增3家"),
        ("④新增3家", "新增3家"),
        ("a)新增3家", "新增3家"),
        ("5.2025年新增3家", "2025年新增3家"),
        ("1.5亿元用于改造", "1.5亿元用于改造"),
        ("3.xx亿元用于改造", "3.xx亿元用于改造"),
        ("一是新增3家", "一是新增3家"),
    ],
)
def test_a_list_number_goes_and_a_figure_stays(tmp_path: Path, line: str, fact: str) -> None:
    assert [one.text for one in read_facts(written(tmp_path, f"# 一、创新\n{line}\n")).facts] == [fact]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "空"),
        ("   \n\n", "没有找到"),
        ("# 一、工作\n## （一）创新\n", "没有找到"),
        ("# 一、工作\n- 新增3家\n# 一、工作\n- 新增5家\n", "重复"),
        ("# 一、工作\n## （一）创新\n- 甲3家\n## （二）创新\n- 乙5家\n", "重复"),
    ],
)
def test_a_file_without_facts_or_with_equal_headings_is_refused_with_a_code(
    tmp_path: Path, text: str, word: str
) -> None:
    with pytest.raises(FactsInvalid) as caught:
        read_facts(written(tmp_path, text))
    assert caught.value.code == "input.facts"
    assert word in caught.value.sentence("zh")
    assert caught.value.hint("zh")
    assert str(tmp_path) not in caught.value.sentence("zh")


def test_the_refusal_of_a_heading_names_both_lines(tmp_path: Path) -> None:
    with pytest.raises(FactsInvalid) as caught:
        read_facts(written(tmp_path, "# 一、创新\n- 甲3家\n# 二、创新\n- 乙5家\n"))
    assert "第1行、第3行" in caught.value.sentence("zh")


def test_one_heading_under_two_parents_is_no_duplicate(tmp_path: Path) -> None:
    text = "# 一、总结\n## （一）党建\n- 甲3次\n# 二、计划\n## （一）党建\n- 乙5次\n"
    assert len(read_facts(written(tmp_path, text)).sections) == 4


@pytest.mark.parametrize(
    "data",
    [b"\x00\x01\x02\x03" * 40, b"\xff\xfe\x00", b"\xff\xfe\x00bad\x00\x81", bytes(range(128, 255)) * 3],
)
def test_what_is_not_text_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "facts.md"
    path.write_bytes(data)
    with pytest.raises(InputError):
        read_facts(path)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_usual_encoding_is_read(tmp_path: Path, codec: str) -> None:
    path = tmp_path / "facts.md"
    path.write_bytes("# 一、创新\n- 新增3家\n".encode(codec))
    assert [fact.text for fact in read_facts(path).facts] == ["新增3家"]


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable) as caught:
        read_facts(tmp_path / "none.md")
    assert "文件不存在" in caught.value.sentence("zh")
    with pytest.raises(FileUnreadable) as caught:
        read_facts(tmp_path)
    assert "文件夹" in caught.value.sentence("zh")
    assert "folder" in caught.value.sentence("en")


def test_broken_front_matter_and_formats_end_in_coded_errors(tmp_path: Path) -> None:
    facts = read_facts(written(tmp_path, "---\ntitle: [\n---\n- 新增3家\n"))
    assert facts.title == ""
    with pytest.raises(InputError):
        read_facts(written(tmp_path, "not a workbook", "facts.xlsx"))
    with pytest.raises(InputError):
        read_facts(written(tmp_path, "x", "facts.exe"))


def test_items_make_a_facts_file() -> None:
    facts = facts_from_items("一、创新", ["新增23家；", " "], place="清源县", year=2025)
    assert [fact.text for fact in facts.facts] == ["新增23家"]
    with pytest.raises(FactsInvalid):
        facts_from_items("一、创新", ["", " ；"])


@pytest.mark.parametrize(
    "heading", ["（一）聚焦创新", "一、聚焦创新", "1.聚焦创新", "（十二）聚焦创新", "聚焦创新"]
)
def test_a_bare_heading_has_no_enumerator(heading: str) -> None:
    assert bare_heading(heading) == "聚焦创新"


PARTS = """---
title: 清源县科学技术局2025年工作总结
year: 2025
---
# 一、2025年工作开展情况
- 技术合同登记额5.6亿元
# 二、2026年工作计划
## （一）成果转化
- 技术合同登记额6.4亿元
## （二）新建平台
- 新建中试基地2个
# 三、{last}
- 专职人员8名
"""


@pytest.mark.parametrize(
    ("last", "status", "year"), [("存在问题", "actual", 2025), ("保障措施", "plan", 2026)]
)
def test_facts_under_the_plan_are_bound_as_aimed_at(
    tmp_path: Path, last: str, status: str, year: int
) -> None:
    claims = [fact.claims[0] for fact in read_facts(written(tmp_path, PARTS.format(last=last))).facts]
    told = [(claim.status, claim.period.years[0] if claim.period else None) for claim in claims]
    assert told == [("actual", 2025), ("plan", 2026), ("plan", 2026), (status, year)]


def test_a_government_report_looks_back_on_the_year_before(tmp_path: Path) -> None:
    text = "---\nyear: 2025\ngenre: government-report\n---\n# 一、2024年工作回顾\n- 专职人员8名\n# 二、2025年工作安排\n- 专职人员9名\n"
    claims = [fact.claims[0] for fact in read_facts(written(tmp_path, text)).facts]
    assert [(claim.status, claim.period and claim.period.years) for claim in claims] == [
        ("actual", (2024,)),
        ("plan", (2025,)),
    ]


def test_a_heading_of_what_was_done_opens_no_plan(tmp_path: Path) -> None:
    text = "---\nyear: 2025\n---\n# 一、强化规划引领\n- 编制专项规划2个\n# 二、壮大创新主体\n- 专职人员8名\n"
    claims = [fact.claims[0] for fact in read_facts(written(tmp_path, text)).facts]
    assert [claim.part for claim in claims] == ["", ""]
