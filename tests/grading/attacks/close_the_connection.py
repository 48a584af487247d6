# Close everything.
# ends: failed
# says: ended by itself
# %%
import os

os.closerange(0, 256)
