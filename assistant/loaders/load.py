"""A source file, or a text, to Documents."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from assistant.errors import FileRefused, FileUnreadable, Said
from assistant.loaders.compilation import split_compilation
from assistant.loaders.furniture import remove_contents, remove_furniture
from assistant.loaders.guard import accept, shown_name
from assistant.loaders.lines import SourceText
from assistant.loaders.masks import find_masks, find_spellings
from assistant.loaders.metadata import Metadata, read_metadata
from assistant.loaders.rejoin import rejoin_wrapped
from assistant.loaders.structure import structure
from assistant.loaders.text import lines_of
from assistant.loaders.title import find_title, first_words
from assistant.loaders.worker import read_limited
from assistant.records import Document, SourceFile

MAX_BYTES = 100 * 1024 * 1024
MAX_CHARACTERS = 10_000_000


def load(path: str | Path, *, max_bytes: int = MAX_BYTES) -> tuple[Document, ...]:
    """The Documents of one file: one, or several where the file compiles several reports.

    Raises:
        FileUnreadable: missing, empty, broken, not text.
        FileRefused: over a limit, encrypted, unsafe, or not of the type that its name says.
        FormatUnknown: no loader reads this kind of file.
    """
    path = Path(path)
    data, found = accept(path, max_bytes)
    name = shown_name(path)
    source = SourceFile(name, found.name, hashlib.sha256(data).hexdigest(), len(data))
    content = read_limited(found.name, data, name) if found.limited else found.read(data, name)
    return documents_of(content, source)


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
