"""Measures quantity extraction: exact-span F1, value accuracy, spurious hits, characters a second.

    python benchmarks/quantities.py [--suite FILES…] [--predictions OUT.jsonl] [--json OUT.json]

A suite is JSON lines `{"id", "text", "expected": [{"start", "end", "value", "unit", "kind"}]}`; an expected
span of kind "optional" is neither required nor penalised. Without `--suite` the cases in
`benchmarks/data/quantities.jsonl` are used. Predictions are `{"id", "spans": [{"start", "end", "value",
"unit", "kind"}]}`. Peers (recognizers-text-suite, jionlp) are measured beside it where they are installed.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant.quantities import extract
from assistant.quantities.lexicon import units
from assistant.quantities.numerals import narrow, parse
from assistant.quantities.times import resolve
from assistant.records import Quantity

DEFAULT_SUITE = Path(__file__).parent / "data" / "quantities.jsonl"
Prediction = dict[str, Any]
Extractor = Callable[[str], list[Prediction]]
_KINDS = {
    "percent": "pct",
    "points": "pp",
    "count": "amount",
    "physical": "amount",
    "document_number": "docno",
}
_NUMBER = re.compile(
    r"[-−负]?[0-9０-９][0-9０-９,. ．]*[十百千万亿]*|[零〇一二两三四五六七八九十百千万亿点]+"
)
_YEAR_RANGE = re.compile(r"(\d{4})年?\s?\D{1,2}\s?(\d{4})年")
_MONTH_RANGE = re.compile(r"(?<!\d)(\d{1,2})月?份?(?:[-—–~～－至到]){1,2}(\d{1,2})月(?!\d)")
_PARTS = {"上半年": "1-6月", "下半年": "7-12月", "前三季度": "1-9月"}


@dataclass
class Score:
    """Counts over one suite."""

    hits: int = 0
    required: int = 0
    predicted: int = 0
    spurious: int = 0
    valued: int = 0
    right_values: int = 0
    characters: int = 0
    seconds: float = 0.0

    def row(self) -> dict[str, float]:
        """Precision, recall and F1 of exact spans, value accuracy among hits, characters a second."""
        precision = self.hits / self.predicted if self.predicted else 0.0
        recall = self.hits / self.required if self.required else 0.0
        total = precision + recall
        return {
            "precision": precision,
            "recall": recall,
            "f1": 2 * precision * recall / total if total else 0.0,
            "values": self.right_values / self.valued if self.valued else 0.0,
            "spurious": self.spurious,
            "characters_per_second": self.characters / self.seconds if self.seconds else 0.0,
        }


def plain(value: Decimal | None) -> float | int | None:
    """A JSON number."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def ours(text: str) -> list[Prediction]:
    """Our extraction in the suites' form; words like 今年 without a figure in them are left out."""
    predictions = (in_suite_form(quantity) for quantity in extract(text))
    return [prediction for prediction in predictions if prediction]


def in_suite_form(quantity: Quantity) -> Prediction | None:
    """One span as the suites name kinds and write values; `None` for what they do not count."""
    described = _described(quantity)
    if described is None:
        return None
    kind, value, unit = described
    span = quantity.span
    unit = _as_written(quantity, unit) if kind in ("amount", "duration") else unit
    return {"start": span.start, "end": span.end, "value": value, "unit": unit or None, "kind": kind}


def _as_written(quantity: Quantity, unit: str) -> str:
    """The spelling in the text where it is another name of the unit: 平米, 30日."""
    known = units().by_name
    spellings = [name for name in known if known[name].name == unit and quantity.text.endswith(name)]
    return max(spellings, key=len, default=unit)


def _described(quantity: Quantity) -> tuple[str, Any, str] | None:
    if quantity.kind == "masked":
        return None
    if quantity.kind in ("period", "date"):
        return _time(quantity)
    if quantity.kind == "document_number":
        year, number = re.findall(r"\d+", quantity.number)[-2:]
        return "docno", f"{year}-{number}", ""
    if quantity.kind == "ratio":
        return "ratio", ":".join(str(part) for part in quantity.parts), ""
    return _amount(quantity)


def _amount(quantity: Quantity) -> tuple[str, Any, str]:
    kind, unit, value = _KINDS.get(quantity.kind, quantity.kind), quantity.unit, quantity.value
    thousandth = quantity.text.endswith("‰")
    factor = Decimal(10) if thousandth else Decimal(1)
    if thousandth:
        kind, unit = "permil", "‰"
    if quantity.kind == "rank" and not quantity.text.endswith(("位", "名")):
        unit = ""
    if quantity.low is not None and quantity.high is not None:
        return "range", [plain(quantity.low * factor), plain(quantity.high * factor)], unit
    if quantity.kind == "multiple" and "翻" not in quantity.text:
        value = _written(quantity.text)
    return kind, plain(None if value is None else value * factor), unit


def _written(text: str) -> Decimal | None:
    """The number as written: 1.7 in 增长1.7倍."""
    match = _NUMBER.search(text)
    number = parse(match[0]) if match else None
    return number.value if number else None


def _time(quantity: Quantity) -> tuple[str, Any, str] | None:
    text = narrow(quantity.text)
    if text in _PARTS:
        return "period", _PARTS[text], ""
    if years := _YEAR_RANGE.match(text):
        return "period", f"{years[1]}-{years[2]}", ""
    if months := _MONTH_RANGE.search(text):
        year = re.match(r"\d{4}年", text)
        return "period", f"{year[0] if year else ''}{months[1]}-{months[2]}月", ""
    if count := re.search(r"前(\d+|[一二三四五六七八九十]+)个月", text):
        number = parse(count[1])
        return "period", f"1-{number.value if number else ''}月", ""
    if "季度" in text or "半年" in text:
        return _quarters(text)
    if not re.search(r"\d|[〇零一二三四五六七八九]{2}年", text) or "五" in text[:4]:
        return None
    return "date", _date(text), ""


def _quarters(text: str) -> tuple[str, str, str]:
    period = resolve(text, 2000)
    first, last = (period.start.month, period.end.month) if period.start and period.end else (1, 12)
    return "period", f"{first}-{last}月", ""


def _date(text: str) -> str:
    """ISO for a full date, else as written."""
    match = re.fullmatch(r"(\d{4})\D(\d{1,2})\D(\d{1,2})[日号]?", text)
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else text


def score(cases: list[Prediction], extractor: Extractor) -> tuple[Score, list[Prediction]]:
    """Run one extractor over the cases; the speed is that of the fastest of three passes."""
    total, lines = Score(characters=sum(len(case["text"]) for case in cases)), []
    for case in cases:
        spans = extractor(case["text"])
        _count(case["expected"], spans, total)
        lines.append({"id": case["id"], "spans": spans})
    total.seconds = min(_seconds(cases, extractor) for _ in range(3))
    return total, lines


def _seconds(cases: list[Prediction], extractor: Extractor) -> float:
    began = time.perf_counter()
    for case in cases:
        extractor(case["text"])
    return time.perf_counter() - began


def _count(expected: list[Prediction], spans: list[Prediction], total: Score) -> None:
    required = {(e["start"], e["end"]): e for e in expected if e["kind"] != "optional"}
    optional = [e for e in expected if e["kind"] == "optional"]
    total.required += len(required)
    for span in spans:
        wanted = required.get((span["start"], span["end"]))
        if wanted is None and any(o["start"] < span["end"] and span["start"] < o["end"] for o in optional):
            continue
        total.predicted += 1
        if wanted is None:
            total.spurious += 1
            continue
        total.hits += 1
        if wanted.get("value") is not None:
            total.valued += 1
            total.right_values += same_value(wanted["value"], span["value"])


def same_value(wanted: object, given: object) -> bool:
    """Equal, numbers within one part in 10⁹."""
    if isinstance(wanted, list) and isinstance(given, list):
        return len(wanted) == len(given) and all(map(same_value, wanted, given))
    if isinstance(wanted, int | float) and isinstance(given, int | float):
        return abs(wanted - given) <= 1e-9 * max(1.0, abs(wanted))
    return bool(wanted == given)


def recognizers() -> Extractor | None:
    """Microsoft's recognizers-text: numbers, percentages, currencies, dimensions."""
    try:
        import recognizers_suite as suite
    except ImportError:
        return None
    culture = suite.Culture.Chinese
    names = ("percentage", "currency", "dimension", "number", "ordinal")
    readers = [getattr(suite, f"recognize_{name}") for name in names]

    def run(text: str) -> list[Prediction]:
        taken: dict[tuple[int, int], Prediction] = {}
        for reader in readers:
            for found in reader(text, culture):
                start, end = found.start, found.end + 1
                if not any(s < end and start < e for s, e in taken):
                    value = _float(str((found.resolution or {}).get("value", "")).rstrip("%"))
                    taken[start, end] = {
                        "start": start,
                        "end": end,
                        "value": value,
                        "unit": None,
                        "kind": found.type_name,
                    }
        return sorted(taken.values(), key=lambda span: span["start"])

    return run


def jionlp() -> Extractor | None:
    """JioNLP's money extractor."""
    try:
        import jionlp as library
    except ImportError:
        return None

    def run(text: str) -> list[Prediction]:
        spans = []
        for found in library.ner.extract_money(text, with_parsing=True):
            start, end = found["offset"]
            value = _float(str(found["detail"].get("num", "")))
            spans.append({"start": start, "end": end, "value": value, "unit": None, "kind": "money"})
        return spans

    return run


def _float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def read(paths: list[Path]) -> list[Prediction]:
    """The cases of all files; cases for rewriting (with `expected_text`) have no spans and are left out."""
    rows = [
        json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines() if line.strip()
    ]
    return [row for row in rows if "expected_text" not in row]


def main() -> None:
    """Print one row an extractor, write predictions and figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--suite", nargs="+", type=Path, default=[DEFAULT_SUITE])
    parser.add_argument("--predictions", type=Path)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    cases = read(options.suite)
    results: dict[str, dict[str, float]] = {}
    print(f"{len(cases)} cases, {sum(len(case['text']) for case in cases)} characters")
    for name, extractor in (("ours", ours), ("recognizers-text", recognizers()), ("jionlp", jionlp())):
        if extractor is None:
            print(f"{name}: not installed, skipped")
            continue
        total, lines = score(cases, extractor)
        results[name] = total.row()
        print(name, " ".join(f"{key}={value:.4g}" for key, value in results[name].items()))
        if name == "ours" and options.predictions:
            text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
            options.predictions.write_text(text, "utf-8")
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
