# Take every interrupt, and use the time of grace that follows in every cell.
# ends: any
# %%
import time


def linger():
    try:
        time.sleep(100)
    except KeyboardInterrupt:
        time.sleep(1.9)


linger()

# %%
linger()

# %%
linger()

# %%
linger()

# %%
linger()


# %% grade_id="01-flip"
def flip(w):
    linger()
    return w
