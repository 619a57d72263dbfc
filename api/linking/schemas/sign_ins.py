"""Credentials on their way in: checked here, used once, sealed or forgotten."""

from typing import Annotated, Self

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, model_validator

from api.core.schema import Email, Secret, Wire, examples


def _check_ascii(value: str) -> str:
    # Both vendors read them from headers and addresses.
    if not all("!" <= character <= "~" for character in value):
        message = "must be printable ASCII without blanks"
        raise ValueError(message)
    return value


StoreUri = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9_-]{1,100}$"),
    Field(description="The store's address on InkSoft: the path segment after the host."),
]
VendorEmail = Annotated[Email, AfterValidator(_check_ascii)]
VendorKey = Annotated[Secret, AfterValidator(_check_ascii)]
Password = Annotated[
    Secret, Field(description="Used once to sign in; stored nowhere (L4).", examples=["demo"])
]

_INKSOFT = {"store_uri": "northside_main", "api_key": "DEMO-NORTHSIDE-INKSOFT-KEY"}
_PRINTAVO = {"email": "office@northside.example", "password": "northside-print"}


class InkSoftSignIn(Wire):
    """How to get into the InkSoft account: its store address with an API key, or with e-mail and password.

    A key is better: a sign-in ends by itself after a while and then has to be repeated.
    """

    model_config = ConfigDict(
        json_schema_extra=examples(
            _INKSOFT,
            {
                "store_uri": "northside_main",
                "email": "owner@northside.example",
                "password": "northside-ink",
            },
        )
    )

    store_uri: StoreUri
    api_key: VendorKey | None = Field(default=None, repr=False)
    email: VendorEmail | None = None
    password: Password | None = Field(default=None, repr=False)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        by_key = self.api_key is not None
        if by_key in (self.email is not None, self.password is not None):
            message = "give either api_key, or email and password"
            raise ValueError(message)
        return self


class PrintavoSignIn(Wire):
    """How to get into the Printavo account: a user's e-mail with the password, or with that user's API token."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            _PRINTAVO, {"email": "office@northside.example", "api_token": "DEMO-NORTHSIDE-PRINTAVO-TOKEN"}
        )
    )

    email: VendorEmail
    password: Password | None = Field(default=None, repr=False)
    api_token: VendorKey | None = Field(default=None, repr=False)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.password is None) == (self.api_token is None):
            message = "give either password or api_token"
            raise ValueError(message)
        return self


class LinkAttemptCreate(Wire):
    """The two accounts to link. A side that is connected already may be left out."""

    model_config = ConfigDict(json_schema_extra=examples({"inksoft": _INKSOFT, "printavo": _PRINTAVO}))

    inksoft: InkSoftSignIn | None = None
    printavo: PrintavoSignIn | None = None


class Reauthentication(Wire):
    """New credentials for one side or both; they must open the same accounts."""

    model_config = ConfigDict(json_schema_extra=examples({"printavo": _PRINTAVO}))

    inksoft: InkSoftSignIn | None = None
    printavo: PrintavoSignIn | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.inksoft is None and self.printavo is None:
            message = "give new credentials for at least one side"
            raise ValueError(message)
        return self
