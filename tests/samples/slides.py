"""Presentations built by code."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from pptx import Presentation
from pptx.util import Cm


def deck(*slides: tuple[str, Sequence[str]], table: Sequence[Sequence[str]] = (), notes: str = "") -> bytes:
    """A .pptx of (title, lines) slides; `table` and `notes` go onto the last one."""
    show: Any = Presentation()
    slide = None
    for title, lines in slides:
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = "\n".join(lines)
    if table and slide is not None:
        grid = slide.shapes.add_table(len(table), len(table[0]), Cm(2), Cm(12), Cm(20), Cm(4)).table
        for r, row in enumerate(table):
            for c, text in enumerate(row):
                grid.cell(r, c).text = text
    if notes and slide is not None:
        slide.notes_slide.notes_text_frame.text = notes
    stream = io.BytesIO()
    show.save(stream)
    return stream.getvalue()
