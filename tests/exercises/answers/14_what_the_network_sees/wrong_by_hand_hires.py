# loses 14-by-hand-tests: multiplies place by place
# told: that is HiResCAM

# %% grade_id="14-by-hand"
by_hand = [1, 0, -2, 1, 2 * 1 + 1 * -2, 0]
