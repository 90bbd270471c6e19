"""What the words around a figure say about how exactly it is meant: 约, 近, 超过, 以上, 左右."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.quantities import lexicon
from assistant.quantities.wordlists import words
from assistant.records import Approximation, Quantity

_ENDINGS: dict[str, tuple[str, Approximation]] = {"内": ("内", "at_most"), "多": ("多", "over")}
_BARE_SCALE = re.compile("[百千万亿]+")


def approximated(text: str, quantity: Quantity) -> Quantity:
    """The quantity with what 约, 近, 以上 … around it say."""
    if quantity.approximation == "several":
        return quantity
    start, end = quantity.span.start, quantity.span.end
    found = before(text, start) or lexicon.suffixes().after(text, end + text.startswith(" ", end))
    if found is None and quantity.kind in ("duration", "multiple"):
        found = _ENDINGS.get(text[end : end + 1])
    return replace(quantity, approximation=found[1]) if found else quantity


def before(text: str, start: int) -> tuple[str, Approximation] | None:
    """The approximation in front: 约, 超过, 突破了; 最近 and 附近 are none."""
    end = start - 1 if text[start - 1 : start] in ("了", " ", "为", "达", "有") else start
    found = lexicon.prefixes().before(text, start) or lexicon.prefixes().before(text, end)
    if found is None:
        return None
    for length in range(2, 5):
        if text[max(0, end - length) : end] in words("figures.txt", "not_prefix"):
            return None
    if found[0] == "上" and not _BARE_SCALE.match(text, start):
        return None
    return found
