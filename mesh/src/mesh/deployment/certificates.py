"""An authority of the mesh's own and a certificate for each process (ECDSA on P-256), by `cryptography`.

A certificate bears the process's name, with which its peers call it, and the names of loopback, on which it asks
itself. It serves and it calls: a broker knows its clients by it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from mesh.deployment.files import KEPT, once, replaced

_AUTHORITY_DAYS = 3650
_DAYS = 397
RENEW_DAYS = 30  # a certificate with less than this left is made anew
_EARLIER = timedelta(minutes=5)  # clocks differ


class Authority:
    """Made once, kept in `folder`; its key never leaves it."""

    def __init__(self, folder: Path, at: datetime) -> None:
        self._at = at
        key, certificate = folder / "ca.key", folder / "ca.crt"
        if not certificate.exists():
            made = ec.generate_private_key(ec.SECP256R1())
            once(key, _pem(made), KEPT)
            once(certificate, _authority(made, at).public_bytes(serialization.Encoding.PEM).decode())
        loaded = serialization.load_pem_private_key(key.read_bytes(), None)
        assert isinstance(loaded, ec.EllipticCurvePrivateKey)  # noqa: S101 - made above
        self._key, self._own = loaded, x509.load_pem_x509_certificate(certificate.read_bytes())

    def certify(self, name: str, folder: Path, also: Sequence[str] = ()) -> bool:
        """`tls.crt`, `tls.key` and `ca.crt` of a process in its folder; whether they were made now. `also` are further
        names of it. What is there stays until it nears its end; the key is made anew with the certificate."""
        replaced(folder / "ca.crt", self.pem)
        names = [name, "localhost", *also]
        if self._good(folder / "tls.crt", names):
            return False
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = (
            _begun(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]), self._own.subject, self._at, _DAYS)
            .public_key(key.public_key())
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_names(names), critical=False)
            .add_extension(_usage(signs_certificates=False), critical=True)
            .add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]), False
            )
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False)
            .sign(self._key, hashes.SHA256())
        )
        pem = certificate.public_bytes(serialization.Encoding.PEM).decode()
        replaced(folder / "tls.key", _pem(key))
        replaced(folder / "tls.crt", pem)
        replaced(folder / "pair.pem", pem + _pem(key))  # as Kafka's key store wants it
        return True

    @property
    def pem(self) -> str:
        """The authority's own certificate."""
        return self._own.public_bytes(serialization.Encoding.PEM).decode()

    def _good(self, path: Path, names: Sequence[str]) -> bool:
        if not path.exists():
            return False
        there = x509.load_pem_x509_certificate(path.read_bytes())
        known = there.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        lasts = there.not_valid_after_utc - self._at > timedelta(days=RENEW_DAYS)
        return lasts and known.get_values_for_type(x509.DNSName) == list(names)


def _authority(key: ec.EllipticCurvePrivateKey, at: datetime) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Baraza mesh authority")])
    return (
        _begun(name, name, at, _AUTHORITY_DAYS)
        .public_key(key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _begun(subject: x509.Name, issuer: x509.Name, at: datetime, days: int) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - _EARLIER)
        .not_valid_after(at + timedelta(days=days))
    )


def _names(names: Sequence[str]) -> x509.SubjectAlternativeName:
    return x509.SubjectAlternativeName([*map(x509.DNSName, names), x509.IPAddress(ip_address("127.0.0.1"))])


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
