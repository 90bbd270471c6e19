"""What a check gives back."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.records import Coverage, Finding


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Findings in text order, the coverage of figures, and what could not be compared (sentences)."""

    findings: tuple[Finding, ...]
    coverage: Coverage
    notes: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether there is neither an error nor a warning."""
        return all(finding.severity == "note" for finding in self.findings)
