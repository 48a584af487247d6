# loses 02-network-tests: any kernels
# told: faces are right, and 96 % are asked for

# %% grade_id="02-network"
network = np.random.default_rng(0).normal(size=(2, 4, 6))
