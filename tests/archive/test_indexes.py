"""One suite for both indexes: the vectors embedded and on a server, the keywords."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from archive.conftest import Opener
from archive.made import report
from assistant.archive.keywords import Entry, Keywords, Wording
from assistant.archive.vectors import Matrix, Vectors
from assistant.errors import ArchiveUnavailable
from assistant.settings import Settings


def _matrix(rows: int, seed: int = 1) -> Matrix:
    made = np.random.default_rng(seed).normal(size=(rows, 48)).astype(np.float32)
    return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)


def _keys(rows: int) -> list[str]:
    return [f"key{number}" for number in range(rows)]


@pytest.fixture(params=["folder", "server"])
def vectors(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Vectors]:
    url = request.getfixturevalue("chroma_url") if request.param == "server" else ""
    name = f"archive-{abs(hash(tmp_path)):x}-1"
    made = Vectors(tmp_path / "vectors", name, url)
    yield made
    made.drop()
    made.close()


def test_each_vector_finds_itself(vectors: Vectors) -> None:
    matrix = _matrix(300)
    vectors.upsert(_keys(300), matrix)
    assert (vectors.count(), vectors.keys()) == (300, set(_keys(300)))
    for number in range(0, 300, 29):
        ((key, similarity),) = vectors.query(matrix[number], 1)
        assert (key, similarity) == (f"key{number}", pytest.approx(1, abs=1e-4))


def test_similarity_is_the_cosine(vectors: Vectors) -> None:
    matrix = _matrix(20)
    vectors.upsert(_keys(20), matrix * 3)
    expected = matrix @ matrix[0]
    assert {key: pytest.approx(expected[int(key[3:])], abs=1e-4) for key in _keys(20)} == dict(
        vectors.query(matrix[0], 20)
    )


def test_upsert_replaces(vectors: Vectors) -> None:
    first, second = _matrix(2), _matrix(2, seed=2)
    vectors.upsert(_keys(2), first)
    vectors.upsert(_keys(2), second)
    assert vectors.count() == 2
    assert vectors.query(second[1], 1)[0][0] == "key1"


def test_more_rows_than_one_batch(vectors: Vectors) -> None:
    matrix = _matrix(6000)
    vectors.upsert(_keys(6000), matrix)
    assert vectors.count() == 6000


def test_delete_takes_only_what_is_named(vectors: Vectors) -> None:
    vectors.upsert(_keys(5), _matrix(5))
    vectors.delete(["key1", "unknown"])
    assert vectors.keys() == {"key0", "key2", "key3", "key4"}
    with pytest.raises(ValueError, match="no keys"):
        vectors.delete([])
    assert vectors.count() == 4


def test_more_wanted_than_there_are(vectors: Vectors) -> None:
    vectors.upsert(_keys(3), _matrix(3))
    assert len(vectors.query(_matrix(1)[0], 50)) == 3
    assert vectors.query(_matrix(1)[0], 1)


def test_an_empty_index(vectors: Vectors) -> None:
    assert (vectors.count(), vectors.keys()) == (0, set())
    assert vectors.query(_matrix(1)[0], 3) == []


def test_it_is_there_after_closing(vectors: Vectors) -> None:
    vectors.upsert(_keys(30), _matrix(30))
    vectors.close()
    assert vectors.query(_matrix(30)[7], 1)[0][0] == "key7"


def test_dropping_is_for_good_and_may_repeat(vectors: Vectors) -> None:
    vectors.upsert(_keys(3), _matrix(3))
    vectors.drop()
    vectors.drop()
    assert vectors.count() == 0


def test_another_opening_sees_what_was_written(tmp_path: Path) -> None:
    first, second = Vectors(tmp_path / "v", "x"), Vectors(tmp_path / "v", "x")
    matrix = _matrix(40)
    first.upsert(_keys(20), matrix[:20])
    assert second.query(matrix[3], 1)[0][0] == "key3"
    first.upsert(_keys(40)[20:], matrix[20:])
    second.reopen()
    assert second.query(matrix[33], 1)[0][0] == "key33"
    first.close()
    second.close()


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ArchiveUnavailable) as caught:
        Vectors(tmp_path, "archive-x-1", "http://127.0.0.1:9").count()
    assert "ASSISTANT_CHROMA_URL" in caught.value.hint("zh")


def test_what_is_there_is_told_while_the_server_is_down(
    chroma_url: str, opened: Opener, settings: Settings
) -> None:
    there = settings.model_copy(update={"chroma_url": chroma_url})
    made = report("云溪县", 2024, 7)
    opened(settings=there).add([made])
    down = opened(settings=settings.model_copy(update={"chroma_url": "http://127.0.0.1:9"}))
    assert [one.id for one in down.documents()] == [made.id]
    assert down.document(made.id).text == made.text
    with pytest.raises(ArchiveUnavailable):
        down.search("高新技术企业")
    assert [one.id for one in down.documents()] == [made.id]


def test_the_archive_on_a_server(chroma_url: str, opened: Opener, settings: Settings) -> None:
    there = settings.model_copy(update={"chroma_url": chroma_url})
    writer, reader = opened(settings=there), opened(settings=there)
    made = [report(place, year, 7) for place in ("云溪县", "青岚区") for year in (2024, 2025)]
    writer.add(made)
    assert not (settings.home / "archive" / "vectors-1").exists()
    assert reader.search("2024年青岚区高新技术企业")[0].passage.title == made[2].title
    assert writer.repair(check=True).sound
    writer._catalogue.put(chroma="0.4.1")
    assert writer.repair().done
    assert writer.repair().sound
    assert reader.search("2024年青岚区高新技术企业", k=8)[0].passage.title == made[2].title
    assert writer.remove(made[0].id) == 2
    assert len(reader.search("高新技术企业", k=20)) == 6


@pytest.fixture
def keywords(tmp_path: Path) -> Keywords:
    made = Keywords(tmp_path / "keywords")
    made.add(
        [
            Entry("a", "甲", "d1", "新认定高新技术企业23家"),
            Entry("b", "甲", "d2", "技术合同登记额5.6亿元"),
            Entry("c", "乙", "d3", "新认定高新技术企业99家"),
        ]
    )
    made.commit()
    return made


def test_words_find_only_the_owners(keywords: Keywords) -> None:
    found = keywords.search(Wording(("高新", "企业")), 10, owner="甲")
    assert [key for key, _ in found] == ["a"]
    assert found[0][1] > 0


def test_words_narrowed_to_documents(keywords: Keywords) -> None:
    assert keywords.search(Wording(("技术",)), 10, owner="甲", documents=["d2"])[0][0] == "b"
    assert keywords.search(Wording(("技术",)), 10, owner="甲", documents=["d3"]) == []


def test_words_of_all(keywords: Keywords) -> None:
    found = dict(keywords.search(Wording(("高新", "企业")), 10))
    assert found == keywords.scores(Wording(("高新", "企业")), ["a", "c"])


def test_more_names_than_single_terms_are_worth(keywords: Keywords) -> None:
    many = ["a", *(f"x{number}" for number in range(3_500))]
    assert list(keywords.scores(Wording(("高新",)), many)) == ["a"]


def test_exact_scores(keywords: Keywords) -> None:
    wording = Wording(("高新", "企业"))
    (key, score), *_ = keywords.search(wording, 10, owner="甲")
    assert keywords.scores(wording, ["a", "b"]) == {key: pytest.approx(score), "b": 0.0}
    assert keywords.scores(wording, []) == {}


def test_other_names_count_less(keywords: Keywords) -> None:
    named = Wording(("高企",), ((("高企",), ("高新", "企业")),))
    plain = keywords.scores(Wording(("高新", "企业")), ["a"])["a"]
    assert 0 < keywords.scores(named, ["a"])["a"] < plain


def test_uncommitted_entries_are_dropped(keywords: Keywords) -> None:
    keywords.add([Entry("z", "甲", "d9", "未提交")])
    keywords.release()
    assert keywords.keys() == {"a", "b", "c"}


def test_entries_are_replaced_and_deleted(keywords: Keywords) -> None:
    keywords.add([Entry("a", "甲", "d1", "完全不同的文字")])
    keywords.delete(["b", "unknown"])
    keywords.commit()
    assert (keywords.count(), keywords.keys()) == (2, {"a", "c"})
    assert keywords.search(Wording(("高新",)), 10, owner="甲") == []
    with pytest.raises(ValueError, match="no keys"):
        keywords.delete([])


def test_rare_tokens_weigh_more(keywords: Keywords) -> None:
    weights = keywords.weights(["合同", "技术"])
    assert weights["合同"] > weights["技术"] > 0


def test_another_keywords_opening_sees_commits(keywords: Keywords, tmp_path: Path) -> None:
    other = Keywords(tmp_path / "keywords")
    assert other.count() == 3
    keywords.add([Entry("z", "甲", "d9", "新的")])
    keywords.commit()
    other.reopen()
    assert other.count() == 4
    keywords.close()
    other.drop()
