from typing import Any

from flask import Blueprint, request, url_for

from portal import web
from portal.charts.bars import share_bar
from portal.language import _
from portal.pages.survey_results.naming import Names
from portal.pages.survey_results.showing import heat, side
from portal.pages.survey_results.showing import pages as in_pages
from portal.peers.engagement import survey_results as peer
from portal.peers.engagement.survey_results import Results, Survey
from portal.peers.gateway import Refusal

pages = Blueprint("survey_results", __name__)

_PUBLIC, _OFFICIAL = "public", "official"


@pages.get("/processes/<slug>/survey-results")
def listing(slug: str) -> web.Answer:
    process = web.the_process(slug)
    cursor = request.args.get("cursor")
    found = peer.surveys(web.gateway(), process.id, cursor)
    return web.page(
        "survey_results/list.html",
        process=process,
        surveys=[each for each in found.items if each.state != "draft"],
        first_url=url_for("survey_results.listing", slug=slug) if cursor else None,
        next_url=url_for("survey_results.listing", slug=slug, cursor=found.next) if found.next else None,
    )


@pages.get("/surveys/<uuid:survey_id>/results")
def show(survey_id: Any) -> web.Answer:
    survey, results = _read(str(survey_id))
    names = Names(survey.definition)
    return web.page(
        "survey_results/show.html",
        process=web.process_of_id(survey.process_id),
        survey=survey,
        results=results,
        names=names,
        pages=list(in_pages(survey, results, names)),
        share_bar=share_bar,
        side=side,
        heat=heat,
    )


@pages.get("/surveys/<uuid:survey_id>/results/cross-table")
def cross(survey_id: Any) -> web.Answer:
    survey, results = _read(str(survey_id))
    first, second = (_chosen(results, name) for name in ("first", "second"))
    table = None
    if first and second and first != second:
        table = peer.cross_table(web.gateway(), survey.id, first, second, results.audience)
    return web.page(
        "survey_results/cross.html",
        process=web.process_of_id(survey.process_id),
        survey=survey,
        results=results,
        names=Names(survey.definition),
        first=first,
        second=second,
        table=table,
        heat=heat,
    )


@pages.post("/surveys/<uuid:survey_id>/results/recount")
@web.with_role("official")
def recount(survey_id: Any) -> web.Answer:
    if web.tried(lambda: peer.recount(web.gateway(), str(survey_id))):
        web.tell(_("All answers are being counted anew."))
    return web.see_other("survey_results.show", survey_id=survey_id, view=_OFFICIAL)


def _read(survey_id: str) -> tuple[Survey, Results]:
    """For officials who ask for it, with what is withheld from the public."""
    someone = web.person()
    wants_all = request.args.get("view") == _OFFICIAL
    if wants_all and not (someone and someone.has("official")):
        raise Refusal(403, "forbidden")
    survey = peer.survey(web.gateway(), survey_id)
    return survey, peer.results(web.gateway(), survey_id, _OFFICIAL if wants_all else _PUBLIC)


def _chosen(results: Results, name: str) -> str | None:
    """What cannot be crossed is as not chosen."""
    wanted = request.args.get(name)
    return wanted if wanted in results.crossable else None
