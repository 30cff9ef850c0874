"""What the portal is told."""

from dataclasses import dataclass

from chassis.settings import setting


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Read from the environment; `gateway_url` is GATEWAY_URL."""

    host: str = setting("Address to listen on", "127.0.0.1")
    port: int = setting("Port to listen on", 8000)
    tls_certificate: str = setting("Certificate chain (PEM file) to serve with; empty serves plain HTTP", "")
    tls_key: str = setting("Private key (PEM file) of that certificate", "")
    tls_ca: str = setting(
        "Authorities (PEM file) that peers' certificates are checked against; empty is the system's", ""
    )
    allow_plaintext: bool = setting(
        "Serve and call beyond loopback without TLS: only where the network encrypts", False
    )
    drain_seconds: float = setting("How long to stay up, unready, after SIGTERM before new calls are refused", 0.0)
    threads: int = setting("Requests answered at the same time", 8)
    public_url: str = setting(
        "Address at which people reach the portal, without a slash at the end", "http://127.0.0.1:8000"
    )
    gateway_url: str = setting("Address of the information mediator", "http://127.0.0.1:8080")
    instance: str = setting("Instance, class and member of this mesh in X-Road's words", "BARAZA/GOV/1001")
    issuer: str = setting("Address of the OpenID provider where people sign in", "http://127.0.0.1:8101")
    client_id: str = setting(
        "The portal's own client id, at the provider and at the mediator", "BARAZA/GOV/1001/portal"
    )
    client_secret: str = setting("Secret with which the portal proves itself to identity", secret=True)
    database_url: str = setting(
        "SQLAlchemy address of the sessions: sqlite:///… or postgresql+psycopg://…",
        "sqlite:///var/portal.db",
        secret=True,
    )
    secret_key: str = setting("Signs forms; at least 32 random characters, the same on every replica", secret=True)
    process_seconds: float = setting("Seconds for which pages may show a process as it was read before", 2.0)
    session_hours: int = setting("Hours after which a person signs in again at the latest", 8)
    institution_name: str = setting("Name of the institution, shown at the top of every page", "Baraza")
    brand_colour: str = setting(
        "Colour of the institution, six hexadecimal digits; white text must be readable on it", "#0b5563"
    )
    languages: tuple[str, ...] = setting("Languages of the pages, the first is the default", ("en", "ca", "ar"))
    time_zone: str = setting("Zone in which dates are shown", "UTC")
    help_contact: str = setting("Telephone, address or office hours for people who need help; plain text", "")
    open_form_least_seconds: float = setting("Seconds for which an open form is read at least before it is sent", 2.0)
    open_form_attempts: int = setting("Open forms that one network may send at once", 20)
    open_form_seconds_an_attempt: float = setting("Seconds after which a network may send one more", 20.0)
    open_form_work_bits: int = setting("Zero bits that a busy network's browsers look for; 16 take about a second", 16)
    open_form_wait_seconds: float = setting("Seconds of waiting that stand for that work where no script runs", 30.0)
    proxies: int = setting("Proxies of ours that append the address before them to X-Forwarded-For", 0)
    log_level: str = setting("Least severity that is logged", "INFO")
    otlp_endpoint: str = setting("Where traces go (OTLP over HTTP); empty sends none", "")

    @property
    def over_tls(self) -> bool:
        """Whether cookies may say that they travel over TLS only."""
        return self.public_url.startswith("https://")
