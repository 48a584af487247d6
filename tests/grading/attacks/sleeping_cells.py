# Sleep in 30 cells, in each a little less than it may take.
# ends: any
# %%
import time

time.sleep(1.8)

# %%
time.sleep(1.8)

# %%
time.sleep(1.8)

# %%
time.sleep(1.8)

# %%
time.sleep(1.8)

# %%
time.sleep(1.8)

# %%
time.sleep(1.8)

# %%
time.sleep(1.8)

# %%
time.sleep(1.8)

# %%
time.sleep(1.8)

# %%
time.sleep(1.8)

# %%
time.sleep(1.8)

# %%
time.sleep(1.8)

# %%
time.sleep(1.8)

# %%
time.sleep(1.8)

# %%
time.sleep(1.8)

# %%
time.sleep(1.8)

# %%
time.sleep(1.8)

# %%
time.sleep(1.8)

# %%
time.sleep(1.8)

# %%
time.sleep(1.8)

# %%
time.sleep(1.8)

# %%
time.sleep(1.8)

# %%
time.sleep(1.8)

# %%
time.sleep(1.8)

# %%
time.sleep(1.8)

# %%
time.sleep(1.8)

# %%
time.sleep(1.8)

# %%
time.sleep(1.8)

# %%
time.sleep(1.8)
