# Put HTML and Markdown into errors: texts, names, lines of the source.
# ends: any
# %% grade_id="01-by-hand"
by_hand = "<img src=x onerror=alert(1)>"


# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    raise ValueError("</pre><script>alert(1)</script>[x](javascript:alert(1))<!-- {{ 7*7 }} {% raw %}")


# %% grade_id="01-flip"
def flip(w):
    raise type("<svg onload=alert(1)>", (Exception,), {})("</textarea>")  # <img src=x onerror=alert(1)>


# %%
get_ipython()._showtraceback("<b>", "</pre>", ["\x1b[31m</span><script>alert(1)</script>", "<img src=x onerror=alert(1)>"])
