from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "knowledge_base").glob("*.md")])
_LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)[^)]*\)")


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_blocks_are_as_the_program_is(generate: ModuleType) -> None:
    assert generate.stale() == [], "run docs/generate.py"


def test_a_changed_block_is_noticed(generate: ModuleType) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    broken = text.replace("| `assistant search`", "| `assistant find`")
    assert broken != text
    assert generate.renewed(broken) == text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    missing = [
        target
        for target in _LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert not missing


def test_both_readmes_have_the_same_parts() -> None:
    counts = {
        name: [
            len(re.findall(pattern, (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
            for pattern in ("^## ", "<!-- generated", "^```", r"^\|---")
        ]
        for name in ("README.md", "README.zh-CN.md")
    }
    assert counts["README.md"] == counts["README.zh-CN.md"]


def test_readme_names_make_targets_that_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md"):
        named = re.findall(r"make ([a-z]+)", (ROOT / page).read_text(encoding="utf-8"))
        verbs = {"it", "your", "a", "an", "the", "sure"}
        assert {name for name in named if name not in verbs} <= targets


def test_json_page_names_every_command(generate: ModuleType) -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    names = {".".join(path) for path, _ in generate.leaves(generate.typer.main.get_command(generate.app))}
    assert {name for name in names if f"`{name}`" not in page} == set()


def test_json_page_has_the_current_version() -> None:
    from assistant.cli.terminal import JSON_VERSION

    assert f"version {JSON_VERSION}" in (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
