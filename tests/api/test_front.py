"""How a server may be reached: alone, with TLS, or behind a proxy that was stated."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from attack.house import town
from safepassage.api.desk import Settings
from safepassage.api.front import Front, front_of
from safepassage.api.server import Server
from safepassage.base.errors import InputError
from safepassage.ledger.sqlite import SqliteLedger

ROOM = "https://room.example.org"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "room")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name)
        .public_key(key.public_key()).serial_number(7)
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([
            x509.DNSName("Room.example.org"),
            x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "room.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "room.key").write_bytes(key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption()))  # fmt: skip
    return folder / "room.pem", folder / "room.key"


def front(host="127.0.0.1", port=8000, proxy=None, addresses=(), tls=(None, None)):
    return front_of(host=host, port=port, proxy=proxy, proxy_addresses=addresses,
                    certificate=tls[0], key=tls[1])  # fmt: skip


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::"])  # noqa: S104
def test_beyond_this_machine_only_with_tls_or_a_proxy(host, certificate):
    with pytest.raises(InputError, match="--tls-certificate and --tls-key, or --behind-proxy"):
        front(host)
    assert front(host, tls=certificate).tls
    assert front(host, proxy=ROOM, addresses=["192.0.2.1"]).only_proxy


def test_all_that_is_wrong_is_said_together(certificate):
    with pytest.raises(InputError) as caught:
        front("nowhere", tls=(certificate[0], None))
    assert [each.where for each in caught.value.faults] == [
        "--tls-certificate, --tls-key",
        "--host",
    ]


@pytest.mark.parametrize("origin", ["http://room.example.org", "room.example.org", "https://",
                                    "https://room.example.org/path", "ftp://x", "https://a@b",
                                    "https://x:99999"])  # fmt: skip
def test_what_is_no_encrypted_origin_is_refused(origin):
    with pytest.raises(InputError, match="--behind-proxy"):
        front(proxy=origin)


def test_a_certificate_says_under_which_names_it_is_reached(certificate):
    known = front("0.0.0.0", 8443, tls=certificate)  # noqa: S104
    assert known.knows_host("room.example.org:8443", 8443)
    assert known.knows_host("127.0.0.1:8443", 8443)
    assert not known.knows_host("192.0.2.8:8443", 8443)
    assert known.knows_origin("https://room.example.org:8443", 8443)
    assert not known.knows_origin("http://room.example.org:8443", 8443)
    for pair in ((certificate[1], certificate[1]), (certificate[0], certificate[0])):
        with pytest.raises(InputError, match="cannot be used together"):
            front(tls=pair)


def test_with_a_certificate_it_speaks_tls_alone(certificate, tmp_path):
    SqliteLedger.make(tmp_path / "a.ledger").close()
    settings = Settings(**town(tmp_path), ledger=tmp_path / "a.ledger",
                        front=front(tls=certificate))  # fmt: skip
    trusted = ssl.create_default_context(cafile=certificate[0])
    with (
        Server(settings, certificate=certificate[0], key=certificate[1]) as server,
        httpx.Client(verify=trusted) as client,
    ):
        answer = client.get(f"{server.url}/health")
        assert answer.json()["status"] == "ok"
        assert answer.headers["strict-transport-security"].startswith("max-age=")
        with pytest.raises(httpx.TransportError):
            client.get(server.url.replace("https", "http") + "/health")


def test_alone_it_answers_to_this_machines_names_on_its_own_port():
    alone = Front()
    assert all(alone.knows_host(f"{n}:8000", 8000) for n in ("127.0.0.1", "localhost", "[::1]"))
    assert not any(alone.knows_host(each, 8000) for each in ("localhost", "evil.example:8000", ""))
    assert alone.knows_origin("http://localhost:8000", 8000)
    assert not any(alone.knows_origin(each, 8000) for each in
                   ("http://localhost:8001", "https://localhost:8000", "null"))  # fmt: skip
    assert not alone.secure


def test_only_the_stated_proxy_is_believed_about_who_asks():
    behind = front("0.0.0.0", proxy=ROOM, addresses=["192.0.2.1"])  # noqa: S104
    assert behind.client("192.0.2.1", "203.0.113.9") == "203.0.113.9"
    assert behind.client("192.0.2.1", "198.51.100.4, 203.0.113.9") == "203.0.113.9"
    assert behind.client("203.0.113.9", "192.0.2.1") is None  # nobody but the proxy may ask
    assert behind.knows_host("room.example.org", 8000)
    assert behind.knows_host("room.example.org:443", 8000)
    assert behind.secure
    assert Front().client("203.0.113.9", "1.2.3.4") == "203.0.113.9"  # said by nobody stated
