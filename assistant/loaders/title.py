"""Which lines are the title, and which around it are metadata (number, date, speaker, source)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from assistant.loaders.enumerators import read_enumerator
from assistant.loaders.lines import Line

_ENDING = re.compile(
    r"(?:报告|总结|计划|要点|打算|安排|汇报|情况|通知|意见|办法|规定|规则|细则|条例|方案|规划|纲要|决定|决议|措施|指南|标准|批复|函"
    r"|公告|通告|通报|公报|目录|清单|战略|章程|制度|守则|法|政策|体系|令|白皮书|倡议|讲话|计划表|统计表|一览表|任务书|述职)"
    r"(?:\s*[（(【][^（）()【】]{1,40}[）)】])*\s*$"
)
_NUMBER_LINE = re.compile(
    r"^[（(]?[一-龥]{1,14}\s?[〔\[［【（(]\s?(?:19|20)\d{2}\s?[〕\]］】）)]\s?(?:第\s?)?\d{1,5}\s?号[）)]?$"
)
_DATE = r"(?:19|20)\d{2}\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2}\s?日?"
_METADATA = (
    _NUMBER_LINE,
    re.compile(rf"^[（(]?\s?{_DATE}(?:\s+\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?\s?[）)]?$"),
    re.compile(r"^[一-龥、\s]{0,40}(?:19|20)\d{2}\s?年\s?\d{1,2}\s?月$"),
    re.compile(rf"^[—－–-]{{0,3}}\s?{_DATE}.{{0,60}}(?:会议|大会|全会)上?[^。]{{0,12}}$"),
    re.compile(rf"^[（(]?\s?{_DATE}.{{2,80}}(?:通过|批准|公布|发布|修订|修正|施行|会议上)[^。]{{0,20}}[）)]?$"),
    re.compile(r"^(?:来源|作者|信息来源|发布时间|发布日期|日期|时间|索引号|发布机构|文号|编辑|责任编辑)\s?[：:].{0,60}$"),
    re.compile(r"^(?:[一-龥]{0,12}(?:省长|市长|县长|区长|主席|总理|州长|局长|主任|书记|盟长|旗长|镇长|乡长))\s*[一-龥·]{1,4}\s?[一-龥]{1,3}$"),
    re.compile(r"^[（(](?:征求意见稿|送审稿|讨论稿|草案|试行|摘要|节选|审议稿|本文有删减|公开版)[）)]$"),
)  # fmt: skip
_ORGAN = re.compile(
    r"^[一-龥、\s　]{2,60}(?:人民政府|政府|办公厅|办公室|委员会|党委|省委|市委|县委|区委|局|厅|部|院|国务院|总局|联合会|组)$"
)
_SALUTATION = re.compile(r"^[^。]{1,80}[：:]$|^[^。，]{2,12}[！!]$")
_LABELLED = re.compile(r"^(?:标题|题目)\s?[：:]\s?(.{4,80})$")
_CHINESE = re.compile(r"[一-龥]")


@dataclass(frozen=True, slots=True)
class Titled:
    """Lines with title and metadata marked; `origin` is where the title was read."""

    lines: tuple[Line, ...]
    title: str
    origin: str  # a records.document.Origin


def is_number_line(text: str) -> bool:
    """Whether a line is nothing but a document number (云政发〔2023〕15号)."""
    return _NUMBER_LINE.match(text) is not None


def is_metadata_line(text: str) -> bool:
    """Whether a line near the title tells number, date, occasion, speaker or source."""
    return any(pattern.match(text) for pattern in _METADATA)


def find_title(lines: Sequence[Line], given: str, formal: str, name: str) -> Titled:
    """The title by order of trust: given, marked by the format, read from the first lines, the file's name.

    `given` stands in front matter, `formal` is what the format calls the title.
    """
    marked = list(lines)
    head = _head(marked)
    for index in head:
        if marked[index].kind is None and is_metadata_line(marked[index].text):
            marked[index] = replace(marked[index], kind="metadata")
    for index in head:
        labelled = _LABELLED.match(marked[index].text)
        if labelled and marked[index].kind is None:
            marked[index] = replace(marked[index], text=labelled[1], kind="title")
    candidates = [index for index in head if marked[index].kind in (None, "heading", "title")]
    chosen = _matching(marked, candidates, given or formal) or _from_lines(marked, candidates)
    for index in chosen:
        marked[index] = replace(marked[index], kind="title")
    read = "".join(marked[index].text for index in chosen)
    if given:
        return Titled(tuple(marked), given, "front_matter")
    if read or formal:
        return Titled(tuple(marked), read or formal, "title")
    return Titled(tuple(marked), title_from_name(name), "file_name")


def first_words(text: str) -> str:
    """What to call a text that has no title: its first clause behind a salutation, at most thirty characters."""
    text = next((line for line in text.split("\n") if not _SALUTATION.match(line)), text)
    enumerated = read_enumerator(text)
    found = re.match(r"[^\n。；：:！？]{1,30}", text[enumerated.end if enumerated else 0 :])
    return found.group() if found else text[:30]


def title_from_name(name: str) -> str:
    """A title from a file name, when at least six Chinese characters stand in it; otherwise empty."""
    stem = re.sub(r"\.[A-Za-z0-9]{2,5}$", "", PurePath(name).name)
    stem = re.sub(r"[（(]\d{4}-\d{1,2}-\d{1,2}[）)]$", "", stem.replace("_", " ")).strip()
    return stem if len(_CHINESE.findall(stem)) >= 6 or re.search(r"报告|总结|计划|通知", stem) else ""


def _head(lines: Sequence[Line]) -> list[int]:
    """Indices of the lines before the text proper begins, at most fifteen."""
    head: list[int] = []
    for index, line in enumerate(lines[:15]):
        text = line.text
        is_body = (
            line.kind in ("table", "list_item")
            or (read_enumerator(text) is not None and line.kind != "title")
            or (_SALUTATION.match(text) and not _ENDING.search(text[:-1]) and len(text) > 3)
            or (len(text) > 70 and not is_metadata_line(text) and line.kind is None)
            or text.endswith(("。", "；"))
        )
        if is_body:
            break
        head.append(index)
    return head


def _matching(lines: Sequence[Line], candidates: Sequence[int], title: str) -> list[int]:
    """The line that repeats a title known from elsewhere."""
    bare = re.sub(r"\W", "", title)
    return [index for index in candidates if bare and re.sub(r"\W", "", lines[index].text) == bare][:1]


def _from_lines(lines: Sequence[Line], candidates: Sequence[int]) -> list[int]:
    """Lines marked as title, else the line that ends like a title with what belongs to it above, else the first."""
    titled = [index for index in candidates if lines[index].kind == "title"]
    if titled:
        return titled
    tops = [index for index in candidates if lines[index].kind == "heading"]
    if tops and lines[tops[0]].level == 1 and tops[0] == candidates[0]:
        return tops[:1]
    ending = [index for index in candidates if _ENDING.search(lines[index].text)]
    if ending:
        return _with_lines_above(lines, candidates, ending[0])
    first = [index for index in candidates if 4 <= len(lines[index].text) <= 60]
    alone = (
        first and not _ORGAN.match(lines[first[0]].text) and not re.search(r"[，：；]", lines[first[0]].text)
    )
    return first[:1] if alone and lines[first[0]].gap >= 0 else []


def _with_lines_above(lines: Sequence[Line], candidates: Sequence[int], last: int) -> list[int]:
    """A title set on several lines: issuing bodies and 关于…… above the line that ends it."""
    chosen = [last]
    for index in reversed([index for index in candidates if index < last]):
        text = lines[index].text
        joins = (
            _ORGAN.match(text) or re.search(r"关于|印发|转发|的$|和$|与$", text) or not _ENDING.search(text)
        )
        if index != chosen[0] - 1 or not joins or re.search(r"[>＞|]|^首页", text):
            break
        chosen.insert(0, index)
    return chosen
