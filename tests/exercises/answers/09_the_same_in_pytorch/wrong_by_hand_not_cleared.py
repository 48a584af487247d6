# loses 09-by-hand-tests: overlooks that the gradient is cleared
# told: the old gradient is cleared before the last backward()

# %% grade_id="09-by-hand"
by_hand = [6, 12, -0.2, -2, 4]
