"""Whoever is signed in, as the registry of participants knows her."""

from dataclasses import dataclass
from datetime import datetime

from portal.peers.gateway import Gateway
from portal.peers.wire import Json, read

_PARTICIPANTS = "data/participants/1"


@dataclass(frozen=True, slots=True)
class Usage:
    """One reading of her data by somebody else."""

    reader_application_name: str
    search_date_time: datetime
    action: str = ""
    purpose: str = ""


def usage(gateway: Gateway) -> list[Usage]:
    """Newest first."""
    return [read(Usage, each) for each in usage_as_told(gateway)]


def usage_as_told(gateway: Gateway) -> list[Json]:
    found: list[Json] = gateway.get("registry", "data/mypersonalDataUsage", query={"limit": 100})
    return found


def entry(gateway: Gateway, entry_id: str) -> Json:
    """Her own entry."""
    body = {"query": {"content": {"id": entry_id}}}
    return gateway.post("registry", f"{_PARTICIPANTS}/read", body=body)["content"]


def take_out(gateway: Gateway, entry_id: str) -> None:
    """Her address is gone from the registry."""
    gateway.delete("registry", f"{_PARTICIPANTS}/{entry_id}/delete")
