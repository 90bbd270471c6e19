"""A series as a chart: one HTML file that needs no network."""

from __future__ import annotations

from html import escape
from pathlib import Path

from assistant.chat.answer import Series
from assistant.errors import ExportError, Said

_FONT = "'Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', sans-serif"


def write_chart(series: Series, path: Path) -> Path:
    """Write the chart of a series to `path`, the drawing library inside the file.

    Raises:
        ExportError: the file could not be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(chart_html(series), encoding="utf-8")
    except OSError as error:
        reason = Said("文件夹不可写或磁盘已满", "the folder cannot be written, or the disk is full")
        raise ExportError(name=path.name, reason=reason) from error
    return path


def chart_html(series: Series) -> str:
    """A whole HTML page with the chart; names are escaped, they come from documents."""
    from plotly import graph_objects

    figure = graph_objects.Figure()
    for name, points in series.lines:
        figure.add_scatter(
            x=[str(year) for year, _ in points],
            y=[value for _, value in points],
            name=escape(name),
            mode="lines+markers+text",
            text=[f"{value:g}" for _, value in points],
            textposition="top center",
        )
    figure.update_layout(
        title=escape(series.title),
        xaxis={"title": "年份", "type": "category"},
        yaxis={"title": escape(series.unit), "rangemode": "tozero"},
        font={"family": _FONT},
        showlegend=len(series.lines) > 1,
    )
    html: str = figure.to_html(include_plotlyjs=True, full_html=True)
    return html
