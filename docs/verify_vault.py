#!/usr/bin/env python3
"""Opens and checks a closed vault with nothing of the program, after docs/vault-format.md.

    python3 -m venv .venv && .venv/bin/pip install argon2-cffi cryptography sqlcipher3-binary
    .venv/bin/python docs/verify_vault.py FOLDER [ORIGIN:SEQUENCE:LINK ...]

The passphrase or recovery code comes from a prompt, or as a line from a program. Outside heads may follow. It writes nothing; run it on
a copy, since SQLite may leave files beside a database. Exit status: 0 sound, 1 something is wrong.
"""

import getpass
import hashlib
import hmac
import json
import pathlib
import sys
import unicodedata
import uuid

import argon2.low_level
import sqlcipher3
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

wrong = []


def found(text):
    wrong.append(text)
    print("WRONG:", text)


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def canonical(value):
    # RFC 8785 for what a vault holds: strings, whole numbers, null, lists, and member names in ASCII.
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def hkdf(salt, secret, info):
    return HKDF(hashes.SHA256(), 32, salt, info).derive(secret)


def u64(number):
    return number.to_bytes(8, "big")


ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def recovery_code(typed):
    """The 26 characters of a recovery code, or none where it is not one."""
    text = typed.upper().replace("-", "").replace(" ", "").replace("O", "0").replace("I", "1").replace("L", "1")
    if len(text) != 28 or any(letter not in ALPHABET for letter in text):
        return None
    values = [ALPHABET.index(letter) for letter in text]
    check = sha256(b"sharewell/recovery-check/v1\0", bytes(values[:26]))
    return text[:26] if [check[0] & 31, check[1] & 31] == values[26:] else None


def unwrap(file, typed):
    """The data key, from vault.keys and what was typed."""
    keys = file["keys"]
    mac = bytes.fromhex(file["mac"])
    if sha256(b"sharewell/keys-checksum/v1\0", canonical(keys), mac).hex() != file["checksum"]:
        found("vault.keys: checksum")
    code = recovery_code(typed)
    for slot in keys["slots"]:
        lock = slot["lock"]
        salt = bytes.fromhex(lock["salt"])
        if lock["kind"] == "passphrase":
            cost = lock["argon2id"]
            text = unicodedata.normalize("NFC", typed).encode()
            own = argon2.low_level.hash_secret_raw(
                text, salt, cost["passes"], cost["memory_kib"], cost["lanes"], 32, argon2.low_level.Type.ID, 19
            )
        elif lock["kind"] == "recovery_code" and code:
            own = hkdf(salt, code.encode(), b"sharewell/recovery/v1")
        else:
            continue
        bound = canonical({"lock": lock, "slot": slot["id"], "vault": keys["vault"]})
        try:
            data = AESGCM(own).decrypt(bytes.fromhex(slot["nonce"]), bytes.fromhex(slot["wrapped"]), bound)
        except InvalidTag:
            continue
        expected = hmac.new(hkdf(b"", data, b"sharewell/slots/v1"), canonical(keys), "sha256").digest()
        if expected != mac:
            found("vault.keys: the list of slots is not genuine")
        return data
    sys.exit("No slot opens with this.")


def chains(db):
    """Checks every chain; returns {(origin, sequence): link} and the last sequence of each origin."""
    links, last, public, gone, disposed, papers = {}, {}, {}, [], set(), []
    rows = db.execute(
        "SELECT e.id, e.origin, e.sequence, e.case_id, e.author, e.kind, e.version, e.recorded_at, e.basis,"
        " e.payload_hash, e.entry_hash, e.link, p.salt, p.bytes FROM entries e LEFT JOIN payloads p ON p.entry = e.n"
        " ORDER BY e.origin, e.sequence"
    )
    for entry, origin, seq, case, author, kind, version, at, basis, said_payload, said, said_link, salt, content in rows:
        name = f"entry {seq} of origin {origin} ({entry})"
        before = last.get(origin, 0)
        if seq != before + 1:
            found(f"origin {origin}: entries {before + 1} to {seq - 1} are missing")
        header = {
            "id": entry, "origin": origin, "sequence": seq, "case": case, "author": author, "kind": kind,
            "version": version, "recorded_at": at, "basis": json.loads(basis), "payload_hash": said_payload.hex(),
        }
        if sha256(b"sharewell/entry/v1\0", canonical(header)) != said:
            found(f"{name}: altered")
        previous = links.get((origin, before), bytes(32))
        if sha256(b"sharewell/link/v1\0", previous, u64(seq), said) != said_link:
            found(f"{name}: the chain does not lead here")
        links[origin, seq], last[origin] = said_link, seq
        if content is None:
            gone.append((entry, name))
            continue
        if sha256(b"sharewell/payload/v1\0", salt, content) != said_payload:
            found(f"{name}: its content was altered")
        payload = json.loads(content)
        if (seq == 1) != (kind == "origin_started"):
            found(f"{name}: an origin begins with origin_started")
        if kind == "origin_started":
            public[origin] = payload["public_key"]
        elif kind in ("attachment_added", "attachment_amended") and version == 1:
            papers.append((name, payload["attachment"]))
        elif kind == "disposed":
            disposed.update(payload["entries"])
        elif kind == "checkpoint_signed":
            link = bytes.fromhex(payload["link"])
            signed = b"sharewell/checkpoint/v1\0" + uuid.UUID(origin).bytes + u64(payload["at"]) + link
            try:
                key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public[origin]))
                key.verify(bytes.fromhex(payload["signature"]), signed)
            except (InvalidSignature, KeyError, ValueError):
                found(f"{name}: the signature is wrong")
            if links.get((origin, payload["at"])) != link:
                found(f"{name}: the checkpoint names another link")
    for entry, name in gone:
        if entry not in disposed:
            found(f"{name}: its content is gone without a disposal")
    attachments(db, papers)
    return links, last


def attachments(db, papers):
    """Holds the bytes of every paper to the hash that its entry carries. They are read piece by piece."""
    sound = {}
    for name, paper in papers:
        if paper["id"] not in sound:
            row = db.execute("SELECT salt FROM attached WHERE id = ?", (paper["id"],)).fetchone()
            hashed, size = hashlib.sha256(b"sharewell/attachment/v1\0" + (row[0] if row else b"")), 0
            pieces = "SELECT bytes FROM attached_pieces WHERE attached = ? ORDER BY number"
            for (piece,) in db.execute(pieces, (paper["id"],)):
                hashed.update(piece)
                size += len(piece)
            sound[paper["id"]] = row and (hashed.hexdigest(), size)
        if sound[paper["id"]] is None:
            found(f"{name}: the bytes of its paper are gone without a disposal")
        elif sound[paper["id"]] != (paper["hash"], paper["size"]):
            found(f"{name}: the bytes of its paper are not those that were taken in")


def access_log(db):
    links, before = {0: bytes(32)}, 0
    for n, at, case, detail, said in db.execute("SELECT n, at, case_id, detail, link FROM access ORDER BY n"):
        row = canonical({"at": at, "case": case, "detail": detail})
        if n != before + 1 or sha256(b"sharewell/access/v1\0", links.get(before, b""), u64(n), row) != said:
            found(f"row {n} of the access log")
        links[n], before = said, n
    return links


def head(path, key):
    """The newest readable slot: origin, sequence, link, rows of the access log and their link."""
    slots, newest = path.read_bytes(), None
    if len(slots) != 304:
        found("vault.head: not two slots")
    for at in (0, 152):
        slot = slots[at : at + 152]
        mac = hmac.new(key, slot[:120], "sha256").digest()
        if slot[:8] != b"SWHEAD1\0" or mac != slot[120:]:
            found("vault.head: a slot is unreadable")
        elif newest is None or slot[8:16] > newest[8:16]:
            newest = slot
    return newest


def secret():
    if sys.stdin.isatty():
        return getpass.getpass("Passphrase or recovery code: ")
    return sys.stdin.readline().rstrip("\n")


def main():
    folder, *outside = sys.argv[1:] or sys.exit(__doc__)
    folder = pathlib.Path(folder)
    data = unwrap(json.loads((folder / "vault.keys").read_bytes()), secret())
    db = sqlcipher3.connect(str(folder / "vault.db"))
    db.execute(f"PRAGMA key = \"x'{hkdf(b'', data, b'sharewell/database/v1').hex()}'\"")
    links, last, log = {}, {}, {}
    try:
        for (page,) in db.execute("PRAGMA cipher_integrity_check"):
            found(f"vault.db: {page}")
        for (text,) in db.execute("PRAGMA integrity_check"):
            if text != "ok":
                found(f"vault.db: {text}")
        links, last = chains(db)
        log = access_log(db)
    except (sqlcipher3.Error, ValueError) as error:
        found(f"vault.db cannot be read to its end: {error}")
    newest = head(folder / "vault.head", hkdf(b"", data, b"sharewell/head/v1"))
    if newest:
        origin, seq = str(uuid.UUID(bytes=newest[16:32])), int.from_bytes(newest[32:40], "big")
        if links.get((origin, seq)) != newest[40:72]:
            found(f"vault.head saw entry {seq} of origin {origin}; the ledger has up to {last.get(origin, 0)}")
        if log.get(int.from_bytes(newest[72:80], "big")) != newest[80:112]:
            found("vault.head saw another access log")
    anchored = {}
    for origin, seq, link in (text.split(":") for text in outside):
        if links.get((origin, int(seq)), b"").hex() == link:
            anchored[origin] = max(anchored.get(origin, 0), int(seq))
        else:
            found(f"the outside head at {seq} of origin {origin} names another link")
    for origin, seq in last.items():
        print(f"origin {origin}: {seq} entries, last link {links[origin, seq].hex()},", end=" ")
        print(f"anchored to {anchored[origin]}, unanchored after" if origin in anchored else "unanchored")
    print("Something is wrong." if wrong else "Sound.")
    sys.exit(bool(wrong))


main()
