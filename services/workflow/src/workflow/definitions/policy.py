"""What may be done with a definition."""

from chassis.verdict import ALLOWED, Verdict, refused
from workflow.definitions.model import Definition, DefinitionClosed, DefinitionKept


def may_remove(definition: Definition) -> Verdict:
    """What comes with the package stays."""
    if definition.key is not None:
        return refused(DefinitionKept("Participation processes follow this definition."))
    return ALLOWED


def may_start(definition: Definition) -> Verdict:
    """An administrator closes a definition to keep it from being started."""
    if definition.facts.is_closed or not definition.facts.is_executable:
        return refused(DefinitionClosed("This definition is closed."))
    return ALLOWED
