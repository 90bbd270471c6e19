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
        yield from shares(window)
        found = list(sums(window))
        held = {derivation.operands for derivation in found if derivation.holds}
        yield from (d for d in found if d.holds or d.operands not in held)
