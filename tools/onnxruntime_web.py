"""Lay ONNX Runtime Web, from its npm package, into `cnnedu finetune --page`'s folder.

    python tools/onnxruntime_web.py VERSION

It needs npm, which checks what it downloads. Only its smallest build is kept: WebAssembly on the
processor. The course's tests say whether the new version gives the same answers.
"""

import gzip
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "cnnedu/tasks/page/static/onnxruntime"
FILES = "ort.wasm.bundle.min.mjs", "ort-wasm-simd-threaded.wasm"


def main(version):
    """Replace the runtime by another version; return nothing."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--json", f"onnxruntime-web@{version}"]
        done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, check=True)
        (packed,) = json.loads(done.stdout)
        about = {"package": packed["id"], "integrity": packed["integrity"], "sha256": {}}
        with tarfile.open(Path(folder, packed["filename"])) as archive:
            for name in FILES:
                content = archive.extractfile(f"package/dist/{name}").read()
                about["sha256"][name] = hashlib.sha256(content).hexdigest()
                (FOLDER / f"{name}.gz").write_bytes(gzip.compress(content, mtime=0))
    (FOLDER / "about.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(sys.argv[1])
