"""Pages: rendered with the request's language, sent with headers that let no other site frame, script or cache them."""

import hmac
import logging
import secrets
from collections.abc import Callable, Iterable
from functools import cache, wraps
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

from flask import Response, request
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from chassis import problems
from chassis.errors import Refusal
from chassis.web import runtime
from identity.pages.words import LANGUAGES, chosen, direction, words

log = logging.getLogger(__name__)

_LANGUAGE, _CSRF = "identity_language", "identity_csrf"
_YEAR_SECONDS = 365 * 86400
_SAFE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_POLICY = (
    "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "form-action 'self'"  # last, because browsers hold it also against the redirects that a form leads to
)
Page = TypeVar("Page", bound=Callable[..., Response])


def language() -> str:
    """What the request asks for by ui_locales, chose before, or its browser prefers."""
    return chosen(
        request.values.get("ui_locales"), request.cookies.get(_LANGUAGE), request.headers.get("Accept-Language")
    )


def page(template: str, status: int = 200, *, to: Iterable[str] = (), **values: Any) -> Response:
    """A page. Its forms may lead to this site and, by a redirect, to the origins of the addresses `to`."""
    spoken, token = language(), cookie(_CSRF) or secrets.token_urlsafe(24)
    texts = words(spoken)
    body = (
        _templates()
        .get_template(template)
        .render(
            said=texts,
            language=spoken,
            direction=direction(spoken),
            languages=[(tag, name, direction(tag), _in_language(tag)) for tag, name in LANGUAGES.items()],
            institution=runtime().settings.institution,
            csrf=_csrf_field(token),
            **{"errors": {}, **values},
        )
    )
    response = Response(body, status, mimetype="text/html")
    response.headers.update(_SAFE)
    origins = sorted({f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, to)})
    response.headers["Content-Security-Policy"] = " ".join((_POLICY, *origins))
    set_cookie(response, _CSRF, token)
    if "ui_locales" in request.values:
        set_cookie(response, _LANGUAGE, spoken, _YEAR_SECONDS, prefixed=False)
    return response


def see_other(address: str) -> Response:
    """Go on there with GET."""
    response = Response(status=303, mimetype="text/html")
    response.headers.update(_SAFE | {"Location": address})
    return response


def form_is_ours() -> bool:
    """Whether the form that came was made for this browser by us."""
    token, field = cookie(_CSRF), request.form.get("csrf", "")
    return bool(token) and hmac.compare_digest(_csrf_field(token or "").encode(), field.encode())


def new_forms(response: Response) -> None:
    """Forms made before do not count any more: somebody else sits here now."""
    set_cookie(response, _CSRF, secrets.token_urlsafe(24))


def cookie_name(name: str) -> str:
    """With TLS a name that no neighbouring host can set (RFC 6265bis §4.1.3.2)."""
    return f"__Host-{name}" if runtime().settings.is_public else name


def cookie(name: str) -> str | None:
    """The request's cookie."""
    return request.cookies.get(cookie_name(name))


def set_cookie(response: Response, name: str, value: str, seconds: int | None = None, *, prefixed: bool = True) -> None:
    """A cookie that no script reads and no other site's form sends; None: until the browser closes."""
    response.set_cookie(
        cookie_name(name) if prefixed else name,
        value,
        max_age=seconds,
        path="/",
        secure=runtime().settings.is_public,
        httponly=True,
        samesite="Lax",
    )


def drop_cookie(response: Response, name: str) -> None:
    """The browser forgets it."""
    response.delete_cookie(
        cookie_name(name), path="/", secure=runtime().settings.is_public, httponly=True, samesite="Lax"
    )


def told(refusal: Refusal, **values: Any) -> str:
    """What a refusal says to a person, in her language."""
    texts = words(language())
    seconds = getattr(refusal, "retry_after_seconds", 0)
    text = texts.get(f"refused_{refusal.slug}", texts["refused"])
    return text.format(seconds=seconds, **values)


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a page that shows this refusal."""
    return problems.status_of(refusal)


def as_page(answer: Page) -> Page:
    """The operation's refusals become a page, because a person reads them."""

    @wraps(answer)
    def answering(*args: Any, **kwargs: Any) -> Response:
        try:
            return answer(*args, **kwargs)
        except Refusal as refusal:
            log.info("refused", extra={"problem": refusal.slug, "status": status_of(refusal)})
            title = f"title_{refusal.slug}" if f"title_{refusal.slug}" in words("en") else "refused_title"
            response = page("message.html", status_of(refusal), title=title, text=told(refusal))
            if (seconds := getattr(refusal, "retry_after_seconds", None)) is not None:
                response.headers["Retry-After"] = str(seconds)
            return response

    return answering  # type: ignore[return-value]  # the same signature


def _in_language(tag: str) -> str:
    shown = [(name, value) for name, value in request.args.items() if name != "ui_locales"]
    shown += [("next", request.form["next"])] if "next" in request.form else []
    return f"{request.path}?{urlencode([*shown, ('ui_locales', tag)])}"


def _csrf_field(token: str) -> str:
    return runtime().sealer.digest(token, "csrf")


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("identity.pages"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["isolated"] = lambda text: Markup("<bdi>{}</bdi>").format(text)
    return made
