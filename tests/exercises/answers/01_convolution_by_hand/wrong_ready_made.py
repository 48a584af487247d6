# loses 01-correlate2d-tests: a library does the work
# told: `correlate2d` is switched off while your function is checked

# %% grade_id="01-correlate2d"
from scipy.signal import correlate2d
