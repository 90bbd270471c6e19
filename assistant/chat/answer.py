"""What the program answers: statements, each with its citations, and how it came to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from assistant.chat.scope import Scope
from assistant.errors import Said
from assistant.records import Citation
from assistant.wording import Kept

RouteName = Literal[
    "value",  # 多少家
    "series",  # 历年、变化趋势
    "comparison",  # 哪个多、对比
    "policy",  # 怎么规定、奖励多少
    "commitment",  # 去年的目标完成了没有
    "summary",  # 概括一个章节
    "find",  # 哪里提到
    "free",  # 其他
]


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer. Every figure in `text` stands in a quote of `citations`, or follows from two.

    `figures` are the figures that answer the question, as written; `formula` reads “73−61=12” where code
    computed one from the cited values, and `computed` are the words of `text` with its result; `remark` is what the reader must know (已废止, 计划数, 来源不一致).
    """

    text: str
    citations: tuple[Citation, ...]
    figures: tuple[str, ...] = ()
    formula: str = ""
    remark: Kept = ""
    computed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Consulted:
    """A document that was read for the answer."""

    document_id: str
    title: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """A small table beside the answer; `head` and every row have the same length."""

    head: tuple[Kept, ...]
    rows: tuple[tuple[Kept, ...], ...]


@dataclass(frozen=True, slots=True)
class Series:
    """The points of a chart: one line a name, each point (year, value), values in `unit`."""

    title: str
    unit: str
    lines: tuple[tuple[str, tuple[tuple[int, float], ...]], ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What one route found out; empty `statements`: nothing. `read` are the ids of the documents that it read."""

    statements: tuple[Statement, ...] = ()
    notes: tuple[Said, ...] = ()
    table: Table | None = None
    series: Series | None = None
    read: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    `asked` is the question as it was understood (follow-ups written out, traditional characters simplified).
    A declined answer has no statement; `nearest` are then the passages that come nearest. `incomplete`: the
    model broke off or was stopped, what was verified before stays. `notes` say what was left out and why.
    `scope` is what the question was asked within.
    """

    question: str
    asked: str
    route: RouteName
    statements: tuple[Statement, ...] = ()
    nearest: tuple[Citation, ...] = ()
    consulted: tuple[Consulted, ...] = ()
    notes: tuple[Kept, ...] = ()
    table: Table | None = None
    series: Series | None = None
    incomplete: bool = False
    model: str = ""
    chart: Path | None = None
    scope: Scope = field(default_factory=Scope)

    @property
    def declined(self) -> bool:
        """Whether nothing in the archive answers the question."""
        return not self.statements

    @property
    def text(self) -> str:
        """The statements in order, one a line."""
        return "\n".join(statement.text for statement in self.statements)

    @property
    def figures(self) -> tuple[str, ...]:
        """The figures that answer, the first one first."""
        return tuple(dict.fromkeys(figure for one in self.statements for figure in one.figures))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations in order of their first use."""
        return tuple(dict.fromkeys(self._cited()))

    def _cited(self) -> Iterator[Citation]:
        for statement in self.statements:
            yield from statement.citations
