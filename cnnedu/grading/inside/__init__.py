"""What runs in the sandbox: the fork server, the student's process and the judge.

Nothing in here is trusted by the grader once a student's code has run beside it. It imports only
the standard library, NumPy, IPython and `cnnedu.checks`, because little else is in the sandbox.
"""
