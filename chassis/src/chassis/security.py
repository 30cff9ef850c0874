"""Who may call an operation: the mediator's signed context, and its scopes against those that the contract asks."""

from collections.abc import Callable, Collection
from typing import Any

from connexion.lifecycle import ConnexionRequest

from chassis.caller import Caller
from chassis.context import HEADER, ContextVerifier
from chassis.errors import Forbidden

Header = Callable[[str], str | None]  # the value of a header, by its name


class MissingScope(Forbidden):
    """Neither the application nor the person holds the scope that the operation asks."""


class Gate:
    """Lets callers in. Raises Unauthenticated, MissingScope, Unavailable."""

    def __init__(self, verifier: ContextVerifier) -> None:
        self._verifier = verifier

    def admitted(self, header: Header, scopes: Collection[str]) -> Caller:
        """Who calls, if the context among the request's headers is good here and holds all these scopes."""
        caller = self._verifier.caller(header(HEADER))
        missing = set(scopes) - caller.scopes
        if missing:
            raise MissingScope(f"This needs {', '.join(sorted(missing))}.")
        return caller


class ContextSecurity:
    """Connexion's security handler for the scheme `baraza`."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def get_fn(self, _scheme: dict[str, Any], _scopes: list[str]) -> Any:
        async def check(req: ConnexionRequest, required_scopes: list[str] | None = None) -> dict[str, Any]:
            caller = self._gate.admitted(req.headers.get, required_scopes or _scopes)
            return {"sub": caller.subject, "caller": caller}

        return check
