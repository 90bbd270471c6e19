r"""Measure the checker on reports with planted errors and on untouched ones.

    python benchmarks/checking.py --cases FILE.jsonl[.gz] [--clean FILE] [--no-facts] \
        --predictions OUT.jsonl [--clean-predictions OUT.jsonl] [--json RESULT.json] [--every N]

A case is one JSON line: doc_id, text, year, sources (facts with items, prior_report with text and year) and,
where errors were planted, errors (kind, start, end, needs, related). `--no-facts` withholds the facts and
measures the kinds that can be seen without them. `needs` and `errors` are never shown to the checker.
Findings of severity "note" are written but not counted. Prints recall and typed recall per kind, precision
on the altered texts (a lower bound: official texts have faults of their own), alarms per 10,000 characters
and the share of texts with an alarm on the clean set, and characters a second of the check alone.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.checking import Sources, check
from assistant.errors import InputError
from assistant.loaders import load_text
from assistant.records import Document, Finding, Reading, SourceFile

KINDS = {
    "number.transposed": "digit_transposition",
    "number.misattributed": "misattributed_figure",
    "number.stale": "stale_figure",
    "number.unsupported": "unsupported_figure",
    "unit.mismatch": "unit_swap",
    "percent.points": "pp_vs_pct",
    "arith.growth": "growth_mismatch",
    "arith.difference": "ppdiff_mismatch",
    "arith.sum": "sum_mismatch",
    "arith.shares_total": "sum_mismatch",
    "arith.share": "share_mismatch",
    "arith.completion": "completion_mismatch",
    "arith.multiple": "multiple_mismatch",
    "direction.sign": "prior_year_base",
    "consistency.indicator": "mention_conflict",
    "consistency.prior_year": "prior_year_base",
    "structure.heading": "heading_numbering",
    "structure.enumerator": "enumerator_gap",
    "residue.placeholder": "placeholder",
    "date.year": "wrong_year",
    "date.impossible": "wrong_year",
}
SEVERITIES = {"error": "error", "warning": "warn", "note": "info"}
NEAR = 2


def cases(path: Path, every: int) -> Iterator[dict[str, Any]]:
    """Every n-th line of a JSON-lines file, plain or gzipped."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    for number, line in enumerate(text.splitlines()):
        if number % every == 0:
            yield json.loads(line)


def document(text: str, year: int | None, name: str) -> tuple[Document, list[int]]:
    """The text as loaded, and for each of its characters the offset in `text` (the loader trims lines)."""
    try:
        (loaded, *_) = load_text(text, name)
    except InputError:
        source = SourceFile(name, "text", "", len(text))
        loaded = Document(name, text, "", (), source)
    given = Reading(str(year), "given") if year is not None else None
    return replace(loaded, year=given, organisation=None), offsets(loaded.text, text)


def offsets(loaded: str, text: str) -> list[int]:
    """Where each character of `loaded` stands in `text`, plus the end."""
    places, at = [], 0
    for sign in loaded:
        found = text.find(sign, at) if not sign.isspace() else -1
        if found >= 0 and found - at < 2000:
            places.append(found)
            at = found + 1
        else:
            places.append(min(at, len(text)))
    return [*places, len(text)]


def sources(case: dict[str, Any], facts: bool) -> Sources:
    """What the case is checked against."""
    items = (
        [item["text"] for s in case["sources"] if s["type"] == "facts" for item in s["items"]]
        if facts
        else []
    )
    prior = [
        document(s["text"], s.get("year"), s.get("path", "prior"))[0]
        for s in case["sources"]
        if s["type"] == "prior_report"
    ]
    return Sources.of(items, prior)


def alarm(finding: Finding, places: list[int]) -> dict[str, Any]:
    """A finding in the form of the predictions."""
    start, end = finding.span.start, finding.span.end
    stop = places[end - 1] + 1 if end > start else places[start]
    return {
        "start": places[start],
        "end": max(stop, places[start]),
        "kind": KINDS.get(finding.rule, finding.rule),
        "severity": SEVERITIES[finding.severity],
        "rule": finding.rule,
    }


def run(
    path: Path, out: Path | None, *, facts: bool, every: int
) -> list[tuple[dict[str, Any], list[dict[str, Any]], float]]:
    """Check every case; the seconds are those of `check` alone."""
    rows = []
    for case in cases(path, every):
        draft, places = document(case["text"], case.get("year"), case["doc_id"])
        against = sources(case, facts)
        begun = time.perf_counter()
        report = check(draft, against)
        seconds = time.perf_counter() - begun
        rows.append((case, [alarm(finding, places) for finding in report.findings], seconds))
    if out is not None:
        lines = [json.dumps({"doc_id": c["doc_id"], "alarms": a}, ensure_ascii=False) for c, a, _ in rows]
        out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return rows


def overlaps(found: dict[str, Any], start: int, end: int) -> bool:
    """Whether an alarm touches a span, give or take two characters."""
    return bool(found["start"] < end + NEAR and start - NEAR < found["end"])


def spans(error: dict[str, Any]) -> list[tuple[int, int]]:
    """The places in the draft at which an error can be seen."""
    related = [(r["start"], r["end"]) for r in error.get("related", []) if r["where"] == "doc"]
    return [(error["start"], error["end"]), *related]


def measured(error: dict[str, Any], facts: bool) -> bool:
    """Whether the error can be seen with what the checker was given."""
    return facts or bool(
        set(error["needs"]) & {"doc", "meta", "prior_report"} and "facts" not in error["needs"]
    )


def recall(rows: list[tuple[dict[str, Any], list[dict[str, Any]], float]], facts: bool) -> dict[str, Any]:
    """Found and typed per kind, and precision on the altered texts."""
    total, found, typed = Counter[str](), Counter[str](), Counter[str]()
    alarms = true = 0
    for case, predicted, _ in rows:
        counted = [a for a in predicted if a["severity"] != "info"]
        errors = [error for error in case.get("errors", []) if measured(error, facts)]
        for error in errors:
            hits = [a for a in counted if any(overlaps(a, *span) for span in spans(error))]
            total[error["kind"]] += 1
            found[error["kind"]] += bool(hits)
            typed[error["kind"]] += any(a["kind"] == error["kind"] for a in hits)
        alarms += len(counted)
        true += sum(any(overlaps(a, *span) for error in errors for span in spans(error)) for a in counted)
    kinds = {
        k: {"n": total[k], "recall": found[k] / total[k], "typed": typed[k] / total[k]} for k in sorted(total)
    }
    errors_total = total.total() or 1
    return {
        "kinds": kinds,
        "errors": total.total(),
        "recall": found.total() / errors_total,
        "typed": typed.total() / errors_total,
        "precision": true / alarms if alarms else 1.0,
        **speed(rows),
    }


def false_alarms(rows: list[tuple[dict[str, Any], list[dict[str, Any]], float]]) -> dict[str, Any]:
    """What was reported on untouched texts."""
    counted = [[a for a in predicted if a["severity"] != "info"] for _, predicted, _ in rows]
    characters = sum(len(case["text"]) for case, _, _ in rows) or 1
    return {
        "documents": len(rows),
        "alarms": sum(map(len, counted)),
        "per_10000": sum(map(len, counted)) / characters * 10000,
        "alarmed": sum(map(bool, counted)) / (len(rows) or 1),
        "rules": dict(Counter(a["rule"] for row in counted for a in row).most_common()),
        **speed(rows),
    }


def speed(rows: list[tuple[dict[str, Any], list[dict[str, Any]], float]]) -> dict[str, Any]:
    """Characters of the drafts and characters a second."""
    characters = sum(len(case["text"]) for case, _, _ in rows)
    seconds = sum(row[2] for row in rows)
    return {"characters": characters, "characters_a_second": round(characters / seconds) if seconds else 0}


def show(result: dict[str, Any]) -> None:
    """The tables."""
    print(f"{'kind':<22}{'n':>6}{'recall':>9}{'typed':>9}")
    for kind, row in result["cases"]["kinds"].items():
        print(f"{kind:<22}{row['n']:>6}{row['recall']:>9.3f}{row['typed']:>9.3f}")
    cases_ = result["cases"]
    print(f"{'all':<22}{cases_['errors']:>6}{cases_['recall']:>9.3f}{cases_['typed']:>9.3f}", end="")
    print(f"   precision {cases_['precision']:.3f}, {cases_['characters_a_second']:,} characters a second")
    if "clean" in result:
        clean = result["clean"]
        print(
            f"clean: {clean['documents']} texts, {clean['alarms']} alarms, {clean['per_10000']:.3f} per 10,000",
            end="",
        )
        print(
            f" characters, {clean['alarmed']:.1%} of texts, {clean['characters_a_second']:,} characters a second"
        )
        print("  " + ", ".join(f"{rule} {count}" for rule, count in clean["rules"].items()))


def main() -> None:
    """Read the arguments, run, print, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=Path, required=True)
    parser.add_argument("--clean", type=Path)
    parser.add_argument("--no-facts", action="store_true")
    parser.add_argument("--predictions", type=Path)
    parser.add_argument("--clean-predictions", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--every", type=int, default=1, help="take every n-th case only")
    given = parser.parse_args()
    facts = not given.no_facts
    result = {"cases": recall(run(given.cases, given.predictions, facts=facts, every=given.every), facts)}
    if given.clean:
        result["clean"] = false_alarms(
            run(given.clean, given.clean_predictions, facts=facts, every=given.every)
        )
    show(result)
    if given.json:
        given.json.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
