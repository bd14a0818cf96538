"""Collect the fields of a declaration, each with the words it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepassage.declaration.findings import Finding, evidence_of
from safepassage.declaration.model import CorridorTerms, Declaration, Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from safepassage.declaration.text import Text

__all__ = ["Record"]


class Record:
    """Collect fields and the words they came from."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.fields: dict[str, Any] = {}
        self.evidence: dict[str, Evidence] = {}
        self.remarks: list[str] = []

    def put(self, name: str, value: object) -> None:
        """Set a field that has no words of its own, where nothing is set yet."""
        if value is not None:
            self.fields.setdefault(name, value)

    def one(self, name: str, finding: Finding[object] | None) -> None:
        """Set a field from one finding."""
        if finding is not None:
            self.fields[name] = finding.value
            self.evidence[name] = evidence_of(finding, self.text)

    def many(self, name: str, findings: Sequence[Finding[object]]) -> None:
        """Set a field of several values, with evidence for each."""
        if findings:
            self.fields[name] = tuple(finding.value for finding in findings)
            self.evidence[name] = evidence_of(findings[0], self.text)
            for index, finding in enumerate(findings):
                self.evidence[f"{name}.{index}"] = evidence_of(finding, self.text)

    def parts(self, name: str, findings: dict[str, Finding[int] | None]) -> None:
        """Set the counts of corridors, with evidence for each."""
        known = {part: finding for part, finding in findings.items() if finding is not None}
        if known:
            self.fields[name] = CorridorTerms(**{part: f.value for part, f in known.items()})
            self.evidence[name] = evidence_of(next(iter(known.values())), self.text)
            for part, finding in known.items():
                self.evidence[f"{name}.{part}"] = evidence_of(finding, self.text)

    def remark(self, remarks: Sequence[str]) -> None:
        """Add sentences on what was not settled."""
        self.remarks.extend(remarks)

    def declaration(self) -> Declaration:
        """Give the declaration."""
        return Declaration(
            text_name=self.text.name,
            text_sha256=self.text.sha256,
            text=self.text.raw,
            remarks=tuple(dict.fromkeys((*self.text.remarks, *self.remarks))),
            evidence=self.evidence,
            **self.fields,
        )
