"""Dates and periods: what is found, and what it resolves to."""

from datetime import date

import pytest

from assistant.quantities import extract, resolve

FOUND = [
    # text, written, kind, start, end in a report about 2025
    ("2023年完成", "2023年", "period", "2023-01-01", "2023-12-31"),
    ("２０２３年完成", "２０２３年", "period", "2023-01-01", "2023-12-31"),
    ("二〇二三年完成", "二〇二三年", "period", "2023-01-01", "2023-12-31"),
    ("1 9 9 7 年国内", "1 9 9 7 年", "period", "1997-01-01", "1997-12-31"),
    ("2023 年度考核", "2023 年度", "period", "2023-01-01", "2023-12-31"),
    ("2023年底前", "2023年底", "date", "2023-12-31", "2023-12-31"),
    ("2025年初", "2025年初", "date", "2025-01-01", "2025-01-01"),
    ("2025年3月1日起", "2025年3月1日", "date", "2025-03-01", "2025-03-01"),
    ("2025 年 3 月 1 日起", "2025 年 3 月 1 日", "date", "2025-03-01", "2025-03-01"),
    ("二〇二五年三月一日", "二〇二五年三月一日", "date", "2025-03-01", "2025-03-01"),
    ("2025-03-01发布", "2025-03-01", "date", "2025-03-01", "2025-03-01"),
    ("2025/3/1发布", "2025/3/1", "date", "2025-03-01", "2025-03-01"),
    ("2025年3月5日至8日", "2025年3月5日至8日", "date", "2025-03-05", "2025-03-08"),
    ("3月5日至4月8日", "3月5日至4月8日", "date", "2025-03-05", "2025-04-08"),
    ("2025年3月启动", "2025年3月", "period", "2025-03-01", "2025-03-31"),
    ("2025年1—9月", "2025年1—9月", "period", "2025-01-01", "2025-09-30"),
    ("2024年上半年", "2024年上半年", "period", "2024-01-01", "2024-06-30"),
    ("2024年前三季度", "2024年前三季度", "period", "2024-01-01", "2024-09-30"),
    ("2020—2022年", "2020—2022年", "period", "2020-01-01", "2022-12-31"),
    ("2023年至2025年", "2023年至2025年", "period", "2023-01-01", "2025-12-31"),
    ("1—9月，", "1—9月", "period", "2025-01-01", "2025-09-30"),
    ("1-6月，", "1-6月", "period", "2025-01-01", "2025-06-30"),
    ("1至7月，", "1至7月", "period", "2025-01-01", "2025-07-31"),
    ("1月—9月，", "1月—9月", "period", "2025-01-01", "2025-09-30"),
    ("1—7月份，", "1—7月份", "period", "2025-01-01", "2025-07-31"),
    ("前7个月，", "前7个月", "period", "2025-01-01", "2025-07-31"),
    ("前三季度，", "前三季度", "period", "2025-01-01", "2025-09-30"),
    ("一季度，", "一季度", "period", "2025-01-01", "2025-03-31"),
    ("第三季度，", "第三季度", "period", "2025-07-01", "2025-09-30"),
    ("上半年，", "上半年", "period", "2025-01-01", "2025-06-30"),
    ("下半年，", "下半年", "period", "2025-07-01", "2025-12-31"),
    ("全年完成", "全年", "period", "2025-01-01", "2025-12-31"),
    ("今年以来", "今年", "period", "2025-01-01", "2025-12-31"),
    ("去年同期", "去年同期", "period", "2024-01-01", "2024-12-31"),
    ("比上年增长", "上年", "period", "2024-01-01", "2024-12-31"),
    ("较上年末", "上年末", "date", "2024-12-31", "2024-12-31"),
    ("明年计划", "明年", "period", "2026-01-01", "2026-12-31"),
    ("前年完成", "前年", "period", "2023-01-01", "2023-12-31"),
    ("截至11月30日，", "11月30日", "date", "2025-11-30", "2025-11-30"),
    ("6月末，", "6月末", "date", "2025-06-30", "2025-06-30"),
    ("截至2月底，", "2月底", "date", "2025-02-28", "2025-02-28"),
    ("去年6月末，", "6月末", "date", "2024-06-30", "2024-06-30"),
    ("3月上旬，", "3月上旬", "period", "2025-03-01", "2025-03-10"),
    ("3月下旬，", "3月下旬", "period", "2025-03-21", "2025-03-31"),
    ("“十四五”期间", "“十四五”期间", "period", "2021-01-01", "2025-12-31"),
    ("十五五时期", "十五五时期", "period", "2026-01-01", "2030-12-31"),
    ("“十四五”末", "“十四五”末", "date", "2025-12-31", "2025-12-31"),
]


@pytest.mark.parametrize(("text", "written", "kind", "start", "end"), FOUND)
def test_found_and_resolved(text: str, written: str, kind: str, start: str, end: str) -> None:
    quantity = next(found for found in extract(text, year=2025) if found.text == written)
    assert quantity.period
    assert quantity.period.start == date.fromisoformat(start)
    assert quantity.period.end == date.fromisoformat(end)
    assert quantity.kind in (kind, "period")
    assert not quantity.is_figure
    assert quantity.value is None


@pytest.mark.parametrize("text", ["上半年", "1—9月", "今年", "6月末", "11月30日"])
def test_without_a_year_nothing_is_resolved(text: str) -> None:
    (quantity,) = extract(text)
    assert quantity.period
    assert (quantity.period.start, quantity.period.years) == (None, ())


@pytest.mark.parametrize(
    ("text", "relative"), [("今年", True), ("上半年", True), ("2024年", False), ("2020—2022年", False)]
)
def test_relative(text: str, relative: bool) -> None:
    assert resolve(text, 2025).relative is relative


@pytest.mark.parametrize(
    ("text", "year", "start", "end"),
    [
        ("前三季度", 2025, "2025-01-01", "2025-09-30"),
        ("去年上半年", 2025, "2024-01-01", "2024-06-30"),
        ("今年6月末", 2025, "2025-06-30", "2025-06-30"),
        ("截至11月30日", 2024, "2024-11-30", "2024-11-30"),
        ("去年1—9月", 2025, "2024-01-01", "2024-09-30"),
        ("“十三五”期间", None, "2016-01-01", "2020-12-31"),
        ("2024年2月29日", None, "2024-02-29", "2024-02-29"),
        ("四季度", 2025, "2025-10-01", "2025-12-31"),
        ("一至三季度", 2025, "2025-01-01", "2025-09-30"),
    ],
)
def test_resolve(text: str, year: int | None, start: str, end: str) -> None:
    period = resolve(text, year)
    assert (period.start, period.end) == (date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize("text", ["", "不是时间", "2025年2月30日", "2023年2月29日", "23家", "9—1月"])
def test_what_cannot_be_resolved_is_none(text: str) -> None:
    period = resolve(text, 2025)
    assert period.start is None
    assert period.years == ()


def test_an_impossible_date_is_found_without_a_period() -> None:
    (quantity,) = extract("于2025年2月30日召开")
    assert (quantity.kind, quantity.text) == ("date", "2025年2月30日")
    assert quantity.period
    assert quantity.period.start is None


@pytest.mark.parametrize("text", ["三月", "每月", "年月日", "15日", "90年代", "21世纪"])
def test_not_a_time(text: str) -> None:
    assert [quantity for quantity in extract(text) if quantity.kind in ("date", "period")] == []


@pytest.mark.parametrize(
    ("text", "written", "value", "unit"),
    [
        ("用3年时间", "3年", 3, "年"),
        ("三年行动计划", "三年", 3, "年"),
        ("6个月内", "6个月", 6, "个月"),
        ("20个工作日内", "20个工作日", 20, "个工作日"),
        ("15分钟生活圈", "15分钟", 15, "分钟"),
        ("培训24学时", "24学时", 24, "小时"),
        ("连续12个季度", "12个季度", 12, "个季度"),
    ],
)
def test_duration(text: str, written: str, value: int, unit: str) -> None:
    quantity = extract(text)[0]
    assert (quantity.kind, quantity.text, quantity.value, quantity.unit) == ("duration", written, value, unit)
    assert not quantity.is_figure


def test_a_year_is_no_duration_and_a_title_year_no_figure() -> None:
    assert [q.kind for q in extract("2024年建成")] == ["period"]
    assert extract("《云溪县2024年工作总结》") == []
