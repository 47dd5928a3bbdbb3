"""Why something was not done, in the user's words, and how to put it right."""

from collections.abc import Mapping


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """The programme said no. The message is shown to people as it stands."""

    def __init__(self, message: str) -> None:
        """Keep the message."""
        super().__init__(message)
        self.message = message


class NotAllowed(Refused):
    """The actor may not do this; the message says who could."""


class NotFound(Refused):
    """There is no such thing, or the actor may not know of it."""


class IllegalMove(Refused):
    """The record is not in a state from which this can be done."""


class AlreadyDecided(Refused):
    """Somebody else decided first; the actor's page was out of date."""


class Invalid(Refused):
    """What was typed cannot be used. ``fields`` maps a field's name to what is wrong with it."""

    def __init__(
        self, message: str, *, field: str | None = None, fields: Mapping[str, str] | None = None
    ) -> None:
        """Keep the message and the fields it is about."""
        super().__init__(message)
        self.fields: dict[str, str] = dict(fields or {})
        if field is not None:
            self.fields[field] = message

    @classmethod
    def from_fields(cls, fields: Mapping[str, str]) -> "Invalid":
        """One error for a whole form: every field with its own message."""
        return cls(" ".join(fields.values()), fields=fields)
