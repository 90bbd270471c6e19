"""Files of every format made from the same Documents, and pages as pictures, for `formats.py`."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from email.message import EmailMessage
from html import escape

import numpy as np
import openpyxl
import pypdfium2
from docx import Document as Word
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from PIL import Image, ImageFilter
from pptx import Presentation

from assistant.loaders.office import converted, office_program
from assistant.records import Document

RESOLUTION = 170
_FONT = "Noto Serif CJK SC"
_CHARACTERS = 22 * 28  # of a full page, where nothing is rendered


def files_of(documents: Sequence[Document], scans: int) -> tuple[int, dict[str, tuple[bytes, int]]]:
    """The pages that the texts fill, and the files: bytes, and their own pages where these are fewer."""
    lines = [block.span.of(one.text) for one in documents for block in one.blocks]
    text = "\n".join(lines)
    made = word(lines)
    files = {
        "a.txt": text.encode(),
        "a.md": "\n\n".join(lines).encode(),
        "a.html": ("<html><body>" + "".join(f"<p>{escape(line)}</p>" for line in lines)).encode(),
        "a.csv": _csv(lines),
        "a.xlsx": _xlsx(lines),
        "a.docx": made,
        "a.pptx": _slides(lines),
        "a.eml": _mail(text),
    }
    pages = max(1, len(text) // _CHARACTERS)
    whole = {name: (data, 0) for name, data in files.items()}
    if office_program():
        for suffix in ("pdf", "doc", "rtf", "odt"):
            whole[f"a.{suffix}"] = (converted(made, "a.docx", suffix, 120), 0)
        whole["a.wps"] = whole["a.doc"]
        pages = len(pypdfium2.PdfDocument(whole["a.pdf"][0]))
        images = pictures(whole["a.pdf"][0], scans)
        whole["scan.pdf"] = (picture_pdf(images), len(images))
        stream = io.BytesIO()
        images[0].save(stream, "PNG")
        whole["scan.png"] = (stream.getvalue(), 1)
    return pages, whole


def word(lines: Sequence[str]) -> bytes:
    """The lines as paragraphs of a Word file, set as offices set them."""
    made = Word()
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = (
        Cm(3.7),
        Cm(3.5),
        Cm(2.8),
        Cm(2.6),
    )
    for line in lines:
        paragraph = made.add_paragraph()
        paragraph.paragraph_format.line_spacing = Pt(28.95)
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.first_line_indent = Pt(32)
        run = paragraph.add_run(line)
        run.font.size, run.font.name = Pt(16), _FONT
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def clean_pages(documents: Sequence[Document], count: int) -> tuple[list[Image.Image], list[str]]:
    """Pages of the texts as pictures, and the text on each."""
    lines = [block.span.of(one.text) for one in documents for block in one.blocks]
    data = converted(word(lines), "a.docx", "pdf", 120)
    images = pictures(data, count)
    document = pypdfium2.PdfDocument(data)
    truths = [document[number].get_textpage().get_text_range() for number in range(len(images))]
    return images, truths


def pictures(data: bytes, count: int) -> list[Image.Image]:
    """The first pages of a PDF, rendered in grey."""
    document = pypdfium2.PdfDocument(data)
    scale = RESOLUTION / 72
    return [
        document[n].render(scale=scale, grayscale=True).to_pil() for n in range(min(count, len(document)))
    ]


def picture_pdf(images: Sequence[Image.Image]) -> bytes:
    """A PDF of pictures, as a scanner makes it."""
    stream = io.BytesIO()
    images[0].save(stream, "PDF", save_all=True, append_images=list(images[1:]), resolution=RESOLUTION)
    return stream.getvalue()


def worn(image: Image.Image, seed: int) -> Image.Image:
    """A page as from an old copier: askew by up to a degree, soft, grey, speckled, and packed as JPEG."""
    random = np.random.default_rng(seed)
    turned = image.rotate(float(random.uniform(-1, 1)), fillcolor=255, resample=Image.Resampling.BICUBIC)
    soft = np.asarray(turned.filter(ImageFilter.GaussianBlur(0.8)), dtype=np.float32)
    grey = 40 + soft * 0.8 + random.normal(0, 12, soft.shape)
    specks = random.random(soft.shape) < 0.0005
    grey[specks] = 30
    stream = io.BytesIO()
    Image.fromarray(grey.clip(0, 255).astype(np.uint8)).save(stream, "JPEG", quality=40)
    return Image.open(stream).convert("L")


def _csv(lines: Sequence[str]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows([["章节", "要点"], *(["一、工作", line] for line in lines)])
    return stream.getvalue().encode()


def _xlsx(lines: Sequence[str]) -> bytes:
    book = openpyxl.Workbook()
    for row in [["章节", "要点"], *(["一、工作", line] for line in lines)]:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _slides(lines: Sequence[str]) -> bytes:
    show = Presentation()
    for line in lines:
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text, slide.placeholders[1].text = line[:12], line
    stream = io.BytesIO()
    show.save(stream)
    return stream.getvalue()


def _mail(text: str) -> bytes:
    mail = EmailMessage()
    mail["Subject"] = "报送"
    mail.set_content(text)
    return mail.as_bytes()
