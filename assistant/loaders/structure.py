"""Lines to blocks and the heading tree.

A heading stands alone on its line, or runs in (`（一）聚焦创新要素。开展……`, `（三）工业投资：1—9月完成……`).
The `heading_path` of a block holds the headings over it; a heading, and a paragraph with a run-in heading,
has its own heading as the last entry. A second "title" block is the title of an attached text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.loaders.enumerators import Enumerator, read_enumerator
from assistant.loaders.lines import Line
from assistant.records import Block, BlockKind, Cell, Span

_MAX_HEADING = 50
_MAX_RUN_IN = 42
_MAX_LABEL = 26
_STOP = re.compile(r"[。！？]")
_LABEL = re.compile(
    r"^[^，,。；;：:！？\d]{2,26}?(?=[：:])|^[^，,。；;：:！？]{2,26}?（[^）]{1,12}）(?=[：:])"
)
_FIGURE = re.compile(
    r"\d[\d.,]*\s?(?:%|％|‰|亿|万|个百分点|元|家|名|人|项|件|次|座|户|吨|公里|亩|平方米|倍|位|場|场|宗)"
    r"|(?<![A-Za-z])[xX]{1,5}(?:\.[xX])?\s?(?:%|亿|万|元|家|名|人|项|次|个)"
)
_ATTACHMENT = re.compile(r"^附\s*(?:件|录|表)\s*[\d一二三四五六七八九十]{0,3}\s*[:：.、]?\s*[^，。；]{0,40}$")
_GLOSSARY = re.compile(r"^[（(【]?(?:相关)?(?:名词|用语)(?:解释|注释|说明)[）)】]?$")
_BARE = re.compile(r"^[一二三四五六七八九十]{1,3}$")
_PLAIN = re.compile(r"^(?!.*\d{4}年\d)[^。；：，,;:！!？?…、]{4,26}(?<![部厅局委院])$|^结束语$")
_NAMED = re.compile(r"《([^《》]{4,60})》")


@dataclass(frozen=True, slots=True)
class Role:
    """What one line is: its kind, level, enumerator, and where a run-in heading ends in it (0: none).

    `heads`: it opens a heading; `closes`: it is a numbered sentence that ends headings from this level on.
    """

    kind: BlockKind
    level: int = 0
    enumerator: str = ""
    run_in: int = 0
    heads: bool = False
    closes: int = 0


def structure(lines: Sequence[Line], title: str = "") -> tuple[str, tuple[Block, ...]]:
    """The Document's text (lines joined by line breaks) and its blocks with heading paths."""
    roles = roles_of(lines, title)
    stack: list[tuple[int, str]] = []
    blocks: list[Block] = []
    offset = 0
    for line, role in zip(lines, roles, strict=True):
        _enter(stack, line, role)
        blocks.append(_block(line, role, offset, tuple(words for _, words in stack)))
        offset += len(line.text) + 1
    return "\n".join(line.text for line in lines), tuple(blocks)


def roles_of(lines: Sequence[Line], title: str = "") -> list[Role]:
    """What each line is, judged with the lines around it."""
    enumerators = [None if line.kind in ("title", "table") else read_enumerator(line.text) for line in lines]
    articles = any(found is not None and found.series == "article" for found in enumerators)
    offset = _heading_offset(lines, enumerators)
    attached = _attached_titles(lines, title)
    plain = _plain_headings(lines, enumerators)
    roles: list[Role] = []
    for index, line in enumerate(lines):
        if line.kind in ("title", "table", "metadata", "footnote"):
            roles.append(Role(line.kind))
        elif line.text in attached and index > 2:
            roles.append(Role("title", heads=True))
        elif index in plain:
            roles.append(Role("heading", 1, heads=True))
        else:
            following = _following(enumerators, lines, index)
            roles.append(_role(line, enumerators[index], following, articles, offset))
    return roles


def _plain_headings(lines: Sequence[Line], enumerators: Sequence[Enumerator | None]) -> frozenset[int]:
    """Short lines without number and punctuation between long paragraphs, where nothing else is on level 1.

    A numeral alone on its line is such a heading everywhere.
    """
    bare = {index for index, line in enumerate(lines) if _BARE.match(line.text) and line.kind is None}
    tops = any(found and (found.level, found.series) == (1, "level") for found in enumerators)
    if tops or bare or any(line.kind == "heading" for line in lines):
        return frozenset(bare)
    alone = {
        index
        for index in range(1, len(lines) - 1)
        if enumerators[index] is None
        and lines[index].kind is None
        and _PLAIN.match(lines[index].text)
        and _STOP.search(lines[index - 1].text[-2:])
        and len(lines[index + 1].text) >= 60
    }
    return frozenset(alone if len(alone) > 1 else ())


def _heading_offset(lines: Sequence[Line], enumerators: Sequence[Enumerator | None]) -> int:
    """How far the format's heading levels lie below ours: 1 where `##` stands for 一、, else 0."""
    pairs = [
        line.level - found.level
        for line, found in zip(lines, enumerators, strict=True)
        if line.kind == "heading" and found is not None and found.level
    ]
    return max(0, min(pairs)) if pairs else 0


def _attached_titles(lines: Sequence[Line], title: str) -> frozenset[str]:
    """Titles in 《》 that the document's own title or first lines announce, and that stand alone later."""
    announced = {
        name for text in (title, *(line.text for line in lines[:6])) for name in _NAMED.findall(text)
    } | {re.sub(r"^.*?关于(?:印发|转发|发布)|的(?:通知|函|公告)$", "", title).strip("《》 ")}
    return frozenset(name for name in announced if len(name) > 4 and name != title)


def _following(
    enumerators: Sequence[Enumerator | None], lines: Sequence[Line], index: int
) -> Enumerator | str | None:
    """The next line's enumerator, `None` for a body paragraph, or "end"."""
    if index + 1 >= len(lines):
        return "end"
    after = enumerators[index + 1]
    return "end" if after is None and len(lines[index + 1].text) < 12 else after


def _role(
    line: Line, found: Enumerator | None, following: Enumerator | str | None, articles: bool, offset: int
) -> Role:
    if found is None:
        return _unnumbered(line, offset)
    if found.series in ("clause", "item"):
        return Role("list_item", 0, found.text)
    if found.series == "article":
        alone = found.end == len(line.text)
        return Role(
            "heading" if alone else "paragraph", 3, found.text, 0 if alone else len(found.text), heads=True
        )
    if articles and found.level > 1:
        return Role("list_item", 0, found.text)
    return _numbered(line, found, following)


def _unnumbered(line: Line, offset: int) -> Role:
    if line.kind == "heading" and len(line.text) <= 60:
        return Role("heading", min(4, max(1, line.level - offset)), heads=True)
    if line.kind == "list_item":
        return Role("list_item")
    if _GLOSSARY.match(line.text) or (_ATTACHMENT.match(line.text) and not line.text.endswith(("。", "；"))):
        return Role("heading", 1, heads=True)
    return Role("paragraph")


def _numbered(line: Line, found: Enumerator, following: Enumerator | str | None) -> Role:
    """A line with 一、 （一） 1. or （1）: heading, run-in heading, or a numbered sentence."""
    words = line.text[found.end :]
    stop = _STOP.search(words)
    label = _LABEL.match(words)
    if label and label.end() + 1 < len(words):
        return Role("paragraph", found.level, found.text, found.end + label.end(), heads=True)
    if stop and stop.end() < len(words):
        first = words[: stop.start()]
        if len(first) <= _MAX_RUN_IN and "；" not in first and not _FIGURE.search(first):
            return Role("paragraph", found.level, found.text, found.end + stop.start(), heads=True)
        return Role("list_item", 0, found.text, closes=found.level)
    if _stands_alone(line, words, found, following):
        return Role("heading", found.level, found.text, heads=True)
    return Role("list_item", 0, found.text, closes=found.level)


def _stands_alone(line: Line, words: str, found: Enumerator, following: Enumerator | str | None) -> bool:
    """Whether a single-sentence line is a heading: short, without figures, and with something under it."""
    if not words or len(words) > _MAX_HEADING or words.endswith(("；", ";", "，", ",")):
        return False
    if line.kind == "heading":
        return True
    has_body = following is None or (isinstance(following, Enumerator) and following.level > found.level)
    clause = isinstance(following, Enumerator) and following.series in ("clause", "item", "article")
    if words.endswith(("。", "！", "？")) or _FIGURE.search(words):
        return (has_body or clause) and len(words) <= _MAX_RUN_IN and not _FIGURE.search(words)
    if words.endswith(("：", ":")):
        return has_body or clause
    return found.level <= 2 or has_body or clause


def _enter(stack: list[tuple[int, str]], line: Line, role: Role) -> None:
    """Close the headings that this line ends, and open its own."""
    if role.kind == "title":
        stack.clear()
    while (role.heads or role.closes) and stack and stack[-1][0] >= max(role.level, role.closes, 1):
        stack.pop()
    if role.heads:
        words = line.text[: role.run_in] if role.run_in else line.text
        stack.append((role.level, words.rstrip("。：:；; ")))


def _block(line: Line, role: Role, offset: int, path: tuple[str, ...]) -> Block:
    cells = tuple(
        Cell(
            cell.row,
            cell.column,
            Span(cell.start, cell.end).shifted(offset),
            cell.row_span,
            cell.column_span,
            cell.place,
        )
        for cell in line.cells
    )
    return Block(
        kind=role.kind,
        span=Span(offset, offset + len(line.text)),
        level=role.level,
        enumerator=role.enumerator,
        run_in=Span(offset, offset + role.run_in) if role.run_in else None,
        heading_path=path,
        paragraph=line.paragraph,
        page=line.page,
        place=line.place,
        cells=cells,
        confidence=line.confidence,
    )
