"""Series drawn: results as a line, targets beside them, nothing from outside, nothing as markup."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assistant.archive import Point, Series
from assistant.export.plot import draw, series_name, write_plot
from assistant.quantities import bind_text
from assistant.records import Citation, Span, Status


def point(text: str, year: int, status: Status = "actual", quote: str = "") -> Point:
    claim = replace(bind_text(text, year)[0], status=status)
    cited = Citation("", "d1", f"{year}年总结", quote or text, Span(0, len(text)))
    return Point(claim, year, cited, "annual-summary")


def series(*points: Point, **fields: object) -> Series:
    told: dict[str, object] = {
        "indicator": "技术合同登记额", "organisation": "甲县科技局", "place": "甲县", "subject": "", "measure": "",
        "kind": "level", "unit": "元", "qualifiers": (), "points": points, **fields,
    }  # fmt: skip
    return Series(**told)  # type: ignore[arg-type]


ONE = series(
    point("登记额4.1亿元", 2023), point("登记额4.7亿元", 2024), point("登记额4.8亿元", 2024, "plan"),
)  # fmt: skip


def test_results_and_targets_are_told_apart() -> None:
    results, targets = draw([ONE], "技术合同登记额").data
    assert list(results.x) == [2023, 2024]
    assert list(results.y) == [4.1, 4.7]
    assert results.mode == "lines+markers"
    assert list(targets.y) == [4.8]
    assert targets.mode == "markers"
    assert results.marker.symbol != targets.marker.symbol
    assert "目标" in targets.name


def test_conflicting_values_are_both_drawn() -> None:
    (trace,) = draw([series(point("登记额4.1亿元", 2023), point("登记额4.5亿元", 2023))], "x").data
    assert list(trace.y) == [4.1, 4.5]


def test_what_a_file_says_is_no_markup() -> None:
    hostile = '<a href="javascript:alert(1)">x</a>'
    figure = draw([series(point("登记额4.1亿元", 2023, quote=hostile), organisation=hostile)], hostile)
    assert "<a" not in figure.layout.title.text
    assert "<a" not in figure.data[0].name
    assert "<a" not in figure.data[0].text[0]


def test_the_page_needs_nothing_else(tmp_path: Path) -> None:
    text = write_plot([ONE], tmp_path / "p.html", title="技术合同登记额").read_text("utf-8")
    assert "plotly.js v" in text
    assert "<script src" not in text
    assert "<link" not in text


def test_names() -> None:
    assert (
        series_name(series(measure="total", qualifiers=("省级",))) == "甲县科技局 技术合同登记额省级（总量）"
    )
