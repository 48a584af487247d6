"""Say why a connection failed: certificates and proxies, and the variable that mends each."""

import os
import re
from urllib.parse import urlsplit

BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")  # in this order; requests reads no others


def explanation(problem, url):
    """Return in one line why a request failed and what to do, or None if the network is at fault.

    Args:
        problem: the exception that requests raised.
        url: what was asked for.
    """
    from requests import exceptions

    if isinstance(problem, exceptions.SSLError):
        return _certificate(str(problem), url)
    if isinstance(problem, (exceptions.InvalidSchema, exceptions.InvalidURL)):
        return _unusable_proxy(str(problem), url)
    if isinstance(problem, exceptions.ProxyError):
        return proxy_password(url) if " 407 " in str(problem) else _no_proxy(str(problem), url)
    return None


def proxy_password(url):
    """Return in one line that the proxy wants to know who asks."""
    name, proxy = _proxy(url)
    if proxy and proxy.username:
        return f"the proxy refused the user name and password in {name}: correct them there"
    return (
        "the proxy asks for a user name and password (407): put them into "
        f"{name}=http://USER:PASSWORD@{_address(proxy)}"
    )


def _certificate(words, url):
    name = next((name for name in BUNDLES if os.environ.get(name)), None)
    if name and re.search(r"CA certificate bundle|NO_CERTIFICATE|\[X509", words):
        return f"{name} names no file of certificates that can be used: correct or unset it"
    found = re.search(r"certificate verify failed: ([^(\]]+)", words)
    if not found:
        return None
    cause, host = found[1].strip(), urlsplit(url).hostname
    if "expired" in cause or "not yet valid" in cause:
        return f"the certificate of {host} is not accepted ({cause}): check this computer's clock"
    if name:
        return (
            f"the certificate of {host} is not accepted ({cause}): {name} names a file that "
            "lacks its issuer; ask your network's administrator for the right one, or unset it"
        )
    return (
        f"the certificate of {host} is not accepted ({cause}): if your network inspects "
        "connections, ask its administrator for its certificates (a .pem file), and set "
        f"{BUNDLES[0]} to that file"
    )


def _unusable_proxy(words, url):
    name, _ = _proxy(url)
    if "SOCKS" in words:
        return (
            f"{name} names a SOCKS proxy, which needs one more package: run `pip install pysocks`, "
            "or name an HTTP proxy in HTTPS_PROXY"
        )
    return f"{name} is not the address of a proxy, such as http://host:8080: correct or unset it"


def _no_proxy(words, url):
    name, proxy = _proxy(url)
    refused = re.search(r"Tunnel connection failed: ([^'\")]+)", words)
    if refused:
        return (
            f"the proxy {_address(proxy)} that {name} names refused ({refused[1].strip()}): ask "
            "your network's administrator"
        )
    return (
        f"the proxy {_address(proxy)} that {name} names can't be reached: correct {name}, or "
        "unset it if you need no proxy"
    )


def _proxy(url):
    """Return the name of the variable that holds the proxy for `url`, and its parsed value."""
    from requests.utils import get_environ_proxies, select_proxy

    scheme = urlsplit(url).scheme
    for name in (f"{scheme}_proxy", f"{scheme}_proxy".upper(), "all_proxy", "ALL_PROXY"):
        if os.environ.get(name):
            return name, urlsplit(os.environ[name])
    # Windows and macOS have a setting of their own.
    return "the system's proxy setting", urlsplit(select_proxy(url, get_environ_proxies(url)) or "")


def _address(proxy):
    """Return host:port without the password."""
    return proxy.netloc.rpartition("@")[2] or proxy.path
