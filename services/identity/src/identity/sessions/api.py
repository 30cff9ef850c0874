"""The door of sessions: pages that a person reads and forms that she sends. Nobody is known yet, so all are open."""

from urllib.parse import urlencode

from flask import Response, request

from chassis.errors import Refusal
from chassis.web import now, reading, runtime, transaction
from identity.actors import SELF
from identity.clients import store as clients
from identity.pages import view
from identity.people import actions as people
from identity.people.model import Account, Registration
from identity.people.passwords import Passwords
from identity.sessions import actions
from identity.sessions.actions import Attempt
from identity.sessions.journey import Journey, journey
from identity.sessions.model import SESSION, FormExpired
from identity.throttle import actions as throttle
from identity.throttle.model import network

_DEVICE = "identity_device"
_DEVICE_SECONDS = 180 * 86400
_ASKED = ("client_id", "post_logout_redirect_uri", "state")  # of a client that signs a person out
_FIELD = {
    "bad-display-name": "display_name",
    "password-too-short": "password",
    "password-too-long": "password",
    "password-too-common": "password",
}  # every other refusal stands beside the login


@view.as_page
def show_sign_in() -> Response:
    with reading() as tx:
        way = journey(tx, request.args.get("next"))
        known = actions.current(tx, view.cookie(SESSION), at=now(), sealer=runtime().sealer)
    if known is not None and way.next is None:
        return _sign_out_page(known[1], "signed_in")
    return _sign_in_page(way)


@view.as_page
def sign_in() -> Response:
    own, at = runtime(), now()
    login, password = request.form.get("login", ""), request.form.get("password", "")
    attempt = Attempt(login, password, network(request.remote_addr), view.cookie(_DEVICE))
    with reading() as tx:
        way = journey(tx, request.form.get("next"))
    try:
        _require_our_form()
        with transaction() as tx:
            heard = actions.hear(tx, attempt, at=at, settings=own.settings, sealer=own.sealer)
        account, new_hash = actions.verified(heard, password, Passwords(own.settings))
        with transaction() as tx:
            actions.end(tx, view.cookie(SESSION), sealer=own.sealer)
            token = actions.settle(tx, account, heard, new_hash, at=at, settings=own.settings, sealer=own.sealer)
    except Refusal as refusal:
        own.metrics.count("identity_sign_ins_total", outcome=refusal.slug)
        return _refused(refusal, _sign_in_page(way, _errors(refusal), login, view.status_of(refusal)))
    own.metrics.count("identity_sign_ins_total", outcome="succeeded")
    return _signed_in(account, token, way)


@view.as_page
def show_registration() -> Response:
    with reading() as tx:
        way = journey(tx, request.args.get("next"))
    return _registration_page(way)


@view.as_page
def register() -> Response:
    own, at = runtime(), now()
    login, name = request.form.get("login", ""), request.form.get("display_name", "")
    wanted = Registration(login, name, request.form.get("password", ""))
    with reading() as tx:
        way = journey(tx, request.form.get("next"))
    try:
        _require_our_form()
        ready, hash_ = people.prepared(wanted, settings=own.settings, passwords=Passwords(own.settings))
        with transaction() as tx:
            most = own.settings.registrations_per_hour
            throttle.count_registration(tx, network(request.remote_addr), most, at=at, sealer=own.sealer)
            account = people.open_account(tx, ready, hash_, by=SELF, at=at, sealer=own.sealer)
            token = actions.begin(tx, account, at=at, settings=own.settings, sealer=own.sealer)
    except Refusal as refusal:
        own.metrics.count("identity_registrations_total", outcome=refusal.slug)
        return _refused(refusal, _registration_page(way, _errors(refusal), login, name, view.status_of(refusal)))
    own.metrics.count("identity_registrations_total", outcome="succeeded")
    return _signed_in(account, token, way)


@view.as_page
def show_sign_out() -> Response:
    with reading() as tx:
        known = actions.current(tx, view.cookie(SESSION), at=now(), sealer=runtime().sealer)
    if known is None:
        return _signed_out(request.args.to_dict())
    return _sign_out_page(known[1], "sign_out_question", request.args.to_dict())


@view.as_page
def sign_out() -> Response:
    _require_our_form()
    with transaction() as tx:
        actions.end(tx, view.cookie(SESSION), sealer=runtime().sealer)
    return _signed_out(request.form.to_dict())


def _require_our_form() -> None:
    if not view.form_is_ours():
        raise FormExpired("The form was not made for this browser.")


def _errors(refusal: Refusal) -> dict[str, str]:
    return {_FIELD.get(refusal.slug, "login"): view.told(refusal, least=runtime().settings.password_min)}


def _refused(refusal: Refusal, page: Response) -> Response:
    if (seconds := getattr(refusal, "retry_after_seconds", None)) is not None:
        page.headers["Retry-After"] = str(seconds)
    return page


def _sign_in_page(way: Journey, errors: dict[str, str] | None = None, login: str = "", status: int = 200) -> Response:
    return view.page(
        "sign_in.html", status, to=way.targets, next=way.next, client=way.client, register_address=way.on("/register"),
        login=login, errors=errors or {},
    )  # fmt: skip


def _registration_page(
    way: Journey, errors: dict[str, str] | None = None, login: str = "", name: str = "", status: int = 200
) -> Response:
    return view.page(
        "register.html", status, to=way.targets, next=way.next, client=way.client, sign_in_address=way.on("/sign-in"),
        login=login, display_name=name, least=runtime().settings.password_min, errors=errors or {},
    )  # fmt: skip


def _sign_out_page(account: Account, title: str, asked: dict[str, str] | None = None) -> Response:
    kept = {name: value for name, value in (asked or {}).items() if name in _ASKED}
    target = _way_out(kept)
    return view.page("sign_out.html", to=[target] if target else [], title=title, name=account.display_name, asked=kept)


def _signed_in(account: Account, token: str, way: Journey) -> Response:
    response = view.see_other(way.next or "/sign-in")
    view.set_cookie(response, SESSION, token)
    view.set_cookie(response, _DEVICE, actions.device(account, runtime().sealer), _DEVICE_SECONDS)
    view.new_forms(response)
    return response


def _signed_out(asked: dict[str, str]) -> Response:
    target = _way_out(asked)
    response = view.see_other(target) if target else view.page("signed_out.html")
    view.drop_cookie(response, SESSION)
    return response


def _way_out(asked: dict[str, str]) -> str | None:
    """The client's registered address after signing out (OpenID Connect RP-Initiated Logout 1.0 §3); else None."""
    with reading() as tx:
        client = clients.known(tx, asked.get("client_id", ""))
    address = asked.get("post_logout_redirect_uri", "")
    if client is None or address not in client.sign_out_uris:
        return None
    if "state" not in asked:
        return address
    return f"{address}{'&' if '?' in address else '?'}{urlencode({'state': asked['state']})}"
