"""What operators see of the portal."""

import pytest
from flask import Flask

from .browser import Browser


def told(app: Flask) -> str:
    return app.test_client().get("/metrics").get_data(as_text=True)


def test_a_process_says_what_runs_and_that_it_is_ready(app: Flask) -> None:
    exposition = told(app)

    assert 'build_info{python="3.' in exposition
    assert "mesh_ready 1.0" in exposition
    assert 'db_client_connections{state="used"}' in exposition
    assert "http_server_active_requests 1.0" in exposition, "the scrape itself"


def test_pages_are_counted_by_their_rule(app: Flask, browser: Browser) -> None:
    browser.open("/help")

    series = [line for line in told(app).splitlines() if line.startswith("http_server_request_duration_seconds_count")]
    assert any('http_route="/help"' in line and 'http_request_method="GET"' in line for line in series)


@pytest.mark.parametrize("method", ["BREW", "x" * 300])
def test_invented_methods_are_one_label(app: Flask, method: str) -> None:
    app.test_client().open("/help", method=method)

    exposition = told(app)
    assert 'http_request_method="_OTHER"' in exposition
    assert method not in exposition
