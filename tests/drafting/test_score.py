"""The benchmark's own scoring: what it counts, on texts made for it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

PATH = Path(__file__).parents[2] / "benchmarks" / "drafting_score.py"
FACTS = ("新认定高新技术企业23家", "技术合同登记额5.6亿元，同比增长18.3%")
GOOD = "壮大创新主体，新认定高新技术企业23家，技术合同登记额5.6亿元，同比增长18.3%。"


@pytest.fixture(scope="module")
def scoring() -> ModuleType:
    spec = importlib.util.spec_from_file_location("drafting_score", PATH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_a_true_text_has_everything(scoring: ModuleType) -> None:
    found = scoring.score(FACTS, GOOD)
    assert (found.figures, found.carried, found.bound) == (3, 3, 3)
    assert (found.invented, found.debris, found.repeated) == ((), 0, 0)


def test_a_missing_figure_is_not_carried(scoring: ModuleType) -> None:
    assert scoring.score(FACTS, GOOD.replace("23家", "3家")).carried == 2


def test_a_figure_on_another_indicator_is_not_bound(scoring: ModuleType) -> None:
    text = "引进人才" + "并做好各方面保障，稳步推进各项任务落地见效，不断改善群众的居住条件" + "23家。"
    assert scoring.score(FACTS[:1], text).bound == 0


@pytest.mark.parametrize("added", ["服务企业40家。", "惠及十余家企业。", "建成三个园区。", "增长1.2倍。"])
def test_an_added_figure_is_invented(scoring: ModuleType, added: str) -> None:
    assert len(scoring.invented(FACTS, GOOD + added)) == 1


@pytest.mark.parametrize("kept", ["一是加强统筹。", "服务三农。", "二是落实双碳。"])
def test_enumerators_and_names_are_no_figures(scoring: ModuleType, kept: str) -> None:
    assert scoring.invented(FACTS, GOOD + kept) == ()


@pytest.mark.parametrize("debris", ["**甲**", "# 标题", "- 列表", "1. 列表", "以下是正文"])
def test_markdown_and_chat_are_debris(scoring: ModuleType, debris: str) -> None:
    assert scoring.score(FACTS, debris + "\n" + GOOD).debris >= 1


def test_a_sentence_said_twice_is_repeated(scoring: ModuleType) -> None:
    assert scoring.repeated(GOOD + GOOD) >= 1
    assert scoring.repeated(GOOD) == 0
