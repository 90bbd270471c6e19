"""Which kind of question it is: by its words alone, so that every route can be tested without a model."""

from __future__ import annotations

import re

from assistant.chat.answer import RouteName
from assistant.chat.asked import Asked
from assistant.chat.several import each
from assistant.quantities.indicators import namings

_ARTICLE = re.compile(r"第[一二三四五六七八九十百]+条")


def route(asked: Asked) -> RouteName:
    """The route of a question; what no rule knows is "free".

    A question for a figure goes to the values even where it mentions a policy word, unless it asks what a
    text says (奖励多少 is a policy's figure, 高新技术企业多少家 a report's).
    """
    if asked.wants("find"):
        return "find"
    if asked.wants("commitment"):
        return "commitment"
    if asked.wants("series") or len(asked.years) > 2:
        return "series"
    if _compares(asked):
        return "comparison"
    if asked.wants("policy") and not _is_figure_of_report(asked):
        return "policy"
    if asked.wants("summary"):
        return "summary"
    if asked.wants("value") or _is_bare(asked):
        return "value"
    return "free"


def _compares(asked: Asked) -> bool:
    """Several sides, or a word that compares when it is not about two years of one side."""
    sides = max(len(asked.organisations), len(asked.places))
    if sides < 2 and len(each(asked)) > 1:
        return False
    if sides > 1 and (asked.wants("comparison") or asked.wants("value")):
        return True
    return sides == 0 and asked.wants("comparison") and len(asked.years) < 2 and bool(asked.matter)


def _is_figure_of_report(asked: Asked) -> bool:
    """Something asked for a year, or an indicator for a place, with no article named."""
    dated = bool(asked.years or asked.of_report) and (asked.wants("value") or not asked.wants("open"))
    return dated and bool(asked.matter) and not _ARTICLE.search(asked.text)


def _is_bare(asked: Asked) -> bool:
    """Only an indicator with a year or a place, as typed into a search box."""
    named = bool(asked.years) and bool(asked.places or asked.organisations)
    if asked.wants("open"):
        return False
    short = 2 <= len(asked.matter) <= 16 and len(asked.text) <= 60
    return short and (named or (bool(namings(asked.matter)) and len(asked.matter) <= 12))
