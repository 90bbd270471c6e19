from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from archive.made import document

from assistant.chat import Answer, Chat, Scope
from assistant.chat.reading import Reader
from assistant.chat.value import chosen, contradicting, find, latest
from assistant.records import Document
from assistant.settings import Settings
from chat.conftest import TODAY, Asker, opened


def _answer(chat: Chat, question: str, last: str = "") -> Answer:
    answer = chat.answer(question, last)
    for statement in answer.statements:
        assert statement.citations
        for citation in statement.citations:
            assert citation.quote
            assert citation.span is not None
            assert citation.passage_id
    return answer


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("清河县2024年高新技术企业多少家？", ("73家",)),
        ("清河县2023年高新技术企业多少家？", ("61家",)),
        ("清河县2022年高新技术企业多少家？", ("49家",)),
        ("白塔区2024年高新技术企业多少家？", ("233家",)),
        ("清河县科学技术局2024年高企总量", ("73家",)),
        ("清河县科技局2024年新认定高新技术企业多少家", ("17家",)),
        ("清河县2024年技术合同登记额是多少", ("4.73亿元",)),
        ("技术合同登记额 清河县 2024年", ("4.73亿元",)),
        ("清河县2024年技术合同登记额增长多少", ("增长14.8%",)),
        ("清河县2024年研发投入强度", ("1.64%",)),
        ("清河縣2024年高新技術企業有多少家？", ("73家",)),
        ("清河县去年高新技术企业多少家？", ("73家",)),
        ("清河县前年高新技术企业多少家？", ("61家",)),
    ],
)
def test_a_value_with_its_quote(chat: Chat, question: str, figures: tuple[str, ...]) -> None:
    answer = _answer(chat, question)
    assert answer.figures[: len(figures)] == figures
    assert answer.route == "value"
    assert figures[0].removeprefix("增长") in answer.statements[0].citations[0].quote


def test_the_answer_names_what_it_read(chat: Chat) -> None:
    answer = _answer(chat, "清河县2024年高新技术企业多少家？")
    assert answer.consulted[0].title == "清河县科学技术局2024年工作总结和2025年工作计划"
    assert answer.consulted[0].year == 2024
    citation = answer.citations[0]
    assert citation.heading_path == ("一、2024年工作开展情况", "（一）企业创新")
    assert citation.paragraph == 3


def test_the_citation_is_bound_to_the_passage_of_its_own_turn(chat: Chat) -> None:
    first = _answer(chat, "清河县2024年高新技术企业多少家？")
    second = _answer(chat, "那去年呢？", first.asked)
    third = _answer(chat, "换成白塔区", second.asked)
    ids = [one.citations[0].passage_id for one in (first, second, third)]
    assert len(set(ids)) == 3
    assert [one.figures[0] for one in (first, second, third)] == ["73家", "61家", "210家"]
    assert third.asked.startswith("白塔区2023年")


def test_the_change_between_two_years_is_computed_with_its_formula(chat: Chat) -> None:
    answer = _answer(chat, "清河县2024年高新技术企业多少家，比2023年增加多少？")
    assert [one.figures[0] for one in answer.statements] == ["73家", "61家", "增加12家"]
    last = answer.statements[-1]
    assert last.formula == "73−61=12；（73−61）÷61=19.7%"
    assert len(last.citations) == 2
    assert {one.title[8:12] for one in last.citations} == {"2024", "2023"}


def test_the_year_before_is_taken_when_none_is_named(chat: Chat) -> None:
    answer = _answer(chat, "清河县2024年技术合同登记额比上年增加多少")
    assert answer.figures[-1] == "增加0.61亿元"


def test_a_change_without_any_year_takes_the_newest_two(chat: Chat) -> None:
    answer = _answer(chat, "清河县高新技术企业增加了多少家")
    assert answer.figures[-1] == "增加12家"


def test_a_decrease_is_told_as_one(settings: Settings, tmp_path: Path) -> None:
    answer = _asked(tmp_path, [_made(2023, 90), _made(2024, 80)], "东山县2024年高新技术企业比2023年增加多少")
    assert answer.figures[-1] == "减少10家"
    assert "下降11.1%" in answer.text


def test_a_missing_year_is_said_and_nothing_is_computed(chat: Chat) -> None:
    answer = _answer(chat, "清河县2022年高新技术企业比2021年增加多少")
    assert answer.figures == ("49家",)
    assert "2021年" in " ".join(answer.notes)


@pytest.mark.parametrize(
    "question",
    [
        "清河县2030年高新技术企业多少家",
        "清河县1998年高新技术企业多少家",
        "清河县2024年发明专利多少件",
        "清河县2024年有多少所小学",
        "清河区2024年高新技术企业多少家",
        "海东省2024年高新技术企业多少家",
        "高新技术企业 海东省 2024年",
        "2024年北原市政府工作报告中，高新技术企业是多少？",
        "清河县2024年海洋生产总值",
        "How many enterprises were there in 2024?",
        "是多少？",
        "？",
    ],
)
def test_what_is_not_there_is_declined_with_the_nearest_passages(chat: Chat, question: str) -> None:
    answer = chat.answer(question)
    assert answer.declined
    assert answer.figures == ()
    assert answer.text == ""
    assert answer.nearest
    assert all(one.quote for one in answer.nearest)


def test_a_year_nobody_has_is_said_with_those_that_are_there(chat: Chat) -> None:
    notes = " ".join(chat.answer("清河县2030年高新技术企业多少家").notes)
    assert "没有2030年的资料" in notes
    assert "2024年" in notes


def test_an_unknown_place_is_named(chat: Chat) -> None:
    assert "海东省" in chat.answer("高新技术企业 海东省 2024年").notes[0]


def test_without_a_year_the_newest_is_taken_and_said(chat: Chat) -> None:
    answer = _answer(chat, "清河县高新技术企业多少家")
    assert answer.figures == ("73家",)
    assert "2024年" in answer.notes[0]


def test_without_a_place_each_place_has_its_own(chat: Chat) -> None:
    answer = _answer(chat, "2024年高新技术企业多少家")
    assert set(answer.figures) == {"73家", "233家"}


def test_a_target_is_marked_as_one(chat: Chat) -> None:
    answer = _answer(chat, "清河县2025年高新技术企业目标是多少家")
    assert answer.figures == ("85家",)
    assert "目标" in answer.statements[0].remark


def _made(year: int, firms: int, office: str = "科学技术局") -> Document:
    return document(
        f"东山县{office}{year}年工作总结",
        [("heading", 1, "一、工作情况"), f"高新技术企业总量{firms}家。"],
        year=year,
        place="东山县",
        organisation=f"东山县{office}",
    )


def _asked(home: Path, documents: list[Document], question: str, scope: Scope | None = None) -> Answer:
    with opened(home, documents) as archive:
        return _answer(Chat(archive, scope=scope or Scope(), today=lambda: TODAY), question)


def test_contradicting_sources_are_both_shown(tmp_path: Path) -> None:
    documents = [_made(2024, 80), _made(2024, 86, "工业和信息化局")]
    answer = _asked(tmp_path, documents, "东山县2024年高新技术企业多少家")
    assert set(answer.figures) == {"80家", "86家"}
    assert "不一致" in " ".join(answer.notes)
    assert len({one.document_id for one in answer.citations}) == 2


def test_agreeing_sources_are_told_once(tmp_path: Path) -> None:
    documents = [_made(2024, 80), _made(2024, 80, "工业和信息化局")]
    answer = _asked(tmp_path, documents, "东山县2024年高新技术企业多少家")
    assert answer.figures == ("80家",)
    assert answer.notes == ()


def test_a_scope_leaves_only_its_documents(tmp_path: Path) -> None:
    documents = [_made(2024, 80), _made(2024, 86, "工业和信息化局"), _made(2023, 70)]
    only = Scope(organisations=("工业和信息化局",))
    assert _asked(tmp_path / "a", documents, "东山县2024年高新技术企业多少家", only).figures == ("86家",)
    years = Scope(years=(2023,))
    assert _asked(tmp_path / "b", documents, "东山县高新技术企业多少家", years).figures == ("70家",)
    chosen_one = Scope(documents=(documents[0].id,))
    assert _asked(tmp_path / "c", documents, "东山县2024年高新技术企业多少家", chosen_one).figures == (
        "80家",
    )


def test_result_and_target_of_one_report_stand_side_by_side(tmp_path: Path) -> None:
    made = document(
        "2025年东山省政府工作报告",
        ["城镇新增就业122万人，居民收入稳步增长。", "今年主要预期目标是：城镇新增就业90万人以上。"],
        year=2025,
        place="东山省",
    )
    answer = _asked(tmp_path, [made], "2025年东山省政府工作报告中，城镇新增就业是多少？")
    assert answer.figures == ("122万人", "90万人以上")


def test_a_comparison_has_a_table_and_the_distance(chat: Chat) -> None:
    answer = _answer(chat, "清河县和白塔区2024年高新技术企业哪个多")
    assert answer.route == "comparison"
    assert answer.table is not None
    assert [row[2] for row in answer.table.rows] == ["233家", "73家"]
    assert answer.table.head[2] == "高新技术企业"
    assert answer.figures[-1] == "多160家"
    assert answer.statements[-1].formula == "233−73=160"


def test_a_comparison_of_all_places(chat: Chat) -> None:
    answer = _answer(chat, "2024年哪个县技术合同登记额高")
    assert answer.table is not None
    assert len(answer.table.rows) == 2


def test_a_comparison_with_one_side_missing_says_so(chat: Chat) -> None:
    answer = _answer(chat, "清河县和白塔区2022年高新技术企业哪个多")
    assert answer.figures == ("49家",)
    assert "不能比较" in " ".join(answer.notes)


def test_claims_are_found_only_in_documents_that_name_the_matter(asked: Asker, reader: Reader) -> None:
    question = asked("清河县2024年高新技术企业多少家")
    found = find(question, reader, 2024)
    assert found[0].quantity.text == "73家"
    assert found[0].owner == "清河县"
    assert find(replace(question, matter=""), reader, 2024) == []
    assert find(replace(question, matter="发明专利"), reader, 2024) == []
    assert find(question, reader, 1990) == []


def test_the_latest_of_any_year(asked: Asker, reader: Reader) -> None:
    found = find(asked("清河县高新技术企业多少家"), reader, None)
    assert {one.year for one in latest(found)} == {2024}
    assert latest([]) == []
    assert chosen([]) == []
    assert not contradicting([])


def _government(year: int) -> Document:
    return document(
        f"{year}年东山省政府工作报告",
        [
            ("heading", 1, f"一、{year - 1}年工作回顾"),
            f"全省一般公共预算收入增长{year - 2020}%，城镇调查失业率{year - 2020}.5%。"
            f"全省高校毕业生人数{year - 2001}万人。",
            ("heading", 1, f"二、{year}年工作安排"),
            f"今年力争一般公共预算收入增长{year - 2015}%。",
        ],
        year=year,
        place="东山省",
        genre="government-report",
    )


def test_a_government_report_looks_back_on_the_year_before(tmp_path: Path) -> None:
    documents = [_government(2024), _government(2025)]
    of_2024 = _asked(tmp_path / "a", documents, "东山省2024年城镇调查失业率")
    assert of_2024.figures == ("5.5%", "4.5%")
    assert of_2024.statements[0].citations[0].title == "2025年东山省政府工作报告"
    assert of_2024.statements[1].remark == "2023年的数"
    assert of_2024.notes == ()
    of_2025 = _asked(tmp_path / "b", documents, "东山省2025年城镇调查失业率")
    assert of_2025.figures == ("5.5%",)
    assert of_2025.statements[0].remark == "2024年的数"
    named = _asked(tmp_path / "c", documents, "东山省2025年报告里城镇调查失业率的数据")
    assert named.figures == ("5.5%",)


def test_a_title_year_is_no_year_to_compute_with(tmp_path: Path) -> None:
    documents = [_government(2024), _government(2025)]
    answer = _asked(tmp_path / "a", documents, "东山省2024年高校毕业生人数比2023年增加多少")
    assert answer.figures[:3] == ("24万人", "23万人", "增加1万人")
    unknown = _asked(tmp_path / "b", documents, "东山省2025年高校毕业生人数比2024年增加多少")
    assert not any(one.formula for one in unknown.statements)


def test_government_reports_make_a_series_by_the_years_that_they_tell(tmp_path: Path) -> None:
    answer = _asked(tmp_path, [_government(2024), _government(2025)], "东山省历年高校毕业生人数变化")
    assert answer.series is not None
    assert answer.series.lines[0][1] == ((2023, 23.0), (2024, 24.0))


def test_the_targets_of_a_government_report_are_those_of_its_own_year(tmp_path: Path) -> None:
    documents = [_government(2024), _government(2025)]
    answer = _asked(tmp_path, documents, "东山省2024年目标完成情况如何")
    assert [one.title for one in answer.statements[0].citations] == [
        "2024年东山省政府工作报告",
        "2025年东山省政府工作报告",
    ]


def test_the_target_for_a_year_stands_beside_its_result(tmp_path: Path) -> None:
    answer = _asked(tmp_path, [_government(2024), _government(2025)], "东山省2024年一般公共预算收入增速")
    assert answer.figures[0] == "增长5%"
    assert "增长9%" in answer.figures
    assert [one.remark for one in answer.statements if "增长9%" in one.figures] == ["计划或目标数"]


def test_the_plan_of_a_government_report_is_not_that_of_the_year_after(tmp_path: Path) -> None:
    answer = _asked(
        tmp_path, [_government(2024), _government(2025)], "东山省2025年一般公共预算收入目标是多少"
    )
    assert {one.document_id for one in answer.citations} == {_government(2025).id}
    assert answer.figures[0] == "增长10%"
    assert {one.remark for one in answer.statements[1:]} <= {"2024年的数"}


def test_rates_make_a_series_where_there_are_no_levels(tmp_path: Path) -> None:
    answer = _asked(tmp_path, [_government(2024), _government(2025)], "东山省一般公共预算收入历年变化")
    assert answer.route == "series"
    assert "增长4%" in answer.text
    assert "东山省2023年一般公共预算收入：增长4%" in answer.text
    assert answer.notes == ()
