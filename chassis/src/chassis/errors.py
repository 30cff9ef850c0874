"""The seven kinds of refusal. They say what is wrong in the field's words; HTTP exists only at the edge.

A rule raises a named subclass of a kind (`class PhaseClosed(Conflict)`); the name, in kebab case, is the problem's
slug in `the contracts`.
"""

import re
from typing import ClassVar


class Refusal(Exception):
    """Something was asked that is not done. `detail` is for the person who asked and holds no personal data."""

    slug: ClassVar[str] = "refusal"

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail

    def __init_subclass__(cls) -> None:
        cls.slug = re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()


class Invalid(Refusal):
    """The request breaks a rule of form. `errors` is `[(pointer, detail)]`."""

    def __init__(self, detail: str = "", errors: list[tuple[str, str]] | None = None) -> None:
        super().__init__(detail)
        self.errors = errors or []


class Unauthenticated(Refusal):
    """It is not known who asks."""


class Forbidden(Refusal):
    """It is known who asks, and she may not."""


class NotFound(Refusal):
    """There is no such thing, or the caller may not know that there is."""


class Conflict(Refusal):
    """The state of things does not allow it now."""


class Stale(Conflict):
    """Someone else changed it since it was read."""


class TooMany(Refusal):
    """Too often; `retry_after_seconds` says when to come back."""

    def __init__(self, detail: str = "", retry_after_seconds: int = 1) -> None:
        super().__init__(detail)
        self.retry_after_seconds = retry_after_seconds


class Unavailable(Refusal):
    """Something that is needed does not answer; a later try may succeed, after `retry_after_seconds` if it is known."""

    def __init__(self, detail: str = "", retry_after_seconds: int | None = None) -> None:
        super().__init__(detail)
        self.retry_after_seconds = retry_after_seconds
