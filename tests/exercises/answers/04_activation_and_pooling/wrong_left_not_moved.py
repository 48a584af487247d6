# loses 04-left-tests: what is left over is the change again
# told: move the map from home along

# %% grade_id="04-left"
left = [[0.6, 0.6], [1.02, 1.02]]
