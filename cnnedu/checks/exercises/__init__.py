"""One module per exercise, all of the same shape.

- Functions: the references, each with the name of the function that the check calls. Arguments
  beyond the student's own change one thing, which is how mistakes are made.
- `BY_HAND`: {variable of the notebook: the right answer}.
- `BY_HAND_MISTAKES`: {variable: ((a well-known wrong answer, what to tell the student), …)}.
- `MISTAKES`: {function: (`Mistake`, …)}, a function's well-known wrong answers.
"""
