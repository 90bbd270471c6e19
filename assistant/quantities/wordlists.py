"""Word lists of the package: text files in data/, `#` comments, `[section]` heads, blanks between words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files


def lines(name: str) -> Iterator[str]:
    """The lines of data/`name` that are neither blank nor comments."""
    data = files("assistant.quantities").joinpath("data", name).read_text("utf-8")
    for line in data.splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


@cache
def words(name: str, section: str) -> frozenset[str]:
    """The words of one `[section]` of data/`name`; empty when there is no such section."""
    found: set[str] = set()
    reading = False
    for line in lines(name):
        if line.startswith("["):
            reading = line == f"[{section}]"
        elif reading:
            found.update(line.split())
    return frozenset(found)


@cache
def pattern(name: str, section: str) -> re.Pattern[str]:
    """Any word of the section, the longest first."""
    ordered = sorted(words(name, section), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, ordered)))
