"""All derivations of a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.checking.derivations import Derivation, completion, from_to, increase, windows
from assistant.checking.shares import shares
from assistant.checking.wholes import sums
from assistant.records import Claim


def derive(text: str, claims: Sequence[Claim]) -> Iterator[Derivation]:
    """Every derivation that `text` states, whether it holds or not: in a sentence, or (shares, sums) a paragraph."""
    for window in windows(text, claims):
        for read in (from_to, increase, completion):
            yield from read(window)
    for window in windows(text, claims, paragraphs=True):
        for read in (shares, sums):
            yield from read(window)
