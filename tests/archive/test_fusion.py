from __future__ import annotations

import pytest

from assistant.archive import fusion
from assistant.archive.fusion import Scores
from assistant.archive.keywords import Wording


def test_both_scores_count() -> None:
    order = fusion.fused([Scores("a", 0.9, 0.0), Scores("b", 0.8, 9.0), Scores("c", 0.1, 1.0)])
    assert [item.key for item, _ in order] == ["b", "a", "c"]


def test_agreement_moves_up() -> None:
    order = fusion.fused([Scores("a", 0.5, 5.0), Scores("b", 0.5, 5.0, agreement=1.0)])
    assert order[0][0].key == "b"


def test_equal_and_empty() -> None:
    assert fusion.fused([]) == []
    assert [score for _, score in fusion.fused([Scores("a", 1, 1), Scores("b", 1, 1)])] == [0, 0]


def test_coverage_is_a_share() -> None:
    wording, weights = Wording(("高新", "企业")), {"高新": 3.0, "企业": 1.0}
    assert fusion.coverage(wording, weights, frozenset({"高新"})) == 0.75
    assert fusion.coverage(Wording(()), {}, frozenset()) == 0


def test_coverage_takes_the_best_name() -> None:
    wording = Wording(("高企", "数量"), ((("高企",), ("高新", "企业")),))
    weights = {"高企": 2.0, "数量": 2.0, "高新": 1.0, "企业": 1.0}
    assert fusion.coverage(wording, weights, frozenset({"高新", "企业"})) == 0.5
    assert fusion.coverage(wording, weights, frozenset({"高企", "数量"})) == 1


def test_reranked_scores_stay_above_the_rest() -> None:
    best = fusion.reranked([1.2, 0.4], [0.1, 0.9])
    assert best == pytest.approx([0.7, 0.8])
    assert fusion.below(1 + fusion.AGREEMENT) < 0.5
