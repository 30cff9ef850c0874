"""The data agreement of a process, in the words that a person agrees to."""

from dataclasses import dataclass

from portal.peers.gateway import Gateway
from portal.peers.wire import Json, Text


@dataclass(frozen=True, slots=True)
class DataAgreement:
    """None, or an empty text, where the agreement does not say."""

    id: str
    purpose: str
    controller: str | None
    policy_name: str | None
    policy_url: str | None
    retention_days: int | None
    attributes: tuple[str, ...]
    stored: Text
    why: Text
    how_long: Text
    who_sees: Text
    withdraw: Text


def data_agreement(gateway: Gateway, agreement_id: str) -> DataAgreement:
    answer = gateway.get("consent", f"service/data-agreement/{agreement_id}/")
    return _agreement(answer["dataAgreement"])


def _agreement(raw: Json) -> DataAgreement:
    policy, controller = raw.get("policy") or {}, raw.get("controller") or {}
    texts = raw.get("texts") or {}

    def plain(name: str) -> Text:
        return {tag: words[name] for tag, words in texts.items()}

    return DataAgreement(
        id=raw["id"],
        purpose=raw["purpose"],
        controller=controller.get("name"),
        policy_name=policy.get("name"),
        policy_url=_address(policy.get("url")),
        retention_days=policy.get("dataRetentionPeriodDays"),
        attributes=tuple(attribute["name"] for attribute in raw.get("dataAttributes") or ()),
        stored=plain("stored"),
        why=plain("why"),
        how_long=plain("howLong"),
        who_sees=plain("whoSees"),
        withdraw=plain("withdraw"),
    )


def _address(text: str | None) -> str | None:
    """Only what a browser opens as a page; an address of another kind is not linked."""
    return text if text and text.startswith(("https://", "http://")) else None


def my_record(gateway: Gateway, agreement_id: str) -> Json:
    """The person's newest record under the agreement, with its signed revision."""
    return gateway.get("consent", f"service/individual/record/data-agreement/{agreement_id}/")


def withdraw(gateway: Gateway, record_id: str) -> None:
    body = {"consentRecord": {"optIn": False}}
    gateway.put("consent", f"service/individual/record/consent-record/{record_id}/", body=body)
