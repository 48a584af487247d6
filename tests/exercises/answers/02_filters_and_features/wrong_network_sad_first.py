# loses 02-network-tests: the kernels in the wrong order
# told: the kernel for happy comes first

# %% grade_id="02-network"
up = np.where(smiley()[2:6, 1:7] == 1, 1, -1)
network = [up[[0, 1, 3, 2]], up]
