"""Sums: a total against its parts (其中…), where the parts are known to be all there are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from assistant.checking.derivations import Derivation, Window, alike, amount
from assistant.checking.intervals import Interval, decimals, interval, shown

CHANGE = re.compile(
    r"(?:增加|净增|增长|减少|增产|减产|顺差|逆差|多|少|增|减|下降|提高|超出?|高出)了?(?:约|近|超过?)?$"
)
_CLAUSE = re.compile(r"[，,。；;：:（(）)\n！？]")
_SIMPLE = re.compile(
    r"其中|城乡|货物|外贸|收入|支出|增加值|用电量|投资|总?[额值]|总量|完成|实现|累计|达到|达|为|约|全[国省市县区]|每年|将|安排|有|的|分别|装机|机组|并网|新增|容量|贸易|交易|拟"
)
_PARTIAL = re.compile(r"民间|民营|国有")
_REACH_FIGURES = 14
_REACH_TEXT = 400
_LONGEST_NAME = 14
_LEAST = Decimal("0.4")


@dataclass(frozen=True, slots=True)
class Partition:
    """`whole`: words one of which the whole's name has (empty: any); `parts`: alternatives for each part."""

    whole: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]


@cache
def partitions() -> tuple[Partition, ...]:
    """The rows of data/partitions.txt."""
    rows = []
    for line in (
        files("assistant.checking").joinpath("data", "partitions.txt").read_text("utf-8").splitlines()
    ):
        if line.strip() and not line.startswith("#"):
            whole, parts = (side.strip() for side in line.split("="))
            names = () if whole == "*" else tuple(whole.split("|"))
            rows.append(Partition(names, tuple(tuple(part.split("/")) for part in parts.split())))
    return tuple(rows)


def sums(w: Window) -> Iterator[Derivation]:
    """T，其中a、b、c: the total against its parts, where the parts are all there are."""
    for total in range(len(w.figures) - 2):
        if not amount(w.figures[total]) or CHANGE.search(w.before[total]):
            continue
        following = _following(w, total)
        marked = _marked(w, total, following)
        if len(following) < 2 or not (complete := _complete(w, total, following, marked=marked)):
            complete = _enumerated(w, total, following) if marked and len(following) > 1 else []
        if complete:
            yield _added(w, total, complete)


def _following(w: Window, total: int) -> list[int]:
    """Levels of the total's unit after it, within reach."""
    found: list[int] = []
    end = w.figures[total].span.end + _REACH_TEXT
    for i in range(total + 1, min(len(w.figures), total + 1 + _REACH_FIGURES)):
        if w.figures[i].span.start > end:
            break
        if amount(w.figures[i]) and alike(w.figures[i], w.figures[total]) and not CHANGE.search(w.before[i]):
            found.append(i)
    return found


def _marked(w: Window, total: int, following: Sequence[int]) -> bool:
    """Whether 其中 stands before the first part."""
    return bool(following) and any("其中" in w.before[i] for i in range(total + 1, following[0] + 1))


def _complete(w: Window, total: int, following: Sequence[int], *, marked: bool) -> list[int]:
    """The parts that a known partition names completely; empty when none does."""
    whole = _CLAUSE.split(w.before[total])[-1] + w.claims[total].indicator
    for partition in () if _PARTIAL.search(whole) else partitions():
        if not (any(word in whole for word in partition.whole) if partition.whole else marked):
            continue
        near = _before_next(w, following, partition)
        chosen = [_part(w, near, words, partition, whole, marked=marked) for words in partition.parts]
        found = sorted({i for i in chosen if i is not None})
        if None in chosen or len(found) < len(chosen):
            continue
        if (partition.whole or found[0] == following[0]) and _plausible(w, total, found):
            return found
    return []


def _plausible(w: Window, total: int, parts: Sequence[int]) -> bool:
    """Whether parts and total are of one order: else they tell of different periods."""
    added = sum((w.value(i) for i in parts), Decimal(0))
    return w.value(total) * _LEAST < added < w.value(total) / _LEAST


def _before_next(w: Window, following: Sequence[int], partition: Partition) -> list[int]:
    """The figures up to the next one that is itself such a whole."""
    near: list[int] = []
    parts = [word for words in partition.parts for word in words]
    for i in following:
        name = _CLAUSE.split(w.before[i])[-1]
        alone = name.replace("进出口", "")
        other_whole = any(word in name for word in partition.whole) and not _PARTIAL.search(name)
        if other_whole and not any(part in alone for part in parts):
            break
        near.append(i)
    return near


def _part(
    w: Window, near: Sequence[int], words: Sequence[str], partition: Partition, whole: str, *, marked: bool
) -> int | None:
    """The first figure whose own few words name this part and no other."""
    others = [word for names in partition.parts for word in names if word not in words]
    for i in near:
        name = _CLAUSE.split(w.before[i])[-1].strip("、和 ")
        word = next((word for word in words if word in name), None)
        if word is None or any(other in name.replace(word, "", 1) for other in others):
            continue
        rest = _SIMPLE.sub("", name.replace(word, "", 1))
        if (
            not rest
            or (marked and len(name) <= _LONGEST_NAME and "品" not in rest)
            or all(sign in whole for sign in rest)
        ):
            return i
    return None


def _enumerated(w: Window, total: int, following: Sequence[int]) -> list[int]:
    """Parts of no known partition, listed after 其中: the longest run that adds up, else one that exceeds."""
    run: list[int] = []
    for i in following:
        if not _joined(w, run, i) or len(w.before[i]) > _LONGEST_NAME or w.value(i) > w.value(total):
            break
        run.append(i)
    for count in range(len(run), 1, -1):
        if _added(w, total, run[:count]).holds:
            return run[:count]
    low = sum((part.low for n in run if (part := interval(w.figures[n])) is not None), Decimal(0))
    whole = interval(w.figures[total])
    listed = len(run) > 1 and "其中" in w.before[total + 1] and not re.search(r"[；;。]", w.before[total + 1])
    return run if listed and whole is not None and low > whole.high else []


def _joined(w: Window, run: Sequence[int], i: int) -> bool:
    """Whether figure i goes on with the list: after 、, or after ， under a name of the same ending."""
    if not run:
        return True
    words = w.before[i].strip()
    if i != run[-1] + 1 or not words.startswith(("、", "，", "和")):
        return False
    endings = {_SIMPLE.sub("", w.before[n].strip())[-2:] for n in (run[-1], i)}
    return not words.startswith("，") or len(endings) == 1


def _added(w: Window, total: int, parts: Sequence[int]) -> Derivation:
    figures = [w.figures[i] for i in parts]
    added = Interval(Decimal(0), Decimal(0))
    for figure in figures:
        added = added + (interval(figure) or Interval(Decimal(0), Decimal(0)))
    like = max([w.figures[total], *figures], key=decimals)
    exact = sum((w.value(i) for i in parts), Decimal(0)) / w.figures[total].scale
    tail = re.sub(r"^[\d０-９,，.．]+", "", w.figures[total].text)
    expected = f"{shown(exact, like if like.scale == w.figures[total].scale else None)}{tail}"
    whole = interval(w.figures[total])
    formula = "＋".join(figure.text for figure in figures) + f"={expected}"
    return Derivation("sum", w.first + total, tuple(w.first + i for i in parts), formula, expected,
                      whole is None or added.meets(whole))  # fmt: skip
