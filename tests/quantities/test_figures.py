"""Numbers as they stand in a text, before their unit is known, and the words that qualify them."""

from decimal import Decimal

import pytest

from assistant.quantities import approximation, extract, figures
from assistant.quantities.writing import gap_at, number_at, until_at
from assistant.records import Quantity, Span


@pytest.mark.parametrize(
    ("text", "written", "value"),
    [
        ("23家", "23", "23"),
        ("1,280家", "1,280", "1280"),
        ("１２８０家", "１２８０", "1280"),
        ("1 280家", "1 280", "1280"),
        ("1 2 8 0家", "1 2 8 0", "1280"),
        ("5.6亿元", "5.6亿", "560000000"),
        ("5. 6亿元", "5. 6亿", "560000000"),
        ("5.6 亿元", "5.6 亿", "560000000"),
        ("3亿5000万元", "3亿5000万", "350000000"),
        ("2万3千人", "2万3千", "23000"),
        ("1.2万亿元", "1.2万亿", "1200000000000"),
        ("5千克", "5", "5"),
        ("5千家", "5千", "5000"),
        ("2.5万千瓦", "2.5万", "25000"),
        ("三千瓦", "三", "3"),
        ("三千家", "三千", "3000"),
        ("一千二百八十亿元", "一千二百八十亿", "128000000000"),
        ("十二点五公里", "十二点五", "12.5"),
        ("二十余家", "二十余", "20"),
        ("20 余家", "20 余", "20"),
        ("3000多万元", "3000多万", "30000000"),
        ("三十余万人", "三十余万", "300000"),
        ("六千餘萬畝", "六千餘萬", "60000000"),
        ("十几个", "十几", "10"),
        ("数百家", "数百", "100"),
        ("几十万人", "几十万", "100000"),
    ],
)
def test_read(text: str, written: str, value: str) -> None:
    figure = figures.read(text, 0)
    assert figure is not None
    assert text[figure.start : figure.end] == written
    assert figure.number.value == Decimal(value)


@pytest.mark.parametrize("text", ["家", "", "点五", "一二三产业", "二三五", "。"])
def test_nothing_to_read(text: str) -> None:
    assert figures.read(text, 0) is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("两三个", 2, 3),
        ("三五家", 3, 5),
        ("七八百人", 700, 800),
        ("十七八个", 17, 18),
        ("四五千万元", 40000000, 50000000),
    ],
)
def test_two_digits_side_by_side_are_a_range(text: str, low: int, high: int) -> None:
    figure = figures.read(text, 0)
    assert figure is not None
    assert (figure.low, figure.high) == (low, high)
    assert figure.approximation == "about"


@pytest.mark.parametrize(
    "text", ["C919架", "G60条", "7×24小时", "3·15次", "第3家", "B2家", "“三个", "2.2.1家"]
)
def test_names(text: str) -> None:
    start = next(place for place, character in enumerate(text) if place and character in "0123456789三")
    figure = figures.read(text, 0 if text.startswith("2") else start)
    assert figure is not None
    assert figures.is_name(text, figure)


@pytest.mark.parametrize("text", ["新增3家", "（3家）", "“3家”", "、3家", "为3家"])
def test_no_names(text: str) -> None:
    figure = figures.read(text, text.index("3"))
    assert figure is not None
    assert not figures.is_name(text, figure)


@pytest.mark.parametrize("dash", ["—", "－", "-", "~", "～", "–", "至", "到", "——", " — ", "--"])
def test_every_dash_joins_a_range(dash: str) -> None:
    assert until_at(dash, 0)
    (quantity,) = extract(f"新建3{dash}5家")
    assert (quantity.low, quantity.high) == (3, 5)


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u3000", "\u2009"])
def test_blanks_between_number_and_unit(blank: str) -> None:
    assert gap_at(blank, 0)
    assert number_at(f"23{blank}家", 0)
    assert [quantity.text for quantity in extract(f"新增23{blank}家")] == [f"23{blank}家"]


def test_a_line_break_ends_a_figure() -> None:
    (quantity,) = extract("新增23\n家")
    assert (quantity.text, quantity.unit) == ("23", "")


@pytest.mark.parametrize(
    ("before", "meaning"),
    [
        ("约", "about"),
        ("大约", "about"),
        ("近", "nearly"),
        ("超过", "over"),
        ("超过了", "over"),
        ("突破", "over"),
        ("不少于", "at_least"),
        ("不超过", "at_most"),
        ("不到", "at_most"),
    ],
)
def test_words_in_front(before: str, meaning: str) -> None:
    found = approximation.before(f"总量{before}100", 2 + len(before))
    assert found is not None
    assert found[1] == meaning


@pytest.mark.parametrize("before", ["最近", "附近", "节约", "合约", "新增", "线上", ""])
def test_words_in_front_that_qualify_nothing(before: str) -> None:
    assert approximation.before(f"{before}100", len(before)) is None


def test_what_is_known_only_by_its_order_stays_so() -> None:
    quantity = Quantity("count", Span(1, 4), "十几家", Decimal(10), "家", approximation="several")
    assert approximation.approximated("约十几家左右", quantity) is quantity
