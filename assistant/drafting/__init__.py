"""Facts in, a draft out, every sentence with what it rests on.

`read_facts` reads what the writer gives, `propose_outline` finds headings where there are none, `Drafter`
writes: it plans sentences, locks the writer's clauses, lets the model add a theme and phrases (or whole
sentences that are verified claim by claim), and falls back to the plain facts where the model fails. `Reviser`
writes a section or a sentence anew as an instruction asks, under the same locks.

Names are loaded when they are first used: reading facts needs neither the archive nor a model library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.drafting.drafter import Drafter
    from assistant.drafting.events import (
        DraftDone,
        DraftEvent,
        SectionDone,
        SectionFailed,
        SectionStarted,
        TextPiece,
    )
    from assistant.drafting.facts import facts_from_items, read_facts
    from assistant.drafting.outline import has_outline, propose_outline
    from assistant.drafting.revise import Revised, Reviser, Surroundings
    from assistant.drafting.verify import verify_section

_HOMES = {
    "DraftDone": "events",
    "DraftEvent": "events",
    "Drafter": "drafter",
    "Revised": "revise",
    "Reviser": "revise",
    "SectionDone": "events",
    "SectionFailed": "events",
    "SectionStarted": "events",
    "Surroundings": "revise",
    "TextPiece": "events",
    "facts_from_items": "facts",
    "has_outline": "outline",
    "propose_outline": "outline",
    "read_facts": "facts",
    "verify_section": "verify",
}

__all__ = [
    "DraftDone",
    "DraftEvent",
    "Drafter",
    "Revised",
    "Reviser",
    "SectionDone",
    "SectionFailed",
    "SectionStarted",
    "Surroundings",
    "TextPiece",
    "facts_from_items",
    "has_outline",
    "propose_outline",
    "read_facts",
    "verify_section",
]


def __getattr__(name: str) -> object:
    """The public name, from the module that holds it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
