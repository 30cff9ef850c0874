"""The key of a visitor's response, to go on with on another device: whoever holds it acts on that response. It is
sealed, so that none can be made up, and never stored."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from uuid import UUID

from chassis.errors import NotFound
from chassis.sealing import Sealer, Unsealable

_PLACE = "response.key"


def key(response_id: UUID, sealer: Sealer) -> str:
    """For the person to keep."""
    return urlsafe_b64encode(sealer.seal(str(response_id), _PLACE)).decode().rstrip("=")


def opened(given: str, sealer: Sealer) -> UUID:
    """The response that a key belongs to. Raises NotFound."""
    try:
        return UUID(sealer.open(urlsafe_b64decode(given + "=" * (-len(given) % 4)), _PLACE))
    except (Error, ValueError, Unsealable):
        raise NotFound("There is no such response.") from None
