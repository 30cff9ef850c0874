"""What may leave this machine unencrypted: nothing, unless someone says that the network encrypts."""

from dataclasses import replace

import pytest

from chassis import cli, plaintext
from chassis.settings import BadSetting, ServiceSettings

ANYWHERE = "0.0.0.0"  # noqa: S104 - what is refused here
LOCAL = ServiceSettings(port=8101, database_url="sqlite:///x.db")


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"host": "::1"},
        {"host": "localhost"},
        {"host": ANYWHERE, "tls_certificate": "/run/tls/tls.crt"},
        {"gateway_url": "https://gateway.baraza.example"},
        {"context_keys": "/run/keys.json"},
        {"events_url": "embedded:///var/events"},
        {"events_url": "kafka://127.0.0.1:9092,[::1]:9092"},
        {"events_url": "kafka://kafka:9093?ca=/run/tls/ca.crt"},
        {"database_url": "postgresql+psycopg://a:b@localhost/x"},
        {"database_url": "postgresql+psycopg://a:b@127.0.0.1:5432/x"},
        {"database_url": "postgresql+psycopg:///x?host=/run/postgresql"},
        {"database_url": "postgresql+psycopg://a:b@db/x?sslmode=verify-full&sslrootcert=/run/tls/ca.crt"},
        {"database_url": "postgresql+psycopg://a:b@db/x?sslmode=require"},
    ],
)
def test_what_stays_here_or_is_encrypted_is_served_and_called(changes: dict[str, str]) -> None:
    own = replace(LOCAL, **changes)  # type: ignore[arg-type]

    plaintext.refuse(own, cli.calls(own), listens=True)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"host": ANYWHERE}, f"HOST={ANYWHERE}"),
        ({"host": "::"}, "HOST=::"),
        ({"host": "consent"}, "HOST=consent"),
        ({"gateway_url": "http://gateway:8080"}, "GATEWAY_URL: gateway"),
        ({"gateway_url": "http://127.0.0.1.example.org"}, "GATEWAY_URL"),
        ({"context_keys": "http://gateway:8080/.well-known/context-keys.json"}, "CONTEXT_KEYS"),
        ({"otlp_endpoint": "http://collector:4318"}, "OTLP_ENDPOINT"),
        ({"events_url": "kafka://kafka:9092"}, "EVENTS_URL"),
        ({"events_url": "kafka://127.0.0.1:9092,kafka:9092"}, "EVENTS_URL"),
        ({"database_url": "postgresql+psycopg://a:b@db/x"}, "DATABASE_URL"),
        ({"database_url": "postgresql+psycopg://a:b@db/x?sslmode=prefer"}, "DATABASE_URL"),
        ({"database_url": "postgresql+psycopg:///x?host=db:5432"}, "DATABASE_URL"),
        ({"database_url": "postgresql+psycopg:///x?host=localhost:5432&host=db:5432"}, "DATABASE_URL"),
    ],
)
def test_what_would_leave_in_the_clear_is_refused_by_name(changes: dict[str, str], said: str) -> None:
    own = replace(LOCAL, **changes)  # type: ignore[arg-type]
    encrypted_by_the_network = replace(own, allow_plaintext=True)

    with pytest.raises(BadSetting, match=said) as refused:
        plaintext.refuse(own, cli.calls(own), listens=True)

    assert "ALLOW_PLAINTEXT" in str(refused.value)
    assert "a:b" not in str(refused.value), "a password is not quoted"
    plaintext.refuse(encrypted_by_the_network, cli.calls(encrypted_by_the_network), listens=True)


def test_who_does_not_listen_may_be_told_any_address_to_listen_on() -> None:
    plaintext.refuse(replace(LOCAL, host=ANYWHERE), {}, listens=False)
