"""A server that can misbehave, and a small CIFAR-10 in the official layout."""

import hashlib
import io
import os
import tarfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from cnnedu.data import cifar10, download

PICTURES = 4


class Server:
    """Serves `content`, with or without Range; breaks a connection after so many bytes."""

    def __init__(self):
        self.content = b""
        self.status = 200
        self.ranges = True
        self.break_after = []  # each answer uses up one entry
        self.gate = threading.Event()  # no answer until it is open
        self.gate.set()
        self.asked = []  # the Range header of each request, None without one
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                outer.answer(self)

            do_CONNECT = do_GET  # as a proxy

            def log_message(self, *args):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}/cifar-10-binary.tar.gz"

    def answer(self, request):
        wanted = request.headers["Range"]
        self.asked.append(wanted)
        if self.status != 200:
            request.send_error(self.status)
            return
        start = int(wanted[len("bytes=") : -1]) if wanted and self.ranges else 0
        if start >= len(self.content) and start:
            request.send_error(416)
            return
        request.send_response(206 if start else 200)
        if start:
            end, total = len(self.content) - 1, len(self.content)
            request.send_header("Content-Range", f"bytes {start}-{end}/{total}")
        request.send_header("Content-Length", str(len(self.content) - start))
        request.end_headers()
        body = self.content[start:]
        body = body[: self.break_after.pop(0)] if self.break_after else body
        self.gate.wait()
        request.wfile.write(body)


@pytest.fixture
def server():
    server = Server()
    thread = threading.Thread(target=server.http.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.http.shutdown()
    thread.join()
    server.http.server_close()


@pytest.fixture(autouse=True)
def direct_connection(monkeypatch):
    """Forget the proxies and certificates of the machine that runs the tests."""
    for name in os.environ:
        if name.lower().endswith(("_proxy", "_ca_bundle")):
            monkeypatch.delenv(name)


@pytest.fixture
def no_waiting(monkeypatch):
    monkeypatch.setattr(download.time, "sleep", lambda seconds: None)


@pytest.fixture
def batches(monkeypatch):
    """Return the content of the six batch files, with PICTURES pictures in each."""
    monkeypatch.setattr(cifar10, "PICTURES_PER_FILE", PICTURES)
    rng = np.random.default_rng(0)
    names = [*cifar10.TRAIN_FILES, cifar10.TEST_FILE]
    records = rng.integers(0, 256, (len(names), PICTURES, 3073), np.uint8)
    records[:, :, 0] %= 10
    return dict(zip(names, records, strict=True))


@pytest.fixture
def pack(monkeypatch):
    """Return a function that packs files and other members as in the official archive."""

    def pack(files, *more):
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w:gz") as tar:
            for name, content in files.items():
                member = tarfile.TarInfo(f"{cifar10.FOLDER}/{name}")
                content = bytes(content)
                member.size = len(content)
                tar.addfile(member, io.BytesIO(content))
            for member in more:
                tar.addfile(member, io.BytesIO(b"x" * member.size))
        packed = packed.getvalue()
        monkeypatch.setattr(cifar10, "MD5", hashlib.md5(packed).hexdigest())
        return packed

    return pack
