"""Series of the indicator table as the page draws them: one unit for a line, every point with its source."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal

from assistant.archive import Point, Series
from assistant.errors import Said
from assistant.quantities.compare import conversion
from assistant.records import Quantity
from assistant.service.desk.showing import citation_view
from assistant.service.desk.views import PointView, SeriesView

_SCALES = {10**12: "万亿", 10**8: "亿", 10**4: "万"}
_COLUMNS = (
    "指标",
    "单位",
    "地区",
    "口径",
    "年份",
    "时段",
    "类别",
    "数值",
    "计量单位",
    "原文",
    "出处",
    "引文",
)
_STATUS = {"actual": "实绩", "plan": "目标", "forecast": "预计"}
_MEASURE = {"total": Said("总量", "in all"), "new": Said("新增", "new"), "": ""}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def series_view(one: Series) -> SeriesView:
    """One series; values are decimals in `unit`, that of its first result (亿元 stays 亿元).

    A point whose figure has no exact value or another kind of unit is left out.
    """
    first = next(iter((*one.results, *one.targets)), None)
    unit = first.claim.quantity if first else None
    points = tuple(view for point in one.points if (view := _point(point, unit)) is not None)
    return SeriesView(
        indicator=one.indicator,
        organisation=one.organisation,
        place=one.place,
        unit=(_SCALES.get(int(unit.scale), "") + unit.unit) if unit else one.unit,
        measure=Said.joined(filter(None, (one.subject, *one.qualifiers, _MEASURE[one.measure])), " ", " "),
        points=points,
        conflicts=one.conflicts,
    )


def _point(point: Point, unit: Quantity | None) -> PointView | None:
    quantity = point.claim.quantity
    factor = conversion(quantity, unit) if unit is not None else None
    if unit is None or quantity.value is None or factor is None:
        return None
    return PointView(
        year=point.year,
        value=_decimal(quantity.value * factor / unit.scale),
        text=point.text,
        status=point.claim.status,
        months=point.months,
        citation=citation_view(point.citation),
    )


def _decimal(value: Decimal) -> str:
    """Without an exponent and without zeros at the end."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def series_csv(found: Sequence[SeriesView]) -> str:
    """The points as a table for Excel: with a byte order mark, and no cell that a spreadsheet would run."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for one in found:
        for point in one.points:
            row = (one.indicator, one.organisation, one.place, one.measure, point.year, point.months)
            said = (_STATUS[point.status], point.value, one.unit, point.text)
            writer.writerow(map(_cell, (*row, *said, point.citation.title, point.citation.quote)))
    return "\ufeff" + text.getvalue()


def _cell(value: object) -> str:
    """One line of text; what would be a formula is led by an apostrophe, unless it is a plain number."""
    text = " ".join(str(value).split(" ")).replace("\n", " ")
    if text.startswith(_FORMULA) and not text.lstrip("+-").replace(".", "", 1).isdigit():
        return f"'{text}"
    return text
