# loses nothing: a table to look the pixels up in, a fraction, names of the checks

# %% grade_id="00-chalk"
from fractions import Fraction

check = run = case = smiley()
chalk = Fraction(int(np.count_nonzero(check)))


# %% grade_id="00-negative"
table = np.array([1.0, 0.0])


def negative(picture):
    return table[picture]
