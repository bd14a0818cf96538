"""Say under which addresses a server is reached, and whom it believes about that."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from safepassage.base.errors import Fault, InputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["Front", "certificate_names", "front_of", "is_loopback", "origin_of"]

_LOCAL = ("127.0.0.1", "localhost", "[::1]")
_USUAL = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """Hold the origins a server answers under.

    ``origins`` are scheme and host as browsers write them; ``proxies`` the addresses whose
    X-Forwarded-For is believed; ``only_proxy`` whether nobody else may ask.
    """

    origins: frozenset[str] = frozenset()
    tls: bool = False
    proxies: frozenset[str] = frozenset()
    only_proxy: bool = False

    @property
    def secure(self) -> bool:
        """Tell whether browsers reach it encrypted."""
        return self.tls or any(each.startswith("https://") for each in self.origins)

    def knows_host(self, host: str, port: int) -> bool:
        """Tell whether a Host header names this server."""
        return host in self._hosts(port)

    def knows_origin(self, origin: str, port: int) -> bool:
        """Tell whether an Origin header names this server's own pages."""
        scheme = "https" if self.tls else "http"
        return origin in self.origins or origin in {
            f"{scheme}://{host}" for host in self._local(port)
        }

    def client(self, peer: str, forwarded: str) -> str | None:
        """Give the address that asks; None where nobody but the proxy may.

        The last address of X-Forwarded-For is the one that the proxy saw; those before it are
        what the asker says.
        """
        if peer in self.proxies:
            return forwarded.rpartition(",")[2].strip() or peer
        return None if self.only_proxy else peer

    def _hosts(self, port: int) -> set[str]:
        hosts = self._local(port)
        for origin in self.origins:
            parts = urlsplit(origin)
            hosts.add(parts.netloc)
            hosts.add(f"{parts.netloc}:{_USUAL[parts.scheme]}" if parts.port is None
                      else parts.netloc)  # fmt: skip
        return hosts

    @staticmethod
    def _local(port: int) -> set[str]:
        names = {f"{name}:{port}" for name in _LOCAL}
        return names | set(_LOCAL) if port in _USUAL.values() else names


def is_loopback(host: str) -> bool:
    """Tell whether an address is one that only this machine reaches."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def origin_of(text: str) -> str:
    """Read an origin such as ``https://room.example.org``.

    Raises
    ------
    InputError
        If it is none, or not encrypted on the way to others.

    """
    try:
        parts = urlsplit(text.rstrip("/"))
        _ = parts.port
    except ValueError:
        parts = urlsplit("")
    whole = parts.scheme in _USUAL and parts.hostname and not (
        parts.path or parts.query or parts.fragment or "@" in parts.netloc
    )  # fmt: skip
    if not whole:
        raise InputError.one("--behind-proxy", f"{text[:80]!r} is no origin",
                             "Write what browsers show: https://room.example.org.")  # fmt: skip
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise InputError.one(
            "--behind-proxy", f"{text[:80]!r} is not encrypted",
            "Let the proxy speak https to the outside, and name that address.",
        )  # fmt: skip
    return f"{parts.scheme}://{parts.netloc.lower()}"


def front_of(
    *, host: str, port: int, proxy: str | None, proxy_addresses: Iterable[str] = (),
    certificate: Path | None, key: Path | None,
) -> Front:  # fmt: skip
    """Decide how a server may be reached.

    Beyond loopback it listens only with TLS, or for a stated proxy.

    Raises
    ------
    InputError
        With every fault of what is asked.

    """
    faults = []
    if (certificate is None) != (key is None):
        faults.append(Fault("--tls-certificate, --tls-key", "belong together", "Give both files."))
    try:
        loopback = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        loopback = True
        faults.append(Fault("--host", f"{host[:80]!r} is no address",
                            "Write an IP address of this machine; 0.0.0.0 is all."))  # fmt: skip
    if not loopback and certificate is None and proxy is None:
        faults.append(Fault(
            "--host", f"{host} can be reached from other machines, and nothing would be encrypted",
            "Give --tls-certificate and --tls-key, or --behind-proxy ORIGIN with the address of a "
            "proxy that encrypts; or leave --host out, for this machine alone.",
        ))  # fmt: skip
    if faults:
        raise InputError(faults)
    if certificate is not None and key is not None:
        _refuse_pair_that_does_not_fit(certificate, key)
    origins = set() if proxy is None else {origin_of(proxy)}
    if certificate is not None:
        end = "" if port == _USUAL["https"] else f":{port}"
        origins |= {f"https://{name}{end}" for name in certificate_names(certificate)}
    return Front(
        origins=frozenset(origins), tls=certificate is not None,
        proxies=frozenset() if proxy is None else frozenset(
            _addresses(proxy_addresses) or ("127.0.0.1", "::1")),
        only_proxy=proxy is not None and not loopback,
    )  # fmt: skip


def _refuse_pair_that_does_not_fit(certificate: Path, key: Path) -> None:
    import ssl  # noqa: PLC0415

    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password="")
    except (OSError, ValueError) as error:  # what TLS finds wrong is an OSError, too
        raise InputError.one(
            "--tls-certificate, --tls-key",
            f"cannot be used together ({getattr(error, 'reason', None) or error})",
            "Name a certificate in PEM and its own key, without a password.",
        ) from error


def _addresses(given: Iterable[str]) -> tuple[str, ...]:
    try:
        return tuple(str(ip_address(each)) for each in given)
    except ValueError as error:
        raise InputError.one("--proxy-address", f"is no address ({error})",
                             "Write the address that the proxy asks from.") from error  # fmt: skip


def certificate_names(path: Path) -> tuple[str, ...]:
    """Read the names and addresses that a certificate is for.

    Raises
    ------
    InputError
        If it is no certificate, or names none.

    """
    from cryptography import x509  # noqa: PLC0415

    try:
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except OSError as error:
        raise InputError.one(str(path), f"cannot be read ({error.strerror})",
                             "Name the certificate's PEM file.") from error  # fmt: skip
    except (ValueError, x509.ExtensionNotFound) as error:
        raise InputError.one(
            str(path), "is no certificate in PEM that says whom it is for",
            "Take one with a subject alternative name.",
        ) from error  # fmt: skip
    plain = [name.lower() for name in names.get_values_for_type(x509.DNSName) if "*" not in name]
    found = names.get_values_for_type(x509.IPAddress)
    return (*plain, *(f"[{each}]" if each.version == 6 else str(each) for each in found))
