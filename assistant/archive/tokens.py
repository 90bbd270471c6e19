"""What the keyword index sees of a text: words and character bigrams, lower case, half width."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

import rjieba

_RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U0002ffff]+|[a-z0-9]+(?:\.[0-9]+)?")


def tokens(text: str) -> list[str]:
    """Words, the shorter words inside them, and the bigrams of every Chinese run; a pair may come twice.

    >>> tokens("高新技术企业2024")
    ['高新', '技术', '高新技术', '企业', '2024', '高新', '新技', '技术', '术企', '企业']
    """
    runs: list[str] = _RUN.findall(folded(text))
    words = [word for run in runs for word in (_words(run) if _is_chinese(run) else [run])]
    pairs = [run[i : i + 2] for run in runs if _is_chinese(run) for i in range(len(run) - 1)]
    return words + pairs


def folded(text: str) -> str:
    """A text as tokens are cut from it: lower case, half width."""
    return unicodedata.normalize("NFKC", text).lower()


def question_tokens(text: str) -> list[str]:
    """The tokens of a question without the words that only ask; all of them when nothing else is left."""
    found, asking = list(dict.fromkeys(tokens(text))), word_list("asking_words.txt")
    return [token for token in found if token not in asking] or found


def _is_chinese(run: str) -> bool:
    return run[0] > "\u3000"


@lru_cache(maxsize=4096)
def _words(run: str) -> tuple[str, ...]:
    return tuple(rjieba.cut_for_search(run))


@cache
def word_list(name: str) -> dict[str, None]:
    """The lines of a word list of this package, in order; `#` starts a comment line."""
    text = files("assistant.archive").joinpath("data", name).read_text("utf-8")
    return dict.fromkeys(line for line in text.split("\n") if line and not line.startswith("#"))
