"""What a script sends is read by name and type; what goes wrong is told with a code and no detail of the server."""

from __future__ import annotations

import asyncio
import logging

import pytest

from assistant.errors import DraftChanged, DraftError, PageError, RequestUnusable
from assistant.ui.given import Given
from assistant.ui.rim import Rim


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"id": None},
        {"id": 1},
        {"id": ["x"]},
        {"id": {}},
        {"id": True},
        [],
        "id",
        None,
        7,
        {"id": "x" * 2_000_001},
    ],
)
def test_a_text_is_a_text(data: object) -> None:
    with pytest.raises(RequestUnusable):
        Given.of(data).text("id")


@pytest.mark.parametrize("value", [None, "1", 1.5, True, [], {}])
def test_a_number_is_a_whole_number(value: object) -> None:
    with pytest.raises(RequestUnusable):
        Given.of({"n": value}).number("n")


def test_lists_hold_what_they_should() -> None:
    given = Given.of({"texts": ["a", "b"], "mixed": ["a", 1], "items": [{"id": "x"}], "none": None})
    assert given.texts("texts") == ["a", "b"]
    assert given.texts("none", []) == []
    assert [item.text("id") for item in given.items_of("items")] == ["x"]
    assert given.items_of("nothing") == []
    for call in (lambda: given.texts("mixed"), lambda: given.items_of("texts"), lambda: given.flag("texts")):
        with pytest.raises(RequestUnusable):
            call()
    assert given.maybe("none") is None


def test_lone_surrogates_do_not_get_in() -> None:
    assert Given.of({"text": "a\ud800b"}).text("text") == "a?b"


def test_known_errors_are_told_in_the_language() -> None:
    def refuse() -> None:
        raise RequestUnusable(reason="x")

    assert "请求" in str(Rim("zh").run(refuse))
    assert Rim("en").run(refuse) == {
        "error": {
            "code": "page.request",
            "message": "The request cannot be used (x)",
            "hint": "Reload the page and try again.",
        }
    }


def test_a_draft_changed_elsewhere_comes_with_the_newer_text() -> None:
    def refuse() -> None:
        raise DraftChanged(reason="x", version=4, section_id="s", field="text", text="较新")

    told = Rim("zh").run(refuse)
    assert isinstance(told, dict)
    assert told["error"]["details"] == {"version": 4, "section_id": "s", "field": "text", "text": "较新"}
    assert issubclass(DraftChanged, DraftError)


def test_what_nobody_foresaw_is_logged_and_told_without_details(caplog: pytest.LogCaptureFixture) -> None:
    async def fail() -> None:
        raise RuntimeError("/home/secret/path and a sentence of a draft")

    with caplog.at_level(logging.ERROR, "assistant.ui"):
        told = asyncio.run(Rim("zh").wait(fail))
    assert "secret" not in str(told)
    assert told["error"]["code"] == "page.failed"  # type: ignore[index, call-overload]
    assert "RuntimeError" in caplog.text
    assert issubclass(RequestUnusable, PageError)
