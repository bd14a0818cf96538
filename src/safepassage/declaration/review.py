"""Keep what people decided about the fields of a text, beside the text and never in it.

Decisions stand in ``NAME.review.json`` beside ``NAME``. They are tied to the text by its
SHA-256: once the text has changed, none of them is applied. Every decision is kept; the
last one about a field counts.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from safepassage.base.errors import InputError
from safepassage.base.files import alone_in, write_together
from safepassage.declaration.intake import MAX_FILE_BYTES
from safepassage.declaration.model import Declaration, Evidence, Reviewed
from safepassage.declaration.values import FIELDS, checked, fitting, known, typed, value_at

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

__all__ = [
    "Decision",
    "Review",
    "accepted",
    "apply_review",
    "blanked",
    "corrected",
    "load_review",
    "review_of",
    "review_path",
    "reviewed",
    "save_review",
    "stated_fields",
]

_LONGEST_BY = 60


class Decision(BaseModel):
    """Hold what one person decided about one field.

    Attributes
    ----------
    before, after
        The field as it stands in JSON; unknown is null.
    by
        The person's role or initials, as they typed them.
    at
        When, in UTC.

    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    field: str
    decision: Literal["accepted", "corrected", "blanked"]
    before: Any = None
    after: Any = None
    by: str = Field(min_length=1, max_length=_LONGEST_BY)
    at: str


class Review(BaseModel):
    """Hold all decisions about one text, in order of time."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal["1.0"] = "1.0"
    kind: Literal["review"] = "review"
    text_name: str
    text_sha256: str
    decisions: tuple[Decision, ...] = ()

    def with_decision(self, decision: Decision) -> Review:
        """Give the review with one decision more."""
        return self.model_copy(update={"decisions": (*self.decisions, decision)})

    def standing(self) -> dict[str, Decision]:
        """Give the last decision about each field."""
        return {decision.field: decision for decision in self.decisions}


def review_path(path: Path) -> Path:
    """Give the file beside a text that holds decisions about it."""
    return path.with_name(f"{path.name}.review.json")


def review_of(declaration: Declaration, path: Path) -> Review:
    """Give the review of a text to go on with: an empty one if there is none or it is stale."""
    known = load_review(path)
    if known is not None and known.text_sha256 == declaration.text_sha256:
        return known
    return Review(text_name=declaration.text_name, text_sha256=declaration.text_sha256)


def load_review(path: Path) -> Review | None:
    """Read the decisions beside a text.

    Raises
    ------
    InputError
        If the file is there and is no review.

    """
    beside = review_path(path)
    try:
        if not beside.is_file():
            return None
    except OSError:  # such as a name that is too long: nothing was ever stored there
        return None
    try:
        if beside.stat().st_size > MAX_FILE_BYTES:
            raise _unreadable(beside, f"it is longer than {MAX_FILE_BYTES // 1_000_000} MB")
        review = Review.model_validate(json.loads(beside.read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError, ValidationError) as error:
        raise _unreadable(beside) from error
    try:
        for decision in review.decisions:
            _check(decision)
    except InputError as error:
        raise _unreadable(beside, str(error.faults[0])) from error
    return review


def _check(decision: Decision) -> None:
    """Check a stored value: of what was typed all, of what was read only the shape."""
    if decision.after is None:
        known(decision.field)
    elif decision.decision == "accepted":
        fitting(decision.field, decision.after)
    else:
        checked(decision.field, decision.after)


def _unreadable(beside: Path, why: str = "") -> InputError:
    what = f"is no review that can be read ({why})" if why else "is no review that can be read"
    return InputError.one(str(beside), what, "Mend it, or move it away and review the text again.")


def save_review(path: Path, review: Review) -> Path:
    """Write the decisions beside the text, whole or not at all.

    What somebody else stored about the same text since the review was read is kept; decisions
    about an earlier version of the text are kept, too, under its hash.

    Raises
    ------
    InputError
        If the folder cannot be written to.

    """
    beside = review_path(path)
    with alone_in(beside.parent):
        files = {}
        old = load_review(path)
        if old is not None and old.text_sha256 == review.text_sha256:
            review = _joined(old, review)
        elif old is not None:
            kept = f"{path.name}.review.{old.text_sha256[:8]}.json"
            files[kept] = beside.read_text(encoding="utf-8")
        text = json.dumps(review.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"
        try:
            write_together(beside.parent, {beside.name: text, **files})
        except InputError as error:
            raise InputError.one(
                str(beside), f"{error.faults[0].what}; nothing was stored",
                "Copy the text to a folder that you may write to, under a short name.",
            ) from error  # fmt: skip
    return beside


def _joined(old: Review, new: Review) -> Review:
    """Put what is new after what is stored."""
    left = list(old.decisions)
    added = []
    for decision in new.decisions:
        if decision in left:
            left.remove(decision)
        else:
            added.append(decision)
    return old.model_copy(update={"decisions": (*old.decisions, *added)})


def stated_fields(declaration: Declaration) -> tuple[str, ...]:
    """Name the fields that the text states, in the order in which people are asked.

    A list that holds nothing more than its first value, a field of its own, is left out.
    """
    return tuple(
        field
        for field in FIELDS
        if (value := value_at(declaration, field)) is not None
        and not (field in _FIRST_OF and len(value) < 2)
    )


_FIRST_OF: dict[str, Callable[[Any], dict[str, Any]]] = {
    "weapons_by_group": lambda rules: {
        "weapons": next((each["rule"] for each in rules if each["users"] == "armed"), None)
    },
    "appeals": lambda appeals: {"appeal": appeals[0]["words"], "appeal_to": appeals[0]["to"]},
    "earlier": lambda attempts: {"previous": attempts[0]},
}
"""Lists of which one value stands in a field of its own, and that value."""
_LIST_OF = {
    "weapons": "weapons_by_group", "appeal": "appeals", "appeal_to": "appeals",
    "previous": "earlier",
}  # fmt: skip


def accepted(declaration: Declaration, field: str, *, by: str) -> Decision:
    """Accept a field as it was read.

    Raises
    ------
    InputError
        If there is no such field, or no name of a role.

    """
    value = value_at(declaration, _field(field))
    return Decision(field=field, decision="accepted", before=value, after=value, **_signed(by))


def corrected(declaration: Declaration, field: str, text: str, *, by: str) -> Decision:
    """Put what a person typed in place of what was read.

    Raises
    ------
    InputError
        If there is no such field, the value is none of its values, or no role is named.

    """
    after = typed(field, text)
    before = value_at(declaration, field)
    return Decision(field=field, decision="corrected", before=before, after=after, **_signed(by))


def blanked(declaration: Declaration, field: str, *, by: str) -> Decision:
    """Leave a field unknown.

    Raises
    ------
    InputError
        If there is no such field, or no role is named.

    """
    before = value_at(declaration, _field(field))
    return Decision(field=field, decision="blanked", before=before, **_signed(by))


def _field(field: str) -> str:
    known(field)
    return field


def _signed(by: str) -> dict[str, str]:
    role = " ".join(by.split())
    if not role or len(role) > _LONGEST_BY or not role.isprintable():
        raise InputError.one(
            "--by", "must name a role or initials", f"Write up to {_LONGEST_BY} characters."
        )
    return {"by": role, "at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"}


def reviewed(declaration: Declaration, path: Path) -> Declaration:
    """Apply the decisions beside a text, if there are any.

    Raises
    ------
    InputError
        If the file with the decisions cannot be read.

    """
    review = load_review(path)
    return declaration if review is None else apply_review(declaration, review)


def apply_review(declaration: Declaration, review: Review) -> Declaration:
    """Put decisions in place of what was read; a review of another text is told, not applied."""
    standing = review.standing()
    if not standing:
        return declaration
    by = tuple(dict.fromkeys(decision.by for decision in standing.values()))
    fields = tuple(standing)
    if review.text_sha256 != declaration.text_sha256:
        said = (
            "The text has changed since it was reviewed; none of the decisions beside it "
            f"({', '.join(fields)}) was applied."
        )
        return declaration.model_copy(
            update={
                "reviewed": Reviewed(status="stale", by=by, fields=fields),
                "remarks": (said, *declaration.remarks),
            }
        )
    data = declaration.model_dump()
    evidence = dict(declaration.evidence)
    for decision in standing.values():
        _put(data, decision)
        _sign(evidence, decision, decided=standing.keys())
        if decision.decision != "accepted":
            _put_twin(data, decision, decided=standing.keys())
    data["evidence"] = evidence
    data["reviewed"] = Reviewed(status="applied", by=by, fields=fields)
    return Declaration.model_validate(data)


def _put(data: dict[str, Any], decision: Decision) -> None:
    name, _, part = decision.field.partition(".")
    value = decision.after
    if part:
        data[name] = {**data[name], part: value}
    elif name == "windows":
        whole = [bool(each.get("start") and each.get("end")) for each in value or ()]
        data["windows"] = tuple(each for each, both in zip(value or (), whole, strict=True) if both)
        data["open_windows"] = tuple(
            {key: each.get(key) for key in ("start", "end", "recurrence")}
            for each, both in zip(value or (), whole, strict=True)
            if not both
        )
    else:
        empty = Declaration.model_fields[name].get_default(call_default_factory=True)
        data[name] = empty if value is None else value


def _put_twin(data: dict[str, Any], decision: Decision, *, decided: Collection[str]) -> None:
    """Keep a field and the list it is the first of from saying two things."""
    twin = _LIST_OF.get(decision.field)
    if twin is not None and twin not in decided:
        data[twin] = ()
    if decision.field in _FIRST_OF and decision.after:
        first = _FIRST_OF[decision.field](decision.after)
        data.update({name: value for name, value in first.items() if name not in decided})
    elif decision.field in _FIRST_OF:
        names = [name for name, whole in _LIST_OF.items() if whole == decision.field]
        data.update({name: None for name in names if name not in decided})


def _sign(evidence: dict[str, Evidence], decision: Decision, *, decided: Collection[str]) -> None:
    """Say in a field's evidence who set it; a value typed anew has the old words, or none."""
    field = decision.field
    names = {field}
    if (twin := _LIST_OF.get(field)) is not None and twin not in decided:
        names.add(twin)
    if field == "windows":
        names.add("open_windows")
    keys = [key for key in evidence if any(key == n or key.startswith(f"{n}.") for n in names)]
    whole = field.partition(".")[0]
    if whole != field and evidence.get(whole) == evidence.get(field) is not None:
        keys.append(whole)  # the whole has the words of its first part
    words = evidence.get(field)
    signed = {"set_by": decision.by}
    if decision.decision == "accepted":
        evidence.update({key: evidence[key].model_copy(update=signed) for key in keys})
    else:
        for key in keys:
            del evidence[key]
        if words is not None and decision.after is not None:
            evidence[field] = words.model_copy(update={**signed, "confidence": 1.0})
    if decision.after is not None and field not in evidence:
        evidence[field] = Evidence(quote="", start=0, end=0, confidence=1.0, **signed)
