"""Registers, verifies and reads its account by the client that openapi-python-client makes of the native document.

Called with where the service is and where that writes its mails; the client is on the path. Prints what it has seen, as
JSON. Everything that is read has the types that the document promises.
"""

import datetime
import json
import pathlib
import re
import sys
import time
import typing
import uuid

from native_client import AuthenticatedClient, Client
from native_client.api.account import get_me
from native_client.api.registration import register, verify_email
from native_client.api.sessions import sign_in
from native_client.models import (
    Account,
    EmailVerificationRequest,
    EmailVerified,
    Problem,
    RegistrationAccepted,
    RegistrationRequest,
    Role,
    Session,
    SignedIn,
    SignInRequest,
)

PATIENCE = 60.0
EMAIL, PASSWORD = "jane@acme.com", "velvet lantern gravel orchid"


def expected(value, kind):
    """The value, which has to be of that type."""
    if not isinstance(value, kind):
        raise TypeError(f"not what the document says: {value}")
    return value


def mailed_token(mails: pathlib.Path, address: str) -> str:
    """The token of the link that was mailed to an address; waits for the mail."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for path in mails.glob("*.eml"):
            mail = path.read_bytes().decode()
            found = re.search(r"/l/([\w-]{43})", mail)
            if found and f"\r\nTo: {address}\r\n" in mail:
                return found.group(1)
        time.sleep(0.02)
    raise TimeoutError(f"no mail to {address}")


def main(base_url: str, mails: str) -> None:
    client = Client(base_url=base_url)
    for call, kind in [(register, RegistrationAccepted), (verify_email, EmailVerified), (sign_in, SignedIn), (get_me, Account)]:
        promised = typing.get_type_hints(call.sync)["return"]
        assert set(typing.get_args(promised)) == {Problem, kind, type(None)}, promised

    refused = expected(register.sync(client=client, body=RegistrationRequest(email="jane", password="short")), Problem)
    request = RegistrationRequest(email=EMAIL, password=PASSWORD, name="Jane Appleseed")
    accepted = expected(register.sync(client=client, body=request), RegistrationAccepted)

    verification = EmailVerificationRequest(token=mailed_token(pathlib.Path(mails), EMAIL))
    verified = verify_email.sync(client=client, body=verification, x_registration_continuation=accepted.continuation)
    verified = expected(verified, EmailVerified)
    expected(verified.session, Session)

    signed_in = expected(sign_in.sync(client=client, body=SignInRequest(email=EMAIL, password=PASSWORD)), SignedIn)
    expected(signed_in.expires_at, datetime.datetime)
    own = AuthenticatedClient(base_url=base_url, token=signed_in.token)
    account = expected(get_me.sync(client=own), Account)
    for one in (verified.account, signed_in.account, account):
        assert expected(one, Account).id == verified.account.id and one.role is Role.USER
    assert str(account.id) == str(accepted.registration_id) and uuid.UUID(str(account.id)).version == 7
    expected(account.email_verified_at, datetime.datetime)
    pointers = [violation.pointer for violation in refused.violations]
    print(json.dumps({"id": str(account.id), "email": account.email, "name": account.name, "refused": pointers}))


main(*sys.argv[1:])
