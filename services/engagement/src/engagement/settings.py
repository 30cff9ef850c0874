"""What engagement is told."""

from dataclasses import dataclass

from chassis.settings import ServiceSettings, setting


@dataclass(frozen=True, kw_only=True)
class Settings(ServiceSettings):
    """Every block's settings and its own."""

    port: int = setting("Port to listen on", 8107)
    portal_url: str = setting("Address of the portal, which letters link to", "http://127.0.0.1:8000")
    participants_registry: str = setting("Registry and version that hold contact data", "participants/1")
    verifying_assurances: tuple[str, ...] = setting(
        "Sign-ins (`acr` of the identity block) that count as a checked identity",
        ("idbb:acr:generated-code", "idbb:acr:linked-wallet", "idbb:acr:biometrics"),
    )
    refused_mail_domains: tuple[str, ...] = setting(
        "Mail domains whose addresses prove nobody, their subdomains included", ("mailinator.com", "yopmail.com")
    )
    follow_period_seconds: float = setting("Followers without an account are written at most once in so long", 604800.0)
    help_cases_kept_days: float = setting("Answered questions to the help desk are dropped after so long", 180.0)
