"""Compare the catalogue with both indexes, and rebuild what differs from what the catalogue holds."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from assistant.archive import indicators, lookup, store
from assistant.archive.indexing import Indexer
from assistant.archive.keywords import Keywords, Wording
from assistant.archive.results import RepairReport
from assistant.archive.tokens import tokens
from assistant.archive.vectors import Matrix, Vectors, chroma_version
from assistant.errors import ArchiveDamaged, EmbeddingMismatch, Said
from assistant.records import Progress, Report, silent

_SAMPLE = 64
_VECTORS = Said("向量索引", "vector index")
_KEYWORDS = Said("关键词索引", "keyword index")
_SAME = 0.999


class Repair:
    """One check or repair; the caller holds the writer's lock."""

    def __init__(self, indexer: Indexer, report: Report = silent) -> None:
        self._indexer = indexer
        self._catalogue = indexer.catalogue
        self._indexes = indexer.indexes
        self._report = report
        self._found: list[str] = []
        self._done: list[str] = []

    def check(self) -> RepairReport:
        """Only look."""
        self._look_at_states()
        documents = self._ready()
        self._look_at_embeddings(documents)
        self._report(Progress("check", 1, 3))
        self._note(self._vectors_differ(documents))
        self._report(Progress("check", 2, 3))
        self._note(self._keywords_differ(documents))
        self._report(Progress("check", 3, 3))
        self._look_at_leftovers()
        return self._told(documents)

    def mend(self, re_embed: bool = False) -> RepairReport:
        """Look, and put right what differs; afterwards a check finds nothing."""
        found = list(self.check().found)
        if re_embed:
            self._change_model()
        self._complete()
        documents = self._ready()
        self._mend_embeddings(documents)
        if re_embed or self._vectors_differ(documents):
            self._rebuild_vectors(documents)
        if self._keywords_differ(documents):
            self._rebuild_keywords(documents)
        self._remove_leftovers()
        self._found = found
        return self._told(documents)

    def _told(self, documents: Sequence[str]) -> RepairReport:
        with self._catalogue.read() as connection:
            passages = lookup.total_passages(connection)
        return RepairReport(len(documents), passages, tuple(self._found), tuple(self._done))

    def _note(self, difference: str) -> None:
        if difference:
            self._found.append(difference)

    def _ready(self) -> list[str]:
        with self._catalogue.read() as connection:
            return lookup.ready_documents(connection)

    def _look_at_states(self) -> None:
        with self._catalogue.read() as connection:
            counts = (
                (
                    len(lookup.pending_sources(connection)),
                    Said("个文件的读取中断", "files whose reading was interrupted"),
                ),
                (
                    len(lookup.unfinished_sources(connection)),
                    Said("个文件尚未完成入库", "files that are not taken in completely"),
                ),
                (
                    len(lookup.deleting(connection)),
                    Said("个文档的删除尚未完成", "documents that are not removed completely"),
                ),
                (
                    len(indicators.unread(connection)),
                    Said("个文档的指标尚未读出", "documents whose indicators were not read"),
                ),
            )
        self._found += [
            Said(f"有 {count} {words}", f"{count} {words.en}") for count, words in counts if count
        ]

    def _look_at_embeddings(self, documents: Sequence[str]) -> None:
        with self._catalogue.read() as connection:
            missing = lookup.missing_texts(connection, self._recorded_model(), documents)
        if missing:
            self._found.append(
                Said(f"有 {len(missing)} 段文字没有向量", f"{len(missing)} passages have no vector")
            )

    def _recorded_model(self) -> str:
        return self._catalogue.value("embedding_model", self._indexer.model)

    def _vectors_differ(self, documents: Sequence[str]) -> str:
        recorded = self._catalogue.value("chroma")
        if recorded and recorded != chroma_version():
            return Said(
                f"向量索引由 Chroma {recorded} 建立，现在是 {chroma_version()}",
                f"the vector index was made by Chroma {recorded}; it is {chroma_version()} now",
            )
        with self._catalogue.read() as connection:
            expected, matrix = lookup.vectors_of(connection, self._recorded_model(), documents)
        try:
            held = self._indexes.vectors.keys()
            if held != set(expected):
                return _difference(_VECTORS, held, set(expected))
            lost = _not_found(self._indexes.vectors, expected, matrix)
        except ArchiveDamaged as error:
            return error.said
        return _astray(_VECTORS, min(_SAMPLE, len(expected)), lost) if lost else ""

    def _keywords_differ(self, documents: Sequence[str]) -> str:
        with self._catalogue.read() as connection:
            expected = lookup.passage_keys(connection, documents)
            sample = lookup.entries(connection, documents[:: max(1, len(documents) // 8)][:8])[:_SAMPLE]
        try:
            held = self._indexes.keywords.keys()
            if held != set(expected):
                return _difference(_KEYWORDS, held, set(expected))
            lost = sum(not _has_words(self._indexes.keywords, entry.key, entry.text) for entry in sample)
        except ArchiveDamaged as error:
            return error.said
        return _astray(_KEYWORDS, len(sample), lost) if lost else ""

    def _look_at_leftovers(self) -> None:
        count = len(self._indexes.leftovers())
        if count:
            self._found.append(
                Said(f"有 {count} 个未用完的旧索引文件夹", f"{count} folders of former indexes are left")
            )

    def _complete(self) -> None:
        with self._catalogue.write() as connection:
            pending = lookup.pending_sources(connection)
            store.give_up(connection, pending)
        if read := self._indexer.read_claims():
            self._done.append(Said(f"读出 {read} 个文档的指标", f"indicators of {read} documents read"))
        if pending:
            self._done.append(
                Said(
                    f"放弃 {len(pending)} 个读取中断的文件，重新入库即可",
                    f"{len(pending)} interrupted files given up; ingest them again",
                )
            )
        with self._catalogue.read() as connection:
            unfinished, leaving = lookup.unfinished_sources(connection), lookup.deleting(connection)
        if not unfinished and not leaving:
            return
        if unfinished:
            self._require_model()
        self._open_indexes()
        self._indexer.recover()
        self._done.append(
            Said(
                f"完成 {len(unfinished)} 个文件的入库和 {len(leaving)} 个文档的删除",
                f"{len(unfinished)} files taken in and {len(leaving)} documents removed completely",
            )
        )

    def _open_indexes(self) -> None:
        """An index that cannot be opened is made anew first, so that completing can write to it."""
        documents = self._ready()
        try:
            self._indexes.vectors.count()
        except ArchiveDamaged:
            self._rebuild_vectors(documents)
        try:
            self._indexes.keywords.count()
        except ArchiveDamaged:
            self._rebuild_keywords(documents)

    def _mend_embeddings(self, documents: Sequence[str]) -> None:
        with self._catalogue.read() as connection:
            missing = lookup.missing_texts(connection, self._recorded_model(), documents)
        if missing:
            self._require_model()
            made = self._indexer.embed(documents)
            self._done.append(Said(f"补算 {made} 段文字的向量", f"vectors of {made} passages made"))

    def _require_model(self) -> None:
        recorded = self._recorded_model()
        if recorded != self._indexer.model:
            raise EmbeddingMismatch(archive=recorded, configured=self._indexer.model)

    def _change_model(self) -> None:
        with self._catalogue.read() as connection:
            documents = lookup.all_documents(connection)
        self._indexer.change_model(documents)
        self._done.append(
            Said(f"用“{self._indexer.model}”重新生成向量", f"vectors made anew by “{self._indexer.model}”")
        )

    def _rebuild_vectors(self, documents: Sequence[str]) -> None:
        number, fresh = self._indexes.new_vectors()
        self._indexer.fill_vectors(fresh, documents, self._recorded_model())
        self._indexes.swap_vectors(number, fresh)
        self._done.append(Said("重建向量索引", "vector index rebuilt"))

    def _rebuild_keywords(self, documents: Sequence[str]) -> None:
        number, fresh = self._indexes.new_keywords()
        self._indexer.fill_keywords(fresh, documents)
        fresh.release()
        self._indexes.swap_keywords(number, fresh)
        self._done.append(Said("重建关键词索引", "keyword index rebuilt"))

    def _remove_leftovers(self) -> None:
        leftovers = self._indexes.leftovers()
        for path in leftovers:
            shutil.rmtree(path)
        if leftovers:
            self._done.append(
                Said(
                    f"删除 {len(leftovers)} 个旧索引文件夹",
                    f"{len(leftovers)} folders of former indexes removed",
                )
            )


def _difference(name: Said, held: set[str], expected: set[str]) -> Said:
    lacking, surplus = len(expected - held), len(held - expected)
    return Said(
        f"{name}缺 {lacking} 段，多 {surplus} 段", f"{name.en}: {lacking} missing, {surplus} too many"
    )


def _astray(name: Said, sample: int, lost: int) -> Said:
    return Said(
        f"{name}抽查 {sample} 段，有 {lost} 段找不到自己",
        f"{name.en}: {lost} of {sample} passages do not find themselves",
    )


def _not_found(vectors: Vectors, keys: Sequence[str], matrix: Matrix) -> int:
    """How many of a sample do not come back for their own vector (one as near counts: texts may be equal)."""
    lost = 0
    for index in range(0, len(keys), max(1, len(keys) // _SAMPLE)):
        best = vectors.query(matrix[index], 1)
        lost += not best or best[0][1] < _SAME
    return lost


def _has_words(keywords: Keywords, key: str, text: str) -> bool:
    words = tuple(dict.fromkeys(tokens(text)))[:20]
    return not words or keywords.scores(Wording(words), [key]).get(key, 0.0) > 0
