"""The editor of a plan: a page a subject, and the checklist that leads to each."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from flask import request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from portal import tools, web
from portal.language import _
from portal.pages.plan.blueprint import pages
from portal.pages.plan.checklist import checklist
from portal.pages.plan.forms import STEPS, DataFieldForm, StepForm
from portal.pages.plan.phase_form import PhaseForm, held
from portal.peers.engagement import plans, processes
from portal.peers.engagement.plans import Plan
from portal.peers.gateway import Refusal

_ADDRESS = "/work/processes/<uuid:process_id>/plan"


def _of_a_draft(view: Callable[..., web.Answer]) -> Callable[..., web.Answer]:
    """A page that changes a draft; of what is no draft any more it leads to the checklist, which says so."""

    @wraps(view)
    @web.with_role("official")
    def guarded(process_id: UUID, **rest: Any) -> web.Answer:
        plan = plans.plan(web.gateway(), str(process_id))
        if plan.process.state != "draft":
            return web.see_other("plan.overview", process_id=plan.process.id)
        return view(plan, **rest)

    return guarded


@pages.get(_ADDRESS)
@web.with_role("official")
def overview(process_id: UUID) -> web.Answer:
    plan = plans.plan(web.gateway(), str(process_id))
    lacking = sum(len(each.lacks) for each in plans.texts(web.gateway(), plan.process.id))
    return web.page("plan/overview.html", process=plan.process, groups=checklist(plan.process), lacking=lacking)


@pages.get(f"{_ADDRESS}/preview")
@web.with_role("official")
def preview(process_id: UUID) -> web.Answer:
    process = processes.process(web.gateway(), str(process_id))
    return web.page("processes/show.html", process=process, phase=None, offers=[], preview=True)


@pages.route(f"{_ADDRESS}/<any(basics, purpose, feedback, people, data, law):name>", methods=["GET", "POST"])
@_of_a_draft
def step(plan: Plan, name: str) -> web.Answer:
    form = STEPS[name]()
    if request.method == "POST":
        refused = _saved(plan, form, form.put)
        if refused is None:
            return _onward(plan, name)
        return _step_page(plan, name, form, refused)
    return _step_page(plan, name, STEPS[name](form.held(plan.draft) | {"version": str(plan.version)}))


@pages.post(f"{_ADDRESS}/data/fields")
@_of_a_draft
def add_data_field(plan: Plan) -> web.Answer:
    form = DataFieldForm()
    refused = _saved(plan, form, form.put)
    if refused is None:
        return web.see_other("plan.step", process_id=plan.process.id, name="data", anchor="fields")
    return _step_page(plan, "data", _fresh(plan, "data"), refused, form)


@pages.post(f"{_ADDRESS}/data/fields/<int:place>/remove")
@_of_a_draft
def remove_data_field(plan: Plan, place: int) -> web.Answer:
    changed = plan.copy(_version())
    kept = changed.draft["strategy"].get("dataFields", [])
    if place < len(kept):
        del kept[place]
        web.tried(lambda: plans.revise(web.gateway(), changed))
    return web.see_other("plan.step", process_id=plan.process.id, name="data", anchor="fields")


@pages.get(f"{_ADDRESS}/phases")
@_of_a_draft
def phases(plan: Plan) -> web.Answer:
    return web.page("plan/phases.html", process=plan.process, version=plan.version)


@pages.route(f"{_ADDRESS}/phases/new", methods=["GET", "POST"])
@_of_a_draft
def add_phase(plan: Plan) -> web.Answer:
    return _phase(plan, len(plan.draft["phases"]))


@pages.route(f"{_ADDRESS}/phases/<int:place>", methods=["GET", "POST"])
@_of_a_draft
def change_phase(plan: Plan, place: int) -> web.Answer:
    """`place` counts from nought, in the order in which phases open."""
    if place >= len(plan.draft["phases"]):
        raise NotFound
    return _phase(plan, place)


@pages.post(f"{_ADDRESS}/phases/<int:place>/remove")
@_of_a_draft
def remove_phase(plan: Plan, place: int) -> web.Answer:
    changed = plan.copy(_version())
    if place < len(changed.draft["phases"]):
        del changed.draft["phases"][place]
        web.tried(lambda: plans.revise(web.gateway(), changed))
    return web.see_other("plan.phases", process_id=plan.process.id)


def _phase(plan: Plan, place: int) -> web.Answer:
    language, zone = plan.draft["languages"][0], web.settings().time_zone
    before = plan.draft["phases"][place] if place < len(plan.draft["phases"]) else None
    begins = held(before, language, zone) if before else {"kind": "collect", "grace_minutes": "0", "accepts": []}
    form = PhaseForm(begins | {"version": str(plan.version)})
    form.accepts.choices = _kinds(plan)
    status = 200
    if request.method == "POST":

        def put(draft: dict[str, Any]) -> None:
            others = [each for number, each in enumerate(draft["phases"]) if number != place]
            made = form.phase(language, before or {}, zone)
            draft["phases"] = sorted([*others, made], key=lambda each: datetime.fromisoformat(each["opensAt"]))

        refused = _saved(plan, form, put)
        if refused is None:
            return web.see_other("plan.phases", process_id=plan.process.id)
        status = refused
    return web.page(
        "plan/phase.html", status, process=plan.process, form=form, place=place, fresh=before is None,
        kinds=_kinds(plan), language_of_text=language,
    )  # fmt: skip


def _kinds(plan: Plan) -> list[str]:
    """What phases can accept; also what this plan accepts and no tool of ours shows."""
    return list(dict.fromkeys([*tools.kinds(), *(kind for each in plan.process.phases for kind in each.accepts)]))


def _saved(plan: Plan, form: StepForm | PhaseForm, put: Callable[[dict[str, Any]], None]) -> int | None:
    """None once the draft is saved, else the status of the page that says why not."""
    if not form.accepted():
        return 400
    changed = plan.copy(_version())
    put(changed.draft)
    try:
        plans.revise(web.gateway(), changed)
    except Refusal as refusal:
        if refusal.status not in web.SHOWN_ON_THE_WAY:
            raise
        form.add_refusal(refusal)
        return refusal.status
    return None


def _version() -> int:
    """The version that the form was made from; what is no number is none."""
    sent = request.form.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 1


def _fresh(plan: Plan, name: str) -> StepForm:
    form = STEPS[name](sent=False)
    return STEPS[name](form.held(plan.draft) | {"version": str(plan.version)}, sent=False)


def _step_page(
    plan: Plan, name: str, form: StepForm, status: int = 200, field_form: DataFieldForm | None = None
) -> web.Answer:
    fields = field_form or DataFieldForm({"version": str(plan.version)}, sent=False)
    return web.page(
        "plan/step.html", status, process=plan.process, name=name, form=form, field_form=fields,
        language_of_text=plan.draft["languages"][0],
    )  # fmt: skip


def _onward(plan: Plan, name: str) -> Response:
    """To the next subject, or back to the checklist where the person asked for it."""
    names = [*STEPS, "phases"]
    following = names[names.index(name) + 1]
    web.tell(_("Saved."))
    if "then" in request.form:
        return web.see_other("plan.overview", process_id=plan.process.id)
    if following == "phases":
        return web.see_other("plan.phases", process_id=plan.process.id)
    return web.see_other("plan.step", process_id=plan.process.id, name=following)
