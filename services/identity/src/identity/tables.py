"""All tables of identity. Locks are taken in this order: account, client, authorization_code, issued_token, failure.

No contact data stands here: a login is kept as a keyed digest alone, a display name is sealed, secrets, codes and
session cookies are kept as digests.
"""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, MetaData, String, Table, Text

from chassis.columns import Instant, Json, Uuid, metadata

METADATA: MetaData = metadata()

signing_key = Table(
    "signing_key",
    METADATA,
    Column("kid", String(64), primary_key=True),  # RFC 7638 thumbprint
    Column("algorithm", String(10), nullable=False),
    Column("public", Json, nullable=False),  # JWK
    Column("private", LargeBinary, nullable=False, info={"sealed": "signing_key.private"}),  # JWK
    Column("signs_from", Instant, nullable=False),  # the newest key that signs is used
    Column("published_until", Instant),  # None until it is replaced; tokens it signed are valid until then
)

client = Table(
    "client",
    METADATA,
    Column("id", String(120), primary_key=True),  # INSTANCE/CLASS/MEMBER/APPLICATION
    Column("name", String(256), nullable=False),
    Column("secret_digest", String(64), nullable=False),
    Column("grant_types", Json, nullable=False),
    Column("redirect_uris", Json, nullable=False),  # compared exactly
    Column("sign_out_uris", Json, nullable=False),
    Column("scopes", Json),  # what its tokens may carry at most; None leaves it to the contracts
    Column("state", String(10), nullable=False),  # active, inactive
    Column("version", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
)

account = Table(
    "account",
    METADATA,
    Column("id", Uuid, primary_key=True),  # the platform's subject; random, so that it does not tell when
    Column("login_digest", String(64), nullable=False, unique=True),
    Column("display_name", LargeBinary, info={"sealed": "account.display_name"}),  # None once shredded
    Column("password_hash", String(200), nullable=False),  # Argon2id with its parameters
    Column("roles", Json, nullable=False),  # beside participant, which everyone is
    Column("state", String(10), nullable=False),  # active, suspended
    Column("sessions_from", Instant, nullable=False),  # sessions and tokens from before do not count any more
    Column("version", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
)

sign_in_session = Table(
    "sign_in_session",
    METADATA,
    Column("digest", String(64), primary_key=True),  # of the cookie
    Column("account_id", Uuid, ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("auth_time", Instant, nullable=False),
    Column("acr", String(64), nullable=False),
    Column("idle_seconds", Integer, nullable=False),
    Column("seen_at", Instant, nullable=False),  # to the minute
    Column("ends_at", Instant, nullable=False, index=True),
)

authorization_code = Table(
    "authorization_code",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("client_id", String(120), ForeignKey("client.id", ondelete="CASCADE"), nullable=False),
    Column("account_id", Uuid, ForeignKey("account.id", ondelete="CASCADE"), nullable=False),
    Column("redirect_uri", String(2000), nullable=False),
    Column("scope", Text, nullable=False),  # as asked; narrowed when tokens are made
    Column("nonce", String(500)),
    Column("challenge", String(128), nullable=False),  # S256
    Column("auth_time", Instant, nullable=False),
    Column("acr", String(64), nullable=False),
    Column("expires_at", Instant, nullable=False, index=True),
    Column("redeemed_at", Instant),  # a second time is a replay: what the code gave is revoked
)

issued_token = Table(
    "issued_token",
    METADATA,
    Column("jti", Uuid, primary_key=True),
    Column("client_id", String(120), nullable=False),
    Column("account_id", Uuid, index=True),  # None: the application's own
    Column("code_digest", String(64), index=True),
    Column("expires_at", Instant, nullable=False, index=True),
    Column("revoked_at", Instant),
)

failure = Table(
    "failure",
    METADATA,
    Column("key", String(64), primary_key=True),  # digest of kind and login or network
    Column("count", Integer, nullable=False),
    Column("since", Instant, nullable=False),
    Column("last_at", Instant, nullable=False, index=True),
)

audit = Table(
    "audit",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("at", Instant, nullable=False, index=True),
    Column("action", String(40), nullable=False),
    Column("about", String(120), nullable=False),  # client id or account id
    Column("by", String(120), nullable=False),  # who, as the mediator names her here; `seed` or `self`
    Column("application", String(120)),  # through which application
    Column("reason", Text),
)
