"""Runs a program on a pseudo terminal, and types when it shows what is answered by that.

Usage: converse.py CONVERSATION PROGRAM ARGUMENT..

CONVERSATION is a JSON array of pairs: what is shown, and what is typed then. Prints a JSON object: the exit status, what the
terminal has shown, and whether it shows again what is typed.
"""

import json
import os
import pty
import select
import sys
import termios
import time

DEADLINE = time.monotonic() + 60


def main():
    conversation, command = json.loads(sys.argv[1]), sys.argv[2:]
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(command[0], command)
    screen, seen = b"", 0
    for shown, typed in conversation:
        while (at := screen.find(shown.encode(), seen)) < 0:
            more = read(terminal)
            if not more:
                sys.exit(f"{shown!r} was not shown: {screen!r}")
            screen += more
        seen = at + len(shown.encode())
        os.write(terminal, typed.encode())
    while more := read(terminal):
        screen += more
    has_echo = bool(termios.tcgetattr(terminal)[3] & termios.ECHO)
    _, status = os.waitpid(child, 0)
    ended = {"status": os.waitstatus_to_exitcode(status), "screen": screen.decode(), "has_echo": has_echo}
    json.dump(ended, sys.stdout)


def read(terminal):
    """What is shown next; nothing at the end of the program."""
    ready, _, _ = select.select([terminal], [], [], max(0, DEADLINE - time.monotonic()))
    if not ready:
        sys.exit("nothing was shown in time")
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux says so when the last program has closed the terminal.
        return b""


main()
