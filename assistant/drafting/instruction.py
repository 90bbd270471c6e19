"""What a writer's instruction asks for; some of it is done by code alone."""

from __future__ import annotations

from typing import Literal

from assistant.drafting.words import word_table

InstructionKind = Literal["concise", "enumerate", "opening", "free"]
LONGEST = 200
_SHORT = 16
"""Characters; a longer instruction says more than its one word."""


def instruction_kind(instruction: str) -> InstructionKind:
    """What a short instruction asks for; `free` is left to the model.

    >>> [instruction_kind(text) for text in ("更精炼", "换个开头", "分条列出", "突出企业")]
    ['concise', 'opening', 'enumerate', 'free']
    """
    words = normal(instruction).lower()
    table = word_table("instructions.txt")
    kinds: tuple[InstructionKind, ...] = ("enumerate", "opening", "concise")
    if len(words) <= _SHORT or words.isascii():
        for kind in kinds:
            if any(word in words for word in table[kind]):
                return kind
    return "free"


def normal(instruction: str) -> str:
    r"""The instruction on one line, cut to a length at which it is still one.

    >>> normal(" 更\n精炼 ")
    '更 精炼'
    """
    return " ".join(instruction.split())[:LONGEST]
