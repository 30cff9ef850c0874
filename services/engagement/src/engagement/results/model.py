"""The figures of a process."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """What a process came to. Only what counts is counted: not what is hidden, invalidated, withdrawn or a draft."""

    proposals: int
    proposals_by_channel: dict[str, int]
    comments: int
    positions: dict[str, int]  # by position; `none` for answers and roots without one
    endorsements: int
    contributors: int
    participants: int
    decisions: dict[str, int]  # published ones, by outcome
    answered: int
    with_reason: int
    notices: int
    exceptions: int
