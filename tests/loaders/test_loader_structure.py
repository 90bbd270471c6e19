"""Enumerators, headings against numbered sentences, run-in headings, heading paths."""

from __future__ import annotations

import pytest

from assistant.loaders import load_text
from assistant.loaders.enumerators import ordinal, read_enumerator
from assistant.loaders.lines import Line
from assistant.loaders.structure import roles_of, structure
from assistant.records import Block, Document

BODY = "围绕主导产业梯次培育科技企业，完善服务机制，推动政策直达快享，取得了积极成效。"


@pytest.mark.parametrize(
    ("line", "text", "level", "number", "series"),
    [
        ("一、总体要求", "一、", 1, 1, "level"),
        ("十二、保障措施", "十二、", 1, 12, "level"),
        ("一．总体要求", "一．", 1, 1, "level"),
        ("第一部分 工作回顾", "第一部分", 1, 1, "level"),
        ("第三章 监督管理", "第三章", 1, 3, "level"),
        ("第二节 申报", "第二节", 2, 2, "level"),
        ("（一）聚焦创新要素", "（一）", 2, 1, "level"),
        ("(十五)规模以上工业", "(十五)", 2, 15, "level"),
        ("（ 三 ）优化服务", "（ 三 ）", 2, 3, "level"),
        ("（二）、优化服务", "（二）、", 2, 2, "level"),
        ("1.加强领导", "1.", 3, 1, "level"),
        ("12、加强领导", "12、", 3, 12, "level"),
        ("3．加强领导", "3．", 3, 3, "level"),
        ("（1）加强领导", "（1）", 4, 1, "level"),
        ("(12)加强领导", "(12)", 4, 12, "level"),
        ("①围绕新城", "①", 0, 1, "item"),
        ("2）围绕新城", "2）", 0, 2, "item"),
        ("一是加大投入。", "一是", 0, 1, "clause"),
        ("三要强化监督。", "三要", 0, 3, "clause"),
        ("第十二条 本办法自印发之日起施行。", "第十二条", 3, 12, "article"),
        ("第五条之一 补充规定。", "第五条之一", 3, 5, "article"),
    ],
)
def test_enumerators(line: str, text: str, level: int, number: int, series: str) -> None:
    found = read_enumerator(line)
    assert found is not None
    assert (found.text, found.level, found.ordinal, found.series) == (text, level, number, series)
    assert line[found.end :].strip() == line[found.end :]


@pytest.mark.parametrize(
    "line",
    [
        "1.5亿元用于技术改造",
        "2025年工作回顾",
        "2025.1.3",
        "十四五规划",
        "一季度增长5%",
        "一、二季度分别增长5%、6%",
        "第一届人民代表大会",
        "第一议题制度",
        "一方面加大投入",
        "（以下简称基金）",
        "(2023年)",
        "12345热线",
        "3D打印",
        "",
        "（一",
    ],
)
def test_no_enumerators(line: str) -> None:
    assert read_enumerator(line) is None


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("一", 1),
        ("十", 10),
        ("十九", 19),
        ("二十", 20),
        ("三十二", 32),
        ("一百", 100),
        ("一百零三", 103),
        ("⑳", 20),
        ("07", 7),
    ],
)
def test_ordinals(numeral: str, number: int) -> None:
    assert ordinal(numeral) == number


def _roles(*texts: str) -> list[tuple[str, int]]:
    return [(role.kind, role.level) for role in roles_of([Line(text) for text in texts])]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("一、工作情况", BODY), ("heading", 1)),
        (("（一）聚焦创新要素，激发创新活力", BODY), ("heading", 2)),
        (("（一）发展现状。", BODY), ("heading", 2)),
        (("（一）便利办事服务。", "1.优化流程。简化材料，压缩时限。"), ("heading", 2)),
        (("1.培育科技企业", BODY), ("heading", 3)),
        (("（1）科技特派员", BODY), ("heading", 4)),
        (("一、主要任务：", "（一）培育企业"), ("heading", 1)),
        (("（一）争第一，实施指标提升工程", "一是研发投入指标。鼓励企业加大投入。"), ("heading", 2)),
        (("（一）聚焦创新要素。" + BODY,), ("paragraph", 2)),
        (("(五)加强联合执法,强化资金监管。" + BODY,), ("paragraph", 2)),
        (("1.加强领导。" + BODY,), ("paragraph", 3)),
        (("（一）规模以上工业总产值：1—9月完成56.3亿元，同比下降2%。",), ("paragraph", 2)),
        (("（三）工业投资：x-xx月预计完成x亿元;",), ("paragraph", 2)),
        (("（十二）信息基础设施（5G）：新增基站120座。",), ("paragraph", 2)),
        (("（一）反对宪法所确定的基本原则的；", "（二）危害国家安全的；"), ("list_item", 0)),
        (
            ("一、原则同意在智能化研究等方面开展试点，请认真组织实施，务求取得实效。", "二、加强组织领导。"),
            ("list_item", 0),
        ),
        (("（一）全年完成投资5.6亿元，同比增长8%。其中工业投资3亿元。",), ("list_item", 0)),
        (("1.办公室", "2.人事处", "3.计划处"), ("list_item", 0)),
        (("一是加大投入。全年兑现资金500万元。",), ("list_item", 0)),
        (("①围绕新城建设，引进项目3个。",), ("list_item", 0)),
        (("附件1：任务分工表", BODY), ("heading", 1)),
        (("附件已随文发送，请查收。",), ("paragraph", 0)),
        (("名词解释", BODY), ("heading", 1)),
        ((BODY,), ("paragraph", 0)),
    ],
)
def test_headings_and_sentences(lines: tuple[str, ...], expected: tuple[str, int]) -> None:
    assert _roles(*lines)[0] == expected


def _blocks(*texts: str) -> tuple[Document, list[Block]]:
    (document,) = load_text("云溪县2025年工作总结\n" + "\n".join(texts))
    return document, [block for block in document.blocks if block.kind != "title"]


def test_heading_paths() -> None:
    document, blocks = _blocks(
        "一、工作情况",
        "（一）培育主体。" + BODY,
        "落实奖补资金。",
        "1.高企",
        BODY,
        "（二）搭建平台",
        "一是新增平台。全年3家。",
        "二、存在问题",
        "一是投入不足。二是平台不强。",
    )
    assert [block.heading_path for block in blocks] == [
        ("一、工作情况",),
        ("一、工作情况", "（一）培育主体"),
        ("一、工作情况", "（一）培育主体"),
        ("一、工作情况", "（一）培育主体", "1.高企"),
        ("一、工作情况", "（一）培育主体", "1.高企"),
        ("一、工作情况", "（二）搭建平台"),
        ("一、工作情况", "（二）搭建平台"),
        ("二、存在问题",),
        ("二、存在问题",),
    ]
    assert blocks[1].run_in is not None
    assert blocks[1].run_in.of(document.text) == "（一）培育主体"
    assert blocks[6].enumerator == "一是"


def test_clauses_inside_a_paragraph_are_no_headings() -> None:
    _, blocks = _blocks("（一）培育主体。一是建清单。二是抓服务。三是强奖补。")
    assert len(blocks) == 1
    assert blocks[0].heading_path == ("（一）培育主体",)


def test_numbered_indicators() -> None:
    _, blocks = _blocks(
        "一、主要指标", "（一）工业总产值：完成5亿元。", "全年预计6亿元。", "（二）工业投资：完成1亿元。"
    )
    assert [block.heading_path[-1] for block in blocks] == [
        "一、主要指标",
        "（一）工业总产值",
        "（一）工业总产值",
        "（二）工业投资",
    ]


def test_a_numbered_sentence_ends_deeper_headings() -> None:
    _, blocks = _blocks(
        "一、工作情况",
        "（一）培育主体。" + BODY,
        "（二）全年完成投资5.6亿元，同比增长8%。其中工业3亿元。",
        "另有结转。",
    )
    assert blocks[2].kind == "list_item"
    assert blocks[3].heading_path == ("一、工作情况",)


def test_articles() -> None:
    (document,) = load_text(
        "云溪县奖补办法\n第一章 总则\n第一条 为规范奖补，制定本办法。\n第二条 下列情形不予奖补：\n（一）弄虚作假的；\n（二）重复申报的。\n前款由县科技局认定。\n第二章 附则\n第三条 本办法自印发之日起施行。"
    )
    blocks = document.blocks[1:]
    assert [block.enumerator for block in blocks] == [
        "第一章",
        "第一条",
        "第二条",
        "（一）",
        "（二）",
        "",
        "第二章",
        "第三条",
    ]
    assert blocks[3].kind == "list_item"
    assert blocks[5].heading_path == ("第一章 总则", "第二条")
    assert blocks[7].heading_path == ("第二章 附则", "第三条")


def test_nested_restart_of_numbers_in_an_attachment() -> None:
    (document,) = load_text(
        "云溪县人民政府办公室\n关于印发《云溪县人才行动方案》的通知\n云政办〔2024〕3号\n各镇人民政府：\n现印发给你们，请认真贯彻执行。\n云溪县人民政府办公室\n2024年3月2日\n云溪县人才行动方案\n一、总体要求\n"
        + BODY
    )
    assert [block.kind for block in document.blocks].count("title") == 3
    assert document.blocks[-1].heading_path == ("云溪县人才行动方案", "一、总体要求")


def test_heading_levels_of_the_format() -> None:
    lines = [
        Line("总体情况", "heading", 1),
        Line("培育主体", "heading", 2),
        Line(BODY),
        Line("细目", "heading", 6),
    ]
    _, blocks = structure(lines)
    assert [block.level for block in blocks] == [1, 2, 0, 4]
    assert blocks[2].heading_path == ("总体情况", "培育主体")


def test_enumerators_win_over_the_level_of_the_format() -> None:
    lines = [
        Line("一、情况", "heading", 2),
        Line("（一）主体", "heading", 3),
        Line("经验做法", "heading", 3),
        Line(BODY),
    ]
    _, blocks = structure(lines)
    assert [block.level for block in blocks] == [1, 2, 2, 0]


def test_a_whole_paragraph_in_a_heading_style_is_no_heading() -> None:
    lines = [Line("（一）培育主体。" + BODY, "heading", 2), Line(BODY * 2, "heading", 2)]
    _, blocks = structure(lines)
    assert [block.kind for block in blocks] == ["paragraph", "paragraph"]
    assert blocks[0].run_in is not None


def test_same_number_twice_stays_as_written() -> None:
    _, blocks = _blocks("（五）汇聚人才。" + BODY, "（五）联合执法。" + BODY)
    assert [block.enumerator for block in blocks] == ["（五）", "（五）"]
    assert [block.heading_path for block in blocks] == [("（五）汇聚人才",), ("（五）联合执法",)]


def test_text_is_the_lines_joined() -> None:
    text, blocks = structure([Line("甲"), Line("乙 | 丙\n丁 | 戊", "table"), Line("己")])
    assert text == "甲\n乙 | 丙\n丁 | 戊\n己"
    assert [block.span.of(text) for block in blocks] == ["甲", "乙 | 丙\n丁 | 戊", "己"]


# -- headings without numbers ---------------------------------------------------------------------


def test_plain_headings_where_nothing_else_is_on_top() -> None:
    long = BODY + BODY
    _, blocks = _blocks(
        long, "“十四五”时期工作回顾", long, "（一）培育主体。" + long, "2026年重点工作", long, "结束语", long
    )
    assert [block.span.start >= 0 and (block.kind, block.level) for block in blocks] == [
        ("paragraph", 0),
        ("heading", 1),
        ("paragraph", 0),
        ("paragraph", 2),
        ("heading", 1),
        ("paragraph", 0),
        ("heading", 1),
        ("paragraph", 0),
    ]
    assert blocks[3].heading_path == ("“十四五”时期工作回顾", "（一）培育主体")
    assert blocks[5].heading_path == ("2026年重点工作",)


@pytest.mark.parametrize(
    "short",
    [
        "云溪县科学技术局",
        "2025年3月2日",
        "同志们！",
        "主要做法：",
        "新增企业23家。",
        "甲、乙",
        "一是投入不足",
    ],
)
def test_short_lines_that_are_no_plain_headings(short: str) -> None:
    long = BODY + BODY
    _, blocks = _blocks(long, short, long, short, long)
    assert all(block.kind != "heading" for block in blocks)


def test_one_short_line_alone_is_no_plain_heading() -> None:
    long = BODY + BODY
    _, blocks = _blocks(long, "工作回顾", long, long)
    assert all(block.kind == "paragraph" for block in blocks)


def test_numbered_headings_rule_out_plain_ones() -> None:
    long = BODY + BODY
    _, blocks = _blocks("一、工作情况", long, "经验做法介绍", long, "下步打算说明", long)
    assert [block.kind for block in blocks].count("heading") == 1


def test_a_numeral_alone_is_a_heading() -> None:
    _, blocks = _blocks("一", BODY, "二", BODY, "三、要点", BODY)
    assert [block.heading_path for block in blocks] == [
        ("一",),
        ("一",),
        ("二",),
        ("二",),
        ("三、要点",),
        ("三、要点",),
    ]
