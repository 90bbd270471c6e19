"""Questions for several things at once."""

from __future__ import annotations

import pytest

from assistant.chat import Chat
from assistant.chat.asked import Asked
from assistant.chat.router import route
from assistant.chat.several import each


def _asked(rest: str, text: str = "") -> Asked:
    return Asked(text or rest, matter=rest, rest=rest)


@pytest.mark.parametrize(
    ("rest", "matters"),
    [
        ("高企和科技型中小企业分别多少", ["高企", "科技型中小企业"]),
        ("高企、科技型中小企业各有多少", ["高企", "科技型中小企业"]),
        ("高企以及科技型中小企业的数量", ["高企", "科技型中小企业的数量"]),
        ("失业率与城镇新增就业各是多少", ["失业率", "城镇新增就业"]),
        ("城镇和农村居民人均可支配收入分别多少", ["城镇居民人均可支配收入", "农村居民人均可支配收入"]),
        ("进出口总额是多少，社零总额呢", ["进出口总额", "社零总额"]),
        ("粮食产量和增速分别多少", ["粮食产量", "粮食产量增速"]),
    ],
)
def test_each_thing_is_a_question(rest: str, matters: list[str]) -> None:
    assert [one.matter for one in each(_asked(rest))] == matters


@pytest.mark.parametrize(
    "rest",
    [
        "高新技术企业多少",
        "研究与试验发展经费支出多少",  # 与 in a name
        "竹产业和茶产业分别多少",  # no indicators
        "高企和竹产业分别多少",  # one of them is none
        "高企比增加多少",
        "",
        "和",
    ],
)
def test_one_thing_stays_one_question(rest: str) -> None:
    asked = _asked(rest)
    assert each(asked) == (asked,)


def test_more_than_four_things_are_too_many() -> None:
    asked = _asked("高企、粮食产量、失业率、城镇新增就业、进出口总额分别多少")
    assert each(asked) == (asked,)


def test_what_is_asked_of_the_last_is_asked_of_all() -> None:
    first, second = each(_asked("城镇新增就业和失业率目标分别多少"))
    assert first.wants("aimed")
    assert second.wants("aimed")


def test_the_growth_rate_of_one_is_not_asked_of_the_other() -> None:
    level, rate = each(_asked("GDP总量和增速分别多少"))
    assert not level.wants("rate")
    assert rate.wants("rate")


def test_several_things_of_one_place_are_no_comparison() -> None:
    assert route(_asked("高企和科技型中小企业分别是多少")) == "value"


def test_both_are_answered_with_their_citations(chat: Chat) -> None:
    answer = chat.answer("清河县2024年高新技术企业和技术合同登记额分别是多少")
    assert answer.figures == ("73家", "4.73亿元")
    assert all(one.citations for one in answer.statements)


def test_one_sentence_for_two_things_is_told_once(chat: Chat) -> None:
    answer = chat.answer("清河县2024年技术合同登记额和研发投入强度分别是多少")
    texts = [one.text for one in answer.statements]
    assert len(texts) == len(set(texts))
    assert answer.figures == ("4.73亿元", "1.64%")


def test_what_is_not_found_is_named(chat: Chat) -> None:
    answer = chat.answer("清河县2024年高新技术企业和粮食产量分别是多少")
    assert answer.figures == ("73家",)
    assert any("粮食产量" in note for note in answer.notes)


def test_nothing_found_of_all_is_declined(chat: Chat) -> None:
    answer = chat.answer("清河县2024年粮食产量和城镇新增就业分别是多少")
    assert answer.declined
    assert answer.nearest


def test_the_change_of_each(chat: Chat) -> None:
    answer = chat.answer("清河县2024年高新技术企业和技术合同登记额分别比2023年增加多少")
    assert "增加12家" in answer.figures
    assert "增加0.61亿元" in answer.figures


def test_things_of_two_places_are_a_comparison() -> None:
    asked = Asked(
        "甲县和乙县高企分别是多少", matter="高企", rest="和 高企分别是多少", places=("甲县", "乙县")
    )
    assert route(asked) == "comparison"
