"""The lines of some sources, made once for all drafts (and all states of one draft) that are held against them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from assistant.checking.alignment import Lines
from assistant.checking.lines import Line, document_lines, fact_line
from assistant.checking.sources import Sources
from assistant.records import Document, Quantity


class LineSet:
    """Lines, and what is made of them: an index of their words, and the values that they state."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines

    @cached_property
    def index(self) -> Lines:
        """The lines to be aligned with."""
        return Lines(line.masked for line in self.lines)

    @cached_property
    def stating(self) -> Mapping[tuple[str, object], Sequence[tuple[Line, Quantity]]]:
        """Unit and value to the lines and figures that state them."""
        found: dict[tuple[str, object], list[tuple[Line, Quantity]]] = defaultdict(list)
        for line in self.lines:
            for figure in line.figures:
                found[figure.unit, figure.value].append((line, figure))
        return dict(found)


class SourceLines:
    """The lines of `sources`, each kind made when it is first asked for. Safe to keep: sources never change."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources

    @cached_property
    def facts(self) -> Sequence[Line]:
        """The facts, each a line."""
        return [fact_line(fact, self.sources.facts_name) for fact in self.sources.facts]

    @cached_property
    def telling(self) -> LineSet:
        """What a figure is held against: facts, then other documents that are not policy texts."""
        others = [doc for doc in self.sources.others if doc.genre != "policy"]
        return LineSet([*self.facts, *_lines(others)])

    @cached_property
    def policies(self) -> LineSet:
        """What policy texts say."""
        return LineSet(_lines([doc for doc in self.sources.others if doc.genre == "policy"]))


def _lines(documents: Sequence[Document]) -> list[Line]:
    return [line for document in documents for line in document_lines(document, "source")]
