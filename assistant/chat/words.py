"""Word lists of the chat: data/words.txt, `#` comments, `[section]` heads, blanks between entries."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


@cache
def _sections() -> dict[str, tuple[str, ...]]:
    sections: dict[str, list[str]] = {}
    entries: list[str] = []
    for line in files("assistant.chat").joinpath("data", "words.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        if re.fullmatch(r"\[[a-z]+\]", line):
            entries = sections.setdefault(line[1:-1], [])
        else:
            entries.extend(line.split())
    return {
        name: tuple(sorted(found, key=lambda word: (-len(word), word))) for name, found in sections.items()
    }


@cache
def words(section: str) -> tuple[str, ...]:
    """The entries of one section, the longest first."""
    return _sections()[section]


@cache
def pattern(section: str) -> re.Pattern[str]:
    """Any entry of one section."""
    return re.compile("|".join(words(section)))


@cache
def table(section: str) -> dict[str, str]:
    """The entries of a section that are written `name=meaning`."""
    return dict(entry.split("=", 1) for entry in words(section))


@cache
def _simplified() -> dict[int, str]:
    return {ord(pair[0]): pair[1] for pair in words("simplified")}


def simplified(text: str) -> str:
    """`text` with traditional characters as simplified ones, as far as the list knows them.

    >>> simplified("雲溪縣高新技術企業")
    '云溪县高新技术企业'
    """
    return text.translate(_simplified())
