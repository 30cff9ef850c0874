"""What engagement's tests stand on; the chassis' plugin gives database, broker, app and client."""

import pytest

from chassis.runtime import Service
from chassis.settings import ServiceSettings
from engagement.app import SERVICE
from engagement.settings import Settings


@pytest.fixture
def service() -> Service:
    return SERVICE


@pytest.fixture
def settings_type() -> type[ServiceSettings]:
    return Settings
