"""What messaging is told."""

from dataclasses import dataclass

from chassis.settings import ServiceSettings, setting


@dataclass(frozen=True, kw_only=True)
class Settings(ServiceSettings):
    """Every block's settings and its own."""

    port: int = setting("Port to listen on", 8104)
    portal_url: str = setting("Address of the portal, which notices link to", "http://127.0.0.1:8000")
    recipients_registry: str = setting("Registry and version that know where notices go", "participants/1")
    channel: str = setting("How messages leave: email, console (a log line each) or null (nowhere)", "email")
    smtp_host: str = setting("Mail server that takes our mail", "127.0.0.1")
    smtp_port: int = setting("Its port", 8125)
    smtp_starttls: bool = setting("Whether to insist on an encrypted connection to it", False)
    smtp_user: str = setting("Our name at the mail server; empty for none", "")
    smtp_password: str = setting("Our password at the mail server", "", secret=True)
    smtp_timeout_seconds: float = setting("How long the mail server may take to answer a command", 10.0)
    sender_address: str = setting("Address that our mail comes from", "no-reply@baraza.example")
    sender_name: str = setting("Name beside that address where a request gives none", "Baraza")
    delivery_threads: int = setting("Deliveries at the same time, each over a connection of its own", 8)
    digest_period_seconds: float = setting("A digest gathers what happened in so long a time", 604800.0)
    quota_messages_per_minute: int = setting("Messages that one application may hand in a minute", 6000)
    largest_batch: int = setting("Recipients in one batch", 1000)
    catcher: bool = setting("Whether to catch mail on this machine instead of a mail server; for demonstrations", False)
    catcher_port: int = setting("Port of the mail catcher, on loopback", 8125)
