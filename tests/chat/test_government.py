"""Government reports look back on the year before their own and plan their own: questions by either year."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from archive.made import document

from assistant.archive import Archive
from assistant.chat import Answer, Chat
from assistant.chat.asked import understand
from assistant.chat.reading import Reader
from assistant.chat.scope import Scope
from assistant.chat.value import find
from assistant.chat.verify import unsupported
from assistant.records import Document
from chat.conftest import TODAY, opened

GROWN = {("东山省", 2023): 21, ("东山省", 2024): 23, ("东山省", 2025): 26, ("西岭省", 2025): 31}


def government(place: str, year: int) -> Document:
    """The report of January `year`; what it looks back on is in GROWN."""
    done = GROWN[place, year]
    return document(
        f"{year}年{place}政府工作报告",
        [
            ("heading", 1, f"一、{year - 1}年工作回顾"),
            f"全省高新技术企业总量达到{done * 100}家。去年，新建高速公路{done}公里。",
            f"森林覆盖率由{done}.1%提高到{done}.6%。",
            ("heading", 1, f"二、{year}年工作安排"),
            f"今年，高新技术企业总量达到{done * 100 + 200}家以上。新建高速公路{done + 5}公里。",
        ],
        year=year,
        place=place,
        organisation=f"{place}人民政府",
        genre="government-report",
    )


def bureau() -> Document:
    """A bureau's yearly summary, which is about its own year."""
    return document(
        "东山省科学技术厅2024年工作总结",
        [("heading", 1, "一、2024年工作情况"), "全省高新技术企业总量达到2600家。"],
        year=2024,
        place="东山省",
        organisation="东山省科学技术厅",
    )


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with opened(
        tmp_path_factory.mktemp("government"), [*(government(*key) for key in GROWN), bureau()]
    ) as one:
        yield one


def told(archive: Archive, question: str, last: str = "") -> Answer:
    answer = Chat(archive, today=lambda: TODAY).answer(question, last)
    for one in answer.statements:
        assert not unsupported(one.text, one.citations, answer.asked, one.computed)
    return answer


@pytest.mark.parametrize(
    ("question", "first", "title"),
    [
        ("东山省2023年新建高速公路多少公里", "23公里", "2024年东山省政府工作报告"),
        ("东山省2024年新建高速公路多少公里", "26公里", "2025年东山省政府工作报告"),
        ("2024年东山省政府工作报告中，新建高速公路是多少", "23公里", "2024年东山省政府工作报告"),
        ("西岭省2024年高新技术企业多少家", "3100家", "2025年西岭省政府工作报告"),
    ],
)
def test_a_result_is_taken_from_the_report_that_looks_back_on_it(
    shelf: Archive, question: str, first: str, title: str
) -> None:
    answer = told(shelf, question)
    assert answer.figures[0] == first
    assert answer.statements[0].citations[0].title == title


def test_the_year_of_the_title_alone_is_marked(shelf: Archive) -> None:
    answer = told(shelf, "西岭省2025年高新技术企业多少家")
    remarks = {one.figures[0]: one.remark for one in answer.statements}
    assert remarks["3100家"] == "2024年的数"
    assert remarks["3300家以上"] == "计划或目标数"


def test_without_a_year_the_newest_result_is_named_by_its_own_year(shelf: Archive) -> None:
    answer = told(shelf, "西岭省高新技术企业多少家")
    assert answer.figures[0] == "3100家"
    assert any("2024年" in note for note in answer.notes)


def test_reports_of_both_kinds_agree_on_a_year(shelf: Archive) -> None:
    answer = told(shelf, "东山省2024年高新技术企业多少家")
    assert answer.figures[0] == "2600家"
    assert "不一致" not in " ".join(answer.notes)


def test_the_difference_of_two_years(shelf: Archive) -> None:
    answer = told(shelf, "东山省2024年新建高速公路比2023年增加多少公里")
    assert next(one.formula for one in answer.statements if one.formula).startswith("26−23=3")


def test_recent_years_end_with_the_newest_that_is_told(shelf: Archive) -> None:
    asked = understand("东山省近三年新建高速公路的变化", shelf.documents(), TODAY)
    assert asked.years == (2022, 2023, 2024)
    answer = told(shelf, "东山省近三年新建高速公路的变化趋势")
    assert answer.series is not None
    assert answer.series.lines[0][1] == ((2022, 21.0), (2023, 23.0), (2024, 26.0))


def test_a_comparison_is_of_one_year(shelf: Archive) -> None:
    answer = told(shelf, "东山省和西岭省2024年高新技术企业哪个多")
    assert answer.figures[:2] == ("3100家", "2600家")
    assert any("多500家" in figure for figure in answer.figures)


def test_a_follow_up_counts_back_by_the_same_years(shelf: Archive) -> None:
    answer = told(shelf, "那去年呢？", "东山省2024年新建高速公路多少公里")
    assert answer.figures[0] == "23公里"


def test_the_start_of_a_change_is_no_result_of_the_year_before(shelf: Archive) -> None:
    """由26.1%提高到26.6% may count from any year, so another year's question needs that year in words."""
    asked = understand("西岭省2023年森林覆盖率", shelf.documents(), TODAY)
    assert find(asked, Reader(shelf, Scope()), 2023) == []


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("东山省2024年目标完成情况如何", ("2024年东山省政府工作报告", "2025年东山省政府工作报告")),
        ("东山省2023年目标完成情况如何", ("2023年东山省政府工作报告", "2024年东山省政府工作报告")),
    ],
)
def test_targets_of_a_year_and_what_came_of_them(
    shelf: Archive, question: str, titles: tuple[str, str]
) -> None:
    answer = told(shelf, question)
    assert answer.route == "commitment"
    cited = {citation.title for one in answer.statements for citation in one.citations}
    assert cited == set(titles)
