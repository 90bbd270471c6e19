"""What metadata are read from: a structured text with its title, its name and what front matter gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.records import Block, Genre, Reading, Span


@dataclass(frozen=True, slots=True)
class About:
    """Everything that metadata are read from."""

    text: str
    blocks: tuple[Block, ...]
    title: str
    origin: str
    given: Mapping[str, str]
    name: str
    genre: Genre

    def in_title(self, value: str, start: int) -> Reading:
        """A reading at `start` of the title, with its span when the title stands in one line."""
        block = next((block for block in self.blocks if block.kind == "title"), None)
        whole = block is not None and block.span.of(self.text) == self.title
        span = Span(start, start + len(value)).shifted(block.span.start) if block and whole else None
        if span is not None and span.of(self.text) != value:
            span = None
        return Reading(value, "file_name" if self.origin == "file_name" else "title", span)

    def kinds(self, *kinds: str) -> Iterator[Block]:
        """Blocks of these kinds."""
        return (block for block in self.blocks if block.kind in kinds)

    def front_matter(self, key: str) -> Reading | None:
        """What front matter gives for `key`."""
        value = self.given.get(key, "")
        return Reading(value, "front_matter") if value else None
