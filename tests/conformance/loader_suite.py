"""What every loader must do, whatever its format: a suite to run over one sample file.

The sample must say: title 云溪县科学技术局2025年工作总结和2026年工作计划, a heading 一、2025年工作开展情况,
under it the sentence 新增高新技术企业23家, and a table cell or line with 86.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.errors import FileRefused, FileUnreadable, InputError, Said
from assistant.loaders import Format, load
from assistant.loaders.lines import from_data, to_data
from assistant.records import Document

TITLE = "云溪县科学技术局2025年工作总结和2026年工作计划"
HEADING = "一、2025年工作开展情况"
SENTENCE = "新增高新技术企业23家"


def run_suite(row: Format, data: bytes, folder: Path) -> None:
    """All checks for the format `row` with the sample `data`."""
    path = folder / f"样例{row.suffixes[0]}"
    path.write_bytes(data)
    (document,) = load(path)
    check_metadata(document, row, data)
    check_offsets(document)
    check_words(document)
    if swift(row):
        check_is_stable(document, path)
    check_travels(row, data)
    check_suffixes(row, data, folder)
    check_empty_and_limit(row, folder, data)
    check_broken(row, data, folder)


def swift(row: Format) -> bool:
    """Whether a file of this format is read in a moment; others are read fewer times here."""
    return row.convert is None and row.name != "image"


def check_metadata(document: Document, row: Format, data: bytes) -> None:
    """Title, organisation, place, years, genre, source."""
    assert document.title == TITLE
    assert document.organisation is not None
    assert document.organisation.value == "云溪县科学技术局"
    assert document.place is not None
    assert document.place.value == "云溪县"
    assert document.reported_year == 2025
    assert set(document.years) >= {2025}
    assert document.genre == "annual-summary"
    assert (document.source.format, document.source.size) == (row.name, len(data))
    assert len(document.source.sha256) == 64


def check_offsets(document: Document) -> None:
    """Every span lies in the text, blocks are in order and cover it but for the line breaks."""
    end = -1
    for block in document.blocks:
        assert block.span.start == end + 1
        end = block.span.end
        assert block.span.of(document.text).strip()
        assert block.run_in is None or block.span.contains(block.run_in)
        for cell in block.cells:
            assert block.span.contains(cell.span)
    assert end == len(document.text)
    for reading in (document.organisation, document.place, document.year, document.number):
        if reading is not None and reading.span is not None and reading.span.of(document.text).isdigit():
            assert reading.span.of(document.text) == reading.value
    for span in document.masks:
        assert span.of(document.text)
    for spelling in document.spellings:
        assert spelling.span.of(document.text) == spelling.written


def check_words(document: Document) -> None:
    """The sample's words are there, once."""
    assert document.text.count(SENTENCE) == 1
    assert "86" in document.text
    for block in document.blocks:
        if SENTENCE in block.span.of(document.text) and block.kind != "table":
            assert HEADING in block.heading_path


def check_is_stable(document: Document, path: Path) -> None:
    """Loading again gives the same Document, id included."""
    assert load(path) == (document,)
    assert len(document.id) == 16


def check_travels(row: Format, data: bytes) -> None:
    """What the loader reads survives the way through JSON."""
    content = row.read(data, "样例")
    assert from_data(json.loads(json.dumps(to_data(content)))) == content


def check_suffixes(row: Format, data: bytes, folder: Path) -> None:
    """Every suffix of the row, in capitals too, leads to the same blocks."""
    expected = [block.kind for block in load(folder / f"样例{row.suffixes[0]}")[0].blocks]
    for number, suffix in enumerate(row.suffixes if swift(row) else row.suffixes[-1:]):
        path = folder / f"另{number}{suffix.upper()}"
        path.write_bytes(data)
        assert [block.kind for block in load(path)[0].blocks] == expected


def check_empty_and_limit(row: Format, folder: Path, data: bytes) -> None:
    """An empty file and one over the limit are told so, without a path."""
    empty, large = folder / f"空{row.suffixes[0]}", folder / f"大{row.suffixes[0]}"
    empty.write_bytes(b"")
    large.write_bytes(data)
    for path, kind, limit in ((empty, FileUnreadable, 1000), (large, FileRefused, len(data) - 1)):
        with pytest.raises(kind) as caught:
            load(path, max_bytes=limit)
        check_message(caught.value, folder)


def check_broken(row: Format, data: bytes, folder: Path) -> None:
    """Cut and damaged files end in a coded error or a shorter document, never in another exception."""
    damages = (data[: len(data) // 2], b"\x00\xff\x13" * 500, data[:-20])
    for number, damaged in enumerate(damages if swift(row) else damages[:2]):
        path = folder / f"坏{number}{row.suffixes[0]}"
        path.write_bytes(damaged)
        try:
            assert load(path)[0].text
        except InputError as error:
            check_message(error, folder)


def check_message(error: InputError, folder: Path) -> None:
    """A Chinese sentence with the file's name and a reason, without the folder."""
    sentence = error.sentence("zh")
    assert str(folder) not in sentence + str(error) + error.hint("zh")
    assert isinstance(error.details["reason"], Said)
    assert str(error.details["name"]) in sentence
