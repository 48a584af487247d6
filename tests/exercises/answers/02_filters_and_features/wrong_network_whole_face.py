# loses 02-network-tests: the whole face as a template
# told: 24 weights at most, but yours have 64

# %% grade_id="02-network"
face = 2 * smiley() - 1
other = face.copy()
other[4:6, 1:7] = face[5:3:-1, 1:7]
network = [face, other]
