"""Where the sample archive is: in a checkout beside the package, in an installed wheel inside it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

SAMPLE_FACTS = "yunxi-2025.md"


def sample_archive() -> Path:
    """The folder with `reports/`, `policies/` and `facts/` that the project ships."""
    checkout = Path(__file__).parents[2] / "knowledge_base"
    if checkout.is_dir() and (checkout.parent / "pyproject.toml").is_file():
        return checkout
    return Path(str(files("assistant").joinpath("_data", "knowledge_base")))


def sample_facts() -> Path:
    """The facts file that `assistant demo` drafts."""
    return sample_archive() / "facts" / SAMPLE_FACTS
