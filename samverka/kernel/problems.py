"""Refusals in words. The same text reaches the page and the FHIR OperationOutcome."""

from __future__ import annotations

from collections.abc import Mapping


class Problem(Exception):
    """Something that the user must be told: what is wrong, where, and how to mend it.

    Attributes:
        message: one sentence for the user, in the user's language.
        where: field, line or FHIRPath that the sentence is about; empty if the whole.
        mend: what to do, or who can help; empty if the message says it.
    """

    status = 400
    code = "processing"  # FHIR IssueType

    def __init__(self, message: str, *, where: str = "", mend: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        return " ".join(part for part in (str(self.message), str(self.mend)) if part)


class NotFound(Problem):
    """The actor may not know whether this exists: the same answer as if it did not."""

    status = 404
    code = "not-found"


class NotAllowed(Problem):
    """The actor may know of it but may not do this."""

    status = 403
    code = "forbidden"


class NotNow(Problem):
    """The step is not possible in the present state."""

    status = 409
    code = "business-rule"


class TooMany(Problem):
    """Too many tries in a short time: numbers must not be guessed by machine."""

    status = 429
    code = "throttled"


class Conflict(Problem):
    """Someone else changed the same thing first. Carries both versions, so that nothing typed is lost."""

    status = 409
    code = "conflict"

    def __init__(
        self,
        message: str,
        *,
        mine: Mapping[str, object] | None = None,
        theirs: Mapping[str, object] | None = None,
        where: str = "",
        mend: str = "",
    ) -> None:
        super().__init__(message, where=where, mend=mend)
        self.mine = dict(mine or {})
        self.theirs = dict(theirs or {})


class Invalid(Problem):
    """What was sent cannot be used as it stands."""

    status = 422
    code = "invalid"
