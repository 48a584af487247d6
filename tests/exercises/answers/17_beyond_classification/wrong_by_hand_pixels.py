# loses 17-by-hand-tests: gives the place across in pixels
# told: share of the cell

# %% grade_id="17-by-hand"
from fractions import Fraction as F

by_hand = [F(1, 5), F(1, 3), F(1, 2), F(29, 75), 4, 3, 2]
