"""The data agreement of a process, in the words that a person agrees to."""

from dataclasses import dataclass

from portal.peers.gateway import Gateway
from portal.peers.wire import Json


@dataclass(frozen=True, slots=True)
class DataAgreement:
    """None where the agreement does not say."""

    id: str
    purpose: str
    lawful_basis: str
    controller: str | None = None
    policy_name: str | None = None
    policy_url: str | None = None
    retention_days: int | None = None
    storage: str | None = None
    attributes: tuple[str, ...] = ()


def data_agreement(gateway: Gateway, agreement_id: str) -> DataAgreement:
    answer = gateway.get("consent", f"service/data-agreement/{agreement_id}/")
    return _agreement(answer.get("dataAgreement", answer))


def _agreement(raw: Json) -> DataAgreement:
    policy, controller = raw.get("policy") or {}, raw.get("controller") or {}
    attributes = raw.get("dataAttributes") or raw.get("attributes") or ()
    return DataAgreement(
        id=raw["id"],
        purpose=raw["purpose"],
        lawful_basis=raw["lawfulBasis"],
        controller=controller.get("name"),
        policy_name=policy.get("name"),
        policy_url=policy.get("url"),
        retention_days=policy.get("dataRetentionPeriodDays"),
        storage=policy.get("storageLocation"),
        attributes=tuple(attribute["name"] for attribute in attributes),
    )
