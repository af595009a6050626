"""What paths name: each request gets an object of its own, so that no earlier one has changed or deleted it."""

import itertools
import os
import time

import requests

BASE = os.environ["EXPLORED_SERVICE"]
ROOT = os.environ["EXPLORED_EMAIL"]
PASSWORD = os.environ["EXPLORED_PASSWORD"]
ADMIN = "/account/v1/admin"

numbers = itertools.count(1)
made = []
session = requests.Session()


def sign_in():
    answer = session.post(f"{BASE}/account/v1/sessions", json={"email": ROOT, "password": PASSWORD})
    answer.raise_for_status()
    return answer.json()


def call(method, path, body=None):
    answer = session.request(method, BASE + path, json=body)
    if answer.status_code in (401, 403):
        # Not yet, no longer, or too long ago.
        session.headers["Authorization"] = f"Bearer {sign_in()['token']}"
        answer = session.request(method, BASE + path, json=body)
    if not answer.ok:
        raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.text}")
    return answer.json()


def organization():
    return call("POST", f"{ADMIN}/organizations", {"code": f"explored-{next(numbers)}", "name": "Acme"})["id"]


def client():
    return call("POST", f"{ADMIN}/clients", {"id": f"explored-{next(numbers)}", "name": "Portal"})["id"]


def invitation():
    return call("POST", f"{ADMIN}/invitations", {"email": f"invited-{next(numbers)}@example.org"})["id"]


def account():
    # The one before makes room for its user name.
    if made:
        session.delete(f"{BASE}{ADMIN}/accounts/{made.pop()}")
    credentials = {
        "type": "email",
        "identifier": {"email": f"explored-{next(numbers)}@example.org"},
        "data": {"password": PASSWORD},
    }
    body = {"profile": {}, "preferences": {}, "initialAuth": credentials}
    made.append(call("POST", "/v1/admin/account/register", body)["_id"])
    return made[-1]


def member():
    of, who = organization(), account()
    call("PUT", f"{ADMIN}/organizations/{of}/members/{who}", {"role": "member"})
    return {"id": of, "account": who}


def entry():
    # The mail server refuses its email, which ends in a moment.
    invitation()
    for _ in range(1000):
        newest = call("GET", f"{ADMIN}/outbox?limit=1")["items"][0]
        if newest["state"] == "dead":
            return newest["id"]
        time.sleep(0.02)
    raise RuntimeError(f"the newest entry is still {newest['state']}")


def registration():
    body = {"email": f"registered-{next(numbers)}@example.org", "password": PASSWORD}
    return call("POST", "/account/v1/registrations", body)


# The first that the path of an operation begins with.
PARAMETERS = [
    (f"{ADMIN}/accounts/", lambda: {"id": account()}),
    (f"{ADMIN}/clients/", lambda: {"client": client()}),
    (f"{ADMIN}/features/", lambda: {"name": "newsletter"}),
    (f"{ADMIN}/invitations/", lambda: {"id": invitation()}),
    (f"{ADMIN}/organizations/{{id}}/members/{{account}}", member),
    (f"{ADMIN}/organizations/", lambda: {"id": organization()}),
    (f"{ADMIN}/outbox/", lambda: {"id": entry()}),
    ("/account/v1/sessions/", lambda: {"id": sign_in()["session_id"]}),
    ("/api/v1/Account/Status/", lambda: {"userName": ROOT}),
]


def parameters(path):
    """Parameters for the path of an operation, of what exists; none where it names nothing."""
    makers = (make for start, make in PARAMETERS if "{" in path and path.startswith(start))
    return next(makers, dict)()
