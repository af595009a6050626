"""Solves a challenge with the library of ALTCHA: challenge.py CHALLENGE

CHALLENGE is the JSON object of the problem. Prints the response to send.
"""

import json
import sys

from altcha.v1 import Challenge, Payload, solve_challenge

told = json.loads(sys.argv[1])
challenge = Challenge(told["algorithm"], told["challenge"], told["maxnumber"], told["salt"], told["signature"])
solution = solve_challenge(challenge)
payload = Payload(
    challenge.algorithm, challenge.challenge, solution.number, challenge.salt, challenge.signature
)
print(payload.to_base64())
