"""A quantity written out, in any of the ways that official texts write figures."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from assistant.quantities.numerals import chinese
from assistant.records import Quantity

_FULL_WIDTH = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
_FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_SCALES = (("万亿", Decimal(10**12)), ("亿", Decimal(10**8)), ("万", Decimal(10**4)))
_PERCENT = "%"


def digits(value: Decimal) -> str:
    """Plain Arabic digits without an exponent and without idle zeros: 1280, 0.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(value: Decimal) -> str:
    """Thousands separators: 1,280."""
    whole, point, decimals = digits(value).partition(".")
    return f"{int(whole):,}{point}{decimals}"


def scaled(value: Decimal, largest: str = "万亿") -> str:
    """Counted in 万, 亿 or 万亿 where that shortens it: 12.8万, 5.6亿; never above `largest`."""
    names = [name for name, _ in _SCALES]
    for name, factor in _SCALES[names.index(largest) :]:
        if abs(value) >= factor:
            return digits(value / factor) + name
    return digits(value)


def _two_liang(value: Decimal) -> str:
    """两 for a leading 二 in front of 百, 千, 万, 亿 or alone."""
    text = chinese(value)
    return "两" + text[1:] if text.startswith("二") and text[1:2] in ("百", "千", "万", "亿") else text


def _split_by_blanks(value: Decimal) -> str:
    """As a scanner splits digits: 1 2 8 0."""
    text = digits(value)
    return " ".join(text) if text.isdigit() and 1 < len(text) <= 12 else text


def _tail(value: Decimal) -> str:
    """亿 and 万 apart: 3亿5000万."""
    hundred_millions, rest = divmod(value, Decimal(10**8))
    split = hundred_millions > 0 and rest >= 10**4 and rest % 10**4 == 0
    return f"{digits(hundred_millions)}亿{digits(rest / 10**4)}万" if split else scaled(value)


STYLES: dict[str, Callable[[Decimal], str]] = {
    "arabic": digits,
    "separators": grouped,
    "full_width": lambda value: digits(value).translate(_FULL_WIDTH),
    "full_width_scaled": lambda value: scaled(value).translate(_FULL_WIDTH),
    "chinese": chinese,
    "chinese_two": _two_liang,
    "chinese_zero": lambda value: chinese(value).replace("零", "〇"),
    "formal": lambda value: chinese(value).translate(_FORMAL),
    "ten_thousands": lambda value: scaled(value, "万"),
    "hundred_millions": lambda value: scaled(value, "亿"),
    "scaled": scaled,
    "mixed": _tail,
    "blank_before_unit": lambda value: digits(value) + " ",
    "ocr_blanks": _split_by_blanks,
}
"""How the number is written; a style that does not apply to a value falls back to plain digits."""


def render(quantity: Quantity, style: str = "arabic") -> str:
    """`quantity` written in one of `STYLES`, so that `extract` reads the same value, unit and kind again.

    Ranges, ratios, ranks, fractions and document numbers have their own fixed form; dates, periods
    and masks are returned as they stood. Raises `KeyError` for a style that does not exist.
    """
    write = STYLES[style]
    if quantity.kind in ("period", "date", "masked"):
        return quantity.text
    if quantity.kind == "document_number":
        return quantity.number
    if quantity.parts:
        return "∶".join(map(digits, quantity.parts))
    if quantity.low is not None and quantity.high is not None:
        return f"{digits(quantity.low)}—{digits(quantity.high)}{quantity.unit}"
    if quantity.value is None or quantity.kind == "fraction":
        return quantity.text
    return _figure(quantity, quantity.value, write)


def _figure(quantity: Quantity, value: Decimal, write: Callable[[Decimal], str]) -> str:
    if quantity.kind == "rank":
        return f"第{write(value).strip()}{quantity.unit or '位'}"
    if quantity.kind == "percent" and write in (
        STYLES["chinese"],
        STYLES["chinese_two"],
        STYLES["chinese_zero"],
    ):
        return f"百分之{write(value)}"
    if value < 0 or value == 1:
        write = STYLES["arabic"]
    return write(value) + quantity.unit
