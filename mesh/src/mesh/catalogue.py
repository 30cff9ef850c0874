"""What the mediator of an embedded mesh knows: one member, its applications, and who may call what.

Denied unless listed. Applications call only what their part in the lifecycle needs; scopes and roles narrow it further
at each block.
"""

from typing import Any

from mesh.layout import BLOCKS, MEMBER, Layout

Right = dict[str, Any]  # as the catalogue file spells it

_READ = ["GET"]
_RIGHTS: tuple[tuple[str | list[str], str, list[str], list[str]], ...] = (
    ("anonymous", "identity", ["GET", "POST"], ["/oauth/v2/token", "/.well-known/*"]),
    (["portal", "demo"], "engagement", ["GET", "POST", "PUT", "DELETE"], ["/v1/**"]),
    (["portal", "demo"], "consent", ["GET", "PUT"], ["/service/**"]),
    (["portal", "demo"], "registry", _READ, ["/data/mypersonalDataUsage"]),
    ("portal", "registry", ["POST"], ["/data/participants/*/read"]),
    ("portal", "registry", ["DELETE"], ["/data/participants/*/*/delete"]),
    ("engagement", "messaging", ["POST"], ["/send/email/single"]),
    (["portal", "demo"], "workflow", ["GET", "POST"], ["/v1/tasks", "/v1/tasks/**", "/instances", "/instances/*"]),
    (["portal", "demo"], "identity", ["GET", "POST"], ["/v1/accounts", "/v1/accounts/*", "/oidc/userinfo"]),
    ("demo", "messaging", _READ, ["/v1/**"]),
    ("messaging", "registry", ["POST"], ["/data/participants/*/read"]),
)
_ON_BEHALF: tuple[tuple[str, str, list[str], list[str]], ...] = (
    ("engagement", "consent", ["POST"], ["/service/individual/record/data-agreement/*/"]),
    ("engagement", "registry", ["POST"], ["/data/participants/*/create"]),
)


def catalogue(layout: Layout) -> dict[str, object]:
    """The content of the catalogue file."""
    providers = [{"code": block, "name": block.capitalize(), "url": layout.block_url(block)} for block in BLOCKS]
    callers = [{"code": "portal", "name": "Portal"}, {"code": "demo", "name": "Demonstration"}]
    members = [{"id": MEMBER, "name": "Platform", "applications": [*providers, *callers]}]
    rights = [_right(*each) for each in _RIGHTS] + [_right(*each) | {"on_behalf": True} for each in _ON_BEHALF]
    return {"members": members, "rights": rights}


def _right(subject: str | list[str], application: str, methods: list[str], paths: list[str]) -> Right:
    subjects = [subject] if isinstance(subject, str) else subject
    return {
        "subject": [each if each == "anonymous" else f"{MEMBER}/{each}" for each in subjects],
        "application": f"{MEMBER}/{application}",
        "methods": methods,
        "path": paths,
    }
