# Let the process end just when an answer is on its way, or a thread when the grader looks.
# ends: any
# %%
import os
import threading
import time


# %% grade_id="01-by-hand"
class Last:
    def __array__(self, *a, **k):
        threading.Timer(0.05, os._exit, [0]).start()
        return np.zeros((3, 3))


by_hand = Last()


# %% grade_id="01-flip"
def flip(w):
    threading.Timer(0.001, os.abort).start()
    return w
