# loses 15-by-hand-tests: 1 / T
# told: d: that is 1 / T

# %% grade_id="15-by-hand"
import math

by_hand = 0.35, 0.05, 0.36, math.log(4) / 2
