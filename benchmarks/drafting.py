"""Drafting measured: figures carried, bound, invented; debris, repetition, length and time; against a plain chain.

    python benchmarks/drafting.py [--cases FILE] [--drafts OUT.jsonl] [--limit N]
        [--no-plain] [--plain-limit N] [--markdown OUT.md] [--result OUT.json]

Cases are JSON lines {"id", "heading", "place", "year", "facts": […]}; without --cases the sections of
knowledge_base/facts and of the reports' latest year are taken. Drafts are written as {"id", "text"} lines.
The plain chain is prompt | model | text with the same model and no lock, verification or repair; the time
ratio is over the sections that both wrote. Uses the model that the settings name (the embedded one by default).
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from drafting_score import SectionScore, score
from langchain_core.language_models import BaseChatModel
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate

from assistant.drafting import DraftDone, Drafter, facts_from_items, read_facts
from assistant.llm import chat_model, shutdown
from assistant.loaders import load
from assistant.settings import Settings, read_settings

ROOT = Path(__file__).parents[1]
MOST_READ = 10
RESULTS = ROOT / "benchmarks" / "results"
PLAIN = ChatPromptTemplate.from_messages(
    [
        ("system", "你是政府机关办公室的文稿起草人，用规范的公文语言起草年度工作报告。"),
        (
            "human",
            "请根据下列事实，起草{place}{year}年工作报告中“{heading}”一节的正文，写成连贯的段落。"
            "所有数字必须来自事实，不得编造，不得遗漏。\n事实：\n{facts}",
        ),
    ]
)


@dataclass(frozen=True)
class Case:
    """One section to draft."""

    id: str
    heading: str
    place: str
    year: int
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One drafted section with its score."""

    id: str
    text: str
    seconds: float
    score: SectionScore


def main() -> None:
    """Runs the benchmark, prints the table, writes the JSON result and, when asked, the drafts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--cases", type=Path)
    parser.add_argument("--drafts", type=Path)
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--plain", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--plain-limit", type=int, default=0)
    parser.add_argument("--markdown", type=Path, help="ten drafts, evenly chosen, to be read")
    parser.add_argument("--result", type=Path, default=RESULTS / "drafting.json")
    options = parser.parse_args()
    settings = read_settings()
    cases = list(read_cases(options.cases) if options.cases else default_cases())[: options.limit or None]
    chat = chat_model(settings)
    try:
        warm(chat)
        ours = [_row(case, drafted(chat, settings)) for case in progress(cases, "drafter")]
        write_drafts(options.drafts, ours)
        write_markdown(options.markdown, cases, ours)
        some = cases[: options.plain_limit or None] if options.plain else []
        plain = [_row(case, plain_chain(chat)) for case in progress(some, "plain chain")]
    finally:
        shutdown()
    report(
        ours, plain, options.result, settings, str(options.cases.name) if options.cases else "knowledge_base"
    )


def read_cases(path: Path) -> Iterator[Case]:
    """Cases of a JSON lines file."""
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            case = json.loads(line)
            facts = tuple(case["facts"])
            yield Case(str(case["id"]), case["heading"], case.get("place", ""), int(case["year"]), facts)


def default_cases() -> Iterator[Case]:
    """Sections of the sample facts files, then of the sample reports of the year before."""
    for path in sorted((ROOT / "knowledge_base" / "facts").glob("*2025*")):
        facts = read_facts(path)
        for number, section in enumerate(facts.sections):
            items = tuple(fact.text for fact in section.facts)
            if items:
                yield Case(f"{path.stem}-{number}", section.heading, facts.place, facts.year or 2025, items)
    for path in sorted((ROOT / "knowledge_base" / "reports").glob("*2024年工作总结*")):
        yield from _report_cases(path)


def _report_cases(path: Path) -> Iterator[Case]:
    """The figure clauses of each section of a report, as its facts."""
    for document in load(path):
        sections: dict[str, list[str]] = {}
        for block in document.blocks:
            if block.kind in ("paragraph", "list_item") and block.heading_path:
                text = block.span.of(document.text)
                clauses = [part.strip() for part in re.split("[；。\n]", text)]
                kept = [
                    re.sub("^(?:[一二三四五六七八九十]是|（[一二三四五六七八九十]+）[^：]*：)", "", part)
                    for part in clauses
                    if re.search(r"\d", part)
                ]
                sections.setdefault(block.heading_path[-1], []).extend(kept)
        for number, (heading, facts) in enumerate(sections.items()):
            if len(facts) >= 3:
                place = document.place.value if document.place else ""
                yield Case(f"{path.stem}-{number}", heading, place, 2024, tuple(facts[:8]))


def warm(chat: BaseChatModel) -> None:
    """Starts the model before the clock does."""
    chat.invoke("你好")


def drafted(chat: BaseChatModel, settings: Settings) -> Callable[[Case], str]:
    """Our drafter, without an archive: the facts alone."""
    drafter = Drafter(chat, None, settings)

    def draft(case: Case) -> str:
        facts = facts_from_items(case.heading, case.facts, place=case.place, year=case.year)
        done = [event for event in drafter.stream(facts) if isinstance(event, DraftDone)][-1]
        for failure in done.failures:
            print(f"  {case.id}: {failure.error.sentence('en')}")
        return done.draft.sections[-1].text

    return draft


def plain_chain(chat: BaseChatModel) -> Callable[[Case], str]:
    """Prompt, model, text."""
    chain = PLAIN | chat.bind(temperature=0.3, max_tokens=1000) | StrOutputParser()
    return lambda case: chain.invoke(
        {
            "place": case.place,
            "year": case.year,
            "heading": case.heading,
            "facts": "\n".join(f"- {fact}" for fact in case.facts),
        }
    )


def progress(cases: Sequence[Case], name: str) -> Iterator[Case]:
    """The cases, told as they come."""
    for number, case in enumerate(cases, 1):
        print(f"\r{name} {number}/{len(cases)}", end="", flush=True)
        yield case
    if cases:
        print()


def _row(case: Case, write: Callable[[Case], str]) -> Row:
    begun = time.perf_counter()
    text = write(case)
    return Row(case.id, text, time.perf_counter() - begun, score(case.facts, text))


def write_drafts(path: Path | None, rows: Sequence[Row]) -> None:
    """The drafts as JSON lines."""
    if path:
        lines = [json.dumps({"id": row.id, "text": row.text}, ensure_ascii=False) for row in rows]
        path.write_text("\n".join(lines) + "\n", "utf-8")


def write_markdown(path: Path | None, cases: Sequence[Case], rows: Sequence[Row]) -> None:
    """Ten drafts whole, with their facts, for reading; lists of problems, which no model touches, are passed over."""
    if path is None:
        return
    told = [(case, row) for case, row in zip(cases, rows, strict=True) if "问题" not in case.heading]
    step = max(1, len(told) // MOST_READ)
    parts = ["# Ten drafted sections, as written: heading, facts, text"]
    for case, row in told[::step][:MOST_READ]:
        facts = "\n".join(f"- {fact}" for fact in case.facts)
        parts.append(f"## {case.heading}\n\n`{case.id}`\n\n{facts}\n\n{row.text}")
    path.write_text("\n\n".join(parts) + "\n", "utf-8")


def summary(rows: Sequence[Row]) -> dict[str, Any]:
    """The figures of the table."""
    scores = [row.score for row in rows]
    figures = sum(one.figures for one in scores) or 1
    facts = sum(one.facts for one in scores) or 1
    return {
        "sections": len(rows),
        "figures": figures,
        "carried %": round(100 * sum(one.carried for one in scores) / figures, 1),
        "bound %": round(100 * sum(one.bound for one in scores) / figures, 1),
        "invented": sum(len(one.invented) for one in scores),
        "sections with debris": sum(one.debris > 0 for one in scores),
        "repeated": sum(one.repeated for one in scores),
        "characters a fact": round(sum(one.characters for one in scores) / facts, 1),
        "seconds a section": round(sum(row.seconds for row in rows) / max(1, len(rows)), 1),
    }


def report(ours: Sequence[Row], plain: Sequence[Row], path: Path, settings: Settings, cases: str) -> None:
    """Prints the table and writes the JSON result."""
    columns = {"drafter": summary(ours)} | ({"plain chain": summary(plain)} if plain else {})
    print(f"{'':24}" + "".join(f"{name:>14}" for name in columns))
    for key in columns["drafter"]:
        print(f"{key:24}" + "".join(f"{column[key]:>14}" for column in columns.values()))
    ratio = None
    if plain:
        same = {row.id for row in plain}
        own = sum(row.seconds for row in ours if row.id in same)
        ratio = round(own / sum(row.seconds for row in plain), 2)
        print(f"{'time / plain chain':24}{ratio:>14}")
    faults = [
        {"id": row.id, **asdict(row.score)}
        for row in ours
        if row.score.invented or row.score.debris or row.score.repeated or row.score.bound < row.score.figures
    ]
    model = settings.chat_model or "embedded"
    result = {"cases": cases, "model": model, "measured": columns, "time ratio": ratio, "faults": faults}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
