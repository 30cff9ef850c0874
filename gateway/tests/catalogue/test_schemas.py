"""The catalogue file."""

import pytest

from gateway.access.model import Right
from gateway.catalogue.model import compiled
from gateway.catalogue.schemas import BadCatalogue, registrations
from gateway.members.model import ClientId

FILE = """
members:
  - id: BARAZA/GOV/1001
    name: Ministry of Participation
    applications:
      - {code: portal, name: Portal}
      - {code: registry, url: "http://127.0.0.1:8103/"}
      - {code: engagement, url: "https://engagement.example/base", services: {old: "http://old.example"}}
rights:
  - {subject: BARAZA/GOV/1001/portal, application: [BARAZA/GOV/1001/registry, BARAZA/GOV/1001/engagement], path: /**}
  - subject: [anonymous, BARAZA/GOV/1001/portal]
    application: BARAZA/GOV/1001/registry
    methods: [GET, HEAD]
    path: [/a, /b/*]
  - {subject: BARAZA/GOV/1001/engagement, application: BARAZA/GOV/1001/registry, path: /v1/**, on_behalf: true}
"""


def test_the_file_is_read() -> None:
    told = registrations(FILE)
    snapshot = compiled(told, 1)

    assert [str(member) for member in told.members] == ["BARAZA/GOV/1001"]
    assert snapshot.base_url(ClientId.parse("BARAZA/GOV/1001/registry"), "api") == "http://127.0.0.1:8103"
    assert snapshot.base_url(ClientId.parse("BARAZA/GOV/1001/engagement"), "old") == "http://old.example"
    assert len(told.rights) == 2 + 4 + 1
    assert Right("anonymous", "BARAZA/GOV/1001/registry", frozenset({"GET", "HEAD"}), "/b/*") in told.rights
    assert [right.subject for right in told.rights if right.on_behalf] == ["BARAZA/GOV/1001/engagement"]


def test_an_empty_file_registers_nothing() -> None:
    assert registrations("").rights == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("BARAZA/GOV/1001\n", "BARAZA/GOV\n"),
        ("code: portal", "code: my_portal"),
        ("code: portal, ", ""),
        ("on_behalf: true", "on_behalf_of: true"),
        ("methods: [GET, HEAD]", "methods: [GETT]"),
        ("path: /v1/**,", "path: v1,"),
        ("path: /v1/**,", ""),
        ("subject: [anonymous,", "subject: [anonymus,"),
        ("application: BARAZA/GOV/1001/registry", "application: BARAZA/GOV/1001/regestry"),
        ("http://127.0.0.1:8103/", "http://user:pw@127.0.0.1"),
        ("http://127.0.0.1:8103/", "http://127.0.0.1?x="),
        ("http://127.0.0.1:8103/", "http://127.0.0.1#x"),
        ("http://127.0.0.1:8103/", "file:///etc/passwd"),
        ("http://127.0.0.1:8103/", "http://"),
        ("http://127.0.0.1:8103/", "http://a b"),
        ("http://127.0.0.1:8103/", "http://a\\\\\\\\b"),
        ("rights:", "rights: ["),
        ("members:", "- x\nmembers:"),
    ],
)
def test_a_mistake_is_told_and_not_guessed(old: str, new: str) -> None:
    assert old in FILE

    with pytest.raises(BadCatalogue):
        registrations(FILE.replace(old, new, 1))
