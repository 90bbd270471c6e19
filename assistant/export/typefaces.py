"""Font names: which ones are one typeface under several names."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def _families() -> dict[str, str]:
    text = files("assistant.export").joinpath("data", "fonts.txt").read_text(encoding="utf-8")
    rows = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    return {name.casefold(): row[0] for row in rows for name in row}


def family(font: str) -> str:
    """The typeface that a font name stands for; a name nobody knows stands for itself.

    >>> [family(name) for name in ("仿宋_GB2312", "FangSong", "SimHei", "某体")]
    ['仿宋', '仿宋', '黑体', '某体']
    """
    return _families().get(font.casefold(), font)


def names_of(font: str) -> tuple[str, ...]:
    """All names of the typeface of `font`, itself first."""
    same = tuple(name for name, kind in _families().items() if kind == family(font))
    return tuple(dict.fromkeys((font.casefold(), *same)))
