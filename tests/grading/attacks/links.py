# Reach outside by links.
# ends: graded
# %%
import os

for target in ("/", "..", "/proc/1/root", "/proc/self/root", "/proc/1/cwd"):
    os.symlink(target, "PWNED" + target.replace("/", "_"))
    for other in ("solutions", "work", "home", "root", "grading"):
        for name in os.listdir(f"PWNED{target.replace('/', '_')}"):
            assert name != "gradebook.db"
