"""Who may read what, and why."""

import pytest

from chassis.errors import Refusal
from registry.access_log.model import Reason
from registry.actors import Actor
from registry.data import policy
from registry.data.model import PurposeMissing, Reach

PERSON = Actor("ada", "portal", frozenset({"participant"}), frozenset({"registry.own"}))
ADMINISTRATOR = Actor("eve", "portal", frozenset({"administrator"}), frozenset({"registry.list"}))
NO_ADMINISTRATOR = Actor("mal", "portal", frozenset({"official"}), frozenset({"registry.list"}))
MESSAGING = Actor(None, "messaging", frozenset(), frozenset({"registry.contact"}))
BOTH = Actor("ada", "messaging", frozenset({"participant"}), frozenset({"registry.contact", "registry.own"}))


@pytest.mark.parametrize(
    ("actor", "reads", "changes"),
    [
        (PERSON, Reach.OWN, Reach.OWN),
        (ADMINISTRATOR, Reach.ALL, Reach.ALL),
        (NO_ADMINISTRATOR, Reach.OWN, Reach.OWN),
        (MESSAGING, Reach.BY_ID, Reach.OWN),
        (BOTH, Reach.BY_ID, Reach.OWN),
    ],
)
def test_how_far_an_actor_reaches(actor: Actor, reads: Reach, changes: Reach) -> None:
    assert (policy.reach(actor), policy.reach_to_change(actor)) == (reads, changes)


@pytest.mark.parametrize(
    ("reach", "reason", "refusal"),
    [
        (Reach.OWN, Reason(), None),
        (Reach.BY_ID, Reason(), PurposeMissing),
        (Reach.ALL, Reason(), PurposeMissing),
        (Reach.BY_ID, Reason("letter"), None),
        (Reach.ALL, Reason("audit"), None),
    ],
)
def test_nobody_reads_the_data_of_others_without_saying_why(
    reach: Reach, reason: Reason, refusal: type[Refusal] | None
) -> None:
    verdict = policy.may_read(reach, reason)

    assert (type(verdict.refusal) if verdict.refusal else None) is refusal


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (None, Reason()),
        ("letter", Reason("letter")),
        ("letter; consent=0197", Reason("letter", "0197")),
        ("letter;consent=0197", Reason("letter", "0197")),
    ],
)
def test_a_reason_is_a_purpose_and_perhaps_a_consent(header: str | None, reason: Reason) -> None:
    assert Reason.of(header) == reason
