"""What waits for whoever is signed in, and each process's cockpit. Every step is asked of engagement, which may refuse
it."""

from contextlib import suppress
from uuid import UUID

from flask import Blueprint, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from portal import tools, web
from portal.language import _, current
from portal.pages.plan import phase_form
from portal.pages.work.forms import AnnouncementForm, NoteForm, ReasonForm
from portal.peers import workflow
from portal.peers.engagement import officials, plans, processes, publication
from portal.peers.engagement.processes import Phase, Process
from portal.peers.gateway import Refusal

pages = Blueprint("work", __name__)

TABS = ("plan", "build", "publish", "monitor", "inputs", "evaluate", "decide", "report")
_PAGE_OF_TASK = {"approve": "work.approval", "verify": "decisions.verification", "decide": "decisions.to_decide"}
_TAB_OF_STATE = {
    "draft": "plan", "in_review": "publish", "scheduled": "build", "open": "monitor", "closed": "evaluate",
    "analysing": "decide",
}  # fmt: skip
_AUDITED = 10
_ONE = "/work/processes/<uuid:process_id>"


@pages.after_request
def forget(answer: Response) -> Response:
    """What officials do shows at once."""
    if request.method == "POST":
        web.portal().recent.clear()
    return answer


@pages.get("/work")
@web.with_role("official", "moderator")
def tasks() -> web.Answer:
    someone = web.person()
    if someone and someone.display_name and someone.has("official"):
        _introduce(someone.display_name)
    found = workflow.open_tasks(web.gateway()) if someone and someone.has("official") else ()
    known = {each.id: each for each in processes.list_processes(web.gateway(), limit=100).items}
    return web.page(
        "work/tasks.html", tasks=found, processes=known, page_of_task=_PAGE_OF_TASK,
        moderated=[each for each in known.values() if each.state in ("open", "closed", "analysing")],
        at_work=[each for each in known.values() if each.state not in ("archived", "cancelled")],
    )  # fmt: skip


@pages.get(_ONE)
@web.with_role("official")
def cockpit(process_id: UUID) -> web.Answer:
    return _tab(processes.process(web.gateway(), str(process_id)), None)


@pages.get(f"{_ONE}/tabs/<name>")
@web.with_role("official")
def tab(process_id: UUID, name: str) -> web.Answer:
    if name not in TABS:
        raise NotFound
    return _tab(processes.process(web.gateway(), str(process_id)), name)


@pages.get(f"{_ONE}/approval")
@web.with_role("official")
def approval(process_id: UUID) -> web.Answer:
    process = processes.process(web.gateway(), str(process_id))
    return web.page("work/approval.html", process=process, form=NoteForm())


@pages.post(f"{_ONE}/approval")
@web.with_role("official")
def approve(process_id: UUID) -> web.Answer:
    done = web.tried(lambda: processes.approve(web.gateway(), str(process_id)))
    if done:
        web.tell(_("Approved. The phases open and close on their dates by themselves."))
    return web.see_other("work.tasks") if done else web.see_other("work.approval", process_id=str(process_id))


@pages.post(f"{_ONE}/return")
@web.with_role("official")
def give_back(process_id: UUID) -> web.Answer:
    form = NoteForm()
    if not form.accepted():
        process = processes.process(web.gateway(), str(process_id))
        return web.page("work/approval.html", 400, process=process, form=form)
    if web.tried(lambda: processes.give_back(web.gateway(), str(process_id), form.note.data)):
        web.tell(_("Given back with your note."))
    return web.see_other("work.approval", process_id=str(process_id))


@pages.post(f"{_ONE}/review")
@web.with_role("official")
def request_review(process_id: UUID) -> web.Answer:
    if web.tried(lambda: processes.request_review(web.gateway(), str(process_id))):
        web.tell(_("Handed in. Another official can approve it now."))
        return web.see_other("work.approval", process_id=str(process_id))
    return web.see_other("plan.overview", process_id=str(process_id))


@pages.route(f"{_ONE}/cancellation", methods=["GET", "POST"])
@web.with_role("official")
def cancel(process_id: UUID) -> web.Answer:
    process = processes.process(web.gateway(), str(process_id))
    form, status = ReasonForm(), 200
    if request.method == "POST":
        status = 400
        if form.accepted():
            reason = {_language(process): form.reason.data}
            if web.tried(lambda: processes.cancel(web.gateway(), process.id, reason)):
                web.tell(_("Cancelled. The process page says why."))
            return web.see_other("work.tab", process_id=process.id, name="publish")
    return web.page("work/cancel.html", status, process=process, form=form)


@pages.post(f"{_ONE}/end")
@web.with_role("official")
def end(process_id: UUID) -> web.Answer:
    """Monitor or archive, whichever button was pressed."""
    step = processes.archive if request.form.get("step") == "archive" else processes.monitor
    if web.tried(lambda: step(web.gateway(), str(process_id))):
        web.tell(_("Saved."))
    return web.see_other("work.tab", process_id=str(process_id), name="report")


@pages.post(f"{_ONE}/blueprint")
@web.with_role("official")
def save_blueprint(process_id: UUID) -> web.Answer:
    process = processes.process(web.gateway(), str(process_id))
    if web.tried(lambda: plans.save_blueprint(web.gateway(), process.id, process.title)):
        web.tell(_("Saved as a blueprint. New processes can begin with it."))
    return web.see_other("work.tab", process_id=process.id, name="plan")


@pages.route(f"{_ONE}/phases/<uuid:phase_id>/move", methods=["GET", "POST"])
@web.with_role("official")
def move(process_id: UUID, phase_id: UUID) -> web.Answer:
    process, phase = _phase(process_id, phase_id)
    zone = web.settings().time_zone
    form = phase_form.SpanForm(phase_form.span(phase.opens_at, phase.closes_at, zone))
    status = 200
    if request.method == "POST":
        status = 400
        if form.accepted():
            try:
                processes.reschedule(web.gateway(), process.id, phase.id, *form.instants(zone))
            except Refusal as refusal:
                if refusal.status not in web.SHOWN_ON_THE_WAY:
                    raise
                form.add_refusal(refusal)
                status = refusal.status
            else:
                web.tell(_("Moved. The publication record says so."))
                return web.see_other("work.tab", process_id=process.id, name="publish")
    return web.page("work/move.html", status, process=process, phase=phase, form=form)


@pages.route(f"{_ONE}/phases/<uuid:phase_id>/announcement", methods=["GET", "POST"])
@web.with_role("official")
def announce(process_id: UUID, phase_id: UUID) -> web.Answer:
    process, phase = _phase(process_id, phase_id)
    language = _language(process)
    before = dict(phase.announcement or {})
    form = AnnouncementForm({"announcement": before.get(language, "")})
    if request.method == "POST" and form.accepted():
        said = {tag: words for tag, words in (before | {language: form.announcement.data}).items() if words}
        if web.tried(lambda: processes.announce(web.gateway(), process.id, phase.id, said or None)):
            web.tell(_("Saved."))
        return web.see_other("work.tab", process_id=process.id, name="publish")
    return web.page("work/announce.html", process=process, phase=phase, form=form, tongue=language)


def _tab(process: Process, name: str | None) -> web.Answer:
    chosen = name or _TAB_OF_STATE.get(process.state, "report")
    return web.page(
        "work/cockpit.html",
        process=process,
        tabs=TABS,
        chosen=chosen,
        offers=[offer for offer in tools.desk(process) if offer.stage == chosen],
        audit=publication.audit(web.gateway(), process.id, _AUDITED),
    )


def _phase(process_id: UUID, phase_id: UUID) -> tuple[Process, Phase]:
    """Raises NotFound."""
    process = processes.process(web.gateway(), str(process_id))
    phase = next((each for each in process.phases if each.id == str(phase_id)), None)
    if phase is None:
        raise NotFound
    return process, phase


def _language(process: Process) -> str:
    return current() if current() in process.languages else process.languages[0]


def _introduce(name: str) -> None:
    """Once a session, so that colleagues can give her roles; refused, it is tried again at the next visit."""
    visit = web.visit()
    if "introduced" in visit:
        return
    with suppress(Refusal):
        officials.introduce(web.gateway(), name)
        visit["introduced"] = True
