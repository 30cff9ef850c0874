"""Accounts of officials, moderators and administrators, at the identity block."""

from portal.peers.gateway import Gateway

ROLES = ("official", "moderator", "administrator")


def open_account(gateway: Gateway, login: str, display_name: str, password: str, roles: list[str], key: str) -> None:
    """`login` is an e-mail address, of which identity keeps a digest alone."""
    body = {"login": login, "displayName": display_name, "password": password, "roles": roles}
    gateway.post("identity", "v1/accounts", body=body, idempotency_key=key)
