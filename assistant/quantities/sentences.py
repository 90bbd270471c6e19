"""Sentence spans of Chinese official prose."""

from __future__ import annotations

import re

from assistant.records import Span

_MARK = re.compile("[。！？!?；;…]{1,8}|[\n\r]+|[（(《“‘「『〔【）)》”’」』〕】]")
_CLOSING = {
    "（": "）",
    "(": ")",
    "《": "》",
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "〔": "〕",
    "【": "】",
}
_CLOSERS = frozenset(_CLOSING.values())
_REACH = 400  # an opening mark that is not closed within so many characters is taken for a slip


def sentences(text: str) -> list[Span]:
    """The sentences of `text` in order, without the blanks around them.

    Cuts behind 。！？； and at line breaks, never inside a decimal, nor inside brackets or quotation
    marks unless the closing mark follows at once (“……。” ends a sentence).
    """
    spans: list[Span] = []
    begin, waiting = 0, list[str]()
    for match in _MARK.finditer(text):
        mark = match[0]
        if mark[0] in "\n\r":
            waiting.clear()
            begin = _cut(text, begin, match.end(), spans)
        elif mark in _CLOSING:
            if _closes(text, match.end(), _CLOSING[mark]):
                waiting.append(_CLOSING[mark])
        elif mark in _CLOSERS:
            begin = _closed(text, match, begin, waiting, spans)
        elif not waiting and text[match.end() : match.end() + 1] not in _CLOSERS:
            begin = _cut(text, begin, match.end(), spans)
    _cut(text, begin, len(text), spans)
    return spans


def _closes(text: str, start: int, closer: str) -> bool:
    """Whether `closer` stands in the same line, not too far on."""
    found = text.find(closer, start, start + _REACH)
    return found >= 0 and text.find("\n", start, found) < 0


def _closed(text: str, match: re.Match[str], begin: int, waiting: list[str], spans: list[Span]) -> int:
    if match[0] in waiting:
        while waiting.pop() != match[0]:
            pass
    ended = match.start() > begin and text[match.start() - 1] in "。！？!?；;"
    whole = _CLOSING.get(text[begin : begin + 8].lstrip()[:1]) == match[0]
    following = text[match.end() : match.end() + 1]
    goes_on = following in _CLOSERS or following in tuple("，、；。：的")
    if waiting or not ended or goes_on or not (whole or match[0] in "”’」』"):
        return begin
    return _cut(text, begin, match.end(), spans)


def _cut(text: str, begin: int, end: int, spans: list[Span]) -> int:
    piece = text[begin:end]
    stripped = piece.strip()
    if stripped:
        start = begin + len(piece) - len(piece.lstrip())
        spans.append(Span(start, start + len(stripped)))
    return end
