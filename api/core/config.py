"""What the doors read from the environment, once, and hand down. Nothing below a door looks at the environment."""

import base64
import binascii
from email.utils import parseaddr
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Self, get_args

from pydantic import (
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from api.core.limits import Rate, RateName, parse_rate
from api.core.mail import parse_smtp_url
from api.core.setting_addresses import Origin, Origins, WebAddress, check_database_address

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
RateSetting = Annotated[Rate, NoDecode, BeforeValidator(parse_rate)]


class Settings(BaseSettings):
    """All settings with their units. Every name is an environment variable; secrets never appear in a repr."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    # Three addresses: the app's (may be a pooler), the migrations', and a direct one for LISTEN.
    database_url: SecretStr
    database_owner_url: SecretStr | None = None
    database_direct_url: SecretStr | None = None
    # Take the narrow role at connection time. Off only behind a pooler whose logins are the roles themselves.
    database_set_role: bool = True
    database_pool_size: int = Field(default=10, ge=1, le=200)
    database_pool_wait: float = Field(default=2.0, gt=0, description="seconds before a 503")

    # "id:base64 of 32 bytes", comma separated; the first one seals, all of them unseal.
    platen_master_keys: SecretStr
    # Claims, cursors, fingerprints, markers. Of its own, so that rotating the sealing keys changes no claim.
    platen_hmac_key: SecretStr

    app_origins: Annotated[Origins, NoDecode] = ()
    # Addresses or networks of the proxies in front: only they are believed when they say who the client is.
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = ()
    platen_public_url: Origin = "http://localhost:8470"
    platen_frontend: Path | None = None
    platen_version: str = "0.1.0"

    # Without these two nothing is mailed: one-time links are shown to those who made them.
    smtp_url: SecretStr | None = Field(default=None, description="smtp://login:password@host:587 or smtps://")
    mail_from: str | None = Field(default=None, description="the sender: Platen <platen@shop.example>")

    inksoft_url: WebAddress = "https://stores.inksoft.com"
    printavo_url: WebAddress = "https://www.printavo.com"
    vendor_timeout: float = Field(default=30.0, gt=0)
    printavo_interval: float = Field(default=0.625, gt=0, description="seconds between calls of one user")

    # Requests/seconds. All of a quota may be used at once; it comes back evenly.
    rate_address: RateSetting = Field(
        default=Rate(3000, 60), description="one network address, whoever it is"
    )
    rate_sign_in: RateSetting = Field(
        default=Rate(40, 300), description="signing in and the like, per address"
    )
    rate_sign_up: RateSetting = Field(default=Rate(10, 3600), description="new accounts, per address")
    rate_person: RateSetting = Field(default=Rate(1200, 60), description="one person, in all browsers")
    rate_key: RateSetting = Field(default=Rate(1200, 60), description="one API key")
    rate_workspace: RateSetting = Field(default=Rate(6000, 60), description="everybody in one workspace")
    # A few more than the pool has connections: whoever waits for a vendor is not counted.
    requests_at_once: int = Field(default=16, ge=1, description="requests in work in one process")
    requests_waiting: int = Field(default=200, ge=0, description="requests that may wait for their turn")
    requests_patience: float = Field(default=2.0, gt=0, description="seconds that one waits before a 503")

    sync_interval: float | None = Field(
        default=None, gt=0, description="seconds between incremental reads, whatever a shop chose (tests)"
    )
    sync_reread: float = Field(
        default=3600.0, gt=0, description="seconds between two turns through the open orders"
    )
    sync_comparison: float = Field(
        default=86400.0, gt=0, description="seconds between two comparisons of everything"
    )
    sync_overlap: float = Field(default=600.0, ge=0, description="seconds read again behind the cursor")
    push_quarantine: float = Field(
        default=120.0, gt=0, description="seconds before an unknown send is judged"
    )
    push_gap: float = Field(default=60.0, gt=0, description="seconds between two negative reads")
    push_lease: float = Field(
        default=30.0, gt=0, description="seconds after which a silent worker's invoice is taken over"
    )
    platen_failpoint: str = Field(default="", description="chaos tests only: where this process kills itself")
    log_level: str = "INFO"

    @field_validator("app_origins", "trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return (
            tuple(part.strip() for part in value.split(",") if part.strip())
            if isinstance(value, str)
            else value
        )

    @field_validator("trusted_proxies")
    @classmethod
    def _check_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for each in value:
            ip_network(each)
        return value

    @field_validator("database_url", "database_owner_url", "database_direct_url")
    @classmethod
    def _check_address(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            check_database_address(value.get_secret_value())
        return value

    @field_validator("log_level")
    @classmethod
    def _check_log_level(cls, value: str) -> str:
        if value not in LOG_LEVELS:
            message = f"one of {', '.join(LOG_LEVELS)}"
            raise ValueError(message)
        return value

    @field_validator("smtp_url", "mail_from", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        """Compose files hand on what is not set as an empty text."""
        return None if value == "" else value

    @field_validator("smtp_url")
    @classmethod
    def _check_mail_server(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            parse_smtp_url(value.get_secret_value())
        return value

    @field_validator("mail_from")
    @classmethod
    def _check_sender(cls, value: str | None) -> str | None:
        if value is not None and "@" not in parseaddr(value)[1]:
            message = "MAIL_FROM is an e-mail address, with or without a name before it"
            raise ValueError(message)
        return value

    @model_validator(mode="after")
    def _check_mail(self) -> Self:
        if (self.smtp_url is None) != (self.mail_from is None):
            message = "SMTP_URL and MAIL_FROM are set together"
            raise ValueError(message)
        return self

    @field_validator("platen_master_keys")
    @classmethod
    def _check_keys(cls, value: SecretStr) -> SecretStr:
        parse_master_keys(value.get_secret_value())
        return value

    @field_validator("platen_hmac_key")
    @classmethod
    def _check_length(cls, value: SecretStr) -> SecretStr:
        check_hmac_key(value.get_secret_value())
        return value

    @property
    def rates(self) -> dict[RateName, Rate]:
        return {name: getattr(self, f"rate_{name}") for name in get_args(RateName)}

    @property
    def owner_url(self) -> str:
        return (self.database_owner_url or self.database_url).get_secret_value()

    @property
    def direct_url(self) -> str:
        return (self.database_direct_url or self.database_url).get_secret_value()

    @property
    def origins(self) -> frozenset[str]:
        """Origins whose pages may use the session cookie: the configured ones and our own."""
        return frozenset((*self.app_origins, self.platen_public_url))


def tell_what_is_wrong(error: ValidationError) -> list[str]:
    """`DATABASE_URL: field required` and the like, by name; never a value, which may be a secret."""
    told = []
    for item in error.errors():
        name, message = "_".join(map(str, item["loc"])).upper(), item["msg"].removeprefix("Value error, ")
        told.append(f"{name}: {message[0].lower()}{message[1:]}" if name and name not in message else message)
    return sorted(set(told))


def check_hmac_key(text: str) -> None:
    """Raises ValueError without repeating the text."""
    if len(text) < 32:  # noqa: PLR2004 - 32 characters of a random key
        message = "PLATEN_HMAC_KEY needs at least 32 characters"
        raise ValueError(message)


def parse_master_keys(text: str) -> dict[str, bytes]:
    """`id:base64,id:base64` → keys by id, first one first. Raises ValueError without repeating the text."""
    keys: dict[str, bytes] = {}
    for part in text.split(","):
        name, _, encoded = part.strip().partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            key = b""
        if not name or len(key) != 32 or name in keys:  # noqa: PLR2004 - AES-256
            message = "PLATEN_MASTER_KEYS is 'id:base64 of 32 bytes', comma separated, each id once"
            raise ValueError(message)
        keys[name] = key
    return keys
