# Leave files and links whose names are not in UTF-8, and stop with an error that names them.
# ends: graded
# %%
import os

for name in (b"\xff", b"clear\x1b[2J\n", b"\xc3\x28.ipynb"):
    open(name, "w").close()
    os.symlink(name, b"link" + name)
print(os.listdir("."))
open("\udcfe")
