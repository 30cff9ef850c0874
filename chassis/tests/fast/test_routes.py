"""An address leads to one operation, the most concrete one."""

import pytest

from chassis.fast.routes import Routes


@pytest.fixture
def routes() -> Routes[str]:
    made: Routes[str] = Routes()
    for template in (
        "/v1/notes",
        "/v1/notes/{noteId}",
        "/v1/notes/mine",
        "/v1/{kind}/{id}/words",
        "/v1/notes/mine/end/",
    ):
        made.add("GET", template, template)
    made.add("PUT", "/v1/notes/{other}", "put")
    return made


@pytest.mark.parametrize(
    ("method", "path", "found"),
    [
        ("GET", "/v1/notes", ("/v1/notes", {})),
        ("GET", "/v1/notes/7", ("/v1/notes/{noteId}", {"noteId": "7"})),
        ("GET", "/v1/notes/mine", ("/v1/notes/mine", {})),
        ("GET", "/v1/notes/mine/words", ("/v1/{kind}/{id}/words", {"kind": "notes", "id": "mine"})),
        ("GET", "/v1/notes/mine/end/", ("/v1/notes/mine/end/", {})),
        ("GET", "/v1/notes/mine/end", None),
        ("GET", "/v1/notes/", None),
        ("GET", "/v1//7/words", None),
        ("GET", "/v1", None),
        ("GET", "/v1/notes/7/more", None),
        ("GET", "/v1/notes/{}", None),
        ("GET", "v1/notes", None),
        ("PUT", "/v1/notes/7", ("put", {"other": "7"})),
        ("PUT", "/v1/notes", None),
        ("DELETE", "/v1/notes", None),
    ],
)
def test_an_address_leads_to_one_operation(
    routes: Routes[str], method: str, path: str, found: tuple[str, dict[str, str]] | None
) -> None:
    assert routes.find(method, path) == found
