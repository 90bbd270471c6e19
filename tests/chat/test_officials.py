"""Questions in the words of officials, over government reports of two made-up provinces."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from archive.made import document

from assistant.archive import Archive
from assistant.chat import Chat
from assistant.chat.asked import Asked, understand
from assistant.chat.english import in_chinese
from assistant.chat.followup import written_out
from assistant.chat.matching import plain_name
from assistant.chat.router import route
from assistant.chat.several import each
from assistant.chat.verify import unsupported
from assistant.chat.words import simplified
from assistant.records import Document
from chat.conftest import opened

TODAY = date(2026, 3, 1)
LINES = {
    ("安岚省", 2024): (
        "地区生产总值达到1.2万亿元，城镇新增就业50万人，城镇调查失业率5.3%。高新技术企业2000家、科技型中小企业3100家。",
        "地区生产总值增长5%左右，城镇新增就业45万人以上，城镇调查失业率5.5%左右，居民消费价格涨幅2%左右。",
    ),
    ("安岚省", 2025): (
        "五年来，城镇新增就业260万人。地区生产总值增长5.2%，总量达到1.3万亿元，增速居全国第3位，粮食产量居全国第9位。"
        "城镇新增就业52万人，城镇调查失业率5.1%。一般公共预算收入增长3.9%。研发投入强度从1.5%提高到2.1%。",
        "地区生产总值增长5.5%左右，城镇调查失业率5.4%左右。",
    ),
    ("海平省", 2025): (
        "预计地区生产总值迈上2万亿元新台阶，12个市地区生产总值都有增加。城镇调查失业率5.0%。县城常住人口占县域比重63%。"
        "我们也清醒地看到，发展还面临不少困难。",
        "地区生产总值增长6%左右，城镇调查失业率5.2%左右。",
    ),
}


def _report(place: str, reviewed: int) -> Document:
    done, aimed = LINES[place, reviewed]
    return document(
        f"{reviewed + 1}年{place}政府工作报告",
        [
            ("heading", 1, f"一、{reviewed}年工作回顾"),
            done,
            ("heading", 1, f"二、{reviewed + 1}年工作安排"),
            f"今年经济社会发展主要预期目标是：{aimed}",
        ],
        year=reviewed + 1,
        place=place,
        organisation=f"{place}人民政府",
        genre="government-report",
    )


@pytest.fixture(scope="module")
def provinces(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Three reports of two provinces."""
    with opened(tmp_path_factory.mktemp("provinces"), [_report(*key) for key in LINES]) as found:
        yield found


@pytest.fixture
def official(provinces: Archive) -> Chat:
    """A chat over them, in the spring of 2026."""
    return Chat(provinces, today=lambda: TODAY)


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("安岚省2024年高企和科小分别多少家", ("2000家", "3100家")),
        ("安岚2026年GDP增长目标定的多少", ("增长5.5%左右",)),
        ("2026年安岚省失业率目标是多少", ("5.4%左右",)),
        ("海平2025年GDP多少", ("迈上2万亿元",)),
        ("安岚省2025年城镇新增就业多少", ("52万人",)),
        ("安岚GDP增速位居全国第几", ("第3位",)),
        ("安蘭省2024年城鎮調查失業率多少".replace("蘭", "嵐"), ("5.3%",)),
    ],
)
def test_the_figure_that_is_meant(official: Chat, question: str, figures: tuple[str, ...]) -> None:
    assert official.answer(question).figures[: len(figures)] == figures


@pytest.mark.parametrize(
    ("question", "never"),
    [
        ("海平常住人口多少", "63%"),  # a share
        ("安岚研发投入强度多少", "1.5%"),  # where it began
        ("安岚2025年城镇新增就业目标是多少", "52万人"),  # a result
        ("海平2025年GDP多少", "12个"),  # the cities
        ("安岚省GDP排全国第几", "第9位"),  # of another thing
    ],
)
def test_a_figure_of_something_else_is_never_shown(official: Chat, question: str, never: str) -> None:
    assert never not in official.answer(question).figures


def test_a_sum_of_years_is_told_as_one_and_kept_out_of_a_series(official: Chat) -> None:
    answer = official.answer("安岚省历年城镇新增就业")
    assert answer.series is not None
    assert answer.series.lines[0][1] == ((2024, 50.0), (2025, 52.0))
    told = official.answer("安岚省2025年城镇新增就业多少").statements
    assert all("多年的数" in one.text for one in told if "260万人" in one.text)


def test_growth_targets_of_two_provinces_are_compared(official: Chat) -> None:
    answer = official.answer("安岚、海平两省2026年GDP增长目标对比")
    assert set(answer.figures[:2]) == {"增长6%左右", "增长5.5%左右"}


def test_rates_of_two_provinces_are_apart_by_points(official: Chat) -> None:
    answer = official.answer("安岚和海平2025年失业率谁低")
    assert answer.figures[-1] == "高0.1个百分点"


def test_an_outcome_of_another_indicator_is_not_held_against_a_target(official: Chat) -> None:
    answer = official.answer("安岚省2025年居民消费价格目标完成情况如何")
    assert "3.9%" not in answer.text
    assert "2%" in answer.text


def test_only_the_commitment_asked_for_is_told(official: Chat) -> None:
    answer = official.answer("安岚省2025年城镇调查失业率目标完成了吗")
    assert answer.figures == ("5.5%", "5.1%")
    assert "260万人" not in official.answer("安岚省2025年城镇新增就业目标完成了吗").text


def test_a_series_without_results_shows_what_each_report_says(official: Chat) -> None:
    answer = official.answer("安岚省2025年至2026年居民消费价格涨幅")
    assert answer.figures == ("2%左右",)
    assert "2026" in "".join(answer.notes)


def test_weak_points_without_a_section_of_their_own(official: Chat) -> None:
    answer = official.answer("概括2026年海平省报告里存在的问题")
    assert "清醒地看到" in answer.text


@pytest.mark.parametrize(
    ("text", "last", "whole"),
    [
        ("那增速呢？", "安岚省2025年GDP多少", "安岚省2025年GDP增速多少"),
        ("前一年呢", "安岚省2025年GDP多少", "安岚省2024年GDP多少"),
        ("跟海平比呢", "安岚省2025年GDP多少", "安岚省、海平省2025年GDP对比"),
        ("和2024年比呢", "安岚省2025年GDP多少", "安岚省2025年GDP多少，比2024年增加多少？"),
        ("增加了多少", "安岚省2025年GDP多少", "安岚省2025年GDP多少，比2024年增加多少？"),
    ],
)
def test_follow_ups(provinces: Archive, text: str, last: str, whole: str) -> None:
    assert written_out(text, last, provinces.documents(), TODAY) == whole


def test_a_question_without_a_matter_is_declined(official: Chat) -> None:
    assert official.answer("增加了多少").declined


def _things(rest: str) -> list[str]:
    return [one.matter for one in each(Asked(rest, matter=rest, rest=rest))]


def test_several_things_are_told_apart() -> None:
    assert _things("高企和科技型中小企业分别多少") == ["高企", "科技型中小企业"]
    assert _things("一般公共预算收入和支出分别是多少") == ["一般公共预算收入", "一般公共预算支出"]
    assert _things("GDP总量和增速分别是多少") == ["GDP总量", "GDP增速"]
    assert _things("高新技术企业多少") == ["高新技术企业多少"]
    assert _things("竹产业和茶产业分别多少") == ["竹产业和茶产业分别多少"]


def test_what_is_asked_of_a_name_does_not_cut_it() -> None:
    assert plain_name(Asked("", matter="经济增长目标")) == "经济增长"
    assert plain_name(Asked("", matter="GDP增长目标")) == "GDP"


def test_our_own_county_and_years_since(provinces: Archive) -> None:

    known = provinces.documents()
    assert understand("咱们省高企有几家", known, TODAY).strangers == ()
    one = [item for item in known if item.place == "海平省"]
    assert understand("咱们省高企有几家", one, TODAY).places == ("海平省",)
    assert understand("2023年以来安岚省粮食产量", known, TODAY).years == (2023, 2024, 2025)


def test_more_traditional_characters_and_english_words() -> None:
    assert simplified("廣東省採購執行") == "广东省采购执行"
    asked = in_chinese("What was the urban unemployment rate target of 安岚 in 2026?")
    assert asked.text == "2026年 安岚 城镇调查失业率 目标"
    assert asked.unknown == ()


@pytest.mark.parametrize(
    ("question", "matter"),
    [
        ("安岚省2025年GDP是多少", "GDP"),
        ("请问安岚省2025年的GDP大概是多少呢", "GDP"),
        ("安岚、海平两省2025年GDP对比", "GDP"),
        ("安岚和海平谁的GDP高", "GDP"),
        ("海平省2026年居民消费价格涨幅控制在多少", "居民消费价格涨幅"),
        ("海平省2026年居民消费价格涨了多少", "居民消费价格"),
        ("安岚省2025年城镇新增就业比2024年少多少", "城镇新增就业"),
        ("咱们省高企有几家", "高企"),
    ],
)
def test_the_name_that_is_left_of_a_question(provinces: Archive, question: str, matter: str) -> None:
    asked = understand(question, provinces.documents(), TODAY)
    assert plain_name(asked) == matter


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("哪些省的报告提到了低空经济", "find"),
        ("哪一年的报告里首次提到低空经济", "find"),
        ("安岚省2025年报告有没有提到低空经济", "find"),
        ("安岚和海平2025年失业率谁低", "comparison"),
        ("安岚省高企和科小分别是多少", "value"),
        ("2023年以来安岚省粮食产量走势", "series"),
        ("安岚省2025年的粮食产量目标实现了吗", "commitment"),
    ],
)
def test_the_kind_of_a_question(provinces: Archive, question: str, kind: str) -> None:
    assert route(understand(question, provinces.documents(), TODAY)) == kind


@pytest.mark.parametrize(
    "question",
    [
        "安岚省2030年GDP多少",
        "安岚省2025年独角兽企业多少家",
        "海平省2025年城镇新增就业多少",
        "海西省2025年GDP多少",
        "安岚省2025年有多少座核电站",
    ],
)
def test_what_no_report_has_is_declined(official: Chat, question: str) -> None:
    answer = official.answer(question)
    assert answer.declined
    assert answer.nearest


def test_every_figure_shown_is_in_its_citation(official: Chat) -> None:
    for question in ("安岚省2025年GDP多少", "海平2025年失业率多少", "安岚省2026年失业率目标"):
        answer = official.answer(question)
        assert answer.statements
        for one in answer.statements:
            assert not unsupported(one.text, one.citations, answer.asked, one.computed)
