"""X-Road-Request-Hash against values that `printf … | openssl dgst -sha512 -binary | base64` computed."""

import pytest

from gateway.mediation import headers
from gateway.mediation.request_hash import request_hash

ID = "12345678-1234-1234-1234-123456789abc"
GIVEN = [
    ("Host", "gateway"),
    ("Accept", "application/json"),
    ("X-Road-Client", "BARAZA/GOV/1001/portal"),
    ("Proxy-Authorization", "Bearer secret"),
    ("X-Road-Request-Hash", "forged"),
    ("Content-Type", "application/json"),
    ("content-length", "7"),
]
ROOT = "/r1/BARAZA/GOV/1001/registry/api/v1"
VECTORS = [
    (
        "GET",
        f"{ROOT}/entries?page=2",
        b"",
        "oj0RtCEqspZDo0wdE/ZOGflB9QCA8x5ZnY1k+baXSgScgTBX06x4TxrsSAJn7C/qKxGo38ZVHYl4kISbd9UsCQ==",
    ),
    (
        "POST",
        f"{ROOT}/entries",
        b'{"a":1}',
        "tJYkpOZLa0/0bGSos+OctV7NUnbbbXHk56rkAw/pk8/HJY3w7glCKXhz3S7rBNi4Irsu6M0VnQF52bLIArrDZA==",
    ),
    (
        "PUT",
        f"{ROOT}/%C3%A9",
        b"x",
        "iAx8u4ptCVoqBZLprL1INRdR9CQlO5KxTxIXVpL0aoUtgj85r1SihlQkedCUR7MFHqnjl/G2EIo/C4UW1hE7/g==",
    ),
]


@pytest.mark.parametrize(("method", "target", "body", "expected"), VECTORS)
def test_vectors(method: str, target: str, body: bytes, expected: str) -> None:
    assert request_hash(method, target, headers.hashed(GIVEN), ID, body) == expected


def test_order_of_arrival_counts() -> None:
    there, back = headers.hashed(GIVEN), headers.hashed(GIVEN[::-1])

    assert request_hash("GET", ROOT, there, ID, b"") != request_hash("GET", ROOT, back, ID, b"")
