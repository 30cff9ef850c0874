from uuid import UUID

from flask import Blueprint, redirect, request, url_for

from portal import web
from portal.language import _, current
from portal.pages.helpdesk.forms import AnswerForm, QuestionForm
from portal.pages.receipts.forms import read_code
from portal.peers.engagement import helpdesk
from portal.peers.engagement.helpdesk import TOPICS
from portal.peers.gateway import Refusal

pages = Blueprint("helpdesk", __name__)


@pages.route("/help/ask", methods=["GET", "POST"])
def ask() -> web.Answer:
    """Anybody asks; who it was, nobody learns."""
    form = QuestionForm() if request.method == "POST" else QuestionForm.fresh()
    status = 200
    if request.method == "POST":
        status = 400
        objection = web.objection()
        if form.accepted() and objection is None:
            asked = helpdesk.ask(web.gateway(), form.topic.data, form.question.data, current(), form.key.data)
            web.tell(_("Your question is with the help desk. Write the code down: it opens this page again."))
            return web.see_other("helpdesk.show", code=asked.code)
        if objection:
            form.form_errors = [*form.form_errors, objection]
    return web.page("helpdesk/ask.html", status, form=form, topics=TOPICS)


@pages.get("/help/cases")
def lookup() -> web.Answer:
    typed = request.args.get("code", "")
    code = read_code(typed)
    if code:
        return redirect(url_for("helpdesk.show", code=code), 303)
    error = _("A code has four groups of five characters, like 7K2QF-…") if typed else None
    return web.page("helpdesk/lookup.html", 400 if error else 200, typed=typed, error=error)


@pages.get("/help/cases/<code>")
def show(code: str) -> web.Answer:
    read = read_code(code)
    if read is None:
        return redirect(url_for("helpdesk.lookup", code=code), 303)
    try:
        found = helpdesk.case(web.gateway(), read)
    except Refusal as refusal:
        if refusal.status != 404:
            raise
        error = _("There is no such code. Check each character; a mistyped one is enough.")
        return web.page("helpdesk/lookup.html", 404, typed=read, error=error)
    return web.page("helpdesk/show.html", found=found)


@pages.get("/work/help-desk")
@web.with_role("official")
def desk() -> web.Answer:
    state = "answered" if request.args.get("state") == "answered" else "open"
    cursor = request.args.get("cursor")
    found = helpdesk.cases(web.gateway(), state, cursor)
    return web.page(
        "helpdesk/desk.html",
        cases=found.items,
        state=state,
        first_url=url_for("helpdesk.desk", state=state) if cursor else None,
        next_url=url_for("helpdesk.desk", state=state, cursor=found.next) if found.next else None,
    )


@pages.route("/work/help-desk/<uuid:case_id>", methods=["GET", "POST"])
@web.with_role("official")
def answer(case_id: UUID) -> web.Answer:
    """The question stands on the page before; it is shown again while it waits among the first."""
    form = AnswerForm()
    status = 200
    if request.method == "POST":
        status = 400
        if form.accepted():
            if web.tried(lambda: helpdesk.answer(web.gateway(), str(case_id), form.answer.data)):
                web.tell(_("The answer is there for whoever asked."))
            return web.see_other("helpdesk.desk")
    waiting = helpdesk.cases(web.gateway(), "open", None).items
    asked = next((each for each in waiting if each.id == str(case_id)), None)
    return web.page("helpdesk/answer.html", status, form=form, asked=asked, case_id=case_id)
