# Sleep in 30 cells, in each a little less than it may take.
# ends: any
# %%
import time

time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)

# %%
time.sleep(0.9)
