"""Coming in without an account: what is stored, a key for the browser, and an address that answers if one is asked."""

from flask import Blueprint, redirect, request, url_for

from portal import visitors, web
from portal.language import _, current
from portal.pages.participation.agreement import agreement_of
from portal.pages.participation.forms import CodeForm, VisitorByEmailForm, VisitorForm
from portal.peers.engagement import access, participants
from portal.peers.engagement.processes import Process
from portal.peers.gateway import Refusal

_WAITING = "entering"  # note in the session: what was said before the code came


def add_to(pages: Blueprint) -> None:
    pages.add_url_rule("/processes/<slug>/come-in", "come_in", come_in, methods=["GET", "POST"])
    pages.add_url_rule("/processes/<slug>/come-in/code", "code", code, methods=["GET", "POST"])


def come_in(slug: str) -> web.Answer:
    process = web.the_process(slug)
    then = web.local_path(request.values.get("next"), url_for("processes.show", slug=slug))
    if web.person() or process.strategy.access not in visitors.TAKING:
        return redirect(url_for("participation.join", slug=slug, next=then), 303)
    if request.method == "GET" and _is_in(process):
        return redirect(then, 303)
    asks = process.strategy.access == "email"
    form: VisitorForm = VisitorByEmailForm() if asks else VisitorForm()
    status = 200
    if request.method == "POST":
        status = 400
        if form.accepted() and _may_pass(form):
            try:
                return _asked(process, form, then) if asks else _entered(process, form.display_name.data or "", then)
            except Refusal as refusal:
                status = _told(form, refusal)
    return web.page(
        "participation/come_in.html",
        status,
        process=process,
        agreement=agreement_of(process),
        form=form,
        asks=asks,
        then=then,
    )


def code(slug: str) -> web.Answer:
    process = web.the_process(slug)
    waiting = web.visit().get(_WAITING)
    if not waiting or waiting["process"] != process.id:
        return redirect(url_for("participation.come_in", slug=slug), 303)
    form = CodeForm()
    status = 200
    if request.method == "POST":
        status = 400
        if form.accepted():
            try:
                access.confirm(web.gateway(), waiting["proof"], form.code.data)
                del web.visit()[_WAITING]
                return _entered(process, waiting["name"], web.local_path(waiting["then"]))
            except Refusal as refusal:
                status = _told(form, refusal)
    return web.page("participation/code.html", status, process=process, form=form, then=waiting["then"])


def _entered(process: Process, display_name: str, then: str) -> web.Answer:
    _use_key(process)
    access.enter(web.gateway(), process.id, display_name, current())
    web.tell(_("You take part now. You can go on where you were."))
    return redirect(then, 303)


def _asked(process: Process, form: VisitorForm, then: str) -> web.Answer:
    _use_key(process)
    proof = access.ask_for_code(web.gateway(), process.id, form["email"].data, current())
    note = {"process": process.id, "proof": proof.id, "name": form.display_name.data or "", "then": then}
    web.visit()[_WAITING] = note
    return web.see_other("participation.code", slug=process.slug)


def _use_key(process: Process) -> None:
    """This process's key goes with the questions from here on; a new one where the browser has none."""
    held = visitors.held()
    visitors.keep(held.using(held.of(process.id) or access.new_key(web.gateway(), process.id)))


def _is_in(process: Process) -> bool:
    """Whether this browser takes part already; its key is in use from here on."""
    held = visitors.held()
    key = held.of(process.id)
    if key is None:
        return False
    visitors.keep(held.using(key))
    return participants.mine(web.gateway(), process.id) is not None


def _may_pass(form: VisitorForm) -> bool:
    objection = web.objection()
    if objection:
        form.form_errors = [*form.form_errors, objection]
    return objection is None


def _told(form: VisitorForm | CodeForm, refusal: Refusal) -> int:
    if refusal.status not in web.SHOWN_ON_THE_WAY:
        raise refusal
    form.add_refusal(refusal, {"displayName": "display_name", "address": "email"})
    return refusal.status
