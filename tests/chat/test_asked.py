from __future__ import annotations

import pytest

from assistant.errors import QueryInvalid
from chat.conftest import Asker


@pytest.mark.parametrize(
    ("question", "matter", "years", "places"),
    [
        ("清河县2024年高新技术企业多少家？", "高新技术企业", (2024,), ("清河县",)),
        ("2024年清河县政府工作报告中，技术合同登记额是多少？", "技术合同登记额", (2024,), ("清河县",)),
        ("技术合同登记额 清河县 2024年", "技术合同登记额", (2024,), ("清河县",)),
        ("清河县2024年报告里技术合同登记额的数据", "技术合同登记额", (2024,), ("清河县",)),
        ("清河2024年技术合同登记额", "技术合同登记额", (2024,), ("清河县",)),
        ("请问清河县2023年度研发投入强度达到了多少", "研发投入强度", (2023,), ("清河县",)),
        ("清河县去年高新技术企业有多少家", "高新技术企业", (2024,), ("清河县",)),
        ("清河县今年高新技术企业有多少家", "高新技术企业", (2025,), ("清河县",)),
        ("清河县前年高新技术企业有多少家", "高新技术企业", (2023,), ("清河县",)),
        ("清河县2024年高新技术企业多少家，比2023年增加多少？", "高新技术企业", (2023, 2024), ("清河县",)),
        ("清河县2022—2024年高新技术企业", "高新技术企业", (2022, 2023, 2024), ("清河县",)),
        ("清河县2022年至2024年高新技术企业", "高新技术企业", (2022, 2023, 2024), ("清河县",)),
        ("清河县2022到2024年高新技术企业", "高新技术企业", (2022, 2023, 2024), ("清河县",)),
        ("清河县历年研发投入强度", "研发投入强度", (), ("清河县",)),
        ("城镇调查失业率控制在是多少", "城镇调查失业率控制在", (), ()),
        ("中央财政赤字 2016年", "中央财政赤字", (2016,), ()),
        ("研发投入强度是多少", "研发投入强度", (), ()),
    ],
)
def test_years_places_and_the_matter(
    asked: Asker, question: str, matter: str, years: tuple[int, ...], places: tuple[str, ...]
) -> None:
    found = asked(question)
    assert (found.matter, found.years, found.places) == (matter, years, places)


def test_recent_years_end_with_the_newest_report(asked: Asker) -> None:
    assert asked("清河县近三年高新技术企业变化趋势").years == (2022, 2023, 2024)
    assert asked("近2年高新技术企业变化").years == (2023, 2024)


@pytest.mark.parametrize("text", ["比去年增加多少", "较上年增长多少", "与去年同期相比"])
def test_a_year_that_is_compared_with_is_not_the_year_asked_for(asked: Asker, text: str) -> None:
    assert asked(f"清河县2024年技术合同登记额{text}").years == (2024,)


@pytest.mark.parametrize("text", ["2024家企业", "12024年", "20245", "2024.5亿元", "2024%"])
def test_a_number_is_no_year(asked: Asker, text: str) -> None:
    assert asked(f"高新技术企业{text}").years == ()


@pytest.mark.parametrize("year", ["1949", "1998", "2030", "2100"])
def test_any_year_that_is_written_as_one_counts(asked: Asker, year: str) -> None:
    assert asked(f"清河县{year}年高新技术企业").years == (int(year),)


def test_an_organisation_by_its_full_and_its_short_name(asked: Asker) -> None:
    for text in ("清河县科学技术局2024年高新技术企业多少家", "清河县科技局2024年高新技术企业多少家"):
        found = asked(text)
        assert found.organisations == ("清河县科学技术局",)
        assert found.matter == "高新技术企业"


def test_two_places_are_both_found(asked: Asker) -> None:
    assert set(asked("清河县和白塔区2024年高新技术企业哪个多").places) == {"清河县", "白塔区"}


def test_another_suffix_names_another_place(asked: Asker) -> None:
    found = asked("清河区2024年高新技术企业多少家")
    assert found.places == ()
    assert "清河区" in found.rest


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("高新技术企业 海东省 2024年", ("海东省",)),
        ("海东省2024年报告里高新技术企业的数据", ("海东省",)),
        ("2024年北原市政府工作报告中，高新技术企业是多少？", ("北原市",)),
        ("火星县科技局的职责", ("火星县",)),
        ("清河县2024年高新技术企业", ()),
        ("全市高新技术企业多少家", ()),
        ("智慧城市 2024年", ()),
        ("各县区高新技术企业", ()),
        ("示范区 建设情况", ()),
        ("我省研发投入", ()),
        ("工作布局 2024年", ()),
        ("办理省人大代表建议 清河县 2024年", ()),
        ("惠及市场主体 清河县 2024年", ()),
    ],
)
def test_places_that_the_archive_has_nothing_of(asked: Asker, question: str, names: tuple[str, ...]) -> None:
    assert asked(question).strangers == names


def test_the_measure_word_behind_how_many(asked: Asker) -> None:
    assert asked("高新技术企业有多少家").unit == "家"
    assert asked("技术合同登记额多少亿元").unit == "亿元"
    assert asked("研发投入强度多少").unit == ""
    assert asked("新认定多少家高新技术企业").matter == "新认定高新技术企业"


def test_traditional_characters_and_full_width_digits(asked: Asker) -> None:
    found = asked("清河縣２０２４年高新技術企業有多少家？")
    assert (found.matter, found.years, found.places) == ("高新技术企业", (2024,), ("清河县",))


def test_a_question_about_a_report_names_the_reports_year(asked: Asker) -> None:
    assert asked("清河县2024年报告里高新技术企业的数据").of_report
    assert asked("清河县2024年工作总结中的高新技术企业").of_report
    assert not asked("清河县2024年高新技术企业").of_report


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_an_empty_question_is_refused(asked: Asker, text: str) -> None:
    with pytest.raises(QueryInvalid):
        asked(text)


def test_a_question_of_five_thousand_characters_is_refused(asked: Asker) -> None:
    with pytest.raises(QueryInvalid) as raised:
        asked("高新技术企业多少家" * 556)
    assert "2000" in raised.value.sentence("zh")


def test_a_question_of_only_asking_words_has_no_matter(asked: Asker) -> None:
    assert asked("是多少？").matter == ""
    assert asked("？？？").matter == ""


def test_english_is_taken_apart_without_harm(asked: Asker) -> None:
    found = asked("How many high-tech enterprises were there in 2024?")
    assert found.years == (2024,)
    assert found.places == ()


@pytest.mark.parametrize(
    "wording",
    [
        "请问清河县2024年{matter}是多少",
        "2024年清河县的{matter}有多少？",
        "查一下2024年清河县报告，{matter}",
        "清河县政府工作报告（2024年）提到的{matter}是多少？",
        "清河2024年{matter}",
        "在2024年的清河县政府工作报告里，{matter}为多少",
        "2024年清河县{matter}达到多少？",
        "我想知道清河县2024年的{matter}数据",
        "你好，帮我查一下清河县2024年{matter}，谢谢",
        "清河县2024年{matter}：",
        "清河县、2024年、{matter}",
    ],
)
@pytest.mark.parametrize("matter", ["技术合同登记额", "城镇调查失业率", "中央财政赤字", "改造城镇老旧小区"])
def test_the_same_question_in_many_wordings(asked: Asker, wording: str, matter: str) -> None:
    found = asked(wording.format(matter=matter))
    assert (found.matter, found.years, found.places) == (matter, (2024,), ("清河县",))
