# Stop with errors whose class, function or line can't be written in UTF-8.
# ends: graded
# %%
class Half(Exception):
    pass


Half.__name__ = Half.__qualname__ = "Half\udc80"
raise Half("\udc81")

# %%
get_ipython()._showtraceback(Half, "\udc80", ["\udc80"])


# %% grade_id="01-flip"
def flip(w):
    raise Half("PWNED")
