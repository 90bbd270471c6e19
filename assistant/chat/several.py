"""Questions for several things at once: 高企和科技型中小企业分别多少家."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.chat.asked import Asked, bare, says_nothing
from assistant.chat.matching import plainly
from assistant.chat.words import pattern
from assistant.quantities.indicators import asked_namings

_BETWEEN = re.compile(r"[，,。；;？?！!、：:]+|以及|和|与|及|跟")
_MOST = 4


def each(asked: Asked) -> tuple[Asked, ...]:
    """The question for each thing that it asks about; only itself where it asks about one.

    Every thing has to be an indicator that is known (科技型中小企业), or what is asked of the one before it
    (GDP总量和增速); a name that holds 和 itself is one thing.
    """
    if any(_BETWEEN.search(asked.rest[one.start : one.end]) for one in asked_namings(asked.rest)):
        return (asked,)
    pieces = [" ".join(bare(piece)) for piece in _BETWEEN.split(asked.rest)]
    pieces = [piece for piece in pieces if len(piece) >= 2 and not says_nothing(piece)]
    things = [_completed(piece, pieces) for piece in dict.fromkeys(pieces)]
    matters = _whole(things)
    if not 2 <= len(matters) <= _MOST or not all(map(_known, matters)):
        return (asked,)
    return tuple(_alone(asked, matter, matters) for matter in matters)


def _known(matter: str) -> bool:
    """Whether a matter ends with the name of an indicator, as far as it is more than an aspect of one."""
    plain = plainly(matter)
    return any(one.end == len(plain) for one in asked_namings(plain))


def _completed(piece: str, pieces: list[str]) -> str:
    """A piece with the end or the beginning that it shares with another: 城镇 with 农村居民人均可支配收入."""
    if _known(piece) or pattern("aspect").fullmatch(piece):
        return piece
    for other in (plainly(one) for one in pieces if one != piece and _known(one)):
        forms = [piece + other[at:] for at in range(1, len(other))]
        forms += [other[:at] + piece for at in range(len(other) - 1, 0, -1)]
        for form in forms:
            if any((one.start, one.end) == (0, len(form)) for one in asked_namings(form)):
                return form
    return piece


def _whole(things: list[str]) -> list[str]:
    """Aspects with what they are asked of: GDP总量, 增速 are GDP总量, GDP增速."""
    found: list[str] = []
    last = ""
    for thing in things:
        if pattern("aspect").fullmatch(thing) and last:
            found.append(last + thing)
        else:
            found.append(thing)
            last = plainly(thing)
    return found


def _alone(asked: Asked, matter: str, matters: list[str]) -> Asked:
    """The question without the words of the other things, which may ask for a share or a growth rate."""
    text = asked.text
    for other in sorted(matters, key=len, reverse=True):
        plain = plainly(other)  # a 目标 or 增速 behind the last of them is asked of all
        text = text.replace(plain, "") if plain not in matter else text
    if not pattern("aspect").search(matter):
        return replace(asked, matter=matter, text=text)
    return replace(asked, matter=matter, text=f"{matter}多少")
