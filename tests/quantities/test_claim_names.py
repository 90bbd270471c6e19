"""Which indicator a figure gets when its name stands elsewhere."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.quantities import bind_text
from assistant.quantities.labels import label_before_colon, names_nothing, traded

Row = tuple[str, str]


def names(text: str) -> list[Row]:
    return [(claim.indicator, claim.quantity.text) for claim in bind_text(text, 2022)]


def test_a_name_before_a_colon_holds_for_its_line() -> None:
    text = "（一）规模以上工业总产值：1—11月完成297.1亿元，同比增长4.8%；全年预测完成326亿元。\n2022年完成12亿元。"
    found = names(text)
    assert [name for name, _ in found[:3]] == ["规模以上工业总产值"] * 3
    assert found[3][0] != "规模以上工业总产值"


def test_the_months_before_a_figure_are_its_period() -> None:
    first, _, forecast = bind_text("工业投资：1—11月完成35.4亿元，同比增长11.3%；全年预测完成39亿元。", 2022)
    assert first.period is not None
    assert (first.period.start, first.period.end) == (date(2022, 1, 1), date(2022, 11, 30))
    assert forecast.status == "forecast"
    assert forecast.period is not None
    assert forecast.period.end == date(2022, 12, 31)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "全年新认定高新技术企业17家，退出5家，有效总量73家",
            [("高新技术企业", "17家"), ("退出", "5家"), ("高新技术企业", "73家")],
        ),
        ("进出口总额15.2亿元，其中出口7.7亿元", [("进出口总额", "15.2亿元"), ("出口额", "7.7亿元")]),
        ("选任科技特派员138名，其中省级15名", [("科技特派员", "138名"), ("科技特派员", "15名")]),
    ],
)
def test_words_of_counting_keep_the_name(text: str, expected: list[Row]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize("words", ["全年预测完成326亿元", "2022年实际完成326亿元", "但距75家的目标还差2家"])
def test_words_that_name_nothing(words: str) -> None:
    assert {name for name, _ in names(words)} == {""}


def test_each_level_is_its_own_qualifier() -> None:
    claims = bind_text("选任科技特派员138名，其中省级15名、市级30名、县级93名", 2024)
    assert [[word for word in claim.qualifiers if "级" in word] for claim in claims] == [
        [], ["省级"], ["市级"], ["县级"],
    ]  # fmt: skip
    (new,) = bind_text("新增市级以上研发平台5家", 2024)
    assert new.qualifiers == ("新增", "市级以上")


def test_what_lacks_to_a_goal_is_a_change() -> None:
    claims = bind_text("有效高新技术企业73家，但距75家的年度目标还差2家", 2024)
    assert [claim.kind for claim in claims] == ["level", "level", "change"]
    assert claims[1].status == "plan"


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("规模以上工业总产值", "规模以上工业总产值"),
        ("3.工业投资", "工业投资"),
        ("一是强化培育", ""),
        ("现将有关情况汇报如下", ""),
        ("", ""),
    ],
)
def test_labels(clause: str, name: str) -> None:
    assert label_before_colon(clause) == name


def test_small_words() -> None:
    assert names_nothing("有效总量")
    assert not names_nothing("科技特派员")
    assert traded("其中出口") == "出口额"
    assert traded("机电产品出口") == ""


def test_a_share_that_is_an_indicator_of_its_own() -> None:
    text = "2023年全县研发经费投入4.93亿元，占地区生产总值的比重达1.64%，超过1.6%的目标"
    found = [(c.indicator, c.kind, c.status) for c in bind_text(text, 2024)]
    assert found[1] == ("研发投入强度", "level", "actual")
    assert found[2][2] == "plan"


def test_what_a_bracket_says_ends_with_it() -> None:
    text = "全年预测完成366亿元（2023年实际完成345.2亿元），完成年度目标364亿元的100.5%"
    claims = bind_text(f"工业投资：{text}", 2024)
    found = [(c.quantity.text, c.status, c.period.years[0] if c.period else None) for c in claims]
    assert found[:3] == [
        ("366亿元", "forecast", 2024),
        ("345.2亿元", "actual", 2023),
        ("364亿元", "plan", 2024),
    ]


def test_the_year_of_a_plan_is_the_next() -> None:
    (claim,) = bind_text("力争全年有效高新技术企业达到60家", 2022, "plan")
    assert claim.period is not None
    assert claim.period.years == (2023,)


@pytest.mark.parametrize(
    "text", ["落实省技术合同认定规则，登记额4亿元", "企业73家，居全市六县第3位", "在开发区设点5个"]
)
def test_words_that_are_no_subject(text: str) -> None:
    assert {claim.subject for claim in bind_text(text, 2024)} == {""}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("科技型中小企业入库280家，居全市第3位", ("科技型中小企业", "第3位")),
        ("规上工业增加值增长8.2%，增速居全省首位", ("规模以上工业增加值", "首位")),
        ("新增高新技术企业23家，有效总量居全市第二", ("高新技术企业", "第二")),
        ("高企31家，新建科创飞地5个，继续位居全市第1", ("科创飞地", "第1")),
        ("技术合同登记额5.6亿元，科技创新综合评价居全市第4位", ("科技创新综合评价", "第4位")),
    ],
)
def test_a_rank_that_only_says_where_ranks_what_stands_before(text: str, expected: Row) -> None:
    assert names(text)[-1] == expected


def test_counting_words_belong_to_no_name() -> None:
    assert names("高新技术企业有效总量达到120家") == [("高新技术企业", "120家")]


def test_what_a_lead_announces_holds_up_to_the_full_stop() -> None:
    text = "2023年主要预期目标是：粮食产量1.3万吨；城镇调查失业率控制在5.5%以内。粮食产量1.2万吨。"
    found = bind_text(text, 2022)
    assert [(claim.status, claim.period and claim.period.years) for claim in found] == [
        ("forecast", (2023,)),
        ("forecast", (2023,)),
        ("actual", (2022,)),
    ]


def test_a_lead_that_announces_nothing_leaves_results_results() -> None:
    found = bind_text("主要指标完成情况：粮食产量1.3万吨；城镇调查失业率5.1%。", 2022)
    assert [claim.status for claim in found] == ["actual", "actual"]
