"""The authorize endpoint: check the request, send the person to sign in where that is needed, answer with a code.

Nothing is asked of the person beyond signing in: which scopes a client may have is an administrator's decision, and
what is done with personal data is a data agreement's, in the consent block.
"""

# Authlib has no types.
# mypy: disable-error-code="no-untyped-call"
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc6749 import InvalidRequestError
from authlib.oidc.core.errors import LoginRequiredError, RequestNotSupportedError, RequestURINotSupportedError
from flask import Request, Response

from chassis.errors import Invalid
from identity.pages import view
from identity.tokens.engine import Server
from identity.tokens.model import SignedIn

_NOT_KEPT = ("prompt", "login_hint", "id_token_hint", "ui_locales")  # answered once; a login does not stay in addresses
_ASK_AGAIN = {"login", "select_account"}


class AuthorizationRefused(Invalid):
    """The request names no client and address that belong together, so the person is told here."""


def answer(server: Server, request: Request, user: SignedIn | None) -> Response:
    """A redirect: to the client with a code or an error, or to the sign-in page. Raises AuthorizationRefused."""
    try:
        grant = server.get_consent_grant(request, user)
        _refuse_request_objects(grant)
        if _must_sign_in(grant, server, user):
            return _to_sign_in(request)
        response: Response = server.create_authorization_response(grant.request, grant_user=user, grant=grant)
    except OAuth2Error as error:
        response = server.refused(error) or _refuse()
    except ValueError:  # Authlib cannot tell of an error whose description it may not quote
        _refuse()
    return response


def _refuse() -> Any:
    raise AuthorizationRefused("The application is not known, or asks for an address that is not its own.")


def _refuse_request_objects(grant: Any) -> None:
    data = grant.request.payload.data
    where = {"redirect_uri": grant.redirect_uri, "state": data.get("state")}
    if "request" in data:
        raise RequestNotSupportedError(**where)
    if "request_uri" in data:
        raise RequestURINotSupportedError(**where)


def _must_sign_in(grant: Any, server: Server, user: SignedIn | None) -> bool:
    data = grant.request.payload.data
    where = {"redirect_uri": grant.redirect_uri, "state": data.get("state")}
    prompts = set((data.get("prompt") or "").split())
    age = data.get("max_age")
    if age is not None and not (age.isascii() and age.isdigit() and len(age) < 10):
        raise InvalidRequestError("max_age is a number of seconds.", **where)
    stale = user is None or (age is not None and server.at - user.auth_time > timedelta(seconds=int(age)))
    if "none" in prompts and stale:
        raise LoginRequiredError(**where)
    return stale or bool(prompts & _ASK_AGAIN)


def _to_sign_in(request: Request) -> Response:
    kept = {name: value for name, value in request.args.items() if name not in _NOT_KEPT}
    asked = {"next": f"/authorize?{urlencode(kept)}"}
    if "ui_locales" in request.args:
        asked["ui_locales"] = request.args["ui_locales"]
    return view.see_other(f"/sign-in?{urlencode(asked)}")
