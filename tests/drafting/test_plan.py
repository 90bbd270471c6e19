from __future__ import annotations

import pytest

from assistant.drafting import facts_from_items
from assistant.drafting.plan import (
    SectionPlan,
    batches,
    is_ahead_heading,
    is_ahead_text,
    plan_section,
    related,
    starts_with_verb,
)


def planned(heading: str, *items: str, parents: tuple[str, ...] = ()) -> SectionPlan:
    return plan_section(facts_from_items(heading, items).sections[0], parents)


def texts(plan: SectionPlan) -> list[list[str]]:
    return [[item.text for item in group.items] for group in plan.groups]


def test_related_neighbours_stand_together_in_the_writers_order() -> None:
    plan = planned(
        "一、工作",
        "新建敬老院47家",
        "每千人口托位数达4.3个",
        "优化撤并学校43所",
        "新增学位16万个",
        "建成高标准农田28万亩",
    )
    assert texts(plan) == [
        ["新建敬老院47家", "每千人口托位数达4.3个"],
        ["优化撤并学校43所", "新增学位16万个"],
        ["建成高标准农田28万亩"],
    ]


def test_a_leaning_fact_is_never_parted_from_the_one_before_it() -> None:
    plan = planned(
        "一、工作", "新建敬老院47家", "技术合同成交额26亿元", "增速居全国第2位", "其中省内成交9亿元"
    )
    group = next(group for group in plan.groups if "技术合同" in group.text)
    assert [item.text for item in group.items][:3] == [
        "技术合同成交额26亿元",
        "增速居全国第2位",
        "其中省内成交9亿元",
    ]
    assert [item.leans for item in group.items][:3] == [False, True, True]


def test_a_contained_fact_is_carried_by_the_one_that_contains_it() -> None:
    whole = "经营主体达1163.7万户、增长6.3%，其中企业410.1万户"
    plan = planned("一、工作", "经营主体达1163.7万户、增长6.3%", whole)
    assert texts(plan) == [[whole]]
    assert plan.groups[0].fact_ids == ("F01", "F02")


def test_a_part_of_a_word_is_no_containment() -> None:
    assert len(planned("一、工作", "企业10家", "重点企业10家以上").groups[0].items) == 2


def test_facts_that_contradict_each_other_are_both_kept_and_noted() -> None:
    plan = planned(
        "一、工作", "治理项目4132个、总投资6120000万元", "治理项目4132个、总投资612.1亿元，清退719.7公顷"
    )
    assert texts(plan) == [["治理项目4132个、总投资6120000万元", "总投资612.1亿元，清退719.7公顷"]]
    assert "核对" in plan.notes[0]


@pytest.mark.parametrize(
    ("heading", "form"),
    [
        ("三、存在问题", "problems"),
        ("三、存在的主要困难和不足", "problems"),
        ("四、主要目标", "goals"),
        ("一、主要指标预测完成情况", "indicators"),
        ("一、工作开展情况", "prose"),
    ],
)
def test_the_heading_gives_the_form(heading: str, form: str) -> None:
    assert planned(heading, "新增3家", "培训5次").form == form


@pytest.mark.parametrize(
    ("heading", "parents", "ahead"),
    [
        ("四、2026年工作计划", (), True),
        ("（一）创新", ("四、2026年工作打算",), True),
        ("（一）创新", ("一、2025年工作开展情况",), False),
        ("二、工作总结和工作计划", (), False),
        ("（一）创新", (), None),
    ],
)
def test_plans_are_known_by_the_nearest_heading(
    heading: str, parents: tuple[str, ...], ahead: bool | None
) -> None:
    assert is_ahead_heading(heading, parents) is ahead


def test_plans_are_known_by_their_words_where_no_heading_says() -> None:
    assert is_ahead_text("力争新增80家")
    assert not is_ahead_text("新增80家")
    assert planned("（一）创新", "力争新增80家", "确保增长5%").ahead


def test_headline_indicators_stand_together_without_a_phrase() -> None:
    plan = planned(
        "一、工作",
        "地区生产总值增长5%",
        "固定资产投资增长3%",
        "一般公共预算收入10亿元",
        "新建学校3所",
        "新增学位900个",
    )
    assert len(plan.groups[0].items) == 3
    assert plan.groups[0].headline
    assert not plan.groups[0].ask
    assert plan.groups[1].ask


def test_sixty_facts_become_paragraphs_that_hold_each_fact_once() -> None:
    subjects = ("新建学校", "新增床位", "建成公路", "改造小区", "发放贷款", "建设水库")
    items = [f"{subjects[number // 2 % 6]}{number + 1}个" for number in range(60)]
    plan = planned("一、工作", *items)
    parts = batches(plan)
    assert len(parts) > 1
    assert [item.text for part in parts for group in part.groups for item in group.items] == items
    assert [part.theme for part in parts] == [True] + [False] * (len(parts) - 1)
    assert all(len(part.groups) <= 6 for part in parts)


def test_related_counts_fields_and_words() -> None:
    assert related("新增学位900个", "撤并学校43所") >= 2
    assert related("新增学位900个", "建成高标准农田2万亩") == 0


@pytest.mark.parametrize(
    ("text", "verb"), [("新增学位900个", True), ("建成公路3公里", True), ("粮食产量28亿斤", False)]
)
def test_a_clause_opens_with_a_verb_or_with_what_is_counted(text: str, verb: bool) -> None:
    assert starts_with_verb(text) is verb


def test_facts_bound_in_the_plan_make_a_section_ahead_whatever_its_heading_says() -> None:
    section = facts_from_items("二、2026年", ("新建中试基地2个",), year=2025).sections[0]
    assert plan_section(section).ahead
    assert not planned("二、成果转化", "新建中试基地2个").ahead
