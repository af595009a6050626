"""What cannot be told by a schema: values that only this service, or only this moment, makes good."""

import hashlib
import json

import schemathesis

import existing
from schemathesis.core.parameters import ParameterLocation


@schemathesis.hook
def before_call(context, case, kwargs):
    headers = case.headers or {}
    # A key is good for one body: another body needs another key.
    if is_well_formed(headers.get("Idempotency-Key")):
        body = json.dumps([case.path, str(case.body), case.media_type], sort_keys=True, default=repr)
        headers["Idempotency-Key"] = hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()
    # What was read before a change is whatever is there.
    if "If-Match" in headers and is_as_documented(case, ParameterLocation.HEADER):
        headers["If-Match"] = "*"
    # What a path names exists, whatever else is wrong with the request.
    if is_as_documented(case, ParameterLocation.PATH):
        if case.operation.path == "/account/v1/registrations/{id}":
            made = existing.registration()
            case.path_parameters = {"id": made["registration_id"]}
            if is_as_documented(case, ParameterLocation.HEADER):
                case.headers = {**headers, "X-Registration-Continuation": made["continuation"]}
        elif parameters := existing.parameters(case.operation.path):
            case.path_parameters = parameters


@schemathesis.hook
def after_call(context, case, response):
    # Whoever is about to be deleted may do nothing else.
    if (case.method.upper(), case.operation.path, response.status_code) == ("DELETE", "/account/v1/me", 202):
        existing.call("POST", "/account/v1/me/recovery")


def is_as_documented(case, location):
    if case.meta is None or case.meta.generation.mode.is_positive:
        return True
    component = case.meta.components.get(location)
    return component is None or component.mode.is_positive


def is_well_formed(key):
    return isinstance(key, str) and 16 <= len(key) <= 255 and all("!" <= character <= "~" for character in key)


@schemathesis.serializer("message/rfc822")
def mail(context, value):
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
