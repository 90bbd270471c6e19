"""Signs that neither XML nor a spreadsheet can hold."""

from __future__ import annotations

import re

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def storable(text: str) -> str:
    r"""`text` without the control characters that a Word file or a sheet refuses.

    >>> storable("5.6\x00亿元")
    '5.6亿元'
    """
    return _UNSTORABLE.sub("", text)
