"""Static files under an address that holds their digest, so a browser may keep them for ever."""

import hashlib
import mimetypes
from dataclasses import dataclass
from importlib.resources import files

from flask import Blueprint, Response, abort

from portal.brand import stylesheet

_NAMES = ("favicon.svg",)


@dataclass(frozen=True)
class Asset:
    name: str
    content: bytes

    @property
    def path(self) -> str:
        return f"/static/{hashlib.sha256(self.content).hexdigest()[:16]}/{self.name}"


def load(brand_colour: str) -> dict[str, Asset]:
    """By name. The style sheet ends with the institution's colour, so a page needs one sheet alone."""
    folder = files("portal") / "static"
    sheet = (folder / "portal.css").read_bytes() + stylesheet(brand_colour).encode()
    found = {name: Asset(name, (folder / name).read_bytes()) for name in _NAMES}
    return found | {"portal.css": Asset("portal.css", sheet)}


def blueprint(assets: dict[str, Asset]) -> Blueprint:
    by_path = {asset.path: asset for asset in assets.values()}
    pages = Blueprint("assets", __name__)

    @pages.get("/static/<digest>/<name>")
    def asset(digest: str, name: str) -> Response:
        found = by_path.get(f"/static/{digest}/{name}")
        if found is None:
            abort(404)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        answer = Response(found.content, mimetype=kind)
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer

    return pages
