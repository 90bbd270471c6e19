"""Figures that stand in the same words."""

from __future__ import annotations

import pytest

from assistant.checking import Case, Sources
from assistant.checking.alignment import MASK, Lines, bigrams, mask, telling, unified
from assistant.checking.lines import document_lines, fact_line, masked_sentences
from assistant.checking.verdicts import digits, firmly, same_number, supports, transposed
from assistant.quantities import extract
from assistant.records import Fact, Quantity
from tests.checking.reports import checked, document


def quantity(text: str) -> Quantity:
    (found,) = extract(text)
    return found


def test_masking_keeps_words_and_counts_figures() -> None:
    text = "新认定高企 23家,超2000万元以上"
    masked = mask(text, extract(text))
    assert masked.text == f"新认定高新技术企业{MASK}，{MASK}"
    assert [masked.text[place] for place in masked.places] == [MASK, MASK]
    assert len(masked.figures) == 2


def test_unified_names() -> None:
    assert unified("高企和R&D投入") == unified("高新技术企业和研发经费")


def test_telling() -> None:
    assert telling(f"技术合同登记额{MASK}")
    assert not telling(f"同比增长{MASK}")


def test_bigrams_skip_signs() -> None:
    assert bigrams(f"增长{MASK}，其中") == {"增长", "其中"}


def verdict(draft: str, *facts: str) -> tuple[str, str]:
    case = Case(document(draft), Sources.of(facts))
    return case.verdicts[-1].state, case.verdicts[-1].cause


@pytest.mark.parametrize(
    ("draft", "state", "cause"),
    [
        ("选任科技特派员126名。", "supported", ""),
        ("持续强化科技服务，全年选任科技特派员达到126名。", "supported", ""),
        ("全县科技特派员选任126名。", "supported", ""),
        ("选任科技特派员162名。", "conflict", "transposed"),
        ("选任科技特派员98名。", "conflict", "stale"),
        ("选任科技特派员460名。", "conflict", "misattributed"),
        ("选任科技特派员777名。", "conflict", "differs"),
        ("建成院士工作站777个。", "unsupported", "unsupported"),
    ],
)
def test_verdicts(draft: str, state: str, cause: str) -> None:
    facts = (
        "选任科技特派员126名",
        "上年（2024年）：选任科技特派员98名",
        "新增示范带动农户460名",
        "技术合同登记额5.6亿元",
    )
    assert verdict(draft, *facts) == (state, cause)


def test_the_longer_line_decides() -> None:
    facts = ("五年城镇新增就业4500万人", "城镇新增就业5771万人")
    assert verdict("五年城镇新增就业5771万人。", *facts)[0] == "conflict"
    assert verdict("五年城镇新增就业4500万人。", *facts)[0] == "supported"


def test_figures_pair_in_order_within_a_line() -> None:
    facts = ("原油、天然气产量分别增长72.1%、31.2%",)
    case = Case(document("原油、天然气产量分别增长72.1%、13.2%。"), Sources.of(facts))
    assert [v.state for v in case.verdicts] == ["supported", "conflict"]


def test_lines_like_a_text() -> None:
    lines = Lines(mask(text, extract(text)) for text in ("技术合同登记额5.6亿元", "粮食总产量12万吨"))
    assert lines.similar("全县技术合同登记额稳步提升") == [0]
    assert [number for _, number in lines.containing(unified("粮食总产量"), 0.9)] == [1]
    assert lines.similar("毫不相干的一句话") == []


def test_facts_of_the_year_before() -> None:
    line = fact_line(Fact("F01", "上年（2024年）：选任科技特派员98名"), "事实")
    assert line.earlier
    assert line.masked.text == f"选任科技特派员{MASK}名" or line.masked.text == f"选任科技特派员{MASK}"
    assert [figure.text for figure in line.figures] == ["98名"]
    assert not fact_line(Fact("F02", "主要目标：选任科技特派员98名"), "事实").earlier


def test_document_lines_carry_spans() -> None:
    source = document("第一句没有数字。技术合同登记额5.6亿元。粮食总产量12万吨。")
    lines = document_lines(source, "source")
    assert [line.span.of(source.text) for line in lines if line.span] == [line.text for line in lines]
    assert len(lines) == 2


def test_masked_sentences_cover_all_figures() -> None:
    text = "甲企业12家；乙企业13家。\n丙企业14家，丁企业15家。"
    figures = [q for q in extract(text) if q.is_figure]
    found = [figure for _, masked in masked_sentences(text, figures) for figure in masked.figures]
    assert found == figures


@pytest.mark.parametrize(
    ("one", "other", "is_so"),
    [
        ("1280家", "1208家", True),
        ("156家", "1566家", True),
        ("23家", "24家", False),
        ("5.6亿元", "6.5亿元", True),
        ("23家", "23个", False),
    ],
)
def test_transposed(one: str, other: str, is_so: bool) -> None:
    assert transposed(quantity(one), quantity(other)) is is_so


def test_same_number_in_another_unit() -> None:
    assert same_number(quantity("52.3万元"), quantity("52.3亿元"))
    assert same_number(quantity("52.3万元"), quantity("52.34亿元"))
    assert not same_number(quantity("52.3万元"), quantity("52.3万元"))
    assert not same_number(quantity("52.3万元"), quantity("53.3亿元"))


def test_supports() -> None:
    assert supports(quantity("2013.6亿元"), quantity("超2000亿元"))
    assert not supports(quantity("250万吨以上"), quantity("520万吨以上"))
    assert supports(quantity("4.46%—5%"), quantity("4.5%—5%"))
    assert not firmly(quantity("900万人以上"), quantity("1168万人"))
    assert digits(quantity("1,280.50亿元")) == "1280.50"


FAINT = ("煤1.21亿吨，减少33.7%", "平均每年增长8.6%", "上年（2024年）：平均每年增长9.9%")


@pytest.mark.parametrize(
    ("draft", "unsupported"),
    [
        ("原油产量增加，煤1.21亿吨，减少33.7%。居民生活改善，平均每年增长8.6%。", []),
        ("原油产量增加，煤1.21亿吨，减少37.3%。", ["37.3%"]),
        ("居民生活改善，平均每年增长9.9%。", ["9.9%"]),
    ],
)
def test_words_that_tell_little_support_the_very_same_figures_only(
    draft: str, unsupported: list[str]
) -> None:
    report = checked(draft, *FAINT)
    found = [one for one in report.findings if one.rule.startswith(("number.", "unit.", "percent."))]
    assert [one.span.of(document(draft).text) for one in found if one.severity != "note"] == unsupported
