# loses 09-by-hand-tests: drops half of the ones in evaluation mode
# told: in evaluation mode dropout drops nothing

# %% grade_id="09-by-hand"
by_hand = [6, 12, -0.2, -6, 2]
