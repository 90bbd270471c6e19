"""The registry of formats: one row each. A new format is one module here and one row below."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.loaders.csv import read_csv
from assistant.loaders.docx import read_docx
from assistant.loaders.html import read_html
from assistant.loaders.image import image_pages, join_images, read_image
from assistant.loaders.lines import SourceText
from assistant.loaders.mail import read_mail
from assistant.loaders.markdown import read_markdown
from assistant.loaders.office import read_doc, to_docx
from assistant.loaders.page import Page
from assistant.loaders.pdf import join_pdf, pdf_pages, read_pdf
from assistant.loaders.pptx import read_pptx
from assistant.loaders.text import read_text
from assistant.loaders.xlsx import read_xls, read_xlsx


@dataclass(frozen=True, slots=True)
class Format:
    """How one kind of file is read; `limited`: in the child process with time and memory limits.

    A format of pages also has `pages` (data, name, first page from 0, with care) and `join`, so that one page
    that cannot be read costs no other. One with `convert` (data, name) is first turned into the format `target`.
    """

    name: str
    suffixes: tuple[str, ...]
    zh: str
    read: Callable[[bytes, str], SourceText]
    limited: bool
    pages: Callable[[bytes, str, int, bool], Iterator[Page]] | None = None
    join: Callable[[list[Page], str], SourceText] | None = None
    convert: Callable[[bytes, str], bytes] | None = None
    target: str = ""


FORMATS: tuple[Format, ...] = (
    Format("text", (".txt",), "纯文本", read_text, limited=False),
    Format("markdown", (".md", ".markdown"), "Markdown", read_markdown, limited=False),
    Format("html", (".html", ".htm", ".shtml"), "网页", read_html, limited=True),
    Format("docx", (".docx",), "Word 文档", read_docx, limited=True),
    Format("xlsx", (".xlsx",), "Excel 表格", read_xlsx, limited=True),
    Format("csv", (".csv", ".tsv"), "表格文本", read_csv, limited=False),
    Format("pdf", (".pdf",), "PDF", read_pdf, limited=True, pages=pdf_pages, join=join_pdf),
    Format(
        "image",
        (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"),
        "图片",
        read_image,
        limited=True,
        pages=image_pages,
        join=join_images,
    ),
    Format("pptx", (".pptx",), "演示文稿", read_pptx, limited=True),
    Format("mail", (".eml",), "邮件", read_mail, limited=True),
    Format(
        "doc",
        (".doc", ".wps", ".rtf", ".odt"),
        "旧版 Word 文档",
        read_doc,
        limited=True,
        convert=to_docx,
        target="docx",
    ),
    Format("xls", (".xls", ".et", ".ods"), "旧版 Excel 表格", read_xls, limited=True),
)


def format_of(name: str) -> Format | None:
    """The format that a file name's suffix stands for."""
    lower = name.lower()
    return next((row for row in FORMATS if lower.endswith(row.suffixes)), None)
