"""What a policy answers: allowed, or refused with the error that would be raised.

A verdict can be shown before anyone presses the button, which a raised exception cannot.
"""

from dataclasses import dataclass

from chassis.errors import Refusal


@dataclass(frozen=True, slots=True)
class Verdict:
    """`refusal` is None when the thing is allowed."""

    refusal: Refusal | None = None

    def __bool__(self) -> bool:
        return self.refusal is None

    def require(self) -> None:
        """Raises the refusal, if there is one."""
        if self.refusal is not None:
            raise self.refusal


ALLOWED = Verdict()


def refused(refusal: Refusal) -> Verdict:
    """The verdict that this refusal stands against it."""
    return Verdict(refusal)
