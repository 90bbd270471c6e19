"""Which kind of text a Document is, from its title and its opening."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import get_args

from assistant.records import Block, Genre

_GENRES: tuple[Genre, ...] = get_args(Genre)
_TITLES: tuple[tuple[Genre, re.Pattern[str]], ...] = (
    ("policy", re.compile(r"(?:通知|意见|责任分解|批复|决定|决议|公告|通告|函|解读)(?:[（(].*)?$")),
    ("government-report", re.compile(r"政府工作(?:的)?报告|工作报告.{0,30}人民代表大会")),
    ("statistics", re.compile(r"统计公报|统计表|统计月报|统计年鉴|主要指标|指标表|一览表|汇总表|明细表")),
    ("policy", re.compile(r"(?:立法|监管|重点|标准化)工作(?:计划|要点)|行动计划|工作要点|工作方案")),
    (
        "annual-summary",
        re.compile(
            r"总结|工作计划|工作(?:开展|完成)?情况|述职|(?:工作|年度|履职)报告|工作(?:打算|思路|安排|谋划)|总结报告|汇报"
        ),
    ),
    (
        "policy",
        re.compile(
            r"(?:办法|规定|规则|细则|条例|方案|规划|纲要|措施|指南|标准|通报|章程|制度|守则|法|政策|计划|目录|清单|战略|令|体系|要求"
            r"|特别规定|暂行规定|实施|路线图|白皮书|要点)(?:\s*[（(].*)?$"
        ),
    ),
)
_GOVERNMENT = re.compile(
    r"(?:代表|受).{0,20}(?:国务院|政府).{0,12}(?:向.{0,24}(?:大会|会议|会)|(?:作|提出)).{0,40}报告|作政府工作报告"
)
_DEPUTIES = re.compile(r"\A.{0,200}?^(?:各位代表|各位人大代表)[，,：:!！]", re.M | re.S)
_CONGRESS = re.compile(r"\A.{0,60}?^同志们[，,：:!！]|次全国代表大会", re.M | re.S)
_SUMMARY = re.compile(r"现(?:将|就).{0,60}(?:工作|情况|总结|计划|打算).{0,20}(?:汇报|报告|总结)如下")
_POLICY = re.compile(
    r"现印发给你们|^为(?:深入|全面|切实|认真|进一步|加快)?(?:贯彻|落实|推动|推进|加强|规范|促进)|请(?:认真)?(?:贯彻|遵照|组织实施|结合实际)|制定本(?:办法|规定|条例|方案|规划|细则|意见|法)|^第一条"
    r"|现(?:提出|制定)(?:如下|以下|本)|各省、自治区、直辖市|根据《[^》]{2,60}》|编制本规划|本(?:办法|规定|指南|标准|方案|规划)",
    re.M,
)
_POLICY_HEADINGS = re.compile(
    r"总体要求|指导思想|基本原则|保障措施|组织实施|组织保障|主要任务|重点任务|总则|附则|适用范围|申报条件|实施路径|行动目标"
)


def genre_of(title: str, blocks: Sequence[Block], text: str, given: str = "") -> Genre:
    """The genre that front matter gives, or that title, opening and make-up show."""
    for known in _GENRES:
        if given == known:
            return known
    for genre, pattern in _TITLES:
        if pattern.search(title):
            return genre
    return _from_body(blocks, text)


def _from_body(blocks: Sequence[Block], text: str) -> Genre:
    opening = text[:1500]
    if _GOVERNMENT.search(opening) or _DEPUTIES.search(opening):
        return "government-report"
    if _CONGRESS.search(opening):
        return "other"
    if _SUMMARY.search(opening):
        return "annual-summary"
    headings = "\n".join(block.span.of(text) for block in blocks if block.level == 1)
    if re.search(
        r"年(?:度)?(?:主要|重点)?工作(?:总结|开展情况|完成情况|计划|打算|安排)|存在(?:的)?问题", headings
    ):
        return "annual-summary"
    if _POLICY.search(opening) or _POLICY_HEADINGS.search(headings):
        return "policy"
    tables = sum(block.span.end - block.span.start for block in blocks if block.kind == "table")
    if tables * 2 > len(text):
        return "statistics"
    return "other"
