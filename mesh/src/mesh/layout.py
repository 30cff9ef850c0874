"""Where everything of an embedded mesh is: ports, files under the state folder, each process's environment.

Standard library only: the launcher stays small, and the processes load what they need themselves.
"""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

HOST = "127.0.0.1"
MEMBER = "BARAZA/GOV/1001"
GATEWAY_PORT = 8080
PORTAL_PORT = 8000
CATCHER_PORT = 8125
POSTGRES_PORT = 8190
KAFKA_PORT = 8192
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
ROLES = {"relay": 100, "consume": 200}  # of a block beside serving, and how far their doors are from its own
AGREEMENT = "participation"  # the data agreement that people join processes under


@dataclass(frozen=True)
class Shape:
    """How a mesh runs: `postgres_url` and `kafka_url` of its servers, empty for SQLite and the embedded log; whether
    each block, and each role of a block, has a process of its own."""

    postgres_url: str = ""
    kafka_url: str = ""
    each: bool = False
    split_roles: bool = False


@dataclass(frozen=True)
class Layout:
    """A mesh's state folder (`var` by default) and what follows from it. `shift` moves all ports, for tests."""

    state: Path
    shift: int = 0

    @property
    def shape(self) -> Shape:
        """As `mesh up` was last started here."""
        try:
            return Shape(**json.loads(self._shape_file.read_text("utf-8")))
        except FileNotFoundError:
            return Shape()

    def keep(self, shape: Shape) -> None:
        """Write the shape down; for its owner alone, because addresses of servers hold passwords."""
        self._shape_file.touch(mode=0o600)
        self._shape_file.write_text(json.dumps(asdict(shape)), "utf-8")

    @property
    def _shape_file(self) -> Path:
        return self.state / "shape.json"

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
        doors = {
            f"{block}-{role}": f"http://{HOST}:{self.port(block) + away}"
            for block in BLOCKS
            for role, away in ROLES.items()
            if self.shape.split_roles
        }
        blocks = {block: self.block_url(block) for block in BLOCKS}
        return {"gateway": self.gateway_url, "portal": self.portal_url} | blocks | doors

    def database(self, name: str) -> str:
        if root := self.shape.postgres_url:
            return f"{root.rpartition('/')[0]}/{self.database_name(name)}"
        return f"sqlite:///{self.state.absolute()}/{name}.db"

    def database_name(self, name: str) -> str:
        """On a server that several meshes may share."""
        return f"{name}-{sha256(str(self.state.absolute()).encode()).hexdigest()[:8]}"

    @property
    def events(self) -> str:
        """As EVENTS_URL names the broker."""
        return self.shape.kafka_url or f"embedded://{self.state.absolute()}/events"

    def secret(self, name: str) -> Path:
        """The file of a secret."""
        return self.state / "secrets" / name

    def seed(self, name: str) -> Path:
        """A YAML file that a block reads before it serves."""
        return self.state / "seeds" / f"{name}.yaml"

    def environment(self, process: str) -> dict[str, str]:
        """The settings of a block, of one of its roles (`engagement-relay`), of the gateway or the portal, as
        environment variables. A file `<state>/environment/<process>.json` adds to them."""
        block, _, role = process.partition("-")
        own = self._environment(block)
        if role:
            own |= {"PORT": str(self.port(block) + ROLES[role])}
        added = self.state / "environment" / f"{process}.json"
        return own | (json.loads(added.read_text("utf-8")) if added.exists() else {})

    def _environment(self, process: str) -> dict[str, str]:
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
            "EVENTS_URL": self.events,
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
