# Give values so large that they don't fit into one message to the judge.
# ends: any
# %% grade_id="01-by-hand"
by_hand = np.zeros(5_000_000)

# %% grade_id="01-horizontal-kernel"
horizontal = np.zeros(5_000_000)
