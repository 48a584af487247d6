# loses 13-by-hand-tests: divides by the variance, not by the deviation
# told: b: divide by the deviation √λ, not by the variance λ

# %% grade_id="13-by-hand"
by_hand = [50, 14 / 2**0.5 / 50, 3, 0.875, 100, 3]
