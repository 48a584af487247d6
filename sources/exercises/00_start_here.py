# %% [markdown]
# # Exercise 00 · Warm-up
#
# **2 points, 10 minutes.** It goes with lesson 00, *Start here*. Nothing here is about networks
# yet: it shows how every exercise of the course works.
#
# 1. Replace `raise NotImplementedError()` with your answer and run the cell (Shift + Enter).
# 2. Run the cell of checks below it. If your answer is wrong, the check tells you why.
# 3. Save when you have finished. Your instructor collects the file; if you are learning on your
#    own, you are done.

# %%
import numpy as np

from cnnedu.checks.exercises import e00_start_here as e00
from cnnedu.data import smiley

smiley()

# %% [markdown]
# ## 1 · How much chalk? (1 point)
#
# The smiley above is chalk on a blackboard, in 8 rows of 8 pixels: 1 is chalk, 0 is bare board. How
# many pixels have chalk? Count them, or let NumPy count.

# %% grade_id="00-chalk"
chalk = None
### BEGIN SOLUTION
chalk = np.sum(smiley())
### END SOLUTION

# %% grade_id="00-chalk-tests" points=1
e00.check("chalk", globals())

# %% [markdown]
# ## 2 · Photographic negative (1 point)
#
# Write a function that swaps light and dark: 1 becomes 0, and 0 becomes 1. It should work for a
# picture of any shape. For example, `negative([[1, 0], [0, 0]])` is `[[0, 1], [1, 1]]`. (In the
# checks the argument is a NumPy array.)


# %% grade_id="00-negative"
def negative(x):
    """Swap light and dark.

    x: array of any shape (H, W), each pixel 0 or 1
    returns: array of the same shape
    """
    ### BEGIN SOLUTION
    return 1 - x
    ### END SOLUTION


# %% grade_id="00-negative-tests" points=1
e00.check("negative", globals())
### BEGIN HIDDEN TESTS
e00.check("negative", globals(), hidden=True)
### END HIDDEN TESTS
