"""The English names of revisions, which the database holds by their Chinese ones.

A name is a word of ours, alone or with what it is about behind a colon: 编辑, 采用：沿用旧数, 起草：一、工作情况.
"""

from __future__ import annotations

import re
from functools import cache

from assistant.checking import RULES
from assistant.errors import Said
from assistant.wording import Wording

_NUMBER = re.compile(r"\d+")
_PARTS = re.compile(r"([：，])")
_ENGLISH_SIGNS = {"：": ": ", "，": ", "}


def revision_name(kept: str) -> Said:
    """What a revision is called; headings and instructions in it stay the writer's own.

    >>> revision_name("恢复第 3 版").en, revision_name("采用：沿用旧数").en
    ('Revision 3 restored', "Adopted: Last year's figure")
    """
    return Said(kept, "".join(_ENGLISH_SIGNS.get(part) or _english(part) for part in _PARTS.split(kept)))


def _english(part: str) -> str:
    """A part in English where it is one of ours, whatever numbers are in it."""
    numbers = iter(_NUMBER.findall(part))
    told = _ours().get(_NUMBER.sub("N", part))
    return part if told is None else re.sub(r"\bN\b", lambda _: next(numbers), told)


@cache
def _ours() -> dict[str, str]:
    words = Wording("assistant.service.desk", "revisions.yaml")
    told = [words.both(key) for key in words.keys]
    return {one.zh: one.en for one in (*told, *(rule.title for rule in RULES))}
