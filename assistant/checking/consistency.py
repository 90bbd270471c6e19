"""Mentions of one and the same figure in one document.

A recapitulation (主要数据：…, a headline) repeats figures of the body: each of its clauses is looked for in
the body as a fact is looked for in a draft, and conflicts when it is found and no place agrees. Elsewhere
two figures are mentions of the same only when the same words introduce them, in the same part, and the text
gives no other period or status.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from assistant.checking.alignment import MASK, Lines, Masked, Pair, align, mask, telling
from assistant.checking.case import Case
from assistant.checking.verdicts import SURE, supports
from assistant.checking.words import pattern
from assistant.records import Claim, Quantity, Span

_BOUNDARY = re.compile(r"[，,；;。！？!?\n：:]")
_ITEM = re.compile(r"[；;。\n]")
_FRAME = re.compile(
    r"^(?:其中|同时|此外|另外|目前|预计|据统计|数据显示|[一二三四五六七八九十]+是|并|也|还|共|累计)+"
)
_GENERIC = re.compile(
    rf"同比|环比|比上年|较上年|年均|增长|下降|提高|增加|减少|达到|达|为|分别|平均|实际|[{MASK}，、]"
)
_LABEL_REACH = 16
_LABEL_START = 2
_LEAST = 4
_FARTHEST = 60
_LIKE = 3.0
_MOST = 6
_MOST_REGIONS = 20
_ALIKE = 0.5
_TAIL = 6
_UNITS = re.compile(r"^[个家件项万亿元人次\s]{1,2}(?=同比|增长|下降|比)")
_SAME_WORDS = 16
_TELLING_WORDS = 10


def conflicts(case: Case) -> Iterator[tuple[int, int]]:
    """Pairs of figure numbers (the mention, the one that it contradicts)."""
    regions = list(recapitulations(case.text))
    yield from _recapitulated(case, regions)
    yield from _repeated(case, regions)


def recapitulations(text: str) -> Iterator[Span]:
    """Lines that open with 主要数据： or the like, after the label."""
    start = 0
    for line in text.split("\n"):
        label = pattern("recapitulation.txt", "label").search(line[:_LABEL_REACH])
        colon = re.search(r"[：:]", line[:_LABEL_REACH])
        if label and colon and label.start() <= _LABEL_START and label.end() <= colon.start():
            yield Span(start + colon.end(), start + len(line))
        start += len(line) + 1


def _recapitulated(case: Case, regions: Sequence[Span]) -> Iterator[tuple[int, int]]:
    starts = [claim.quantity.span.start for claim in case.claims]
    items, firsts = _items(case, regions, starts)
    if not items:
        return
    found: dict[int, list[Pair]] = defaultdict(list)
    for pair in align(case.masked, [m for _, m in case.sentences], case.firsts, Lines(items)):
        alike = pair.score >= SURE and pair.mutual >= _ALIKE and telling(items[pair.line].text)
        outside = not any(region.start <= starts[pair.draft] < region.end for region in regions)
        if (pair.verbatim or alike) and outside:
            found[firsts[pair.line] + pair.source].append(pair)
    for number, mentions in found.items():
        other = _contradicted(case, number, mentions)
        if other is not None:
            yield number, other


def _contradicted(case: Case, number: int, mentions: Sequence[Pair]) -> int | None:
    """The mention that contradicts item `number`, when none has its number.

    Word for word beats alike, and a mention with the same word of approximation (4.0%以上, 4.5%以上) beats
    one that merely keeps within the bound.
    """
    mine = case.claims[number]
    sure = [pair for pair in mentions if pair.verbatim] or list(mentions)
    theirs = [case.claims[pair.draft] for pair in sure]
    if any(_same_number(mine.quantity, claim.quantity) for claim in theirs):
        return None
    bound = mine.quantity.approximation
    alike = [pair for pair in sure if case.figures[pair.draft].approximation == bound != "exact"]
    if not alike and any(_agree(mine, claim) for claim in theirs):
        return None
    best = max(alike or sure, key=lambda pair: pair.score)
    return best.draft if case.figures[best.draft].kind == mine.quantity.kind else None


def _items(case: Case, regions: Sequence[Span], starts: Sequence[int]) -> tuple[list[Masked], list[int]]:
    """The items of the recapitulations, masked, with the number of the first figure of each."""
    items, firsts = [], []
    for region in regions[:_MOST_REGIONS]:
        start = region.start
        for match in [*_ITEM.finditer(case.text, region.start, region.end), None]:
            end = match.start() if match else region.end
            low, high = bisect_left(starts, start), bisect_left(starts, end)
            if high > low:
                items.append(mask(case.text, [c.quantity for c in case.claims[low:high]], Span(start, end)))
                firsts.append(low)
            start = end + 1
    return items, firsts


def _repeated(case: Case, regions: Sequence[Span]) -> Iterator[tuple[int, int]]:
    if case.document.genre == "policy":
        return
    matched: set[tuple[int, int]] = set()
    twice = set(_written_twice(case))
    names = list(keys(case.text, case.claims))
    plain = not any(claim.part for claim in case.claims)
    groups: dict[str, list[int]] = defaultdict(list)
    for number, key in enumerate(names):
        if key and not any(r.contains(case.claims[number].quantity.span) for r in regions):
            groups[key].append(number)
    for numbers in groups.values():
        for one, other in combinations(numbers[:_MOST], 2):
            same_words = plain and _same_words(case, one, other)
            if same_words or _twins(case, one, other):
                matched.add((one, other))
                if same_words and _chained(case, names, one, other):
                    matched.add((one + 1, other + 1))
    for one, other in sorted(matched | twice):
        mine, theirs = case.claims[one], case.claims[other]
        comparable = _of_one_order(mine, theirs) and ((one, other) in twice or _comparable(mine, theirs))
        if comparable and not _agree(mine, theirs):
            yield other, one


def _written_twice(case: Case) -> Iterator[tuple[int, int]]:
    """The figures of a telling sentence and of its repetition, place by place."""
    first_at: dict[str, int] = {}
    for (_, masked), first in zip(case.sentences, case.firsts, strict=True):
        if len(_GENERIC.sub("", masked.text)) >= _LEAST * 5:
            before = first_at.setdefault(masked.text, first)
            if before != first:
                yield from ((before + n, first + n) for n in range(len(masked.figures)))


def _chained(case: Case, names: Sequence[str], one: int, other: int) -> bool:
    """Whether the figures after two mentions go on in the same words (，同比增长)."""
    if other + 1 >= len(names) or not names[one + 1] or names[one + 1] != names[other + 1]:
        return False
    together = (case.claims[n].sentence == case.claims[n + 1].sentence for n in (one, other))
    return all(together)


def _same_words(case: Case, one: int, other: int) -> bool:
    """Whether the same long stretch of words, place and period included, stands before both figures."""
    ends = (case.figures[one].span.start, case.figures[other].span.start)
    before = [case.text[max(0, end - _SAME_WORDS) : end] for end in ends]
    return (
        before[0] == before[1]
        and "占" not in before[0]
        and len(_GENERIC.sub("", before[0])) >= _TELLING_WORDS
    )


def _twins(case: Case, one: int, other: int) -> bool:
    """Whether a figure of three digits or more stands beside both with the same value: one thing told twice."""
    if case.claims[one].sentence == case.claims[other].sentence:
        return False
    told = {_exactly(claim.quantity) for claim in _beside(case, one)} - {None}
    return any(_exactly(claim.quantity) in told for claim in _beside(case, other))


def _beside(case: Case, number: int) -> Iterator[Claim]:
    """The claims next to a figure in its sentence."""
    for step in (-2, -1, 1, 2):
        if 0 <= number + step < len(case.claims):
            claim = case.claims[number + step]
            if claim.sentence == case.claims[number].sentence:
                yield claim


def _exactly(figure: Quantity) -> tuple[str, str] | None:
    """Unit and digits of a figure that is not round; `None` for one with fewer than two telling digits."""
    written = re.sub(r"\D|0+(?=\D*$)", "", figure.text)
    return (figure.unit, figure.text) if len(written) > 1 else None


def _same_number(one: Quantity, other: Quantity) -> bool:
    """Whether the two numbers are equal as far as they are written, whatever words stand around them."""
    if one.value is None or other.value is None:
        return supports(one, other)
    loose = max(one.precision, other.precision)
    return (one.kind, one.unit) == (other.kind, other.unit) and abs(one.value - other.value) <= loose


def _agree(one: Claim, other: Claim) -> bool:
    return supports(one.quantity, other.quantity) or supports(other.quantity, one.quantity)


def _of_one_order(one: Claim, other: Claim) -> bool:
    """Whether the two are no bounds, have one unit, and differ by no more than a few times."""
    a, b = one.quantity, other.quantity
    bounded = not {a.approximation, b.approximation} <= {"exact", "about"}
    if bounded or (a.kind, a.unit) != (b.kind, b.unit) or not a.value or not b.value:
        return False
    return 1 / _LIKE < float(abs(a.value / b.value)) < _LIKE


def _comparable(one: Claim, other: Claim) -> bool:
    """Whether nothing says that they tell of different things: a plan, another period."""
    planned = {one.status, other.status} != {"actual"} or "plan" in (one.part, other.part)
    told = {claim.period for claim in (one, other) if claim.period is not None and not claim.period.relative}
    return not planned and len(told) < 2


def keys(text: str, claims: Sequence[Claim]) -> Iterator[str]:
    """For each figure the words that say what it is, masked; "" when they say too little."""
    previous = ""
    for number, claim in enumerate(claims):
        start = _clause_start(text, claims, number)
        near = [c.quantity for c in claims[max(0, number - 4) : number + 5]]
        inside = [q for q in near if start <= q.span.start and q.span.end <= claim.quantity.span.start]
        words = _FRAME.sub("", mask(text, inside, Span(start, claim.quantity.span.start)).text)
        words = _UNITS.sub("", words.rsplit(MASK, 1)[-1])[-_TAIL:]
        carried = len(_GENERIC.sub("", words)) < _LEAST
        same = number > 0 and claims[number - 1].sentence == claim.sentence
        previous = previous if same else ""
        key = f"{previous}>{words}" if carried and previous else words
        previous = previous if carried else words
        yield key if len(_GENERIC.sub("", key)) >= _LEAST else ""


def _clause_start(text: str, claims: Sequence[Claim], number: int) -> int:
    span = claims[number].quantity.span
    start = max(claims[number].sentence.start, span.start - _FARTHEST)
    for match in _BOUNDARY.finditer(text, start, span.start):
        start = match.end()
    return start
