"""Text to quantities: one pass over the places where a figure may start, each read by the first parser that can."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.quantities import amounts, marks, ranks, times
from assistant.quantities.numerals import CHINESE_DIGITS
from assistant.records import Quantity

_Parser = Callable[[str, int], "Quantity | int | None"]

_DIGITS = f"0-9０-９{CHINESE_DIGITS}十拾百佰千仟万萬亿億廿卅"
_WORDS = (
    "[?？]{2}",
    "今年|去年|上年|前年|明年|本年|当年|上半年|下半年|全年",
    "前(?=[0-9０-９一二三四五六七八九十百])",
    "首位|榜首|若干",
    '[“"](?=十[一二三四五六七]?五[”"])',
    "[几数](?=[十百千万亿])",
    "翻(?=[了上近约超一二两三四五1-5 番])",
)
_START = re.compile(f"[{_DIGITS}〔［\\[﹝【（(《xXｘＸ×✕＊*_＿第□■]|{'|'.join(_WORDS)}")
_RUN = re.compile(f"[0-9０-９.．,]{{1,40}}|[几数]?[{_DIGITS}几]{{1,40}}")
_NUMERAL: tuple[_Parser, ...] = (
    marks.line_number,
    marks.masked,
    times.time,
    marks.shielded,
    marks.ratio,
    marks.fraction,
    marks.coded,
    amounts.amount,
)
_BY_FIRST: dict[str, tuple[_Parser, ...]] = {
    "《": (marks.title,),
    "第": (times.time, ranks.rank),
    "前": (times.time, ranks.rank),
    "首": (ranks.rank,),
    "榜": (ranks.rank,),
    "翻": (marks.doubled,),
    "若": (marks.shielded, amounts.amount),
    **dict.fromkeys("〔［[﹝【（(", (marks.document_number, marks.masked)),
    **dict.fromkeys("xXｘＸ×✕＊*_＿□■?？", (marks.masked,)),
    **dict.fromkeys('今去上下本当明全“"', (times.time,)),
}


def extract(text: str, year: int | None = None) -> list[Quantity]:
    """Every figure of `text`, in order and without overlap; `text[span] == quantity.text` for each.

    `year` is the year that the text reports on; it resolves 上半年 and 去年同期 in `period`.
    The words around a figure that only qualify it (约, 超, 以上) are outside its span and in `approximation`.

    >>> [(q.text, q.value, q.unit) for q in extract("新增高新技术企业23家，增长18.3%")]
    [('23家', Decimal('23'), '家'), ('18.3%', Decimal('18.3'), '%')]
    """
    found: list[Quantity] = []
    position = 0
    while match := _START.search(text, position):
        start = match.start()
        result = _read(text, start, year)
        if isinstance(result, int):
            position = result
        else:
            found.append(result)
            position = result.span.end
    return found


def _read(text: str, start: int, year: int | None) -> Quantity | int:
    """The quantity at `start`, or where to go on."""
    for parser in _BY_FIRST.get(text[start], _NUMERAL):
        result = times.time(text, start, year) if parser is times.time else parser(text, start)
        if result is not None:
            return result
    run = _RUN.match(text, start)
    return run.end() if run else start + 1
