"""Files made to harm: each ends in a Document or a coded refusal in Chinese, and nothing outside changes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hostile.files import EITHER, LARGE, PROSE, READ, REFUSED
from samples.build import docx, paragraph

from assistant.errors import InputError
from assistant.loaders import load
from assistant.loaders.worker import stop_children
from assistant.records import Document

large = pytest.mark.skipif(
    not os.environ.get("ASSISTANT_TEST_LARGE"), reason="ASSISTANT_TEST_LARGE is not set"
)


@pytest.fixture(scope="module", autouse=True)
def _children() -> Iterator[None]:
    yield
    stop_children()


def _refused(folder: Path, name: str, build: Callable[[], bytes], reason: str) -> None:
    path = folder / name
    path.write_bytes(build())
    with pytest.raises(InputError) as caught:
        load(path)
    _check_refusal(caught.value, folder, reason)
    assert [entry.name for entry in folder.iterdir()] == [name]


def _check_refusal(error: InputError, folder: Path, reason: str = "") -> None:
    sentence = error.sentence("zh")
    assert reason in str(error.details["reason"])
    assert any("\u4e00" <= sign <= "\u9fff" for sign in sentence)
    assert str(folder) not in sentence + error.hint("zh")


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_refused(case: str, tmp_path: Path) -> None:
    _refused(tmp_path, *REFUSED[case])


@large
@pytest.mark.parametrize("case", LARGE, ids=str)
def test_large_ones_are_refused(case: str, tmp_path: Path) -> None:
    _refused(tmp_path, *LARGE[case])


@pytest.mark.parametrize("case", READ, ids=str)
def test_read_and_harmless(case: str, tmp_path: Path) -> None:
    name, build = READ[case]
    path = tmp_path / name
    path.write_bytes(build())
    documents = load(path)
    assert documents
    for document in documents:
        _check(document)
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("case", EITHER, ids=str)
def test_read_or_refused(case: str, tmp_path: Path) -> None:
    name, build = EITHER[case]
    path = tmp_path / name
    path.write_bytes(build())
    try:
        for document in load(path):
            _check(document)
    except InputError as error:
        _check_refusal(error, tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def test_the_loader_lives_on_after_each_kind_of_death(tmp_path: Path) -> None:
    for name, build, reason in (REFUSED["deep mail"], REFUSED["endless chain"]):
        folder = tmp_path / name
        folder.mkdir()
        _refused(folder, name, build, reason)
    good = tmp_path / "好.docx"
    good.write_bytes(docx(paragraph(PROSE)))
    assert load(good)[0].title == PROSE


def test_there_are_enough_of_them() -> None:
    assert len(REFUSED) + len(READ) + len(EITHER) + len(LARGE) >= 60


def _check(document: Document) -> None:
    """Spans fit, the name is safe to show, and nothing was fetched or run to fill the text."""
    assert all(0 <= block.span.start <= block.span.end <= len(document.text) for block in document.blocks)
    assert "\u202e" not in document.source.name + document.text
    assert "203.0.113.1" not in document.text


def test_white_text_is_text_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "白.docx"
    path.write_bytes(READ["white text"][1]())
    assert "白字" in load(path)[0].text
