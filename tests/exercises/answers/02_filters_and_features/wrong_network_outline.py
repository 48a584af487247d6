# loses 02-network-tests: the outline beside the mouth, but not the row that tells mouth from chin
# told: 89.9 % of 4,000 faces are right

# %% grade_id="02-network"
network = [[[1, -1, 1, -1, -1, 1, -1, 1], [1, -1, -1, 1, 1, -1, -1, 1]], [[1, -1, -1, 1, 1, -1, -1, 1], [1, -1, 1, -1, -1, 1, -1, 1]]]
