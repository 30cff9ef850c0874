"""The door of tokens."""

from flask import Response, request

from chassis.web import now, ok, runtime, transaction
from identity.tokens import configuration, grants


def get_configuration() -> Response:
    response = ok(configuration.configuration(runtime().settings))
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def issue_token() -> Response:
    own = runtime()
    with transaction() as tx:
        server = grants.server(tx, at=now(), settings=own.settings, sealer=own.sealer)
        response = server.answer(request)
    if response.status_code == 200:
        own.metrics.count("identity_tokens_issued_total", grant_type=request.form["grant_type"])
    return response
