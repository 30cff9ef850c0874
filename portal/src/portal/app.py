"""The front door: `create_app` puts the pages, the session and the mediator together."""

from collections.abc import Callable

from flask import Flask, g, get_flashed_messages, request, url_for
from flask_wtf.csrf import CSRFProtect, generate_csrf
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader, StrictUndefined

from chassis import clock, migrations, tracing
from chassis.database import Database
from chassis.http_client import PeerClient
from portal import answers, assets, errors, language, observed, visitors, web, words
from portal.abuse.doorkeeper import Asked, Doorkeeper
from portal.pages import BLUEPRINTS, SHOWN
from portal.peers.identity import Provider
from portal.problems import explain
from portal.recent import Recent
from portal.session import Sessions
from portal.settings import Settings

_FORM_BYTES = 256_000


def create_app(settings: Settings, at: clock.Clock = clock.system) -> Flask:
    """A WSGI app. Migrates its sessions. Raises UnreadableColour for a brand colour that white text is lost on."""
    language.check(settings.languages)
    app = Flask(__name__, static_folder=None)
    app.secret_key = settings.secret_key
    app.config["MAX_CONTENT_LENGTH"] = _FORM_BYTES
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # the token lives as long as its session
    database = Database(settings.database_url)
    migrations.migrate(database, "portal")
    app.session_interface = Sessions(database, settings, at)
    peers = PeerClient(settings.gateway_url, settings.client_id, settings.client_secret, settings.tls_ca)
    spans = tracing.exporting("portal", settings.otlp_endpoint, settings.tls_ca)
    recent, doorkeeper = Recent(settings.process_seconds), _doorkeeper(settings)
    app.extensions["portal"] = web.Portal(
        settings, peers, at, database, Provider(app, settings), recent, doorkeeper, spans
    )
    _speak(app, settings)  # first, because a refused form is told in the language of the request
    visitors.install(app, settings.over_tls)
    CSRFProtect(app)  # type: ignore[no-untyped-call]
    _templates(app, settings)
    answers.install(app, settings.issuer, settings.over_tls)
    errors.install(app)
    observed.install(app, database, settings, spans)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


def _doorkeeper(settings: Settings) -> Doorkeeper:
    asked = Asked(
        settings.open_form_least_seconds,
        settings.open_form_attempts,
        settings.open_form_seconds_an_attempt,
        settings.open_form_work_bits,
        settings.open_form_wait_seconds,
        settings.proxies,
    )
    return Doorkeeper(settings.secret_key, asked)


def _speak(app: Flask, settings: Settings) -> None:
    @app.before_request
    def language_of_the_request() -> None:
        g.language = language.choose(request, settings.languages)


def _templates(app: Flask, settings: Settings) -> None:
    by_subject = {name: PackageLoader("portal", f"pages/{name}/templates") for name in SHOWN}
    app.jinja_loader = ChoiceLoader([PrefixLoader(by_subject), PackageLoader("portal")])
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    files = assets.load(settings.brand_colour)
    app.register_blueprint(assets.blueprint(files))
    app.jinja_env.globals.update(_globals(settings, {name: file.path for name, file in files.items()}))
    app.context_processor(_of_the_request)


def _globals(settings: Settings, asset_paths: dict[str, str]) -> dict[str, object]:
    def day(value: language.Day) -> str:
        return language.day(value, settings.time_zone)

    def moment(value: language.Moment) -> str:
        return language.moment(value, settings.time_zone)

    functions: list[Callable[..., object]] = [
        day,
        moment,
        language.text,
        language.plain,
        language.prose,
        language.direction,
        language.own_name,
        language.name_of,
        language.percent,
        language.decimal,
        words.word,
        words.closes_in,
        words.deeds,
        words.step_state,
        explain,
        web.stamp,
    ]
    return {function.__name__: function for function in functions} | {
        "number": language.number_text,
        "_": language.gettext_for_templates,
        "ngettext": language.ngettext_for_templates,
        "institution": settings.institution_name,
        "help_contact": settings.help_contact,
        "languages": settings.languages,
        "asset": asset_paths,
        "csrf_token": generate_csrf,
        "work_bits": settings.open_form_work_bits,
    }


def _of_the_request() -> dict[str, object]:
    return {
        "language": g.get("language", "en"),
        "person": web.person(),
        "here": web.here(),
        "now": web.now(),
        "messages": _messages,
        "at_home": request.path == "/",
        "home_url": url_for("home.home"),
    }


def _messages() -> list[tuple[str, str]]:
    """What the step before left to say, as `(kind, text)`. Reading empties it; without a session there is none."""
    return get_flashed_messages(with_categories=True) if "_flashes" in web.visit() else []  # type: ignore[return-value]
