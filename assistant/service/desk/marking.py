"""Where a passage has the words of a question: what a reader's eye looks for in a list of hits."""

from __future__ import annotations

from assistant.archive.tokens import question_tokens

_SHORTEST = 2


def marks_of(question: str, text: str) -> tuple[tuple[int, int], ...]:
    """Stretches of `text` with words of `question`, apart and in order; case does not count.

    A word that is part of a longer one which stands in the text is not marked by itself.

    >>> marks_of("高新技术企业多少家", "全县企业中，高新技术企业73家。")
    ((2, 4), (6, 12))
    """
    folded = text.lower() if len(text.lower()) == len(text) else text
    present = [one for one in question_tokens(question) if len(one) >= _SHORTEST and one in folded]
    telling = [one for one in present if not any(one != other and one in other for other in present)]
    found: list[tuple[int, int]] = []
    for start, end in sorted(span for word in telling for span in _all(word, folded)):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _all(word: str, text: str) -> list[tuple[int, int]]:
    spans, at = [], text.find(word)
    while at >= 0:
        spans.append((at, at + len(word)))
        at = text.find(word, at + len(word))
    return spans
