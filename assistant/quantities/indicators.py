"""Names of indicators: which names mean the same one (data/indicators.txt, data/modifiers.txt)."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from assistant.quantities.wordlists import lines, words

_LONGEST_VERB = 5
_LONGEST_HEAD = 16
_SINGLE_TAIL = frozenset("为是有达共约近超增至到由从降升占仅逾的数")
_SINGLE_HEAD = frozenset("将对把以为在让使和及与并其的等已均也又再使")
_RATED = frozenset("率度额")  # 覆盖率 is a name, 覆盖 with a noun is not
_BLANKS = str.maketrans("", "", " \u3000\t“”\"'《》")


class Naming(NamedTuple):
    """A known name at `start:end` of a text, and the indicator it means."""

    start: int
    end: int
    indicator: str


class _Lexicon(NamedTuple):
    canonical: dict[str, str]  # every name, blanks and quotes removed -> canonical name
    groups: dict[str, tuple[str, ...]]  # canonical name -> all names, canonical first
    starts: dict[str, tuple[str, ...]]  # first two characters -> names as written, longest first
    first: re.Pattern[str]  # any first character of a name


@cache
def _lexicon() -> _Lexicon:
    canonical: dict[str, str] = {}
    groups: dict[str, tuple[str, ...]] = {}
    starts: dict[str, list[str]] = {}
    for line in lines("indicators.txt"):
        names = tuple(name.strip() for name in line.split("|"))
        groups[names[0]] = names
        for name in names:
            canonical[name.translate(_BLANKS)] = names[0]
            for form in {name, name.translate(_BLANKS)}:
                starts.setdefault(form[:2], []).append(form)
    ordered = {key: tuple(sorted(forms, key=len, reverse=True)) for key, forms in starts.items()}
    first = re.compile("[" + re.escape("".join(sorted({key[0] for key in starts}))) + "]")
    return _Lexicon(canonical, groups, ordered, first)


def namings(text: str) -> list[Naming]:
    """Every known name in `text`, left to right, longest first, without overlaps; linear in the text."""
    lexicon = _lexicon()
    starts, canonical = lexicon.starts, lexicon.canonical
    found: list[Naming] = []
    taken = 0
    for match in lexicon.first.finditer(text):
        index = match.start()
        forms = starts.get(text[index : index + 2])
        if forms is None or index < taken:
            continue
        for form in forms:
            if text.startswith(form, index):
                taken = index + len(form)
                found.append(Naming(index, taken, canonical[form.translate(_BLANKS)]))
                break
    return found


def asked_namings(text: str) -> list[Naming]:
    """The indicators that a question names, the loose names too that only questions use (data/asked_names.txt).

    A loose name that may mean several indicators gives one `Naming` for each.

    >>> [naming.indicator for naming in asked_namings("去年失业率多少")]
    ['城镇调查失业率', '城镇登记失业率']
    """
    known = namings(text)
    loose: list[Naming] = []
    for match in _asked_names().finditer(text):
        start, end = match.span()
        over = [one for one in known if one.start < end and start < one.end]
        if any(one.start < start or end < one.end for one in over):
            continue  # part of a longer name
        known = [one for one in known if one not in over or (one.start, one.end) == (start, end)]
        loose += [Naming(start, end, indicator) for indicator in _asked_meanings()[match.group()]]
    return sorted(known + loose, key=lambda naming: naming.start)


@cache
def _asked_meanings() -> dict[str, tuple[str, ...]]:
    rows = (tuple(name.strip() for name in line.split("|")) for line in lines("asked_names.txt"))
    return {row[0]: row[1:] for row in rows}


@cache
def _asked_names() -> re.Pattern[str]:
    return re.compile(
        "|".join(map(re.escape, sorted(_asked_meanings(), key=lambda name: (-len(name), name))))
    )


def synonyms(term: str) -> tuple[str, ...]:
    """All names of the indicator that `term` names, canonical first; just `(term,)` when it is unknown.

    >>> "高企" in synonyms("高新技术企业")
    True
    """
    lexicon = _lexicon()
    name = lexicon.canonical.get(term.translate(_BLANKS))
    return lexicon.groups[name] if name else (term,)


def is_known(indicator: str) -> bool:
    """Whether this is the canonical name of an indicator in the synonym file."""
    return indicator in _lexicon().groups


def begins_with_verb(text: str) -> bool:
    """Whether the first two characters are a verb of reports (落实省技术合同…)."""
    return text[:2] in words("modifiers.txt", "verb")


def canonical(indicator: str) -> str:
    """The one name of an indicator: synonyms resolved, 全市/新增/总量 and verbs around it removed.

    An unknown indicator keeps its own words, without what stands around them.

    >>> canonical("全市新认定高企"), canonical("R&D经费"), canonical("选任科技助农员")
    ('高新技术企业', '研发经费', '科技助农员')
    """
    bare = indicator.translate(_BLANKS)
    known = _lexicon().canonical
    if bare in known:
        return known[bare]
    head = _strip_front(_strip_back(bare, known), known)
    if head in known:
        return known[head]
    if len(head) > _LONGEST_HEAD:
        head = _after_last_verb(head)
    shorter = _strip_suffix(head, known)
    return known.get(shorter, head)


def _strip_back(text: str, known: dict[str, str]) -> str:
    """`text` without the verbs at its end (达到, 为, 同比增长)."""
    verbs = words("modifiers.txt", "verb")
    while text and text not in known:
        length = next((n for n in range(_LONGEST_VERB, 1, -1) if text[-n:] in verbs), 0)
        if not length and text[-1] in _SINGLE_TAIL:
            length = 1
        if not length or length > len(text):
            break
        text = text[:-length]
    return text


def _strip_front(text: str, known: dict[str, str]) -> str:
    """`text` without verbs, places and qualifiers at its beginning."""
    leading = (
        words("modifiers.txt", "verb") | words("modifiers.txt", "place") | words("modifiers.txt", "qualifier")
    )
    while text and text not in known:
        longest = min(_LONGEST_VERB, len(text) if text[-1] not in _RATED else len(text) - 2)
        length = next((n for n in range(longest, 1, -1) if text[:n] in leading), 0)
        if not length and text[0] in _SINGLE_HEAD:
            length = 1
        if not length:
            break
        text = text[length:]
    return text


def _strip_suffix(text: str, known: dict[str, str]) -> str:
    """`text` without 总量, 有效总量, 数, 总额 … when what is left is a known name; else `text`."""
    for suffix in words("modifiers.txt", "suffix"):
        if not text.endswith(suffix):
            continue
        head = text[: -len(suffix)]
        heads = (head, *(head.removesuffix(word) for word in words("modifiers.txt", "qualifier")))
        if found := next((one for one in heads if one in known), ""):
            return found
    return text


def _after_last_verb(text: str) -> str:
    """What follows the last verb in a long run of words; at least two characters."""
    verbs = words("modifiers.txt", "verb")
    for start in range(len(text) - 2, 0, -1):
        if any(text[start - n : start] in verbs for n in (4, 3, 2) if n <= start):
            return text[start:]
    return text[-_LONGEST_HEAD:]
