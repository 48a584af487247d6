# Put formulas, as a spreadsheet knows them, into everything that may get into a table.
# ends: any
# %% grade_id="01-by-hand"
by_hand = "=cmd|' /C calc'!A0"


# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    raise ValueError("\t=HYPERLINK(\"http://x.example\")\r=1+1\n＝1+1\n@SUM(1)\n+1\n-1\n,\"=1")


# %% grade_id="01-flip"
def flip(w):
    raise type("＝1+1", (Exception,), {})("\r=1+1")
