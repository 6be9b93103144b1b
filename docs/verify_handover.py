#!/usr/bin/env python3
"""Verifies an unpacked Sharewell handover, or a share, with tools that are not Sharewell's.

    age -d -i agency-key.txt handover.sharewell | tar -x
    python3 verify_handover.py --key HEX sharewell-ID

    age -d -i my-share-key.txt from-noor.sharewell-share | tar -x
    python3 verify_handover.py --share --key HEX sharewell-share-ID

Needs Python 3.9 or later and two packages: bagit (the Library of Congress's validator) and jwcrypto.
HEX is the practitioner's Ed25519 public key in hexadecimal, got from them in another way than this file.
Prints what was verified and ends with 0, or says what is wrong and ends with 1.
docs/handover-format.md and docs/share-format.md describe every step in words.
"""

import argparse
import base64
import csv
import hashlib
import json
import pathlib
import sys

import bagit
from jwcrypto import jwk, jws

SIGNATURE_TYPE = "sharewell-handover+jws"
SHARE_SIGNATURE_TYPE = "sharewell-share+jws"


class Wrong(Exception):
    """Something in the handover is not as it must be."""


def check(holds, what):
    if not holds:
        raise Wrong(what)


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def canonical(value):
    """RFC 8785 for what an entry's header holds: text, whole numbers below 2^53, lists and null.

    JCS sorts member names by UTF-16 code units; all names of a header are ASCII, so that plain sorting
    is the same.
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def verify_bag(folder):
    bag = bagit.Bag(str(folder))
    try:
        bag.validate()
    except bagit.BagError as error:
        raise Wrong(f"the bag is not valid: {error}") from error
    check(bag.info["Sharewell-Format-Version"] == "1", "the format version is not 1")
    return bag.info


def verify_signature(folder, public_key, typ):
    payload = (folder / "tagmanifest-sha256.txt").read_bytes()
    detached = (folder / "tagmanifest-sha256.txt.jws").read_text("ascii")
    x = base64.urlsafe_b64encode(bytes.fromhex(public_key)).rstrip(b"=").decode()
    key = jwk.JWK(kty="OKP", crv="Ed25519", x=x)
    header, empty, signature = detached.split(".")
    check(empty == "", "the signature is not detached")
    whole = ".".join([header, base64.urlsafe_b64encode(payload).rstrip(b"=").decode(), signature])
    token = jws.JWS()
    token.allowed_algs = ["EdDSA"]
    token.deserialize(whole)
    try:
        token.verify(key)
    except jws.InvalidJWSSignature as error:
        raise Wrong("the signature does not verify under this key") from error
    protected = token.jose_header
    check(set(protected) == {"alg", "kid", "typ"}, "the signature's header holds something else")
    check(protected["typ"] == typ, "the signature is of another kind of document")
    check(protected["kid"] == key.thumbprint(), "the key id is not the key's thumbprint")
    return payload


def verify_tag_manifest(payload):
    listed = sorted(line.split("  ", 1)[1] for line in payload.decode("utf-8").splitlines())
    check(
        listed == ["bag-info.txt", "bagit.txt", "manifest-sha256.txt"],
        "the signed list does not name exactly the files that describe the bag",
    )


def slice_of(path):
    """A slice's first line, which says what it is, and the others."""
    with open(path, encoding="utf-8", newline="\n") as file:
        lines = [json.loads(line) for line in file]
    first, rest = lines[0], lines[1:]
    check(first["format"] == "sharewell-entries" and first["version"] == 1, "the entries' version is not 1")
    return first, rest


def verify_own(folder, info):
    """The handover's own slice, which is the one that the bag states."""
    first, rest = slice_of(folder / "data" / "entries.ndjson")
    check(f'{first["from"]}-{first["to"]}' == info["Sharewell-Range"], "the range is not the stated one")
    for name, label in [("origin", "Origin"), ("previous_link", "Previous-Link"), ("head", "Head")]:
        check(first[name] == info[f"Sharewell-{label}"], f"{name} is not the stated one")
    return verify_entries(first, rest)


def verify_earlier(folder):
    """Slices of chains before the own one: what was written before a backup was brought back."""
    for path in sorted((folder / "data" / "earlier").glob("*.ndjson")):
        first, rest = slice_of(path)
        check(first["origin"] == path.stem, "an earlier chain is not the one that its name says")
        yield first["origin"], verify_entries(first, rest)


def verify_entries(first, rest):
    """Recomputes every hash and link from the stated start to the stated head."""
    link = bytes.fromhex(first["previous_link"])
    whole = 0
    for number, line in enumerate(rest, start=first["from"]):
        entry_hash = bytes.fromhex(line["entry_hash"])
        if "header" in line:
            header = line["header"]
            check(header["sequence"] == number, f"entry {number} is not in its place")
            check(header["origin"] == first["origin"], f"entry {number} is of another origin")
            if not line.get("disposed"):
                stored = base64.b64decode(line["payload"], validate=True)
                salt = bytes.fromhex(line["salt"])
                payload_hash = sha256(b"sharewell/payload/v1\0", salt, stored)
                check(payload_hash.hex() == line["payload_hash"], f"entry {number}: the payload was changed")
                check(json.loads(stored) == line["content"], f"entry {number}: the content is not the payload")
            hashed = canonical({**header, "payload_hash": line["payload_hash"]})
            check(sha256(b"sharewell/entry/v1\0", hashed) == entry_hash, f"entry {number}: the header was changed")
            whole += 1
        else:
            check(line["sequence"] == number, f"entry {number} is not in its place")
        link = sha256(b"sharewell/link/v1\0", link, number.to_bytes(8, "big"), entry_hash)
        if "link" in line:
            check(link.hex() == line["link"], f"entry {number}: the chain breaks")
    check(len(rest) == first["to"] - first["from"] + 1, "entries are missing or too many")
    check(link.hex() == first["head"], "the chain does not lead to the head")
    return whole, len(rest)


def verify_attachments(folder):
    """Holds the bytes of every paper that goes along to the salted hash that its entry carries."""
    path = folder / "data" / "tables" / "attachments.csv"
    if not path.exists():
        return 0
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    # A cell that a spreadsheet would change has one apostrophe before it.
    rows = [{name: cell.removeprefix("'") for name, cell in row.items()} for row in rows]
    papers = [row for row in rows if row["file"]]
    for row in papers:
        hashed = hashlib.sha256(b"sharewell/attachment/v1\0" + bytes.fromhex(row["salt"]))
        with open(folder / "data" / row["file"], "rb") as file:
            while piece := file.read(1 << 20):
                hashed.update(piece)
        check(hashed.hexdigest() == row["salted_sha256"], f'{row["file"]}: not the bytes that were taken in')
    return len(papers)


def verify_share(folder):
    """A share holds what its recipient reads, and nothing of a ledger."""
    held = sorted(str(path.relative_to(folder)) for path in (folder / "data").rglob("*") if path.is_file())
    documents = [path for path in held if path.startswith("data/documents/") and path.count("/") == 2]
    documents = [path for path in documents if path.endswith(".pdf")]
    check(held == sorted(["data/README.txt", *documents]), "it holds something that no share holds")
    check(documents, "it holds no document")
    for path in documents:
        check((folder / path).read_bytes().startswith(b"%PDF-"), f"{path} is no PDF")
    return len(documents)


def main():
    parser = argparse.ArgumentParser(description="Verifies an unpacked Sharewell handover, or a share.")
    parser.add_argument("folder", type=pathlib.Path, help="the folder that holds bagit.txt")
    parser.add_argument("--key", required=True, help="the practitioner's Ed25519 public key in hexadecimal")
    parser.add_argument("--share", action="store_true", help="it is a share, and no handover")
    given = parser.parse_args()
    kind = "share" if given.share else "handover"
    try:
        info = verify_bag(given.folder)
        print("bag: valid")
        payload = verify_signature(
            given.folder, given.key, SHARE_SIGNATURE_TYPE if given.share else SIGNATURE_TYPE
        )
        verify_tag_manifest(payload)
        print("signature: valid, by the key that was given")
        if given.share:
            print(f"documents: {verify_share(given.folder)}, and nothing of a ledger")
            return 0
        whole, all_entries = verify_own(given.folder, info)
        print(f"entries: {whole} whole of {all_entries}, the chain holds")
        for origin, (whole, all_entries) in verify_earlier(given.folder):
            print(f"earlier chain {origin}: {whole} whole of {all_entries}, the chain holds")
        papers = verify_attachments(given.folder)
        if papers:
            print(f"papers: {papers}, each as it was taken in")
        missing = info.get("Sharewell-Earlier-Entries", "0")
        if missing != "0":
            print(f"begins in the middle: {missing} earlier entries are not in it; see README.txt")
    except Wrong as wrong:
        print(f"wrong: {wrong}", file=sys.stderr)
        return 1
    except (KeyError, ValueError, OSError, jws.InvalidJWSObject, bagit.BagError) as error:
        print(f"wrong: not readable as a {kind} ({type(error).__name__}: {error})", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
