"""Comma, tab or semicolon separated tables."""

from __future__ import annotations

import csv
import io

from assistant.errors import FileRefused, FileUnreadable, Said
from assistant.loaders.encoding import decode
from assistant.loaders.lines import SourceText
from assistant.loaders.sheets import Sheet, given_in, sheet_lines

_MAX_ROWS = 100_000


def read_csv(data: bytes, name: str) -> SourceText:
    """The table in a .csv or .tsv file; a header is not required.

    Raises:
        FileUnreadable: the bytes are not text, or not a table.
        FileRefused: more than 100,000 rows.
    """
    text = decode(data, name)
    sample = text[:4096]
    delimiter = max(",\t;，|", key=lambda mark: sample.count(mark))
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text), delimiter=delimiter):
            rows.append([cell.strip() for cell in row])
            if len(rows) > _MAX_ROWS:
                raise FileRefused(
                    name=name, reason=Said(f"表格超过 {_MAX_ROWS} 行", f"it has more than {_MAX_ROWS} rows")
                )
    except csv.Error as error:
        raise FileUnreadable(
            name=name, reason=Said("不是有效的表格文本", "it is not a valid table")
        ) from error
    table = Sheet("", rows)
    return SourceText(tuple(sheet_lines(table, 1)), given_in(table))
