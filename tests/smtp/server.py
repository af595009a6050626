"""A mail server that misbehaves on demand: server.py FOLDER [tls]

Listens at a port of 127.0.0.1 and prints it, as a line `{"port": N}`. With `tls` it offers STARTTLS, and FOLDER/ca.pem
is the authority that signed its certificate (for `localhost`). Its input are lines of JSON, each answered by `{}` once
it holds: `{"fault": NAME}`, for answers with `code`, `at` and perhaps `text`. It ends with its input.

FOLDER/mails.jsonl gets a line for each mail, when its final dot has come: `message_id`, `from`, `to`, `arrived`
(seconds since 1970), `size`, and the `answer` it was given: 0 for none, because the connection was cut.
FOLDER/refusals.jsonl gets a line for each refused recipient or greeting: `to`, `at`, `answer`.

| fault | what happens until the next line |
|---|---|
| none | all is well |
| refused | nobody listens |
| silent | not a word, not even a greeting |
| answers | `code`, with `text` if there is one, is the answer at `greeting`, `mail`, `rcpt` or `data` (to the final dot); with `only`, to recipients that begin so |
| drop-after-dot | the mail is taken, and the connection cut before the answer |
| no-starttls | STARTTLS is not offered, as if someone on the way had removed it |
| wrong-certificate | a certificate of an authority that nobody trusts |
| no-smtputf8 | SMTPUTF8 is not offered |
| slow | answers come by one octet a second |
"""

import asyncio
import json
import pathlib
import re
import ssl
import sys
import time

from aiosmtpd.smtp import SMTP

MESSAGE_ID = re.compile(rb"^Message-ID:\s*(<[^>\r\n]+>)", re.IGNORECASE | re.MULTILINE)
# What an open connection would go around.
CUTS_CONNECTIONS = {"refused", "silent", "no-starttls", "wrong-certificate", "no-smtputf8", "slow"}


class State:
    """What the server does now, and what it wrote down."""

    def __init__(self, folder):
        self.fault, self.code, self.at, self.only = "none", 0, "", ""
        self.text = ""
        self.connections = set()
        self.mails = open(folder / "mails.jsonl", "a", buffering=1, encoding="utf-8")
        self.refusals = open(folder / "refusals.jsonl", "a", buffering=1, encoding="utf-8")
        self.right = self.wrong = None

    def answers_at(self, point):
        return self.fault == "answers" and self.at == point

    def refuse(self, to):
        """Writes it down before it is said: anyone who was told finds it written."""
        self.refusals.write(json.dumps({"to": to, "at": self.at, "answer": self.code}) + "\n")
        return f"{self.code} {self.text or 'as told to answer'}"


class Dialogue(SMTP):
    """One connection."""

    def __init__(self, state):
        self.state = state
        self.is_greeted = False
        offered = {"no-starttls": None, "wrong-certificate": state.wrong}.get(state.fault, state.right)
        utf8 = state.fault != "no-smtputf8"
        super().__init__(
            Handler(state), hostname="localhost", ident="test", enable_SMTPUTF8=utf8, tls_context=offered,
            loop=asyncio.get_running_loop(),
        )

    def connection_made(self, transport):
        self.state.connections.add(self)
        super().connection_made(transport)

    def connection_lost(self, error):
        self.state.connections.discard(self)
        super().connection_lost(error)

    async def push(self, status):
        if self.state.fault == "silent":
            await asyncio.get_running_loop().create_future()
        if not self.is_greeted:
            self.is_greeted = True
            if self.state.answers_at("greeting"):
                status = self.state.refuse("")
        octets = status if isinstance(status, bytes) else status.encode()
        if self.state.fault == "slow":
            for octet in octets:
                self._writer.write(bytes([octet]))
                await asyncio.sleep(1)
            octets = b""
        if self.transport is None:
            return
        await super().push(octets)
        # After 421 the server goes (RFC 5321, 3.8); so does one that greets with a refusal.
        if octets.startswith(b"421") or (octets[:1] in b"45" and self.state.answers_at("greeting")):
            self.transport.close()


class Handler:
    """What is done with mails."""

    def __init__(self, state):
        self.state = state

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.state.answers_at("mail"):
            return self.state.refuse("")
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.state.answers_at("rcpt") and address.startswith(self.state.only):
            return self.state.refuse(address)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.state.answers_at("data"):
            return self.state.refuse(envelope.rcpt_tos[0])
        drops = self.state.fault == "drop-after-dot"
        found = MESSAGE_ID.search(envelope.content)
        line = {
            "message_id": found[1].decode() if found else "",
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "arrived": time.time(),
            "size": len(envelope.content),
            "answer": 0 if drops else 250,
        }
        self.state.mails.write(json.dumps(line) + "\n")
        if drops:
            server.transport.abort()
        return "250 OK"


def contexts(folder):
    """One that its authority vouches for, and one that a stranger does."""
    import trustme

    authorities = [trustme.CA(), trustme.CA()]
    authorities[0].cert_pem.write_to_path(folder / "ca.pem")
    for authority in authorities:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("localhost").configure_cert(context)
        yield context


def say(line):
    print(json.dumps(line), flush=True)


async def orders():
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        yield json.loads(line)


async def main(folder, options):
    state = State(folder)
    if "tls" in options:
        state.right, state.wrong = contexts(folder)

    async def listen(port):
        return await asyncio.get_running_loop().create_server(
            lambda: Dialogue(state), "127.0.0.1", port, reuse_address=True, backlog=1024
        )

    server = await listen(0)
    port = server.sockets[0].getsockname()[1]
    say({"port": port})
    async for order in orders():
        state.fault, state.code = order["fault"], order.get("code", 0)
        state.at, state.only = order.get("at", ""), order.get("only", "")
        state.text = order.get("text", "")
        if state.fault == "refused":
            server.close()
        elif not server.is_serving():
            server = await listen(port)
        if state.fault in CUTS_CONNECTIONS or state.at == "greeting":
            for connection in list(state.connections):
                if connection.transport is not None:
                    connection.transport.abort()
        say({})


asyncio.run(main(pathlib.Path(sys.argv[1]), sys.argv[2:]))
