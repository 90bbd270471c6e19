from __future__ import annotations

import pytest

from assistant.chat.computing import difference, growth
from assistant.quantities import extract


def _two(text: str) -> tuple:  # type: ignore[type-arg]
    one, other = text.split("|")
    return extract(one)[0], extract(other)[0]


@pytest.mark.parametrize(
    ("pair", "text", "formula", "sign"),
    [
        ("73家|61家", "12家", "73−61=12", 1),
        ("61家|73家", "12家", "61−73=-12", -1),
        ("61家|61家", "0家", "61−61=0", 0),
        ("4.73亿元|4.12亿元", "0.61亿元", "4.73−4.12=0.61", 1),
        ("4.73亿元|4120万元", "4.318亿元", "4.73−0.412=4.318", 1),
        ("1.64%|1.48%", "0.16个百分点", "1.64−1.48=0.16", 1),
        ("3.2万平方米|2.9万平方米", "0.3万平方米", "3.2−2.9=0.3", 1),
        ("1.2万亿元|9000亿元", "0.3万亿元", "1.2−0.9=0.3", 1),
    ],
)
def test_a_difference_in_the_later_ones_unit(pair: str, text: str, formula: str, sign: int) -> None:
    found = difference(*_two(pair))
    assert found is not None
    assert (found.text, found.formula, found.sign) == (text, formula, sign)


@pytest.mark.parametrize(
    "pair", ["73家|61亿元", "超73家|61家", "73家|约61家", "3至5家|2家", "第3位|第4位", "73家|61名"]
)
def test_what_cannot_be_subtracted(pair: str) -> None:
    assert difference(*_two(pair)) is None


@pytest.mark.parametrize(
    ("pair", "text", "sign"),
    [
        ("73家|61家", "19.7%", 1),
        ("61家|73家", "16.4%", -1),
        ("4.73亿元|4.12亿元", "14.8%", 1),
        ("10家|10家", "0%", 0),
        ("3家|1家", "200%", 1),
    ],
)
def test_growth_to_one_decimal(pair: str, text: str, sign: int) -> None:
    found = growth(*_two(pair))
    assert found is not None
    assert (found.text, found.sign) == (text, sign)
    assert "÷" in found.formula


@pytest.mark.parametrize("pair", ["1.64%|1.48%", "5家|0家", "约73家|61家"])
def test_what_has_no_growth(pair: str) -> None:
    assert growth(*_two(pair)) is None


def test_results_are_exact() -> None:
    found = difference(*_two("0.3亿元|0.1亿元"))
    assert found is not None
    assert found.text == "0.2亿元"
