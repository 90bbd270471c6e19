"""Text in images: the recogniser whose weights come inside its package, and what its boxes become.

Runs in the parsing process only. Text is looked for in a reduced image and read from the full one, which is
twice as fast as doing both in full. Nothing is ever downloaded: the weights are named by path, and where the
package lacks them the file is refused.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import FileRefused, Said
from assistant.loaders.letters import close_gaps
from assistant.loaders.ocr_tables import inside, ruled_tables
from assistant.loaders.page import Row
from assistant.loaders.plain import clean
from assistant.loaders.ruled import Area, Ruled

if TYPE_CHECKING:
    import numpy as np
    from PIL.Image import Image

LONGEST_SIDE = 2_000  # pixels: 170 dots an inch on A4
_SEARCHED_SIDE = 1_280
_LEAST_SCORE = 0.5
_LEAST_INK = 0.0003  # share of dark pixels below which a page is blank
_DARK = 128
_THREADS = 2
_SIDEWAYS = 1.5
_SAMPLES = 8
_POINTS = 842.0  # the longest side of A4
_WEIGHTS = {"Det": "*det*.onnx", "Rec": "*rec*.onnx", "Cls": "*cls*.onnx"}
_MISSING = Said("是扫描件或图片，未安装文字识别组件", "it is a scan, and no text recognition is installed")
_FULL = str.maketrans(",;:?!()", "，；：？！（）")
_DIGITS = str.maketrans("OoQ〇○lI", "0000011")
_LETTER = re.compile(r"(?<=[\d.])[OoQ〇○lI](?=[\d.%％万亿千百元家个项人名件次户吨亩位])|(?<=\d\.)[OolI](?=%)")
_HALF_SIGN = re.compile(
    r"(?<=[\u4e00-\u9fff”》）%])[,;:?!()]|[,;:?!()](?=[\u4e00-\u9fff“《（])|(?<=[\u4e00-\u9fff][0-9])\)"
)


@dataclass(frozen=True, slots=True)
class Box:
    """One recognised stretch of text, in pixels from the upper left corner."""

    text: str
    score: float
    left: float
    right: float
    middle: float
    height: float


def recognise(image: Image, number: int) -> tuple[Row, ...]:
    """The rows of text in `image`, which is page `number`; none where it is blank.

    Raises:
        FileRefused: the recogniser or its weights are not installed.
    """
    import numpy as np

    grey = image.convert("L")
    if is_blank(grey):
        return ()
    pixels = np.stack([np.asarray(grey)] * 3, axis=-1)
    boxes, upright = _read(_engine(), pixels)
    sheet = _Sheet(number, upright.shape[0], _POINTS / max(upright.shape[:2]))
    tables = ruled_tables(upright[:, :, 0])
    celled = [inside(tables, (box.left + box.right) / 2, box.middle) for box in boxes]
    rows = [
        sheet.row(line) for line in _in_lines([box for box, at in zip(boxes, celled, strict=True) if not at])
    ]
    for place, table in enumerate(tables):
        parts = [(at[1], box) for box, at in zip(boxes, celled, strict=True) if at and at[0] == place]
        rows += [sheet.table(table, parts)] if parts else []
    return tuple(sorted(rows, key=lambda row: -row.top))


def is_blank(grey: Image) -> bool:
    """Whether hardly a pixel is dark."""
    counts = grey.histogram()
    return sum(counts[:_DARK]) < _LEAST_INK * sum(counts)


def tidy(text: str) -> str:
    """Recognised text with full-width punctuation beside Chinese characters, and digits inside figures.

    >>> tidy("增长18.3%,其中:高企1,280家(全市第2)")
    '增长18.3%，其中：高企1,280家（全市第2）'
    >>> tidy("新增1O8家，占2l.5%")
    '新增108家，占21.5%'
    """
    shown = _HALF_SIGN.sub(lambda found: found.group().translate(_FULL), close_gaps(clean(text)))
    return _LETTER.sub(lambda found: found.group().translate(_DIGITS), shown)


@cache
def _engine() -> Any:  # noqa: ANN401 - the recogniser has no types
    """The recogniser, made on first use and kept; its weights are named, so that it fetches nothing."""
    try:
        import rapidocr
    except ImportError as error:
        raise FileRefused(name="", reason=_MISSING) from error
    folder = Path(rapidocr.__file__).parent / "models"
    weights = {part: sorted(folder.glob(pattern)) for part, pattern in _WEIGHTS.items()}
    if not all(weights.values()):
        raise FileRefused(name="", reason=_MISSING)
    threads = min(_THREADS, os.cpu_count() or 1)
    engine = "EngineConfig.onnxruntime."
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": _SEARCHED_SIDE,
            engine + "intra_op_num_threads": threads,
            engine + "inter_op_num_threads": 1,
            **{f"{part}.model_path": str(paths[0]) for part, paths in weights.items()},
        }
    )


def _read(engine: Any, pixels: np.ndarray) -> tuple[list[Box], np.ndarray]:  # noqa: ANN401
    """The boxes of an image, and the image as it was turned to stand upright."""
    import numpy as np

    corners = _found(engine, pixels)
    if len(corners) and np.median([_tallness(one) for one in corners]) > _SIDEWAYS:
        pixels = np.ascontiguousarray(np.rot90(pixels))
        corners = _found(engine, pixels)
    if len(corners) and _upside_down(engine, pixels, corners):
        pixels = np.ascontiguousarray(np.rot90(pixels, 2))
        corners = _found(engine, pixels)
    if not len(corners):
        return [], pixels
    told = engine.recognize_txt(engine.crop_text_regions(pixels, corners))
    boxes = [
        _box(one, tidy(text), float(score))
        for one, text, score in zip(corners, told.txts, told.scores, strict=True)
        if score >= _LEAST_SCORE
    ]
    return [box for box in boxes if box.text], pixels


def _found(engine: Any, pixels: np.ndarray) -> Sequence[np.ndarray]:  # noqa: ANN401
    """The four corners of each stretch of text, looked for in a reduced image."""
    import numpy as np

    boxes = engine(pixels, use_det=True, use_cls=False, use_rec=False).boxes
    return () if boxes is None else [np.asarray(box, dtype=np.float32) for box in boxes]


def _upside_down(engine: Any, pixels: np.ndarray, corners: Sequence[np.ndarray]) -> bool:  # noqa: ANN401
    """Whether most of the widest stretches of text stand on their heads."""
    widest = sorted(corners, key=_tallness)[:_SAMPLES]
    _, told = engine.cls_and_rotate(engine.crop_text_regions(pixels, widest))
    turned = sum(label == "180" and score > 0.9 for label, score in told.cls_res)
    return bool(2 * turned > len(widest))


def _tallness(corners: np.ndarray) -> float:
    width, height = _size(corners)
    return height / max(width, 1.0)


def _size(corners: np.ndarray) -> tuple[float, float]:
    """Width and height of a stretch, along its own sides."""
    import numpy as np

    sides = [float(np.linalg.norm(corners[i] - corners[(i + 1) % 4])) for i in range(4)]
    return (sides[0] + sides[2]) / 2, (sides[1] + sides[3]) / 2


def _box(corners: np.ndarray, text: str, score: float) -> Box:
    return Box(
        text,
        score,
        float(corners[:, 0].min()),
        float(corners[:, 0].max()),
        float(corners[:, 1].mean()),
        _size(corners)[1],
    )


def _in_lines(boxes: Sequence[Box]) -> list[list[Box]]:
    """Boxes from the top down, those on one line together and from left to right."""
    lines: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: box.middle):
        if lines and abs(lines[-1][-1].middle - box.middle) < 0.5 * min(lines[-1][-1].height, box.height):
            lines[-1].append(box)
        else:
            lines.append([box])
    return [sorted(line, key=lambda box: box.left) for line in lines]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The page that pixels become rows of: its number, its height in pixels, points a pixel."""

    number: int
    height: int
    scale: float

    def row(self, line: Sequence[Box]) -> Row:
        """One line of text."""
        height = max(box.height for box in line)
        top = min(box.middle - box.height / 2 for box in line)
        left, right = min(box.left for box in line), max(box.right for box in line)
        return self._placed(tidy(" ".join(box.text for box in line)), (left, top, right, top + height), line)

    def table(self, table: Ruled, parts: Sequence[tuple[int, Box]]) -> Row:
        """A table: `parts` are the boxes with the numbers of their cells."""
        held: list[list[Box]] = [[] for _ in table.cells]
        for cell, box in parts:
            held[cell].append(box)
        texts = (tidy("".join(box.text for line in _in_lines(boxes) for box in line)) for boxes in held)
        grid = tuple(
            sorted((*table.place(area), text) for area, text in zip(table.cells, texts, strict=True))
        )
        return replace(self._placed("", table.area, [box for _, box in parts]), cells=grid)

    def _placed(self, text: str, area: Area, boxes: Sequence[Box]) -> Row:
        left, top, right, bottom = (side * self.scale for side in area)
        page_height = self.height * self.scale
        confidence = min(box.score for box in boxes)
        return Row(text, self.number, left, right, page_height - top, bottom - top, page_height, confidence)
