"""Hold Arabic words and phrases with the English that the rules know them by.

An English side may begin with signs that tell how its words behave:

- ``!`` verb of someone who acts or speaks, put behind its actor;
- ``$`` verb of something that happens, put behind its noun;
- ``+`` word that goes with the verb behind it, as "will" and "did not";
- ``@`` actor, ``*`` one who reports, ``&`` place or part of one, ``%`` word of a date;
- ``^`` adjective, put before its noun.

``~`` stands where a noun's adjectives go.
"""

from __future__ import annotations

from safepassage.declaration.arabic.phrases.actors import ACTORS
from safepassage.declaration.arabic.phrases.answers import ANSWERS
from safepassage.declaration.arabic.phrases.common import COMMON
from safepassage.declaration.arabic.phrases.forms import acts, conjugated
from safepassage.declaration.arabic.phrases.moments import MOMENTS
from safepassage.declaration.arabic.phrases.pauses import PAUSES
from safepassage.declaration.arabic.phrases.places import PLACES
from safepassage.declaration.arabic.phrases.replies import REPLIES
from safepassage.declaration.arabic.phrases.reports import REPORTS
from safepassage.declaration.arabic.phrases.sides import SIDES
from safepassage.declaration.arabic.phrases.terms import TERMS
from safepassage.declaration.arabic.phrases.times import TIMES
from safepassage.declaration.arabic.phrases.verbs import VERBS
from safepassage.declaration.arabic.phrases.ways import WAYS

__all__ = ["PHRASES"]

_TOPICS = (
    PAUSES, TERMS, ANSWERS, ACTORS, VERBS, REPORTS, TIMES, PLACES, COMMON, MOMENTS, WAYS, SIDES,
    REPLIES,
)  # fmt: skip
_WRITTEN = "\n".join(_TOPICS)
PHRASES = f"{_WRITTEN}\n{conjugated(_WRITTEN)}\n{acts(_WRITTEN)}"
