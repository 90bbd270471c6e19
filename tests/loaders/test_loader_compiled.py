"""Pages that compile several reports, furniture around texts; numbering that starts again is no new report."""

from __future__ import annotations

from html import escape
from pathlib import Path

import docx as python_docx
import pytest

from assistant.loaders import load, load_text
from assistant.loaders.compilation import split_compilation
from assistant.loaders.furniture import remove_contents, remove_furniture
from assistant.loaders.lines import Line, SourceText
from assistant.records import Document

PAGE = Path(__file__).parent.parent / "samples" / "compiled_page.txt"
BODY = "今年以来，全县上下攻坚克难，各项工作取得了新的成效，为高质量发展提供了有力支撑，群众满意度持续提升，发展后劲不断增强。"
FURNITURE = ("公文之窗", "小编", "推荐访问", "网站地图", "已影响", "节目策划", "合集")


@pytest.fixture(scope="module")
def documents() -> tuple[Document, ...]:
    return load(PAGE)


def test_four_reports(documents: tuple[Document, ...]) -> None:
    assert [document.title for document in documents] == [
        "文旅局2021年度工作总结和2022年工作计划",
        "文化和旅游局2021年度工作总结及2022年工作计划",
        "文旅体育局2021年工作总结和2022年工作计划",
        "文广旅局2021年工作总结及2022年工作计划",
    ]
    assert [document.organisation.value for document in documents if document.organisation] == [
        "县文旅局",
        "区文化和旅游局",
        "区文旅体育局",
        "xx县文广旅局",
    ]
    assert {document.genre for document in documents} == {"annual-summary"}
    assert {document.years for document in documents} == {(2021, 2022)}
    assert {document.reported_year for document in documents} == {2021}
    assert all(document.place is None for document in documents)
    assert len({document.id for document in documents}) == 4


def test_furniture_is_gone_and_told(documents: tuple[Document, ...]) -> None:
    for document in documents:
        assert not any(word in document.text for word in FURNITURE)
        assert any("网页杂项" in note for note in document.notes)
        assert "本页汇编了 4 篇文稿，已分开" in document.notes


def test_every_sentence_is_in_one_report(documents: tuple[Document, ...]) -> None:
    lines = [line.strip() for line in PAGE.read_text(encoding="utf-8").split("\n")[20:] if line.strip()]
    texts = [document.text.split("\n") for document in documents]
    for line in lines:
        if not any(word in line for word in FURNITURE):
            assert sum(line in text for text in texts) == 1, line


def test_openings_and_ends(documents: tuple[Document, ...]) -> None:
    openings = [document.blocks[1].span.of(document.text)[:7] for document in documents]
    assert openings == ["xxxx年,县", "今年以来,区文", "今年以来,在上", "xxxx年,x"]
    assert documents[0].text.endswith("让每个村落都有人会讲故事。")
    assert documents[3].text.endswith("受理投诉当日回访。")


def test_headings_repeated_and_missing_stay_as_written(documents: tuple[Document, ...]) -> None:
    second = [block.enumerator for block in documents[0].blocks if block.level == 2]
    assert second == ["(二)", "(一)", "(二)", "(二)"]
    indicators = [
        block.heading_path[-1]
        for block in documents[3].blocks
        if block.heading_path[:1] == ("一、核心指标预测情况",)
    ]
    assert indicators == [
        "一、核心指标预测情况",
        "(一)旅游总收入",
        "(二)文物修缮投入",
        "(二)文物修缮投入",
        "(三)应急广播建设情况",
    ]


def test_masks_and_spellings(documents: tuple[Document, ...]) -> None:
    first = documents[0]
    masks = [span.of(first.text) for span in first.masks]
    assert {"xxxx", "***", "xx", "x", "x.x", "xxx"} <= set(masks)
    assert [spelling.written for spelling in first.spellings] == ["20d", "d建", "ds", "mz生活h", "组z生活h"]
    assert "xxx" in [span.of(documents[3].text) for span in documents[3].masks]


@pytest.mark.parametrize("blank_lines", [True, False])
def test_saved_as_web_page_and_word(
    tmp_path: Path, documents: tuple[Document, ...], blank_lines: bool
) -> None:
    rows = PAGE.read_text(encoding="utf-8").split("\n")
    rows = rows if blank_lines else [row for row in rows if row.strip()]
    page, word = tmp_path / "页.html", tmp_path / "页.docx"
    body = "".join(f"<p>{escape(row.strip())}</p>" for row in rows)
    page.write_text(
        f"<html><meta charset=utf-8><title>汇编-公文之窗</title><body>{body}</body></html>", encoding="utf-8"
    )
    made = python_docx.Document()
    for row in rows:
        made.add_paragraph(row)
    made.save(str(word))
    for path in (page, word):
        assert [document.id for document in load(path)] == [document.id for document in documents]


# -- other make-ups -------------------------------------------------------------------------------


def _reports(*titles: str) -> str:
    parts = [f"{title}\n{BODY}\n一、工作情况\n{BODY}\n二、工作计划\n{BODY}" for title in titles]
    return "\n".join(parts)


def test_titles_in_front_of_every_part() -> None:
    text = "工作总结汇编（2篇）\n" + _reports(
        "甲局2024年工作总结和2025年工作计划", "乙局2024年工作总结和2025年工作计划"
    )
    documents = load_text(text)
    assert [document.title for document in documents] == [
        "甲局2024年工作总结和2025年工作计划",
        "乙局2024年工作总结和2025年工作计划",
    ]
    assert all(document.text.count("一、工作情况") == 1 for document in documents)


def test_parts_with_numbers() -> None:
    documents = load_text(
        "工作总结范文3篇\n"
        + _reports("篇一：甲局2024年工作总结", "篇二：乙局2024年工作总结", "第三篇：丙局2024年工作总结")
    )
    assert [document.title for document in documents] == [
        "甲局2024年工作总结",
        "乙局2024年工作总结",
        "丙局2024年工作总结",
    ]


def test_parts_without_titles_are_numbered() -> None:
    text = f"年终工作总结汇编（2篇）\n{BODY}\n一、工作情况\n{BODY}\n二、计划\n（一）甲。{BODY}\n2024年，{BODY}\n一、工作情况\n{BODY}"
    documents = load_text(text)
    assert [document.title for document in documents] == [
        "年终工作总结汇编（第1篇）",
        "年终工作总结汇编（第2篇）",
    ]
    assert documents[1].text.split("\n")[1].startswith("2024年，")


def test_a_count_that_does_not_fit_is_told() -> None:
    text = "工作总结汇编（5篇）\n" + _reports("甲局2024年工作总结", "乙局2024年工作总结")
    assert any(
        "标题称有 5 篇，实际分出 2 篇" in note for document in load_text(text) for note in document.notes
    )


@pytest.mark.parametrize(
    "text",
    [
        f"甲县2024年工作总结\n{BODY}\n一、工作情况\n{BODY}\n二、计划\n{BODY}\n附件\n一、任务分工\n{BODY}\n二、时限\n{BODY}",
        f"关于印发实施方案的通知\n{BODY}\n一、总体要求\n{BODY}\n甲县实施方案\n一、目标\n{BODY}",
        f"甲县文件汇编\n{BODY}",
        f"甲县2024年工作总结精选\n{BODY}\n一、工作情况\n{BODY}\n二、计划\n{BODY}",
    ],
)
def test_numbering_that_starts_again_is_one_report(text: str) -> None:
    assert len(load_text(text)) == 1


def test_a_single_text_is_passed_through() -> None:
    content = SourceText((Line("甲县2024年工作总结"), Line(BODY)))
    assert split_compilation(content) == (content,)


# -- furniture ------------------------------------------------------------------------------------


def _kept(*texts: str, web: bool = True) -> list[str]:
    content = SourceText(tuple(Line(text) for text in texts), web=web)
    return [line.text for line in remove_furniture(content).lines]


@pytest.mark.parametrize(
    "line",
    [
        "时间:2024-01-22 13:45:04 来源:甲网",
        "发布日期：2024-01-22",
        "下面是小编为大家整理的范文,供大家参考。",
        "推荐访问:总结 计划",
        "网站地图",
        "上一篇：甲通知",
        "您的位置：首页 > 科技",
        "当前位置： 首页 >> 政务公开",
        "【打印】 【关闭】",
        "字号：大 中 小",
        "分享到：微信",
        "甲ICP备12345678号",
        "版权所有：甲县人民政府",
        "网站标识码：3300000001",
        "原文链接：https://example.org/a",
        "【法宝引证码】 CLI.12.1",
        "责任编辑：张三",
        "登录 | 注册",
        "浏览次数：123次",
    ],
)
def test_lines_that_go_anywhere(line: str) -> None:
    assert _kept("甲县工作总结", BODY, line, BODY) == ["甲县工作总结", BODY, BODY]


@pytest.mark.parametrize(
    "line", ["首页", ">", "云南要闻 > 正文", "来源：甲县日报", "2026-02-03 09:02:33", "工作计划 工作总结"]
)
def test_lines_that_go_before_the_text_only(line: str) -> None:
    assert line not in _kept(line, "甲县工作总结", BODY)
    assert line in _kept("甲县工作总结", BODY, line, BODY)


@pytest.mark.parametrize("line", ["相关链接：甲", "附件下载：甲.docx", "关键词：科技", "联系我们 | 网站地图"])
def test_lines_that_go_after_the_text_only(line: str) -> None:
    assert line not in _kept("甲县工作总结", BODY, line)


@pytest.mark.parametrize(
    "line",
    [
        "时间紧、任务重，必须抓实抓细。",
        "下一步，继续推进。",
        "来源于企业的投入占比提高。",
        "打印机产业产值5亿元。",
        "推荐xx申报省级平台。",
        "分享经济快速发展，新业态加速成长。",
        "附件：1.任务清单",
    ],
)
def test_sentences_stay(line: str) -> None:
    assert line in _kept("甲县工作总结", BODY, line, BODY)


def test_plain_text_needs_two_signs() -> None:
    one = ("时间:2024-01-22 13:45:04", "甲县工作总结", BODY)
    assert _kept(*one, web=False) == list(one)
    assert _kept(*one, "网站地图", web=False) == ["甲县工作总结", BODY]


def test_nothing_but_furniture_stays() -> None:
    assert _kept("网站地图", "当前位置：首页") == ["网站地图", "当前位置：首页"]


def test_short_lists_before_the_text_are_navigation() -> None:
    navigation = [Line(word, "list_item") for word in ("政务公开", "政民互动", "办事服务")]
    content = SourceText((*navigation, Line("甲县工作总结"), Line(BODY), Line("要点", "list_item")), web=True)
    assert [line.text for line in remove_furniture(content).lines] == ["甲县工作总结", BODY, "要点"]


def test_table_of_contents() -> None:
    lines = (
        "目  录",
        "一、总体要求.......... 1",
        "二、主要任务 ………… 3",
        "三、保障措施······ 12",
        "一、总体要求",
        BODY,
    )
    content = remove_contents(SourceText(tuple(Line(text) for text in lines)))
    assert [line.text for line in content.lines] == ["一、总体要求", BODY]
    assert content.notes == ("目录 4 行未读入",)


def test_two_dotted_lines_are_no_table_of_contents() -> None:
    content = SourceText((Line("甲.......... 1"), Line("乙.......... 2"), Line(BODY)))
    assert remove_contents(content) is content


@pytest.mark.parametrize(
    "line",
    [
        "网站地图",
        "收藏字号： 大 中 小",
        "【法宝引证码】 CLI.12.1",
        "下面是小编整理的总结。",
        "甲ICP备12345678号",
    ],
)
def test_one_sure_sign_is_enough(line: str) -> None:
    assert _kept("甲县工作总结", BODY, line, web=False) == ["甲县工作总结", BODY]
