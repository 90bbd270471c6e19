"""Masking what a model need not see: figures of facts, and figures and names of past reports."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.quantities import extract

_DIGITS = re.compile(r"[0-9０-９][0-9０-９.,，．]*[万亿]*|(?<![A-Za-z])[xX×*]+(?:\.[xX×*]+)?")
_TITLES = re.compile(r"《[^》\n]{1,60}》(?:[（(][^（）()\n]{0,30}〔\d{4}〕\d+号[）)])?")
_NUMBERS = re.compile(r"[一-龥]{0,8}〔\d{4}〕\d+号")
MASK = "〇"


def mask_figures(text: str) -> str:
    """`text` with every figure as 〇; units stay.

    >>> mask_figures("新增23家，增长18.3%，第三")
    '新增〇家，增长〇%，第三'
    """
    return _DIGITS.sub(MASK, text)


def mask_sample(text: str, names: Iterable[str] = ()) -> str:
    """A passage of a past report as a sample of style: no figure, no name, no document in it."""
    for name in sorted({name for name in names if len(name) >= 2}, key=len, reverse=True):
        text = text.replace(name, "某地" if name[-1] in "省市县区州盟旗" else "某单位")
    text = _NUMBERS.sub("某文号", _TITLES.sub("《某文件》", text))
    for quantity in reversed([quantity for quantity in extract(text) if quantity.is_figure]):
        kept = quantity.text.lstrip("约近超逾0123456789０-９.,，．万亿千百十余多几两一二三四五六七八九")
        text = text[: quantity.span.start] + MASK + kept + text[quantity.span.end :]
    return mask_figures(text)
