"""What the mediator is told."""

from dataclasses import dataclass

from chassis.settings import ServiceSettings, setting


@dataclass(frozen=True, kw_only=True)
class GatewaySettings(ServiceSettings):
    """Read from the environment: `catalogue_file` is CATALOGUE_FILE."""

    port: int = setting("Port to listen on", 8080)
    issuer: str = setting("Identity's issuer, as its tokens say it", "http://127.0.0.1:8101")
    jwks_url: str = setting("Where identity's public keys are; empty is the issuer's /.well-known/jwks.json", "")
    audience: str = setting("Audience of identity's access tokens", "baraza")
    catalogue_file: str = setting("Members, applications and rights to register at start (YAML); empty leaves them", "")
    state_folder: str = setting("Folder of the keys made on first start and of the log's last head", "./var/gateway")
    context_key: str = setting("Ed25519 key (PEM) that signs contexts; made when empty", "", secret=True)
    log_key: str = setting("Ed25519 key (PEM) that signs the message log; made when empty", "", secret=True)
    subject_key: str = setting("32 bytes in hexadecimal that name persons pairwise; made when empty", "", secret=True)
    catalogue_poll_seconds: float = setting("How often changed registrations are looked for; at most 5", 2.0)
    max_body_bytes: int = setting("Largest body of a request", 10 * 1024 * 1024)
    max_answer_bytes: int = setting("Largest body of a provider's answer", 32 * 1024 * 1024)
    body_timeout_seconds: float = setting("How long a client may take to send a body", 30.0)
    provider_timeout_seconds: float = setting("How long a provider may take to answer", 30.0)
    connect_timeout_seconds: float = setting("How long connecting to a provider may take", 3.0)
    provider_connections: int = setting("Connections to providers at once", 256)
    max_connections: int = setting("Connections of clients at once", 2000)
    max_in_flight: int = setting("Calls at once; more are answered 503", 1000)
    requests_per_second: float = setting("Calls an application may make in the long run", 2000.0)
    requests_burst: int = setting("Calls an application may make at once", 4000)
    anonymous_per_second: float = setting("Calls an address may make without an application's token", 100.0)
    anonymous_burst: int = setting("Calls an address may make at once without an application's token", 200)
    log_timeout_seconds: float = setting("How long a call waits for the message log before it is refused", 5.0)

    def keys_url(self) -> str:
        """Where identity's public keys are."""
        return self.jwks_url or f"{self.issuer.rstrip('/')}/.well-known/jwks.json"
