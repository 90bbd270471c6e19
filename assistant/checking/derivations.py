"""Figures that follow from others in the same sentence: growth, difference, sum, share, completion, multiple.

Each reader looks at neighbouring figures and the words between them, and yields a `Derivation` where these
state a relation. It holds when the stated figure lies where the operands, as precisely as they are written,
allow. Growth of 生产总值, 增加值 and the like is in constant prices and never recomputed from levels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.checking.intervals import Interval, interval, shown
from assistant.records import Claim, Quantity

Operation = Literal["growth", "difference", "sum", "share", "completion", "multiple"]

HUNDRED = Decimal(100)
_END = re.compile(r"[。！？!?\n]")
_LINE = re.compile(r"\n")
_FROM = re.compile(r"(?:由|从)[^，。；、]{0,12}$")
_TO = re.compile(
    r"^[^。；]{0,14}?(?:增加|增长|提高|提升|上升|扩大|发展|跃升|攀升|增|升|减少|下降|降低|降|减|缩小|回落|变)(?:到了?|至|为)[^，。；\d]{0,4}$"
)
_RISE = re.compile(
    r"(?:增长|增加|提高|上升|上涨|增幅(?:为|达)?|增|升|扩大)(?:了|约|近|超过?|达到?|幅度(?:为|达))?$"
)
_FALL = re.compile(
    r"(?:下降|减少|降低|下跌|降幅(?:为|达)?|回落|下滑|降|减|跌|缩减|压减)(?:了|约|近|超过?|达到?|幅度(?:为|达))?$"
)
_MORE = re.compile(r"(?:增加|净增加?|增收|增长|多|增)(?:了|约|近|超过?)?$")
_LESS = re.compile(r"(?:减少|下降|少|减|减收)(?:了|约|近|超过?)?$")
_CONSTANT = re.compile(
    r"生产总值|GDP|增加值|国民收入|总产值|可比价|不变价|可比口径|实际增长|同口径|年均|平均每年|平均"
)
_PLAIN = re.compile(
    r"^(?:[，、,（(]|[比较]?(?:上年|去年|同期|上一年|往年|期初|此前|原来)的?|同比|累计|净|共|约|近|超过?|实际|名义|是|为|达到?|相当于|翻|幅度?|(?:增|提|上|扩|下|减|降|回|缩|升|跌|压|涨)[长高升涨大降少低落小减幅加]?了?)*的?$"
)
_OTHER_BASE = re.compile(r"可比|同口径|扣除|年均|平均|环比")
_MULTIPLE = re.compile(r"(?:是|为|相当于|达到?)[^，。；]{0,12}?的?$|(?:增长|增加|提高|扩大)了?$|$")
_GOAL = re.compile(r"(?:目标|计划|任务|预算|指标)[^，。；]{0,6}$")
_DONE = re.compile(r"(?:完成|实现|达到?)[^，。；]{0,8}$")
_RATE_OF_GOAL = re.compile(
    r"(?:完成率|完成进度)[^，。；]{0,4}$|(?:完成|占|达到?)[^，。；]{0,10}(?:目标|计划|任务|预算)[^，。；]{0,5}$"
)


@dataclass(frozen=True, slots=True)
class Derivation:
    """The figure number `stated` recomputed from the figures `operands`.

    `formula` shows the operands with the result; `expected` is what should be written, with its unit;
    `contrary` says that the operands move in the other direction than the words.
    """

    operation: Operation
    stated: int
    operands: tuple[int, ...]
    formula: str
    expected: str
    holds: bool
    contrary: bool = False


class Window:
    """The figures of one full sentence and the words before each."""

    def __init__(self, text: str, claims: Sequence[Claim], first: int, last: int, start: int) -> None:
        self.claims = claims[first:last]
        self.figures = [claim.quantity for claim in self.claims]
        self.first = first
        ends = [start] + [figure.span.end for figure in self.figures]
        self.before = [text[ends[i] : f.span.start] for i, f in enumerate(self.figures)]
        stop = _END.search(text, ends[-1])
        self.after = text[ends[-1] : stop.start() if stop else len(text)]
        self.start = start

    def value(self, index: int) -> Decimal:
        """The figure's value; call only for figures that have one."""
        value = self.figures[index].value
        assert value is not None
        return value


def windows(text: str, claims: Sequence[Claim], *, paragraphs: bool = False) -> Iterator[Window]:
    """Full sentences (to 。or a line's end), or whole lines, that hold at least two figures."""
    first = 0
    start = 0
    for match in [*(_LINE if paragraphs else _END).finditer(text), None]:
        end = match.start() if match else len(text)
        last = first
        while last < len(claims) and claims[last].quantity.span.start < end:
            last += 1
        if last - first >= 2:
            yield Window(text, claims, first, last, start)
        first, start = last, end + 1


def amount(figure: Quantity) -> bool:
    """Whether it is a level that can be an operand of growth or a sum."""
    return figure.kind in ("money", "count", "physical") and figure.value is not None


def alike(one: Quantity, other: Quantity) -> bool:
    """Whether two figures have the same kind and unit, so that they can be added or divided."""
    return (one.kind, one.unit) == (other.kind, other.unit)


def from_to(w: Window) -> Iterator[Derivation]:
    """由X提高到Y，(增长r%｜提高z个百分点｜增加d｜是原来的m倍)."""
    for i in range(len(w.figures) - 1):
        x, y = w.figures[i], w.figures[i + 1]
        if not (_FROM.search(w.before[i]) and _TO.match(w.before[i + 1]) and alike(x, y)):
            continue
        for k in range(i + 2, min(i + 4, len(w.figures))):
            if not _PLAIN.match(w.before[k]) or _OTHER_BASE.search(w.before[k]):
                break
            yield from _compare(w, i, i + 1, k)


def _compare(w: Window, i: int, j: int, k: int) -> Iterator[Derivation]:
    """Figure k told as growth, difference or multiple of figure j over figure i."""
    x, y, z = (interval(w.figures[n]) for n in (i, j, k))
    stated = w.figures[k]
    if x is None or y is None or z is None:
        return
    rising, falling = bool(_RISE.search(w.before[k])), bool(_FALL.search(w.before[k]))
    if stated.kind == "multiple":
        if _MULTIPLE.search(w.before[k]) and amount(w.figures[i]):
            yield from _quotient(w, "multiple", (j, i), k)
    elif stated.kind == "percent" and amount(w.figures[i]) and (rising or falling):
        if not _CONSTANT.search(w.before[i] + w.before[k] + w.claims[i].indicator):
            yield growth(w, i, j, k, rising=rising)
    elif (rising or falling) and (stated.kind == "points" or alike(stated, w.figures[j])):
        difference = y - x if rising else x - y
        sign = "−".join(w.figures[n].text for n in ((j, i) if rising else (i, j)))
        middle = abs(w.value(j) - w.value(i))
        same = difference.meets(z)
        yield Derivation("difference", w.first + k, (w.first + i, w.first + j),
                         f"{sign}={_written(middle, stated)}", _written(middle, stated), same,
                         difference.high < 0)  # fmt: skip


def growth(w: Window, i: int, j: int, k: int, *, rising: bool) -> Derivation:
    """Figure k (per cent) against the change from figure i to figure j."""
    x, y, z = interval(w.figures[i]), interval(w.figures[j]), interval(w.figures[k])
    assert x is not None
    assert y is not None
    assert z is not None
    ratio = y.over(x)
    one = Interval(Decimal(1), Decimal(1))
    rate = ((ratio - one) if rising else (one - ratio)).times(HUNDRED) if ratio else None
    exact = (w.value(j) - w.value(i)) / w.value(i) * HUNDRED if w.value(i) else Decimal(0)
    exact = exact if rising else -exact
    formula = f"（{w.figures[j].text}−{w.figures[i].text}）÷{w.figures[i].text}={shown(exact, w.figures[k])}%"
    return Derivation("growth", w.first + k, (w.first + i, w.first + j), formula,
                      f"{shown(exact, w.figures[k])}%", rate is None or rate.meets(z),
                      rate is not None and rate.high < 0)  # fmt: skip


def _quotient(w: Window, operation: Operation, over: tuple[int, int], k: int) -> Iterator[Derivation]:
    """Figure k against the quotient of two others (times 100 for a percentage)."""
    upper, lower, z = (interval(w.figures[n]) for n in (*over, k))
    if lower is not None and operation == "completion":
        lower = Interval(w.value(over[1]), w.value(over[1]))  # a target is set, not measured
    ratio = upper.over(lower) if upper and lower else None
    if ratio is None or z is None or not w.value(over[1]):
        return
    stated = w.figures[k]
    factor = HUNDRED if stated.kind == "percent" else Decimal(1)
    exact = w.value(over[0]) / w.value(over[1]) * factor
    sign = "%" if stated.kind == "percent" else "倍"
    formula = f"{w.figures[over[0]].text}÷{w.figures[over[1]].text}={shown(exact, stated)}{sign}"
    yield Derivation(operation, w.first + k, tuple(w.first + n for n in over), formula,
                     f"{shown(exact, stated)}{sign}", ratio.times(factor).meets(z))  # fmt: skip


def increase(w: Window) -> Iterator[Derivation]:
    """Y，比上年增加D，增长r%: D over what Y was before."""
    for i in range(len(w.figures) - 2):
        y = w.figures[i]
        if not amount(y) or _FROM.search(w.before[i]) or re.search(r"[比较][^，。；]*$", w.before[i]):
            continue
        for d, r in ((i + 1, i + 2), (i + 2, i + 1)):
            if w.figures[r].kind == "percent" and alike(w.figures[d], y):
                yield from _rate_of_change(w, i, d, r)


def _rate_of_change(w: Window, i: int, d: int, r: int) -> Iterator[Derivation]:
    between = w.before[min(d, r)] + w.before[max(d, r)]
    if re.search(r"[；;（(]|其中|年末|年初|年底|月末", between) or _OTHER_BASE.search(between):
        return
    compared = {w.claims[n].comparator for n in (d, r)} - {""}
    if len(compared) > 1 or _CONSTANT.search(w.before[i] + w.claims[i].indicator):
        return
    up = bool(_MORE.search(w.before[d]) and _RISE.search(w.before[r]))
    down = bool(_LESS.search(w.before[d]) and _FALL.search(w.before[r]))
    y, change, z = (interval(w.figures[n]) for n in (i, d, r))
    if up == down or y is None or change is None or z is None:
        return
    base = y - change if up else y + change
    rate = change.over(base)
    exact_base = w.value(i) - w.value(d) if up else w.value(i) + w.value(d)
    if rate is None or exact_base <= 0:
        return
    exact = w.value(d) / exact_base * HUNDRED
    sign = "−" if up else "+"
    formula = (
        f"{w.figures[d].text}÷（{w.figures[i].text}{sign}{w.figures[d].text}）={shown(exact, w.figures[r])}%"
    )
    yield Derivation("growth", w.first + r, (w.first + i, w.first + d), formula,
                     f"{shown(exact, w.figures[r])}%", rate.times(HUNDRED).meets(z))  # fmt: skip


def completion(w: Window) -> Iterator[Derivation]:
    """目标T，完成C，完成率p%."""
    for k in range(2, len(w.figures)):
        if w.figures[k].kind != "percent" or not _RATE_OF_GOAL.search(w.before[k]):
            continue
        for goal, done in ((k - 2, k - 1), (k - 1, k - 2)):
            fits = amount(w.figures[goal]) and alike(w.figures[goal], w.figures[done])
            if fits and _GOAL.search(w.before[goal]) and _DONE.search(w.before[done]):
                yield from _quotient(w, "completion", (done, goal), k)
                break


def _written(value: Decimal, like: Quantity) -> str:
    """`value` (in the unit) as `like` is written: its scale, decimals and unit words."""
    number = shown(value / like.scale, like)
    tail = re.sub(r"^[\d０-９,，.．]+", "", like.text)
    return f"{number}{tail}"
