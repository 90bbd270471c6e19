"""Years that contradict the report's own: a heading, the first sentence or the date of the meeting.

What it does:
    Knows from the report's year which year it looks back on and which it plans, and reports a heading
    (“二、2023年工作安排” in the report of 2025), a paragraph of the review (“2024年是……的一年”
    under “2025年工作回顾”), an aim of the plan (“2025年力争……” under “2026年工作计划”) and the date of
    the meeting that name another one.

Why it matters:
    Last year's heading left in is what shows at once that the text was copied.

Example:
    2025年工作总结和2026年工作计划 … 二、2025年工作计划

Use instead:
    二、2026年工作计划

Limits:
    Needs the report's year, from its title or given. Headings that name several years, or neither looking
    back nor ahead, only have to name one of the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checking.case import Case
from assistant.checking.rule import Example, Rule
from assistant.checking.words import pattern
from assistant.errors import Said
from assistant.loaders.enumerators import read_enumerator
from assistant.quantities import sentences
from assistant.records import Finding, Fix, Span

_LIST = "years.txt"
_HEADING_YEAR = re.compile(
    r"(?:关于|对|全力做好|扎实做好|扎实推进)?((?:19|20)\d{2})年(?!以来|到|至|底|末|前|—|-|\d|、|和(?:19|20)|新|版|第|.{0,3}(?:月|季度))"
)
_ANOTHER_YEAR = re.compile(r"(?:19|20)\d{2}\s*(?:年|[—–-])")
_LONGER = re.compile(r"[三五]年|十[一二三四五]五")
_MEETING = re.compile(r"[—－\-（(\s]*((?:19|20)\d{2})年\d{1,2}月\d{1,2}日\s*在?.{2,40}(?:会议|大会)")
_OPENING = re.compile(r"\s*((?:19|20)\d{2})年，?是")
_FIRST = re.compile(r"\s*((?:19|20)\d{2})年，")
_AIMING = re.compile(
    r"\s*((?:19|20)\d{2})年，?(?:全[局县市区年]|我局|我们)?，?(?:要|将|力争|计划|拟|争取|确保|预期|主要预期目标|工作的?总体要求)"
)
_LONGEST_HEADING = 45
_MEETING_LINES = 12


def find(case: Case) -> Iterator[Finding]:
    """Meeting, headings, and the first line below the heading of the review."""
    years = _years(case)
    if years is None:
        return
    review, plan = years
    ahead = first = False
    for number, line in enumerate(_lines(case.text)):
        words = line.of(case.text)
        if number < _MEETING_LINES and case.document.genre == "government-report":
            yield from _meeting(case, line, plan)
        heading = _heading(words)
        if heading is not None:
            yield from _headed(case, line, heading, review, plan)
            ahead = ahead or bool(pattern(_LIST, "plan").search(words))
            first = bool(pattern(_LIST, "review").search(words))
        elif ahead:
            yield from _aim(case, line, review, plan)
        else:
            yield from _opening(case, line, review, first=first)
            first = first and not words.strip()


def _years(case: Case) -> tuple[int, int] | None:
    """The years looked back on and planned: a government report plans the year it is given in."""
    if case.year is None:
        return None
    if case.document.genre == "government-report":
        return case.year - 1, case.year
    return (case.year, case.year + 1) if case.document.genre == "annual-summary" else None


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        yield Span(start, start + len(line))
        start += len(line) + 1


def _heading(words: str) -> int | None:
    """Where the words of a main heading begin in the line."""
    bare = words.lstrip()
    found = read_enumerator(bare)
    if found is None or found.level not in (1, 2) or len(bare) > _LONGEST_HEADING or "。" in bare:
        return None
    return len(words) - len(bare) + found.end


def _meeting(case: Case, line: Span, plan: int) -> Iterator[Finding]:
    found = _MEETING.match(line.of(case.text))
    if found and int(found.group(1)) != plan:
        yield _finding(case, line, found.span(1), plan, Said("会议日期的年份", "The year of the meeting"))


def _headed(case: Case, line: Span, start: int, review: int, plan: int) -> Iterator[Finding]:
    words = line.of(case.text)
    found = _HEADING_YEAR.match(words, start)
    if not found or _ANOTHER_YEAR.search(words, found.end()):
        return
    year, rest = int(found.group(1)), words[found.end() :]
    rest = "" if _LONGER.search(rest) else rest
    looks_back = pattern(_LIST, "review").search(rest)
    looks_ahead = pattern(_LIST, "plan").search(rest)
    if looks_back and not looks_ahead and year != review:
        yield _finding(
            case,
            line,
            found.span(1),
            review,
            Said("回顾部分标题的年份", "The year in a heading of the review"),
        )
    elif looks_ahead and not looks_back and year != plan:
        yield _finding(
            case, line, found.span(1), plan, Said("计划部分标题的年份", "The year in a heading of the plan")
        )
    elif year not in (review, plan):
        yield _finding(
            case,
            line,
            found.span(1),
            review if looks_back else plan,
            Said("标题的年份", "The year in the heading"),
        )


def _opening(case: Case, line: Span, review: int, *, first: bool) -> Iterator[Finding]:
    """A paragraph of the review that begins with the year before; `first` below the heading."""
    words = line.of(case.text)
    found = _OPENING.match(words) or (_FIRST.match(words) if first else None)
    if found and int(found.group(1)) == review - 1:
        yield _finding(
            case,
            line,
            found.span(1),
            review,
            Said("回顾部分开头的年份", "The year at the beginning of the review"),
        )


def _aim(case: Case, line: Span, review: int, plan: int) -> Iterator[Finding]:
    """A sentence of the plan that aims at the year that is over."""
    words = line.of(case.text)
    for sentence in sentences(words):
        found = _AIMING.match(sentence.of(words))
        if found and int(found.group(1)) == review:
            place = sentence.start + found.start(1), sentence.start + found.end(1)
            yield _finding(case, line, place, plan, Said("计划部分的年份", "The year in the plan"))


def _finding(case: Case, line: Span, place: tuple[int, int], expected: int, what: Said) -> Finding:
    span = Span(line.start + place[0], line.start + place[1])
    message = Said(
        f"{what}写作“{span.of(case.text)}年”，按本报告的年度应为“{expected}年”。",
        f"{what.en} is written “{span.of(case.text)}年”; in this report it should be “{expected}年”.",
    )
    return RULE.finding(span, message, fix=Fix(span, str(expected)))


_TITLE = "云溪县科学技术局2025年工作总结和2026年工作计划\n"

RULE = Rule(
    id="date.year",
    title=Said("年份与报告年度不符", "Wrong year for this report"),
    severity="error",
    find=find,
    flagged=(
        Example(_TITLE + "一、2025年工作开展情况\n有序推进。\n二、2025年工作计划\n持续用力。"),
        Example(_TITLE + "一、2024年工作总结\n有序推进。"),
        Example(_TITLE + "二、2026年工作计划\n持续用力。2025年力争高新技术企业突破100家。"),
        Example(_TITLE + "一、2025年工作回顾\n2024年是攻坚克难的一年。"),
        Example(
            "2026年云溪县政府工作报告\n——2025年1月12日在云溪县第十八届人民代表大会第五次会议上\n各位代表：",
            year=2026,
        ),
        Example("2026年云溪县政府工作报告\n各位代表：\n一、2024年工作回顾\n成绩来之不易。", year=2026),
    ),
    passed=(
        Example(_TITLE + "一、2025年工作开展情况\n2025年是攻坚克难的一年。\n二、2026年工作计划\n持续用力。"),
        Example(_TITLE + "一、2021—2025年工作回顾\n五年来，成效明显。"),
        Example(
            "2026年云溪县政府工作报告\n——2026年1月12日在云溪县第十八届人民代表大会第五次会议上\n各位代表：",
            year=2026,
        ),
        Example("2026年云溪县政府工作报告\n各位代表：\n一、2025年工作回顾\n成绩来之不易。", year=2026),
        Example(_TITLE + "二、2026年工作计划\n2025年工作虽有成绩，仍要持续用力。2026年力争突破100家。"),
        Example(_TITLE + "一、2024年遗留问题整改情况", year=None),
    ),
)
