# loses 13-by-hand-tests: lets the average begin with 0
# told: c: the average begins with the first weight

# %% grade_id="13-by-hand"
average = 0
for weight in (4, 0, 4):
    average = average / 2 + weight / 2
by_hand = [50, 1.4, average, 0.875, 100, 3]
