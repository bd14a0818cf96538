"""Hold who may release what is told to people, and in whose name it is told."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from safepassage.case.strict import Strict

__all__ = ["Release"]


class Release(Strict):
    """Say who may release leaflets and alerts, and what stands as their sender.

    Roles, never names of persons. With no role named, nothing can be released.
    """

    roles: tuple[Annotated[str, Field(min_length=1, pattern=r"\S")], ...] = Field(
        default=(), strict=False
    )
    sender: str = Field(default="", pattern=r"^[^\s,<&]*$")
    sender_name: str = ""
    contact: str = ""
