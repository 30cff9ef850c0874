"""The door of tokens."""

from datetime import UTC, datetime
from typing import Any

from flask import Response, request

from chassis.database import Transaction
from chassis.sealing import Sealer
from chassis.web import now, ok, reading, runtime, transaction
from identity.pages import view
from identity.people import store as people
from identity.sessions import actions as sessions
from identity.sessions.model import SESSION
from identity.tokens import authorization, bearer, configuration, grants
from identity.tokens.bearer import TokenNotValid
from identity.tokens.model import Issued, SignedIn


def get_configuration() -> Response:
    response = ok(configuration.configuration(runtime().settings))
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@view.as_page
def authorize() -> Response:
    own, at = runtime(), now()
    with transaction() as tx:
        user = None
        known = sessions.current(tx, view.cookie(SESSION), at=at, sealer=own.sealer)
        if known is not None:
            session, account = known
            sessions.used(tx, session, at)
            user = SignedIn(account.id, account.display_name, account.all_roles, session.auth_time, session.acr)
        server = grants.server(tx, at=at, settings=own.settings, sealer=own.sealer)
        return authorization.answer(server, request, user)


def issue_token() -> Response:
    own = runtime()
    with transaction() as tx:
        response = grants.server(tx, at=now(), settings=own.settings, sealer=own.sealer).answer(request)
    if response.status_code == 200:
        own.metrics.count("identity_tokens_issued_total", grant_type=request.form["grant_type"])
    return response


def revoke_token() -> Response:
    own = runtime()
    with transaction() as tx:
        return grants.server(tx, at=now(), settings=own.settings, sealer=own.sealer).revocation(request)


def get_user_info() -> Response:
    own, at = runtime(), now()
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    try:
        with reading() as tx:
            if kind.lower() != "bearer":
                raise TokenNotValid("An access token is needed.")
            issued, claims = bearer.read(tx, token.strip(), at=at, settings=own.settings)
            user = _person(tx, issued, claims, own.sealer)
            server = grants.server(tx, at=at, settings=own.settings, sealer=own.sealer)
            return ok(grants.person(server, user, issued.client_id, claims["scope"]))
    except TokenNotValid as refusal:
        response = Response('{"error":"invalid_token"}', 401, mimetype="application/json")
        response.headers["WWW-Authenticate"] = f'Bearer error="invalid_token", error_description="{refusal.detail}"'
        return response


def _person(tx: Transaction, issued: Issued, claims: dict[str, Any], sealer: Sealer) -> SignedIn:
    """Whose token it is. Raises TokenNotValid when it is no person's, or not to identify her by."""
    auth_time = datetime.fromtimestamp(claims.get("auth_time", 0), UTC)
    account = people.find(tx, issued.account_id, sealer) if issued.account_id else None
    if account is None or "openid" not in claims["scope"].split() or not account.honours(auth_time):
        raise TokenNotValid("This access token does not tell who a person is.")
    return SignedIn(account.id, account.display_name, account.all_roles, auth_time, claims["acr"])
