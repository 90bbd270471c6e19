from __future__ import annotations

import pytest

from assistant.chat.router import route
from chat.conftest import Asker


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("清河县2024年高新技术企业多少家？", "value"),
        ("清河县2024年高新技术企业多少家，比2023年增加多少？", "value"),
        ("技术合同登记额 清河县 2024年", "value"),
        ("清河县2024年报告里技术合同登记额的数据", "value"),
        ("2024年清河县政府工作报告中，资助学生是多少？", "value"),
        ("清河县2024年奖励资金多少万元", "value"),
        ("研发投入强度", "value"),
        ("清河县2024年技术合同登记额增速", "value"),
        ("清河县2024年高新技术企业排全市第几", "value"),
        ("清河县历年高新技术企业数量", "series"),
        ("清河县近三年技术合同登记额变化趋势", "series"),
        ("清河县2022—2024年研发投入强度", "series"),
        ("高新技术企业逐年怎么变化", "series"),
        ("清河县和白塔区2024年高新技术企业哪个多", "comparison"),
        ("清河县与白塔区2024年高新技术企业对比", "comparison"),
        ("清河县科技局和白塔区科技局2024年高新技术企业各多少家", "comparison"),
        ("哪个县高新技术企业多", "comparison"),
        ("首次通过高新技术企业认定的奖励多少？", "policy"),
        ("高新技术企业培育奖补办法第二条是什么", "policy"),
        ("科技特派员怎么考核", "policy"),
        ("高新技术企业的申报条件", "policy"),
        ("奖补办法的有效期", "policy"),
        ("清河县2024年的目标完成情况如何", "commitment"),
        ("清河县2024年高新技术企业目标完成了吗", "commitment"),
        ("清河县去年承诺的事办了没有", "commitment"),
        ("哪些目标没有完成", "commitment"),
        ("概括清河县2024年存在的问题", "summary"),
        ("清河县2024年有哪些亮点", "summary"),
        ("总结一下清河县2024年的主要做法", "summary"),
        ("哪里提到院士工作站", "find"),
        ("院士工作站在哪份文件里", "find"),
        ("中试基地的出处", "find"),
        ("中试基地为什么建设缓慢", "free"),
        ("清河县中试基地进展怎么样", "free"),
        ("为什么天是蓝的", "free"),
        ("How are you?", "free"),
    ],
)
def test_every_kind_of_question_is_known_by_its_words(asked: Asker, question: str, expected: str) -> None:
    assert route(asked(question)) == expected


def test_two_years_of_one_place_are_no_comparison_of_places(asked: Asker) -> None:
    assert route(asked("清河县2023年和2024年高新技术企业各多少家")) == "value"


def test_a_word_of_policy_does_not_hide_a_figure_of_a_year(asked: Asker) -> None:
    assert route(asked("清河县2024年兑现奖补资金多少万元")) == "value"
    assert route(asked("清河县2024年奖补办法第二条奖励多少")) == "policy"
