"""Series of indicators drawn as a page of its own: results as a line, targets and forecasts as open marks."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from assistant.errors import Language
from assistant.export.evidence import check_labels
from assistant.export.files import write_text

if TYPE_CHECKING:
    from assistant.archive import Point, Series

_SYMBOLS = {"actual": "circle", "plan": "diamond-open", "forecast": "triangle-up-open"}
_DASHES = {"actual": "solid", "plan": "dash", "forecast": "dot"}
_COLOURS = ("#1b5e9e", "#b3541e", "#2e7d4f", "#7b3f98", "#8a6d00", "#b00020", "#00707a", "#555555")
_QUOTED = 60


def write_plot(series: Sequence[Series], path: Path, *, title: str, language: Language = "zh") -> Path:
    """Write the drawing to `path`: one HTML file with its script inside, which asks for nothing from outside.

    Raises:
        ExportError: the file cannot be written.
    """
    figure = draw(series, title, language)
    page = figure.to_html(
        include_plotlyjs=True, full_html=True, config={"displaylogo": False, "responsive": True}
    )
    return write_text(path, page)


def draw(series: Sequence[Series], title: str, language: Language = "zh") -> go.Figure:
    """The figure; every value of a year is drawn, also where two contradict each other."""
    figure = go.Figure()
    for number, one in enumerate(series):
        for status in ("actual", "plan", "forecast"):
            points = [
                point
                for point in one.points
                if point.claim.status == status and point.claim.quantity.value is not None
            ]
            if points:
                figure.add_trace(_trace(one, points, status, _COLOURS[number % len(_COLOURS)], language))
    figure.update_layout(
        title=escape(title),
        template="plotly_white",
        legend={"orientation": "h", "y": -0.2},
        margin={"l": 50, "r": 20, "t": 60, "b": 40},
        font={"family": '"Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif'},
    )
    figure.update_xaxes(dtick=1, tickformat="d")
    return figure


def _trace(one: Series, points: Sequence[Point], status: str, colour: str, language: Language) -> go.Scatter:
    scale = max(point.claim.quantity.scale for point in points)
    return go.Scatter(
        x=[point.year for point in points],
        y=[_value(point, scale) for point in points],
        name=escape(f"{series_name(one)} · {status_name(status, language)}"),
        mode="lines+markers" if status == "actual" else "markers",
        line={"dash": _DASHES[status], "color": colour},
        marker={"symbol": _SYMBOLS[status], "size": 11, "color": colour},
        text=[_hover(point) for point in points],
        hovertemplate="%{text}<extra></extra>",
    )


def _value(point: Point, scale: Decimal) -> float:
    """The value in the written unit (亿元), for the drawing only."""
    value = point.claim.quantity.value
    return float((value or Decimal(0)) / scale)


def _hover(point: Point) -> str:
    """The figure as written, and where it is said; nothing in it is markup."""
    cited = point.citation
    quote = cited.quote if len(cited.quote) <= _QUOTED else f"{cited.quote[:_QUOTED]}…"
    lines = (f"{point.year} {point.months} {point.text}", cited.title, quote)
    return "<br>".join(escape(" ".join(line.split())) for line in lines)


def series_name(one: Series) -> str:
    """Organisation, indicator and what tells this series from others of the same indicator."""
    told = "".join((*one.qualifiers, {"total": "（总量）", "new": "（新增）", "": ""}[one.measure]))
    return " ".join(
        part for part in (one.organisation or one.place, one.subject, one.indicator + told) if part
    )


def status_name(status: str, language: Language = "zh") -> str:
    """Result, target or forecast."""
    return check_labels(language).say(f"status.{status}")
