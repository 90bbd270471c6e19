"""Sentences that stay, byte for byte, while their section is written anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.drafting.words import content_pairs
from assistant.quantities import extract
from assistant.records import Fact, FactSection, Section, Sentence, Span


def without_kept(section: FactSection, kept: Sequence[Sentence]) -> FactSection:
    """The section without the facts that the kept sentences tell.

    A sentence without facts of its own (the writer's hand) tells a fact when it has all of its figures and half
    of its words.
    """
    told = {fact_id for sentence in kept for fact_id in sentence.fact_ids}
    own = [sentence.text for sentence in kept if not sentence.fact_ids]
    left = [
        fact for fact in section.facts if fact.id not in told and not any(_tells(text, fact) for text in own)
    ]
    return replace(section, facts=tuple(left))


def with_kept(section: Section, kept: Sequence[Sentence], order: Sequence[str]) -> Section:
    """The newly written section with the kept sentences in it, each before the facts that come after its own.

    `order` are the ids of the section's facts. A kept sentence without facts follows the kept one before it, or
    stands first.
    """
    paragraphs = _paragraphs(section)
    places = {fact_id: number for number, fact_id in enumerate(order)}
    last = -1
    for sentence in kept:
        last = max((places.get(fact_id, -1) for fact_id in sentence.fact_ids), default=last)
        paragraph, at = _place(paragraphs, kept, places, last)
        paragraphs[paragraph].insert(at, sentence)
    return _joined(section, paragraphs)


def _tells(text: str, fact: Fact) -> bool:
    figures = [quantity.text for quantity in extract(fact.text)]
    pairs = content_pairs(fact.text)
    shared = len(pairs & content_pairs(text))
    return all(figure in text for figure in figures) and bool(pairs) and 2 * shared >= len(pairs)


def _paragraphs(section: Section) -> list[list[Sentence]]:
    paragraphs: list[list[Sentence]] = [[]]
    for sentence in section.sentences:
        start = sentence.span.start
        if start and section.text[start - 1] == "\n":
            paragraphs.append([])
        paragraphs[-1].append(sentence)
    return paragraphs


def _place(
    paragraphs: list[list[Sentence]], kept: Sequence[Sentence], places: dict[str, int], last: int
) -> tuple[int, int]:
    """Before the first new sentence whose facts all come after `last`, and behind what was kept there before."""
    for number, sentences in enumerate(paragraphs):
        for at, sentence in enumerate(sentences):
            firsts = [places[fact_id] for fact_id in sentence.fact_ids if fact_id in places]
            fresh = not any(sentence is one for one in kept)
            if fresh and (not firsts or min(firsts) > last) and (firsts or last < 0):
                return number, at
    return len(paragraphs) - 1, len(paragraphs[-1])


def _joined(section: Section, paragraphs: list[list[Sentence]]) -> Section:
    text = ""
    sentences: list[Sentence] = []
    for paragraph in paragraphs:
        text += "\n" if text and paragraph else ""
        for sentence in paragraph:
            by = len(text) - sentence.span.start
            spans = tuple(Span(one.start + by, one.end + by) for one in sentence.connective_spans)
            span = Span(len(text), len(text) + len(sentence.text))
            sentences.append(replace(sentence, span=span, connective_spans=spans))
            text += sentence.text
    return replace(section, text=text, sentences=tuple(sentences))
