"""Everything here runs on both profiles, so that they cannot drift apart."""

from collections.abc import Callable

import pytest

from chassis import framework
from chassis.app import App


@pytest.fixture(params=[framework.FAST, framework.STOCK])
def app(make_app: Callable[..., App], request: pytest.FixtureRequest) -> App:
    return make_app(http_profile=request.param)
