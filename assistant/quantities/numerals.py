"""Numerals: Chinese, Arabic, full-width and mixed writing to exact `Decimal`, and back to Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_WRITINGS = ("零〇○", "一壹", "二贰两兩貳", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
_DIGITS = {character: str(value) for value, characters in enumerate(_WRITINGS) for character in characters}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = (("亿", Decimal(10**8)), ("万", Decimal(10**4)))
_ASCII = str.maketrans(
    "０１２３４５６７８９．·，：％－＋−萬億點", "0123456789..,:%-+-万亿点"
) | dict.fromkeys(map(ord, " \t\u00a0\u2009\u202f\u3000"), None)
_TWENTY = {"廿": "二十", "卅": "三十"}
_PLAIN = re.compile(r"\d{1,40}(?:\.\d{1,40})?", re.ASCII)
_STEP = re.compile(r"(\d{1,20}(?:\.\d{1,20})?|[零〇○]?[^\d十百千拾佰仟]|[零〇○])?([十百千拾佰仟])", re.ASCII)

CHINESE_DIGITS = "".join(_DIGITS)
CHINESE_UNITS = "十拾百佰千仟万萬亿億廿卅"


@dataclass(frozen=True, slots=True)
class Number:
    """A numeral read: exact `value`, `place` of the last written digit, `scale` of its trailing 万/亿.

    5.6亿 -> value 560000000, place 10000000, scale 100000000.
    """

    value: Decimal
    place: Decimal = Decimal(1)
    scale: Decimal = Decimal(1)

    @property
    def mantissa(self) -> Decimal:
        """The figure in front of the scale: 5.6 in 5.6亿."""
        return self.value / self.scale

    def times(self, factor: Decimal) -> Number:
        """The same figure with one more scale word behind it."""
        return Number(self.value * factor, self.place * factor, self.scale * factor)


def narrow(text: str) -> str:
    """Half-width digits and signs, simplified scale words, no spaces; not length-preserving."""
    return text.translate(_ASCII)


def parse(text: str) -> Number | None:
    """The number that the whole of `text` spells, or `None` when it spells none.

    >>> parse("3亿5000万").value, parse("一千二百八十亿").scale, parse("１，２８０").value
    (Decimal('350000000'), Decimal('100000000'), Decimal('1280'))
    """
    digits = narrow(text).replace(",", "")
    if _PLAIN.fullmatch(digits):
        return _arabic(digits)
    if digits[:1] in ("-", "负"):
        number = parse(digits[1:]) if digits[1:2] not in ("-", "负") else None
        return number and Number(-number.value, number.place, number.scale)
    for short, full in _TWENTY.items():
        digits = digits.replace(short, full)
    return _large(digits) if digits else None


def _arabic(digits: str) -> Number:
    decimals = len(digits) - digits.index(".") - 1 if "." in digits else 0
    return Number(Decimal(digits), Decimal(1).scaleb(-decimals))


def _large(text: str) -> Number | None:
    """Split at the last 亿, else the last 万: what stands left is counted in it, what stands right is added."""
    for mark, factor in _LARGE:
        left, found, right = text.rpartition(mark)
        if found:
            head = _large(left) if left else Number(Decimal(1))
            return head and _joined(head.times(factor), right, factor)
    return _small(text)


def _joined(head: Number, right: str, factor: Decimal) -> Number | None:
    if not right:
        return head
    if right in _DIGITS and right not in _WRITINGS[0]:  # 一万二, 三亿五: counted in tenths of the scale
        return Number(head.value + Decimal(_DIGITS[right]) * factor / 10, factor / 10)
    stripped = right.lstrip(_WRITINGS[0])
    tail = _large("零" + stripped if stripped.startswith("点") else stripped)
    if tail is None or tail.value >= factor:
        return None
    return Number(head.value + tail.value, tail.place, tail.scale)


def _small(text: str) -> Number | None:
    """A numeral below 万: 一千二百八十, 5百, 2千3, 二〇二五, 十二点五."""
    whole, point, decimals = text.partition("点")
    if point:
        fraction = _positional(decimals)
        number = _small(whole)
        if fraction is None or number is None:
            return None
        place = Decimal(1).scaleb(-len(fraction))
        return Number(number.value + Decimal(fraction) * place, place)
    if _PLAIN.fullmatch(text):
        return _arabic(text)
    digits = _positional(text)
    return Number(Decimal(digits)) if digits else _counted(text)


def _positional(text: str) -> str | None:
    digits = "".join(_DIGITS.get(character, character) for character in text)
    return digits if digits.isascii() and digits.isdigit() else None


def _counted(text: str) -> Number | None:
    """十/百/千 steps, each smaller than the one before; a lone last digit without 零 is a tenth of the step."""
    value, position, last, place = Decimal(0), 0, 10**5, Decimal(1)
    for match in _STEP.finditer(text):
        unit = _SMALL[match[2]]
        if match.start() != position or unit >= last:
            return None
        count = _count(match[1])
        if count is None:
            return None
        value, position, last = value + count.value * unit, match.end(), unit
        place = count.place * unit if _PLAIN.fullmatch(match[1] or "") else Decimal(1)
    rest = text[position:]
    if position == 0:
        return None
    if not rest:
        return Number(value, place)
    if rest in _DIGITS and last > 10:
        return Number(value + Decimal(_DIGITS[rest]) * last / 10, Decimal(last) / 10)
    tail = _positional(rest.lstrip(_WRITINGS[0]))
    return Number(value + Decimal(tail)) if tail and len(tail) < len(str(last)) else None


def _count(text: str | None) -> Number | None:
    if not text:
        return Number(Decimal(1))
    if _PLAIN.fullmatch(text):
        return _arabic(text)
    digits = _positional(text.lstrip(_WRITINGS[0]) or "一")
    return Number(Decimal(digits)) if digits else None


def chinese(value: Decimal) -> str:
    """The reading of a number: 1280 -> 一千二百八十, 12.5 -> 十二点五, 200000000 -> 二亿.

    >>> chinese(Decimal("10300000.5"))
    '一千零三十万点五'
    """
    sign, whole, decimals = _split(value)
    spelled = _spell(int(whole))
    if decimals:
        spelled += "点" + "".join(_WRITINGS[int(digit)][0] for digit in decimals)
    return sign + spelled


def _split(value: Decimal) -> tuple[str, str, str]:
    text = f"{value:f}"
    sign = "负" if text.startswith("-") else ""
    whole, _, decimals = text.lstrip("-").partition(".")
    return sign, whole, decimals.rstrip("0")


def _spell(number: int) -> str:
    if number < 10:
        return _WRITINGS[number][0]
    for mark, factor in (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10)):
        if number >= factor:
            head, rest = divmod(number, factor)
            spelled = ("" if head == 1 and factor == 10 else _spell(head)) + mark
            return spelled + _tail(rest, factor) if rest else spelled
    raise AssertionError(number)


def _tail(rest: int, factor: int) -> str:
    gap = "零" if rest < factor // 10 else ""
    spelled = _spell(rest)
    return gap + ("一" + spelled if 10 <= rest < 20 else spelled)
