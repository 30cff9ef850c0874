"""Exit status 0 when the process of this container says that it is ready. Standard library only.

Over TLS it believes the one certificate that the container itself serves with: it asks nobody but itself.
"""

import os
import ssl
import sys
from http.client import HTTPConnection, HTTPException, HTTPSConnection

_SECONDS = 4


def main() -> int:
    """Ask `/ready` on loopback, as HOST, PORT and TLS_CERTIFICATE of the container say."""
    port, certificate = int(os.environ["PORT"]), os.environ.get("TLS_CERTIFICATE")
    connection = (
        HTTPSConnection("127.0.0.1", port, timeout=_SECONDS, context=_believing(certificate))
        if certificate
        else HTTPConnection("127.0.0.1", port, timeout=_SECONDS)
    )
    try:
        connection.request("GET", "/ready")
        answer = connection.getresponse()
        sys.stdout.write(answer.read(1000).decode("utf-8", "replace"))
    except (OSError, HTTPException) as error:
        sys.stdout.write(f"{type(error).__name__}: {error}")
        return 1
    return 0 if answer.status == 200 else 1


def _believing(certificate: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # the certificate itself is the anchor
    context.check_hostname = False  # it bears the service's name, we ask on loopback
    context.load_verify_locations(certificate)
    return context


if __name__ == "__main__":
    sys.exit(main())
