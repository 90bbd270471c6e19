"""Lines between formats and structure: tables as text, and the way through plain data."""

from __future__ import annotations

import json

import pytest

from assistant.loaders.lines import Line, LineCell, SourceText, from_data, table_line


def test_table_line() -> None:
    line = table_line(
        [[(0, 0, 1, 2, "指标", "表!A1")], [(1, 0, 1, 1, "高企", ""), (1, 1, 1, 1, "23", "表!B2")]], "表!A1:B2"
    )
    assert line.text == "指标\n高企 | 23"
    assert (line.kind, line.place) == ("table", "表!A1:B2")
    assert line.cells == (
        LineCell(0, 0, 0, 2, 1, 2, "表!A1"),
        LineCell(1, 0, 3, 5),
        LineCell(1, 1, 8, 10, place="表!B2"),
    )


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [[]],
        [[(0, 0, 1, 1, "", "")]],
        [[(0, 0, 1, 1, "", ""), (0, 1, 1, 1, "", "")], []],
        [[(0, 0, 1, 1, "甲", "")], [], [(2, 0, 1, 1, "乙", "")]],
    ],
)
def test_empty_rows_and_cells(rows: list[list[tuple[int, int, int, int, str, str]]]) -> None:
    line = table_line(rows)
    texts = [cell[4] for row in rows for cell in row]
    assert [line.text[cell.start : cell.end] for cell in line.cells] == texts
    assert all(0 <= cell.start <= cell.end <= len(line.text) for cell in line.cells)


def test_through_plain_data() -> None:
    from assistant.loaders.lines import to_data

    content = SourceText(
        (Line("一、情况", "heading", 1, 1, 2, "表!A1", 3), table_line([[(0, 0, 2, 3, "甲", "表!A2")]])),
        {"title": "甲"},
        "甲",
        web=True,
        notes=("乙",),
    )
    assert from_data(json.loads(json.dumps(to_data(content)))) == content


def test_unknown_keys_are_an_error() -> None:
    with pytest.raises(TypeError):
        from_data(
            {
                "lines": [{"text": "甲", "cells": [], "other": 1}],
                "given": {},
                "title": "",
                "web": False,
                "notes": [],
            }
        )
