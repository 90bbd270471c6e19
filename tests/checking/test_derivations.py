"""Figures recomputed from others."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest

from assistant.checking import Case, Sources
from assistant.checking.derivations import Derivation
from assistant.checking.intervals import Interval, decimals, interval, shown
from assistant.checking.wholes import partitions
from assistant.quantities import extract
from tests.checking.reports import document


def derivations(text: str) -> list[Derivation]:
    return list(Case(document(text), Sources()).derivations)


def one(text: str) -> Derivation:
    (derivation,) = derivations(text)
    return derivation


VALUES = [
    (Decimal("40"), Decimal("46")),
    (Decimal("120.5"), Decimal("180.7")),
    (Decimal("3.26"), Decimal("4.91")),
]


@pytest.mark.parametrize("pair", VALUES)
@pytest.mark.parametrize("unit", ["亿元", "家", "万吨", "人次"])
def test_growth(pair: tuple[Decimal, Decimal], unit: str) -> None:
    base, result = pair
    rate = ((result / base - 1) * 100).quantize(Decimal("0.1"))
    for stated, holds in ((rate, True), (rate + Decimal("7.3"), False)):
        derivation = one(f"年度规模由{base}{unit}增加到{result}{unit}，增长{stated}%。")
        assert (derivation.operation, derivation.holds) == ("growth", holds)
    derivation = one(f"年度规模{result}{unit}，比上年增加{result - base}{unit}，增长{rate}%。")
    assert derivation.holds


@pytest.mark.parametrize(
    ("text", "operation", "holds"),
    [
        ("参保率由91.2%提高到95.4%，提高4.2个百分点。", "difference", True),
        ("参保率由91.2%提高到95.4%，提高3.2个百分点。", "difference", False),
        ("能耗由5.2万吨下降到4.6万吨，下降0.6万吨。", "difference", True),
        ("能耗由5.2万吨下降到4.6万吨，下降11.5%。", "growth", True),
        ("能耗由5.2万吨下降到4.6万吨，下降21.5%。", "growth", False),
        ("收入12.5亿元，比上年减少1.5亿元，下降10.7%。", "growth", True),
        ("游客从120万人次增加到360万人次，增长2倍。", "multiple", True),
        ("游客从120万人次增加到360万人次，是原来的3倍。", "multiple", True),
        ("游客从120万人次增加到360万人次，增长3倍。", "multiple", False),
        ("目标任务100家，实际完成112家，完成率112%。", "completion", True),
        ("目标任务100家，实际完成112家，完成率102%。", "completion", False),
        ("年度计划500人，已完成620人，完成年度计划的124%。", "completion", True),
        ("投资143亿元，其中民间投资77亿元，占54%。", "share", True),
        ("投资143亿元，其中民间投资77亿元，占34%。", "share", False),
        ("进出口总额50亿元，其中出口30亿元，进口20亿元。", "sum", True),
        ("进出口总额55亿元，其中出口30亿元，进口20亿元。", "sum", False),
        ("全年培训1900人次，其中一季度300人次，二季度500人次，三季度600人次，四季度500人次。", "sum", True),
        ("企业60家，其中甲镇18家、乙镇15家、丙镇12家、丁镇15家。", "sum", True),
        ("企业40家，其中甲镇18家、乙镇15家、丙镇12家。", "sum", False),
    ],
)
def test_operations(text: str, operation: str, holds: bool) -> None:
    derivation = one(text)
    assert (derivation.operation, derivation.holds) == (operation, holds)


@pytest.mark.parametrize(
    "text",
    [
        "地区生产总值由100亿元增加到120亿元，增长5.5%。",
        "控制商品由19种扩大到32种，零售额比上年下降9.1%。",
        "参保率从91%提高到95%，养老金、低保标准分别提高84%、40%。",
        "操作人员从5人减少至2人，加工效率提升了30%。",
        "待售面积73931万平方米，比去年年末增加2077万平方米，同比增长15.7%。",
        "出口总额12亿元，占全省出口总量的5.8%。",
        "上述六市场进出口22亿元，合计占全市进出口总值的68.4%。",
        "企业60家，其中甲镇18家、乙镇15家。",
        "投资由10亿元增加到20亿元，年均增长8%。",
    ],
)
def test_what_cannot_be_recomputed_is_left_alone(text: str) -> None:
    assert not derivations(text)


def test_a_fall_told_as_a_rise_is_contrary() -> None:
    assert one("企业由86家增加到80家，增长7.5%。").contrary


def test_operands_are_numbers_of_figures() -> None:
    case = Case(document("开头12家。年度规模由40亿元增加到46亿元，增长15%。"), Sources())
    (derivation,) = case.derivations
    assert case.figures[derivation.stated].text == "15%"
    assert [case.figures[number].text for number in derivation.operands] == ["40亿元", "46亿元"]


def test_every_partition_adds_up_or_not() -> None:
    for partition in partitions():
        whole = partition.whole[0] if partition.whole else "年度总量"
        parts = "，".join(f"{names[0]}{n + 2}0亿元" for n, names in enumerate(partition.parts))
        total = sum((n + 2) * 10 for n in range(len(partition.parts)))
        for added, holds in ((total, True), (total + 7, False)):
            found = [d for d in derivations(f"{whole}{added}亿元，其中{parts}。") if d.operation == "sum"]
            assert [d.holds for d in found] == [holds], (whole, parts)


def figure(text: str) -> Interval:
    (quantity,) = extract(text)
    found = interval(quantity)
    assert found is not None
    return found


def test_intervals_follow_the_written_precision() -> None:
    assert figure("5.6亿元") == Interval(Decimal("555000000"), Decimal("565000000"))
    assert figure("23家") == Interval(Decimal("22.5"), Decimal("23.5"))
    over, nearly, about = figure("超100家"), figure("近100家"), figure("约100家")
    assert over.low < 100 < over.high
    assert nearly.high < 101
    assert about.low < 97.5
    assert about.high > 102.5


def test_interval_arithmetic_encloses() -> None:
    a, b = Interval(Decimal(2), Decimal(3)), Interval(Decimal(4), Decimal(5))
    for x, y in product((a.low, a.high), (b.low, b.high)):
        assert (a + b).low <= x + y <= (a + b).high
        assert (b - a).low <= y - x <= (b - a).high
        ratio = b.over(a)
        assert ratio is not None
        assert ratio.low <= y / x <= ratio.high
    assert a.over(Interval(Decimal(0), Decimal(1))) is None
    assert not a.meets(b)
    assert a.meets(Interval(Decimal(3), Decimal(9)))
    assert a.times(Decimal(10)) == Interval(Decimal(20), Decimal(30))


def test_numbers_are_shown_with_the_decimals_of_their_like() -> None:
    (whole, tenths) = extract("23家，5.60亿元")
    assert (decimals(whole), decimals(tenths)) == (0, 2)
    assert shown(Decimal("19.148"), whole) == "19"
    assert shown(Decimal("19.148"), tenths) == "19.15"
    assert shown(Decimal("19.10")) == "19.1"
