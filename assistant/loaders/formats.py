"""The registry of formats: one row each. A new format is one module here and one row below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.loaders.csv import read_csv
from assistant.loaders.docx import read_docx
from assistant.loaders.html import read_html
from assistant.loaders.lines import SourceText
from assistant.loaders.markdown import read_markdown
from assistant.loaders.pdf import read_pdf
from assistant.loaders.text import read_text
from assistant.loaders.xlsx import read_xlsx


@dataclass(frozen=True, slots=True)
class Format:
    """How one kind of file is read; `limited`: in the child process with time and memory limits."""

    name: str
    suffixes: tuple[str, ...]
    zh: str
    read: Callable[[bytes, str], SourceText]
    limited: bool


FORMATS: tuple[Format, ...] = (
    Format("text", (".txt",), "纯文本", read_text, limited=False),
    Format("markdown", (".md", ".markdown"), "Markdown", read_markdown, limited=False),
    Format("html", (".html", ".htm", ".shtml"), "网页", read_html, limited=True),
    Format("docx", (".docx",), "Word 文档", read_docx, limited=True),
    Format("xlsx", (".xlsx",), "Excel 表格", read_xlsx, limited=True),
    Format("csv", (".csv", ".tsv"), "表格文本", read_csv, limited=False),
    Format("pdf", (".pdf",), "PDF", read_pdf, limited=True),
)


def format_of(name: str) -> Format | None:
    """The format that a file name's suffix stands for."""
    lower = name.lower()
    return next((row for row in FORMATS if lower.endswith(row.suffixes)), None)
