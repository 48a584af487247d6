"""For readers at their own pace: fresh exercises, their checks in the terminal, what comes next."""
