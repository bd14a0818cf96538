"""Hold what every topic of English reading needs of a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from safepassage.declaration.english.actors import Actor, within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safepassage.declaration.english.roles import Role
    from safepassage.declaration.text import Sentence, Text

__all__ = ["Reading"]


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold what every topic needs: the text, the role of each sentence, who is named."""

    text: Text
    roles: tuple[Role, ...]
    actors: tuple[Actor, ...]

    def rows(self) -> Iterator[tuple[Sentence, Role]]:
        """Give each sentence with its role."""
        return zip(self.text.sentences, self.roles, strict=True)

    def actors_in(self, sentence: Sentence) -> list[Actor]:
        """Give the actors named in a sentence."""
        return within(self.actors, sentence.start, sentence.end)
