# loses 02-network-tests: ones at the mouth and the eyes, nothing for the bare board
# told: faces are right, and 96 % are asked for

# %% grade_id="02-network"
network = [smiley()[2:6, 1:7], smiley()[[2, 3, 5, 4], 1:7]]
