from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.archive import fusion
from assistant.archive.fusion import KNOBS, Look, Scores
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


def test_a_knob_that_is_off_counts_nothing() -> None:
    only_words = replace(KNOBS, dense=0.0, agreement=0.0)
    order = fusion.fused([Scores("a", 0.9, 0.0, 1.0), Scores("b", 0.1, 9.0)], only_words)
    assert [(item.key, score) for item, score in order] == [("b", 1.0), ("a", 0.0)]


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
    looks = [Look(0.1), Look(0.9, figured=1.0), Look(0.1, planned=True)]
    best = fusion.reranked([1.2, 0.4, 0.4], looks)
    assert best[1] > best[0] > best[2]
    assert max(best) <= 1.0
    assert fusion.below(1 + KNOBS.agreement) < 0.5 <= min(best)


@pytest.mark.parametrize("look", [Look(1.0, 1.0), Look(0.0, 0.0, planned=True)])
def test_the_ends_of_the_scale(look: Look) -> None:
    (score,) = fusion.reranked([1.0], [look])
    assert 0.5 <= score <= 1.0
    assert fusion.pushed(score) <= score
    assert fusion.pushed(0.5) == 0.5


def test_a_figure_weighs_more_than_being_planned() -> None:
    result, target = fusion.reranked([0.5, 0.5], [Look(1.0), Look(1.0, figured=1.0, planned=True)])
    assert target > result


def test_the_year_and_place_named_count_in_the_closer_look_too() -> None:
    other, named = fusion.reranked([0.5, 0.5], [Look(1.0, figured=0.5), Look(1.0, agreement=1.0)])
    assert named > other


def alike(one: str, other: str) -> bool:
    return fusion.alike(fusion.character_pairs(one), fusion.character_pairs(other))


def test_twins_share_most_of_their_words() -> None:
    one = "全年新认定高新技术企业17家，居全市第3位"
    assert alike(one, "全年新认定高新技术企业15家，居全市第4位")
    assert not alike(one, "全年新认定科普教育基地15个")
    assert not alike(one, "")


def test_coverage_reads_tokens_out_of_a_text() -> None:
    wording, weights = Wording(("高新", "企业")), {"高新": 3.0, "企业": 1.0}
    assert fusion.coverage(wording, weights, "高新区") == 0.75
