"""What a section's sentences rest on, carried over to its changed text.

A sentence that survives whole keeps its facts, citations and lock: where a character comparison leaves it
in place, and else wherever it was moved to. A sentence that was changed by a character is the writer's own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from diff_match_patch import diff_match_patch

from assistant.errors import DraftLocked
from assistant.records import Sentence, Span
from assistant.service.desk.manuscript import HeldSection

_ENDS = frozenset("。！？!?；;…”」』）)\n")
_SECONDS = 0.5


def with_text(section: HeldSection, text: str) -> HeldSection:
    """The section with another text, its surviving sentences known and its locks in place.

    Raises:
        DraftLocked: a locked sentence does not stand in `text` any more.
    """
    if text == section.text:
        return section
    mover = Mover(section.text, text)
    locked = mover.places(section.locked)
    for span, lock in zip(section.locked, locked, strict=True):
        if lock is None:
            raise DraftLocked(reason=span.of(section.text))
    places = mover.places([one.span for one in section.sentences], whole=True)
    known = [
        _shifted(sentence, place)
        for sentence, place in zip(section.sentences, places, strict=True)
        if place is not None
    ]
    known.sort(key=lambda one: one.span)
    locks = tuple(sorted(lock for lock in locked if lock is not None))
    return replace(section, text=text, sentences=tuple(known), locked=locks)


class Mover:
    """Where stretches of an old text stand in a new one."""

    def __init__(self, old: str, new: str) -> None:
        self._old = old
        self._new = new
        self._kept = kept(old, new)
        self._starts = [start for start, _, _ in self._kept]

    def places(self, spans: Sequence[Span], *, whole: bool = False) -> list[Span | None]:
        """Each stretch in the new text, no two in one place; None where one did not survive.

        What stayed comes first, what was moved takes the places that are left. `whole`: only as a sentence
        of its own.
        """
        found = [self._in_place(span, whole=whole) for span in spans]
        taken = [place for place in found if place is not None]
        for number, span in enumerate(spans):
            if found[number] is None:
                found[number] = place = self._elsewhere(span, taken, whole=whole)
                taken += [place] if place is not None else []
        return found

    def _in_place(self, span: Span, *, whole: bool) -> Span | None:
        at = bisect_right(self._starts, span.start) - 1
        if at < 0:
            return None
        start, length, new = self._kept[at]
        if span.end > start + length:
            return None
        place = Span(span.start + new - start, span.end + new - start)
        return None if whole and not self._alone(place) else place

    def _elsewhere(self, span: Span, taken: Sequence[Span], *, whole: bool) -> Span | None:
        words = span.of(self._old)
        at = self._new.find(words) if words else -1
        while at >= 0:
            place = Span(at, at + len(words))
            if not any(place.overlaps(one) for one in taken) and (not whole or self._alone(place)):
                return place
            at = self._new.find(words, at + 1)
        return None

    def _alone(self, span: Span) -> bool:
        """Whether nothing stands between it and the sentences before and after."""
        before = self._new[: span.start].rstrip(" \u3000")
        after = self._new[span.end :].lstrip(" \u3000")
        ended = not after or after[0] == "\n" or self._new[span.end - 1] in _ENDS
        return ended and (not before or before[-1] in _ENDS)


def kept(old: str, new: str) -> Sequence[tuple[int, int, int]]:
    """The stretches that both texts share, in order: start in `old`, length, start in `new`."""
    compare = diff_match_patch()
    compare.Diff_Timeout = _SECONDS
    stretches, at, there = [], 0, 0
    for sign, words in compare.diff_main(old, new, checklines=False):
        if sign == compare.DIFF_EQUAL:
            stretches.append((at, len(words), there))
        at += len(words) if sign != compare.DIFF_INSERT else 0
        there += len(words) if sign != compare.DIFF_DELETE else 0
    return stretches


def _shifted(sentence: Sentence, span: Span) -> Sentence:
    by = span.start - sentence.span.start
    spans = tuple(Span(one.start + by, one.end + by) for one in sentence.connective_spans)
    return replace(sentence, span=span, connective_spans=spans)
