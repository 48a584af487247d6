# loses 10-by-hand-tests: texts, no numbers
# told: should hold real numbers

# %% grade_id="10-by-hand"
by_hand = ["80 %", "4 %", "75 %", "60 %", "80 %"]
