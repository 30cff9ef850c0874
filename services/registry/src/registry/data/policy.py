"""Who may read which entries, and why."""

from chassis.verdict import ALLOWED, Verdict, refused
from registry.access_log.model import Reason
from registry.actors import Actor
from registry.data.model import NoPerson, PurposeMissing, Reach
from registry.databases.model import Registry


def reach(actor: Actor) -> Reach:
    """Administrators read all, an application with the right to contact one by id, a person her own."""
    if "registry.contact" in actor.scopes:
        return Reach.BY_ID
    return reach_to_change(actor)


def reach_to_change(actor: Actor) -> Reach:
    """Administrators change all, a person her own; the right to contact changes nothing and searches nothing."""
    if "registry.list" in actor.scopes and actor.is_administrator:
        return Reach.ALL
    return Reach.OWN


def may_read(allowed: Reach, reason: Reason) -> Verdict:
    """Nobody reads the data of others without saying why."""
    if allowed is not Reach.OWN and reason.purpose is None:
        return refused(PurposeMissing("Say why in the header Baraza-Purpose."))
    return ALLOWED


def may_enter(actor: Actor, registry: Registry) -> Verdict:
    """With one entry a person there must be a person."""
    if registry.one_entry_per_person and actor.subject is None:
        return refused(NoPerson("Say for whom: act on behalf of a person."))
    return ALLOWED
