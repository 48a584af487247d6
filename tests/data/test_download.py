"""`fetch` against a real HTTP server on this machine, well-behaved and not."""

import builtins
import errno
import hashlib
import re
import ssl
from pathlib import Path

import certifi
import numpy as np
import pytest

from cnnedu.data.download import CHUNK, PATIENCE, DataError, fetch

CERTIFICATE = Path(__file__).with_name("self_signed.pem")
CONTENT = np.random.default_rng(0).bytes(300_000)
MD5 = hashlib.md5(CONTENT).hexdigest()


@pytest.fixture
def target(tmp_path):
    return tmp_path / "file.bin"


@pytest.fixture
def part(target):
    return target.with_name("file.bin.part")


@pytest.fixture
def server(server, no_waiting):
    server.content = CONTENT
    return server


def refused(server, target, md5=MD5):
    """Return the message with which `fetch` gives up: one line, and no target is left."""
    with pytest.raises(DataError) as caught:
        fetch(server.url, md5, target)
    message = str(caught.value)
    assert "\n" not in message
    assert not target.exists()
    return message


def test_a_file_comes_whole_and_leaves_nothing_beside_it(server, target, capsys):
    fetch(server.url, MD5, target)
    assert target.read_bytes() == CONTENT
    assert [p.name for p in target.parent.iterdir()] == [target.name]
    assert "100%" in capsys.readouterr().err, "no progress bar"


def test_a_broken_connection_is_continued_where_it_broke(server, target):
    server.break_after = [
        10 * CHUNK,
        5 * CHUNK + 1,
    ]  # half a piece is asked for again
    fetch(server.url, MD5, target)
    assert target.read_bytes() == CONTENT
    assert server.asked == [None, f"bytes={10 * CHUNK}-", f"bytes={15 * CHUNK}-"]


def test_a_later_call_continues_what_an_earlier_one_left(server, target, part):
    part.write_bytes(CONTENT[:123_456])
    fetch(server.url, MD5, target)
    assert target.read_bytes() == CONTENT
    assert server.asked == ["bytes=123456-"]


def test_a_server_that_ignores_range_starts_afresh(server, target):
    server.ranges = False
    server.break_after = [10 * CHUNK]
    fetch(server.url, MD5, target)
    assert target.read_bytes() == CONTENT
    assert server.asked == [None, f"bytes={10 * CHUNK}-"]


def test_a_server_that_always_breaks_is_given_up_and_the_part_kept(server, target, part):
    server.ranges = False
    server.break_after = [10 * CHUNK] * 100
    message = refused(server, target)
    assert "check the network and try again; the 0.1 MB that came are kept" in message
    assert part.read_bytes() == CONTENT[: 10 * CHUNK]
    assert len(server.asked) == PATIENCE + 1


def test_a_whole_part_is_verified_and_not_asked_for_again(server, target, part):
    part.write_bytes(CONTENT)
    fetch(server.url, MD5, target)
    assert target.read_bytes() == CONTENT
    assert server.asked == []


def test_a_part_longer_than_the_file_is_thrown_away(server, target, part):
    part.write_bytes(CONTENT + b"more")
    fetch(server.url, MD5, target)
    assert target.read_bytes() == CONTENT
    assert server.asked == ["bytes=300004-", None]


@pytest.mark.parametrize("status", [403, 404, 503])
def test_an_error_of_the_server_is_named(server, target, part, status):
    server.status = status
    message = refused(server, target)
    assert f"answered {status}" in message
    assert str(target.parent) in message, "says where to put the file by hand"
    assert not part.exists()


def test_a_wrong_checksum_leaves_nothing_to_trust_or_continue(server, target, part):
    server.content = b"<html>please log in</html>"
    message = refused(server, target)
    assert "not the expected file" in message and MD5 in message
    assert not part.exists()


def test_a_damaged_part_is_found_out_and_deleted(server, target, part):
    part.write_bytes(b"\0" * 1000)
    assert "not the expected file" in refused(server, target)
    assert not part.exists()
    fetch(server.url, MD5, target)
    assert target.read_bytes() == CONTENT


def test_no_network(server, target, part):
    part.write_bytes(CONTENT[:200_000])
    server.url = "http://127.0.0.1:9/nobody-listens.bin"
    message = refused(server, target)
    assert "check the network and try again; the 0.2 MB that came are kept" in message
    assert part.read_bytes() == CONTENT[:200_000]


def test_a_full_disk_is_named_and_the_download_goes_on_when_there_is_room(
    server, target, part, monkeypatch
):
    class FullDisk:
        """A file on a disk with room for 70,000 bytes."""

        def __init__(self, file):
            self.file = file

        def __enter__(self):
            return self

        def __exit__(self, *error):
            self.file.close()

        def write(self, content):
            if self.file.tell() + len(content) > 70_000:
                raise OSError(errno.ENOSPC, "No space left on device")
            return self.file.write(content)

    def open_on_full_disk(path, mode="r", *args, **options):
        file = builtins.open(path, mode, *args, **options)
        return FullDisk(file) if mode in ("ab", "wb") else file

    with monkeypatch.context() as patch:
        patch.setattr("cnnedu.data.download.open", open_on_full_disk, raising=False)
        message = refused(server, target)
    assert "no space left" in message and "free 400 MB" in message
    kept = part.stat().st_size
    assert 0 < kept <= 70_000
    fetch(server.url, MD5, target)
    assert target.read_bytes() == CONTENT
    assert server.asked[-1] == f"bytes={kept}-"


@pytest.fixture
def secure(server):
    """Let the server speak TLS, with a certificate that nobody has signed."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    server.http.socket = context.wrap_socket(server.http.socket, server_side=True)
    server.url = server.url.replace("http://127.0.0.1", "https://localhost")
    return server


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({}, "(self-signed certificate): if your network inspects connections.*set REQUESTS_CA_BU"),
        ({"SSL_CERT_FILE": str(CERTIFICATE)}, "set REQUESTS_CA_BUNDLE to that file"),
        ({"REQUESTS_CA_BUNDLE": certifi.where()}, "REQUESTS_CA_BUNDLE names a file that lacks its"),
        ({"CURL_CA_BUNDLE": certifi.where()}, "CURL_CA_BUNDLE names a file that lacks its issuer"),
        ({"REQUESTS_CA_BUNDLE": "/no/such.pem"}, "REQUESTS_CA_BUNDLE names no file of certificate"),
        ({"CURL_CA_BUNDLE": __file__}, "CURL_CA_BUNDLE names no file of certificates"),
    ],
)
def test_a_certificate_that_is_not_accepted(secure, target, monkeypatch, variables, words):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    message = refused(secure, target)
    assert re.search(words.replace("(", r"\(").replace(")", r"\)"), message), message


def test_the_variable_that_the_message_names_helps(secure, target, monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(CERTIFICATE))
    fetch(secure.url, MD5, target)
    assert target.read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("ALL_PROXY", "socks5://me:secret@127.0.0.1:9", "ALL_PROXY names a SOCKS proxy"),
        ("https_proxy", "http://me:secret@127.0.0.1:9", "127.0.0.1:9 that https_proxy names can't"),
        ("HTTPS_PROXY", "127.0.0.1:9", "127.0.0.1:9 that HTTPS_PROXY names can't be reached"),
        ("HTTPS_PROXY", "http://", "HTTPS_PROXY is not the address of a proxy"),
        ("HTTPS_PROXY", "http://:bad:port", "HTTPS_PROXY is not the address of a proxy"),
        ("HTTPS_PROXY", "http://PROXY", "into HTTPS_PROXY=http://USER:PASSWORD@"),
        ("HTTPS_PROXY", "http://me:secret@PROXY", "refused the user name and password in HTTPS_PR"),
        ("http_proxy", "http://PROXY", "into http_proxy=http://USER:PASSWORD@"),
    ],
)
def test_a_proxy_that_does_not_work_is_named_with_its_variable(
    server, target, monkeypatch, name, value, words
):
    server.status = 407
    monkeypatch.setenv(name, value.replace("PROXY", server.url.split("/")[2]))
    server.url = f"{name[:5].lower().removesuffix('_').replace('all_p', 'https')}://example.invalid"
    message = refused(server, target)
    assert words in message and "secret" not in message
