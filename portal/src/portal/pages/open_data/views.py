from collections.abc import Iterator
from itertools import chain

from flask import Blueprint, Response, request, stream_with_context
from werkzeug.exceptions import NotFound

from portal import web
from portal.pages.open_data import catalogue
from portal.peers.engagement import exports, processes
from portal.peers.gateway import Download

pages = Blueprint("open_data", __name__)

_VARIANTS = ("public", "internal")
_PROCESSES_LISTED = 100


@pages.get("/open-data")
def overview() -> web.Answer:
    return web.page("open_data/overview.html", processes=_public())


@pages.get("/open-data/catalogue.jsonld")
def dcat() -> Response:
    """DCAT-AP, for the portals that harvest it."""
    found = [(each, exports.datasets(web.gateway(), each.id)) for each in _public()]
    text = catalogue.written(found, web.settings().institution_name, request.host_url)
    return Response(text, mimetype="application/ld+json")


@pages.get("/processes/<slug>/data")
def show(slug: str) -> web.Answer:
    process = web.the_process(slug)
    found = exports.datasets(web.gateway(), process.id)
    return web.page("open_data/show.html", process=process, datasets=found, formats=exports.FORMATS)


@pages.get("/processes/<slug>/data/<name>.<file_type>")
def download(slug: str, name: str, file_type: str) -> Response:
    """A file, part by part as it comes; a refusal of its first part is a page."""
    variant = request.args.get("variant", "public")
    if file_type not in exports.FORMATS or variant not in _VARIANTS:
        raise NotFound
    process = web.the_process(slug)
    parts = exports.parts(web.gateway(), process.id, name, file_type, variant)
    first = next(parts)
    answer = Response(stream_with_context(_bytes(first, parts)), content_type=first.media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug}-{name}.{file_type}"'
    return answer


def _bytes(first: Download, rest: Iterator[Download]) -> Iterator[bytes]:
    return (part.content for part in chain([first], rest))


def _public() -> list[processes.Process]:
    found = processes.list_processes(web.gateway(), limit=_PROCESSES_LISTED).items
    return [each for each in found if each.state not in ("draft", "in_review")]
