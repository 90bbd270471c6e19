"""Sentence spans."""

from itertools import pairwise

import pytest

from assistant.quantities import sentences


def cut(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("  \n \n", []),
        ("一句话", ["一句话"]),
        ("第一句。第二句。", ["第一句。", "第二句。"]),
        ("第一句！第二句？第三句", ["第一句！", "第二句？", "第三句"]),
        ("一是改革；二是开放。", ["一是改革；", "二是开放。"]),
        ("标题\n正文。", ["标题", "正文。"]),
        ("  缩进的段落。\n\n　　下一段。", ["缩进的段落。", "下一段。"]),
        ("增长5.6%，达到1.2万亿元。完成。", ["增长5.6%，达到1.2万亿元。", "完成。"]),
        ("会议（主席主持。省长讲话）结束。下次再开。", ["会议（主席主持。省长讲话）结束。", "下次再开。"]),
        ("他说：“要抓紧。”大家同意。", ["他说：“要抓紧。”", "大家同意。"]),
        ("贯彻“创新；协调；绿色”理念。", ["贯彻“创新；协调；绿色”理念。"]),
        ("《通知；意见》印发。", ["《通知；意见》印发。"]),
        ("真的吗？！当然。", ["真的吗？！", "当然。"]),
        ("等等……还有。", ["等等……", "还有。"]),
        ("未闭合（括号。后面一句。", ["未闭合（括号。", "后面一句。"]),
        ("多余）括号。后面。", ["多余）括号。", "后面。"]),
        ("（独立成句。）下一句。", ["（独立成句。）", "下一句。"]),
        ("“甲。”“乙。”", ["“甲。”", "“乙。”"]),
        ("没有标点" * 500, ["没有标点" * 500]),
    ],
)
def test_sentences(text: str, pieces: list[str]) -> None:
    assert cut(text) == pieces


def test_an_open_bracket_ends_with_its_line() -> None:
    assert cut("前面（没有闭合\n下一行。再一句。") == ["前面（没有闭合", "下一行。", "再一句。"]


def test_spans_are_ordered_apart_and_hold_all_that_is_not_blank() -> None:
    text = "　　一、工作情况。新增（含升规）23家；增长5.6%。\n二、问题！“好。”\n\n三、计划" * 5
    spans = sentences(text)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())


@pytest.mark.parametrize("text", ["（" * 3000, "“" * 3000, "）" * 3000, "；" * 3000, "（）" * 2000])
def test_brackets_alone(text: str) -> None:
    spans = sentences(text)
    assert sum(span.end - span.start for span in spans) == len(text)
