"""Measure the formats: `python benchmarks/formats.py [--quick] [--only PART] [--json FILE]`.

Prints, for the project's own sample reports made into files of every format: pages a second and peak memory;
error rates of text recognition (characters and figures) on pages rendered from known text, clean and worn;
differences after `load(export(draft))` (wanted: 0) and lines × characters of a rendered page (wanted: 22 × 28);
and time, memory and outcome of every hostile file of the tests (wanted: at most 30 s and 1.5 GB each).
Rendering needs LibreOffice and the fonts of the sample (Noto CJK); without them those parts are left out and told.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from formats_made import clean_pages, files_of, picture_pdf, worn
from rapidfuzz.distance import Levenshtein

from assistant.export import write_word
from assistant.loaders import load, worker
from assistant.loaders.office import office_program
from assistant.quantities import extract
from assistant.records import Document
from assistant.service.layout import measure
from assistant.service.reimport import differences
from assistant.service.sections_of_file import draft_of

ROOT = Path(__file__).resolve().parents[1]
REPORTS = ROOT / "knowledge_base" / "reports"
PARTS = ("formats", "recognition", "trips", "hostile")
SECONDS, MEGABYTES = 30.0, 1_536.0
_LARGEST = 100_000_000
_ONE = """
import json, resource, sys, time
from pathlib import Path
from assistant.errors import InputError
from assistant.loaders import load
from assistant.loaders.worker import stop_children
start = time.perf_counter()
try:
    outcome = f"{len(load(Path(sys.argv[1])))} Documents"
except InputError as error:
    outcome = f"{error.code}: {error.sentence('zh')}"
seconds = time.perf_counter() - start
stop_children()
status = Path("/proc/self/status").read_text().splitlines()  # ru_maxrss of a fresh program is that of its parent
own = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
print(json.dumps([seconds, own / 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, outcome]))
"""


@dataclass(frozen=True)
class Read:
    """One format: pages, seconds, pages a second, peak memory of the parsing process in MB."""

    format: str
    pages: int
    seconds: float
    rate: float
    peak: float


@dataclass(frozen=True)
class Recognised:
    """Text recognition on pages of one kind; error rates are shares of what was written."""

    kind: str
    pages: int
    characters: int
    character_errors: float
    figures: int
    figure_errors: float
    seconds_a_page: float


@dataclass(frozen=True)
class Hostile:
    """One hostile file; `met` says whether it kept to time and memory."""

    case: str
    seconds: float
    peak: float
    outcome: str
    met: bool


Row = TypeVar("Row", Read, Recognised, Hostile)


def main() -> None:
    """Measure, print, write JSON; exit code 1 when a wanted figure is missed."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        results = _measured(Path(folder), options.quick, options.only or PARTS)
    worker.stop_children()
    if options.json:
        options.json.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", "utf-8")
    sys.exit(0 if results["wanted"] else 1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="fewer pages and every eighth hostile file")
    parser.add_argument("--only", action="append", choices=PARTS, help="only this part (may be repeated)")
    parser.add_argument("--json", type=Path, help="write the figures here")
    return parser.parse_args()


def _measured(folder: Path, quick: bool, parts: Sequence[str]) -> dict[str, object]:
    reports = sorted(REPORTS.iterdir())[: 2 if quick else 6]
    documents = [load(path)[0] for path in reports]
    scans = 2 if quick else 10
    results: dict[str, object] = {}
    if "formats" in parts:
        results["formats"] = [asdict(_shown(one)) for one in read_all(folder, documents, scans)]
    if "recognition" in parts and office_program():
        results["recognition"] = [asdict(_shown(one)) for one in recognise_all(documents, scans)]
    trips = [_trip(folder, path) for path in reports] if "trips" in parts else []
    hostile = [_shown(one) for one in hostile_all(folder, 8 if quick else 1)] if "hostile" in parts else []
    met = all(one.met for one in hostile) and not any(trip["differences"] for trip in trips)
    print("all wanted figures met" if met else "NOT all wanted figures met")
    return {**results, "trips": trips, "hostile": list(map(asdict, hostile)), "wanted": met}


def _shown(row: Row) -> Row:
    """Print one row as soon as it is there."""
    cells = (f"{value:.4g}" if isinstance(value, float) else str(value) for value in asdict(row).values())
    print("  ".join(f"{cell:<12}" for cell in cells), flush=True)
    return row


def read_all(folder: Path, documents: list[Document], scans: int) -> Iterable[Read]:
    """Pages a second of every format, each read once by a fresh child that has read one small file before."""
    print("\nformat        pages         seconds       pages/s       peak MB")
    pages, files = files_of(documents, scans)
    for name, (data, count) in files.items():
        path = folder / name
        path.write_bytes(data)
        worker.stop_children()
        load(REPORTS.parent / "facts" / "template.xlsx")
        start = time.perf_counter()
        load(path)
        seconds = time.perf_counter() - start
        yield Read(
            path.suffix + (" scan" if "scan" in name else ""),
            count or pages,
            seconds,
            (count or pages) / seconds,
            _peak(),
        )


def _peak() -> float:
    """The most memory that a warm child has held, in MB."""
    peaks = [0.0]
    for child in worker._idle:
        status = Path(f"/proc/{child.process.pid}/status").read_text("ascii")
        peaks += [int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")]
    return max(peaks)


def recognise_all(documents: list[Document], count: int) -> Iterable[Recognised]:
    """Error rates on clean and on worn pages."""
    print("\npages         n             characters    CER           figures       FER           s/page")
    images, truths = clean_pages(documents, count)
    for kind, shown in (
        ("clean", images),
        ("worn", [worn(image, seed) for seed, image in enumerate(images)]),
    ):
        wrong = characters = missed = figures = 0
        start = time.perf_counter()
        for image, truth in zip(shown, truths, strict=True):
            read = _text(picture_pdf([image]))
            wrong += Levenshtein.distance(_bare(read), _bare(truth))
            characters += len(_bare(truth))
            here, there = _figures(truth), _figures(read)
            figures += here.total()
            missed += max((here - there).total(), (there - here).total())
        seconds = (time.perf_counter() - start) / len(images)
        yield Recognised(
            kind, len(images), characters, wrong / characters, figures, missed / max(figures, 1), seconds
        )


def _text(data: bytes) -> str:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        return "\n".join(document.text for document in load(file.name))


def _bare(text: str) -> str:
    return "".join(text.split())


def _figures(text: str) -> Counter[str]:
    return Counter(quantity.text for quantity in extract(_bare(text)))


def _trip(folder: Path, report: Path) -> dict[str, object]:
    """Export a report as Word, read it again, and measure its rendered page."""
    draft = draft_of(report, _LARGEST)
    path = write_word(draft, folder / f"{report.stem}.docx")
    told = differences(draft, path)
    layout = measure(path, render=bool(office_program()))
    lines = layout.pages.lines if layout.pages else None
    characters = layout.pages.characters if layout.pages else None
    print(
        f"{report.stem}: {len(told)} differences, {lines} lines × {characters} characters", *told, sep="\n  "
    )
    return {"report": report.stem, "differences": list(told), "lines": lines, "characters": characters}


def hostile_all(folder: Path, step: int) -> Iterable[Hostile]:
    """Every `step`-th hostile file, each in a fresh program, so that its memory is its own."""
    sys.path.insert(0, str(ROOT / "tests"))
    from hostile import files

    print("\nhostile file  seconds       peak MB       outcome")
    cases = {**files.REFUSED, **files.READ, **files.EITHER, **files.LARGE}
    for case in list(cases)[::step]:
        path = folder / cases[case][0]
        path.write_bytes(cases[case][1]())
        yield _one(case, path)
        path.unlink()


def _one(case: str, path: Path) -> Hostile:
    command = [sys.executable, "-c", _ONE, str(path)]
    try:
        done = subprocess.run(command, capture_output=True, cwd=ROOT, timeout=120, check=True)
    except subprocess.TimeoutExpired:
        return Hostile(case, 120.0, 0.0, "no end", met=False)
    except subprocess.CalledProcessError as error:
        return Hostile(case, 0.0, 0.0, error.stderr.decode()[-200:], met=False)
    seconds, own, children, outcome = json.loads(done.stdout)
    peak = max(own, children)
    return Hostile(case, seconds, peak, outcome, seconds <= SECONDS and peak <= MEGABYTES)


if __name__ == "__main__":
    main()
