"""The phrases of a question, and the passages that have a figure for them."""

from __future__ import annotations

import pytest

from assistant.archive.phrasing import figured, phrases

NAMES = ("云溪县", "云溪", "云溪县科学技术局")


def own(text: str) -> list[str]:
    return [forms[0][0] for forms in phrases(text, NAMES)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("2025年云溪县政府工作报告中，民间投资是多少？", ["民间投资"]),
        ("民间投资 云溪县 2025年", ["民间投资"]),
        ("云溪县2025年报告里居民消费价格涨幅控制在的数据", ["居民消费价格涨幅控制在"]),
        ("云溪县科学技术局2024年技术合同登记额多少，比2023年增加多少？", ["技术合同登记额", "增加"]),
        ("2024年多少？", []),
        ("How many firms in 2024", ["How", "many", "firms", "in"]),
    ],
)
def test_what_is_left_of_a_question(question: str, expected: list[str]) -> None:
    assert [run for run in own(question) if run not in ("中", "里", "比")] == expected


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("民间投资增长7.6%，民营资本首次进入。", 1.0),
        ("民间投资首次突破300亿元。", 1.0),
        ("健全民间投资常态化推介机制。", 0.0),
        ("民间投资，增长7.6%。", 0.0),
        ("完成技改投资3亿元。", 0.0),
        ("", 0.0),
    ],
)
def test_a_figure_stands_right_behind_the_words(text: str, share: float) -> None:
    assert figured(phrases("云溪县民间投资是多少？", NAMES), text) == share


def test_another_name_of_the_indicator_counts_a_little_less() -> None:
    asked = phrases("云溪县高企是多少？", NAMES)
    assert figured(asked, "全县高企达73家。") == 1.0
    assert 0.8 < figured(asked, "全县高新技术企业达73家。") < 1.0


def test_a_part_of_a_long_phrase_counts_for_its_share() -> None:
    asked = phrases("高校毕业生初次就业率", ())
    assert 0 < figured(asked, "高校毕业生2300人。") < 1


def test_the_second_mention_may_have_the_figure() -> None:
    assert figured(phrases("民间投资", ()), "鼓励民间投资。民间投资增长3%。") == 1.0


def test_no_phrase_has_no_figure() -> None:
    assert figured((), "增长3%") == 0.0


def test_a_very_long_question_is_measured_in_time() -> None:
    asked = phrases("创新驱动发展" * 300, ())
    assert figured(asked, "创新驱动发展3项。" * 60) < 0.1
