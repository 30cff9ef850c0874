"""Counts of a process and of a proposal."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProcessCounts:
    proposals: int = 0
    comments: int = 0
    endorsements: int = 0


@dataclass(frozen=True, slots=True)
class ProposalCounts:
    endorsements: int = 0
    comments: int = 0
    in_favour: int = 0
    neutral: int = 0
    against: int = 0
    without_position: int = 0
