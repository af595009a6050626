"""Verifies the DKIM signatures of mails with dkimpy: verify.py FOLDER RECORDS NOW

FOLDER has the mails, one a file. RECORDS is a file that answers in place of DNS, a line `name<TAB>text` each. NOW is
the time in seconds since 1970 that counts. Prints a line a mail: its name, and for each signature from the top
`pass` or `fail`.
"""

import pathlib
import sys
import time

import dkim

folder, records, now = sys.argv[1:]
time.time = lambda: int(now)
answers = dict(line.split("\t", 1) for line in pathlib.Path(records).read_text().splitlines())


def answer(name, timeout=5):
    return answers.get(name.decode().rstrip("."), "").encode()


def verdict(mail, index):
    try:
        return "pass" if dkim.DKIM(mail).verify(idx=index, dnsfunc=answer) else "fail"
    except dkim.DKIMException:
        return "fail"


for path in sorted(pathlib.Path(folder).iterdir()):
    mail = path.read_bytes()
    headers = mail.split(b"\r\n\r\n", 1)[0]
    count = headers.count(b"DKIM-Signature: ")
    print(path.name, *(verdict(mail, index) for index in range(count)))
