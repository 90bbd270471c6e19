"""What scripts of the tabs “ask” and “library” send: read by type, refused when it is anything else."""

from __future__ import annotations

import pytest

from assistant.chat import Scope
from assistant.errors import RequestUnusable
from assistant.ui import ask, library
from assistant.ui.ask import scope_of
from assistant.ui.given import Given
from assistant.ui.library import _ids, _years
from assistant.wording import Wording


def test_a_scope() -> None:
    given = Given.of(
        {"years": [2023, 2024], "kinds": ["policy"], "organisations": ["某局"], "documents": ["d1"]}
    )
    assert scope_of(given) == Scope(("d1",), (2023, 2024), ("某局",), ("policy",))
    assert scope_of(Given.of({})) == Scope()
    assert scope_of(Given.of(None)) == Scope()


@pytest.mark.parametrize(
    "sent",
    [
        {"years": "2023"},
        {"years": ["2023"]},
        {"years": [True]},
        {"years": [2023.5]},
        {"kinds": ["诗歌"]},
        {"kinds": [["policy"]]},
        {"organisations": [1]},
        {"documents": [{"id": 1}]},
        {"documents": ["x"] * 201},
    ],
)
def test_what_is_no_scope(sent: dict[str, object]) -> None:
    with pytest.raises(RequestUnusable):
        scope_of(Given.of(sent))


@pytest.mark.parametrize("sent", [{}, {"ids": []}, {"ids": "x"}, {"ids": ["x"] * 1001}])
def test_ids_are_named(sent: dict[str, object]) -> None:
    with pytest.raises(RequestUnusable):
        _ids(Given.of(sent))


def test_years_are_numbers() -> None:
    assert _years(Given.of({"years": [2024]})) == [2024]
    with pytest.raises(RequestUnusable):
        _years(Given.of({"years": ["2024; drop"]}))


@pytest.mark.parametrize("name", ["ask", "library", "reading"])
def test_every_word_that_a_script_asks_for_is_there(name: str) -> None:
    import re
    from importlib.resources import files

    web = files("assistant.ui").joinpath("web")
    shared = (*ask.SCRIPTS, *library.SCRIPTS, "source.js", "chart.js")
    scripts = {"ask": ask.SCRIPTS, "library": library.SCRIPTS, "reading": shared}
    text = "".join(web.joinpath(one).read_text("utf-8") for one in scripts[name])
    table = "shared" if name == "reading" else "words"
    asked = {a or b for a, b in re.findall(rf"\b{table}(?:\.(\w+)|\['([\w.-]+)'\])", text)}
    if name != "reading":
        asked |= set(re.findall(r"\bsay\('([\w.]+)'", text))
    assert asked
    assert asked <= set(Wording("assistant.ui", f"{name}.yaml").keys)
