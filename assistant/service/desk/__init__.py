"""The writer's desk: drafts with their revisions, their check, the writing that goes on, and the files that come out."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.service.desk.desk import Desk
    from assistant.service.desk.office import Office

__all__ = ["Desk", "Office"]


def __getattr__(name: str) -> object:
    """`Desk` and `Office` when they are asked for: the parts of the package import one another."""
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{name.lower()}"), name)
