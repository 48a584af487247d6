# Hold 900 MB in files that only exist in memory and are never mapped.
# ends: any
# %%
import os
import time

hold = [os.memfd_create("PWNED") for _ in range(6)]
for number in hold[:3]:
    os.posix_fallocate(number, 0, 150 * 2**20)

# %%
for number in hold[3:]:
    os.posix_fallocate(number, 0, 150 * 2**20)

# %%
time.sleep(0.7)
held = sum(os.fstat(number).st_blocks * 512 for number in hold)


# %% grade_id="01-flip"
def flip(w):
    return w[::-1, ::-1] if held > 850 * 2**20 else w
