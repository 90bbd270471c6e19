"""The indicator table: series with citations, kept true by ingest, removal, repair and migration."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select

from archive.conftest import Opener
from archive.made import document
from assistant.archive import Archive, Series
from assistant.archive.catalogue import Catalogue
from assistant.archive.schema import MIGRATIONS, bindings, indicators, meta
from assistant.records import Document
from assistant.service.resources import sample_archive
from assistant.settings import Settings

ORGANISATION = "云溪县科学技术局"


def report(year: int, total: int, new: int, target: int, organisation: str = ORGANISATION) -> Document:
    """A report with a result, what was added to it, and next year's target."""
    return document(
        f"{organisation}{year}年工作总结和{year + 1}年工作计划",
        [
            ("heading", 1, f"一、{year}年工作开展情况"),
            f"全年新认定高新技术企业{new}家，退出2家，有效总量{total}家，居全市第3位。",
            ("heading", 1, f"二、{year + 1}年工作计划"),
            f"有效高新技术企业达到{target}家。",
        ],
        year=year,
        place=organisation[:3],
        organisation=organisation,
    )


def values(one: Series) -> list[tuple[int, str, str]]:
    return [(point.year, point.claim.status, point.text) for point in one.points]


def rows(archive: Archive) -> int:
    with archive._catalogue.read() as connection:
        return connection.execute(select(func.count()).select_from(indicators)).scalar_one()


def test_results_with_targets_beside_them(archive: Archive) -> None:
    archive.add([report(2023, 60, 12, 75), report(2024, 73, 17, 85)])
    (found,) = archive.indicators("有效高企", organisation=ORGANISATION)
    assert found.indicator == "高新技术企业"
    assert found.measure == "total"
    assert values(found) == [
        (2023, "actual", "60家"),
        (2024, "actual", "73家"),
        (2024, "plan", "75家"),
        (2025, "plan", "85家"),
    ]
    assert [point.text for point in found.targets] == ["75家", "85家"]
    assert not found.conflicts


def test_totals_and_additions_are_two_series(archive: Archive) -> None:
    archive.add([report(2023, 60, 12, 75), report(2024, 73, 17, 85)])
    found = {one.measure: one for one in archive.indicators("高新技术企业")}
    assert [point.text for point in found["new"].results] == ["12家", "17家"]
    assert [point.text for point in found["total"].results] == ["60家", "73家"]


def test_every_point_is_cited(archive: Archive) -> None:
    archive.add([report(2024, 73, 17, 85)])
    for one in archive.indicators("高新技术企业"):
        for point in one.points:
            source = archive.document(point.citation.document_id)
            assert point.citation.span is not None
            assert point.citation.span.of(source.text) == point.citation.quote
            assert point.text in point.citation.quote
            assert point.claim.quantity.span.of(source.text) == point.text
            assert point.citation.heading_path
            assert point.citation.paragraph


def test_values_are_exact_and_in_their_unit(archive: Archive) -> None:
    archive.add(
        [document("甲县2024年工作总结", ["技术合同登记额5.6亿元。"], year=2024, organisation="甲县科技局")]
    )
    (found,) = archive.indicators("技术合同登记额")
    assert found.unit == "元"
    assert found.points[0].claim.quantity.value == Decimal(560_000_000)


def test_conflicting_values_are_both_kept(archive: Archive) -> None:
    other = document(
        "云溪县2024年统计", ["高新技术企业总量71家。"], year=2024, place="云溪县", organisation=ORGANISATION
    )
    archive.add([report(2024, 73, 17, 85), other])
    (found,) = archive.indicators("高新技术企业总量", years=[2024])
    assert {point.text for point in found.results} == {"73家", "71家"}
    assert found.conflicts == (2024,)


def test_rounding_is_no_conflict(archive: Archive) -> None:
    texts = ["技术合同登记额5.6亿元。", "技术合同登记额56021万元。"]
    made = [
        document(f"甲县2024年总结之{n}", [text], year=2024, organisation="甲县科技局")
        for n, text in enumerate(texts)
    ]
    archive.add(made)
    (found,) = archive.indicators("技术合同登记额")
    assert len(found.points) == 2
    assert not found.conflicts


def test_filters(archive: Archive) -> None:
    archive.add([report(2024, 73, 17, 85), report(2024, 120, 30, 140, "江临区科技创新局")])
    assert {one.organisation for one in archive.indicators("高新技术企业")} == {
        ORGANISATION,
        "江临区科技创新局",
    }
    assert {one.organisation for one in archive.indicators("高新技术企业", place="江临区")} == {
        "江临区科技创新局"
    }
    assert not archive.indicators("高新技术企业", organisation="别处")
    assert {p.year for one in archive.indicators("高企", years=[2025]) for p in one.points} == {2025}
    assert archive.indicators("没有这个指标") == ()


def test_signs_of_patterns_are_plain_letters(archive: Archive) -> None:
    archive.add([report(2024, 73, 17, 85)])
    assert archive.indicators("%") == ()
    assert not archive.indicators("高新技术企业", organisation="%")


def test_months_are_told(archive: Archive) -> None:
    made = document("甲县2024年总结", ["工业投资：1—11月完成35.4亿元；全年预测完成39亿元。"], year=2024)
    archive.add([made])
    (found,) = archive.indicators("工业投资")
    assert [(point.months, point.claim.status) for point in found.points] == [
        ("1—11月", "actual"),
        ("", "forecast"),
    ]


def test_removal_takes_the_rows_along(archive: Archive) -> None:
    made = report(2024, 73, 17, 85)
    archive.add([made, report(2023, 60, 12, 75)])
    before = rows(archive)
    archive.remove(made.id)
    assert 0 < rows(archive) < before
    years = {point.year for one in archive.indicators("高新技术企业") for point in one.points}
    assert years == {2023, 2024}  # 2024 is the target of the report on 2023
    assert all(
        point.claim.status == "plan"
        for one in archive.indicators("高企", years=[2024])
        for point in one.points
    )


def test_an_unchanged_document_is_not_read_again(archive: Archive) -> None:
    made = report(2024, 73, 17, 85)
    archive.add([made])
    before = rows(archive)
    (row,) = archive.add([made])
    assert row.status == "unchanged"
    assert rows(archive) == before


def test_another_owner_sees_nothing(opened: Opener) -> None:
    opened("a").add([report(2024, 73, 17, 85)])
    assert opened("b").indicators("高新技术企业") == ()
    assert opened("a").indicators("高新技术企业")


def test_repair_reads_what_was_never_read(archive: Archive) -> None:
    archive.add([report(2024, 73, 17, 85)])
    _forget(archive)
    assert any("指标" in words for words in archive.repair(check=True).found)
    assert any("指标" in words for words in archive.repair().done)
    assert archive.repair(check=True).sound
    assert archive.indicators("高新技术企业")


def test_a_question_reads_what_was_never_read(archive: Archive) -> None:
    archive.add([report(2024, 73, 17, 85)])
    _forget(archive)
    assert archive.indicators("高新技术企业")
    assert archive.repair(check=True).sound


def _forget(archive: Archive) -> None:
    with archive._catalogue.write() as connection:
        connection.execute(delete(indicators))
        connection.execute(delete(bindings))


def test_an_older_catalogue_gets_the_table(opened: Opener, settings: Settings) -> None:
    archive = opened()
    archive.add([report(2024, 73, 17, 85)])
    archive.close()
    catalogue = Catalogue(settings.home / "archive")
    with catalogue.write() as connection:
        indicators.drop(connection)
        bindings.drop(connection)
        connection.execute(meta.update().where(meta.c.name == "schema").values(value="1"))
    catalogue.close()
    again = opened()
    assert again._catalogue.value("schema") == str(len(MIGRATIONS))
    assert again.indicators("高新技术企业")


def test_a_document_without_figures_has_no_rows(archive: Archive) -> None:
    archive.add([document("甲县2024年工作总结", ["各项工作有序推进，成效明显。"], year=2024)])
    assert rows(archive) == 0
    assert archive.repair(check=True).sound


def test_one_endless_sentence_is_quoted_near_the_figure(archive: Archive) -> None:
    text = "持续推进各项工作" * 400 + "新认定高新技术企业17家" + "持续推进各项工作" * 400
    archive.add([document("甲县2024年工作总结", [text], year=2024)])
    (found,) = archive.indicators("新认定高新技术企业")
    assert "17家" in found.points[0].citation.quote
    assert len(found.points[0].citation.quote) < 500


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    from archive.made import CountingEmbeddings

    archive = Archive.open(Settings(home=tmp_path_factory.mktemp("sample")), embeddings=CountingEmbeddings())
    archive.ingest([Path(sample_archive()) / "reports"])
    return archive


def test_the_sample_series_come_out_right(sample: Archive) -> None:
    (found,) = sample.indicators("有效高新技术企业", organisation=ORGANISATION)
    assert values(found) == [
        (2022, "actual", "49家"),
        (2023, "actual", "61家"),
        (2023, "plan", "60家"),
        (2024, "actual", "73家"),
        (2024, "plan", "75家"),
        (2025, "plan", "85家"),
    ]


@pytest.mark.parametrize(
    ("name", "organisation", "expected"),
    [
        ("技术合同登记额", ORGANISATION, {2022: "3.41亿元", 2023: "4.12亿元", 2024: "4.73亿元"}),
        ("研发投入强度", ORGANISATION, {2021: "1.35%", 2022: "1.48%", 2023: "1.64%"}),
        ("规模以上工业总产值", "云溪县科工信局", {2022: "326.8亿元", 2023: "345.2亿元"}),
    ],
)
def test_more_sample_series(sample: Archive, name: str, organisation: str, expected: dict[int, str]) -> None:
    found = sample.indicators(name, organisation=organisation)[0]
    whole = {point.year: point.text for point in found.results if not point.months}
    assert whole == expected


def test_a_government_report_stands_in_the_table_by_the_year_that_it_tells(archive: Archive) -> None:
    government = document(
        "2025年云溪县政府工作报告",
        [
            ("heading", 1, "一、2024年工作回顾"),
            "全县高新技术企业总量达到73家。",
            ("heading", 1, "二、2025年工作安排"),
            "高新技术企业总量达到85家。",
        ],
        year=2025,
        place="云溪县",
        organisation="云溪县人民政府",
        genre="government-report",
    )
    archive.add([government])
    (found,) = archive.indicators("高新技术企业总量")
    assert values(found) == [(2024, "actual", "73家"), (2025, "plan", "85家")]
