"""Writing a survey. Each form sends the whole survey with one thing changed; the block keeps it and says what is still
missing."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, request
from werkzeug.exceptions import NotFound

from portal import web
from portal.forms import new_key
from portal.language import _
from portal.pages.survey_builder import editing, forms
from portal.pages.surveys import forms as answering
from portal.peers.engagement import surveys
from portal.peers.engagement.processes import Process
from portal.peers.engagement.surveys import Jump, Survey
from portal.peers.gateway import Refusal
from portal.peers.wire import Json

pages = Blueprint("survey_builder", __name__)
_JUMPS_SHOWN = 1


@pages.get("/work/processes/<uuid:process_id>/surveys")
@web.with_role("official")
def listing(process_id: UUID) -> web.Answer:
    process = web.process_of_id(str(process_id))
    found = surveys.surveys(web.gateway(), process.id)
    return web.page("survey_builder/list.html", process=process, surveys=found.items, mistakes=[], key=new_key())


@pages.post("/work/processes/<uuid:process_id>/surveys")
@web.with_role("official")
def begin(process_id: UUID) -> web.Answer:
    process = web.process_of_id(str(process_id))
    titled = forms.text(request.form, "title", process.languages)
    if not titled:
        found = surveys.surveys(web.gateway(), process.id)
        mistakes = [(f"title.{process.languages[0]}", _("Give the survey a title"))]
        shown = {"process": process, "surveys": found.items, "mistakes": mistakes, "key": new_key()}
        return web.page("survey_builder/list.html", 400, **shown)
    body = {"title": titled, "definition": editing.empty()}
    made = surveys.draft(web.gateway(), process.id, body, key=request.form.get("key") or new_key())
    return web.see_other("survey_builder.show", survey_id=made.id)


@pages.get("/work/surveys/<uuid:survey_id>")
@web.with_role("official")
def show(survey_id: UUID) -> web.Answer:
    survey, process = _met(survey_id)
    return web.page("survey_builder/show.html", survey=survey, process=process)


@pages.post("/work/surveys/<uuid:survey_id>/steps")
@web.with_role("official")
def step(survey_id: UUID) -> web.Answer:
    """A page added, or a page or question moved or removed: `act` is `add`, `up:id`, `down:id` or `remove:id`."""
    survey, _process = _met(survey_id)
    act, _colon, name = request.form.get("act", "").partition(":")
    acts: dict[str, Callable[[Json], Json]] = {
        "add": editing.with_page,
        "up": lambda held: editing.moved(held, name, "up"),
        "down": lambda held: editing.moved(held, name, "down"),
        "remove": lambda held: editing.removed(held, name),
    }
    if act in acts:
        web.tried(lambda: _revise(survey, definition=acts[act](survey.definition)))
    return web.see_other("survey_builder.show", anchor=name or "pages", survey_id=survey_id)


@pages.route("/work/surveys/<uuid:survey_id>/texts", methods=["GET", "POST"])
@web.with_role("official")
def texts(survey_id: UUID) -> web.Answer:
    survey, process = _met(survey_id)
    mistakes: list[tuple[str, str]] = []
    if request.method == "POST":
        titled = forms.text(request.form, "title", process.languages)
        introduced = forms.text(request.form, "introduction", process.languages)
        chosen = {name: bool(request.form.get(name)) for name in ("editable", "hideResults")}
        settings = chosen if survey.state == "draft" else _settings(survey)
        if titled:
            wanted = {"title": titled, "introduction": introduced or None, "settings": settings}
            if web.tried(lambda: _revise(survey, **wanted)):
                return web.see_other("survey_builder.show", survey_id=survey_id)
        else:
            mistakes = [(f"title.{process.languages[0]}", _("Give the survey a title"))]
    shown = {"survey": survey, "process": process, "mistakes": mistakes}
    return web.page("survey_builder/texts.html", 400 if mistakes else 200, **shown)


@pages.route("/work/surveys/<uuid:survey_id>/pages/<page_id>", methods=["GET", "POST"])
@web.with_role("official")
def page(survey_id: UUID, page_id: str) -> web.Answer:
    survey, process = _met(survey_id)
    held = editing.page(survey.definition, page_id)
    if held is None:
        raise NotFound
    known = editing.before(survey.definition, page_id, None)
    mistakes: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            changed = _page(held, process, known)
        except forms.Misread as misread:
            mistakes = [misread.mistake]
        else:
            others = [changed if each is held else each for each in survey.definition["pages"]]
            if web.tried(lambda: _revise(survey, definition=survey.definition | {"pages": others})):
                return web.see_other("survey_builder.show", anchor=page_id, survey_id=survey_id)
    asked = survey.asked.page(page_id)
    jump = asked.jump_to[0] if asked.jump_to else Jump()
    fields = dict(request.form) if mistakes else forms.condition_fields(jump.when)
    later = survey.asked.pages[survey.definition["pages"].index(held) + 1 :]
    shown = {"survey": survey, "process": process, "page": asked, "known": known, "fields": fields, "jump": jump}
    return web.page(
        "survey_builder/page.html", 400 if mistakes else 200, **shown, later=later, mistakes=mistakes, **_choices()
    )


@pages.route("/work/surveys/<uuid:survey_id>/pages/<page_id>/questions/<name>", methods=["GET", "POST"])
@web.with_role("official")
def question(survey_id: UUID, page_id: str, name: str) -> web.Answer:
    """`name` is that of a question, or `new`."""
    survey, process = _met(survey_id)
    held = editing.question(survey.definition, name) or {}
    if editing.page(survey.definition, page_id) is None or (not held and name != "new"):
        raise NotFound
    known = editing.before(survey.definition, page_id, name)
    kind = held.get("type") or _offered(request.values.get("type", ""))
    if kind is None:
        return web.page("survey_builder/type.html", survey=survey, page_id=page_id, types=forms.TYPES)
    mistakes: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            its_name = held.get("id") or editing.new_name(survey.definition)
            made = forms.question(request.form, its_name, kind, list(process.languages), held)
            if when := forms.condition(request.form, known):
                made["showIf"] = when
        except forms.Misread as misread:
            mistakes = [misread.mistake]
        else:
            changed = editing.with_question(survey.definition, page_id, made)
            if web.tried(lambda: _revise(survey, definition=changed)):
                return web.see_other("survey_builder.show", anchor=its_name, survey_id=survey_id)
    fields = dict(request.form) if request.method == "POST" else _fields(held, process)
    shown = {"survey": survey, "process": process, "page_id": page_id, "name": name, "kind": kind, "fields": fields}
    return web.page(
        "survey_builder/question.html", 400 if mistakes else 200, **shown, known=known, mistakes=mistakes, **_choices()
    )


@pages.post("/work/surveys/<uuid:survey_id>/publication")
@web.with_role("official")
def publish(survey_id: UUID) -> web.Answer:
    if web.tried(lambda: surveys.publish(web.gateway(), str(survey_id))):
        web.tell(_("The survey is published. It can be answered while a phase takes answers."))
    return web.see_other("survey_builder.show", survey_id=survey_id)


@pages.post("/work/surveys/<uuid:survey_id>/closing")
@web.with_role("official")
def close(survey_id: UUID) -> web.Answer:
    if web.tried(lambda: surveys.close(web.gateway(), str(survey_id))):
        web.tell(_("The survey is closed."))
    return web.see_other("survey_builder.show", survey_id=survey_id)


@pages.route("/work/surveys/<uuid:survey_id>/preview", methods=["GET", "POST"])
@web.with_role("official")
def preview(survey_id: UUID) -> web.Answer:
    """As a citizen meets it. What is typed stays in the session, and a fresh preview begins without it."""
    survey, _process = _met(survey_id)
    note = f"preview:{survey.id}"
    if request.method == "GET" and "page" not in request.args:
        web.visit()[note] = {}
    held: Json = web.visit().get(note) or {}
    try:
        met = surveys.preview(web.gateway(), survey.id, held, request.args.get("page"))
        if request.method == "POST" and met.page:
            held = held | {each.id: None for each in met.page.questions}
            held |= answering.read(met.page.questions, request.form)
            held = {name: value for name, value in held.items() if value is not None}
            after = surveys.preview(web.gateway(), survey.id, held, None)
            web.visit()[note] = held
            place = after.pages.index(met.page.id) + 1 if met.page.id in after.pages else 0
            if place < len(after.pages):
                return web.see_other("survey_builder.preview", survey_id=survey_id, page=after.pages[place])
            return web.page("survey_builder/previewed.html", survey=survey, ending=after.ending)
    except Refusal as refusal:
        if refusal.status not in web.SHOWN_ON_THE_WAY:
            raise
        web.tell_refusal(refusal)
        return web.see_other("survey_builder.show", survey_id=survey_id)
    shown = {"survey": survey, "page": met.page, "held": held, "errors": {}}
    return web.page("survey_builder/preview.html", **shown, order=answering.order, steps=answering.steps)


def _met(survey_id: UUID) -> tuple[Survey, Process]:
    survey = surveys.survey(web.gateway(), str(survey_id))
    return survey, web.process_of_id(survey.process_id)


def _revise(survey: Survey, **changes: Json) -> Survey:
    whole = {
        "title": survey.title,
        "introduction": survey.introduction,
        "definition": survey.definition,
        "settings": _settings(survey),
        "version": survey.version,
    } | changes
    return surveys.revise(web.gateway(), survey.id, {name: value for name, value in whole.items() if value is not None})


def _settings(survey: Survey) -> Json:
    return {"editable": survey.settings.editable, "hideResults": survey.settings.hide_results}


def _page(held: Json, process: Process, known: list[Json]) -> Json:
    """The page that the form describes. Raises Misread."""
    kept = {name: value for name, value in held.items() if name not in ("title", "jumpTo")}
    titled = forms.text(request.form, "title", process.languages)
    target = request.form.get("target", "")
    when = forms.condition(request.form, known)
    jump = {"when": when} if when else {}
    if ":" in target:
        kind, its = target.split(":", 1)
        jump[kind] = its
    others = (held.get("jumpTo") or [])[_JUMPS_SHOWN:]
    jumps = [*([jump] if ":" in target else []), *others]
    return kept | ({"title": titled} if titled else {}) | ({"jumpTo": jumps} if jumps else {})


def _fields(held: Json, process: Process) -> dict[str, str]:
    """A question as its form shows it."""
    fields = forms.condition_fields(held.get("showIf"))
    for name in ("text", "help", "unit", "low", "high"):
        fields |= {f"{name}.{language}": held.get(name, {}).get(language, "") for language in process.languages}
    for name in ("options", "rows"):
        fields |= {f"{name}.{each}": forms.lines(held.get(name, ()), each) for each in process.languages}
    fields |= {name: str(held[name]) for name in ("min", "max") if name in held}
    fields |= {name: "y" for name in ("required", "shuffle") if held.get(name)}
    alone = next((each["code"] for each in held.get("options", ()) if each.get("exclusive")), "")
    return fields | {"exclusive": alone}


def _offered(kind: str) -> str | None:
    return kind if kind in forms.TYPES else None


def _choices() -> Json:
    return {"operators": forms.OPERATORS, "conditions": range(forms.CONDITIONS)}
