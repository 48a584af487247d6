# Give values, and show one, whose texts can't be written in UTF-8.
# ends: graded
# %%
class Half:
    def __repr__(self):
        return "half \udc80"


Half()

# %% grade_id="01-by-hand"
by_hand = Half()


# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    return "\ud800"


# %% grade_id="01-flip"
def flip(w):
    return [{"\ud800": "\udfff"}]
