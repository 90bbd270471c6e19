"""Question -> hits: candidates of both indexes, exact scores for all of them, one order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date

from langchain_core.embeddings import Embeddings

from assistant.archive import fusion, lookup
from assistant.archive.catalogue import Catalogue
from assistant.archive.embedding import embed_question, model_name
from assistant.archive.fusion import KNOBS, Knobs, Look
from assistant.archive.indexes import Indexes
from assistant.archive.lookup import Found
from assistant.archive.phrasing import figured
from assistant.archive.questions import Question, chosen, understand
from assistant.archive.results import ArchivedDocument, Filters, Hit
from assistant.archive.shelf import UNCOUNTED, Shelf, best, renewed
from assistant.archive.tokens import folded
from assistant.archive.vectors import Matrix
from assistant.errors import ArchiveDamaged, EmbeddingMismatch, Said
from assistant.quantities.parts import part_of
from assistant.records import Passage
from assistant.records.document import reviewed

_EXACT = 20_000  # a narrowed set of at most so many passages is compared one by one
_MOST = 10_000
_TWINS = 12  # so many of the best hits are looked through for twins
_REPORTS = ("annual-summary", "government-report")


@dataclass(frozen=True, slots=True)
class _Scope:
    """What one search may see: `documents` by key, and whether they are all that the indexes hold."""

    documents: dict[str, ArchivedDocument]
    passages: int
    everything: bool
    narrowed: bool


class Search:
    """Searches of one owner; thread-safe."""

    def __init__(
        self,
        catalogue: Catalogue,
        indexes: Indexes,
        embeddings: Embeddings,
        owner: str,
        today: Callable[[], date] = date.today,
        knobs: Knobs = KNOBS,
    ) -> None:
        self._catalogue = catalogue
        self._indexes = indexes
        self._embeddings = embeddings
        self._model = model_name(embeddings)
        self._owner = owner
        self._today = today
        self._knobs = knobs
        self._shelf = Shelf()
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="vectors")

    def close(self) -> None:
        """Let the thread of the vector index go."""
        self._beside.shutdown()

    def documents(self) -> tuple[ArchivedDocument, ...]:
        """The owner's ready documents as of now; the indexes are not asked."""
        return self._shown(self._catalogue.generation).documents

    def hits(self, text: str, filters: Filters, k: int, offset: int = 0) -> list[Hit]:
        """The best `k` passages after the first `offset`.

        Raises:
            QueryInvalid: the question is empty or too long.
            EmbeddingMismatch: the archive's vectors come from another model than the configured one.
            ArchiveDamaged: an index cannot be read; `repair` mends it.
        """
        shelf = self._known()
        known = shelf.documents
        question = understand(text, shelf.names, self._today(), self._knobs)
        scope = _scope(chosen(filters, known), len(known), shelf.total)
        if not scope.documents:
            return []
        if shelf.model not in ("", self._model):
            raise EmbeddingMismatch(archive=shelf.model, configured=self._model)
        _check_filled(shelf)
        vector = embed_question(self._embeddings, question.embedded)
        limit = max(self._knobs.candidates, 2 * (k + offset))
        keys, worded = self._candidates(question, vector, scope, limit)
        order = fusion.fused(self._scored(question, vector, keys, worded, scope), self._knobs)
        return self._reranked(question, order[: max(self._knobs.reranked, k + offset)])[offset : offset + k]

    def _known(self) -> Shelf:
        """The shelf with the entries of both indexes."""
        shelf = self._shown(self._indexes.refresh())
        if shelf.indexed == UNCOUNTED:
            indexed = self._indexes.vectors.count(), self._indexes.keywords.count()
            shelf = self._shelf = replace(shelf, indexed=indexed)
        return shelf

    def _shown(self, generation: int) -> Shelf:
        shelf = self._shelf
        if shelf.generation != generation:
            shelf = self._shelf = renewed(shelf, self._catalogue, self._owner, self._model, generation)
        return shelf

    def _candidates(
        self, question: Question, vector: Matrix, scope: _Scope, limit: int
    ) -> tuple[list[str], dict[str, float]]:
        """Keys worth scoring, and the keyword scores that are known of them.

        They are the best of each index, and the best of the documents that the question names.
        """
        # Both indexes let go of Python's lock: what runs in the thread beside takes no time of its own.
        near = self._beside.submit(self._nearest, vector, scope, limit)
        named = question.named(scope.documents.values())
        if not named or len(named) == len(scope.documents):
            worded = self._worded(question, scope, limit)
            return list(dict.fromkeys((*near.result(), *worded))), worded
        inner = _scope(named, -1, -1)
        within = self._beside.submit(self._worded, question, inner, limit // 2)
        worded = self._worded(question, scope, limit)
        inside = self._nearest(vector, inner, limit // 2)
        worded |= within.result()
        return list(dict.fromkeys((*near.result(), *worded, *inside))), worded

    def _nearest(self, vector: Matrix, scope: _Scope, limit: int) -> list[str]:
        if not scope.everything and scope.passages <= _EXACT:
            return self._nearest_exactly(vector, scope, limit)
        counted = self._shelf if self._shelf.indexed != UNCOUNTED else self._known()
        total = counted.indexed[0]
        wanted = limit if scope.everything else limit * total // max(scope.passages, 1) * 2
        found = self._indexes.vectors.query(vector, max(1, min(wanted, total, _MOST)))
        return [key for key, _ in found]

    def _nearest_exactly(self, vector: Matrix, scope: _Scope, limit: int) -> list[str]:
        shelf = self._shelf
        near = shelf.nearest(scope.documents, vector, limit)
        if unread := [key for key in scope.documents if key not in shelf.vectors]:
            with self._catalogue.read() as connection:
                keys, matrix = lookup.vectors_of(connection, self._model, unread)
            near += best(keys, [matrix @ vector], limit) if keys else []
            near.sort(key=lambda pair: -pair[1])
        return [key for key, _ in near[:limit]]

    def _worded(self, question: Question, scope: _Scope, limit: int) -> dict[str, float]:
        """By the words; only what the scope really narrows is asked of the index, each condition costs time."""
        keywords = self._indexes.keywords
        if scope.everything:
            return dict(keywords.search(question.wording, limit))
        if scope.narrowed:
            return dict(keywords.search(question.wording, limit, documents=list(scope.documents)))
        return dict(keywords.search(question.wording, limit, owner=self._owner))

    def _scored(
        self,
        question: Question,
        vector: Matrix,
        keys: Sequence[str],
        worded: Mapping[str, float],
        scope: _Scope,
    ) -> list[fusion.Scores]:
        """Both exact scores of every candidate within the scope; `worded` are the keyword scores already known."""
        unworded = [key for key in keys if key not in worded]
        rest = self._beside.submit(self._indexes.keywords.scores, question.wording, unworded)
        rows, unread = self._shelf.scored(keys, vector)
        if unread:
            with self._catalogue.read() as connection:
                held, homes, matrix = lookup.vectors(connection, self._model, unread)
            rows += zip(held, homes, (matrix @ vector).tolist(), strict=True) if held else []
        worded = {**worded, **rest.result()}
        return [
            fusion.Scores(key, near, worded.get(key, 0.0), question.agreement(scope.documents[home]))
            for key, home, near in rows
            if home in scope.documents
        ]

    def _reranked(self, question: Question, order: list[tuple[fusion.Scores, float]]) -> list[Hit]:
        weights = self._indexes.keywords.weights(question.wording.all_tokens())
        with self._catalogue.read() as connection:
            found = lookup.found(connection, self._owner, [item.key for item, _ in order])
        order = [(item, score) for item, score in order if item.key in found]
        best, rest = order[: self._knobs.reranked], order[self._knobs.reranked :]
        looks = [_look(question, found[item.key], weights, item.agreement) for item, _ in best]
        finals = fusion.reranked([score for _, score in best], looks, self._knobs)
        rows = [
            _Row(_hit(item, final, found, look.coverage), item.agreement)
            for (item, _), final, look in zip(best, finals, looks, strict=True)
        ]
        below = [_hit(item, fusion.below(score, self._knobs), found, 0.0) for item, score in rest]
        return _untwinned(rows, question, self._knobs) + below


def _seen(found: Found) -> str:
    """What coverage looks at: the passage with its title and headings."""
    return found.indexed


@dataclass(slots=True)
class _Row:
    """A hit with what tells twins apart."""

    hit: Hit
    agreement: float
    repeats: bool = False


def _untwinned(rows: list[_Row], question: Question, knobs: Knobs) -> list[Hit]:
    """The hits, best first; of twins from several years the one that the question means, else the newest, leads."""
    rows.sort(key=lambda row: -row.hit.score)
    best = rows[:_TWINS] if knobs.twin else []
    pairs = [fusion.character_pairs(row.hit.passage.text) for row in best]
    for number, later in enumerate(best):
        for before, earlier in enumerate(best[:number]):
            if earlier.repeats or later.repeats or not _years_of_one(earlier, later):
                continue
            if fusion.alike(pairs[before], pairs[number], knobs):
                _lesser(earlier, later, question).repeats = True
    hits = [
        replace(row.hit, score=fusion.pushed(row.hit.score, knobs)) if row.repeats else row.hit
        for row in rows
    ]
    return sorted(hits, key=lambda hit: -hit.score)


def _years_of_one(one: _Row, other: _Row) -> bool:
    """Whether two passages come from the same office's reports of different years."""
    mine, theirs = one.hit.passage, other.hit.passage
    same = (mine.organisation, mine.place) == (theirs.organisation, theirs.place)
    return same and mine.year != theirs.year


def _lesser(earlier: _Row, later: _Row, question: Question) -> _Row:
    """Of two twins the one to push down."""
    if earlier.agreement != later.agreement:
        return min(earlier, later, key=lambda row: row.agreement)
    newer = (later.hit.passage.year or 0) > (earlier.hit.passage.year or 0)
    return earlier if newer and not question.years else later


def _look(question: Question, found: Found, weights: Mapping[str, float], agreement: float) -> Look:
    passage = found.passage
    covered = fusion.coverage(question.wording, weights, folded(_seen(found)))
    planned = not question.ahead and passage.genre in _REPORTS and _in_plan(passage)
    return Look(covered, figured(question.phrases, passage.text), planned, agreement)


def _in_plan(passage: Passage) -> bool:
    heading = passage.heading_path[0] if passage.heading_path else ""
    return part_of(heading, reviewed(passage.year, passage.genre)) == "plan"


def _check_filled(shelf: Shelf) -> None:
    """An index that was emptied from outside would silently find less."""
    vectors, keywords = shelf.indexed
    if not vectors:
        raise ArchiveDamaged(reason=Said("向量索引是空的", "the vector index is empty"))
    if not keywords:
        raise ArchiveDamaged(reason=Said("关键词索引是空的", "the keyword index is empty"))


def _hit(item: fusion.Scores, score: float, found: dict[str, Found], covered: float) -> Hit:
    return Hit(found[item.key].passage, score, item.dense, item.keyword, covered)


def _scope(documents: Sequence[ArchivedDocument], owned: int, total: int) -> _Scope:
    passages = sum(item.passages for item in documents)
    return _Scope(
        documents={item.key: item for item in documents},
        passages=passages,
        everything=passages == total,
        narrowed=len(documents) != owned,
    )
