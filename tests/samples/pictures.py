"""Pictures of text and files that hold them, drawn by code with an installed Chinese font."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSerifCJK-Regular.ttc",
    "/System/Library/Fonts/Supplemental/Songti.ttc",
)
LEFT, TOP, STEP, SIZE = 120, 160, 56, 32


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    found = next((path for path in _FONTS if Path(path).is_file()), None)
    if found is None:
        pytest.skip("no Chinese font is installed")
    return ImageFont.truetype(found, size, index=2 if "Noto" in found else 0)


def drawn(lines: Sequence[str], size: tuple[int, int] = (1130, 820)) -> Image.Image:
    """A white page with a line of text under another; a leading blank of full width indents."""
    image = Image.new("L", size, 255)
    pen = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        pen.text((LEFT, TOP + STEP * number), line, font=_font(SIZE), fill=0)
    return image


def picture(image: Image.Image, kind: str = "PNG", pages: Sequence[Image.Image] = ()) -> bytes:
    """The image as a file of `kind`; further `pages` where the kind has them (TIFF, PDF)."""
    stream = io.BytesIO()
    more = {"save_all": True, "append_images": list(pages)} if pages or kind == "PDF" else {}
    if kind == "PDF":
        more["resolution"] = 137.0
    image.save(stream, kind, **more)
    return stream.getvalue()
