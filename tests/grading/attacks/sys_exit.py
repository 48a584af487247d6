# Exit, in several ways.
# ends: graded
# %%
import sys

sys.exit(0)

# %%
raise SystemExit

# %%
quit()

# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    raise SystemExit


# %% grade_id="01-flip"
def flip(w):
    raise KeyboardInterrupt
