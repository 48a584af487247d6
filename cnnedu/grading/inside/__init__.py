"""What runs in the sandbox: the fork server, the student's process and the judge.

The grader trusts nothing in here once a student's code has run beside it. These modules import
only the standard library, NumPy, IPython and `cnnedu.checks`: little else is in the sandbox.
"""
