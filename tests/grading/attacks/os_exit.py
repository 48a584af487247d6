# End the process.
# ends: failed
# says: ended by itself
# %%
import os

os._exit(0)
