"""Whole paragraphs of a fictional county's report: everything that is a figure, and nothing else."""

from decimal import Decimal

import pytest

from assistant.quantities import extract, sentences

PARAGRAPHS = [
    (
        "（一）聚焦创新要素，激发创新活力。新认定高新技术企业23家，有效高新技术企业总量达86家，居全市第2位；"
        "入库科技型中小企业1,208家，同比增长18.3%，高于全市平均2.1个百分点。技术合同登记额5.6亿元，完成年度目标的112%。",
        [
            ("23家", "count", "23"),
            ("86家", "count", "86"),
            ("第2位", "rank", "2"),
            ("1,208家", "count", "1208"),
            ("18.3%", "percent", "18.3"),
            ("2.1个百分点", "points", "2.1"),
            ("5.6亿元", "money", "560000000"),
            ("112%", "percent", "112"),
        ],
    ),
    (
        "一是强化平台建设。“十四五”以来，新建省级研发平台7个、市级32个，投入资金超1.2亿元，其中财政资金近3000万元。"
        "二是强化人才引育。选派科技特派员126名，实现行政村全覆盖，培训215场次、6820人次。",
        [
            ("“十四五”以来", "period", None),
            ("7个", "count", "7"),
            ("32个", "count", "32"),
            ("1.2亿元", "money", "120000000"),
            ("3000万元", "money", "30000000"),
            ("126名", "count", "126"),
            ("215场次", "count", "215"),
            ("6820人次", "count", "6820"),
        ],
    ),
    (
        "1—9月，全县规上工业增加值增长8.6%，工业投资增长两成以上，三次产业比由6.1∶41.2∶52.7调整为5.8∶42∶52.2，"
        "城乡居民收入比缩小至2.31∶1。新增发电装机860兆瓦，绿电占比达三分之一。",
        [
            ("1—9月", "period", None),
            ("8.6%", "percent", "8.6"),
            ("两成", "percent", "20"),
            ("6.1∶41.2∶52.7", "ratio", None),
            ("5.8∶42∶52.2", "ratio", None),
            ("2.31∶1", "ratio", None),
            ("860兆瓦", "physical", "860"),
            ("三分之一", "fraction", None),
        ],
    ),
    (
        "贯彻落实《云溪县科技创新三年行动方案（2023—2025年）》（云政发〔2023〕12号），推进两强一增行动，"
        "落实“双减”政策，办好民生实事十二件，12345热线满意率99.2%，5G基站达3.5万个，PM2.5浓度下降3.1%。",
        [
            ("〔2023〕12号", "document_number", None),
            ("十二件", "count", "12"),
            ("99.2%", "percent", "99.2"),
            ("3.5万个", "count", "35000"),
            ("3.1%", "percent", "3.1"),
        ],
    ),
    (
        "力争到2027年，全县生产总值突破800亿元，年均增长6.5%左右，研发经费投入翻一番，新建3至5家新型研发机构，"
        "每家补助50—100万元，城镇新增就业3.2万人以上，高标准农田达到45.6万亩。",
        [
            ("2027年", "period", None),
            ("800亿元", "money", "80000000000"),
            ("6.5%", "percent", "6.5"),
            ("翻一番", "multiple", "2"),
            ("3至5家", "count", None),
            ("50—100万元", "money", None),
            ("3.2万人", "count", "32000"),
            ("45.6万亩", "physical", "456000"),
        ],
    ),
    (
        "xx年，新增企业xx家，完成投资x.x亿元，增长XX%，居全市第x位，赴××县开展对接活动12次。",
        [
            ("xx年", "masked", None),
            ("xx家", "masked", None),
            ("x.x亿元", "masked", None),
            ("XX%", "masked", None),
            ("第x位", "masked", None),
            ("12次", "count", "12"),
        ],
    ),
    (
        "存在问题：一些领域创新能力不强，一批项目进度偏慢，统一调度机制不健全，三农短板明显，"
        "第一产业带动力不足，一体化发展仍需进一步加强，首台套推广应用不够，四风问题时有反弹。",
        [],
    ),
]


@pytest.mark.parametrize(("text", "expected"), PARAGRAPHS)
def test_everything_and_nothing_else(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    found = extract(text)
    assert [(quantity.text, quantity.kind) for quantity in found] == [row[:2] for row in expected]
    for quantity, (_, _, value) in zip(found, expected, strict=True):
        if value is not None:
            assert quantity.value == Decimal(value)


@pytest.mark.parametrize(("text", "expected"), PARAGRAPHS)
def test_a_sentence_gives_the_same_as_the_whole(
    text: str, expected: list[tuple[str, str, str | None]]
) -> None:
    pieces = [quantity.text for span in sentences(text) for quantity in extract(span.of(text))]
    assert pieces == [row[0] for row in expected]


@pytest.mark.parametrize(("text", "expected"), PARAGRAPHS)
def test_no_figure_is_cut_by_a_sentence(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    spans = sentences(text)
    for quantity in extract(text):
        assert any(span.contains(quantity.span) for span in spans)
    assert len(extract(text)) == len(expected)


def test_offsets_hold_in_the_middle_of_a_long_text() -> None:
    text = "\n".join(paragraph for paragraph, _ in PARAGRAPHS) * 5
    assert all(quantity.span.of(text) == quantity.text for quantity in extract(text))
    assert len(extract(text)) == 5 * sum(len(expected) for _, expected in PARAGRAPHS)
