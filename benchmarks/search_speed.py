"""Measure what a search takes besides the embedding: `python benchmarks/search_speed.py [--passages N] [--home DIR]`.

The passages are made by code: reports of many places over ten years, each passage with sentences put together from
indicator names, verbs and figures, its vector a random unit vector. A question asks for one indicator of one
place and year (planted), of one place, or of none; its vector lies near that of its passage, and giving it takes no
time, so that what is measured is the search alone. Prints p50 and p95 by kind of question, of the clock and of the
processors (on a busy machine the clock measures the others too), and how often the planted passage is among the first
ten. `--home` keeps the archive for the next measurement.
"""

from __future__ import annotations

import argparse
import cProfile
import hashlib
import json
import pstats
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings

from assistant.archive import Archive
from assistant.quantities.wordlists import lines
from assistant.records import Document, Passage, Reading, SourceFile, Span
from assistant.settings import Settings

_DIMENSION = 384
_A_DOCUMENT = 100  # passages
_YEARS = range(2015, 2025)
_FIRST, _SECOND = "云青临清白江南北东西金石安平", "溪岚浦河塔源山川湖林田水泉原"
_VERBS = ("达到", "完成", "实现", "增长至", "新增", "突破", "提高到", "累计")
_LEADS = (
    "聚焦主责主业",
    "深化改革攻坚",
    "强化要素保障",
    "优化营商环境",
    "狠抓项目建设",
    "坚持创新驱动",
    "夯实基层基础",
)
_TAILS = (
    "成效持续显现",
    "排名稳步提升",
    "基础更加扎实",
    "活力不断增强",
    "短板加快补齐",
    "机制更加健全",
    "群众反响良好",
)
_UNITS = ("家", "亿元", "万元", "个", "%", "人", "万亩")


@dataclass(frozen=True, slots=True)
class Question:
    """A question, its kind, and the id of the passage that was planted for it."""

    text: str
    kind: str
    passage: str


class MadeEmbeddings(Embeddings):
    """A random unit vector a text; that of a question lies near its passage's."""

    name = "made"

    def __init__(self) -> None:
        self.near: dict[str, str] = {}  # question -> text as it was embedded

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Random vectors that depend on the text alone."""
        return [_vector(text).tolist() for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """A vector near that of the planted passage; computed beforehand it costs nothing."""
        vector: list[float] = (_vector(self.near[text]) + 0.8 * _vector(text)).tolist()
        return vector


def _vector(text: str) -> np.ndarray:
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")
    vector = np.random.default_rng(seed).standard_normal(_DIMENSION, dtype=np.float32)
    return vector / np.linalg.norm(vector)


class Computed(Embeddings):
    """Vectors of questions that were computed before the clock started."""

    name = "made"

    def __init__(self, vectors: dict[str, list[float]]) -> None:
        self._vectors = vectors

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Passages are embedded when the archive is made, never here."""
        raise NotImplementedError(texts)

    def embed_query(self, text: str) -> list[float]:
        """The vector of a known question."""
        return self._vectors[text]


def reports(passages: int) -> Iterator[tuple[Document, list[Passage]]]:
    """Reports of made-up places, year by year."""
    names = [line.split("|")[0].strip() for line in lines("indicators.txt")]
    for number in range(passages // _A_DOCUMENT):
        place = _place(number // len(_YEARS))
        yield _report(place, _YEARS[number % len(_YEARS)], names, random.Random(number))


def _place(number: int) -> str:
    first, rest = divmod(number, len(_SECOND))
    third, first = divmod(first, len(_FIRST))
    return f"{_FIRST[first]}{_SECOND[rest]}{_SECOND[third] if third else ''}县"


def _report(place: str, year: int, names: list[str], chance: random.Random) -> tuple[Document, list[Passage]]:
    title = f"{place}科学技术局{year}年工作总结和{year + 1}年工作计划"
    headings = (f"一、{year}年工作开展情况", "二、存在问题", f"三、{year + 1}年工作计划")
    texts = [_text(names, chance) for _ in range(_A_DOCUMENT)]
    text = "\n".join(texts)
    key = hashlib.sha256(title.encode()).hexdigest()[:20]
    document = Document(
        id=key,
        text=text,
        title=title,
        blocks=(),
        source=SourceFile(f"{title}.txt", "text", key, len(text)),
        genre="annual-summary",
        organisation=Reading(f"{place}科学技术局", "title"),
        place=Reading(place, "title"),
        year=Reading(str(year), "title"),
        years=(year, year + 1),
    )
    parts, start = [], 0
    for index, one in enumerate(texts):
        heading = headings[0] if index < 70 else headings[1] if index < 80 else headings[2]
        parts.append(
            Passage(
                id=f"{key}-{index}", document_id=key, span=Span(start, start + len(one)), text=one, title=title,
                heading_path=(heading,), genre="annual-summary", organisation=f"{place}科学技术局", place=place,
                year=year,
            )
        )  # fmt: skip
        start += len(one) + 1
    return document, parts


def _text(names: list[str], chance: random.Random) -> str:
    sentences = []
    for _ in range(chance.randint(4, 7)):
        name, verb, unit = chance.choice(names), chance.choice(_VERBS), chance.choice(_UNITS)
        figure = f"{chance.randint(1, 9999) / chance.choice((1, 10, 100)):g}{unit}"
        sentences.append(f"{chance.choice(_LEADS)}，{name}{verb}{figure}，{chance.choice(_TAILS)}。")
    return "".join(sentences)


def questions(made: list[tuple[Document, list[Passage]]], count: int) -> Iterator[Question]:
    """A third each names place and year, the place, neither."""
    chance = random.Random(7)
    for number in range(count):
        _, parts = chance.choice(made)
        passage = parts[chance.randrange(70)]
        name = passage.text.split("，")[1].rstrip("0123456789.")
        name = next((name.split(verb)[0] for verb in _VERBS if verb in name), name)
        kind = ("place and year", "place", "neither")[number % 3]
        about = {"place and year": f"{passage.place}{passage.year}年", "place": passage.place, "neither": ""}[
            kind
        ]
        yield Question(f"{about}{name}是多少", kind, passage.id)


def main() -> None:
    """Make the archive where it is not there, ask, print."""
    options = _options()
    made = list(reports(options.passages))
    asked = list({one.text: one for one in questions(made, options.questions)}.values())
    with ExitStack() as stack:
        home = options.home or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        settings = Settings(home=home)
        _fill(settings, made)
        vectors = _question_vectors(settings, made, asked)
        archive = stack.enter_context(Archive.open(settings, Computed(vectors)))
        for one in asked[:3]:
            archive.search(one.text)  # opens the indexes
        profile = cProfile.Profile()
        rows = []
        for one in asked:
            start, worked = time.perf_counter(), time.process_time()
            if options.profile:
                profile.enable()
            hits = archive.search(one.text, k=10)
            profile.disable()
            took = time.perf_counter() - start, time.process_time() - worked
            rows.append((one, *took, one.passage in {hit.passage.id for hit in hits}))
    _print(sum(len(parts) for _, parts in made), rows, options.json)
    if options.profile:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(45)


def _fill(settings: Settings, made: list[tuple[Document, list[Passage]]]) -> None:
    with Archive.open(settings, MadeEmbeddings()) as archive:
        held = {one.id for one in archive.documents()}
        missing = [(document, parts) for document, parts in made if document.id not in held]
        for start in range(0, len(missing), 50):
            some = missing[start : start + 50]
            archive.add([document for document, _ in some], {document.id: parts for document, parts in some})


def _question_vectors(
    settings: Settings, made: list[tuple[Document, list[Passage]]], asked: list[Question]
) -> dict[str, list[float]]:
    from assistant.archive.embedding import index_text

    homes = {passage.id: (document, passage) for document, parts in made for passage in parts}
    embeddings = MadeEmbeddings()
    embeddings.near = {one.text: index_text(*homes[one.passage]) for one in asked}
    return {one.text: embeddings.embed_query(one.text) for one in asked}


def _print(total: int, rows: list[tuple[Question, float, float, bool]], out: Path | None) -> None:
    table = []
    for kind in ("place and year", "place", "neither", "all"):
        chosen = [row for row in rows if kind in (row[0].kind, "all")]
        times, worked = ([1000 * row[index] for row in chosen] for index in (1, 2))
        table.append(
            {
                "question names": kind,
                "questions": len(chosen),
                "p50 ms": round(float(np.percentile(times, 50)), 1),
                "p95 ms": round(float(np.percentile(times, 95)), 1),
                "p50 cpu": round(float(np.percentile(worked, 50)), 1),
                "p95 cpu": round(float(np.percentile(worked, 95)), 1),
                "planted found": round(100 * sum(row[3] for row in chosen) / len(chosen), 1),
            }
        )
    print(f"{total} passages, search without embedding")
    names = list(table[0])
    print("  ".join(f"{name:>14}" for name in names))
    for row in table:
        print("  ".join(f"{row[name]!s:>14}" for name in names))
    if out:
        out.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--home", type=Path, help="keep the archive here")
    parser.add_argument("--profile", action="store_true", help="where the time goes")
    parser.add_argument("--json", type=Path, help="write the table here")
    return parser.parse_args()


if __name__ == "__main__":
    main()
