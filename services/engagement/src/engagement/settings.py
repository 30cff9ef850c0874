"""What engagement is told."""

from dataclasses import dataclass

from chassis.settings import ServiceSettings, setting


@dataclass(frozen=True, kw_only=True)
class Settings(ServiceSettings):
    """Every block's settings and its own."""

    port: int = setting("Port to listen on", 8107)
    participants_registry: str = setting("Registry and version that hold contact data", "participants/1")
