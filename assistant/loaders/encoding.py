"""Bytes to text: byte order marks, UTF-8, GB18030 first among the rest, UTF-16 without a mark."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from assistant.errors import FileUnreadable, Said

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The most frequent characters of official prose; a wrong code page shows hardly any of them.
_FREQUENT = frozenset(
    "的一是在和有人中大为上个国以要工作年发展建设全经济会政府市县区省新实施企业项目的，。、；：（）《》“”"
)


def decode(data: bytes, name: str) -> str:
    """The text of `data`, without a byte order mark.

    Raises:
        FileUnreadable: the bytes are not text in any encoding that Chinese offices use.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _strict(data, codec, name).removeprefix("\ufeff")
    if b"\0" in data:
        return _without_mark(data, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(data, name)


def _strict(data: bytes, codec: str, name: str) -> str:
    reason = Said("编码标记与内容不符", "its byte order mark does not fit its content")
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        raise FileUnreadable(name=name, reason=reason) from error
    if codec == "utf-16" and not _common(text):
        raise FileUnreadable(name=name, reason=reason)
    return text


def _common(text: str) -> bool:
    """At least half of the characters are in everyday use; of other bytes read as UTF-16 few are.

    Everyday is GB2312, and for traditional characters the first plane of Big5 (lead bytes up to 0xC6).
    """
    read = text[:20_000].removeprefix("\ufeff")
    return 2 * sum(_everyday(character) for character in read) >= len(read)


def _everyday(character: str) -> bool:
    if character.isspace():
        return True
    simplified, traditional = (character.encode(codec, "ignore") for codec in ("gb2312", "big5"))
    return character.isprintable() and (bool(simplified) or b"\x00" < traditional[:1] <= b"\xc6")


def _without_mark(data: bytes, name: str) -> str:
    """NUL bytes: UTF-16 without a mark, when it reads as Chinese, else not text."""
    for codec in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and _readable(text):
            return text
    raise FileUnreadable(name=name, reason=Said("不是文本文件", "it is not text"))


def _legacy(data: bytes, name: str) -> str:
    """GB18030 if it reads as Chinese, otherwise what charset-normalizer makes of it."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if text and _readable(text):
        return text
    best = from_bytes(data[:200_000], cp_isolation=["gb18030", "big5", "utf_16_le", "utf_16_be"]).best()
    if best is None:
        raise FileUnreadable(name=name, reason=Said("无法识别文字编码", "its encoding is unknown"))
    return _strict(data, best.encoding, name)


def _readable(text: str) -> bool:
    """At least one in fifty of the characters beyond ASCII is frequent, none is private or a control."""
    wide = [character for character in text[:20_000] if character > "\x7f"]
    if any("\ue000" <= character <= "\uf8ff" for character in wide[:200]):
        return False
    return not wide or sum(character in _FREQUENT for character in wide) * 50 >= len(wide)
