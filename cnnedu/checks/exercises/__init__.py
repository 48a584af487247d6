"""What each exercise checks, and on which inputs; its cells of checks call `eNN.check`.

The hidden inputs run when the work is graded. The right answers and the well-known mistakes are in
`cnnedu.checks.answers`, in modules of the same names.
"""
