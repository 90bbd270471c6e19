"""Which archived report a draft is compared with, by the years that both tell."""

from __future__ import annotations

from dataclasses import replace

import pytest
from archive.made import document

from assistant.archive import ArchivedDocument
from assistant.records import Document, Genre
from assistant.service.lastyear import comparable, last_year, refusal

BODY = "云溪县人民政府"


def archived(year: int, genre: Genre, organisation: str = BODY) -> ArchivedDocument:
    return ArchivedDocument(
        key=f"{genre}{year}",
        id=f"{genre}{year}",
        title=f"{year}年{genre}",
        genre=genre,
        organisation=organisation,
        place="云溪县",
        year=year,
        years=(year,),
        number="",
        source_name="",
        passages=1,
    )


def draft(year: int | None, genre: Genre) -> Document:
    return document("报告", ["全县地区生产总值增长6.1%。"], year=year, organisation=BODY, genre=genre)


@pytest.mark.parametrize(
    ("year", "genre", "expected"),
    [
        (2025, "government-report", "government-report2024"),
        (2024, "annual-summary", "annual-summary2023"),
        (2023, "annual-summary", "government-report2023"),  # it tells 2022
    ],
)
def test_the_report_on_the_year_before(year: int, genre: Genre, expected: str) -> None:
    known = [
        archived(2023, "government-report"),
        archived(2024, "government-report"),
        archived(2023, "annual-summary"),
        archived(2024, "annual-summary", "江临区人民政府"),
    ]
    chosen, note = last_year(known, draft(year, genre))
    assert chosen is not None
    assert chosen.id == expected
    assert note == ""


@pytest.mark.parametrize("genre", ["government-report", "annual-summary"])
def test_no_report_on_the_year_before_is_said(genre: Genre) -> None:
    chosen, note = last_year([archived(2019, "government-report")], draft(2025, genre))
    assert chosen is None
    assert "没有云溪县人民政府2024年的报告" in note


def test_two_of_them_are_said() -> None:
    twice = [archived(2024, "government-report"), replace(archived(2024, "government-report"), id="other")]
    chosen, note = last_year(twice, draft(2025, "government-report"))
    assert chosen is not None
    assert "2份" in note


def test_a_draft_without_a_year_or_body_is_said() -> None:
    assert "年份" in last_year([], draft(None, "annual-summary"))[1]
    assert "单位" in last_year([], replace(draft(2025, "annual-summary"), organisation=None))[1]


@pytest.mark.parametrize(
    ("mine", "theirs", "words"),
    [
        ((2025, "government-report"), (2024, "government-report"), ""),
        (
            (2025, "government-report"),
            (2023, "government-report"),
            "是2023年的报告，不是本稿（2025年）的上一年",
        ),
        ((2024, "annual-summary"), (2024, "government-report"), ""),
        ((2024, "annual-summary"), (2025, "government-report"), "讲的是2024年的工作"),
        ((2025, "government-report"), (2023, "annual-summary"), ""),
    ],
)
def test_a_given_report_of_another_year_is_refused(
    mine: tuple[int, Genre], theirs: tuple[int, Genre], words: str
) -> None:
    refused = refusal(draft(*mine), draft(*theirs))
    assert words in refused
    assert bool(words) == bool(refused)
    kept, notes = comparable(draft(*mine), [draft(*theirs)])
    assert (len(kept), len(notes)) == ((0, 1) if words else (1, 0))
