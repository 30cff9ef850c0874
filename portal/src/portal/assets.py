"""Static files under an address that holds their digest, so a browser may keep them for ever."""

import hashlib
import mimetypes
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

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
    found = {name: Asset(name, (folder / name).read_bytes()) for name in _NAMES}
    found |= {name: Asset(name, content) for name, content in _scripts()}
    return found | {"portal.css": Asset("portal.css", sheet() + stylesheet(brand_colour).encode())}


def sheet() -> bytes:
    """The style sheet: what all pages share, then what each folder of pages adds."""
    parts = [files("portal") / "static" / "portal.css", *(each / "style.css" for each in _folders())]
    return b"".join(part.read_bytes() for part in parts if part.is_file())


def _scripts() -> list[tuple[str, bytes]]:
    """`ideas.js` is `pages/ideas/script.js`: what makes that folder's pages more comfortable, and never possible."""
    found = ((each.name, each / "script.js") for each in _folders())
    return [(f"{name}.js", path.read_bytes()) for name, path in found if path.is_file()]


def _folders() -> list[Traversable]:
    return sorted((files("portal") / "pages").iterdir(), key=lambda each: each.name)


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
