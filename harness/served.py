"""Serve a folder below a path, as GitHub's pages do: compressed, connections kept open."""

import contextlib
import functools
import gzip
import http.server
import threading
from pathlib import Path

BELOW = "/cnnedu"
COMPRESSED = {".html", ".css", ".js", ".json", ".ipynb"}


class _Below(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def translate_path(self, path):
        return super().translate_path(path.removeprefix(BELOW))

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if path.suffix not in COMPRESSED or not path.is_file():
            super().do_GET()
            return
        body = gzip.compress(path.read_bytes())
        self.send_response(200)
        for name, value in {
            "Content-Type": self.guess_type(str(path)),
            "Content-Encoding": "gzip",
            "Content-Length": len(body),
            "Cache-Control": "max-age=600",
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def served(folder):
    """Serve `folder` on a free port; yield its address, such as http://127.0.0.1:8000/cnnedu/."""
    handler = functools.partial(_Below, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{BELOW}/"
    finally:
        server.shutdown()
        server.server_close()
