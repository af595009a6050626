"""What cannot be told by a schema: values that only this service, or only this moment, makes good."""

import hashlib
import json

import schemathesis


@schemathesis.hook
def before_call(context, case, kwargs):
    headers = case.headers or {}
    # A key is good for one body: another body needs another key.
    if is_well_formed(headers.get("Idempotency-Key")):
        body = json.dumps([case.path, str(case.body), case.media_type], sort_keys=True, default=repr)
        headers["Idempotency-Key"] = hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()
    # What was read before a change is whatever is there.
    if "If-Match" in headers and case.meta and case.meta.generation.mode.is_positive:
        headers["If-Match"] = "*"


def is_well_formed(key):
    return isinstance(key, str) and 16 <= len(key) <= 255 and all("!" <= character <= "~" for character in key)


@schemathesis.serializer("message/rfc822")
def mail(context, value):
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
