# loses 02-network-tests: the kernel for happy is ten times as strong
# told: it nearly always says happy

# %% grade_id="02-network"
up = np.where(smiley()[2:6, 1:7] == 1, 1, -1)
network = [10 * up, up[[0, 1, 3, 2]]]
