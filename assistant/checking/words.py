"""Word lists of the rules: text files in data/, `#` comments, `[section]` heads, blanks between words."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


@cache
def words(name: str, section: str) -> tuple[str, ...]:
    """The words of one `[section]` of data/`name`, the longest first."""
    found: set[str] = set()
    reading = False
    for line in files("assistant.checking").joinpath("data", name).read_text("utf-8").splitlines():
        if line.startswith("["):
            reading = line.strip() == f"[{section}]"
        elif reading and not line.startswith("#"):
            found.update(line.split())
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@cache
def pattern(name: str, section: str) -> re.Pattern[str]:
    """Any word of the section."""
    return re.compile("|".join(map(re.escape, words(name, section))))
