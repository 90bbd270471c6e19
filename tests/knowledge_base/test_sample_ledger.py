"""Every figure of the ledger stands where it should, and everything derived from figures follows."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

from sample_archive import Ledger, Relation

LAST_YEAR = 2025
TOLERANCE_OF_FORECASTS = Decimal("0.03")


def test_every_value_stands_in_its_sentence(ledger: Ledger, texts: dict[str, str]) -> None:
    for row in ledger.rows:
        if not row.file:
            continue
        assert row.sentence in texts[row.file], row
        assert re.search(rf"(?<![\d.]){re.escape(row.value + row.unit)}", row.sentence), row


def test_values_without_a_sentence_are_bases_before_the_first_report(ledger: Ledger) -> None:
    assert {row.year for row in ledger.rows if not row.file} == {2021}


def test_one_value_for_an_indicator_and_year_also_across_bureaus_of_a_place(ledger: Ledger) -> None:
    values = defaultdict(set)
    for row in ledger.rows:
        values[row.place, row.indicator, row.year, row.status].add(Decimal(row.value))
    assert {key: found for key, found in values.items() if len(found) > 1} == {}


def test_two_bureaus_of_a_district_count_the_same_platforms(ledger: Ledger) -> None:
    for year in (2022, 2023, 2024):
        parts = [ledger.value(f"{level}创新平台@{year}", "江临区科技创新局") for level in ("国家级", "省级")]
        assert sum(parts) == ledger.value(f"省级以上创新平台@{year}", "江临区科学技术局")


def test_one_unit_for_an_indicator(ledger: Ledger) -> None:
    units = defaultdict(set)
    for row in ledger.rows:
        units[row.place, row.indicator].add(row.unit)
    assert {key: found for key, found in units.items() if len(found) > 1} == {}


def test_forecasts_come_near_the_value_of_the_next_report(ledger: Ledger) -> None:
    actual = {row.key[:3]: Decimal(row.value) for row in ledger.rows if row.status == "actual"}
    compared = 0
    for row in ledger.rows:
        if row.status == "forecast" and row.key[:3] in actual:
            compared += 1
            assert abs(Decimal(row.value) / actual[row.key[:3]] - 1) <= TOLERANCE_OF_FORECASTS, row
    assert compared >= 20


def test_every_target_has_an_outcome_in_the_report_of_its_year(ledger: Ledger) -> None:
    told = {row.key[:3] for row in ledger.rows if row.status != "plan" and row.file}
    for row in ledger.rows:
        # The statistics of research spending come a year late: the target for 2025 is told in 2026.
        late = row.indicator == "研发投入强度" and row.year == LAST_YEAR
        if row.status == "plan" and row.year <= LAST_YEAR and not late:
            assert row.key[:3] in told, row


def test_most_targets_are_met_and_some_are_missed(ledger: Ledger) -> None:
    outcome = {row.key[:3]: Decimal(row.value) for row in ledger.rows if row.status != "plan" and row.file}
    plans = [row for row in ledger.rows if row.status == "plan" and row.key[:3] in outcome]
    missed = [row for row in plans if outcome[row.key[:3]] < Decimal(row.value)]
    assert 5 <= len(missed) <= len(plans) / 4


def test_every_relation_recomputes(ledger: Ledger) -> None:
    wrong = [relation for relation in ledger.relations if not _follows(relation, ledger)]
    assert wrong == []
    assert len(ledger.relations) >= 300


def test_every_relation_stands_in_its_sentence(ledger: Ledger, texts: dict[str, str]) -> None:
    for relation in ledger.relations:
        assert relation.sentence in texts[relation.file], relation
        assert relation.stated in relation.sentence, relation


def test_every_stated_growth_is_among_the_relations(ledger: Ledger, texts: dict[str, str]) -> None:
    known = {(row.file, row.stated) for row in ledger.relations if row.kind == "growth"}
    for name, text in texts.items():
        for stated in re.findall(r"(?:同比|较上年)(?:增长|下降)([\d.]+%)", text):
            assert (name, stated) in known, (name, stated)


def test_every_percentage_of_a_report_is_a_value_or_a_relation(
    ledger: Ledger, reports: dict[str, str]
) -> None:
    known = {(row.file, row.value + row.unit) for row in ledger.rows}
    known |= {(row.file, row.stated) for row in ledger.relations}
    for name, text in reports.items():
        for figure in re.findall(r"[\d.]+(?:%|个百分点)", text):
            assert (name, figure) in known, (name, figure)


def test_growth_and_decline_are_named_as_they_are(ledger: Ledger) -> None:
    for relation in ledger.relations:
        if relation.kind != "growth":
            continue
        now = ledger.value(relation.result, relation.organisation)
        before = ledger.value(relation.operands, relation.organisation)
        verb = "下降" if now < before else "增长"
        assert re.search(rf"{verb}(?:约)?{re.escape(relation.stated)}", relation.sentence), relation


def _follows(relation: Relation, ledger: Ledger) -> bool:
    """Whether the stated figure is the rounded result of its operands."""
    computed = abs(_computed(relation, ledger))
    found = re.match(r"[\d.]+", relation.stated)
    assert found, relation
    stated = Decimal(found[0])
    if relation.kind in ("sum", "prod", "difference", "points"):
        return computed == stated
    places = Decimal("0.1")
    return computed.quantize(places, ROUND_HALF_UP) == stated


def _computed(relation: Relation, ledger: Ledger) -> Decimal:
    """The exact result: percentages as such, sums and products in the unit of the result."""
    parts = relation.operands.split(";")
    values = [_signed(part, relation.organisation, ledger) for part in parts]
    if relation.kind == "sum":
        return sum(values, Decimal(0))
    if relation.kind == "prod":
        product = Decimal(1)
        for value in values:
            product *= value
        return product
    result = ledger.value(relation.result, relation.organisation)
    if relation.kind in ("difference", "points"):
        return result - values[0]
    if relation.kind == "growth":
        return (result - values[0]) / values[0] * 100
    assert relation.kind in ("share", "completion"), relation.kind
    return result / values[0] * 100


def _signed(operand: str, organisation: str, ledger: Ledger) -> Decimal:
    value = ledger.value(operand.removeprefix("-"), organisation)
    return -value if operand.startswith("-") else value
