"""Questions in English and in traditional characters, answered or declined without a model."""

from __future__ import annotations

import pytest

from assistant.chat import Chat
from assistant.chat.english import ADVICE, in_chinese


@pytest.mark.parametrize(
    ("question", "chinese"),
    [
        ("How many high-tech enterprises did 清河县 have in 2024?", "2024年 清河县 高新技术企业 多少"),
        ("R&D intensity of 清河县, 2023", "2023年 清河县 研发投入强度"),
        ("trend of technology contracts in 清河县", "清河县 技术合同登记额 变化趋势"),
    ],
)
def test_known_words_become_chinese(question: str, chinese: str) -> None:
    found = in_chinese(question)
    assert found.text == chinese
    assert found.unknown == ()


@pytest.mark.parametrize("question", ["清河县2024年GDP多少", "R&D经费投入强度是多少？", "5G", ""])
def test_what_is_chinese_stays_as_it_is(question: str) -> None:
    assert in_chinese(question).text == question


def test_unknown_words_are_told() -> None:
    assert in_chinese("What is the capital of France?").unknown == ("capital", "France")


def test_an_english_question_is_answered(chat: Chat) -> None:
    answer = chat.answer("How many high-tech enterprises did 清河县 have in 2024?")
    assert answer.figures == ("73家",)
    assert answer.question.startswith("How many")


def test_an_english_series(chat: Chat) -> None:
    answer = chat.answer("trend of technology contracts in 清河县")
    assert answer.figures == ("3.41亿元", "4.12亿元", "4.73亿元")


@pytest.mark.parametrize(
    "question", ["What is the capital of France?", "Hello, who are you?", "Tell me a joke"]
)
def test_what_it_does_not_know_is_declined_with_advice(chat: Chat, question: str) -> None:
    answer = chat.answer(question)
    assert answer.declined
    assert any(ADVICE in note for note in answer.notes)


def test_a_place_in_letters_is_not_guessed(chat: Chat) -> None:
    answer = chat.answer("How many high-tech enterprises did Qinghe have in 2024?")
    assert answer.declined
    assert answer.nearest


def test_traditional_characters(chat: Chat) -> None:
    assert chat.answer("清河縣2024年高新技術企業多少家").figures == ("73家",)
