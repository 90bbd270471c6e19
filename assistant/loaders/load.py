"""A source file, or a text, to Documents."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from pathlib import Path

from assistant.errors import FileRefused, FileUnreadable, InputError, Said
from assistant.loaders.compilation import split_compilation
from assistant.loaders.formats import Format
from assistant.loaders.furniture import remove_contents, remove_furniture
from assistant.loaders.guard import accept, accept_bytes, named_format, shown_name
from assistant.loaders.limited import read_limited
from assistant.loaders.lines import SourceText
from assistant.loaders.masks import find_masks, find_spellings
from assistant.loaders.metadata import Metadata, read_metadata
from assistant.loaders.rejoin import rejoin_wrapped
from assistant.loaders.structure import structure
from assistant.loaders.text import lines_of
from assistant.loaders.title import find_title, first_words
from assistant.records import Document, Report, SourceFile, silent

MAX_BYTES = 100 * 1024 * 1024
MAX_CHARACTERS = 10_000_000


def load(path: str | Path, *, max_bytes: int = MAX_BYTES, report: Report = silent) -> tuple[Document, ...]:
    """The Documents of one file: one, or several where the file compiles several reports.

    `report` hears of each scanned page that was recognised; what it raises ends the reading.

    Raises:
        FileUnreadable: missing, empty, broken, not text.
        FileRefused: over a limit, encrypted, unsafe, or not of the type that its name says.
        FormatUnknown: no loader reads this kind of file.
    """
    path = Path(path)
    data, found = accept(path, max_bytes)
    name = shown_name(path)
    content = _content(data, found, name, report)
    documents = documents_of(content, _source(data, found, name))
    if not content.attached:
        return documents
    with_files, notes = _attached(content, max_bytes, report)
    first = replace(documents[0], notes=(*documents[0].notes, *notes))
    return (first, *documents[1:], *with_files)


def _content(data: bytes, found: Format, name: str, report: Report) -> SourceText:
    return read_limited(found.name, data, name, report=report) if found.limited else found.read(data, name)


def _source(data: bytes, found: Format, name: str) -> SourceFile:
    return SourceFile(name, found.name, hashlib.sha256(data).hexdigest(), len(data))


def _attached(content: SourceText, max_bytes: int, report: Report) -> tuple[list[Document], list[str]]:
    """The Documents of attached files, one level deep, and a note for each that could not be read."""
    documents: list[Document] = []
    notes: list[str] = []
    for file in content.attached:
        name = shown_name(Path(file.name))
        data = base64.b64decode(file.content)
        try:
            found = accept_bytes(data[:max_bytes], named_format(name), name)
            inner = _content(data, found, name, report)
            documents += documents_of(inner, _source(data, found, name))
            notes += [f"附件“{name}”里的附件未展开"] if inner.attached else []
        except InputError as error:
            notes.append(f"附件未读入：{error.sentence('zh')}")
    return documents, notes


def load_text(text: str, name: str = "") -> tuple[Document, ...]:
    """The Documents of a text at hand; `name` helps where the text itself has no title or year.

    Raises:
        FileUnreadable: the text is empty.
    """
    data = text.encode("utf-8", "replace")
    source = SourceFile(name, "text", hashlib.sha256(data).hexdigest(), len(data))
    return documents_of(lines_of(text), source)


def documents_of(content: SourceText, source: SourceFile) -> tuple[Document, ...]:
    """Lines to Documents: furniture off, compiled reports apart, structure and metadata read."""
    if not content.lines:
        raise FileUnreadable(name=source.name, reason=Said("文件中没有文字", "there is no text in it"))
    if sum(len(line.text) for line in content.lines) > MAX_CHARACTERS:
        raise FileRefused(
            name=source.name,
            reason=Said(
                f"文字超过 {MAX_CHARACTERS // 10_000} 万字，请拆分后再用",
                f"it has more than {MAX_CHARACTERS:,} characters; split it",
            ),
        )
    bare = remove_contents(remove_furniture(content))
    whole = replace(bare, lines=rejoin_wrapped(bare.lines))
    return tuple(_document(part, source) for part in split_compilation(whole))


def _document(content: SourceText, source: SourceFile) -> Document:
    titled = find_title(content.lines, content.given.get("title", ""), content.title, source.name)
    text, blocks = structure(titled.lines, titled.title)
    metadata = read_metadata(text, blocks, titled.title, titled.origin, content.given, source.name)
    title = titled.title or _composed_title(text, metadata, source.name)
    notes = content.notes if titled.title else (*content.notes, f"原文没有标题，暂称“{title}”")
    return Document(
        id=hashlib.sha256(f"{title}\n{text}".encode("utf-8", "replace")).hexdigest()[:16],
        text=text,
        title=title,
        blocks=blocks,
        source=source,
        genre=metadata.genre,
        organisation=metadata.organisation,
        place=metadata.place,
        year=metadata.year,
        years=metadata.years,
        number=metadata.number,
        masks=find_masks(text),
        spellings=find_spellings(text),
        notes=notes,
    )


def _composed_title(text: str, metadata: Metadata, name: str) -> str:
    """What to call a text without a title.

    A government report by year and place, a table by its file name,
    anything else by its first clause.
    """
    if metadata.genre == "statistics" and name:
        return Path(name).stem
    if metadata.genre == "government-report" and metadata.organisation:
        body = metadata.organisation.value.removesuffix("人民政府")
        return f"{metadata.year.value + '年' if metadata.year else ''}{body}政府工作报告"
    return first_words(text)
