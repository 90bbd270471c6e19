"""The text of a loaded file as sections, apart from what an office puts around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from assistant.export.parts_of_text import Told, parts_of_text
from assistant.loaders import load
from assistant.records import Block, Document, Draft, Section

_RECORD = re.compile(r"^抄送[:：]|印发$")
_BLANKS = re.compile(r"[ \u3000\u00a0\t]+")


def draft_of(path: Path, max_bytes: int) -> Draft:
    """Any draft that the loaders read, as export knows it; of a file with several reports all are one.

    Raises:
        FileUnreadable, FileRefused, FormatUnknown: the file cannot be read.
    """
    documents = load(path, max_bytes=max_bytes)
    first = documents[0]
    blocks = [(document, block) for document in documents for block in document.blocks]
    organisation = first.organisation.value if first.organisation else ""
    body, _, _ = without_frame(blocks, (), first.title, organisation)
    return Draft(first.title, organisation, first.reported_year, tuple(sections_under(body, ())))


def bare(text: str) -> str:
    """`text` without blanks and line breaks."""
    return _BLANKS.sub("", text).replace("\n", "")


Placed = tuple[Document, Block]  # a file may hold several Documents


def without_frame(
    blocks: Sequence[Placed], old: Sequence[Section], title: str, organisation: str
) -> tuple[list[Placed], tuple[str, ...], tuple[str, ...]]:
    """The blocks of the text, the lines of what stands around it, and what was left out.

    A line that the draft itself begins or ends with is text.
    """
    rows = [one for one in blocks if one[1].kind != "footnote"]
    lines = [block.span.of(document.text) for document, block in rows]
    parts = parts_of_text([_told(block, line, title) for (_, block), line in zip(rows, lines, strict=True)])
    begin = next((at for at, (part, _) in enumerate(parts) if part not in (None, "title")), 0)
    own = [[bare(line) for line in section.text.split("\n")] for section in old if section.text.strip()]
    opening, closing = (set(own[0]), set(own[-1])) if own else (set(), set())
    last = len(rows) - 1
    while last > 0 and _RECORD.search(lines[last]):
        last -= 1
    body, frame = [], []
    for at, (one, line) in enumerate(zip(rows, lines, strict=True)):
        part = parts[at][0]
        before = part == "addressee" or (part is None and at < begin)
        after = part in ("attachment", "signature", "date") or at > last
        after = after or (at == last and bool(organisation) and bare(line) == bare(organisation))
        if part == "title" or (bare(line) == bare(title) and at < begin):
            continue
        if (before and bare(line) not in opening) or (after and bare(line) not in closing):
            frame.append(line)
        else:
            body.append(one)
    notes = len(blocks) - len(rows)
    return body, tuple(frame), (f"脚注 {notes} 条未并入正文",) if notes else ()


def _told(block: Block, line: str, title: str) -> Told:
    """A block as far as its part can be judged without its looks."""
    is_title = block.kind == "title" or (bool(title) and bare(line) == bare(title))
    align = "center" if block.kind == "table" else "left"
    return Told(line, "Title" if is_title else "", align, None, 22.0 if is_title else 16.0, "")


def sections_under(blocks: Sequence[Placed], old: Sequence[Section]) -> list[Section]:
    """Headings with what stands under them; a heading that was a line of text in the draft stays one."""
    headings = {bare(section.heading) for section in old}
    lines = {bare(line) for section in old for line in section.text.split("\n")} - headings
    found: list[tuple[str, int, list[str]]] = []
    for document, block in blocks:
        words = block.span.of(document.text)
        known = bare(words)
        heads = known in headings or (block.kind == "heading" and known not in lines)
        if heads and words.strip():
            found.append((words, _level(words, block, old), []))
        elif found:
            found[-1][2].append(words)
        else:
            found.append(("", 1, [words]))
    return [Section(heading, level, "\n".join(texts)) for heading, level, texts in found]


def _level(heading: str, block: Block, old: Sequence[Section]) -> int:
    same = next((section.level for section in old if bare(section.heading) == bare(heading)), None)
    return max(block.level, 1) if same is None else same
