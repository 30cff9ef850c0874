"""What may be done to an entity."""

from chassis.verdict import ALLOWED, Verdict, refused
from scheduler.entities.model import Entity, EntityInUse, FollowsAProcess


def may_modify(entity: Entity) -> Verdict:
    """What stands for a participation process follows it alone."""
    if entity.key is not None:
        return refused(FollowsAProcess("This entity stands for a participation process."))
    return ALLOWED


def may_remove(entity: Entity, *, hosts: bool) -> Verdict:
    """`hosts`: whether an event that is not over has it as its host."""
    if verdict := may_modify(entity):
        return refused(EntityInUse("This entity hosts events that are not over.")) if hosts else verdict
    return may_modify(entity)
