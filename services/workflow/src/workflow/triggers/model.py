"""A fact and what it means to an instance."""

from enum import StrEnum

from workflow.steps import Complete, Message


class Fact(StrEnum):
    """Of a participation process, in the order of its life; each comes once."""

    APPROVED = "approved"
    PHASES_CLOSED = "phases-closed"
    SEALED = "sealed"
    DECIDED = "decided"


class State(StrEnum):
    WAITING = "waiting"
    APPLIED = "applied"
    VOID = "void"  # its instance ended or was stopped without it


INPUTS: dict[Fact, Complete | Message] = {
    Fact.APPROVED: Complete("approve"),
    Fact.PHASES_CLOSED: Message("phases-closed"),
    Fact.SEALED: Complete("verify"),
    Fact.DECIDED: Complete("decide"),
}
