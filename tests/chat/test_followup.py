from __future__ import annotations

import pytest

from assistant.archive import Archive
from assistant.chat.followup import written_out
from chat.conftest import TODAY

LAST = "清河县2024年高新技术企业多少家？"


@pytest.mark.parametrize(
    ("text", "last", "whole"),
    [
        ("那去年呢？", LAST, "清河县2023年高新技术企业多少家?"),
        ("那上一年呢", LAST, "清河县2023年高新技术企业多少家?"),
        ("明年呢？", LAST, "清河县2025年高新技术企业多少家?"),
        ("那2022年呢？", LAST, "清河县2022年高新技术企业多少家?"),
        ("换成2022年", LAST, "清河县2022年高新技术企业多少家?"),
        ("换成白塔区", LAST, "白塔区2024年高新技术企业多少家?"),
        ("白塔区呢？", LAST, "白塔区2024年高新技术企业多少家?"),
        ("那白塔区科学技术局呢？", LAST, "白塔区科学技术局2024年高新技术企业多少家?"),
        ("换成白塔区科技局", LAST, "白塔区科学技术局2024年高新技术企业多少家?"),
        ("那白塔区2023年呢？", LAST, "白塔区2023年高新技术企业多少家?"),
        ("那技术合同登记额呢？", LAST, "清河县2024年技术合同登记额多少家?"),
        (
            "那去年呢？",
            "清河县2024年高新技术企业多少家，比2023年增加多少？",
            "清河县2023年高新技术企业多少家",
        ),
        ("那2023年呢？", "清河县高新技术企业多少家？", "2023年清河县高新技术企业多少家?"),
        ("那去年呢？", "清河县今年高新技术企业多少家", "清河县2024年高新技术企业多少家"),
    ],
)
def test_a_follow_up_is_written_out(archive: Archive, text: str, last: str, whole: str) -> None:
    assert written_out(text, last, archive.documents(), TODAY) == whole


@pytest.mark.parametrize(
    "text",
    [
        "白塔区2024年技术合同登记额是多少？",
        "哪里提到院士工作站",
        "首次通过高新技术企业认定的奖励多少？",
    ],
)
def test_a_question_that_stands_alone_stays(archive: Archive, text: str) -> None:
    assert written_out(text, LAST, archive.documents(), TODAY) == text


def test_without_a_question_before_nothing_is_taken_over(archive: Archive) -> None:
    assert written_out("那去年呢？", "", archive.documents(), TODAY) == "那去年呢？"


@pytest.mark.parametrize("text", ["呢？", "那呢", "那", "换成"])
def test_a_follow_up_without_words_stays(archive: Archive, text: str) -> None:
    assert written_out(text, LAST, archive.documents(), TODAY)


def test_a_long_text_is_no_follow_up(archive: Archive) -> None:
    text = "那么" + "很长的话" * 20 + "呢？"
    assert written_out(text, LAST, archive.documents(), TODAY) == text


def test_follow_ups_chain(archive: Archive) -> None:
    known = archive.documents()
    second = written_out("那去年呢？", LAST, known, TODAY)
    third = written_out("换成白塔区", second, known, TODAY)
    fourth = written_out("那去年呢？", third, known, TODAY)
    assert third == "白塔区2023年高新技术企业多少家?"
    assert fourth == "白塔区2022年高新技术企业多少家?"


@pytest.mark.parametrize("follow", ["那2024年比2023年增加多少？", "那比2023年增加了多少呢？"])
def test_a_difference_of_the_same_matter(archive: Archive, follow: str) -> None:
    last = "清河县科学技术局2024年高新技术企业多少家"
    found = written_out(follow, last, archive.documents(), TODAY)
    assert "高新技术企业" in found
    assert "2024年" in found
    assert "比2023年增加多少" in found
