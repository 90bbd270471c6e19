"""Plain text: one line a paragraph, front matter, Markdown headings where someone left them in."""

from __future__ import annotations

from assistant.loaders.encoding import decode
from assistant.loaders.lines import SourceText
from assistant.loaders.markdown import looks_like_markdown, markdown_lines
from assistant.loaders.plain import front_matter, plain_lines


def read_text(data: bytes, name: str) -> SourceText:
    """The lines of a text file.

    Raises:
        FileUnreadable: the bytes are not text.
    """
    return lines_of(decode(data, name))


def lines_of(text: str) -> SourceText:
    """The lines of a text that is already decoded; Markdown headings in it are understood."""
    if looks_like_markdown(text):
        return markdown_lines(text)
    given, body, notes = front_matter(text)
    return SourceText(tuple(plain_lines(body)), given, notes=notes)
