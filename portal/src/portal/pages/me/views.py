import json
from contextlib import suppress
from dataclasses import replace
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from werkzeug.exceptions import NotFound

from portal import visitors, web
from portal.language import _
from portal.pages.me.consent_receipt import receipt
from portal.pages.me.forms import LeaveForm
from portal.pages.participation.agreement import agreement_of
from portal.pages.receipts.forms import read_code
from portal.peers import consent, registry
from portal.peers.engagement import mydata
from portal.peers.engagement.mydata import Part
from portal.peers.gateway import Gateway, Refusal
from portal.peers.wire import Json

pages = Blueprint("me", __name__)


@pages.get("/me")
def overview() -> web.Answer:
    """Of whoever is signed in, or of this browser's keys; of nobody, it says how to come by one's data."""
    gateways = _mine()
    parts = [part for gateway in gateways for part in mydata.parts(gateway).items]
    owns = mydata.owns(gateways[0], request.args.get("cursor")) if len(gateways) == 1 else None
    return web.page(
        "me/overview.html",
        parts=parts,
        owns=owns.items if owns else [],
        next_url=url_for("me.overview", cursor=owns.next) if owns and owns.next else None,
        known=bool(gateways),
        readings=_readings(),
    )


@pages.get("/me/data.json")
def export() -> web.Answer:
    """Everything that the blocks know of her, as they spell it."""
    gateways = _mine()
    if not gateways:
        return web.sign_in_first()
    told: Json = {"at": web.now().isoformat(), "participations": [], "contributions": []}
    for gateway in gateways:
        for what in ("participations", "contributions"):
            told[what] += mydata.everything(gateway, what)
    if web.person():
        told |= _elsewhere(told["participations"])
    return _file("my-data.json", told)


@pages.get("/me/processes/<uuid:process_id>/consent.json")
def consent_receipt(process_id: UUID) -> web.Answer:
    gateway, part = _part(process_id)
    process = web.process_of_id(part.process_id)
    signed = None
    if part.consent_record_id and process.data_agreement_id:
        signed = consent.my_record(gateway, process.data_agreement_id)
    way_out = f"{web.settings().public_url}{url_for('me.leave', process_id=process_id)}"
    told = receipt(part, process, agreement_of(process), signed, withdrawal=way_out, at=web.now())
    return _file(f"consent-{process.slug}.json", told)


@pages.route("/me/processes/<uuid:process_id>/leave", methods=["GET", "POST"])
def leave(process_id: UUID) -> web.Answer:
    gateway, part = _part(process_id)
    form = LeaveForm()
    status = 200
    if request.method == "POST":
        status = 400
        if form.accepted():
            others = [each for each in mydata.parts(gateway).items if each.id != part.id]
            left = mydata.leave(gateway, part.process_id, erase=form.words.data == "erase")
            _tell_the_others(gateway, part, others)
            visitors.keep(visitors.held().without(part.process_id))
            kept = sum(left.kept.values())
            web.tell(_("You have left. Contributions that count on without your name: %(kept)s.", kept=kept))
            return web.see_other("me.overview")
    return web.page("me/leave.html", status, part=part, form=form)


@pages.post("/me/key")
def forget_key() -> web.Answer:
    """This browser is nobody any more; what was sent stays."""
    visitors.keep(visitors.Keys())
    web.tell(_("This browser has no key any more."))
    return web.see_other("me.overview")


@pages.route("/me/receipts", methods=["GET", "POST"])
def erase() -> web.Answer:
    """For who took part without an account and has the receipt alone."""
    typed = request.form.get("code", "")
    error = None
    if request.method == "POST":
        code = read_code(typed)
        try:
            if code is None:
                raise Refusal(404, "not-found")
            mydata.erase_by_receipt(web.gateway(), code)
        except Refusal as refusal:
            if refusal.status not in web.SHOWN_ON_THE_WAY:
                raise
            error = (
                _("This was said with an account. Sign in to erase it.")
                if refusal.slug == "not-your-receipt"
                else _("There is no such receipt. Check each character; a mistyped one is enough.")
            )
        else:
            web.tell(_("The words are erased. The contribution counts on."))
            return web.see_other("receipts.show", code=code)
    return web.page("me/erase.html", 400 if error else 200, typed=typed, error=error)


def _mine() -> list[Gateway]:
    """A way to ask for whoever is signed in, else one for each key of this browser."""
    gateway = web.gateway()
    if gateway.person_token:
        return [gateway]
    return [replace(gateway, visitor_key=key) for key in visitors.held().all]


def _part(process_id: UUID) -> tuple[Gateway, Part]:
    for gateway in _mine():
        for part in mydata.parts(gateway).items:
            if part.process_id == str(process_id):
                return gateway, part
    raise NotFound


def _readings() -> list[registry.Usage]:
    """Who has read her address; none where the registry does not answer."""
    if not web.person():
        return []
    try:
        return registry.usage(web.gateway())
    except Refusal:
        return []


def _elsewhere(parts: list[Json]) -> Json:
    gateway = web.gateway()
    entries = sorted({part["contactEntryId"] for part in parts if part.get("contactEntryId")})
    return {
        "contact": [registry.entry(gateway, each) for each in entries],
        "readings": registry.usage_as_told(gateway),
    }


def _tell_the_others(gateway: Gateway, part: Part, others: list[Part]) -> None:
    """Consent is withdrawn and the address taken out, unless another participation stands on them. What is refused here
    stands on the page about her data still."""
    if part.consent_record_id and part.consent_record_id not in {each.consent_record_id for each in others}:
        with suppress(Refusal):
            consent.withdraw(gateway, part.consent_record_id)
    if part.contact_entry_id and part.contact_entry_id not in {each.contact_entry_id for each in others}:
        with suppress(Refusal):
            registry.take_out(gateway, part.contact_entry_id)


def _file(name: str, told: Json) -> Response:
    answer = Response(json.dumps(told, ensure_ascii=False, indent=2), mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
