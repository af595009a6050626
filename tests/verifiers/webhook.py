"""Verifies a webhook with the library of the Standard Webhooks: webhook.py SECRET MESSAGE

MESSAGE is a file with a JSON object: `headers` and `body`. Prints `pass` or `fail`.
"""

import json
import pathlib
import sys

from standardwebhooks import Webhook, WebhookVerificationError

secret, path = sys.argv[1:]
message = json.loads(pathlib.Path(path).read_text())
try:
    Webhook(secret).verify(message["body"], message["headers"])
    print("pass")
except WebhookVerificationError:
    print("fail")
