# loses 01-correlate2d-tests: a library does the work

# %% grade_id="01-correlate2d"
from scipy.signal import correlate2d
