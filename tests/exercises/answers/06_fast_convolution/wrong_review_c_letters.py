# loses 06-review-c-tests: a text as a pixel
# told: should hold real numbers

# %% grade_id="06-review-c"
against_c = [[[["half"]]]], 1, 1, 1
