"""Masked figures and names, and evasive spellings."""

from __future__ import annotations

from importlib.resources import files

import pytest

from assistant.loaders import load_text
from assistant.loaders.masks import find_masks, find_spellings


@pytest.mark.parametrize(
    ("text", "masks"),
    [
        ("新增企业xx家，总量xxx家", ["xx", "xxx"]),
        ("增速x.x%，高于全市x个百分点", ["x.x", "x"]),
        ("xxxx年x月，居全市第x位", ["xxxx", "x", "x"]),
        ("x-xx月累计", ["x", "xx"]),
        ("XX%，XXXX年", ["XX", "XXXX"]),
        ("××县××镇", ["××", "××"]),
        ("ｘｘ家", ["ｘｘ"]),
        ("含xxxmhz基站", ["xxx"]),
        ("以***思想为指导", ["***"]),
        ("＊＊＊同志", ["＊＊＊"]),
        ("某某公司，□□家", ["某某", "□□"]),
        ("○○县，〇〇家", ["○○", "〇〇"]),
        ("共____家", ["____"]),
        ("投资【待补】亿元，【待填：单位】", ["【待补】", "【待填：单位】"]),
        ("第X位，X家企业", ["X", "X"]),
        ("招引x西南项目", ["x"]),
    ],
)
def test_masks(text: str, masks: list[str]) -> None:
    assert [span.of(text) for span in find_masks(text)] == masks


@pytest.mark.parametrize(
    "text",
    [
        "X射线检测，x光机",
        "Excel表，xlsx文件，Linux系统",
        "3×4米，2x3",
        "人工智能+X人才，“1+N+X”体系",
        "车与X（人、车、路）",
        "二○○四年，二〇〇〇年，一九九○年",
        "某公司",
        "*注：含税",
        "max值，x86架构，5G网络",
        "R&D经费，AI大模型",
        "_下划线_",
    ],
)
def test_what_is_no_mask(text: str) -> None:
    assert find_masks(text) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("夯实d建基础", [("d建", "党建")]),
        ("党的20d精神", [("20d", "二十大")]),
        ("学习ds图片展", [("ds", "党史")]),
        ("召开mz生活h和组z生活h", [("mz生活h", "民主生活会"), ("组z生活h", "组织生活会")]),
        ("机关d建工作", [("d建", "党建")]),
        ("zd项目建设", [("zd项目", "重大项目")]),
        ("d建d建", [("d建", "党建"), ("d建", "党建")]),
        ("共产d员", [("共产d", "共产党")]),
    ],
)
def test_spellings(text: str, found: list[tuple[str, str]]) -> None:
    spellings = find_spellings(text)
    assert [(spelling.written, spelling.meaning) for spelling in spellings] == found
    assert all(spelling.span.of(text) == spelling.written for spelling in spellings)


@pytest.mark.parametrize(
    "text", ["3d打印", "4d影院", "led建设", "ads平台", "DS标识", "word建立", "www.20d.example", "党建"]
)
def test_what_is_no_spelling(text: str) -> None:
    assert find_spellings(text) == ()


def test_a_long_text_without_letters_has_none() -> None:
    assert find_spellings("全年新增高新技术企业二十三家。" * 20_000) == ()


def test_spelling_file_has_unique_rows_that_differ() -> None:
    rows = files("assistant.loaders").joinpath("data/spellings.tsv").read_text("utf-8").splitlines()
    pairs = [row.split("\t") for row in rows if not row.startswith("#")]
    assert all(len(pair) == 2 and pair[0] != pair[1] for pair in pairs)
    written = [pair[0] for pair in pairs]
    assert len(set(written)) == len(written)
    for spelling, meaning in pairs:
        (found,) = find_spellings(f"，{spelling}，")
        assert found.meaning == meaning
        assert all("\u4e00" <= character <= "\u9fff" for character in meaning)


def test_the_document_keeps_the_text_as_written() -> None:
    (document,) = load_text("甲县2022年工作总结\nxxxx年，抓实d建，新增企业xx家。")
    assert "抓实d建，新增企业xx家" in document.text
    assert [span.of(document.text) for span in document.masks] == ["xxxx", "xx"]
    assert [spelling.meaning for spelling in document.spellings] == ["党建"]
