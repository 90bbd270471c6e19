"""The GBNF grammars: for a section's phrases, one line a group, Chinese characters only, every repetition bounded."""

from __future__ import annotations

import json
from collections.abc import Sequence

from assistant.drafting.words import word_list

ORDINALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
_MOST_CHARACTERS = 16
_MOST_THEME = 11
_WORN = frozenset(("提升", "推动", "推进", "加强", "优化", "促进", "加快", "提高"))
# Everything but common Chinese characters, and of these no numeral and no word of measure or rank.
_MOST_BETWEEN = 40
_EXCLUDED_FROM_SENTENCES = r"\x00-\u4DFF\u9FA6-\U0010FFFF一二三四五六七八九十百千万亿两零几余首"
_EXCLUDED = r"\x00-\u4DFF\u9FA6-\U0010FFFF一二三四五六七八九十百千万亿两零几余首第与和及并等或的"


def group_label(number: int) -> str:
    """第一组, 第二组 … as the prompt, the grammar and the parser write it; `number` counts from 0."""
    return f"第{ORDINALS[number]}组"


def phrase_grammar(count: int, *, theme: bool, options: int = 2) -> str:
    """A grammar that allows a theme (when asked) and `options` phrases for each of `count` groups.

    Phrases begin with a verb of the list, all but the first with one that is not worn; a phrase that reaches the bound is cut there, and later refused.
    """
    lines = [r'"\n"'.join(_line(number, options) for number in range(count))]
    if theme:
        lines.insert(0, '"主题：" t "，" t' + (r' "\n"' if count else ""))
    verbs, rarer = (
        " | ".join(f'"{verb}"' for verb in sorted(words))
        for words in (word_list("verbs.txt"), word_list("verbs.txt") - _WORN)
    )
    return "\n".join(
        (
            f"root ::= {' '.join(line for line in lines if line)}",
            f"p ::= v h{{3,{_MOST_CHARACTERS - 2}}}",
            f"v ::= {verbs}",
            f"t ::= v h{{2,{_MOST_THEME - 2}}}",
            f"o ::= w h{{3,{_MOST_CHARACTERS - 2}}}",
            f"w ::= {rarer}",
            f"h ::= [^{_EXCLUDED}]",
        )
    )


def sentence_grammar(literals: Sequence[str]) -> str:
    """A grammar for one sentence in which `literals` stand once and in order, and no other figure, name or sign.

    Between them stand at most 40 common Chinese characters or signs of prose, no numerals.
    """
    held = " s ".join(json.dumps(literal, ensure_ascii=False) for literal in literals)
    return "\n".join(
        (
            f'root ::= s {held} s "。"' if held else 'root ::= s "。"',
            f"s ::= c{{0,{_MOST_BETWEEN}}}",
            'c ::= h | "，" | "；" | "、"',
            f"h ::= [^{_EXCLUDED_FROM_SENTENCES}]",
        )
    )


def _line(number: int, options: int) -> str:
    phrases = ' "｜" '.join(["p", *["o"] * (options - 1)])
    return f' "{group_label(number)}：" {phrases} '
