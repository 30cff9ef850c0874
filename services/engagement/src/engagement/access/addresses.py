"""When two spellings of an e-mail address are one mailbox. Pure."""

import re
from collections.abc import Collection

from engagement.access.model import AddressRefused

_ADDRESS = re.compile(r"([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64})@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)", re.ASCII)
_LONGEST = 254
_SAME = {"googlemail.com": "gmail.com", "pm.me": "proton.me", "protonmail.com": "proton.me"}
_DOTS_MEAN_NOTHING = frozenset({"gmail.com"})
_TAGGED_BY_MINUS = frozenset({"yahoo.com"})


def canonical(address: str, refused_domains: Collection[str] = ()) -> str:
    """The one spelling by which a mailbox counts once; it is never written to. Raises AddressRefused.

    What follows a plus sign is a tag nearly everywhere; dots and other tags mean nothing at some providers.
    """
    found = _ADDRESS.fullmatch(address.strip())
    if not found or len(address) > _LONGEST:
        raise AddressRefused("This is not an address.", [("/address", "is not an e-mail address")])
    domain = found[2].casefold()
    if any(domain == refused or domain.endswith(f".{refused}") for refused in refused_domains):
        raise AddressRefused("This mailbox is thrown away.", [("/address", "belongs to a throw-away service")])
    domain = _SAME.get(domain, domain)
    name = found[1].casefold().partition("+")[0]
    if domain in _TAGGED_BY_MINUS:
        name = name.partition("-")[0]
    if domain in _DOTS_MEAN_NOTHING:
        name = name.replace(".", "")
    if not name:
        raise AddressRefused("This is not an address.", [("/address", "is not an e-mail address")])
    return f"{name}@{domain}"
