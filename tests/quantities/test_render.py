"""A quantity written in any style is read back the same."""

import random
from decimal import Decimal
from itertools import cycle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.quantities import STYLES, extract, render
from assistant.quantities.lexicon import units
from assistant.quantities.render import digits, grouped, scaled
from assistant.records import Quantity, QuantityKind, Span

UNITS: list[tuple[QuantityKind, str]] = [
    ("money", "元"),
    ("money", "美元"),
    ("money", "港元"),
    ("money", "欧元"),
    ("count", "家"),
    ("count", "个"),
    ("count", "项"),
    ("count", "名"),
    ("count", "人"),
    ("count", "人次"),
    ("count", "件"),
    ("count", "户"),
    ("count", "场次"),
    ("count", "座"),
    ("count", "辆"),
    ("count", "台"),
    ("physical", "公里"),
    ("physical", "亩"),
    ("physical", "吨"),
    ("physical", "千瓦"),
    ("physical", "千瓦时"),
    ("physical", "平方米"),
    ("physical", "立方米"),
    ("physical", "兆瓦"),
    ("percent", "%"),
    ("points", "个百分点"),
    ("multiple", "倍"),
    ("duration", "年"),
    ("duration", "个月"),
    ("duration", "天"),
    ("rank", "位"),
]


def quantity(kind: QuantityKind, unit: str, value: Decimal) -> Quantity:
    return Quantity(kind, Span(0, 0), "", value, unit)


def random_value(source: random.Random, kind: QuantityKind) -> Decimal:
    if kind in ("percent", "points", "multiple"):
        return Decimal(source.randrange(11, 20000)) / 100
    if kind in ("rank", "duration"):
        return Decimal(source.randrange(2, 99))
    value = Decimal(source.randrange(2, 10 ** source.randrange(1, 13)))
    return value if kind == "count" else value / source.choice((1, 1, 10, 100)) + 1


def same(found: Quantity, wanted: Quantity) -> bool:
    return (found.value, found.unit, found.kind) == (wanted.value, wanted.unit, wanted.kind)


def test_there_are_at_least_twelve_ways_of_writing() -> None:
    value = Decimal(223456780)
    assert len(STYLES) >= 12
    assert len({render(quantity("money", "元", value), style) for style in STYLES}) >= 10


def test_ten_thousand_quantities_survive_writing_and_reading() -> None:
    source, styles, kinds = random.Random(20260101), cycle(STYLES), cycle(UNITS)
    for _ in range(10_000):
        kind, unit = next(kinds)
        wanted = quantity(kind, unit, random_value(source, kind))
        style = next(styles) if source.random() < 0.9 else source.choice(list(STYLES))
        written = render(wanted, style)
        found = extract(f"达到{written}，其中")
        assert len(found) == 1, (style, written)
        assert same(found[0], wanted), (style, written, found[0])
        assert found[0].text == written


@settings(max_examples=400, deadline=None, derandomize=True)
@given(
    value=st.decimals(min_value=2, max_value=10**12, places=2),
    style=st.sampled_from(sorted(STYLES)),
    before=st.sampled_from(["投入", "完成", "总额为", "，"]),
    after=st.sampled_from(["", "，", "。", "左右", "以上"]),
)
def test_money_survives_in_any_surrounding(value: Decimal, style: str, before: str, after: str) -> None:
    wanted = quantity("money", "元", value)
    found = extract(before + render(wanted, style) + after)
    assert len(found) == 1
    assert same(found[0], wanted)


@pytest.mark.parametrize(
    "unit", sorted({unit.name for unit in units().by_name.values() if unit.kind == "physical"})
)
def test_every_physical_unit_is_read_back(unit: str) -> None:
    wanted = quantity("physical", unit, Decimal("12.5"))
    (found,) = extract(f"达到{render(wanted)}，")
    assert same(found, wanted)


@pytest.mark.parametrize(
    "unit", sorted({unit.name for unit in units().by_name.values() if unit.kind == "count"})
)
def test_every_measure_word_is_read_back(unit: str) -> None:
    wanted = quantity("count", unit, Decimal(36))
    (found,) = extract(f"共{render(wanted)}，")
    assert same(found, wanted)


@pytest.mark.parametrize(
    ("style", "written"),
    [
        ("arabic", "350000000元"),
        ("separators", "350,000,000元"),
        ("full_width", "３５０００００００元"),
        ("chinese", "三亿五千万元"),
        ("formal", "叁亿伍仟万元"),
        ("ten_thousands", "35000万元"),
        ("hundred_millions", "3.5亿元"),
        ("mixed", "3亿5000万元"),
        ("blank_before_unit", "350000000 元"),
        ("ocr_blanks", "3 5 0 0 0 0 0 0 0元"),
    ],
)
def test_styles(style: str, written: str) -> None:
    assert render(quantity("money", "元", Decimal(350000000)), style) == written


@pytest.mark.parametrize(
    "text",
    [
        "3—5家",
        "10—12%",
        "1∶3",
        "6.1∶41.2∶52.7",
        "国发〔2021〕3号",
        "第2位",
        "三分之一",
        "xx家",
        "2023年",
        "上半年",
        "-3.2%",
        "1家",
    ],
)
def test_other_kinds_are_read_back(text: str) -> None:
    first = extract(f"共{text}，")[0] if text == "1家" else extract(text)[0]
    again = extract(f"新增{render(first)}，")[0]
    assert (again.kind, again.value, again.unit) == (first.kind, first.value, first.unit)
    assert (again.low, again.high, again.parts, again.number) == (
        first.low,
        first.high,
        first.parts,
        first.number,
    )


def test_percent_in_chinese() -> None:
    assert render(quantity("percent", "%", Decimal("23.5")), "chinese") == "百分之二十三点五"


def test_an_unknown_style_is_refused() -> None:
    with pytest.raises(KeyError):
        render(quantity("count", "家", Decimal(3)), "roman")


def test_number_writers() -> None:
    assert digits(Decimal("1E+3")) == "1000"
    assert digits(Decimal("5.600")) == "5.6"
    assert grouped(Decimal("1234567.5")) == "1,234,567.5"
    assert scaled(Decimal(1200000000000)) == "1.2万亿"
    assert scaled(Decimal(999)) == "999"
