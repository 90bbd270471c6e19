from __future__ import annotations

import pytest

from assistant.drafting.phrases import Memory, best, fits, phrase_fault, theme_fault
from assistant.drafting.words import content_pairs, fields, longest_shared, word_list, word_table

SMALL_FIRMS = "新增入库科技型中小企业31家"
HOMES = "新建敬老院47家；每千人口托位数达4.3个"


@pytest.mark.parametrize(
    ("phrase", "fault"),
    [
        ("健全养老托育服务", ""),
        ("新建3所敬老院", "shape"),
        ("健全养老", "shape"),
        ("健全养老服务，惠及群众", "shape"),
        ("**健全养老服务**", "shape"),
        ("健全养老服务体系扩大覆盖面提升质量", "shape"),
        ("健全十余家养老机构", "numeral"),
        ("建成一百家敬老院", "numeral"),
        ("健全多家养老机构", "banned"),
        ("奠定坚实基础养老", "banned"),
        ("我们健全养老服务", "banned"),
        ("健全首个养老机构", "numeral"),
        ("养老服务率先全覆盖", "banned"),
        ("实施养老助餐计划", "named"),
        ("学习浙江养老经验", "named"),
        ("总体健全养老服务", "verb"),
        ("健全养老服务工作", "cut"),
        ("健全养老服务和", "cut"),
        ("提升养老服务建设", "cut"),
        ("解决养老服务问题", "verb"),
        ("加强创新平台建设", "unfit"),
    ],
)
def test_a_phrase_is_taken_or_refused_with_its_reason(phrase: str, fault: str) -> None:
    assert phrase_fault(phrase, HOMES, "一、工作", ahead=False) == fault


def test_a_phrase_that_says_the_fact_once_more_is_refused() -> None:
    assert phrase_fault("打造安全生态水系", "打造安全生态水系234公里", "", ahead=False) == "copied"


def test_what_is_planned_may_not_sound_done() -> None:
    assert phrase_fault("健全已经完善养老", HOMES, "", ahead=False) == ""
    assert phrase_fault("健全已经完善养老", HOMES, "", ahead=True) == "banned"


def test_a_named_scheme_of_the_facts_may_be_named() -> None:
    facts = "实施养老助餐计划，新建敬老院47家"
    assert phrase_fault("落实居家助餐计划", facts, "", ahead=False) == ""


@pytest.mark.parametrize(
    ("phrase", "facts", "fitting"),
    [
        ("加强创新平台建设", SMALL_FIRMS, False),
        ("壮大科技企业队伍", SMALL_FIRMS, True),
        ("完善农村电网设施", "4万户农牧民用上稳定可靠的电", True),
        ("提升农村劳动力就业质量", "失业人员再就业1万人", False),
        ("推进文化旅游融合", "粮食产量28亿斤", False),
        ("加大财政金融支持", "省级以上科技计划立项30项，争取上级科技资金7650万元", False),
    ],
)
def test_a_phrase_must_be_about_its_facts_and_nothing_else(phrase: str, facts: str, fitting: bool) -> None:
    assert fits(phrase, facts) is fitting


def test_the_best_phrase_covers_more_and_repeats_nothing() -> None:
    memory = Memory()
    facts = ["举办群众赛事38场", "新建城市书房12座"]
    assert (
        best(["举办群众赛事", "丰富群众文化体育生活"], facts, "", memory, ahead=False)
        == "丰富群众文化体育生活"
    )
    memory.add("丰富群众文化体育生活")
    assert best(["活跃群众文化体育生活"], facts, "", memory, ahead=False) == ""
    assert best([], facts, "", memory, ahead=False) == ""


def test_a_worn_verb_gives_way() -> None:
    memory = Memory()
    for phrase in ("提升教育质量", "提升就业水平"):
        memory.add(phrase)
    assert (
        best(["提升养老服务水平", "健全养老服务体系"], [HOMES], "", memory, ahead=False) == "健全养老服务体系"
    )


@pytest.mark.parametrize(
    ("theme", "fault"),
    [
        ("健全养老服务体系，扩大托育供给", ""),
        ("健全养老服务体系", "shape"),
        ("健全养老服务，健全托育服务", "shape"),
        ("健全养老服务体系，推动工业转型", "unfit"),
        ("健全养老服务体系，惠及3万人", "shape"),
    ],
)
def test_a_theme_is_two_fitting_phrases(theme: str, fault: str) -> None:
    assert theme_fault(theme, [HOMES], "一、工作", ahead=False) == fault


def test_a_theme_does_not_repeat_its_heading() -> None:
    assert (
        theme_fault("健全养老服务体系，扩大托育供给", [HOMES], "（一）健全养老服务体系", ahead=False)
        == "copied"
    )


def test_words_are_data() -> None:
    assert len(word_table("topics.txt")) >= 40
    assert {"filler", "claim", "done", "chat", "vague", "named"} <= word_table("banned.txt").keys()
    assert all(len(verb) == 2 for verb in word_list("verbs.txt"))
    assert "水利" in fields("更新改造农村供水管网800公里")
    assert "乡村" not in fields("更新改造农村供水管网800公里")
    assert "万亩" not in content_pairs("建成高标准农田28.4万亩")
    assert longest_shared("科技特派员", "选任科技特派员") == 5
