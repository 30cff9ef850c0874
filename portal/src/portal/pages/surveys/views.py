"""Answering a survey, a page of questions at a time. Answers wait in the block, not here, so that a person goes on
wherever she signs in."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from uuid import UUID

from flask import Blueprint, Response, redirect, request, url_for

from portal import web
from portal.forms import new_key
from portal.language import _, current, plain
from portal.pages.surveys import forms
from portal.peers.engagement import surveys
from portal.peers.engagement.surveys import Page, Survey
from portal.peers.gateway import Gateway, Refusal
from portal.peers.wire import Json

pages = Blueprint("surveys", __name__)


def _on_the_way(view: Callable[..., web.Answer]) -> Callable[..., web.Answer]:
    """A step of answering: who has not joined joins first, who has not begun begins, and a page that is passed by leads
    on."""

    @wraps(view)
    def guarded(survey_id: UUID, **values: str) -> web.Answer:
        its = str(survey_id)
        try:
            return view(its, **values)
        except Refusal as refusal:
            if refusal.slug == "not-a-participant":
                process_id = surveys.survey(web.gateway(), its).process_id
                return web.join_first(process_id, url_for("surveys.show", survey_id=its))
            if refusal.slug == "page-not-met":
                return _onward(its, surveys.mine(_gateway(its), its))
            if refusal.status not in (404, 409):
                raise
            web.tell_refusal(refusal)
            return web.see_other("surveys.show", survey_id=its)

    return guarded


@pages.get("/processes/<slug>/surveys")
def listing(slug: str) -> web.Answer:
    process = web.the_process(slug)
    found = surveys.surveys(web.gateway(), process.id)
    asked = [each for each in found.items if each.state != "draft"]
    return web.page("surveys/list.html", process=process, surveys=asked, open=process.accepts("response", web.now()))


@pages.get("/surveys/<uuid:survey_id>")
def show(survey_id: UUID) -> web.Answer:
    survey = surveys.survey(web.gateway(), str(survey_id))
    process = web.process_of_id(survey.process_id)
    taken = survey.state == "published" and process.accepts("response", web.now())
    return web.page("surveys/show.html", survey=survey, process=process, mine=_mine(survey.id), taken=taken)


@pages.post("/surveys/<uuid:survey_id>/start")
@_on_the_way
def start(survey_id: str) -> web.Answer:
    begun = surveys.start(_gateway(survey_id), survey_id, current())
    if begun.key:
        web.visit()[_note(survey_id)] = begun.key
    return _onward(survey_id, begun)


@pages.get("/surveys/<uuid:survey_id>/go-on/<key>")
def resume(survey_id: UUID, key: str) -> web.Answer:
    """The link that a visitor kept. The key goes into the session at once, so that no page's address holds it."""
    web.visit()[_note(str(survey_id))] = key
    return web.see_other("surveys.show", survey_id=survey_id)


@pages.get("/surveys/<uuid:survey_id>/pages/<page_id>")
@_on_the_way
def ask(survey_id: str, page_id: str) -> web.Answer:
    survey = surveys.survey(web.gateway(), survey_id)
    page = surveys.page(_gateway(survey_id), survey_id, page_id)
    return _asked(survey, page, page.answers)


@pages.post("/surveys/<uuid:survey_id>/pages/<page_id>")
@_on_the_way
def answer(survey_id: str, page_id: str) -> web.Answer:
    gateway = _gateway(survey_id)
    page = surveys.page(gateway, survey_id, page_id)
    given = forms.read(page.questions, request.form)
    question, moving, direction = request.form.get("move", "").partition(":")[0], "", ""
    if question:
        _name, moving, direction = request.form["move"].split(":", 2)
        ranked = next(each for each in page.questions if each.id == question)
        held = forms.order(ranked, request.form.getlist(f"a.{question}"))
        given[question] = forms.moved(held, moving, direction)
    whole = not question and request.form.get("go") != "later"
    body: Json = {"answers": given, "seen": forms.seen(page.questions, request.form), "complete": whole}
    try:
        saved = surveys.save(gateway, survey_id, page_id, body)
    except Refusal as refusal:
        if refusal.slug != "answer-refused":
            raise
        return _asked(surveys.survey(gateway, survey_id), page, given, refusal)
    if question:
        return web.see_other("surveys.ask", anchor=f"q-{question}", survey_id=survey_id, page_id=page_id)
    if request.form.get("go") == "later":
        return web.see_other("surveys.later", survey_id=survey_id)
    for message in saved.told:
        web.tell(plain(message))
    if saved.next.to == "stopped":
        survey = surveys.survey(gateway, survey_id)
        return web.page("surveys/stopped.html", survey=survey, page=page, message=saved.next.message)
    return _onward(survey_id, saved)


@pages.get("/surveys/<uuid:survey_id>/later")
@_on_the_way
def later(survey_id: str) -> web.Answer:
    """What is saved, and how to come back to it."""
    survey = surveys.survey(web.gateway(), survey_id)
    surveys.mine(_gateway(survey_id), survey_id)
    return web.page("surveys/later.html", survey=survey, key=web.visit().get(_note(survey_id)))


@pages.route("/surveys/<uuid:survey_id>/check", methods=["GET", "POST"])
@_on_the_way
def check(survey_id: str) -> web.Answer:
    gateway = _gateway(survey_id)
    if request.method == "POST":
        try:
            done = surveys.submit(gateway, survey_id, key=request.form.get("key") or new_key())
        except Refusal as refusal:
            if refusal.slug != "answer-refused":
                raise
            web.tell_refusal(refusal)
            return _onward(survey_id, surveys.mine(gateway, survey_id))
        web.tell(plain(done.ending) if done.ending else _("Thank you. Your answers are counted."))
        return web.see_other("receipts.show", code=done.receipt.code if done.receipt else "")
    survey, mine = surveys.survey(gateway, survey_id), surveys.mine(gateway, survey_id)
    rows = [
        (page_id, question, mine.answers.get(question.id))
        for page_id in mine.pages
        for question in survey.asked.page(page_id).questions
        if question.id in mine.answers or (question.show_if is None and question.type != "statement")
    ]
    return web.page("surveys/check.html", survey=survey, mine=mine, rows=rows, in_words=forms.in_words, key=new_key())


@pages.post("/surveys/<uuid:survey_id>/withdrawal")
@_on_the_way
def withdraw(survey_id: str) -> web.Answer:
    surveys.withdraw(_gateway(survey_id), survey_id)
    web.tell(_("Your answers are taken back and count no more."))
    return web.see_other("surveys.show", survey_id=survey_id)


@pages.get("/surveys/<uuid:survey_id>/pictures/<uuid:picture_id>")
def picture(survey_id: UUID, picture_id: UUID) -> web.Answer:
    media_type, content = surveys.picture(web.gateway(), str(survey_id), str(picture_id))
    shown = Response(content, mimetype=media_type)
    shown.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return shown


def _asked(survey: Survey, page: Page, held: Json, refusal: Refusal | None = None) -> web.Answer:
    wrong = {pointer.rpartition("/")[2] for pointer, _detail in refusal.errors} if refusal else set()
    errors = {
        question.id: forms.advice(question, held.get(question.id))
        for question in page.questions
        if question.id in wrong
    }
    shown = {"survey": survey, "page": page, "held": held, "errors": errors}
    return web.page("surveys/page.html", 400 if refusal else 200, **shown, order=forms.order, steps=forms.steps)


def _note(survey_id: str) -> str:
    return f"survey:{survey_id}"


def _gateway(survey_id: str) -> Gateway:
    """With the key of a response that a visitor began, where she keeps one."""
    return replace(web.gateway(), response_key=web.visit().get(_note(survey_id)))


def _mine(survey_id: str) -> surveys.Response | None:
    """None for who has not begun, or is not known."""
    try:
        return surveys.mine(_gateway(survey_id), survey_id)
    except Refusal as refusal:
        if refusal.status not in (401, 403, 404):
            raise
        return None


def _onward(survey_id: str, saved: surveys.Response) -> web.Answer:
    if saved.next.page:
        return redirect(url_for("surveys.ask", survey_id=survey_id, page_id=saved.next.page), 303)
    return web.see_other("surveys.check", survey_id=survey_id)
