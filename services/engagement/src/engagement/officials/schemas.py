"""Officials on the wire; their subjects stay inside."""

from typing import Any

from engagement.officials.model import Assignment, Official


def official(of: Official) -> dict[str, Any]:
    """An official as colleagues see her."""
    return {"id": str(of.id), "displayName": of.display_name} | ({"unit": of.unit} if of.unit else {})


def assignment(of: Assignment) -> dict[str, Any]:
    """An official with her roles in a process."""
    return {"official": official(of.official), "roles": list(of.roles)}
