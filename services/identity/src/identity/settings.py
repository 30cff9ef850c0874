"""What identity is told."""

from dataclasses import dataclass

from chassis.settings import ServiceSettings, setting


@dataclass(frozen=True, kw_only=True)
class Settings(ServiceSettings):
    """Every block's settings and its own."""

    port: int = setting("Port to listen on", 8101)
    issuer: str = setting("Issuer of tokens, the address at which browsers reach identity", "http://127.0.0.1:8101")
    audience: str = setting("Audience of access tokens", "baraza")
    seed_file: str = setting("YAML file with clients and accounts to have from the first start; empty for none", "")
    key_bits: int = setting("Size in bits of signing keys that are made from now on", 3072)
    person_token_seconds: int = setting("Lifetime of a person's access token, in seconds", 3600)
    application_token_seconds: int = setting("Lifetime of an application's access token, in seconds", 3600)
    code_seconds: int = setting("Lifetime of an authorization code, in seconds", 60)
    session_idle_minutes: int = setting("A person's session ends after this many minutes without use", 30)
    session_hours: int = setting("A person's session ends after this many hours at the latest", 12)
    staff_idle_minutes: int = setting("The same for officials, moderators and administrators, in minutes", 15)
    staff_hours: int = setting("The same for officials, moderators and administrators, in hours", 8)
    password_min: int = setting("Least length of a password, in characters (NIST SP 800-63B asks 8, advises 15)", 12)
    argon2_kib: int = setting("Memory of a password's Argon2id hash, in KiB (OWASP's least: 19456)", 19456)
    argon2_passes: int = setting("Passes of a password's Argon2id hash", 2)
    argon2_lanes: int = setting("Lanes of a password's Argon2id hash", 1)
    free_failures: int = setting("Failed sign-ins of one login from one network before each costs a wait", 5)
    longest_wait_seconds: int = setting("Longest wait between two such sign-ins, in seconds", 900)
    registrations_per_hour: int = setting("New accounts that one network may register in an hour", 2000)
    institution: str = setting("Name of the institution, shown on the sign-in pages", "Baraza")

    @property
    def is_public(self) -> bool:
        """Whether browsers come by TLS, so that cookies must not travel without it."""
        return self.issuer.startswith("https://")
