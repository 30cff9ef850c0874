"""When two spellings are one mailbox."""

import pytest

from engagement.access.addresses import canonical
from engagement.access.model import AddressRefused


@pytest.mark.parametrize(
    ("written", "mailbox"),
    [
        ("ana@example.org", "ana@example.org"),
        (" Ana@Example.ORG ", "ana@example.org"),
        ("ana+petition@example.org", "ana@example.org"),
        ("a.n.a+x@gmail.com", "ana@gmail.com"),
        ("ana@googlemail.com", "ana@gmail.com"),
        ("a.na@example.org", "a.na@example.org"),
        ("ana-news@yahoo.com", "ana@yahoo.com"),
        ("ana-news@example.org", "ana-news@example.org"),
        ("ana@pm.me", "ana@proton.me"),
    ],
)
def test_a_mailbox_has_one_spelling(written: str, mailbox: str) -> None:
    assert canonical(written) == mailbox


@pytest.mark.parametrize(
    "written",
    ["", "ana", "ana@", "@example.org", "ana@example", "a b@example.org", "ana@exämple.org", "a" * 250 + "@b.cd"],
)
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(AddressRefused):
        canonical(written)


@pytest.mark.parametrize(
    ("domain", "refused"), [("thrown.away", True), ("x.thrown.away", True), ("notthrown.away", False)]
)
def test_a_refused_domain_takes_its_subdomains_along(domain: str, refused: bool) -> None:
    if refused:
        with pytest.raises(AddressRefused):
            canonical(f"ana@{domain}", ["thrown.away"])
    else:
        assert canonical(f"ana@{domain}", ["thrown.away"])
