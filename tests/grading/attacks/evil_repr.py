# Return an object whose text is very long, or fails.
# %% grade_id="01-correlate2d"
class Long:
    def __repr__(self):
        return "<script>alert(1)</script>" * 5 * 10**6


class Broken:
    def __getattribute__(self, name):
        raise SystemExit


def correlate2d(x, w, stride=(1, 1)):
    return Long()


# %% grade_id="01-flip"
def flip(w):
    return Broken()
