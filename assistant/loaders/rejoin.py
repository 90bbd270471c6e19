"""Lines cut at a fixed width (text saved from a page layout) joined to paragraphs again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.loaders.enumerators import read_enumerator
from assistant.loaders.lines import Line

_CLOSED = re.compile(r"[。；：！？…;:!?.]”?[）)]?$")
_WIDEST = 60
_LEAST_LINES = 20


def rejoin_wrapped(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The same lines, or paragraphs where most lines are cut at one width without an end of sentence."""
    width = _wrap_width(lines)
    if not width:
        return tuple(lines)
    joined: list[Line] = []
    last_length = 0
    for line in lines:
        if joined and _continues(joined[-1], last_length, line, width):
            joined[-1] = replace(joined[-1], text=glue(joined[-1].text, line.text))
        else:
            joined.append(line)
        last_length = len(line.text)
    return tuple(joined)


def glue(before: str, after: str) -> str:
    """Two parts of one paragraph; a space only between two words of Latin letters."""
    latin = before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha()
    return before + (" " if latin else "") + after


def _wrap_width(lines: Sequence[Line]) -> int:
    """The common width of cut lines; 0 when the text is not cut."""
    if len(lines) < _LEAST_LINES:
        return 0
    cut = sorted(len(line.text) for line in lines if len(line.text) >= 16 and not _CLOSED.search(line.text))
    if len(cut) < 0.35 * len(lines):
        return 0
    width = cut[int(len(cut) * 0.9)]
    near = sum(length >= 0.75 * width for length in cut)
    return width if width <= _WIDEST and near >= 0.7 * len(cut) else 0


def _continues(before: Line, last_length: int, line: Line, width: int) -> bool:
    if before.kind or line.kind or line.gap or last_length < 0.72 * width or _CLOSED.search(before.text[-2:]):
        return False
    return read_enumerator(line.text) is None
