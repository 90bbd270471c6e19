"""The text of a section as it becomes certain: each sentence told once, in order, as soon as nothing can change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.drafting.events import TextPiece
from assistant.drafting.lock import Part, finish
from assistant.records import Fact, Sentence

Paragraph = list[list[Part]]


@dataclass(slots=True)
class Telling:
    """One section in the making: paragraphs that are closed, and how many of its sentences were told.

    A `silent` one tells nothing: its text is not certain before its end.
    """

    index: int
    facts: Mapping[str, Fact]
    silent: bool = False
    closed: list[Paragraph] = field(default_factory=list)
    told: int = 0

    def pieces(self, open_: Paragraph) -> Iterator[TextPiece]:
        """The sentences that were not told yet; `open_` are the certain ones of the paragraph that is written."""
        text, sentences = self._made(open_)
        fresh = () if self.silent else sentences[self.told :]
        self.told += len(fresh)
        yield from pieces(self.index, text, fresh)

    def close(self, paragraph: Paragraph) -> Iterator[TextPiece]:
        """The rest of a paragraph that is finished."""
        self.closed.append(paragraph)
        yield from self.pieces([])

    def text(self) -> tuple[str, tuple[Sentence, ...]]:
        """The section's text and sentences, from the closed paragraphs."""
        return self._made([])

    def _made(self, open_: Paragraph) -> tuple[str, tuple[Sentence, ...]]:
        return finish([one for one in (*self.closed, open_) if one], self.facts)


def pieces(index: int, text: str, sentences: Sequence[Sentence]) -> Iterator[TextPiece]:
    """Sentences of a section's text as they are told."""
    for sentence in sentences:
        start = sentence.span.start
        yield TextPiece(index, sentence, paragraph=start == 0 or text[start - 1] == "\n")
