"""What a written figure may stand for, as a closed interval, and arithmetic on such intervals.

A figure means its value give or take half of its last written digit; words such as 超, 近 and 约 widen
that to one or both sides (by a tenth, which is as far as official prose stretches them).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assistant.records import Quantity

_STRETCH = Decimal("0.1")
_ABOUT = Decimal("0.03")


@dataclass(frozen=True, slots=True)
class Interval:
    """`low <= x <= high`."""

    low: Decimal
    high: Decimal

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def over(self, other: Interval) -> Interval | None:
        """The quotient for positive figures; `None` when the divisor may be zero or less."""
        if other.low <= 0 or self.low < 0:
            return None
        return Interval(self.low / other.high, self.high / other.low)

    def times(self, factor: Decimal) -> Interval:
        """Scaled by a positive factor."""
        return Interval(self.low * factor, self.high * factor)

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both."""
        return self.low <= other.high and other.low <= self.high


def interval(figure: Quantity) -> Interval | None:
    """The values that `figure` may stand for; `None` for a range, a ratio or an order of magnitude."""
    value = figure.value
    if value is None or figure.approximation == "several":
        return None
    low, high = value - figure.precision, value + figure.precision
    reach = abs(value)
    if figure.approximation in ("over", "at_least"):
        high = value + max(reach * _STRETCH, figure.precision)
    elif figure.approximation in ("nearly", "at_most"):
        low = value - max(reach * _STRETCH, figure.precision)
    elif figure.approximation == "about":
        low, high = value - reach * _ABOUT - figure.precision, value + reach * _ABOUT + figure.precision
    return Interval(low, high)


def shown(value: Decimal, like: Quantity | None = None) -> str:
    """A number for a formula or a fix: as many decimals as `like` has, else at most two."""
    places = decimals(like) if like is not None else 2
    text = f"{value:.{places}f}"
    return text.rstrip("0").rstrip(".") if like is None and "." in text else text


def decimals(figure: Quantity) -> int:
    """Decimals written in `figure`, in its own scale (5.60亿元 has 2)."""
    unit = figure.precision * 2 / figure.scale if figure.scale else Decimal(1)
    return max(0, -unit.normalize().adjusted()) if unit else 0
