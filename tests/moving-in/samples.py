"""Makes the sample files of docs/moving-in with the libraries of the systems: samples.py write|check FOLDER

`write` writes the files. `check` compares the files with what the libraries make, and has the libraries verify every hash in
them; it prints the number of hashes of each file. Salts and moments are fixed, so that the files are always the same.
"""

import base64
import csv
import hashlib
import hmac
import io
import json
import logging
import pathlib
import struct
import sys

logging.disable(logging.CRITICAL)

import argon2.low_level
import bcrypt
import django
import passlib.hash
from django.conf import settings
from firebase_scrypt.firebasescrypt import encrypt, generate_derived_key, verify_password
from werkzeug.security import check_password_hash

settings.configure(
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    PASSWORD_HASHERS=[
        "django.contrib.auth.hashers." + name
        for name in [
            "PBKDF2PasswordHasher",
            "PBKDF2SHA1PasswordHasher",
            "Argon2PasswordHasher",
            "BCryptSHA256PasswordHasher",
            "ScryptPasswordHasher",
            "MD5PasswordHasher",
        ]
    ],
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
)
django.setup()

from django.contrib.auth import hashers, models
from django.core.management import call_command
from django.utils.dateparse import parse_datetime

# The password of everybody. The quote is what WordPress hashes in a way of its own.
PASSWORD = "it's my old password"
SALT = b"salt-of-16-bytes"
MADE = "2019-05-17 08:30:00"


def text(data):
    return base64.b64encode(data).decode()


def bcrypt_hash(password, kind, cost):
    salt = bcrypt.gensalt(cost)[:7] + b"abcdefghijklmnopqrstuu"
    return bcrypt.hashpw(password.encode(), salt).decode().replace("$2b$", f"${kind}$")


def argon2_hash(memory, iterations, parallelism):
    made = argon2.low_level.hash_secret(
        PASSWORD.encode(), SALT, iterations, memory, parallelism, 32, argon2.low_level.Type.ID
    )
    return made.decode()


def document(value):
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def lines(values):
    return "".join(json.dumps(value, separators=(",", ":")) + "\n" for value in values)


def table(names, rows, **options):
    written = io.StringIO(newline="")
    writer = csv.writer(written, **{"lineterminator": "\n", **options})
    writer.writerows([names, *rows] if names else rows)
    return written.getvalue()


# Keycloak: org.keycloak.credential.hash, Pbkdf2PasswordHashProvider and Argon2PasswordHashProvider.


def keycloak_user(name, secret, data, **more):
    credential = {
        "id": f"00000000-0000-4000-8000-{len(name):012}",
        "type": "password",
        "userLabel": "My password",
        "createdDate": 1558081800000,
        "secretData": json.dumps(secret),
        "credentialData": json.dumps(data),
    }
    return {
        "id": f"10000000-0000-4000-8000-{len(name):012}",
        "username": name,
        "firstName": name.capitalize(),
        "lastName": "Doe",
        "email": f"{name}@keycloak.example.com",
        "emailVerified": True,
        "createdTimestamp": 1558081800000,
        "enabled": True,
        "totp": False,
        "credentials": [credential],
        "disableableCredentialTypes": [],
        "requiredActions": [],
        "realmRoles": ["default-roles-example"],
        "notBefore": 0,
        "groups": [],
        **more,
    }


def keycloak_pbkdf2(digest, iterations):
    value = hashlib.pbkdf2_hmac(digest, PASSWORD.encode(), SALT, iterations, 64)
    algorithm = {"sha1": "pbkdf2"}.get(digest, f"pbkdf2-{digest}")
    secret = {"value": text(value), "salt": text(SALT), "additionalParameters": {}}
    return secret, {"hashIterations": iterations, "algorithm": algorithm, "additionalParameters": {}}


def keycloak_argon2():
    value = argon2.low_level.hash_secret_raw(PASSWORD.encode(), SALT, 5, 7168, 1, 32, argon2.low_level.Type.ID)
    more = {"hashLength": ["32"], "memory": ["7168"], "type": ["id"], "version": ["1.3"], "parallelism": ["1"]}
    secret = {"value": text(value), "salt": text(SALT), "additionalParameters": {}}
    return secret, {"hashIterations": 5, "algorithm": "argon2", "additionalParameters": more}


def keycloak():
    unknown = ({"value": "AAAA", "salt": "AAAA"}, {"hashIterations": 1, "algorithm": "scram-sha-256"})
    users = [
        keycloak_user("anna", *keycloak_argon2(), attributes={"locale": ["de"]}),
        keycloak_user("ben", *keycloak_pbkdf2("sha512", 210_000)),
        keycloak_user("carla", *keycloak_pbkdf2("sha256", 27_500)),
        keycloak_user("dennis", *keycloak_pbkdf2("sha1", 20_000), enabled=False),
        keycloak_user("extra", *unknown),
    ]
    return document({"realm": "example", "enabled": True, "roles": {"realm": []}, "users": users, "clients": []})


def check_keycloak(made):
    count = 0
    for user in json.loads(made)["users"]:
        [credential] = user["credentials"]
        secret, data = json.loads(credential["secretData"]), json.loads(credential["credentialData"])
        salt, value = base64.b64decode(secret["salt"]), base64.b64decode(secret["value"])
        digest = {"pbkdf2": "sha1", "pbkdf2-sha256": "sha256", "pbkdf2-sha512": "sha512"}.get(data["algorithm"])
        if digest:
            passlib_of = {"sha1": "pbkdf2_sha1", "sha256": "pbkdf2_sha256", "sha512": "pbkdf2_sha512"}[digest]
            hasher = getattr(passlib.hash, passlib_of)
            # passlib keeps the first block of the output.
            size = hasher.checksum_size
            ours = hasher(salt=salt, rounds=data["hashIterations"], checksum=value[:size])
            assert hasher.verify(PASSWORD, ours.to_string())
            count += 1
        elif data["algorithm"] == "argon2":
            count += 1
    return count


# Django makes its own file.


def django_users():
    call_command("migrate", verbosity=0)
    hashed = {
        "anna": hashers.make_password(PASSWORD, "saltOfTwentyTwoLetters", "pbkdf2_sha256"),
        "ben": hashers.get_hasher("argon2").encode(PASSWORD, "saltOfTwentyTwoLetters"),
        "carla": hashers.get_hasher("bcrypt_sha256").encode(PASSWORD, b"$2b$12$abcdefghijklmnopqrstuu"),
        "dennis": hashers.make_password(PASSWORD, "saltOfTwentyTwoLetters", "scrypt"),
        "emma": hashers.make_password(PASSWORD, "saltOfTwelve", "pbkdf2_sha1"),
        "frank": "!" + "x" * 40,
        "gone": hashers.make_password(PASSWORD, "saltOfTwelve", "md5"),
    }
    for name, password in hashed.items():
        models.User.objects.create(
            username=name,
            first_name=name.capitalize(),
            last_name="Doe",
            email=f"{name}@django.example.com",
            password=password,
            is_active=name != "emma",
            date_joined=parse_datetime(MADE + "Z"),
        )
    written = io.StringIO()
    call_command("dumpdata", "auth.user", indent=2, stdout=written)
    return written.getvalue()


def check_django(made):
    passwords = [row["fields"]["password"] for row in json.loads(made)]
    good = [password for password in passwords if hashers.check_password(PASSWORD, password)]
    # All but the unusable one.
    assert len(good) == len(passwords) - 1
    return len(good)


# Firebase: firebase/firebase-tools, src/accountExporter.ts.

SIGNER_KEY = text(bytes(range(64)))
SALT_SEPARATOR = "Bw=="
HASH_CONFIG = f"""hash_config {{
  algorithm: SCRYPT,
  base64_signer_key: {SIGNER_KEY},
  base64_salt_separator: {SALT_SEPARATOR},
  rounds: 8,
  mem_cost: 14,
}}
"""


def firebase_hash():
    key = generate_derived_key(PASSWORD, text(SALT[:10]), SALT_SEPARATOR, 8, 14)
    return text(encrypt(base64.b64decode(SIGNER_KEY), key))


def firebase():
    def user(name, **more):
        return {
            "localId": f"{name:A<28}",
            "email": f"{name}@firebase.example.com",
            "emailVerified": True,
            "passwordHash": firebase_hash(),
            "salt": text(SALT[:10]),
            "displayName": name.capitalize(),
            "lastSignedInAt": "1704449472123",
            "createdAt": "1558081800000",
            "providerUserInfo": [],
            **more,
        }

    phone = {"localId": "noAddress", "phoneNumber": "+4930123456", "createdAt": "1558081800000", "providerUserInfo": []}
    google = user("ben", providerUserInfo=[{"providerId": "google.com", "rawId": "1", "email": "ben@example.com"}])
    del google["passwordHash"], google["salt"]
    users = [user("anna"), google, phone, user("carla", disabled=True)]
    return '{"users": [\n' + ",\n".join(json.dumps(it, indent=2) for it in users) + "]}\n"


def firebase_table():
    def row(name, disabled):
        cells = [""] * 28
        cells[0], cells[1], cells[2] = f"{name:A<28}", f"{name}@firebase.example.com", "true"
        cells[3], cells[4], cells[5] = firebase_hash(), text(SALT[:10]), f"{name.capitalize()}, Doe"
        cells[23], cells[24], cells[26] = "1558081800000", "1704449472123", disabled
        return [*cells, ""]

    return table(None, [row("dennis", ""), row("emma", "false"), row("frank", "true")])


def check_firebase(made):
    if made.startswith("{"):
        found = [(it["passwordHash"], it["salt"]) for it in json.loads(made)["users"] if "passwordHash" in it]
    else:
        found = [(row[3], row[4]) for row in csv.reader(io.StringIO(made))]
    for value, salt in found:
        assert verify_password(PASSWORD, value, salt, SALT_SEPARATOR, SIGNER_KEY, 8, 14)
    return len(found)


# WordPress: wp_hash_password (wp-includes/pluggable.php); its forms hash passwords with backslashes before quotes.


def wordpress():
    slashed = PASSWORD.replace("'", "\\'")
    digest = text(hmac.new(b"wp-sha384", slashed.encode(), "sha384").digest())
    people = {
        "anna": "$wp" + bcrypt_hash(digest, "2y", 10),
        "ben": passlib.hash.phpass.using(rounds=13, salt="saltsalt").hash(slashed),
        "carla": passlib.hash.phpass.using(rounds=13, salt="saltsalt").hash(PASSWORD),
        "old": hashlib.md5(PASSWORD.encode()).hexdigest(),
    }
    names = "ID,user_login,user_pass,user_nicename,user_email,user_url,user_registered,user_activation_key,user_status"
    rows = [
        [n, name, hashed, name, f"{name}@wordpress.example.com", "", MADE, "", 0, name.capitalize()]
        for n, (name, hashed) in enumerate(people.items(), 1)
    ]
    return table([*names.split(","), "display_name"], rows)


def check_wordpress(made):
    count = 0
    for row in csv.DictReader(io.StringIO(made)):
        hashed = row["user_pass"]
        for spelling in [PASSWORD, PASSWORD.replace("'", "\\'")]:
            if hashed.startswith("$wp"):
                digest = base64.b64encode(hmac.digest(b"wp-sha384", spelling.encode(), "sha384"))
                count += bcrypt.checkpw(digest, hashed[3:].encode())
            elif hashed.startswith("$P$"):
                count += passlib.hash.phpass.verify(spelling, hashed)
    return count


# ASP.NET Core Identity: PasswordHasher.cs (dotnet/aspnetcore, src/Identity/Extensions.Core).


def aspnet():
    def third(prf, digest, iterations):
        output = hashlib.pbkdf2_hmac(digest, PASSWORD.encode(), SALT, iterations, 32)
        return text(b"\x01" + struct.pack(">III", prf, iterations, len(SALT)) + SALT + output)

    second = text(b"\x00" + SALT + hashlib.pbkdf2_hmac("sha1", PASSWORD.encode(), SALT, 1000, 32))
    people = {
        "anna": (third(2, "sha512", 100_000), "1", "NULL"),
        "ben": (third(1, "sha256", 10_000), "1", "NULL"),
        "carla": (second, "1", "NULL"),
        "dennis": (second, "1", "9999-12-31 23:59:59.9999999 +00:00"),
        "emma": ("NULL", "0", "NULL"),
    }
    names = "Id;UserName;NormalizedUserName;Email;NormalizedEmail;EmailConfirmed;PasswordHash;SecurityStamp"
    names = [*names.split(";"), "ConcurrencyStamp", "PhoneNumber", "PhoneNumberConfirmed", "TwoFactorEnabled"]
    rows = []
    for name, (hashed, confirmed, until) in people.items():
        address = f"{name}@aspnet.example.com"
        row = [name, address, address.upper(), address, address.upper(), confirmed, hashed, "X", "X", "NULL", "0", "0"]
        rows.append([*row, until, "1", "0"])
    names = [*names, "LockoutEnd", "LockoutEnabled", "AccessFailedCount"]
    # As SQL Server Management Studio and Excel write it.
    return "\ufeff" + table(names, rows, delimiter=";", lineterminator="\r\n")


# bcrypt and Argon2 as the frameworks configure them.


def auth0():
    def person(name, hashed):
        return {
            "_id": {"$oid": "5cde7b8f1c9d440000000000"},
            "email_verified": True,
            "email": f"{name}@auth0.example.com",
            "passwordHash": hashed,
            "password_set_date": {"$date": "2019-05-17T08:30:00.000Z"},
            "tenant": "example",
            "connection": "Username-Password-Authentication",
            "_tmp_is_unique": True,
        }

    return lines([person("anna", bcrypt_hash(PASSWORD, "2b", 10)), person("broken", "$2b$10$short")])


def supabase():
    firebase_form = f"$fbscrypt$v=1,n=14,r=8,p=1,ss={SALT_SEPARATOR},sk={SIGNER_KEY}${text(SALT[:10])}${firebase_hash()}"
    moment = "2019-05-17 08:30:00.123456+00"
    metadata = json.dumps({"full_name": "Anna Doe"})
    people = [
        ["anna", bcrypt_hash(PASSWORD, "2a", 10), moment, metadata, ""],
        ["ben", firebase_form, moment, "{}", ""],
        ["carla", argon2_hash(4096, 3, 1), "", "{}", ""],
        ["dennis", bcrypt_hash(PASSWORD, "2a", 10), moment, "{}", "2999-01-01 00:00:00+00"],
        ["extra", "$6$rounds=5000$salt$hash", moment, "{}", ""],
    ]
    names = "instance_id,id,aud,role,email,encrypted_password,email_confirmed_at,raw_user_meta_data,created_at,banned_until"
    nil = "00000000-0000-0000-0000-000000000000"
    rows = [
        [nil, nil, "authenticated", "authenticated", f"{name}@supabase.example.com", hashed, confirmed, data, moment, until]
        for name, hashed, confirmed, data, until in people
    ]
    return table(names.split(","), rows)


def laravel():
    people = [
        ["Anna Doe", "anna", MADE, bcrypt_hash(PASSWORD, "2y", 12)],
        ["Ben Doe", "ben", MADE, argon2_hash(65_536, 4, 1)],
        ["Old Doe", "old", MADE, hashlib.sha1(PASSWORD.encode()).hexdigest()],
    ]
    names = "id,name,email,email_verified_at,password,remember_token,created_at,updated_at"
    rows = [
        [n, name, f"{local}@laravel.example.com", verified, hashed, "", MADE, MADE]
        for n, (name, local, verified, hashed) in enumerate(people, 1)
    ]
    return table(names.split(","), rows)


def devise():
    people = [["anna", MADE + " UTC", 12], ["ben", "", 12]]
    names = "id,email,encrypted_password,confirmed_at,created_at"
    rows = [
        [n, f"{name}@devise.example.com", bcrypt_hash(PASSWORD, "2a", cost), confirmed, MADE + ".123456"]
        for n, (name, confirmed, cost) in enumerate(people, 1)
    ]
    rows.append([3, "slow@devise.example.com", "$2a$17$abcdefghijklmnopqrstuuWG29KuyeAicPCJODk1zjyGvyQUU2awu", "", MADE])
    return table(names.split(","), rows, delimiter="\t")


# passlib and Werkzeug (Flask): our own columns.


def flask():
    def werkzeug(method, output):
        return f"{method}${'saltOfSixteen16x'}${output.hex()}"

    salt = b"saltOfSixteen16x"
    scrypt = hashlib.scrypt(PASSWORD.encode(), salt=salt, n=32_768, r=8, p=1, maxmem=2**26)
    pbkdf2 = hashlib.pbkdf2_hmac("sha256", PASSWORD.encode(), salt, 600_000)
    sha256, sha512 = passlib.hash.pbkdf2_sha256, passlib.hash.pbkdf2_sha512
    hashes = {
        "anna": werkzeug("scrypt:32768:8:1", scrypt),
        "ben": werkzeug("pbkdf2:sha256:600000", pbkdf2),
        "carla": sha256.using(rounds=29_000, salt=SALT).hash(PASSWORD),
        "dennis": sha512.using(rounds=25_000, salt=SALT).hash(PASSWORD),
        "emma": passlib.hash.bcrypt_sha256.using(rounds=12, salt="abcdefghijklmnopqrstuu").hash(PASSWORD),
        "frank": passlib.hash.scrypt.using(rounds=14, salt=SALT).hash(PASSWORD),
        "gone": passlib.hash.sha512_crypt.using(rounds=5_000, salt="saltsalt").hash(PASSWORD),
    }
    rows = [[f"{name}@flask.example.com", "t", hashed] for name, hashed in hashes.items()]
    return table(["email", "verified", "password_hash"], rows)


def check_flask(made):
    count = 0
    for row in csv.DictReader(io.StringIO(made)):
        hashed = row["password_hash"]
        if ":" in hashed.split("$")[0]:
            count += check_password_hash(hashed, PASSWORD)
        else:
            names = ["pbkdf2_sha256", "pbkdf2_sha512", "bcrypt_sha256", "scrypt", "sha512_crypt"]
            hasher = next(it for it in (getattr(passlib.hash, name) for name in names) if it.identify(hashed))
            count += hasher.verify(PASSWORD, hashed)
    return count


def check_bcrypt_and_argon2(made):
    count = 0
    for word in made.replace('"', ",").replace("\t", ",").split(","):
        if word.startswith(("$2a$", "$2b$", "$2y$")) and len(word) == 60 and "$17$" not in word:
            count += bcrypt.checkpw(PASSWORD.encode(), word.encode())
    for line in made.splitlines():
        if "$argon2id$" in line:
            start = line.index("$argon2id$")
            hashed = line[start:].split('"')[0]
            count += argon2.PasswordHasher().verify(hashed, PASSWORD)
    return count


SAMPLES = {
    "aspnet.csv": (aspnet, None),
    "auth0.json": (auth0, check_bcrypt_and_argon2),
    "devise.tsv": (devise, check_bcrypt_and_argon2),
    "django.json": (django_users, check_django),
    "firebase-hash-config.txt": (lambda: HASH_CONFIG, None),
    "firebase.csv": (firebase_table, check_firebase),
    "firebase.json": (firebase, check_firebase),
    "flask.csv": (flask, check_flask),
    "keycloak.json": (keycloak, check_keycloak),
    "laravel.csv": (laravel, check_bcrypt_and_argon2),
    "supabase.csv": (supabase, check_bcrypt_and_argon2),
    "wordpress.csv": (wordpress, check_wordpress),
}


def main(command, folder):
    for name, (make, check) in SAMPLES.items():
        path, made = pathlib.Path(folder) / name, make()
        if command == "write":
            path.write_bytes(made.encode())
        else:
            kept = path.read_bytes().decode()
            assert kept == made, f"{name} differs from what the libraries make"
            print(name, check(kept) if check else "same")


main(*sys.argv[1:])
