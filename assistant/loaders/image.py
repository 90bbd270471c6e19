"""Pictures of pages: .png, .jpg, .tif (also of several pages) and .bmp, by text recognition."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

from PIL import Image, ImageOps, UnidentifiedImageError

from assistant.errors import FileRefused, FileUnreadable, Said
from assistant.loaders.lines import SourceText
from assistant.loaders.ocr import LONGEST_SIDE, recognise
from assistant.loaders.page import Page, join_pages

MAX_PIXELS = 80_000_000
MAX_FRAMES = 300
_KINDS = ("PNG", "JPEG", "TIFF", "BMP")
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError)


def read_image(data: bytes, name: str) -> SourceText:
    """The text in a picture.

    Raises:
        FileRefused: no picture of a known kind, too large, or without legible text.
        FileUnreadable: broken.
    """
    return join_images([page for page in image_pages(data, name) if page.state != "image"], name)


def join_images(pages: list[Page], name: str) -> SourceText:
    """The pages of a picture as one text. Raises FileRefused when no text was found."""
    if not any(page.rows for page in pages):
        raise FileRefused(
            name=name, reason=Said("图片里没有识别出文字", "no text was recognised in the picture")
        )
    return join_pages(pages)


def image_pages(data: bytes, name: str, first: int = 0, careful: bool = False) -> Iterator[Page]:
    """The pages of a picture from `first` (from 0) on, each twice; with `careful` the page `first` is given up."""
    with _opened(data, name) as image:
        total = getattr(image, "n_frames", 1)
        for index in range(first, min(total, MAX_FRAMES)):
            upright = None if careful and index == first else _upright(image, index)
            if upright is None:
                yield Page(index + 1, total, state="lost")
                continue
            yield Page(index + 1, total, state="image")
            rows = recognise(upright, index + 1)
            yield Page(index + 1, total, rows, "recognised" if rows else "blank")
        for index in range(max(first, MAX_FRAMES), total):
            yield Page(index + 1, total, state="skipped")


def _opened(data: bytes, name: str) -> Image.Image:
    broken = Said("图片已损坏", "the picture is broken")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is amiss with a picture is told to its owner
            image = Image.open(io.BytesIO(data), formats=_KINDS)
    except Image.DecompressionBombError as error:
        raise _too_large(name) from error
    except (UnidentifiedImageError, *_BROKEN) as error:
        raise FileUnreadable(name=name, reason=broken) from error
    if image.width * image.height > MAX_PIXELS:
        raise _too_large(name)
    return image


def _too_large(name: str) -> FileRefused:
    limit = MAX_PIXELS // 1_000_000
    reason = Said(
        f"图片超过 {limit * 100} 万像素，请缩小后再用",
        f"the picture has more than {limit} million pixels; reduce it",
    )
    return FileRefused(name=name, reason=reason)


def _upright(image: Image.Image, index: int) -> Image.Image | None:
    """One frame, grey and of the size to recognise; `None` when it cannot be decoded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image.seek(index)
            if image.width * image.height > MAX_PIXELS:
                return None
            image.draft("L", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(_on_white(image))
    except _BROKEN:
        return None
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return upright


def _on_white(image: Image.Image) -> Image.Image:
    """Grey, with white behind what is transparent."""
    if image.mode in ("LA", "PA", "RGBA") or "transparency" in image.info:
        layered = image.convert("RGBA")
        white = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(white, layered).convert("L")
    return image.convert("L")
