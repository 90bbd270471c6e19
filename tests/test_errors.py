"""The exception tree: every class drawn, coded, told in both languages, and never failing while told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import errors
from assistant.errors import AssistantError


def tree(root: type[AssistantError]) -> Iterator[type[AssistantError]]:
    for child in root.__subclasses__():
        yield child
        yield from tree(child)


CLASSES = [found for found in tree(AssistantError) if found.__module__ == errors.__name__]
LEAVES = [found for found in CLASSES if not found.__subclasses__()]


@pytest.mark.parametrize("error", CLASSES, ids=lambda error: error.__name__)
def test_drawn_in_the_docstring(error: type[AssistantError]) -> None:
    lines = (errors.__doc__ or "").splitlines()
    assert any(error.__name__ in line for line in lines)
    assert error.__doc__


@pytest.mark.parametrize("error", LEAVES, ids=lambda error: error.__name__)
def test_leaf_is_coded_and_told(error: type[AssistantError]) -> None:
    (line,) = [line for line in (errors.__doc__ or "").splitlines() if f" {error.__name__} " in line]
    assert error.code in line
    told = error(name="报告.docx", reason="原因")
    for language in ("zh", "en"):
        assert told.sentence(language)
        assert told.hint(language)
    assert any("\u4e00" <= character <= "\u9fff" for character in told.sentence("zh") + told.hint("zh"))


def test_codes_are_unique() -> None:
    codes = [error.code for error in LEAVES]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("error", LEAVES, ids=lambda error: error.__name__)
def test_missing_details_leave_a_blank(error: type[AssistantError]) -> None:
    assert "{" not in error().sentence("zh")


def test_braces_in_details_are_harmless() -> None:
    told = errors.FileUnreadable(name="{name}.docx", reason="{0}{reason!r}")
    assert "{name}.docx" in told.sentence("zh")
