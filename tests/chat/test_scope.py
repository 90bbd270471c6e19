from __future__ import annotations

import pytest

from assistant.archive import ArchivedDocument
from assistant.chat import Scope


def _item(**fields: object) -> ArchivedDocument:
    given = {
        "key": "k",
        "id": "d1",
        "title": "某报告",
        "genre": "annual-summary",
        "organisation": "清河县科学技术局",
        "place": "清河县",
        "year": 2024,
        "years": (2024, 2025),
        "number": "",
        "source_name": "a.txt",
        "passages": 3,
        **fields,
    }
    return ArchivedDocument(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("scope", "held"),
    [
        (Scope(), True),
        (Scope(documents=("d1",)), True),
        (Scope(documents=("d2",)), False),
        (Scope(documents=("d2", "d1")), True),
        (Scope(years=(2024,)), True),
        (Scope(years=(2025,)), False),
        (Scope(years=(2023, 2024)), True),
        (Scope(organisations=("科学技术局",)), True),
        (Scope(organisations=("清河县科学技术局",)), True),
        (Scope(organisations=("财政局",)), False),
        (Scope(kinds=("annual-summary",)), True),
        (Scope(kinds=("policy",)), False),
        (Scope(years=(2024,), kinds=("policy",)), False),
    ],
)
def test_what_a_scope_holds(scope: Scope, held: bool) -> None:
    assert scope.holds(_item()) is held


def test_a_document_without_a_year_counts_for_all_that_it_covers() -> None:
    item = _item(year=None, years=(2021, 2025))
    assert Scope(years=(2025,)).holds(item)
    assert not Scope(years=(2024,)).holds(item)


def test_a_document_without_an_organisation_belongs_to_none() -> None:
    assert not Scope(organisations=("科学技术局",)).holds(_item(organisation=""))


def test_an_empty_scope_is_false() -> None:
    assert not Scope()
    assert Scope(years=(2024,))
    assert Scope(kinds=("policy",))


def test_the_documents_stay_in_their_order() -> None:
    items = [_item(id="a"), _item(id="b", genre="policy"), _item(id="c")]
    assert [one.id for one in Scope(kinds=("annual-summary",)).chosen(items)] == ["a", "c"]
