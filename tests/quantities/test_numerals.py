"""Numerals in every mix, both ways."""

from decimal import Decimal

import pytest

from assistant.quantities.numerals import Number, chinese, narrow, parse

SPELLED = [
    ("0", "0"),
    ("1280", "1280"),
    ("1,280", "1280"),
    ("1,234,567.89", "1234567.89"),
    ("１２８０", "1280"),
    ("１２．５", "12.5"),
    ("1 280", "1280"),
    ("5. 6亿", "560000000"),
    ("零", "0"),
    ("〇", "0"),
    ("两", "2"),
    ("十", "10"),
    ("十二", "12"),
    ("二十", "20"),
    ("廿三", "23"),
    ("卅", "30"),
    ("百", "100"),
    ("一百零五", "105"),
    ("一百一", "110"),
    ("一百一十五", "115"),
    ("两千零四", "2004"),
    ("一千零一十", "1010"),
    ("一千二百八十", "1280"),
    ("一千二百八十亿", "128000000000"),
    ("一万二", "12000"),
    ("一万零二", "10002"),
    ("一万二千三百", "12300"),
    ("十万", "100000"),
    ("百万", "1000000"),
    ("千万", "10000000"),
    ("亿", "100000000"),
    ("万亿", "1000000000000"),
    ("1.2万亿", "1200000000000"),
    ("3亿5000万", "350000000"),
    ("三亿五千万", "350000000"),
    ("1亿零200万", "102000000"),
    ("一亿零三", "100000003"),
    ("100万三千", "1003000"),
    ("1万2千", "12000"),
    ("5百", "500"),
    ("十二点五", "12.5"),
    ("零点零五", "0.05"),
    ("十万点五", "100000.5"),
    ("一点二万亿", "1200000000000"),
    ("二〇二五", "2025"),
    ("一九九七", "1997"),
    ("肆佰叁拾萬", "4300000"),
    ("壹仟贰佰", "1200"),
    ("负三点八", "-3.8"),
    ("-0.5", "-0.5"),
    ("－0.5", "-0.5"),
]
NOT_SPELLED = [
    "",
    "家",
    "三家",
    "点五",
    "三点",
    "1.2.3",
    "百千",
    "十百",
    "负",
    "--3",
    "万家",
    "abc",
    "一千二千",
]


@pytest.mark.parametrize(("text", "value"), SPELLED)
def test_parse(text: str, value: str) -> None:
    number = parse(text)
    assert number is not None
    assert number.value == Decimal(value)


@pytest.mark.parametrize("text", NOT_SPELLED)
def test_parse_refuses_what_is_no_numeral(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "place", "scale"),
    [
        ("23", "1", "1"),
        ("18.3", "0.1", "1"),
        ("18.30", "0.01", "1"),
        ("5.6亿", "10000000", "100000000"),
        ("12万", "10000", "10000"),
        ("1.2万亿", "100000000000", "1000000000000"),
        ("一千二百八十亿", "100000000", "100000000"),
        ("3亿5000万", "10000", "10000"),
        ("一万二千", "1", "1"),
    ],
)
def test_place_and_scale_are_as_written(text: str, place: str, scale: str) -> None:
    number = parse(text)
    assert number is not None
    assert (number.place, number.scale) == (Decimal(place), Decimal(scale))


def test_values_are_exact_decimals() -> None:
    number = parse("0.1")
    assert number is not None
    assert number.value * 3 == Decimal("0.3")
    assert isinstance(number.value, Decimal)


def test_mantissa_and_times() -> None:
    number = Number(Decimal("5.6")).times(Decimal(10**8))
    assert number.value == 560000000
    assert number.mantissa == Decimal("5.6")


@pytest.mark.parametrize(
    ("value", "spelled"),
    [
        ("0", "零"),
        ("2", "二"),
        ("10", "十"),
        ("15", "十五"),
        ("20", "二十"),
        ("101", "一百零一"),
        ("110", "一百一十"),
        ("1010", "一千零一十"),
        ("1280", "一千二百八十"),
        ("10000", "一万"),
        ("10010", "一万零一十"),
        ("100000", "十万"),
        ("20000000", "二千万"),
        ("350000000", "三亿五千万"),
        ("1200000000000", "一万二千亿"),
        ("12.5", "十二点五"),
        ("-3.8", "负三点八"),
    ],
)
def test_chinese(value: str, spelled: str) -> None:
    assert chinese(Decimal(value)) == spelled


def test_chinese_and_parse_are_inverse() -> None:
    values = [n * step for n in range(1, 130) for step in (1, 7, 83, 1009, 10007, 1000003, 100000007)]
    for value in values:
        number = parse(chinese(Decimal(value)))
        assert number is not None
        assert number.value == value, chinese(Decimal(value))


def test_narrow_makes_half_width() -> None:
    assert narrow("１２．５％ 萬") == "12.5%万"
