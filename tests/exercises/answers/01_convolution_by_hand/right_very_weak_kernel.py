# loses nothing: a kernel of the right shape finds the edges, however weak

# %% grade_id="01-horizontal-kernel"
horizontal = 1e-12 * np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]])
