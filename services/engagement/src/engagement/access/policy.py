"""Who comes in without an account."""

from chassis.errors import Forbidden
from chassis.verdict import ALLOWED, Verdict, refused
from engagement.access.model import STEPS, AccountNeeded, Proof, ProofNeeded, TooManyCodes, VisitorKeyMissing, Way
from engagement.actors import Actor
from engagement.participants.model import Step
from engagement.participants.policy import is_joinable
from engagement.processes.model import Process

MOST_CODES_AN_HOUR = 4  # to one address in one process, and for one visitor


class SignedIn(Forbidden):
    """Whoever is signed in joins with her account."""


def takes_visitors(process: Process) -> Verdict:
    """Whether the process lets people in without an account."""
    if Step.of(process.strategy.access) >= Step.REGISTERED:
        return refused(AccountNeeded("This process is for people with an account."))
    return is_joinable(process)


def may_enter(actor: Actor, process: Process) -> Verdict:
    """A visitor with a key, while the process takes visitors."""
    if actor.is_person:
        return refused(SignedIn("Join with your account."))
    if not actor.is_visitor:
        return refused(VisitorKeyMissing("Ask this process for a key first."))
    return takes_visitors(process)


def is_proven(process: Process, proof: Proof | None) -> Verdict:
    """Whether the address that the process asks for was proved."""
    needed = Step.of(process.strategy.access)
    if needed is Step.OPEN or (proof is not None and STEPS[proof.way] >= needed):
        return ALLOWED
    return refused(ProofNeeded("Prove an address first."))


def may_ask_for_code(process: Process, way: Way, lately: int) -> Verdict:
    """Where the process asks for this way, and not too often."""
    if STEPS[way] < Step.of(process.strategy.access):
        return refused(ProofNeeded("This process asks for another proof."))
    if lately >= MOST_CODES_AN_HOUR:
        return refused(TooManyCodes("Wait before you ask for another code."))
    return ALLOWED
