"""Where everything of an embedded mesh is: ports, files under the state folder, each process's environment.

Standard library only: the launcher stays small, and the three processes load what they need themselves.
"""

from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
MEMBER = "BARAZA/GOV/1001"
GATEWAY_PORT = 8080
PORTAL_PORT = 8000
CATCHER_PORT = 8125
PORTS = {
    "identity": 8101,
    "consent": 8102,
    "registry": 8103,
    "messaging": 8104,
    "scheduler": 8105,
    "workflow": 8106,
    "engagement": 8107,
}
BLOCKS = tuple(PORTS)
AGREEMENT = "participation"  # the data agreement that people join processes under


@dataclass(frozen=True)
class Layout:
    """A mesh's state folder (`var` by default) and what follows from it. `shift` moves all ports, for tests."""

    state: Path
    shift: int = 0

    @property
    def gateway_url(self) -> str:
        return f"http://{HOST}:{GATEWAY_PORT + self.shift}"

    @property
    def portal_url(self) -> str:
        return f"http://{HOST}:{PORTAL_PORT + self.shift}"

    @property
    def issuer(self) -> str:
        return self.block_url("identity")

    @property
    def accounts_file(self) -> Path:
        """Demo accounts with their passwords, readable by the owner alone."""
        return self.state / "demo-accounts.json"

    def port(self, block: str) -> int:
        return PORTS[block] + self.shift

    def block_url(self, block: str) -> str:
        return f"http://{HOST}:{self.port(block)}"

    def urls(self) -> dict[str, str]:
        """Every process's address by name, for health checks."""
        return {"gateway": self.gateway_url, "portal": self.portal_url} | {
            block: self.block_url(block) for block in BLOCKS
        }

    def database(self, name: str) -> str:
        return f"sqlite:///{self.state.absolute()}/{name}.db"

    def secret(self, name: str) -> Path:
        """The file of a secret."""
        return self.state / "secrets" / name

    def seed(self, name: str) -> Path:
        """A YAML file that a block reads before it serves."""
        return self.state / "seeds" / f"{name}.yaml"

    def environment(self, process: str) -> dict[str, str]:
        """The settings of a block, the gateway or the portal, as environment variables."""
        common = {"HOST": HOST, "GATEWAY_URL": self.gateway_url, "INSTANCE": MEMBER, "ISSUER": self.issuer}
        if process == "gateway":
            return common | {
                "PORT": str(GATEWAY_PORT + self.shift),
                "DATABASE_URL": self.database("gateway"),
                "CATALOGUE_FILE": str(self.seed("catalogue")),
                "STATE_FOLDER": str(self.state.absolute() / "gateway"),
                "SUBJECT_KEY_FILE": str(self.secret("subject-key")),
            }
        if process == "portal":
            return common | {
                "PORT": str(PORTAL_PORT + self.shift),
                "DATABASE_URL": self.database("portal"),
                "PUBLIC_URL": self.portal_url,
                "CLIENT_ID": f"{MEMBER}/portal",
                "CLIENT_SECRET_FILE": str(self.secret("client-portal")),
                "SECRET_KEY_FILE": str(self.secret("seal-portal")),
                "INSTITUTION_NAME": "City of Baraza",
            }
        return common | {
            "PORT": str(self.port(process)),
            "DATABASE_URL": self.database(process),
            "EVENTS_URL": f"embedded://{self.state.absolute()}/events",
            "CONTEXT_KEYS": f"{self.gateway_url}/.well-known/context-keys.json",
            "CLIENT_SECRET_FILE": str(self.secret(f"client-{process}")),
            "SEALING_KEY_FILE": str(self.secret(f"seal-{process}")),
            "PORTAL_URL": self.portal_url,
            **self._own(process),
        }

    def _own(self, block: str) -> dict[str, str]:
        seeded = {"SEED_FILE": str(self.seed(block))}
        return {
            "identity": seeded,
            "consent": seeded,
            "registry": seeded,
            "messaging": {
                "CATCHER": "true",
                "CATCHER_PORT": str(CATCHER_PORT + self.shift),
                "SMTP_HOST": HOST,
                "SMTP_PORT": str(CATCHER_PORT + self.shift),
            },
        }.get(block, {})
