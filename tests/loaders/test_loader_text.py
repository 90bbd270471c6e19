"""Plain text and Markdown: encodings, front matter, lines, inline marks, wrapped lines."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from samples.raising import refused

from assistant.errors import FileUnreadable
from assistant.loaders import load, load_text
from assistant.loaders.encoding import decode
from assistant.loaders.lines import Line
from assistant.loaders.markdown import inline, looks_like_markdown, markdown_lines
from assistant.loaders.plain import clean, front_matter, plain_lines
from assistant.loaders.rejoin import glue, rejoin_wrapped
from assistant.loaders.text import lines_of

PROSE = "云溪县科学技术局2025年工作总结\n今年以来，全县新增高新技术企业23家，技术合同成交额5.6亿元。"


@pytest.mark.parametrize(
    "data",
    [
        PROSE.encode(),
        codecs.BOM_UTF8 + PROSE.encode(),
        PROSE.encode("gb18030"),
        PROSE.encode("gbk"),
        PROSE.encode("utf-16"),
        codecs.BOM_UTF16_BE + PROSE.encode("utf-16-be"),
        PROSE.encode("utf-16-le"),
        PROSE.encode("utf-16-be"),
        PROSE.encode("utf-32"),
    ],
    ids=[
        "utf-8",
        "utf-8 mark",
        "gb18030",
        "gbk",
        "utf-16",
        "utf-16-be mark",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
    ],
)
def test_encodings(data: bytes) -> None:
    assert decode(data, "报告.txt") == PROSE


def test_big5() -> None:
    traditional = "各位代表：現在我代表國務院，向大會報告政府工作，請予審議。國民經濟發展的成就。" * 8
    assert decode(traditional.encode("big5"), "報告.txt") == traditional


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x00\x01\x02\x03" * 50, "不是文本文件"),
        (codecs.BOM_UTF8 + b"\xff\xfe\xfa", "编码标记与内容不符"),
        (codecs.BOM_UTF16_LE + b"\x00bad\x00\x81", "编码标记与内容不符"),
        (codecs.BOM_UTF16_LE + PROSE.encode("utf-16-le") + b"a", "编码标记与内容不符"),
        (codecs.BOM_UTF16_BE + PROSE.encode("utf-8")[:300] * 2, "编码标记与内容不符"),
        (b"\x81\xff\xff\x80" * 40, "无法识别文字编码"),
    ],
)
def test_not_text(data: bytes, reason: str) -> None:
    with refused(FileUnreadable, reason, name="报告.txt"):
        decode(data, "报告.txt")


@pytest.mark.parametrize(
    "text", ["", "3", "新增企业23家", "科技創新與產業發展，企業總量達86家", "GDP 5.6%\r\n"]
)
def test_marked_utf16_of_everyday_text_is_read(text: str) -> None:
    assert decode(text.encode("utf-16"), "报告.txt") == text


def test_same_document_in_every_encoding(tmp_path: Path) -> None:
    ids = set()
    for number, codec in enumerate(("utf-8", "utf-8-sig", "gb18030", "utf-16")):
        path = tmp_path / f"{number}.txt"
        path.write_bytes(PROSE.encode(codec))
        ids.add(load(path)[0].id)
    assert len(ids) == 1


# -- lines ----------------------------------------------------------------------------------------


def test_indentation_blank_lines_and_numbers_of_lines() -> None:
    lines = plain_lines("　　一、总体情况\n\n\n\t全年完成投资。\r\n  \u3000\n结尾。")
    assert [(line.text, line.paragraph, line.gap) for line in lines] == [
        ("一、总体情况", 1, 0),
        ("全年完成投资。", 4, 2),
        ("结尾。", 6, 1),
    ]


@pytest.mark.parametrize("mark", ["• ", "● ", "■", "- ", "· ", "–  "])
def test_bullets_are_list_items(mark: str) -> None:
    (line,) = plain_lines(f"{mark}新增企业23家")
    assert (line.text, line.kind) == ("新增企业23家", "list_item")


@pytest.mark.parametrize("text", ["-5.6亿元", "——增长5%", "*** 同志", "—2025年1月在会议上"])
def test_signs_that_are_no_bullets(text: str) -> None:
    assert plain_lines(text)[0].text == text


def test_direction_overrides_and_zero_width_characters_go() -> None:
    assert clean("\u202e新增\u200b23\ufeff家\u2066\x07") == "新增23家"


# -- front matter ---------------------------------------------------------------------------------


def test_front_matter_in_english_and_chinese_keys() -> None:
    given, body, notes = front_matter(
        "---\ntitle: 甲报告\n年份: 2025\n单位: 云溪县科技局\nother: 1\n---\n正文"
    )
    assert given == {"title": "甲报告", "year": "2025", "organisation": "云溪县科技局"}
    assert body.strip() == "正文"
    assert body.count("\n") == 6
    assert notes == ()


def test_broken_front_matter_is_told() -> None:
    given, body, notes = front_matter("---\ntitle: [甲\n---\n正文")
    assert (given, body.strip()) == ({}, "正文")
    assert "YAML" in notes[0]


def test_front_matter_with_values_that_are_no_text() -> None:
    given, _, _ = front_matter("---\ntitle: {a: 1}\nyear: 2025\nplace:\n---\n正文")
    assert given == {"year": "2025"}


def test_header_of_key_value_lines() -> None:
    given, body, _ = front_matter(
        "# 存档\n- title: 关于甲的通知\n- publisher: 云溪县人民政府\n- date: 2024-05-06\n---\n正文"
    )
    assert given == {"title": "关于甲的通知", "organisation": "云溪县人民政府", "date": "2024-05-06"}
    assert body.strip() == "正文"


def test_rule_in_the_middle_is_no_front_matter() -> None:
    text = "第一段\n---\n第二段\n---\n"
    assert front_matter(text) == ({}, text, ())


def test_front_matter_wins_over_the_text(tmp_path: Path) -> None:
    path = tmp_path / "甲.md"
    path.write_text(
        "---\ntitle: 甲县2024年工作总结\nplace: 乙县\nyear: 2023\ngenre: policy\nnumber: 乙政发〔2023〕1号\n---\n# 丙县2025年工作总结\n正文。",
        encoding="utf-8",
    )
    (document,) = load(path)
    assert document.title == "甲县2024年工作总结"
    assert document.genre == "policy"
    for reading, value in (
        (document.place, "乙县"),
        (document.year, "2023"),
        (document.number, "乙政发〔2023〕1号"),
    ):
        assert reading is not None
        assert (reading.value, reading.origin, reading.span) == (value, "front_matter", None)


# -- Markdown -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**新增**23家", "新增23家"),
        ("*新增*23家", "新增23家"),
        ("见[办法](https://example.org/a)第三条", "见办法第三条"),
        ("![图](a.png)", "图"),
        ("`5.6亿元`", "5.6亿元"),
        ("3\\*4", "3*4"),
        ("以***思想为指导，***指出", "以***思想为指导，***指出"),
        ("学习*** 讲话", "学习*** 讲话"),
        ("__合计__ 5家", "合计 5家"),
        ("____家", "____家"),
        ("a*b*c", "a*b*c"),
    ],
)
def test_inline_marks(written: str, shown: str) -> None:
    assert inline(written) == shown


def test_markdown_blocks() -> None:
    content = markdown_lines(
        "# 甲县工作总结\n\n## 一、情况 ##\n> 引用一句\n- 要点\n***\n```\n代码\n```\n<!-- 注\n释 -->\n末段"
    )
    assert [(line.text, line.kind, line.level, line.paragraph) for line in content.lines] == [
        ("甲县工作总结", "heading", 1, 1),
        ("一、情况", "heading", 2, 3),
        ("引用一句", None, 0, 4),
        ("要点", "list_item", 0, 5),
        ("代码", None, 0, 8),
        ("末段", None, 0, 12),
    ]


def test_markdown_table() -> None:
    (line,) = markdown_lines("| 指标 | 数值 |\n|---|:--:|\n| **高企** | 23\\|4 |\n").lines
    assert line.kind == "table"
    assert line.text == "指标 | 数值\n高企 | 23|4"
    assert [line.text[cell.start : cell.end] for cell in line.cells] == ["指标", "数值", "高企", "23|4"]
    assert [(cell.row, cell.column) for cell in line.cells] == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_text_with_markdown_headings_is_read_as_markdown() -> None:
    assert looks_like_markdown("# 甲办法\n正文")
    assert not looks_like_markdown("#1号机组\n正文")
    assert lines_of("## 第一章 总则\n第一条 甲").lines[0].kind == "heading"


# -- wrapped lines --------------------------------------------------------------------------------


def _wrapped(paragraphs: int, width: int = 30) -> list[Line]:
    text = "加快推进产业园区建设，完善创新平台布局，支持企业与高校共建研发机构，促进科技成果就地转化和产业化应用，带动上下游企业协同发展。"
    rows = [text[start : start + width] for start in range(0, len(text), width)] * paragraphs
    return [Line(row, paragraph=number) for number, row in enumerate(rows, 1)]


def test_lines_cut_at_one_width_are_joined() -> None:
    joined = rejoin_wrapped(_wrapped(10))
    assert len(joined) == 10
    assert all(line.text.endswith("协同发展。") for line in joined)
    assert [line.paragraph for line in joined[:2]] == [1, 4]


def test_few_lines_and_whole_paragraphs_stay() -> None:
    few = _wrapped(3)
    assert rejoin_wrapped(few) == tuple(few)
    whole = [Line("加快推进产业园区建设，完善创新平台布局，支持企业研发。")] * 40
    assert rejoin_wrapped(whole) == tuple(whole)


def test_headings_are_not_joined_to_what_stands_before() -> None:
    lines = _wrapped(10)
    lines.insert(2, Line("（二）强化要素保障，优化营商环境，切实抓好各项任务落实见效"))
    assert any(line.text.startswith("（二）") for line in rejoin_wrapped(lines))


def test_glue_puts_a_space_between_latin_words_only() -> None:
    assert glue("open", "source") == "open source"
    assert glue("新增", "23家") == "新增23家"
    assert glue("5", "6家") == "56家"


# -- texts at hand --------------------------------------------------------------------------------


def test_load_text() -> None:
    (document,) = load_text(PROSE, "云溪县科学技术局2025年工作总结.txt")
    assert document.source.format == "text"
    assert document.source.name == "云溪县科学技术局2025年工作总结.txt"
    assert document.source.size == len(PROSE.encode())
    assert document.text == PROSE


@pytest.mark.parametrize("text", ["", "  \n\t\u3000\n", "\ufeff"])
def test_load_text_without_words(text: str) -> None:
    with refused(FileUnreadable, "文件中没有文字"):
        load_text(text)


def test_load_text_with_lone_surrogates() -> None:
    (document,) = load_text("甲县2025年工作总结\n新增\ud800企业。")
    assert "企业" in document.text
    assert len(document.id) == 16


def test_id_depends_on_the_words_only() -> None:
    first = load_text(PROSE, "甲.txt")[0]
    assert load_text("\n\n  " + PROSE.replace("\n", "\r\n\r\n"), "乙.txt")[0].id == first.id
    assert load_text(PROSE + "又新增1家。", "甲.txt")[0].id != first.id
