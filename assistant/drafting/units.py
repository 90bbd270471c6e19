"""A section as its sentences, those of the writer's own hand among them, and the section with some of them changed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.drafting.lock import Part, finish
from assistant.quantities import bind_text, extract, sentences
from assistant.records import Fact, Section, Sentence, Span

_ORDINAL = re.compile(r"^[一二三四五六七八九十]{1,3}是")
_LITERAL = re.compile(r"《[^》]*》|“[^”]*”|〔[^〕]*〕|[A-Za-z0-9][A-Za-z0-9.%-]*")
_BEFORE = re.compile(r"[约近超逾]{0,2}$")
_BEHIND = re.compile(r"(?:以上|左右|以内|以下|上下)?")
_BREAKS = "，；。、："
_SIGNS = _BREAKS + "“”（）《》"
Parts = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence; `known` is what it rests on, None for the writer's own."""

    text: str
    span: Span
    known: Sentence | None
    locked: bool

    @property
    def mark(self) -> str:
        """一是, 二是 … in front of it, or nothing."""
        found = _ORDINAL.match(self.text)
        return found.group() if found else ""

    @property
    def parts(self) -> Parts:
        """The sentence in runs: added by the model (no facts), of a citation, or told by facts."""
        if self.known is None:
            return (Part(self.text),)
        base = self.known.span.start
        cuts = {Span(one.start - base, one.end - base): Part("") for one in self.known.connective_spans}
        for citation in self.known.citations:
            for words in (f"《{citation.title}》", f"（{citation.quote}）", citation.quote):
                at = self.text.find(words)
                span = Span(at, at + len(words)) if at >= 0 else None
                if span and not any(span.overlaps(one) for one in cuts):
                    cuts[span] = Part("", citation=citation)
                    break
        return _runs(self.text, cuts, self.known.fact_ids)

    @property
    def carried(self) -> str:
        """What it tells, without what the model added, without a mark and the full stop."""
        told = "".join(part.text for part in self.parts if self.known is None or not is_added(part))
        return _ORDINAL.sub("", told).strip(_BREAKS)

    @property
    def literals(self) -> list[str]:
        """What of it any other wording must have as it is: figures with 约 and 以上, names in signs, Latin words."""
        found = [match.span() for match in _LITERAL.finditer(self.text)]
        for quantity in extract(self.text):
            start, end = quantity.span.start, quantity.span.end
            start -= len(_BEFORE.search(self.text[:start])[0])  # type: ignore[index]  # it always matches
            end += len(_BEHIND.match(self.text[end:])[0])  # type: ignore[index]
            found.append((start, end))
        joined: list[tuple[int, int]] = []
        for start, end in sorted(found):
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return [self.text[start:end] for start, end in joined]

    def as_fact(self, year: int | None) -> Fact:
        """What it tells as a fact of its own: what any other wording of it must tell too."""
        text = self.carried
        return Fact("own", text, tuple(bind_text(text, year)))


def is_added(part: Part) -> bool:
    """Whether a run of a known sentence is the model's: it rests on nothing."""
    return not part.fact_ids and part.citation is None and bool(part.text.strip(_SIGNS))


def units_of(section: Section, locked: Sequence[Span] = ()) -> list[Unit]:
    """The sentences of a section in text order, blank stretches left out."""
    units: list[Unit] = []
    at = 0
    for sentence in (*sorted(section.sentences, key=lambda one: one.span), None):
        end = sentence.span.start if sentence else len(section.text)
        for span in sentences(section.text[at:end]):
            units.append(_unit(section, span.shifted(at), None, locked))
        if sentence:
            units.append(_unit(section, sentence.span, sentence, locked))
            at = sentence.span.end
    return [unit for unit in units if unit.text.strip()]


def changed(
    section: Section, units: Sequence[Unit], new: Mapping[int, Sequence[Parts]], facts: Mapping[str, Fact]
) -> Section:
    """The section with the units `new` (by number) replaced by sentences; none takes the unit out.

    Everything else stays byte for byte. What replaces the writer's own sentence stays the writer's own.
    """
    text, at = "", 0
    kept: list[Sentence] = []
    for number, unit in enumerate(units):
        text += section.text[at : unit.span.start]
        at = unit.span.end
        own = unit.known is None
        if number not in new:
            kept += [] if unit.known is None else [_moved(unit.known, len(text))]
            text += unit.text
            continue
        paragraph = [[_named(part, facts) for part in parts] for parts in new[number]]
        words, made = finish([paragraph], facts)
        kept += [] if own else [_moved(one, len(text) + one.span.start) for one in made]
        text += words
        alone = not words and text[-1:] in ("", "\n") and section.text[at : at + 1] == "\n"
        at += alone
    text += section.text[at:]
    return replace(section, text=text, sentences=tuple(kept))


def _unit(section: Section, span: Span, known: Sentence | None, locked: Sequence[Span]) -> Unit:
    return Unit(span.of(section.text), span, known, any(span.overlaps(one) for one in locked))


def _runs(text: str, cuts: Mapping[Span, Part], fact_ids: tuple[str, ...]) -> Parts:
    parts: list[Part] = []
    at = 0
    for span in (*sorted(cuts), None):
        words = text[at : span.start if span else len(text)]
        if words:
            parts.append(Part(words, fact_ids if words.strip(_SIGNS) else ()))
        if span:
            parts.append(replace(cuts[span], text=span.of(text)))
            at = span.end
    return tuple(parts)


def _named(part: Part, facts: Mapping[str, Fact]) -> Part:
    return replace(part, fact_ids=tuple(fact_id for fact_id in part.fact_ids if fact_id in facts))


def _moved(sentence: Sentence, start: int) -> Sentence:
    by = start - sentence.span.start
    spans = tuple(Span(one.start + by, one.end + by) for one in sentence.connective_spans)
    return replace(sentence, span=Span(start, start + len(sentence.text)), connective_spans=spans)
