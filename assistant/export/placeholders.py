"""Where a text still waits for the writer: masked figures and names, and marks such as 【待补】."""

from __future__ import annotations

import re

from assistant.records import Span

_PLACEHOLDER = re.compile(
    r"""
      【\s*待[^】\n]*】                      # 【待补】, 【待核实：…】
    | (?<![A-Za-z])[xX×Ｘｘ]+(?:[.．-][xX×Ｘｘ]+)+   # x.x%, x-xx月
    | (?<![A-Za-z])[xX×Ｘｘ]{2,}(?![A-Za-z])   # xx家, XXXX年, ××
    | (?<=第)[xX×Ｘｘ](?=[位名次届号期])      # 第x位
    | (?<![A-Za-z])[xX×Ｘｘ](?=[家个名项件亿万元年月日%％])
    | [*＊]{2,}                              # ***
    | _{2,} | ＿{2,}                         # a line to write on
    """,
    re.VERBOSE,
)


def placeholders(text: str) -> tuple[Span, ...]:
    """The spans that a writer still has to fill, in order and not overlapping.

    >>> [span.of("新增xx家，增长x.x%，排名第x位") for span in placeholders("新增xx家，增长x.x%，排名第x位")]
    ['xx', 'x.x', 'x']
    """
    return tuple(Span(*match.span()) for match in _PLACEHOLDER.finditer(text))
