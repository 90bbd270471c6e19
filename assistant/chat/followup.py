"""Follow-ups: “那去年呢？”, “换成江临区科学技术局” written out as whole questions, by code, from the history."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.archive import ArchivedDocument
from assistant.chat.asked import Asked, understand
from assistant.chat.matching import plain_name
from assistant.chat.words import pattern

_LONGEST = 40
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_BACK = re.compile(r"(?<![比较同])(?:上一年|前一年|去年|上年)(?!同期|末|底|初)")
_AHEAD = re.compile(r"(?:下一年|后一年|次年|明年)")
_BESIDE = re.compile("^(?:那么?)?(?:和|与|跟|同|比)(?:.{1,20}?)(?:比|相比|对比)?(?:呢|如何|怎么样)?[？?]?$")
_AGAIN = re.compile(r"(?:19|20)\d\d\s*年?(?:度)?")


def written_out(text: str, last: str, known: Sequence[ArchivedDocument], today: date) -> str:
    """The whole question that a follow-up means after the question `last`; `text` itself when it stands alone.

    A year, an organisation or place, and the matter are taken over one by one. 去年 counts back from the year
    of the last question, and from today when that had none.
    """
    if not last or len(text) > _LONGEST or not pattern("follow").search(text):
        return text
    before = understand(last, known, today)
    bare = _switched(text)
    matter = _AHEAD.sub("", _BACK.sub("", bare)).strip()
    if not bare:
        return text
    now = understand(bare, known, today)
    now = replace(now, matter=understand(matter, known, today).matter if matter else "")
    if together := _together(text, now, before):
        return together
    if difference := _difference(text, now, before):
        return difference
    result = _with_year(before.text, _year(bare, now, before))
    result = _with_side(result, now, before)
    return _with_matter(result, now, before)


def _together(text: str, now: Asked, before: Asked) -> str:
    """“跟浙江比呢” as a comparison of both; "" when it names no other side."""
    new, old = now.organisations or now.places, before.organisations or before.places
    if not _BESIDE.search(text) or not new or not old or set(new) & set(old) or not before.matter:
        return ""
    years = "".join(f"{year}年" for year in before.years[-1:])
    return f"{'、'.join((*old, *new))}{years}{before.matter}对比"


def _difference(text: str, now: Asked, before: Asked) -> str:
    """“比2023年增加多少” written out; "" when the follow-up asks for another matter or for no difference."""
    if not now.years and len(before.years) == 1:
        years = [before.years[0] - 1, before.years[0]]
    else:
        years = sorted({*now.years, *before.years[-1:]} if len(now.years) == 1 else now.years)
    beside = bool(now.years) and _BESIDE.search(text) is not None
    only = beside or not now.matter or pattern("compared").fullmatch(now.matter)
    differs = beside or pattern("difference").search(text)
    if len(years) != 2 or not only or not before.matter or not differs:
        return ""
    sides = now.organisations or now.places or before.organisations or before.places
    return f"{'和'.join(sides)}{years[1]}年{before.matter}多少，比{years[0]}年增加多少？"


def _switched(text: str) -> str:
    """The follow-up without 那…呢 and 换成."""
    bare = re.sub(r"^\s+|\s+$", "", text)
    before = ""
    while before != bare:
        before = bare
        bare = pattern("switch").sub("", bare)
    return bare


def _year(bare: str, now: Asked, before: Asked) -> int | None:
    if before.years and _BACK.search(bare):
        return before.years[-1] - 1
    if before.years and _AHEAD.search(bare):
        return before.years[-1] + 1
    return now.years[-1] if now.years else None


def _with_year(question: str, year: int | None) -> str:
    """The question with another year; the first of several is replaced, comparisons with others go."""
    if year is None:
        return question
    if _YEAR.search(question):
        first = True

        def replaced(_: re.Match[str]) -> str:
            nonlocal first
            told, first = (f"{year}年" if first else ""), False
            return told

        return _AGAIN.sub(replaced, _until_comparison(question))
    relative = re.search("今年|去年|前年|本年|上年", question)
    if relative:
        return question[: relative.start()] + f"{year}年" + question[relative.end() :]
    return f"{year}年{question}"


def _until_comparison(question: str) -> str:
    """The question up to “，比2023年增加多少”: the other year is not the new one's."""
    pieces = re.split(r"[，,]", question)
    kept = [piece for piece in pieces[1:] if not re.match(r"\s*[比较与].*(?:19|20)\d\d", piece)]
    return "，".join([pieces[0], *kept])


def _with_side(question: str, now: Asked, before: Asked) -> str:
    """The question about another organisation or place."""
    new = (now.organisations or now.places)[:1]
    if not new:
        return question
    for name in (*before.organisations, *before.places):
        for form in (name, name[:-1] if len(name) > 2 else name):
            if form in question:
                return question.replace(form, new[0], 1)
    return f"{new[0]}{question}"


def _with_matter(question: str, now: Asked, before: Asked) -> str:
    """The question about another matter, when the follow-up has words of its own for one."""
    matter = now.matter
    if pattern("aspect").fullmatch(matter) and before.matter:
        matter = plain_name(before) + matter
    if len(matter) < 2 or matter == before.matter or not before.matter or before.matter not in question:
        return question
    return question.replace(before.matter, matter, 1)
