"""Lists of names and figures that belong together in order: “A、B、C分别为x、y、z”."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.quantities.clauses import Clause, Text
from assistant.quantities.indicators import canonical
from assistant.records import Quantity, Span

_JOINED = re.compile(r"^[\s、和及与以]{0,3}(?:以及)?$")
_APPOSED = re.compile(r"[、]|以及|和|及|与")
_TAILS = (
    "增加值",
    "投资",
    "产量",
    "产值",
    "收入",
    "支出",
    "零售额",
    "出口",
    "进口",
    "进出口",
    "销量",
    "价格",
)


def distribute(source: Text, clause: Clause) -> dict[int, tuple[str, Span | None]]:
    """“A、B、C分别为x、y、z”: the start of each figure -> its own indicator and where that is written."""
    text = source.text
    marker = text.find("分别", clause.start, clause.end)
    run = _run_after(text, marker, clause.figures) if marker >= 0 else []
    if len(run) < 2:
        return {}
    pieces = _pieces(source, clause.start, marker, len(run))
    if len(pieces) != len(run):
        return {}
    names = [text[piece.start : piece.end] for piece in pieces]
    tail = next((tail for tail in _TAILS if names[-1].endswith(tail)), "")
    full = [name if name.endswith(_TAILS) else name + tail for name in names]
    return {q.span.start: (canonical(n), s) for q, n, s in zip(run, full, pieces, strict=True)}


def _run_after(text: str, marker: int, figures: Sequence[Quantity]) -> list[Quantity]:
    """The figures after `marker` that only 、 and 和 separate."""
    run: list[Quantity] = []
    for figure in figures:
        if figure.span.start < marker:
            continue
        if run and not _JOINED.match(text[run[-1].span.end : figure.span.start]):
            break
        run.append(figure)
    return run


def _pieces(source: Text, start: int, end: int, wanted: int) -> list[Span]:
    """The names before 分别: split at 、 and 和, or the known names when that gives the wanted number."""
    known = source.names_in(start, end)
    if len(known) == wanted:
        return [Span(name.start, name.end) for name in known]
    last = source.figures_in(start, end)
    start = last[-1].span.end if last else start
    pieces: list[Span] = []
    for match in _APPOSED.finditer(source.text, start, end):
        pieces.append(Span(start, match.start()))
        start = match.end()
    pieces.append(Span(start, end))
    return [piece for piece in pieces if piece.start < piece.end]
