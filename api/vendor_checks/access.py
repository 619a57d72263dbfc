"""Where both vendors are and how to sign in, from the environment; what is missing is asked for, never on the command line."""

from collections.abc import Callable
from typing import Final

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.connectors.inksoft.adapter import InkSoft
from api.connectors.print_shop import ShopCredentials
from api.connectors.printavo.adapter import Printavo
from api.connectors.store_platform import PlatformCredentials
from api.core.config import Settings
from api.core.setting_addresses import WebAddress

_USUAL: Final = {name: Settings.model_fields[name].default for name in ("inksoft_url", "printavo_url")}


class Access(BaseSettings):
    """Each name is an environment variable. A password is exchanged for a token and kept nowhere."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    inksoft_url: WebAddress = _USUAL["inksoft_url"]
    printavo_url: WebAddress = _USUAL["printavo_url"]
    vendor_timeout: float = Field(default=30.0, gt=0)
    printavo_interval: float = Field(default=0.625, gt=0)

    inksoft_store: str = ""
    inksoft_api_key: SecretStr | None = None
    inksoft_email: str = ""
    inksoft_password: SecretStr | None = None
    printavo_email: str = ""
    printavo_token: SecretStr | None = None
    printavo_password: SecretStr | None = None


# (what to ask, whether it is secret) → the answer.
Ask = Callable[[str, bool], str]


async def sign_in_to_inksoft(access: Access, adapter: InkSoft, ask: Ask) -> PlatformCredentials:
    """By key, or by e-mail and password. Raises `VendorError`."""
    store = access.inksoft_store or ask("InkSoft store address (INKSOFT_STORE)", False)
    if access.inksoft_email and access.inksoft_password:
        password = access.inksoft_password.get_secret_value()
        return await adapter.sign_in(store_uri=store, email=access.inksoft_email, password=password)
    key = access.inksoft_api_key
    given = key.get_secret_value() if key else ask("InkSoft API key (INKSOFT_API_KEY)", True)
    return PlatformCredentials(store_uri=store, api_key=given)


async def sign_in_to_printavo(access: Access, adapter: Printavo, ask: Ask) -> ShopCredentials:
    """By token, or by password. Raises `VendorError`."""
    email = access.printavo_email or ask("Printavo e-mail (PRINTAVO_EMAIL)", False)
    if access.printavo_token is None and access.printavo_password is not None:
        return await adapter.sign_in(email=email, password=access.printavo_password.get_secret_value())
    token = access.printavo_token
    given = token.get_secret_value() if token else ask("Printavo API token (PRINTAVO_TOKEN)", True)
    return ShopCredentials(email=email, token=given)
