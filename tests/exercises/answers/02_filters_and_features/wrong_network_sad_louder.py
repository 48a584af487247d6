# loses 02-network-tests: the kernel for sad is ten times as strong
# told: it nearly always says sad

# %% grade_id="02-network"
up = np.where(smiley()[2:6, 1:7] == 1, 1, -1)
network = [up, 10 * up[[0, 1, 3, 2]]]
