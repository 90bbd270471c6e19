"""Whether a stated figure is what the source says."""

from decimal import Decimal

import pytest

from assistant.quantities import agree, compare, extract
from assistant.records import Quantity


def figure(text: str) -> Quantity:
    (quantity,) = [found for found in extract(f"共{text}。") if found.kind not in ("period",)]
    return quantity


AGREEING = [
    ("18.3%", "18.3%"),
    ("18.3%", "18.34%"),
    ("18.34%", "18.3%"),
    ("18.3%", "18.30%"),
    ("百分之八", "8%"),
    ("八成", "80%"),
    ("5.6亿元", "56000万元"),
    ("5.6亿元", "56021万元"),
    ("5.6亿元", "5.64亿元"),
    ("5.6亿元", "5.6021亿元"),
    ("56021万元", "5.6亿元"),
    ("1280家", "1,280家"),
    ("1280家", "一千二百八十家"),
    ("1280家", "１２８０家"),
    ("3.2万人", "32000人"),
    ("3.2万人", "32014人"),
    ("3.2万人次", "32000人次"),
    ("10公里", "10000米"),
    ("1公顷", "15亩"),
    ("860兆瓦", "86万千瓦"),
    ("5000斤", "2.5吨"),
    ("超2000亿元", "2013.6亿元"),
    ("突破2000亿元", "2013.6亿元"),
    ("近2000亿元", "1987亿元"),
    ("近千家", "986家"),
    ("约12亿元", "11.8亿元"),
    ("约12亿元", "12.3亿元"),
    ("20余家", "23家"),
    ("560余座", "563座"),
    ("3000多万元", "3280万元"),
    ("90%以上", "93.5%"),
    ("不少于20家", "20家"),
    ("不超过5%", "4.9%"),
    ("十几个", "13个"),
    ("数百家", "420家"),
    ("23家", "23户"),
    ("31个", "31项"),
    ("120名", "120人"),
    ("第2位", "第2名"),
    ("3至5家", "3—5家"),
    ("3至5家", "4家"),
    ("1∶3", "1:3"),
    ("翻一番", "2倍"),
    ("3年", "36个月"),
    ("2.1个百分点", "2.1百分点"),
    ("超20家", "超20家"),
]
DIFFERING = [
    ("18.3%", "18.4%"),
    ("18.3%", "13.8%"),
    ("18.3%", "18.3个百分点"),
    ("5.6亿元", "5.6万元"),
    ("5.6亿元", "5.66亿元"),
    ("5.6亿元", "5600万元"),
    ("5.6亿元", "5.6亿美元"),
    ("1280家", "1208家"),
    ("23家", "24家"),
    ("23家", "23元"),
    ("23家", "23人"),
    ("120人", "120人次"),
    ("10公里", "10吨"),
    ("10公里", "10亩"),
    ("超2000亿元", "1987亿元"),
    ("超2000亿元", "2000亿元"),
    ("近2000亿元", "2013亿元"),
    ("近2000亿元", "1500亿元"),
    ("约12亿元", "15亿元"),
    ("20余家", "19家"),
    ("20余家", "35家"),
    ("560余座", "712座"),
    ("90%以上", "85%"),
    ("不超过5%", "5.3%"),
    ("数百家", "42家"),
    ("第2位", "第3位"),
    ("3至5家", "3至6家"),
    ("3至5家", "6家"),
    ("1∶3", "1∶2"),
    ("2倍", "2%"),
    ("xx家", "23家"),
]


@pytest.mark.parametrize(("stated", "source"), AGREEING)
def test_agree(stated: str, source: str) -> None:
    assert agree(figure(stated), figure(source))


@pytest.mark.parametrize(("stated", "source"), DIFFERING)
def test_differ(stated: str, source: str) -> None:
    assert not agree(figure(stated), figure(source))


@pytest.mark.parametrize("text", [pair[0] for pair in AGREEING + DIFFERING if "x" not in pair[0]])
def test_a_figure_agrees_with_itself(text: str) -> None:
    assert compare(figure(text), figure(text)).agreement == "equal"


@pytest.mark.parametrize(
    ("stated", "source", "agreement"),
    [
        ("18.3%", "18.3%", "equal"),
        ("18.3%", "18.34%", "rounded"),
        ("超2000亿元", "2013.6亿元", "bounded"),
        ("18.3%", "19.3%", "differs"),
        ("18.3%", "18.3亿元", "incomparable"),
    ],
)
def test_comparison_says_how(stated: str, source: str, agreement: str) -> None:
    assert compare(figure(stated), figure(source)).agreement == agreement


def test_comparison_measures_in_the_stated_unit() -> None:
    comparison = compare(figure("10公里"), figure("9500米"))
    assert comparison.factor == Decimal("0.001")
    assert comparison.difference == Decimal("0.5")


def test_document_numbers_and_times() -> None:
    left, right = extract("国发〔2021〕3号")[0], extract("国发[2021]3号")[0]
    other = extract("国发〔2021〕5号")[0]
    assert agree(left, right)
    assert not agree(left, other)
    assert agree(extract("2023年")[0], extract("二〇二三年")[0])
    assert not agree(extract("2023年")[0], extract("2024年")[0])
    assert not agree(extract("2023年")[0], left)
