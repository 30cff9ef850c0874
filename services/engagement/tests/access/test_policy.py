"""Who comes in without an account, by access and proof."""

from types import ModuleType
from typing import Any

import pytest

from engagement.access import policy
from engagement.access.model import AccountNeeded, Proof, ProofNeeded, TooManyCodes, VisitorKeyMissing, Way
from engagement.access.policy import SignedIn
from engagement.actors import Actor
from engagement.strategy.model import Access

VISITOR = Actor("digest", frozenset(), is_visitor=True)


@pytest.mark.parametrize(
    ("who", "access", "verdict"),
    [
        ("a visitor", "open", None),
        ("a visitor", "email", None),
        ("a visitor", "registered", AccountNeeded),
        ("a visitor", "verified", AccountNeeded),
        ("the public", "open", VisitorKeyMissing),
        ("a citizen", "open", SignedIn),
        ("an official", "open", SignedIn),
    ],
)
def test_who_may_enter(who: str, access: str, verdict: Any, make: ModuleType) -> None:
    process = make.process(strategy=make.strategy(access=Access(access)))
    actor = (make.ACTORS | {"a visitor": VISITOR})[who]

    assert make.refusal(policy.may_enter(actor, process)) is verdict


@pytest.mark.parametrize(
    ("access", "proven", "verdict"),
    [("open", False, None), ("open", True, None), ("email", False, ProofNeeded), ("email", True, None)],
)
def test_what_a_process_asks_to_be_proved(access: str, proven: bool, verdict: Any, make: ModuleType) -> None:
    process = make.process(strategy=make.strategy(access=Access(access)))
    proof = Proof(make.new_id(), process.id, "digest", Way.EMAIL, "a", "c", make.NOON, 1, make.NOON)

    assert make.refusal(policy.is_proven(process, proof if proven else None)) is verdict


@pytest.mark.parametrize(("access", "lately", "verdict"), [("email", 3, None), ("email", 4, TooManyCodes)])
def test_how_often_a_code_is_sent(access: str, lately: int, verdict: Any, make: ModuleType) -> None:
    process = make.process(strategy=make.strategy(access=Access(access)))

    assert make.refusal(policy.may_ask_for_code(process, Way.EMAIL, lately)) is verdict
