"""Measure answers: `python benchmarks/answers.py --data DIR --answers OUT.jsonl [--limit N] [--abbreviated [FILE]] [--model | --chain]`.

`DIR` is a set as benchmarks/retrieval.py takes it, whose questions also have `answer`, `indicator`, `region` and
`year`. Every question is asked of an archive of the whole set. Answers are lines `{"id", "text", "figures",
"citations", "declined"}`. Counted: right (the first figure shown is the one asked for), shown (it is among the
figures shown), wrong (figures are shown, and it is not among them), declined, and right with the right passage
cited. Then as many questions as --absent says whose answer the archive does not have, made by rule: an indicator
that the report of that region and year has no words for, regions that are not there, years to come; these must be
declined. Without --model no model is used at all; with it the program uses it as always, which leaves figures to
code; --abbreviated puts short forms of names into the questions and keeps those that it changed; --chain sends every question to the model's chain, to measure what its verification lets through.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from embedding_cache import CachedEmbeddings
from retrieval_sets import ABBREVIATIONS, RetrievalSet, abbreviated, from_folder

from assistant.archive import Archive
from assistant.chat import ROUTES, Answer, Chat
from assistant.chat.chat import WRITTEN
from assistant.chat.matching import matter_of
from assistant.chat.verify import unsupported
from assistant.llm import HashingEmbeddings, chat_model, embedding_model, shutdown
from assistant.quantities import agree, extract
from assistant.settings import Settings

TODAY = date(2026, 3, 1)
_ELSEWHERE = ("海东省", "临江省", "北原市", "南浦市", "东岭省")
_WORDINGS = ("{year}年{region}政府工作报告中，{indicator}是多少？", "{indicator} {region} {year}年",
             "{region}{year}年报告里{indicator}的数据")  # fmt: skip
_SCALE = re.compile(r"[\s，,]")


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answer; an empty answer means that the archive has none."""

    id: str
    text: str
    answer: str = ""


def main() -> None:
    """Ask, count, print, write."""
    options = _options()
    data = from_folder(options.data)
    rows = [json.loads(line) for line in (options.data / "queries.jsonl").read_text("utf-8").splitlines()]
    data = abbreviated(data, options.abbreviated) if options.abbreviated else data
    texts = dict(data.queries)
    asked = [Question(row["id"], texts[row["id"]], row["answer"]) for row in rows if row["id"] in texts]
    asked = asked[:: max(1, len(asked) // options.limit)][: options.limit] if options.limit else asked
    inner = HashingEmbeddings() if options.hashing else embedding_model(Settings())
    embeddings = CachedEmbeddings(inner, None if options.hashing else options.cache)
    with (
        tempfile.TemporaryDirectory() as home,
        Archive.open(Settings(home=Path(home)), embeddings) as archive,
    ):
        archive.add(data.documents, data.passages)
        model = chat_model(Settings()) if options.model or options.chain else None
        chat = Chat(
            archive, model=model, today=lambda: TODAY, written=tuple(ROUTES) if options.chain else WRITTEN
        )
        table = {"answers": _measure(chat, data, asked, options.answers)}
        if options.absent:
            table["absent"] = _measure(chat, data, list(absent(data, rows, options.absent)), None)
    if model is not None:
        shutdown()
    for name, counts in table.items():
        print(f"{name:8} " + "  ".join(f"{key} {value}" for key, value in counts.items()))
    if options.json:
        options.json.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the set")
    parser.add_argument("--answers", type=Path, required=True, help="write the answers here")
    parser.add_argument("--limit", type=int, default=0, help="only so many questions, spread evenly")
    parser.add_argument(
        "--abbreviated", type=Path, nargs="?", const=ABBREVIATIONS, metavar="FILE",
        help="short forms of names in the questions, by default those of data/abbreviations.txt",
    )  # fmt: skip
    parser.add_argument("--absent", type=int, default=30, help="questions without an answer in the archive")
    parser.add_argument("--model", action="store_true", help="with the chat model, as the program uses it")
    parser.add_argument("--chain", action="store_true", help="the model's chain answers every question")
    parser.add_argument("--hashing", action="store_true", help="no embedding model either")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "assistant-embeddings")
    parser.add_argument("--json", type=Path, help="write the table here")
    return parser.parse_args()


def _measure(
    chat: Chat, data: RetrievalSet, asked: Sequence[Question], out: Path | None
) -> dict[str, float | int]:
    counts: Counter[str] = Counter()
    seconds: list[float] = []
    if out is not None:
        out.write_text("", "utf-8")
    for question in asked:
        start = time.perf_counter()
        answer = chat.answer(question.text)
        seconds.append(time.perf_counter() - start)
        counts.update(_judged(question, answer, data.relevant.get(question.id, {})))
        if out is not None:
            with out.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps(_line(question, answer), ensure_ascii=False) + "\n")
    names = ("right", "shown", "wrong", "declined", "right passage", "unverified")
    shares = {name: round(100 * counts[name] / len(asked), 1) for name in names}
    return {"questions": len(asked), **shares, "median ms": round(1000 * sorted(seconds)[len(seconds) // 2])}


def _judged(question: Question, answer: Answer, relevant: dict[str, int]) -> Iterator[str]:
    """What is counted of one answer."""
    for one in answer.statements:
        if unsupported(one.text, one.citations, answer.asked, one.computed):
            yield "unverified"
    if answer.declined:
        yield "declined"
        return
    hits = [_same(figure, question.answer) for figure in figures(answer)]
    yield "right" if hits[:1] == [True] else "not first"
    yield "shown" if any(hits) else "wrong"
    cited = {citation.passage_id for citation in answer.citations}
    if any(hits) and cited & set(relevant):
        yield "right passage"


def figures(answer: Answer) -> list[str]:
    """The figures of an answer: those that it names, or else all in its text."""
    if answer.figures:
        return list(answer.figures)
    return [figure.text for figure in extract(answer.text) if figure.is_figure]


def _same(shown: str, wanted: str) -> bool:
    """Whether a figure shown is the one asked for; 14.6万户 is 14.6万户次 cut short."""
    one = [figure for figure in extract(shown) if figure.is_figure]
    other = [figure for figure in extract(wanted) if figure.is_figure]
    if any(agree(a, b) or agree(b, a) for a in one for b in other):
        return True
    return bool(one and other) and _SCALE.sub("", one[0].text).startswith(_SCALE.sub("", other[0].text))


def _line(question: Question, answer: Answer) -> dict[str, Any]:
    return {
        "id": question.id,
        "text": answer.text,
        "figures": figures(answer),
        "citations": [citation.passage_id for citation in answer.citations],
        "declined": answer.declined,
    }


def absent(data: RetrievalSet, rows: Sequence[dict[str, Any]], count: int) -> Iterator[Question]:
    """Questions of the set's own wordings without an answer: a third each of the three ways."""
    texts = {document.id: document.text for document in data.documents}
    homes = {(row["region"], row["year"]): row["doc"] for row in rows}
    indicators = sorted({row["indicator"] for row in rows if len(row["indicator"]) >= 4})
    newest = max(year for _, year in homes)
    places = sorted(homes)
    made = 0
    number = 0
    while made < count:
        indicator = indicators[(number * 7) % len(indicators)]
        region, year = places[(number * 5) % len(places)]
        kind = made % 3
        number += 1
        if kind == 0 and any(name in texts[homes[region, year]] for name in matter_of(indicator).forms):
            continue
        if kind == 1:
            region = _ELSEWHERE[made // 3 % len(_ELSEWHERE)]
        if kind == 2:
            year = newest + 2 + made // 3
        wording = _WORDINGS[made // 3 % len(_WORDINGS)]
        yield Question(f"absent{made}", wording.format(indicator=indicator, region=region, year=year))
        made += 1


if __name__ == "__main__":
    main()
