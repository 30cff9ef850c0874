"""Content and translations: every text of a plan beside its original, a language a page."""

from uuid import UUID

from flask import request
from werkzeug.exceptions import NotFound

from portal import web
from portal.language import _, number_text
from portal.pages.plan.blueprint import pages
from portal.peers.engagement import plans, processes
from portal.words import word

_ADDRESS = "/work/processes/<uuid:process_id>/texts"


@pages.get(_ADDRESS)
@web.with_role("official")
def texts(process_id: UUID) -> web.Answer:
    process = processes.process(web.gateway(), str(process_id))
    found = plans.texts(web.gateway(), process.id)
    lacking = {tag: [each for each in found if tag in each.lacks] for tag in process.languages}
    return web.page("plan/texts.html", process=process, lacking=lacking, total=len(found))


@pages.route(f"{_ADDRESS}/<language>", methods=["GET", "POST"])
@web.with_role("official")
def translate(process_id: UUID, language: str) -> web.Answer:
    process = processes.process(web.gateway(), str(process_id))
    if language not in process.languages:
        raise NotFound
    found = plans.texts(web.gateway(), process.id)
    if request.method == "POST":
        wanted = {
            each.pointer: sent
            for each in found
            if (sent := request.form.get(each.pointer, "").replace("\r\n", "\n").strip()) != each.text.get(language, "")
        }
        if not wanted or web.tried(lambda: plans.translate(web.gateway(), process.id, language, wanted)):
            web.tell(_("Saved."))
            return web.see_other("plan.texts", process_id=process.id)
    return web.page(
        "plan/translate.html",
        process=process,
        texts=found,
        labels={each.pointer: label(each.pointer) for each in found},
        tongue=language,
        original=process.languages[0],
    )


def label(pointer: str) -> str:
    """`/phases/0/title` → `Phase 1 · Title`."""
    named = ""
    for part in pointer.split("/")[1:]:
        if part.isdigit():
            named += f" {number_text(int(part) + 1)}"
        elif part != "strategy":
            named += f"{' · ' if named else ''}{word('plan_text', part)}"
    return named
