"""What identity's tests stand on; the chassis' plugin gives database, broker, app and client."""

from pathlib import Path

import pytest

from chassis.runtime import Service
from chassis.settings import ServiceSettings
from chassis.testing.client import Speaker
from identity.app import SERVICE
from identity.settings import Settings


@pytest.fixture
def service() -> Service:
    return SERVICE


@pytest.fixture
def settings_type() -> type[ServiceSettings]:
    return Settings


@pytest.fixture
def settings(tmp_path: Path, speaker: Speaker) -> Settings:
    """Small keys and cheap hashes: what is tested is not their strength."""
    return Settings(
        port=0,
        database_url=f"sqlite:///{tmp_path / 'block.db'}",
        context_keys=str(speaker.write_keys(tmp_path)),
        sealing_key="5e" * 32,
        key_bits=2048,
        argon2_kib=64,
        argon2_passes=1,
    )
