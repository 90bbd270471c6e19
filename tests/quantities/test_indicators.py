"""Names of indicators and what they mean."""

from __future__ import annotations

import time

import pytest

from assistant.quantities import canonical, synonyms
from assistant.quantities.indicators import asked_namings, namings
from assistant.quantities.wordlists import lines


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("高企", "高新技术企业"),
        ("全市新认定高企", "高新技术企业"),
        ("有效高新技术企业总量达", "高新技术企业"),
        ("R&D", "研发经费"),
        ("研究与试验发展经费", "研发经费"),
        ("研发投入", "研发经费"),
        ("规上工业", "规模以上工业企业"),
        ("社消零", "社会消费品零售总额"),
        ("外贸", "进出口总额"),
        ("GDP", "地区生产总值"),
        ("实现固投", "固定资产投资"),
        ("CPI", "居民消费价格"),
        ("专精特新“小巨人”企业", "专精特新“小巨人”企业"),
        ("国家级专精特新小巨人企业", "专精特新“小巨人”企业"),
        ("选任科技助农员", "科技助农员"),
        ("一般公共预算收入完成", "一般公共预算收入"),
        ("", ""),
    ],
)
def test_canonical(written: str, name: str) -> None:
    assert canonical(written) == name


def test_canonical_is_idempotent() -> None:
    for line in lines("indicators.txt"):
        for name in (part.strip() for part in line.split("|")):
            assert canonical(canonical(name)) == canonical(name)


def test_no_name_means_two_indicators() -> None:
    seen: dict[str, str] = {}
    for line in lines("indicators.txt"):
        names = [part.strip() for part in line.split("|")]
        for name in names:
            assert seen.setdefault(name, names[0]) == names[0], name


def test_there_are_many_indicators() -> None:
    assert len(list(lines("indicators.txt"))) > 200


def test_synonyms() -> None:
    assert synonyms("高企") == synonyms("高新技术企业")
    assert synonyms("高企")[0] == "高新技术企业"
    assert "社零" in synonyms("社会消费品零售总额")
    assert synonyms("没有这个指标") == ("没有这个指标",)


def test_levels_are_not_confused() -> None:
    assert canonical("研发投入强度") != canonical("研发投入")
    assert canonical("规上工业增加值") != canonical("工业增加值")
    assert canonical("出口额") != canonical("进出口额")


def test_namings_take_the_longest() -> None:
    text = "新增国家高新技术企业23家，研发经费投入强度2.6%"
    assert [(text[n.start : n.end], n.indicator) for n in namings(text)] == [
        ("国家高新技术企业", "高新技术企业"),
        ("研发经费投入强度", "研发投入强度"),
    ]


def test_namings_do_not_explode() -> None:
    begun = time.process_time()
    namings("高新技术" * 50_000)
    assert time.process_time() - begun < 20


def test_questions_know_loose_names_that_reports_do_not() -> None:
    assert [naming.indicator for naming in asked_namings("去年失业率多少")] == [
        "城镇调查失业率",
        "城镇登记失业率",
    ]
    assert namings("失业率问题") == []
    assert [naming.indicator for naming in asked_namings("登记失业率")] == ["城镇登记失业率"]


def test_a_known_name_may_be_meant_loosely_too() -> None:
    assert {naming.indicator for naming in asked_namings("财政收入多少")} == {"财政收入", "一般公共预算收入"}


@pytest.mark.parametrize("line", list(lines("asked_names.txt")))
def test_every_loose_name_means_something_else(line: str) -> None:
    name, *meanings = (part.strip() for part in line.split("|"))
    assert meanings
    assert name not in meanings
    assert set(meanings) <= {naming.indicator for naming in asked_namings(name)}
