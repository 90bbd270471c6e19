from __future__ import annotations

from pathlib import Path

import pytest

from assistant.chat import Answer, Chat, Consulted, Series, Statement, Table
from assistant.chat.chart import chart_html, write_chart
from assistant.chat.telling import (
    answer_markdown,
    conversation_markdown,
    numbered,
    place_of,
    source_line,
    table_markdown,
)
from assistant.errors import ExportError
from assistant.records import Citation, Span

ONE = Citation("p1", "d1", "甲报告", "总量73家。", Span(0, 6), ("一、情况", "（一）企业"), 3, 18)
TWO = Citation("p2", "d2", "乙报告", "总量61家。", Span(0, 6))


def _answer(**fields: object) -> Answer:
    given = {"question": "问？", "asked": "问？", "route": "value", **fields}
    return Answer(**given)  # type: ignore[arg-type]


def test_an_answer_with_numbered_sources() -> None:
    answer = _answer(
        statements=(Statement("甲73家。", (ONE,), ("73家",)), Statement("增加12家。", (ONE, TWO))),
        consulted=(Consulted("d1", "甲报告", 2024), Consulted("d2", "乙报告", None)),
        notes=("取最近一年。",),
        table=Table(("年份", "值"), (("2024", "73家"),)),
    )
    text = answer_markdown(answer)
    assert "甲73家。\\[1\\]" in text
    assert "增加12家。\\[1\\]\\[2\\]" in text
    assert "| 年份 | 值 |\n| --- | --- |\n| 2024 | 73家 |" in text
    assert "> 取最近一年。" in text
    assert "第3页 · 第18段" in text
    assert "查阅：《甲报告》（2024年）；《乙报告》。" in text


def test_a_declined_answer_has_the_nearest_passages() -> None:
    text = answer_markdown(_answer(nearest=(ONE,)))
    assert text.startswith("资料库中没有找到。")
    assert "最接近的段落：" in text
    assert "总量73家" in text


def test_an_incomplete_answer_says_so() -> None:
    text = answer_markdown(_answer(statements=(Statement("甲73家。", (ONE,)),), incomplete=True))
    assert "（回答没有写完。）" in text


def test_the_place_of_a_citation() -> None:
    assert place_of(ONE) == "一、情况 > （一）企业 · 第3页 · 第18段"
    assert place_of(TWO) == ""
    assert source_line(2, TWO) == "[2] 《乙报告》：“总量61家。”"


def test_a_long_quote_is_cut() -> None:
    long = Citation("p", "d", "甲", "字" * 300, Span(0, 300))
    assert source_line(1, long).endswith("字……”")
    assert len(source_line(1, long)) < 140


def test_numbers_stand_behind_a_statement_once() -> None:
    statement = Statement("甲。", (TWO, ONE, TWO))
    assert numbered(statement, (ONE, TWO)) == "甲。[2][1]"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "[点](https://example.org)",
        "![x](y)",
        "`rm`",
        "| a | b |",
        "# 标题",
        "**粗**",
    ],
)
def test_nothing_from_a_document_works_as_markup(hostile: str) -> None:
    citation = Citation("p", "d", hostile, hostile, Span(0, 1), (hostile,))
    answer = _answer(
        question=hostile,
        asked=hostile,
        statements=(Statement(hostile, (citation,)),),
        table=Table(("甲",), ((hostile,),)),
        notes=(hostile,),
        consulted=(Consulted("d", hostile, None),),
    )
    text = conversation_markdown(hostile, [answer])
    assert all(
        line.lstrip("# ") != hostile.lstrip("# ") or "\\" in line
        for line in text.splitlines()
        if hostile in line
    )
    assert "<script" not in text.replace("\\<", "")
    assert "](" not in text.replace("\\]", "")


def test_a_cell_with_a_line_break_stays_one_row() -> None:
    assert table_markdown(Table(("甲",), (("一\n二",),))).splitlines() == ["| 甲 |", "| --- |", "| 一 二 |"]


def test_a_conversation_has_a_heading_for_each_question(chat: Chat) -> None:
    first = chat.answer("清河县2024年高新技术企业多少家？")
    second = chat.answer("那去年呢？", first.asked)
    text = conversation_markdown("高新技术企业", [first, second])
    assert text.startswith("# 高新技术企业\n")
    assert "## 清河县2024年高新技术企业多少家？" in text
    assert "## 那去年呢？\n\n（理解为：清河县2023年高新技术企业多少家" in text
    assert text.count("来源：") == 2


SERIES = Series(
    "高新技术企业", "家", (("清河县", ((2022, 49.0), (2023, 61.0))), ("白塔区", ((2023, 210.0),)))
)


def test_a_chart_needs_no_network(tmp_path: Path) -> None:
    path = write_chart(SERIES, tmp_path / "out" / "图.html")
    html = path.read_text("utf-8")
    assert "<script src=" not in html
    assert "\\u9ad8\\u65b0" in html or "高新技术企业" in html
    assert "49" in html


def test_names_in_a_chart_are_escaped() -> None:
    hostile = "</script><script>alert(1)</script>"
    html = chart_html(Series(hostile, hostile, ((hostile, ((2024, 1.0),)),)))
    assert "<script>alert(1)" not in html


def test_a_chart_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(ExportError):
        write_chart(SERIES, tmp_path / "file" / "chart.html")
