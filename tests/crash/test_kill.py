"""kill -9 at every named moment of an ingest, a replacement and a removal; then open, repair, look.

CRASH_RUNS says how often each moment is hit (default 2).
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import pytest

from assistant.archive import Archive, lookup
from assistant.archive.indexing import Step
from assistant.llm import HashingEmbeddings
from assistant.records import Document
from assistant.settings import Settings

RUNS = int(os.environ.get("CRASH_RUNS", "2"))
WORDS = "创新平台企业人才项目资金成果转化园区服务农业专利研发投入孵化培训合同产业升级"


def _text(name: str, version: int, paragraphs: int) -> str:
    """A report whose paragraphs are all different."""
    source = random.Random(f"{name}{version}")
    lines = [f"{name}科学技术局2025年工作总结（第{version}稿）", "", "一、工作开展情况"]
    for number in range(paragraphs):
        words = "".join(source.choice(WORDS) for _ in range(120))
        lines.append(f"第{number + 1}项工作{name}编号{source.randrange(10**9)}：{words}。")
    return "\n".join(lines)


@dataclass(frozen=True)
class Base:
    """An archive with four documents, and the files of the next ingest: one changed, two new."""

    home: Path
    files: list[str]
    stay: set[str]
    replaced: str
    removed: Document
    arriving: set[str]


def _write(folder: Path, name: str, version: int, paragraphs: int) -> Path:
    path = folder / f"{name}.txt"
    path.write_text(_text(name, version, paragraphs), "utf-8")
    return path


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    folder, home = tmp_path_factory.mktemp("in"), tmp_path_factory.mktemp("home")
    settings = Settings(home=home)
    paths = [_write(folder, name, 1, 8) for name in ("甲县", "乙县", "丙县", "丁县")]
    with Archive.open(settings, HashingEmbeddings(64)) as archive:
        changed, removed, *stay = [row.documents[0] for row in archive.ingest(paths)]
        removed_document = archive.document(removed)
    new = [_write(folder, "甲县", 2, 8), _write(folder, "戊县", 1, 3), _write(folder, "己县", 1, 90)]
    whole = tmp_path_factory.mktemp("whole")
    with Archive.open(Settings(home=whole), HashingEmbeddings(64)) as archive:
        arriving = {row.documents[0] for row in archive.ingest(new)}
    return Base(home, [str(path) for path in new], set(stay), changed, removed_document, arriving)


class Writer:
    """The forking process."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("writer.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, **order: Any) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        assert not answer["failed"]
        return answer

    def close(self) -> None:
        self._process.communicate(timeout=20)


@pytest.fixture(scope="module")
def writer() -> Iterator[Writer]:
    made = Writer()
    yield made
    made.close()


def _check(base: Base, home: Path, acknowledged: list[str]) -> None:
    with Archive.open(Settings(home=home), HashingEmbeddings(64)) as archive:
        archive.repair()
        again = archive.repair()
        assert (again.found, again.done) == ((), ())
        ready = {item.id for item in archive.documents()}
        assert base.stay <= ready
        if "ingested" in acknowledged:
            assert base.arriving <= ready
            assert base.replaced not in ready
        if "removed" in acknowledged:
            assert base.removed.id not in ready
        assert len(ready & {base.replaced} | ready & base.arriving) >= 1
        _same_everywhere(archive)
        _found_by_their_own_text(archive, ready)
        if base.removed.id not in ready:
            hits = archive.search(base.removed.text[-200:], k=50)
            assert base.removed.id not in {hit.passage.document_id for hit in hits}
        rows = archive.ingest(base.files)
        assert all(row.status != "failed" for row in rows)
        assert base.arriving <= {item.id for item in archive.documents()}
        assert archive.repair(check=True).sound


def _same_everywhere(archive: Archive) -> None:
    with archive._catalogue.read() as connection:
        keys = set(lookup.passage_keys(connection, lookup.ready_documents(connection)))
        assert not lookup.deleting(connection)
        assert not connection.exec_driver_sql(
            "SELECT count(*) FROM passages WHERE document_key NOT IN (SELECT key FROM documents)"
        ).scalar()
    assert archive._indexes.vectors.keys() == keys
    assert archive._indexes.keywords.keys() == keys


def _found_by_their_own_text(archive: Archive, ready: set[str]) -> None:
    for document in sorted(ready):
        for passage in archive.passages(document)[::4]:
            hits = archive.search(passage.text[:400], k=3)
            assert passage.id in {hit.passage.id for hit in hits}


@pytest.mark.parametrize("run", range(RUNS))
@pytest.mark.parametrize("step", get_args(Step))
def test_killed_at_a_step(base: Base, writer: Writer, tmp_path: Path, step: str, run: int) -> None:
    home = tmp_path / "killed"
    shutil.copytree(base.home, home)
    nth = {"vectors kept": 1 + run % 3, "source pending": 1 + run % 3, "passages written": 1 + run % 3}
    again = 1 + run % 2 if step in ("delete marked", "vectors deleted", "keywords deleted") else 1
    answer = writer.run(
        home=str(home), files=base.files, remove=base.removed.id, step=step, nth=nth.get(step, again)
    )
    assert answer["killed"]
    _check(base, home, answer["acknowledged"])


@pytest.mark.parametrize("run", range(RUNS))
def test_killed_at_any_moment(base: Base, writer: Writer, tmp_path: Path, run: int) -> None:
    home = tmp_path / "killed"
    shutil.copytree(base.home, home)
    seconds = random.Random(run).uniform(0.05, 1.2)
    answer = writer.run(home=str(home), files=base.files, remove=base.removed.id, seconds=seconds)
    _check(base, home, answer["acknowledged"])


@pytest.mark.parametrize("run", range(RUNS))
def test_killed_twice(base: Base, writer: Writer, tmp_path: Path, run: int) -> None:
    home = tmp_path / "killed"
    shutil.copytree(base.home, home)
    for step in random.Random(run).sample(get_args(Step), 2):
        answer = writer.run(home=str(home), files=base.files, remove="", step=step, nth=1)
    _check(base, home, answer["acknowledged"])
