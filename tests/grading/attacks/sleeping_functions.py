# Sleep in every call, for as long as all calls together may take.
# ends: any
# %% grade_id="01-correlate2d"
import time


def correlate2d(x, w, stride=(1, 1)):
    time.sleep(0.9)
    return np.zeros((x.shape[0] - w.shape[0] + 1, x.shape[1] - w.shape[1] + 1))


# %% grade_id="01-flip"
def flip(w):
    time.sleep(0.9)
    return w


# %%
class Slow:
    def __array__(self, *a, **k):
        time.sleep(0.9)
        return np.zeros((3, 3))


# %% grade_id="01-by-hand"
by_hand = Slow()
