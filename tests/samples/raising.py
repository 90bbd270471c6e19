"""A check that an error tells what it should, in Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from assistant.errors import InputError

_CHINESE = re.compile("[\u4e00-\u9fff]")


@contextmanager
def refused(kind: type[InputError], words: str, name: str = "") -> Iterator[None]:
    """Expect an error of exactly `kind` whose Chinese sentence has `words`; the English one has none of them."""
    with pytest.raises(kind) as caught:
        yield
    assert type(caught.value) is kind
    assert words in caught.value.sentence("zh")
    shown = str(caught.value.details["name"])
    assert not name or shown == name
    assert not _CHINESE.search(
        caught.value.sentence("en").replace(shown, "").replace("“", "").replace("”", "")
    )
